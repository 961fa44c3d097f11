"""YAML as values with their line numbers. Imported only for a notice in YAML."""

from collections.abc import Iterator
from typing import NoReturn

import yaml

from watermark.errors import NoticeError
from watermark.notice.formats.json_values import MAX_DEPTH, MAX_VALUES, Value, check_size, depth_error
from watermark.notice.text_blocks import safe_excerpt

_YAML_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_tree(text: str) -> Value:
    """Return the values of a YAML text. Raises NoticeError if it is not YAML, or exceeds the limits."""
    check_size(text, "YAML")
    try:
        return _Composer(text).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "a character that YAML does not allow"
        if "nesting depth" in problem:  # newer releases of PyYAML have a limit of their own
            raise depth_error(mark.line + 1 if mark else 0) from error
        raise NoticeError(
            f"the YAML cannot be read: {safe_excerpt(problem)}",
            place=f"line {mark.line + 1}" if mark else "",
            remedy="Correct the YAML; put quotation marks around a text with a colon in it.",
        ) from error


class _Composer:
    """Builds the tree from YAML's events, one at a time, so that reading a hostile file stops at the first limit."""

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
        """Refuse features that a notice does not need and a hostile file could use."""
        self._left -= 1
        if self._left < 0:
            _refuse(f"there are more than {MAX_VALUES} values", event, "Give a shorter notice.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse("anchors (&) and aliases (*) are not allowed", event, "Write the value out, or put it in quotes.")
        if getattr(event, "tag", None) not in (None, "!"):
            _refuse("tags (!) are not allowed", event, "Take the tag away, or put the value in quotes.")
        if depth > MAX_DEPTH:
            raise depth_error(_line(event))

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
                _refuse(f"the key `{safe_excerpt(key)}` appears twice", event, "Keep one of the two.")
            members[key] = self._value(next(self._events), depth)
        return members


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _refuse(reason: str, event: yaml.Event, remedy: str) -> NoReturn:
    raise NoticeError(reason, place=f"line {_line(event)}", remedy=remedy)
