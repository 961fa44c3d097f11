"""`watermark batch`: every article that a manifest names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from watermark.batch.executor import StopRequest, WorkerPool, all_cores, cluster_crew, local_crew
from watermark.batch.ledger import NAME, Ledger, ledger_files
from watermark.batch.manifest import Manifest, manifest_in
from watermark.batch.runner import BatchRequest, check_folders, run_batch
from watermark.batch.storage import absolute_location, is_url
from watermark.batch.task import BatchOptions
from watermark.cli import INTERRUPTED, printable
from watermark.cli.common_options import PROOF_HELP, PROOFS, given_files, time_of_marking
from watermark.cli.progress import BatchProgress
from watermark.cli.style_options import profile_from_options, style_options
from watermark.errors import FailedError, UsageError
from watermark.models import Proof
from watermark.runtime.input_files import require_not_a_pdf, require_not_an_input

TOLD = {
    1: "ending: what has begun is finished first. Once more ends it now.",
    2: "ending now: what has begun is done again by the next run.",
}


@click.command()
@click.argument("manifest", type=click.Path(path_type=Path))
@click.option(
    "--articles", required=True, metavar="DIR_OR_URL", help="Where the articles lie. Nothing is written there."
)
@click.option("--out", required=True, metavar="DIR_OR_URL", help="Where the copies go, under the articles' own paths.")
@click.option("--notices", type=click.Path(path_type=Path), help="Folder of the notices. Default: the manifest's.")
@click.option("--ledger", "ledger_file", type=click.Path(path_type=Path), help="Default: OUT/ledger.sqlite.")
@click.option("-j", "--jobs", type=click.IntRange(1, 1024), help="Articles at a time. Default: one for each core.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="Give up on an article after that time, and a second more for each 10 MB of it.",
)
@click.option("--at", "marked_at", help="Time of marking in ISO 8601. Default: SOURCE_DATE_EPOCH, or the run's start.")
@click.option(
    "--verapdf/--no-verapdf",
    default=False,
    show_default=True,
    help="Ask veraPDF too, 2 to 5 seconds for each article that claims PDF/A or PDF/UA. Without it PDF/A-4 and PDF/UA-2"
    " are not checked.",
)
@style_options
@click.option("--proof", type=PROOFS, default=Proof.FULL.value, show_default=True, help=PROOF_HELP)
@click.option(
    "--resume/--no-resume",
    default=True,
    show_default=True,
    help="Leave alone what is done, where article, copy, notice, options and release are the same.",
)
@click.option("--cluster", metavar="TCP://HOST:PORT", help="Work on the Dask cluster with this scheduler.")
@click.option(
    "--report",
    "forms",
    type=click.Choice(["html", "csv", "jsonl"]),
    multiple=True,
    help="Leave a report beside the ledger when all is done; an earlier one is replaced. May be given again.",
)
@click.option(
    "--bag",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Leave a BagIt bag for an archive when all is done: the copies, their PREMIS and the report. Never replaced.",
)
@click.option("--dry-run", is_flag=True, help="Print the plan for each article; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each article.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what was not marked.")
def batch(manifest: Path, **options: Any) -> int:  # noqa: ANN401 - click's options
    """Mark every article that MANIFEST names, and keep what came of each in a ledger.

    MANIFEST is a CSV with the columns article and notice, and for what differs from one to the other doi, notice_doi,
    date, url, state, text, force_match, despite_signature, to_pdfa, rebuild, notice_page, profile, password_file. Or it
    is Retraction Watch's CSV, or Crossref's records as JSON lines: then every PDF among the articles is looked into
    once, and the retracted ones are found by their DOI.

    Run the same command again at any time. A run that was cut off goes on; a new one tries again what has failed.
    """
    check_bag(options)
    ledger_file = _ledger_file(options)
    dry_run, stop = options["dry_run"], StopRequest()
    with manifest_in(manifest, options["notices"]) as read:
        for warning in read.warnings:
            click.echo(printable(f"watermark: {manifest}: {warning}"), err=True)
        asked = BatchRequest(
            manifest=read,
            articles=absolute_location(options["articles"]),
            out=absolute_location(options["out"]),
            options=BatchOptions(
                seconds=options["timeout"],
                text=options["text"],
                house=profile_from_options(options),
                proof=Proof(options["proof"]),
                validate=options["verapdf"],
            ),
            marked_at=time_of_marking(options["marked_at"]) if _is_time_given(options["marked_at"]) else None,
            resume=options["resume"],
            only_plan=dry_run,
        )
        check_folders(asked)
        _require_no_input_replaced(manifest, read, ledger_file, options)
        if not dry_run:
            _make_folder(ledger_file)
        progress = BatchProgress(read.count, as_json=options["as_json"], quiet=options["quiet"])
        opened = Ledger.scratch(ledger_file) if dry_run else Ledger.opened(ledger_file, write=True)
        asking = stop.on_signals(lambda times: progress.say(f"watermark: {TOLD[min(times, 2)]}"))
        with opened as ledger, _crew(options, ledger_file) as crew, progress, asking:
            status = run_batch(asked, ledger, crew, stop, progress)
        _show_end(progress, ledger_file, options, is_stopped=stop.is_asked)
        if not (dry_run or stop.is_asked):
            leave_reports(ledger_file, options, read)
    return INTERRUPTED if stop.is_asked else status


def _ledger_file(options: dict[str, Any]) -> Path:
    """Return where the ledger is, or will be. Raises UsageError where nobody has said it."""
    given: Path | None = options["ledger_file"]
    if given is None and is_url(options["out"]):
        raise UsageError(
            "a ledger lies on a disk of this machine, and the copies do not",
            place="--out",
            remedy="Say where the ledger is with --ledger.",
        )
    folder = Path(options["out"].removeprefix("file://"))
    return given or folder / NAME


def _require_no_input_replaced(path: Path, manifest: Manifest, ledger_file: Path, options: dict[str, Any]) -> None:
    """Raise UsageError where the ledger, or a report beside it, has the place of a file that was given."""
    given = (path, *given_files(options))
    reports = [ledger_file.with_name(f"report.{form}") for form in options["forms"]]
    for output in filter(Path.exists, (*ledger_files(ledger_file), *reports)):
        require_not_an_input(output, given)
        require_not_an_input(output, _files_of_rows(manifest, options["articles"]))
        require_not_a_pdf(output)


def _files_of_rows(manifest: Manifest, articles: str) -> Iterator[Path]:
    folder = None if is_url(articles) else Path(absolute_location(articles))
    for article, file in manifest.files():
        yield file
        if folder is not None and article:
            yield folder / article


def _make_folder(ledger_file: Path) -> None:
    try:
        ledger_file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FailedError(
            f"the folder cannot be made ({error.strerror})", file=str(ledger_file.parent), remedy="Look at its name."
        ) from error


@contextmanager
def _crew(options: dict[str, Any], ledger_file: Path) -> Iterator[WorkerPool]:
    if options["cluster"]:
        with cluster_crew(options["cluster"]) as crew:
            yield crew
        return
    scratch = None if options["dry_run"] else ledger_file.absolute().with_name(f"{ledger_file.name}.scratch")
    with local_crew(options["jobs"] or all_cores(), scratch) as crew:
        yield crew


def _is_time_given(marked_at: str | None) -> bool:
    return bool(marked_at or os.environ.get("SOURCE_DATE_EPOCH"))


def _show_end(progress: BatchProgress, ledger_file: Path, options: dict[str, Any], *, is_stopped: bool) -> None:
    if options["as_json"] or options["quiet"]:
        return
    before = f" ({progress.kept:,} of them before)" if progress.kept else ""
    click.echo(f"{progress.done:,} of {progress.total:,} articles: {progress.in_words() or 'nothing done'}{before}")
    if progress.unreadable:
        click.echo(f"{progress.unreadable:,} PDFs could not be looked into for their DOI")
    if is_stopped:
        click.echo("interrupted; the same command goes on where this one ended")
    if not options["dry_run"]:
        click.echo(printable(f"ledger: {ledger_file}"))


def leave_reports(ledger_file: Path, options: dict[str, Any], manifest: Manifest) -> None:
    """Leave the reports that were asked for beside the ledger, and the bag where it shall be."""
    if not (options["forms"] or options["bag"]):
        return
    from watermark.batch.reports import Form, ReportRequest, write_report  # noqa: PLC0415 - and all that it brings along

    forms = [Form(form) for form in dict.fromkeys(options["forms"])]
    passwords = {row.name: row.password for row in manifest.rows() if row.password} if Form.HTML in forms else {}
    wishes = [
        ReportRequest(
            form=form,
            destination=ledger_file.with_name(f"report.{form}"),
            overwrite=True,
            password_of=lambda entry: passwords.get(entry.row, ""),
        )
        for form in forms
    ]
    if options["bag"]:
        wishes.append(ReportRequest(form=Form.BAG, destination=options["bag"]))
    with Ledger.opened(ledger_file) as ledger:
        for wish in wishes:
            written = write_report(ledger, wish)
            if not (options["as_json"] or options["quiet"]):
                click.echo(printable(f"{'bag' if wish.form is Form.BAG else 'report'}: {written.report}"))


def check_bag(options: dict[str, Any]) -> None:
    """Raise UsageError, before anything is done, where no bag can be made; hours later is late."""
    bag: Path | None = options["bag"]
    if bag is None:
        return
    from watermark.runtime.atomic_folder import check_free  # noqa: PLC0415 - and all that it brings along

    check_free(bag)
    if not bag.absolute().parent.is_dir():
        raise UsageError(
            "there is no folder for it", file=str(bag), place="--bag", remedy="Make the folder, or name another."
        )
    out, articles = options["out"], options["articles"]
    if not is_url(out) and Path(absolute_location(out)).resolve().is_relative_to(bag.resolve()):
        raise UsageError(
            "this is the place of the copies", file=str(bag), place="--bag", remedy="Give the bag a folder of its own."
        )
    if not is_url(articles) and bag.resolve().is_relative_to(Path(absolute_location(articles)).resolve()):
        raise UsageError(
            "the copies in the bag would lie among the articles",
            file=str(bag),
            place="--bag",
            remedy="Give a place that is not in the folder of the articles.",
        )
