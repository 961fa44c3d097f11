"""No command writes over a file that it was given, whatever the output is called and whatever `--overwrite` says."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.build import build
from watermark.cli import main
from watermark.cli.pre_commit import main as pre_commit
from watermark.errors import UsageError
from watermark.runtime.atomic_files import atomic_file
from watermark.runtime.input_files import require_not_an_input

DOI = "10.5555/article"
NOTICE = f"state: retraction\ndoi: 10.5555/notice\narticle:\n  title: A study of cells\n  doi: {DOI}\n"
FONT = next(iter(Path("/usr/share/fonts").rglob("*.ttf")), None)
RECORD = "{}.retraction-record.json"
"""The record beside a copy whose archival level allows no embedded files."""


def second_name(link: Path, file: Path) -> None:
    """Give a file a second name, or skip the test on a drive that has no hard links."""
    try:
        link.hardlink_to(file)
    except OSError as error:
        if error.errno not in {errno.ENOTSUP, errno.EPERM}:
            raise
        pytest.skip(f"there are no hard links here ({error.strerror})")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one of each file that a command may be given."""
    folder = tmp_path_factory.mktemp("given")
    info = {"/Title": "A study of cells", "/doi": DOI}
    (folder / "article.pdf").write_bytes(build(pages=1, info=info))
    (folder / "archived.pdf").write_bytes(build(pages=1, info=info, pdfa="1b"))
    (folder / "notice.yaml").write_text(NOTICE)
    (folder / "profile.toml").write_text('case = "upper"\n')
    (folder / "password.txt").write_text("secret\n")
    (folder / "list.csv").write_text(f"doi,state,date\n{DOI},retraction,2024-05-01\n")
    (folder / "manifest.csv").write_text(
        "article,notice,profile,password_file\narticle.pdf,notice.yaml,profile.toml,password.txt\n"
    )
    if FONT:
        shutil.copyfile(FONT, folder / "font.ttf")
    assert run("stamp", folder / "article.pdf", "--notice", folder / "notice.yaml", "-o", folder / "copy.pdf") == 0
    assert run("batch", folder / "manifest.csv", "--articles", folder, "--out", folder.parent / "out") == 0
    shutil.move(folder.parent / "out", folder / "out")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    given = tmp_path / "given"
    for file in made.rglob("*"):  # without their permissions, which not every drive has
        if file.is_file():
            target = given / file.relative_to(made)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, target)
    return given


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def same_name(given: Path, _: Path) -> Path:
    return given


def symbolic_link(given: Path, link: Path) -> Path:
    link.unlink(missing_ok=True)
    link.symlink_to(given)
    return link


def hard_link(given: Path, link: Path) -> Path:
    link.unlink(missing_ok=True)
    second_name(link, given)
    return link


def another_way(given: Path, _: Path) -> Path:
    return given.parent / "out" / ".." / given.name


WAYS = (same_name, symbolic_link, hard_link, another_way)
OF_STAMP = ("article.pdf", "notice.yaml", "profile.toml", "password.txt", "font.ttf")
FORMS = ("html", "csv", "jsonl")


def of_stamp(folder: Path, article: str = "article.pdf") -> Iterator[object]:
    yield folder / article
    for name, file in (("notice", "notice.yaml"), ("profile", "profile.toml"), ("password-file", "password.txt")):
        yield from (f"--{name}", folder / file)
    if FONT:
        yield from ("--font", folder / "font.ttf")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("given", OF_STAMP)
@pytest.mark.parametrize("command", ["stamp", "preview"])
def test_a_copy_and_a_picture_replace_nothing_that_they_are_made_from(
    folder: Path, command: str, given: str, way: Callable[[Path, Path], Path]
) -> None:
    if not (folder / given).exists():
        pytest.skip("there is no font on this machine")
    output = way(folder / given, folder / "link")
    before = contents(folder)
    assert run(command, *of_stamp(folder), "-o", output, "--overwrite") == 2
    assert contents(folder) == before


