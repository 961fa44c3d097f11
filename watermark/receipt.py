"""The record of one marking that is embedded in the copy, as JSON in the XMP metadata."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from typing import Any, NamedTuple, Self

from watermark.notice import State
from watermark.pdf.page_range import PageRange
from watermark.pdf.xmp.packet import RDF, Element, PacketError, read_packet, strip_illegal_xml_chars

NAMESPACE = "https://purl.org/retraction-watermark/ns/1.0/"
PREFIX = "rwm"
LINE = "Receipt"
FORMAT = 1
"""The version of what a marking writes. It rises when the same article, notice and choices give other bytes."""

NO_LINE = "none"
"""The edge that is recorded for pages on which the line is left out."""

MAX_MARKINGS = 1000
"""How many markings one file may have."""

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_TO_ESCAPE = re.compile("[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFile:
    """A file that this tool embedded in the copy. `kind` is notice, notice-pdf, record or original."""

    kind: str
    name: str
    sha256: str
    size_bytes: int


class Marking(NamedTuple):
    """One marking of a file that holds several articles: its pages (None for all), its notice, and its edge line."""

    pages: PageRange | None
    state: State
    notice_digest: str
    article_doi: str
    line_text: str

    def recorded(self) -> list[object]:
        """Return the marking as a JSON value."""
        pages = [self.pages.first, self.pages.last] if self.pages else []
        return [pages, self.state.value, self.notice_digest, self.article_doi, self.line_text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one marking did. Pages count from 1; sizes are in bytes; digests are SHA-256 in hexadecimal.

    `conformance` is the PDF/A level that the original's claim was raised to ("3b"), or "" if the claim was kept.
    `rebuilt_sha256` and `rebuilt_size_bytes` describe the file that qpdf made of a damaged original, to which the
    marking was appended; they are "" and 0 if it was appended to the original itself. `linearized` is true if the copy
    was rewritten as a whole afterwards. `format` is the `FORMAT` of the release that wrote the copy, and 0 for copies
    of 0.1.0, which did not record it. `choices` holds what cannot be computed again from the original and the notice:
    see `watermark.stamping.plan.recorded_choices`.
    """

    tool: str
    marked_at: datetime
    original_sha256: str
    original_size_bytes: int
    page_count: int
    state: State
    notice_digest: str
    notice_link: str = ""
    article_doi: str = ""
    mark_text: str
    line_text: str = ""
    line_link: str = ""
    title_prefix: str = ""
    opacity: float
    stroke_points: float = 0.0
    notice_page: str = ""
    match: str
    match_reason: str = ""
    match_evidence: tuple[str, ...] = ()
    despite: tuple[str, ...] = ()
    conformance: str = ""
    rebuilt_sha256: str = ""
    rebuilt_size_bytes: int = 0
    linearized: bool = False
    files: tuple[AttachedFile, ...] = ()
    format: int = 0
    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def pages(self) -> PageRange | None:
        """The pages that carry the mark, where only a part of the file was marked; None if all pages do."""
        return _pages_in(self.choices.get("pages"))

    @property
    def pages_without_line(self) -> tuple[PageRange, ...]:
        """The pages on which the line was left out, because they have no room for it."""
        first, found = self.pages.first if self.pages else 1, []
        for edge, count, *_ in self.choices.get("edges", ()):
            if edge == NO_LINE:
                found.append(PageRange(first, first + count - 1))
            first += count
        return tuple(found)

    @property
    def rewriting(self) -> str:
        """How the original was rewritten, in words for people."""
        return "rewritten as PDFium reads it" if self.choices.get("rewriter") == "pdfium" else "rewritten by qpdf"

    @property
    def markings(self) -> tuple[Marking, ...]:
        """All markings of the copy, the first one first; of a copy that was never marked in part, only the newest."""
        own = Marking(self.pages, self.state, self.notice_digest, self.article_doi, self.line_text)
        return (*map(_marking_in, self.choices.get("earlier", ())), own)

    def carries_mark(self, page_number: int) -> bool:
        """Return whether a page, counted from 1 in the original, was marked."""
        return self.pages is None or page_number in self.pages

    def to_json(self) -> str:
        """Return the receipt as one line of JSON, keys in the order of the fields.

        Characters that XML cannot hold are escaped, so that the line survives any packet unchanged.
        """
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values["marked_at"] = format_utc(self.marked_at)
        values["files"] = [{f.name: getattr(item, f.name) for f in fields(item)} for item in self.files]
        line = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        return _TO_ESCAPE.sub(lambda match: f"\\u{ord(match.group()):04x}", line)

    @classmethod
    def from_json(cls, line: str) -> Self:
        """Return the receipt that `to_json` wrote. Raises ValueError if it is not a receipt, or a value is invalid."""
        try:
            values: dict[str, Any] = json.loads(line, object_pairs_hook=_once_each)
            values["marked_at"] = datetime.strptime(values["marked_at"], _TIME).replace(tzinfo=UTC)
            values["state"] = State(values["state"])
            values["files"] = tuple(AttachedFile(**item) for item in values["files"])
            for key in ("match_evidence", "despite"):
                values[key] = tuple(values[key])
            receipt = cls(**values)
            _check(receipt)
            for item in receipt.files:
                _check(item)
            _check_pages(receipt)
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"not a receipt: {error}") from error
        return receipt

    def properties(self) -> dict[str, str]:
        """Return the most important fields as XMP properties, for readers that do not parse the JSON line.

        An empty property is not written.
        """
        expected = {
            "OriginalSHA256": self.original_sha256,
            "OriginalSize": str(self.original_size_bytes),
            "MarkedAt": format_utc(self.marked_at),
            "Tool": self.tool,
            "State": self.state.value,
            "NoticeLink": self.notice_link,
            "Pages": str(self.pages or ""),
        }
        return {name: strip_illegal_xml_chars(value) for name, value in expected.items()}


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the values by their keys. Raises ValueError for a key that is written twice: readers would disagree."""
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ValueError("not a receipt: a key is written twice")
    return values


def format_utc(moment: datetime) -> str:
    """Return a time in UTC, to the second, as written in XMP and JSON: 2024-05-01T12:00:00Z."""
    return moment.astimezone(UTC).strftime(_TIME)


def history_entry(receipt: Receipt) -> str:
    """Return what the history of the file says about a marking."""
    where = receipt.pages.in_words if receipt.pages else "every page"
    return f"“{receipt.mark_text}” put on {where}, by an incremental update"


def receipt_in(packet: bytes) -> Receipt | None:
    """Return the receipt of the latest marking in an XMP packet, or None if this tool did not mark the file.

    Each marking replaces the receipt of the previous one, which remains in the earlier revision of the file. Any
    encoding and wrapper can be read. Raises ValueError if the packet contains the namespace of this tool but cannot be
    parsed, if a property appears twice, or if a property contradicts the receipt; the message names the properties.
    """
    if NAMESPACE.encode() not in packet.replace(b"\0", b""):
        return None
    try:
        rdf, _ = read_packet(packet)
    except PacketError as error:
        raise ValueError(f"{error.place}: {error.reason}") from error
    properties: dict[str, str] = {}
    for name, value in _own_properties(rdf):
        if name in properties:
            raise ValueError(f"{PREFIX}:{name} appears twice")
        properties[name] = value
    if not properties:
        return None
    if LINE not in properties:
        raise ValueError(f"{PREFIX}:{LINE} is missing; found only {', '.join(sorted(properties))}")
    receipt = Receipt.from_json(properties.pop(LINE))
    expected = {name: value.strip() for name, value in receipt.properties().items()}
    contradicting = [name for name, value in expected.items() if properties.get(name, value) != value]
    if contradicting:
        raise ValueError(f"contradicting the receipt: {', '.join(f'{PREFIX}:{name}' for name in contradicting)}")
    return receipt


def _own_properties(rdf: Element) -> Iterator[tuple[str, str]]:
    start = f"{{{NAMESPACE}}}"
    for description in rdf.iterchildren(f"{{{RDF}}}Description"):
        for name, value in description.attrib.items():
            if str(name).startswith(start):
                yield str(name).removeprefix(start), str(value).strip()
        for child in description.iterchildren(f"{start}*"):
            value = child.get(f"{{{RDF}}}resource") or str(child.xpath("string()"))
            yield str(child.tag).removeprefix(start), value.strip()


def _pages_in(recorded: object) -> PageRange | None:
    """Return a recorded range of pages. Raises ValueError for anything else than two numbers, or nothing."""
    if recorded is None:
        return None
    if not isinstance(recorded, list) or len(recorded) != 2:
        raise ValueError("a range of pages is not recorded as two numbers")
    return PageRange(*recorded)


def _marking_in(recorded: object) -> Marking:
    if not isinstance(recorded, list) or len(recorded) != 5:
        raise ValueError("an earlier marking is not recorded as five values")
    pages, state, digest, doi, line = recorded
    if not (isinstance(digest, str) and isinstance(doi, str) and isinstance(line, str)):
        raise TypeError("an earlier marking is not recorded as text")
    return Marking(_pages_in(pages or None), State(state), digest, doi, line)


def _check_pages(receipt: Receipt) -> None:
    """Raise ValueError or TypeError unless the recorded ranges are ranges of pages of the file."""
    if not isinstance(receipt.choices.get("earlier", []), list):
        raise TypeError("earlier is not a list")
    if receipt.pages is not None and receipt.pages.last > receipt.page_count:
        raise ValueError(f"it names {receipt.pages.in_words}, and the file has {receipt.page_count}")
    if any(pages.last > receipt.page_count for pages in receipt.pages_without_line):
        raise ValueError("it names pages without the line that the file does not have")
    if len(receipt.markings) > MAX_MARKINGS:
        raise ValueError(f"it names more than {MAX_MARKINGS} markings")


def _check(values: Receipt | AttachedFile) -> None:
    """Raise TypeError unless each field has the type it is declared with, and no number is negative."""
    for declared in fields(values):
        value = getattr(values, declared.name)
        fits: dict[object, bool] = {
            str: isinstance(value, str),
            bool: isinstance(value, bool),
            int: type(value) is int and value >= 0,
            float: type(value) in {int, float} and 0 <= value < float("inf"),
            tuple[str, ...]: isinstance(value, tuple) and all(isinstance(item, str) for item in value),
            Mapping[str, Any]: isinstance(value, dict),
        }
        if not fits.get(declared.type, True):
            raise TypeError(f"{declared.name} is {value!r:.60}")
