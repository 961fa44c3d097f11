"""XML in any form of a notice, recognised by its root element."""

from watermark.errors import NoticeError
from watermark.notice.formats import crossref_xml, pubmed_xml
from watermark.notice.formats.reading import Reading
from watermark.notice.model import State
from watermark.notice.text_blocks import safe_excerpt
from watermark.notice.xml import Element, every, name_of, parsed

_BITS_ROOTS = frozenset({"book", "book-part-wrapper"})


def read_xml(text: str, state: State | None, article_doi: str) -> Reading:
    """Return what the XML says of one article. Raises NoticeError when it is none of the known kinds."""
    root = parsed(text)
    name, namespace = name_of(root), str(root.tag).rpartition("}")[0].lstrip("{")
    if name in pubmed_xml.ROOTS:
        return pubmed_xml.from_pubmed(root, article_doi=article_doi)
    if name in {"feed", "entry"} and namespace == "http://www.w3.org/2005/Atom":
        from watermark.notice.formats.arxiv_atom import from_arxiv  # noqa: PLC0415 - loaded when the form is met

        return from_arxiv(root, article_doi=article_doi)
    if _first_datacite(root) is not None:
        from watermark.notice.formats.datacite import from_datacite_xml  # noqa: PLC0415 - loaded when the form is met

        return from_datacite_xml(root, article_doi=article_doi)
    if name in crossref_xml.ROOTS and (name != "body" or next(every(root, "article"), None) is None):
        return crossref_xml.from_deposit(root, article_doi=article_doi)
    if name in _BITS_ROOTS or next(every(root, "article"), None) is not None:
        from watermark.notice.formats.jats.reader import from_jats  # noqa: PLC0415 - loaded when the form is met

        return Reading(notice=from_jats(root, state=state, article_doi=article_doi))
    raise NoticeError(
        f"the XML is neither JATS nor another form that is known: its root is <{safe_excerpt(name)}>",
        place=f"line {root.sourceline}",
        remedy="Give JATS, BITS, a Crossref deposit, PubMed's, DataCite's or arXiv's XML, or the text of the notice.",
    )


def _first_datacite(root: Element) -> Element | None:
    """Return DataCite's `resource`, also inside an OAI-PMH envelope; None if there is none."""
    resources = (e for e in root.iter("{*}resource") if str(e.tag).startswith("{http://datacite.org/schema/kernel-"))
    return next(resources, None)
