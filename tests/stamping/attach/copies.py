"""Copies with files and notice pages in them, made with the real writer of revisions and nothing else of a marking."""

import io
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from watermark.article import Article
from watermark.notice import Notice, Reference, State
from watermark.pdf.incremental_update import build_update
from watermark.pdf.object_draft import ObjectDraft, first_free_number
from watermark.receipt import Receipt
from watermark.stamping.attach.embedded_files import attach
from watermark.stamping.attach.notice_pages import add_notice_pages
from watermark.stamping.mark import MarkStyle
from watermark.stamping.notice_document import CopyFacts, notice_document
from watermark.stamping.plan import Attachment, Plan

MARKED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
NOTICE = Notice(
    state=State.RETRACTION,
    article=Reference(title="An article", authors=("Doe J",), doi="10.5555/article.1"),
    doi="10.5555/notice.1",
    statement=("The article is retracted.",),
)
FACTS = CopyFacts(original_sha256="ab" * 32, original_size_bytes=1000, tool="watermark 0.1.0")


@cache
def document() -> bytes:
    return notice_document(NOTICE, facts=FACTS, marked_at=MARKED_AT)


def text_file(name: str = "notice.md", data: bytes = b"# Retraction\n" * 20) -> Attachment:
    return Attachment(
        kind="notice",
        name=name,
        data=data,
        media_type="text/markdown",
        description="Retraction notice",
        relationship="Supplement",
    )


def plan(*attachments: Attachment, notice_page: str = "", part: int = 0, tagged: bool = False) -> Plan:
    receipt = Receipt(
        tool="watermark 0.1.0",
        marked_at=MARKED_AT,
        original_sha256="ab" * 32,
        original_size_bytes=1000,
        page_count=1,
        state=State.RETRACTION,
        notice_digest=NOTICE.digest,
        mark_text="Retracted",
        opacity=0.22,
        match="match",
        notice_page=notice_page,
    )
    return Plan(
        notice=NOTICE,
        marked_at=MARKED_AT,
        style=MarkStyle(),
        outline_only=False,
        line=None,
        attachments=attachments,
        notice_document=document() if notice_page else b"",
        notice_page=notice_page,
        sidecar=None,
        pdfa_part=part,
        pdfa_conformance="",
        pdfua=False,
        tagged=tagged,
        write_info=True,
        title_prefix="RETRACTED: ",
        receipt=receipt,
        decisions=(),
    )


def copy_of(original: bytes, what: Plan) -> bytes:
    """The original and one revision, with the plan's files and notice pages; the prefix is seen to here."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.pdf"
        path.write_bytes(original)
        with Article.opened(path) as article:
            draft = ObjectDraft(article.document, first_free_number(article.document))
            if what.notice_page:
                add_notice_pages(draft, article.document, what)
            attach(draft, article.document, what)
            copy = original + build_update(draft, article.frame, article.hasher).data
    assert copy.startswith(original)
    return copy


@contextmanager
def opened(data: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as pdf:
        assert not pdf.get_warnings()
        yield pdf


def names_in(data: bytes) -> list[str]:
    with opened(data) as pdf:
        return [str(key) for key, _ in leaves(pdf.Root.Names.EmbeddedFiles)]


def leaves(node: Any, *, is_root: bool = True) -> list[tuple[Any, Any]]:  # noqa: ANN401 - any node of a name tree
    """Every pair of a name tree; its order and its limits are seen to here (ISO 32000-2 7.9.6)."""
    flat = list(node.get("/Names", []))
    found = list(zip(flat[::2], flat[1::2], strict=True))
    for kid in node.get("/Kids", []):
        found += leaves(kid, is_root=False)
    keys = [bytes(key) for key, _ in found]
    assert keys == sorted(keys)
    if is_root:
        assert "/Limits" not in node
    else:
        assert [bytes(limit) for limit in node.Limits] == [keys[0], keys[-1]]
    return found


def words_of(text: str) -> str:
    return re.sub(r"\s+", " ", text)
