"""A notice is read where its heading is no label: a sentence retracts the article, or the label is around its title."""

import pytest

from watermark.errors import NoticeError
from watermark.notice import State, from_text

TITLE = "Group size and vigilance in wintering newts"


LETTER = "Ponds Quarterly\n\nDear Dr. Moss,\n\nRetraction of your article\n\n"
ASKED = "Correspondence\n\nWe write to ask you to retract our paper “%s” (Ponds 38: 55-64, 2008).\n\n"
VIOLATION = "Journals > Ponds\n\nNotice of Violation of Publication Principles: %s\n\nThis paper copied text. "


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (
            "Notice to Readers\n\nThe case report by Drs. Moss and Fenn, “%s” (Ponds 2011; 17: 203-7) is withdrawn.",
            State.WITHDRAWAL,
        ),
        (f"{ASKED}Editor's reply. We thank the authors. The paper is retracted.", State.RETRACTION),
        (f"{LETTER}Your article “%s” (Ponds Quarterly, vol. 28, no. 1, 2021, pp. 44-63) is a copy.", State.RETRACTION),
        (f"{VIOLATION}The paper is hereby retracted.", State.RETRACTION),
        ("Announcement regarding the retraction of the article “%s”\n\nThe data were lost.", State.RETRACTION),
        ("Society news\n\nPonds has this week retracted the field study “%s” (10.5555/pond.1).", State.RETRACTION),
        ("Journal withdraws a count of newts\n\nThe editors have now retracted “%s”.", State.RETRACTION),
        ("RETRACTION NOTICE\n\nWithdrawal: %s\n\nThe authors lost the data.", State.WITHDRAWAL),
        ("Retraction\n\nPartial Retraction: %s\n\nFigure 7 is retracted.", State.PARTIAL_RETRACTION),
        ("Withdrawal Notice\n\nRetraction: %s\n\nThe authors lost the data.", State.WITHDRAWAL),
        (
            "Mitteilung\n\nWir ziehen den Aufsatz von A. Moos, „%s“, erschienen in Heft 3 (2014), S. 7-19, zurück.",
            State.RETRACTION,
        ),
        ("Ponds\n\nNote de la rédaction — Article rétracté\n\n%s\n\nLes tables sont fausses.", State.RETRACTION),
        ("RETRACTION\n\nThe Council has retracted the paper by A. Moss, '%s' (Ponds 7, 2013).", State.RETRACTION),
        ("Notice of Retraction\n\nDear readers,\n\nThe article “%s” has been retracted.", State.RETRACTION),
        ("RETRACTION\n\nThe article “%s” is retracted; its PDF of the article says “Retracted”.", State.RETRACTION),
        ("ERRATUM\n\nRETRACTION\n\nThe article “%s” has been retracted by the journal.", State.RETRACTION),
    ],
)
def test_the_state_and_the_title_are_read_where_no_label_is_in_front_of_the_title(text: str, state: State) -> None:
    notice = from_text(text % TITLE)
    assert notice.state is state
    assert notice.article.title == TITLE


def test_a_policy_in_the_name_of_a_journal_is_no_rule_of_a_publisher() -> None:
    notice = from_text(
        f"Newts lost\n\nThe Pond Policy Review has retracted “{TITLE}” (10.5555/pond.1), as data were lost."
    )
    assert notice.article.doi == "10.5555/pond.1"


def test_a_chinese_label_around_the_title_gives_state_and_title() -> None:
    notice = from_text("首页 | 编委会 | 联系我们\n\n关于撤销《池塘水蝾螈种群模型研究》一文的声明\n\n特此声明。")
    assert notice.state is State.RETRACTION
    assert notice.article.title == "池塘水蝾螈种群模型研究"


@pytest.mark.parametrize(
    "sentence",
    [
        "If the paper is retracted, we will tell the readers.",
        "When the article is withdrawn, its record stays.",
        "The journal has not yet retracted “Group size in wintering newts”, and may never do so.",
        "The paper on newts was retracted in 2014, and we discuss why.",
    ],
)
def test_a_condition_and_a_story_are_no_notice(sentence: str) -> None:
    with pytest.raises(NoticeError):
        from_text(f"Newts of the ponds\n\n{sentence}")


def test_a_text_that_is_retracted_is_a_notice_and_a_question_about_one_is_not() -> None:
    for deed in ("The text was copied, and it is hereby retracted.", "For this reason it is retracted."):
        assert from_text(f"Ponds\n\n{TITLE}\n\n{deed}").state is State.RETRACTION
    for asked in ("We ask what happens to a paper after it is retracted.", "If a paper is wrong, it is retracted."):
        with pytest.raises(NoticeError):
            from_text(f"Ponds\n\n{TITLE}\n\n{asked}")
