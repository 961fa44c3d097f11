"""A copy of this tool can be written again and is the same; what was forged differs, with every digest recomputed."""

import dataclasses
import re
import shutil
import tracemalloc
import zlib
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest

from tests.helpers.build import build
from tests.helpers.resealed_copies import Recorder
from tests.helpers.tampered_copies import NOTICE, Tamper, stamped
from tests.verification.test_attacks import ARTICLE, ATTACKS, mark_form, remade
from watermark.models import Claim, Proof, Result, Status
from watermark.notice import Notice, NoticeFile, Reference, State, read_notice
from watermark.pdf import incremental_update, object_draft
from watermark.pdf.object_draft import ObjectDraft
from watermark.stamping import pipeline
from watermark.stamping.mark import Edge, MarkStyle
from watermark.stamping.notice_document import Letterhead, Logo
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest, Wording, planner
from watermark.stamping.plan.recorded_choices import letterhead_in
from watermark.stamping.reproduction import Given, inputs, reproduce, verify_and_reproduce

MARKED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FILE = NoticeFile(notice=NOTICE, name="notice.txt", data=b"The article is retracted.", media_type="text/plain")
EARLIER = dataclasses.replace(
    NOTICE, title="Concern: An article", state=State.EXPRESSION_OF_CONCERN, doi="10.5555/first"
)
CONCERN = NoticeFile(notice=EARLIER, name="concern.txt", data=b"There are concerns.", media_type="text/plain")
SAMPLES = Path(__file__).parents[3] / "samples"
LOGO = Logo(width=9, height=3, pixels=bytes(range(81)))
PASSWORD = "u"  # noqa: S105 - of a file that a test makes


def marked(folder: Path, *, name: str = "copy.pdf", article: Path | None = None, **options: Any) -> Path:  # noqa: ANN401
    """Return the path of a copy that the pipeline has saved."""
    peculiarities = options.pop("peculiarities", {})
    if article is None:
        article = folder / "article.pdf"
        article.write_bytes(build(text="An article", **peculiarities))
    request = StampRequest(
        article=article,
        **{"notice": FILE, "marked_at": MARKED_AT, "match_override_reason": "a test", **options},
    )
    outcome = stamp_outcome(request, folder / name)
    assert outcome.result is Result.MARKED, outcome
    return folder / name


def statuses(copy: Path, **options: Any) -> list[Status]:  # noqa: ANN401
    findings = reproduce(copy, **options)
    assert {finding.claim for finding in findings} == {Claim.REPRODUCED}
    return [finding.status for finding in findings]


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({}, id="plain"),
        pytest.param({"peculiarities": {"pages": 3, "xref": "stream"}}, id="cross-reference stream"),
        pytest.param({"peculiarities": {"eof_newline": False, "info": None}}, id="no end of line"),
        pytest.param({"peculiarities": {"tagged": True}}, id="tagged"),
        pytest.param({"peculiarities": {"rotate": 90, "pages": 2}}, id="rotated"),
        pytest.param({"notice_page": "front"}, id="notice page in front"),
        pytest.param({"notice_page": "back"}, id="notice page behind"),
        pytest.param({"rebuild": True}, id="rebuilt"),
        pytest.param({"rebuild": True, "linearize": True}, id="linearized"),
        pytest.param({"style": MarkStyle(angle_degrees_ccw=30, opacity=0.3, line_edge=Edge.LEFT)}, id="another style"),
        pytest.param({"style": MarkStyle(line=False)}, id="no line"),
        pytest.param({"letterhead": Letterhead(name="Example Press")}, id="letterhead"),
        pytest.param({"letterhead": Letterhead(name="Example Press", logo=LOGO)}, id="letterhead with a logo"),
        pytest.param({"letterhead": Letterhead(logo=LOGO), "notice_page": "back"}, id="a logo on a notice page"),
        pytest.param({"letterhead": Letterhead(logo=LOGO), "rebuild": True, "linearize": True}, id="logo, rebuilt"),
        pytest.param({"text": "Gone", "wording": Wording(language="fr", case="upper")}, id="other words"),
    ],
)
def test_an_honest_copy_is_written_again_and_is_the_same(tmp_path: Path, options: dict[str, Any]) -> None:
    assert statuses(marked(tmp_path, **options)) == [Status.OK]


@pytest.mark.parametrize("level", ["1b", "2b", "3b"])
def test_an_archival_copy_is_written_again_and_is_the_same(tmp_path: Path, level: str) -> None:
    copy = marked(tmp_path, peculiarities={"pdfa": level})
    assert statuses(copy) == [Status.OK]


@pytest.mark.parametrize(("tamper", "claim", "message"), ATTACKS)
def test_a_forged_copy_with_digests_recomputed_is_another_one(
    tmp_path: Path, tamper: Tamper, claim: Claim, message: str
) -> None:
    del claim, message
    copy = stamped(tmp_path, tamper, **ARTICLE)
    (finding,) = reproduce(copy)
    assert finding.status is Status.FAILED
    assert finding.code.startswith("reproduced.")


