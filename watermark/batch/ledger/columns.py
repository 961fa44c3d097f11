"""Convert an entry to the columns of a table and back: a column for each field, lists as JSON."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from datetime import UTC, datetime
from typing import Any

import msgspec

from watermark.batch.ledger.entry import LedgerEntry
from watermark.models import Decision, Finding

_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"
_SQL_TYPES: Mapping[object, str] = {int: "INTEGER NOT NULL DEFAULT 0", float: "REAL NOT NULL DEFAULT 0"}
_LISTS = {"findings": tuple[Finding, ...], "decisions": tuple[Decision, ...], "notes": tuple[str, ...]}

NAMES: tuple[str, ...] = tuple(field.name for field in fields(LedgerEntry))


def declared() -> dict[str, str]:
    """Return the SQL type of each column, in the order of the fields. All have a default: columns can be added."""
    return {
        field.name: _SQL_TYPES.get(field.type, f"TEXT NOT NULL DEFAULT '{_default(field)}'")
        for field in fields(LedgerEntry)
    }


def values_of(entry: LedgerEntry) -> tuple[Any, ...]:
    """Return the value of each column, in the order of the fields."""
    return tuple(_stored(getattr(entry, name)) for name in NAMES)


def stored_text(text: str) -> str | bytes:
    """Return a text as SQLite holds it: as bytes where a file name in it is not Unicode."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def text_from(value: str | bytes) -> str:
    """Return the text that `stored_text` gave to SQLite."""
    return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


def entry_from(row: Mapping[str, Any]) -> LedgerEntry:
    """Return the entry in a row of the table. Raises ValueError when a value is not what it has to be."""
    values: dict[str, Any] = {
        name: text_from(value) if isinstance(value, bytes) else value for name, value in row.items()
    }
    try:
        values["started_at"] = datetime.strptime(values["started_at"], _TIME).replace(tzinfo=UTC)
        for name, kind in _LISTS.items():
            values[name] = msgspec.convert(json.loads(values[name]), kind)
        return LedgerEntry(**values)
    except (KeyError, TypeError, RecursionError, msgspec.ValidationError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error


def _default(field: Field[Any]) -> str:
    return "[]" if field.name in _LISTS else ("" if field.default is MISSING else str(field.default))


def _stored(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime(_TIME)
    if isinstance(value, tuple):
        return stored_text(json.dumps(msgspec.to_builtins(value), ensure_ascii=False))
    return stored_text(value) if isinstance(value, str) else value
