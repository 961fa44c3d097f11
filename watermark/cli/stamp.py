"""`watermark stamp`: one article, marked, verified and saved."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from watermark.api import outcome_of, stamp_request
from watermark.article import check_is_pdf
from watermark.cli.common_options import PROOF_HELP, PROOFS, default_output, given_files, password_for, time_of_marking
from watermark.cli.notice_option import notice_of, with_mailto
from watermark.cli.output import show_outcome, show_plan
from watermark.cli.style_options import profile_from_options, style_options
from watermark.errors import NoticeError
from watermark.models import Proof
from watermark.notice import State, with_overrides
from watermark.runtime.input_files import require_not_an_input
from watermark.stamping.isolated import plan_isolated
from watermark.stamping.pipeline import plan_outcome
from watermark.stamping.plan import LEVELS, StampRequest


@click.command()
@click.argument("article", type=click.Path(path_type=Path))
@click.option("--notice", required=True, metavar="FILE|doi:DOI", help="The notice; Crossref is asked for a DOI.")
@with_mailto
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The copy. Default: ARTICLE.retracted.pdf.")
@click.option("--overwrite", is_flag=True, help="Replace what has the name of the copy, or of the record beside it.")
@click.option("--doi", default="", help="DOI of the article: picks it from several, or names it.")
@click.option("--notice-doi", default="", help="DOI of the notice.")
@click.option("--date", default="", help="Date of the retraction, such as 2024-05-01.")
@click.option("--state", type=click.Choice([state.value for state in State]), help="What became of the article.")
@click.option("--at", "marked_at", help="Time of marking in ISO 8601. Default: SOURCE_DATE_EPOCH, or now.")
@click.option("--force-match", default="", metavar="REASON", help="Go on although the PDF looks like another article.")
@click.option(
    "--allow-signed",
    "--despite-signature",
    "allow_signed",
    is_flag=True,
    help="Go on although it is signed; viewers will say that it was changed.",
)
@style_options
@click.option(
    "--to-pdfa",
    type=click.Choice(LEVELS),
    help="Raise a file that is PDF/A to this level of a higher part; refused unless it validates.",
)
@click.option("--rebuild", is_flag=True, help="Let qpdf write a damaged file anew; the original is carried inside.")
@click.option("--linearize", is_flag=True, help="With --rebuild: lay the copy out for the web.")
@click.option("--proof", type=PROOFS, default=Proof.FULL.value, show_default=True, help=PROOF_HELP)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="File with the password that opens the article. Else it is asked for at a terminal.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Give up after that time. The work is done in a process of its own, with 4 GiB of memory.",
)
@click.option("--dry-run", is_flag=True, help="Print the plan with its reasons; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing when all is well.")
def stamp(article: Path, output: Path | None, **options: Any) -> int:  # noqa: ANN401 - click's options
    """Mark ARTICLE on every page, attach the notice, verify the copy, then save it."""
    request, timeout = request_from(article, options), options["timeout"]
    if options["dry_run"]:
        outcome = plan_outcome(request) if timeout is None else plan_isolated(request, timeout)
        show_plan(outcome, as_json=options["as_json"])
        return outcome.exit_status
    destination = output or default_output(article, ".retracted.pdf")
    require_not_an_input(destination, request.protected)
    outcome = outcome_of(request, destination, overwrite=options["overwrite"], timeout=timeout)
    show_outcome(outcome, as_json=options["as_json"], quiet=options["quiet"])
    return outcome.exit_status


def request_from(article: Path, options: dict[str, Any]) -> StampRequest:
    """Return the request that the options of the command describe. Raises UsageError or NoticeError."""
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
