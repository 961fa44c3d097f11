"""The certificate of a copy as a file, saved beside it or elsewhere.

It is PDF/A-2u and PDF/UA-1, has one or two pages, and the same bytes each time.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from os import PathLike, fspath
from pathlib import Path
from typing import TypeAlias

from pikepdf import String

from watermark.article.matching import CERTIFICATE_HEADING
from watermark.errors import only_watermark_errors
from watermark.models import VerificationReport, plain
from watermark.notice import NoticeFile, read_notice
from watermark.pdf.fonts.font_stack import font_family
from watermark.pdf.fonts.settable_text import settable
from watermark.pdf.new_objects import saved
from watermark.runtime.atomic_files import save
from watermark.runtime.clock import time_of_marking
from watermark.runtime.file_system import stem_that_fits
from watermark.runtime.input_files import require_not_an_input
from watermark.runtime.isolation import limits_for, run_isolated
from watermark.stamping.certificate.content import AFTER, BEFORE, ROOMS, CertificateContent
from watermark.stamping.certificate.facts import CertificateFacts, Judge, as_json, facts_of
from watermark.stamping.notice_document import Letterhead
from watermark.stamping.notice_document.blocks import Logo, Typesetting
from watermark.stamping.notice_document.labels import ENGLISH, labels_for
from watermark.stamping.notice_document.notice_blocks import language_of
from watermark.stamping.notice_document.typesetting import typeset
from watermark.stamping.profile import Profile, read_profile
from watermark.stamping.reproduction import Given, verify_and_reproduce

DATA_KEY = "/RetractionCertificate"
"""The entry of the document information that identifies the certified copy, as JSON."""
MAX_PAGES, MAX_TITLE = 2, 300
StrPath: TypeAlias = str | PathLike[str]
SUFFIX = ".certificate.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRequest:
    """What a certificate is made from. `report` is None for a copy that is still to be verified.

    `letterhead` and `notice` take the place of those that the copy holds. `at` is the time of the verification (UTC).
    `name` is the file name of the copy where it is here under another one.
    """

    copy: Path
    at: datetime
    report: VerificationReport | None = None
    notice: NoticeFile | None = None
    letterhead: Letterhead | None = None
    font: Path | None = None
    judges: tuple[Judge, ...] = ()
    name: str = ""
    password: str = field(default="", repr=False)


def certificate_path(copy: Path) -> Path:
    """Return where the certificate of a copy is saved: beside it, as `COPY.certificate.pdf`."""
    return copy.with_name(f"{stem_that_fits(copy.stem)}{SUFFIX}")


def certificate(  # noqa: PLR0913 - one keyword for each option, all with a default
    copy: StrPath,
    destination: StrPath | None = None,
    *,
    report: VerificationReport | None = None,
    at: datetime | None = None,
    notice: NoticeFile | StrPath | None = None,
    profile: Profile | StrPath | None = None,
    font: StrPath | None = None,
    judges: Sequence[Judge] = (),
    password: str | None = None,
    overwrite: bool = False,
    timeout: float | None = None,
) -> Path:
    """Write the certificate of a marked copy, one or two pages for the case file, and return its path.

    It is a PDF/A-2u and PDF/UA-1 file beside the copy, unless `destination` names another. The same copy, report and
    time give the same bytes. What was not checked is said to be so.
    report: what `verify` found, or the `report` of the outcome of `stamp`; without it the copy is verified first.
    at: time of the verification (UTC); default: SOURCE_DATE_EPOCH, else now.
    notice: the notice, where the copy cannot contain it and its record is lost.
    profile: whose name, logo and colour are shown; default: those that the copy was made with.
    font: the font file of the mark and of the certificate; characters that it lacks are drawn with the built-in font.
    judges: what other programs said of the copy.
    password, overwrite, timeout: as in `stamp`.

    Raises NotVerifiedError if the copy was not marked by this tool or does not verify: then nothing is written. Raises
    UsageError if the destination exists or a font lacks a character, RefusedError if the password does not open the
    copy, and FailedError for everything else.
    """
    path = Path(copy)
    target = certificate_path(path) if destination is None else Path(destination)
    with only_watermark_errors(path):
        given = None if notice is None else notice if isinstance(notice, NoticeFile) else read_notice(Path(notice))
        branding = (
            None if profile is None else profile if isinstance(profile, Profile) else read_profile(fspath(profile))
        )
        letterhead = None if branding is None else branding.letterhead or Letterhead()
        chosen = Path(font) if font is not None else branding.font if branding else None
        request = CertificateRequest(
            copy=path,
            at=time_of_marking(at),
            report=report,
            notice=given,
            letterhead=letterhead,
            font=chosen,
            judges=tuple(judges),
            password=password or "",
        )
        files = (Path(one) for one in (notice, profile, font) if isinstance(one, str | PathLike))
        inputs = (*files, *(branding.files if branding else ()))
        save_certificate(request, target, overwrite=overwrite, inputs=inputs, timeout=timeout)
    return target


def save_certificate(
    request: CertificateRequest,
    destination: Path,
    *,
    overwrite: bool,
    inputs: Iterable[Path] = (),
    timeout: float | None = None,
) -> None:
    """Write the certificate to `destination`; with `timeout`, the work runs in a separate process.

    It never replaces one of the `inputs`, nor the copy. Raises what `certificate` raises.
    """
    inputs = (request.copy, *inputs)
    require_not_an_input(destination, inputs)
    if timeout is None:
        data = certificate_bytes(request)
    else:
        data = run_isolated(certificate_bytes, request, limits_for([request.copy], seconds=timeout))
    save(destination, data, overwrite=overwrite, inputs=inputs)


def certificate_bytes(request: CertificateRequest) -> bytes:
    """Return the certificate; the copy is verified first if there is no report. Raises what `certificate` raises."""
    report = request.report
    if report is None:
        given = Given(notice=request.notice, font=request.font)
        report = verify_and_reproduce(request.copy, password=request.password or None, given=given)
    facts = facts_of(
        request.copy,
        report,
        at=request.at,
        password=request.password,
        notice=request.notice,
        letterhead=request.letterhead,
        judges=request.judges,
        name=request.name,
    )
    return certificate_document(facts, font=request.font)


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
        pictures={
            name: Logo(width=pixels.shape[1], height=pixels.shape[0], pixels=pixels.tobytes())
            for name, pixels in ((BEFORE, facts.before), (AFTER, facts.after))
            if pixels is not None
        },
    )
    for room in ROOMS:
        pdf = typeset(list(CertificateContent(facts, room, fonts).blocks()), setting)
        if len(pdf.pages) <= MAX_PAGES:
            break
    pdf.docinfo[DATA_KEY] = String(json.dumps(as_json(facts)))
    return saved(pdf)
