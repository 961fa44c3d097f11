"""A notice as a PDF: its metadata, and the words of its first pages read by the rules for text."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from watermark.errors import NoticeError, RefusedError
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.fields import is_labelled
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.formats.reading import Reading
from watermark.notice.formats.structured import from_json
from watermark.notice.formats.text import from_text
from watermark.notice.model import State
from watermark.notice.text_blocks import collapse_whitespace
from watermark.pdf.pdfium.document import PdfiumDocument, PdfiumError
from watermark.pdf.pdfium.text import PageText
from watermark.pdf.xmp.packet import Element, read_packet, strip_illegal_xml_chars
from watermark.runtime.expressions import expression

MAX_BYTES = 20_000_000
MAX_STORED_PARTS = 200
MAX_PAGES = 6
MAX_CHARACTERS = 60_000

_PARAGRAPH_GAP = 1.25
_OTHER_SIZE = 1.12
_HYPHENS = ("\x02", "\ufffe")
_BULLET = expression(r"[•‣◦·\u25cf\uf0b7]\s*")
_DOI_AT_THE_END = expression(r"10\.[0-9]{4,9}/\S*$")
_MAX_PACKET_BYTES = 200_000
_GIVE_TEXT = "Give the notice's text as a .txt file, or its YAML form."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line of a page; `top` and `bottom` in points from the foot of the page, `size` of its type in points."""

    words: str
    top: float
    bottom: float
    size: float
    page: int


def from_pdf(data: bytes, *, state: State | None = None, article_doi: str = "") -> Reading:
    """Return what a PDF of a notice says; the words of its first six pages are read.

    A notice that this tool has typeset gives the notice that it was made from. The DOI is taken from XMP, where it is
    the file's own. Raises NoticeError when PDFium cannot open it, when it is encrypted, when its pages have no text,
    and when its words do not show the state.
    """
    text, info_title, page_count, stored = _text(data)
    if (typeset := _typeset(stored, text)) is not None:
        return typeset
    if not text.strip():
        raise NoticeError("the PDF has no text on its first pages: they may be scanned", remedy=_GIVE_TEXT)
    doi, title = _metadata(data)
    notice = from_text(_with_title(text, title or info_title), state=state, article_doi=article_doi)
    warnings = (f"only the first {MAX_PAGES} of {page_count} pages were read",) if page_count > MAX_PAGES else ()
    notice = replace(notice, doi=notice.doi or (doi if doi != notice.article.doi else ""))
    return Reading(notice=notice, warnings=warnings, is_tagged=False)


def text_in_pdf(data: bytes) -> str:
    """Return the words of the first pages of a PDF, a paragraph on each line. Raises NoticeError as `from_pdf` does."""
    return _text(data)[0]


def _typeset(stored: str, text: str) -> Reading | None:
    """Return the notice that a typeset document was made from; None for other files.

    The data count only where the pages show the same DOIs and title: what a reader sees must be what is read.
    """
    if not stored.startswith('{"notice": '):
        return None
    try:
        values = json.loads(stored)
        notice = from_json(json.dumps(values["notice"]))
    except (NoticeError, ValueError, RecursionError, KeyError, TypeError):
        return None
    shown = _compact(text)
    seen = (notice.article.doi, notice.doi, notice.article.title or notice.title, *notice.statement[:1])
    source = values.get("source")
    if not all(_compact(words) in shown for words in seen):
        return None
    return Reading(notice=notice, source=source[:250] if isinstance(source, str) else "", is_tagged=False)


def _compact(text: str) -> str:
    """Return text without white space, hyphens and case, so that line breaks do not matter."""
    return re.sub(r"[\s\x02\ufffe\u00ad-]+", "", text).casefold()


def _with_title(text: str, title: str) -> str:
    """Put the metadata's title above the text when it bears a label and the text does not begin with it."""
    known = collapse_whitespace(title)
    if (
        not known
        or split_title_label(known)[1] is None
        or known.casefold() in collapse_whitespace(text[:4000]).casefold()
    ):
        return text
    return f"{known}\n\n{text}"


def _text(data: bytes) -> tuple[str, str, int, str]:
    try:
        document = PdfiumDocument(data)
    except PdfiumError as error:
        raise NoticeError(
            "the PDF of the notice cannot be opened: it is damaged, or it needs a password", remedy=_GIVE_TEXT
        ) from error
    with document:
        try:
            title, stored = document.information("Title"), _stored(document)
            lines: list[_Line] = []
            for page_number in range(1, min(len(document), MAX_PAGES) + 1):
                with document.page(page_number) as page:
                    lines.extend(_lines(page.text, page_number))
            return "\n".join(_paragraphs(_without_running_heads(lines))), title, len(document), stored
        except (PdfiumError, ValueError) as error:
            raise NoticeError("the pages of the PDF cannot be read", remedy=_GIVE_TEXT) from error


