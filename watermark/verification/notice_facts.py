"""The words on the notice pages of a copy, as far as the receipt knows them: which article, which notice, which file.

What the statement says is not in the receipt. It is compared with the notice document inside, or where the level
forbids one, only when the copy is written again with the notice.
"""

import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from urllib.parse import unquote

import freetype
from pypdf.generic import DictionaryObject, StreamObject

from watermark.models import plain
from watermark.notice import State
from watermark.receipt import Receipt
from watermark.verification.freetype_text import font_data
from watermark.verification.line_syntax import Operation
from watermark.verification.pypdf_document import dictionary, items, resolved

HEADINGS = {
    "retraction notice": State.RETRACTION,
    "notice of retraction and replacement": State.RETRACTED_AND_REPLACED,
    "withdrawal notice": State.WITHDRAWAL,
    "partial retraction notice": State.PARTIAL_RETRACTION,
    "expression of concern": State.EXPRESSION_OF_CONCERN,
    "notice of reinstatement": State.REINSTATEMENT,
    "notice of removal": State.REMOVAL,
    "correction": None,
    "corrigendum": None,
    "erratum": None,
}
"""How the pages of a notice begin in English, in a state or in one that is not marked."""
HEADED_LINES = 3
"""The publisher's name may come before the heading."""
COLOURS = frozenset(
    {(0.1, 0.1, 0.1), (0.36, 0.36, 0.36), (0.04, 0.27, 0.52), (0.06, 0.38, 0.2), (0.55, 0.3, 0.0), (0.62, 0.07, 0.07)}
    | {(0.72, 0.72, 0.72), (0.0, 0.0, 0.0)}
)
"""Those of text, links, headings and rules; a publisher's own is in the receipt."""
WRITTEN = 1e-4
"""By how much a part of a colour may differ: it is written with fewer digits."""
NO_TEXT = "\u200b"
"""The character of a glyph that an earlier glyph accounts for."""
OWN = re.compile(r"/[A-Z]{6}\+(SourceSansPro-[A-Za-z]+)")
_PAIR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]{4})>\n")
RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.org/")
_BREAKS = re.compile(r"[\s\x00-\x1f\u00ad\ufffe\uffff]+")


def facts_differ(text: str, receipt: Receipt) -> Iterator[str]:
    """Yield which facts of the receipt the text of the notice pages does not say. Copies of 0.1.0 did not say them."""
    if not receipt.format:
        return
    said = _comparable(text)
    day = receipt.marked_at.astimezone(UTC).strftime("%Y-%m-%d")
    for what, fact in (
        ("the DOI of the article", receipt.article_doi),
        ("the address of the notice", RESOLVER.sub("", receipt.notice_link)),
        ("the digest of the original", receipt.original_sha256),
        ("the day of the marking", day),
        ("the program that made the copy", receipt.tool),
    ):
        if fact and _comparable(fact) not in said:
            yield f"the notice pages do not name {what}, {plain(fact, 80)}"
    for line in [one.strip().casefold() for one in text.splitlines() if one.strip()][:HEADED_LINES]:
        if line in HEADINGS and HEADINGS[line] is not receipt.state:
            yield f"the notice pages begin with “{plain(line, 60)}”, and the receipt says “{receipt.state}”"


def links_differ(targets: Sequence[str], receipt: Receipt) -> Iterator[str]:
    """Yield that no link of the notice pages leads to the notice, or to the article."""
    led_to = {_comparable(target) for target in targets}
    doi = f"https://doi.org/{receipt.article_doi}" if receipt.article_doi else ""
    for what, wanted in (("notice", receipt.notice_link), ("article", doi)):
        if receipt.format and wanted and _comparable(wanted) not in led_to:
            yield f"no link of the notice pages leads to the {what}, {plain(wanted)}"


def paint_differs(steps: Iterable[Operation], receipt: Receipt) -> Iterator[str]:
    """Yield that text or a line of the notice pages has a colour that this tool does not use there."""
    letterhead = receipt.choices.get("letterhead")
    own = letterhead.get("colour_rgb") if isinstance(letterhead, dict) else None
    known = COLOURS | ({tuple(own)} if isinstance(own, list) else set())
    for step in steps if receipt.format else ():
        if step.operator in {b"sc", b"SC"}:
            parts = tuple(float(one) for one in step.operands)
            if not any(len(parts) == len(one) and all(map(_is_near, parts, one)) for one in known):
                yield "the notice pages paint in a colour that no marking uses there"
                return


def _is_near(one: float, other: float) -> bool:
    return math.isclose(one, other, abs_tol=WRITTEN)


def _comparable(text: str) -> str:
    """Return the letters and digits of a text: spaces, hyphens and escapes may differ where a line is broken."""
    return "".join(filter(str.isalnum, unquote(_BREAKS.sub("", text)))).casefold()


def letters_differ(font: DictionaryObject) -> Iterator[str]:
    """Yield that a letter of the package's own font, in the notice pages, has the outline of another one.

    The codes of such a font are the numbers of its glyphs. Letters that are drawn together are not compared.
    """
    below = dictionary(next(iter(items(font.get("/DescendantFonts"))), None))
    program = resolved(dictionary(below.get("/FontDescriptor")).get("/FontFile2"))
    characters, name = resolved(font.get("/ToUnicode")), OWN.fullmatch(str(font.get("/BaseFont")))
    if not (isinstance(program, StreamObject) and isinstance(characters, StreamObject) and name):
        return
    try:
        own = freetype.Face(io.BytesIO(font_data(f"{name[1]}.ttf")))
        embedded = freetype.Face(io.BytesIO(program.get_data()))
        for code, value in _PAIR.findall(characters.get_data()):
            character = chr(int(value, 16))
            if (
                int(code, 16)
                and character != NO_TEXT
                and not _is_same(own, own.get_char_index(character), embedded, int(code, 16))
            ):
                yield f"the notice pages draw “{plain(character)}” as another letter"
                return
    except (freetype.FT_Exception, OSError):
        yield "a font of the notice pages cannot be read"


def _is_same(own: freetype.Face, number: int, embedded: freetype.Face, code: int) -> bool:
    """Return whether two glyphs have the same outline; a character that the font does not have, has none."""
    if not number:
        return False
    outlines = []
    for face, glyph in ((own, number), (embedded, code)):
        face.load_glyph(glyph, freetype.FT_LOAD_NO_SCALE)
        outline = face.glyph.outline
        outlines.append((list(outline.points), list(outline.contours), [tag & 1 for tag in outline.tags]))
    return outlines[0] == outlines[1]
