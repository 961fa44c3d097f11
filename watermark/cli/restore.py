"""`watermark restore`: the original, taken from a marked copy."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from watermark.cli import printable
from watermark.cli.common_options import default_output, given_files, password_for, password_option
from watermark.cli.notice_option import mailto_option, notice_of
from watermark.cli.numbers import WholeNumber
from watermark.cli.output import as_data
from watermark.errors import WatermarkError
from watermark.stamping.restore import Restored, refuse_to_restore, restore_original


@click.command()
@click.argument("copy", type=click.Path(path_type=Path, readable=False))
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="Path of the original. [default: COPY.original.pdf]",
)
@click.option("--overwrite", is_flag=True, help="Overwrite an existing output file.")
@click.option(
    "--to",
    "step",
    type=WholeNumber(min=0),
    metavar="N",
    default=0,
    show_default=True,
    help="Version to restore. 0: the article as published; 1: as the first marking left it; and so on.",
)
@click.option(
    "--notice",
    default="",
    metavar="FILE|doi:DOI",
    help="Notice of reinstatement. The original is restored only if the notice is for this article.",
)
@click.option("--doi", metavar="DOI", default="", help="DOI of the article, if the notice covers several.")
@mailto_option
@password_option("the copy")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def restore(copy: Path, output: Path | None, **options: Any) -> int:  # noqa: ANN401 - click's options
    """Restore the original from COPY, byte for byte, and check its SHA-256."""
    destination = output or default_output(copy, ".original.pdf")
    given = None
    if options["notice"]:
        given = notice_of(options["notice"], state=None, article_doi=options["doi"], mailto=options["mailto"])
    try:
        password = password_for(copy, options["password_file"])
        if given is not None:
            refuse_to_restore(copy, given.notice, password=password)
        restored = restore_original(
            copy,
            destination,
            step=options["step"],
            overwrite=options["overwrite"],
            password=password,
            inputs=given_files(options),
        )
    except WatermarkError as error:
        error.file = error.file or str(copy)
        raise
    if options["as_json"]:
        click.echo(as_data(restored))
    else:
        click.echo(printable(f"{copy} -> {destination}"))
        click.echo(f"SHA-256 {restored.receipt.original_sha256}, as recorded in the copy")
        for line in _history(restored):
            click.echo(printable(line))
    return 0


PUBLISHED = "the article as published"


def _history(restored: Restored) -> Iterator[str]:
    """Yield a line for each version of the article, the published one first: restored, earlier than that, or undone."""
    for step in range(len(restored.markings) + 1):
        before = restored.markings[step - 1] if step else None
        pages = f" on {before.pages.in_words}" if before and before.pages else ""
        what = f"marked “{before.mark_text}”{pages} on {before.marked_at:%Y-%m-%d}" if before else PUBLISHED
        seal = ", sealed" if step and restored.sealed[step - 1] else ""
        here = " (restored)" if step == restored.step else " (undone)" if step > restored.step else ""
        yield f"  step {step}: {what}{seal}{here}"
