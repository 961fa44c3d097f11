"""OpenAlex, DataCite and CSL-JSON, and lists of JSON records in every layout."""

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from watermark.errors import NoticeError
from watermark.notice import DoiRole, NoticeFile, State, read_notice

NEWTS = "Newts of the northern ponds"


def openalex(**more: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.5555/POND.1",
        "title": NEWTS,
        "is_retracted": True,
        "type": "article",
        "authorships": [{"author": {"display_name": "Ann Ode"}}],
        "biblio": {"volume": "7", "issue": None, "first_page": "1", "last_page": "9"},
        "primary_location": {"source": {"display_name": "Journal of Ponds"}},
        "publication_year": 2018,
        "publication_date": "2018-01-03",
        "updated_date": "2024-06-01T10:00:00.000000",
    }
    return {**base, **more}


def datacite(**more: object) -> dict[str, object]:
    attributes: dict[str, object] = {
        "doi": "10.5555/pond.1",
        "titles": [{"title": NEWTS}],
        "creators": [{"familyName": "Ode", "givenName": "Ann"}],
        "publicationYear": 2018,
        "dates": [{"date": "2024-05-04", "dateType": "Withdrawn"}],
        "updated": "2024-06-01T10:00:00Z",
    }
    return {"id": "10.5555/pond.1", "type": "dois", "attributes": attributes | more}


def csl(**more: object) -> dict[str, object]:
    base: dict[str, object] = {
        "id": "ode2018",
        "type": "article-journal",
        "title": f"RETRACTED: {NEWTS}",
        "DOI": "10.5555/pond.1",
        "author": [{"family": "Ode", "given": "Ann"}],
        "container-title": "Journal of Ponds",
        "issued": {"date-parts": [[2018, 1, 3]]},
    }
    return {**base, **more}


def crossref(doi: str = "10.5555/pond.1", **more: object) -> dict[str, object]:
    update = {"DOI": "10.5555/pond.n1", "type": "retraction", "updated": {"date-parts": [[2024, 5, 4]]}}
    return {"DOI": doi, "title": [NEWTS], "updated-by": [update], "indexed": {"date-parts": [[2024, 6, 1]]}} | more


def read(tmp_path: Path, data: object, article_doi: str = "") -> NoticeFile:
    path = tmp_path / "n"
    path.write_text(data if isinstance(data, str) else json.dumps(data))
    return read_notice(path, article_doi=article_doi)


@pytest.mark.parametrize(
    ("data", "source", "state"),
    [
        (openalex(), "OpenAlex", State.RETRACTION),
        (openalex(title=f"RETRACTED: {NEWTS}"), "OpenAlex", State.RETRACTION),
        ({"meta": {"count": 1}, "results": [openalex()]}, "OpenAlex", State.RETRACTION),
        ([openalex(), openalex(doi="https://doi.org/10.5555/good", is_retracted=False)], "OpenAlex", State.RETRACTION),
        (datacite(), "DataCite", State.WITHDRAWAL),
        ({"data": datacite()}, "DataCite", State.WITHDRAWAL),
        ({"data": [datacite()]}, "DataCite", State.WITHDRAWAL),
        (datacite(dates=[], titles=[{"title": f"RETRACTED: {NEWTS}"}]), "DataCite", State.RETRACTION),
        (csl(), "a reference manager (CSL-JSON)", State.RETRACTION),
        ([csl(), csl(title="Toads", DOI="10.5555/toad")], "a reference manager (CSL-JSON)", State.RETRACTION),
        (
            [csl(title=NEWTS, keyword="Retracted Publication, ponds")],
            "a reference manager (CSL-JSON)",
            State.RETRACTION,
        ),
        (csl(title=f"WITHDRAWN: {NEWTS}"), "a reference manager (CSL-JSON)", State.WITHDRAWAL),
        (crossref(), "Crossref", State.RETRACTION),
        ({"message": crossref()}, "Crossref", State.RETRACTION),
        ([crossref()], "Crossref", State.RETRACTION),
        ([{"message": crossref()}], "Crossref", State.RETRACTION),
        ({"message": {"items": [crossref()]}}, "Crossref", State.RETRACTION),
        ("\ufeff " + json.dumps([crossref()]), "Crossref", State.RETRACTION),
        ("\n".join(json.dumps(crossref(doi)) for doi in ("10.5555/pond.1", "10.5555/b")), "Crossref", State.RETRACTION),
        (
            json.dumps(crossref("10.5555/b")) + "\n\n" + json.dumps({"message": crossref()}),
            "Crossref",
            State.RETRACTION,
        ),
        (json.dumps([crossref()]) + "\n" + json.dumps([crossref("10.5555/b")]), "Crossref", State.RETRACTION),
    ],
)
def test_the_article_s_record_is_read_in_every_layout(tmp_path: Path, data: object, source: str, state: State) -> None:
    given = read(tmp_path, data, "10.5555/POND.1" if "10.5555/b" in str(data) else "")
    assert (given.notice.state, given.notice.article.doi, given.source) == (state, "10.5555/pond.1", source)
    assert given.notice.article.title == NEWTS
    assert given.source_date == ("2024-06-01" if "manager" not in source else "")
    assert given.media_type == "application/json"


