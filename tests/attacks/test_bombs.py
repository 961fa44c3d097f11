"""Files made to exhaust a reader: each comes to an outcome in bounded time and memory, in plain words."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks.bombs import with_objects
from tests.helpers.build import build
from tests.helpers.mutations import EXIT_STATUSES, broken_invariants, stamped
from watermark.models import Result
from watermark.pdf.serialization import Raw
from watermark.stamping import pipeline, rebuild

MEGABYTE = b"\0" * (1 << 20)
NAMES = ["flate", "flate-twice", "saves", "arrays", "strings", "deep-array", "deep-dictionary"]
NAMES += ["names-loop", "outline-loop", "kids-cycle", "size", "size-of-a-stream"]


def deflated(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(MEGABYTE) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize(
    "recipe",
    [
        lambda: {"content": deflated(80), "content_entries": {"/Filter": Raw(b"/FlateDecode")}},
        lambda: {
            "content": zlib.compress(deflated(100), 9),
            "content_entries": {"/Filter": Raw(b"[/FlateDecode/FlateDecode]")},
        },
        lambda: {"content": b"q " * 99_000},
        lambda: {"content": b"[" * 90_000},
        lambda: {"content": b"(" * 90_000},
        lambda: {"page_entries": {"/Bomb": Raw(b"[" * 400 + b"]" * 400)}},
        lambda: {"page_entries": {"/Bomb": Raw(b"<</A" * 400 + b" 1" + b">>" * 400)}},
        lambda: {"catalog": {"/Names": Raw(b"1 0 R")}},
        lambda: {"catalog": {"/Outlines": Raw(b"1 0 R"), "/AcroForm": Raw(b"1 0 R")}},
        lambda: {"kids": "cycle", "pages": 3},
        lambda: {"size": 8_388_607},
        lambda: {"xref": "stream", "size": 99_999_999_999},
    ],
    ids=NAMES,
)
def test_a_file_made_to_exhaust_comes_to_an_outcome(tmp_path: Path, recipe: Callable[[], dict[str, object]]) -> None:
    data = build(**recipe())
    outcome = stamped(tmp_path, data)
    assert not list(broken_invariants(tmp_path, data, outcome))
    assert outcome.result in EXIT_STATUSES


def test_a_page_that_opens_without_end_is_refused_with_the_reason(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, build(content=b"q " * 200_000))
    assert outcome.result is Result.REFUSED
    assert "opens more than 100000 levels" in outcome.reason


def test_metadata_beyond_measure_are_refused(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, build(xmp=b"<x>" + b" " * 20_000_000 + b"</x>"))
    assert outcome.result in {Result.REFUSED, Result.FAILED}, outcome.reason
    assert "metadata" in outcome.reason.lower() or "XMP" in outcome.reason


def test_pages_that_are_listed_again_and_again_are_refused_and_not_rewritten_as_so_many_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kids = {2: b"<</Type/Pages/Kids[%b]/Count 2000>>" % (b"3 0 R " * 2000)}
    written = list[object]()
    monkeypatch.setattr(rebuild, "_write", lambda *_, **__: written.append(0))
    outcome = stamped(tmp_path, with_objects(build(), kids))
    assert outcome.result is Result.REFUSED
    assert not written
    assert outcome.reason == "the PDF is damaged: 1,999 of its 2,000 pages are pages that it lists again"


def test_a_blank_page_that_is_listed_a_few_times_is_not_a_bomb(tmp_path: Path) -> None:
    kids = {2: b"<</Type/Pages/Kids[%b]/Count 20>>" % (b"3 0 R " * 20)}
    assert stamped(tmp_path, with_objects(build(), kids)).result is Result.MARKED


@pytest.mark.parametrize(
    ("error", "reason"),
    [(MemoryError("std::bad_alloc"), "there was not enough memory"), (RecursionError(), "it is nested too deeply")],
)
def test_a_file_that_takes_too_much_is_named_as_what_it_may_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: str
) -> None:
    def exhausts(*_: object) -> None:
        raise error

    monkeypatch.setattr(pipeline, "first_free_number", exhausts)
    outcome = stamped(tmp_path, build())
    assert outcome.reason.startswith(reason)
    assert "made to exhaust this computer" in outcome.remedy
