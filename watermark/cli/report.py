"""`watermark report`: the results of a batch, for people, programs and archives."""

from pathlib import Path

import click

from watermark.batch.ledger import Ledger
from watermark.batch.reports import Form, ReportRequest, write_report
from watermark.cli import printable
from watermark.cli.elapsed_bar import waiting
from watermark.cli.numbers import WholeNumber
from watermark.cli.output import as_data
from watermark.errors import FailedError
from watermark.models import plural


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--to",
    "form",
    type=click.Choice([form.value for form in Form]),
    default=Form.HTML.value,
    show_default=True,
    help="Format. html: one self-contained page; csv: a spreadsheet; jsonl: JSON Lines; premis: a folder with a PREMIS "
    "3 document for each marked copy; bag: a BagIt bag with the copies, their PREMIS and the report; certificate: a "
    "folder with a PDF for the case file for each copy.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    required=True,
    help="Path of the report: a file or a folder.",
)
@click.option("--overwrite", is_flag=True, help="Overwrite an existing output file.")
@click.option("--title", default="", help="Heading of the HTML page. [default: the name of the ledger's folder]")
@click.option(
    "--thumbnails",
    "pages",
    type=WholeNumber(min=0),
    metavar="N",
    help="Pages of each article to show before and after. [default: 4, fewer for many articles]",
)
@click.option("--all-attempts", is_flag=True, help="Include earlier attempts, not only the latest.")
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def report(  # noqa: PLR0913 - click passes one keyword for each option
    *,
    ledger: Path,
    form: str,
    output: Path,
    overwrite: bool,
    title: str,
    pages: int | None,
    all_attempts: bool,
    as_json: bool,
) -> int:
    """Write a report from LEDGER: a ledger file, or the output folder of a batch."""
    request = ReportRequest(
        form=Form(form), destination=output, title=title, pages=pages, overwrite=overwrite, all_attempts=all_attempts
    )
    with Ledger.opened(ledger) as opened, waiting():
        written = write_report(opened, request)
    if as_json:
        click.echo(as_data(written))
        return FailedError.exit_status if written.problems else 0
    have = "has" if written.of == 1 else "have"
    contents = _CONTENTS[request.form].format(have=have)
    click.echo(printable(f"{written.report}: {written.count:,} of {plural(written.of, 'article')}{contents}"))
    for problem in written.problems:
        click.echo(printable(problem), err=True)
    return FailedError.exit_status if written.problems else 0


_CONTENTS = {
    Form.HTML: "",
    Form.CSV: "",
    Form.JSONL: "",
    Form.PREMIS: " {have} a marked copy and a PREMIS document",
    Form.CERTIFICATE: " {have} a marked copy and a certificate",
    Form.BAG: " {have} a marked copy in the bag; the bag is valid",
}
