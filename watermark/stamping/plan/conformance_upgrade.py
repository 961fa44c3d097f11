"""Raise a file to a higher part of PDF/A on request (ISO 19005-2 5, ISO 19005-3 5). The verification checks it."""

from dataclasses import replace

from watermark.article import ArticleInfo
from watermark.errors import Reason, RefusedError, UsageError
from watermark.models import Decision

LEVELS = ("2b", "2u", "2a", "3b", "3u", "3a")
"""What a file can be raised to, as part and conformance."""

_RANKS = ("B", "U", "A")
"""Each conformance asks for all that the one before it asks for."""


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


def upgrade_decisions(before: ArticleInfo, after: ArticleInfo) -> tuple[Decision, ...]:
    """Return that the claim changes, where it does."""
    if before.claims == after.claims:
        return ()
    return (
        Decision(
            name="conformance",
            value=f"{before.claims} -> {after.claims}",
            reason="it was requested",
            clause=f"ISO 19005-{after.claims.pdfa_part} 5",
        ),
    )
