"""`watermark notice`: what a notice says, before anything is marked."""

from collections.abc import Iterator
from typing import Any

import click

from watermark.cli import printable
from watermark.cli.notice_option import mailto_option, notice_of
from watermark.errors import UsageError
from watermark.notice import WRITERS, FigureMatch, Notice, State, parse_state, with_overrides

_NOT_SAID = "(not said)"


@click.command()
@click.argument("file", metavar="FILE|doi:DOI")
@click.option("--json", "as_json", is_flag=True, help="Print the notice in the tool's own JSON form, as --to json.")
@click.option("--to", "form", type=click.Choice(sorted(WRITERS)), help="Print it in the form that is deposited.")
@click.option(
    "--doi", "article_doi", default="", metavar="DOI", help="DOI of the article: picks it from several, or names it."
)
@click.option("--notice-doi", default="", metavar="DOI", help="DOI of the notice.")
@click.option("--date", default="", metavar="DATE", help="Date of the notice: 2024-05-01.")
@click.option(
    "--state", "state_name", default="", metavar="STATE", help="What has become of the article: retraction, …"
)
@mailto_option
def notice(file: str, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Show what the notice in FILE says, or the one that Crossref has for a DOI.

    FILE is text or Markdown, YAML or JSON, JATS, Crossref's record or deposit, Retraction Watch's list, or a PDF.
    """
    state = _state(options["state_name"])
    read = notice_of(file, state=state, article_doi=options["article_doi"], mailto=options["mailto"])
    said = with_overrides(
        read.notice,
        article_doi=options["article_doi"],
        notice_doi=options["notice_doi"],
        date=options["date"],
        state=state,
    )
    if form := options["form"] or ("json" if options["as_json"] else ""):
        click.echo(WRITERS[form](said), nl=False)
        return
    for label, value in _rows(said):
        click.echo(f"{label:<15} {printable(value)}".rstrip())


def _state(name: str) -> State | None:
    state = parse_state(name)
    if name.strip() and state is None:
        raise UsageError(f"“{printable(name)}” is not a valid state", remedy=f"Allowed: {', '.join(State)}.")
    return state


def _rows(said: Notice) -> Iterator[tuple[str, str]]:
    """Yield a label and a value for each line of the table; what matters and is not said is said to be missing."""
    article = said.article
    yield "State", said.state.replace("_", " ")
    yield "Article", article.title or _NOT_SAID
    yield "  cited as", article.citation or _NOT_SAID
    yield "  DOI", article.doi or _NOT_SAID
    yield "Notice", said.title or _NOT_SAID
    yield "  DOI", said.doi or _NOT_SAID
    yield from (("  URL", said.url),) if said.url else ()
    yield "  date", said.date or _NOT_SAID
    yield from _list("Issued by", said.issuers)
    yield from _list("Requested by", said.requested_by)
    yield from _list("Reasons", said.reasons)
    yield from _list("Figures", [_in_words(match) for match in said.figure_matches])
    yield from _list("Rules followed", said.policies)
    yield "Stays online", "yes" if said.stays_online else _NOT_SAID
    yield "Mark", said.mark_text or _NOT_SAID
    yield from _list("Statement", said.statement)


def _list(label: str, values: tuple[str, ...] | list[str]) -> Iterator[tuple[str, str]]:
    for place, value in enumerate(values):
        yield ("" if place else label), value


def _in_words(match: FigureMatch) -> str:
    source = match.source.doi or match.source.citation
    return f"{' and '.join(match.figures)} = {match.source_figure} of {source}"
