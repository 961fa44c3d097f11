"""A line about another work between the paragraphs of a notice: its DOI is never the article's or the notice's."""

from collections.abc import Iterator

import pytest

from tests.notice.published.unseen.measure import FOLDER, unseen
from watermark.errors import WatermarkError
from watermark.notice import State, from_text

FOREIGN = "10.9999/foreign.7"
LINES = {
    "a citation with authors and title": f"Roe A, Doe B. Sand and stones. J Sand. 2015;7:10-19. doi:{FOREIGN}",
    "a citation with a long title": (
        f"Roe A, Doe B. The long history of sand in deserts. J Sand. 2015;7:10-19. https://doi.org/{FOREIGN}"
    ),
    "related content": f"Related content: https://doi.org/{FOREIGN}",
    "a comment": f"See also the comment by Roe (https://doi.org/{FOREIGN}).",
}
MOST = 4
"""Paragraphs of a notice behind which the line is tried in the fast test: its heading."""


def taken(line: str, name: str, most: int) -> Iterator[str]:
    """Yield each notice of a set, with both DOIs known, for which the foreign DOI is taken for one of them."""
    for one in unseen(FOLDER / f"{name}.txt"):
        if not (one.expected["article"] and one.expected["notice"]):
            continue
        parts = one.text.split("\n\n")
        for place in range(1, min(len(parts), most) + 1):
            try:
                found = from_text("\n\n".join([*parts[:place], line, *parts[place:]]))
            except WatermarkError:
                continue
            if FOREIGN in {found.article.doi, found.doi}:
                yield f"{one.name}, behind paragraph {place}"


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_foreign_line_in_the_heading_of_a_notice_gives_neither_doi(line: str) -> None:
    assert not list(taken(line, "eleventh", MOST))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["second", "thirteenth"])
@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_foreign_line_anywhere_in_a_notice_gives_neither_doi(line: str, name: str) -> None:
    assert not list(taken(line, name, 100))


@pytest.mark.parametrize(
    "label",
    [
        "Retraktion der Arbeit",
        "Rücknahme des Aufsatzes",
        "Zurückziehung einer Publikation",
        "Retractación del trabajo",
        "Rétractation de la publication",
        "Ritrattazione del lavoro",
    ],
)
def test_a_label_names_any_kind_of_work(label: str) -> None:
    notice = from_text(f"{label}: Newts of the northern ponds\n\nDOI: 10.5555/p.1\n")
    assert (notice.state, notice.article.title) == (State.RETRACTION, "Newts of the northern ponds")
