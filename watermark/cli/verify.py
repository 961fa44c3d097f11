"""`watermark verify`: prove marked copies again."""

from pathlib import Path

import click

from watermark.checks.finding import Status, Verdict
from watermark.cli import printable
from watermark.cli.options import PROOF_HELP, PROOFS, password_for
from watermark.cli.show import as_data, show_verdict
from watermark.errors import NotVerifiedError, WatermarkError
from watermark.proof import Proof
from watermark.verify import verify_copy


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
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each copy.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of copies that verify.")
def verify(  # noqa: PLR0913 - one parameter for each option
    copies: tuple[Path, ...],
    original: Path | None,
    password_file: Path | None,
    *,
    proof: str,
    strict: bool,
    as_json: bool,
    quiet: bool,
) -> int:
    """Prove COPIES again, each from itself alone: intact, marked, visible, archivable."""
    if original is not None and len(copies) > 1:
        raise click.UsageError("--original goes with one copy")
    worst = 0
    for copy in copies:
        try:
            password = password_for(copy, password_file)
            verdict = verify_copy(copy, password=password, original=original, proof=Proof(proof))
        except WatermarkError as error:
            click.echo(
                as_data({"copy": str(copy), "error": str(error)}) if as_json else printable(f"watermark: {error}"),
                err=not as_json,
            )
            worst = max(worst, error.exit_status)
            continue
        status = _exit_status(verdict, strict=strict)
        worst = max(worst, status)
        if as_json:
            click.echo(as_data({"copy": str(copy), "verdict": verdict}))
        elif status or not quiet:
            click.echo(printable(str(copy)))
            show_verdict(verdict)
    return worst


def _exit_status(verdict: Verdict, *, strict: bool) -> int:
    if verdict.status is Status.FAILED or (strict and not verdict.ok):
        return NotVerifiedError.exit_status
    return 0
