"""Paths in a manifest are untrusted: find the files that are meant, and reject what leaves their folder."""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from watermark.errors import UsageError

MAX_NAME_LENGTH = 1024
_DRIVE = re.compile(r"[A-Za-z]:/")
_FOLDERS_KEPT = 8


def safe_relative_path(written: str) -> str:
    """Return a path below a folder, with slashes. Raises UsageError when it is absolute, empty, or leaves the folder.

    Spaces, controls and bytes that are not UTF-8 are parts of a name: code that shows a name makes it safe.
    """
    slashed = written.replace("\\", "/")
    name = slashed if os.sep == "\\" else written
    parts = PurePosixPath(name).parts
    if not name.strip() or not parts:
        raise _not_taken("is empty")
    if len(name) > MAX_NAME_LENGTH:
        raise _not_taken("is too long")
    if "\0" in name:
        raise _not_taken("contains a null character")
    if slashed.lstrip().startswith("/") or _DRIVE.match(slashed.lstrip()):
        raise _not_taken(f"“{name}” is an absolute path")
    if ".." in PurePosixPath(slashed).parts:
        raise _not_taken(f"“{name}” points outside the folder")
    return "/".join(parts)


def resolve_within(root: Path, key: str) -> Path:
    """Return the path of a key below `root`. Raises UsageError where a link leads out of it."""
    path = root / safe_relative_path(key)
    try:
        leads_out = not path.resolve().is_relative_to(root.resolve())
    except UnicodeEncodeError as error:
        raise UsageError(
            f"the name “{path.name}” has characters that file names cannot have here",
            remedy="Use a locale for UTF-8, such as LC_ALL=C.UTF-8, or another name.",
        ) from error
    except (OSError, RuntimeError) as error:
        raise _not_taken(f"“{path.name}” leads nowhere ({type(error).__name__})") from error
    if leads_out:
        raise _not_taken(f"“{safe_relative_path(key)}” is a link that leads out of its folder")
    return path


def find_within(root: Path, written: str) -> str:
    """Return the key of the file below `root` that a manifest means; the name as written where there is none.

    The exact name comes first. Else a backslash may be a slash, spaces around the name may be left out, and names are
    equal in any Unicode form and encoding: `é` may be one character, two, or one byte of an old encoding. Raises
    UsageError where several files are meant, or none may be.
    """
    key = safe_relative_path(written)
    if os.path.lexists(root / key):
        return key
    found = _found(root, key.split("/")) or _found(root, safe_relative_path(written.replace("\\", "/")).split("/"))
    return found or key


def same_name(name: str) -> str:
    """Return what is equal for two names that a reader cannot tell apart: NFC, decoded, without spaces around it."""
    data = os.fsencode(name) if _is_encodable(name) else name.encode("utf-8", "surrogatepass")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "surrogateescape")
    return unicodedata.normalize("NFC", text).strip()


def _is_encodable(name: str) -> bool:
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


def _found(root: Path, parts: Sequence[str]) -> str | None:
    path, found = root, list[str]()
    for part in parts:
        if not os.path.lexists(path / part):
            candidates = _names_in(path).get(same_name(part), ())
            if len(candidates) > 1:
                raise UsageError(
                    f"{len(candidates)} files have the name “{part}”, which differ only in spaces, or in how its "
                    "letters are encoded",
                    remedy="Rename or remove one of them.",
                )
            if not candidates:
                return None
            part = candidates[0]  # noqa: PLW2901 - the name that the file has
        path /= part
        found.append(part)
    return "/".join(found)


def _names_in(folder: Path) -> Mapping[str, Sequence[str]]:
    try:
        return _listed(folder, folder.stat().st_mtime_ns)
    except OSError:
        return {}


@lru_cache(maxsize=_FOLDERS_KEPT)
def _listed(folder: Path, _changed_at: int) -> Mapping[str, Sequence[str]]:
    names: dict[str, list[str]] = {}
    for name in _entries(folder):
        names.setdefault(same_name(name), []).append(name)
    return names


def _entries(folder: Path) -> Iterator[str]:
    with os.scandir(folder) as listing:
        for item in listing:
            yield item.name


def _not_taken(why: str) -> UsageError:
    return UsageError(
        f"the name {why}", remedy="Write it as a path below the folder, such as journal/article.pdf, without links."
    )
