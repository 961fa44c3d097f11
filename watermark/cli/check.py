"""`watermark check`: whether every retracted article is marked, and no other."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from watermark.audit.auditor import AuditRequest
from watermark.audit.classification import AuditResult, CheckedBag
from watermark.audit.file_discovery import files_in
from watermark.audit.formats import FORMS, WHOLE, Item, item_of, written
from watermark.audit.retraction_index.index import IndexFile, RetractionIndex, index_of
from watermark.audit.runner import SECONDS, audit_files
from watermark.cli import printable
from watermark.cli.bags import checked_bags
from watermark.cli.common_options import password_option
from watermark.cli.configuration import ONLINE, configuration_of
from watermark.cli.elapsed_bar import each
from watermark.cli.in_worker_process import isolated
from watermark.cli.notice_option import mailto_option
from watermark.cli.numbers import Number, WholeNumber
from watermark.cli.output import remedy_with_option
from watermark.cli.seal_options import seal_policy
from watermark.errors import FailedError, UsageError
from watermark.models import plural
from watermark.notice.overrides import mail_address
from watermark.runtime.bounded_read import password_in
from watermark.runtime.isolation import WorkerTerminatedError
from watermark.runtime.text_safety import printable_lines

FOUND = 1


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--retractions",
    "lists",
    multiple=True,
    metavar="LIST",
    type=click.Path(path_type=Path, readable=False),
    help="List of retractions: Retraction Watch's CSV, Crossref's records as JSON lines, PubMed's records, or a CSV "
    "with the columns doi or pmid, state and date. “crossref:” asks Crossref about each article, “retraction-watch:” "
    "fetches its table. May be given more than once: the first list that names an article decides. "
    "[default: the lists in watermark.toml]",
)
@mailto_option
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True, help="Output format.")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--thorough", is_flag=True, help="Also look at the picture of each page on which no mark was recognised. Slower."
)
@click.option("--strict", is_flag=True, help="Also report files whose status is unknown.")
@click.option("--update-bag", is_flag=True, help="Update the manifests of BagIt bags for copies that pass.")
@click.option(
    "--processes", type=WholeNumber(min=1), help="Number of files to check at once. [default: one for each core]"
)
@click.option(
    "--timeout",
    type=Number(min=0, min_open=True),
    default=SECONDS,
    metavar="SECONDS",
    help=f"Time limit for each PDF; a bag gets 300, and one for each 10 MB. [default: {SECONDS:g}]",
)
@password_option("the PDFs", is_asked=False)
@click.option("-q", "--quiet", is_flag=True, help="Only report problems.")
def check(paths: tuple[Path, ...], lists: tuple[Path, ...], **options: Any) -> int:  # noqa: ANN401 - click's options
    """Check each PDF in PATHS against the retraction lists, and print what to do.

    PATHS are PDFs, folders with PDFs, or BagIt bags. The exit status is 1 if anything needs attention.
    """
    files = files_in(paths)
    indexes = tuple(_index(path, files.pdfs, options) for path in _lists(lists))
    seal = seal_policy({}, quiet=options["quiet"])
    questions = [
        AuditRequest(
            path=pdf,
            lists=indexes,
            password=_password(options["password_file"]),
            thorough=options["thorough"],
            strict=options["strict"],
            seal=seal,
        )
        for pdf in files.pdfs
    ]
    form = "json" if options["as_json"] else options["form"]
    say = _sayer(form, quiet=options["quiet"])
    found = list[AuditResult]()
    results = audit_files(questions, processes=options["processes"] or 0, seconds=options["timeout"])
    for one in each(results, len(questions)):
        found.append(one)
        say(one)
    bags = list[CheckedBag]()
    for bag in checked_bags(files.bags, partial(_password_of, options["password_file"]), update=options["update_bag"]):
        bags.append(bag)
        say(bag)
    say(None)
    if form == "text":
        _sum_up(found)
    return FOUND if any(one.needs_attention for one in found) or any(bag.needs_attention for bag in bags) else 0


def _lists(given: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the lists on the command line, or else those in the configuration. Raises UsageError if there is none."""
    lists = given or tuple(map(Path, configuration_of(Path.cwd()).retractions))
    if not lists:
        raise UsageError(
            "no list of retractions is given",
            remedy="Name a list, or one for the whole repository in watermark.toml.",
            argument="retractions",
        )
    return lists


def index_at(path: Path) -> IndexFile:
    """Return the index of a list, which a worker reads. Raises FailedError for a list that is too large for that."""
    try:
        return isolated(index_of, path, [path])
    except WorkerTerminatedError as error:
        raise FailedError(
            error.reason, file=str(path), remedy="Use only the part of the list that you need."
        ) from error


def _index(path: Path, pdfs: Sequence[Path], options: dict[str, Any]) -> IndexFile:
    if str(path) in ONLINE:
        from watermark.audit.downloaded_lists import online_list  # noqa: PLC0415 - few lists come from the network

        found = online_list(
            str(path),
            pdfs,
            password=_password(options["password_file"]),
            mailto=mail_address(options["mailto"] or configuration_of(Path.cwd()).mailto),
        )
        if not options["quiet"]:
            click.echo(printable(f"watermark: {path}: {found.message}"), err=True)
        path = found.path
    made = index_at(path)
    with RetractionIndex.opened(made) as index:
        count, first = index.problems
    if count:
        message = f"{path}: skipped {plural(count, 'record')} with errors; the first: {first}"
        click.echo(printable(f"watermark: {message}"), err=True)
    return made


def _password(file: Path | None) -> str:
    return "" if file is None else password_in(file)


def _password_of(file: Path | None, _: Path) -> str:
    return _password(file)


def _sayer(form: str, *, quiet: bool) -> Callable[[Any], None]:
    """Return a function that prints each result, at once or at the end, depending on the format. None is the end."""
    kept = list[Any]()

    def say(found: Any) -> None:  # noqa: ANN401 - a PDF, a bag or the end
        if form in WHOLE:
            kept.extend([] if found is None else [_item(found)])
            if found is None:
                click.echo(written(form, kept), nl=False)
        elif found is not None and not (quiet and not found.needs_attention):
            text = written(form, [_item(found)])
            click.echo(printable_lines(text) if form == "text" else text, nl=False)
            sys.stdout.flush()

    return say


def _item(found: AuditResult | CheckedBag) -> Item:
    """Return what was found as one line; its remedy names the option of this command that carries it out."""
    item = item_of(found)
    return replace(item, remedy=remedy_with_option(item.remedy, "update_bag")) if item.code == "bag-is-stale" else item


def _sum_up(found: list[AuditResult]) -> None:
    counts: dict[str, int] = {}
    for one in found:
        counts[one.label] = counts.get(one.label, 0) + 1
    kinds = "; ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items(), key=lambda pair: -pair[1]))
    click.echo(f"{plural(len(found), 'file')}: {kinds}", err=True)
