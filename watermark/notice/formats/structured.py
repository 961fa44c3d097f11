"""The tool's own form of a notice, as YAML or JSON: every fact has its own field.

Only `state` and `article` are required. A field that is left out is a fact that the notice does not give.

| field | value | meaning |
|---|---|---|
| `state` | word | `retraction`, `withdrawal`, `partial_retraction`, `expression_of_concern`, `reinstatement`, … |
| `article` | reference | the article, as cited |
| `title` | text | the title of the notice itself |
| `doi` | DOI | of the notice itself |
| `url` | http or https | address of the notice, when it has no DOI |
| `date` | ISO 8601 | day of the notice: `2024-05-01`, or `2024-05`, or `2024` |
| `issuers` | list of text | who issues the notice |
| `requested_by` | list of text | who asked for it |
| `reasons` | list of text | why, in few words each |
| `statement` | list of text | the paragraphs of the notice |
| `figure_matches` | list | `figures` (list of text), `source_figure` (text), `source` (reference) |
| `policies` | list of text | the rules that were followed |
| `stays_online` | true, false | whether the notice promises that the article stays |
| `mark_text` | text | the word that the notice wants on each page |
| `language` | BCP 47 | language of the notice, `en` when left out |
| `replacement_doi` | DOI | of the article that replaces the retracted one |
| `dois` | list | DOIs in the notice: `doi` (DOI), `role` (a `DoiRole`) and `evidence` (text) |

A reference has `citation`, `title`, `journal`, `volume`, `issue`, `pages` (text), `authors` (list of text), `year`
(number) and `doi`.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from watermark.errors import NoticeError
from watermark.notice.dates import iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.extraction.state_phrases import parse_state
from watermark.notice.formats.json_values import Value, json_tree
from watermark.notice.model import DoiMention, DoiRole, FigureMatch, Notice, Reference, State
from watermark.notice.text_blocks import collapse_whitespace, is_printable, safe_excerpt
from watermark.runtime.expressions import expression

_URL = expression(r"https?://[!-~]{3,2000}", re.IGNORECASE)
_LANGUAGE = expression(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_Reader = Callable[[Value, str], Any]


def to_json(notice: Notice) -> str:
    """Return the notice as JSON, every field under its name in the order of the model, with a newline at the end."""
    return json.dumps(asdict(notice), ensure_ascii=False, indent=2) + "\n"


def from_json(text: str) -> Notice:
    """Return the notice in a JSON text. Runs of white space become one space; other text is unchanged.

    `from_json(to_json(notice)) == notice` for every notice from a reader of this package. Raises NoticeError
    for an unknown key, a missing one or a value of another type, with the key and the allowed values.
    """
    return _notice(json_tree(text), "")


def from_yaml(text: str) -> Notice:
    """Return the notice in a YAML text, as `from_json` does; errors name the line. Raises NoticeError."""
    from watermark.notice.formats.yaml_values import yaml_tree  # noqa: PLC0415 - few notices are YAML, and its reader is large

    return _notice(yaml_tree(text), "")


def valid_url(text: str) -> str:
    """Return `text` when it is an http or https address, else an empty string."""
    return text if _URL.fullmatch(text) else ""


def valid_language(text: str) -> str:
    """Return `text` when it has the form of a language tag (BCP 47), else an empty string."""
    return text if _LANGUAGE.fullmatch(text) else ""


def _text(value: Value, key: str) -> str:
    if _is_nothing(value):
        return ""
    if not isinstance(value.data, str):
        raise _wrong(value, key, "must be text", "Put the value in quotes.")
    text = collapse_whitespace(value.data)
    if not is_printable(text):
        raise _wrong(value, key, "has a control character in it", "Remove the character.")
    return text


def _texts(value: Value, key: str) -> tuple[str, ...]:
    texts = tuple(_text(item, f"{key}[{place}]") for place, item in enumerate(_items(value, key), 1))
    if not all(texts):
        raise _wrong(value, key, "has an empty text in it", "Remove the empty item.")
    return texts


def _items(value: Value, key: str) -> list[Value]:
    if _is_nothing(value):
        return []
    if not isinstance(value.data, list):
        raise _wrong(value, key, "must be a list", "In YAML, put each item on its own line, after `- `.")
    return value.data


def _year(value: Value, key: str) -> int | None:
    if _is_nothing(value) or value.data is None:
        return None
    text = str(value.data)
    data = int(text) if value.is_plain and re.fullmatch("[0-9]{4}", text) else value.data
    if isinstance(data, bool) or not isinstance(data, int) or not 1000 <= data <= 9999:
        raise _wrong(value, key, "must be a year", "Write four digits without quotes: 2024.")
    return data


def _truth(value: Value, key: str) -> bool:
    data = {"true": True, "false": False}.get(str(value.data).lower()) if value.is_plain else value.data
    if not isinstance(data, bool):
        raise _wrong(value, key, "must be true or false", "Write true or false without quotes.")
    return data


def _state(value: Value, key: str) -> State:
    state = parse_state(_text(value, key))
    if state is None:
        raise _wrong(value, key, f"is not a state: “{safe_excerpt(str(value.data))}”", f"Allowed: {', '.join(State)}.")
    return state


def _checked(check: Callable[[str], str], wanted: str, example: str) -> _Reader:
    """Return a reader of text that `check` turns into its normal form, or into nothing when it is not `wanted`."""

    def read(value: Value, key: str) -> str:
        text = _text(value, key)
        if text and not check(text):
            raise _wrong(value, key, f"is not {wanted}: “{safe_excerpt(text)}”", f"Write it like {example}.")
        return check(text) if text else ""

    return read


_doi = _checked(normalised_doi, "a DOI", "10.1000/xyz123")
_REFERENCE: Mapping[str, _Reader] = {
    "citation": _text,
    "authors": _texts,
    "title": _text,
    "journal": _text,
    "year": _year,
    "volume": _text,
    "issue": _text,
    "pages": _text,
    "doi": _doi,
}


def _reference(value: Value, key: str) -> Reference:
    return Reference(**_members(value, key, _REFERENCE))


def _each(kind: type, readers: Mapping[str, _Reader]) -> _Reader:
    """Return a reader of a list of objects of a kind, each of which has all of its fields."""

    def read(value: Value, key: str) -> tuple[Any, ...]:
        items = ((item, f"{key}[{number}]") for number, item in enumerate(_items(value, key), 1))
        return tuple(kind(**_members(item, name, readers, required=tuple(readers))) for item, name in items)

    return read


def _role(value: Value, key: str) -> DoiRole:
    name = _text(value, key)
    if name not in frozenset(DoiRole):
        raise _wrong(value, key, f"is not a role of a DOI: “{safe_excerpt(name)}”", f"Allowed: {', '.join(DoiRole)}.")
    return DoiRole(name)


_NOTICE: Mapping[str, _Reader] = {
    "state": _state,
    "article": _reference,
    "title": _text,
    "doi": _doi,
    "url": _checked(valid_url, "a web address", "https://www.example.org/notice"),
    "date": _checked(iso_date, "an ISO 8601 date", "2024-05-01"),
    "issuers": _texts,
    "requested_by": _texts,
    "reasons": _texts,
    "statement": _texts,
    "figure_matches": _each(FigureMatch, {"figures": _texts, "source_figure": _text, "source": _reference}),
    "policies": _texts,
    "stays_online": _truth,
    "mark_text": _text,
    "language": _checked(valid_language, "a language tag", "en or pt-BR"),
    "replacement_doi": _doi,
    "dois": _each(DoiMention, {"doi": _doi, "role": _role, "evidence": _text}),
}
FIELDS = tuple(_NOTICE)


def _notice(value: Value, key: str) -> Notice:
    return Notice(**_members(value, key, _NOTICE, required=("state", "article")))


def _members(
    value: Value, key: str, readers: Mapping[str, _Reader], *, required: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return the fields of an object, each read by its reader. Raises NoticeError for what the model does not have."""
    allowed = f"Allowed: {', '.join(readers)}."
    if not isinstance(value.data, dict):
        raise _wrong(value, key, "must be fields with names", allowed)
    for name, member in value.data.items():
        if name not in readers:
            raise _wrong(member, _inside(key, name), "is not a field of a notice", allowed)
    for name in required:
        if name not in value.data:
            raise _wrong(value, _inside(key, name), "is missing", f"Add `{name}`. {allowed}")
    return {name: readers[name](member, _inside(key, name)) for name, member in value.data.items()}


def _inside(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


def _is_nothing(value: Value) -> bool:
    return value.is_plain and value.data in ("", "~", "null")


def _wrong(value: Value, key: str, what: str, remedy: str) -> NoticeError:
    return NoticeError(
        f"`{safe_excerpt(key)}` {what}" if key else f"the notice {what}",
        place=f"line {value.line}" if value.line else "",
        remedy=remedy,
    )
