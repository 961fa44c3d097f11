"""`watermark verify`: prove marked copies again."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from watermark.audit.file_discovery import files_in
from watermark.audit.own_copies import is_named_in
from watermark.cli import printable
from watermark.cli.common_options import PROOF_HELP, PROOFS, password_for
from watermark.cli.output import as_data, show_verdict
from watermark.errors import NOT_ALL_CHECKED, NotVerifiedError, WatermarkError
from watermark.models import Proof, VerificationReport
from watermark.verification.verifier import verify_copy


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    original: Path | None
    password_file: Path | None
    notice: Path | None
    font: Path | None
    proof: Proof
    strict: bool
    as_json: bool
    quiet: bool


@click.command()
@click.argument("copies", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--original", type=click.Path(path_type=Path), help="The original, to compare with as well (one copy).")
@click.option("--strict", is_flag=True, help="What could not be checked counts as a failure.")
@click.option("--proof", type=PROOFS, default=Proof.FULL.value, show_default=True, help=PROOF_HELP)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path),
    help="File with the password that opens the copies. Else it is asked for at a terminal.",
)
@click.option("--update-bag", is_flag=True, help="Let the manifests of BagIt bags list the copies that verify.")
@click.option(
    "--notice",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The retraction notice, for a PDF/A copy that may not hold it and has lost its record file.",
)
@click.option(
    "--font",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The font that the mark was drawn with, if it was not the built-in one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each copy.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of copies that verify.")
def verify(  # noqa: PLR0913 - one parameter for each option
    copies: tuple[Path, ...],
    original: Path | None,
    password_file: Path | None,
    notice: Path | None,
    font: Path | None,
    *,
    proof: str,
    strict: bool,
    update_bag: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Prove COPIES again, each from itself alone: intact, marked, visible, archivable.

    Of a folder, every copy of this tool in it and below is proved; other PDFs there are passed over. The manifests of
    BagIt bags are checked, too.
    """
    if original is not None and (len(copies) > 1 or copies[0].is_dir()):
        raise click.UsageError("--original goes with one copy")
    asked = _Asked(
        original=original,
        password_file=password_file,
        notice=notice,
        font=font,
        proof=Proof(proof),
        strict=strict,
        as_json=as_json,
        quiet=quiet,
    )
    # what was named and is not there is said by the proof, so that it does not stop the others
    named = [path for path in copies if not path.is_dir()]
    files = files_in(path for path in copies if path.is_dir())
    inside = [pdf for pdf in files.pdfs if pdf not in named]
    found = [pdf for pdf in inside if is_named_in(pdf, password_for(pdf, password_file))]
    if len(found) < len(inside) and not quiet:
        click.echo(f"{len(inside) - len(found):,} of {len(inside):,} PDFs carry no mark of this tool", err=True)
    if not named and not found:
        words = "no PDF in this folder is marked by this tool"
        raise NotVerifiedError(words, file=str(copies[0]), remedy="Mark the originals with `watermark stamp`.")
    statuses = [_verified(copy, asked) for copy in (*named, *found)]
    return max([*statuses, *_bags(files.bags, asked, update=update_bag)])


def _verified(copy: Path, asked: _Asked) -> int:
    """Prove one copy and say what was found; return the exit status that it comes to."""
    try:
        password = password_for(copy, asked.password_file)
        verdict = _report_on(copy, password, asked)
    except WatermarkError as error:
        said = as_data({"copy": str(copy), "error": str(error)}) if asked.as_json else printable(f"watermark: {error}")
        click.echo(said, err=not asked.as_json)
        return error.exit_status
    status = _exit_status(verdict, asked)
    if asked.as_json:
        click.echo(as_data({"copy": str(copy), "verdict": verdict}))
    elif status or not asked.quiet:
        click.echo(printable(str(copy)))
        show_verdict(verdict)
    return status


def _report_on(copy: Path, password: str, asked: _Asked) -> VerificationReport:
    if asked.proof is not Proof.FULL:  # then nothing is written again, and no writer is loaded
        return verify_copy(copy, password=password, original=asked.original, proof=asked.proof)
    from watermark.api import verify as full_proof  # noqa: PLC0415

    return full_proof(copy, original=asked.original, password=password, notice=asked.notice, font=asked.font)


def _bags(bags: tuple[Path, ...], asked: _Asked, *, update: bool) -> Iterator[int]:
    """Check the bags, say what was found of each, and yield the exit status that it comes to."""
    if not bags:
        return
    from watermark.audit.bagit import check_bag  # noqa: PLC0415 - few folders are bags
    from watermark.audit.formats import item_of, written  # noqa: PLC0415
    from watermark.audit.own_copies import original_bytes_of  # noqa: PLC0415

    for path in bags:
        bag = check_bag(path, lambda pdf: original_bytes_of(pdf, password_for(pdf, asked.password_file)), update=update)
        if asked.as_json or bag.needs_attention or not asked.quiet:
            text = written("json" if asked.as_json else "text", [item_of(bag)])
            click.echo(text if asked.as_json else printable(text), nl=False)
        yield NotVerifiedError.exit_status if bag.needs_attention else 0


def _exit_status(report: VerificationReport, asked: _Asked) -> int:
    if report.failures or (asked.strict and not report.passed):
        return NotVerifiedError.exit_status
    return NOT_ALL_CHECKED if report.unchecked(asked.proof) else 0
