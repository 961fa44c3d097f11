"""Every remedy that `check` prints as a command runs in this system's shell, as it was printed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.audit.conftest import article, listed
from tests.helpers.tampered_copies import stamped
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.classification import AuditResult, Classification
from watermark.audit.remedies import Remedies, quoted
from watermark.audit.retraction_index.index import index_of

ODD_NAMES = ["article.pdf", "an article's copy.pdf", "$(id) & more.pdf", "-o.pdf"]


def audited(path: Path, retractions: Path) -> AuditResult:
    return audit_file(AuditRequest(path=path, lists=(index_of(retractions),)))


def pasted(command: str, folder: Path) -> int:
    """Run a command as it was printed, with this Python's `watermark` in front on the PATH."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S602 - a remedy is made for a shell
        command, shell=True, cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, check=False
    )
    return done.returncode


def append_a_revision(copy: Path) -> None:
    import pypdf  # noqa: PLC0415 - for this case only

    writer = pypdf.PdfWriter(copy, incremental=True)
    writer.add_metadata({"/Repository": "example.org"})
    writer.write(copy)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_command_for_an_unmarked_article_marks_it(tmp_path: Path, name: str) -> None:
    pdf, retractions = article(tmp_path / name), listed(tmp_path)
    found = audited(pdf, retractions)
    assert found.kind is Classification.UNMARKED
    assert pasted(found.remedy, tmp_path) == 1  # something was marked: look at it
    assert audited(pdf, retractions).kind is Classification.OURS


def test_the_command_for_a_copy_that_was_added_to_restores_and_marks_the_original(tmp_path: Path) -> None:
    copy, retractions = stamped(tmp_path, pages=2, xmp=True), listed(tmp_path)
    append_a_revision(copy)
    found = audited(copy, retractions)
    assert (found.kind, found.remedy.startswith("watermark restore ")) == (Classification.REWRITTEN, True)
    restoring = found.remedy.split(" && ")[0]
    assert pasted(restoring, tmp_path) == 0
    assert copy.with_suffix(".original.pdf").read_bytes() == (tmp_path / "original.pdf").read_bytes()


def test_the_command_for_a_marked_article_that_is_not_on_the_list_restores_it(tmp_path: Path) -> None:
    copy = stamped(tmp_path)
    found = audited(copy, listed(tmp_path, doi="10.5555/other"))
    assert found.kind is Classification.NOT_LISTED
    assert pasted(found.remedy, tmp_path) == 0
    assert copy.with_suffix(".original.pdf").read_bytes() == (tmp_path / "original.pdf").read_bytes()


def test_a_notice_beside_the_list_is_in_the_command(tmp_path: Path) -> None:
    pdf, retractions = article(tmp_path / "article.pdf"), tmp_path / "retractions.csv"
    (tmp_path / "the notice.md").write_text("# An article [Retraction]\n\nWe have retracted the following article.\n")
    retractions.write_text("doi,state,date,notice\n10.5555/article,retraction,2024-05-01,the notice.md\n")
    found = audited(pdf, retractions)
    assert found.remedy.startswith("watermark stamp ")
    assert pasted(found.remedy, tmp_path) in {0, 6}
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_arguments_are_quoted_for_the_shell_of_this_system(monkeypatch: pytest.MonkeyPatch) -> None:
    assert quoted(Path("plain.pdf")) == "plain.pdf"
    assert quoted(Path("-o.pdf")) == "./-o.pdf"
    monkeypatch.setattr("watermark.runtime.system.SYSTEM", "linux")
    assert quoted("a b's.pdf") == """'a b'"'"'s.pdf'"""
    monkeypatch.setattr("watermark.runtime.system.SYSTEM", "win32")
    assert quoted("a b's.pdf") == '"a b\'s.pdf"'


@pytest.mark.parametrize("kind", Classification)
def test_no_remedy_names_a_python_module(kind: Classification, tmp_path: Path) -> None:
    from watermark.audit.list_lookup import ListLookup  # noqa: PLC0415 - a frozen value
    from watermark.audit.own_copies import OwnCopyStatus  # noqa: PLC0415

    remedy: Callable[..., str] = Remedies(path=tmp_path / "a.pdf").command
    assert "python -m" not in remedy(kind, ListLookup(), OwnCopyStatus())
