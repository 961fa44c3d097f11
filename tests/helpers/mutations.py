"""Damage PDFs and stamp them: `python tests/helpers/mutations.py --seconds 60 [--seed N] [--keep FOLDER]`.

Each damaged file has to come to an outcome without breaking one of `broken_invariants`: no bug of the tool, no hang, no
crash, the original unchanged, no file left behind. Failures and copies that do not verify are reported, too. The same
seed damages the same files in the same way.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from tests.helpers.build import build
from watermark.models import Outcome, Result
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LARGEST_SOURCE_BYTES = 60_000
SECONDS_A_FILE = 120
"""Far more than any takes; a machine may be busy."""
MEMORY_BYTES = 3 << 30
DOUBTFUL = frozenset({Result.FAILED, Result.NOT_VERIFIED})
"""An original is refused or marked: these results are reported even if no invariant is broken."""
A_BATCH = 50
REBUILT = 8
"""Of so many files one is rebuilt."""
EXIT_STATUSES = {
    Result.MARKED: 0,
    Result.ALREADY_MARKED: 0,
    Result.REFUSED: 3,
    Result.FAILED: 4,
    Result.NOT_VERIFIED: 5,
}
WORDS = (
    b"/Kids /Count /Parent /Type /Page /Pages /Catalog /Root /Size /Prev /Contents /Resources /MediaBox /Length /Filter"
    b" /FlateDecode /Annots /W /Index /ObjStm /XRef /Names /Metadata /Info /ID obj endobj stream endstream xref trailer"
    b" startxref null true << >> [ ] ( ) 0 -1 1 65535 4294967296 99999999999 1e9 R q Q BT ET BI ID EI Do BDC EMC"
).split()
RECIPES = (
    {},
    {"xref": "stream", "object_streams": True},
    {"xref": "hybrid"},
    {"tagged": True, "links": True},
    {"pdfa": "1b"},
    {"attachments": 2, "attachment_kids": True, "outlines": True, "page_labels": True},
    {"pages": 5, "kids": "nested", "resources": "inherited"},
    {"revisions": 2, "form_field": True},
    {"content": b"q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q BT /F1 12 Tf (a) Tj ET", "compress": True},
    {"content": b"BT /F1 12 Tf 72 700 Td (a) Tj ET BI /W 9 /H 9 /BPC 8 /CS /G ID x"},
    {"content": b".5 0 0 .5 9 9 cm 1 0 0 rg Q 0 0 300 300 re f", "tagged": True},
    {"startxref": 5, "outlines": True, "pages": 2},
)

Spoil = Callable[[random.Random, bytes, bytes], bytes]


def _flip(chance: random.Random, data: bytes, _: bytes) -> bytes:
    spoiled = bytearray(data)
    for _n in range(chance.choice((1, 2, 8, 64))):
        spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
    return bytes(spoiled)


def _cut(chance: random.Random, data: bytes, _: bytes) -> bytes:
    return data[: chance.randrange(8, len(data))]


def _take_out(chance: random.Random, data: bytes, _: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.choice((1, 2, 10, 100, 1000)) :]


def _repeat(chance: random.Random, data: bytes, _: bytes) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start : start + chance.choice((1, 10, 100))] * chance.choice((2, 50)) + data[start:]


def _splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]


def _put_in(chance: random.Random, data: bytes, other: bytes) -> bytes:
    place, start = chance.randrange(len(data)), chance.randrange(len(other))
    return data[:place] + other[start : start + chance.choice((5, 50, 500))] + data[place:]


def _word(chance: random.Random, data: bytes, _: bytes) -> bytes:
    known = [word for word in WORDS if word in data]
    if not known:
        return data
    old, new = chance.choice(known), chance.choice(WORDS)
    places = [place for place in range(len(data)) if data.startswith(old, place)]
    place = chance.choice(places)
    return data[:place] + new + data[place + len(old) :]


def _number(chance: random.Random, data: bytes, _: bytes) -> bytes:
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if not digits:
        return data
    place = chance.choice(digits)
    others = (b"%d" % chance.randrange(20), b"-", b"999999999", b".5", b"9" * 40)
    return data[:place] + chance.choice(others) + data[place + 1 :]


SPOILERS: tuple[Spoil, ...] = (_flip, _cut, _take_out, _repeat, _splice, _put_in, _word, _word, _number, _number)


def sources(folder: Path = SHARED) -> list[bytes]:
    """Return the files to damage: built ones, and small ones of the shared corpus if it is there."""
    small = [path for path in sorted(folder.rglob("*.pdf")) if 64 < path.stat().st_size < LARGEST_SOURCE_BYTES]
    return [build(**recipe) for recipe in RECIPES] + [path.read_bytes() for path in small]


def corrupted(seed: int, files: list[bytes]) -> bytes:
    """Return one damaged file: the same for the same seed and files."""
    chance = random.Random(seed)  # noqa: S311 - the same files for the same seed
    data = chance.choice(files) if chance.random() < 0.5 else files[chance.randrange(min(len(RECIPES), len(files)))]
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = chance.choice(SPOILERS)(chance, data, chance.choice(files))
        data = data if len(data) > 8 else b"%PDF-1.4\n"
    return data


def stamped(folder: Path, data: bytes) -> Outcome:
    """Return the result of stamping `data`, in an empty folder."""
    return stamp_outcome(job_of(folder, data), folder / "copy.pdf")


def job_of(folder: Path, data: bytes) -> StampRequest:
    """Return the job of stamping `data`, which is now in the folder."""
    path = folder / "article.pdf"
    path.write_bytes(data)
    notice = Notice(state=State.RETRACTION, article=Reference(title="An article"), doi="10.5555/notice.1")
    file = NoticeFile(notice=notice, data=b"Retracted.\n", name="notice.md", media_type="text/markdown")
    at = datetime(2024, 5, 1, 12, tzinfo=UTC)
    return StampRequest(article=path, notice=file, marked_at=at, match_override_reason="spoiled")


def broken_invariants(folder: Path, data: bytes, outcome: Outcome) -> Iterator[str]:
    """Yield each invariant that an outcome breaks."""
    names = {path.name for path in folder.iterdir()}
    allowed = {"article.pdf", *([Path(outcome.copy).name] if outcome.copy else [])}
    if outcome.sidecar:
        allowed.add(Path(outcome.sidecar).name)
    if "internal error" in outcome.reason:
        yield outcome.reason
    if outcome.exit_status != EXIT_STATUSES.get(outcome.result):
        yield f"exit status {outcome.exit_status} for {outcome.result}"
    if (folder / "article.pdf").read_bytes() != data:
        yield "the original has changed"
    if names != allowed:
        yield f"left behind: {sorted(names - allowed)}"
    copy = (folder / "copy.pdf").read_bytes() if outcome.result is Result.MARKED else data
    rebuilt = outcome.receipt is not None and outcome.receipt.rebuilt_size_bytes
    if not (data in copy if rebuilt else copy.startswith(data)):
        yield "the copy does not hold the original"
    if outcome.exit_status and not (outcome.reason and outcome.remedy):
        yield "no reason, or no remedy"


def _batch(pipe: Connection, first: int, count: int, files: list[bytes]) -> None:
    import resource  # noqa: PLC0415 - there is none on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    for seed in range(first, first + count):
        with tempfile.TemporaryDirectory() as name:
            folder, data = Path(name), corrupted(seed, files)
            job = replace(job_of(folder, data), rebuild=seed % REBUILT == 0, linearize=seed % (2 * REBUILT) == 0)
            outcome = stamp_outcome(job, folder / "copy.pdf")
            violations = list(broken_invariants(folder, data, outcome))
            pipe.send((seed, outcome.result.value, violations, outcome.reason if outcome.result in DOUBTFUL else ""))


def fuzz(seconds: float, seed: int, files: list[bytes]) -> Iterator[tuple[int, str, list[str], str]]:
    """Yield (seed, result, broken invariants, reason) of one damaged file after the other, until the time is over.

    The reason is given where a person should look at the file.
    """
    end, processes = time.monotonic() + seconds, get_context("spawn")
    while time.monotonic() < end:
        here, there = processes.Pipe(duplex=False)
        child = processes.Process(target=_batch, args=(there, seed, A_BATCH, files))
        child.start()
        there.close()
        last = seed + A_BATCH
        try:
            while seed < last and time.monotonic() < end:
                if not here.poll(SECONDS_A_FILE):
                    yield seed, "hang", [f"no outcome within {SECONDS_A_FILE} seconds"], ""
                    seed += 1
                    break
                yield here.recv()
                seed += 1
        except EOFError:
            child.join()
            yield seed, "crash", [f"the process ended with {child.exitcode}"], ""
            seed += 1
        finally:
            child.kill()
            child.join()
            here.close()


def main() -> int:
    """Fuzz, and print what was found; the exit status is 1 if an invariant was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="save each reported file in this folder")
    options = parser.parse_args()
    files, counts, broken = sources(), Counter[str](), 0
    with suppress(KeyboardInterrupt):  # what was found until then counts
        for seed, result, violations, reason in fuzz(options.seconds, options.seed, files):
            counts[result] += 1
            broken += bool(violations)
            if violations or reason:
                sys.stdout.write(f"seed {seed}: {'; '.join(violations or [f'{result}: {reason}'])[:400]}\n")
                sys.stdout.flush()
            if (violations or reason) and options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{seed}.pdf").write_bytes(corrupted(seed, files))
    sys.stdout.write(f"{counts.total()} files: {dict(counts)}; {broken} broke an invariant\n")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
