"""`watermark batch`: every article in a list."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermark.batch.executor import StopRequest, WorkerPool, cluster_pool, local_pool
from watermark.batch.ledger import NAME, Ledger, ledger_files
from watermark.batch.manifest import Manifest, manifest_in
from watermark.batch.runner import BatchRequest, check_folders, run_batch
from watermark.batch.storage import absolute_location, is_url
from watermark.batch.task import BatchOptions
from watermark.cli import printable
from watermark.cli.batch_progress import BatchProgress
from watermark.cli.common_options import PROOF_HELP, PROOFS, given_files, time_of_marking
from watermark.cli.error_handling import INTERRUPTED
from watermark.cli.numbers import Number, WholeNumber
from watermark.cli.option_groups import GroupedCommand
from watermark.cli.options_given import options_given
from watermark.cli.seal_options import SEAL_GROUP, seal_from_options, seal_options
from watermark.cli.style_options import STYLE_GROUPS, profile_from_options, style_options
from watermark.errors import FailedError, UsageError
from watermark.models import Proof, plural
from watermark.runtime.atomic_files import save
from watermark.runtime.input_files import require_not_a_pdf, require_not_an_input
from watermark.runtime.system import quoted_for_shell, usable_cores

if TYPE_CHECKING:
    from watermark.stamping.seal import SealOptions

GROUPS = {
    "Input": ("articles", "notices"),
    "Run": ("jobs", "timeout", "resume", "cluster", "proof", "verapdf"),
    **STYLE_GROUPS,
    "Seal": SEAL_GROUP,
    "Output": ("out", "ledger_file", "forms", "bag", "decide", "marked_at", "dry_run", "as_json", "quiet"),
}
NOT_REPEATED = frozenset({"notices", "decide", "bag"})
"""Options that the command for the decisions has not from the command line: a bag, for one, must not exist."""
STOPPING = {
    1: "stopping after the articles in progress. Press Ctrl-C again to stop now.",
    2: "stopping now. Unfinished articles will be redone on the next run.",
}


@click.command(cls=GroupedCommand, groups=GROUPS)
@click.argument("manifest", type=click.Path(path_type=Path, readable=False))
@click.option("--articles", required=True, metavar="DIR_OR_URL", help="Folder with the original PDFs (read-only).")
@click.option(
    "-o",
    "--out",
    "out",
    required=True,
    metavar="DIR_OR_URL",
    help="Folder for the copies, with the same subfolders as the articles.",
)
@click.option(
    "--notices",
    metavar="FOLDER",
    type=click.Path(path_type=Path, readable=False),
    help="Folder with the notices. [default: the folder of MANIFEST]",
)
@click.option(
    "--ledger",
    "ledger_file",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="File that records each result. [default: OUT/ledger.sqlite]",
)
@click.option(
    "-j",
    "--jobs",
    type=WholeNumber(1, 1024),
    help="Number of articles to process at once. [default: one for each core]",
)
@click.option(
    "--timeout",
    type=Number(min=0, min_open=True),
    metavar="SECONDS",
    help="Time limit for each article, plus one second for each 10 MB. [default: 30, and more for a large file; 300 in "
    "a cloud store]",
)
@click.option(
    "--at",
    "marked_at",
    metavar="TIME",
    help="Time of marking in ISO 8601. [default: SOURCE_DATE_EPOCH, or the start of the run]",
)
@click.option(
    "--verapdf/--no-verapdf",
    default=False,
    show_default=True,
    help="Also validate with veraPDF: 2 to 5 seconds for each PDF/A or PDF/UA article. Without it, PDF/A-4 and "
    "PDF/UA-2 are not checked.",
)
@style_options
@seal_options
@click.option("--proof", type=PROOFS, default=Proof.FULL.value, show_default=True, help=PROOF_HELP)
@click.option(
    "--resume/--no-resume",
    default=True,
    show_default=True,
    help="Skip articles that are already done and unchanged.",
)
@click.option("--cluster", metavar="TCP://HOST:PORT", help="Run on a Dask cluster; address of its scheduler.")
@click.option(
    "--report",
    "forms",
    type=click.Choice(["html", "csv", "jsonl"]),
    multiple=True,
    help="Write a report next to the ledger at the end, replacing an earlier one. Repeatable.",
)
@click.option(
    "--bag",
    type=click.Path(path_type=Path, readable=False),
    metavar="FOLDER",
    help="Write a BagIt bag at the end: the copies, their PREMIS and the report. FOLDER must not exist.",
)
@click.option(
    "--decide",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Write the refused articles at the end, as a CSV to fill in and run again, replacing an earlier one.",
)
@click.option("--dry-run", is_flag=True, help="Print every decision for each article; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object for each article.")
@click.option("-q", "--quiet", is_flag=True, help="Print only articles that were not marked.")
def batch(manifest: Path, **options: Any) -> int:  # noqa: ANN401 - click's options
    """Mark every article in MANIFEST, and record each result in a ledger.

    MANIFEST is a CSV with the columns article and notice. Optional columns are options for one article: doi,
    notice_doi, date, url, state, text, force_match, over_existing_mark, despite_signature, to_pdfa, rebuild,
    notice_page, profile, password_file, and pages or printed_pages for an article in a volume; lines for several
    articles of one volume give one copy with all their marks. MANIFEST may also be
    Retraction Watch's CSV, or Crossref's records as JSON lines: every PDF among the articles is then scanned once,
    and the retracted ones are found by their DOI.

    You can run the same command again at any time: it resumes an interrupted run, and retries articles that failed.
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
                profile=profile_from_options(options),
                proof=Proof(options["proof"]),
                validate=options["verapdf"],
                seal=_seal(options),
            ),
            marked_at=time_of_marking(options["marked_at"])
            if options["marked_at"] or os.environ.get("SOURCE_DATE_EPOCH")
            else None,
            resume=options["resume"],
            only_plan=dry_run,
        )
        if options["decide"] is not None and not read.has_columns:
            raise UsageError(
                "a list of retractions has no columns to fill in",
                file=str(manifest),
                place="--decide",
                remedy="Use a CSV with the columns article and notice as the manifest.",
            )
        check_folders(asked)
        given = (manifest, *given_files(options), *asked.options.profile.files)
        _require_no_input_replaced(given, read, ledger_file, options)
        if not dry_run:
            _make_folder(ledger_file)
        progress = BatchProgress(read.count, as_json=options["as_json"], quiet=options["quiet"])
        opened = Ledger.scratch(ledger_file) if dry_run else Ledger.opened(ledger_file, write=True)
        asking = stop.on_signals(lambda times: progress.say(f"watermark: {STOPPING[min(times, 2)]}"))
        with opened as ledger, _pool(options, ledger_file) as pool, progress, asking:
            status = run_batch(asked, ledger, pool, stop, progress)
        _show_end(progress, ledger_file, options, is_stopped=stop.is_asked)
        if not (dry_run or stop.is_asked):
            leave_reports(ledger_file, options, read)
            _leave_decisions(manifest, ledger_file, options, read)
    return INTERRUPTED if stop.is_asked else status


