"""What people read: outcomes, verdicts and plans in plain lines; and the same as JSON."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

import click

from watermark.cli import printable
from watermark.models import Finding, Outcome, Result, Status, VerificationReport

SIGNS = {Status.OK: "yes", Status.NOT_CHECKED: "NOT CHECKED", Status.FAILED: "NO"}
MAX_FINDINGS = 8


def show_outcome(outcome: Outcome, *, as_json: bool, quiet: bool) -> None:
    """Print one outcome: JSON to standard output, or lines for people, failures to standard error."""
    if as_json:
        click.echo(as_data(outcome))
        return
    if outcome.exit_status:
        click.echo(printable(f"watermark: {outcome.article}: {outcome.reason}. {outcome.remedy}"), err=True)
    elif not quiet:
        if outcome.result is Result.MARKED:
            click.echo(printable(f"{outcome.article} -> {outcome.copy}"))
            if outcome.sidecar:
                click.echo(printable(f"record laid beside it: {outcome.sidecar}"))
            click.echo(_where_the_original_is(outcome))
            for note in outcome.notes[:MAX_FINDINGS]:
                click.echo(printable(f"note: {note}"))
        else:
            click.echo(printable(f"{outcome.article}: {outcome.reason}"))
    if outcome.report is not None and not quiet:
        show_verdict(outcome.report)


def _where_the_original_is(outcome: Outcome) -> str:
    if outcome.receipt is not None and outcome.receipt.rebuilt_size_bytes:
        return "written anew; the original is carried inside, byte for byte, and `watermark restore` takes it out"
    return f"{outcome.appended_bytes:,} bytes appended; the original's bytes are the first part of the copy"


def show_verdict(verdict: VerificationReport) -> None:
    """Print one line for each claim, the findings that are not well in full, and the verdict."""
    for claim in verdict.claims:
        of_claim = [finding for finding in verdict.findings if finding.claim is claim]
        worst = verdict.status_of(claim)
        shown = [finding for finding in of_claim if finding.status is worst]
        click.echo(f"  {claim.value:<14}{SIGNS[worst]:<13}{_sentence(shown[0]) if shown else 'the check did not run'}")
        for finding in shown[1:MAX_FINDINGS]:
            click.echo(f"{'':29}{_sentence(finding)}")
        if len(shown) > MAX_FINDINGS:
            click.echo(f"{'':29}and {len(shown) - MAX_FINDINGS} more")
    click.echo(f"verdict: {_verdict_words(verdict)}")


def show_plan(outcome: Outcome, *, as_json: bool) -> None:
    """Print what would be done, each decision with its reason and its clause."""
    if as_json:
        click.echo(as_data(outcome))
    elif outcome.exit_status:
        click.echo(printable(f"watermark: {outcome.article}: {outcome.reason}. {outcome.remedy}"), err=True)
    else:
        click.echo(printable(f"{outcome.article}: nothing was written; this is the plan"))
        for decision in outcome.decisions:
            clause = f" [{decision.clause}]" if decision.clause else ""
            click.echo(printable(f"  {decision.name}: {decision.value}, because {decision.reason}{clause}"))


def as_data(value: object) -> str:
    """Return any of the frozen values as JSON, in the order of their fields."""
    return json.dumps(_plain(value), ensure_ascii=False)


def _plain(value: object) -> Any:  # noqa: ANN401 - JSON values have no narrower type
    if isinstance(value, VerificationReport):
        return {"ok": value.passed, "status": value.status.value, "findings": [_plain(item) for item in value.findings]}
    if is_dataclass(value):
        # A key is a promise to programs: where a field was renamed, its metadata keep the key.
        # Bytes are no data for people or programs: the field is there for the plan.
        shown = (field for field in fields(value) if field.type != "bytes | None" and field.name != "packet")
        return {field.metadata.get("json", field.name): _plain(getattr(value, field.name)) for field in shown}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value


def _sentence(finding: Finding) -> str:
    where = f"page {finding.page_number}: " if finding.page_number else ""
    return printable(where + finding.message)


def _verdict_words(verdict: VerificationReport) -> str:
    if verdict.status is Status.FAILED:
        return "does NOT verify"
    if verdict.passed:
        return "verified: marked on every page, and intact"
    missing = ", ".join(claim.value for claim in verdict.claims if verdict.status_of(claim) is Status.NOT_CHECKED)
    return f"nothing is wrong, but not all could be checked: {missing}"
