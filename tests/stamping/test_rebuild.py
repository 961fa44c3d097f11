"""A file that an update cannot repair is rewritten with the original embedded, byte for byte, and verified with it."""

import io
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
from click.testing import CliRunner

from tests.helpers.build import build
from tests.helpers.mutations import job_of
from watermark.cli.stamp import stamp
from watermark.errors import FailedError, NotVerifiedError, UsageError
from watermark.models import Claim, Finding, Outcome, Result, Status, VerificationReport
from watermark.pdf.serialization import Raw
from watermark.stamping import pipeline, rebuild
from watermark.stamping.pipeline import plan_outcome, stamp_article, stamp_outcome
from watermark.stamping.reproduction import verify_and_reproduce
from watermark.stamping.restore import restore_original
from watermark.stamping.unmarked_outcomes import SAVE_AGAIN
from watermark.verification import rewriting
from watermark.verification.evidence import Evidence
from watermark.verification.pypdf_document import PypdfDocument
from watermark.verification.rebuilt_copies import embedded_original, self_digest_differs
from watermark.verification.verifier import verify_copy

BROKEN: dict[str, Any] = {"pages": 3, "links": True, "outlines": True, "startxref": 5}


def rebuilt(folder: Path, data: bytes, *, linearize: bool = False) -> Outcome:
    folder.mkdir(exist_ok=True)
    return stamp_outcome(replace(job_of(folder, data), rebuild=True, linearize=linearize), folder / "copy.pdf")


def marked(folder: Path, data: bytes, *, linearize: bool = False) -> Path:
    outcome = rebuilt(folder, data, linearize=linearize)
    assert outcome.result is Result.MARKED, outcome.reason
    assert [decision.value for decision in outcome.decisions if decision.name == "rebuilt"]
    return Path(outcome.copy)


