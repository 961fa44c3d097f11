"""`watermark desk`: mark articles on a page in a browser, on this machine only."""

import webbrowser
from pathlib import Path

import click

from watermark.cli import printable
from watermark.cli.numbers import WholeNumber
from watermark.errors import UsageError, only_watermark_errors

_FORWARD = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url={address}"><title>Retraction desk</title></head><body></body></html>
"""
"""A file that leads to the address: other users of the machine see the arguments of a browser that is started."""


@click.command()
@click.option(
    "--port", type=WholeNumber(min=0, max=65535), default=0, help="Port on this machine. [default: a free one]"
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="House style to offer on the page, as a TOML file; may be given several times.",
)
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Ledger of a batch to show on the page.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder in which to save what is stamped, too, and to keep a ledger of it.",
)
@click.option("--browser/--no-browser", default=True, help="Open the page in your browser. [default: open it]")
def desk(*, port: int, profiles: tuple[Path, ...], ledger: Path | None, out: Path | None, browser: bool) -> None:
    """Open a page in your browser to mark articles: drop the PDF and the notice, check, stamp, download.

    The page is served on this machine only, and nothing leaves it, except a DOI that you look up, and what the time
    stamp of a profile's seal needs. All files are temporary, and are removed when you end the desk with Ctrl-C; only
    --out keeps them.
    """
    from watermark.batch.ledger import Ledger  # noqa: PLC0415 - `--help` must not wait for it
    from watermark.desk.save_folder import prepared_folder  # noqa: PLC0415 - see above
    from watermark.desk.server import DeskOptions, serve  # noqa: PLC0415 - see above
    from watermark.stamping.profile import read_profile  # noqa: PLC0415 - see above

    named: dict[str, Path] = {}
    for path in profiles:
        read_profile(str(path))
        if path.stem in named:
            raise UsageError(
                f"two profiles have the name {printable(path.stem)}", remedy="Rename one of them.", file=str(path)
            )
        named[path.stem] = path.absolute()
    if out is not None:
        with only_watermark_errors(out):
            own_ledger = prepared_folder(out)
        ledger = ledger or own_ledger
    elif ledger is not None:
        with Ledger.opened(ledger):
            pass  # it can be read

    def on_ready(address: str, folder: Path) -> None:
        click.echo(f"The desk is open at\n\n    {address}\n\nEnd it with Ctrl-C.")
        if browser:
            forward = folder / "open.html"
            forward.touch(0o600)
            forward.write_text(_FORWARD.format(address=address), encoding="ascii")
            webbrowser.open(forward.as_uri())

    places = {"ledger": ledger.absolute() if ledger else None, "out": out.absolute() if out else None}
    serve(DeskOptions(port=port, profiles=named, **places), on_ready)
    kept = f" What was stamped is in {printable(str(out))}." if out else ""
    click.echo(f"The desk is closed; all of its files are removed.{kept}")
