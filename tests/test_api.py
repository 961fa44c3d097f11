"""The functions of the package do what their documentation says, with `str` or `Path`, and raise only its errors."""

import inspect as reflection
import typing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import watermark
from watermark.api import StampOptions

SAMPLES = Path(__file__).parents[1] / "samples"
ARTICLE, NOTICE = str(SAMPLES / "article.pdf"), str(SAMPLES / "retraction-notice.md")
AT = datetime(2024, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("api") / "copy.pdf")
    outcome = watermark.stamp(ARTICLE, NOTICE, path, at=AT)
    assert outcome.result is watermark.Result.MARKED
    assert outcome.report is not None
    assert outcome.report.passed
    return path


def test_a_copy_is_stamped_verified_and_restored_from_strings(copy: str, tmp_path: Path) -> None:
    assert watermark.verify(copy, original=ARTICLE).passed
    restored = watermark.restore(copy, str(tmp_path / "original.pdf"))
    assert Path(restored.original).read_bytes() == Path(ARTICLE).read_bytes()
    assert watermark.inspect(copy).receipt == restored.receipt


def test_a_copy_that_is_marked_already_is_an_outcome_not_an_error(copy: str, tmp_path: Path) -> None:
    outcome = watermark.stamp(copy, NOTICE, tmp_path / "again.pdf")
    assert outcome.result is watermark.Result.ALREADY_MARKED


def test_a_notice_may_be_a_path_a_file_that_was_read_or_a_value(tmp_path: Path) -> None:
    read = watermark.read_notice(NOTICE)
    for number, notice in enumerate((NOTICE, Path(NOTICE), read, read.notice)):
        style = watermark.MarkStyle(angle_degrees_ccw=45)
        options = {"style": style, "proof": watermark.Proof.STRUCTURE, "at": AT}
        outcome = watermark.stamp(ARTICLE, notice, tmp_path / f"{number}.pdf", **options)  # type: ignore[arg-type]
        assert outcome.receipt is not None
        assert outcome.receipt.marked_at == AT


def test_a_time_without_a_zone_is_utc_and_the_same_time_gives_the_same_bytes(copy: str, tmp_path: Path) -> None:
    again = tmp_path / "again.pdf"
    watermark.stamp(ARTICLE, NOTICE, again, at=AT.replace(tzinfo=None))
    assert again.read_bytes() == Path(copy).read_bytes()


def test_the_time_of_marking_comes_from_the_environment_where_none_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    outcome = watermark.stamp(ARTICLE, NOTICE, tmp_path / "c.pdf", proof=watermark.Proof.STRUCTURE)
    assert outcome.receipt is not None
    assert outcome.receipt.marked_at == datetime(1970, 1, 2, tzinfo=UTC)


def test_what_is_refused_raises_and_leaves_nothing(tmp_path: Path) -> None:
    other = watermark.read_notice(NOTICE).notice
    other = watermark.Notice(state=other.state, article=watermark.Reference(doi="10.1000/other", title="Another one"))
    with pytest.raises(watermark.RefusedError) as caught:
        watermark.stamp(ARTICLE, other, tmp_path / "copy.pdf")
    assert caught.value.code in {watermark.Reason.MISMATCH, watermark.Reason.NOT_KNOWN_TO_MATCH}
    assert caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_trying_returns_what_stamping_raises(tmp_path: Path) -> None:
    (tmp_path / "copy.pdf").write_bytes(b"mine")
    (tmp_path / "no.pdf").write_bytes(b"text")
    taken = watermark.try_stamp(ARTICLE, NOTICE, tmp_path / "copy.pdf")
    no_pdf = watermark.try_stamp(tmp_path / "no.pdf", NOTICE, tmp_path / "b.pdf")
    no_notice = watermark.try_stamp(ARTICLE, tmp_path / "none.md", tmp_path / "b.pdf")
    assert [taken.exit_status, no_pdf.exit_status, no_notice.exit_status] == [2, 3, 2]
    assert [no_pdf.code, no_notice.code] == ["not-a-pdf", "no-such-file"]
    assert all(outcome.reason and outcome.remedy for outcome in (taken, no_pdf, no_notice))
    assert (tmp_path / "copy.pdf").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "options",
    [
        {"language": "xx"},
        {"to_pdfa": "9z"},
        {"notice_page": "middle"},
        {"style": watermark.MarkStyle(opacity=2)},
        {"style": watermark.MarkStyle(angle_degrees_ccw=120)},
        {"style": watermark.MarkStyle(position="left")},
    ],
)
def test_an_option_that_is_not_allowed_is_an_error_before_anything_is_read(
    options: StampOptions, tmp_path: Path
) -> None:
    with pytest.raises(watermark.UsageError, match="Use "):
        watermark.stamp(ARTICLE, NOTICE, tmp_path / "copy.pdf", **options)


