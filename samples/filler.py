"""Invented sentences for the stand-in article: they fill lines with the characters of such an article, and say so."""

from itertools import cycle, islice
from pathlib import Path
from xml.sax.saxutils import escape

SLOTS = ("protein", "amount", "time", "result", "panel")
MARKUP = {"&lt;super&gt;": "<super>", "&lt;/super&gt;": "</super>"}


def blocks() -> dict[str, list[str]]:
    """Return the blocks of filler.txt by name: a line `[name]`, then a line for each sentence, then an empty line."""
    text = Path(__file__).with_suffix(".txt").read_text("utf-8")
    return {lines[0].strip("[]"): lines[1:] for lines in map(str.splitlines, text.strip().split("\n\n"))}


class Filler:
    """Paragraphs from the sentences of filler.txt; the words that fill them go round at different speeds."""

    def __init__(self) -> None:
        """Begin at the first line of each block."""
        self._lines = {name: cycle(lines) for name, lines in blocks().items()}

    def paragraph(self, name: str, sentences: int) -> str:
        """Return the next `sentences` sentences of a block, as reportlab's markup."""
        text = escape(" ".join(self._filled(sentence) for sentence in islice(self._lines[name], sentences)))
        for written, meant in MARKUP.items():
            text = text.replace(written, meant)
        return text

    def _filled(self, sentence: str) -> str:
        for slot in SLOTS:
            while (mark := f"{{{slot}}}") in sentence:
                sentence = sentence.replace(mark, next(self._lines[slot]), 1)
        return sentence
