"""`watermark stamp`: one article, marked, verified and saved."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermark.cli.common_options import PROOF_HELP, PROOFS, default_output, given_files, password_for, time_of_marking
from watermark.cli.isolated import is_isolated
from watermark.cli.notice_option import mailto_option, notice_of
from watermark.cli.option_groups import GroupedCommand
from watermark.cli.output import show_outcome, show_plan
from watermark.cli.style_options import STYLE_GROUPS, profile_from_options, style_options
from watermark.errors import NOT_ALL_CHECKED, NoticeError
from watermark.models import Proof
from watermark.notice.model import State
from watermark.runtime.input_files import require_not_an_input

if TYPE_CHECKING:
    from watermark.stamping.plan import StampRequest

LEVELS = ("2b", "2u", "2a", "3b", "3u", "3a")
"""As in the library, which `--help` must not wait for; a test compares them."""


GROUPS = {
    "Notice": ("notice", "mailto", "doi", "notice_doi", "date", "state"),
    **STYLE_GROUPS,
    "Archival": ("to_pdfa", "rebuild", "linearize"),
    "Safety": ("force_match", "allow_signed", "proof", "password_file", "timeout"),
    "Output": ("output", "overwrite", "marked_at", "dry_run", "as_json", "verbose", "quiet"),
}


@click.command(cls=GroupedCommand, groups=GROUPS)
@click.argument("article", type=click.Path(path_type=Path))
@click.option(
    "--notice",
    required=True,
    metavar="FILE|doi:DOI",
    help="The retraction notice: a file, or a DOI to look up at Crossref.",
)
@mailto_option
@click.option("--doi", default="", help="DOI of the article, if the notice does not give it or covers several.")
@click.option("--notice-doi", default="", help="DOI of the notice, if the notice does not give it.")
@click.option("--date", default="", help="Date of the retraction, such as 2024-05-01.")
@click.option(
    "--state",
    type=click.Choice([state.value for state in State]),
    help="Kind of notice. [default: read from the notice]",
)
@style_options
@click.option(
    "--to-pdfa",
    type=click.Choice(LEVELS),
    help="Raise a PDF/A file to this level of a higher part. Refused unless the result validates.",
)
@click.option(
    "--rebuild/--no-rebuild",
    default=None,
    help="Rewrite a damaged file with qpdf; the original is embedded. Default: only where the proof needs it.",
)
@click.option("--linearize", is_flag=True, help="With --rebuild: optimise the copy for the web.")
@click.option(
    "--force-match",
    default="",
    metavar="REASON",
    help="Mark the PDF although it looks like another article. The copy records the reason.",
)
@click.option(
    "--allow-signed",
    "--despite-signature",
    "allow_signed",
    is_flag=True,
    help="Mark a signed PDF. Viewers will report that it was changed after signing.",
)
@click.option("--proof", type=PROOFS, default=Proof.FULL.value, show_default=True, help=PROOF_HELP)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="File with the password of the article. Without it, you are asked at a terminal.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Time limit in seconds. [default: 30, and more for a large file]",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Path of the copy. [default: ARTICLE.retracted.pdf]"
)
@click.option("--overwrite", is_flag=True, help="Overwrite an existing output file, and the record next to it.")
@click.option("--at", "marked_at", help="Time of marking in ISO 8601. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--dry-run", is_flag=True, help="Print every decision with its reason; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("-v", "--verbose", is_flag=True, help="Print the findings for every claim, also those that hold.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing on success.")
def stamp(article: Path, output: Path | None, **options: Any) -> int:  # noqa: ANN401 - click's options
    """Mark ARTICLE on every page, attach the notice, verify the copy, then save it."""
    from watermark.api import outcome_of  # noqa: PLC0415 - see LEVELS
    from watermark.stamping.isolated import plan_isolated  # noqa: PLC0415 - see LEVELS
    from watermark.stamping.pipeline import plan_outcome  # noqa: PLC0415 - see LEVELS

    request, timeout = request_from(article, options), None if is_isolated() else options["timeout"]
    if options["dry_run"]:
        outcome = plan_outcome(request) if timeout is None else plan_isolated(request, timeout)
        show_plan(outcome, as_json=options["as_json"])
        return outcome.exit_status
    destination = output or default_output(article, ".retracted.pdf")
    require_not_an_input(destination, request.protected)
    outcome = outcome_of(request, destination, overwrite=options["overwrite"], timeout=timeout)
    show_outcome(outcome, as_json=options["as_json"], quiet=options["quiet"], verbose=options["verbose"])
    if outcome.report is not None and not outcome.exit_status and outcome.report.unchecked(request.proof):
        return NOT_ALL_CHECKED
    return outcome.exit_status


def request_from(article: Path, options: dict[str, Any]) -> "StampRequest":
    """Return the request that the options of the command describe. Raises UsageError or NoticeError."""
    from watermark.api import stamp_request  # noqa: PLC0415 - see LEVELS
    from watermark.article import check_is_pdf  # noqa: PLC0415 - see LEVELS
    from watermark.notice import with_overrides  # noqa: PLC0415 - see LEVELS

    state = State(options["state"]) if options["state"] else None
    try:
        given = notice_of(options["notice"], state=state, article_doi=options["doi"], mailto=options["mailto"])
    except NoticeError:
        check_is_pdf(article)  # say so if article and notice were swapped
        raise
    notice = with_overrides(
        given.notice,
        article_doi=options["doi"],
        notice_doi=options["notice_doi"],
        date=options["date"],
        state=state,
    )
    return stamp_request(
        article,
        replace(given, notice=notice),
        inputs=given_files(options),
        at=time_of_marking(options["marked_at"]),
        text=options["text"],
        profile=profile_from_options(options),
        force_match=options["force_match"],
        allow_signed=options["allow_signed"],
        to_pdfa=options["to_pdfa"] or "",
        rebuild=options["rebuild"],
        linearize=options["linearize"],
        proof=Proof(options["proof"]),
        password=password_for(article, options["password_file"]),
    )
