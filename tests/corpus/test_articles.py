"""Real articles, each with a notice made from its own title and DOI: a verified copy of every one."""

import hashlib
import json
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from watermark.cli import main
from watermark.errors import NOT_ALL_CHECKED

pytestmark = pytest.mark.corpus("articles")

AT = "2024-05-01T12:00:00Z"
FIXED_GROWTH_BYTES, GROWTH_BYTES_A_PAGE = 20_000, 400
GROWTH_BYTES_AN_INK = 3_000
PRINTED_TITLES = {  # of articles that have none in their metadata
    "clinsci-2014.pdf": "Fragment-based design for the development of N-domain-selective "
    "angiotensin-1-converting enzyme inhibitors",
    "hindawi-2010.pdf": "Patient Experiences of Structured Heart Failure Programmes",
    "peerj-cs-118-rotated-page.pdf": "VESPA: Very large-scale Evolutionary and Selective Pressure Analyses",
    "springer-emse-2023-a2b-invalid.pdf": "Do RESTful API design rules have an impact on the "
    "understandability of Web APIs?",
}
TOO_SHORT_TO_TELL = {  # of articles whose title is not theirs alone: somebody who knows says which it is
    "springer-emse-2020-a2b-invalid.pdf": ("--doi", "10.1007/s10664-020-09875-y"),
    "wtpdf-stem-article-2col-af-a4f.pdf": ("--force-match", "it names itself by these four words only"),
    "wtpdf-stem-article-2col-se-a4.pdf": ("--force-match", "it names itself by these four words only"),
}
Tool = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Stamped:
    """One article, its notice, and what the tool said of it."""

    original: Path
    notice: Path
    copy: Path
    outcome: dict[str, Any]
    told: tuple[str, ...]

    @property
    def status(self) -> int:
        """The exit status: veraPDF alone knows PDF/A-4, and is not asked here."""
        findings = self.outcome["verdict"]["findings"]
        unchecked = {finding["claim"] for finding in findings if finding["status"] == "not checked"}
        assert unchecked <= {"archivable"}
        return NOT_ALL_CHECKED if unchecked else 0