def _seal(options: dict[str, Any]) -> "SealOptions | None":
    """Return how the copies are sealed, or None. Raises UsageError for a password that other machines would get."""
    if options["seal"] and options["cluster"] and not options["seal_password_file"]:
        raise UsageError(
            "a key needs --seal-password-file on a cluster, so that its password is not sent to the workers",
            remedy="Put the key and the file with its password where every worker can read them.",
        )
    return seal_from_options(options)


def _ledger_file(options: dict[str, Any]) -> Path:
    """Return the path of the ledger. Raises UsageError if the copies are in a cloud store and no ledger is given."""
    given: Path | None = options["ledger_file"]
    if given is None and is_url(options["out"]):
        raise UsageError(
            "the ledger must be a local file, but the copies are in a cloud store",
            place="--out",
            remedy="Pass the path of the ledger with --ledger.",
        )
    folder = Path(options["out"].removeprefix("file://"))
    return given or folder / NAME


def _require_no_input_replaced(
    given: tuple[Path, ...], manifest: Manifest, ledger_file: Path, options: dict[str, Any]
) -> None:
    """Raise UsageError where the ledger, or a report beside it, has the place of a file that was given."""
    reports = [ledger_file.with_name(f"report.{form}") for form in options["forms"]]
    reports += [options["decide"]] if options["decide"] else []
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
            f"cannot create the folder ({error.strerror})",
            file=str(ledger_file.parent),
            remedy="Check its name and permissions.",
        ) from error


