"""The functions of the package: stamp, verify, restore, inspect, preview, read_notice.

Paths may be `str` or `os.PathLike`. A function either does what it says, or raises a `WatermarkError` with a reason, a
remedy and a stable code; the file it was given is never changed. Wrong types of arguments raise TypeError, as usual.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from operator import call
from pathlib import Path
from typing import TypeAlias, TypedDict, TypeGuard, Unpack

from watermark.article import ArticleInfo
from watermark.article.inspection import inspect_file
from watermark.errors import (
    FailedError,
    NoticeError,
    NotVerifiedError,
    Reason,
    RefusedError,
    UsageError,
    WatermarkError,
    only_watermark_errors,
)
from watermark.models import Outcome, Proof, VerificationReport
from watermark.notice import Notice, NoticeFile, State, to_json, with_overrides
from watermark.notice import read_notice as notice_at
from watermark.runtime.clock import time_of_marking
from watermark.runtime.isolation import limits_for, run_isolated
from watermark.stamping.in_worker_process import stamp_isolated
from watermark.stamping.mark import MarkStyle
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import LANGUAGES, LEVELS, Pages, StampRequest, selection_of
from watermark.stamping.preview import View, picture_of
from watermark.stamping.profile import NOTICE_PAGES, Profile, read_profile
from watermark.stamping.reproduction import Given, verify_and_reproduce
from watermark.stamping.restore import Restored, refuse_to_restore, restore_original
from watermark.stamping.seal import SealOptions
from watermark.stamping.unmarked_outcomes import failed_outcome
from watermark.verification.seal import SealPolicy

StrPath: TypeAlias = str | os.PathLike[str]
AnyNotice: TypeAlias = StrPath | Notice | NoticeFile

_REASONS: Mapping[str, Reason] = {reason.value: reason for reason in Reason}
_ERRORS: Mapping[int, type[WatermarkError]] = {
    kind.exit_status: kind for kind in (UsageError, NoticeError, NotVerifiedError)
}


class StampOptions(TypedDict, total=False):
    """The options of `stamp` that `preview` and `try_stamp` take as well; `stamp` describes them."""

    at: datetime | None
    doi: str
    text: str
    style: MarkStyle | None
    language: str
    profile: Profile | StrPath | None
    notice_page: str
    font: StrPath | None
    force_match: str
    over_existing_mark: str
    allow_signed: bool
    to_pdfa: str
    rebuild: bool | None
    linearize: bool
    proof: Proof
    password: str | None
    seal: SealOptions | None
    pages: Pages | None
    printed_pages: str | None


def stamp(  # noqa: PLR0913 - one keyword for each option, all with a default
    article: StrPath,
    notice: AnyNotice,
    destination: StrPath,
    *,
    at: datetime | None = None,
    doi: str = "",
    text: str = "",
    style: MarkStyle | None = None,
    language: str = "",
    profile: Profile | StrPath | None = None,
    notice_page: str = "",
    font: StrPath | None = None,
    force_match: str = "",
    over_existing_mark: str = "",
    allow_signed: bool = False,
    to_pdfa: str = "",
    rebuild: bool | None = None,
    linearize: bool = False,
    proof: Proof = Proof.FULL,
    password: str | None = None,
    seal: SealOptions | None = None,
    pages: Pages | None = None,
    printed_pages: str | None = None,
    overwrite: bool = False,
    timeout: float | None = None,
) -> Outcome:
    """Write a marked and verified copy of `article` to `destination`, and return what was done.

    The copy begins with the exact bytes of the article; mark, notice and metadata are appended. No file is
    left at `destination` if the copy fails verification, nor if `outcome.result` is Result.ALREADY_MARKED.
    notice: a file (text, Markdown, YAML, JSON, JATS, Crossref, PDF), a `Notice` or a `NoticeFile`.
    at: time of marking (UTC); default: SOURCE_DATE_EPOCH, else now. The same input and time give the same bytes.
    doi: DOI of the article, if the notice gives none or covers several. The PDF must still match the notice.
    text, style, language: the word, if not that of the notice; a `MarkStyle`; the language of the words, such as "de".
    profile: a preset's name, a TOML file or a `Profile`, which has all of these; other options take precedence.
    notice_page: whether the typeset notice becomes pages of the copy: "auto", "none", "front" or "back".
    font: the font file for all text that is added; characters that it lacks are drawn with the built-in font.
    force_match: your reason to mark a PDF that does not look like the article in the notice; the copy records it.
    over_existing_mark: your reason to mark a PDF that already has someone else's retraction mark; the copy records it.
    allow_signed: mark a signed article. The signed bytes stay in the copy, but PDF viewers will report a change.
    to_pdfa: convert a PDF/A file to this level of a later part of PDF/A, such as "3b".
    rebuild: rewrite a damaged article; the original is embedded. None: only if needed for proof; False: never.
    proof: Proof.STRUCTURE is faster: pages are not rendered; what is visible, readable, archivable is not checked.
    seal: how the copy is signed (extra `seal`). `linearize`: optimise the copy for the web.
    pages: the pages of the article in a file that holds more, such as a volume: "113-127" or (113, 127), from 1; only
        they are marked and compared with the notice. `printed_pages` names them by their labels, as they are printed.
    overwrite: replace a file at `destination`, but never a folder or a link. `password`: what opens the article.
    timeout: seconds after which to give up, in a separate process with limited memory.

    Raises RefusedError if a person has to decide (`code` is a `Reason`), NoticeError for an unreadable notice,
    UsageError for an invalid option, a missing file or an existing destination, NotVerifiedError if the copy fails
    verification (`report` has the findings), and FailedError for everything else, such as a full disk.
    """
    look = StampOptions(text=text, style=style, language=language, profile=profile, notice_page=notice_page, font=font)
    which = StampOptions(at=at, doi=doi, pages=pages, printed_pages=printed_pages, password=password)
    reasons = StampOptions(force_match=force_match, over_existing_mark=over_existing_mark, allow_signed=allow_signed)
    method = StampOptions(to_pdfa=to_pdfa, rebuild=rebuild, linearize=linearize, proof=proof, seal=seal)
    request = stamp_request(article, notice, **(look | which | reasons | method))
    return _marked(outcome_of(request, Path(destination), overwrite=overwrite, timeout=timeout))


def try_stamp(
    article: StrPath,
    notice: AnyNotice,
    destination: StrPath,
    *,
    overwrite: bool = False,
    timeout: float | None = None,
    **options: Unpack[StampOptions],
) -> Outcome:
    """Do what `stamp` does, but return an outcome where `stamp` raises a WatermarkError.

    For loops over many articles: `outcome.result` says whether the article was marked, refused, failed, …, and
    `outcome.reason`, `outcome.remedy` and `outcome.code` say why.
    """
    try:
        request = stamp_request(article, notice, **options)
    except WatermarkError as error:
        return failed_outcome(Path(article), error)
    return outcome_of(request, Path(destination), overwrite=overwrite, timeout=timeout)


def verify(  # noqa: PLR0913 - one keyword for each option, all with a default
    copy: StrPath,
    *,
    original: StrPath | None = None,
    password: str | None = None,
    proof: Proof = Proof.FULL,
    notice: AnyNotice | None = None,
    font: StrPath | None = None,
    seal: SealPolicy | None = None,
    jobs: int = 1,
    timeout: float | None = None,
) -> VerificationReport:
    """Verify a marked copy from the copy alone, and return the report. Nothing is written.

        report = watermark.verify("article.retracted.pdf")
        if not report.passed:
            for finding in report.failures: ...

    `report.passed` is true only if every claim was checked and holds. A check that did not run is NOT_CHECKED, never
    OK. With `original`, the copy is also compared with that file. `proof`, `password` and `timeout` are as in `stamp`.
    The marking is also written again and compared, unless `proof` is Proof.STRUCTURE. This needs the notice: where the
    copy may not hold it (PDF/A-1, -2, -4) it is read from the record beside the copy, or given as `notice`. A mark that
    was drawn with a font of yours needs that `font`. The pages of a long copy are checked in up to `jobs` processes.
    `seal` names the root certificates that you trust, and says whether a seal is required; without it, the seal of a
    sealed copy is reported as not checked.

    Raises NotVerifiedError if this tool did not mark the file, RefusedError if the password does not open it, and
    FailedError if it cannot be read.
    """
    path, other = Path(copy), None if original is None else Path(original)
    with only_watermark_errors(path):
        given = Given(
            notice=None if notice is None else _notice_file(notice, ""), font=None if font is None else Path(font)
        )
        work = partial(
            verify_and_reproduce,
            path,
            password=password,
            original=other,
            proof=proof,
            given=given,
            seal=seal,
            jobs=jobs,
        )
        return work() if timeout is None else run_isolated(call, work, limits_for([path], seconds=timeout))


def restore(  # noqa: PLR0913 - one keyword for each option, all with a default
    copy: StrPath,
    destination: StrPath,
    *,
    step: int = 0,
    notice: AnyNotice | None = None,
    password: str | None = None,
    overwrite: bool = False,
) -> Restored:
    """Write the original of a marked copy to `destination`, byte for byte, and return what was done.

    `step` 0 is the article as published, 1 what the first marking left, and so on. With `notice`, the original is
    restored only if that notice reinstates this article.

    Raises NotVerifiedError if this tool did not mark the copy, or the original in it has been changed; RefusedError if
    the notice is for another article; UsageError for a step that does not exist or an existing destination.
    """
    path = Path(copy)
    with only_watermark_errors(path):
        if notice is not None:
            refuse_to_restore(path, _notice_file(notice, "").notice, password=password or "")
        return restore_original(path, Path(destination), step=step, overwrite=overwrite, password=password or "")


def inspect(pdf: StrPath, *, password: str | None = None) -> ArticleInfo:
    """Return what a PDF is: identifiers, conformance, what prevents marking it, and who marked it.

    Raises RefusedError if the password does not open the file, and FailedError if it cannot be read.
    """
    path = Path(pdf)
    with only_watermark_errors(path):
        return inspect_file(path, password=password or "")


def preview(
    article: StrPath,
    notice: AnyNotice,
    *,
    page_number: int | None = None,
    dots_per_inch: float = 100,
    with_before: bool = False,
    **options: Unpack[StampOptions],
) -> bytes:
    """Return a page of the future copy as a PNG image; nothing is saved.

    `page_number` counts from 1, in the copy; default: the first page that is marked. With `with_before`, the page
    as it is now is shown to the left. The other options are those of `stamp`, and the same errors are raised: an
    article that `stamp` refuses has no preview.
    """
    request = stamp_request(article, notice, **options)
    view = View(page_number=page_number or 0, dots_per_inch=dots_per_inch, with_before=with_before)
    with only_watermark_errors(request.article):
        outcome, picture = picture_of(request, view)
    if not picture:
        raise _error_in(outcome)
    return picture


def read_notice(path: StrPath, *, state: State | None = None, doi: str = "") -> NoticeFile:
    """Return the notice in a file: text, Markdown, YAML, JSON, JATS, Crossref, Retraction Watch's CSV, or PDF.

    `state` is used where the text does not say whether it is a retraction; `doi` picks an article where the file covers
    several. Raises NoticeError if the file is not a notice, or does not say enough.
    """
    with only_watermark_errors(Path(path)):
        return notice_at(Path(path), state=state, article_doi=doi)


def stamp_request(
    article: StrPath, notice: AnyNotice, *, inputs: tuple[Path, ...] = (), **options: Unpack[StampOptions]
) -> StampRequest:
    """Return the request that the options of `stamp` describe. Raises NoticeError or UsageError.

    `inputs` are further files that were read for it: the copy never replaces one of them.
    """
    if unknown := options.keys() - StampOptions.__annotations__:
        raise TypeError(f"there is no option {', '.join(sorted(unknown))}")
    path, doi = Path(article), options.get("doi", "")
    _check(options)
    profile = _profile(options)
    with only_watermark_errors(path):
        given = _notice_file(notice, doi)
        given = replace(given, notice=with_overrides(given.notice, article_doi=doi))
    return profile.apply_to(
        StampRequest(
            article=path,
            notice=given,
            marked_at=time_of_marking(options.get("at")),
            text=options.get("text", ""),
            match_override_reason=options.get("force_match", ""),
            over_existing_mark=options.get("over_existing_mark", ""),
            allow_signed=options.get("allow_signed", False),
            to_pdfa=options.get("to_pdfa", ""),
            rebuild=bool(options.get("rebuild")),
            may_rebuild=options.get("rebuild") is not False,
            linearize=options.get("linearize", False),
            proof=options.get("proof", Proof.FULL),
            password=options.get("password") or "",
            seal=options.get("seal"),
            pages=selection_of(options.get("pages"), options.get("printed_pages")),
            inputs=(*inputs, *(Path(given) for given in (notice, options.get("profile")) if _is_path(given))),
        )
    )


def outcome_of(
    request: StampRequest, destination: Path, *, overwrite: bool = False, timeout: float | None = None
) -> Outcome:
    """Return the outcome of a request; no error is raised. With `timeout`, the work runs in a separate process."""
    if timeout is None:
        return stamp_outcome(request, destination, overwrite=overwrite)
    return stamp_isolated(request, destination, timeout, overwrite=overwrite)


def _is_path(given: object) -> TypeGuard[StrPath]:
    return isinstance(given, str | os.PathLike)


def _notice_file(notice: AnyNotice, doi: str) -> NoticeFile:
    if isinstance(notice, NoticeFile):
        return notice
    if isinstance(notice, Notice):
        data = to_json(notice).encode()
        return NoticeFile(notice=notice, data=data, name="notice.json", media_type="application/json")
    return notice_at(Path(notice), article_doi=doi)


def _check(options: StampOptions) -> None:
    """Raise UsageError for an option whose value is not allowed."""
    permitted = {"language": ("", *LANGUAGES), "notice_page": ("", *NOTICE_PAGES), "to_pdfa": ("", *LEVELS)}
    for name, values in permitted.items():
        if (value := options.get(name) or "") not in values:
            raise UsageError(f"“{value}” is not allowed", place=name, remedy=f"Use one of: {', '.join(values[1:])}.")
    (options.get("style") or MarkStyle()).check()


def _profile(options: StampOptions) -> Profile:
    """Return the profile in the options, changed by each other option of the look that was given."""
    given = options.get("profile")
    profile = given if isinstance(given, Profile) else Profile() if given is None else read_profile(os.fspath(given))
    if language := options.get("language"):
        profile = profile.in_language(language)
    font = options.get("font")
    return replace(
        profile,
        style=options.get("style") or profile.style,
        notice_page=options.get("notice_page") or profile.notice_page,
        font=profile.font if font is None else Path(font),
    )


def _marked(outcome: Outcome) -> Outcome:
    """Return the outcome of an article that is marked; else raise the error that it was made from."""
    if outcome.exit_status:
        raise _error_in(outcome)
    return outcome


def _error_in(outcome: Outcome) -> WatermarkError:
    """Return the error that the outcome of an unmarked article was made from."""
    kind = RefusedError if outcome.code in _REASONS else _ERRORS.get(outcome.exit_status, FailedError)
    error = kind.of(outcome)
    error.code = _REASONS.get(outcome.code, outcome.code)
    return error
