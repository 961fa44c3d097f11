"""A notice from a file, in whichever of the forms it is."""

import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from watermark.errors import NoticeError
from watermark.notice import deposit, pdf
from watermark.notice.crossref import from_crossref, is_crossref
from watermark.notice.decoding import decoded
from watermark.notice.jats import from_jats
from watermark.notice.markup import declared_text, every, name_of, parsed
from watermark.notice.model import Notice, State
from watermark.notice.plain import FIELDS, from_json, from_yaml
from watermark.notice.prose import has_markdown, quoted
from watermark.notice.text import from_text
from watermark.notice.tree import MAX_BYTES
from watermark.notice.watch import is_watch, pick

_HEAD_BYTES = 4096
_MARKUP = re.compile(
    r"\s*(?:<\?[^>]{0,1000}>\s*|<!--(?:(?!-->).){0,5000}-->\s*){0,20}"
    r"(?:(?P<html><!doctype\s+html\b|<html\b)|<!doctype\b|<[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?(?=[\s/>]))",
    re.IGNORECASE | re.DOTALL,
)
_YAML_KEY = re.compile(r"[\"']?(?P<key>[a-z][a-z_-]{0,40})[\"']?\s*:(?:\s|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFile:
    """A notice as read, and the file as it was: `data` is every byte, `name` has no folder.

    Of a list of many records, `data` is its header and the records about the article, as CSV. `media_type` is that
    of the content, not of the name: text/markdown, text/plain, application/json, application/yaml, application/xml,
    text/csv or application/pdf. `warnings` are sentences for the user.
    """

    notice: Notice
    data: bytes
    name: str
    media_type: str
    warnings: tuple[str, ...] = ()


def read_notice(path: Path, *, state: State | None = None, article_doi: str = "") -> NoticeFile:
    """Return the notice in the file at `path`; its form is recognised by the content, never by the name.

    Text and Markdown, the tool's own YAML and JSON, JATS XML, Crossref's JSON and deposit XML, Retraction Watch's
    CSV, and a PDF of the notice. `state` is taken where a text does not say what has become of the article; in the
    other forms it must be given in the file, and is replaced by `with_overrides`. `article_doi` picks the article
    where a file is about several. Raises NoticeError, with the file's name in it, for everything that is no notice: a
    folder, a device, more than 1 MB (a PDF: 20 MB), binary data, HTML, a field that is not known.
    """
    try:
        head = _bytes(path, _HEAD_BYTES, is_whole=False)
        if is_watch(head):
            return _from_list(path, article_doi)
        if b"%PDF-" in head[:1024]:
            data = _bytes(path, pdf.MAX_BYTES)
            notice, warnings = pdf.from_pdf(data, state=state)
            return NoticeFile(notice=notice, data=data, name=path.name, media_type="application/pdf", warnings=warnings)
        data = _bytes(path, MAX_BYTES)
        declared = declared_text(data)
        text, warnings = (declared, ()) if declared else decoded(data)
        media_type = _media_type(text)
        read = _READERS[media_type]
        notice = read(_Given(text=text, state=state, article_doi=article_doi))
    except NoticeError as error:
        error.file = str(path)
        raise
    return NoticeFile(notice=notice, data=data, name=path.name, media_type=media_type, warnings=warnings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    text: str
    state: State | None
    article_doi: str


def _from_list(path: Path, article_doi: str) -> NoticeFile:
    picked = pick(path, article_doi)
    return NoticeFile(
        notice=picked.notice, data=picked.data, name=path.name, media_type="text/csv", warnings=picked.warnings
    )


def _from_json(given: _Given) -> Notice:
    if is_crossref(given.text):
        return from_crossref(given.text, article_doi=given.article_doi)
    return from_json(given.text)


def _from_xml(given: _Given) -> Notice:
    root = parsed(given.text)
    name = name_of(root)
    if name in deposit.ROOTS:
        return deposit.from_deposit(root, article_doi=given.article_doi)
    if name == "article" or next(every(root, "article"), None) is not None:
        return from_jats(root, state=given.state, article_doi=given.article_doi)
    raise NoticeError(
        f"the XML is neither JATS nor a Crossref deposit: its root is <{quoted(name)}>",
        place=f"line {root.sourceline}",
        remedy="Give the notice's JATS <article>, its Crossref deposit, or its text.",
    )


def _from_html(given: _Given) -> Notice:
    line = given.text[: len(given.text) - len(given.text.lstrip())].count("\n") + 1
    raise NoticeError(
        "the file is a web page (HTML)",
        place=f"line {line}",
        remedy="Copy the notice's text out of it into a .txt file, or give the notice's JATS or Crossref record.",
    )


_READERS: Mapping[str, Callable[[_Given], Notice]] = {
    "application/json": _from_json,
    "application/xml": _from_xml,
    "text/html": _from_html,
    "application/yaml": lambda given: from_yaml(given.text),
    "text/markdown": lambda given: from_text(given.text, state=given.state),
    "text/plain": lambda given: from_text(given.text, state=given.state),
}


def _bytes(path: Path, most: int, *, is_whole: bool = True) -> bytes:
    """Return the content of an ordinary file; a device or a pipe is not even opened, as it might never end."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise NoticeError("this is a folder", remedy="Name the notice's file in it.")
        if not stat.S_ISREG(mode):
            raise NoticeError("this is a device or a pipe, not a file", remedy="Save the notice as a file first.")
        with path.open("rb") as file:
            data = file.read(most + is_whole)
    except FileNotFoundError as error:
        raise NoticeError("there is no such file", remedy="Look at the name of the notice's file.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name is not one of a file"
        raise NoticeError(
            f"the file cannot be read: {reason}", remedy="Look at its name and its permissions."
        ) from error
    if len(data) > most:
        raise NoticeError(
            f"the file is larger than {most} bytes",
            remedy="A notice is a page or two: give its text alone, without the article or images.",
        )
    return data


def _media_type(text: str) -> str:
    """Tell the form: JSON, XML or HTML, YAML whose first line and some line name a field, Markdown, or plain text."""
    if text.lstrip().startswith("{"):
        return "application/json"
    if markup := _MARKUP.match(text):
        return "text/html" if markup["html"] else "application/xml"
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith(("#", "---", "%YAML"))]
    keys = {found["key"] for line in lines if (found := _YAML_KEY.match(line))}
    if lines and _YAML_KEY.match(lines[0]) and keys.intersection(FIELDS):
        return "application/yaml"
    return "text/markdown" if has_markdown(text) else "text/plain"
