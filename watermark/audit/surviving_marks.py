"""Find this tool's mark on a page that another program wrote, by its form XObject or the words of its edge line."""

import re
from collections.abc import Iterator

import pikepdf

from watermark.notice import State
from watermark.pdf.streams import joined
from watermark.pdf.typed_values import dictionary_of, items_of, name_of
from watermark.stamping.plan.wording import LANGUAGES, Language

NAME = "/RetractionMark"
FONTS = ("SourceSansPro", "CairoFont")
"""The font of the edge line, and what cairo calls the fonts that it writes again."""
MAX_DEPTH = 3
MAX_FORMS = 200
PAINTED = re.compile(rb"(?<=[\s\])>])(?:Do|Tj|TJ|'|\"|f\*?|F|S|s|B\*?|b\*?|sh|EI)(?=\s|$)")


def is_our_mark_in(page: pikepdf.Page) -> bool:
    """Return whether a page paints a form of this tool, also inside forms that another program added around it."""
    return any(name.startswith(NAME) for name in _names_of_forms(page.obj, _resources(page), 0))


def _names_of_forms(owner: pikepdf.Object, resources: object, depth: int) -> Iterator[str]:
    for name, form in _entries(resources, "/XObject"):
        yield name
        if depth < MAX_DEPTH and isinstance(form, pikepdf.Stream) and form.get("/Subtype") == "/Form":
            yield from _names_of_forms(form, form.get("/Resources"), depth + 1)
    for note in items_of(owner.get("/Annots"))[:MAX_FORMS] if depth == 0 else ():
        shown = dictionary_of(dictionary_of(note).get("/AP")).get("/N")
        if isinstance(shown, pikepdf.Stream):
            yield from _names_of_forms(shown, shown.get("/Resources"), 1)


def _entries(resources: object, kind: str) -> list[tuple[str, pikepdf.Object]]:
    return list(dictionary_of(dictionary_of(resources).get(kind)).items())[:MAX_FORMS]


def _resources(page: pikepdf.Page) -> object:
    try:
        return page.resources
    except (pikepdf.PikepdfError, AttributeError, TypeError, ValueError):
        return None


def sets_our_font(page: pikepdf.Page) -> bool:
    """Return whether a page sets text in the font of the edge line."""
    named = [name_of(dictionary_of(font).get("/BaseFont")) for _, font in _entries(_resources(page), "/Font")]
    return any(font in name for name in named for font in FONTS)


def is_our_edge_line(words: str) -> bool:
    """Return whether the words of a mark are an edge line of this tool, in any of its languages."""
    return any(pattern.match(words) for pattern in EDGE_LINES)


def _pattern(language: Language) -> re.Pattern[str]:
    marks = "|".join(re.escape(language.word(state)) for state in State if state.is_marked)
    link = re.escape(language.linked).replace(r"\{link\}", r"https?://")
    where = "|".join([link, *map(re.escape, (language.attached, language.back, language.front))])
    return re.compile(rf"(?:{marks})(?: [\d-]{{4,10}})?{re.escape(language.stop)}(?:{where})", re.IGNORECASE)


EDGE_LINES = tuple(_pattern(language) for language in LANGUAGES.values())


def drawn_after_the_mark(page: pikepdf.Page) -> bool:
    """Return whether something is painted on a page after the forms of the marking, such as a download stamp."""
    contents = page.obj.get("/Contents")
    members = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    content = joined([member for member in members if isinstance(member, pikepdf.Stream)])
    if not content:
        return False
    drawn = [content.rfind(name.encode("latin-1", "replace") + b" ") for name in _names_of_the_mark(page)]
    last = max(drawn, default=-1)
    if last < 0:
        return False
    _, _, after = content[last:].partition(b"Do")
    return bool(PAINTED.search(b" " + after))


def _names_of_the_mark(page: pikepdf.Page) -> Iterator[str]:
    """Yield the names of the page's forms that are the marking, or that another program has put the marking in."""
    yield "/RetractionLine"
    for name, form in _entries(_resources(page), "/XObject"):
        inner = form.get("/Resources") if isinstance(form, pikepdf.Stream) else None
        if name.startswith(NAME) or any(one.startswith(NAME) for one in _names_of_forms(form, inner, 1)):
            yield name
