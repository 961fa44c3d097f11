"""The tool's own form says everything a notice can say, and takes nothing else."""

import json
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.notice.texts import references
from watermark.errors import NoticeError
from watermark.notice import FigureMatch, Notice, Reference, State, from_json, from_yaml, to_json
from watermark.notice.formats.structured import FIELDS

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")).map(
    lambda text: " ".join(text.split())
)
LISTS = st.lists(WORDS.filter(bool), max_size=3).map(tuple)
DOIS = st.sampled_from(["", "10.1000/xyz123", "10.1016/s0140-6736(20)31180-6", "10.5555/ünï"])
REFERENCES = references(WORDS, LISTS, DOIS, has_citation=True)
NOTICES = st.builds(
    Notice,
    state=st.sampled_from(State),
    article=REFERENCES,
    title=WORDS,
    doi=DOIS,
    url=st.sampled_from(["", "https://example.org/notice?a=1&b=%20"]),
    date=st.just("") | st.dates(min_value=date(1600, 1, 1)).map(str) | st.just("2024-05"),
    issuers=LISTS,
    requested_by=LISTS,
    reasons=LISTS,
    statement=LISTS,
    figure_matches=st.lists(
        st.builds(FigureMatch, figures=LISTS, source_figure=WORDS, source=REFERENCES), max_size=2
    ).map(tuple),
    policies=LISTS,
    stays_online=st.booleans(),
    mark_text=WORDS,
    language=st.sampled_from(["en", "pt-BR", ""]),
)
LEAST = '{"state": "retraction", "article": {"title": "Mice"}}'
LEAST_NOTICE = Notice(state=State.RETRACTION, article=Reference(title="Mice"))


@given(NOTICES)
def test_what_is_written_as_json_is_read_as_the_same_notice(notice: Notice) -> None:
    assert from_json(to_json(notice)) == notice
    assert from_json(to_json(notice)).digest == notice.digest


@given(NOTICES)
def test_the_same_fields_in_yaml_are_the_same_notice(notice: Notice) -> None:
    data = json.loads(to_json(notice))
    assert from_yaml(yaml.safe_dump(data, allow_unicode=True)) == notice


def test_every_field_of_the_model_can_be_written() -> None:
    assert tuple(field.name for field in fields(Notice)) == FIELDS
    reference = Reference(**{field.name: "x" for field in fields(Reference)} | {"authors": (), "year": 2020, "doi": ""})
    assert from_json(json.dumps({"state": "retraction", "article": asdict(reference)})).article == reference


@pytest.mark.parametrize("state", State)
def test_every_state_can_be_written_in_each_spelling(state: State) -> None:
    for spelling in (state.value, state.value.replace("_", "-"), state.value.replace("_", " ").title()):
        assert from_yaml(f"state: {spelling}\narticle: {{}}\n").state is state


def test_only_state_and_article_must_be_given() -> None:
    assert from_json(LEAST) == LEAST_NOTICE
    assert from_yaml("state: retraction\narticle:\n  title: Mice\n") == LEAST_NOTICE
    assert from_yaml("state: retraction\narticle:\n  title: Mice\ndoi:\nissuers:\nurl: ~\n") == LEAST_NOTICE


def test_yaml_keeps_the_characters_that_were_typed() -> None:
    notice = from_yaml(
        "state: retraction\ndate: 2024-05-01\narticle: {volume: 010, pages: 1e5, issue: no, title: 1984, year: 2020}\n"
    )
    assert notice.date == "2024-05-01"
    assert notice.article == Reference(volume="010", pages="1e5", issue="no", title="1984", year=2020)


def test_wrapped_text_in_yaml_is_one_line() -> None:
    notice = from_yaml(
        "state: retraction\narticle:\n  title: >\n    Mice\n    and men\nstatement:\n  - |\n    One\n    two\n"
    )
    assert notice.article.title == "Mice and men"
    assert notice.statement == ("One two",)


