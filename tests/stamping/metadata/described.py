"""A plan that only describes, and the copy: the article with its metadata revised and nothing else."""

import hashlib
import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pikepdf

from watermark.notice import Notice, Reference, State
from watermark.pdf.file_structure import read_tail
from watermark.pdf.incremental_update import build_update
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.pdf.xmp import Packet
from watermark.receipt import Receipt
from watermark.stamping.mark import MarkStyle
from watermark.stamping.metadata.writer import describe
from watermark.stamping.plan import Plan

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
NOTICE = Notice(
    state=State.RETRACTION,
    article=Reference(title="The title in the notice"),
    doi="10.5555/notice",
    date="2025-05-01",
)
PLAN = Plan(
    notice=NOTICE,
    marked_at=AT,
    style=MarkStyle(),
    outline_only=False,
    line=None,
    attachments=(),
    notice_document=b"",
    notice_page="",
    sidecar=None,
    pdfa_part=0,
    pdfa_conformance="",
    pdfua=False,
    tagged=False,
    write_info=True,
    title_prefix="RETRACTED: ",
    receipt=Receipt(
        tool="watermark 0.1.0",
        marked_at=AT,
        original_sha256="",
        original_size_bytes=0,
        page_count=1,
        state=State.RETRACTION,
        notice_digest=NOTICE.digest,
        notice_link=NOTICE.link,
        mark_text="Retracted",
        opacity=0.22,
        match="match",
    ),
    decisions=(),
)


def plan_for(original: bytes, *, notice: Notice = NOTICE, at: datetime = AT, **values: Any) -> Plan:  # noqa: ANN401 - any field of a plan
    receipt = replace(
        PLAN.receipt,
        original_sha256=hashlib.sha256(original).hexdigest(),
        original_size_bytes=len(original),
        marked_at=at,
        state=notice.state,
        notice_digest=notice.digest,
        notice_link=notice.link,
    )
    return replace(PLAN, notice=notice, marked_at=at, receipt=receipt, **values)


def described(original: bytes, plan: Plan | None = None) -> bytes:
    with pikepdf.open(io.BytesIO(original), inherit_page_attributes=False) as document:
        draft = ObjectDraft(document, first_free_number(document))
        info = describe(draft, document, plan or plan_for(original))
        return original + build_update(draft, read_tail(original), hashlib.sha256(original), info).data


def packet_of(copy: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(copy), inherit_page_attributes=False) as document:
        metadata = document.Root.get("/Metadata")
        return metadata.read_bytes() if isinstance(metadata, pikepdf.Stream) else b""


def xmp_of(copy: bytes) -> Packet:
    return Packet.parse(packet_of(copy))


def info_of(copy: bytes) -> dict[str, str]:
    with pikepdf.open(io.BytesIO(copy), inherit_page_attributes=False) as document:
        info = document.trailer.get("/Info")
        return {} if info is None else {key: str(value) for key, value in info.items()}
