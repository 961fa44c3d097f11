"""The templates are read back without an error, filled in or not, and what was not filled in is not invented."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from watermark.cli.notice import notice as command
from watermark.errors import UsageError
from watermark.notice import Notice, NoticeFile, Reference, State, read_notice
from watermark.notice.formats.template import MARKDOWN, TEMPLATES, YAML, filled_in

EMPTY = Notice(state=State.RETRACTION, article=Reference())
FILLED = (
    ("Title of the retracted article", "Newts of the northern ponds"),
    ("Zhang X, Xu L, Yang T. *Name of the Journal.* 2020;13(1):877-888.", "Ode A, Poe B. *J Ponds.* 2018;7(1):1-9."),
    ("10.1000/article", "10.5555/pond.1"),
    ("10.1000/notice", "10.5555/pond.n1"),
    ("4 May 2024", "5 May 2024"),
    ("We, the Editor and Publisher of the journal *Name of the Journal*, hereby retract this article.",
     "We, the Editor and Publisher of the journal *J Ponds*, hereby retract this article."),
    ("The retraction is made at the request of the authors.", "The retraction is made at the request of the author."),
)  # fmt: skip


def read(tmp_path: Path, text: str, name: str = "n") -> NoticeFile:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_notice(tmp_path / name)


def with_values(*, braces: bool) -> str:
    text = MARKDOWN
    for example, value in FILLED:
        assert example in text
        text = text.replace(f"{{{{{example}}}}}", f"{{{{{value}}}}}" if braces else value)
    return text


def test_an_untouched_template_says_nothing_but_the_state(tmp_path: Path) -> None:
    markdown = read(tmp_path, MARKDOWN)
    assert replace(markdown.notice, title="") == EMPTY
    assert "template not filled in" in markdown.warnings[0]
    assert read(tmp_path, YAML).notice == EMPTY
    assert read(tmp_path, YAML).media_type == "application/yaml"


@pytest.mark.parametrize("braces", [True, False])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_is_written_into_the_markdown_template_is_read(tmp_path: Path, braces: bool, newline: str) -> None:  # noqa: FBT001
    given = read(tmp_path, with_values(braces=braces).replace("\n", newline))
    notice = given.notice
    assert (notice.state, notice.article.title, notice.article.doi) == (
        State.RETRACTION,
        "Newts of the northern ponds",
        "10.5555/pond.1",
    )
    assert (notice.doi, notice.date, notice.url) == ("10.5555/pond.n1", "2024-05-05", "")
    assert (notice.article.journal, notice.article.year, notice.article.volume) == ("J Ponds", 2018, "7")
    assert notice.issuers == ("Editor of J Ponds", "Publisher of J Ponds")
    assert notice.requested_by == ("author",)
    assert not notice.stays_online
    assert not notice.figure_matches
    assert "{{" not in " ".join(notice.statement)
    assert "<!--" not in " ".join(notice.statement)
    assert "5 parts of the template not filled in" in given.warnings[0]


def test_the_examples_of_the_markdown_template_are_understood_when_they_are_kept(tmp_path: Path) -> None:
    kept = read(tmp_path, re.sub(r"\{\{(.*?)\}\}", r"\1", MARKDOWN, flags=re.DOTALL))
    notice = kept.notice
    assert kept.warnings == ()
    assert (notice.article.doi, notice.doi, notice.date) == ("10.1000/article", "10.1000/notice", "2024-05-04")
    assert (notice.url, notice.stays_online) == ("https://www.example.org/notice", True)
    assert notice.figure_matches[0].figures == ("3A", "5E")
    assert notice.requested_by == ("authors",)
    assert notice.policies == ("editorial policies", "COPE guidelines")


@pytest.mark.parametrize("state", ["Partial retraction", "Withdrawal", "Expression of concern"])
def test_the_word_in_brackets_is_the_state(tmp_path: Path, state: str) -> None:
    text = with_values(braces=False).replace("[Retraction]", f"[{state}]")
    assert read(tmp_path, text).notice.state.value == state.lower().replace(" ", "_")


def test_the_remarks_of_the_yaml_template_are_fields_that_are_read(tmp_path: Path) -> None:
    text = YAML
    for example in ("  - Zhang X", "  - Xu L", "  - image duplication", "  - COPE guidelines"):
        text = text.replace(f"# {example.strip()}", f"#{example}")
        text = re.sub(rf"^( *)# +{re.escape(example.strip())}$", r"\1  " + example.strip(), text, flags=re.MULTILINE)
    moved = re.sub(r"(  #[^\n]*\n)((?:    - [^\n]*\n)+)(  authors:\n)", r"\1\3\2", text)
    moved = re.sub(r"((?:  - [^\n]*\n)+)((?:reasons|policies):\n)", r"\2\1", moved)
    assert read(tmp_path, moved.replace("  doi:", "  doi: 10.5555/pond.1", 1)).notice.article.doi == "10.5555/pond.1"


def test_braces_without_end_take_linear_time() -> None:
    for part in ("{{", "}}", "<!--", "-->", "{{a}}", "{{ "):
        text = MARKDOWN + part * (300_000 // len(part))
        assert isinstance(filled_in(text)[0], str)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


@pytest.mark.parametrize(("name", "form"), [("n.md", "md"), ("n.txt", "md"), ("n.yaml", "yaml"), ("n.YML", "yaml")])
def test_a_template_is_written_in_the_form_of_its_name(tmp_path: Path, name: str, form: str) -> None:
    assert "fill it in" in run("--new", str(tmp_path / name))
    assert (tmp_path / name).read_text(encoding="utf-8") == TEMPLATES[form]
    assert "(not given)" in run(str(tmp_path / name))
    with pytest.raises(UsageError, match="exists"):
        run("--new", str(tmp_path / name))


def test_a_template_is_printed_or_has_the_form_that_is_asked_for(tmp_path: Path) -> None:
    assert run("--new") == MARKDOWN
    assert run("--new", "--form", "yaml") == YAML
    run("--new", "--form", "yaml", str(tmp_path / "notice"))
    assert (tmp_path / "notice").read_text(encoding="utf-8") == YAML
    with pytest.raises(UsageError, match="does not say in which form"):
        run("--new", str(tmp_path / "other"))
    with pytest.raises(UsageError, match="no notice was named"):
        run()
