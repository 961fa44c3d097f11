"""`watermark verify`: marked copies, verified again."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermark.audit.file_discovery import files_in
from watermark.audit.judges import JUDGES, Judgement, judged, require_judges
from watermark.audit.own_copies import is_named_in
from watermark.cli import printable
from watermark.cli.case_file import CERTIFICATE_HELP
from watermark.cli.common_options import (
    PROOF_HELP,
    PROOFS,
    jobs_option,
    password_for,
    password_option,
    require_file,
    time_of_marking,
)
from watermark.cli.elapsed_bar import each
from watermark.cli.in_worker_process import isolated
from watermark.cli.output import as_data, show_error, show_judgements, show_report
from watermark.cli.seal_options import seal_policy, trust_options
from watermark.cli.terminal import wrapped
from watermark.errors import (
    NOT_ALL_CHECKED,
    FailedError,
    NotVerifiedError,
    WatermarkError,
    only_watermark_errors,
    worst_status,
)
from watermark.models import Claim, Proof, Status, VerificationReport, plural
from watermark.runtime.isolation import WorkerTerminatedError
from watermark.runtime.system import usable_cores
from watermark.runtime.text_safety import printable_lines

if TYPE_CHECKING:  # a copy that verifies needs none of it
    from watermark.audit.rewritten_copies import RewrittenCopy
    from watermark.verification.seal import SealPolicy


_RESULTS = {0: "passed", NOT_ALL_CHECKED: "not fully checked"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    original: Path | None
    password_file: Path | None
    notice: Path | None
    font: Path | None
    seal: "SealPolicy"
    proof: Proof
    jobs: int
    strict: bool
    as_json: bool
    verbose: bool
    quiet: bool
    certificate: bool = False
    overwrite: bool = False
    at: datetime | None = None
    judges: tuple[str, ...] = ()
    judgements: "tuple[Judgement, ...]" = ()


@click.command()
@click.argument("copies", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))
@click.option(
    "--original",
    metavar="FILE",
    type=click.Path(path_type=Path, readable=False),
    help="Original to compare with (only with one copy).",
)
@click.option("--strict", is_flag=True, help="Treat checks that did not run as failures.")
@click.option("--proof", type=PROOFS, default=Proof.FULL.value, show_default=True, help=PROOF_HELP)
@jobs_option
@password_option("the copies")
@click.option("--update-bag", is_flag=True, help="Update the manifests of BagIt bags for copies that pass.")
@click.option(
    "--notice",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Retraction notice: needed only for a PDF/A copy that cannot contain it and whose record file is missing.",
)
@click.option(
    "--font",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Font of the mark, if it is not the built-in one.",
)
@trust_options
@click.option(
    "--judges",
    metavar="NAMES",
    help=f"Have other programs check that nothing of the original was lost: {', '.join(JUDGES)}. "
    "Separate the names with commas.",
)
@click.option("--certificate", is_flag=True, help=CERTIFICATE_HELP)
@click.option("--at", metavar="TIME", help="Time in the certificate, in ISO 8601. [default: SOURCE_DATE_EPOCH, or now]")
@click.option("--overwrite", is_flag=True, help="Overwrite an existing certificate.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each copy.")
@click.option("-v", "--verbose", is_flag=True, help="Print the findings for every claim, including those that hold.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing for copies that pass.")
def verify(copies: tuple[Path, ...], original: Path | None, **given: Any) -> int:  # noqa: ANN401 - click's options
    """Verify that COPIES are intact, visibly marked and archivable. The originals are not needed.

    In a folder and its subfolders, every copy that this tool marked is verified; other PDFs are skipped. The manifests
    of BagIt bags are checked as well.
    """
    if original is not None and (len(copies) > 1 or copies[0].is_dir()):
        raise click.UsageError("--original can only be used with one copy")
    options = _options_from(original, given)
    # A named file that does not exist is reported when it is verified, so that it does not stop the others.
    named = [path for path in copies if not path.is_dir()]
    files = files_in(path for path in copies if path.is_dir())
    inside = [pdf for pdf in files.pdfs if pdf not in named]
    found = [pdf for pdf in each(inside, len(inside)) if _may_be_copy(pdf, options.password_file)]
    if len(found) < len(inside) and not options.quiet:
        skipped = plural(len(inside) - len(found), "PDF")
        click.echo(f"skipped {skipped} that this tool did not mark", err=True)
    if not named and not found:
        reason = "the folder contains no PDF that this tool marked"
        raise NotVerifiedError(reason, file=str(copies[0]), remedy="Mark the originals with `watermark stamp`.")
    chosen = [*named, *found]
    statuses = [_verified(copy, options) for copy in each(chosen, len(chosen) if len(chosen) > 1 else 0)]
    if len(statuses) > 1 and not (options.as_json or options.quiet):
        counts = Counter(_RESULTS.get(status, "failed") for status in statuses)
        total = ", ".join(f"{counts[name]:,} {name}" for name in (*_RESULTS.values(), "failed") if counts[name])
        click.echo(f"{plural(len(statuses), 'copy')}: {total}")
    return worst_status(*statuses, *_bags(files.bags, options, update=given["update_bag"]))


def _options_from(original: Path | None, given: dict[str, Any]) -> _Options:
    """Return the options as they are used. Raises UsageError for a judge that is not there, or a file."""
    for file in filter(None, (original, given["font"])):
        require_file(file)
    return _Options(
        original=original,
        password_file=given["password_file"],
        notice=given["notice"],
        font=given["font"],
        seal=seal_policy(given, quiet=given["quiet"] or given["as_json"]),
        proof=Proof(given["proof"]),
        jobs=given["jobs"] or usable_cores(),
        strict=given["strict"],
        as_json=given["as_json"],
        verbose=given["verbose"],
        quiet=given["quiet"],
        certificate=given["certificate"],
        overwrite=given["overwrite"],
        at=time_of_marking(given["at"]) if given["certificate"] else None,
        judges=require_judges(given["judges"]) if given["judges"] is not None else (),
    )


def _verified(copy: Path, options: _Options) -> int:
    """Verify one copy, print the result, and return its exit status."""
    if options.judges:
        options = replace(options, judgements=_judged(copy, options))
    try:
        return isolated(_prove, (copy, options), [copy, *([options.original] if options.original else [])])
    except WatermarkError as error:
        error.file = error.file or str(copy)
        if options.as_json:
            click.echo(as_data({"copy": str(copy), "error": str(error)}))
        else:
            show_error(error)
        return error.exit_status


def _judged(copy: Path, options: _Options) -> "tuple[Judgement, ...]":
    """Return what other programs make of a copy beside its original, which the copy contains.

    They have their own limit of time, so they do not run in the worker, which has one for the file.
    """
    with tempfile.TemporaryDirectory(prefix="watermark-") as folder:
        original = Path(folder) / "original.pdf"
        try:
            claims_level = isolated(_restore, (copy, original, options.password_file), [copy])
        except WatermarkError as error:
            message = f"the original cannot be taken out of the copy: {error.reason}"
            return tuple(Judgement(judge=name, status=Status.NOT_CHECKED, message=message) for name in options.judges)
        return judged(options.judges, original, copy, claims_level=claims_level)


def _restore(given: tuple[Path, Path, Path | None]) -> bool:
    """Write the original of a copy, and return whether it claims an archival level."""
    from watermark.article.inspection import claims_at  # noqa: PLC0415 - only the worker needs it
    from watermark.stamping.restore import restore_original  # noqa: PLC0415

    copy, original, password_file = given
    password = password_for(copy, password_file)
    restore_original(copy, original, password=password)
    claims = claims_at(original, password=password)
    return bool(claims.pdfa_part or claims.pdfua_part)


def _may_be_copy(pdf: Path, password_file: Path | None) -> bool:
    """Return whether a PDF is a copy of this tool; also if that cannot be found out: verifying it then says why."""
    try:
        return isolated(_is_copy, (pdf, password_file), [pdf])
    except WorkerTerminatedError:
        return True


def _is_copy(given: tuple[Path, Path | None]) -> bool:
    pdf, password_file = given
    return is_named_in(pdf, password_for(pdf, password_file))


def _prove(given: tuple[Path, _Options]) -> int:
    """Verify one copy and print the result. Raises WatermarkError if it cannot be read."""
    copy, options = given
    password = password_for(copy, options.password_file)
    try:
        report = _report_on(copy, password, options)
    except NotVerifiedError:
        if rewritten := _rewritten(copy, password):
            return _show_rewritten(copy, rewritten, options)
        raise
    status = _exit_status(report, options)
    if report.status_of(Claim.FIXITY) is Status.FAILED and (rewritten := _rewritten(copy, password)):
        return _show_rewritten(copy, rewritten, options)
    if options.as_json:
        judgements = {"judges": options.judgements} if options.judges else {}
        click.echo(as_data({"copy": str(copy), "verdict": report, **judgements}))
    elif status or not options.quiet:
        click.echo(printable(str(copy)))
        show_report(report, verbose=options.verbose)
        show_judgements(options.judgements)
        if report.failures:
            click.echo(wrapped(f"What to do: {_advice(report)}"))
    return worst_status(status, _certified(copy, password, report, options)) if options.certificate else status


def _advice(report: VerificationReport) -> str:
    """Return what to do about a copy that fails its verification."""
    if {finding.claim for finding in report.failures} == {Claim.SEALED}:
        return "Ask for a copy with a seal that you trust, or verify this one without requiring a seal."
    return "Do not use this copy. Get it again from its source, or mark the original again."


def _certified(copy: Path, password: str, report: VerificationReport, options: _Options) -> int:
    """Write the certificate of a copy, and return the exit status. An error is printed."""
    from watermark.notice import read_notice  # noqa: PLC0415 - only a certificate needs these
    from watermark.stamping.certificate import (  # noqa: PLC0415
        CertificateRequest,
        Judge,
        certificate_path,
        save_certificate,
    )

    target, given = certificate_path(copy), filter(None, (options.original, options.notice, options.font))
    assert options.at is not None  # it has a value whenever a certificate is asked for
    try:
        with only_watermark_errors(target):
            judges = (Judge(name=one.judge, status=one.status, message=one.message) for one in options.judgements)
            request = CertificateRequest(
                copy=copy,
                at=options.at,
                report=report,
                notice=read_notice(options.notice) if options.notice else None,
                font=options.font,
                judges=tuple(judges),
                password=password,
            )
            save_certificate(request, target, overwrite=options.overwrite, inputs=given)
    except WatermarkError as error:
        return show_error(error, target)
    if not (options.quiet or options.as_json):
        click.echo(printable(f"certificate: {target}"))
    return 0


def _rewritten(copy: Path, password: str) -> "RewrittenCopy | None":
    from watermark.audit.rewritten_copies import rewritten_copy_at  # noqa: PLC0415 - few copies are

    return rewritten_copy_at(copy, password)


def _show_rewritten(copy: Path, rewritten: "RewrittenCopy", options: _Options) -> int:
    """Say that another program saved the copy again: no claim can be checked, and the original is not to blame."""
    from watermark.audit.classification import Classification  # noqa: PLC0415
    from watermark.audit.remedies import after_rewriting  # noqa: PLC0415

    reason = f"{Classification.REWRITTEN.value} {rewritten.reason}"
    if options.as_json:
        click.echo(as_data({"copy": str(copy), "error": reason, "rewritten": rewritten}))
    else:
        remedy = after_rewriting(copy, restorable=rewritten.restorable)
        lost = () if rewritten.restorable else ("  the original is no longer inside it, so it cannot be verified",)
        lines = (str(copy), f"  {reason}", *lost, f"  What to do: {remedy}", "verdict: FAILED verification")
        click.echo("\n".join(map(printable, lines)))
    return NotVerifiedError.exit_status


def _report_on(copy: Path, password: str, options: _Options) -> VerificationReport:
    from watermark.verification.verifier import verify_copy  # noqa: PLC0415 - only the worker needs it

    if options.proof is not Proof.FULL:  # the copy is not written again, so no writer is loaded
        return verify_copy(
            copy,
            password=password,
            original=options.original,
            proof=options.proof,
            font=options.font,
            seal=options.seal,
            jobs=options.jobs,
        )
    from watermark.api import verify as full_proof  # noqa: PLC0415

    return full_proof(
        copy,
        original=options.original,
        password=password,
        notice=options.notice,
        font=options.font,
        seal=options.seal,
        jobs=options.jobs,
    )


def _bags(bags: tuple[Path, ...], options: _Options, *, update: bool) -> Iterator[int]:
    """Check the bags, print the results, and yield the exit status of each."""
    if not bags:
        return
    from watermark.audit.formats import item_of, written  # noqa: PLC0415 - few folders are bags
    from watermark.cli.bags import checked_bags  # noqa: PLC0415

    for bag in checked_bags(bags, partial(password_for, file=options.password_file), update=update):
        if options.as_json or bag.needs_attention or not options.quiet:
            text = written("json" if options.as_json else "text", [item_of(bag)])
            click.echo(text if options.as_json else printable_lines(text), nl=False)
        if bag.failure:
            yield FailedError.exit_status
        else:
            yield NotVerifiedError.exit_status if bag.needs_attention else 0


def _exit_status(report: VerificationReport, options: _Options) -> int:
    judged_as = {judgement.status for judgement in options.judgements}
    is_open = Status.NOT_CHECKED in judged_as
    if report.failures or Status.FAILED in judged_as or (options.strict and (is_open or not report.passed)):
        return NotVerifiedError.exit_status
    return NOT_ALL_CHECKED if is_open or report.unchecked(options.proof) else 0
