"""The invented notices of twenty publishers are read right, and no DOI is ever given a role that is not its own."""

from tests.notice.published.forms import FORMS
from tests.notice.published.measure import FACTS, measured


def test_each_fact_is_read_in_nearly_every_notice_and_no_doi_is_wrong() -> None:
    right, wrong, count = measured()
    assert count >= 120
    assert len({form.publisher for form in FORMS}) >= 15
    for fact in FACTS:
        assert right[fact] >= 0.97 * count, fact
    assert wrong["article DOI"] == wrong["notice DOI"] == 0
