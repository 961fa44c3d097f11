"""No command writes over a file that it was given, whatever name the output has: each pair of the two is tried."""

import os
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.helpers.build import build
from watermark.cli import main

TITLE = "The effect of one treatment on the outcome of a trial"
NOTICE = f"# {TITLE} [Retraction]\n\nWe retract the article named above.\n"
PROFILE = '[publisher]\nname = "A press"\nlogo = "logo.png"\n'
GIVEN = ("article.pdf", "notice.md", "profile.toml", "logo.png", "password.txt", "font.ttf")
OF_BATCH = ("list.csv", "notices/n.md", "profile.toml", "logo.png", "articles/a.pdf", "font.ttf")
INPUTS: dict[str, tuple[str, ...]] = {
    "stamp -o": GIVEN,
    "stamp --report": GIVEN,
    "stamp --letter": GIVEN,
    "preview -o": GIVEN,
    "restore -o": ("copy.pdf", "notice.md", "password.txt"),
    "batch --ledger": OF_BATCH,
    "batch --decide": OF_BATCH,
    "report -o": ("out/ledger.sqlite", "articles/a.pdf", "out/a.retracted.pdf"),
}
PAIRS = [(output, name) for output, names in INPUTS.items() for name in names]
AT_ONCE = [pair for pair in PAIRS if pair[0] != "report -o"]


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in arguments])
    return int(ended.value.code or 0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all files that commands are given."""
    folder = tmp_path_factory.mktemp("made")
    article = build(title=TITLE, text=(TITLE, "The abstract."))
    for name in ("articles", "notices"):
        (folder / name).mkdir()
    for name in ("article.pdf", "articles/a.pdf"):
        (folder / name).write_bytes(article)
    for name in ("notice.md", "notices/n.md"):
        (folder / name).write_text(NOTICE)
    (folder / "profile.toml").write_text(PROFILE)
    Image.new("RGB", (8, 8)).save(folder / "logo.png")
    (folder / "password.txt").write_text("secret\n")
    (folder / "list.csv").write_text("article,notice\na.pdf,n.md\n")
    (folder / "font.ttf").write_bytes(
        pkgutil.get_data("font_source_sans_pro", "files/SourceSansPro-Regular.ttf") or b""
    )
    copy = ("--notice", folder / "notice.md", "-o", folder / "copy.pdf", "--proof", "structure")
    assert run("stamp", folder / "article.pdf", *copy) == 0
    return folder


@pytest.fixture(scope="module")
def batched(made: Path) -> Path:
    """Return the same folder, after a batch."""
    places = ("--articles", made / "articles", "--notices", made / "notices", "--out", made / "out")
    assert run("batch", made / "list.csv", *places, "--proof", "structure", "-q") == 0
    return made


def command(output: str, folder: Path, target: Path) -> list[object]:
    name, option = output.split()
    given = ("--notice", folder / "notice.md")
    look = ("--profile", folder / "profile.toml", "--font", folder / "font.ttf")
    secret = ("--password-file", folder / "password.txt")
    copies = ("-o", folder / "new.pdf") if option in {"--report", "--letter"} else ()
    places = ("--articles", folder / "articles", "--notices", folder / "notices", "--out", folder / "another")
    before: dict[str, tuple[object, ...]] = {
        "stamp": (folder / "article.pdf", *given, *look, *secret, *copies, "--proof", "structure", "--overwrite"),
        "preview": (folder / "article.pdf", *given, *look, *secret, "--overwrite"),
        "restore": (folder / "copy.pdf", *given, *secret, "--overwrite"),
        "batch": (folder / "list.csv", *places, *look, "--proof", "structure", "-q"),
        "report": (folder / "out", "--to", "csv", "--overwrite"),
    }
    return [name, *before[name], option, target]


def files_in(folder: Path) -> Iterator[tuple[Path, bytes]]:
    return ((path, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())


def is_refused(folder: Path, output: str, target: Path) -> None:
    before = dict(files_in(folder))
    assert run(*command(output, folder, target)) == 2
    after = dict(files_in(folder))
    assert {path: after.get(path) for path in before} == before


def test_there_are_at_least_forty_pairs_of_an_output_and_an_input() -> None:
    assert len(PAIRS) >= 40


@pytest.mark.parametrize(("output", "name"), AT_ONCE, ids=[" ".join(pair) for pair in AT_ONCE])
def test_an_output_never_replaces_what_the_command_was_given(made: Path, output: str, name: str) -> None:
    is_refused(made, output, made / name)


@pytest.mark.slow
@pytest.mark.parametrize("link", ["none", "hard", "symbolic", "through a folder"])
@pytest.mark.parametrize(("output", "name"), PAIRS, ids=[" ".join(pair) for pair in PAIRS])
def test_no_other_name_of_an_input_is_replaced(
    batched: Path, tmp_path: Path, output: str, name: str, link: str
) -> None:
    given, target = batched / name, tmp_path / "another name"
    if link == "hard":
        os.link(given, target)
    elif link == "symbolic":
        target.symlink_to(given)
    elif link == "none":
        target = given
    else:
        target.symlink_to(given.parent)
        target = target / given.name
    is_refused(batched, output, target)
