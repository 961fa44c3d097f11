"""JSON as a tree of values, read under limits (YAML: `yaml_values`, whose values know their line).

No anchors and aliases (a page of them expands to gigabytes), no tags, one document, no duplicate keys. YAML's guesses
about types are not made: `volume: 013`, `pages: 1e5` and `date: 2024-05-01` keep the characters that were typed.
"""

import json
from dataclasses import dataclass
from typing import Any, NoReturn

from watermark.errors import NoticeError
from watermark.notice.text_blocks import safe_excerpt

MAX_BYTES = 1_000_000
MAX_DEPTH = 8
MAX_VALUES = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value; `line` counts from 1 and is 0 when unknown. `is_plain` is True for YAML text without quotes."""

    data: "dict[str, Value] | list[Value] | str | int | bool | None"
    line: int = 0
    is_plain: bool = False


def json_tree(text: str) -> Value:
    """Return the values of a JSON text (RFC 8259). Raises NoticeError if it is not JSON, or exceeds the limits."""
    check_size(text, "JSON")
    try:
        return _from_python(loaded_json(text, object_pairs_hook=_once_each, parse_constant=_no_constant), 0)
    except RecursionError as error:
        raise depth_error(0) from error


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


def _from_python(data: object, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise depth_error(0)
    if isinstance(data, dict):
        return Value(data={key: _from_python(value, depth + 1) for key, value in data.items()})
    if isinstance(data, list):
        return Value(data=[_from_python(value, depth + 1) for value in data])
    if isinstance(data, float):
        raise NoticeError(f"{data} is not a valid value in a notice", remedy="Put the number in quotes.")
    assert data is None or isinstance(data, (str, int))
    return Value(data=data)


def _once_each(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members: dict[str, object] = {}
    for key, value in pairs:
        if key in members:
            raise NoticeError(f"the key `{safe_excerpt(key)}` appears twice", remedy="Keep one of the two.")
        members[key] = value
    return members


def _no_constant(name: str) -> NoReturn:
    raise NoticeError(f"{name} is not a valid value in a notice", remedy="Correct the JSON.")


def check_size(text: str, form: str) -> None:
    """Raise NoticeError when a text is too large to be a notice."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise NoticeError(
            f"the {form} is larger than {MAX_BYTES} bytes", remedy="Give the notice alone, without other files in it."
        )


def depth_error(line: int) -> NoticeError:
    """Return the error for values that are nested too deep."""
    return NoticeError(
        f"values are nested more than {MAX_DEPTH} deep",
        place=f"line {line}" if line else "",
        remedy="A notice needs four levels; see the fields of the YAML form.",
    )
