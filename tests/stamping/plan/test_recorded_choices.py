"""A receipt records what is needed to write a copy again, and what is read from it is checked."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.stamping.mark import Edge, LinePosition, MarkStyle
from watermark.stamping.plan import EdgeLine, IsolationMethod, StampRequest, Wording
from watermark.stamping.plan.page_inks import PageInks
from watermark.stamping.plan.recorded_choices import recorded_choices, replay_in, style_in, wording_in

NOTICE = NoticeFile(
    notice=Notice(state=State.RETRACTION, article=Reference()), data=b"x", name="n.md", media_type="text/markdown"
)
STYLES = [
    MarkStyle(),
    MarkStyle(colour_rgb=(0.1, 0.2, 0.3), angle_degrees_ccw=45, position="top", line=False),
    MarkStyle(line_edge=Edge.LEFT, line_text="Retracted on request", opacity=0.3),
]
POSITIONS = (
    *[LinePosition(Edge.TOP)] * 2,
    LinePosition(Edge.LEFT),
    LinePosition(Edge.LEFT, -34, 1),
    None,
    LinePosition(Edge.TOP),
)
WORDINGS = [Wording(), Wording(language="de", words={State.RETRACTION: "Zurückgezogen"}, case="upper")]


def recorded(style: MarkStyle, wording: Wording, changes: Mapping[str, object] | None = None) -> dict[str, Any]:
    request = StampRequest(
        article=Path("a.pdf"), notice=NOTICE, marked_at=datetime(2026, 1, 2, tzinfo=UTC), style=style, wording=wording
    )
    line = EdgeLine(text="x", link="", language="en", positions=POSITIONS)
    choices = recorded_choices(request, line, {3: IsolationMethod.FORM}, PageInks(), {"zlib": "1.3"})
    return {**json.loads(json.dumps(choices)), **(changes or {})}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("wording", WORDINGS)
def test_choices_come_back_from_json_as_they_were(style: MarkStyle, wording: Wording) -> None:
    choices = recorded(style, wording)
    assert style_in(choices) == style
    assert wording_in(choices) == wording
    replay = replay_in(choices, "watermark 1", len(POSITIONS))
    assert replay.positions == POSITIONS
    assert replay.methods == {3: IsolationMethod.FORM}


def test_only_what_differs_from_the_default_is_recorded() -> None:
    assert recorded(MarkStyle(), Wording()).keys() == {"edges", "methods", "libraries"}


def test_a_path_of_this_machine_is_not_recorded() -> None:
    assert "font" not in json.dumps(recorded(MarkStyle(font_path="/home/me/font.ttf"), Wording())).replace(
        "fontTools", ""
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"style": {"text": "Peer reviewed"}},
        {"style": {"font_path": "/etc/passwd"}},
        {"style": ["opacity"]},
        {"style": {"colour_rgb": [1]}},
        {"style": {"line_edge": "middle"}},
        {"wording": {"words": {"approved": "x"}}},
        {"wording": {"unknown": "x"}},
        {"edges": [["top", 0]]},
        {"edges": [["top", 10**9]]},
        {"edges": [["top", True]]},
        {"edges": [["nowhere", 1]]},
        {"edges": [["top", 1, 34]]},
        {"edges": [["top", 1, 35, 0]]},
        {"edges": [["top", 1, 0, 0]]},
        {"edges": [["top", 1, True, 0]]},
        {"edges": [["top", 1, 0, 3]]},
        {"edges": [["none", 1, 34, 0]]},
        {"edges": 7},
        {"methods": {"x": "form"}},
        {"methods": {"1": "magic"}},
        {"methods": [1]},
        {"contrast": {"median": "1.46\n"}},
        {"contrast": {"nine_of_ten": "less than before 1.46"}},
        {"contrast": {"line": "1.4"}},
        {"contrast": {"line": 6.22}},
    ],
)
def test_choices_that_no_marking_records_are_an_error(changes: dict[str, Any]) -> None:
    choices = recorded(MarkStyle(), Wording(), changes)
    with pytest.raises((TypeError, ValueError)):
        (style_in(choices), wording_in(choices), replay_in(choices, "watermark 1", len(POSITIONS)))
