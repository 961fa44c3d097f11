"""What the plan says of the original's file: how it is repaired or rewritten, and what becomes of its protection."""

from collections.abc import Iterator

from watermark.article import ArticleInfo
from watermark.models import Decision
from watermark.stamping.plan.model import Rewriter, StampRequest


def damage_decisions(info: ArticleInfo) -> tuple[Decision, ...]:
    """Return that the update repairs the original, where it is damaged."""
    if not info.damage:
        return ()
    value = "repaired: the update lists every object of the original again"
    return (Decision(name="damage", value=value, reason=info.damage, clause="ISO 32000-2 7.5.8"),)


def existing_mark_decisions(existing_mark: str, reason: str) -> tuple[Decision, ...]:
    """Return that the article has a mark by others, and why it is marked nevertheless."""
    if not existing_mark:
        return ()
    return (Decision(name="existing mark", value=f"kept below the new one: {existing_mark}", reason=reason),)


def rebuild_decisions(request: StampRequest, info: ArticleInfo) -> tuple[Decision, ...]:
    """Return that the original was rewritten, where it was."""
    if not info.rebuilt_size_bytes:
        return ()
    by = "as PDFium reads it" if request.rewriter is Rewriter.PDFIUM else "by qpdf"
    value = f"rewritten {by}{' and linearized' if request.linearize else ''}; the original is embedded unchanged"
    return (
        Decision(
            name="rebuilt",
            value=value,
            reason="a file that qpdf writes can be compared part by part",
            clause="ISO 32000-2 7.11.4",
        ),
    )


def encryption_decisions(info: ArticleInfo) -> tuple[Decision, ...]:
    """Return that the encryption is kept, where there is one."""
    if not info.encryption:
        return ()
    return (
        Decision(
            name="encryption",
            value=f"kept, {info.encryption}",
            reason="one file has one key; passwords and permissions stay as they are",
            clause="ISO 32000-2 7.6",
        ),
    )


def signature_decisions(info: ArticleInfo) -> Iterator[Decision]:
    """Yield what happens to usage rights and to a signature."""
    if info.usage_rights:
        yield Decision(
            name="usage rights",
            value="no longer available: Adobe Reader may no longer let readers fill in, comment on or save the file",
            reason="usage rights apply only to an unchanged file; they are not the signature of an author",
            clause="ISO 32000-2 12.8.2.3",
        )
    if info.signature:
        yield Decision(
            name="signature",
            value=f"marked although signed ({info.signature})",
            reason="it was requested; the signed revision stays byte for byte, and its signature remains valid"
            f" for it; {info.signature_effect}",
            clause="ISO 32000-2 12.8",
        )
