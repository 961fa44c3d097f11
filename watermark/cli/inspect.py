"""`watermark inspect`: what a PDF is."""

from collections.abc import Iterator
from pathlib import Path

import click

from watermark.article import ArticleInfo
from watermark.cli import printable
from watermark.cli.common_options import password_for, password_option
from watermark.cli.in_worker_process import isolated
from watermark.cli.output import as_data, show_error
from watermark.errors import WatermarkError


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@password_option("the PDFs")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each file.")
def inspect(files: tuple[Path, ...], password_file: Path | None, *, as_json: bool) -> int:
    """Show what each PDF is: identifiers, conformance, what prevents marking it, who marked it."""
    worst = 0
    for file in files:
        try:
            isolated(_show, (file, password_file, as_json), [file])
        except WatermarkError as error:
            error.file = error.file or str(file)
            click.echo(as_data({"path": str(file), "error": str(error)}) if as_json else "", nl=as_json)
            show_error(error)
            worst = max(worst, error.exit_status)
    return worst


def _show(asked: tuple[Path, Path | None, bool]) -> None:
    """Print what one file is. Raises WatermarkError if it cannot be read."""
    from watermark.article.inspection import inspect_file  # noqa: PLC0415 - only the worker needs it

    file, password_file, as_json = asked
    info = inspect_file(file, password=password_for(file, password_file))
    if as_json:
        click.echo(as_data(info))
    else:
        click.echo(printable(info.path))
        for label, value in _lines(info):
            click.echo(printable(f"  {label:<14}{value}"))


def _lines(info: ArticleInfo) -> Iterator[tuple[str, str]]:
    identity = info.identity
    for doi, place in identity.dois or identity.printed_dois:
        yield "DOI", f"{doi} ({place})"
    for title, place in identity.titles:
        yield "title", f"{title} ({place})"
    yield "pages", str(info.page_count)
    yield "conformance", str(info.claims)
    yield "tagged", "yes" if info.tagged else "no"
    yield "SHA-256", info.sha256
    obstacles = (
        info.damage,
        info.encryption,
        info.signature,
        "XFA form" * info.xfa,
        "portfolio" * info.portfolio,
    )
    yield from (("obstacle", obstacle) for obstacle in obstacles if obstacle)
    receipt = info.receipt
    if info.existing_mark:
        yield "marked", f"by others: {info.existing_mark}"
    elif receipt is None:
        yield "marked", "no mark was found"
    else:
        for one in receipt.markings[:-1]:
            if one.pages:
                yield "marked", f"earlier, on {one.pages.in_words}, as {one.state.value.replace('_', ' ')}"
        part = f" on {receipt.pages.in_words}," if receipt.pages else ""
        yield "marked", f"“{receipt.mark_text}”{part} on {receipt.marked_at:%Y-%m-%d} by {receipt.tool}"
        yield "original", f"SHA-256 {receipt.original_sha256}, {receipt.original_size_bytes:,} bytes"
