"""What the tests of the check share: a list, articles with a DOI, and no index among the user's own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.build import build
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import AuditResult
from watermark.audit.retraction_index.index import index_of

DOI = "10.5555/article"
Ask = Callable[..., AuditResult]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def listed(folder: Path, state: str = "retraction", doi: str = DOI, date: str = "2024-05-01") -> Path:
    """Return the path of a list with one article in it, and another one that no test has."""
    path = folder / "retractions.csv"
    lines = ("doi,state,date,notice_doi", f"{doi},{state},{date},10.5555/notice", "10.5555/elsewhere,retraction,2024,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def article(path: Path, *, doi: str = DOI, title: str = "An article", **peculiarities: Any) -> Path:  # noqa: ANN401
    """Leave an article with a DOI in its metadata at `path`, three pages unless asked for otherwise."""
    info = {"/Title": title, **({"/Subject": f"doi:{doi}"} if doi else {})}
    lines = [f"Line {number} of the article, with words enough to be read." for number in range(40)]
    options = {"pages": 3, "text": "\n".join(lines), **peculiarities}
    path.write_bytes(build(info=info, **options))
    return path


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Return a function that classifies a PDF with a list of one article (`state` "": of another article)."""

    def asked(pdf: Path, state: str = "retraction", **options: Any) -> AuditResult:  # noqa: ANN401 - a question's
        path = listed(tmp_path, state or "retraction", DOI if state else "10.5555/other")
        return audit_file(AuditRequest(path=pdf, lists=(index_of(path),), **options))

    return asked
