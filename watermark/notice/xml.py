"""Parse untrusted XML without a DTD, entities or the network; mixed content becomes text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import TypeAlias

from lxml import etree

from watermark.errors import NoticeError
from watermark.notice.decoding import CORRECT_XML
from watermark.notice.text_blocks import collapse_whitespace, printable, safe_excerpt
from watermark.runtime.expressions import expression

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for it

_DECLARATION = expression(r"\s*<\?xml\s[^>]{0,200}?\?>")
_DOCTYPE = expression(r"<!DOCTYPE\s", re.IGNORECASE)
_ENTITY = expression(r"&([A-Za-z][A-Za-z0-9]{0,40});")
_BUILT_IN = frozenset({"lt", "gt", "amp", "quot", "apos"})
_NO_WORDS = frozenset({"tex-math", "inline-graphic", "graphic", "fn", "object-id", "alt-text", "annotation", "label"})
_MARKERS = frozenset({"fn", "table-fn", "aff", "corresp", "author-notes"})
_OWN_LINE = frozenset({"break", "p", "title", "list-item", "disp-formula", "sec"})
_EMPHASIS = frozenset({"italic", "i", "em"})
_LINKS = frozenset({"ext-link", "uri"})


def parsed(text: str) -> Element:
    """Return the root element of an XML text; line numbers count from 1.

    A document type is passed over, never fetched. With one, the characters that it is known for (`&eacute;`) are
    read; without one, they are an error, as XML 1.0 4.1 has it. Raises NoticeError for what is not well-formed, for
    a declared entity and an unknown one, and for elements that are nested without end.
    """
    if "<!ENTITY" in text:
        raise NoticeError(
            "the XML declares entities, which a notice has no use for",
            place=f"line {_line(text, text.index('<!ENTITY'))}",
            remedy="Take the declarations out of the document type, and write the characters themselves.",
        )
    declaration = _DECLARATION.match(text)
    body = (re.sub(r"[^\n]", " ", declaration[0]) + text[declaration.end() :]) if declaration else text
    if _DOCTYPE.search(body[:10_000]):
        body = _ENTITY.sub(lambda found: _character(found, text), body)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(body.strip().encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        before = len(body) - len(body.lstrip())
        reason = re.sub(r", line \d+, column \d+.*", "", str(error.msg)).strip()
        raise NoticeError(
            f"the XML cannot be read: {safe_excerpt(reason)}",
            place=f"line {error.position[0] + body[:before].count(chr(10))}",
            remedy=CORRECT_XML,
        ) from error


def _character(found: re.Match[str], text: str) -> str:
    if found[1] in _BUILT_IN:
        return found[0]
    known = html5.get(f"{found[1]};")
    if known is None:
        raise NoticeError(
            f"the entity “{safe_excerpt(found[0])}” is not known",
            place=f"line {_line(text, text.index(found[0]))}",
            remedy="Write the character itself.",
        )
    return "".join(f"&#{ord(character)};" for character in known)


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def name_of(element: Element) -> str:
    """Return an element's name without its namespace; an empty string for a comment or an instruction."""
    # not etree.QName: it refuses the names that the reader of HTML gives to `<pond.1<...>`
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: Element | None, *path: str) -> list[Element]:
    """Return the elements on a path of names below `element`, in any namespace."""
    found = [] if element is None else [element]
    for name in path:
        found = [child for parent in found for child in parent if name_of(child) == name]
    return found


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element on a path of names below `element`, or None."""
    return next(iter(children(element, *path)), None)


def every(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name, at any depth and in any namespace, in document order."""
    return element.iter(f"{{*}}{name}")


def attribute(element: Element, name: str) -> str:
    """Return an attribute's value in any namespace (`xlink:href` is `href`), or an empty string."""
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "").strip()


def words_of(
    element: Element | None,
    *,
    without_notes: bool = False,
    marked_up: bool = False,
    skip: frozenset[str] = frozenset(),
) -> str:
    """Return the text in an element on one line: formulas as their letters, footnotes and pictures left out.

    `without_notes` drops the signs that lead to a footnote or an address, as titles carry them. `marked_up` puts
    Markdown's asterisks around italics, and each link's address behind it. `skip` names elements to leave out.
    """
    if element is None:
        return ""
    options = _Options(without_notes=without_notes, marked_up=marked_up, skip=skip | _NO_WORDS)
    return collapse_whitespace(printable("".join(_pieces(element, options))))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Options:
    without_notes: bool
    marked_up: bool
    skip: frozenset[str]


def _pieces(element: Element, options: _Options) -> Iterator[str]:
    name = name_of(element)
    own_line = name in _OWN_LINE
    emphasised = options.marked_up and name in _EMPHASIS and not len(element) and bool((element.text or "").strip())
    yield "*" if emphasised else " " * own_line
    yield (element.text or "").strip() if emphasised else element.text or ""
    for inner in element:
        if _has_words(inner, options):
            yield from _pieces(inner, options)
        yield inner.tail or ""
    if options.marked_up and name in _LINKS and (address := attribute(element, "href")) not in (element.text or ""):
        yield f" <{address}>"
    yield "*" if emphasised else " " * own_line


def _has_words(element: Element, options: _Options) -> bool:
    name = name_of(element)
    if not name or name in options.skip:
        return False
    return not (options.without_notes and name == "xref" and attribute(element, "ref-type") in _MARKERS)
