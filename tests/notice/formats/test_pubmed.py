"""PubMed's records, as XML and as NBIB, and Europe PMC's tell which article was retracted by which notice."""

import json
import time
from pathlib import Path

import pytest

from tests.notice.texts import assert_refused_quickly, read
from watermark.errors import NoticeError
from watermark.notice import NoticeFile, State

RETRACTED = ("Retracted Publication",)
RETRACTION = ("Retraction of Publication",)
IN = ("RetractionIn", "J Ponds. 2024 May 4;13:e99. doi: 10.5555/pond.n1.", "2")
OF = ("RetractionOf", "J Ponds. 2018 Jan 3;7:12. doi: 10.5555/POND.1.", "1")


CORRECTION = '<CommentsCorrections RefType="{}"><RefSource>{}</RefSource><PMID>{}</PMID></CommentsCorrections>'


def xml_record(
    *links: tuple[str, str, str],
    doi: str = "10.5555/pond.1",
    pmid: str = "1",
    title: str = "Newts of the northern ponds.",
    kinds: tuple[str, ...] = (),
    more: str = "",
    references: str = "",
) -> str:
    types = "".join(f"<PublicationType>{kind}</PublicationType>" for kind in kinds)
    corrections = "".join(CORRECTION.format(*link) for link in links)
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID>'
        "<DateRevised><Year>2024</Year><Month>06</Month><Day>1</Day></DateRevised>"
        "<Article><Journal><JournalIssue><Volume>7</Volume><PubDate><Year>2018</Year><Month>Jan</Month></PubDate>"
        f"</JournalIssue><Title>Journal of Ponds</Title></Journal><ArticleTitle>{title}</ArticleTitle>"
        f'<ELocationID EIdType="doi">{doi}</ELocationID>{more}'
        "<AuthorList><Author><LastName>Ode</LastName><ForeName>Ann B</ForeName><Initials>AB</Initials></Author>"
        "<Author><CollectiveName>The Pond Group</CollectiveName></Author></AuthorList>"
        f"<PublicationTypeList>{types}</PublicationTypeList></Article>"
        f"<CommentsCorrectionsList>{corrections}</CommentsCorrectionsList></MedlineCitation>"
        f"<PubmedData><ReferenceList>{references}</ReferenceList></PubmedData></PubmedArticle>"
    )


def xml_set(*records: str, top: str = '<?xml version="1.0"?>') -> str:
    return f"{top}<PubmedArticleSet>{''.join(records)}</PubmedArticleSet>"


def nbib_record(
    *lines: str, doi: str = "10.5555/pond.1", pmid: str = "1", title: str = "Newts of the northern ponds."
) -> str:
    base = [f"PMID- {pmid}", "LR  - 20240601", "DP  - 2018 Jan", f"TI  - {title}", f"LID - {doi} [doi]"]
    return "\n".join(
        [*base, "FAU - Ode, Ann B", "JT  - Journal of Ponds", "VI  - 7", *lines, "SO  - J Ponds. 2018", ""]
    )


def epmc(**more: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": "1",
        "source": "MED",
        "pmid": "1",
        "doi": "10.5555/POND.1",
        "title": "Newts of the northern ponds.",
        "authorString": "Ode AB, Poe C.",
        "pubTypeList": {"pubType": ["Retracted Publication"]},
        "dateOfRevision": "2024-06-01",
    }
    return {**base, **more}


def corrected(kind: str, reference: str = IN[1], pmid: str = "2") -> dict[str, object]:
    return {"commentCorrectionList": {"commentCorrection": [{"type": kind, "reference": reference, "id": pmid}]}}


def facts(read: NoticeFile) -> tuple[State, str, str, str]:
    notice = read.notice
    return notice.state, notice.article.doi, notice.doi, notice.date


SAME = (State.RETRACTION, "10.5555/pond.1", "10.5555/pond.n1", "2024-05-04")