@contextmanager
def _pool(options: dict[str, Any], ledger_file: Path) -> Iterator[WorkerPool]:
    if options["cluster"]:
        with cluster_pool(options["cluster"]) as pool:
            yield pool
        return
    scratch = None if options["dry_run"] else ledger_file.absolute().with_name(f"{ledger_file.name}.scratch")
    with local_pool(options["jobs"] or usable_cores(), scratch) as pool:
        yield pool


def _show_end(progress: BatchProgress, ledger_file: Path, options: dict[str, Any], *, is_stopped: bool) -> None:
    if options["as_json"] or options["quiet"]:
        return
    before = f" ({progress.kept:,} already done)" if progress.kept else ""
    results = progress.in_words() or "nothing done"
    click.echo(f"{progress.done:,} of {plural(progress.total, 'article')}: {results}{before}")
    if progress.unreadable:
        click.echo(f"{plural(progress.unreadable, 'PDF')} could not be searched for a DOI")
    if is_stopped:
        click.echo("interrupted; run the same command again to resume")
    if not options["dry_run"]:
        click.echo(printable(f"ledger: {ledger_file}"))


def leave_reports(ledger_file: Path, options: dict[str, Any], manifest: Manifest) -> None:
    """Write the requested reports next to the ledger, and the bag into its folder."""
    if not (options["forms"] or options["bag"]):
        return
    from watermark.batch.reports import Form, ReportRequest, write_report  # noqa: PLC0415 - and all that it brings along

    forms = [Form(form) for form in dict.fromkeys(options["forms"])]
    passwords = {row.name: row.password for row in manifest.rows() if row.password} if Form.HTML in forms else {}
    requests = [
        ReportRequest(
            form=form,
            destination=ledger_file.with_name(f"report.{form}"),
            overwrite=True,
            password_of=lambda entry: passwords.get(entry.row, ""),
        )
        for form in forms
    ]
    if options["bag"]:
        requests.append(ReportRequest(form=Form.BAG, destination=options["bag"]))
    with Ledger.opened(ledger_file) as ledger:
        for request in requests:
            written = write_report(ledger, request)
            if not (options["as_json"] or options["quiet"]):
                click.echo(printable(f"{'bag' if request.form is Form.BAG else 'report'}: {written.report}"))


def _leave_decisions(manifest: Path, ledger_file: Path, options: dict[str, Any], read: Manifest) -> None:
    """Write the refused rows to the file that --decide names, and print how to run them."""
    decide: Path | None = options["decide"]
    if decide is None:
        return
    from watermark.batch.manifest.decisions import decisions_for  # noqa: PLC0415 - few runs need it

    with Ledger.opened(ledger_file) as ledger:
        data, count = decisions_for(read, ledger.entries())
    save(decide, data, inputs=(manifest, *given_files(options)))
    if not (options["as_json"] or options["quiet"]):
        click.echo(printable(f"decisions: {decide} ({plural(count, 'refused article')})"))
        if count:
            others = options_given(click.get_current_context(), without=NOT_REPEATED)
            words = (str(decide), "--notices", str(options["notices"] or manifest.parent), *others)
            click.echo(printable(f"Fill it in, then run: watermark batch {' '.join(map(quoted_for_shell, words))}"))


def check_bag(options: dict[str, Any]) -> None:
    """Raise UsageError now if the bag could not be created after the run, which may take hours."""
    bag: Path | None = options["bag"]
    if bag is None:
        return
    from watermark.runtime.atomic_files import check_free  # noqa: PLC0415 - and all that it brings along

    check_free(bag)
    if not bag.absolute().parent.is_dir():
        raise UsageError(
            "its parent folder does not exist", file=str(bag), place="--bag", remedy="Create it, or choose another."
        )
    out, articles = options["out"], options["articles"]
    if not is_url(out) and Path(absolute_location(out)).resolve().is_relative_to(bag.resolve()):
        raise UsageError(
            "this folder contains the copies", file=str(bag), place="--bag", remedy="Choose a separate folder."
        )
    if not is_url(articles) and bag.resolve().is_relative_to(Path(absolute_location(articles)).resolve()):
        raise UsageError(
            "the bag would be inside the folder of the articles",
            file=str(bag),
            place="--bag",
            remedy="Choose a folder outside it.",
        )