@pytest.mark.parametrize("linearize", [False, True])
@pytest.mark.parametrize(
    "peculiarities",
    [BROKEN, {"pdfa": "3b", "attachments": 2}, {"tagged": True, "form_field": True}, {"junk_before": b"junk\n"}],
    ids=["broken", "pdfa-3b", "tagged", "junk-before"],
)
def test_a_rebuilt_copy_verifies_and_gives_its_original_back(
    tmp_path: Path, peculiarities: dict[str, Any], *, linearize: bool
) -> None:
    original = build(**peculiarities)
    copy = marked(tmp_path, original, linearize=linearize)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.pdf", "copy.pdf"]
    verdict = verify_copy(copy, original=tmp_path / "article.pdf")
    assert not verdict.failures
    assert verdict.passed is not linearize
    seen = {Claim.MARKED, Claim.VISIBLE, Claim.TEXT, Claim.ATTACHED, Claim.DESCRIBED, Claim.ARCHIVABLE}
    assert {verdict.status_of(claim) for claim in seen} == {Status.OK}
    restore_original(copy, tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == original
    assert original in copy.read_bytes()
    check = subprocess.run(["qpdf", "--check", str(copy)], capture_output=True, text=True, check=False)
    assert check.returncode == 0, check.stdout + check.stderr
    assert ("File is linearized" in check.stdout) is linearize


@pytest.mark.parametrize("linearize", [False, True])
def test_the_same_article_is_rebuilt_to_the_same_bytes(tmp_path: Path, *, linearize: bool) -> None:
    copies = [marked(tmp_path / name, build(**BROKEN), linearize=linearize).read_bytes() for name in ("one", "two")]
    assert copies[0] == copies[1]


def test_the_original_inside_is_an_associated_file_named_as_the_source(tmp_path: Path) -> None:
    original = build(**BROKEN)
    reader = pypdf.PdfReader(marked(tmp_path, original))
    (file,) = [entry for entry in reader.attachment_list if entry.name == "original.pdf"]
    assert file.content == original
    assert file.associated_file_relationship == "/Source"
    record = json.loads(reader.attachments["retraction.json"][0])
    assert re.fullmatch("[0-9a-f]{64}", record["original"]["rebuilt_sha256"])


def test_what_appending_does_not_heal_is_refused_and_named_with_what_to_do_and_rebuilt(tmp_path: Path) -> None:
    data = build(pages=2, startxref=5, page_entries={"/PieceInfo": Raw(b"50 0 R")})
    data = data.replace(b"xref\n0", b"50 0 obj\n50 0 R\nendobj\nxref\n0", 1)  # an object that is itself
    (tmp_path / "first").mkdir()
    job = job_of(tmp_path / "first", data)
    refused = stamp_outcome(replace(job, may_rebuild=False), tmp_path / "first" / "copy.pdf")
    assert refused.result is Result.REFUSED, refused.reason
    assert refused.argument == "rebuild"
    marked(tmp_path / "second", data)
    rebuilt = stamp_outcome(job, tmp_path / "first" / "copy.pdf")
    assert rebuilt.receipt is not None
    assert rebuilt.receipt.rebuilt_sha256
    assert any(decision.name == "rebuilt" for decision in rebuilt.decisions)


@pytest.mark.parametrize("linearize", [False, True])
def test_no_byte_of_a_rebuilt_copy_can_be_changed_unnoticed(tmp_path: Path, *, linearize: bool) -> None:
    copy = marked(tmp_path, build(**BROKEN), linearize=linearize)
    data = copy.read_bytes()
    for place in range(40, len(data), len(data) // 23):
        spoiled = bytearray(data)
        spoiled[place] ^= 1
        copy.write_bytes(bytes(spoiled))
        try:
            assert verify_copy(copy).failures, place
        except (FailedError, NotVerifiedError):
            continue


def test_an_original_inside_that_was_replaced_is_found_and_not_restored(tmp_path: Path) -> None:
    original = build(**BROKEN)
    copy = marked(tmp_path, original)
    copy.write_bytes(copy.read_bytes().replace(original, original.replace(b"page", b"gape")))
    verdict = verify_copy(copy)
    assert any("the file inside is not the original" in finding.message for finding in verdict.failures)
    with pytest.raises(NotVerifiedError, match="no longer contains the original"):
        restore_original(copy, tmp_path / "back.pdf")
    assert not (tmp_path / "back.pdf").exists()


def test_a_rebuilt_file_that_does_not_show_what_the_original_showed_is_refused(tmp_path: Path) -> None:
    outcome = rebuilt(tmp_path, build(pages=3, kids="null"))
    assert outcome.result is Result.REFUSED, outcome.reason
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.pdf"]


def only_for_pdfium() -> bytes:
    """Return a damaged file that qpdf and pypdf cannot open, and that PDFium and browsers show."""
    return build(pages=2).replace(b"/Root", b"/Encrypt [] /Root", 1)


def test_what_only_pdfium_can_open_is_rewritten_as_it_reads_it_and_written_again_to_the_same_bytes(
    tmp_path: Path,
) -> None:
    original = only_for_pdfium()
    copies = []
    for name in ("one", "two"):
        (folder := tmp_path / name).mkdir()
        outcome = stamp_outcome(job_of(folder, original), folder / "copy.pdf")
        assert outcome.result is Result.MARKED, outcome.reason
        (decision,) = [one for one in outcome.decisions if one.name == "rebuilt"]
        assert decision.value == "rewritten as PDFium reads it; the original is embedded unchanged"
        assert outcome.receipt is not None
        assert outcome.receipt.rewriting == "rewritten as PDFium reads it"
        copies.append(Path(outcome.copy))
    assert copies[0].read_bytes() == copies[1].read_bytes()
    report = verify_and_reproduce(copies[0])
    assert not report.failures
    assert report.status_of(Claim.REPRODUCED) is Status.OK
    assert report.status_of(Claim.VISIBLE) is Status.OK
    assert report.status_of(Claim.FIXITY) is Status.NOT_CHECKED
    restore_original(copies[0], tmp_path / "back.pdf")
    assert (tmp_path / "back.pdf").read_bytes() == original


def test_what_only_pdfium_can_open_is_refused_where_it_may_not_be_rewritten(tmp_path: Path) -> None:
    job = job_of(tmp_path, only_for_pdfium())
    assert plan_outcome(job).result is Result.PLANNED
    for outcome in (stamp_outcome(replace(job, may_rebuild=False), tmp_path / "copy.pdf"),
                    plan_outcome(replace(job, may_rebuild=False))):  # fmt: skip
        assert outcome.result is Result.REFUSED
        assert "qpdf cannot open it" in outcome.reason
    assert not (tmp_path / "copy.pdf").exists()


def test_what_nothing_can_open_is_refused_with_the_words_of_the_first_reader(tmp_path: Path) -> None:
    outcome = stamp_outcome(job_of(tmp_path, b"%PDF-1.7\nnothing\n"), tmp_path / "copy.pdf")
    assert outcome.result is Result.REFUSED
    assert "qpdf cannot open it" in outcome.reason


def test_an_original_of_which_a_part_cannot_be_read_is_not_compared_and_that_is_reported(tmp_path: Path) -> None:
    data = build(pages=2, startxref=5, page_entries={"/PieceInfo": Raw(b"50 0 R")})
    itself = b"50 0 obj\n<</Length 50 0 R>>\nstream\nwords\nendstream\nendobj\nxref\n0"
    outcome = rebuilt(tmp_path, data.replace(b"xref\n0", itself, 1))
    assert outcome.result is Result.MARKED, outcome.reason
    assert outcome.report is not None
    (finding,) = [one for one in outcome.report.findings if one.claim is Claim.FIXITY]
    assert finding.status is Status.NOT_CHECKED
    assert "the original inside is damaged, and this cannot be compared" in finding.message


def test_a_comparison_that_breaks_off_for_no_damage_of_the_original_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = marked(tmp_path, build(pages=1))

    def broken(*_: object) -> Any:  # noqa: ANN401 - it returns nothing
        raise ValueError("the copy cannot be read")

    monkeypatch.setattr(rewriting, "_differences", broken)
    report = verify_copy(copy)
    assert report.status_of(Claim.FIXITY) is Status.FAILED


def test_a_file_that_was_rewritten_in_vain_is_refused_with_another_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = build(pages=2, startxref=5, page_entries={"/PieceInfo": Raw(b"50 0 R")})
    data = data.replace(b"xref\n0", b"50 0 obj\n50 0 R\nendobj\nxref\n0", 1)  # an object that is itself
    monkeypatch.setattr(rebuild, "MAX_CARRIED_BYTES", 100)
    outcome = stamp_outcome(job_of(tmp_path, data), tmp_path / "copy.pdf")
    assert (outcome.result, outcome.code) == (Result.REFUSED, "cannot-be-proved")
    assert (outcome.argument, outcome.remedy) == ("", SAVE_AGAIN)


def test_a_page_that_cannot_get_a_revision_is_marked_in_a_rewritten_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = b"<</Type/Page/MediaBox[0 0 612 792]/Resources<<>>>>"
    job = job_of(tmp_path, build(catalog={"/Pages": Raw(b"<</Type/Pages/Count 1/Kids[" + page + b"]>>")}))
    refused = stamp_outcome(replace(job, may_rebuild=False), tmp_path / "copy.pdf")
    assert (refused.result, refused.argument) == (Result.REFUSED, "rebuild")
    outcome = stamp_outcome(job, tmp_path / "copy.pdf")
    assert outcome.result is Result.MARKED, outcome.reason
    monkeypatch.setattr(rebuild, "MAX_CARRIED_BYTES", 100)
    in_vain = stamp_outcome(job, tmp_path / "other.pdf")
    assert (in_vain.result, in_vain.argument, in_vain.remedy) == (Result.REFUSED, "", SAVE_AGAIN)


MUST_NOT_BE_REWRITTEN = [
    {"pdfa": "1b"},
    {"pdfa": "2b"},
    {"encryption": {"owner": "o", "user": "", "R": 4}},
    {"signed": True},
]


@pytest.mark.parametrize("peculiarities", MUST_NOT_BE_REWRITTEN)
def test_only_a_file_that_can_be_marked_as_it_is_gets_the_advice_not_to_rewrite_it(
    tmp_path: Path, peculiarities: dict[str, Any]
) -> None:
    data = build(**peculiarities)
    start = data.rindex(b"xref\n0 ") + len(b"xref\n")
    remedies = []
    for one in (data, data[:start] + b"1" + data[start + 1 :]):
        job = replace(job_of(tmp_path, one), rebuild=True, allow_signed=True)
        outcome = stamp_outcome(job, tmp_path / "copy.pdf")
        assert outcome.result is Result.REFUSED
        remedies.append(outcome.remedy)
    assert ["without rewriting it" in remedy for remedy in remedies] == [True, False]
    assert remedies[0].replace(", or mark the file without rewriting it", "") == remedies[1]


@pytest.mark.parametrize("peculiarities", [{}, *MUST_NOT_BE_REWRITTEN])
def test_only_a_file_that_may_be_rewritten_gets_the_advice_to_rewrite_it(
    tmp_path: Path, peculiarities: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = Finding(claim=Claim.DESCRIBED, status=Status.FAILED, message="the creator of the original is lost")
    monkeypatch.setattr(pipeline, "verify_copy", lambda *_, **__: VerificationReport(findings=(lost,)))
    job = replace(job_of(tmp_path, build(**peculiarities)), allow_signed=True)
    outcome = stamp_outcome(job, tmp_path / "copy.pdf")
    assert outcome.result is Result.NOT_VERIFIED
    assert outcome.argument == ("" if peculiarities else "rebuild")
    assert ("allow the file to be rewritten" in outcome.remedy) is not bool(peculiarities)


@pytest.mark.parametrize(
    ("peculiarities", "words"),
    [
        ({"pdfa": "1b"}, "PDF/A-1b does not allow the original to be embedded"),
        ({"pdfa": "2b"}, "PDF/A-2b does not allow the original to be embedded"),
        ({"encryption": {"owner": "o", "user": "", "R": 6}}, "rewriting would change its encryption"),
        ({"signed": True}, "rewriting the file would destroy it"),
    ],
)
def test_what_may_not_be_rebuilt_is_refused_with_the_reason(
    tmp_path: Path, peculiarities: dict[str, Any], words: str
) -> None:
    job = replace(job_of(tmp_path, build(**peculiarities)), rebuild=True, allow_signed=True)
    outcome = stamp_outcome(job, tmp_path / "copy.pdf")
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3), outcome.reason
    assert words in outcome.reason
    assert outcome.remedy
    assert not (tmp_path / "copy.pdf").exists()


def attach_another(document: pikepdf.Pdf) -> None:
    document.attachments["stray.txt"] = pikepdf.AttachedFileSpec(document, b"stray", filename="stray.txt")


def drop_one(document: pikepdf.Pdf) -> None:
    del document.attachments["data-1.csv"]


def empty_one(document: pikepdf.Pdf) -> None:
    document.attachments["data-1.csv"].obj.EF.F.write(b"other data")


def enter_a_twin(document: pikepdf.Pdf) -> None:
    tree = document.Root.Names.EmbeddedFiles
    twin = pikepdf.AttachedFileSpec(document, b"other data", filename="data-1.csv").obj
    assert "/Names" in tree
    place = [str(one) for one in tree.Names].index("data-1.csv")
    tree.Names.insert(place, document.make_indirect(twin))
    tree.Names.insert(place, pikepdf.String("data-1.csv"))


def lead_one_elsewhere(document: pikepdf.Pdf) -> None:
    document.attachments["data-1.csv"].obj.EF.F.F = pikepdf.String("other.bin")


def describe_one(document: pikepdf.Pdf) -> None:
    document.attachments["data-1.csv"].obj.Desc = pikepdf.String("other words")


@pytest.mark.parametrize(
    "change", [attach_another, drop_one, empty_one, enter_a_twin, lead_one_elsewhere, describe_one]
)
def test_the_files_in_a_linearized_copy_are_those_of_the_original_and_of_the_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[pikepdf.Pdf], None]
) -> None:
    written = rebuild._write

    def write(document: pikepdf.Pdf, target: Path, name: str, *, linearize: bool) -> None:
        if linearize:
            change(document)
        written(document, target, name, linearize=linearize)

    monkeypatch.setattr(rebuild, "_write", write)
    outcome = rebuilt(tmp_path, build(attachments=2), linearize=True)
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3)
    assert outcome.report is not None
    assert {item.claim for item in outcome.report.failures} == {Claim.ATTACHED}


