"""The PREMIS of a marked article, against the grammar of PREMIS 3 and against itself.

Where WATERMARK_PREMIS_XSD names the schema of the Library of Congress, the documents are validated with that, too.
"""

from dataclasses import replace
from os import environ
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.batch.reports.entries import A_MARKED_ONE, AT, WELL, entry, marked, refused
from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.premis import premis_of, write_premis
from watermark.models import Claim, Finding, Status

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("premis3.rng")))
NAMES = {"p": "http://www.loc.gov/premis/v3", "xsi": "http://www.w3.org/2001/XMLSchema-instance"}
VOCABULARY = "http://id.loc.gov/vocabulary/preservation/"


def tree_of(recorded: LedgerEntry) -> etree._Element:
    tree = etree.fromstring(premis_of(recorded).encode())
    GRAMMAR.assertValid(tree)
    return tree


def texts(tree: etree._Element, path: str) -> list[str]:
    return [str(found) for found in tree.xpath(path, namespaces=NAMES)]  # type: ignore[union-attr]


def test_a_document_holds_to_the_grammar_of_premis_3() -> None:
    assert texts(tree_of(A_MARKED_ONE), "//p:object/@xsi:type") == ["file", "file"]


@pytest.mark.skipif(not environ.get("WATERMARK_PREMIS_XSD"), reason="WATERMARK_PREMIS_XSD names no schema")
def test_a_document_is_valid_against_the_schema_of_the_library_of_congress(tmp_path: Path) -> None:
    schema = etree.XMLSchema(etree.parse(environ["WATERMARK_PREMIS_XSD"]))
    not_checked = tuple(replace(item, status=Status.NOT_CHECKED) for item in WELL)
    for recorded in (A_MARKED_ONE, entry(findings=not_checked, tool="other", title="", page_count=0), marked(tmp_path)):
        schema.assertValid(tree_of(recorded))
    with pytest.raises(etree.DocumentInvalid):
        schema.assertValid(etree.fromstring(premis_of(A_MARKED_ONE).replace("<size>", "<size>x").encode()))


def test_the_grammar_refuses_what_is_in_the_wrong_order_or_is_missing() -> None:
    for path in ("//p:eventDateTime", "//p:messageDigest", "//p:objectIdentifier", "//p:size"):
        tree = etree.fromstring(premis_of(A_MARKED_ONE).encode())
        found = tree.xpath(path, namespaces=NAMES)[0]  # type: ignore[index]
        found.getparent().append(found)  # type: ignore[union-attr]
        assert not GRAMMAR.validate(tree), path


def test_both_files_have_digest_size_and_format_and_point_at_each_other() -> None:
    tree = tree_of(A_MARKED_ONE)
    assert texts(tree, "//p:object//p:messageDigest/text()") == [
        A_MARKED_ONE.article_sha256,
        A_MARKED_ONE.copy_sha256,
    ]
    assert texts(tree, "//p:object//p:size/text()") == ["1000", "1300"]
    assert set(texts(tree, "//p:formatName/text()")) == {"application/pdf"}
    names = texts(tree, "//p:objectIdentifierValue/text()")
    assert names[0] == "ni:///sha-256;ypeBEsobvcr6wjGzmiPcTaeG7_gUfE5yuYB3ha_uSLs"  # RFC 6920, of the digest of "a"
    assert texts(tree, "//p:relatedObjectIdentifierValue/text()") == names[::-1]


def test_the_five_events_have_the_terms_of_the_library_of_congress() -> None:
    tree = tree_of(A_MARKED_ONE)
    assert texts(tree, "//p:eventType/@valueURI") == [
        f"{VOCABULARY}eventType/{code}" for code in ("mes", "mod", "mem", "fix", "val")
    ]
    assert set(texts(tree, "//p:eventOutcome/@valueURI")) == {f"{VOCABULARY}eventOutcome/suc"}
    assert all(uri.startswith((VOCABULARY, "http://www.iana.org/")) for uri in texts(tree, "//@valueURI"))


