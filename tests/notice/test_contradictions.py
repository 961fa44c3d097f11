"""A title and a record that disagree are settled on the safe side, or refused until the user decides."""

from dataclasses import replace

import pytest

from watermark.errors import AmbiguousNoticeError, NoticeError
from watermark.notice import DoiMention, DoiRole, Notice, Reference, State
from watermark.notice.contradictions import consistent_notice

NOTICE = Notice(state=State.RETRACTION, title="Retraction: Newts", article=Reference(title="Newts", doi="10.5555/a"))


@pytest.mark.parametrize(
    ("label", "record", "state"),
    [
        ("Removal notice to", State.RETRACTION, State.REMOVAL),
        ("Retraction", State.REMOVAL, State.REMOVAL),
        ("Partial retraction", State.RETRACTION, State.PARTIAL_RETRACTION),
        ("Retraction", State.PARTIAL_RETRACTION, State.PARTIAL_RETRACTION),
    ],
)
def test_a_removal_or_a_part_on_either_side_decides_and_is_reported(label: str, record: State, state: State) -> None:
    notice, warnings = consistent_notice(replace(NOTICE, title=f"{label}: Newts", state=record), None)
    assert notice.state is state
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("label", "record", "state"),
    [
        ("Retraction", State.RETRACTION, State.RETRACTION),
        ("Withdrawal", State.RETRACTION, State.RETRACTION),
        ("Retracted", State.WITHDRAWAL, State.WITHDRAWAL),
        ("Notice of retraction and replacement", State.RETRACTION, State.RETRACTED_AND_REPLACED),
        ("A note", State.EXPRESSION_OF_CONCERN, State.EXPRESSION_OF_CONCERN),
    ],
)
def test_kinds_of_whole_retraction_do_not_contradict_each_other(label: str, record: State, state: State) -> None:
    notice, warnings = consistent_notice(replace(NOTICE, title=f"{label}: Newts", state=record), None)
    assert (notice.state, warnings) == (state, ())


@pytest.mark.parametrize(
    ("label", "record"),
    [
        ("Expression of concern", State.RETRACTION),
        ("Retraction", State.EXPRESSION_OF_CONCERN),
        ("Retraction", State.CORRECTION),
        ("Correction", State.RETRACTION),
        ("Retraction", State.REINSTATEMENT),
    ],
)
def test_a_concern_against_a_retraction_is_refused_until_the_user_says_which(label: str, record: State) -> None:
    notice = replace(NOTICE, title=f"{label}: Newts", state=record)
    with pytest.raises(NoticeError, match="contradicts itself") as caught:
        consistent_notice(notice, None)
    assert caught.value.exit_status == 3
    assert (caught.value.code, caught.value.argument) == ("kind-of-notice", "state")
    assert consistent_notice(notice, record)[0].state is record


def test_several_articles_are_a_matter_of_usage_and_not_a_failure() -> None:
    assert (NoticeError.exit_status, AmbiguousNoticeError.exit_status) == (3, 2)


def test_what_the_tags_say_of_a_doi_outweighs_the_words() -> None:
    mention = DoiMention(doi="10.5555/a", role=DoiRole.SOURCE, evidence="copied from")
    notice, _ = consistent_notice(replace(NOTICE, dois=(mention,)), None)
    assert [(one.doi, one.role) for one in notice.doi_roles] == [("10.5555/a", DoiRole.ARTICLE)]
