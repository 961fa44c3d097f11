"""What `stamp` writes for the case file beside the copy: a certificate, a report, and a letter to the editor."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from watermark.cli import printable
from watermark.cli.common_options import with_options
from watermark.cli.output import show_error
from watermark.errors import UsageError, WatermarkError, only_watermark_errors, worst_status
from watermark.models import Outcome, Result
from watermark.runtime.atomic_files import require_free, save
from watermark.runtime.input_files import require_not_a_pdf

if TYPE_CHECKING:
    from watermark.stamping.plan import StampRequest

PAPERS_GROUP = ("certificate", "report", "letter")
CERTIFICATE_HELP = "Save a certificate next to the copy, as COPY.certificate.pdf: a page or two for the case file."
paper_options = with_options(
    click.option("--certificate", is_flag=True, help=CERTIFICATE_HELP),
    click.option(
        "--report",
        type=click.Path(path_type=Path, readable=False),
        metavar="FILE",
        help="Save an HTML report on the article, even if it is refused.",
    ),
    click.option(
        "--letter",
        type=click.Path(path_type=Path, readable=False),
        metavar="FILE",
        help="Save the text of an e-mail to the editor: what was done, and what to do next.",
    ),
)
"""The options for the case file."""


def require_papers_possible(options: dict[str, Any], *, articles: int, to_standard_output: bool) -> None:
    """Raise UsageError if an option for the case file does not go with the other options."""
    for name in PAPERS_GROUP:
        if not options[name]:
            continue
        if to_standard_output:
            raise UsageError(
                "the copy goes to standard output, so it has no files next to it",
                place=f"--{name}",
                remedy="Use -o with the path of a file.",
            )
        if options["dry_run"]:
            raise UsageError("a dry run writes nothing", place=f"--{name}", remedy="Leave out --dry-run.")
        if articles > 1 and name != "certificate":
            raise UsageError(
                "it is about one article", place=f"--{name}", remedy="Mark one article at a time, or use a batch."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """The files to write, by the names of their options."""

    files: dict[str, Path]
    request: "StampRequest"
    overwrite: bool

    def write(self, outcome: Outcome, *, quiet: bool) -> int:
        """Write what there is to write, and return the exit status. An error is printed; the copy stays."""
        status = 0
        for name, path in self._wanted(outcome):
            try:
                with only_watermark_errors(path):
                    self._write(name, path, outcome)
                if not quiet:
                    click.echo(printable(f"{name}: {path}"))
            except WatermarkError as error:
                status = worst_status(status, show_error(error, path))
        return status

    def _wanted(self, outcome: Outcome) -> Iterator[tuple[str, Path]]:
        """Yield the files; there is no certificate for an article that was not marked.

        That of an article which was marked before, and is not saved again, is beside the article.
        """
        is_marked = outcome.result in {Result.MARKED, Result.ALREADY_MARKED} and not outcome.exit_status
        for name, path in self.files.items():
            if name != "certificate":
                yield name, path
            elif is_marked:
                yield name, path if outcome.copy else _certificate_path(self.request.article)

    def _write(self, name: str, path: Path, outcome: Outcome) -> None:
        inputs = (*self.request.protected, *([Path(outcome.copy)] if outcome.copy else []))
        if name == "certificate":
            self._write_certificate(path, outcome, inputs)
        elif name == "report":
            from watermark.batch.reports.single import write_single_report  # noqa: PLC0415 - few stampings need it

            write_single_report(outcome, self.request, path, overwrite=self.overwrite)
        else:
            from watermark.stamping.certificate.letter import letter_about  # noqa: PLC0415 - see above

            copy_name = Path(outcome.copy).name if outcome.copy else ""
            certificate = self.files["certificate"].name if "certificate" in self.files else ""
            text = letter_about(outcome, self.request.notice.notice, copy_name=copy_name, certificate_name=certificate)
            save(path, text.encode("utf-8", "backslashreplace"), overwrite=self.overwrite, inputs=inputs)

    def _write_certificate(self, path: Path, outcome: Outcome, inputs: tuple[Path, ...]) -> None:
        from watermark.stamping.certificate import CertificateRequest, save_certificate  # noqa: PLC0415 - see above

        request = self.request
        copy = Path(outcome.copy) if outcome.copy else request.article
        wanted = CertificateRequest(
            copy=copy,
            at=request.marked_at,
            report=outcome.report,
            notice=request.notice,
            letterhead=request.letterhead,
            font=request.font,
            password=request.password,
        )
        save_certificate(wanted, path, overwrite=self.overwrite, inputs=inputs)


def papers_from(options: dict[str, Any], destination: Path, request: "StampRequest") -> Papers:
    """Return the files that the options name. Raises UsageError if one of them may not be written there."""
    files = {name: options[name] for name in PAPERS_GROUP if options[name]}
    if "certificate" in files:
        files["certificate"] = _certificate_path(destination)
    taken = {destination.absolute()}
    for name, path in files.items():
        if path.absolute() in taken:
            raise UsageError("two outputs have the same name", file=str(path), remedy="Choose another name.")
        taken.add(path.absolute())
        require_free(path, overwrite=options["overwrite"], inputs=request.protected)
        if name != "certificate":
            require_not_a_pdf(path)
    return Papers(files=files, request=request, overwrite=options["overwrite"])


def _certificate_path(pdf: Path) -> Path:
    from watermark.stamping.certificate import certificate_path  # noqa: PLC0415 - few stampings need it

    return certificate_path(pdf)
