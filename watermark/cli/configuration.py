"""The configuration of a project: `watermark.toml`, or the table `[tool.watermark]` of its `pyproject.toml`.

| key | value |
|---|---|
| `retractions` | the lists for `check`: paths from the folder of the file, "crossref:" or "retraction-watch:" |
| `mailto` | the e-mail address that Crossref is asked with |
| `profile` | the house style for stamping: a preset, or a TOML file from the folder of the file |
| `trust` | a folder or file with root certificates, from the folder of the file, or "system": a seal is then required |
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from watermark.errors import UsageError
from watermark.runtime.bounded_read import read_bounded
from watermark.runtime.simple_toml import toml_values

FILE, PROJECT_FILE = "watermark.toml", "pyproject.toml"
SYSTEM = "system"
KEYS = ("retractions", "mailto", "profile", "trust")
ONLINE = frozenset({"crossref:", "retraction-watch:"})
MAX_BYTES = 1_000_000
_EXAMPLE = 'trust = "certificates"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What a project has configured. `file` is None where there is no configuration.

    `trust` names the root certificates that the seal of every copy has to lead to; "" requires no seal.
    """

    file: Path | None = None
    trust: str = ""
    retractions: tuple[str, ...] = ()
    mailto: str = ""
    profile: str = ""


def configuration_of(folder: Path) -> Configuration:
    """Return the configuration of the repository that contains `folder`, or of `folder` alone outside a repository.

    The nearest file counts; files above the repository may belong to other users and are not read. Raises UsageError
    for an unknown key, a value that is not allowed, or a file that is not TOML.
    """
    for place in _folders(folder.absolute()):
        for name in (FILE, PROJECT_FILE):
            file = place / name
            if file.is_file() and (values := _values(file)) is not None:
                return _configuration(file, values)
    return Configuration()


def _folders(start: Path) -> Iterator[Path]:
    """Yield the folder and those above it up to the root of the repository."""
    folders = (start, *start.parents)
    root = next((folder for folder in folders if (folder / ".git").exists()), start)
    yield from folders[: folders.index(root) + 1]


def _values(file: Path) -> Mapping[str, Any] | None:
    """Return the values in a file; None for a project file without a table for this tool."""
    try:
        text = read_bounded(file, MAX_BYTES).decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise UsageError(
            f"the configuration cannot be read ({reason})", file=str(file), remedy="Check its content and permissions."
        ) from error
    if file.name == PROJECT_FILE and "watermark" not in text:
        return None
    values = toml_values(text, file=str(file), what="the configuration", example=_EXAMPLE)
    if file.name == FILE:
        return values
    tools = values.get("tool")
    found = tools.get("watermark") if isinstance(tools, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _configuration(file: Path, values: Mapping[str, Any]) -> Configuration:
    if unknown := sorted(values.keys() - set(KEYS)):
        raise UsageError(
            f"“{unknown[0]}” is not a key of the configuration",
            file=str(file),
            remedy=f"Use one of: {', '.join(KEYS)}.",
        )
    trust = values.get("trust", "")
    if not isinstance(trust, str) or ("trust" in values and not trust.strip()):
        raise UsageError(
            "“trust” must name a folder or a file, or be “system”", file=str(file), remedy=f"Write it as: {_EXAMPLE}."
        )
    profile = _text(file, values, "profile")
    return Configuration(
        file=file,
        trust=trust if trust in {"", SYSTEM} else str(file.parent / trust),
        retractions=tuple(name if name in ONLINE else str(file.parent / name) for name in _lists(file, values)),
        mailto=_text(file, values, "mailto"),
        profile=str(file.parent / profile) if profile.endswith(".toml") else profile,
    )


def _text(file: Path, values: Mapping[str, Any], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise UsageError(f"“{key}” must be text", file=str(file), remedy=f'Write it as: {key} = "…".')
    return value.strip()


def _lists(file: Path, values: Mapping[str, Any]) -> list[str]:
    value = values.get("retractions", [])
    lists = [value] if isinstance(value, str) else value
    if not isinstance(lists, list) or not all(isinstance(name, str) and name.strip() for name in lists):
        raise UsageError(
            "“retractions” must name one list or several", file=str(file), remedy='Write it as: retractions = ["…"].'
        )
    return lists
