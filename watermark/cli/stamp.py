"""`watermark stamp`: one article, marked, verified and saved."""

import shutil
import sys
import tempfile
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermark.cli.case_file import PAPERS_GROUP, paper_options, papers_from, require_papers_possible
from watermark.cli.common_options import (
    PROOF_HELP,
    PROOFS,
    default_output,
    given_files,
    jobs_option,
    password_for,
    password_option,
    time_of_marking,
)
from watermark.cli.in_worker_process import is_isolated, isolated
from watermark.cli.notice_option import mailto_option, notice_of
from watermark.cli.numbers import Number
from watermark.cli.option_groups import GroupedCommand
from watermark.cli.output import show_error, show_outcome, show_plan, show_terminated
from watermark.cli.seal_options import SEAL_GROUP, seal_from_options, seal_options
from watermark.cli.style_options import STYLE_GROUPS, profile_from_options, style_options
from watermark.errors import NOT_ALL_CHECKED, NoticeError, RefusedError, UsageError, WatermarkError, worst_status
from watermark.models import Outcome, Proof, Result
from watermark.notice.model import State
from watermark.runtime.atomic_files import save, save_with_record
from watermark.runtime.input_files import require_not_an_input
from watermark.runtime.isolation import WorkerTerminatedError
from watermark.runtime.system import usable_cores

if TYPE_CHECKING:
    from watermark.stamping.plan import StampRequest

LEVELS = ("2b", "2u", "2a", "3b", "3u", "3a")
"""As in the library, which `--help` must not wait for; a test compares them."""


GROUPS = {
    "Notice": ("notice", "mailto", "doi", "notice_doi", "date", "state"),
    **STYLE_GROUPS,
    "Page": ("pages", "printed_pages", *STYLE_GROUPS["Page"]),
    "Archival": ("to_pdfa", "rebuild", "linearize"),
    "Safety": ("force_match", "over_existing_mark", "allow_signed", "proof", "jobs", "password_file", "timeout"),
    "Seal": SEAL_GROUP,
    "Case file": PAPERS_GROUP,
    "Output": ("output", "record", "overwrite", "marked_at", "dry_run", "as_json", "verbose", "quiet"),
}


