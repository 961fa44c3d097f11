"""Where in the text of a notice each of its fields was read, so that a person can compare the two."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from watermark.notice import Notice, State, parse_state
from watermark.notice.dates import date_in_words

MAX_TEXT_LENGTH = 200_000
"""Letters of a text that are searched and shown: the longest notice is a tenth of it."""
MAX_WORDS_OF_STATE, MAX_WORDS_OF_DATE = 5, 5
MIN_LENGTH = 2
_LEFT_OUT = re.compile(r"[\s*_`\\\u00ad\u200b\u2060\ufeff\x02\ufffe<>]")
"""White space, Markdown's marks and invisible characters: the fields are without them."""
_ALIKE = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''\"\"-----")
_WORD = re.compile(r"\S+")
_DEEDS: Mapping[State, re.Pattern[str]] = {
    State.RETRACTION: re.compile(r"\b(?:retract|rétract|zurückg|retrat)\w{0,20}", re.IGNORECASE),
    State.RETRACTED_AND_REPLACED: re.compile(r"\b(?:replac|republish)\w{0,20}", re.IGNORECASE),
    State.WITHDRAWAL: re.compile(r"\bwithdr[ae]w\w{0,20}", re.IGNORECASE),
    State.PARTIAL_RETRACTION: re.compile(r"\bpartial\w{0,20} retract\w{0,20}", re.IGNORECASE),
    State.EXPRESSION_OF_CONCERN: re.compile(r"\bexpression of concern\b", re.IGNORECASE),
    State.REINSTATEMENT: re.compile(r"\breinstat\w{0,20}", re.IGNORECASE),
    State.REMOVAL: re.compile(r"\bremov\w{0,20}", re.IGNORECASE),
}
"""What says what was done with an article, where its state is not named."""


class Place(NamedTuple):
    """A part of a text: the offsets of its first character and of the one after its last."""

    start: int
    end: int


def places_in(text: str, notice: Notice) -> dict[str, list[Place]]:
    """Return, for each field of the notice with a value, the places in the text where that value is.

    The keys are the names of the fields, those of the article with `article.` in front. A list has at most one place
    for each item. A field that is not in the text word for word has an empty list.
    """
    index = _Index(text[:MAX_TEXT_LENGTH])
    places = {name: [place for value in values if (place := index.place_of(value))] for name, values in _fields(notice)}
    places["state"] = [place for place in [_state(index.text, notice.state)] if place]
    if notice.date and not places.get("date"):
        places["date"] = [place for place in [_date(index.text, notice.date)] if place]
    return places


def _fields(notice: Notice) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of each field that is text or a list of texts, and its values."""
    article = notice.article
    for name in ("title", "doi", "url", "date", "mark_text", "replacement_doi"):
        yield from ((name, (value,)) for value in [getattr(notice, name)] if value)
    for name in ("issuers", "requested_by", "reasons", "statement", "policies"):
        yield from ((name, values) for values in [getattr(notice, name)] if values)
    for name in ("citation", "title", "journal", "year", "volume", "issue", "pages", "doi"):
        yield from ((f"article.{name}", (str(value),)) for value in [getattr(article, name)] if value)
    if article.authors:
        yield "article.authors", article.authors


class _Index:
    """A text without what fields leave out, and where each of its characters is in the text."""

    def __init__(self, text: str) -> None:
        """Index a text. Characters that become several in lower case count once for each."""
        self.text = text
        letters, offsets = list[str](), list[int]()
        for offset, character in enumerate(text.translate(_ALIKE)):
            if not _LEFT_OUT.match(character):
                folded = character.casefold()
                letters.append(folded)
                offsets += [offset] * len(folded)
        self._letters, self._offsets = "".join(letters), offsets

    def place_of(self, value: str) -> Place | None:
        """Return the first place of a value; one of a few letters has to be a whole word."""
        wanted = _LEFT_OUT.sub("", value.translate(_ALIKE)).casefold()
        if len(wanted) < MIN_LENGTH:
            return self._whole_word(value)
        if len(wanted) <= 4:
            return self._whole_word(value) or self._anywhere(wanted)
        return self._anywhere(wanted)

    def _anywhere(self, wanted: str) -> Place | None:
        found = self._letters.find(wanted)
        if found < 0:
            return None
        return Place(self._offsets[found], self._offsets[found + len(wanted) - 1] + 1)

    def _whole_word(self, value: str) -> Place | None:
        found = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", self.text)
        return Place(*found.span()) if found and value else None


def _windows(text: str, most: int) -> Iterator[Place]:
    """Yield runs of up to `most` words, the longest from each word first."""
    words = [found.span() for found in _WORD.finditer(text)]
    for first, (start, _) in enumerate(words):
        for count in range(min(most, len(words) - first), 0, -1):
            yield Place(start, words[first + count - 1][1])


def _state(text: str, state: State) -> Place | None:
    """Return the words that name the state, else those that say what was done."""
    for place in _windows(text[:20_000], MAX_WORDS_OF_STATE):
        words = text[place.start : place.end]
        if len(words) < 80 and parse_state(words.strip("[](){}<>#*_.,:;“”\"'")) is state:
            return place
    found = _DEEDS[state].search(text) if state in _DEEDS else None
    return Place(*found.span()) if found else None


def _date(text: str, date: str) -> Place | None:
    """Return the words of a date that is written in another form than ISO 8601."""
    for place in _windows(text, MAX_WORDS_OF_DATE):
        words = text[place.start : place.end]
        if date[:4] in words and date_in_words(words.strip("[](){}*_.,:;")) == date:
            return place
    return _numbers_of_date(text, date)


def _numbers_of_date(text: str, date: str) -> Place | None:
    """Return the year, month and day of a date in a record, where each may have a field of its own."""
    parts = [str(int(part)) for part in date.split("-")]
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        numbers = [rf"(?<!\d)0?{parts[index]}(?!\d)" for index in order if index < len(parts)]
        if found := re.search(r"\D{1,40}".join(numbers), text):
            return Place(*found.span())
    return None
