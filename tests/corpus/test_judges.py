"""The court of other people's programs objects to what is wrong, and to nothing else."""

import io
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pytest

from tests.corpus.judges.marking import marked, marking_of
from tests.corpus.judges.pictures import differences, faults_of_page, pictures
from tests.corpus.judges.programs import JUDGES
from tests.corpus.judges.verdict import Pair, Verdict, loss

ARTICLE = Path(__file__).parents[2] / "samples" / "article.pdf"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    pairs, refusals = marked([ARTICLE], tmp_path_factory.mktemp("judged"))
    assert not refusals
    return pairs[0]


def page(*, grey: int = 255) -> np.ndarray:
    return np.full((40, 60, 3), grey, np.uint8)


def with_ink(picture: np.ndarray, *, colour: tuple[int, int, int] = (240, 200, 200)) -> np.ndarray:
    inked = picture.copy()
    inked[10:20, 10:50] = colour
    return inked


def test_a_page_that_differs_in_the_mark_alone_is_as_it_was() -> None:
    assert not list(faults_of_page(page(), with_ink(page()), with_ink(page())))


def test_a_pixel_away_from_the_mark_is_found() -> None:
    after = with_ink(page())
    after[30, 5] = 255 - 13
    assert list(faults_of_page(page(), after, with_ink(page()))) == [
        "differs outside mark and line in 1 pixels, by up to 13 at 5,30"
    ]


def test_what_programs_smooth_beside_the_mark_is_not_a_difference() -> None:
    after = with_ink(page())
    after[21, 10] = 200
    after[35, 35] = 255 - 12
    assert not list(faults_of_page(page(), after, with_ink(page())))


def test_a_mark_that_is_covered_is_missed() -> None:
    assert list(faults_of_page(page(grey=90), page(grey=90), with_ink(page()))) == ["shows 0% of the mark and the line"]


def test_a_page_without_any_ink_is_missed() -> None:
    assert list(faults_of_page(page(), page(), page())) == ["shows no mark when the marking is drawn alone"]


def test_pictures_are_read_one_after_the_other_with_comments_in_between() -> None:
    stream = io.BytesIO(b"P6\n# a program\n2 1\n255\nabcdef" + b"P5\n1 1\n255\nx" + b"P6\n9 9\n255\ncut off")
    assert [picture.tobytes() for picture in pictures(stream)] == [b"abcdef", b"xxx"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Verdict(rank=2, said="valid"), Verdict(rank=0, said="broken"), "valid became broken"),
        (Verdict(rank=1), Verdict(rank=1, faults=frozenset({"a new fault"})), "a new fault"),
        (Verdict(rank=1, faults=frozenset({"old"})), Verdict(rank=1, faults=frozenset({"old"})), ""),
        (Verdict(rank=1, found=frozenset({"page 1"})), Verdict(rank=1), "lost: page 1"),
        (Verdict(rank=1), Verdict(why_not="no answer"), "the copy cannot be judged: no answer"),
        (Verdict(why_not="no answer"), Verdict(why_not="no answer"), ""),
    ],
)
def test_a_copy_has_lost_what_the_original_had(before: Verdict, after: Verdict, expected: str) -> None:
    assert loss(before, after) == expected


def test_the_ink_is_what_the_marking_paints_and_nothing_of_the_article(pair: Pair) -> None:
    assert pair.ink
    with pikepdf.open(pair.ink) as ink:
        for drawn in ink.pages:
            content = drawn.Contents.read_bytes()
            assert b"/RetractionMark Do" in content
            assert b"Tj" not in content
            assert not drawn.Annots


def test_pdfium_finds_a_copy_that_lost_a_drawing(pair: Pair, tmp_path: Path) -> None:
    assert differences("pdfium", pair) == ""
    damaged = tmp_path / "damaged.pdf"
    with pikepdf.open(pair.copy) as copy:
        streams = copy.pages[0].Contents
        streams[1] = copy.make_stream(streams[1].read_bytes().replace(b"Tj", b"pop"))
        copy.save(damaged)
    found = differences("pdfium", Pair(original=pair.original, copy=damaged, ink=pair.ink))
    assert found
    assert "page 1 differs outside mark and line" in found


def test_pypdf_misses_a_line_of_text_that_the_copy_lost(pair: Pair, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pdf"
    with pikepdf.open(pair.copy) as copy:
        streams = copy.pages[0].Contents
        streams[1] = copy.make_stream(streams[1].read_bytes().replace(b"(877) Tj", b""))
        copy.save(damaged)
    verdicts = JUDGES["pypdf"]([pair.original, pair.copy, damaged])
    assert not loss(verdicts[pair.original], verdicts[pair.copy])
    assert loss(verdicts[pair.original], verdicts[damaged]).startswith("lost: line on page 1")


@pytest.mark.parametrize("before", [b"", b"q\n\nQ\n", b"q /Content Do Q ", b"\nET EMC Q Q\n"])
def test_what_closes_or_paints_the_content_of_a_page_is_left_out_of_the_ink(before: bytes) -> None:
    marking = b"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC q /Mark Do Q EMC"
    assert marking_of(before + marking) == marking
    assert marking_of(before) == b""


def test_the_ink_is_black_so_that_white_letters_are_seen_in_it(tmp_path: Path) -> None:
    dark = tmp_path / "dark.pdf"
    with pikepdf.open(ARTICLE) as opened:
        for one in opened.pages:
            one.contents_add(b"0 g -9 -9 9999 9999 re f", prepend=True)
        opened.save(dark)
    pairs, _ = marked([dark], tmp_path)
    assert pairs[0].ink
    assert differences("pdfium", pairs[0]) == ""
    with pikepdf.open(pairs[0].ink) as ink:
        forms = [one for one in ink.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
        colours = [colour for form in forms for colour in re.findall(rb"([0-9. ]+) (?:sc|SC)\b", form.read_bytes())]
    assert set(colours) == {b" 0 0 0"}


def test_a_copy_of_an_earlier_run_is_not_judged_in_place_of_one_that_is_not_made(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7")
    (tmp_path / "00000.pdf").write_bytes(ARTICLE.read_bytes())
    pairs, refusals = marked([broken], tmp_path)
    assert not pairs
    assert list(refusals) == [broken]


def test_a_judge_that_is_absent_is_named_and_is_an_error_where_all_are_required(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.corpus.judges", str(tmp_path), "--judges", "qpdf"]
    where = {"env": {"PATH": str(tmp_path), "PYTHONPATH": str(Path(__file__).parents[2])}}
    ended = subprocess.run(command, capture_output=True, text=True, check=False, **where)
    assert ended.returncode == 0
    assert "| qpdf | absent |" in ended.stdout
    required = subprocess.run([*command, "--require"], capture_output=True, text=True, check=False, **where)
    assert required.returncode == 2
    assert required.stderr == "absent: qpdf\n"
