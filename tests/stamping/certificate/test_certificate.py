"""The certificate says what happened to an article and how its copy was checked, and never more than that."""

import hashlib
import io
import json
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pikepdf
import pytest
from pypdf import PdfReader

import watermark
from tests.helpers.build import build
from tests.helpers.tag_check import faults_in_tags
from tests.stamping.certificate.copies import AT, AUTHORS, NOTICE, TITLE, certified, marked, notice_file, without
from watermark.errors import NotVerifiedError, UsageError
from watermark.models import ALWAYS_CHECKED, Claim, Finding, Outcome, Proof, Status, VerificationReport
from watermark.notice import Notice, Reference, State
from watermark.receipt import AttachedFile
from watermark.stamping.certificate import Judge, certificate_document, facts_of
from watermark.stamping.certificate.claims import TITLES, rows_of


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return marked(tmp_path_factory.mktemp("copy"))


def words(certificate: bytes) -> str:
    pages = PdfReader(io.BytesIO(certificate)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def page_count(certificate: bytes) -> int:
    return len(PdfReader(io.BytesIO(certificate)).pages)


def broken_rules(certificate: bytes) -> list[object]:
    profiles = ("2u", "ua1")
    return [item for one in profiles for item in page_validation.validate_pdf_bytes(certificate, profile=one).failures]


def test_it_says_what_was_retracted_by_whom_and_why(outcome: Outcome) -> None:
    text = words(certified(outcome))
    for part in (TITLE, *AUTHORS, "was retracted", "The Editor-in-Chief", "The authors", "Image duplication"):
        assert part in text
    assert "https://doi.org/10.1000/notice" in text
    assert "2024-04-30" in text


def test_it_says_how_the_copy_was_checked_and_how_anybody_checks_it_again(outcome: Outcome) -> None:
    text = words(certified(outcome))
    assert "every check passed." in text
    assert "Not checked: whether the marking, made again" in text
    for judge in ("pypdf", "PDFium"):
        assert judge in text
    assert outcome.receipt is not None
    assert outcome.receipt.original_sha256 in text
    assert "watermark verify copy.pdf" in text
    assert "watermark restore copy.pdf" in text
    assert f"head -c {outcome.receipt.original_size_bytes} copy.pdf | sha256sum" in text
    assert "The copy is not sealed" in text
    assert "no safeguard of the tool was overridden" in text


def test_it_is_archivable_and_accessible_and_its_tags_are_whole(outcome: Outcome) -> None:
    data = certified(outcome)
    assert not broken_rules(data)
    assert not faults_in_tags(data)
    assert page_count(data) == 2


def test_its_pictures_have_a_description_a_place_and_a_calibrated_colour_space(outcome: Outcome) -> None:
    with pikepdf.open(io.BytesIO(certified(outcome))) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        assert [str(figure.Alt) for figure in figures] == [
            "Picture of the first page of the article before it was marked",
            "Picture of the first page of the article with the mark",
        ]
        assert all(figure.A.BBox[2] > figure.A.BBox[0] for figure in figures)
        pictures = pdf.pages[0].resources.XObject
        assert {str(picture.ColorSpace[0]) for picture in pictures.values()} == {"/CalRGB"}
        before, after = (bytes(pictures[name].read_bytes()) for name in ("/Before", "/After"))
    assert before != after


def test_the_same_copy_report_and_time_give_the_same_bytes(outcome: Outcome) -> None:
    assert certified(outcome) == certified(outcome)
    assert certified(outcome) != certified(outcome, at=AT.replace(year=2025))


def test_it_names_the_copy_for_programs(outcome: Outcome) -> None:
    with pikepdf.open(io.BytesIO(certified(outcome))) as pdf:
        named = json.loads(str(pdf.docinfo["/RetractionCertificate"]))
    assert outcome.receipt is not None
    assert named["original_sha256"] == outcome.receipt.original_sha256


@pytest.mark.parametrize("claim", ALWAYS_CHECKED)
def test_a_check_that_did_not_run_is_not_reported_as_passed(outcome: Outcome, claim: Claim) -> None:
    assert outcome.report is not None
    assert outcome.receipt is not None
    report = without(outcome.report, claim)
    results = {row.title: row.result for row in rows_of(report, outcome.receipt)}
    assert results[TITLES[claim]] == "not checked"


def test_a_proof_by_structure_says_which_checks_are_missing(tmp_path: Path) -> None:
    text = words(certified(marked(tmp_path, proof=Proof.STRUCTURE)))
    assert "not everything could be checked" in text
    assert text.count("not checked") == 2


def test_a_copy_that_fails_gets_no_certificate(outcome: Outcome) -> None:
    assert outcome.report is not None
    failed = Finding(claim=Claim.VISIBLE, status=Status.FAILED, message="page 1 lost a line")
    with pytest.raises(NotVerifiedError, match="page 1 lost a line"):
        certified(outcome, report=replace(outcome.report, findings=(*outcome.report.findings, failed)))
    judge = Judge(name="jhove", status=Status.FAILED, message="it became invalid")
    with pytest.raises(NotVerifiedError, match="it became invalid"):
        certified(outcome, judges=(judge,))


def test_what_other_programs_said_is_in_it(outcome: Outcome) -> None:
    passed = Judge(name="jhove", status=Status.OK, message="Well-Formed and valid, as the original")
    unknown = Judge(name="siegfried", status=Status.NOT_CHECKED, message="it is no longer installed")
    text = words(certified(outcome, judges=(passed, unknown)))
    assert "jhove passed" in text
    assert "siegfried not checked" in text
    assert "every check passed" not in text


def test_what_a_person_decided_is_in_it_with_the_reason(tmp_path: Path) -> None:
    other = replace(NOTICE, article=replace(NOTICE.article, title="Another title altogether", doi="", authors=()))
    text = words(certified(marked(tmp_path, other, match_override_reason="the editor confirmed it by telephone")))
    assert "Right article decided" in text
    assert "the editor confirmed it by telephone" in text
    assert "a person decided that it is the right article" in text


MARKUP = "<b>Bold</b> & <font color=red>red</font> <onDraw name='x'/> {0} %s \\ ) ( \u202e\u200f\x07 title"
HOSTILE = (MARKUP, "W" * 5000, " ".join(["A very long title that goes on and on"] * 60), "\u0301" * 50 + "x")


@pytest.mark.slow
@pytest.mark.parametrize(
    "title",
    HOSTILE,
    ids=["markup", "one long word", "many words", "accents alone"],
)
def test_no_title_or_name_breaks_it_or_makes_it_longer(tmp_path: Path, title: str) -> None:
    many = tuple(f"{title[:60]} Author-{number}" for number in range(400))
    article = Reference(title=title, authors=many, journal=title, citation=title, doi="10.1000/xyz123")
    notice = Notice(
        state=State.RETRACTION,
        article=article,
        url="https://example.org/" + "a" * 3000,
        issuers=many,
        requested_by=many,
        reasons=many,
        statement=(title,) * 50,
    )
    data = certified(marked(tmp_path, notice, match_override_reason=title, text="Retracted"))
    assert page_count(data) <= 2
    assert not broken_rules(data)
    assert "more" in words(data)


def test_a_copy_that_was_marked_twice_names_the_article_as_published_and_both_marks(tmp_path: Path) -> None:
    concern = replace(NOTICE, state=State.EXPRESSION_OF_CONCERN, doi="10.1000/concern")
    first = marked(tmp_path, concern)
    copy = tmp_path / "again.pdf"
    second = watermark.stamp(first.copy, notice_file(NOTICE), copy, at=AT)
    assert first.receipt is not None
    assert second.receipt is not None
    text = words(certified(second))
    assert "Marked earlier 2024-05-01 as expression of concern" in text
    assert f"Original {first.receipt.original_sha256}" in text
    assert f"Before this mark {second.receipt.original_sha256}" in text
    assert f"head -c {first.receipt.original_size_bytes} again.pdf" in text
    assert "begins with the file with its earlier mark, unchanged" in text
    watermark.restore(copy, tmp_path / "original.pdf")
    data = (tmp_path / "original.pdf").read_bytes()
    assert data == copy.read_bytes()[: first.receipt.original_size_bytes]
    assert hashlib.sha256(data).hexdigest() == first.receipt.original_sha256


@pytest.mark.slow
def test_no_receipt_and_no_report_makes_it_longer_than_two_pages(outcome: Outcome) -> None:
    assert outcome.report is not None
    facts = facts_of(Path(outcome.copy), outcome.report, at=AT)
    many = tuple(
        AttachedFile(kind="notice", name=f"{'W' * 90}{n}.pdf", sha256="0" * 64, size_bytes=1) for n in range(500)
    )
    receipt = replace(
        facts.receipt,
        files=many,
        despite=("signature: " + "W" * 500,) * 40,
        match="forced",
        match_reason="W" * 5000,
        mark_text="W" * 300,
        conformance="W" * 300,
        tool="W" * 300,
        notice_link="https://example.org/" + "W" * 3000,
        choices={"text": "W" * 400, "existing_mark": ["W" * 500, "W" * 5000], "font_sha256": "W" * 500},
    )
    longest = [Finding(claim=claim, status=Status.NOT_CHECKED, message="W" * 900) for claim in Claim for _ in range(30)]
    judges = tuple(Judge(name="W" * 90, status=Status.NOT_CHECKED, message="W" * 900) for _ in range(5))
    worst = replace(
        facts,
        copy_name="W" * 255,
        receipt=receipt,
        earlier=(receipt,) * 40,
        report=VerificationReport(findings=tuple(longest)),
        judges=judges,
    )
    data = certificate_document(worst)
    assert page_count(data) == 2
    assert not broken_rules(data)


def test_an_article_in_a_volume_is_shown_by_its_own_pages(tmp_path: Path) -> None:
    volume, copy = tmp_path / "volume.pdf", tmp_path / "copy.pdf"
    volume.write_bytes(build(pages=4, text=f"Page {{number}} {TITLE} doi:10.1000/xyz123"))
    outcome = watermark.stamp(volume, notice_file(NOTICE), copy, at=AT, pages="2-3", force_match="a volume")
    text = words(certified(outcome))
    assert "was marked on pages 2 to 3 on 2024-05-01" in text
    assert "Page 2, before and after" in text
    assert "Pages 2 to 3 of 4 carry the mark" in text
    assert "every page on" not in text
    with pikepdf.open(io.BytesIO(certified(outcome))) as pdf:
        before, after = (bytes(pdf.pages[0].resources.XObject[name].read_bytes()) for name in ("/Before", "/After"))
    assert before != after  # page 1 carries no mark


def test_what_no_font_has_is_an_error_in_the_article_and_shown_by_its_number_elsewhere(tmp_path: Path) -> None:
    outcome = marked(tmp_path)
    copy = Path(outcome.copy).rename(tmp_path / "论文 $(x) \U0001f600.pdf")
    data = certified(replace(outcome, copy=str(copy)))
    assert "\\u8bba\\u6587 $(x) \\U0001f600.pdf" in words(data)
    assert "watermark verify COPY.pdf" in words(data)
    assert not broken_rules(data)
    notice = notice_file(replace(NOTICE, issuers=("编辑部",)))
    assert outcome.report is not None
    facts = replace(facts_of(copy, outcome.report, at=AT), notice=notice)
    with pytest.raises(UsageError, match="the font has no"):
        certificate_document(facts)


def test_words_in_another_language_are_tagged_as_such(tmp_path: Path) -> None:
    german = replace(NOTICE, language="de", issuers=("Die Redaktion",))
    data = certified(marked(tmp_path, german))
    assert not broken_rules(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        elements = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        languages = {str(one.S): str(one.get("/Lang", "")) for one in elements if str(one.S) in {"/TD", "/H1"}}
        tagged = [one for one in elements if str(one.get("/Lang", "")) == "de"]
        assert str(pdf.Root.Lang) == "en"
    assert languages["/H1"] == ""
    assert {str(one.S) for one in tagged} == {"/P", "/TD"}


def test_forty_authors_have_room(tmp_path: Path) -> None:
    authors = tuple(f"Firstname{number} Lastname{number}" for number in range(40))
    data = certified(marked(tmp_path, replace(NOTICE, article=replace(NOTICE.article, authors=authors))))
    assert page_count(data) == 2
    assert "Firstname0 Lastname0" in words(data)
    assert "more" in words(data)


def test_the_record_beside_a_copy_that_may_not_contain_it_gives_the_notice(tmp_path: Path) -> None:
    outcome = marked(tmp_path, pdfa="2b")
    assert outcome.sidecar
    assert TITLE in words(certified(outcome))
    assert "page-validation" in words(certified(outcome))
    Path(outcome.sidecar).unlink()
    text = words(certified(outcome))
    assert "The notice was not at hand" in text
    assert "10.1000/xyz123" in text


def test_it_is_saved_beside_the_copy_and_never_over_it_or_another_file(tmp_path: Path) -> None:
    outcome = marked(tmp_path)
    copy, before = Path(outcome.copy), Path(outcome.copy).read_bytes()
    saved = watermark.certificate(copy, report=outcome.report, at=AT)
    assert saved == tmp_path / "copy.certificate.pdf"
    assert saved.read_bytes() == certified(outcome)
    with pytest.raises(UsageError, match="already exists"):
        watermark.certificate(copy, report=outcome.report, at=AT)
    with pytest.raises(UsageError, match="overwrite an input file"):
        watermark.certificate(copy, copy, report=outcome.report, overwrite=True)
    assert copy.read_bytes() == before


def test_without_a_report_the_copy_is_verified_first(tmp_path: Path) -> None:
    outcome = marked(tmp_path)
    text = words(watermark.certificate(outcome.copy, at=AT).read_bytes())
    assert "Made again passed" in text
    damaged = tmp_path / "damaged.pdf"
    data = bytearray(Path(outcome.copy).read_bytes())
    data[200] ^= 1
    damaged.write_bytes(data)
    with pytest.raises(NotVerifiedError):
        watermark.certificate(damaged, at=AT)
    assert not (tmp_path / "damaged.certificate.pdf").exists()