def test_of_a_list_only_the_article_s_record_is_attached(tmp_path: Path) -> None:
    given = read(tmp_path, [crossref("10.5555/b"), crossref()], "10.5555/pond.1")
    assert json.loads(given.data) == [crossref()]
    alone = json.dumps({"message": crossref()})
    assert read(tmp_path, alone).data == alone.encode()


def test_a_long_list_is_searched_line_by_line(tmp_path: Path) -> None:
    lines = [json.dumps(crossref(f"10.5555/x{number}", abstract="word " * 200)) for number in range(3000)]
    lines[1500] = "{broken"
    text = "\n".join([*lines, json.dumps(crossref(), ensure_ascii=False).replace("/", "\\/")])
    start = time.process_time()
    given = read(tmp_path, text, "10.5555/pond.1")
    assert (given.notice.article.doi, json.loads(given.data)["DOI"]) == ("10.5555/pond.1", "10.5555/pond.1")
    assert time.process_time() - start < 5
    with pytest.raises(NoticeError, match=r"does not say that 10\.5555/none was retracted"):
        read(tmp_path, text, "10.5555/none")
    with pytest.raises(NoticeError, match="3000 articles"):
        read(tmp_path, text)


def test_a_long_array_is_read_as_a_whole(tmp_path: Path) -> None:
    works = [crossref(f"10.5555/x{number}", abstract="word " * 200) for number in range(1500)]
    given = read(tmp_path, json.dumps([*works, crossref()], indent=1), "10.5555/pond.1")
    assert json.loads(given.data)["DOI"] == "10.5555/pond.1"


def test_a_record_that_is_broken_matters_only_where_it_names_the_article(tmp_path: Path) -> None:
    broken = crossref("10.5555/b", **{"updated-by": [{"type": "gone"}]})
    given = read(tmp_path, [broken, crossref()], "10.5555/pond.1")
    assert "1 record could not be read" in given.warnings[0]
    with pytest.raises(NoticeError, match="“gone”"):
        read(tmp_path, [crossref(**{"updated-by": [{"type": "gone"}]}), crossref()], "10.5555/pond.1")


@pytest.mark.parametrize(
    "data",
    [
        openalex(title=f"Retraction: {NEWTS}", doi="https://doi.org/10.5555/n1"),
        openalex(title=f"Retraction: {NEWTS}", doi="https://doi.org/10.5555/n1", type="retraction", is_retracted=False),
        csl(title=f"Retraction: {NEWTS}", DOI="10.5555/n1"),
        csl(title=f"{NEWTS} [Retraction]", DOI="10.5555/n1"),
        csl(title=f"Retraction notice to “{NEWTS}”", DOI="10.5555/n1"),
        datacite(dates=[], titles=[{"title": f"Retraction: {NEWTS}"}], doi="10.5555/n1"),
    ],
)
def test_the_record_of_a_notice_does_not_pass_its_doi_off_as_the_article_s(tmp_path: Path, data: object) -> None:
    notice = read(tmp_path, data).notice
    assert (notice.article.doi, notice.doi, notice.article.title) == ("", "10.5555/n1", NEWTS)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            openalex(is_retracted=False),
            r"OpenAlex record does not say that anything was retracted \(https://doi.org/10",
        ),
        (openalex(is_retracted="yes"), "must be true or false"),
        (openalex(authorships=[]), "cannot tell whether this is the record of the retracted article or of its notice"),
        (openalex(title=f"Retracted: {NEWTS}", doi="https://doi.org/10.1155/2023/1"), "cannot tell whether"),
        (csl(title=NEWTS), "CSL-JSON record does not say"),
        (csl(title=f"Retracted: {NEWTS}", author=[]), "cannot tell whether"),
        ([csl(title=NEWTS), csl(title="Toads")], "CSL-JSON records do not say"),
        (datacite(dates=[]), "DataCite record does not say"),
        ([], "holds no record"),
        ([{}], "form that is known; its fields are: none"),
        ([{"a": 1}], "its fields are: a"),
        ([[[[[[[crossref()]]]]]]], "holds no record"),
        ("[" * 100_000, "nested|cannot be read"),
        ('{"message": ' * 50_000, "nested|cannot be read"),
        ('[{"DOI": ' + "9" * 5000 + "}]", "too long"),
        (json.dumps(crossref()) + "\n{broken", "cannot be read"),
        ({"format": "retraction-watermark record 1"}, "holds no `notice`"),
    ],
)
def test_what_retracts_nothing_is_reported_quickly(tmp_path: Path, data: object, words: str) -> None:
    start = time.process_time()
    with pytest.raises(NoticeError, match=words) as caught:
        read(tmp_path, data)
    assert caught.value.remedy
    assert time.process_time() - start < 2


