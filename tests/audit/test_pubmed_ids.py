"""An article without a DOI is found on a list by its PubMed ID, and the remedy marks it."""

from pathlib import Path

import pytest

from tests.audit.conftest import article
from tests.audit.test_remedies import pasted
from watermark.article.quick_identity import identify
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.retraction_index.index import index_of

TITLE = "Newts of the northern ponds in a warm year"
OTHER = "Mosses of the southern walls and their snails"
PROSE = "\n".join(f"Line {number} of the article, with words enough to be read." for number in range(30))
PRINTED = f"{TITLE}\nA. Newt and B. Pond\nPMID: 30000001\n{PROSE}"
REFERENCES = f"{TITLE}\nA. Newt and B. Pond\n{PROSE}\nReferences\n1. Frog A. Frogs. J Ponds 2018. PMID: 30000001"
RECORD = f"""PMID- 30000001
TI  - {TITLE}.
FAU - Newt, Anna
DP  - 2018 Jan
RIN - J Ponds. 2024 May 4;13:e99. PMID: 30000002
PT  - Journal Article
"""
OTHER_RECORD = "PMID- 30000009\nTI  - Snails.\nDP  - 2018 Jan\nPT  - Journal Article\n"
WATCH = (
    "Record ID,Title,Subject,Institution,Journal,Publisher,Country,Author,URLS,ArticleType,RetractionDate,"
    "RetractionDOI,RetractionPubMedID,OriginalPaperDate,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,Reason,"
    "Paywalled,Notes\n"
    '7,"{title}",,,J Ponds,,,Anna Newt,,,5/4/2024 0:00,,30000002,1/1/2018 0:00,unavailable,{pmid},Retraction,,,\n'
    '8,"Toads of a garden that nobody has seen",,,J Ponds,,,Bo Toad,,,5/4/2024 0:00,,0,1/1/2018 0:00,10.5555/toad,0,'
    "Retraction,,,\n"
)
LISTS = {
    "own": "pmid,state,date\n30000001,retraction,2024-05-04\n",
    "own with a DOI": "doi,pmid,state,date\n10.5555/newt,30000001,retraction,2024-05-04\n",
    "own with titles": f"pmid,doi,state,title\n30000001,,retraction,{TITLE}\n",
    "pubmed": f"{OTHER_RECORD}\n{RECORD}",
    "retraction watch": WATCH.format(title=TITLE, pmid=30000001),
}


def checked(pdf: Path, text: str) -> AuditResult:
    path = pdf.with_name("list")
    path.write_text(text, encoding="utf-8")
    return audit_file(AuditRequest(path=pdf, lists=(index_of(path),)))


@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_an_article_that_prints_its_pubmed_id_is_found(tmp_path: Path, text: str) -> None:
    found = checked(article(tmp_path / "a.pdf", doi="", title="", text=PRINTED), text)
    assert (found.kind, found.pmid) == (Classification.UNMARKED, "30000001"), found


@pytest.mark.slow
@pytest.mark.parametrize("text", LISTS.values(), ids=LISTS)
def test_the_remedy_marks_an_article_that_is_known_by_its_pubmed_id(tmp_path: Path, text: str) -> None:
    pdf = article(tmp_path / "a.pdf", doi="", title="", text=PRINTED)
    found = checked(pdf, text)
    assert pasted(found.remedy, tmp_path) == 1, found.remedy
    marked = checked(pdf, text)
    assert marked.kind is Classification.OURS, marked


@pytest.mark.parametrize(
    "info", [{"/PMID": "30000001"}, {"/Subject": "PMID: 30000001"}, {"/Keywords": "newts; PMID:30000001"}]
)
def test_metadata_may_name_the_pubmed_id(tmp_path: Path, info: dict[str, str]) -> None:
    from tests.helpers.build import build  # noqa: PLC0415 - for this case only

    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(build(info=info, pages=2, text=f"{TITLE}\n{PROSE}"))
    assert checked(pdf, LISTS["own"]).kind is Classification.UNMARKED


@pytest.mark.parametrize(
    "text",
    [
        REFERENCES,
        f"{TITLE}\nComment on: Frogs. PMID: 30000001\n{PROSE}",
        f"{TITLE}\nPMID: 30000003\nPMID: 30000001\n{PROSE}",
        f"{TITLE}\n{PROSE}\nAs others found (PMID: 30000001), newts are many.",
        f"{TITLE}\nPMID: 300000012\n{PROSE}",
    ],
    ids=["in the references", "of another article", "one of two", "in a sentence", "a longer number"],
)
def test_the_pubmed_id_of_another_work_is_not_the_articles(tmp_path: Path, text: str) -> None:
    pdf = article(tmp_path / "a.pdf", doi="", title="", text=text)
    assert ("30000001", "page 1") not in identify(pdf).pmids
    assert checked(pdf, LISTS["own"]).kind is not Classification.UNMARKED


def test_a_title_that_contradicts_the_pubmed_id_is_not_a_match(tmp_path: Path) -> None:
    pdf = article(tmp_path / "a.pdf", doi="", title=OTHER, text=PRINTED.replace(TITLE, OTHER))
    found = checked(pdf, f"pmid,state,title\n30000001,retraction,{TITLE}\n")
    assert (found.kind, found.needs_attention) == (Classification.NOT_CHECKED, True), found
    assert "PubMed ID is on the list" in found.reason


def test_another_pubmed_id_is_another_article(tmp_path: Path) -> None:
    pdf = article(tmp_path / "a.pdf", doi="", title=TITLE, text=PRINTED.replace("30000001", "30000005"))
    found = checked(pdf, f"pmid,state,title\n30000001,retraction,{TITLE}\n")
    assert found.kind is not Classification.UNMARKED, found


@pytest.mark.parametrize("row", ["12a,retraction,2024", "1234567890,retraction,2024", "-1,retraction,2024"])
def test_what_is_not_a_pubmed_id_is_a_problem_of_its_record(tmp_path: Path, row: str) -> None:
    from watermark.audit.retraction_index.index import RetractionIndex  # noqa: PLC0415 - for this case only

    path = tmp_path / "list.csv"
    path.write_text(f"pmid,state,date\n30000001,retraction,2024-05-04\n{row}\n", encoding="utf-8")
    with RetractionIndex.opened(index_of(path)) as index:
        assert index.problems[0] == 1
