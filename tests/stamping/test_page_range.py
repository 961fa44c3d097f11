"""One article in a volume: its pages are marked, the others stay as they are, and every command says which."""

import io
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

from tests.helpers.build import build
from tests.helpers.volumes import ARTICLES, RANGES, VOLUME, notice_of, volume
from watermark import RefusedError, UsageError, preview, stamp, verify
from watermark.cli.output import show_outcome
from watermark.models import PAGES_TO_CHECK, Claim, Outcome, Proof, Result, Status
from watermark.notice import NoticeFile, State
from watermark.pdf.page_range import PageRange
from watermark.pdf.xmp.reader import properties_of
from watermark.stamping.plan import PageSelection
from watermark.stamping.reproduction import verify_and_reproduce
from watermark.stamping.restore import refuse_to_restore
from watermark.verification.verifier import receipt_of

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def marked(original: Path, article: int, *, pages: str = "", name: str = "", **options: object) -> Outcome:
    state = options.pop("state", State.RETRACTION)
    assert isinstance(state, State)
    options.setdefault("proof", Proof.STRUCTURE)
    copy = original.with_name(name or f"{original.stem}-{article}.pdf")
    return stamp(
        original, notice_of(article, state), copy, at=AT, pages=pages or RANGES[article - 1], overwrite=True, **options
    )


