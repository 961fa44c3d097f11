"""`watermark restore`: the original again."""

from pathlib import Path

import click

from watermark.cli import printable
from watermark.cli.options import password_for
from watermark.cli.show import as_data
from watermark.restore import restore_original


@click.command()
@click.argument("copy", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The original. Default: COPY.original.pdf.")
@click.option("--overwrite", is_flag=True, help="Replace a file that has this name.")
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="File with the password that opens the copy. Else it is asked for at a terminal.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def restore(copy: Path, output: Path | None, password_file: Path | None, *, overwrite: bool, as_json: bool) -> int:
    """Give the original back from COPY, byte for byte, proved by its SHA-256."""
    destination = output or copy.with_suffix(".original.pdf")
    restored = restore_original(copy, destination, overwrite=overwrite, password=password_for(copy, password_file))
    if as_json:
        click.echo(as_data(restored))
    else:
        click.echo(printable(f"{copy} -> {destination}"))
        click.echo(f"SHA-256 {restored.receipt.original_sha256}, as the receipt has it")
    return 0