@click.command(cls=GroupedCommand, groups=GROUPS)
@click.argument(
    "articles", metavar="ARTICLE...", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False)
)
@click.option(
    "--notice",
    required=True,
    metavar="FILE|doi:DOI",
    help="The retraction notice: a file, or a DOI to look up at Crossref.",
)
@mailto_option
@click.option(
    "--doi", metavar="DOI", default="", help="DOI of the article, if the notice does not give it or covers several."
)
@click.option("--notice-doi", metavar="DOI", default="", help="DOI of the notice, if the notice does not give it.")
@click.option("--date", metavar="DATE", default="", help="Date of the retraction, such as 2024-05-01.")
@click.option(
    "--state",
    type=click.Choice([state.value for state in State]),
    help="Kind of notice. [default: read from the notice]",
)
@click.option(
    "--pages",
    metavar="FIRST-LAST",
    help="Mark only these pages, such as 113-127, counted from 1: for an article that is part of a volume or shares a "
    "page.",
)
@click.option("--printed-pages", metavar="FIRST-LAST", help="The same, by the printed page numbers (page labels).")
@style_options
@click.option(
    "--to-pdfa",
    type=click.Choice(LEVELS),
    help="Convert a PDF/A file to this level of a later part of PDF/A. Refused unless the result validates.",
)
@click.option(
    "--rebuild/--no-rebuild",
    default=None,
    help="Rewrite a damaged file with qpdf; the original is embedded. [default: only where the copy cannot be "
    "verified without it]",
)
@click.option("--linearize", is_flag=True, help="With --rebuild: optimise the copy for the web.")
@click.option(
    "--force-match",
    default="",
    metavar="REASON",
    help="Mark the PDF although it looks like another article. The copy records the reason.",
)
@click.option(
    "--over-existing-mark",
    default="",
    metavar="REASON",
    help="Mark a PDF that already has someone else's retraction mark. The copy records the reason.",
)
@click.option(
    "--allow-signed",
    "--despite-signature",
    "allow_signed",
    is_flag=True,
    help="Mark a signed PDF. Viewers will report that it was changed after signing.",
)
@seal_options
@paper_options
@click.option("--proof", type=PROOFS, default=Proof.FULL.value, show_default=True, help=PROOF_HELP)
@jobs_option
@password_option("the article")
@click.option(
    "--timeout",
    type=Number(min=0, min_open=True),
    metavar="SECONDS",
    help="Time limit. [default: 30, and more for a large file]",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False, allow_dash=True),
    help="Path of the copy; - for standard output; with several articles, a folder. [default: ARTICLE.retracted.pdf]",
)
@click.option(
    "--record",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="With -o -: where to save the record, if the copy may not contain it (PDF/A-1, PDF/A-2, PDF/A-4).",
)
@click.option("--overwrite", is_flag=True, help="Overwrite an existing output file, and the record next to it.")
@click.option(
    "--at", "marked_at", metavar="TIME", help="Time of marking in ISO 8601. [default: SOURCE_DATE_EPOCH, or now]"
)
@click.option("--dry-run", is_flag=True, help="Print every decision with its reason; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Print the findings for every claim, including those that hold.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing on success.")
def stamp(articles: tuple[Path, ...], output: Path | None, **options: Any) -> int:  # noqa: ANN401 - click's options
    """Mark each ARTICLE on every page, attach the notice, verify the copy, then save it.

    With several articles, -o is a folder. The exit status is the worst of theirs.
    """
    to_standard_output = str(output) == "-"
    if len(articles) > 1 and output is not None and not output.is_dir():
        raise UsageError(
            "with several articles, the output must be an existing folder",
            file=str(output),
            place="--output",
            remedy="Create the folder, or mark one article at a time.",
        )
    if options["record"] is not None and not to_standard_output:
        raise UsageError(
            "the record is saved next to the copy", place="--record", remedy="Use --record only with -o -."
        )
    require_papers_possible(options, articles=len(articles), to_standard_output=to_standard_output)
    if to_standard_output and not options["dry_run"]:
        return _to_standard_output(articles[0], options)
    if len(articles) == 1:
        return _isolated_status(articles[0], output, options)
    copies = [output / default_output(article, ".retracted.pdf").name if output else None for article in articles]
    return worst_status(*[_status_of(article, copy, options) for article, copy in zip(articles, copies, strict=True)])


def _status_of(article: Path, output: Path | None, options: dict[str, Any]) -> int:
    """Mark one of several articles; an error is printed and does not stop the others."""
    try:
        return _isolated_status(article, output, options)
    except WatermarkError as error:
        return show_error(error, article)


def _isolated_status(article: Path, output: Path | None, options: dict[str, Any]) -> int:
    files, outputs = [article, *given_files(options)], [output or article]
    try:
        return isolated(_stamped, (article, output, options), files, seconds=options["timeout"], outputs=outputs)
    except WorkerTerminatedError as error:
        error.file = str(article)
        return show_terminated(error, as_json=options["as_json"])


def _stamped(arguments: tuple[Path, Path | None, dict[str, Any]]) -> int:
    from watermark.stamping.in_worker_process import plan_isolated  # noqa: PLC0415 - see LEVELS
    from watermark.stamping.pipeline import plan_outcome  # noqa: PLC0415 - see LEVELS

    article, output, options = arguments
    request, timeout = request_from(article, options), None if is_isolated() else options["timeout"]
    if options["dry_run"]:
        outcome = plan_outcome(request) if timeout is None else plan_isolated(request, timeout)
        show_plan(outcome, as_json=options["as_json"])
        return outcome.exit_status
    destination = output or default_output(article, ".retracted.pdf")
    papers = papers_from(options, destination, request)
    outcome = _outcome(request, destination, options, saves_marked=output is not None)
    show_outcome(outcome, as_json=options["as_json"], quiet=options["quiet"], verbose=options["verbose"])
    return max(
        _exit_status(outcome, request.proof), papers.write(outcome, quiet=options["quiet"] or options["as_json"])
    )


