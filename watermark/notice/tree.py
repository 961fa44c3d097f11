"""JSON and YAML as one tree of values that know their line, read under limits and with nothing but data in it.

No anchors and aliases (a page of them unfolds to gigabytes), no tags, one document, no key twice. YAML's guesses
about types are not made: `volume: 013`, `pages: 1e5` and `date: 2024-05-01` keep the characters that were typed.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from watermark.errors import NoticeError
from watermark.notice.prose import quoted

MAX_BYTES = 1_000_000
MAX_DEPTH = 8
MAX_VALUES = 100_000
_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value; `line` counts from 1 and is 0 when unknown. `is_plain` is True for YAML text without quotes."""

    data: "dict[str, Value] | list[Value] | str | int | bool | None"
    line: int = 0
    is_plain: bool = False


def json_tree(text: str) -> Value:
    """Return the values of a JSON text (RFC 8259). Raises NoticeError when it is none, or is beyond the limits."""
    _limit(text, "JSON")
    try:
        return _from_python(loaded_json(text, object_pairs_hook=_once_each, parse_constant=_no_constant), 0)
    except RecursionError as error:
        raise _too_deep(0) from error


def loaded_json(text: str, **hooks: Any) -> object:  # noqa: ANN401 - as json.loads has them
    """Return what a JSON text holds; `hooks` go to `json.loads`. Raises NoticeError, and RecursionError when nested."""
    try:
        return json.loads(text, **hooks)
    except json.JSONDecodeError as error:
        raise NoticeError(
            f"the JSON cannot be read: {error.msg}",
            place=f"line {error.lineno}",
            remedy="Correct the JSON, or give the notice as YAML or as text.",
        ) from error
    except ValueError as error:
        raise NoticeError("a number in the JSON is too long", remedy="Correct the JSON.") from error


def yaml_tree(text: str) -> Value:
    """Return the values of a YAML text. Raises NoticeError when it is none, or is beyond the limits."""
    _limit(text, "YAML")
    try:
        return _Composer(text).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "a character that YAML does not allow"
        if "nesting depth" in problem:  # newer releases of PyYAML have a limit of their own
            raise _too_deep(mark.line + 1 if mark else 0) from error
        raise NoticeError(
            f"the YAML cannot be read: {quoted(problem)}",
            place=f"line {mark.line + 1}" if mark else "",
            remedy="Correct the YAML; put quotation marks around a text with a colon in it.",
        ) from error


class _Composer:
    """Builds the tree from YAML's events, one at a time, so that a hostile file is left at the first limit."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_YAML_LOADER))
        self._left = MAX_VALUES

    def document(self) -> Value:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return Value(data=None, line=1)
        value = self._value(next(self._events), 0)
        next(self._events)
        following = next(self._events)
        if not isinstance(following, yaml.StreamEndEvent):
            _refuse("there is a second YAML document in the file", following, "Give one file for each notice.")
        return value

    def _value(self, event: yaml.Event, depth: int) -> Value:
        self._admit(event, depth)
        if isinstance(event, yaml.ScalarEvent):
            return Value(data=event.value, line=_line(event), is_plain=not event.style)
        if isinstance(event, yaml.SequenceStartEvent):
            return Value(data=self._items(depth + 1), line=_line(event))
        return Value(data=self._members(depth + 1), line=_line(event))

    def _admit(self, event: yaml.Event, depth: int) -> None:
        """Refuse what a notice has no need of and a hostile file is made of."""
        self._left -= 1
        if self._left < 0:
            _refuse(f"there are more than {MAX_VALUES} values", event, "Give a shorter notice.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse("anchors (&) and aliases (*) are not allowed", event, "Write the value out, or put it in quotes.")
        if getattr(event, "tag", None) not in (None, "!"):
            _refuse("tags (!) are not allowed", event, "Take the tag away, or put the value in quotes.")
        if depth > MAX_DEPTH:
            raise _too_deep(_line(event))

    def _items(self, depth: int) -> list[Value]:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth))
        return items

    def _members(self, depth: int) -> dict[str, Value]:
        members: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, depth).data
            if not isinstance(key, str):
                _refuse("a key must be one word", event, "Write `key: value`.")
            if key in members:
                _refuse(f"the key `{quoted(key)}` stands twice", event, "Keep one of the two.")
            members[key] = self._value(next(self._events), depth)
        return members


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _from_python(data: object, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise _too_deep(0)
    if isinstance(data, dict):
        return Value(data={key: _from_python(value, depth + 1) for key, value in data.items()})
    if isinstance(data, list):
        return Value(data=[_from_python(value, depth + 1) for value in data])
    if isinstance(data, float):
        raise NoticeError(f"{data} is no value of a notice", remedy="Put the number in quotes.")
    assert data is None or isinstance(data, (str, int))
    return Value(data=data)


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise NoticeError(f"the key `{quoted(key)}` stands twice", remedy="Keep one of the two.")
        members[key] = value
    return members


def _no_constant(name: str) -> NoReturn:
    raise NoticeError(f"{name} is no value of a notice", remedy="Correct the JSON.")


def _limit(text: str, form: str) -> None:
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise NoticeError(
            f"the {form} is larger than {MAX_BYTES} bytes", remedy="Give the notice alone, without other files in it."
        )


def _too_deep(line: int) -> NoticeError:
    return NoticeError(
        f"values are nested more than {MAX_DEPTH} deep",
        place=f"line {line}" if line else "",
        remedy="A notice needs four levels; see the fields of the YAML form.",
    )


def _refuse(reason: str, event: yaml.Event, remedy: str) -> NoReturn:
    raise NoticeError(reason, place=f"line {_line(event)}", remedy=remedy)