@pytest.mark.parametrize(
    "text",
    [
        xml_set(xml_record(IN, kinds=RETRACTED)),
        xml_set(xml_record(IN)),
        xml_set(xml_record(IN, ("CommentIn", "J Ponds. 2019. doi: 10.5555/other.", "9"))),
        xml_record(IN, kinds=RETRACTED),
        xml_set(xml_record(IN), top='<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM" "https://dtd.nlm.nih.gov/x.dtd">'),
        xml_set(xml_record(IN, title="RETRACTED: Newts of the northern ponds.")),
        xml_set(xml_record(IN, references='<Reference><ArticleIdList><ArticleId IdType="doi">10.5555/cited</ArticleId>'
                                          "</ArticleIdList></Reference>")),
        xml_set(xml_record(("RetractionIn", "J Ponds. 2024 May 4;13:e99", "2")),
                xml_record(doi="10.5555/pond.n1", pmid="2", title="Something else.")),
        nbib_record(f"RIN - {IN[1]} PMID: 2"),
        nbib_record("RIN - J Ponds. 2024 May 4;13:e99. doi:", "      10.5555/pond.n1. PMID: 2", "PT  - Letter"),
        json.dumps(epmc(**corrected("Retraction in"))),
        json.dumps({"resultList": {"result": [epmc(**corrected("Retraction in"))]}}),
        json.dumps({"result": [epmc(**corrected("Retraction in"))]}),
    ],
)  # fmt: skip
def test_the_article_s_record_names_the_article_and_its_notice(tmp_path: Path, text: str) -> None:
    given = read(tmp_path, text)
    assert facts(given) == SAME
    assert given.notice.article.title == "Newts of the northern ponds"
    assert given.notice.article.authors[0].startswith("Ode A")
    assert (given.source in {"PubMed", "Europe PMC"}, given.source_date) == (True, "2024-06-01")


@pytest.mark.parametrize(
    "text",
    [
        xml_set(xml_record(OF, doi="10.5555/pond.n1", pmid="2", kinds=RETRACTION, title="Retraction: Newts of ponds.")),
        xml_set(xml_record(OF, doi="10.5555/pond.n1", pmid="2", title="Retraction: Newts of ponds.")),
        nbib_record(f"ROF - {OF[1]} PMID: 1", doi="10.5555/pond.n1", pmid="2", title="Retraction: Newts of ponds."),
        json.dumps(
            epmc(doi="10.5555/pond.n1", title="Retraction: Newts of ponds", **corrected("Retraction of", OF[1], "1"))
        ),
    ],
)
def test_the_notice_s_record_names_the_article_and_itself(tmp_path: Path, text: str) -> None:
    given = read(tmp_path, text)
    assert facts(given)[:3] == SAME[:3]
    assert given.notice.article.title == "Newts of ponds"


@pytest.mark.parametrize(
    ("kind", "tag", "state"),
    [
        ("RetractionIn", "RIN ", State.RETRACTION),
        ("PartialRetractionIn", "PRIN", State.PARTIAL_RETRACTION),
        ("ExpressionOfConcernIn", "ECI ", State.EXPRESSION_OF_CONCERN),
    ],
)
def test_each_kind_of_link_gives_its_state(tmp_path: Path, kind: str, tag: str, state: State) -> None:
    assert read(tmp_path, xml_set(xml_record((kind, IN[1], "2")))).notice.state is state
    assert read(tmp_path, nbib_record(f"{tag}- {IN[1]}")).notice.state is state


def test_a_republished_article_is_the_replacement_and_never_the_retracted_one(tmp_path: Path) -> None:
    new = "J Ponds. 2024 May 4;13:e99. doi: 10.5555/new."
    old = read(tmp_path, xml_set(xml_record(("RetractedandRepublishedIn", new, "2")))).notice
    assert (old.state, old.article.doi, old.replacement_doi, old.doi) == (
        State.RETRACTED_AND_REPLACED,
        "10.5555/pond.1",
        "10.5555/new",
        "",
    )
    text = xml_set(xml_record(("RetractedandRepublishedFrom", OF[1], "1"), doi="10.5555/new", pmid="2"))
    assert read(tmp_path, text).notice.replacement_doi == "10.5555/new"
    assert read(tmp_path, text).notice.article.doi == "10.5555/pond.1"