def test_linearizing_without_rebuilding_cannot_be_done(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="only a rewritten file can be optimised for the web"):
        stamp_article(replace(job_of(tmp_path, build()), linearize=True), tmp_path / "copy.pdf")


def test_the_plan_of_a_rebuilding_writes_nothing(tmp_path: Path) -> None:
    outcome = plan_outcome(replace(job_of(tmp_path, build(**BROKEN)), rebuild=True, linearize=True))
    assert any("rewritten by qpdf and linearized" in decision.value for decision in outcome.decisions)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["article.pdf"]


def test_the_command_says_that_the_original_is_inside(tmp_path: Path) -> None:
    (tmp_path / "article.pdf").write_bytes(build(**BROKEN))
    (tmp_path / "notice.md").write_text("Retraction: An article\n\nThe article is retracted.\n", encoding="utf-8")
    arguments = [str(tmp_path / "article.pdf"), "--notice", str(tmp_path / "notice.md"), "--force-match", "a test"]
    done = CliRunner().invoke(stamp, [*arguments, "--doi", "10.5555/a", "--rebuild", "-o", str(tmp_path / "copy.pdf")])
    assert "the original is embedded unchanged" in done.output, done.output
    with pikepdf.open(io.BytesIO((tmp_path / "copy.pdf").read_bytes())) as document:
        assert len(document.pages) == 3