@pytest.fixture(
    params=[{}, {"tagged": True, "links": True, "xmp": True}, {"pdfa": "3b"}], ids=["plain", "tagged", "A-3b"]
)
def original(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "volume.pdf"
    path.write_bytes(volume(**request.param, page_labels=True))
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    path = tmp_path / "volume.pdf"
    path.write_bytes(volume(page_labels=True))
    return path


def pages_with_our_objects(before: Path, after: Path) -> list[int]:
    """Return which pages of a copy are not those of the original, object by object."""
    with pikepdf.open(before) as old, pikepdf.open(after) as new:
        return [
            number
            for number, (page, other) in enumerate(zip(old.pages, new.pages, strict=False), 1)
            if page.obj.unparse(resolved=True) != other.obj.unparse(resolved=True)
        ]


def test_only_the_pages_of_the_range_are_changed(original: Path) -> None:
    outcome = marked(original, 2)
    assert pages_with_our_objects(original, Path(outcome.copy)) == [3, 4]
    report = verify(outcome.copy)
    assert not report.failures
    assert (report.pages, report.where) == ("3-4", "every page of the range 3-4")
    assert outcome.receipt is not None
    assert outcome.receipt.page_count == 6


def test_the_volume_keeps_its_title_and_is_not_declared_retracted(original: Path) -> None:
    with pikepdf.open(marked(original, 2).copy) as document:
        assert str(document.docinfo.get("/Title", VOLUME)) == VOLUME
        properties = properties_of(document.Root.Metadata.read_bytes())
    assert properties.get("dc:title", VOLUME) == VOLUME
    assert not [name for name in properties if "isRetractedBy" in name]


def test_the_copy_can_be_written_again_byte_for_byte(original: Path) -> None:
    copy = Path(marked(original, 2).copy)
    found = [item for item in verify_and_reproduce(copy).findings if item.claim is Claim.REPRODUCED]
    assert [item.code for item in found] == ["reproduced.same"]


@pytest.mark.slow
def test_a_second_article_of_the_volume_is_marked_over_the_first_copy(original: Path) -> None:
    first = Path(marked(original, 2).copy)
    second = Path(marked(first, 1).copy)
    assert pages_with_our_objects(first, second) == [1, 2]
    report = verify_and_reproduce(second)
    assert not report.failures
    assert (report.pages, report.marked_before) == ("1-2", ("3-4",))
    reproduced = [item.code for item in report.findings if item.claim is Claim.REPRODUCED]
    assert reproduced == ["reproduced.same"] * 2


@pytest.mark.slow
def test_two_articles_may_share_a_page(plain: Path) -> None:
    first = Path(marked(plain, 2).copy)
    second = marked(first, 1, pages="1-3")
    assert not verify(second.copy).failures
    third = marked(Path(second.copy), 3, pages="4-6", force_match="the title is on the second page")
    assert [str(one.pages) for one in receipt_of(Path(third.copy)).markings] == ["3-4", "1-3", "4-6"]


def test_the_record_of_an_earlier_marking_is_found_under_the_name_of_the_earlier_copy(tmp_path: Path) -> None:
    path = tmp_path / "volume.pdf"
    path.write_bytes(volume(pdfa="2b"))
    first = marked(path, 2)
    second = marked(Path(first.copy), 1)
    Path(tmp_path, "another.retraction.json").write_bytes(b"{")

    def reproduced() -> list[str]:
        found = verify_and_reproduce(Path(second.copy)).findings
        return [item.code for item in found if item.claim is Claim.REPRODUCED]

    assert reproduced() == ["reproduced.same", "reproduced.same"]
    Path(first.sidecar).unlink()
    assert reproduced() == ["reproduced.same", "reproduced.no-input"]


def test_an_article_that_is_marked_already_is_recognised_whatever_was_marked_after_it(plain: Path) -> None:
    copy = Path(marked(Path(marked(plain, 2).copy), 1).copy)
    assert marked(copy, 2).result is Result.ALREADY_MARKED
    assert marked(copy, 1).result is Result.ALREADY_MARKED


def test_a_concern_about_an_article_of_a_volume_becomes_a_retraction_and_never_the_other_way_round(plain: Path) -> None:
    concern = Path(marked(plain, 2, state=State.EXPRESSION_OF_CONCERN).copy)
    between = Path(marked(concern, 1).copy)
    retraction = Path(marked(between, 2).copy)
    assert not verify(retraction).failures
    with pytest.raises(RefusedError, match="pages 3 to 4, as “retraction”"):
        marked(retraction, 2, state=State.EXPRESSION_OF_CONCERN)


@pytest.mark.parametrize("pages", ["3", "4-5"])
def test_no_milder_notice_is_put_on_a_part_or_the_edge_of_a_retracted_article(plain: Path, pages: str) -> None:
    copy = Path(marked(plain, 2).copy)
    for state in (State.EXPRESSION_OF_CONCERN, State.RETRACTION):
        with pytest.raises(RefusedError, match="on other pages: pages 3 to 4, as “retraction”"):
            marked(copy, 2, pages=pages, state=state, force_match="a test")
    with pytest.raises(RefusedError, match="on other pages: pages 3 to 4, as “retraction”"):
        marked(copy, 2, pages="5-6", state=State.EXPRESSION_OF_CONCERN, force_match="a test")


def without_doi(file: NoticeFile) -> NoticeFile:
    return replace(file, notice=replace(file.notice, article=replace(file.notice.article, doi="")))


@pytest.mark.parametrize(("pages", "is_refused"), [("3", True), ("2-4", True), ("4-6", False)])
def test_without_a_doi_a_range_within_another_one_is_of_the_same_article(
    plain: Path, pages: str, *, is_refused: bool
) -> None:
    copy = Path(marked(plain, 2).copy)
    with pytest.raises(RefusedError, match="pages 3 to 4") if is_refused else nullcontext():
        stamp(copy, without_doi(notice_of(3)), plain.with_name("second.pdf"), pages=pages, force_match="a test", at=AT)


def test_two_articles_of_one_shared_page_have_one_page_in_common(plain: Path) -> None:
    copy = Path(marked(plain, 2).copy)
    letter = marked(copy, 1, pages="3", force_match="a letter at the top of the page")
    assert [str(one.pages) for one in receipt_of(Path(letter.copy)).markings] == ["3-4", "3"]


@pytest.mark.slow
@pytest.mark.parametrize("pages", ["3-5", "2-5", "2-4", "1-6"])
def test_pages_that_were_marked_for_an_article_are_not_marked_for_another_range_of_it(plain: Path, pages: str) -> None:
    copy = Path(marked(plain, 2).copy)
    with pytest.raises(RefusedError, match="already marked for this article on other pages: pages 3 to 4"):
        marked(copy, 2, pages=pages, force_match="a test")


def test_the_first_page_of_the_range_decides_which_article_it_is(plain: Path) -> None:
    for pages in ("1-2", "5-6"):
        with pytest.raises(RefusedError, match="not the article"):
            marked(plain, 2, pages=pages)
    with pytest.raises(RefusedError):
        marked(plain, 2, pages="4-4")


@pytest.mark.parametrize("pages", ["1-4", "1-6"])
def test_a_range_in_which_another_article_begins_is_refused(plain: Path, pages: str) -> None:
    with pytest.raises(RefusedError, match="page 3 begins another one: “Lead Isotopes in Roman Water Pipes”") as raised:
        marked(plain, 1, pages=pages)
    assert (raised.value.code.value, raised.value.argument) == ("mismatch", "force_match")
    forced = marked(plain, 1, pages=pages, force_match="they are the parts of one article")
    first, *_ = (item.value for item in forced.decisions if item.name == PAGES_TO_CHECK)
    assert first.startswith("page 3 is marked")


def test_a_volume_is_not_marked_whole_for_one_of_its_articles(plain: Path) -> None:
    with pytest.raises(RefusedError, match="all pages are more than this article, because page 3 begins") as raised:
        stamp(plain, notice_of(1), plain.with_name("copy.pdf"))
    assert raised.value.argument == "pages"
    with pytest.raises(RefusedError) as raised:
        stamp(plain, notice_of(2), plain.with_name("copy.pdf"))
    assert "If the file holds several articles, choose the pages of this one." in raised.value.remedy
    whole = stamp(plain, notice_of(1), plain.with_name("copy.pdf"), force_match="a test", proof=Proof.STRUCTURE)
    assert whole.result is Result.MARKED


def test_an_article_that_begins_on_the_last_page_of_a_range_is_named_in_the_plan(plain: Path) -> None:
    found = [item for item in marked(plain, 1, pages="1-3").decisions if item.name == PAGES_TO_CHECK]
    assert [item.value for item in found] == ["page 3 is marked, and another article begins on it"]
    assert found[0].reason.endswith("and the DOI 10.5555/vol.2")


def test_no_notice_page_moves_the_pages_that_are_marked_by_their_numbers(plain: Path) -> None:
    with pytest.raises(UsageError, match="would move the pages of all articles") as raised:
        marked(plain, 2, notice_page="front")
    assert raised.value.argument == "notice_page"
    concern = Path(marked(plain, 2, state=State.EXPRESSION_OF_CONCERN).copy)
    with pytest.raises(UsageError, match="would move the pages of all articles"):
        stamp(concern, notice_of(2), plain.with_name("all.pdf"), notice_page="front", force_match="a test", at=AT)


def without_link(file: NoticeFile) -> NoticeFile:
    return replace(file, notice=replace(file.notice, doi="", url=""))


def test_the_line_stays_true_when_the_notice_page_of_another_article_follows(plain: Path) -> None:
    copy = plain
    for article in (2, 1):
        outcome = stamp(
            copy,
            without_link(notice_of(article)),
            plain.with_name(f"{article}.pdf"),
            pages=RANGES[article - 1],
            notice_page="back",
            proof=Proof.STRUCTURE,
            at=AT,
        )
        copy = Path(outcome.copy)
    lines = [one.line_text for one in receipt_of(copy).markings]
    assert all("The notice is at the end of this file." in line for line in lines), lines
    with pikepdf.open(copy) as document:
        assert len(document.pages) == 8
        assert [page.label for page in document.pages[-2:]] == ["Notice 1", "Notice 2"]
    assert not verify(copy).failures


@pytest.mark.parametrize(("side", "where"), [("back", "at the end of this file"), ("front", "at the beginning of")])
def test_the_line_of_a_whole_article_stays_true_when_a_later_notice_page_follows(
    tmp_path: Path, side: str, where: str
) -> None:
    copy, lines = tmp_path / "article.pdf", []
    copy.write_bytes(build(pages=1, title=ARTICLES[0][0], text=(f"{ARTICLES[0][0]}\nhttps://doi.org/10.5555/vol.1",)))
    for state in (State.EXPRESSION_OF_CONCERN, State.PARTIAL_RETRACTION, State.RETRACTION):
        notice = without_link(notice_of(1, state))
        outcome = stamp(copy, notice, tmp_path / state.value, notice_page=side, proof=Proof.STRUCTURE, at=AT)
        copy = Path(outcome.copy)
        lines.append(receipt_of(copy).line_text)
    assert [f"The notice is {where}" in line for line in lines] == [True] * 3, lines
    assert not verify(copy).failures


@pytest.mark.parametrize("language", ["en", pytest.param("de", marks=pytest.mark.slow)])
def test_the_lines_of_earlier_markings_are_not_taken_for_the_title_of_a_notice(plain: Path, language: str) -> None:
    with pikepdf.open(plain, allow_overwriting_input=True) as document:
        del document.pages[2:]  # a title in large type, so that smaller lines may be titles, too
        document.save(plain)
    copy = plain
    for state in (State.EXPRESSION_OF_CONCERN, State.PARTIAL_RETRACTION, State.RETRACTION):
        options = {"language": language, "proof": Proof.STRUCTURE, "at": AT}
        outcome = stamp(copy, without_link(notice_of(1, state)), plain.with_name(state.value), **options)
        copy = Path(outcome.copy)
    assert [one.state.value for one in receipt_of(copy).markings][:2] == ["expression_of_concern", "partial_retraction"]


def test_a_range_that_is_too_short_is_reported_and_marked(
    plain: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pikepdf.open(plain, allow_overwriting_input=True) as document:
        with document.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(title, first - 1) for title, first, _ in ARTICLES)
        document.save(plain)
    given = notice_of(2)
    given = replace(given, notice=replace(given.notice, article=replace(given.notice.article, pages="879-80")))
    outcome = stamp(plain, given, tmp_path / "copy.pdf", pages="3", proof=Proof.STRUCTURE, at=AT)
    doubts = [(one.value, one.reason) for one in outcome.decisions if one.name == PAGES_TO_CHECK]
    by_outline = "the next entry in the outline of the file leads to page 5"
    assert doubts == [
        ("page 4 is not marked, and seems to belong to the article", by_outline),
        ("1 page is marked, and the article may have 2", "the notice gives its pages as 879-80"),
    ]
    show_outcome(outcome, as_json=False, quiet=False)
    assert "pages to check: page 4 is not marked" in capsys.readouterr().out
    assert not [item for item in verify(outcome.copy).findings if item.status is Status.FAILED]
    exact = stamp(plain, given, tmp_path / "exact.pdf", pages="3-4", proof=Proof.STRUCTURE, at=AT)
    assert not [one for one in exact.decisions if one.name == PAGES_TO_CHECK]


def test_what_speaks_for_the_article_names_the_pages_of_the_file(plain: Path) -> None:
    outcome = marked(plain, 3)
    (reason,) = (decision.reason for decision in outcome.decisions if decision.name == "article")
    assert "(page 5, as its own) matches the notice" in reason
    (finding,) = (item for item in verify(outcome.copy).findings if item.claim is Claim.ARTICLE_MATCH)
    assert "page 5" in finding.message
    assert "page 1" not in finding.message
    with pytest.raises(RefusedError, match="page 5"):
        marked(plain, 1, pages="5-6")


@pytest.mark.slow
def test_the_preview_shows_the_first_marked_page(plain: Path) -> None:
    shown = preview(plain, notice_of(2), pages="3-4", at=AT)
    assert shown == preview(plain, notice_of(2), pages="3-4", at=AT, page_number=3)
    assert shown != preview(plain, notice_of(2), pages="3-4", at=AT, page_number=4)


# ------------------------------------------------------------------------------------------------ the range


@pytest.mark.parametrize(
    ("pages", "reason"),
    [
        ("0-3", "there is no page 0"),
        ("7-4", "page 7 comes after page 4"),
        ("4-11", "there is no page 11: the file has 6 pages"),
        ("99", "there is no page 99"),
        ("iv", "is not a range of pages"),
        ("4-7-9", "is not a range of pages"),
        ("-4", "is not a range of pages"),
        ("4,5", "is not a range of pages"),
        ("\u0664-\u0667", "is not a range of pages"),
        (" ", "not a range of pages"),
        ("9" * 400, "not a range of pages"),
    ],
)
def test_a_range_that_the_file_does_not_have_is_named(plain: Path, pages: str, reason: str) -> None:
    with pytest.raises(UsageError) as raised:
        marked(plain, 2, pages=pages)
    assert reason in raised.value.reason
    assert raised.value.argument == "pages"
    assert raised.value.remedy


@pytest.mark.parametrize("dash", ["-", "–", "—", " - ", " to "])  # noqa: RUF001 - dashes as people type them
def test_any_dash_divides_a_range(dash: str) -> None:
    assert PageSelection(written=f"4{dash}7").range_in(10, str) == PageRange(4, 7)


def labels(number: int) -> str:
    return ["", "i", "ii", "S-1", "S-2", "877", "878", "878", "A-B", "A", "B"][number]


@pytest.mark.parametrize(
    ("written", "found"), [("i-ii", (1, 2)), ("S-1-S-2", (3, 4)), ("S-1", (3, 3)), ("ii - 877", (2, 5))]
)
def test_labels_are_read_whatever_is_in_them(written: str, found: tuple[int, int]) -> None:
    assert PageSelection(written=written, by_label=True).range_in(10, labels) == PageRange(*found)


@pytest.mark.parametrize(
    ("written", "reason", "named"),
    [
        ("877-878", "pages 6 and 7 are all labelled “878”", "pages"),
        ("877-999", "no pages of this file are labelled", "printed_pages"),
        ("A-B", "can be read in more than one way", "pages"),
        ("877-i", "page 5 comes after page 1", "printed_pages"),
    ],
)
def test_labels_that_do_not_name_one_range_are_refused(written: str, reason: str, named: str) -> None:
    with pytest.raises(UsageError, match=reason) as raised:
        PageSelection(written=written, by_label=True).range_in(10, labels)
    assert raised.value.argument == named


def test_the_printed_numbers_are_those_of_the_page_labels(plain: Path) -> None:
    copy = plain.with_name("by-label.pdf")
    outcome = stamp(plain, notice_of(2), copy, at=AT, printed_pages="878-879")
    assert outcome.receipt is not None
    assert outcome.receipt.pages == PageRange(3, 4)
    assert copy.read_bytes() == Path(marked(plain, 2, proof=Proof.FULL).copy).read_bytes()


def test_a_file_without_labels_has_no_printed_pages(tmp_path: Path) -> None:
    path = tmp_path / "volume.pdf"
    path.write_bytes(volume())
    with pytest.raises(UsageError, match="labels"):
        stamp(path, notice_of(2), tmp_path / "copy.pdf", printed_pages="4-7")


@pytest.mark.parametrize("pages", ["", (4, 3), (0, 3), (3, 4, 5), (True, 4), 6, 3.5, b"3-4"])
@pytest.mark.parametrize("argument", ["pages", "printed_pages"])
def test_what_is_not_a_range_never_means_the_whole_file(plain: Path, pages: object, argument: str) -> None:
    with pytest.raises(UsageError) as raised:
        stamp(plain, notice_of(2), plain.with_name("copy.pdf"), **{argument: pages})
    assert raised.value.argument == argument


def test_a_range_may_be_two_numbers(plain: Path) -> None:
    outcome = stamp(plain, notice_of(2), plain.with_name("copy.pdf"), pages=(3, 4), proof=Proof.STRUCTURE)
    assert outcome.receipt is not None
    assert outcome.receipt.pages == PageRange(3, 4)


def test_numbers_and_labels_together_are_an_error(plain: Path) -> None:
    with pytest.raises(UsageError, match="by their numbers and by their labels"):
        stamp(plain, notice_of(2), plain.with_name("copy.pdf"), pages="4-7", printed_pages="879-882")


def test_a_page_object_that_is_displayed_in_the_range_and_elsewhere_is_not_marked(tmp_path: Path) -> None:
    path = tmp_path / "volume.pdf"
    with pikepdf.open(io.BytesIO(volume())) as document:
        document.Root.Pages.Kids.append(document.Root.Pages.Kids[2])
        document.Root.Pages.Count = 7
        document.save(path)
    with pytest.raises(UsageError, match="pages 3 and 7 are one object"):
        marked(path, 2)
    assert not verify(marked(path, 1).copy).failures


@pytest.mark.slow
def test_a_mark_by_others_counts_only_where_it_is_in_the_range(plain: Path) -> None:
    with pikepdf.open(plain, allow_overwriting_input=True) as document:
        page = document.pages[5]
        mark = b"q 0.8 0.1 0.1 rg BT /F1 90 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (RETRACTED) Tj ET Q"
        page.contents_add(mark)
        document.save(plain)
    assert marked(plain, 2).result is Result.MARKED
    with pytest.raises(RefusedError, match="RETRACTED"):
        marked(plain, 3)
    with pytest.raises(RefusedError, match="RETRACTED"):
        marked(Path(marked(plain, 2).copy), 3)


@pytest.mark.slow
def test_a_range_of_all_pages_is_still_a_range(plain: Path) -> None:
    outcome = marked(plain, 1, pages="1-6", force_match="a test")
    assert outcome.receipt is not None
    assert outcome.receipt.pages == PageRange(1, 6)
    assert not verify(outcome.copy).failures
    with pikepdf.open(outcome.copy) as document:
        assert str(document.docinfo["/Title"]) == VOLUME


def test_a_reinstatement_of_the_only_marked_article_is_recognised_by_its_pages(plain: Path) -> None:
    copy = Path(marked(plain, 2).copy)
    refuse_to_restore(copy, notice_of(2, State.REINSTATEMENT).notice)
    with pytest.raises(RefusedError):
        refuse_to_restore(copy, notice_of(1, State.REINSTATEMENT).notice)
    with pytest.raises(UsageError, match="marked 2 times"):
        refuse_to_restore(Path(marked(copy, 1).copy), notice_of(1, State.REINSTATEMENT).notice)


@pytest.mark.slow
def test_every_article_of_a_volume_can_be_marked(plain: Path) -> None:
    path = plain
    for number in range(1, len(ARTICLES) + 1):
        path = Path(marked(path, number).copy)
    assert pages_with_our_objects(plain, path) == [*range(1, 7)]
    assert not verify_and_reproduce(path).failures
