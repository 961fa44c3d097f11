"""The shapes of letters and words that a mark is compared with, by script.

Latin letters are drawn in faces that PDFium has by itself. It has no others, so the shapes of Cyrillic and Greek
letters, and of whole words where letters join or are many, are in a file: 16 rows each, a few from each kind of face.
"""

import math
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from string import ascii_uppercase
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watermark.article.marks.phrases import without_accents
from watermark.article.marks.shape_lines import Mask, runs_in
from watermark.pdf.page_alone import page_alone
from watermark.pdf.pdfium.document import PdfiumDocument

SIDE = 16
"""Pixels of a letter's template in either direction, and rows of a word's."""
FILE = Path(__file__).with_name("shapes.npz")
LATIN = ascii_uppercase + "ÇÉÍÜ"
LATIN_FACES = ("Helvetica-Bold", "Helvetica", "Times-Bold", "Courier-Bold")
LATIN_WORDS = (
    *("RETRACTED", "RETRACTED ARTICLE", "ARTICLE RETRACTED", "RETRACTED PAPER", "PARTIALLY RETRACTED"),
    *("WITHDRAWN", "WITHDRAWN ARTICLE", "ARTICLE WITHDRAWN", "EXPRESSION OF CONCERN", "TEMPORARILY REMOVED"),
    *("ARTICLE REMOVED", "NOTICE OF VIOLATION", "RETRATADO", "ARTIGO RETRATADO", "RETRACTADO", "ARTÍCULO RETRACTADO"),
    *("RETIRADO", "ARTÍCULO RETIRADO", "RÉTRACTÉ", "ARTICLE RÉTRACTÉ", "ZURÜCKGEZOGEN", "RITIRATO", "RITRATTATO"),
    *("ARTICOLO RITIRATO", "WYCOFANY", "WYCOFANO", "ARTYKUL WYCOFANY", "INGETROKKEN", "TERUGGETROKKEN"),
    *("GERI ÇEKILDI", "GERI ÇEKILMISTIR", "GERI ÇEKILEN MAKALE", "TILLBAKADRAGEN", "TILBAGETRUKKET"),
    *("TRUKKET TILBAKE", "TILBAKETRUKKET", "VISSZAVONVA", "VISSZAVONT", "ARTICLE RETIRÉ", "ARTIGO RETIRADO"),
    *("WIDERRUFEN", "ARTIKEL ZURÜCKGEZOGEN", "ARTICOLO RITRATTATO", "ARTIKEL DITARIK", "ARTICOL RETRAS"),
    *("ČLÁNEK STAŽEN", "RETRACTED AND REPLACED", "REMOVED", "RETRACTION", "RÉTRACTATION", "RETRACTACIÓN"),
    *("RETRATAÇÃO", "RITRATTAZIONE"),
)
ALPHABETS = {
    "cyrillic": "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄ",
    "greek": "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩΈΎΉ",
}
WORDS = {
    "cyrillic": (
        *("ОТОЗВАНА", "ОТОЗВАНО", "ОТОЗВАН", "СТАТЬЯ ОТОЗВАНА", "РЕТРАГИРОВАНА", "РЕТРАГИРОВАНО"),
        *("РЕТРАКЦИЯ", "СТАТЬЯ РЕТРАГИРОВАНА"),
        *("ВІДКЛИКАНО", "ВІДКЛИКАНА", "СТАТТЮ ВІДКЛИКАНО", "ОТТЕГЛЕНА", "ПОВУЧЕНО"),
    ),
    "greek": (
        *("ΑΝΑΚΛΗΘΗΚΕ", "ΑΝΑΚΛΉΘΗΚΕ", "ΑΠΟΣΥΡΘΗΚΕ", "ΑΠΟΣΎΡΘΗΚΕ", "ΑΝΑΚΛΗΘΕΝ", "ΑΝΑΚΛΗΘΈΝ"),
        *("ΑΝΑΚΛΗΣΗ", "ΑΠΟΣΥΡΘΕΝ"),
    ),
}
CHINESE_WORDS = (
    "撤稿",
    "已撤稿",
    "撤回",
    "已撤回",
    "论文撤稿",
    "文章撤稿",
    "此文已撤稿",
    "撤銷",
    "撤销",
    "论文撤回",
    "已撤銷",
)
JAPANESE_WORDS = ("撤回", "論文撤回", "撤回論文", "取り下げ", "撤回済み", "撤回された論文")
KOREAN_WORDS = ("철회", "철회됨", "논문 철회", "철회된 논문", "게재 철회", "철회 논문")
ARABIC_WORDS = (
    *("مسحوب", "مسحوبة", "تم سحب", "تم سحبه", "تم سحب المقال", "مقال مسحوب", "مقالة مسحوبة", "تم السحب"),
    *("سُحب هذا المقال", "تم سحب هذا المقال", "تم سحب هذه المقالة", "تم سحب البحث"),
)


