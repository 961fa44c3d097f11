"""The certificate as a file: PDF/A-2u and PDF/UA-1, one or two pages, the same bytes each time."""

import json
from pathlib import Path

from pikepdf import String

from watermark.article.matching import CERTIFICATE_HEADING
from watermark.models import plain
from watermark.pdf.fonts.font_stack import font_family
from watermark.pdf.fonts.settable_text import settable
from watermark.pdf.new_objects import saved
from watermark.pdf.pixels import Pixels
from watermark.stamping.certificate.content import AFTER, BEFORE, ROOMS, CertificateContent
from watermark.stamping.certificate.facts import CertificateFacts, as_json
from watermark.stamping.notice_document.blocks import Logo, Typesetting
from watermark.stamping.notice_document.content import language_of
from watermark.stamping.notice_document.labels import ENGLISH, labels_for
from watermark.stamping.notice_document.typesetting import typeset

DATA_KEY = "/RetractionCertificate"
"""The entry of the document information that identifies the certified copy, as JSON."""
MAX_PAGES, MAX_TITLE = 2, 300


def certificate_document(facts: CertificateFacts, *, font: Path | None = None) -> bytes:
    """Return the certificate of a copy as a tagged PDF that claims PDF/A-2u and PDF/UA-1.

    `font` draws all text whose characters it has. Long texts are shortened, so that there are at most two pages.
    Raises UsageError if the font cannot be used, or if a character cannot be set.
    """
    notice = facts.notice.notice if facts.notice else None
    fonts = font_family(font, language_of(notice) if notice else ENGLISH)
    article = plain(settable(notice.article.title or notice.title) if notice else facts.receipt.article_doi, MAX_TITLE)
    setting = Typesetting(
        fonts=fonts,
        labels=labels_for((ENGLISH,), fonts.regular),
        letterhead=facts.letterhead,
        heading=CERTIFICATE_HEADING,
        title=f"{CERTIFICATE_HEADING}: {article}" if article else CERTIFICATE_HEADING,
        language=ENGLISH,
        at=facts.at,
        conformance="U",
        pictures=_pictures(facts),
    )
    for room in ROOMS:
        pdf = typeset(list(CertificateContent(facts, room, fonts).blocks()), setting)
        if len(pdf.pages) <= MAX_PAGES:
            break
    pdf.docinfo[DATA_KEY] = String(json.dumps(as_json(facts)))
    return saved(pdf)


def _pictures(facts: CertificateFacts) -> dict[str, Logo]:
    drawn = {BEFORE: facts.before, AFTER: facts.after}
    return {name: _picture(pixels) for name, pixels in drawn.items() if pixels is not None}


def _picture(pixels: Pixels) -> Logo:
    height, width = pixels.shape[:2]
    return Logo(width=width, height=height, pixels=pixels.tobytes())
