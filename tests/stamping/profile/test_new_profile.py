"""A new profile is written with comments, can be read again, and shows on the notice page and the certificate."""

import io
import os
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

import watermark
from tests.helpers.build import build
from tests.stamping.certificate.copies import AT, NOTICE, TITLE, notice_file
from watermark.cli import main
from watermark.errors import UsageError
from watermark.notice import State
from watermark.stamping.profile import NewProfile, profile_text, read_profile


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(str(ended.value.code or 0))


def test_a_profile_from_options_has_comments_and_says_the_same_when_it_is_read(tmp_path: Path) -> None:
    Image.new("RGB", (40, 10), (0, 64, 128)).save(tmp_path / "logo.png")
    file = tmp_path / "ours.toml"
    words = ("--word", "retraction=Retracted “here”", "--word", "de.retraction=Widerrufen")
    look = ("--name", 'The "Journal"', "--logo", tmp_path / "logo.png", "--publisher-colour", "#004080")
    assert status("profile", "new", file, *look, *words, "--language", "fr", "--notice-page", "back") == 0
    text = file.read_text("utf-8")
    assert 'publisher.logo = "logo.png"' in text
    assert "# opacity = 0.22" in text
    profile = read_profile(str(file))
    assert profile.letterhead is not None
    assert profile.letterhead.name == 'The "Journal"'
    assert profile.letterhead.logo is not None
    assert profile.wording.language == "fr"
    assert profile.wording.words == {State.RETRACTION: "Retracted “here”"}
    assert profile.in_language("de").wording.words == {State.RETRACTION: "Widerrufen"}
    assert profile.in_language("de-AT").wording.words == {State.RETRACTION: "Widerrufen"}
    assert profile.in_language("es").wording.words == {}


def test_a_profile_whose_words_need_a_font_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status("profile", "new", tmp_path / "ja.toml", "--language", "ja") == 0
    assert "the profile needs a font" in capsys.readouterr().err
    assert status("profile", "new", tmp_path / "fr.toml", "--language", "fr") == 0
    assert "needs a font" not in capsys.readouterr().err


def test_every_commented_value_is_one_that_a_profile_may_have(tmp_path: Path) -> None:
    text = profile_text(NewProfile(name="x"), tmp_path / "p.toml")
    keys = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ") and " = " in line]
    assert len(keys) > 15
    for line in keys:
        if not line.startswith(("font", "publisher.logo", "key", "password-file")):
            (tmp_path / "one.toml").write_text(line, "utf-8")
            read_profile(str(tmp_path / "one.toml"))


@pytest.mark.parametrize(
    ("option", "reason"),
    [
        (("--colour", "red"), "not a valid colour"),
        (("--publisher-colour", "#ffff00"), "too light"),
        (("--logo", "none.png"), "there is no logo"),
        (("--font", "none.ttf"), "there is no font"),
        (("--word", "retract=x"), "not a state"),
        (("--word", "de.retract=x"), "not a state that is marked"),
        (("--word", 'x"\ny = 1=2'), "not a state"),
        (("--word", "retraction"), "is not STATE=WORD"),
        (("--name", "two\nlines"), "on one line"),
        (("--language", "no such"), "not a language tag"),
    ],
)
def test_a_value_that_a_profile_may_not_have_is_an_error_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str], reason: str
) -> None:
    assert status("profile", "new", tmp_path / "p.toml", *option) == 2
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "p.toml").exists()


def test_a_profile_is_never_written_over_and_never_over_its_logo(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "logo.png")
    before = (tmp_path / "logo.png").read_bytes()
    assert status("profile", "new", tmp_path / "p.toml", "--name", "One") == 0
    assert status("profile", "new", tmp_path / "p.toml", "--name", "Two") == 2
    assert "already exists" in capsys.readouterr().err
    assert status("profile", "new", tmp_path / "logo.png", "--logo", tmp_path / "logo.png", "--overwrite") == 2
    assert (tmp_path / "logo.png").read_bytes() == before


