"""Write the report for people: one self-contained HTML page that needs no network.

The entries are read once, in any number, and are grouped on the page: each group is written to a temporary file first.
"""

import base64
import hashlib
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources import files
from shutil import copyfileobj
from typing import TextIO

from markupsafe import Markup

from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.outcome_groups import GROUPS, OTHERS, Group, group_of, judged
from watermark.batch.reports.redaction import PathRedactor
from watermark.batch.reports.templates import template
from watermark.batch.reports.thumbnails import Pictures

MAX_TOOLS = 3


@dataclass(slots=True)
class _GroupFile:
    """The articles of one group, as HTML in a temporary file."""

    group: Group
    file: TextIO
    count: int = 0


@dataclass(slots=True)
class _Facts:
    """The totals at the top of the page."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None
    tools: list[str] = field(default_factory=list)

    def add(self, entry: LedgerEntry) -> None:
        self.count += 1
        self.first = min(self.first or entry.started_at, entry.started_at)
        self.last = max(self.last or entry.started_at, entry.started_at)
        if entry.tool not in self.tools and len(self.tools) < MAX_TOOLS:
            self.tools.append(entry.tool)


def write_page(
    illustrated: Iterable[tuple[LedgerEntry, Pictures]],
    target: TextIO,
    *,
    title: str,
    redactor: PathRedactor,
    link: Callable[[str], str] = lambda _: "",
) -> None:
    """Write the page to `target`.

    `link` returns the address of a copy for a link on the page, from its path or URL in the ledger, or "".
    """
    facts = _Facts()
    with ExitStack() as files_to_close:
        piles = []
        for group in (*GROUPS, OTHERS):
            file = files_to_close.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n"))
            piles.append(_GroupFile(group=group, file=file))
        by_group = {pile.group.name: pile for pile in piles}
        for entry, pictures in illustrated:
            facts.add(entry)
            pile = by_group[group_of(entry).name]
            pile.count += 1
            pile.file.write(_item(facts.count, redactor.entry(entry), pile.group, pictures, link(entry.copy)))
        filled = [pile for pile in piles if pile.count]
        _assemble(target, filled, facts, title)


def _assemble(target: TextIO, piles: list[_GroupFile], facts: _Facts, title: str) -> None:
    style, script = _text("report.css"), _text("report.js")
    values = {
        "title": title,
        "facts": facts,
        "piles": piles,
        "style": Markup(style),  # noqa: S704 - our own file
        "script": Markup(script),  # noqa: S704 - our own file
        "style_digest": _digest(style),
        "script_digest": _digest(script),
    }
    target.write(template("head.html.j2").render(values))
    for number, pile in enumerate(piles):
        target.write(template("group.html.j2").render(number=number, pile=pile))
        pile.file.seek(0)
        copyfileobj(pile.file, target)
        target.write("</section>\n")
    target.write(template("foot.html.j2").render(values))


def _item(number: int, entry: LedgerEntry, group: Group, pictures: Pictures, href: str) -> str:
    return template("item.html.j2").render(
        number=number,
        entry=entry,
        group=group,
        judged=judged(entry),
        pictures=pictures,
        data_uri=_data_uri,
        isolated=_isolated,
        href=href,
        notice_href=entry.notice_link if entry.notice_link.startswith(("https://", "http://")) else "",
    )


def _isolated(text: str) -> str:
    """Return the text isolated, so that its direction does not affect the text around it (Unicode FSI and PDI)."""
    return f"\u2068{text}\u2069"


def _data_uri(webp: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(webp).decode('ascii')}"


def _text(name: str) -> str:
    return files("watermark.batch.reports").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """Return the source expression that lets this text run and no other (Content Security Policy Level 3, 2.3.1)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"