def _outcome(request: "StampRequest", destination: Path, options: dict[str, Any], *, saves_marked: bool) -> Outcome:
    """Return the outcome; an article that is marked already is saved as it is if `saves_marked`."""
    from watermark.api import outcome_of  # noqa: PLC0415 - see LEVELS

    require_not_an_input(destination, request.protected)
    timeout, overwrite = None if is_isolated() else options["timeout"], options["overwrite"]
    outcome = outcome_of(request, destination, overwrite=overwrite, timeout=timeout)
    if outcome.result is not Result.ALREADY_MARKED or outcome.exit_status or not saves_marked:
        return outcome
    record = save_with_record(request.article, destination, overwrite=overwrite, inputs=request.protected)
    reason = f"{outcome.reason}; an equal copy was saved as {destination}"
    return replace(outcome, copy=str(destination), sidecar=str(record or ""), reason=reason)


def _exit_status(outcome: Outcome, proof: Proof) -> int:
    if outcome.report is not None and not outcome.exit_status and outcome.report.unchecked(proof):
        return NOT_ALL_CHECKED
    return outcome.exit_status


def _to_standard_output(article: Path, options: dict[str, Any]) -> int:
    """Mark an article and write the verified copy to standard output; messages go to standard error."""
    if sys.stdout.isatty():
        raise UsageError(
            "a PDF is not written to a terminal", place="--output", remedy="Redirect the output to a file or a program."
        )
    with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        copy, files = Path(folder) / "copy.pdf", [article, *given_files(options)]
        try:
            status = isolated(_stamped_for_output, (article, copy, options), files, seconds=options["timeout"])
        except WorkerTerminatedError as error:
            error.file = str(article)
            with redirect_stdout(sys.stderr):
                return show_terminated(error, as_json=options["as_json"])
        if copy.exists():
            sys.stdout.flush()
            with copy.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    return status


def _stamped_for_output(arguments: tuple[Path, Path, dict[str, Any]]) -> int:
    article, copy, options = arguments
    request = request_from(article, options)
    outcome = _outcome(request, copy, options, saves_marked=True)
    if outcome.sidecar and options["record"] is None:
        copy.unlink()
        raise UsageError(
            "this copy may not contain its record, which has to be saved in a file",
            file=str(article),
            remedy="Use --record FILE as well, or -o with the path of a file.",
        )
    if outcome.sidecar:
        data = Path(outcome.sidecar).read_bytes()
        try:
            save(options["record"], data, overwrite=options["overwrite"], inputs=request.protected)
        except WatermarkError:
            copy.unlink()
            raise
    shown = replace(
        outcome,
        copy="standard output" if outcome.copy else "",
        sidecar=str(options["record"]) if outcome.sidecar else "",
        reason=outcome.reason.replace(str(copy), "standard output"),
    )
    with redirect_stdout(sys.stderr):
        show_outcome(shown, as_json=options["as_json"], quiet=options["quiet"], verbose=options["verbose"])
    return _exit_status(outcome, request.proof)


def request_from(article: Path, options: dict[str, Any]) -> "StampRequest":
    """Return the request that the options of the command describe. Raises UsageError or NoticeError."""
    from watermark.api import stamp_request  # noqa: PLC0415 - see LEVELS
    from watermark.article import check_is_pdf  # noqa: PLC0415 - see LEVELS
    from watermark.notice import with_overrides  # noqa: PLC0415 - see LEVELS

    state = State(options["state"]) if options["state"] else None
    try:
        given = notice_of(options["notice"], state=state, article_doi=options["doi"], mailto=options["mailto"])
    except NoticeError:
        try:
            check_is_pdf(article)
        except RefusedError as error:
            error.remedy += " The article comes first, and the notice after --notice: they may be the wrong way round."
            raise
        raise
    notice = with_overrides(
        given.notice,
        article_doi=options["doi"],
        notice_doi=options["notice_doi"],
        date=options["date"],
        state=state,
    )
    request = stamp_request(
        article,
        replace(given, notice=notice),
        inputs=given_files(options),
        at=time_of_marking(options["marked_at"]),
        text=options["text"],
        profile=profile_from_options(options),
        force_match=options["force_match"],
        over_existing_mark=options["over_existing_mark"],
        allow_signed=options["allow_signed"],
        to_pdfa=options["to_pdfa"] or "",
        rebuild=options["rebuild"],
        linearize=options["linearize"],
        proof=Proof(options["proof"]),
        password=password_for(article, options["password_file"]),
        seal=seal_from_options(options),
        pages=options["pages"],
        printed_pages=options["printed_pages"],
    )
    return replace(request, jobs=options["jobs"] or usable_cores())
