"""Hooks for pre-commit, run as `python -m watermark.hook STEP`: check or mark the PDFs of a commit."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from watermark.audit.auditor import AuditRequest
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.formats import item_of, written
from watermark.audit.retraction_index.index import index_of
from watermark.audit.runner import audit_files
from watermark.cli.in_worker_process import isolated
from watermark.cli.output import show_error
from watermark.cli.seal_options import seal_from_options, seal_parameters, seal_policy
from watermark.errors import WatermarkError
from watermark.runtime.clock import time_of_marking
from watermark.runtime.text_safety import printable_lines

if TYPE_CHECKING:
    from watermark.stamping.seal import SealOptions

OK, FOUND = 0, 1
ABOUT_OUR_MARKS = frozenset({Classification.DAMAGED, Classification.NOT_CHECKED})


def retracted_are_marked(requests: Sequence[AuditRequest]) -> list[str]:
    """Return a line for each PDF that is not marked as the lists require, with the command that fixes it."""
    return [_line(one) for one in audit_files(requests) if one.needs_attention]


def marked_are_intact(requests: Sequence[AuditRequest]) -> list[str]:
    """Return a line for each marked copy that fails verification. PDFs that this tool did not mark are skipped."""
    return [_line(one) for one in audit_files(requests) if one.kind in ABOUT_OUR_MARKS]


def mark_retracted(requests: Sequence[AuditRequest], seal: "SealOptions | None" = None) -> list[str]:
    """Mark each unmarked PDF that is listed, in place, and return a line for each, so that the change is reviewed.

    `seal` says how the copies are signed. A file that could not be checked has a line, too. The time of marking is
    SOURCE_DATE_EPOCH, or now.
    """
    return [
        _marked(request, result, seal) if result.kind is Classification.UNMARKED else _line(result)
        for request, result in zip(requests, audit_files(requests), strict=True)
        if result.kind in {Classification.UNMARKED, Classification.NOT_CHECKED}
    ]


def _marked(request: AuditRequest, result: AuditResult, seal: "SealOptions | None") -> str:
    from watermark.audit.in_place_marking import mark_in_place  # noqa: PLC0415 - most commits mark nothing

    return mark_in_place(request.path, result, request.lists, time_of_marking(), seal)


CHECKS: dict[str, Callable[[Sequence[AuditRequest]], list[str]]] = {
    "retracted-are-marked": retracted_are_marked,
    "marked-are-intact": marked_are_intact,
}
MARKING = "mark-retracted"
STEPS = (*CHECKS, MARKING)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one step on the files that pre-commit passes. Return 1 if there is anything to report, else 0."""
    parser = argparse.ArgumentParser(prog="watermark.hook", description=__doc__)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--retractions", action="append", default=[], type=Path, metavar="LIST")
    parser.add_argument("files", nargs="*", type=Path)
    _add_seal(parser)
    arguments = parser.parse_intermixed_args(argv)
    if arguments.step != "marked-are-intact" and not arguments.retractions:
        parser.error("a list of retractions is required; in .pre-commit-config.yaml: args: [--retractions=LIST]")
    if arguments.seal and arguments.step != MARKING:
        parser.error(f"--seal is only used with {MARKING}")
    try:
        lists = tuple(isolated(index_of, path, [path]) for path in arguments.retractions)
        seal, policy = seal_from_options(vars(arguments)), seal_policy({}, quiet=True)
        requests = [AuditRequest(path=path, lists=lists, seal=policy) for path in arguments.files]
        lines = mark_retracted(requests, seal) if arguments.step == MARKING else CHECKS[arguments.step](requests)
    except WatermarkError as error:
        return show_error(error)
    sys.stdout.write(printable_lines("".join(f"{line}\n" for line in lines)))
    return FOUND if lines else OK


def _add_seal(parser: argparse.ArgumentParser) -> None:
    """Add the options of a seal, as `watermark mark-retracted` has them."""
    for option in seal_parameters():
        name = option.opts[0]
        if option.is_flag:
            parser.add_argument(name, action="store_true", help=option.help)
        else:
            choices = list(option.type.choices) if isinstance(option.type, click.Choice) else None
            parser.add_argument(name, default="", choices=choices, help=option.help, metavar=option.metavar)


def _line(one: AuditResult) -> str:
    return written("text", [item_of(one)]).removesuffix("\n")
