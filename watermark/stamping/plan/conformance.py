"""What each archival level allows: the opacity of the mark, the files inside, the notice page, the Info entries.

A file can be raised to a higher part of PDF/A on request (ISO 19005-2 5, ISO 19005-3 5). The verification checks it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from watermark.article import ArticleInfo
from watermark.errors import Reason, RefusedError, UsageError
from watermark.models import Decision

LEVELS = ("2b", "2u", "2a", "3b", "3u", "3a")
"""What a file can be raised to, as part and conformance."""

_RANKS = ("B", "U", "A")
"""Each conformance asks for all that the one before it asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConformanceRules:
    """What may be written into a copy at one archival level."""

    outline_only: bool
    embeds_any: bool
    embeds_notice_document: bool
    notice_page: str
    write_info: bool
    decisions: tuple[Decision, ...]


def conformance_rules(info: ArticleInfo) -> ConformanceRules:
    """Return what the conformance that the original claims allows. A file that claims none may be given everything."""
    part, conformance = info.claims.pdfa_part, info.claims.pdfa_conformance.upper()
    embeds_any = part in {0, 3} or (part == 4 and conformance == "F")
    stroke, mark = _mark(info)
    return ConformanceRules(
        outline_only=stroke,
        embeds_any=embeds_any,
        embeds_notice_document=part != 1,
        notice_page="back" if part == 1 else "",
        write_info=part != 4,
        decisions=(mark, _files(info, embeds_any=embeds_any), _info(part)),
    )


def with_outlines(rules: ConformanceRules) -> ConformanceRules:
    """Return the rules with outlined letters, where translucent ones would be too faint on a page."""
    reason = "on a page with light and dark parts, no translucent letters would be visible on both"
    mark = Decision(name="mark", value="outlined letters", reason=reason, clause="WCAG 2.2 1.4.11")
    return replace(rules, outline_only=True, decisions=(mark, *rules.decisions[1:]))


def _mark(info: ArticleInfo) -> tuple[bool, Decision]:
    part = info.claims.pdfa_part
    reason, clause = _against_translucency(info)
    if reason and part != 1:
        return True, Decision(name="mark", value="outlined letters", reason=reason, clause=clause)
    if part == 0:
        return False, Decision(
            name="mark",
            value="translucent letters",
            reason="transparency is allowed: the file does not claim PDF/A-1",
        )
    if part == 1:
        return True, Decision(
            name="mark",
            value="outlined letters",
            reason="PDF/A-1 forbids transparency",
            clause="ISO 19005-1 6.4",
        )
    clause = "ISO 19005-4 6.2.9" if part == 4 else f"ISO 19005-{part} 6.2.10"
    if all(info.blending):
        return False, Decision(
            name="mark",
            value="translucent letters",
            reason="every page has a colour space to blend in",
            clause=clause,
        )
    page_number = info.page_numbers[info.blending.index(False)]
    return True, Decision(
        name="mark",
        value="outlined letters",
        reason=f"page {page_number} has no colour space to blend in",
        clause=clause,
    )


def _against_translucency(info: ArticleInfo) -> tuple[str, str]:
    """Return why letters must not be translucent, at any archival level, and the clause; "" if they may be."""
    if info.claims.pdfx:
        reason = f"it claims {info.claims.pdfx}: most of PDF/X forbids transparency, and this tool does not check that"
        return reason, "ISO 15930"
    if info.knockout:
        page_number = info.knockout[0]
        reason = f"page {page_number} has a knockout group, where translucent letters may wipe it out"
        return reason, "ISO 32000-2 11.4.6"
    if info.converting:
        reason = f"translucent letters would change the colours of page {info.converting[0]}, because of its group"
        return reason, "ISO 32000-2 11.4.7"
    return "", ""


def _files(info: ArticleInfo, *, embeds_any: bool) -> Decision:
    part = info.claims.pdfa_part
    if embeds_any:
        return Decision(
            name="files",
            value="the notice as given, the typeset notice and the record are embedded",
            reason=f"{info.claims if part else 'a PDF that claims no PDF/A level'} may contain files of any kind",
            clause={3: "ISO 19005-3 6.8", 4: "ISO 19005-4 Annex A"}.get(part, "ISO 32000-2 7.11.4"),
        )
    if part == 1:
        return Decision(
            name="files",
            value="the notice is a page at the back; the record is next to the copy",
            reason="PDF/A-1 forbids embedded files",
            clause="ISO 19005-1 6.1.11",
        )
    return Decision(
        name="files",
        value="the typeset notice is embedded (PDF/A-2b); the record is next to the copy",
        reason=f"PDF/A-{part} allows only PDF/A files to be embedded",
        clause="ISO 19005-2 6.8" if part == 2 else "ISO 19005-4 6.9",
    )


def _info(part: int) -> Decision:
    if part == 4:
        return Decision(
            name="document information",
            value="left out",
            reason="PDF/A-4 does not allow document information",
            clause="ISO 19005-4 6.1.3",
        )
    return Decision(
        name="document information", value="updated like the XMP metadata", reason="older viewers show only this"
    )


def upgraded(info: ArticleInfo, level: str) -> ArticleInfo:
    """Return `info` with the claim to `level`; "" leaves its claims as they are.

    Only the part can be raised (2b to 3b). The conformance cannot (b to u or a): that would need Unicode mappings or
    tags, which this tool does not add. Raises RefusedError for any other change, and for a file that is not PDF/A;
    UsageError if `level` is not in LEVELS.
    """
    if not level:
        return info
    if level not in LEVELS:
        remedy = f"Use one of {', '.join(LEVELS)}."
        raise UsageError(f"a file cannot be raised to “{level}”", place="to_pdfa", remedy=remedy)
    part, conformance = int(level[0]), level[1].upper()
    claims = info.claims
    if not claims.pdfa_part:
        why, remedy = (
            "the file is not PDF/A, and this tool does not convert to PDF/A",
            "Convert it with another program first, or mark it without raising its level.",
        )
    elif part <= claims.pdfa_part:
        why = f"it claims {claims}, and PDF/A-{level} is not a higher part"
        remedy = "Mark it without raising its level."
    elif claims.pdfa_conformance not in _RANKS:
        why = f"it claims {claims}, which is not a conformance level of that part (a, u or b)"
        remedy = "Mark it without raising its level."
    elif _RANKS.index(conformance) > _RANKS.index(claims.pdfa_conformance):
        why = f"it claims {claims}, and marking cannot add what “{level[1]}” in PDF/A-{level} asks for"
        remedy = f"Use PDF/A-{part}b, or mark it without raising its level."
    else:
        return replace(info, claims=replace(claims, pdfa_part=part, pdfa_conformance=conformance))
    raise RefusedError(Reason.NOT_KEPT_ARCHIVABLE, why, file=info.path, remedy=remedy, argument="to_pdfa")


def upgrade_decisions(before: ArticleInfo, after: ArticleInfo) -> Iterator[Decision]:
    """Yield that the claim changes, where it does."""
    if before.claims != after.claims:
        yield Decision(
            name="conformance",
            value=f"{before.claims} -> {after.claims}",
            reason="it was requested",
            clause=f"ISO 19005-{after.claims.pdfa_part} 5",
        )
