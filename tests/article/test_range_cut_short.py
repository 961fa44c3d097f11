"""A range that ends before its article is noticed by the outline, running lines or a sentence that continues."""

from itertools import pairwise

import pikepdf
import pytest

from tests.article.test_other_article_in_range import DOI, FIRST, OTHER, TITLE, page
from watermark.article.identity import identity_of
from watermark.article.outline_pages import OutlineEntry, outline_entries
from watermark.article.range_cut_short import Continuation, continuation
from watermark.pdf.page_range import PageRange
from watermark.pdf.text_lines import TextLine

Page = tuple[TextLine, ...]
BODY = page()
NEXT = page((OTHER, 20.0), ("https://doi.org/10.5555/vol.2", 10.0))


def behind(
    *pages: Page, chosen: tuple[int, int] = (1, 1), outline: tuple[tuple[int, int], ...] = ()
) -> Continuation | None:
    entries = [OutlineEntry(*entry) for entry in outline]
    identity = identity_of({}, {}, pages[:1])
    return continuation(PageRange(*chosen), len(pages), lambda number: pages[number - 1], identity, entries)


def test_a_range_that_ends_where_another_article_begins_or_the_file_ends_raises_no_doubt() -> None:
    assert behind(FIRST, NEXT) is None
    assert behind(FIRST, BODY, chosen=(1, 2)) is None
    assert behind(FIRST, page((OTHER, 20.0), ("https://doi.org/10.5555/vol.2", 10.0)), BODY, chosen=(1, 2)) is None
    assert behind(FIRST, (TextLine("An empty page."),), NEXT) is None


def test_a_page_on_which_no_other_article_begins_is_to_be_looked_at() -> None:
    assert behind(FIRST, BODY) == Continuation(2, "")


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ((f"doi:{DOI}", 8.0), f"it prints the article's DOI {DOI}"),
        ((TITLE, 8.0), "it prints the article's title"),
        (("A running head of the journal", 8.0), ""),
        ((f"doi:{DOI}0", 8.0), ""),
    ],
)
def test_a_running_line_shows_that_the_article_continues(line: tuple[str, float], sign: str) -> None:
    assert behind(FIRST, page(line)) == Continuation(2, sign)


def test_a_sentence_that_continues_shows_it() -> None:
    def ending(words: str) -> Page:
        return (*FIRST[:-1], FIRST[-1]._replace(words=words))

    def starting(words: str) -> Page:
        return (BODY[0]._replace(words=words), *BODY[1:])

    continues = Continuation(2, "a sentence continues there")
    assert behind(ending("of which the first was"), starting("found in the year after.")) == continues
    assert behind(ending("of which the first was found."), starting("in the year after.")) == Continuation(2, "")
    assert behind(ending("of which the first was"), starting("Found in the year after.")) == Continuation(2, "")


def test_the_outline_says_where_the_next_article_begins() -> None:
    pages = (FIRST, BODY, BODY, NEXT)
    articles = ((0, 1), (1, 2), (0, 4))
    assert behind(*pages, outline=articles) == Continuation(
        2, "the next entry in the outline of the file leads to page 4"
    )
    assert behind(*pages, outline=articles, chosen=(1, 2)) == Continuation(
        3, "the next entry in the outline of the file leads to page 4"
    )
    assert behind(FIRST, BODY, BODY, BODY, outline=articles, chosen=(1, 3)) is None
    assert behind(*pages, outline=((0, 1), (0, 1)), chosen=(1, 3)) is None


def test_an_outline_is_read_by_page_name_and_action_and_a_hostile_one_ends() -> None:
    with pikepdf.new() as document:
        for _ in range(4):
            document.add_blank_page()
        pages = [leaf.obj for leaf in document.pages]
        document.Root.Names = pikepdf.Dictionary(
            Dests=pikepdf.Dictionary(Names=[pikepdf.String("two"), pikepdf.Array([pages[1], pikepdf.Name.Fit])])
        )
        document.Root.Dests = pikepdf.Dictionary({"/three": pikepdf.Array([pages[2], pikepdf.Name.Fit])})
        items = [
            document.make_indirect(pikepdf.Dictionary(Title="x", **entry))
            for entry in (
                {"Dest": pikepdf.Array([pages[0], pikepdf.Name.Fit])},
                {"Dest": pikepdf.String("two")},
                {"Dest": pikepdf.Name("/three")},
                {"A": pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([pages[3], pikepdf.Name.Fit]))},
                {"A": pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org")},
            )
        ]
        for item, following in pairwise(items):
            item.Next = following
        document.Root.Outlines = document.make_indirect(pikepdf.Dictionary(First=items[0]))
        numbers = {leaf.objgen: number for number, leaf in enumerate(pages, 1)}
        assert outline_entries(document, numbers) == tuple(OutlineEntry(0, number) for number in (1, 2, 3, 4))
        items[-1].Next = items[0]
        items[1].First = items[0]
        assert len(outline_entries(document, numbers)) <= 5_000
        document.Root.Outlines = pikepdf.Dictionary(First=pikepdf.Array())
        assert outline_entries(document, numbers) == ()