class Alphabet(NamedTuple):
    """The letters of a script, its words, and its templates: the shapes of all letters, in their order, once a face."""

    letters: str
    words: tuple[str, ...]
    rows: NDArray[np.float32]

    def likenesses(self, shapes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how alike each shape is to each letter, large or small, in the face where it is the most."""
        # not `@`, whose threads wait for each other far longer than so small a product takes
        scores = np.einsum("sp,rp->sr", shapes.astype(np.float32), self.rows)
        return np.asarray(scores.reshape(len(shapes), -1, len(self.letters)).max(axis=1), dtype=np.float64)


class WholeWord(NamedTuple):
    """A word that is compared as a whole: for each face, and each square of its template, the shape as a row."""

    word: str
    columns: int
    is_joined: bool
    squares: NDArray[np.float64]

    def likenesses(self, picture: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how alike a picture of this many columns is to the word, by face and square."""
        shapes = squares_of(picture, is_joined=self.is_joined)
        return np.asarray(np.einsum("fsp,sp->fs", self.squares, shapes))


@cache
def alphabets() -> tuple[Alphabet, ...]:
    """Return the alphabets, the Latin one first."""
    found = [_latin()]
    with np.load(FILE, allow_pickle=False) as file:
        for name, letters in ALPHABETS.items():
            pictures = file[name].astype(float)
            rows = np.array([normalised(picture) for picture in pictures])
            found.append(Alphabet(letters, WORDS[name], rows.astype(np.float32)))
    return tuple(found)


@cache
def whole_words() -> tuple[WholeWord, ...]:
    """Return the words that are compared as a whole."""
    found = list[WholeWord]()
    with np.load(FILE, allow_pickle=False) as file:
        for word in (*CHINESE_WORDS, *JAPANESE_WORDS, *KOREAN_WORDS, *ARABIC_WORDS):
            is_joined = word in ARABIC_WORDS
            squares = np.array([squares_of(one.astype(float), is_joined=is_joined) for one in file[word]])
            found.append(WholeWord(word, word_columns(word), is_joined, squares))
    return tuple(found)


@cache
def spellings(word: str, letters: str) -> tuple[str, ...]:
    """Return a word in the letters of an alphabet: with the accents that it has, and with none.

    An accent may be so far above its letter that it is read as another line.
    """
    plain = without_accents(word)
    kept = (one if one in letters else other for one, other in zip(word, plain, strict=True))
    return tuple(dict.fromkeys("".join(spelling).replace(" ", "") for spelling in (kept, plain)))


@cache
def numbers_of(word: str, letters: str) -> NDArray[np.intp]:
    """Return the place of each letter of a word in an alphabet."""
    return np.array([letters.index(letter) for letter in word])


def squares_of(picture: NDArray[np.float64], *, is_joined: bool) -> NDArray[np.float64]:
    """Return the squares of a word's picture as rows; letters that join are one."""
    if is_joined:
        return normalised(picture)[None]
    return np.array([normalised(picture[:, start : start + SIDE]) for start in range(0, picture.shape[1], SIDE)])


def word_columns(word: str) -> int:
    """Return how many columns the template of a whole word has: a square for each character that fills one."""
    return SIDE * 4 if word in ARABIC_WORDS else SIDE * len(word.replace(" ", ""))


def fitted(shape: Mask) -> NDArray[np.float64]:
    """Return a shape as a row of numbers with a mean of 0 and a length of 1, whatever its size."""
    return normalised(cut(shape))


def cut(shape: Mask, columns: int = SIDE) -> NDArray[np.float64]:
    """Return a shape without the ground around it, in the size of a template."""
    rows = np.logical_or.reduce(shape, axis=1).nonzero()[0]
    if not len(rows):
        return np.zeros((SIDE, columns))
    across = np.logical_or.reduce(shape, axis=0).nonzero()[0]
    return sampled(shape[rows[0] : rows[-1] + 1, across[0] : across[-1] + 1], columns)


def normalised(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a picture as a row of numbers with a mean of 0 and a length of 1."""
    # the ufuncs themselves: around such short rows, numpy's functions take longer than the sums
    row = picture.ravel() - np.add.reduce(picture, axis=None) / picture.size
    length = math.sqrt(row.dot(row))
    return row / length if length > 1e-9 else np.zeros(row.size)


def sampled(shape: Mask, columns: int = SIDE) -> NDArray[np.float64]:
    """Return a shape in the size of a template."""
    return np.asarray(_sampling(shape.shape[0], SIDE) @ shape.astype(float) @ _sampling(shape.shape[1], columns).T)


@lru_cache(maxsize=512)
def _sampling(size: int, wanted: int) -> NDArray[np.float64]:
    """Return the matrix that turns a number of pixels into those of a template, each a slightly blurred mean."""
    edges = np.linspace(0, size, wanted + 1)
    pixels = np.arange(size)
    share = np.minimum(edges[1:, None], pixels + 1) - np.maximum(edges[:-1, None], pixels)
    weights = np.pad(np.maximum(share, 0) * wanted / size, ((1, 1), (0, 0)), mode="edge")
    return np.asarray((weights[:-2] + weights[1:-1] + weights[2:]) / 3)


def _latin() -> Alphabet:
    rows = list[NDArray[np.float64]]()
    for face in LATIN_FACES:
        for letters in (LATIN, LATIN.lower()):
            shapes = list(_drawn(face, letters))
            assert len(shapes) == len(letters)  # they are far from each other
            rows += [fitted(shape) for shape in shapes]
    return Alphabet(LATIN, LATIN_WORDS, np.array(rows, dtype=np.float32))


def _drawn(face: str, letters: str) -> Iterator[Mask]:
    """Yield letters as PDFium draws them."""
    with PdfiumDocument(_page(face, letters)) as document, document.page(1) as page:
        mask = np.asarray(page.draw(1)[..., 0] < 128)
    yield from (mask[:, start:end] for start, end in runs_in(np.asarray(mask.any(axis=0))))


def _page(face: str, letters: str) -> bytes:
    """Return a PDF of one page with some letters."""
    content = b"BT /F 48 Tf 12 Tc 10 20 Td (%s) Tj ET" % letters.encode("cp1252")
    font = b"<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/%s>>" % face.encode("ascii")
    return page_alone(b"/MediaBox[0 0 %d 90]" % (65 * len(letters)), content, b"<</Font<</F %s>>>>" % font)