def test_the_logo_of_a_profile_is_never_replaced_by_an_output(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "logo.png")
    before = (tmp_path / "logo.png").read_bytes()
    (tmp_path / "p.toml").write_text('publisher.logo = "logo.png"\n', "utf-8")
    article, copy = tmp_path / "a.pdf", tmp_path / "c.pdf"
    article.write_bytes(build(title=TITLE, text=(TITLE, "doi:10.1000/xyz123")))
    options = {"at": AT, "profile": tmp_path / "p.toml", "overwrite": True}
    with pytest.raises(UsageError, match="overwrite an input"):
        watermark.stamp(article, notice_file(NOTICE), tmp_path / "logo.png", **options)  # type: ignore[arg-type]
    outcome = watermark.stamp(article, notice_file(NOTICE), copy, proof=STRUCTURE, **options)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="overwrite an input"):
        watermark.certificate(copy, tmp_path / "logo.png", report=outcome.report, **options)  # type: ignore[arg-type]
    assert (tmp_path / "logo.png").read_bytes() == before


def test_without_a_terminal_and_without_options_there_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert status("profile", "new", tmp_path / "p.toml") == 2
    assert "there is no terminal" in capsys.readouterr().err


def test_at_a_terminal_it_asks_and_asks_again_where_an_answer_will_not_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    leader, follower = pytest.importorskip("pty").openpty()
    answers = ["The Journal", "none.png", "", "#004080", "red", "#102030", "it", "Ritrattato"]
    os.write(leader, ("\n".join(answers) + "\n" * 10).encode())
    with os.fdopen(follower, "r") as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        assert status("profile", "new", tmp_path / "p.toml") == 0
    os.close(leader)
    errors = capsys.readouterr().err
    assert "there is no logo" in errors
    assert "not a valid colour" in errors
    profile = read_profile(str(tmp_path / "p.toml"))
    assert profile.wording.language == "it"
    assert profile.wording.words == {State.RETRACTION: "Ritrattato"}
    assert profile.style.colour_rgb == (16 / 255, 32 / 255, 48 / 255)


def test_the_words_of_each_language_are_used_for_it(tmp_path: Path) -> None:
    (tmp_path / "p.toml").write_text('words.retraction = "Pulled"\nwords.de.retraction = "Widerrufen"\n', "utf-8")
    article = tmp_path / "a.pdf"
    article.write_bytes(build(title=TITLE, text=(TITLE, "doi:10.1000/xyz123")))
    marks = []
    for language in ("", "de", "es"):
        outcome = watermark.stamp(
            article,
            notice_file(NOTICE),
            tmp_path / f"{language}c.pdf",
            at=AT,
            language=language,
            proof=STRUCTURE,
            profile=tmp_path / "p.toml",
        )
        assert outcome.receipt is not None
        marks.append(outcome.receipt.mark_text)
    assert marks == ["Pulled", "Widerrufen", "Artículo retractado"]
    with pytest.raises(UsageError, match="not a state that is marked"):
        read_profile_text(tmp_path, 'words.de.retract = "x"')


STRUCTURE = watermark.Proof.STRUCTURE


def read_profile_text(folder: Path, text: str) -> None:
    (folder / "wrong.toml").write_text(text, "utf-8")
    read_profile(str(folder / "wrong.toml"))


def test_name_logo_and_colour_are_on_the_notice_page_and_on_the_certificate(tmp_path: Path) -> None:
    Image.new("RGB", (40, 10), (0, 64, 128)).save(tmp_path / "logo.png")
    look = ("--name", "The Journal", "--logo", tmp_path / "logo.png", "--publisher-colour", "#004080")
    assert status("profile", "new", tmp_path / "p.toml", *look, "--notice-page", "back") == 0
    article, copy = tmp_path / "a.pdf", tmp_path / "c.pdf"
    article.write_bytes(build(title=TITLE, text=(TITLE, "doi:10.1000/xyz123")))
    outcome = watermark.stamp(article, notice_file(NOTICE), copy, at=AT, profile=tmp_path / "p.toml", proof=STRUCTURE)
    certificate = watermark.certificate(copy, report=outcome.report, at=AT)  # the copy knows the branding
    for page in (PdfReader(copy).pages[-1], PdfReader(certificate).pages[0]):
        assert "The Journal" in page.extract_text()
    with pikepdf.open(certificate) as pdf:
        assert "/Picture" in pdf.pages[0].resources.XObject
        assert b"0 .25098 .501961 sc" in pdf.pages[0].Contents.read_bytes()
