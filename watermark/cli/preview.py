"""`watermark preview`: a page of the future copy as a picture."""

from pathlib import Path
from typing import Any

import click

from watermark.cli import printable
from watermark.cli.case_file import PAPERS_GROUP
from watermark.cli.common_options import default_output
from watermark.cli.numbers import Number, WholeNumber
from watermark.cli.option_groups import GroupedCommand
from watermark.cli.output import show_outcome
from watermark.cli.stamp import GROUPS, request_from, stamp
from watermark.models import Result
from watermark.runtime.atomic_files import save
from watermark.runtime.input_files import require_not_a_pdf, require_not_an_input
from watermark.stamping.preview import View, picture_of

_OF_STAMP_ALONE = {
    *("articles", "output", "record", "overwrite", "timeout", "dry_run", "as_json", "quiet", "verbose"),
    *PAPERS_GROUP,
}
_GROUPS = {heading: names for heading, names in GROUPS.items() if names != PAPERS_GROUP}


@click.command(
    cls=GroupedCommand,
    groups=_GROUPS | {"Output": ("output", "overwrite", "marked_at", "page_number", "dpi", "before")},
    params=[each for each in stamp.params if each.name not in _OF_STAMP_ALONE],
)
@click.argument("article", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="Path of the PNG image. [default: ARTICLE.preview.png]",
)
@click.option("--overwrite", is_flag=True, help="Overwrite an existing output file.")
@click.option(
    "--page",
    "page_number",
    type=WholeNumber(min=1),
    help="Page to show, counted in the marked copy. [default: the first one that is marked]",
)
@click.option("--dpi", type=Number(10, 600), default=100, show_default=True, help="Resolution in DPI.")
@click.option("--before", is_flag=True, help="Show the page as it is now to the left of the marked one.")
def preview(article: Path, output: Path | None, **options: Any) -> int:  # noqa: ANN401 - click's options
    """Show what a page of ARTICLE will look like when it is marked.

    The copy is made and verified as by `watermark stamp`, with the same options, and then discarded. An article that
    `stamp` refuses has no preview.
    """
    destination = output or default_output(article, ".preview.png")
    request = request_from(article, options)
    require_not_an_input(destination, request.protected)
    require_not_a_pdf(destination)
    view = View(page_number=options["page_number"] or 0, dots_per_inch=options["dpi"], with_before=options["before"])
    outcome, picture = picture_of(request, view)
    if not picture:
        show_outcome(outcome, as_json=False, quiet=False)
        return outcome.exit_status
    save(destination, picture, overwrite=options["overwrite"], inputs=request.protected)
    number = options["page_number"]
    page = f"page {number or 1}" if number or request.pages is None else "the first marked page"
    already = ", which is already marked for this notice" if outcome.result is Result.ALREADY_MARKED else ""
    click.echo(printable(f"{destination}: {page} of {article}{already}; nothing else was saved"))
    return 0
