"""Every command that `check` prints is pasted into a shell, for each kind of list and each class, and does its work."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.audit.conftest import article
from tests.audit.test_remedies import append_a_revision, audited, pasted
from tests.helpers.foreign_marks import STYLES, marked
from tests.helpers.tampered_copies import stamped
from watermark.audit.classification import AuditResult, Classification

pytestmark = pytest.mark.slow
DOI, TITLE = "10.5555/article", "An article about the newts of the northern ponds"
PMID = "30000001"
WATCH = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,"
    "Paywalled,Notes\n"
    '7,"{title}",,,J Ponds,,,Anna Newt,,,5/4/2024 0:00,10.5555/notice,0,1/1/2018 0:00,{doi},{pmid},{state},,,\n'
    '8,"Toads of a garden",,,J Ponds,,,Bo Toad,,,5/4/2024 0:00,,0,1/1/2018 0:00,10.5555/toad,0,Retraction,,,\n'
)
CROSSREF_TYPES = {"retraction": "retraction", "expression_of_concern": "expression_of_concern"}


def own(folder: Path, state: str) -> Path:
    path = folder / "the list.csv"
    path.write_text(f"doi,state,date\n{DOI},{state},2024-05-01\n", encoding="utf-8")
    return path


def own_with_a_notice(folder: Path, state: str) -> Path:
    path, label = folder / "list.csv", state.replace("_", " ").capitalize()
    text = f"# {TITLE} [{label}]\n\nThe editors publish this {label.lower()} about the following article: {DOI}.\n"
    (folder / "the notice.md").write_text(text, encoding="utf-8")
    path.write_text(f"doi,state,date,notice\n{DOI},{state},2024-05-01,the notice.md\n", encoding="utf-8")
    return path


def own_with_pubmed_ids(folder: Path, state: str) -> Path:
    path = folder / "list.csv"
    path.write_text(f"pmid,state,title\n{PMID},{state},{TITLE}\n", encoding="utf-8")
    return path


def watch(folder: Path, state: str, doi: str = DOI, pmid: str = "0") -> Path:
    path, nature = folder / "retraction_watch.csv", state.replace("_", " ").capitalize()
    path.write_text(WATCH.format(title=TITLE, doi=doi, pmid=pmid, state=nature), encoding="utf-8")
    return path


def watch_without_dois(folder: Path, state: str) -> Path:
    return watch(folder, state, "unavailable")


def crossref(folder: Path, state: str) -> Path:
    path = folder / "crossref.jsonl"
    update = {"DOI": DOI, "type": state, "updated": {"date-parts": [[2024, 5, 1]]}}
    work = {"DOI": "10.5555/notice", "title": [f"Notice: {TITLE}"], "type": "journal-article", "update-to": [update]}
    path.write_text(json.dumps(work) + "\n", encoding="utf-8")
    return path


def pubmed(folder: Path, state: str) -> Path:
    path, tag = folder / "pubmed.nbib", {"retraction": "RIN", "expression_of_concern": "ECI"}[state]
    record = f"PMID- {PMID}\nTI  - {TITLE}.\nDP  - 2018 Jan\n{tag} - J Ponds. 2024 May 4;13:e99. PMID: 30000002\n"
    path.write_text(record, encoding="utf-8")
    return path


List = Callable[[Path, str], Path]
LISTS: dict[str, List] = {
    "own": own,
    "own with a notice": own_with_a_notice,
    "own with PubMed IDs": own_with_pubmed_ids,
    "Retraction Watch": watch,
    "Retraction Watch without DOIs": watch_without_dois,
    "Crossref": crossref,
    "PubMed": pubmed,
}
BY_DOI = {name: made for name, made in LISTS.items() if name not in {"own with PubMed IDs", "PubMed"}}


def an_article(path: Path, *, doi: str = DOI, pmid: str = "") -> Path:
    lines = [f"Line {number} of the article, with words enough to be read." for number in range(40)]
    named = [f"PMID: {pmid}"] if pmid else []
    return article(path, doi=doi, title=TITLE, text="\n".join([TITLE, "Anna Newt", *named, *lines]))


def done(found: AuditResult, retractions: Path, folder: Path) -> list[AuditResult]:
    """Paste the command of a remedy; return what `check` then says of each PDF that was written or changed."""
    before = {path: path.read_bytes() for path in folder.glob("*.pdf")}
    command = found.remedy.partition(", then run: ")[2] or found.remedy
    assert command.startswith("watermark "), found
    assert pasted(command, folder) in {0, 1, 6}, command
    changed = [path for path in folder.glob("*.pdf") if before.get(path) != path.read_bytes()]
    return [audited(path, retractions) for path in sorted(changed)]


@pytest.mark.parametrize("made", LISTS.values(), ids=LISTS)
def test_the_command_for_an_unmarked_article_marks_it(tmp_path: Path, made: List) -> None:
    state = "expression_of_concern" if made is pubmed else "retraction"
    by_pmid = made in {own_with_pubmed_ids, pubmed}
    known = {"doi": "", "pmid": PMID} if by_pmid else {"doi": "" if made is watch_without_dois else DOI}
    pdf, retractions = an_article(tmp_path / "an article.pdf", **known), made(tmp_path, state)
    found = audited(pdf, retractions)
    assert found.kind is Classification.UNMARKED, found
    marked_copies = done(found, retractions, tmp_path)
    assert [one.kind for one in marked_copies] == [Classification.OURS], (found.remedy, marked_copies)


@pytest.mark.parametrize("made", BY_DOI.values(), ids=BY_DOI)
def test_the_command_for_a_wrong_state_restores_the_article_and_marks_it_again(tmp_path: Path, made: List) -> None:
    copy = stamped(tmp_path, pages=2, title=TITLE, info={"/Title": TITLE, "/Subject": f"doi:{DOI}"})
    (tmp_path / "original.pdf").unlink()
    retractions = made(tmp_path, "expression_of_concern")
    found = audited(copy, retractions)
    assert found.kind is Classification.UNMARKED, found
    result = [one for one in done(found, retractions, tmp_path) if one.kind is Classification.OURS]
    assert [one.state for one in result] == ["expression_of_concern"], found.remedy


@pytest.mark.parametrize("made", [own, own_with_a_notice])
def test_the_command_for_a_copy_that_was_added_to_restores_and_marks_it(tmp_path: Path, made: List) -> None:
    copy = stamped(tmp_path, pages=2, title=TITLE, info={"/Title": TITLE, "/Subject": f"doi:{DOI}"})
    append_a_revision(copy)
    (tmp_path / "original.pdf").unlink()
    retractions = made(tmp_path, "retraction")
    found = audited(copy, retractions)
    assert found.kind is Classification.REWRITTEN, found
    assert Classification.OURS in {one.kind for one in done(found, retractions, tmp_path)}, found.remedy


@pytest.mark.parametrize("made", [own, watch, crossref])
def test_the_command_for_a_rewritten_copy_marks_the_article_from_the_archive(tmp_path: Path, made: List) -> None:
    copy = stamped(tmp_path, pages=2, title=TITLE, info={"/Title": TITLE, "/Subject": f"doi:{DOI}"})
    with pikepdf.open(copy, allow_overwriting_input=True) as document:
        document.save(copy)
    (tmp_path / "original.pdf").rename(tmp_path / "ORIGINAL.pdf")
    retractions = made(tmp_path, "retraction")
    found = audited(copy, retractions)
    assert (found.kind, "ORIGINAL.pdf" in found.remedy) == (Classification.REWRITTEN, True), found
    assert Classification.OURS in {one.kind for one in done(found, retractions, tmp_path)}, found.remedy


@pytest.mark.parametrize("made", [own_with_a_notice])
def test_the_command_for_a_partly_marked_article_marks_the_one_from_the_archive(tmp_path: Path, made: List) -> None:
    clean = an_article(tmp_path / "ORIGINAL.pdf")
    pdf = tmp_path / "a.pdf"
    marked(clean, pdf, next(iter(STYLES)), word="RETRACTED")
    clean_last_page(pdf, clean)
    retractions = made(tmp_path, "retraction")
    found = audited(pdf, retractions)
    assert found.kind is Classification.OTHERS_SOME, found
    assert Classification.OURS in {one.kind for one in done(found, retractions, tmp_path)}, found.remedy


def clean_last_page(pdf: Path, clean: Path) -> None:
    """Give a marked article its last page as it was."""
    with pikepdf.open(pdf, allow_overwriting_input=True) as document, pikepdf.open(clean) as other:
        document.pages[-1] = other.pages[-1]
        document.save(pdf)


@pytest.mark.parametrize("state", ["reinstatement", "none"])
def test_the_command_for_a_copy_that_should_not_be_marked_restores_its_original(tmp_path: Path, state: str) -> None:
    copy = stamped(tmp_path)
    retractions = own(tmp_path, state if state != "none" else "retraction")
    if state == "none":
        retractions.write_text("doi,state\n10.5555/other,retraction\n", encoding="utf-8")
    found = audited(copy, retractions)
    assert found.kind in {Classification.REINSTATED, Classification.NOT_LISTED}
    assert pasted(found.remedy, tmp_path) == 0, found.remedy
    assert copy.with_suffix(".original.pdf").read_bytes() == (tmp_path / "original.pdf").read_bytes()


def test_a_restored_original_is_never_written_over(tmp_path: Path) -> None:
    copy = stamped(tmp_path)
    found = audited(copy, own(tmp_path, "reinstatement"))
    shutil.copy(tmp_path / "original.pdf", copy.with_suffix(".original.pdf"))
    assert pasted(found.remedy, tmp_path) != 0


def test_every_command_in_the_remedies_of_the_check_is_pasted_here() -> None:
    source = (Path(__file__).parents[2] / "watermark/audit/remedies.py").read_text(encoding="utf-8")
    assert set(re.findall(r"\"watermark ([a-z-]+) ", source)) == {"restore", "stamp", "mark-retracted"}
