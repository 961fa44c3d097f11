"""The words that this tool puts on pages are known to say a retraction, and no others are."""

import pytest

from watermark.notice import State
from watermark.stamping.plan.wording import LANGUAGES
from watermark.verification.known_mark_words import says_retraction


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_every_language_are_known(language: str) -> None:
    words = [LANGUAGES[language].word(state) for state in State if state.is_marked]
    assert [word for word in words if not says_retraction(word)] == []


@pytest.mark.parametrize(
    "word", ["RETRACTED", "Retracted Article", "RETRACTED 2024-05-01", "Retracted: 1 May 2024", "Withdrawn paper"]
)
def test_a_known_word_may_have_a_date_and_the_article_beside_it(word: str) -> None:
    assert says_retraction(word)


@pytest.mark.parametrize(
    "word", ["", "Valid", "Not retracted", "Never withdrawn", "Retracted?? No", "Retracted and valid", "Untracted"]
)
def test_any_other_word_is_not_known(word: str) -> None:
    assert not says_retraction(word)
