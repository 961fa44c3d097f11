"""What people read: outcomes, reports, plans and errors as plain lines; and the same values as JSON."""

import difflib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from watermark.cli import COMMANDS, printable
from watermark.cli.numbers import range_in_words
from watermark.cli.terminal import coloured, wrapped
from watermark.errors import WatermarkError
from watermark.models import (
    OTHER_WORD,
    PAGES_TO_CHECK,
    Finding,
    Outcome,
    Result,
    Status,
    VerificationReport,
    plain,
    plural,
)

if TYPE_CHECKING:
    from watermark.audit.judges import Judgement

SIGNS = {Status.OK: "pass", Status.NOT_CHECKED: "NOT CHECKED", Status.FAILED: "FAIL"}
MAX_FINDINGS = 8
_UNKNOWN_COMMAND = re.compile("no such command '([^']*)'")
_SURROGATE = re.compile("[\ud800-\udfff]")
OPTIONS: Mapping[str, str] = {
    "allow_signed": "--allow-signed",
    "at": "--at TIME",
    "colour": "--colour COLOUR",
    "doi": "--doi DOI",
    "edge": "--edge EDGE",
    "edge_text": "--edge-text TEXT, or --no-edge-line",
    "font": "--font FILE",
    "force_match": '--force-match "YOUR REASON"',
    "judges": "--judges NAMES",
    "linearize": "--rebuild, or without --linearize",
    "notice_page": "--notice-page back, or --notice-page none",
    "seal_password": "--seal-password-file FILE",
    "over_existing_mark": '--over-existing-mark "YOUR REASON"',
    "overwrite": "--overwrite",
    "page_number": "--page NUMBER",
    "pages": "--pages FIRST-LAST",
    "password": "--password-file FILE",
    "port": "--port NUMBER",
    "printed_pages": "--printed-pages FIRST-LAST",
    "profile": "--profile NAME",
    "rebuild": "--rebuild",
    "retractions": "--retractions LIST",
    "state": "--state, such as --state retraction",
    "step": "--to NUMBER",
    "to_pdfa": "without --to-pdfa",
    "update_bag": "--update-bag",
    "with_before": "without --before",
}
"""The options of the command line for the argument that a remedy is about. The library itself names no options."""


ALIKE = 0.7
"""From 0 to 1: how much an option has to be like the one that was written, to be named instead of it."""
PLAIN_REASONS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r" is not in the range .*", " is out of range"),
        (r"^'([^']*)' is not one of .*", r"“\1” is not a valid value"),
        (r"^'([^']*)' is not", r"“\1” is not"),
        (r"^missing (?:argument|option|parameter) '(?:-\w' / ')?(.*)'$", r"\1 is missing"),
        (r"^option '(.*)' requires an argument$", r"\1 needs a value"),
        (r"^got unexpected extra arguments? \((.*)\)$", r"there are too many arguments: \1"),
        (r"^no such command '([^']*)'.*", r"there is no command “\1”"),
    )
)
"""What click's messages become, for readers who do not know Python."""


def error_line(reason: str, remedy: str, *, place: str = "", argument: str = "") -> str:
    """Return an error as people read it: where, what is wrong, and what to do about it."""
    todo = remedy_with_option(remedy, argument)
    where = f"{place}: " if place else ""
    line = f"watermark: {where}{reason.removesuffix('.')}."
    return printable(f"{line} What to do: {todo}" if todo else line)


def remedy_with_option(remedy: str, argument: str) -> str:
    """Return a remedy of the library, with the option of the command line that carries out its last sentence."""
    option = OPTIONS.get(argument, "")
    return f"{remedy.removesuffix('.')} ({option})." if option else remedy


def show_error(error: WatermarkError, file: PurePath | None = None) -> int:
    """Print an error to standard error and return its exit status; it is about `file` where it names none itself."""
    error.file = error.file or str(file or "")
    place = ": ".join(part for part in (error.file, error.place) if part)
    line = error_line(error.reason, error.remedy, place=place, argument=error.argument)
    click.echo(wrapped(line, to_stderr=True), err=True)
    return error.exit_status


