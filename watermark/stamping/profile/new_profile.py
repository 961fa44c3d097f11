"""A new profile as a commented TOML file: what was chosen is set, and everything else is there as a comment."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from watermark.errors import UsageError
from watermark.models import plain
from watermark.pdf.fonts.face import LETTERS, listed, own_face
from watermark.pdf.fonts.font_suggestions import missing_characters
from watermark.stamping.plan import LANGUAGES
from watermark.stamping.profile.fields import MARKED
from watermark.stamping.profile.loader import parsed_profile
from watermark.stamping.profile.model import Profile

_KEY = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}\.[a-z_]{1,40}")
DEFAULTS = {
    "colour": "#bf1a1a",
    "publisher-colour": "#9e1212",
    "language": "en",
    "notice-page": "auto",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProfile:
    """What was chosen for a profile; "" or empty for what keeps its default. Words are by state, or language and state.

    `colour` is that of the mark, `publisher_colour` that of headings on the notice page and the certificate, both as
    #rrggbb.
    """

    name: str = ""
    logo: Path | None = None
    publisher_colour: str = ""
    colour: str = ""
    font: Path | None = None
    language: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    notice_page: str = ""
    edge_text: str = ""


def profile_text(chosen: NewProfile, destination: Path) -> str:
    """Return the TOML of a profile that is to be saved at `destination`; its paths start at that folder.

    Raises UsageError for a value that a profile may not have, as `read_profile` does.
    """
    text = "\n".join(_lines(chosen, destination.absolute().parent)) + "\n"
    parsed_profile(text, destination)
    return text


def font_hint(profile: Profile) -> str:
    """Return which font the words of a profile need, if the built-in one lacks a character of them; else ""."""
    language = LANGUAGES.get(profile.wording.language.partition("-")[0].lower(), LANGUAGES["en"])
    words = (profile.wording.words.get(state) or language.word(state) for state in MARKED)
    missing = own_face(LETTERS).lacks("".join(words))
    if not missing or profile.font is not None:
        return ""
    error = missing_characters(listed(missing), missing, place="")
    return f"{error.reason}; the profile needs a font. {error.remedy}"


def _lines(chosen: NewProfile, folder: Path) -> Iterator[str]:
    title = plain(chosen.name, 100) or "our house style"
    yield f"# Profile of {title} for watermark. Lines that begin with # are comments: remove the # to set a value."
    yield "# Use it with `watermark stamp ARTICLE.pdf --notice NOTICE --profile THIS.toml`."
    yield ""
    yield "# ---- Words -------------------------------------------------------------------------------------------"
    yield f"# Language of the mark and of the line at the edge: {', '.join(LANGUAGES)}. Any other needs words below."
    yield _entry("language", chosen.language, DEFAULTS["language"])
    yield from _words(chosen)
    yield "# Upper or lower case for the mark: as-is, upper, lower."
    yield _entry("case", "", "as-is")
    yield "# The line at the edge of each page; it may hold {word}, {date} and {link}."
    yield _entry("edge-text", chosen.edge_text, "{word} {date}. Notice: {link}")
    yield ""
    yield "# ---- Look of the mark --------------------------------------------------------------------------------"
    yield _entry("colour", chosen.colour, DEFAULTS["colour"])
    yield "# From 0.05 to 0.5; and the length of the word as a part of the page's diagonal, from 0.2 to 0.95."
    yield "# opacity = 0.22"
    yield "# size = 0.72"
    yield "# Degrees, counterclockwise; without it, along the diagonal of the page."
    yield "# angle = 45"
    yield "# centre, top or bottom; and top, bottom, left or right for the line."
    yield '# position = "centre"'
    yield '# edge = "top"'
    yield "# edge-line = true"
    yield "# The font of the mark, the line, the notice document and the certificate. Each copy records its digest,"
    yield "# and `watermark verify` needs the file again. Headings are not bold: a font file has one weight."
    yield _entry("font", _relative(chosen.font, folder), "fonts/NotoSansCJK-Regular.ttc")
    yield ""
    yield "# ---- Notice page and certificate ---------------------------------------------------------------------"
    yield "# auto, none, front or back: whether the typeset notice becomes pages of the copy."
    yield _entry("notice-page", chosen.notice_page, DEFAULTS["notice-page"])
    yield ""
    yield "# Your name, logo and colour are shown on the notice page and on the certificate."
    yield from _publisher(chosen, folder)
    yield ""
    yield "# ---- Seal (needs the extra `seal`) -------------------------------------------------------------------"
    yield "# [seal]"
    yield '# key = "publisher.p12"'
    yield '# password-file = "publisher.password"'


def _words(chosen: NewProfile) -> Iterator[str]:
    """Yield the words of each state, and then those of further languages."""
    yield "# The word across the page, for each kind of notice; it may hold {date}."
    language = LANGUAGES.get((chosen.language or DEFAULTS["language"]).partition("-")[0].lower(), LANGUAGES["en"])
    for state in MARKED:
        yield _entry(f"words.{state.value}", chosen.words.get(state.value, ""), language.word(state))
    yield "# The same for other languages, used with `--language`: words.LANGUAGE.STATE."
    further = {key: word for key, word in chosen.words.items() if key not in MARKED}
    for key in further:
        if not _KEY.fullmatch(key):
            reason = f"“{plain(key, 40)}” is not a state, nor a language and a state"
            raise UsageError(reason, remedy="Write it as retraction, or as de.retraction.")
    yield from (_entry(f"words.{key}", word, "") for key, word in further.items())
    if not further:
        yield _entry("words.de.retraction", "", LANGUAGES["de"].retraction)


def _publisher(chosen: NewProfile, folder: Path) -> Iterator[str]:
    yield _entry("publisher.name", chosen.name, "The Journal of Examples")
    yield "# A PNG or JPEG file of at most 2 MB, from the folder of this file."
    yield _entry("publisher.logo", _relative(chosen.logo, folder), "logo.png")
    yield "# The colour of headings: dark enough to be read on white."
    yield _entry("publisher.colour", chosen.publisher_colour, DEFAULTS["publisher-colour"])


def _entry(key: str, value: str, default: str) -> str:
    """Return the line of a key; as a comment with the default where nothing was chosen."""
    return f"{key} = {_quoted(value)}" if value else f"# {key} = {_quoted(default)}"


def _quoted(text: str) -> str:
    """Return text as a TOML string: JSON's escapes are TOML's, too."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        reason = "the name of the file is not text in Unicode"
        raise UsageError(reason, place=repr(text), remedy="Rename the file.") from error
    return json.dumps(text, ensure_ascii=False)


def _relative(path: Path | None, folder: Path) -> str:
    """Return a path from the folder of the profile, with slashes where it is inside; else the whole path."""
    if path is None:
        return ""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - links are not followed
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else str(whole)