def test_a_retraction_weighs_more_than_a_concern_before_it(tmp_path: Path) -> None:
    concern = ("ExpressionOfConcernIn", "J Ponds. 2023 Jan 1;12:e1. doi: 10.5555/pond.c.", "3")
    assert facts(read(tmp_path, xml_set(xml_record(concern, IN)))) == SAME


def test_of_several_records_one_is_chosen(tmp_path: Path) -> None:
    other = xml_record(("RetractionIn", "J Ponds. 2022. doi: 10.5555/n9.", "9"), doi="10.5555/other", pmid="8")
    text = xml_set(other, xml_record(IN))
    assert facts(read(tmp_path, text, "10.5555/pond.1")) == SAME
    with pytest.raises(NoticeError, match="2 articles"):
        read(tmp_path, text)


def test_two_dois_in_a_citation_are_not_chosen_from(tmp_path: Path) -> None:
    link = ("RetractionIn", "J Ponds. 2024. doi: 10.5555/a. and doi: 10.5555/b.", "2")
    assert read(tmp_path, xml_set(xml_record(link))).notice.doi == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (xml_set(xml_record()), r"PubMed record says nothing of a retraction.*10\.5555/pond\.1"),
        (xml_set(xml_record(("ErratumIn", IN[1], "2"))), "says nothing of a retraction"),
        (xml_set(), "PubMed record is empty"),
        (nbib_record(), r"PubMed record \(NBIB\) says nothing of a retraction"),
        (nbib_record(f"EIN - {IN[1]}"), "says nothing of a retraction"),
        (json.dumps(epmc(pubTypeList={"pubType": ["Journal Article"]})), "Europe PMC record does not say"),
        (xml_set(top='<!DOCTYPE x [<!ENTITY a "b">]>'), "declares entities"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + xml_set(top=""), "declares entities"),
        (xml_set(xml_record(IN, title="&xxe;")), "cannot be read"),
        (xml_set(xml_record(IN, title="\x01Newts")), "cannot be read"),
        ("<PubmedArticleSet>" + "<PubmedArticle>" * 5000, "cannot be read"),
        (xml_set(xml_record(IN, title="RETRACTED: x"), xml_record(IN, doi="10.5555/b")), "2 articles"),
    ],
)
def test_what_retracts_nothing_is_reported_quickly(tmp_path: Path, text: str, words: str) -> None:
    assert_refused_quickly(tmp_path, text, words)


@pytest.mark.parametrize(
    "text",
    [
        nbib_record(*["AB  - word"] * 20_000, f"RIN - {IN[1]}"),
        nbib_record(f"RIN - {IN[1]}", *["      more and more words"] * 20_000),
        xml_set(*[xml_record(pmid=str(number), doi=f"10.5555/x{number}") for number in range(10, 900)], xml_record(IN)),
    ],
)
def test_a_long_record_is_read_in_linear_time(tmp_path: Path, text: str) -> None:
    start = time.process_time()
    read(tmp_path, text)
    assert time.process_time() - start < 3


@pytest.mark.parametrize("value", [None, 7, [], {}, [[]], "x\x1b[31m", 10**30, True])
@pytest.mark.parametrize(
    "field", ["doi", "title", "pmid", "journalInfo", "authorList", "pubTypeList", "dateOfRevision"]
)
def test_values_of_another_type_say_nothing(tmp_path: Path, field: str, value: object) -> None:
    given = read(tmp_path, json.dumps(epmc(**corrected("Retraction in")) | {field: value}))
    assert given.notice.state is State.RETRACTION
    assert given.notice.doi == "10.5555/pond.n1"
