"""What a copy holds of that which went into it: the original, the notice, the record, and the user's choices.

The pixels of the logo are found by their digest, in the notice document of the copy or on its notice pages.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import pikepdf

from watermark.notice import NoticeFile
from watermark.pdf.bounded_inflate import inflated
from watermark.pdf.streams import decoded
from watermark.receipt import Receipt, format_utc
from watermark.runtime.chunks import copy_prefix
from watermark.stamping.notice_document import Letterhead
from watermark.stamping.plan import PageSelection, Rewriter, StampRequest
from watermark.stamping.plan.recorded_choices import (
    Replay,
    existing_mark_in,
    letterhead_in,
    replay_in,
    style_in,
    wording_in,
)
from watermark.stamping.plan.retraction_record import RECORD_NAME, notice_in, original_in, source_in

MAX_RECORD_BYTES = 64 << 20
MAX_FILES = 1000
MAX_FILE_BYTES = 512 << 20


class NotReproducibleError(Exception):
    """A marking that cannot be written again here, though the copy may be correct."""


class FalseRecordError(Exception):
    """What a copy holds is not what a marking leaves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the caller provides besides the copy: the notice, the bytes of the record file, the font of the mark.

    `folder` is where the record of an earlier marking may be, under the name of the copy that it left.
    """

    notice: NoticeFile | None = None
    record: bytes = b""
    font: Path | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The request that led to a copy, the decisions that were taken, and the record, b"" where none is at hand."""

    request: StampRequest
    replay: Replay
    record: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    data: bytes
    media_type: str


def inputs_in(  # noqa: PLR0913, PLR0917 - one copy, and what is known of it
    copy: Path, document: pikepdf.Pdf, receipt: Receipt, given: Given, base: Path, password: str
) -> Inputs:
    """Return the inputs of the newest marking, and leave the original at `base`.

    Raises NotReproducibleError where something is not at hand, and FalseRecordError where what is there is not what a
    marking leaves.
    """
    try:
        return _inputs(copy, document, receipt, given, base, password)
    except (KeyError, TypeError, ValueError) as error:
        raise FalseRecordError(str(error)) from error


def notice_and_letterhead(
    copy: Path, document: pikepdf.Pdf, receipt: Receipt, given: Given
) -> tuple[NoticeFile, Letterhead | None]:
    """Return the notice that a copy was made for, and the letterhead of its notice document.

    Raises NotReproducibleError where the notice is not at hand, and FalseRecordError where what is there is not what a
    marking leaves.
    """
    try:
        files = _embedded(document, receipt)
        record = files["record"].data if "record" in files else given.record or _record_beside(copy)
        return _notice(receipt, files, record, given), _letterhead(document, receipt, files)
    except (KeyError, TypeError, ValueError) as error:
        raise FalseRecordError(str(error)) from error


def _letterhead(document: pikepdf.Pdf, receipt: Receipt, files: Mapping[str, _File]) -> Letterhead | None:
    typeset = files.get("notice-pdf")
    return letterhead_in(receipt.choices, partial(pixels_of, document, typeset.data if typeset else b""))


def _inputs(  # noqa: PLR0913, PLR0917 - one copy, and what is known of it
    copy: Path, document: pikepdf.Pdf, receipt: Receipt, given: Given, base: Path, password: str
) -> Inputs:
    files = _embedded(document, receipt)
    record = files["record"].data if "record" in files else given.record or _record_beside(copy)
    if receipt.rebuilt_size_bytes:
        if "original" not in files:
            raise ValueError("the receipt says that the file was rebuilt, but names no embedded original")
        base.write_bytes(files["original"].data)
    else:
        take_prefix(copy, base, receipt.original_size_bytes)
    font_digest = receipt.choices.get("font_sha256", "")
    font = given.font if font_digest else None
    if font_digest and (font is None or hashlib.sha256(font.read_bytes()).hexdigest() != font_digest):
        raise NotReproducibleError(
            "the mark was drawn with a font that is not installed with this tool; provide the font file"
        )
    request = StampRequest(
        article=base,
        notice=_notice(receipt, files, record or _record_of_earlier(receipt, given.folder), given),
        marked_at=receipt.marked_at,
        text=str(receipt.choices.get("text", "")),
        style=style_in(receipt.choices),
        wording=wording_in(receipt.choices),
        notice_page=str(receipt.choices.get("notice_page", "auto")),
        match_override_reason=receipt.match_reason,
        over_existing_mark=existing_mark_in(receipt.choices)[1],
        allow_signed=bool(receipt.despite),
        to_pdfa=receipt.conformance,
        rebuild=bool(receipt.rebuilt_size_bytes),
        rewriter=Rewriter(receipt.choices.get("rewriter", Rewriter.QPDF)),
        linearize=receipt.linearized,
        password=password,
        font=font,
        pages=PageSelection(written=str(receipt.pages)) if receipt.pages else None,
        letterhead=_letterhead(document, receipt, files),
    )
    replay = replay_in(receipt.choices, receipt.tool, receipt.page_count)
    return Inputs(request=request, replay=replay, record=record)


def take_prefix(source: Path, target: Path, size_bytes: int) -> None:
    """Leave the first bytes of a file in another one. Raises ValueError when it is shorter."""
    with source.open("rb") as file, target.open("wb") as out:
        is_whole = copy_prefix(file, out, size_bytes)
    if not is_whole:
        raise ValueError("the copy is shorter than the original that it should contain")


