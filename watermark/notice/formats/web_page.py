"""A notice as a web page (HTML): the text that a reader sees, read by the rules for text.

Scripts, styles, menus, headers, footers and hidden elements are left out. The page's own DOI and date are taken from
its `citation_…` elements where the page is that of the notice.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from watermark.errors import AmbiguousNoticeError, NoticeError
from watermark.notice.dates import date_in_words
from watermark.notice.doi import dois_in, normalised_doi
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.formats.index_record import HINDAWI, is_past_label, label_state
from watermark.notice.formats.pubmed_links import pubmed_date
from watermark.notice.formats.structured import valid_language
from watermark.notice.formats.text import from_text
from watermark.notice.model import Notice, State
from watermark.notice.text_blocks import collapse_whitespace, printable, safe_excerpt
from watermark.notice.xml import Element, name_of
from watermark.runtime.expressions import expression

MAX_ELEMENTS = 200_000
_LEFT_OUT = frozenset(
    {
        *("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "form", "button", "select"),
        *("iframe", "object", "svg", "math", "head", "audio", "video", "canvas", "textarea"),
    }
)
_BLOCKS = frozenset(
    {
        *(
            "p",
            "div",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "ul",
            "ol",
            "dl",
            "dd",
            "dt",
            "table",
            "tr",
            "td",
            "th",
        ),
        *(
            "section",
            "article",
            "main",
            "blockquote",
            "figure",
            "figcaption",
            "pre",
            "address",
            "body",
            "hr",
            "details",
        ),
    }
)
_HEADINGS = frozenset({"h1", "h2", "h3"})
_ITALICS = frozenset({"i", "em", "cite"})
_HIDDEN = expression(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_GIVE_TEXT = "Copy the notice's text into a .txt file, or give the notice's JATS or Crossref record."


def from_html(text: str, *, state: State | None = None, article_doi: str = "") -> Notice:
    """Return what the readable text of a web page says; `state` is used where the page does not give it.

    Raises NoticeError when the page has no text, when it is the page of the article itself, and when nothing in it says
    what happened to the article.
    """
    root = _parsed(text)
    meta = _meta_of(root)
    title = next(filter(None, (meta.get(name, "") for name in ("citation_title", "dc.title", "og:title"))), "")
    _check_page(meta, title)
    body = "\n".join(_lines(_content_of(root)))
    if not body.strip():
        raise NoticeError("the web page (HTML) has no text: a script may load it", remedy=_GIVE_TEXT)
    if label_state(title) and collapse_whitespace(title).casefold() not in collapse_whitespace(body[:5000]).casefold():
        body = f"# {title}\n\n{body}"
    try:
        notice = from_text(body, state=state, article_doi=article_doi)
    except AmbiguousNoticeError:
        raise
    except NoticeError as error:
        raise NoticeError(
            f"the web page (HTML) does not say that an article was retracted (“{safe_excerpt(title or body[:80])}”)",
            remedy=_GIVE_TEXT,
        ) from error
    language = valid_language((root.get("lang") or "").strip())
    return _with_meta(replace(notice, language=language or notice.language), meta, title)


def text_in_page(text: str) -> str:
    """Return the readable text of a web page. Raises NoticeError for what is not a web page."""
    return "\n".join(_lines(_content_of(_parsed(text))))


def _parsed(text: str) -> Element:
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(printable(text).encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise NoticeError("the web page cannot be read", remedy=_GIVE_TEXT) from error
    if root is None:
        raise NoticeError("the web page (HTML) has no text", remedy=_GIVE_TEXT)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise NoticeError("elements of the web page are nested without end", remedy=_GIVE_TEXT)
    return root


def _meta_of(root: Element) -> dict[str, str]:
    """Return the page's metadata by lower-case name; of several with one name, the first."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        value = collapse_whitespace(element.get("content") or "")
        if name and value:
            found.setdefault(name, value)
    return found


def _check_page(meta: dict[str, str], title: str) -> None:
    """Refuse the page of the retracted article: its text is not the notice's, and its DOI is not the notice's."""
    doi = normalised_doi(meta.get("citation_doi", ""))
    if is_past_label(title) and "citation_author" in meta and doi and not doi.startswith(HINDAWI):
        raise NoticeError(
            f"this is the page of the retracted article ({safe_excerpt(doi)}), not that of its notice",
            remedy=f"Give the page of the notice, or fetch the record with doi:{safe_excerpt(doi)}.",
        )


def _content_of(root: Element) -> Element:
    """Return the part of the page that is its content, where it is marked as such."""
    for name in ("main", "article"):
        for element in root.iter(name):
            if len("".join(map(str, element.itertext()))) > 100:
                return element
    return next(root.iter("body"), root)


def _lines(content: Element) -> Iterator[str]:
    """Yield the lines of the text in Markdown, an empty one behind each block."""
    pieces: list[str] = []
    prefix = ""
    walker = etree.iterwalk(content, events=("start", "end"))
    for count, (event, element) in enumerate(walker):
        if count > 2 * MAX_ELEMENTS:
            raise NoticeError(f"the web page has more than {MAX_ELEMENTS:,} elements", remedy=_GIVE_TEXT)
        name = name_of(element)
        is_left_out = name in _LEFT_OUT or _is_hidden(element)
        if name in _BLOCKS and (event == "start" or not is_left_out):
            yield from _block(pieces, prefix)
            pieces, prefix = [], ""
        if event == "start":
            if is_left_out:
                walker.skip_subtree()
                continue
            prefix = "# " if name in _HEADINGS else "- " if name == "li" else prefix
            pieces.append("\x00" if name == "br" else "*" if name in _ITALICS and _is_plain(element) else "")
            pieces.append(element.text or "")
        else:
            if not is_left_out:
                pieces.append(_closing(element, name))
            pieces.append((element.tail or "") if element is not content else "")
    yield from _block(pieces, prefix)


def _block(pieces: list[str], prefix: str) -> Iterator[str]:
    lines = [line for part in "".join(pieces).replace("\r", "").split("\x00") if (line := collapse_whitespace(part))]
    if lines and prefix == "# ":
        lines = [" ".join(lines).replace("*", "")]
    if lines:
        yield prefix + "\n".join(lines)
        yield ""


def _closing(element: Element, name: str) -> str:
    """Return what follows the content of an element: the end of italics, or the DOI that a link's words do not show."""
    if name in _ITALICS and _is_plain(element):
        return "*"
    address = element.get("href") or "" if name == "a" else ""
    doi = normalised_doi(address) if "doi.org/" in address else ""
    return f" <https://doi.org/{doi}>" if doi and doi not in dois_in("".join(map(str, element.itertext()))) else ""


def _is_plain(element: Element) -> bool:
    text = element.text or ""
    return not len(element) and text == text.strip() and bool(text) and "*" not in text


def _is_hidden(element: Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style") or ""))


def _with_meta(notice: Notice, meta: dict[str, str], title: str) -> Notice:
    """Add the page's own DOI and date where its title shows that it is the page of the notice."""
    doi = normalised_doi(meta.get("citation_doi", "") or meta.get("dc.identifier", ""))
    is_own = label_state(title) is not None and doi not in {"", notice.article.doi}
    written = meta.get("citation_online_date", "") or meta.get("citation_publication_date", "")
    date = pubmed_date(written) or date_in_words(written)
    if not is_own:
        return notice
    about = split_title_label(title)[0]
    article = notice.article if notice.article.title else replace(notice.article, title=about if about != title else "")
    return replace(notice, doi=notice.doi or doi, date=notice.date or date, article=article)
