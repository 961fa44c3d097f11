"""Which operators may be around a page's content, and which may not."""

import re
import time
from pathlib import Path

import pytest
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from tests.helpers.evidence import Alter, Parts, made, original, stream
from watermark.models import Claim, Proof, Status
from watermark.verification.content_operators import MarkSyntaxError, steps_of
from watermark.verification.line_syntax import _widths_differ, codes_differ
from watermark.verification.mark_parser import OUR_OPERATORS
from watermark.verification.mark_placement import PALE
from watermark.verification.verifier import verify_copy

ORIGINAL = original(pages=1)


def complaint(tmp_path: Path, *, alter: Alter | None = None, finish: Alter | None = None) -> str:
    path = tmp_path / "copy.pdf"
    nothing: Alter = lambda _: None  # noqa: E731 - the shortest way to leave the parts alone
    path.write_bytes(made(ORIGINAL, pages=1, alter=alter or nothing, finish=finish or nothing))
    verdict = verify_copy(path)
    return " | ".join(finding.message for finding in verdict.failures if finding.claim is Claim.MARKED)


def rewritten(holding: bytes, old: bytes, new: bytes) -> Alter:
    """Rewrite the data of the stream that holds certain bytes, and its length."""

    def finish(parts: Parts) -> None:
        number = next(number for number, body in parts.objects.items() if holding in body)
        head, data = parts.objects[number].split(b"stream\n", 1)
        data = data.removesuffix(b"\r\nendstream")
        assert old in data
        entries = re.sub(rb"/Length \d+>>\Z", b"", head).decode()
        parts.objects[number] = stream(entries.removeprefix("<<"), data.replace(old, new))

    return finish


AGAIN = b"/Subtype/Watermark>>BDC q 0.1 0 0 0.1 90 90 cm /RetractionMark"
PAGE, LETTERS, LINE = b"/RetractionMark Do", b"/BBox[-500", b"/BBox[-1 "


def test_the_widths_of_a_font_of_all_characters_are_compared_in_two_seconds() -> None:
    count = 1 << 16
    widths = ArrayObject([NumberObject(500)] * count)
    font = DictionaryObject({NameObject("/Widths"): widths, NameObject("/FirstChar"): NumberObject(0)})
    font[NameObject("/LastChar")] = NumberObject(count - 1)
    characters = DecodedStreamObject()
    characters.set_data(b"".join(b"<%04x> <%04x>\n" % (code, code) for code in range(count)))
    started = time.process_time()
    assert not list(_widths_differ(font, characters))
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("finish", "message"),
    [
        (rewritten(PAGE, b"/RetractionMark Do", b"/RetractionMark Do /RetractionMark Do"), "the operators"),
        (rewritten(PAGE, b"Do Q EMC\n", b"Do Q EMC q Q\n"), "outside an artifact"),
        (rewritten(PAGE, b"/Subtype/Header/Lang(en)>>BDC q 1 0 0 1 190 815 cm /RetractionLine", AGAIN), "2 marks"),
        (rewritten(PAGE, b"/RetractionMark Do", b"/RetractionMark sh"), "the operator sh"),
        (rewritten(PAGE, b"/RetractionMark Do", b"/F1 Do"), "/F1, which is not ours"),
        (rewritten(PAGE, b" 2 w ", b" 2 w /RetractionAlpha gs "), "the operators"),
        (rewritten(PAGE, b"Subtype/Watermark", b"Subtype/Header"), "the operator"),
        (rewritten(PAGE, b"Subtype/Header/Lang(en)", b"Subtype/Watermark"), "the operator BT"),
        (rewritten(PAGE, b"Subtype/Header", b"Subtype/Watermark"), "a tag that no marking writes"),
        (rewritten(PAGE, b"Subtype/Header", b"Subtype/Head"), "a tag that no marking writes"),
        (rewritten(PAGE, b"/Artifact<</Type/Pagination/Subtype/Header", b"/Span<</Lang(en)"), "a tag that no marking"),
        (rewritten(PAGE, b"q 1 0 0 1 190", b"q 9 0 0 1 190"), "sheared, mirrored or stretched"),
        (rewritten(PAGE, b"q 1 0 0 1 190", b"q 1 0.2 0 1 190"), "sheared, mirrored or stretched"),
        (rewritten(LINE, b"/RetractionRGB cs", b"/Other cs"), "a name that the resources do not have"),
        (rewritten(LETTERS, b"/RetractionAlpha gs", b"/Other gs"), "a name that the resources do not have"),
        (rewritten(LETTERS, b"/RetractionRGB cs", b"/Lab cs"), "a name that the resources do not have"),
        (rewritten(PAGE, b"Do Q EMC", b"Do Q"), "marked content that is not closed"),
        (rewritten(PAGE, b"0.35 0.49", b"/x 0.49"), "a matrix that is none"),
        (rewritten(PAGE, b"\nQ\n", b"\nQ\n(open string "), "the operator open"),
        (rewritten(LETTERS, b"f*", b"f* 0 0 m 1 1 l 1 0 l f"), "painted 2 times"),
        (rewritten(LETTERS, b"f*", b"n"), "the operator n"),
        (rewritten(LETTERS, b"/RetractionAlpha gs", b"/RetractionAlpha gs 2 0 0 2 0 0 cm"), "matrix of their own"),
        (rewritten(LETTERS, b"/RetractionAlpha gs", b"/RetractionAlpha gs /X Do"), "the operator Do"),
        (rewritten(LINE, b"0 Tr", b"3 Tr"), "text that is not seen"),
        (rewritten(LINE, b"BT ", b"BT 3 Tr "), "not written as lines are"),
        (rewritten(LINE, b"BT ", b"/X Do BT "), "the operator Do"),
        (rewritten(LINE, b"BT ", b"% " + b"x" * 1_100_000 + b"\nBT "), "more than a mark needs"),
    ],
)
def test_what_no_marking_paints_is_named(tmp_path: Path, finish: Alter, message: str) -> None:
    assert message in complaint(tmp_path, finish=finish)


