"""The original again, byte for byte, from nothing but the copy; or what it was between two markings."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from watermark.article import Article, inspect_article, match
from watermark.errors import FailedError, NotVerifiedError, UsageError
from watermark.notice import Notice, State
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import Receipt
from watermark.runtime.atomic_files import atomic_file
from watermark.runtime.chunks import copy_prefix, sha256_of
from watermark.stamping.plan import require_matching_article
from watermark.verification.verifier import original_inside, receipt_of, seal_of

MAX_MARKINGS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """An original that was given back: its digest is the one in `receipt`, which is of the marking that followed it.

    `step` counts from 0, the article as it was published; `markings` are all receipts in the copy, the first one first.
    """

    copy: str
    original: str
    receipt: Receipt
    step: int
    markings: tuple[Receipt, ...]
    sealed: tuple[bool, ...]
    """Whether each marking was sealed, in the order of `markings`. The seals are not judged."""


def restore_original(  # noqa: PLR0913 - one keyword for each thing that may be asked for
    copy: Path,
    destination: Path,
    *,
    step: int = 0,
    overwrite: bool = False,
    password: str = "",
    inputs: tuple[Path, ...] = (),
) -> Restored:
    """Write the original of a marked copy to `destination`, after comparing it with the SHA-256 in the receipt.

    `step` 0 is the article as published, however often it was marked; 1 is the result of the first marking, and so on.
    `inputs` are other files of the caller: the output never replaces one of them. Raises NotVerifiedError if the copy
    has no receipt, or if the original in it was changed; UsageError if there is no such step.
    """
    with (
        atomic_file(destination, overwrite=overwrite, inputs=(copy, *inputs)) as original,
        tempfile.TemporaryDirectory(prefix="watermark-") as folder,
    ):
        taken_back = _taken_back(copy, Path(folder), password)
        if not 0 <= step < len(taken_back):
            times = "once" if len(taken_back) == 1 else f"{len(taken_back)} times"
            raise UsageError(
                f"it was marked {times}, so there is no step {step}",
                file=str(copy),
                remedy="Use 0, the article as published."
                if len(taken_back) == 1
                else f"Use a number from 0, the article as published, to {len(taken_back) - 1}.",
                argument="step",
            )
        receipt, original_file = taken_back[-1 - step]
        marked = [copy, *(file for _, file in taken_back[:-1])]
        sealed = tuple(bool(seal_of(file, password=password)) for file in reversed(marked))
        original.write(original_file, receipt.original_size_bytes, b"")
        original.commit()
    return Restored(
        copy=str(copy),
        original=str(destination),
        receipt=receipt,
        step=step,
        markings=tuple(each for each, _ in reversed(taken_back)),
        sealed=sealed,
    )


def refuse_to_restore(copy: Path, notice: Notice, *, password: str = "") -> None:
    """Return if `notice` reinstates the article of `copy`.

    Raises UsageError for a notice of another kind, and RefusedError if it is about another article or does not say.
    """
    if notice.state is not State.REINSTATEMENT:
        raise UsageError(
            f"the notice does not reinstate the article; it is a notice of “{notice.state.value.replace('_', ' ')}”",
            remedy="Use the notice of the reinstatement, or restore the original without a notice.",
        )
    with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        taken_back = _taken_back(copy, Path(folder), password)
        _, published = taken_back[-1]  # a copy also prints the words of its marks
        pages = taken_back[0][0].pages
        if pages is not None and len(taken_back) > 1:
            raise UsageError(
                f"the file was marked {len(taken_back)} times, and the original carries none of these marks",
                file=str(copy),
                remedy="Restore the original without a notice, and mark the articles again that are still retracted.",
            )
        with (
            Article.opened(published, password) as article,
            RenderedDocument(published, password=password or None) as rendered,
        ):
            info = (
                inspect_article(article, rendered.first_page_lines())
                if pages is None
                else inspect_article(article, rendered=rendered, page_range=pages)
            )
            found = match(info.identity, notice)
    require_matching_article(found, str(copy))


def markings_in(copy: Path, *, password: str = "") -> tuple[Receipt, ...]:
    """Return the receipt of each marking of a copy, the first one first. Raises NotVerifiedError as `restore` does."""
    with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        return tuple(receipt for receipt, _ in reversed(_taken_back(copy, Path(folder), password)))


def _taken_back(copy: Path, folder: Path, password: str) -> list[tuple[Receipt, Path]]:
    """Return each receipt, the newest first, with a file as it was before that marking, compared by digest."""
    taken_back = [_step_back(copy, folder / "0", password)]
    while len(taken_back) < MAX_MARKINGS:
        before = taken_back[-1][1]
        try:
            receipt_of(before, password=password)
        except (NotVerifiedError, FailedError):
            return taken_back  # the article as published, without any mark
        taken_back.append(_step_back(before, folder / str(len(taken_back)), password))
    return taken_back


def _step_back(copy: Path, target: Path, password: str) -> tuple[Receipt, Path]:
    receipt = receipt_of(copy, password=password)
    if receipt.rebuilt_size_bytes:
        target.write_bytes(original_inside(copy, password=password))
    else:
        with copy.open("rb") as source, target.open("wb") as out:
            copy_prefix(source, out, receipt.original_size_bytes)  # the digest tells whether it is whole
    if sha256_of(target) != receipt.original_sha256:
        raise NotVerifiedError(
            f"this copy was changed and no longer contains the original ({receipt.original_size_bytes:,} bytes)",
            file=str(copy),
            remedy="Restore from another copy, or get the original from the archive.",
        )
    return receipt, target
