"""From a copy to whether each of its markings, written again, gives what the copy holds: read this first.

The copies are compared byte by byte, and another packing of the same stream data is allowed for.
"""

import io
import re
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import pikepdf

from watermark.article import Article, document_at
from watermark.article.inspection import packet_of
from watermark.errors import RefusedError, WatermarkError
from watermark.models import Claim, Finding, Status, plain
from watermark.pdf.incremental_update import Repack
from watermark.pdf.rendering import RenderedDocument
from watermark.pdf.serialization import Ref
from watermark.receipt import FORMAT, Receipt, receipt_in
from watermark.runtime.chunks import CHUNK_BYTES
from watermark.stamping.pipeline import inspected, revision_of
from watermark.stamping.plan import Plan, StampRequest
from watermark.stamping.plan.planner import plan_stamp
from watermark.stamping.plan.recorded_choices import libraries
from watermark.stamping.rebuild import linearize, open_base
from watermark.stamping.reproduction.inputs import (
    FalseRecordError,
    Given,
    Inputs,
    NotReproducibleError,
    inputs_in,
    take_prefix,
)
from watermark.stamping.reproduction.measured_contrasts import contrast_differs
from watermark.verification.pypdf_document import Window
from watermark.verification.verifier import seal_of

MAX_STREAM_BYTES = 512 << 20
DEFLATED = b"/Filter /FlateDecode"
STREAM, END = b">>stream\n", b"\r\nendstream"
_LENGTH = re.compile(rb"/Length [0-9]+")
MAX_MARKINGS = 50


def reproduce(
    copy: Path, *, given: Given | None = None, password: str | None = None, unlinearized: Path | None = None
) -> tuple[Finding, ...]:
    """Return one finding of Claim.REPRODUCED for each marking in a copy, the newest first.

    The file that a linearized copy is made of is left at `unlinearized`, where that is given.

    1. Read the receipt; take the notice from the record in the copy, from the record next to it, or from `given`; that
       of an earlier marking also from the record of the copy that it left, in the same folder.
    2. Take the original out of the copy. Rebuild it where the receipt says that it was rebuilt.
    3. Plan the marking with the recorded choices, or find that this tool would have refused it.
    4. Write the revision again, and compare. Where it is the same, measure the contrasts that the receipt states.
    5. Continue with the file before the marking, if that has a receipt, too.

    A marking of another format, one whose notice or font is not at hand, and one that other versions of the drawing
    libraries wrote otherwise is NOT_CHECKED. Raises WatermarkError when the copy cannot be opened.
    """
    given, secret = given or Given(), password or ""
    findings: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        newest: Path | None = copy
        while newest is not None and len(findings) < MAX_MARKINGS:
            base = Path(folder, f"{len(findings)}.pdf")
            findings.append(_finding_on(newest, base, given, secret))
            if unlinearized is not None and len(findings) == 1 and (kept := _unlinearized(base)).exists():
                kept.replace(unlinearized)
            newest = base if findings[-1].status is Status.OK and _is_marked(base, secret) else None
            # The notice and the record with the name of the copy are those of its newest marking.
            given = Given(font=given.font, folder=copy.parent)
    if newest is not None:
        findings.append(_finding(Status.NOT_CHECKED, "too-many", f"it was marked more than {MAX_MARKINGS} times"))
    return tuple(findings)


def _finding_on(copy: Path, base: Path, given: Given, password: str) -> Finding:
    """Return whether the newest marking in `copy` can be written again; leave the file before it at `base`."""
    try:
        return _reproduced(copy, base, given, password)
    except NotReproducibleError as error:
        return _finding(Status.NOT_CHECKED, "no-input", str(error))
    except RefusedError as error:
        message = f"this tool would not have marked the article in this way ({plain(error.reason, 200)})"
        return _finding(Status.FAILED, "refused", message)
    except FalseRecordError as error:
        return _finding(Status.FAILED, "false-record", f"this tool never records such choices: {plain(error, 200)}")
    except Exception as error:  # noqa: BLE001 - a hostile file that breaks a reader was not written again
        why = f"{type(error).__name__}: {plain(error, 200)}"
        if isinstance(error, WatermarkError):
            why = plain(error.reason, 200)
        return _finding(Status.NOT_CHECKED, "not-written", f"the marking cannot be written again ({why})")


def _reproduced(copy: Path, base: Path, given: Given, password: str) -> Finding:
    with document_at(copy, password) as document:
        receipt = receipt_in(packet_of(document))
        if receipt is None:
            return _finding(Status.FAILED, "no-receipt", "the copy has no receipt, so it cannot be reproduced")
        if receipt.format != FORMAT:
            return _other_format(receipt)
        inputs = inputs_in(copy, document, receipt, given, base, password)  # 1, 2
    return _written_again(copy, receipt, inputs, base)