def in_form(old: bytes, new: bytes) -> Alter:
    def finish(parts: Parts) -> None:
        number = next(number for number, body in parts.objects.items() if LETTERS in body)
        assert old in parts.objects[number]
        parts.objects[number] = parts.objects[number].replace(old, new)

    return finish


def in_the_space(old: bytes, new: bytes) -> Alter:
    def finish(parts: Parts) -> None:
        number = next(number for number, body in parts.objects.items() if body.startswith(b"[/CalRGB"))
        assert old in parts.objects[number]
        parts.objects[number] = parts.objects[number].replace(old, new, 1)

    return finish


@pytest.mark.parametrize(
    ("finish", "message"),
    [
        (in_form(b"/ca 0.22", b"/BM/Multiply/ca 0.22"), "a graphics state that blends"),
        (in_form(b"/ca 0.22", b"/SMask<<>>/ca 0.22"), "a graphics state that blends"),
        (in_form(b"/Type/XObject", b"/Group<</S/Transparency>>/Type/XObject"), "a group of its own"),
        (in_form(b"/BBox[-500", b"/BBox[-99999"), "a box that is far too large"),
        (in_form(b"/Subtype/Form", b"/Subtype/Image"), "something that is not a form"),
    ],
)
def test_a_form_must_be_plain(tmp_path: Path, finish: Alter, message: str) -> None:
    assert message in complaint(tmp_path, finish=finish)


@pytest.mark.parametrize(
    ("receipt", "fill", "message"),
    [
        ({"opacity": 1.0, "stroke_points": 1.1}, "f*", "the letters are filled; the receipt says otherwise"),
        ({}, "S", "the letters are stroked; the receipt says otherwise"),
        ({"opacity": 1.0, "stroke_points": 9.0}, "S", "stroked 9 points wide"),
    ],
)
def test_the_letters_are_as_the_receipt_says(
    tmp_path: Path, receipt: dict[str, object], fill: str, message: str
) -> None:
    def alter(parts: Parts) -> None:
        parts.receipt, parts.fill = dict(receipt), fill

    assert message in complaint(tmp_path, alter=alter)


