"""The notice document speaks the language of the notice, and sets scripts of every direction where a font is given."""

import io
import re
from dataclasses import replace
from pathlib import Path

import page as page_validation
import pikepdf
import pypdf
import pypdfium2
import pytest

from tests.helpers.tag_check import faults_in_tags
from tests.stamping.notice_document.notices import ARTICLE, BARE, FACTS, FULL, MARKED_AT
from watermark.notice import Notice
from watermark.pdf.fonts.face import TEXT, own_face
from watermark.pdf.fonts.font_stack import FontStack
from watermark.stamping.notice_document import notice_document
from watermark.stamping.notice_document.labels import LANGUAGES, labels_for

CJK = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
ARABIC = Path("/usr/share/fonts/opentype/fonts-hosny-amiri/Amiri-Regular.ttf")
HEBREW = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
CHINESE_NOTICE = replace(
    FULL,
    language="zh",
    article=replace(ARTICLE, title="miR-31 通过 ROCK1 通路调节肝癌 HepG2 细胞的凋亡和侵袭", authors=("张三", "李四")),
    issuers=("《肿瘤靶向治疗》编辑部",),
    requested_by=("作者",),
    reasons=("图片重复",),
    statement=(
        "本刊编辑部和出版社现撤回上述文章。文章发表后，读者发现其中若干图片也出现在与本研究无关的其他课题组的文章中。"
        "调查证实图 3 和图 5 的部分图片为重复图片，参见 https://example.org/guidelines。" * 3,
        "作者无法提供原始数据，并同意撤稿。",
    ),
    policies=("COPE 指南",),
)
ARABIC_NOTICE = replace(
    FULL,
    language="ar",
    article=replace(ARTICLE, title="تأثير الجين miR-31 على خلايا الكبد (دراسة)", authors=("أحمد علي", "ليلى حسن")),
    issuers=("هيئة التحرير",),
    statement=(
        (
            "نعلن نحن، محرر المجلة وناشرها، سحب المقال المذكور أعلاه في 12 مايو 2024."
            " بعد نشر المقال لاحظ القراء أن بعض الصور في الشكلين 3 و5 منشورة أيضا في مقالات لمجموعات أخرى."
            " انظر https://example.org/guidelines للمزيد."
        ),
    ),
)
HEBREW_NOTICE = replace(FULL, language="he", article=replace(ARTICLE, title="מאמר על תאי כבד (HepG2) משנת 2020"))


def font_at(path: Path) -> Path:
    if not path.is_file():
        pytest.skip(f"no font at {path}")
    return path


def typeset(notice: Notice, font: Path | None = None, language: str = "") -> bytes:
    return notice_document(notice, facts=FACTS, marked_at=MARKED_AT, font=font, language=language)


def words_in(data: bytes) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    return re.sub(r"\s+", " ", " ".join(pages))


def blanks_in(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}", text))


def faults_of(data: bytes) -> list[str]:
    found = [
        failure.rule_id
        for profile in ("2b", "2a", "ua1")
        for failure in page_validation.validate_pdf_bytes(data, profile=profile).failures
    ]
    return [rule for rule in found if rule != "PDFA2A-ID-CONFORMANCE-001"] + faults_in_tags(data)


@pytest.mark.parametrize(
    ("notice", "font"),
    [
        (CHINESE_NOTICE, CJK),
        (replace(CHINESE_NOTICE, language="ja"), CJK),
        (ARABIC_NOTICE, ARABIC),
        (HEBREW_NOTICE, HEBREW),
    ],
    ids=["Chinese", "Japanese", "Arabic", "Hebrew"],
)
def test_a_script_that_the_font_has_is_valid_tagged_and_the_same_each_time(notice: Notice, font: Path) -> None:
    data = typeset(notice, font_at(font))
    assert faults_of(data) == []
    assert typeset(notice, font) == data


def test_letters_that_join_are_joined_and_every_line_says_its_text_in_reading_order() -> None:
    data = typeset(ARABIC_NOTICE, font_at(ARABIC))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = [
            str(operands[1].ActualText)
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "BDC" and operands[0] == "/Span"
        ]
    assert any(text.startswith("نعلن نحن") for text in texts)
    font = pypdf.PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"]["/Text0"]
    assert "Amiri" in font["/BaseFont"]


def test_chinese_lines_break_between_characters_and_stay_inside_the_margins() -> None:
    document = pypdfium2.PdfDocument(typeset(CHINESE_NOTICE, font_at(CJK)))
    page = document[0].get_textpage()
    rights = [page.get_charbox(index)[2] for index in range(page.count_chars())]
    document.close()
    assert 480 < max(rights) < 595.28 - 62 + 11  # one character that cannot begin a line may hang in the margin


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_labels_are_in_the_language_asked_for_where_the_font_has_it(language: str) -> None:
    font = font_at(CJK) if language in {"zh", "ja"} else None
    data = typeset(replace(FULL, language=""), font, language)
    stack = FontStack((own_face(TEXT),)) if font is None else None
    with pikepdf.open(io.BytesIO(data)) as pdf:
        heading = pdf.Root.StructTreeRoot.K.K[0]
        assert heading.get("/Lang", pdf.Root.Lang) == language
    if stack is not None:
        labels = labels_for([language], stack)
        assert labels.language == language
        assert labels["statement"] in words_in(data)


def test_labels_are_english_where_the_font_lacks_the_language() -> None:
    assert "Withdrawal notice" in words_in(typeset(replace(BARE, language="zh")))


def test_all_languages_have_the_same_labels_with_the_same_blanks() -> None:
    stack = FontStack((own_face(TEXT),))
    english = labels_for(["en"], stack).words
    for language in sorted(LANGUAGES - {"zh", "ja"}):
        words = labels_for([language], stack).words
        assert words.keys() == english.keys()
        for key, text in english.items():
            if isinstance(text, str):
                assert sorted(re.findall(r"\{\w+\}", words[key])) == sorted(re.findall(r"\{\w+\}", text)), (
                    language,
                    key,
                )
