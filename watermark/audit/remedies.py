"""The command that mends a file, ready to be run, or what a person has to do."""

import shlex
from dataclasses import dataclass
from pathlib import Path

from watermark.audit.classification import Classification
from watermark.audit.list_lookup import ListLookup
from watermark.audit.own_copies import OwnCopyStatus

FROM_THE_ARCHIVE = "take the article without a mark from the archive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """What can be done with one file."""

    path: Path

    @property
    def name(self) -> str:
        """The path as a shell reads it."""
        return shlex.quote(str(self.path))

    def command(self, kind: Classification, said: ListLookup, ours: OwnCopyStatus) -> str:
        """Return the command or the deed that mends what the class tells; "" where nothing is to be done."""
        if kind is Classification.UNMARKED:
            return self._unmarked(said, ours)
        if kind is Classification.DAMAGED and ours.is_intact:
            return f"{self._restore} && {self._stamp(said, self._original)}"
        if kind in {Classification.OTHERS_SOME, Classification.HIDES, Classification.DAMAGED}:
            return f"{FROM_THE_ARCHIVE.capitalize()}, and: {self._stamp(said, 'ORIGINAL.pdf')}"
        if kind in {Classification.NOT_LISTED, Classification.REINSTATED}:
            return self._not_to_be_marked(kind, ours)
        return ""

    def _unmarked(self, said: ListLookup, ours: OwnCopyStatus) -> str:
        if said.notice is not None and not said.notice.state.is_marked:
            return "Take the article down by hand: this tool hides nothing."
        if ours.is_ours:
            return f"{self._restore} && {self._stamp(said, self._original)}"
        return self._stamp(said, self.name)

    def _not_to_be_marked(self, kind: Classification, ours: OwnCopyStatus) -> str:
        if ours.is_ours:
            return self._restore
        if kind is Classification.NOT_LISTED:
            return f"Look at the journal's page; if it is not retracted, {FROM_THE_ARCHIVE}."
        return f"{FROM_THE_ARCHIVE.capitalize()}."

    @property
    def _original(self) -> str:
        return shlex.quote(str(self.path.with_suffix(".original.pdf")))

    @property
    def _restore(self) -> str:
        return f"watermark restore {self.name} -o {self._original}"

    def _stamp(self, said: ListLookup, original: str) -> str:
        """Return the command that marks: with the notice that the list names or is; else by the record in the list."""
        if said.listing is None or said.path is None:
            return f"watermark stamp {original} --notice NOTICE"
        path = shlex.quote(str(said.path))
        if said.listing.notice:
            return f"watermark stamp {original} --notice {shlex.quote(str(said.path.parent / said.listing.notice))}"
        if said.is_from_watch:
            return f"watermark stamp {original} --notice {path} --doi {shlex.quote(said.doi)}"
        return f"python -m watermark.hook mark-retracted --retractions {path} {original}"


def remedy_for(path: Path) -> Remedies:
    """Return what can be done with the file at `path`."""
    return Remedies(path=path)