def test_an_original_too_large_to_be_carried_is_not_rebuilt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "MAX_CARRIED_BYTES", 100)
    outcome = rebuilt(tmp_path, build(**BROKEN))
    assert (outcome.result, outcome.exit_status) == (Result.REFUSED, 3)
    assert "too large to be embedded" in outcome.reason


def test_a_file_of_another_size_is_not_the_original_that_is_carried(tmp_path: Path) -> None:
    with Evidence(marked(tmp_path, build(**BROKEN))) as evidence:
        receipt = evidence.receipt
        assert embedded_original(evidence.after, receipt) == build(**BROKEN)
        other = replace(receipt, original_size_bytes=receipt.original_size_bytes + 1)
        with pytest.raises(FailedError, match="not inside"):
            embedded_original(evidence.after, other)


def test_an_original_that_would_have_to_be_inflated_is_not_the_one_that_is_carried(tmp_path: Path) -> None:
    path = marked(tmp_path, build(**BROKEN))
    with Evidence(path) as evidence:
        receipt = evidence.receipt
    with pikepdf.open(path) as document:
        document.Root.AF[-1].EF.F.write(build(**BROKEN))  # which deflates it
        document.save(inflatable := tmp_path / "inflatable.pdf")
    data = inflatable.read_bytes()
    with pytest.raises(FailedError, match="not inside"):
        embedded_original(PypdfDocument(data, 0, len(data)), receipt)


def test_a_copy_without_a_self_digest_is_not_as_it_was_made() -> None:
    data = build().replace(b"/ID [", b"/IX [")
    assert self_digest_differs(PypdfDocument(data, 0, len(data)), data, len(data))
