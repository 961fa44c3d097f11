"""Decides everything that will be written for one article and one notice, before the first byte."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from watermark.article import ArticleInfo, Match, MatchResult, match
from watermark.models import Decision
from watermark.notice.statement_markup import Markup, statement_markup
from watermark.pdf.fonts.face import face_at
from watermark.pdf.page_range import PageRange
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import FORMAT, AttachedFile, Receipt
from watermark.stamping.mark import MarkStyle
from watermark.stamping.mark.ink import require_contrast
from watermark.stamping.notice_document import CopyFacts
from watermark.stamping.plan.conformance import (
    ConformanceRules,
    conformance_rules,
    upgrade_decisions,
    upgraded,
    with_outlines,
)
from watermark.stamping.plan.content_isolation import method_decisions
from watermark.stamping.plan.edge_lines import edge_line, edge_line_text, line_decisions, require_readable_line
from watermark.stamping.plan.figure_pages import Captions, FigurePages, figure_decisions, figure_pages, figures_of
from watermark.stamping.plan.file_decisions import (
    damage_decisions,
    encryption_decisions,
    existing_mark_decisions,
    kept_packet,
    metadata_decisions,
    packet_fault,
    raised_version,
    rebuild_decisions,
    signature_decisions,
    version_decisions,
)
from watermark.stamping.plan.model import TOOL, Attachment, EdgeLine, IsolationMethod, Plan, StampRequest
from watermark.stamping.plan.notice_ahead import NoticeAhead, NoticeInputs
from watermark.stamping.plan.page_inks import PageInks, contrast_decisions, page_inks
from watermark.stamping.plan.page_measures import PageMeasures, Wanted, measured
from watermark.stamping.plan.page_selection import page_decisions, recorded_pages, refuse_to_move_pages
from watermark.stamping.plan.recorded_choices import Replay, libraries, recorded_choices
from watermark.stamping.plan.refusals import check_preconditions, check_rebuild_allowed
from watermark.stamping.plan.retraction_record import record_of
from watermark.stamping.plan.wording import mark_word, title_prefix, uri_of
from watermark.verification.earlier_prefix import written_prefix

ORIGINAL_NAME = "original.pdf"
NOTICE_DOCUMENT_NAME = "retraction-notice.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choices:
    """What was chosen for one article before a file is made. `original` is the article before it claims more."""

    request: StampRequest
    original: ArticleInfo
    info: ArticleInfo
    level: ConformanceRules
    found: MatchResult
    style: MarkStyle
    line: EdgeLine | None
    notice_page: str
    methods: Mapping[int, IsolationMethod]
    inks: PageInks
    figures: FigurePages
    existing_mark: str
    replaced_prefix: str
    tool: str
    pdf_version: str
    packet_fault: str


def plan_stamp(  # noqa: PLR0913 - one for each input
    request: StampRequest,
    info: ArticleInfo,
    rendered: RenderedDocument | None,
    methods: Mapping[int, IsolationMethod] | None = None,
    replay: Replay | None = None,
    *,
    typeset: NoticeAhead | None = None,
) -> Plan:
    """Return the plan for one article. Raises RefusedError when the article may not be marked.

    `rendered` shows the original's pages, so that the edge line is put into an empty band of each; without it, the
    line is at the top of every page. `methods` names the pages, from 1, that are not to be wrapped. `replay` holds the
    decisions of an earlier marking, which are then repeated. `typeset` is the notice document if it is being set.
    """
    if request.font is not None:
        face_at(str(request.font))  # a file that is not a font is an error, also where nothing is drawn with it
    choices = _choose(request, info, rendered, methods or {}, replay, captions=typeset.captions if typeset else None)
    info, level = choices.info, choices.level
    decisions = _decisions(choices)
    record = record_of(request, choices.original, choices.found, decisions, choices.figures, choices.tool)
    markup = (replay.markup if replay else ()) or statement_markup(request.notice)
    needs_document = choices.notice_page or _embeds_document(request, level)
    document = _notice_document(choices, markup, typeset) if needs_document else b""
    attachments = (*_attachments(request, level, record, document), *kept_packet(info, choices.packet_fault))
    recorded = _recorded(choices, replay, markup if document and not level.embeds_any else ())
    return Plan(
        notice=request.notice.notice,
        marked_at=request.marked_at,
        style=choices.style,
        outline_only=level.outline_only,
        line=choices.line,
        methods=choices.methods,
        attachments=attachments,
        notice_document=document if choices.notice_page else b"",
        notice_page=choices.notice_page,
        sidecar=None if record in attachments else record,
        pdfa_part=info.claims.pdfa_part,
        pdfa_conformance=info.claims.pdfa_conformance,
        pdfua=bool(info.claims.pdfua_part),
        tagged=info.tagged,
        write_info=level.write_info,
        title_prefix=_title_prefix(choices),
        replaced_prefix=choices.replaced_prefix,
        receipt=_receipt(choices, attachments, recorded),
        decisions=decisions,
        pdf_version=choices.pdf_version,
        packet_fault=choices.packet_fault,
        inks=choices.inks.marks,
        line_colours=choices.inks.lines,
    )


def _recorded(choices: _Choices, replay: Replay | None, markup: Sequence[Markup]) -> Mapping[str, Any]:
    """Return the choices as the receipt records them."""
    return recorded_choices(
        choices.request,
        choices.line,
        choices.methods,
        choices.inks,
        replay.libraries if replay else libraries(),
        markup,
        choices.existing_mark,
        recorded_pages(choices.original),
        choices.replaced_prefix,
    )


def _choose(  # noqa: PLR0913 - one for each thing that is at hand
    request: StampRequest,
    info: ArticleInfo,
    rendered: RenderedDocument | None,
    methods: Mapping[int, IsolationMethod],
    replay: Replay | None,
    *,
    captions: Captions | None,
) -> _Choices:
    """Return the choices for an article that may be marked. Raises RefusedError or UsageError for any other."""
    found = _matched(info, request)
    original, info = info, upgraded(info, request.to_pdfa)
    check_preconditions(info, request, found)
    level = conformance_rules(info)
    check_rebuild_allowed(info, request, level)
    notice_page = level.notice_page if request.notice_page == "auto" else request.notice_page.replace("none", "")
    if notice_page == "front":
        refuse_to_move_pages(info)
    word = mark_word(request.notice.notice, request.text, request.wording)
    style = replace(request.style, text=word, font_path=str(request.font) if request.font else request.style.font_path)
    require_contrast(style, outline_only=level.outline_only)
    line_text = edge_line_text(style, request, notice_page)
    wanted = Wanted(
        pages=tuple(zip(info.page_numbers, info.shapes, strict=True)),
        style=style,
        line_text=line_text,
        outline_only=level.outline_only,
        reads_captions=captions is None and bool(figures_of(request.notice.notice)),
    )
    measures = measured(wanted, None if replay else rendered)
    if captions is None:
        known = {} if replay else dict(zip(info.page_numbers, measures, strict=True))
        captions = {number: one.captions for number, one in known.items()}
    line = edge_line(line_text, request, replay.positions if replay else [one.position for one in measures])
    inks = replay.inks if replay else _inks(wanted, measures, rendered)
    require_readable_line(inks, style.line_edge)
    if inks.outlined:
        level = with_outlines(level)
    return _Choices(
        request=request,
        original=original,
        info=info,
        level=level,
        found=found,
        style=style,
        line=line,
        notice_page=notice_page,
        methods=replay.methods if replay else dict.fromkeys(info.knockout, IsolationMethod.ANNOTATION) | dict(methods),
        inks=inks,
        figures=figure_pages(request.notice.notice, info.pages or PageRange(1, info.page_count), rendered, captions),
        existing_mark=replay.existing_mark if replay else info.existing_mark,
        replaced_prefix=replay.replaced_prefix if replay else _replaced_prefix(request, info),
        tool=replay.tool if replay else TOOL,
        pdf_version=raised_version(info),
        packet_fault=packet_fault(info),
    )


def _inks(wanted: Wanted, measures: Sequence[PageMeasures], rendered: RenderedDocument | None) -> PageInks:
    """Return the inks of all pages: of outlines where no translucent letters can be seen on each page."""
    inks = page_inks(wanted, measures)
    if wanted.outline_only or inks.reaches_floor:
        return inks
    as_outlines = replace(wanted, outline_only=True, reads_captions=False)
    outlined = replace(page_inks(as_outlines, measured(as_outlines, rendered)), outlined=True)
    return outlined if outlined.reaches_floor else inks


def _decisions(choices: _Choices) -> tuple[Decision, ...]:
    """Return what the plan says, in the order in which it is shown."""
    info = choices.info
    return (
        *page_decisions(info, choices.request.notice.notice),
        *damage_decisions(info),
        *rebuild_decisions(choices.request, info),
        *upgrade_decisions(choices.original, info),
        *choices.level.decisions,
        *version_decisions(info, choices.pdf_version),
        *metadata_decisions(info, choices.packet_fault),
        *encryption_decisions(info),
        *signature_decisions(info),
        *existing_mark_decisions(choices.existing_mark, choices.request.over_existing_mark),
        Decision(name="article", value=choices.found.match.value, reason="; ".join(choices.found.evidence)),
        *line_decisions(choices.line, info.page_numbers, choices.style.line_edge),
        *contrast_decisions(choices.inks),
        *figure_decisions(choices.figures),
        *method_decisions(choices.methods, info.knockout),
    )


def _title_prefix(choices: _Choices) -> str:
    """Return what the title of the file begins with; "" where only a part of the file is retracted."""
    request = choices.request
    return "" if choices.info.pages else title_prefix(request.notice.notice.state, request.wording)


def _replaced_prefix(request: StampRequest, info: ArticleInfo) -> str:
    """Return the prefix that an earlier marking put before the titles of the file; "" where they keep it."""
    if info.receipt is None or info.pages or info.rebuilt_sha256:
        return ""
    return written_prefix(request.article, request.password)


def _matched(info: ArticleInfo, request: StampRequest) -> MatchResult:
    """Return whether it is the article of the notice, or that the user says so and gives a reason."""
    found = match(info.identity, request.notice.notice)
    if info.sha256 == hashlib.sha256(request.notice.data).hexdigest():
        found = MatchResult(match=Match.IS_THE_NOTICE, evidence=("it is the same file as the notice",))
    is_forced = request.match_override_reason and found.match is not Match.MATCH
    return MatchResult(match=Match.FORCED, evidence=found.evidence) if is_forced else found


def _notice_document(choices: _Choices, markup: tuple[Markup, ...], typeset: NoticeAhead | None) -> bytes:
    request, info = choices.request, choices.info
    facts = CopyFacts(
        original_sha256=info.sha256,
        original_size_bytes=info.size_bytes,
        tool=choices.tool,
        rebuilt=bool(info.rebuilt_size_bytes),
        figure_pages=choices.figures,
        within=bool(choices.notice_page)
        and info.claims.pdfua_part != 2,  # which asks for destinations in the structure
        source=request.notice.dated_source,
    )
    inputs = NoticeInputs.of(request, facts, markup, info.shapes)
    return typeset.document(inputs) if typeset else inputs.document()


def _embeds_document(request: StampRequest, level: ConformanceRules) -> bool:
    """Return whether the typeset notice is embedded: it is not if the notice is a PDF of the publisher."""
    return request.notice.media_type != "application/pdf" if level.embeds_any else level.embeds_notice_document


def _attachments(
    request: StampRequest, level: ConformanceRules, record: Attachment, document: bytes
) -> tuple[Attachment, ...]:
    given = Attachment(
        kind="notice",
        name=request.notice.name,
        data=request.notice.data,
        media_type=request.notice.media_type,
        description=request.notice.description,
        relationship="Supplement",
    )
    typeset = Attachment(
        kind="notice-pdf",
        name=NOTICE_DOCUMENT_NAME,
        data=document,
        media_type="application/pdf",
        description="Retraction notice, typeset",
        relationship="Supplement",
    )
    documents = (typeset,) if _embeds_document(request, level) else ()
    originals = (_original(request),) if request.rebuild else ()
    return (*documents, given, record, *originals) if level.embeds_any else documents


def _original(request: StampRequest) -> Attachment:
    return Attachment(
        kind="original",
        name=ORIGINAL_NAME,
        data=request.article.read_bytes(),
        media_type="application/pdf",
        description="The article as it was published, byte for byte",
        relationship="Source",
    )


def _receipt(choices: _Choices, attachments: tuple[Attachment, ...], recorded: Mapping[str, Any]) -> Receipt:
    request, info = choices.request, choices.info
    line = choices.line if choices.line and choices.line.is_on_any_page else None
    return Receipt(
        tool=choices.tool,
        marked_at=request.marked_at,
        original_sha256=info.sha256,
        original_size_bytes=info.size_bytes,
        page_count=info.page_count,
        state=request.notice.notice.state,
        notice_digest=request.notice.notice.digest,
        notice_link=uri_of(request.notice.notice.link),
        article_doi=request.notice.notice.article.doi,
        mark_text=choices.style.text,
        line_text=line.text if line else "",
        line_link=line.link if line else "",
        title_prefix=_title_prefix(choices),
        opacity=1.0 if choices.level.outline_only else request.style.opacity,
        stroke_points=request.style.stroke_points if choices.level.outline_only else 0.0,
        notice_page=choices.notice_page,
        match=choices.found.match.value,
        match_reason=request.match_override_reason,
        match_evidence=choices.found.evidence,
        conformance=request.to_pdfa,
        rebuilt_sha256=info.rebuilt_sha256,
        rebuilt_size_bytes=info.rebuilt_size_bytes,
        linearized=request.linearize,
        despite=(f"signature: {info.signature}",) if info.signature else (),
        files=tuple(
            AttachedFile(
                kind=item.kind,
                name=item.name,
                sha256=hashlib.sha256(item.data).hexdigest(),
                size_bytes=len(item.data),
            )
            for item in attachments
        ),
        format=FORMAT,
        choices=recorded,
    )
