"""`watermark profile`: the presets, and a check of your own profile."""

from pathlib import Path
from typing import Any

import click

from watermark.cli import printable
from watermark.cli.in_worker_process import has_terminal
from watermark.cli.output import as_data
from watermark.cli.profile_questions import asked
from watermark.errors import UsageError
from watermark.runtime.atomic_files import require_free, save
from watermark.stamping.profile import (
    NOTICE_PAGES,
    PRESETS,
    NewProfile,
    font_hint,
    preset_text,
    profile_text,
    read_profile,
)


@click.group()
def profile() -> None:
    """Write, list and show profiles: wording, language and look of the mark, your name and logo.

    `new` writes a profile of your own, which is a TOML file with comments, and `show FILE` checks it.
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
    """Print the preset NAME, or check FILE and print its values.

    A preset is printed as TOML, the values of a file as JSON.
    """
    read = read_profile(name)
    if name in PRESETS and not as_json:
        click.echo(preset_text(name), nl=False)
    else:
        click.echo(printable(as_data(read)))


@profile.command()
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option("--name", default="", help="Name of the publisher or journal, on the notice page and the certificate.")
@click.option(
    "--logo", type=click.Path(path_type=Path, readable=False), metavar="FILE", help="Logo there: a PNG or JPEG file."
)
@click.option("--publisher-colour", default="", metavar="COLOUR", help="Colour of headings there, as #rrggbb.")
@click.option("--colour", default="", metavar="COLOUR", help="Colour of the mark, as #rrggbb.")
@click.option("--language", default="", metavar="TAG", help="Language of the words, such as de.")
@click.option(
    "--word",
    "words",
    multiple=True,
    metavar="STATE=WORD",
    help="Word on the page, such as retraction=Retracted, or de.retraction=Widerrufen. Can be repeated.",
)
@click.option("--edge-text", default="", metavar="TEXT", help="The line at the edge; may hold {word}, {date}, {link}.")
@click.option("--notice-page", type=click.Choice(NOTICE_PAGES), default=None, help="Whether the notice becomes pages.")
@click.option(
    "--font",
    type=click.Path(path_type=Path, readable=False),
    metavar="FILE",
    help="Font file for all text that is added, instead of the built-in font.",
)
@click.option("--overwrite", is_flag=True, help="Overwrite an existing profile.")
def new(file: Path, *, overwrite: bool, words: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - click's
    """Write a profile with comments to FILE (.toml).

    Without options, it asks a few questions. Without a terminal, the options say what is in it.
    """
    given = tuple(path for path in (options["logo"], options["font"]) if path is not None)
    require_free(file, overwrite=overwrite, inputs=given)
    if words or any(options.values()):
        chosen = NewProfile(words=dict(map(_word, words)), **{**options, "notice_page": options["notice_page"] or ""})
    elif has_terminal():
        chosen = asked(file)
        given = tuple(path for path in (chosen.logo, chosen.font) if path is not None)
    else:
        raise UsageError(
            "there is no terminal to ask questions at, and no option says what the profile is to contain",
            remedy="Use at least one option, such as --name NAME. See `watermark profile new --help`.",
        )
    save(file, profile_text(chosen, file).encode("utf-8"), overwrite=overwrite, inputs=given)
    click.echo(printable(f"{file}: use it with --profile {file}, and edit it as you like"))
    if hint := font_hint(read_profile(str(file))):
        click.echo(printable(f"note: {hint}"), err=True)


def _word(written: str) -> tuple[str, str]:
    """Return a state, or a language and a state, and its word."""
    key, _, word = written.partition("=")
    if not key.strip() or not word.strip():
        raise UsageError(f"“{written}” is not STATE=WORD", place="--word", remedy="Write it as retraction=Retracted.")
    return key.strip(), word.strip()