@pytest.mark.parametrize("value", [None, 7, [], {}, [[]], ["x"], "x\x1b[31m", 10**30, 1.5, True])
@pytest.mark.parametrize("make", [openalex, csl, datacite])
@pytest.mark.parametrize(
    "field", ["biblio", "author", "creators", "issued", "titles", "primary_location", "authorships", "updated"]
)
def test_values_of_another_type_do_no_harm(tmp_path: Path, make: Any, field: str, value: object) -> None:  # noqa: ANN401
    with suppress(NoticeError):
        assert read(tmp_path, make(**{field: value})).notice.article.doi == "10.5555/pond.1"


def test_a_markdown_notice_that_begins_with_a_bracket_is_text(tmp_path: Path) -> None:
    assert read(tmp_path, "[Retraction] Mice\n\nWe have retracted this article.\n").media_type.startswith("text/")
    assert read(tmp_path, "[Mice](https://example.org) [Retraction]\n").media_type == "text/markdown"


def test_a_version_that_was_retracted_is_the_article_and_a_retracted_notice_is_refused(tmp_path: Path) -> None:
    new_version = {"update-to": [{"DOI": "10.5555/v1", "type": "new_version"}]}
    given = read(tmp_path, crossref("10.5555/v2", **new_version)).notice
    assert (given.state, given.article.doi, given.doi) == (State.RETRACTION, "10.5555/v2", "10.5555/pond.n1")
    with pytest.raises(NoticeError, match="a later retraction applies to this notice itself"):
        read(tmp_path, crossref("10.5555/n", **{"update-to": [{"DOI": "10.5555/a", "type": "retraction"}]}))
    with_correction = crossref("10.5555/n", **{"update-to": [{"DOI": "10.5555/a", "type": "retraction"}]})
    with_correction["updated-by"] = [{"DOI": "10.5555/c", "type": "correction"}]
    assert read(tmp_path, with_correction).notice.article.doi == "10.5555/a"


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("&lt;i&gt;Triturus&lt;/i&gt; newts", "Triturus newts"),
        ("&amp;lt;i&amp;gt;Triturus&amp;lt;/i&amp;gt; newts", "Triturus newts"),
        ("<i>Triturus</i> newts &amp; frogs", "Triturus newts & frogs"),
        ("CO<sub>2</sub> in newts", "CO2 in newts"),
        ("Newts at pH &lt; 7 and &gt; 5", "Newts at pH < 7 and > 5"),
        ("Newts at p<0.05", "Newts at p<0.05"),
    ],
)
def test_markup_in_a_title_is_taken_off_however_it_was_escaped(tmp_path: Path, title: str, plain: str) -> None:
    update = {"DOI": "10.5555/pond.1", "type": "retraction"}
    work = {"DOI": "10.5555/n", "title": [f"Retraction: {title}"], "subtitle": ["A note"], "update-to": [update]}
    notice = read(tmp_path, work).notice
    assert (notice.article.title, notice.title) == (plain, f"Retraction: {plain} A note")


def test_the_roles_of_dois_in_the_abstract_of_a_notice_are_kept(tmp_path: Path) -> None:
    update = {"DOI": "10.5555/pond.1", "type": "retraction"}
    abstract = (
        "<jats:p>The editors retract this article. Most of its text was taken from the following article: Reed C."
        " Pools. J Pools. 2015;7:10-19. https://doi.org/10.5555/pools.victim</jats:p>"
    )
    work = {"DOI": "10.5555/n", "title": [f"Retraction: {NEWTS}"], "abstract": abstract, "update-to": [update]}
    roles = {mention.doi: mention.role for mention in read(tmp_path, work).notice.doi_roles}
    assert roles["10.5555/pond.1"] is DoiRole.ARTICLE
    assert roles["10.5555/n"] is DoiRole.NOTICE
    assert roles["10.5555/pools.victim"] is DoiRole.SOURCE