def test_a_doi_may_be_written_in_any_way() -> None:
    assert from_yaml("state: retraction\ndoi: https://doi.org/10.5555/A\narticle: {}\n").doi == "10.5555/a"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ("titel: Mice", ("`titel`", "line 3", "figure_matches")),
        ("title: [Mice]", ("`title`", "text", "line 3")),
        ("state: retraction", ("`state`", "twice", "line 3")),
        ("issuers: The Editor", ("`issuers`", "list", "line 3")),
        ("issuers: [{a: b}]", ("`issuers[1]`", "text")),
        ("issuers: ['']", ("`issuers`", "empty")),
        ("stays_online: maybe", ("`stays_online`", "true or false")),
        ("stays_online: 'true'", ("`stays_online`", "quotes")),
        ("date: 1 May 2024", ("`date`", "2024-05-01")),
        ("date: 2024-02-30", ("`date`", "2024-05-01")),
        ("doi: unavailable", ("`doi`", "10.1000/xyz123")),
        ("url: javascript:alert(1)", ("`url`", "https://")),
        ("language: English please", ("`language`", "pt-BR")),
        ('title: "a\\e[31mb"', ("`title`", "control character")),
        ("figure_matches: [{figures: [1A], source_figure: 2B}]", ("`figure_matches[1].source`", "missing")),
        ("figure_matches: [{figures: [1A], source_figure: 2B, source: {year: '2020'}}]", (".source.year`", "year")),
        ("figure_matches: [{figures: [1A], source_figure: 2B, source: {jornal: X}}]", (".source.jornal`", "journal")),
        ("? [a]\n: b", ("key", "line 3")),
        ("a: &anchor b", ("anchors", "line 3")),
        ("title: *alias", ("aliases", "line 3")),
        ("title: !!python/object:os.system x", ("tags", "line 3")),
        ("<<: {title: b}", ("`<<`",)),
        ("title: a: b", ("cannot be read", "line 3")),
        ("---\nstate: retraction", ("second YAML document",)),
    ],
)
def test_what_is_not_a_notice_in_yaml_is_named_with_its_line(changes: str, words: tuple[str, ...]) -> None:
    with pytest.raises(NoticeError) as caught:
        from_yaml(f"state: retraction\narticle: {{}}\n{changes}\n")
    assert [word for word in words if word not in str(caught.value)] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", ("cannot be read", "line 1")),
        ("[]", ("fields with names",)),
        ("{}", ("`state`", "missing")),
        ('{"state": "retraction"}', ("`article`", "missing")),
        ('{"state": "gone", "article": {}}', ("`state`", "gone", "expression_of_concern")),
        (LEAST.replace('"Mice"', "5"), ("`article.title`", "text")),
        (LEAST.replace('"Mice"', "null"), ("`article.title`", "text")),
        (LEAST.replace('"Mice"', "5.5"), ("5.5", "quotes")),
        (LEAST.replace('"Mice"', "NaN"), ("NaN",)),
        (LEAST.replace('"Mice"', '"\\ud800"'), ("`article.title`", "control character")),
        (LEAST.replace('"Mice"', '"\\u0000"'), ("`article.title`", "control character")),
        (LEAST.replace("title", "titel"), ("`article.titel`", "journal")),
        (LEAST.replace('"title": "Mice"', '"year": "2020"'), ("`article.year`", "four digits")),
        (LEAST.replace('"title": "Mice"', '"year": true'), ("`article.year`", "four digits")),
        (LEAST.replace('"title": "Mice"', '"title": "a", "title": "b"'), ("`title`", "twice")),
        (LEAST.replace('"article"', '"stays_online": 1, "article"'), ("`stays_online`", "true or false")),
    ],
)
def test_what_is_not_a_notice_in_json_is_named_with_its_key(text: str, words: tuple[str, ...]) -> None:
    with pytest.raises(NoticeError) as caught:
        from_json(text)
    assert [word for word in words if word not in str(caught.value)] == []


def test_an_empty_yaml_is_not_a_notice() -> None:
    with pytest.raises(NoticeError, match="fields with names"):
        from_yaml("# nothing\n")


@given(st.text())
def test_no_text_makes_the_readers_fail_in_another_way(text: str) -> None:
    for read in (from_yaml, from_json):
        for given_text in (text, f"state: retraction\narticle: {{title: {text}}}\n", LEAST.replace("Mice", text)):
            with suppress(NoticeError):
                read(given_text)
