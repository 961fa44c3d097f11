"""The forms of a notice that are not plain text: lists, PDF, Word, web pages, JSON, YAML, XML, records of indexes.

Add a form: write `NAME.py` here with a function that reads it, and name it in `READERS`, by its media type. The module
of a form is imported when the first notice of that form is read.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from watermark.notice.decoding import bytes_of
from watermark.notice.formats.reading import Reading
from watermark.notice.model import NoticeFile, State
from watermark.runtime.expressions import expression

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NBIB = expression(r"\s*PMID- ?[0-9]")
_RIS = expression(r"\s*TY  ?- ?[A-Z]")
_BIBTEX = expression(r"(?:\s|%[^\n]*\n){0,50}@[A-Za-z]{2,20}\s{0,5}[{(]")


def media_type_in(text: str) -> str:
    """Return the media type of records in tagged lines, BibTeX or a JSON list; an empty string for other texts."""
    if text.lstrip()[:1] in {"{", "["}:
        from watermark.notice.formats.json_records import is_json  # noqa: PLC0415 - loaded when the form is met

        return "application/json" if is_json(text) else ""
    forms = (
        (_NBIB, "application/nbib"),
        (_RIS, "application/x-research-info-systems"),
        (_BIBTEX, "application/x-bibtex"),
    )
    return next((media_type for pattern, media_type in forms if pattern.match(text)), "")


def filled_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what was written into the tool's Markdown template, and a warning about what was not filled in."""
    from watermark.notice.formats import template  # noqa: PLC0415 - loaded when the form is met

    return template.filled_in(text)


def read_list(path: Path, article_doi: str, state: State | None) -> NoticeFile:
    """Return what Retraction Watch's list says of one article. Raises NoticeError."""
    from watermark.notice.formats.retraction_watch import select_row  # noqa: PLC0415 - loaded when the form is met

    return select_row(path, article_doi).as_file(b"", path.name, "text/csv", state=state)


def read_list_row(path: Path, is_wanted: Callable[[str, str, str], bool]) -> NoticeFile:
    """Return what Retraction Watch's list says of the article with a DOI, PubMed ID and title. Raises NoticeError."""
    from watermark.notice.formats.retraction_watch import select_rows  # noqa: PLC0415 - loaded when the form is met

    return select_rows(path, is_wanted).as_file(b"", path.name, "text/csv")


def read_pdf(path: Path, article_doi: str, state: State | None) -> NoticeFile:
    """Return what a PDF of a notice says. Raises NoticeError."""
    from watermark.notice.formats import pdf  # noqa: PLC0415 - loaded when the form is met

    data = bytes_of(path, pdf.MAX_BYTES)
    return pdf.from_pdf(data, state=state, article_doi=article_doi).as_file(data, path.name, "application/pdf")


def read_word(path: Path, article_doi: str, state: State | None) -> NoticeFile:
    """Return what a Word document (.docx) says. Raises NoticeError, also for other files in a ZIP archive."""
    from watermark.notice.formats.docx import MAX_BYTES, from_word  # noqa: PLC0415 - loaded when the form is met

    data = bytes_of(path, MAX_BYTES)
    notice = from_word(data, state=state, article_doi=article_doi)
    return NoticeFile(notice=notice, data=data, name=path.name, media_type=WORD)


def read_json_list(path: Path, article_doi: str, state: State | None) -> NoticeFile:
    """Return what a JSON list that is larger than a notice says of one article. Raises NoticeError."""
    from watermark.notice.formats.json_lists import select_record  # noqa: PLC0415 - loaded when the form is met

    return select_record(path, article_doi).as_file(b"", path.name, "application/json", state=state)


def _from_json(text: str, _state: State | None, article_doi: str) -> Reading:
    from watermark.notice.formats.json_records import read_json  # noqa: PLC0415 - loaded when the form is met

    return read_json(text, article_doi)


def _from_xml(text: str, state: State | None, article_doi: str) -> Reading:
    from watermark.notice.formats.xml_roots import read_xml  # noqa: PLC0415 - loaded when the form is met

    return read_xml(text, state, article_doi)


def _from_yaml(text: str, _state: State | None, _article_doi: str) -> Reading:
    from watermark.notice.formats.structured import from_yaml  # noqa: PLC0415 - loaded when the form is met

    return Reading(notice=from_yaml(text), is_tagged=False)


def _from_html(text: str, state: State | None, article_doi: str) -> Reading:
    from watermark.notice.formats.web_page import from_html  # noqa: PLC0415 - loaded when the form is met

    return Reading(notice=from_html(text, state=state, article_doi=article_doi), is_tagged=False)


def _from_nbib(text: str, _state: State | None, article_doi: str) -> Reading:
    from watermark.notice.formats.nbib import from_nbib  # noqa: PLC0415 - loaded when the form is met

    return from_nbib(text, article_doi=article_doi)


def _from_ris(text: str, _state: State | None, article_doi: str) -> Reading:
    from watermark.notice.formats.ris import from_ris  # noqa: PLC0415 - loaded when the form is met

    return from_ris(text, article_doi=article_doi)


def _from_bibtex(text: str, _state: State | None, article_doi: str) -> Reading:
    from watermark.notice.formats.bibtex import from_bibtex  # noqa: PLC0415 - loaded when the form is met

    return from_bibtex(text, article_doi=article_doi)


READERS: Mapping[str, Callable[[str, State | None, str], Reading]] = {
    "application/json": _from_json,
    "application/xml": _from_xml,
    "text/html": _from_html,
    "application/yaml": _from_yaml,
    "application/nbib": _from_nbib,
    "application/x-research-info-systems": _from_ris,
    "application/x-bibtex": _from_bibtex,
}
"""By media type: of the text, the state where the text says none, and the DOI of the article to pick."""
