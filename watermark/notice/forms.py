"""Notices in the forms that are not text: lists, PDF, JSON, YAML, XML. Loaded for the first notice that is one."""

from collections.abc import Callable, Mapping
from pathlib import Path

from watermark.errors import NoticeError
from watermark.notice import deposit, pdf
from watermark.notice.crossref import from_crossref, is_crossref
from watermark.notice.decoding import bytes_of
from watermark.notice.jats import from_jats
from watermark.notice.markup import every, name_of, parsed
from watermark.notice.model import Notice, NoticeFile, State
from watermark.notice.plain import from_json, from_yaml
from watermark.notice.prose import quoted
from watermark.notice.watch import pick


def of_a_list(path: Path, article_doi: str) -> NoticeFile:
    """Return what a list of retractions says of one article. Raises NoticeError."""
    picked = pick(path, article_doi)
    return NoticeFile(
        notice=picked.notice, data=picked.data, name=path.name, media_type="text/csv", warnings=picked.warnings
    )


def of_a_pdf(path: Path, state: State | None) -> NoticeFile:
    """Return what a PDF of a notice says. Raises NoticeError."""
    data = bytes_of(path, pdf.MAX_BYTES)
    notice, warnings = pdf.from_pdf(data, state=state)
    return NoticeFile(notice=notice, data=data, name=path.name, media_type="application/pdf", warnings=warnings)


def _from_json(text: str, _state: State | None, article_doi: str) -> Notice:
    if is_crossref(text):
        return from_crossref(text, article_doi=article_doi)
    return from_json(text)


def _from_xml(text: str, state: State | None, article_doi: str) -> Notice:
    root = parsed(text)
    name = name_of(root)
    if name in deposit.ROOTS:
        return deposit.from_deposit(root, article_doi=article_doi)
    if name == "article" or next(every(root, "article"), None) is not None:
        return from_jats(root, state=state, article_doi=article_doi)
    raise NoticeError(
        f"the XML is neither JATS nor a Crossref deposit: its root is <{quoted(name)}>",
        place=f"line {root.sourceline}",
        remedy="Give the notice's JATS <article>, its Crossref deposit, or its text.",
    )


def _from_html(text: str, _state: State | None, _article_doi: str) -> Notice:
    line = text[: len(text) - len(text.lstrip())].count("\n") + 1
    raise NoticeError(
        "the file is a web page (HTML)",
        place=f"line {line}",
        remedy="Copy the notice's text out of it into a .txt file, or give the notice's JATS or Crossref record.",
    )


READERS: Mapping[str, Callable[[str, State | None, str], Notice]] = {
    "application/json": _from_json,
    "application/xml": _from_xml,
    "text/html": _from_html,
    "application/yaml": lambda text, _state, _article_doi: from_yaml(text),
}
"""By media type: of the text, the state where the text says none, and the DOI of the article to pick."""
