"""Results for people, programs and build servers; nothing in a file's name acts as a command or markup."""

import json
from pathlib import Path

import junitparser
import pytest
from jsonschema.validators import validator_for

from watermark.audit.classification import AuditResult, CheckedBag, Classification
from watermark.audit.formats import FORMS, item_of, written
from watermark.audit.formats.item import RULES

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.json").read_text("utf-8"))
NASTY = "a,b:c%\n::error::x <&\x1b[31m\x00\udcff é.pdf"
EVERY = [
    *(
        AuditResult(path=f"{kind.code}.pdf", kind=kind, reason="why", remedy="watermark stamp x")
        for kind in Classification
    ),
    AuditResult(path="/an absolute/path.pdf", kind=Classification.UNMARKED),
    CheckedBag(path="bag", stale=("data/a.pdf",)),
    CheckedBag(path="valid bag"),
    CheckedBag(path="spoiled bag", faults=("data/a.pdf is missing",)),
]
ITEMS = [item_of(one) for one in EVERY]


def sarif(items: list[object]) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(written("sarif", items))
    validator_for(SCHEMA)(SCHEMA).validate(loaded)
    return loaded


def test_sarif_is_valid_and_names_each_file_that_needs_attention() -> None:
    (run,) = sarif(ITEMS)["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    named = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]}
    assert {"retracted-and-unmarked.pdf", "bag", "spoiled bag".replace(" ", "%20"), "unknown.pdf"} <= named
    assert "file:///an%20absolute/path.pdf" in named
    assert "not-retracted.pdf" not in named
    assert sarif([])["runs"][0]["results"] == []


def test_a_sarif_schema_that_is_not_met_is_seen() -> None:
    with pytest.raises(Exception, match="version"):
        validator_for(SCHEMA)(SCHEMA).validate({**sarif([]), "version": "2.0.0"})


def test_junit_is_read_as_a_test_for_each_file() -> None:
    suites = junitparser.JUnitXml.fromstring(written("junit", ITEMS).encode())
    (suite,) = suites
    assert (suite.tests, suite.errors, suite.skipped) == (len(ITEMS), 1, 1)
    failed = [case.name for case in suite if case.result and isinstance(case.result[0], junitparser.Failure)]
    assert len(failed) == suite.failures == sum(one.needs_attention for one in EVERY) - 1
    assert "retracted-and-unmarked.pdf" in failed


def test_json_is_one_object_a_line_with_everything() -> None:
    lines = [json.loads(line) for line in written("json", ITEMS).splitlines()]
    assert len(lines) == len(ITEMS)
    assert lines[1] == lines[1] | {"kind": "retracted and unmarked", "attention": True, "remedy": "watermark stamp x"}


def test_github_shows_what_needs_attention_only() -> None:
    lines = written("github", ITEMS).splitlines()
    assert len(lines) == sum(one.needs_attention for one in EVERY) + 1  # and what is unknown, as a notice
    assert "::error file=retracted-and-unmarked.pdf,title=retracted and unmarked::" in "\n".join(lines)


def test_a_name_is_never_a_command_of_github() -> None:
    (line,) = written(
        "github", [item_of(AuditResult(path=NASTY, kind=Classification.UNMARKED, reason=NASTY))]
    ).splitlines()
    assert line.count("::") == 4  # the two of the command, and those in the text, which is its message
    assert line.startswith("::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax <&")


@pytest.mark.parametrize("form", FORMS)
def test_every_form_carries_any_name(form: str) -> None:
    text = written(form, [item_of(AuditResult(path=NASTY, kind=Classification.UNMARKED, reason=NASTY, remedy=NASTY))])
    assert text
    if form == "sarif":
        json.loads(text)
    if form == "junit":
        assert junitparser.JUnitXml.fromstring(text.encode())
