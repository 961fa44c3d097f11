"""What the command line prints: one line and a verdict, one form for every error, options in groups."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

import watermark
from tests.helpers.build import build
from watermark.cli import COMMANDS, group, main, seal_options, stamp, style_options
from watermark.cli.option_groups import GroupedCommand
from watermark.cli.output import OPTIONS, error_line
from watermark.models import plural
from watermark.stamping.mark.style import MAX_ANGLE, MAX_OPACITY, MIN_OPACITY, POSITIONS, Edge
from watermark.stamping.plan import LANGUAGES, LEVELS
from watermark.stamping.profile.fields import NOTICE_PAGES
from watermark.stamping.seal import SealLevel

PACKAGE = Path(watermark.__file__).parent
TITLE = "A Study of Watermarks in Liver Cells"
NOTICE = f"# {TITLE} [Retraction]\n\nWe, the Editor and Publisher, have retracted the following article.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "article.pdf").write_bytes(build(pages=2, text=TITLE, info={"/Title": TITLE}))
    (tmp_path / "notice.md").write_text(NOTICE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def command(name: str) -> click.Command:
    found = group.get_command(click.Context(group), name)
    assert found is not None
    return found


@pytest.mark.usefixtures("folder")
def test_success_is_one_line_and_a_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stamp", "article.pdf", "--notice", "notice.md") == 0
    line, verdict = capsys.readouterr().out.splitlines()
    assert line.startswith("article.pdf -> article.retracted.pdf (2 pages; ")
    assert verdict == "verdict: verified: marked with “Retracted” on every page, and nothing else changed"


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("word", ["Valid", "Not retracted", "Peer reviewed"])
def test_a_mark_that_does_not_say_retracted_is_named(capsys: pytest.CaptureFixture[str], word: str) -> None:
    assert run("stamp", "article.pdf", "--notice", "notice.md", "--text", word, "-q") == 0
    assert run("verify", "article.retracted.pdf") == 0
    _, finding, verdict = capsys.readouterr().out.splitlines()
    assert f"the mark says “{word}”, which is not a word for a retraction" in finding
    assert verdict == f"verdict: verified: marked with “{word}” on every page, and nothing else changed"


@pytest.mark.usefixtures("folder")
def test_the_findings_are_printed_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stamp", "article.pdf", "--notice", "notice.md", "--verbose") == 0
    findings = capsys.readouterr().out
    assert re.search(r"^  intact +pass ", findings, re.MULTILINE)
    assert run("verify", "article.retracted.pdf", "-v") == 0
    assert re.search(r"^  visible +pass ", capsys.readouterr().out, re.MULTILINE)


@pytest.mark.usefixtures("folder")
def test_what_did_not_run_is_named_without_asking(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stamp", "article.pdf", "--notice", "notice.md", "--proof", "structure") == 0
    printed = capsys.readouterr().out
    assert re.search(r"^  visible +NOT CHECKED ", printed, re.MULTILINE)
    assert "not everything was checked: " in printed


def test_several_copies_have_a_total(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("stamp", "article.pdf", "--notice", "notice.md", "-q")
    copy = (folder / "article.retracted.pdf").read_bytes()
    (folder / "second.pdf").write_bytes(copy)
    (folder / "third.pdf").write_bytes(copy.replace(b"/RetractionMark", b"/RetractionMurk"))
    capsys.readouterr()
    assert run("verify", str(folder)) == 5
    output = capsys.readouterr()
    assert output.out.splitlines()[-1] == "3 copies: 2 passed, 1 failed"
    assert "skipped 1 PDF that this tool did not mark" in output.err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            "stamp article.pdf --notice notice.md --opacity 1",
            "watermark: --opacity: 1.0 is out of range. What to do: Use a number from 0.05 to 0.5.",
        ),
        (
            "stamp article.pdf --notice notice.md --angle up",
            "watermark: --angle: “up” is not a valid number. What to do: Use a number from -90 to 90.",
        ),
        (
            "restore article.pdf --to 1.5",
            "watermark: --to: “1.5” is not a valid number. What to do: Use a whole number of at least 0.",
        ),
        (
            "restore article.pdf --to -1",
            "watermark: --to: -1 is out of range. What to do: Use a whole number of at least 0.",
        ),
        (
            "stamp article.pdf --notice notice.md --colour red",
            (
                "watermark: “red” is not a valid colour. "
                "What to do: Write it as #rrggbb, such as #bf1a1a (--colour COLOUR)."
            ),
        ),
        (
            "check article.pdf --retractions no.csv",
            "watermark: no.csv: the retraction list does not exist. What to do: Check the name and the folder.",
        ),
        (
            "stamp article.pdf",
            "watermark: --notice is missing. What to do: Add --notice FILE|doi:DOI. See `watermark stamp --help`.",
        ),
        (
            "stamp article.pdf --notice notice.md --nonsense",
            "watermark: there is no option --nonsense. What to do: See `watermark stamp --help`.",
        ),
        (
            "stamp article.pdf --notice notice.md --languag de",
            (
                "watermark: there is no option --languag. What to do: Did you mean --language? "
                "See `watermark stamp --help`."
            ),
        ),
        (
            "check . --list list.csv",
            "watermark: there is no option --list. What to do: See `watermark check --help`.",
        ),
        (
            "profile nope",
            "watermark: there is no command “nope”. What to do: See `watermark profile --help`.",
        ),
        (
            "stamp article.pdf --notice notice.md --language xx",
            "watermark: --language: “xx” is not a valid value. What to do: Use one of: de, en, es, fr, ja, pt, ru, zh.",
        ),
        (
            "stamp article.pdf --notice notice.md --timeout 0",
            "watermark: --timeout: 0.0 is out of range. What to do: Use a number greater than 0.",
        ),
        (
            "stamp article.pdf --notice notice.md --colour",
            "watermark: --colour needs a value. What to do: See `watermark stamp --help`.",
        ),
        (
            "restore article.pdf other.pdf",
            "watermark: there are too many arguments: other.pdf. What to do: See `watermark restore --help`.",
        ),
        ("inspect", "watermark: FILES... is missing. What to do: See `watermark inspect --help`."),
        (
            "verify article.pdf --original absent.pdf",
            "watermark: absent.pdf: the file does not exist. What to do: Check the name and the folder.",
        ),
        (
            "verify article.pdf --font absent.ttf",
            "watermark: absent.ttf: the file does not exist. What to do: Check the name and the folder.",
        ),
        (
            "mark-retracted absent.pdf --retractions notice.md",
            "watermark: absent.pdf: the file does not exist. What to do: Check the name and the folder.",
        ),
        (
            "stamp article.pdf --notice notice.md --font absent.ttf",
            (
                "watermark: article.pdf: the font absent.ttf does not exist. "
                "What to do: Check the name and the folder (--font FILE)."
            ),
        ),
        (
            "stamp article.pdf --notice notice.md --font notice.md",
            (
                "watermark: article.pdf: the font notice.md cannot be used "
                "(Not a TrueType or OpenType font (bad sfntVersion)). "
                "What to do: Use another font file: a .ttf, .otf or .ttc file (--font FILE)."
            ),
        ),
    ],
)
def test_every_error_of_usage_has_the_same_form(arguments: str, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments.split()) == 2
    assert capsys.readouterr().err == f"{line}\n"


def test_an_error_names_the_option_that_helps() -> None:
    line = error_line("the PDF is signed", "Mark an unsigned version.", place="a.pdf", argument="allow_signed")
    assert line == "watermark: a.pdf: the PDF is signed. What to do: Mark an unsigned version (--allow-signed)."


def test_a_mistyped_command_is_followed_by_the_one_that_is_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stmp") == 2
    expected = "watermark: there is no command “stmp”. What to do: Did you mean stamp? See `watermark --help`.\n"
    assert capsys.readouterr().err == expected


def test_the_options_that_errors_name_exist() -> None:
    known = {name for each in COMMANDS for parameter in command(each).params for name in parameter.opts}
    for line in OPTIONS.values():
        named = set(re.findall(r"--[a-z-]+", line))
        assert named
        assert named <= known | {"--no-edge-line"}, line


def test_every_argument_that_a_remedy_of_the_library_is_about_has_an_option() -> None:
    named = set[str]()
    for path in PACKAGE.rglob("*.py"):
        named |= set(re.findall(r'"?argument(?:=|": |: str = )"(\w+)"', path.read_text("utf-8")))
    assert {"allow_signed", "password", "rebuild", "overwrite"} <= named
    assert named <= set(OPTIONS), "the command line adds no option to these remedies"


def test_the_options_of_stamp_are_in_groups(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("stamp", "--help") == 0
    headings = re.findall(r"^(\w[\w ]+):$", capsys.readouterr().out, re.MULTILINE)
    first = ["Notice", "Appearance", "Page", "Archival", "Safety", "Seal"]
    assert headings == [*first, "Case file", "Output", "Other options"]


@pytest.mark.parametrize("name", ["stamp", "preview", "batch"])
def test_every_option_that_is_declared_is_in_a_group(name: str) -> None:
    grouped = command(name)
    assert isinstance(grouped, GroupedCommand)
    named = [each for names in grouped.groups.values() for each in names]
    assert len(named) == len(set(named))
    assert {each.name for each in grouped.params if isinstance(each, click.Option)} <= set(named)


def test_the_choices_of_options_are_those_of_the_library() -> None:
    assert set(style_options.LANGUAGES) == set(LANGUAGES)
    assert style_options.POSITIONS == POSITIONS
    limits = style_options.MAX_ANGLE, style_options.MIN_OPACITY, style_options.MAX_OPACITY
    assert limits == (MAX_ANGLE, MIN_OPACITY, MAX_OPACITY)
    assert set(style_options.EDGES) == {edge.value for edge in Edge}
    assert set(style_options.NOTICE_PAGES) == set(NOTICE_PAGES)
    assert stamp.LEVELS == LEVELS
    assert tuple(SealLevel) == seal_options.SEAL_LEVELS


def test_the_earlier_spelling_of_an_option_still_works(folder: Path) -> None:
    parsed = command("stamp").make_context(
        "stamp", ["a.pdf", "--notice", "n.md", "--despite-signature"], resilient_parsing=False
    )
    assert parsed.params["allow_signed"] is True
    assert folder.is_dir()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_a_help_text_that_is_a_whole_phrase(name: str) -> None:
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter.name
            assert parameter.help[0].isupper() or parameter.help.startswith(("full", "html")), parameter.help
            assert not re.match(r"Of |Also what|Say |Leave |Give |Where the", parameter.help), parameter.help


def test_numbers_have_real_plurals() -> None:
    assert [plural(1, "page"), plural(1234, "page"), plural(2, "copy")] == ["1 page", "1,234 pages", "2 copies"]


def test_help_loads_no_library_that_only_work_needs() -> None:
    script = (
        "import sys\nfrom watermark.cli import group\n"
        "try: group.main(['stamp', '--help'], standalone_mode=False)\n"
        "finally: print(sorted({'pikepdf', 'numpy', 'pypdf', 'lxml', 'fontTools', 'rich'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not count the processor time of children")
@pytest.mark.skipif("WATERMARK_SIMULATE" in os.environ, reason="the simulation takes time, too")
def test_help_takes_at_most_six_times_the_processor_time_of_python_itself() -> None:
    import resource  # noqa: PLC0415 - see above

    def seconds(*arguments: str) -> float:
        durations = []
        for _ in range(9):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            durations.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        return min(durations)

    assert seconds("-m", "watermark", "--help") <= 6 * seconds("-c", "pass")