def _notice(receipt: Receipt, files: dict[str, _File], record: bytes, given: Given) -> NoticeFile:
    """Return the notice that the copy was made with; its digest is the one in the receipt."""
    if record:
        notice = notice_in(record)
        source, source_date = source_in(record)
    elif given.notice is not None:
        notice = given.notice.notice
        source, source_date = given.notice.source, given.notice.source_date
    else:
        raise NotReproducibleError(
            "the notice is neither in the copy nor next to it; provide the notice or the record file"
        )
    if notice.digest != receipt.notice_digest:
        raise ValueError("the notice is not the one named in the receipt")
    name = next((item.name for item in receipt.files if item.kind == "notice"), "")
    embedded = files.get("notice")
    if embedded is None:
        embedded, name = _File(data=b"", media_type=""), ""
    return NoticeFile(
        notice=notice,
        data=embedded.data,
        name=name,
        media_type=embedded.media_type,
        source=source,
        source_date=source_date,
    )


def _embedded(document: pikepdf.Pdf, receipt: Receipt) -> dict[str, _File]:
    """Return the files that the receipt names, by their kind, found by their digests. Raises ValueError for others."""
    wanted = {item.sha256: item for item in receipt.files}
    largest = min(max((item.size_bytes for item in receipt.files), default=0), MAX_FILE_BYTES)
    found: dict[str, _File] = {}
    for stream in _streams(document):
        data = _data_of(stream, largest)
        item = wanted.get(hashlib.sha256(data).hexdigest()) if data is not None else None
        if item is not None and data is not None and item.kind not in found:
            subtype = stream.get("/Subtype")
            media_type = str(subtype).removeprefix("/") if isinstance(subtype, pikepdf.Name) else ""
            found[item.kind] = _File(data=data, media_type=media_type)
    if missing := [item.name for item in receipt.files if item.kind not in found]:
        raise ValueError(f"the receipt names files that are not associated with the document: {', '.join(missing)}")
    return found


def _data_of(stream: pikepdf.Stream, most: int) -> bytes | None:
    """Return the data of a file, or None beyond `most` bytes. Files alone may be encrypted (ISO 32000-2 7.4.10)."""
    if stream.get("/Filter") == [pikepdf.Name("/Crypt"), pikepdf.Name.FlateDecode]:
        return inflated(stream.read_raw_bytes(), most)  # qpdf has deciphered it
    return decoded(stream, most)


def _streams(document: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    associated = document.Root.get("/AF")
    items = list(associated) if isinstance(associated, pikepdf.Array) else [associated]
    for item in items[-MAX_FILES:]:
        files = item.get("/EF") if isinstance(item, pikepdf.Dictionary) else None
        stream = files.get("/F") if isinstance(files, pikepdf.Dictionary) else None
        if isinstance(stream, pikepdf.Stream):
            yield stream


def _record_of_earlier(receipt: Receipt, folder: Path | None) -> bytes:
    """Return the record in a folder that is of the original, the notice and the time of a receipt, or b"".

    Other copies of the same original may be there, so that only the notice in it counts.
    """
    paths = () if folder is None else sorted(islice(folder.glob(f"*.{RECORD_NAME}"), MAX_FILES))
    return next((data for path in paths if _is_of(data := _data_at(path), receipt)), b"")


def _is_of(record: bytes, receipt: Receipt) -> bool:
    try:
        original, marked_at = original_in(record)
        is_same = (original, marked_at) == (receipt.original_sha256, format_utc(receipt.marked_at))
        return is_same and notice_in(record).digest == receipt.notice_digest
    except ValueError:
        return False


def _record_beside(copy: Path) -> bytes:
    return _data_at(copy.with_suffix(f".{RECORD_NAME}"))


def _data_at(path: Path) -> bytes:
    """Return the bytes of a record, or b"" where there is no file, or one that is too large."""
    return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_RECORD_BYTES else b""


def pixels_of(document: pikepdf.Pdf, notice_document: bytes, size: tuple[int, int], sha256: str) -> bytes:
    """Return the pixels of the picture with this width, height and SHA-256: three bytes for each.

    If no page in the copy shows it, these are white pixels: a logo that is not shown has no effect on the copy.
    """
    count = 3 * size[0] * size[1]
    found = _of(document, count, sha256)
    if found is None and notice_document:
        try:
            with pikepdf.open(io.BytesIO(notice_document)) as typeset:
                found = _of(typeset, count, sha256)
        except pikepdf.PikepdfError as error:
            raise ValueError("the notice document cannot be read") from error
    return found if found is not None else b"\xff" * count


def _of(document: pikepdf.Pdf, count: int, sha256: str) -> bytes | None:
    for picture in _pictures(document):
        data = decoded(picture, count)
        if data is not None and len(data) == count and hashlib.sha256(data).hexdigest() == sha256:
            return data
    return None


def _pictures(document: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Yield the pictures of the first and of the last page: one of them is a notice page, if there is any."""
    for page in (document.pages[0], document.pages[-1]) if len(document.pages) else ():
        for found in page.resources.get("/XObject", pikepdf.Dictionary()).values():
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == pikepdf.Name.Image:
                yield found
