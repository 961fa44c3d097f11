"""A notice from a file, in whichever of the forms it is."""

import re
from pathlib import Path

from watermark.errors import NoticeError
from watermark.notice import formats
from watermark.notice.decoding import bytes_of, declared_text, decoded, is_long_json, is_watch
from watermark.notice.formats.json_values import MAX_BYTES
from watermark.notice.formats.reading import Reading
from watermark.notice.formats.structured import FIELDS
from watermark.notice.formats.text import from_text
from watermark.notice.model import NoticeFile, State
from watermark.notice.text_blocks import has_markdown
from watermark.runtime.expressions import expression

_HEAD_BYTES = 4096
_TEXTS = frozenset({"text/markdown", "text/plain"})
_MARKUP = expression(
    r"\s*(?:<\?[^>]{0,1000}>\s*|<!--(?:(?!-->).){0,5000}-->\s*){0,20}"
    r"(?:(?P<html><!doctype\s+html\b|<html\b)|<!doctype\b|<[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
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
        if is_watch(head) or b"%PDF-" in head[:1024]:
            return (
                formats.read_list(path, article_doi, state)
                if is_watch(head)
                else formats.read_pdf(path, article_doi, state)
            )
        if head.startswith(b"PK\x03\x04"):
            return formats.read_word(path, article_doi, state)
        if is_long_json(head, path, MAX_BYTES):
            return formats.read_json_list(path, article_doi, state)
        data = bytes_of(path, MAX_BYTES)
        declared = declared_text(data)
        text, warnings = (declared, ()) if declared else decoded(data)
        media_type = _media_type(text)
        if "<!-- retraction-watermark" in text[:4000]:
            text, remarks = formats.filled_in(text)
            warnings = (*warnings, *remarks)
        if media_type in _TEXTS:
            reading = Reading(notice=from_text(text, state=state, article_doi=article_doi), is_tagged=False)
        else:
            reading = formats.READERS[media_type](text, state, article_doi)
        return reading.as_file(data, path.name, media_type, warnings, state=state)
    except NoticeError as error:
        error.file = str(path)
        raise


def _media_type(text: str) -> str:
    """Tell the form: JSON, XML or HTML, YAML whose first line and some line name a field, Markdown, or plain text."""
    if known := formats.media_type_in(text):
        return known
    if markup := _MARKUP.match(text):
        return "text/html" if markup["html"] else "application/xml"
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("#", "---", "%YAML"))]
    keys = {found["key"] for line in lines if (found := _YAML_KEY.match(line))}
    if lines and _YAML_KEY.match(lines[0]) and keys.intersection(FIELDS):
        return "application/yaml"
    return "text/markdown" if has_markdown(text) else "text/plain"
