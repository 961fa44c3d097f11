"""A receipt comes back from a packet as it went in, or a ValueError says why it does not."""

import json
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from watermark.notice import State
from watermark.pdf.xmp import DC, Namespace, Packet
from watermark.receipt import LINE, NAMESPACE, PREFIX, AttachedFile, Receipt, receipt_in

OURS = Namespace(NAMESPACE, PREFIX)
RECEIPT = Receipt(
    tool="watermark 0.1.0",
    marked_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    original_sha256="ab" * 32,
    original_size_bytes=12345,
    page_count=12,
    state=State.RETRACTION,
    notice_digest="cd" * 32,
    notice_link="https://doi.org/10.1/x?a=1&b=<2>",
    mark_text="Retracted",
    opacity=0.22,
    match="match",
    match_evidence=("XMP prism:doi is 10.1/x",),
    files=(AttachedFile(kind="notice", name="notice & more.md", sha256="ef" * 32, size_bytes=9),),
)


def packet_with(receipt: Receipt, **other: str) -> bytes:
    packet = Packet.new()
    for name, value in {**receipt.properties(), LINE: receipt.to_json(), **other}.items():
        packet.set_text(OURS, name, value)
    return packet.serialised()


def changed(**values: Any) -> str:  # noqa: ANN401 - any value that JSON has
    return json.dumps({**json.loads(RECEIPT.to_json()), **values})


def test_a_receipt_comes_back_whole() -> None:
    assert receipt_in(packet_with(RECEIPT)) == RECEIPT


@settings(deadline=None)
@example(words="\ud800 \ufffe\uffff \x85\x7f\x1b\0", at=RECEIPT.marked_at)
@given(words=st.text(), at=st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants it bare
def test_any_words_and_any_time_come_back_through_any_encoding(words: str, at: datetime) -> None:
    receipt = replace(
        RECEIPT, mark_text=words, match_reason=words, tool=words.strip(), marked_at=at.replace(microsecond=0)
    )
    for encoding in ("utf-8", "utf-16"):
        assert receipt_in(packet_with(receipt).decode().encode(encoding)) == receipt


def test_a_time_is_written_in_utc() -> None:
    at = datetime(2026, 1, 2, 5, 4, 5, tzinfo=timezone(timedelta(hours=2)))
    assert replace(RECEIPT, marked_at=at).properties()["MarkedAt"] == "2026-01-02T03:04:05Z"
    assert receipt_in(packet_with(replace(RECEIPT, marked_at=at))) == RECEIPT


def test_the_essentials_can_be_read_without_json() -> None:
    packet = Packet.parse(packet_with(RECEIPT))
    assert {name: packet.text(OURS, name) for name in RECEIPT.properties()} == {
        "OriginalSHA256": "ab" * 32,
        "OriginalSize": "12345",
        "MarkedAt": "2026-01-02T03:04:05Z",
        "Tool": "watermark 0.1.0",
        "State": "retraction",
        "NoticeLink": "https://doi.org/10.1/x?a=1&b=<2>",
        "Pages": "",
    }


@pytest.mark.parametrize("data", [b"", b"no packet", b"<a/>", Packet.new().serialised(), b"\xff" * 99])
def test_where_nothing_names_this_tool_there_is_no_receipt(data: bytes) -> None:
    assert receipt_in(data) is None


def test_a_packet_that_names_us_and_says_nothing_has_no_receipt() -> None:
    packet = Packet.new()
    packet.set_lang_alt(DC, "title", f"About {NAMESPACE}")
    assert receipt_in(packet.serialised()) is None


def test_attributes_are_read_as_elements_are() -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    line = RECEIPT.to_json().replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    data = f'<r:RDF xmlns:r="{rdf}"><r:Description xmlns:a="{NAMESPACE}" a:Receipt="{line}"/></r:RDF>'
    assert receipt_in(data.encode()) == RECEIPT


@pytest.mark.parametrize("name", sorted(RECEIPT.properties()))
def test_a_property_that_contradicts_the_receipt_is_named(name: str) -> None:
    with pytest.raises(ValueError, match=f"contradicting the receipt: rwm:{name}$"):
        receipt_in(packet_with(RECEIPT, **{name: "other"}))


def test_a_link_to_a_notice_that_the_receipt_does_not_know_is_named() -> None:
    with pytest.raises(ValueError, match="rwm:NoticeLink"):
        receipt_in(packet_with(replace(RECEIPT, notice_link=""), NoticeLink="https://elsewhere.example"))


def test_properties_of_a_later_version_are_no_contradiction() -> None:
    assert receipt_in(packet_with(RECEIPT, Later="1")) == RECEIPT


def test_essentials_without_a_receipt_are_named() -> None:
    packet = Packet.new()
    packet.set_text(OURS, "State", "retraction")
    with pytest.raises(ValueError, match="rwm:Receipt is missing; found only State"):
        receipt_in(packet.serialised())


def test_a_property_that_appears_twice_is_named() -> None:
    data = packet_with(RECEIPT)
    doubled = data.replace(b"<rwm:State>", b"<rwm:State>retraction</rwm:State><rwm:State>")
    with pytest.raises(ValueError, match="rwm:State appears twice"):
        receipt_in(doubled)


def test_a_malformed_packet_of_ours_is_distinguished_from_one_that_is_not_ours() -> None:
    with pytest.raises(ValueError, match="line 6, column"):
        receipt_in(packet_with(RECEIPT).replace(b"</rwm:Tool>", b"</rwm:Tol>"))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "7",
        '"words"',
        "{}",
        "[" * 100_000,
        changed(page_count="12"),
        changed(page_count=-1),
        changed(page_count=True),
        changed(page_count=1.5),
        changed(original_size_bytes=None),
        changed(opacity="0.2"),
        changed(opacity=1e999),
        changed(opacity=float("nan")),
        changed(mark_text=7),
        changed(match_evidence=[1]),
        changed(match_evidence=7),
        changed(state="vanished"),
        changed(marked_at="yesterday"),
        changed(files=["x"]),
        changed(files=[{"kind": "notice"}]),
        changed(files=[{"kind": "notice", "name": 1, "sha256": "", "size_bytes": 1}]),
        changed(unknown="1"),
        '{"page_count":' + "9" * 10_000 + "}",
    ],
)
def test_what_is_not_a_receipt_is_a_value_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        Receipt.from_json(line)
    with pytest.raises(ValueError, match=r"\S"):
        receipt_in(packet_with(RECEIPT, **{LINE: line}))


def test_a_hostile_packet_is_answered_quickly() -> None:
    filler = b"<a>" * 200 + b"</a>" * 200
    begun = time.monotonic()
    assert receipt_in(packet_with(RECEIPT).replace(b"</x:xmpmeta>", filler * 1000 + b"</x:xmpmeta>")) == RECEIPT
    with pytest.raises(ValueError, match="larger than"):
        receipt_in(packet_with(RECEIPT) + b" " * (33 << 20))
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "twice",
    ['{"state":"retraction",', '{"choices":{"pages":"1-2","pages":"3"},', '{"files":[{"name":"a","name":"b"}],'],
)
def test_a_receipt_in_which_a_key_is_written_twice_is_not_read(twice: str) -> None:
    line = RECEIPT.to_json()
    assert Receipt.from_json(line) == RECEIPT
    with pytest.raises(ValueError, match="written twice"):
        Receipt.from_json(line.replace("{", twice, 1))
