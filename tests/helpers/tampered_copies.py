"""Marked copies made by the tool itself, and copies whose drafts were tampered with before they were sealed."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.build import build
from watermark.article import Article, inspect_article
from watermark.models import Claim, VerificationReport
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.pdf.incremental_update import IncrementalUpdate, build_update
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping import pipeline
from watermark.stamping.plan import IsolationMethod, StampRequest, plan_stamp
from watermark.stamping.rebuild import linearize, open_base, with_original_digest

Tamper = Callable[[ObjectDraft], None]
NOTICE = Notice(
    state=State.RETRACTION,
    article=Reference(title="An article", doi="10.5555/article"),
    title="Retraction: An article",
    doi="10.5555/notice",
    date="2024-05-01",
    issuers=("The editor",),
    reasons=("The figures were drawn twice",),
    statement=("The article is retracted.",),
)
NOTICE_FILE = NoticeFile(notice=NOTICE, name="notice.txt", data=b"The article is retracted.", media_type="text/plain")
MARKED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def honest(_: ObjectDraft) -> None:
    """Leave a draft as it is."""


def stamped(
    folder: Path,
    tamper: Tamper = honest,
    *,
    notice_page: str = "auto",
    methods: Mapping[int, IsolationMethod] | None = None,
    **peculiarities: Any,  # noqa: ANN401 - the recipe knows the type of each
) -> Path:
    """Return the path of a copy: the original and a revision, sealed whatever `tamper` has done to its draft."""
    original, copy = folder / "original.pdf", folder / "copy.pdf"
    original.write_bytes(build(**peculiarities))
    job = StampRequest(
        article=original,
        notice=NOTICE_FILE,
        marked_at=MARKED_AT,
        notice_page=notice_page,
        match_override_reason="a test",
    )
    with Article.opened(original) as article, RenderedDocument(original) as look:
        plan = plan_stamp(job, inspect_article(article, look.first_page_lines()), look, methods)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "build_update", _after(tamper))
            revision = pipeline.revision_of(article, plan)
    copy.write_bytes(original.read_bytes() + revision.data)
    return copy


def stamped_rebuilt(folder: Path, tamper: Tamper = honest, *, is_linear: bool = False, **peculiarities: Any) -> Path:  # noqa: ANN401 - see above
    """Return the path of a copy of a rewritten original, sealed as `stamped` seals, and then perhaps linearized."""
    original, copy = folder / "original.pdf", folder / "copy.pdf"
    original.write_bytes(build(**peculiarities))
    request = StampRequest(
        article=original,
        notice=NOTICE_FILE,
        marked_at=MARKED_AT,
        match_override_reason="a test",
        rebuild=True,
        linearize=is_linear,
    )
    with (
        open_base(request) as base,
        Article.opened(base) as article,
        RenderedDocument(base) as look,
        pytest.MonkeyPatch.context() as patch,
    ):
        info = with_original_digest(request, inspect_article(article, look.first_page_lines()))
        plan = plan_stamp(request, info, look)
        patch.setattr(pipeline, "build_update", _after(tamper))
        copy.write_bytes(base.read_bytes() + pipeline.revision_of(article, plan).data)
    return linearize(copy, copy).replace(copy) if is_linear else copy


def _after(tamper: Tamper) -> Callable[..., IncrementalUpdate]:
    def tampered(draft: ObjectDraft, *others: Any) -> IncrementalUpdate:  # noqa: ANN401 - whatever the writer passes on
        tamper(draft)
        return build_update(draft, *others)

    return tampered


def complaints(verdict: VerificationReport, claim: Claim) -> str:
    """Return what a verdict says against one claim."""
    return " | ".join(
        f"page {finding.page_number}: {finding.message}" if finding.page_number else finding.message
        for finding in verdict.failures
        if finding.claim is claim
    )