def _written_again(copy: Path, receipt: Receipt, inputs: Inputs, base: Path) -> Finding:
    request = inputs.request
    with open_base(request) as path, Article.opened(path, request.password) as article:
        with RenderedDocument(path, password=request.password or None) as rendered:
            info = inspected(request, article, rendered)
            if len(inputs.replay.positions) not in {0, len(info.shapes)}:
                raise FalseRecordError("the edges of the line are recorded for another number of pages")
            plan = plan_stamp(request, info, rendered, replay=inputs.replay)  # 3
            if plan.sidecar is not None and inputs.record and plan.sidecar.data != inputs.record:
                raise FalseRecordError("the record beside the copy does not belong to it")
            offset = _differs(article, plan, request, base.with_suffix(".again.pdf"), copy)  # 4
            contrast = contrast_differs(plan, info, rendered, inputs.replay.inks) if offset is None else None
        base_bytes = article.size_bytes
    if contrast:
        status, message = contrast
        return _finding(status, "contrast", message)
    if offset is None:
        message = "marking the original again with the notice gives the same bytes"
        return _finding(Status.OK, "same", message)
    if other := _other_libraries(receipt):
        return other
    part = "the original, or what it was rewritten to" if offset < base_bytes else "the marking"
    message = f"this tool would write a different copy: byte {offset:,}, in {part}, differs"
    return _finding(Status.FAILED, "different", message)


def _differs(article: Article, plan: Plan, request: StampRequest, written: Path, copy: Path) -> int | None:
    """Return the offset of the first byte of `copy` that this tool writes otherwise; None when it writes them all."""
    _write(article, revision_of(article, plan).data, request, written)
    seal = seal_of(copy, password=request.password or None)
    size = seal[-1].start if seal else copy.stat().st_size
    offset = differs_at(written, copy, size)
    if offset is None or request.linearize or article.ciphers:
        return offset
    with document_at(copy, request.password) as document:
        _write(article, revision_of(article, plan, packed_as_in(document)).data, request, written)
    return differs_at(written, copy, size)


def _write(article: Article, appended: bytes, request: StampRequest, target: Path) -> None:
    take_prefix(article.path, target, article.size_bytes)
    with target.open("ab") as file:
        file.write(appended)
    if request.linearize:
        target.replace(_unlinearized(target))
        linearize(_unlinearized(target), target).replace(target)


def _unlinearized(written: Path) -> Path:
    """Return where the file is kept that a linearized one is made of."""
    return written.with_name(f"{written.name.partition('.')[0]}.unlinearized.pdf")


def _other_format(receipt: Receipt) -> Finding:
    message = (
        f"the copy is consistent, but was not reproduced: {plain(receipt.tool, 40)} wrote format {receipt.format}, and"
        f" this release writes format {FORMAT}"
    )
    return _finding(Status.NOT_CHECKED, "other-format", message)


def _other_libraries(receipt: Receipt) -> Finding | None:
    recorded, ours = receipt.choices.get("libraries"), libraries()
    if recorded == ours:
        return None
    theirs = recorded if isinstance(recorded, Mapping) else {}
    names = ", ".join(f"{name} {plain(theirs.get(name, '?'), 20)}" for name in ours if theirs.get(name) != ours[name])
    message = f"the copy was not reproduced: it was written with other versions of libraries ({names})"
    return _finding(Status.NOT_CHECKED, "other-libraries", message)


def _is_marked(path: Path, password: str) -> bool:
    try:
        with document_at(path, password) as document:
            return receipt_in(packet_of(document)) is not None
    except ValueError:
        return True  # it names a marking, and the next step reports what is wrong with it
    except RefusedError:
        return False  # a damaged original that qpdf cannot open, as it can all that this tool writes


def _finding(status: Status, code: str, message: str) -> Finding:
    return Finding(claim=Claim.REPRODUCED, status=status, message=message, code=f"{Claim.REPRODUCED.value}.{code}")


def first_other_byte(ours: BinaryIO, theirs: BinaryIO) -> int | None:
    """Return the offset of the first byte that differs, or of the end of the shorter file; None for equal files."""
    offset = 0
    while True:
        one, other = ours.read(CHUNK_BYTES), theirs.read(CHUNK_BYTES)
        if one != other:
            pairs = enumerate(zip(one, other, strict=False))
            return offset + next((index for index, (a, b) in pairs if a != b), min(len(one), len(other)))
        if not one:
            return None
        offset += len(one)


def differs_at(written: Path, copy: Path, size_bytes: int) -> int | None:
    """Return the offset of the first byte in which `written` and the first `size_bytes` of `copy` differ, or None."""
    with written.open("rb") as ours, copy.open("rb", buffering=0) as theirs:
        return first_other_byte(ours, io.BufferedReader(Window(theirs, 0, size_bytes)))


def packed_as_in(copy: pikepdf.Pdf) -> Repack:
    """Return a function that deflates a stream as `copy` has it, where that holds the same data in another packing.

    Another release of zlib, or another processor, packs the same data in other bytes. Everything else stays as it is
    written, so that the update made with it equals the one in an honest copy byte by byte: a stream that is not
    deflated, one that is damaged, and one with further bytes after its data.
    """

    def repack(ref: Ref, written: bytes) -> bytes:
        head, mark, rest = written.partition(STREAM)
        if not mark or not rest.endswith(END):
            return written
        try:
            stream = copy.get_object(ref.number, ref.generation)
            raw = stream.read_raw_bytes() if isinstance(stream, pikepdf.Stream) else b""
        except pikepdf.PikepdfError:
            return written
        data = _whole(rest[: -len(END)]) if DEFLATED in head else None
        if data is None or _whole(raw) != data:
            return written
        return _LENGTH.sub(b"/Length %d" % len(raw), head, count=1) + STREAM + raw + END

    return repack


def _whole(packed: bytes) -> bytes | None:
    """Return deflated data, or None where they do not end with the bytes, or exceed MAX_STREAM_BYTES."""
    reader = zlib.decompressobj()
    try:
        data = reader.decompress(packed, MAX_STREAM_BYTES)
    except zlib.error:
        return None
    return data if reader.eof and not reader.unused_data else None
