"""The plan gives the true reason for the place of the edge line."""

import pytest

from watermark.stamping.mark import Edge, LinePosition
from watermark.stamping.plan.edge_lines import line_decisions
from watermark.stamping.plan.model import EdgeLine


@pytest.mark.parametrize(
    ("edges", "chosen", "reason"),
    [
        ([Edge.TOP, Edge.TOP], None, "no page needs another edge"),
        ([Edge.TOP], None, "the page needs no other edge"),
        ([Edge.TOP, Edge.LEFT], None, "this is the first empty edge of each page, with the top preferred"),
        ([Edge.BOTTOM, Edge.BOTTOM], Edge.BOTTOM, "the bottom was requested"),
        ([Edge.TOP], Edge.TOP, "the top was requested"),
    ],
)
def test_the_reason_is_the_users_choice_or_what_the_pages_leave_free(
    edges: list[Edge], chosen: Edge | None, reason: str
) -> None:
    line = EdgeLine(text="Retracted", link="", language="", positions=tuple(map(LinePosition, edges)))
    (decision,) = line_decisions(line, range(1, len(edges) + 1), chosen)
    assert decision.reason == reason