@pytest.mark.parametrize("given", ["notice.yaml", "profile.toml", "password.txt"])
def test_the_record_beside_a_copy_replaces_nothing_that_was_given(folder: Path, given: str) -> None:
    arguments = (*of_stamp(folder, "archived.pdf"), "-o", folder / "new.pdf", "--overwrite")
    before = {path.name for path in folder.iterdir()}
    assert run("stamp", *arguments) == 0
    (record,) = {path.name for path in folder.iterdir()} - before - {"new.pdf"}
    (folder / "new.pdf").unlink()
    hard_link(folder / given, folder / record)
    files = contents(folder)
    assert run("stamp", *arguments) == 2
    assert contents(folder) == files


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("given", ["copy.pdf", "password.txt"])
def test_an_original_that_is_restored_replaces_nothing_that_was_given(
    folder: Path, given: str, way: Callable[[Path, Path], Path]
) -> None:
    output = way(folder / given, folder / "link")
    before = contents(folder)
    copy, password = folder / "copy.pdf", folder / "password.txt"
    assert run("restore", copy, "--password-file", password, "-o", output, "--overwrite") == 2
    assert contents(folder) == before


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("given", ["out/ledger.sqlite", "article.pdf", "out/article.retracted.pdf", "copy.pdf"])
@pytest.mark.parametrize("form", FORMS)
def test_a_report_replaces_neither_the_ledger_nor_what_it_is_about_nor_any_pdf(
    folder: Path, given: str, form: str, way: Callable[[Path, Path], Path]
) -> None:
    output = way(folder / given, folder / "link") if "/" not in given else folder / given
    before = contents(folder)
    assert run("report", folder / "out", "--to", form, "-o", output, "--overwrite") == 2
    assert contents(folder) == before


@pytest.mark.parametrize("given", ["manifest.csv", "notice.yaml", "profile.toml", "password.txt"])
@pytest.mark.parametrize("form", FORMS)
def test_the_report_of_a_batch_replaces_nothing_that_the_batch_was_given(folder: Path, given: str, form: str) -> None:
    second_name(folder / f"report.{form}", folder / given)
    (folder / f"report.{form}").chmod(0o644)
    before = contents(folder)
    batch = ("batch", folder / "manifest.csv", "--articles", folder, "--out", folder.parent / "other")
    assert run(*batch, "--ledger", folder / "ledger.sqlite", "--report", form) == 2
    assert contents(folder) == before


@pytest.mark.parametrize("given", ["manifest.csv", "notice.yaml", "password.txt", "article.pdf", "profile.toml"])
@pytest.mark.parametrize("beside", ["", ".lock", "-wal"])
def test_a_ledger_is_not_written_into_a_file_that_was_given(folder: Path, given: str, beside: str) -> None:
    """SQLite takes an empty file for a new database, and writes through every link."""
    if given == "password.txt":
        (folder / given).write_bytes(b"")
    second_name(folder / f"link{beside}", folder / given)
    before = contents(folder)
    batch = ("batch", folder / "manifest.csv", "--articles", folder, "--out", folder.parent / "other")
    assert run(*batch, "--ledger", folder / "link") == 2
    assert contents(folder) == before


def test_a_list_is_not_replaced_by_the_record_beside_an_article_that_is_marked_in_place(folder: Path) -> None:
    article, listed = folder / "archived.pdf", folder / "list.csv"
    original = article.read_bytes()
    before = {path.name for path in folder.iterdir()}
    assert pre_commit(["mark-retracted", "--retractions", str(listed), str(article)]) == 1
    (record,) = {path.name for path in folder.iterdir()} - before
    article.write_bytes(original)
    (folder / record).unlink()
    second_name(folder / record, listed)
    files = contents(folder)
    assert pre_commit(["mark-retracted", "--retractions", str(listed), str(article)]) == 1
    assert contents(folder) == files


def test_an_input_that_comes_to_have_the_name_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    given, output = tmp_path / "given", tmp_path / "output"
    given.write_bytes(b"given")
    with atomic_file(output, overwrite=True, inputs=[given]) as new:
        new.write_whole(b"new")
        second_name(output, given)
        with pytest.raises(UsageError, match="an input file"):
            new.commit()
    assert given.read_bytes() == output.read_bytes() == b"given"


def test_what_is_not_a_file_is_not_an_input(tmp_path: Path) -> None:
    (tmp_path / "output").touch()
    require_not_an_input(tmp_path / "output", [tmp_path / "none", Path("doi:10.5555/notice"), Path("a\0b")])
    require_not_an_input(tmp_path / "none", [tmp_path / "output"])
    require_not_an_input(Path("a\0b"), [tmp_path / "output"])


@pytest.mark.skipif(os.name == "nt", reason="a case-sensitive file system is taken for granted")
def test_files_are_compared_by_their_number_and_not_by_name(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"the same")
    require_not_an_input(tmp_path / "a", [tmp_path / "b"])
