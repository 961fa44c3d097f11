"""Headings and labels of the document in each language that the tool has words for."""

import json
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from watermark.notice import State
from watermark.pdf.fonts.font_stack import FontStack

ENGLISH = "en"
LANGUAGES = frozenset({ENGLISH, "de", "es", "fr", "ja", "pt", "ru", "zh"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The words in one language, by their keys in its file; those in braces are filled in."""

    language: str
    words: Mapping[str, Any]

    def __getitem__(self, key: str) -> str:
        return str(self.words[key])

    def heading(self, state: State) -> str:
        """Return the heading of a notice about an article in this state."""
        headings = self.words["headings"]
        return str(headings.get(state.value, headings["other"]))


def labels_for(languages: Iterable[str], fonts: FontStack) -> Labels:
    """Return the labels in the first of `languages` that has words, and that the fonts can set; else in English."""
    for tag in languages:
        language = tag.partition("-")[0].lower()
        if language in LANGUAGES and not fonts.lacks(_source(language).replace("\n", "")):
            return _labels(language)
    return _labels(ENGLISH)


@lru_cache(maxsize=len(LANGUAGES))
def _labels(language: str) -> Labels:
    return Labels(language=language, words=json.loads(_source(language)))


@lru_cache(maxsize=len(LANGUAGES))
def _source(language: str) -> str:
    data = pkgutil.get_data("watermark.stamping.notice_document", f"label_files/{language}.json")
    assert data is not None  # it is installed with the tool
    return data.decode("utf-8")
