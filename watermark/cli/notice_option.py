"""The notice that a command line names: a file, or a DOI to ask Crossref for."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from watermark.cli import printable
from watermark.notice import NoticeFile, State, read_notice

Command = TypeVar("Command", bound=Callable[..., Any])

_BY_DOI = re.compile(r"doi:|https?://(?:dx\.)?doi\.org/", re.IGNORECASE)
MAILTO = "WATERMARK_MAILTO"


def with_mailto(command: Command) -> Command:
    """Return the command with the option that says whom Crossref may write to."""
    return click.option(
        "--mailto",
        metavar="ADDRESS",
        default=lambda: os.environ.get(MAILTO, ""),
        help=f"Your mail address: Crossref answers sooner to who gives one. Default: {MAILTO} in the environment.",
    )(command)


def notice_of(given: str, *, state: State | None, article_doi: str, mailto: str) -> NoticeFile:
    """Return the notice in the file `given`, or the one that Crossref has for `doi:10.…`; warnings are printed.

    Raises what `read_notice` and `fetched_notice` raise.
    """
    if _BY_DOI.match(given):
        from watermark.notice.crossref.cache import Cache  # noqa: PLC0415 - only who asks the network needs them
        from watermark.notice.crossref.fetch import fetched_notice  # noqa: PLC0415 - see above

        found = fetched_notice(given, article_doi=article_doi, mailto=mailto, cache=Cache.of_user(), state=state)
    else:
        found = read_notice(Path(given), state=state, article_doi=article_doi)
    for warning in found.warnings:
        click.echo(printable(f"watermark: {found.name}: {warning}"), err=True)
    return found
