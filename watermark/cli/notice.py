"""`watermark notice`: what a notice says, before anything is marked; and a template for a new one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from watermark.cli import printable
from watermark.cli.notice_option import mailto_option, notice_of
from watermark.errors import UsageError
from watermark.notice import WRITERS, FigureMatch, Notice, State, parse_state, with_overrides

_NOT_GIVEN = "(not given)"
_FORMS_OF_TEMPLATE = {".md": "md", ".markdown": "md", ".txt": "md", ".yaml": "yaml", ".yml": "yaml"}


@click.command()
@click.argument("file", metavar="FILE|doi:DOI", default="")
@click.option("--new", "is_new", is_flag=True, help="Write a template of a notice to FILE, or print it without FILE.")
@click.option(
    "--form",
    "template_form",
    type=click.Choice(["md", "yaml"]),
    help="Form of the template. [default: by the name of FILE, or md]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the notice as JSON, like --to json.")
@click.option("--to", "form", type=click.Choice(sorted(WRITERS)), help="Print the notice in a form for others.")
@click.option(
    "--doi",
    "article_doi",
    default="",
    metavar="DOI",
    help="DOI of the article, if the notice does not give it or covers several.",
)
@click.option("--notice-doi", default="", metavar="DOI", help="DOI of the notice.")
@click.option("--date", default="", metavar="DATE", help="Date of the notice: 2024-05-01.")
@click.option(
    "--state", "state_name", default="", metavar="STATE", help="Kind of notice. [default: read from the notice]"
)
@mailto_option
def notice(file: str, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Show what the notice in FILE says, or the one that Crossref has for a DOI.

    FILE is text, Markdown, a web page, Word or PDF; YAML or JSON; JATS or BITS; a record of Crossref, PubMed (XML or
    NBIB), Europe PMC, OpenAlex, DataCite or arXiv; RIS, BibTeX or CSL-JSON; or Retraction Watch's list.
    """
    if options["is_new"]:
        _write_template(file, options["template_form"])
        return
    if not file:
        raise UsageError("no notice was named", remedy="Name its file, or use --new for a template.")
    state = _state(options["state_name"])
    read = notice_of(file, state=state, article_doi=options["article_doi"], mailto=options["mailto"])
    known = with_overrides(
        read.notice,
        article_doi=options["article_doi"],
        notice_doi=options["notice_doi"],
        date=options["date"],
        state=state,
    )
    if form := options["form"] or ("json" if options["as_json"] else ""):
        click.echo(WRITERS[form](known), nl=False)
        return
    for label, value in _rows(known, read.dated_source):
        click.echo(f"{label:<15} {printable(value)}".rstrip())


def _write_template(file: str, form: str | None) -> None:
    """Write the template to `file`, which must not exist, or to standard output where no file is named."""
    from watermark.notice.formats.template import TEMPLATES  # noqa: PLC0415 - few calls write a template
    from watermark.runtime.atomic_files import save  # noqa: PLC0415 - see above

    suffix = Path(file).suffix.lower()
    if file and form is None and suffix not in _FORMS_OF_TEMPLATE:
        raise UsageError(
            f"the name “{printable(file)}” does not say in which form the template is written",
            remedy="End it in .md or .yaml, or give --form.",
        )
    text = TEMPLATES[form or _FORMS_OF_TEMPLATE.get(suffix, "md")]
    if not file:
        click.echo(text, nl=False)
        return
    if Path(file).exists():
        raise UsageError(f"{printable(file)} already exists", remedy="Choose another name for the template.")
    save(Path(file), text.encode("utf-8"), overwrite=False)
    click.echo(printable(f"{file}: a template; fill it in, then see what is read: watermark notice {file}"))


def _state(name: str) -> State | None:
    state = parse_state(name)
    if name.strip() and state is None:
        raise UsageError(f"“{printable(name)}” is not a valid state", remedy=f"Allowed: {', '.join(State)}.")
    return state


def _rows(notice: Notice, source: str) -> Iterator[tuple[str, str]]:
    """Yield a label and a value for each line of the table; important facts that are missing are shown as such."""
    article = notice.article
    yield from (("Source", f"record of {source}; not the publisher's own notice"),) if source else ()
    yield "State", notice.state.replace("_", " ")
    yield "Article", article.title or _NOT_GIVEN
    yield "  cited as", article.citation or _NOT_GIVEN
    yield "  DOI", article.doi or _NOT_GIVEN
    yield "Notice", notice.title or _NOT_GIVEN
    yield "  DOI", notice.doi or _NOT_GIVEN
    yield from (("  URL", notice.url),) if notice.url else ()
    yield "  date", notice.date or _NOT_GIVEN
    yield from (("Replaced by", notice.replacement_doi),) if notice.replacement_doi else ()
    roles = [f"{mention.doi}: {mention.role.value} ({mention.evidence})" for mention in notice.doi_roles]
    yield from _list("DOIs", roles)
    yield from _list("Issued by", notice.issuers)
    yield from _list("Requested by", notice.requested_by)
    yield from _list("Reasons", notice.reasons)
    yield from _list("Figures", [_in_words(match) for match in notice.figure_matches])
    yield from _list("Policies", notice.policies)
    yield "Stays online", "yes" if notice.stays_online else _NOT_GIVEN
    yield "Mark", notice.mark_text or _NOT_GIVEN
    yield from _list("Statement", notice.statement)


def _list(label: str, values: Sequence[str]) -> Iterator[tuple[str, str]]:
    for position, value in enumerate(values):
        yield ("" if position else label), value


def _in_words(match: FigureMatch) -> str:
    source = match.source.doi or match.source.citation
    return f"{' and '.join(match.figures)} = {match.source_figure} of {source}"
