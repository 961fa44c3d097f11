"""`watermark inspect`: what a file is."""

from collections.abc import Iterator
from pathlib import Path

import click

from watermark.article import ArticleInfo
from watermark.article.inspection import inspect_file
from watermark.cli import printable
from watermark.cli.common_options import password_for
from watermark.cli.output import as_data
from watermark.errors import WatermarkError


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="File with the password that opens the files. Else it is asked for at a terminal.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each file.")
def inspect(files: tuple[Path, ...], password_file: Path | None, *, as_json: bool) -> int:
    """Say what each of FILES is: identifiers, conformance, what hinders a mark, who marked it."""
    worst = 0
    for file in files:
        try:
            survey = inspect_file(file, password=password_for(file, password_file))
        except WatermarkError as error:
            click.echo(as_data({"path": str(file), "error": str(error)}) if as_json else "", nl=as_json)
            click.echo(printable(f"watermark: {error}"), err=True)
            worst = max(worst, error.exit_status)
            continue
        if as_json:
            click.echo(as_data(survey))
        else:
            click.echo(printable(survey.path))
            for label, value in _lines(survey):
                click.echo(printable(f"  {label:<14}{value}"))
    return worst


def _lines(survey: ArticleInfo) -> Iterator[tuple[str, str]]:
    identity = survey.identity
    for doi, place in identity.dois or identity.printed_dois:
        yield "DOI", f"{doi} ({place})"
    for title, place in identity.titles:
        yield "title", f"{title} ({place})"
    yield "pages", str(survey.page_count)
    yield "conformance", str(survey.claims)
    yield "tagged", "yes" if survey.tagged else "no"
    yield "SHA-256", survey.sha256
    hindrances = (
        survey.damage,
        survey.encryption,
        survey.signature,
        "XFA form" * survey.xfa,
        "portfolio" * survey.portfolio,
    )
    yield from (("hindrance", hindrance) for hindrance in hindrances if hindrance)
    receipt = survey.receipt
    if receipt is None:
        yield "marked", "not by this tool"
    else:
        yield "marked", f"“{receipt.mark_text}” on {receipt.marked_at:%Y-%m-%d} by {receipt.tool}"
        yield "original", f"SHA-256 {receipt.original_sha256}, {receipt.original_size_bytes:,} bytes"
