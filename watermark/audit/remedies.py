"""What to do about a file: a command to paste into this system's shell, or a sentence."""

from dataclasses import dataclass
from pathlib import Path

from watermark.audit.classification import Classification
from watermark.audit.list_lookup import ListLookup
from watermark.audit.own_copies import OwnCopyStatus
from watermark.runtime.system import quoted_for_shell

FROM_THE_ARCHIVE = "get the unmarked article from the archive"


TO_BE_REPLACED = frozenset(
    {Classification.OTHERS_SOME, Classification.HIDES, Classification.DAMAGED, Classification.REWRITTEN}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """What to do about one file, for each class."""

    path: Path

    @property
    def name(self) -> str:
        """The path as an argument of a command."""
        return quoted(self.path)

    def command(self, kind: Classification, lookup: ListLookup, own_copy: OwnCopyStatus) -> str:
        """Return the command or the sentence that says what to do; "" if nothing needs to be done."""
        if kind is Classification.UNMARKED:
            return self._unmarked(lookup, own_copy)
        if kind in {Classification.DAMAGED, Classification.REWRITTEN} and own_copy.is_intact:
            return self._again(lookup, own_copy)
        if kind in TO_BE_REPLACED:
            return f"{FROM_THE_ARCHIVE.capitalize()}, then run: {self._stamp(lookup, 'ORIGINAL.pdf')}"
        if kind is Classification.NOT_CHECKED:
            return self._not_checked(lookup, own_copy)
        if kind in {Classification.NOT_LISTED, Classification.REINSTATED}:
            return self._not_to_be_marked(kind, own_copy)
        return ""

    @staticmethod
    def _not_checked(lookup: ListLookup, own_copy: OwnCopyStatus) -> str:
        if own_copy.receipt is not None:
            return "Compare the list with the article on the marked pages."
        if lookup.doubt and lookup.path is not None:
            return f"Check the record of {lookup.identifier} in the list {lookup.path}, and the notice that it names."
        return "" if lookup.doubt else "Check the watermark in a PDF viewer: it may say that the article is retracted."

    def _unmarked(self, lookup: ListLookup, own_copy: OwnCopyStatus) -> str:
        if lookup.notice is not None and not lookup.notice.state.is_marked:
            return "Remove the article by hand: this tool never removes or hides content."
        return self._again(lookup, own_copy) if own_copy.is_ours else self._stamp(lookup, self.name)

    def _again(self, lookup: ListLookup, own_copy: OwnCopyStatus) -> str:
        """Return how to restore a copy and mark it again; of a volume, each article with its notice and its pages."""
        if own_copy.receipt is None:
            return f"{self._restore} && {self._stamp(lookup, self._original)}"
        return (
            f"{self._restore}. Then mark {self._original} again, with the notice of each retracted article: "
            "use --pages if only a part of the file is retracted."
        )

    def _not_to_be_marked(self, kind: Classification, own_copy: OwnCopyStatus) -> str:
        if own_copy.is_ours:
            return self._restore
        if kind is Classification.NOT_LISTED:
            return f"Check the journal's page. If the article is not retracted, {FROM_THE_ARCHIVE}."
        return f"{FROM_THE_ARCHIVE.capitalize()}."

    @property
    def _original(self) -> str:
        return quoted(self.path.with_suffix(".original.pdf"))

    @property
    def _restore(self) -> str:
        return f"watermark restore {self.name} -o {self._original}"

    def _stamp(self, lookup: ListLookup, original: str) -> str:
        """Return the command that marks the file: with the notice from the list, else with the list itself."""
        if lookup.listing is None or lookup.path is None:
            return f"watermark stamp {original} --notice NOTICE"
        path = quoted(lookup.path)
        if lookup.listing.notice and lookup.doi:
            notice = quoted(lookup.path.parent / lookup.listing.notice)
            return f"watermark stamp {original} --notice {notice} --doi {quoted(lookup.doi)}"
        if lookup.is_from_watch and lookup.doi:
            return f"watermark stamp {original} --notice {path} --doi {quoted(lookup.doi)}"
        return f"watermark mark-retracted --retractions {path} {original}"


def quoted(argument: str | Path) -> str:
    """Return an argument quoted for this system's shell: a POSIX shell, or the command prompt of Windows."""
    text = str(argument)
    text = f"./{text}" if text.startswith("-") else text  # so that it is not read as an option
    return quoted_for_shell(text)


def after_rewriting(path: Path, *, restorable: bool) -> str:
    """Return what to do about a rewritten copy if no list of retractions is given."""
    if restorable:
        return f"watermark restore {quoted(path)} -o {quoted(path.with_suffix('.original.pdf'))}"
    return f"Replace it with the marked copy from the archive, or {FROM_THE_ARCHIVE} and mark it again."
