"""Check BagIt bags (RFC 8493), and find manifest entries that marked copies have made stale."""

import hashlib
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import bagit

from watermark.audit.classification import CheckedBag
from watermark.errors import FailedError
from watermark.runtime.atomic_files import save
from watermark.runtime.chunks import CHUNK_BYTES

_OXUM = re.compile(r"^(Payload-Oxum:\s*)\d+", re.MULTILINE)


def check_bag(path: Path, original_size: Callable[[Path], int], *, update: bool = False) -> CheckedBag:
    """Check a bag with bagit-python; with `update`, write the digests of the marked copies to its manifests.

    `original_size` returns how many of the first bytes of a PDF are the original, or 0 if it is not a verified copy.
    Manifests are updated only if every difference is a marked copy, so damage is never written into a manifest.
    Raises FailedError if the updated bag is not valid.
    """
    with _quiet():
        try:
            bag = bagit.Bag(str(path))
        except (bagit.BagError, OSError, ValueError) as error:
            return CheckedBag(path=str(path), faults=(f"cannot read the bag: {_one_line(error)}",))
        try:
            bag.validate()
        except (bagit.BagError, OSError) as error:
            found = _differences(bag, path, original_size, _one_line(error))
        else:
            return CheckedBag(path=str(path))
        if not update or found.faults:
            return found
        _update(bag, path, found.stale)
        return replace(found, updated=True)


def _differences(bag: bagit.Bag, path: Path, original_size: Callable[[Path], int], problem: str) -> CheckedBag:
    """Return which of the files that differ are marked copies of what the manifests list."""
    missing, unlisted = bag.compare_manifests_with_fs()
    faults = [f"{name} is missing" for name in missing] + [f"{name} is not in any manifest" for name in unlisted]
    stale = list[str]()
    for name, listed in sorted(bag.entries.items()):
        file = path / name
        if name in missing:
            continue
        try:
            is_unchanged = _digests(file, listed) == _lowered(listed)
        except OSError as error:
            faults.append(f"{name} cannot be read ({error.strerror})")
            continue
        if is_unchanged:
            continue
        size = original_size(file) if name in bag.payload_entries() and name.lower().endswith(".pdf") else 0
        if size and _digests(file, listed, size) == _lowered(listed):
            stale.append(name)
        else:
            faults.append(f"{name} differs from the file that the manifest lists")
    if not stale and not faults:
        faults.append(problem)
    return CheckedBag(path=str(path), stale=tuple(stale), faults=tuple(faults))


def _update(bag: bagit.Bag, path: Path, stale: tuple[str, ...]) -> None:
    """Write the digests of the marked copies to the manifests. If the bag is then not valid, restore all of them.

    Each file is replaced atomically. Only digests of verified copies are written.
    """
    before = dict[Path, bytes]()

    def replace_file(name: str, changed: Callable[[str], str]) -> None:
        file = path / name
        before[file] = file.read_bytes()
        save(file, changed(before[file].decode(bag.encoding)).encode(bag.encoding))

    try:
        for name in _names(path, bag.manifest_files()):
            replace_file(name, lambda text, name=name: _with_digests(text, name, path, set(stale)))  # type: ignore[misc]
        if (path / "bag-info.txt").is_file():
            size = sum((path / name).stat().st_size for name in bag.payload_entries())
            replace_file("bag-info.txt", lambda text: _OXUM.sub(rf"\g<1>{size}", text))
        rewritten = {str(file.relative_to(path)) for file in before}
        for name in _names(path, bag.tagmanifest_files()):
            replace_file(name, lambda text, name=name: _with_digests(text, name, path, rewritten))  # type: ignore[misc]
        bagit.Bag(str(path)).validate()
    except BaseException as error:
        for file, data in before.items():
            save(file, data)
        if not isinstance(error, (bagit.BagError, OSError, ValueError, FailedError)):
            raise
        raise FailedError(
            f"the manifests of the bag could not be updated ({_one_line(error)})",
            file=str(path),
            remedy="The bag is unchanged. Check the free space and the permissions, then try again.",
        ) from error


def _names(path: Path, files: Iterable[str]) -> list[str]:
    return [Path(file).relative_to(path).as_posix() for file in files]


def _with_digests(text: str, manifest: str, path: Path, names: set[str]) -> str:
    """Return a manifest with the digests of the files `names` as they are now; all other lines are kept."""
    algorithm = manifest.partition("manifest-")[2].removesuffix(".txt")
    lines = list[str]()
    for line in text.splitlines(keepends=True):
        entry = line.split(None, 1)
        name = os.path.normpath(entry[1].strip().lstrip("*")) if len(entry) == 2 else ""
        name = name.replace("%0D", "\r").replace("%0A", "\n")
        if name in names:
            (digest,) = _digests(path / name, {algorithm: ""}).values()
            line = line.replace(entry[0], digest, 1)  # noqa: PLW2901 - the new line
        lines.append(line)
    return "".join(lines)


def _digests(file: Path, listed: dict[str, str], size_bytes: int | None = None) -> dict[str, str]:
    """Return the digests of a file, or of its first bytes, by the algorithms that the manifests use."""
    digests = {name: hashlib.new(name) for name in listed}
    left = file.stat().st_size if size_bytes is None else size_bytes
    with file.open("rb") as stream:
        while left > 0 and (piece := stream.read(min(CHUNK_BYTES, left))):
            left -= len(piece)
            for digest in digests.values():
                digest.update(piece)
    return {name: digest.hexdigest() for name, digest in digests.items()}


def _lowered(listed: dict[str, str]) -> dict[str, str]:
    return {name: digest.lower() for name, digest in listed.items()}


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the library's log messages; problems are returned."""
    logger = logging.getLogger(bagit.__name__)
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
