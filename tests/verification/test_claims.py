"""What a copy is judged by, one broken promise at a time; the digests are made right again after each."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.helpers.evidence import (
    CATALOG,
    DIAGONAL,
    FIRST_PAGE,
    FONT,
    INFO,
    LINE,
    LINK,
    METADATA,
    NOTICE,
    TITLE,
    Alter,
    Parts,
    made,
    original,
    resealed,
    revision,
    stream,
    unchanged,
)
from watermark.errors import FailedError, NotVerifiedError, UsageError
from watermark.models import Claim, Status, VerificationReport
from watermark.pdf.rendering import RenderedDocument
from watermark.verification.verifier import receipt_of, verify_copy

ORIGINAL = original()
COPY = made(ORIGINAL)


def verdict_of(tmp_path: Path, data: bytes) -> VerificationReport:
    path = tmp_path / "copy.pdf"
    path.write_bytes(data)
    return verify_copy(path)


def complaints(verdict: VerificationReport, claim: Claim) -> str:
    return " | ".join(
        f"page {finding.page_number}: {finding.message}" if finding.page_number else finding.message
        for finding in verdict.failures
        if finding.claim is claim
    )


def tampered(tmp_path: Path, *, alter: Alter = unchanged, finish: Alter = unchanged) -> VerificationReport:
    return verdict_of(tmp_path, made(ORIGINAL, alter=alter, finish=finish))


def test_a_conforming_copy_verifies_in_every_claim(tmp_path: Path) -> None:
    verdict = verdict_of(tmp_path, COPY)
    assert verdict.failures == ()
    assert verdict.passed
    assert {finding.claim for finding in verdict.findings} == set(Claim) - {Claim.REPRODUCED, Claim.SEALED}


@pytest.mark.parametrize("pages", [1, 2])
def test_any_number_of_pages_verifies(tmp_path: Path, pages: int) -> None:
    assert verdict_of(tmp_path, made(original(pages=pages), pages=pages)).passed


def test_a_stroked_mark_verifies(tmp_path: Path) -> None:
    def stroke(parts: Parts) -> None:
        parts.fill, parts.alpha, parts.width = "S", 1.0, 1.8
        parts.receipt = {"opacity": 1.0, "stroke_points": 1.1}

    assert tampered(tmp_path, alter=stroke).failures == ()


def test_the_original_itself_is_compared_when_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(COPY)
    (tmp_path / "original.pdf").write_bytes(ORIGINAL)
    assert verify_copy(tmp_path / "copy.pdf", original=tmp_path / "original.pdf").passed
    for other in (ORIGINAL[:-1], ORIGINAL + b"\n", ORIGINAL.replace(b"strips", b"stripe"), b""):
        (tmp_path / "original.pdf").write_bytes(other)
        verdict = verify_copy(tmp_path / "copy.pdf", original=tmp_path / "original.pdf")
        assert "that was given" in complaints(verdict, Claim.FIXITY)
        assert not verdict.passed


def test_an_original_that_cannot_be_read_is_not_taken_for_the_same(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(COPY)
    verdict = verify_copy(tmp_path / "copy.pdf", original=tmp_path / "nowhere.pdf")
    assert verdict.status_of(Claim.FIXITY) is Status.FAILED


# ------------------------------------------------------------------------------------------------ no copy at all


def test_a_file_without_a_receipt_is_said_to_be_unmarked(tmp_path: Path) -> None:
    with pytest.raises(NotVerifiedError, match="not marked by this tool"):
        verdict_of(tmp_path, ORIGINAL)


@pytest.mark.parametrize("data", [b"", b"no PDF at all", b"\0" * 5000])
def test_what_is_not_a_pdf_is_an_error_without_a_verdict(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(FailedError):
        verdict_of(tmp_path, data)


def test_a_missing_file_is_an_error_without_a_verdict(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as missing:
        verify_copy(tmp_path / "nowhere.pdf")
    assert missing.value.code == "no-such-file"


def test_the_receipt_can_be_had_alone(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(COPY)
    assert receipt_of(tmp_path / "copy.pdf").original_sha256 == hashlib.sha256(ORIGINAL).hexdigest()


@pytest.mark.parametrize("size", [0, 1, len(ORIGINAL) - 1, len(ORIGINAL) + 1, 10**12])
def test_a_receipt_with_another_size_is_found_out(tmp_path: Path, size: int) -> None:
    def lie(parts: Parts) -> None:
        parts.receipt = {"original_size_bytes": size}

    assert tampered(tmp_path, alter=lie).status_of(Claim.FIXITY) is Status.FAILED


# ------------------------------------------------------------------------------------------------ intact


def test_a_changed_original_is_found_out(tmp_path: Path) -> None:
    verdict = verdict_of(tmp_path, resealed(COPY.replace(b"folded and let", b"folded not let", 1)))
    assert "the original inside (the first" in complaints(verdict, Claim.FIXITY)


def test_a_changed_revision_is_found_out(tmp_path: Path) -> None:
    place = COPY.rindex(b"/RetractionMark Do")
    verdict = verdict_of(tmp_path, COPY[:place] + b"/RetractionMarl Do" + COPY[place + 18 :])
    assert "has been changed since it was made" in complaints(verdict, Claim.FIXITY)


def test_the_digits_of_the_digest_itself_count(tmp_path: Path) -> None:
    place = max(match.start(1) for match in re.finditer(rb"><([0-9a-f]{64})>", COPY))
    letter = next(index for index in range(place, place + 64) if COPY[index : index + 1].isalpha())
    verdict = verdict_of(tmp_path, COPY[:letter] + COPY[letter : letter + 1].upper() + COPY[letter + 1 :])
    assert "has been changed since it was made" in complaints(verdict, Claim.FIXITY)


def test_a_further_revision_is_named_and_restoring_still_works(tmp_path: Path) -> None:
    previous = re.findall(rb"startxref\s+(\d+)", COPY)[-1].decode()
    trailer = f"/Size 60/Root 1 0 R/Info 4 0 R/Prev {previous}/ID[<{'11' * 16}><{'0' * 64}>]"
    innocent = resealed(revision(COPY, {59: b"<<>>"}, trailer))
    said = complaints(verdict_of(tmp_path, innocent), Claim.FIXITY)
    assert "a further revision was appended" in said
    assert "can still be restored" in said


def test_bytes_after_the_end_are_found_out(tmp_path: Path) -> None:
    assert "follow the end" in complaints(verdict_of(tmp_path, resealed(COPY + b"\n% more")), Claim.FIXITY)


@pytest.mark.parametrize(
    ("number", "body", "kind"),
    [
        (FONT, b"<</Type/Font/Subtype/Type1/BaseFont/Courier>>", "font"),
        (FIRST_PAGE + 1, stream("", b"BT ET"), "stream"),
        (7, stream("/Type/EmbeddedFile", b"a,b\n9,9\n"), "embedded file"),
        (10, b"<</Type/Annot/Subtype/Link/Rect[60 60 200 74]/A<</S/URI/URI(http://elsewhere)>>>>", "annotation"),
    ],
)
def test_an_object_that_no_marking_overrides_is_named(tmp_path: Path, number: int, body: bytes, kind: str) -> None:
    def override(parts: Parts) -> None:
        parts.objects[number] = body

    said = complaints(tampered(tmp_path, finish=override), Claim.FIXITY)
    assert f"object {number} ({kind}) is replaced" in said


def replaced(number: int, old: bytes, new: bytes) -> Alter:
    def finish(parts: Parts) -> None:
        assert old in parts.objects[number]
        parts.objects[number] = parts.objects[number].replace(old, new)

    return finish


@pytest.mark.parametrize(
    ("finish", "message"),
    [
        (replaced(CATALOG, b"/Lang(en)", b"/Lang(fr)"), "object 1 (catalog): Lang has changed"),
        (replaced(CATALOG, b"/Lang(en)", b""), "object 1 (catalog): Lang has changed"),
        (replaced(CATALOG, b"/Lang(en)", b"/Lang(en)/OpenAction[11 0 R/Fit]"), "OpenAction has changed"),
        (replaced(INFO, b"A. Author", b"B. Author"), "Author has changed"),
        (replaced(FIRST_PAGE, b"/F1 3 0 R", b"/F1 25 0 R"), "page 1: the resource /Font /F1 has changed"),
        (replaced(FIRST_PAGE, b"/Parent 2 0 R", b"/Parent 2 0 R/Rotate 90"), "page 1: Rotate has changed"),
        (replaced(FIRST_PAGE, b" 12 0 R ", b" 14 0 R "), "page 1: the content of the page is not the original's"),
        (replaced(FIRST_PAGE, b"10 0 R ", b""), "page 1: annotations have changed"),
        (replaced(FIRST_PAGE + 2, b"/Annots[", b"/Annots[10 0 R "), "page 2: an annotation is added"),
    ],
)
def test_a_page_or_a_catalog_may_only_change_where_a_marking_does(tmp_path: Path, finish: Alter, message: str) -> None:
    verdict = tampered(tmp_path, finish=finish)
    assert not verdict.passed
    assert message in complaints(verdict, Claim.FIXITY)


def test_more_than_q_before_the_content_is_found_out(tmp_path: Path) -> None:
    def finish(parts: Parts) -> None:
        opening = next(number for number, body in parts.objects.items() if b"stream\nq\n" in body)
        parts.objects[opening] = stream("", b"q 0.99 0 0 0.99 0 0 cm\n")

    assert "more than q comes before the content" in complaints(tampered(tmp_path, finish=finish), Claim.FIXITY)


def test_a_stream_of_the_original_does_not_close_the_content(tmp_path: Path) -> None:
    def finish(parts: Parts) -> None:
        page = parts.objects[FIRST_PAGE]
        parts.objects[FIRST_PAGE] = re.sub(rb"\d+ 0 R\]/Annots", b"14 0 R]/Annots", page)

    said = complaints(tampered(tmp_path, finish=finish), Claim.FIXITY)
    assert "page 1: the content is wrapped in a stream of the original" in said


def test_a_deleted_object_is_named(tmp_path: Path) -> None:
    data = made(ORIGINAL, finish=lambda parts: parts.objects.update({10: b"null"}))
    row = re.findall(rb"\n10 1\n\d{10} 00000 n ", data)[-1]
    data = resealed(data.replace(row, b"\n10 1\n0000000000 00001 f "))
    assert "object 10 is deleted" in complaints(verdict_of(tmp_path, data), Claim.FIXITY)


def test_an_older_state_of_an_object_is_found_out(tmp_path: Path) -> None:
    data = made(ORIGINAL, finish=lambda parts: parts.objects.update({FONT: b"<<>>"}))
    row = re.findall(rb"\n3 1\n\d{10} 00000 n ", data)[-1]
    wrong = b"\n3 1\n%010d 00000 n " % ORIGINAL.index(b"3 0 obj")
    said = complaints(verdict_of(tmp_path, resealed(data.replace(row, wrong))), Claim.FIXITY)
    assert "object 3 is taken from another place of the original" in said


def test_another_root_is_found_out(tmp_path: Path) -> None:
    data = made(ORIGINAL, finish=lambda parts: parts.objects.update({50: parts.objects[CATALOG]}))
    place = data.rindex(b"/Root 1 0 R")
    data = resealed(data[:place] + b"/Root 50 0 R" + data[place + 11 :])
    assert "the trailer names another Root" in complaints(verdict_of(tmp_path, data), Claim.FIXITY)


def test_an_undamaged_original_is_not_listed_again(tmp_path: Path) -> None:
    place = COPY.rindex(b"/Prev")
    end = COPY.index(b"/ID", place)
    rows = b"".join(
        b"%d 1\n%010d 00000 n \n" % (number, ORIGINAL.index(b"\n%d 0 obj" % number) + 1)
        for number in (2, 3, 7, 8, 9, 10, 12, 14, 16)
    )
    whole = COPY[:place] + COPY[end:]
    start = whole.rindex(b"trailer\n")
    data = resealed(whole[:start] + rows + whole[start:])
    assert "which only a damaged original needs" in complaints(verdict_of(tmp_path, data), Claim.FIXITY)


# ------------------------------------------------------------------------------------------------ marked


def test_a_page_without_the_mark_is_named(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.unmarked = (2,)

    verdict = tampered(tmp_path, alter=alter)
    assert complaints(verdict, Claim.MARKED).startswith("page 2: the mark is missing")
    assert "page 2" in complaints(verdict, Claim.VISIBLE)


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (tuple(-value for value in DIAGONAL[:4]) + DIAGONAL[4:], "upside down"),
        ((0.35, 0.49, 0.49, -0.35, 297.5, 421.0), "mirrored"),
        ((0.35, 0.49, -0.49, 0.35, 500.0, 421.0), "extends beyond the page"),
        ((0, 0, 0, 0, 297.5, 421.0), "has no size"),
        ((0.35, 0.49, -0.49, 0.35, 5000.0, 421.0), "extends beyond the page"),
    ],
)
def test_a_mark_in_the_wrong_place_is_named(tmp_path: Path, matrix: tuple[float, ...], message: str) -> None:
    def alter(parts: Parts) -> None:
        parts.matrix = matrix

    assert message in complaints(tampered(tmp_path, alter=alter), Claim.MARKED)


def test_upright_is_judged_as_the_page_is_displayed(tmp_path: Path) -> None:
    turned = original(rotate=180)
    upright = (*(-value for value in DIAGONAL[:4]), *DIAGONAL[4:])

    def alter(parts: Parts) -> None:
        parts.matrix = upright

    assert verdict_of(tmp_path, made(turned, alter=alter)).status_of(Claim.MARKED) is Status.OK
    assert "upside down" in complaints(verdict_of(tmp_path, made(turned)), Claim.MARKED)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"/Type/XObject/Subtype/Form/BBox[-500", b"/OC 3 0 R/Type/XObject/Subtype/Form/BBox[-500", "switched off"),
        (b"/BBox[-500", b"/Matrix[.1 0 0 .1 0 0]/BBox[-500", "matrix of its own"),
        (b"/RetractionAlpha gs", b"BT (x) Tj ET", "the operator BT"),
    ],
)
def test_a_form_that_is_not_letters_only_is_named(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    def finish(parts: Parts) -> None:
        number = next(number for number, body in parts.objects.items() if b"/BBox[-500" in body)
        head, data = parts.objects[number].replace(old, new).split(b"stream\n", 1)
        data = data.removesuffix(b"\r\nendstream")
        parts.objects[number] = re.sub(rb"/Length \d+", b"/Length %d" % len(data), head) + (
            b"stream\n" + data + b"\r\nendstream"
        )

    assert message in complaints(tampered(tmp_path, finish=finish), Claim.MARKED)


def test_more_than_the_mark_and_the_line_over_a_page_is_named(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.over = "\n0 0 0 rg 0 0 10 10 re f"

    assert "the operator" in complaints(tampered(tmp_path, alter=alter), Claim.MARKED)


# ------------------------------------------------------------------------------------------------ visible


def cover(parts: Parts) -> None:
    """Put an opaque white annotation over the mark of page 2."""
    face = parts.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 595 842]", b"1 g 0 0 595 842 re f"))
    square = parts.add(f"<</Type/Annot/Subtype/Square/Rect[0 0 595 842]/F 4/AP<</N {face} 0 R>>>>".encode())
    parts.annots[2] = "{link} 0 R " + f"{square} 0 R"


def test_a_mark_under_a_white_rectangle_is_named(tmp_path: Path) -> None:
    verdict = tampered(tmp_path, alter=cover)
    assert "page 2: the mark is hidden" in complaints(verdict, Claim.VISIBLE)
    assert "page 2: an annotation was added that is not a link" in complaints(verdict, Claim.STRUCTURE)


def test_an_opaque_mark_is_named_whatever_the_receipt_says(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.alpha, parts.receipt = 1.0, {"opacity": 1.0}

    assert "hide what is under them" in complaints(tampered(tmp_path, alter=alter), Claim.MARKED)

    def lie(parts: Parts) -> None:
        parts.alpha = 1.0

    assert "the receipt says 0.22" in complaints(tampered(tmp_path, alter=lie), Claim.MARKED)


def test_an_opaque_mark_is_seen_in_the_pixels_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def alter(parts: Parts) -> None:
        parts.alpha = 1.0

    monkeypatch.setattr("watermark.verification.mark_parser._opacity", lambda *_: 0.22)
    said = complaints(tampered(tmp_path, alter=alter), Claim.VISIBLE)
    assert "page 1: the mark hides what is under it" in said
    assert "page 3: the mark hides what is under it" in said


def test_a_change_beside_the_mark_is_named(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        face = parts.add(stream("/Type/XObject/Subtype/Form/BBox[0 0 20 20]", b"0 g 0 0 20 20 re f"))
        square = parts.add(f"<</Type/Annot/Subtype/Square/Rect[500 60 520 80]/F 4/AP<</N {face} 0 R>>>>".encode())
        parts.annots[3] = "{link} 0 R " + f"{square} 0 R"

    assert "page 3: the page has changed beside the mark" in complaints(tampered(tmp_path, alter=alter), Claim.VISIBLE)


# ------------------------------------------------------------------------------------------------ text


def test_a_line_in_other_words_is_named(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.line = "Approved 2024-05-01"

    assert "does not have the line in one run" in complaints(tampered(tmp_path, alter=alter), Claim.TEXT)


def test_words_beside_the_line_are_named(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.line = f"{LINE}) Tj 1 0 0 1 -100 -310 Tm (torn"

    said = complaints(tampered(tmp_path, alter=alter), Claim.TEXT)
    assert "page 1: the text has changed" in said
    assert "torn" in said


def test_a_line_that_the_receipt_does_not_name_is_named(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.receipt = {"line_text": ""}

    assert "the text has changed" in complaints(tampered(tmp_path, alter=alter), Claim.TEXT)


# ------------------------------------------------------------------------------------------------ structure


def test_a_missing_link_is_named(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.annots[2] = ""

    assert "page 2: the link to the notice is missing" in complaints(tampered(tmp_path, alter=alter), Claim.STRUCTURE)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (LINK.encode(), b"https://elsewhere.example/", "leads to https://elsewhere.example/"),
        (b"/F 4", b"/F 6", "hidden"),
        (b"/F 4", b"", "not printed"),
        (b"/Subtype/Link", b"/Subtype/Square", "not a link"),
    ],
)
def test_a_link_that_does_not_lead_to_the_notice_is_named(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    def finish(parts: Parts) -> None:
        number = max(number for number, body in parts.objects.items() if b"/Subtype/Link" in body)
        parts.objects[number] = parts.objects[number].replace(old, new)

    assert message in complaints(tampered(tmp_path, finish=finish), Claim.STRUCTURE)


def test_pages_that_no_notice_explains_are_named(tmp_path: Path) -> None:
    def finish(parts: Parts) -> None:
        page = parts.add(b"<</Type/Page/Parent 2 0 R/Resources<<>>>>")
        kids = f"<</Type/Pages/Kids[11 0 R 13 0 R 15 0 R {page} 0 R]/Count 4/MediaBox[0 0 595 842]>>"
        parts.objects[2] = kids.encode()

    assert "+1 pages" in complaints(tampered(tmp_path, finish=finish), Claim.STRUCTURE)


@pytest.mark.parametrize(
    ("where", "kids"), [("back", "11 0 R 13 0 R 15 0 R {new}"), ("front", "{new} 11 0 R 13 0 R 15 0 R")]
)
def test_a_notice_page_is_not_a_page_of_the_article(tmp_path: Path, where: str, kids: str) -> None:
    def alter(parts: Parts) -> None:
        parts.receipt = {"notice_page": where}
        page = parts.add(b"<</Type/Page/Parent 2 0 R/Resources<<>>>>")
        members = kids.format(new=f"{page} 0 R")
        parts.objects[2] = f"<</Type/Pages/Kids[{members}]/Count 4/MediaBox[0 0 595 842]>>".encode()

    assert tampered(tmp_path, alter=alter).failures == ()


def test_readers_that_count_other_pages_are_heeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RenderedDocument, "__len__", lambda look: 3 + (len(look._bytes) > len(ORIGINAL)))
    assert "do not agree on the number of pages" in complaints(verdict_of(tmp_path, COPY), Claim.STRUCTURE)


def test_a_lost_page_is_named(tmp_path: Path) -> None:
    def finish(parts: Parts) -> None:
        parts.objects[2] = b"<</Type/Pages/Kids[11 0 R 13 0 R]/Count 2/MediaBox[0 0 595 842]>>"

    verdict = tampered(tmp_path, finish=finish)
    assert "page 3" in complaints(verdict, Claim.STRUCTURE)
    assert "3 members have become 2" in complaints(verdict, Claim.FIXITY)


def test_swapped_pages_are_named(tmp_path: Path) -> None:
    def finish(parts: Parts) -> None:
        parts.objects[2] = b"<</Type/Pages/Kids[13 0 R 11 0 R 15 0 R]/Count 3/MediaBox[0 0 595 842]>>"

    assert "a member is replaced" in complaints(tampered(tmp_path, finish=finish), Claim.FIXITY)


# ------------------------------------------------------------------------------------------------ attached


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (NOTICE, NOTICE.upper(), "notice.md: it is not the file that was attached"),
        (b"/UF(notice.md)", b"/UF(other.md)", "other.md, which the receipt does not name"),
        (b"/AF[", b"/PieceInfo[", "notice.md is not an associated file"),
        (b"(notice.md)18 0 R", b"", "notice.md is not in the copy"),
        (b"(data.csv)8 0 R", b"", "data.csv of the original is lost"),
    ],
)
def test_an_attachment_that_is_not_as_it_was_is_named(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    def finish(parts: Parts) -> None:
        assert any(old in body for body in parts.objects.values())
        for number, body in parts.objects.items():
            if number != METADATA:
                parts.objects[number] = body.replace(old, new)

    assert message in complaints(tampered(tmp_path, finish=finish), Claim.ATTACHED)


# ------------------------------------------------------------------------------------------------ described


def edited(old: bytes, new: bytes) -> Alter:
    """Edit the packet, and its length with it."""

    def finish(parts: Parts) -> None:
        packet = parts.objects[METADATA].split(b"stream\n", 1)[1].removesuffix(b"\r\nendstream")
        assert old in packet
        parts.objects[METADATA] = stream("/Type/Metadata/Subtype/XML", packet.replace(old, new))

    return finish


@pytest.mark.parametrize(
    ("finish", "message"),
    [
        (edited(b"<prism:doi>10.5555/article</prism:doi>", b""), "the property doi of the original is lost"),
        (edited(b"<prism:doi>10.5555/article", b"<prism:doi>10.5555/other"), "doi of the original has another value"),
        (edited(b"RETRACTED: Paper", b"Paper"), "the title in XMP"),
        (edited(b"RETRACTED: Paper", b"RETRACTED: Plastic"), "the title in XMP"),
        (edited(b"<cito:isRetractedBy>" + LINK.encode() + b"</cito:isRetractedBy>", b""), "isRetractedBy does not say"),
        (edited(b"<xmp:ModifyDate>2026", b"<xmp:ModifyDate>2025"), "ModifyDate does not say"),
        (replaced(INFO, b"RETRACTED: ", b""), "the title in Info is not"),
        (replaced(INFO, b"D:2026", b"D:2025"), "ModDate in Info"),
    ],
)
def test_metadata_that_say_something_else_are_named(tmp_path: Path, finish: Alter, message: str) -> None:
    assert message in complaints(tampered(tmp_path, finish=finish), Claim.DESCRIBED)


def test_a_receipt_that_its_own_packet_contradicts_is_not_a_receipt(tmp_path: Path) -> None:
    data = made(ORIGINAL, finish=edited(b"<rwm:OriginalSize>", b"<rwm:OriginalSize>9"))
    with pytest.raises(NotVerifiedError, match="contradicting"):
        verdict_of(tmp_path, data)


# ------------------------------------------------------------------------------------------------ right article


@pytest.mark.parametrize(
    ("receipt", "status", "message"),
    [
        ({"match": "unknown", "match_evidence": ["no title"]}, Status.NOT_CHECKED, "is open: no title"),
        ({"match": "forced", "match_reason": "checked by eye"}, Status.OK, "“checked by eye”"),
        ({"match": "forced", "match_reason": ""}, Status.FAILED, "forced"),
        ({"match": "mismatch"}, Status.FAILED, "mismatch"),
    ],
)
def test_the_match_is_reported_as_in_the_receipt(
    tmp_path: Path, receipt: dict[str, object], status: Status, message: str
) -> None:
    def alter(parts: Parts) -> None:
        parts.receipt = dict(receipt)

    verdict = tampered(tmp_path, alter=alter)
    assert verdict.status_of(Claim.ARTICLE_MATCH) is status
    assert any(message in finding.message for finding in verdict.findings if finding.claim is Claim.ARTICLE_MATCH)
    assert verdict.failures == () or status is Status.FAILED


# ------------------------------------------------------------------------------------------------ hostile input


def test_a_check_that_breaks_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise RecursionError("too\x1b[31m deep")

    monkeypatch.setattr("watermark.verification.document_structure.check", broken)
    verdict = verdict_of(tmp_path, COPY)
    assert verdict.status_of(Claim.STRUCTURE) is Status.FAILED
    assert "the check itself could not be run: RecursionError" in complaints(verdict, Claim.STRUCTURE)
    assert "\x1b" not in complaints(verdict, Claim.STRUCTURE)
    assert verdict.status_of(Claim.FIXITY) is Status.OK


def test_words_from_the_file_cannot_command_the_terminal(tmp_path: Path) -> None:
    def alter(parts: Parts) -> None:
        parts.receipt = {"match": "unknown", "match_evidence": ["red \x9b31m and \u202e turned"]}

    assert all(finding.message.isprintable() for finding in tampered(tmp_path, alter=alter).findings)


def test_an_outcome_of_one_claim_says_nothing_of_another(tmp_path: Path) -> None:
    verdict = tampered(tmp_path, finish=replaced(INFO, f"RETRACTED: {TITLE}".encode(), b"Something else"))
    assert {finding.claim for finding in verdict.failures} == {Claim.DESCRIBED}