def test_letters_that_say_something_else_are_another_copy(tmp_path: Path) -> None:
    def draw_a_speck(draft: ObjectDraft) -> None:
        remade(draft, mark_form(draft), b"h\nf", b"h\nn 0 0 1 1 re f")

    (finding,) = reproduce(stamped(tmp_path, draw_a_speck, **ARTICLE))
    assert (finding.status, finding.code) == (Status.FAILED, "reproduced.different")


@pytest.mark.parametrize(
    "values",
    [
        {"colour_rgb": [1, 1, 1]},
        {"colour_rgb": [0, 0]},
        {"colour_rgb": [0, 0, 9]},
        {"name": "x" * 101},
        {"name": 1},
        {"logo": {"width": 10**6, "height": 10**6, "sha256": ""}},
        {"logo": {"width": 1}},
    ],
)
def test_a_letterhead_that_no_profile_allows_is_not_a_recorded_one(values: dict[str, Any]) -> None:
    known = {"name": "Example Press", "colour_rgb": [0, 0, 0]}
    assert letterhead_in({"letterhead": known}, lambda *_: b"") == Letterhead(
        name="Example Press", colour_rgb=(0, 0, 0)
    )
    with pytest.raises((KeyError, TypeError, ValueError)):
        letterhead_in({"letterhead": known | values}, lambda *_: b"")


def test_an_object_more_is_another_copy(tmp_path: Path) -> None:
    copy = stamped(tmp_path, lambda draft: draft.add({"/S": b"hidden"}) and None, **ARTICLE)
    assert statuses(copy) == [Status.FAILED]


def test_a_false_base_is_not_what_is_made_of_the_original(tmp_path: Path) -> None:
    copy = marked(tmp_path, rebuild=True)
    data = copy.read_bytes()
    copy.write_bytes(
        data.replace(b"This", b"That", 1) if b"This" in data else data.replace(b"An article", b"No article", 1)
    )
    assert copy.read_bytes() != data
    assert statuses(copy) == [Status.FAILED]


def test_a_copy_of_another_format_is_never_reproduced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "FORMAT", 0)
    (finding,) = reproduce(marked(tmp_path))
    assert (finding.status, finding.code) == (Status.NOT_CHECKED, "reproduced.other-format")


def test_a_forger_gains_nothing_by_an_old_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "FORMAT", 0)
    tamper = ATTACKS[0][0]
    assert statuses(stamped(tmp_path, tamper, **ARTICLE)) == [Status.NOT_CHECKED]


@pytest.mark.parametrize("xref", ["table", "stream"])
def test_another_packing_of_the_same_data_is_not_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, xref: str
) -> None:
    pack = zlib.compress
    monkeypatch.setattr(object_draft, "deflated", lambda data: pack(data, 1))
    monkeypatch.setattr(incremental_update, "zlib", SimpleNamespace(compress=lambda data, _: pack(data, 1)))
    copy = marked(tmp_path, peculiarities={"xref": xref})
    monkeypatch.undo()
    with pikepdf.open(copy) as document:
        assert len(document.pages) == 1
    assert statuses(copy) == [Status.OK]


@pytest.mark.parametrize(
    ("is_deflated", "change"),
    [
        (False, lambda _: b""),
        (False, lambda data: data[:-1]),
        (True, lambda data: data + b"more"),
        (True, lambda data: data[:-4]),
        (True, lambda data: data[:-1] + bytes([data[-1] ^ 1])),
    ],
    ids=["emptied", "cut", "with more behind it", "without its checksum", "with another checksum"],
)
def test_stored_data_that_only_some_readers_take_for_the_same_are_another_copy(
    tmp_path: Path, change: Callable[[bytes], bytes], *, is_deflated: bool
) -> None:
    copy = tmp_path / "copy.pdf"
    with ExitStack() as stack:
        revision = Recorder(tmp_path, stack).revision(build(**ARTICLE))
        streams = [one for one, body in revision.objects.items() if body.data is not None]
        number = next(one for one in streams if (b"/FlateDecode" in revision.objects[one].head) == is_deflated)
        head, _, rest = revision.written[number].partition(b"stream\n")
        data = change(rest.removesuffix(b"\r\nendstream"))
        head = re.sub(rb"/Length \d+", b"/Length %d" % len(data), head)
        altered = {**revision.written, number: head + b"stream\n" + data + b"\r\nendstream"}
        copy.write_bytes(dataclasses.replace(revision, written=altered).sealed())
        assert statuses(copy) == [Status.FAILED]
        copy.write_bytes(revision.sealed())
    assert statuses(copy) == [Status.OK]


def test_what_other_libraries_drew_otherwise_is_not_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner, "libraries", lambda: {"fontTools": "1.0"})

    def draw_otherwise(draft: ObjectDraft) -> None:
        remade(draft, mark_form(draft), b"h\nf", b"h\nf*")

    (finding,) = reproduce(stamped(tmp_path, draw_otherwise, **ARTICLE))
    assert (finding.status, finding.code) == (Status.NOT_CHECKED, "reproduced.other-libraries")
    assert "fontTools 1.0" in finding.message