def _stored(document: PdfiumDocument) -> str:
    """Return the data that this tool stores in its own documents, one entry after the other; "" in other files."""
    parts: list[str] = []
    for number in range(MAX_STORED_PARTS):
        parts.append(document.information(f"RetractionNotice{number or ''}"))
        if not parts[-1]:
            break
    return "".join(parts)


def _lines(words: PageText, page_number: int) -> Iterator[_Line]:
    """Yield the lines of a page, from the top, with their positions."""
    text = "".join(chr(code) for code in words.codes(MAX_CHARACTERS))
    for found in re.finditer(r"[^\r\n]+", text):
        marks = [index for index in range(found.start(), found.end()) if not text[index].isspace()]
        if not marks:
            continue
        middle = marks[len(marks) // 2]
        boxes = [box for index in (marks[0], middle, marks[-1]) if (box := words.loose_box(index)) is not None]
        if not boxes:
            raise PdfiumError("characters have no position")
        yield _Line(
            words=found[0].strip(),
            top=max(box[3] for box in boxes),
            bottom=min(box[1] for box in boxes),
            size=words.font_size(middle),
            page=page_number,
        )


def _without_running_heads(lines: Sequence[_Line]) -> list[_Line]:
    """Leave out lines that repeat on every page except for a number, and bare page numbers."""
    pages = {line.page for line in lines}
    shapes = {(line.page, re.sub(r"[0-9]+", "#", line.words)) for line in lines}
    repeated = Counter(shape for _, shape in shapes)
    running = {shape for shape, count in repeated.items() if count == len(pages) > 1} | {"#"}
    return [line for line in lines if re.sub(r"[0-9]+", "#", line.words) not in running]


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    """Yield each paragraph on one line, followed by an empty line; a line that names a fact stays alone.

    A gap, another size of type and a bullet begin a paragraph. A word that PDFium read in two parts is joined.
    """
    usual = _usual_gap(lines)
    last: _Line | None = None
    paragraph = ""
    for line in lines:
        words = _BULLET.sub("- ", line.words, count=1)
        if last is not None and (
            _begins(last, line, usual) or words != line.words or is_labelled(last.words) or is_labelled(words)
        ):
            yield f"{paragraph}\n"
            paragraph = ""
        divided = paragraph.endswith(_HYPHENS)
        paragraph = paragraph.rstrip("".join(_HYPHENS))
        if _DOI_AT_THE_END.search(paragraph[-400:]):
            paragraph += ("-" if divided else "") + "\n" + words  # whether the DOI continues is decided with the text
        else:
            paragraph += ("" if divided or not paragraph else " ") + words
        last = line
    yield paragraph


def _usual_gap(lines: Sequence[_Line]) -> float:
    gaps = [
        (above.bottom - below.bottom) / max(below.size, 1.0)
        for above, below in pairwise(lines)
        if above.page == below.page and 0 < above.bottom - below.bottom < 3 * max(below.size, 1.0)
    ]
    return median(gaps) if gaps else 1.2


def _begins(last: _Line, line: _Line, usual: float) -> bool:
    if max(last.size, line.size) > _OTHER_SIZE * min(last.size, line.size):
        return True
    if last.page != line.page:
        return last.words.endswith((".", ":"))
    drop = last.bottom - line.bottom
    return drop < 0 or drop > _PARAGRAPH_GAP * usual * line.size


def _metadata(data: bytes) -> tuple[str, str]:
    """Return DOI and title of the last XMP packet that can be read; two DOIs that differ are none."""
    begin = data.rfind(b"<?xpacket begin")
    end = data.find(b"<?xpacket end", begin, begin + _MAX_PACKET_BYTES) if begin >= 0 else -1
    if end < 0:
        return "", ""
    try:
        rdf, _ = read_packet(data[begin:end])
    except RefusedError:
        return "", ""  # metadata is a help here, not a condition: the words of the pages are read anyway
    dois = {doi for value in _values(rdf, ("doi", "DOI", "identifier", "url")) if (doi := normalised_doi(value))}
    titles = _values(rdf, ("title",))
    return (dois.pop() if len(dois) == 1 else ""), next(titles, "")


def _values(rdf: Element, names: Sequence[str]) -> Iterator[str]:
    for element in rdf.iter("{*}*"):
        local = str(element.tag).rpartition("}")[2]
        if local in names:
            yield collapse_whitespace(strip_illegal_xml_chars("".join(map(str, element.itertext()))))
        for key, value in element.attrib.items():
            if str(key).rpartition("}")[2] in names:
                yield collapse_whitespace(strip_illegal_xml_chars(str(value)))
