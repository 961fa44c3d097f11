"""The commands, one module each. A module is imported only when its command is called."""

import importlib
import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NoReturn

import click

from watermark._version import __version__
from watermark.cli.error_handling import status_of
from watermark.runtime.memory_limit import limit_memory
from watermark.runtime.process_tuning import tune_one_shot_process
from watermark.runtime.system import interrupt_when_terminated
from watermark.runtime.text_safety import one_line

COMMANDS = {
    "stamp": "Mark one article, attach the notice, verify the copy, then save it.",
    "preview": "Show what a marked page will look like, without saving a copy.",
    "desk": "Mark articles on a page in your browser, served on this machine only.",
    "batch": "Mark every article in a list, and record each result in a ledger.",
    "check": "Check that every PDF on a retraction list is marked, and no other.",
    "mark-retracted": "Mark the PDFs that a retraction list names, in place.",
    "verify": "Re-verify marked copies; the original is not needed.",
    "restore": "Restore the original from a marked copy, byte for byte.",
    "inspect": "Show what a PDF is: identifiers, conformance, marks.",
    "notice": "Show what a retraction notice says, or convert it.",
    "profile": "List and show profiles: wording, language and look of the mark.",
    "report": "Export a batch run as HTML, CSV, JSON Lines, PREMIS or a BagIt bag.",
}
NO_WORK = (["--help"], ["-h"], ["--version"])
"""The first argument, or the first of a command, for which no file is read: no worker is needed."""
OF_ONE_DOCUMENT = frozenset({"preview", "restore", "notice"})
MIN_SECONDS = 0.01
MAX_MEMORY_BYTES = 1 << 30
"""A command whose workers read the files needs a tenth of it, even with a list of seventy thousand retractions."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        command = getattr(importlib.import_module(f"watermark.cli.{name}"), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="watermark")
def group() -> None:
    """Stamp retracted articles and verify that nothing else changed.

    Exit status: 0 done, 1 check found problems, 2 usage error, 3 refused, 4 failed, 5 failed verification,
    6 done but some checks did not run, 130 interrupted, 141 output closed.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with the documented exit status.

    Without `arguments`, those of the process are used, and the process is tuned for a single command.
    """
    interrupt_when_terminated()
    if arguments is None:
        tune_one_shot_process()
        sys.exit(status_of(lambda: _run_isolated(sys.argv[1:])))
    sys.exit(status_of(lambda: _run(arguments)))


def _run_isolated(arguments: Sequence[str]) -> int:
    """Return the exit status of a command; one that reads a single document does all of its work in a worker."""
    if arguments[:1] in NO_WORK or arguments[1:2] in NO_WORK:
        return _run(arguments)
    from pathlib import Path  # noqa: PLC0415 - the help waits for none of it

    from watermark.cli.elapsed_bar import show_bar  # noqa: PLC0415
    from watermark.cli.in_worker_process import isolated, turn_on  # noqa: PLC0415
    from watermark.runtime.isolation import WorkerTerminatedError  # noqa: PLC0415

    turn_on()
    show_bar(arguments)
    if not arguments or arguments[0] not in OF_ONE_DOCUMENT:
        limit_memory(MAX_MEMORY_BYTES)  # of this process: workers set limits of their own
        return _run(arguments)
    named = [Path(argument.rpartition("=")[2]) for argument in arguments[1:]]
    try:
        return isolated(_run, list(arguments), named, seconds=_timeout(arguments), outputs=named)
    except WorkerTerminatedError as error:
        error.file = next((argument for argument in arguments[1:] if Path(argument).is_file()), "")
        raise


def _timeout(arguments: Sequence[str]) -> float | None:
    """Return the seconds that --timeout gives, or None if they are missing or invalid, which the parser reports."""
    values = [value for option, value in pairwise(arguments) if option == "--timeout"]
    values += [argument.partition("=")[2] for argument in arguments if argument.startswith("--timeout=")]
    try:
        seconds = float(values[-1]) if values else 0.0
    except ValueError:
        return None
    return max(seconds, MIN_SECONDS) if seconds > 0 else None


def _run(arguments: Sequence[str]) -> int:
    """Return the exit status of a command, run in this process; errors of its arguments are shown."""
    status: Any
    try:
        status = group.main(list(arguments), prog_name="watermark", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        status = error.exit_code
    except click.ClickException as error:
        from watermark.cli.output import show_click_error  # noqa: PLC0415 - most commands succeed

        show_click_error(error, " ".join(["watermark", *(name for name in arguments[:1] if name in COMMANDS)]))
        status = error.exit_code
    except SystemExit as ended:  # click's way to end when standard output is closed
        raise BrokenPipeError from ended
    return int(status or 0)


def printable(text: str) -> str:
    """Return `text` as one line, with control and direction characters as visible escapes: no terminal obeys them."""
    return one_line(text)
