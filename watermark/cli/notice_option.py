"""The notice that a command line names: a file, or a DOI to look up at Crossref."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watermark.cli import printable

if TYPE_CHECKING:
    from watermark.notice import NoticeFile, State

_BY_DOI = re.compile(r"doi:|https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
MAILTO = "WATERMARK_MAILTO"


mailto_option = click.option(
    "--mailto",
    metavar="ADDRESS",
    default=lambda: os.environ.get(MAILTO, ""),
    show_default=False,
    help=f"Your e-mail address; Crossref answers faster if it knows who asks. [default: {MAILTO}]",
)


def notice_of(given: str, *, state: "State | None", article_doi: str, mailto: str) -> "NoticeFile":
    """Return the notice in the file `given`, or the one that Crossref has for `doi:10.…`; print its warnings.

    Raises NoticeError if the notice cannot be read, and what `fetched_notice` raises.
    """
    from watermark.notice import read_notice  # noqa: PLC0415 - `--help` reads no notice

    if _BY_DOI.match(given):
        from watermark.cli.configuration import configuration_of  # noqa: PLC0415 - see below
        from watermark.notice.crossref.cache import Cache  # noqa: PLC0415 - only a look-up needs the network
        from watermark.notice.crossref.fetch import fetched_notice  # noqa: PLC0415 - see above

        mailto = mailto or configuration_of(Path.cwd()).mailto
        found = fetched_notice(given, article_doi=article_doi, mailto=mailto, cache=Cache.of_user(), state=state)
    else:
        found = read_notice(Path(given), state=state, article_doi=article_doi)
    for warning in found.warnings:
        click.echo(printable(f"watermark: {found.name}: {warning}"), err=True)
    return found
