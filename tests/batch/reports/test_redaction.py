"""How entries are redacted: paths relative to the ledger, and no character that a format cannot hold."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.batch.reports.entries import WELL, entry
from watermark.batch.reports.redaction import PathRedactor

SHOWN = PathRedactor(Path("/srv/press/marked"))


@pytest.mark.parametrize(
    ("place", "redacted"),
    [
        ("", ""),
        ("vol 1/a.pdf", "vol 1/a.pdf"),
        ("/srv/press/marked/vol1/a.pdf", "vol1/a.pdf"),
        ("/srv/press/articles/a.pdf", "../articles/a.pdf"),
        ("/home/somebody/a.pdf", "a.pdf"),
        ("../../../home/somebody/a.pdf", "a.pdf"),
        ("/srv/press/marked/../../../etc/a.pdf", "a.pdf"),
        ("s3://bucket/vol1/a.pdf", "s3://bucket/vol1/a.pdf"),
        ("https://me:secret@press.example/a.pdf?token=secret#x", "https://press.example/a.pdf"),
    ],
)
def test_a_place_is_relative_to_the_ledger_or_only_a_name(place: str, redacted: str) -> None:
    assert SHOWN.location(place) == redacted


def test_what_is_beside_a_ledger_at_the_top_of_the_disk_is_only_a_name() -> None:
    assert PathRedactor(Path("/marked")).location("/home/somebody/a.pdf") == "a.pdf"


def test_messages_that_repeat_a_place_do_not_tell_it_either() -> None:
    finding = replace(WELL[0], message="/srv/press/marked/a.pdf cannot be read")
    redacted = SHOWN.entry(
        entry(
            article="/home/me/a.pdf",
            copy="/srv/press/marked/a.pdf",
            reason="/home/me/a.pdf: it cannot be read",
            notes=("see /srv/press/marked/log",),
            findings=(finding,),
        )
    )
    assert redacted.reason == "a.pdf: it cannot be read"
    assert redacted.notes == ("see ./log",)
    assert redacted.findings[0].message == "a.pdf cannot be read"
    assert "/srv" not in repr(redacted)
    assert "/home" not in repr(redacted)


def test_controls_and_halves_of_surrogate_pairs_are_replaced() -> None:
    redacted = SHOWN.entry(entry(title="a\0\x1b[31mb\ud800", article="caf\udce9.pdf"))
    assert redacted.title == "a\ufffd\ufffd[31mb\ufffd"
    assert redacted.article == "caf\\xe9.pdf"
    repr(redacted).encode("utf-8")
