"""Further evidence for or against a match: the authors in the notice, and the year, on the article's first page."""

import unicodedata
from dataclasses import dataclass

from watermark.notice import Reference
from watermark.runtime.expressions import expression

ENOUGH_TEXT = 200
MAX_AUTHORS = 10
_WORD = expression(r"[^\W\d_]+")
_BEYOND_ASCII = expression(r"[^\x00-\x7f]")
_ACCENTS = dict.fromkeys(map(ord, "\u00b4`\u02dc\u00a8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorEvidence:
    """How many of the authors that the notice names are on `page`; `readable` is whether it has text to look in."""

    named: int
    found: int
    year: bool
    readable: bool
    page: str = "page 1"

    @property
    def supports(self) -> bool:
        """Whether at least half of the named authors are on the page."""
        return self.named > 0 and 2 * self.found >= self.named

    @property
    def contradicts(self) -> bool:
        """Whether authors are named and none of them is on a page that can be read."""
        return self.named > 0 and self.found == 0 and self.readable

    @property
    def evidence(self) -> tuple[str, ...]:
        """What was found, in sentences; none where the notice names no author."""
        statements = []
        if self.named and self.readable:
            authors = "author" if self.named == 1 else "authors"
            statements.append(f"{self.found} of {self.named} {authors} in the notice appear on {self.page}")
        if self.year:
            statements.append(f"the publication year appears on {self.page}")
        return tuple(statements)


def support_of(article: Reference, opening: str, page: str = "page 1") -> AuthorEvidence:
    """Return what `opening`, the text of `page`, says of the authors and the year in the notice."""
    whole = _folded(opening)
    words = set(_WORD.findall(whole))
    names = [parts for author in article.authors[:MAX_AUTHORS] if (parts := _family(author))]
    return AuthorEvidence(
        named=len(names),
        found=sum(name in words or (not name.isascii() and name in whole) for name in names),
        year=article.year is not None and str(article.year) in opening,
        readable=len(opening) >= ENOUGH_TEXT,
        page=page,
    )


def _family(author: str) -> str:
    """Return the part of a name that can be looked for: the longest word that is not made of initials."""
    parts = [word for word in _WORD.findall(author) if len(word) > 1 and not (word.isupper() and len(word) < 4)]
    words = [word for part in parts for word in _WORD.findall(_folded(part))]
    return max(words, key=len, default="")


def _folded(text: str) -> str:
    """Return a text without case, and without accents, also those that are characters of their own."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return _BEYOND_ASCII.sub(lambda found: "" if unicodedata.combining(found[0]) else found[0], decomposed).translate(
        _ACCENTS
    )