def test_a_timeout_stops_the_work_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(watermark.FailedError, match="second"):
        watermark.stamp(ARTICLE, NOTICE, tmp_path / "copy.pdf", timeout=0.001)
    assert list(tmp_path.iterdir()) == []


def test_verifying_with_a_timeout_gives_the_same_report(copy: str) -> None:
    assert watermark.verify(copy, timeout=60) == watermark.verify(copy)


@pytest.mark.parametrize("name", ["missing.pdf", "folder", "text.pdf"])
def test_no_function_raises_anything_but_its_own_errors(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "text.pdf").write_text("no PDF", "utf-8")
    path, out = tmp_path / name, tmp_path / "out.pdf"
    attempts = (
        lambda: watermark.stamp(path, NOTICE, out),
        lambda: watermark.stamp(ARTICLE, path, out),
        lambda: watermark.verify(path),
        lambda: watermark.verify(path, timeout=30),
        lambda: watermark.restore(path, out),
        lambda: watermark.inspect(path),
        lambda: watermark.preview(path, NOTICE),
    )
    for attempt in attempts[: 1 if name == "text.pdf" else 2]:
        with pytest.raises(watermark.WatermarkError):
            attempt()
    for attempt in attempts[2:]:
        with pytest.raises(watermark.WatermarkError):
            attempt()
    assert not out.exists()


def test_a_preview_is_a_picture_and_leaves_nothing(tmp_path: Path) -> None:
    picture = watermark.preview(ARTICLE, NOTICE, page_number=2, dots_per_inch=40, proof=watermark.Proof.STRUCTURE)
    assert picture.startswith(b"\x89PNG")
    assert list(tmp_path.iterdir()) == []


def test_a_collection_is_checked_against_a_list(copy: str, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("doi,state,date\n10.1000/xyz123,retraction,2024-05-01\n", "utf-8")
    (result,) = watermark.check(copy, tmp_path / "list.csv")
    assert result.kind is watermark.Classification.NOT_LISTED
    (again,) = watermark.check([Path(copy)], lists=[str(tmp_path / "list.csv")])
    assert again == result


def test_checking_what_is_not_there_raises_at_once(tmp_path: Path) -> None:
    with pytest.raises(watermark.UsageError):
        watermark.check(tmp_path / "missing")


def test_every_option_of_stamp_can_be_previewed_and_tried() -> None:
    options = set(reflection.signature(watermark.stamp).parameters) - {"article", "notice", "destination"}
    assert options - {"overwrite", "timeout"} == set(typing.get_type_hints(StampOptions))


def test_every_argument_of_stamp_is_in_its_help_and_only_three_have_no_default() -> None:
    parameters = reflection.signature(watermark.stamp).parameters
    assert all(name in (watermark.stamp.__doc__ or "") for name in parameters)
    required = [name for name, each in parameters.items() if each.default is reflection.Parameter.empty]
    assert required == ["article", "notice", "destination"]


def test_an_option_that_does_not_exist_is_a_type_error(tmp_path: Path) -> None:
    unknown: dict[str, Any] = {"colour": "red"}
    with pytest.raises(TypeError, match="colour"):
        watermark.preview(ARTICLE, NOTICE, **unknown)
    with pytest.raises(TypeError, match="colour"):
        watermark.try_stamp(ARTICLE, NOTICE, tmp_path / "copy.pdf", **unknown)


@pytest.mark.parametrize("verb", ["inspect", "preview", "read_notice", "restore", "stamp", "verify"])
def test_a_file_that_does_not_exist_is_named_with_a_code(verb: str, tmp_path: Path) -> None:
    missing, copy = tmp_path / "none.pdf", tmp_path / "copy.pdf"
    given = {"preview": (missing, NOTICE), "restore": (missing, copy), "stamp": (missing, NOTICE, copy)}
    with pytest.raises(watermark.WatermarkError, match="the file does not exist") as caught:
        getattr(watermark, verb)(*given.get(verb, (missing,)))
    assert (caught.value.code, caught.value.exit_status) == ("no-such-file", 2)
    assert not copy.exists()
