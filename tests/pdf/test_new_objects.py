"""No stream of a new PDF ends in CR, which some validators take for a part of the line end."""

import io
import zlib

import pikepdf

from watermark.pdf.new_objects import packed_stream, saved

UNLUCKY = next(data for number in range(10_000) if zlib.compress(data := b"q" * number, 9).endswith(b"\r"))


def test_data_that_would_end_in_a_carriage_return_when_deflated_are_stored_as_they_are() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page().Contents = packed_stream(pdf, UNLUCKY)
    data = saved(pdf)
    assert b"\r\nendstream" not in data
    with pikepdf.open(io.BytesIO(data)) as again:
        assert again.pages[0].Contents.read_bytes() == UNLUCKY


def test_other_data_are_deflated() -> None:
    pdf = pikepdf.new()
    assert packed_stream(pdf, b"0 0 m " * 100).Filter == pikepdf.Name.FlateDecode


def test_a_packet_is_saved_as_it_was_written() -> None:
    pdf, packet = pikepdf.new(), b'<x:xmpmeta xmlns:x="adobe:ns:meta/"  />'
    pdf.Root.Metadata = pikepdf.Stream(pdf, packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
    with pikepdf.open(io.BytesIO(saved(pdf))) as again:
        assert again.Root.Metadata.read_bytes() == packet
