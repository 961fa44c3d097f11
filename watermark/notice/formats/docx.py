"""A notice as a Word document (.docx, ISO/IEC 29500): its paragraphs, read by the rules for text.

Only two parts of the archive are read, each under a limit, as a small archive can unfold to gigabytes. Pictures,
headers, footnotes, deleted and hidden text are left out.
"""

import codecs
import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import groupby

from watermark.errors import NoticeError
from watermark.notice.decoding import declared_text
from watermark.notice.formats.json_values import check_size
from watermark.notice.formats.text import from_text
from watermark.notice.model import Notice, State
from watermark.notice.text_blocks import collapse_whitespace
from watermark.notice.xml import Element, attribute, child, children, every, name_of, parsed

MAX_BYTES = 20_000_000
MAX_PART_BYTES = 8_000_000
MAX_DIRECTORY_BYTES = 1_000_000
_GIVE_TEXT = "Save the notice as PDF or as plain text, and give that."
_LEFT_OUT = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "pict", "footnoteReference"}
)
_CHARACTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OTHER_ARCHIVES = (
    ("xl/workbook.xml", "an Excel workbook"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("META-INF/container.xml", "an e-book (EPUB)"),
)


def from_word(data: bytes, *, state: State | None = None, article_doi: str = "") -> Notice:
    """Return what a Word document says; `state` is used where its words do not say what happened to the article.

    Raises NoticeError for an archive that is no Word document, is damaged, has a password or is beyond the limits, and
    as `from_text` does.
    """
    return from_text(text_in_word(data), state=state, article_doi=article_doi)


def text_in_word(data: bytes) -> str:
    """Return the text of a Word document, a paragraph on each line. Raises NoticeError as `from_word` does."""
    with _archive(data) as archive:
        root = parsed(_main_part(archive))
    body = child(root, "body")
    if name_of(root) != "document" or body is None:
        raise NoticeError("the Word document has no body", remedy=_GIVE_TEXT)
    text = "\n\n".join(filter(None, map(_paragraph, every(body, "p"))))
    if not text.strip():
        raise NoticeError("the Word document has no text: it may hold only pictures", remedy=_GIVE_TEXT)
    check_size(text, "text of the Word document")
    return text


def _archive(data: bytes) -> zipfile.ZipFile:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    directory_size = struct.unpack_from("<I", data, end + 12)[0] if 0 <= end <= len(data) - 22 else 0
    if directory_size > MAX_DIRECTORY_BYTES:
        raise NoticeError("the archive lists more files than a Word document has", remedy=_GIVE_TEXT)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
        raise NoticeError("the Word document (or ZIP file) is damaged", remedy=_GIVE_TEXT) from error


def _main_part(archive: zipfile.ZipFile) -> str:
    """Return the XML of the part that the archive's relations name as the document."""
    names = set(archive.namelist())
    target = "word/document.xml"
    if "_rels/.rels" in names:
        relations = every(parsed(_part(archive, "_rels/.rels")), "Relationship")
        main = (attribute(one, "Target") for one in relations if attribute(one, "Type").endswith("/officeDocument"))
        target = posixpath.normpath(next(main, target).lstrip("/"))
    kind = next((kind for name, kind in _OTHER_ARCHIVES if name in names), "")
    if kind or target not in names:
        raise NoticeError(f"the file is {kind or 'a ZIP file'}, not a Word document", remedy=_GIVE_TEXT)
    return _part(archive, target)


def _part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the text of a part; no more is inflated than a part of a notice can have."""
    entry = archive.getinfo(name)
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise NoticeError("the Word document is compressed in a way that Word does not use", remedy=_GIVE_TEXT)
    try:
        with archive.open(entry) as part:
            data = part.read(MAX_PART_BYTES + 1)
    except RuntimeError as error:  # zipfile's own for a password
        raise NoticeError("the Word document needs a password", remedy=_GIVE_TEXT) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error) as error:
        raise NoticeError("the Word document (or ZIP file) is damaged", remedy=_GIVE_TEXT) from error
    if len(data) > MAX_PART_BYTES:
        raise NoticeError(f"a part of the Word document unfolds to more than {MAX_PART_BYTES} bytes", remedy=_GIVE_TEXT)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return declared_text(data) or data.decode("utf-8-sig", "replace")


def _paragraph(element: Element) -> str:
    """Return a paragraph with Markdown's marks for a heading, a list item and italics."""
    runs = list(_runs(element, italic=False))
    pieces = []
    for italic, group in groupby(runs, key=lambda run: run[1]):
        words = "".join(text for text, _ in group)
        bare = words.strip()
        marked = words.replace(bare, f"*{bare}*") if italic and bare and "*" not in bare and "\n" not in bare else words
        pieces.append(marked)
    lines = [line for part in "".join(pieces).split("\n") if (line := collapse_whitespace(part))]
    properties = child(element, "pPr")
    style = child(properties, "pStyle")
    name = attribute(style, "val").lower() if style is not None else ""
    if lines and name.startswith(("title", "heading")):
        return f"# {' '.join(lines).replace('*', '')}"
    if lines and child(properties, "numPr") is not None:
        return f"- {' '.join(lines)}"
    return "\n".join(lines)


def _runs(element: Element, *, italic: bool) -> Iterator[tuple[str, bool]]:
    """Yield the visible text in an element, and whether it is set in italics; paragraphs inside come by themselves."""
    for inner in element:
        name = name_of(inner)
        if name in _LEFT_OUT or name == "p":
            continue
        if name == "t":
            yield inner.text or "", italic
        elif name in _CHARACTERS:
            yield _CHARACTERS[name], italic
        elif name == "r":
            if not _is_on(inner, "vanish"):
                yield from _runs(inner, italic=_is_on(inner, "i"))
        else:
            yield from _runs(inner, italic=italic)


def _is_on(run: Element, toggle: str) -> bool:
    """Return whether a property of a run is switched on (ISO/IEC 29500-1 17.7.3)."""
    found = children(run, "rPr", toggle)
    return bool(found) and attribute(found[0], "val").lower() not in {"0", "false", "off"}
