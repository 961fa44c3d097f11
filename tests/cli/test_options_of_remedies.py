"""Each option that an error names is used as the error says, in the situation that printed it, and it helps."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.audit.test_every_remedy import TITLE as WATCH_TITLE
from tests.audit.test_every_remedy import watch
from tests.cli.test_output import NOTICE, TITLE, run
from tests.helpers.build import build
from tests.helpers.foreign_marks import marked
from watermark.cli.check import FOUND
from watermark.cli.output import OPTIONS
from watermark.errors import NOT_ALL_CHECKED
from watermark.pdf.fonts.face import TEXT, own_face

pytestmark = pytest.mark.slow
MANUSCRIPT = {"text": f"{TITLE}\nhttps://doi.org/10.5555/article", "info": {"/Title": TITLE}}
STAMP = "stamp article.pdf --notice notice.md"
PAGES, PRINTED_PAGES = f"{STAMP} --pages", f"{STAMP} --printed-pages"
LIST = "doi,state,date,title\n10.5555/article,retraction,2024-05-01,{title}\n"
TRIED_ELSEWHERE = {
    "at": "only the desk names it",
    "edge": "only the desk names it",
    "profile": "only the desk names it",
    "port": "tests/desk/test_server.py: a server has to hold the port",
    "seal_password": "tests/cli/test_seal.py: a key without its password",
    "update_bag": "tests/audit/test_bagit.py: a bag whose copy was marked again",
}


def article(folder: Path, **peculiarities: object) -> None:
    (folder / "article.pdf").write_bytes(build(**{"pages": 2, **MANUSCRIPT, **peculiarities}))


def nothing(_folder: Path) -> None:
    """The folder has what is needed."""


def signed(folder: Path) -> None:
    article(folder, signed=True)


def locked(folder: Path) -> None:
    article(folder, encryption={"owner": "owner", "user": "open", "R": 6})
    (folder / "password.txt").write_text("open\n")


def with_labels(folder: Path) -> None:
    article(folder, page_labels=True)


def of_a_level(folder: Path) -> None:
    article(folder, pdfa="2b", title=TITLE, info=True)


def of_another_article(folder: Path) -> None:
    article(folder, text="Another Study of Other Things", info={"/Title": "Another Study of Other Things"})


def marked_by_others(folder: Path) -> None:
    marked(folder / "article.pdf", folder / "marked.pdf", "text_diagonal")
    (folder / "marked.pdf").replace(folder / "article.pdf")


def about_two_articles(folder: Path) -> None:
    watch(folder, "retraction").write_text(watch(folder, "retraction").read_text().replace(WATCH_TITLE, TITLE))


def without_a_kind(folder: Path) -> None:
    (folder / "notice.md").write_text(f"# {TITLE}\n\nThe editors write about this article.\n", encoding="utf-8")


def stamped(folder: Path) -> None:
    assert run(*STAMP.split()) == 0
    shutil.copy(folder / "article.retracted.pdf", folder / "copy.pdf")


def with_a_list(folder: Path) -> None:
    (folder / "list.csv").write_text(LIST.format(title=TITLE))


def with_fonts(folder: Path) -> None:
    (folder / "letters.ttf").write_bytes(own_face(TEXT).data)


def without_its_end(folder: Path) -> None:
    data = build(pages=2, info={"/Title": TITLE})
    (folder / "article.pdf").write_bytes(data[: data.rindex(b"startxref")])


@dataclass(frozen=True, kw_only=True)
class Case:
    """A command that fails for an argument, and the same command as its remedy says."""

    before: Callable[[Path], None] = nothing
    fails: str
    helps: str
    status: int = 2
    ends_with: int = 0


CASES = {
    "allow_signed": Case(before=signed, fails=STAMP, helps=f"{STAMP} --allow-signed", status=3),
    "colour": Case(fails=f"{STAMP} --colour #eeeeee", helps=f"{STAMP} --colour #aa0000"),
    "doi": Case(
        before=about_two_articles,
        fails="stamp article.pdf --notice retraction_watch.csv",
        helps="stamp article.pdf --notice retraction_watch.csv --doi 10.5555/article",
    ),
    "edge_text": Case(fails=f"{STAMP} --edge-text نص", helps=f"{STAMP} --edge-text Retracted"),
    "font": Case(before=with_fonts, fails=f"{STAMP} --font none.ttf", helps=f"{STAMP} --font letters.ttf"),
    "force_match": Case(before=of_another_article, fails=STAMP, helps=f"{STAMP} --force-match reason", status=3),
    "judges": Case(before=stamped, fails="verify copy.pdf --judges nobody", helps="verify copy.pdf --judges qpdf"),
    "linearize": Case(fails=f"{STAMP} --linearize", helps=f"{STAMP} --linearize --rebuild"),
    "notice_page": Case(
        fails=f"{STAMP} --pages 1-2 --notice-page front", helps=f"{STAMP} --pages 1-2 --notice-page back"
    ),
    "over_existing_mark": Case(
        before=marked_by_others, fails=STAMP, helps=f"{STAMP} --over-existing-mark reason", status=3
    ),
    "overwrite": Case(before=stamped, fails=STAMP, helps=f"{STAMP} --overwrite"),
    "page_number": Case(
        fails="preview article.pdf --notice notice.md --page 9", helps="preview article.pdf --notice notice.md --page 2"
    ),
    "pages": Case(fails=f"{PAGES} 7-9", helps=f"{PAGES} 1-2"),
    "password": Case(before=locked, fails=STAMP, helps=f"{STAMP} --password-file password.txt", status=3),
    "printed_pages": Case(
        before=with_labels, fails=f"{STAMP} --printed-pages 7-9", helps=f"{STAMP} --printed-pages i-877"
    ),
    "rebuild": Case(
        before=without_its_end,
        fails=f"{STAMP} --no-rebuild",
        helps=f"{STAMP} --rebuild",
        status=3,
        ends_with=NOT_ALL_CHECKED,
    ),
    "retractions": Case(before=with_a_list, fails="check .", helps="check . --retractions list.csv", ends_with=FOUND),
    "state": Case(before=without_a_kind, fails=STAMP, helps=f"{STAMP} --state retraction", status=3),
    "step": Case(before=stamped, fails="restore copy.pdf --to 9 -o o.pdf", helps="restore copy.pdf --to 0 -o o.pdf"),
    "to_pdfa": Case(before=of_a_level, fails=f"{STAMP} --to-pdfa 2b", helps=STAMP, status=3),
    "with_before": Case(
        fails="preview article.pdf --notice notice.md --notice-page back --page 3 --before",
        helps="preview article.pdf --notice notice.md --notice-page back --page 3",
    ),
}


def test_every_option_that_errors_name_is_tried_here_or_elsewhere() -> None:
    assert CASES.keys() | TRIED_ELSEWHERE.keys() == OPTIONS.keys()
    assert not CASES.keys() & TRIED_ELSEWHERE.keys()


@pytest.mark.parametrize("argument", CASES)
def test_the_option_that_an_error_names_helps(
    argument: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = CASES[argument]
    monkeypatch.chdir(tmp_path)
    article(tmp_path)
    (tmp_path / "notice.md").write_text(f"{NOTICE}\n{TITLE}. https://doi.org/10.5555/article\n", encoding="utf-8")
    case.before(tmp_path)
    capsys.readouterr()
    assert run(*case.fails.split()) == case.status
    assert f"({OPTIONS[argument]})" in capsys.readouterr().err
    assert run(*case.helps.split()) == case.ends_with, capsys.readouterr().err
