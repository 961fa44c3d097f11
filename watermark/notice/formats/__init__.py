"""The forms of a notice that are not text: lists, PDF, JSON, YAML, XML.

Add a form: write `NAME.py` here with a function that reads it, and name it in `READERS`, by its media type. The module
of a form is imported when the first notice of that form is read.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from watermark.errors import NoticeError
from watermark.notice.decoding import bytes_of
from watermark.notice.model import Notice, NoticeFile, State
from watermark.notice.text_blocks import safe_excerpt


def read_list(path: Path, article_doi: str) -> NoticeFile:
    """Return what a list of retractions says of one article. Raises NoticeError."""
    from watermark.notice.formats.retraction_watch import select_row  # noqa: PLC0415 - loaded when the form is met

    picked = select_row(path, article_doi)
    return NoticeFile(
        notice=picked.notice, data=picked.data, name=path.name, media_type="text/csv", warnings=picked.warnings
    )


def read_pdf(path: Path, state: State | None) -> NoticeFile:
    """Return what a PDF of a notice says. Raises NoticeError."""
    from watermark.notice.formats import pdf  # noqa: PLC0415 - loaded when the form is met

    data = bytes_of(path, pdf.MAX_BYTES)
    notice, warnings = pdf.from_pdf(data, state=state)
    return NoticeFile(notice=notice, data=data, name=path.name, media_type="application/pdf", warnings=warnings)


def _from_json(text: str, _state: State | None, article_doi: str) -> Notice:
    from watermark.notice.formats.crossref_json import from_crossref, is_crossref  # noqa: PLC0415 - loaded when the form is met
    from watermark.notice.formats.structured import from_json  # noqa: PLC0415 - loaded when the form is met

    if is_crossref(text):
        return from_crossref(text, article_doi=article_doi)
    return from_json(text)


def _from_xml(text: str, state: State | None, article_doi: str) -> Notice:
    from watermark.notice.formats import crossref_xml, jats  # noqa: PLC0415 - loaded when the form is met
    from watermark.notice.xml import every, name_of, parsed  # noqa: PLC0415 - loaded when the form is met

    root = parsed(text)
    name = name_of(root)
    if name in crossref_xml.ROOTS:
        return crossref_xml.from_deposit(root, article_doi=article_doi)
    if name == "article" or next(every(root, "article"), None) is not None:
        return jats.from_jats(root, state=state, article_doi=article_doi)
    raise NoticeError(
        f"the XML is neither JATS nor a Crossref deposit: its root is <{safe_excerpt(name)}>",
        place=f"line {root.sourceline}",
        remedy="Give the notice's JATS <article>, its Crossref deposit, or its text.",
    )


def _from_yaml(text: str, _state: State | None, _article_doi: str) -> Notice:
    from watermark.notice.formats.structured import from_yaml  # noqa: PLC0415 - loaded when the form is met

    return from_yaml(text)


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
    "application/yaml": _from_yaml,
}
"""By media type: of the text, the state where the text says none, and the DOI of the article to pick."""
