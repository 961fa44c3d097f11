"""A notice from a file, in whichever of the forms it is."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from watermark.errors import NoticeError
from watermark.notice import formats
from watermark.notice.decoding import bytes_of, declared_text, decoded, is_long_json, is_watch
from watermark.notice.formats.json_values import MAX_BYTES
from watermark.notice.formats.reading import Reading
from watermark.notice.formats.structured import FIELDS, from_yaml
from watermark.notice.formats.text import from_text
from watermark.notice.model import Notice, NoticeFile, State
from watermark.notice.text_blocks import has_markdown
from watermark.runtime.expressions import expression

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HEAD_BYTES = 4096
_MARKUP = expression(
    r"\s*(?:<\?[^>]{0,1000}>\s*|<!--(?:(?!-->).){0,5000}-->\s*){0,20}"
    r"(?:(?P<html><!doctype\s+html\b|<html\b)|<!doctype\b|<[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_OF_RECORDS = (
    (expression(r"\s*PMID- ?[0-9]"), "application/nbib"),
    (expression(r"\s*TY  ?- ?[A-Z]"), "application/x-research-info-systems"),
    (expression(r"(?:\s|%[^\n]*\n){0,50}@[A-Za-z]{2,20}\s{0,5}[{(]"), "application/x-bibtex"),
)
"""How records in tagged lines and in BibTeX begin, and their media types."""
_YAML_KEY = expression(r"[\"']?(?P<key>[a-z][a-z_-]{0,40})[\"']?\s*:(?:\s|$)")


def read_notice(path: Path, *, state: State | None = None, article_doi: str = "") -> NoticeFile:
    """Return the notice in the file at `path`; its form is recognised by the content, never by the name.

    Text and Markdown, the tool's own YAML and JSON, JATS and BITS, Crossref's JSON and deposit XML, Retraction Watch's
    CSV, records of PubMed (XML, NBIB), Europe PMC, OpenAlex, DataCite and arXiv, RIS, BibTeX and CSL-JSON, a web page,
    and a PDF or Word document of the notice. `state` is used where a text does not give the state of the article; in
    the other forms it must be given in the file, and is replaced by `with_overrides`. `article_doi` picks the article
    where a file is about several. Raises NoticeError, with the file's name in it, for everything that is no notice: a
    folder, a device, more than 1 MB (a PDF or Word document: 20 MB; a list: 500 MB), binary data, an unknown field.
    """
    try:
        head = bytes_of(path, _HEAD_BYTES, is_whole=False)
        if is_watch(head):
            row = formats.retraction_watch.select_row(path, article_doi)
            return row.as_file(b"", path.name, "text/csv", state=state)
        if b"%PDF-" in head[:1024]:
            data = bytes_of(path, formats.pdf.MAX_BYTES)
            reading = formats.pdf.from_pdf(data, state=state, article_doi=article_doi)
            return reading.as_file(data, path.name, "application/pdf")
        if head.startswith(b"PK\x03\x04"):
            data = bytes_of(path, formats.docx.MAX_BYTES)
            notice = formats.docx.from_word(data, state=state, article_doi=article_doi)
            return NoticeFile(notice=notice, data=data, name=path.name, media_type=WORD)
        if is_long_json(head, path, MAX_BYTES):
            record = formats.json_lists.select_record(path, article_doi)
            return record.as_file(b"", path.name, "application/json", state=state)
        data = bytes_of(path, MAX_BYTES)
        declared = declared_text(data)
        text, warnings = (declared, ()) if declared else decoded(data)
        media_type = _media_type(text)
        if "<!-- retraction-watermark" in text[:4000]:
            text, remarks = formats.template.filled_in(text)
            warnings = (*warnings, *remarks)
        reading = READERS[media_type](text, state, article_doi)
        return reading.as_file(data, path.name, media_type, warnings, state=state)
    except NoticeError as error:
        error.file = str(path)
        raise


def _untagged(notice: Notice) -> Reading:
    return Reading(notice=notice, is_tagged=False)


def _from_text(text: str, state: State | None, article_doi: str) -> Reading:
    return _untagged(from_text(text, state=state, article_doi=article_doi))


READERS: Mapping[str, Callable[[str, State | None, str], Reading]] = {
    "text/plain": _from_text,
    "text/markdown": _from_text,
    "text/html": lambda text, state, doi: _untagged(formats.web_page.from_html(text, state=state, article_doi=doi)),
    "application/json": lambda text, _, doi: formats.json_records.read_json(text, doi),
    "application/xml": lambda *given: formats.xml_roots.read_xml(*given),  # noqa: PLW0108 - loads the module when it is called
    "application/yaml": lambda text, *_: _untagged(from_yaml(text)),
    "application/nbib": lambda text, _, doi: formats.nbib.from_nbib(text, article_doi=doi),
    "application/x-research-info-systems": lambda text, _, doi: formats.ris.from_ris(text, article_doi=doi),
    "application/x-bibtex": lambda text, _, doi: formats.bibtex.from_bibtex(text, article_doi=doi),
}
"""By media type: of the text, the state where the text says none, and the DOI of the article to pick."""


def _media_type(text: str) -> str:
    """Tell the form: JSON, records, XML, HTML, YAML whose first line and some line name a field, Markdown, or text."""
    if text.lstrip()[:1] in {"{", "["} and formats.json_records.is_json(text):
        return "application/json"
    if known := next((media_type for pattern, media_type in _OF_RECORDS if pattern.match(text)), ""):
        return known
    if markup := _MARKUP.match(text):
        return "text/html" if markup["html"] else "application/xml"
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("#", "---", "%YAML"))]
    keys = {found["key"] for line in lines if (found := _YAML_KEY.match(line))}
    if lines and _YAML_KEY.match(lines[0]) and keys.intersection(FIELDS):
        return "application/yaml"
    return "text/markdown" if has_markdown(text) else "text/plain"
