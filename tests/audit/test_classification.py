"""Each PDF gets exactly one class, and what mends it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

import watermark
from tests.audit.conftest import DOI, Ask, article
from tests.helpers.foreign_marks import STYLES, marked
from tests.helpers.tampered_copies import stamped
from tests.verification.test_attacks import lead_astray, make_opaque, replace_attachment, retitle, unmark
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import WELL, Classification
from watermark.audit.own_copies import original_bytes_of
from watermark.audit.retraction_index.index import index_of
from watermark.models import Claim, Finding, Status, VerificationReport
from watermark.notice import Notice, Reference, State
from watermark.notice.state_sentences import listed, marked_as
from watermark.stamping import reproduction

SENTENCES = (
    "The paper was retracted by its authors, and retracted articles are cited on.",
    "[12] Smith J. RETRACTED: A study of mice. Mice 2004;1:2. doi:10.5555/cited",
    "RETRACTED ARTICLE: another cited one. Withdrawn drugs are listed in table 2.",
    "3. Retraction notices",
    "Expression of concern",
    "WITHDRAWN",
)


def of_article(folder: Path, **peculiarities: object) -> Path:
    return article(folder / "article.pdf", **peculiarities)


def test_an_article_that_the_list_does_not_name_is_only_called_not_in_the_list(tmp_path: Path, ask: Ask) -> None:
    found = ask(of_article(tmp_path), state="")
    assert (found.kind, found.remedy, found.needs_attention) == (Classification.NOT_RETRACTED, "", False)
    assert (found.label, found.kind.value, found.kind.code) == ("not in the list", "not retracted", "not-retracted")


def test_an_article_is_called_not_retracted_where_the_list_says_what_it_is(tmp_path: Path, ask: Ask) -> None:
    found = ask(of_article(tmp_path), state="correction")
    assert (found.label, found.needs_attention) == ("not retracted", False)
    assert found.reason == "the list has a correction of 10.5555/article, dated 2024-05-01"


@pytest.mark.parametrize("state", State)
def test_a_listed_article_gets_a_sentence_for_every_state(state: State) -> None:
    sentence = listed(Notice(state=state, article=Reference(), date="2024"), "PMID 1")
    assert sentence.startswith(("the list has a ", "the list has an ")), sentence
    assert sentence.endswith(" of PMID 1, dated 2024")
    assert "_" not in sentence + marked_as(state.value)


@pytest.mark.parametrize("state", ["retraction", "withdrawal", "partial_retraction", "expression_of_concern"])
def test_a_listed_article_without_a_mark_needs_the_command_that_marks_it(tmp_path: Path, ask: Ask, state: str) -> None:
    found = ask(of_article(tmp_path), state=state)
    assert (found.kind, found.state, found.doi) == (Classification.UNMARKED, state, DOI)
    lists = tmp_path / "retractions.csv"
    assert found.remedy == f"watermark mark-retracted --retractions {lists} {tmp_path / 'article.pdf'}"


def test_a_removed_article_is_taken_down_by_hand(tmp_path: Path, ask: Ask) -> None:
    found = ask(of_article(tmp_path), state="removal")
    assert (found.kind, found.remedy[:26]) == (Classification.UNMARKED, "Remove the article by hand")


@pytest.mark.parametrize("state", ["correction", "erratum", "reinstatement"])
def test_other_notices_demand_no_mark(tmp_path: Path, ask: Ask, state: str) -> None:
    assert ask(of_article(tmp_path), state=state).kind is Classification.NOT_RETRACTED


def test_an_article_is_known_by_its_title(tmp_path: Path) -> None:
    title = "A study of sleep in mice that are much older than others"
    path = tmp_path / "list.csv"
    path.write_text(f"doi,state,date,title\n10.5555/one,retraction,2024,{title}\n", encoding="utf-8")
    from watermark.audit.retraction_index.index import index_of  # noqa: PLC0415

    pdf = of_article(tmp_path, doi="", title=title)
    found = audit_file(AuditRequest(path=pdf, lists=(index_of(path),)))
    assert (found.kind, found.doi) == (Classification.UNMARKED, "10.5555/one")


def test_a_cited_retracted_article_makes_none_of_the_one_that_cites(tmp_path: Path, ask: Ask) -> None:
    pdf = of_article(tmp_path, doi="10.5555/citing", text=f"An article\nIt cites doi:{DOI}, which was retracted.")
    assert ask(pdf).kind is Classification.NOT_RETRACTED


def test_the_notice_is_not_an_article(tmp_path: Path, ask: Ask) -> None:
    found = ask(of_article(tmp_path, doi="10.5555/notice", title="Retraction: An article"))
    assert (found.kind, found.needs_attention) == (Classification.NOTICE, False)


@pytest.mark.parametrize("state", ["retraction", ""], ids=["listed", "not listed"])
def test_the_certificate_of_a_copy_is_not_an_article(tmp_path: Path, ask: Ask, state: str) -> None:
    copy = stamped(tmp_path, text="An article\nWords of it.", info={"/Title": "An article", "/Subject": f"doi:{DOI}"})
    found = ask(Path(watermark.certificate(copy, tmp_path / "certificate.pdf")), state=state)
    assert (found.kind, found.reason) == (Classification.NOTICE, "it is the certificate of a marked copy")


def test_what_names_nothing_is_unknown_and_needs_attention_when_strict(tmp_path: Path, ask: Ask) -> None:
    pdf = of_article(tmp_path, doi="", title="")
    assert (ask(pdf).kind, ask(pdf).needs_attention) == (Classification.UNKNOWN, False)
    assert ask(pdf, strict=True).needs_attention


def test_a_record_that_cannot_be_understood_is_not_checked(tmp_path: Path, ask: Ask) -> None:
    found = ask(of_article(tmp_path), state="burnt")
    assert found.kind is Classification.NOT_CHECKED
    assert "burnt" in found.reason


# ------------------------------------------------------------------------------------------------ our own marks


def test_our_copy_is_proved(tmp_path: Path, ask: Ask) -> None:
    copy = stamped(tmp_path)
    assert ask(copy).kind is Classification.OURS
    found = ask(copy, state="")
    assert (found.kind, found.remedy.startswith("watermark restore")) == (Classification.NOT_LISTED, True)
    assert ask(copy, state="reinstatement").kind is Classification.REINSTATED
    assert ask(copy, state="correction").kind is Classification.NOT_LISTED
    outdated = ask(copy, state="expression_of_concern")
    assert (outdated.kind, "the list has an expression of concern" in outdated.reason) == (
        Classification.UNMARKED,
        True,
    )


def flipped(copy: Path, place: int) -> None:
    data = bytearray(copy.read_bytes())
    data[place] ^= 1
    copy.write_bytes(data)


def flip_the_original(copy: Path) -> None:
    flipped(copy, copy.read_bytes().index(b"BT"))


def flip_the_revision(copy: Path) -> None:
    flipped(copy, copy.read_bytes().rindex(b"/RetractionMark") + 3)


def append_a_revision(copy: Path) -> None:
    data = copy.read_bytes()
    place = data[data.rindex(b"startxref") + 9 :].split()[0]
    copy.write_bytes(
        data + b"\nxref\n0 0\ntrailer<</Size 99/Root 1 0 R/Prev %b>>\nstartxref\n%d\n%%%%EOF\n" % (place, len(data) + 1)
    )


def strip_the_metadata(copy: Path) -> None:
    data = copy.read_bytes()
    with pikepdf.open(copy) as document:
        del document.Root.Metadata
        document.save(copy.with_suffix(".new"), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    copy.with_suffix(".new").replace(copy)
    assert copy.read_bytes() != data


def save_again(copy: Path) -> None:
    with pikepdf.open(copy) as document:
        document.save(copy.with_suffix(".new"), compress_streams=True, recompress_flate=True)
    copy.with_suffix(".new").replace(copy)


SEALED = (unmark, make_opaque, replace_attachment, retitle, lead_astray)


@pytest.mark.parametrize("attack", [flip_the_original, flip_the_revision])
def test_our_copy_that_was_changed_afterwards_is_damaged(
    tmp_path: Path, ask: Ask, attack: Callable[[Path], None]
) -> None:
    copy = stamped(tmp_path, pages=3, xmp=True)
    attack(copy)
    found = ask(copy)
    assert (found.kind, found.needs_attention, bool(found.findings)) == (Classification.DAMAGED, True, True)


@pytest.mark.parametrize("attack", [append_a_revision, strip_the_metadata, save_again])
def test_our_copy_that_another_program_has_saved_again_is_rewritten(
    tmp_path: Path, ask: Ask, attack: Callable[[Path], None]
) -> None:
    copy = stamped(tmp_path, pages=3, xmp=True)
    attack(copy)
    found = ask(copy)
    assert (found.kind, found.needs_attention, bool(found.remedy)) == (Classification.REWRITTEN, True, True)


@pytest.mark.parametrize("attack", [SEALED[0], *(pytest.param(one, marks=pytest.mark.slow) for one in SEALED[1:])])
def test_our_copy_that_was_changed_before_it_was_sealed_is_damaged(
    tmp_path: Path, ask: Ask, attack: Callable[..., None]
) -> None:
    found = ask(stamped(tmp_path, attack, pages=3, links=True, attachments=1, xmp=True))
    assert (found.kind, found.reason) == (Classification.DAMAGED, found.findings[0])


def test_without_a_list_only_marks_are_looked_at(tmp_path: Path) -> None:
    assert audit_file(AuditRequest(path=stamped(tmp_path, pages=2))).kind is Classification.OURS
    assert audit_file(AuditRequest(path=of_article(tmp_path))).kind is Classification.NOT_RETRACTED


# ------------------------------------------------------------------------------------------------ other people's marks

EXPECTED = dict.fromkeys(STYLES, Classification.OTHERS_ALL) | {
    "first_page_only": Classification.OTHERS_SOME,
    "every_second_page": Classification.OTHERS_SOME,
    "opaque_box": Classification.HIDES,
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_other_peoples_marks_are_found_in_every_style(tmp_path: Path, ask: Ask, style: str, seed: int) -> None:
    original, copy = of_article(tmp_path, pages=4), tmp_path / "copy.pdf"
    hand = marked(original, copy, style, seed)
    found = ask(copy)
    assert (found.kind, found.hidden_share < 0.01) == (EXPECTED[style], style != "opaque_box"), (found, vars(hand))


def test_other_peoples_marks_on_what_is_not_retracted_have_to_go(tmp_path: Path, ask: Ask) -> None:
    copy = tmp_path / "copy.pdf"
    marked(of_article(tmp_path), copy, "text_diagonal")
    assert ask(copy, state="").kind is Classification.NOT_LISTED
    assert ask(copy, state="reinstatement").kind is Classification.REINSTATED


def test_a_doubt_about_an_article_with_a_listed_title_needs_attention(tmp_path: Path) -> None:
    title = "The newts of the northern ponds in a warm year"
    path, pdf = tmp_path / "list.csv", of_article(tmp_path, doi="", title=title)
    path.write_text(f"pmid,state,title\n30000001,retracted_and_replaced,{title}\n", encoding="utf-8")
    found = audit_file(AuditRequest(path=pdf, lists=(index_of(path),)))
    assert (found.kind, found.needs_attention) == (Classification.NOT_CHECKED, True), found
    assert "which is on the list" in found.reason


def test_a_mark_speaks_for_the_article_whose_doi_is_printed(tmp_path: Path, ask: Ask) -> None:
    pages = ["Words of the article", "More words", f"Data of another work (doi:{DOI})"]
    pdf, copy = of_article(tmp_path, doi="", title="", text=pages), tmp_path / "copy.pdf"
    marked(pdf, copy, "header_line", 1)
    assert ask(pdf).kind is Classification.UNKNOWN
    assert ask(copy).kind is Classification.OTHERS_ALL


@pytest.mark.parametrize("style", ["artifact", "image", "text_diagonal", "header_line"])
@pytest.mark.parametrize("word", ["DRAFT", "CORRECTED PROOF", "Accepted manuscript", "Unretracted"])
def test_other_words_across_the_pages_are_no_mark(tmp_path: Path, ask: Ask, style: str, word: str) -> None:
    copy = tmp_path / "copy.pdf"
    marked(of_article(tmp_path), copy, style, 7, word=word)
    assert ask(copy, state="").kind is Classification.NOT_RETRACTED


def test_what_only_the_eye_sees_is_found_when_the_pages_are_drawn(tmp_path: Path, ask: Ask) -> None:
    copy = tmp_path / "copy.pdf"
    marked(of_article(tmp_path), copy, "outlines_in_the_page", 3)
    assert ask(copy).kind is Classification.UNMARKED
    found = ask(copy, thorough=True)
    assert (found.kind, found.means) == (Classification.OTHERS_ALL, ("what is seen of the page",))
    assert ask(of_article(tmp_path), thorough=True).kind is Classification.UNMARKED


def test_a_title_that_says_so_is_a_mark_on_no_page(tmp_path: Path, ask: Ask) -> None:
    found = ask(of_article(tmp_path, title="RETRACTED: An article"))
    assert (found.kind, found.marked_pages) == (Classification.OTHERS_SOME, ())


@pytest.mark.parametrize("place", ["body", "top"])
def test_the_words_in_sentences_headings_and_references_are_no_mark(tmp_path: Path, ask: Ask, place: str) -> None:
    lines = [f"Line {number}" for number in range(30)]
    words = SENTENCES[:-1] if place == "top" else SENTENCES  # alone at the top of page 1 the last one is a mark
    pages = [[*words, *lines] if place == "top" else [*lines[:10], *words], *[lines] * 2]
    found = ask(of_article(tmp_path, text=["\n".join(page) for page in pages]), state="")
    assert found.kind is Classification.NOT_RETRACTED, found


def test_a_large_title_about_retractions_is_not_a_mark(tmp_path: Path, ask: Ask) -> None:
    content = b"BT /F1 40 Tf 60 600 Td (Retracted articles in mice) Tj ET"
    assert ask(of_article(tmp_path, content=content), state="").kind is Classification.NOT_RETRACTED


def test_a_running_head_about_retractions_is_not_a_mark(tmp_path: Path, ask: Ask) -> None:
    head = "Retracted articles in the literature on mice"
    assert (
        ask(of_article(tmp_path, text=f"{head}\nWords of the article."), state="").kind is Classification.NOT_RETRACTED
    )


# ------------------------------------------------------------------------------------------------ what is no article


def test_a_pointer_of_git_lfs_is_called_one(tmp_path: Path, ask: Ask) -> None:
    pointer = tmp_path / "an article.pdf"
    pointer.write_text("version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12345\n")
    found = ask(pointer)
    assert (found.kind, "Git LFS" in found.reason) == (Classification.NOT_CHECKED, True)
    assert found.remedy == f"git lfs pull --include '{pointer}'"


@pytest.mark.parametrize("data", [b"", b"<html>", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 5000])
def test_what_cannot_be_read_is_not_checked_and_never_well(tmp_path: Path, ask: Ask, data: bytes) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(data)
    found = ask(path)
    assert (found.kind, found.needs_attention, bool(found.remedy)) == (Classification.NOT_CHECKED, True, True)


def test_an_encrypted_article_is_opened_with_its_password(tmp_path: Path, ask: Ask) -> None:
    locked = {"owner": "owner", "user": "secret", "R": 6}
    pdf = of_article(tmp_path, encryption=locked)
    assert "password" in ask(pdf).reason
    assert ask(pdf, password="secret").kind is Classification.UNMARKED  # noqa: S106 - a test's


def test_every_class_is_either_well_or_has_a_remedy() -> None:
    assert {kind for kind in Classification if not kind.needs_attention} == WELL
    assert len({kind.code for kind in Classification}) == len(Classification)
    assert replace(audit_file(AuditRequest(path=Path("nowhere.pdf"))), is_strict=True).needs_attention


def test_an_own_copy_with_a_check_that_could_not_run_is_not_called_verified(
    tmp_path: Path, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = stamped(tmp_path)
    assert ask(copy).kind is Classification.OURS
    report = VerificationReport(findings=(Finding(claim=Claim.VISIBLE, status=Status.NOT_CHECKED, message="no time"),))
    monkeypatch.setattr(reproduction, "verify_and_reproduce", lambda *_, **__: report)
    found = ask(copy)
    assert (found.kind, found.reason) == (
        Classification.OURS_UNPROVED,
        "the mark says that the article is retracted; visible: no time",
    )
    assert (found.needs_attention, ask(copy, strict=True).needs_attention) == (False, True)
    assert original_bytes_of(copy) == 0  # whether its original is intact was not checked either


def test_a_notice_is_called_one_whichever_articles_the_list_names(tmp_path: Path, ask: Ask) -> None:
    words = "Retraction\nRetracted: A study of sleep in old mice\nThe above article has been retracted by the editors."
    title = "Retracted: A study of sleep in old mice"
    assert ask(of_article(tmp_path, text=[words], pages=1, title=title), state="").kind is Classification.NOTICE


def test_an_article_behind_a_notice_page_is_not_taken_for_the_notice(tmp_path: Path, ask: Ask) -> None:
    notice = "Retraction Notice\nAt the request of the editor, the following article has been retracted."
    words = "\n".join(f"Line {number} of the article, with words enough to be read." for number in range(40))
    found = ask(of_article(tmp_path, text=[notice, words, words], title="A study of sleep in old mice"))
    assert (found.kind, "a notice page is in front" in found.reason) == (Classification.OTHERS_SOME, True)
    assert found.needs_attention
    short = ask(of_article(tmp_path, text=[notice], pages=1, title="A study of sleep in old mice"))
    assert short.kind is Classification.NOTICE
