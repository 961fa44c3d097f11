"""Damage PDFs where that reaches new code of this tool and pypdf: `python tests/fuzz/guided.py [OPTIONS] [FOLDER]`.

It needs atheris (`pip install atheris`), which is not a dependency of this project. The options are those of libFuzzer,
such as `-max_total_time=60`. The PDFs that `tests/helpers/mutations.py` builds are added to the folder first, and
files that reach new code are added later. It stops at the first file that breaks one of `mutations.broken_invariants`,
which is left in the working folder as `crash-…`.
"""

import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

MISSING = "atheris is not installed: pip install atheris; or take tests/helpers/mutations.py, which needs nothing\n"
LARGEST_BYTES = 60_000


class BrokenLawError(Exception):
    """A damaged file came to no outcome, or to one that breaks an invariant."""


def one_input() -> Callable[[bytes], None]:
    """Return what is to be done with the bytes of one input."""
    from tests.helpers.mutations import broken_invariants, stamped  # noqa: PLC0415 - imported while atheris watches

    def stamp(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            broken = list(broken_invariants(folder, data, stamped(folder, data)))
        if broken:
            raise BrokenLawError("; ".join(broken))

    return stamp


def lay_sources(folder: Path) -> None:
    """Lay the files to begin with in the folder."""
    from tests.helpers.mutations import RECIPES, sources  # noqa: PLC0415 - imported while atheris watches

    folder.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(sources()[: len(RECIPES)]):
        (folder / f"source-{number}.pdf").write_bytes(data)


def main() -> int:
    """Fuzz until libFuzzer ends the process; or say that atheris is missing, with exit status 2."""
    if find_spec("atheris") is None:
        sys.stderr.write(MISSING)
        return 2
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["watermark", "pypdf"]):
        stamp = one_input()
    folders = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(folders[0] if folders else name)
        lay_sources(folder)
        options = [argument for argument in sys.argv[1:] if argument.startswith("-")]
        atheris.Setup([sys.argv[0], f"-max_len={LARGEST_BYTES}", *options, str(folder)], stamp)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
