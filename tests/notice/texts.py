"""Notices from text alone: read as a file is, refused as bad input is, and drawn at random."""

import time
from pathlib import Path

import pytest
from hypothesis import strategies as st

from watermark.errors import NoticeError
from watermark.notice import NoticeFile, Reference, read_notice


def read(tmp_path: Path, text: str, article_doi: str = "") -> NoticeFile:
    """Return the notice in a file with this text, whose name tells nothing of its form."""
    path = tmp_path / "n"
    path.write_text(text)
    return read_notice(path, article_doi=article_doi)


def assert_refused_quickly(tmp_path: Path, text: str, message: str) -> None:
    """Fail unless the text is refused with this message and a remedy, in two seconds of processor time."""
    start = time.process_time()
    with pytest.raises(NoticeError, match=message) as caught:
        read(tmp_path, text)
    assert caught.value.remedy
    assert time.process_time() - start < 2


def references(
    words: st.SearchStrategy[str],
    lists: st.SearchStrategy[tuple[str, ...]],
    dois: st.SearchStrategy[str],
    *,
    has_citation: bool,
) -> st.SearchStrategy[Reference]:
    """Return references whose texts are drawn from the three strategies."""
    years = st.none() | st.integers(1000, 9999)
    names = ("title", "journal", "volume", "issue", "pages", *(["citation"] if has_citation else []))
    return st.builds(Reference, authors=lists, year=years, doi=dois, **dict.fromkeys(names, words))
