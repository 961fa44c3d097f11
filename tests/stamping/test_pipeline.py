"""One article from its notice to the saved copy, and on to the next notice and back."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pypdf
import pytest

from tests.helpers.build import build
from watermark.article.inspection import inspect_file
from watermark.errors import UsageError
from watermark.models import Outcome, Result
from watermark.notice import Notice, NoticeFile, Reference, State, outranks
from watermark.stamping.mark import Edge, MarkStyle
from watermark.stamping.pipeline import plan_outcome, stamp_outcome
from watermark.stamping.plan import StampRequest
from watermark.stamping.restore import restore_original
from watermark.verification.verifier import verify_copy

TITLE = "A Study of Watermarks in Liver Cells"
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def request_for(folder: Path, state: State = State.RETRACTION, **peculiarities: object) -> StampRequest:
    path = folder / "article.pdf"
    path.write_bytes(build(**{"pages": 2, "info": {"/Title": TITLE}, **peculiarities}))  # type: ignore[arg-type]
    return StampRequest(article=path, notice=given(state), marked_at=AT)


def given(state: State) -> NoticeFile:
    notice = Notice(state=state, title=f"{TITLE} [{state.value}]", article=Reference(title=TITLE), doi="10.5555/n")
    return NoticeFile(notice=notice, data=b"The notice.", name="notice.txt", media_type="text/plain")


def stamped(asked: StampRequest, name: str = "copy.pdf") -> Outcome:
    outcome = stamp_outcome(asked, asked.article.with_name(name))
    assert outcome.exit_status == 0, outcome.reason
    return outcome


def test_a_plain_article_carries_the_notice_the_typeset_notice_and_the_record(tmp_path: Path) -> None:
    outcome = stamped(request_for(tmp_path))
    assert set(pypdf.PdfReader(outcome.copy).attachments) == {"notice.txt", "retraction-notice.pdf", "retraction.json"}
    record = json.loads(pypdf.PdfReader(outcome.copy).attachments["retraction.json"][0])
    assert record["original"]["sha256"] == inspect_file(tmp_path / "article.pdf").sha256
    assert outcome.sidecar == ""


def test_a_pdfa_1_article_gets_the_notice_as_its_last_page_and_the_record_beside_it(tmp_path: Path) -> None:
    outcome = stamped(request_for(tmp_path, pdfa="1b"))
    reader = pypdf.PdfReader(outcome.copy)
    assert len(reader.pages) == 3
    assert "Retraction notice" in reader.pages[2].extract_text()
    assert not reader.attachments
    assert json.loads(Path(outcome.sidecar).read_text(encoding="utf-8"))["state"] == "retraction"


def test_a_pdfa_2_article_carries_no_file_but_an_archivable_one(tmp_path: Path) -> None:
    outcome = stamped(request_for(tmp_path, pdfa="2b"))
    assert set(pypdf.PdfReader(outcome.copy).attachments) == {"retraction-notice.pdf"}
    assert Path(outcome.sidecar).is_file()


def test_an_earlier_marking_that_does_not_verify_gets_no_second_one(tmp_path: Path) -> None:
    asked = request_for(tmp_path, State.EXPRESSION_OF_CONCERN)
    concern = Path(stamped(asked, "concern.pdf").copy)
    with pikepdf.open(concern, allow_overwriting_input=True) as pdf:
        pdf.save(concern)
    outcome = stamp_outcome(
        replace(asked, article=concern, notice=given(State.RETRACTION)), tmp_path / "retraction.pdf"
    )
    assert (outcome.result, outcome.exit_status) == (Result.NOT_VERIFIED, 5)
    assert outcome.reason.startswith("it was marked before, and that marking does not verify: ")
    assert plan_outcome(replace(asked, article=concern, notice=given(State.RETRACTION))).exit_status == 5
    assert not (tmp_path / "retraction.pdf").exists()


def test_a_concern_becomes_a_retraction_and_both_can_be_taken_back(tmp_path: Path) -> None:
    concern = request_for(tmp_path, State.EXPRESSION_OF_CONCERN)
    first = stamped(concern, "concern.pdf")
    second = stamped(replace(concern, article=Path(first.copy), notice=given(State.RETRACTION)), "retraction.pdf")
    assert verify_copy(Path(second.copy)).passed
    assert inspect_file(Path(second.copy)).identity.titles[0].value == TITLE
    back = restore_original(Path(second.copy), tmp_path / "published.pdf")
    assert (tmp_path / "published.pdf").read_bytes() == concern.article.read_bytes()
    assert [receipt.state for receipt in back.markings] == [State.EXPRESSION_OF_CONCERN, State.RETRACTION]
    restore_original(Path(second.copy), tmp_path / "concern again.pdf", step=1)
    assert (tmp_path / "concern again.pdf").read_bytes() == Path(first.copy).read_bytes()
    with pytest.raises(UsageError, match="no step 2"):
        restore_original(Path(second.copy), tmp_path / "never.pdf", step=2)
    assert not (tmp_path / "never.pdf").exists()


@pytest.mark.parametrize("later", [State.EXPRESSION_OF_CONCERN, State.PARTIAL_RETRACTION, State.WITHDRAWAL])
def test_a_milder_notice_does_not_clear_a_retraction(tmp_path: Path, later: State) -> None:
    first = request_for(tmp_path)
    copy = Path(stamped(first).copy)
    outcome = stamp_outcome(replace(first, article=copy, notice=given(later)), tmp_path / "again.pdf")
    assert outcome.result is Result.REFUSED
    assert "already marked for another notice: “Retracted”" in outcome.reason


def test_the_states_are_ranked_and_what_is_not_a_mark_weighs_least() -> None:
    ranked = [
        State.REMOVAL,
        State.RETRACTION,
        State.RETRACTED_AND_REPLACED,
        State.WITHDRAWAL,
        State.PARTIAL_RETRACTION,
        State.EXPRESSION_OF_CONCERN,
    ]
    ranks = {state: ranked.index(state) if state in ranked else len(ranked) for state in State}
    assert len(ranks) == 14
    for state, rank in ranks.items():
        assert [outranks(state, other) for other in ranks] == [rank < weight for weight in ranks.values()]


def test_the_same_state_is_not_marked_twice_for_two_notices(tmp_path: Path) -> None:
    first = request_for(tmp_path)
    copy = Path(stamped(first).copy)
    other = replace(given(State.RETRACTION), notice=replace(first.notice.notice, date="2026-01-01"))
    outcome = stamp_outcome(replace(first, article=copy, notice=other), tmp_path / "again.pdf")
    assert outcome.result is Result.REFUSED
    assert "Restore the original" in outcome.remedy
    assert not (tmp_path / "again.pdf").exists()


@pytest.mark.parametrize(
    "style",
    [
        MarkStyle(colour_rgb=(0, 0, 0.6)),
        MarkStyle(angle_degrees_ccw=0.0),
        MarkStyle(opacity=0.4),
        MarkStyle(position="top"),
        MarkStyle(position="bottom", angle_degrees_ccw=10.0),
        MarkStyle(line=False),
        MarkStyle(line_text="Withdrawn by the journal"),
        *(MarkStyle(line_edge=edge) for edge in Edge),
    ],
)
def test_whatever_look_is_chosen_the_copy_verifies(tmp_path: Path, style: MarkStyle) -> None:
    outcome = stamped(replace(request_for(tmp_path), style=style, text="Withdrawn"))
    assert outcome.report is not None
    assert outcome.report.passed


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.REMOVAL, "does not remove content"),
        (State.REINSTATEMENT, "reinstatement"),
        (State.CORRIGENDUM, "corrigendum"),
    ],
)
def test_what_is_not_a_retraction_is_refused(tmp_path: Path, state: State, words: str) -> None:
    outcome = stamp_outcome(request_for(tmp_path, state), tmp_path / "copy.pdf")
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3)
    assert words in outcome.reason
    assert not (tmp_path / "copy.pdf").exists()


def test_a_page_that_appears_twice_is_marked_once_and_verifies(tmp_path: Path) -> None:
    outcome = stamped(request_for(tmp_path, kids="twice"))
    assert outcome.receipt is not None
    assert outcome.receipt.page_count == 3