def show_terminated(error: WatermarkError, *, as_json: bool) -> int:
    """Print that the worker of an article was ended, and return the exit status."""
    if as_json:
        failed = Outcome(
            article=error.file,
            result=Result.FAILED,
            exit_status=error.exit_status,
            reason=error.reason,
            remedy=error.remedy,
        )
        click.echo(as_data(failed))
    else:
        show_error(error)
    return error.exit_status


def show_click_error(error: click.ClickException, command: str = "watermark") -> None:
    """Print an error of the command line's parser in the same form as all others; `command` is what was run."""
    place, reason = "", error.format_message()
    if isinstance(error, click.BadParameter) and not isinstance(error, click.MissingParameter) and error.param:
        place, reason = error.param.opts[-1], error.message
    context = getattr(error, "ctx", None)
    see = f"See `{context.command_path if context else command} --help`."
    if isinstance(error, click.MissingParameter) and isinstance(error.param, click.Option) and context is not None:
        reason = f"{error.param.opts[-1]} is missing"
        see = f"Add {error.param.opts[-1]} {error.param.make_metavar(context)}. {see}"
    reason = f"{reason[:1].lower()}{reason[1:]}".removesuffix(".")
    if unknown := _UNKNOWN_COMMAND.match(reason):
        group = context.command if context is not None else None
        known = list(group.commands) if isinstance(group, click.Group) and group.commands else COMMANDS
        alike = difflib.get_close_matches(unknown.group(1), known)
        see = f"Did you mean {' or '.join(alike)}? {see}" if alike else see
    if isinstance(error, click.NoSuchOption):
        reason = f"there is no option {error.option_name}"
        alike = difflib.get_close_matches(error.option_name, error.possibilities or (), cutoff=ALIKE)
        see = f"Did you mean {' or '.join(sorted(alike))}? {see}" if alike else see
    for pattern, replacement in PLAIN_REASONS:
        reason = pattern.sub(replacement, reason)
    remedy = _allowed(error) or see
    click.echo(error_line(reason, remedy, place=place), err=True)


def _allowed(error: click.ClickException) -> str:
    """Return which values are allowed, if the error is about a number in a range or a choice; else ""."""
    kind = error.param.type if isinstance(error, click.BadParameter) and error.param else None
    if isinstance(kind, click.Choice) and not isinstance(error, click.MissingParameter):
        return f"Use one of: {', '.join(map(str, kind.choices))}."
    if not isinstance(kind, click.IntRange | click.FloatRange):
        return ""
    number = "whole number" if isinstance(kind, click.IntRange) else "number"
    return f"Use a {number} {range_in_words(kind)}.".replace(" at least", " of at least")


def show_outcome(outcome: Outcome, *, as_json: bool, quiet: bool, verbose: bool = False) -> None:
    """Print one outcome: JSON, or one line and a verdict; failures go to standard error."""
    if as_json:
        click.echo(as_data(outcome))
        return
    if outcome.exit_status:
        line = error_line(outcome.reason, outcome.remedy, place=outcome.article, argument=outcome.argument)
        click.echo(wrapped(line, to_stderr=True), err=True)
    elif not quiet:
        if outcome.result is Result.MARKED:
            click.echo(printable(f"{outcome.article} -> {outcome.copy} ({_size_of_marking(outcome)})"))
            if outcome.sidecar:
                click.echo(printable(f"machine-readable record saved next to it: {outcome.sidecar}"))
            for doubt in (one for one in outcome.decisions if one.name == PAGES_TO_CHECK):
                click.echo(printable(f"{doubt.name}: {doubt.value}, because {doubt.reason}"))
            for note in outcome.notes[:MAX_FINDINGS] if verbose else ():
                click.echo(printable(f"note: {note}"))
        else:
            click.echo(printable(f"{outcome.article}: {outcome.reason}"))
    if outcome.report is not None and not quiet:
        show_report(outcome.report, verbose=verbose)


def _size_of_marking(outcome: Outcome) -> str:
    receipt = outcome.receipt
    pages = ""
    if receipt is not None:
        part = f"{receipt.pages.in_words} of " if receipt.pages else ""
        pages = f"{part}{plural(receipt.page_count, 'page')}; "
    if receipt is not None and receipt.rebuilt_size_bytes:
        return f"{pages}{receipt.rewriting}; the original is embedded unchanged, and `watermark restore` extracts it"
    return f"{pages}{outcome.appended_bytes:,} bytes added; the original is unchanged inside the copy"


