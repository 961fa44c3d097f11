"""`watermark mark-retracted`: mark what a list of retractions names, in place."""

from pathlib import Path
from typing import Any

import click

from watermark.cli.common_options import require_file
from watermark.cli.elapsed_bar import waiting
from watermark.cli.in_worker_process import isolated
from watermark.cli.option_groups import GroupedCommand
from watermark.cli.pre_commit import FOUND, OK
from watermark.cli.pre_commit import mark_retracted as marked_in_place
from watermark.cli.seal_options import SEAL_GROUP, seal_from_options, seal_options
from watermark.runtime.text_safety import printable_lines


@click.command("mark-retracted", cls=GroupedCommand, groups={"Input": ("retractions",), "Seal": SEAL_GROUP})
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--retractions",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, readable=False),
    metavar="LIST",
    help="List of retractions, as for `watermark check`; can be repeated.",
)
@seal_options
def mark_retracted(files: tuple[Path, ...], retractions: tuple[Path, ...], **options: Any) -> int:  # noqa: ANN401 - click's options
    """Replace each of FILES that is on a list and unmarked by its verified, marked copy.

    Other files stay as they are, also one that cannot be checked in 120 seconds or marked in 300. `watermark restore`
    recovers the original. The exit status is 1 if a file was marked, or could not be checked or marked, so that someone
    looks at it.
    """
    from watermark.audit.auditor import AuditRequest  # noqa: PLC0415 - the help needs none of it
    from watermark.audit.retraction_index.index import index_of  # noqa: PLC0415

    for path in files:
        require_file(path)
    seal = seal_from_options(options)
    lists = tuple(isolated(index_of, path, [path]) for path in retractions)
    with waiting():
        lines = marked_in_place([AuditRequest(path=path, lists=lists) for path in files], seal)
    click.echo(printable_lines("".join(f"{line}\n" for line in lines)), nl=False)
    return FOUND if lines else OK