def watermark(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def notice_for(article: Path, survey: dict[str, Any]) -> str:
    identity = survey["identity"]
    title = PRINTED_TITLES.get(article.name) or identity["titles"][0][0]
    dois = [doi for doi, _ in identity["dois"] or identity["printed_dois"]]
    named = f" https://doi.org/{dois[0]}" if dois else ""
    return f"# {title} [Retraction]\n\nWe, the Editor and Publisher, have retracted the following article.{named}\n"


@pytest.fixture(scope="session")
def stamped(shared_pdf: Path, tmp_path_factory: pytest.TempPathFactory) -> Stamped:
    folder = tmp_path_factory.mktemp("article")
    notice, copy = folder / "notice.md", folder / "copy.pdf"
    with pytest.MonkeyPatch.context() as patch:
        said: list[str] = []
        patch.setattr("click.echo", lambda line="", **_: said.append(str(line)))
        watermark("inspect", "--json", shared_pdf)
        notice.write_text(notice_for(shared_pdf, json.loads(said.pop())), encoding="utf-8")
        told = TOO_SHORT_TO_TELL.get(shared_pdf.name, ())
        watermark("stamp", shared_pdf, "--notice", notice, "-o", copy, "--at", AT, "--json", *told)
        return Stamped(original=shared_pdf, notice=notice, copy=copy, outcome=json.loads(said.pop()), told=told)


@pytest.fixture
def marked(stamped: Stamped) -> Stamped:
    assert stamped.outcome["result"] == "marked", stamped.outcome["reason"]
    return stamped


def test_an_article_is_marked_and_verified_twice(marked: Stamped) -> None:
    assert marked.outcome["verdict"]["status"] != "failed"
    assert watermark("verify", "--original", marked.original, marked.copy) == marked.status


def test_the_copy_begins_with_the_bytes_of_the_original(marked: Stamped) -> None:
    original = marked.original.read_bytes()
    assert marked.copy.read_bytes()[: len(original)] == original


def test_qpdf_finds_no_more_fault_with_the_copy(marked: Stamped, tool: Tool) -> None:
    def faults(path: Path) -> int:
        status = subprocess.run([tool("qpdf"), "--check", path], capture_output=True, check=False).returncode
        return {0: 0, 3: 1, 2: 2}[status]  # well, warnings, errors

    assert faults(marked.copy) <= faults(marked.original)


def test_three_readers_count_the_same_pages(marked: Stamped, tool: Tool) -> None:
    receipt = marked.outcome["receipt"]
    expected = receipt["page_count"]
    said = subprocess.run([tool("pdfinfo"), marked.copy], capture_output=True, check=True).stdout.decode()
    with pypdfium2.PdfDocument(marked.copy) as document:
        counts = {"pypdf": len(pypdf.PdfReader(marked.copy).pages), "PDFium": len(document)}
    counts["poppler"] = int(next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:")))
    assert set(counts.values()) == {expected + (receipt["notice_page"] in {"front", "back"})}, counts


def test_restore_gives_the_original_back(marked: Stamped, tmp_path: Path) -> None:
    back = tmp_path / "back.pdf"
    assert watermark("restore", marked.copy, "-o", back) == 0
    assert hashlib.sha256(back.read_bytes()).digest() == hashlib.sha256(marked.original.read_bytes()).digest()


def test_stamping_the_copy_again_gives_an_equal_copy(
    marked: Stamped, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again.pdf"
    assert (
        watermark("stamp", marked.copy, "--notice", marked.notice, "-o", again, "--json", *marked.told) == marked.status
    )
    assert json.loads(capsys.readouterr().out)["result"] == "already marked"
    assert again.read_bytes() == marked.copy.read_bytes()


def test_two_runs_write_the_same_bytes(marked: Stamped, tmp_path: Path) -> None:
    again = tmp_path / "copy.pdf"
    assert (
        watermark("stamp", marked.original, "--notice", marked.notice, "-o", again, "--at", AT, "-q", *marked.told)
        == marked.status
    )
    assert again.read_bytes() == marked.copy.read_bytes()


@pytest.mark.parametrize("mode", ["", "-layout", "-raw"])
def test_each_page_keeps_its_words_and_gains_the_edge_line_in_one_run(marked: Stamped, tool: Tool, mode: str) -> None:
    def pages(path: Path) -> list[list[str]]:
        command = [tool("pdftotext"), *([mode] if mode else []), "-enc", "UTF-8", str(path), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
        return [page.split() for page in text.split("\f")]

    line = Counter(marked.outcome["receipt"]["line_text"].split())
    torn = [
        number
        for number, (before, after) in enumerate(
            zip(pages(marked.original), pages(marked.copy)[: marked.outcome["receipt"]["page_count"]], strict=False), 1
        )
        if put_in(before, after) != line
    ]
    assert not torn


def put_in(before: list[str], after: list[str]) -> Counter[str] | None:
    """Return the words of the one run that `after` has more than `before`, or None when it is not one run."""
    more = len(after) - len(before)
    same = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    return Counter(after[same : same + more]) if more >= 0 and before[same:] == after[same + more :] else None


def test_the_copy_grows_by_little(marked: Stamped, record_property: Callable[[str, object], None]) -> None:
    receipt = marked.outcome["receipt"]
    metadata = pypdf.PdfReader(marked.original).trailer["/Root"].get("/Metadata")  # it has to be written again
    packet = len(metadata.get_object().get_data()) if metadata else 0
    attached = sum(item["size_bytes"] for item in receipt["files"])
    grown = marked.copy.stat().st_size - marked.original.stat().st_size
    for name, value in (("grown", grown), ("packet", packet), ("attached", attached)):
        record_property(name, value)
    inks = {str(ink) for ink in receipt["choices"].get("contrast", {}).get("marks", {}).values()}
    forms = GROWTH_BYTES_AN_INK * len(inks)  # the letters once more, in another colour
    assert grown <= FIXED_GROWTH_BYTES + GROWTH_BYTES_A_PAGE * receipt["page_count"] + attached + packet + forms