def test_every_link_to_an_event_an_object_or_an_agent_leads_to_one() -> None:
    tree = tree_of(A_MARKED_ONE)
    for kind, links in (
        ("event", ("linkingEvent", "relatedEvent")),
        ("object", ("linkingObject", "relatedObject")),
        ("agent", ("linkingAgent",)),
    ):
        there = texts(tree, f"//p:{kind}Identifier/p:{kind}IdentifierValue/text()")
        assert len(there) == len(set(there))
        for link in links:
            asked = set(texts(tree, f"//p:{link}IdentifierValue/text()"))
            assert asked
            assert asked <= set(there), link


def test_what_was_not_checked_is_a_warning_and_what_failed_a_failure_never_a_success() -> None:
    for status, code in ((Status.NOT_CHECKED, "war"), (Status.FAILED, "fai")):
        spoiled = tuple(replace(item, status=status) if item.claim is Claim.ARCHIVABLE else item for item in WELL)
        tree = tree_of(entry(findings=spoiled))
        assert texts(tree, "//p:event[p:eventType='validation']//p:eventOutcome/@valueURI") == [
            f"{VOCABULARY}eventOutcome/{code}"
        ]


def test_a_check_that_left_no_finding_is_not_an_event() -> None:
    without = tuple(item for item in WELL if item.claim is not Claim.FIXITY)
    assert "fixity check" not in texts(tree_of(entry(findings=without)), "//p:eventType/text()")


def test_the_document_of_an_article_that_was_really_marked_holds_to_the_grammar(tmp_path: Path) -> None:
    recorded = marked(tmp_path)
    tree = tree_of(recorded)
    assert texts(tree, "//p:object[2]//p:size/text()") == [str(Path(recorded.copy).stat().st_size)]


@given(st.text(st.characters(codec=None), max_size=30), st.text(max_size=30))
def test_no_title_and_no_message_breaks_the_document(title: str, message: str) -> None:
    finding = Finding(claim=Claim.ARCHIVABLE, status=Status.NOT_CHECKED, message=message)
    tree = tree_of(entry(title=f"<{title}]]>", findings=(*WELL, finding), article_doi=f"{title}\ud800&\0", state="a"))
    assert texts(tree, "//p:event")


def test_only_marked_articles_have_a_document_and_each_has_the_path_of_its_copy(tmp_path: Path) -> None:
    entries = [A_MARKED_ONE, refused(), entry(row="b", result="already marked", copy="b.pdf")]
    assert write_premis(entries, tmp_path) == 1
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.xml")] == [
        "articles/a.retracted.pdf.premis.xml"
    ]


def test_two_rows_that_speak_of_one_copy_have_two_documents(tmp_path: Path) -> None:
    assert write_premis([A_MARKED_ONE, entry(row="b"), entry(row="c")], tmp_path) == 3
    assert len(list(tmp_path.rglob("*.premis.xml"))) == 3


@pytest.mark.parametrize(
    "copy",
    ["../b.pdf", "s3://bucket/../../b.pdf", "s3:///b.pdf", "/b.pdf", f"{'b' * 250}.pdf", "..\\b.pdf", "a/../../b"],
)
def test_no_document_leaves_its_folder(tmp_path: Path, copy: str) -> None:
    assert write_premis([entry(copy=copy)], tmp_path / "premis") == 1
    assert [path.parent for path in tmp_path.rglob("*.premis.xml")] == [tmp_path / "premis"]


def test_the_document_of_an_object_has_the_path_of_its_bucket_and_its_key(tmp_path: Path) -> None:
    assert write_premis([entry(copy="s3://bucket/2019/b.pdf")], tmp_path) == 1
    assert (tmp_path / "bucket/2019/b.pdf.premis.xml").is_file()


def test_the_same_entry_gives_the_same_document_and_another_time_other_events() -> None:
    assert premis_of(A_MARKED_ONE) == premis_of(entry())
    later = tree_of(entry(started_at=AT.replace(year=2027)))
    path = "//p:eventIdentifierValue/text()"
    assert not set(texts(later, path)) & set(texts(tree_of(A_MARKED_ONE), path))
