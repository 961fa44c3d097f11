"""Crossref's records, on the notice and on the article, and which is in effect if there are several."""

import json
import time
from pathlib import Path
from typing import Any

import pytest

from watermark.errors import NoticeError
from watermark.notice import Notice, Reference, State, notice_in_effect, read_notice

DAY = {"date-parts": [[2024, 5, 5]], "date-time": "2024-05-05T00:00:00Z", "timestamp": 1714867200000}


def update(kind: str = "retraction", doi: str = "10.5555/MICE", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"DOI": doi, "type": kind, "label": "Retraction", "source": "publisher", "updated": DAY, **more}


def on_notice(*updates: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    work = {"DOI": "10.5555/NOTE", "title": ["Retraction: <i>Sleep</i> &amp; mice"], "score": 1.0}
    return {**work, "update-to": list(updates or (update(),)), **more}


def on_article(*updates: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    work = {
        "DOI": "10.5555/MICE",
        "title": ["RETRACTED: Sleep & mice"],
        "container-title": ["Dormant Mice"],
        "author": [{"given": "Ann", "family": "Ode"}, {"name": "The Group"}],
        "volume": "7",
        "page": "1-9",
        "published-print": {"date-parts": [[2021, 3]]},
    }
    return {**work, "updated-by": list(updates), **more}


def dated(year: int, kind: str, doi: str = "10.5555/a", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return update(kind, doi, updated={"date-parts": [[year]]}, **more)


def read(tmp_path: Path, data: object, article_doi: str = "") -> Notice:
    path = tmp_path / "n"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return read_notice(path, article_doi=article_doi).notice


def test_the_notice_s_record_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, on_notice()) == Notice(
        state=State.RETRACTION,
        article=Reference(title="Sleep & mice", doi="10.5555/mice"),
        title="Retraction: Sleep & mice",
        doi="10.5555/note",
        date="2024-05-05",
    )


@pytest.mark.parametrize(
    "data",
    [
        {"status": "ok", "message-type": "work", "message": on_notice()},
        {"message": {"total-results": 1, "items": [on_notice()]}},
        {"message": {"items": [on_notice(**{"update-to": []}), on_notice()]}},
        {**{k: v for k, v in on_notice().items() if k != "update-to"}, "update_to": [update()]},
        on_notice(update(), update(updated={"date-parts": [[2024, 5, 7]]}, source="retraction-watch")),
        on_notice(update(updated={"date-parts": [[2024, 5, 7]]}, source="retraction-watch"), update()),
        on_notice(update(updated={"date-parts": [[None]], "date-time": "2024-05-05T00:00:00Z"})),
        on_notice(update(updated={"timestamp": 1714867200000})),
        on_notice(update(updated={"date_parts": [["2024", "5", "5"]]})),
        on_notice(update("Retraction")),
        on_notice(update(kind="")),
        on_notice(update(doi="https://doi.org/10.5555/mice")),
        on_notice(language="en"),
        on_notice(update(updated={}), **{"published-online": {"date-parts": [[2024, 5, 5]]}}),
        on_notice(update("correction"), update("retraction")),
        {
            "DOI": "10.5555/note",
            "title": "Retraction: Sleep & mice",
            "issued": {"date-parts": [[2024, 5, 5]]},
            "relation": {"is-retraction-of": [{"id-type": "doi", "id": "10.5555/mice"}]},
            "message-type": "work",
        },
    ],
)
def test_the_way_it_is_wrapped_and_spelt_does_not_matter(tmp_path: Path, data: object) -> None:
    assert read(tmp_path, data) == read(tmp_path, on_notice())


@pytest.mark.parametrize("state", [*State])
def test_each_type_is_known_in_both_spellings(tmp_path: Path, state: State) -> None:
    for spelling in (state.value, state.value.replace("_", "-")):
        assert read(tmp_path, on_notice(update(spelling), title=["A note on sleep"])).state is state


def test_the_article_s_record_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, on_article(update(doi="10.5555/NOTE"))) == Notice(
        state=State.RETRACTION,
        article=Reference(
            authors=("Ode Ann", "The Group"),
            title="Sleep & mice",
            journal="Dormant Mice",
            year=2021,
            volume="7",
            pages="1-9",
            doi="10.5555/mice",
        ),
        doi="10.5555/note",
        date="2024-05-05",
    )


def test_a_relation_on_the_article_is_read(tmp_path: Path) -> None:
    relation = {"is-retracted-by": [{"id-type": "doi", "id": "10.5555/NOTE", "asserted-by": "subject"}]}
    notice = read(tmp_path, on_article(relation=relation))
    assert (notice.state, notice.doi, notice.article.doi, notice.date) == (
        State.RETRACTION,
        "10.5555/note",
        "10.5555/mice",
        "",
    )


@pytest.mark.parametrize(
    ("updates", "state", "date"),
    [
        ([dated(2020, "retraction"), dated(2021, "correction", "10.5555/b")], State.RETRACTION, "2020"),
        ([dated(2020, "correction"), dated(2020, "retraction")], State.RETRACTION, "2020"),
        ([dated(2020, "retraction"), dated(2021, "reinstatement", "10.5555/b")], State.REINSTATEMENT, "2021"),
        ([dated(2022, "retraction"), dated(2021, "reinstatement", "10.5555/b")], State.RETRACTION, "2022"),
        (
            [dated(2020, "retraction"), dated(2021, "reinstatement"), dated(2022, "expression_of_concern")],
            State.EXPRESSION_OF_CONCERN,
            "2022",
        ),
        (
            [dated(2020, "retraction"), dated(2021, "reinstatement"), dated(2022, "erratum")],
            State.REINSTATEMENT,
            "2021",
        ),
        ([dated(2020, "retraction"), dated(2021, "expression_of_concern")], State.RETRACTION, "2020"),
        ([dated(2021, "partial_retraction"), dated(2020, "retraction")], State.RETRACTION, "2020"),
        ([dated(2020, "retraction"), dated(2019, "removal")], State.REMOVAL, "2019"),
        ([dated(2020, "retraction"), dated(2021, "retraction", "10.5555/b")], State.RETRACTION, "2021"),
        (
            [dated(2019, "retraction", source="retraction-watch"), dated(2020, "retraction")],
            State.RETRACTION,
            "2020",
        ),
        ([dated(2021, "correction"), dated(2020, "erratum")], State.CORRECTION, "2021"),
    ],
)
def test_of_several_updates_the_one_in_effect_is_used(
    tmp_path: Path, updates: list[dict[str, Any]], state: State, date: str
) -> None:
    for order in (updates, updates[::-1]):
        notice = read(tmp_path, on_article(*order))
        assert (notice.state, notice.date) == (state, date)


@pytest.mark.parametrize("dates", [("2020", "2020"), ("2020-05", "2020"), ("", "2020"), ("2020", ""), ("", "")])
def test_when_the_order_of_retraction_and_reinstatement_is_unknown_nothing_is_guessed(dates: tuple[str, str]) -> None:
    gone, back = (
        Notice(state=state, article=Reference(), date=date)
        for state, date in zip((State.RETRACTION, State.REINSTATEMENT), dates, strict=True)
    )
    with pytest.raises(NoticeError, match="cannot determine which came last"):
        notice_in_effect([gone, back])


def test_a_notice_about_two_articles_needs_to_know_which(tmp_path: Path) -> None:
    data = on_notice(update(), update(doi="10.5555/two"))
    with pytest.raises(NoticeError, match=r"2 articles.*Choose one: 10.5555/mice, 10.5555/two"):
        read(tmp_path, data)
    assert read(tmp_path, data, "doi:10.5555/TWO").article.doi == "10.5555/two"


def test_the_abstract_of_a_notice_is_its_statement(tmp_path: Path) -> None:
    abstract = (
        "<jats:title>Abstract</jats:title><jats:p>The Editor of <jats:italic>Mice</jats:italic> has retracted this"
        " article.</jats:p><jats:p>The text was plagiarised &lt;1%&gt;.</jats:p>"
    )
    notice = read(tmp_path, on_notice(abstract=abstract))
    assert notice.statement == ("The Editor of Mice has retracted this article.", "The text was plagiarised <1%>.")
    assert (notice.issuers, notice.reasons) == (("Editor of Mice",), ("plagiarism",))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (on_notice(**{"update-to": []}), "names no update"),
        (on_article(), "names no update"),
        ({"message": {"items": []}}, "names no update"),
        ({"message": "Resource not found.", "DOI": "10.5555/x"}, "names no update"),
        (on_notice(update("gone", label="Gone")), "“gone” is not an update type"),
        (on_notice(update(doi="unavailable")), "has no DOI: “unavailable”"),
        (on_notice(**{"update-to": "10.5555/mice"}), "must be a list"),
        (on_notice(**{"update-to": ["10.5555/mice"]}), "must be a list"),
        ('{"update-to": ' * 70_000, "nested|cannot be read"),
        ('{"update-to": [' + "9" * 5000 + "]}", "too long"),
        ('{"update-to": [}', "cannot be read"),
        ('{"message": ' + '"x"' * 3, "cannot be read"),
        ('{"message": {"title": "' + "x" * 1_000_000 + '"}}', "larger than"),
    ],
)
def test_what_is_not_a_record_of_a_retraction_is_reported(tmp_path: Path, data: object, words: str) -> None:
    start = time.process_time()
    with pytest.raises(NoticeError, match=words) as caught:
        read(tmp_path, data)
    assert caught.value.remedy
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "more",
    [
        {"title": None, "author": [None, 1, {"family": 2}], "abstract": 5, "language": 9, "relation": []},
        {"title": [], "subtitle": [[]], "issued": {"date-parts": [[2024, 13, 40]]}, "relation": {"x": "y"}},
        {"title": [{"a": 1}], "published": {"timestamp": 10**40}, "relation": {"is-retraction-of": [3]}},
    ],
)
def test_values_of_another_kind_say_nothing(tmp_path: Path, more: dict[str, object]) -> None:
    data = on_notice(update(updated={"date-parts": [["x"]], "timestamp": True}), **more)
    assert read(tmp_path, data) == Notice(
        state=State.RETRACTION, article=Reference(doi="10.5555/mice"), doi="10.5555/note"
    )


