"""`watermark profile`: how a house marks, and how others do."""

import click

from watermark.cli import printable
from watermark.cli.output import as_data
from watermark.stamping.profile import PRESETS, preset_text, read_profile


@click.group()
def profile() -> None:
    """Show the profiles that come with this tool: wording, language and look of the mark.

    A profile of your own is a TOML file in the same form: save what `show` prints, and change it.
    """


@profile.command("list")
def list_them() -> None:
    """Name the profiles that come with this tool, each with what it is."""
    for name in PRESETS:
        click.echo(f"{name:<8}{preset_text(name).splitlines()[0].removeprefix('# ')}")


@profile.command()
@click.argument("name", metavar="NAME|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print every value as JSON, those that are left out included.")
def show(name: str, *, as_json: bool) -> None:
    """Print the profile NAME as TOML, or check that FILE is one and print what it comes to."""
    read = read_profile(name)
    if name in PRESETS and not as_json:
        click.echo(preset_text(name), nl=False)
    else:
        click.echo(printable(as_data(read)))