def show_report(report: VerificationReport, *, verbose: bool = False) -> None:
    """Print a line for each claim that does not hold, or with `verbose` for every claim; then the verdict."""
    for claim in report.claims:
        of_claim = [finding for finding in report.findings if finding.claim is claim]
        worst = report.status_of(claim)
        shown = [finding for finding in of_claim if finding.status is worst]
        if worst is Status.OK and not verbose:
            shown = [finding for finding in shown if finding.code == OTHER_WORD]
            if not shown:
                continue
        sentence = _sentence(shown[0]) if shown else "the check did not run"
        _show_row(claim.value, worst, sentence)
        for finding in shown[1:MAX_FINDINGS]:
            click.echo(wrapped(f"{'':29}{_sentence(finding)}", indent=29))
        if len(shown) > MAX_FINDINGS:
            click.echo(f"{'':29}and {len(shown) - MAX_FINDINGS} more")
    click.echo(wrapped(f"verdict: {verdict_of(report)}").replace("verdict", coloured("verdict", report.status), 1))


def _show_row(name: str, status: Status, sentence: str) -> None:
    """Print a line of a table: what was checked, how that went, and a sentence; only its sign has a colour."""
    sign = f"{SIGNS[status]:<13}"
    line = wrapped(f"  {name:<14}{sign}{sentence}", indent=29)
    click.echo(line.replace(sign.rstrip(), coloured(sign.rstrip(), status), 1))


def show_judgements(judgements: "Iterable[Judgement]") -> None:
    """Print a line for each program of other people that was asked about a copy."""
    for one in judgements:
        _show_row(one.judge, one.status, printable(one.message))


def verdict_of(report: VerificationReport) -> str:
    """Return the verdict of a report as one sentence."""
    if report.status is Status.FAILED:
        return "FAILED verification"
    if report.passed:
        word = f" with “{plain(report.mark_text, 60)}”" if report.mark_text else ""
        return printable(f"verified: marked{word} on {report.where}, and nothing else changed")
    missing = ", ".join(claim.value for claim in report.claims if report.status_of(claim) is Status.NOT_CHECKED)
    return f"no problems found, but not everything was checked: {missing}"


def show_plan(outcome: Outcome, *, as_json: bool) -> None:
    """Print what would be done: each decision with its reason, and the clause of the standard behind it."""
    if as_json or outcome.exit_status:
        show_outcome(outcome, as_json=as_json, quiet=False)
        return
    click.echo(printable(f"Dry run for {outcome.article} (nothing written):"))
    for decision in outcome.decisions:
        clause = f" [{decision.clause}]" if decision.clause else ""
        line = printable(f"  {decision.name}: {decision.value}, because {decision.reason}{clause}")
        click.echo(wrapped(line, indent=4))


def as_data(value: object) -> str:
    """Return any of the frozen values as JSON, in the order of their fields.

    A byte of a file name that is not UTF-8 is written as an escape: no encoding of a terminal can hold it.
    """
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(_plain(value), ensure_ascii=False))


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON values have no narrower type
    if isinstance(value, VerificationReport):
        findings = [_plain(item) for item in value.findings]
        pages = {"pages": value.pages, "marked_before": list(value.marked_before)} if value.pages else {}
        status = {"ok": value.passed, "status": value.status.value, "mark_text": value.mark_text}
        return {**status, **pages, "findings": findings}
    if is_dataclass(value):
        # A key is a promise to programs: where a field was renamed, its metadata keep the key.
        # Bytes are no data for people or programs: the field is there for the plan.
        shown = (
            field
            for field in fields(value)
            if field.type != "bytes | None" and field.name != "packet" and type(getattr(value, field.name)) is not bytes
        )
        return {field.metadata.get("json", field.name): _plain(getattr(value, field.name)) for field in shown}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value) if isinstance(value, PurePath) else value


def _sentence(finding: Finding) -> str:
    where = f"page {finding.page_number}: " if finding.page_number else ""
    return printable(where + finding.message)
