"""The commands. Each stands in a file of its own and is imported only when it is called."""

import importlib
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from watermark._version import __version__
from watermark.errors import WatermarkError
from watermark.runtime.process_tuning import tune_one_shot_process

COMMANDS = {
    "stamp": "Mark an article, attach the notice, verify the copy, then save it.",
    "preview": "Show what a page will look like, before anything is saved.",
    "batch": "Mark every article that a manifest names, and keep a ledger of it.",
    "check": "Say of PDFs whether they are marked as a list of retractions demands.",
    "verify": "Prove a marked copy again, from the copy alone.",
    "restore": "Give the original back, byte for byte.",
    "inspect": "Say what a PDF is: identifiers, conformance, marks.",
    "notice": "Show what a retraction notice says, as data.",
    "profile": "Show the profiles: wording, language and look of the mark.",
    "report": "Write what was done to a catalogue: for people, programs, archives.",
}
INTERRUPTED = 130


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        if cmd_name not in COMMANDS:
            return None
        command = getattr(importlib.import_module(f"watermark.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="watermark")
def group() -> None:
    """Mark retracted articles without harming them.

    Exit status: 0 done, 1 found or changed, 2 usage, 3 refused, 4 failed, 5 does not verify, 6 done
    but not all could be checked, 130 interrupted.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with the documented exit status.

    Without arguments they are those of the process, which is then ours alone.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # clean up as for Ctrl-C
    if arguments is None:
        tune_one_shot_process()
    try:
        status: Any = group.main(arguments, prog_name="watermark", standalone_mode=False)
    except WatermarkError as error:
        click.echo(f"watermark: {printable(str(error))}", err=True)
        status = error.exit_status
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("watermark: interrupted; nothing was left behind", err=True)
        status = INTERRUPTED
    sys.exit(status or 0)


def printable(text: str) -> str:
    """Return `text` without what a terminal would obey: control and direction characters become visible escapes."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)
