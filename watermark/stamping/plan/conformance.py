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
    """Return whether the letters are outlined, and the decision that says so."""
    is_outlined, reason, clause = _translucency(info)
    value = "outlined letters" if is_outlined else "translucent letters"
    return is_outlined, Decision(name="mark", value=value, reason=reason, clause=clause)


def _translucency(info: ArticleInfo) -> tuple[bool, str, str]:
    """Return whether letters must not be translucent, why, and the clause."""
    part = info.claims.pdfa_part
    if part == 1:
        return True, "PDF/A-1 forbids transparency", "ISO 19005-1 6.4"
    if info.claims.pdfx:
        reason = f"it claims {info.claims.pdfx}: most of PDF/X forbids transparency, and this tool does not check that"
        return True, reason, "ISO 15930"
    if info.knockout:
        reason = f"page {info.knockout[0]} has a knockout group, where translucent letters may wipe it out"
        return True, reason, "ISO 32000-2 11.4.6"
    if info.converting:
        reason = f"translucent letters would change the colours of page {info.converting[0]}, because of its group"
        return True, reason, "ISO 32000-2 11.4.7"
    return _at_level(info)


def _at_level(info: ArticleInfo) -> tuple[bool, str, str]:
    """Return what the archival level says of translucent letters; PDF/A-1 never allows them."""
    part = info.claims.pdfa_part
    if part == 0:
        return False, "transparency is allowed: the file does not claim PDF/A-1", ""
    clause = "ISO 19005-4 6.2.9" if part == 4 else f"ISO 19005-{part} 6.2.10"
    if all(info.blending):
        return False, "every page has a colour space to blend in", clause
    page_number = info.page_numbers[info.blending.index(False)]
    return True, f"page {page_number} has no colour space to blend in", clause


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
