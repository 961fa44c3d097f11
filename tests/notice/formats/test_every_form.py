"""Each form of a notice, whole, changed and damaged: what is read is the right article, or the reading is refused."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.notice.formats import (
    test_crossref_json,
    test_docx,
    test_index_json,
    test_pubmed,
    test_references,
    test_web_page,
    test_xml_kinds,
)
from watermark.errors import NoticeError
from watermark.notice import read_notice

POND, MICE = "10.5555/pond.1", "10.5555/mice"
NOTICE = test_crossref_json.on_notice()
FORMS: dict[str, tuple[bytes, str]] = {
    "PubMed XML": (
        test_pubmed.xml_set(test_pubmed.xml_record(test_pubmed.IN, kinds=test_pubmed.RETRACTED)).encode(),
        POND,
    ),
    "NBIB": (test_pubmed.nbib_record("PT  - Retracted Publication", f"RIN - {test_pubmed.IN[1]}").encode(), POND),
    "Crossref, bare": (json.dumps(NOTICE).encode(), MICE),
    "Crossref, wrapped": (json.dumps({"message-type": "work", "message": NOTICE}).encode(), MICE),
    "Crossref, an array": (json.dumps([NOTICE]).encode(), MICE),
    "Crossref, a list": (json.dumps({"message": {"items": [NOTICE]}}).encode(), MICE),
    "Europe PMC": (json.dumps(test_pubmed.epmc(**test_pubmed.corrected("Retraction in"))).encode(), POND),
    "OpenAlex": (json.dumps(test_index_json.openalex()).encode(), POND),
    "CSL-JSON": (json.dumps(test_index_json.csl()).encode(), POND),
    "DataCite JSON": (json.dumps(test_index_json.datacite()).encode(), POND),
    "DataCite XML": (test_xml_kinds.datacite().encode(), POND),
    "RIS": (test_references.ris().encode(), POND),
    "BibTeX": (test_references.bibtex().encode(), POND),
    "HTML": (test_web_page.page().encode(), POND),
    "docx": (
        test_docx.archive(test_docx.document(test_docx.HEADING, test_docx.CITATION, test_docx.SAYING)),
        POND,
    ),
    "BITS": (test_xml_kinds.bits().encode(), POND),
    "arXiv Atom": (test_xml_kinds.feed(test_xml_kinds.arxiv()).encode(), "10.48550/arxiv.2101.00001"),
}
SAME: dict[str, Callable[[bytes], bytes]] = {
    "as it is": lambda data: data,
    "with a byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "with the lines of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "with empty lines behind it": lambda data: data + b"\n\n\n",
}


def _flipped(data: bytes, seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    damaged = bytearray(data)
    for _ in range(8):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "cut in half": lambda data: data[: len(data) // 2],
    "without its end": lambda data: data[: len(data) * 9 // 10],
    "without its beginning": lambda data: data[len(data) // 10 :],
    "with a zero in it": lambda data: data[: len(data) // 2] + b"\0" + data[len(data) // 2 :],
    "a hundred times": lambda data: data * 100,
    "in brackets without end": lambda data: b"[" * 10_000 + data,
    "behind a megabyte of spaces": lambda data: b" " * 1_000_000 + data,
    "with spaces in the DOIs": lambda data: data.replace(b"10.5555/", b"10.5555/ "),
    "without any DOI": lambda data: data.replace(b"10.5555", b"x").replace(b"arxiv.org/abs/", b"x"),
    "with changed bytes, 1": lambda data: _flipped(data, 1),
    "with changed bytes, 2": lambda data: _flipped(data, 2),
    "with changed bytes, 3": lambda data: _flipped(data, 3),
}
BINARY = {"docx"}


def test_each_form_is_tried_with_more_than_ten_inputs() -> None:
    assert len(FORMS) >= 13
    assert len(SAME) + len(DAMAGED) >= 10


@pytest.mark.parametrize("form", FORMS)
def test_a_form_gives_its_article_however_its_lines_end(tmp_path: Path, form: str) -> None:
    data, doi = FORMS[form]
    changes = {"as it is": SAME["as it is"]} if form in BINARY else SAME
    for name, change in changes.items():
        path = tmp_path / "n"
        path.write_bytes(change(data))
        assert read_notice(path).notice.article.doi == doi, name


def _doi_in(path: Path) -> str:
    """Return the article's DOI that a file gives; an empty string where it is refused."""
    try:
        return read_notice(path).notice.article.doi
    except NoticeError:
        return ""


@pytest.mark.parametrize("form", FORMS)
def test_a_damaged_form_never_names_another_article(tmp_path: Path, form: str) -> None:
    data, doi = FORMS[form]
    for name, change in DAMAGED.items():
        path = tmp_path / "n"
        path.write_bytes(change(data))
        found = _doi_in(path)
        assert found in {"", doi} or "changed bytes" in name, name
