"""The formats that are written line by line, as results arrive."""

import json
from collections.abc import Sequence

from watermark.audit.formats.item import Item, Severity
from watermark.runtime.text_safety import one_line

COMMANDS = {Severity.ERROR: "error", Severity.NOTE: "notice"}


def to_text(items: Sequence[Item]) -> str:
    """Return a line for each item, and its remedy below it."""
    return "".join(
        one_line(f"{item.path}: {item.title}{': ' + item.reason if item.reason else ''}")
        + "\n"
        + (f"    {one_line(item.remedy)}\n" if item.remedy else "")
        for item in items
    )


def to_json(items: Sequence[Item]) -> str:
    """Return one JSON object on each line."""
    return "".join(json.dumps(item.data) + "\n" for item in items)


def to_github(items: Sequence[Item]) -> str:
    """Return workflow commands that GitHub shows at the files; nothing for files that need no attention."""
    return "".join(
        f"::{COMMANDS[item.level]} file={_property(item.path)},title={_property(item.title)}::{_data(item.message)}\n"
        for item in items
        if item.level in COMMANDS
    )


def _data(text: str) -> str:
    """Return the text as the message of a workflow command; no line in it can become another command."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # a file name may contain lone surrogates
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
