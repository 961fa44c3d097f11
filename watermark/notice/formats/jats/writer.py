"""A notice as the JATS records that a publisher's production deposits (ANSI/NISO Z39.96-2021, JATS 1.3).

A retraction concerns two records: the notice's own, which is written whole, and the article's, for which the two
elements are written that go into its front matter. JATS has no elements for reasons, policies and figures; these are
only in the words of the statement.
"""

from collections.abc import Iterator

from lxml import etree

from watermark.notice.formats.jats.related_articles import KINDS
from watermark.notice.model import Notice, Reference
from watermark.notice.text_blocks import printable
from watermark.notice.xml import Element

_XLINK = "http://www.w3.org/1999/xlink"
_HREF = f"{{{_XLINK}}}href"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def to_jats(notice: Notice) -> str:
    """Return the record of the notice as JATS, with a newline at the end.

    `from_jats` returns the same title, DOI, address, date, issuers, statement, language and state, and of the article
    everything but its `citation`.
    """
    root = etree.Element("article", {"article-type": notice.state.value.replace("_", "-")}, nsmap={"xlink": _XLINK})
    root.set("dtd-version", "1.3")
    if notice.language:
        root.set(_LANGUAGE, notice.language)
    meta = _inside(_inside(root, "front"), "article-meta")
    if notice.doi:
        _inside(meta, "article-id", notice.doi, **{"pub-id-type": "doi"})
    if notice.title:
        _inside(_inside(meta, "title-group"), "article-title", notice.title)
    if notice.issuers:
        group = _inside(meta, "contrib-group")
        for issuer in notice.issuers:
            _inside(_inside(group, "contrib", **{"contrib-type": "editor"}), "collab", issuer)
    if notice.date:
        _date(_inside(meta, "pub-date", **{"date-type": "pub", "publication-format": "electronic"}), notice.date)
    if notice.url:
        _inside(meta, "self-uri").set(_HREF, notice.url)
    _related(meta, notice)
    body = _inside(root, "body")
    for paragraph in notice.statement:
        _inside(body, "p", paragraph)
    return _text(root)


def to_jats_of_the_article(notice: Notice) -> str:
    """Return the two elements for the article's own record: the link to the notice, and the event.

    The link belongs behind the permissions of `article-meta`, the event into its `pub-history`. The link is left out
    when the notice has neither DOI nor address. Each ends in a newline.
    """
    root = etree.Element("article-meta", nsmap={"xlink": _XLINK})
    kind = KINDS[notice.state]
    if notice.link:
        link = _inside(root, "related-article", **{"related-article-type": kind.to_the_notice})
        link.set("ext-link-type", "doi" if notice.doi else "uri")
        link.set(_HREF, notice.doi or notice.url)
    event = _inside(_inside(root, "pub-history"), "event", **{"event-type": kind.event})
    if notice.date:
        _date(_inside(event, "date"), notice.date)
    return "".join(_text(child) for child in root)


def _related(meta: Element, notice: Notice) -> None:
    article = notice.article
    if article == Reference():
        return
    link = _inside(meta, "related-article", **{"related-article-type": KINDS[notice.state].to_the_article})
    if article.doi:
        link.set("ext-link-type", "doi")
        link.set(_HREF, article.doi)
    for author in article.authors:
        _inside(link, "string-name", author)
    for name, value in _parts(article):
        if value:
            _inside(link, name, value)


def _parts(article: Reference) -> Iterator[tuple[str, str]]:
    yield "article-title", article.title
    yield "source", article.journal
    yield "year", str(article.year or "")
    yield "volume", article.volume
    yield "issue", article.issue
    yield "page-range", article.pages


def _date(element: Element, date: str) -> None:
    element.set("iso-8601-date", date)
    year, month, day = (*date.split("-"), "", "")[:3]
    for name, value in (("day", day), ("month", month), ("year", year)):
        if value:
            _inside(element, name, value)


def _inside(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    element = etree.SubElement(parent, name, attributes)
    element.text = printable(text) or None
    return element


def _text(element: Element) -> str:
    etree.indent(element)
    return etree.tostring(element, encoding="unicode", with_tail=False) + "\n"
