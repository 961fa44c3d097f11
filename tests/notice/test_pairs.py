"""No pair of article and notice ends in a wrong mark."""

from tests.notice.pairs import tried


def test_no_article_is_marked_for_a_notice_that_retracts_another_one() -> None:
    count, right, wrong = tried([])
    assert wrong == []
    assert count >= 20_000
    assert right >= 1_000
