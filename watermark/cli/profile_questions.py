"""The questions of `watermark profile new`, for people at a terminal."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from watermark.cli import printable
from watermark.errors import UsageError
from watermark.notice.model import MARKED_STATES, State
from watermark.stamping.plan import LANGUAGES
from watermark.stamping.profile import NOTICE_PAGES, NewProfile, profile_text

STATES = tuple(state for state in State if state in MARKED_STATES)


def asked(destination: Path) -> NewProfile:
    """Return what a person answers; an answer that a profile may not have is asked for again."""
    click.echo("Press Enter to keep what is in brackets, or to leave a question out.", err=True)
    chosen = NewProfile()
    chosen = _asked(chosen, destination, "Name of the publisher or journal", lambda it, text: replace(it, name=text))
    chosen = _asked(
        chosen, destination, "Logo (path of a PNG or JPEG file)", lambda it, text: replace(it, logo=Path(text))
    )
    chosen = _asked(
        chosen,
        destination,
        "Colour of headings on the notice page and the certificate, as #rrggbb",
        lambda it, text: replace(it, publisher_colour=text),
        default="#9e1212",
    )
    chosen = _asked(
        chosen, destination, "Colour of the mark", lambda it, text: replace(it, colour=text), default="#bf1a1a"
    )
    languages = ", ".join(LANGUAGES)
    chosen = _asked(
        chosen,
        destination,
        f"Language ({languages}, or another tag such as it)",
        lambda it, text: replace(it, language=text),
        default="en",
    )
    language = LANGUAGES.get(chosen.language.partition("-")[0].lower(), LANGUAGES["en"])
    for state in STATES:
        chosen = _asked(
            chosen,
            destination,
            f"Word on the page for: {state.value.replace('_', ' ')}",
            lambda it, text, state=state: replace(it, words={**it.words, state.value: text}),
            default=language.word(state),
        )
    chosen = _asked(
        chosen,
        destination,
        f"Notice as pages of the copy ({', '.join(NOTICE_PAGES)})",
        lambda it, text: replace(it, notice_page=text),
        default="auto",
    )
    return _asked(
        chosen,
        destination,
        "Font file, if not the built-in font",
        lambda it, text: replace(it, font=Path(text)),
    )


def _asked(
    chosen: NewProfile, destination: Path, question: str, put: Callable[..., NewProfile], *, default: str = ""
) -> NewProfile:
    """Return the choices with one more answer; the default is not written into the profile."""

    def tried(text: Any) -> NewProfile:  # noqa: ANN401 - click gives what was typed
        answer = str(text).strip()
        if answer in {"", default}:
            return chosen
        changed = put(chosen, answer)
        try:
            profile_text(changed, destination)
        except UsageError as error:
            raise click.BadParameter(printable(f"{error.reason}. {error.remedy}")) from error
        return changed

    answer: NewProfile = click.prompt(question, default=default, show_default=bool(default), value_proc=tried, err=True)
    return answer
