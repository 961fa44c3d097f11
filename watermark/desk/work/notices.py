"""Reading a notice in a worker: what it says, where in its text that is, and what a person corrected."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from watermark.desk.work.field_positions import MAX_TEXT_LENGTH, Place, places_in
from watermark.errors import NoticeError, WatermarkError, only_watermark_errors
from watermark.notice import Notice, NoticeFile, State, from_json, read_notice
from watermark.notice.decoding import declared_text, decoded
from watermark.notice.model import DoiRole
from watermark.notice.reader import WORD


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotice:
    """A notice as read, the text that it was read from, and the places of its fields in that text."""

    file: NoticeFile
    text: str
    places: Mapping[str, list[Place]]


def read(path: Path, name: str, *, state: str = "", doi: str = "") -> ReadNotice:
    """Return the notice in a file to which the user gave a name; `state` and `doi` may be "".

    Raises NoticeError if it is not a notice, or does not say enough.
    """
    with only_watermark_errors(Path(name)):
        try:
            found = read_notice(path, state=State(state) if state else None, article_doi=doi)
        except WatermarkError as error:
            error.file = name
            raise
    return _with_text(replace(found, name=name))


def look_up(doi: str, mailto: str) -> ReadNotice:
    """Return the notice that Crossref has for a DOI: the only function of the desk that uses a network.

    `mailto` is the e-mail address to send with it, or "".
    """
    from watermark.notice.crossref.cache import Cache  # noqa: PLC0415 - loaded when the first DOI is looked up
    from watermark.notice.crossref.fetch import fetched_notice  # noqa: PLC0415 - see above

    with only_watermark_errors(Path(doi)):
        return _with_text(fetched_notice(doi, mailto=mailto, cache=Cache.of_user()))


def corrected(notice: Notice, changes: Mapping[str, Any]) -> Notice:
    """Return the notice with the changed fields in place of its own; those of the article begin with `article.`.

    Raises NoticeError for a field that does not exist and a value that is not allowed.
    """
    values = asdict(notice)
    for name, value in changes.items():
        owner, _, inner = name.rpartition(".")
        target = values["article"] if owner == "article" else values if not owner else None
        if target is None or inner not in target or not isinstance(value, str | list | int | bool | None):
            raise NoticeError(f"“{name[:40]}” is not a field that can be corrected", remedy="Reload the page.")
        target[inner] = value
    values["dois"] = [one for one in values["dois"] if one["role"] not in _roles_corrected(changes)]
    return from_json(json.dumps(values))


_ROLES = {
    "doi": DoiRole.NOTICE,
    "article.doi": DoiRole.ARTICLE,
    "replacement_doi": DoiRole.REPLACEMENT,
}


def _roles_corrected(changes: Mapping[str, Any]) -> frozenset[DoiRole]:
    """Return the roles of DOIs that a person has corrected: their roles in the text do not count any more."""
    return frozenset(role for name, role in _ROLES.items() if name in changes)


def _with_text(found: NoticeFile) -> ReadNotice:
    text = _text_of(found)[:MAX_TEXT_LENGTH]
    return ReadNotice(file=found, text=text, places=places_in(text, found.notice))


def _text_of(found: NoticeFile) -> str:
    """Return the text of a notice as its reader saw it; "" where it cannot be shown."""
    try:
        if found.media_type == "application/pdf":
            from watermark.notice.formats.pdf import text_in_pdf  # noqa: PLC0415 - few notices are PDFs

            return text_in_pdf(found.data)
        if found.media_type == WORD:
            from watermark.notice.formats.docx import text_in_word  # noqa: PLC0415 - few notices are Word documents

            return text_in_word(found.data)
        text = declared_text(found.data) or decoded(found.data)[0]
        if found.media_type == "text/html":
            from watermark.notice.formats.web_page import text_in_page  # noqa: PLC0415 - few notices are web pages

            return text_in_page(text)
    except NoticeError:
        return ""
    return text