def test_strokes_wider_than_the_receipt_says_are_named(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.receipt, parts.fill, parts.alpha, parts.width = {"opacity": 1.0, "stroke_points": 1.1}, "S", 1.0, 30

    assert "points wide; the receipt says 1.1" in complaint(tmp_path, alter=alter)


@pytest.mark.parametrize(
    ("finish", "is_pale"),
    [
        (lambda _: None, False),
        (rewritten(LETTERS, b"0.75 0.1 0.1 sc", b"0.95 0.95 0.9 sc"), True),
        (rewritten(LETTERS, b"0.75 0.1 0.1 sc", b"1 1 0 sc"), False),
        (rewritten(LETTERS, b"0.75 0.1 0.1 sc", b"0 0 0 sc 1 1 1 sc"), True),
        (rewritten(LETTERS, b"/RetractionRGB cs 0.75 0.1 0.1 sc", b""), True),
        (rewritten(LETTERS, b"0.75 0.1 0.1 sc", b"0.75 sc"), True),
        (in_the_space(b"Gamma[2.2", b"Gamma[.01"), True),
        (in_the_space(b".2126", b"9"), True),
        (in_the_space(b".9505 1 1.089", b".1 1 .1"), True),
        (in_the_space(b"CalRGB", b"Lab"), True),
    ],
)
def test_letters_as_light_as_paper_or_of_an_unknown_colour_are_not_taken_for_a_mark_unseen(
    tmp_path: Path, finish: Alter, *, is_pale: bool
) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(made(ORIGINAL, pages=1, finish=finish))
    verdict = verify_copy(path, proof=Proof.STRUCTURE)
    assert verdict.status_of(Claim.MARKED) is (Status.NOT_CHECKED if is_pale else Status.OK)
    assert is_pale is any(finding.message == PALE for finding in verdict.findings)


@pytest.mark.parametrize(
    ("characters", "is_winansi", "message"),
    [
        (b"<41> <0041>\n<42> <0042>\n", True, ""),
        (b"<0001> <0041>\n<0002> <0041>\n", False, ""),
        (b"<41> <0042>\n", True, "another character than its encoding"),
        (b"<41> <0041>\n<41> <0042>\n", True, "not in order"),
        (b"<0002> <0041>\n<0001> <0042>\n", False, "not in order"),
    ],
)
def test_the_codes_of_a_font_have_the_characters_of_its_encoding(
    characters: bytes, message: str, *, is_winansi: bool
) -> None:
    found = " ".join(codes_differ(b"<00> <ff>\nendcodespacerange\n" + characters, is_winansi=is_winansi))
    assert message in found
    assert bool(found) == bool(message)


def test_a_font_program_is_as_long_as_it_says(tmp_path: Path) -> None:
    def finish(parts: Parts) -> None:
        number = next(number for number, body in parts.objects.items() if b"/Length1" in body)
        parts.objects[number] = parts.objects[number].replace(b"/Length1 ", b"/Length1 9")

    assert "a font program of another length than it says" in complaint(tmp_path, finish=finish)


def test_operators_are_distinguished_from_operands() -> None:
    steps = list(steps_of(b"/A <</B[1 2]/C(Do \\) )>> BDC q 1 0 0 1 0 -0.5 cm /X Do Q EMC", OUR_OPERATORS))
    assert [step.operator for step in steps] == [b"BDC", b"q", b"cm", b"Do", b"Q", b"EMC"]
    assert steps[2].operands == (b"1", b"0", b"0", b"1", b"0", b"-0.5")


@pytest.mark.parametrize(
    "content", [b"% note\nq", b"q 1 0", b"(open", b"<abc", b"q )", b"1 0 0 rg", b"BI /W 1 ID x EI", b"q}"]
)
def test_what_is_not_ours_is_refused(content: bytes) -> None:
    with pytest.raises(MarkSyntaxError):
        list(steps_of(content, OUR_OPERATORS))