def test_without_its_record_a_copy_is_not_checked_and_with_the_notice_it_is(tmp_path: Path) -> None:
    copy = marked(tmp_path, peculiarities={"pdfa": "2b"})
    moved = tmp_path / "elsewhere" / "moved.pdf"
    moved.parent.mkdir()
    shutil.copy(copy, moved)
    record = copy.with_suffix(".retraction.json").read_bytes()
    assert statuses(moved) == [Status.NOT_CHECKED]
    assert statuses(moved, given=Given(record=record)) == [Status.OK]
    assert statuses(moved, given=Given(notice=FILE)) == [Status.OK]


def test_another_notice_is_not_the_one_of_the_copy(tmp_path: Path) -> None:
    copy = marked(tmp_path, peculiarities={"pdfa": "2b"})
    copy.with_suffix(".retraction.json").unlink()
    other = Notice(state=State.RETRACTION, article=Reference(title="Another article"))
    file = dataclasses.replace(FILE, notice=other)
    assert statuses(copy, given=Given(notice=file)) == [Status.FAILED]


def test_a_record_beside_the_copy_that_was_changed_is_found(tmp_path: Path) -> None:
    copy = marked(tmp_path, peculiarities={"pdfa": "2b"})
    record = copy.with_suffix(".retraction.json")
    record.write_bytes(record.read_bytes().replace(b'"decisions"', b'"decided"'))
    assert statuses(copy) == [Status.FAILED]


def test_each_marking_of_a_chain_is_written_again(tmp_path: Path) -> None:
    first = marked(tmp_path, name="first.pdf", notice=CONCERN)
    second = marked(tmp_path, name="second.pdf", article=first)
    assert statuses(second) == [Status.OK, Status.OK]


def test_a_forged_marking_below_an_honest_one_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = marked(tmp_path, name="first.pdf", notice=CONCERN)
    data = first.read_bytes()
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(data.replace(b"An article", b"No article", 1))
    assert forged.read_bytes() != data
    monkeypatch.setattr(pipeline, "failed_earlier_marking", lambda *_: None)  # this tool itself would refuse to
    second = marked(tmp_path, name="second.pdf", article=forged)
    assert statuses(second) == [Status.OK, Status.FAILED]


def test_a_file_without_a_receipt_has_nothing_to_write_again(tmp_path: Path) -> None:
    path = tmp_path / "plain.pdf"
    path.write_bytes(build())
    (finding,) = reproduce(path)
    assert (finding.status, finding.code) == (Status.FAILED, "reproduced.no-receipt")


def test_an_encrypted_copy_is_written_again_with_its_password(tmp_path: Path) -> None:
    plain, article = tmp_path / "plain.pdf", tmp_path / "article.pdf"
    plain.write_bytes(build())
    with pikepdf.open(plain) as document:
        document.save(article, encryption=pikepdf.Encryption(owner="o", user=PASSWORD, R=6), static_id=True)
    copy = marked(tmp_path, article=article, password=PASSWORD)
    assert statuses(copy, password=PASSWORD) == [Status.OK]


def test_a_file_under_a_crypt_filter_is_inflated_no_further_than_it_may_be_long() -> None:
    document = pikepdf.new()
    packed = zlib.compress(bytes(64 << 20))
    filters = [pikepdf.Name("/Crypt"), pikepdf.Name.FlateDecode]
    parameters = [pikepdf.Dictionary(Name=pikepdf.Name.Identity), pikepdf.Dictionary()]
    stream = pikepdf.Stream(document, packed, Filter=filters, DecodeParms=parameters)
    tracemalloc.start()
    try:
        assert inputs._data_of(stream, 1000) is None
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_a_copy_is_verified_only_when_it_can_be_written_again(tmp_path: Path) -> None:
    notice = read_notice(SAMPLES / "retraction-notice.md")
    copy = marked(tmp_path, article=SAMPLES / "article.pdf", notice=notice, match_override_reason="")
    report = verify_and_reproduce(copy)
    assert report.status_of(Claim.REPRODUCED) is Status.OK
    assert report.passed, report.findings


def test_a_copy_of_another_format_is_consistent_and_not_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "FORMAT", 0)
    report = verify_and_reproduce(marked(tmp_path))
    assert not report.failures
    assert report.status is Status.NOT_CHECKED


def test_a_proof_by_structure_does_not_ask_to_write_a_copy_again(tmp_path: Path) -> None:
    report = verify_and_reproduce(marked(tmp_path), proof=Proof.STRUCTURE)
    assert Claim.REPRODUCED not in report.claims


def test_a_defect_while_writing_again_is_not_a_success(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise RecursionError

    copy = marked(tmp_path)
    monkeypatch.setattr("watermark.stamping.reproduction.reproducer.plan_stamp", break_down)
    assert statuses(copy) == [Status.NOT_CHECKED]


def test_bytes_between_the_objects_are_another_copy(tmp_path: Path) -> None:
    copy = marked(tmp_path)
    data = copy.read_bytes()
    place = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    hidden = (
        data[:place]
        + b"% hidden"
        + b"\n"
        + data[place:].replace(b"startxref\n%d" % place, b"startxref\n%d" % (place + 9))
    )
    copy.write_bytes(hidden)
    assert statuses(copy) == [Status.FAILED]
