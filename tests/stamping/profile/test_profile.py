"""A profile holds a house style; an unknown key is refused, with its line and what to do."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from tests.helpers.build import build
from watermark.article.inspection import inspect_file
from watermark.cli import main
from watermark.errors import UsageError
from watermark.models import Outcome
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.stamping.mark import Edge
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import LANGUAGES, StampRequest, Wording
from watermark.stamping.plan.wording import line_words, mark_word, title_prefix
from watermark.stamping.profile import PRESETS, Profile, preset_text, read_profile
from watermark.stamping.profile.logo import LogoError, read_logo

TITLE = "A Study of Watermarks in Liver Cells"
CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
ARABIC = Path("/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Bold.ttf")

NOTICE = Notice(state=State.RETRACTION, article=Reference(title=TITLE), doi="10.5555/n", date="2024-05-01")


def written(tmp_path: Path, text: str) -> str:
    path = tmp_path / "house.toml"
    path.write_text(text, "utf-8")
    return str(path)


def stamped(tmp_path: Path, profile: Profile, state: State = State.RETRACTION, **peculiarities: object) -> Outcome:
    article = tmp_path / "article.pdf"
    article.write_bytes(build(**{"info": {"/Title": TITLE}, **peculiarities}))  # type: ignore[arg-type]
    notice = NoticeFile(notice=replace(NOTICE, state=state), data=b"...", name="n.txt", media_type="text/plain")
    job = profile.apply_to(StampRequest(article=article, notice=notice, marked_at=datetime(2026, 1, 2, tzinfo=UTC)))
    return stamp_outcome(job, tmp_path / "copy.pdf", overwrite=True)


def test_every_key_says_what_it_changes(tmp_path: Path) -> None:
    profile = read_profile(
        written(
            tmp_path,
            'language = "pt-BR"\ncase = "upper"\ncolour = "#ff0000"\nangle = 45\nopacity = 0.3\nsize = 0.5\n'
            'position = "top"\nedge-line = true\nedge-text = "{word} em {date}: {link}"\nedge = "left"\n'
            'notice-page = "front"\nwords.retraction = "Retratado em {date}"\n'
            '[title-prefix]\nretraction = "RETRATADO:"\n',
        )
    )
    style = profile.style
    assert (style.colour_rgb, style.angle_degrees_ccw, style.opacity) == ((1.0, 0.0, 0.0), 45.0, 0.3)
    assert (style.length_of_diagonal, style.position, style.line_edge) == (0.5, "top", Edge.LEFT)
    assert (profile.notice_page, profile.wording.language) == ("front", "pt-BR")
    assert mark_word(NOTICE, "", profile.wording) == "RETRATADO EM 2024-05-01"
    assert line_words(NOTICE, "", "", profile.wording) == "Retratado em em 2024-05-01: https://doi.org/10.5555/n"
    assert title_prefix(State.RETRACTION, profile.wording) == "RETRATADO: "
    assert title_prefix(State.WITHDRAWAL, profile.wording) == "WITHDRAWN: "


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('colour = "#ff0000"\nangel = 3\n', 2, "“angel” is not a key"),
        ('\n[words]\nretract = "x"\n', 3, "“retract” is not a state that is marked"),
        ('words.correction = "x"\n', 1, "“correction” is not a state that is marked"),
        ("colour = red\n", 1, "not valid TOML"),
        ('colour = "red"\n', 1, "not a valid colour"),
        ("# look\n\nsize = 2\n", 3, "must be a number from 0.2 to 0.95"),
        ("opacity = true\n", 1, "must be a number"),
        ("opacity = nan\n", 1, "must be a number"),
        ('angle = "steep"\n', 1, "must be a number"),
        ('edge-line = "yes"\n', 1, "must be true or false"),
        ('edge = "middle"\n', 1, "Choose one of: top, bottom, left, right"),
        ('position = "left"\n', 1, "Choose one of: centre, top, bottom"),
        ('notice-page = "both"\n', 1, "Choose one of: auto, none, front, back"),
        ('case = "title"\n', 1, "Choose one of: as-is, upper, lower"),
        ('language = "Portuguese of Brazil"\n', 1, "not a language tag"),
        ('edge-text = "{word}: {url}"\n', 1, "{url}, which is not a placeholder. Allowed: {word}, {date}, {link}"),
        ('words.retraction = "{link}"\n', 1, "Allowed: {date}"),
        ('words.retraction = ""\n', 1, "must be text of 1 to 100 characters"),
        ('words.retraction = "a\\u0007b"\n', 1, "must be text"),
        ('title-prefix.retraction = " "\n', 1, "must be text"),
        ('words = "Retracted"\n', 1, "must be a table"),
        ('font = "none.ttf"\n', 1, "there is no font"),
        ('extends = "nature"\n', 1, "Choose one of: acl, dove, rup"),
        ('publisher = "Example Press"\n', 1, "“publisher” is not a table"),
        ('[publisher]\nlogos = "a.png"\n', 2, "“publisher.logos” is not a key"),
        ('publisher.name = ""\n', 1, "must be text of 1 to 100 characters"),
        ('publisher.logo = "none.png"\n', 1, "there is no logo"),
        ('publisher.logo = "house.toml"\n', 1, "cannot be read as PNG or JPEG"),
        ('publisher.colour = "blue"\n', 1, "not a valid colour"),
        ('publisher.colour = "#ffff00"\n', 1, "too light to be read on white"),
    ],
)
def test_what_is_not_known_is_refused_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_profile(written(tmp_path, text))
    assert refused.value.place == f"line {line}"
    assert refused.value.file.endswith("house.toml")
    assert said in f"{refused.value}"


def picture_at(path: Path, size: tuple[int, int] = (60, 20), mode: str = "RGBA") -> Path:
    Image.new(mode, size, 0).save(path)
    return path


@pytest.mark.parametrize(("name", "mode"), [("a.png", "RGBA"), ("a.png", "P"), ("a.jpg", "L"), ("a.jpg", "CMYK")])
def test_a_publishers_name_logo_and_colour_are_on_the_notice_document(tmp_path: Path, name: str, mode: str) -> None:
    picture_at(tmp_path / name, mode=mode)
    text = f'notice-page = "back"\n[publisher]\nname = "Example Press"\nlogo = "{name}"\ncolour = "#004080"\n'
    profile = read_profile(written(tmp_path, text))
    assert profile.letterhead is not None
    assert profile.letterhead.logo is not None
    assert (profile.letterhead.logo.width, profile.letterhead.logo.height) == (60, 20)
    outcome = stamped(tmp_path, profile, pdfa="1b")
    assert outcome.exit_status == 0, outcome.reason
    assert "Example Press" in pypdf.PdfReader(tmp_path / "copy.pdf").pages[-1].extract_text()


def test_a_transparent_logo_is_on_white_and_a_large_one_is_reduced(tmp_path: Path) -> None:
    logo = read_logo(picture_at(tmp_path / "logo.png", (3000, 400)))
    assert (logo.width, logo.height) == (600, 80)
    assert logo.pixels == b"\xff" * (600 * 80 * 3)


@pytest.mark.parametrize("size", [(8001, 1), (1, 8001), (5000, 5000)])
def test_a_logo_with_too_many_pixels_is_refused_before_it_is_decoded(tmp_path: Path, size: tuple[int, int]) -> None:
    path = picture_at(tmp_path / "logo.png", size, "1")
    with pytest.raises(LogoError, match="too many"):
        read_logo(path)


def test_a_profile_with_a_logo_is_shown_without_its_pixels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture_at(tmp_path / "logo.png")
    with pytest.raises(SystemExit) as ended:
        main(["profile", "show", written(tmp_path, 'publisher.logo = "logo.png"\n'), "--json"])
    assert not ended.value.code
    assert '"logo": {"width": 60, "height": 20}' in capsys.readouterr().out


def test_a_logo_that_is_a_device_or_a_folder_is_refused(tmp_path: Path) -> None:
    for path in (Path("/dev/zero"), tmp_path):
        with pytest.raises(LogoError, match="cannot be read"):
            read_logo(path)


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF"])
def test_a_logo_of_another_format_is_refused(tmp_path: Path, form: str) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "logo.png", form)
    with pytest.raises(LogoError, match="PNG or JPEG"):
        read_logo(tmp_path / "logo.png")


def test_a_logo_of_too_many_bytes_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    with (tmp_path / "large.png").open("wb") as file:
        file.truncate(2_000_001)
    with pytest.raises(LogoError, match="cannot be read"):
        read_logo(tmp_path / "large.png")
    data = picture_at(tmp_path / "logo.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(data[: len(data) // 2])
    with pytest.raises(LogoError, match="cannot be read"):
        read_logo(tmp_path / "logo.png")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"x" * 200_000])
def test_a_file_that_is_not_a_profile_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "house.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError):
        read_profile(str(path))


def test_a_profile_begins_with_the_preset_that_it_extends(tmp_path: Path) -> None:
    profile = read_profile(written(tmp_path, 'extends = "acl"\ncolour = "#0000ff"\n'))
    assert profile.style.colour_rgb == (0.0, 0.0, 1.0)
    assert profile.style.line_edge is Edge.TOP
    assert profile.wording.case == "upper"


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_profile_that_can_be_shown_saved_and_used(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["profile", "show", name])
    assert not ended.value.code
    saved = read_profile(written(tmp_path, capsys.readouterr().out))
    assert replace(saved, name=name) == read_profile(name)
    assert preset_text(name).startswith("# ")


def test_the_presets_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["profile", "list"])
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(PRESETS)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("state", [state for state in State if state.is_marked])
def test_each_language_has_a_word_for_each_state_and_says_where_the_notice_is(language: str, state: State) -> None:
    notice, wording = replace(NOTICE, state=state), Wording(language=language)
    word = mark_word(notice, "", wording)
    assert word == LANGUAGES[language].word(state)
    assert line_words(notice, "", "", wording).startswith(f"{word} 2024-05-01")
    assert "https://doi.org/10.5555/n" in line_words(notice, "", "", wording)
    unlinked = [line_words(replace(notice, doi=""), "", page, wording) for page in ("", "front", "back")]
    assert len(set(unlinked)) == 3


def test_the_notices_own_word_is_kept_in_english_and_gives_way_to_a_house_that_speaks_another_language() -> None:
    promised = replace(NOTICE, mark_text="Retracted by the editors")
    assert mark_word(promised, "", Wording()) == "Retracted by the editors"
    assert mark_word(promised, "", Wording(language="pt")) == "Artigo retratado"
    assert mark_word(promised, "", Wording(words={State.RETRACTION: "Gone"})) == "Gone"
    assert mark_word(promised, "Chosen", Wording(words={State.RETRACTION: "Gone"})) == "Chosen"


def test_a_date_that_the_notice_does_not_say_leaves_no_gap() -> None:
    undated = replace(NOTICE, date="")
    wording = Wording(words={State.RETRACTION: "Retracted {date}"}, line="{word} {date}. See {link}")
    assert mark_word(undated, "", wording) == "Retracted"
    assert line_words(undated, "", "", wording) == "Retracted. See https://doi.org/10.5555/n"


def test_a_copy_with_a_prefix_of_the_house_verifies_and_is_known_by_its_own_title(tmp_path: Path) -> None:
    profile = Profile(wording=Wording(language="de", prefixes={State.RETRACTION: "ZURÜCKGEZOGEN:"}))
    outcome = stamped(tmp_path, profile)
    assert outcome.exit_status == 0, outcome.reason
    info = inspect_file(tmp_path / "copy.pdf")
    assert info.receipt is not None
    assert info.receipt.title_prefix == "ZURÜCKGEZOGEN: "
    assert info.receipt.line_text.startswith("Zurückgezogen 2024-05-01. Mitteilung: ")
    assert info.identity.titles[0].value == TITLE


def test_a_script_that_the_font_lacks_asks_for_a_font(tmp_path: Path) -> None:
    outcome = stamped(tmp_path, Profile(wording=Wording(language="zh")))
    assert outcome.exit_status == 2
    assert not (tmp_path / "copy.pdf").exists()
    assert outcome.code == outcome.argument == "font"


def test_chinese_is_marked_with_a_font_that_has_it_and_stays_archivable(tmp_path: Path) -> None:
    if not CJK.is_file():
        pytest.skip(f"no font at {CJK}")
    profile = Profile(wording=Wording(language="zh"), font=CJK)
    outcome = stamped(tmp_path, profile, pdfa="2b")
    assert outcome.exit_status == 0, outcome.reason
    assert outcome.receipt is not None
    assert (outcome.receipt.mark_text, outcome.receipt.line_text[:13]) == ("撤稿", "撤稿 2024-05-01")


def test_arabic_is_joined_and_set_from_the_right_with_the_line_in_english(tmp_path: Path) -> None:
    if not ARABIC.is_file():
        pytest.skip(f"no font at {ARABIC}")
    words = {State.RETRACTION: "مسحوب"}
    outcome = stamped(tmp_path, Profile(wording=Wording(language="ar", words=words), font=ARABIC))
    assert outcome.exit_status == 0, outcome.reason
    assert outcome.receipt is not None
    assert outcome.receipt.line_text.startswith("Retracted 2024-05-01. Notice: ")


def test_a_notice_page_in_arabic_verifies_in_an_article_without_tags(tmp_path: Path) -> None:
    if not ARABIC.is_file():
        pytest.skip(f"no font at {ARABIC}")
    article = tmp_path / "article.pdf"
    article.write_bytes(build(info={"/Title": TITLE}))
    notice = replace(NOTICE, statement=("نعلن سحب المقال المذكور أعلاه في 12 مايو 2024.",))
    file = NoticeFile(notice=notice, data=b"...", name="n.txt", media_type="text/plain")
    request = StampRequest(article=article, notice=file, marked_at=datetime(2026, 1, 2, tzinfo=UTC))
    profile = Profile(font=ARABIC, notice_page="back")
    outcome = stamp_outcome(profile.apply_to(request), tmp_path / "copy.pdf")
    assert outcome.exit_status == 0, outcome.reason


def test_words_from_both_directions_are_refused(tmp_path: Path) -> None:
    if not ARABIC.is_file():
        pytest.skip(f"no font at {ARABIC}")
    words = {State.RETRACTION: "مسحوب {date}"}
    outcome = stamped(tmp_path, Profile(wording=Wording(language="ar", words=words), font=ARABIC))
    assert outcome.exit_status == 2, outcome.reason
    assert "words of one direction" in outcome.remedy


def test_an_option_goes_before_the_profile(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article, notice = tmp_path / "article.pdf", tmp_path / "notice.yaml"
    article.write_bytes(build(info={"/Title": TITLE}))
    notice.write_text(f"state: retraction\narticle:\n  title: {TITLE}\ndate: 2024-05-01\n", "utf-8")
    base = ["stamp", str(article), "--notice", str(notice), "--dry-run", "--json", "--profile", "rup"]
    for more, word in (([], "RETRACTED 2024-05-01"), (["--language", "es"], "ARTÍCULO RETRACTADO")):
        with pytest.raises(SystemExit):
            main([*base, *more])
        assert f'"mark_text": "{word}"' in capsys.readouterr().out
