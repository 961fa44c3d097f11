"""`watermark profile`: the presets, and a check of your own profile."""

import click

from watermark.cli import printable
from watermark.cli.output import as_data
from watermark.stamping.profile import PRESETS, preset_text, read_profile


@click.group()
def profile() -> None:
    """List and show profiles: wording, language and look of the mark.

    Your own profile is a TOML file in the same form: save what `show` prints, and edit it.
    """


@profile.command("list")
def list_them() -> None:
    """List the presets, each with a description."""
    for name in PRESETS:
        click.echo(f"{name:<8}{preset_text(name).splitlines()[0].removeprefix('# ')}")


@profile.command()
@click.argument("name", metavar="NAME|FILE")
@click.option("--json", "as_json", is_flag=True, help="Print every value as JSON, including defaults.")
def show(name: str, *, as_json: bool) -> None:
    """Print the preset NAME as TOML, or validate FILE and print its values as JSON."""
    read = read_profile(name)
    if name in PRESETS and not as_json:
        click.echo(preset_text(name), nl=False)
    else:
        click.echo(printable(as_data(read)))