SPACE = 'xmlns="http://www.crossref.org/schema/5.3.1"'
UPDATE = '<update type="retraction" label="Retraction" date="2024-05-05">10.5555/MICE</update>'


def deposit(updates: str = f"<updates>{UPDATE}</updates>", record: str = "journal_article", root: str = SPACE) -> str:
    return (
        f'<?xml version="1.0"?><doi_batch {root}><body><journal><{record} language="en"><titles><title>Retraction:'
        " Sleep <i>in</i> mice</title></titles><publication_date><month>5</month><day>5</day><year>2024</year>"
        f"</publication_date><crossmark><crossmark_policy>10.5555/p</crossmark_policy>{updates}</crossmark>"
        f"<doi_data><doi>10.5555/NOTE</doi><resource>https://x.org/note</resource></doi_data></{record}></journal>"
        "</body></doi_batch>"
    )


def test_a_deposit_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, deposit()) == Notice(
        state=State.RETRACTION,
        article=Reference(title="Sleep in mice", doi="10.5555/mice"),
        title="Retraction: Sleep in mice",
        doi="10.5555/note",
        url="https://x.org/note",
        date="2024-05-05",
    )


@pytest.mark.parametrize(
    "text",
    [
        deposit(root=""),
        deposit(root='xmlns="http://www.crossref.org/schema/4.4.2"'),
        deposit(record="conference_paper"),
        deposit("<updates>" + UPDATE.replace(' date="2024-05-05"', "") + "</updates>"),
        deposit(f"<updates>{UPDATE}{UPDATE}</updates>"),
        deposit(f"<updates>{UPDATE}{UPDATE.replace('retraction', 'correction')}</updates>"),
        deposit(f"<updates>{UPDATE.replace('10.5555/MICE', ' https://doi.org/10.5555/MICE ')}</updates>"),
        deposit(
            '<program xmlns="http://www.crossref.org/relations.xsd"><related_item><inter_work_relation '
            'relationship-type="isRetractionOf" identifier-type="doi">10.5555/mice</inter_work_relation>'
            "</related_item></program>"
        ),
        deposit().replace("doi_batch", "doi_records"),
    ],
)
def test_the_dialect_of_a_deposit_does_not_matter(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == read(tmp_path, deposit())


@pytest.mark.parametrize(
    ("updates", "words"),
    [
        ("", "names no update"),
        (
            f"<updates>{UPDATE.replace('retraction', 'gone').replace('Retraction', '')}</updates>",
            "“gone” is not an update",
        ),
        (f"<updates>{UPDATE.replace('10.5555/MICE', 'unavailable')}</updates>", "names no DOI: “unavailable”"),
        (f"<updates>{UPDATE}{UPDATE.replace('MICE', 'TWO')}</updates>", "2 articles"),
        (
            UPDATE.replace("update", "inter_work_relation"),
            "names no update",
        ),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]>", "declares entities"),
    ],
)
def test_a_deposit_that_retracts_nothing_is_reported(tmp_path: Path, updates: str, words: str) -> None:
    with pytest.raises(NoticeError, match=words) as caught:
        read(tmp_path, deposit(updates))
    assert caught.value.remedy
