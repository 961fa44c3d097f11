"""The reference validator of PDF/A and PDF/UA, on originals and copies: the copy breaks no rule but the original's."""

import json
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import JUDGED, SHARED
from tests.helpers.build import build
from watermark.models import Result
from watermark.notice import read_notice
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest

NOTICE = Path(__file__).parents[1] / "samples" / "retraction-notice.md"
RULES_BROKEN = "failed"
Tool = Callable[[str], str]
UNCLAIMED = ("--defaultflavour", "wt1r")  # what a file is judged by that claims nothing; no test file claims it
UNCLAIMED_PROFILE = "WTPDF 1.0 Reuse validation profile"
Verdicts = dict[str, dict[str, set[tuple[str, str, int]]]]


def stamp(article: Path, copy: Path) -> Result:
    job = StampRequest(
        article=article,
        notice=read_notice(NOTICE),
        marked_at=datetime(2024, 5, 1, tzinfo=UTC),
        match_override_reason="the validator's own test file",
    )
    return stamp_outcome(job, copy).result


def judged_by_verapdf(tool: Tool, files: Iterable[Path]) -> Verdicts:
    """Return for each file, by name, the rules that it breaks, by profile; one start of the machine for all files."""
    command = [tool("verapdf"), "--format", "json", "--maxfailuresdisplayed", "1", "--loglevel", "0", *UNCLAIMED]
    ran = subprocess.run([*command, *map(str, files)], capture_output=True, check=False, timeout=900)
    verdicts: Verdicts = {}
    for job in json.loads(ran.stdout)["report"]["jobs"]:
        assert "validationResult" in job, job
        verdicts[Path(job["itemDetails"]["name"]).name] = {
            result["profileName"]: {
                (rule["specification"], rule["clause"], rule["testNumber"])
                for rule in result["details"]["ruleSummaries"]
                if rule["status"] == RULES_BROKEN
            }
            for result in job["validationResult"]
            if result["profileName"] != UNCLAIMED_PROFILE
        }
    return verdicts


def newly_broken(before: Verdicts, after: Verdicts) -> dict[tuple[str, str], set[tuple[str, str, int]]]:
    """Return the rules that a copy breaks and its original does not, by file and profile."""
    assert before.keys() == after.keys()
    return {
        (name, profile): broken - before[name].get(profile, set())
        for name, profiles in after.items()
        for profile, broken in profiles.items()
        if broken - before[name].get(profile, set())
    }


@pytest.mark.slow
def test_every_level_that_we_can_build_stays_valid(tmp_path: Path, tool: Tool) -> None:
    originals, copies = tmp_path / "originals", tmp_path / "copies"
    originals.mkdir()
    copies.mkdir()
    for level in ("1b", "2b", "2u", "3b", "3u"):
        (originals / f"{level}.pdf").write_bytes(build(pdfa=level, tagged=True, links=True, outlines=True))
        assert stamp(originals / f"{level}.pdf", copies / f"{level}.pdf") is Result.MARKED
    before = judged_by_verapdf(tool, sorted(originals.iterdir()))
    assert len(before) == 5
    assert not [name for name, profiles in before.items() if any(profiles.values())]
    assert not newly_broken(before, judged_by_verapdf(tool, sorted(copies.glob("*.pdf"))))


@pytest.mark.slow
@pytest.mark.corpus
@pytest.mark.parametrize(("folder", "fewest_claims"), [("pdfa", 80), ("pdfua", 8)])
def test_no_file_of_the_validators_own_kind_breaks_a_new_rule(
    folder: str, fewest_claims: int, tmp_path: Path, tool: Tool, request: pytest.FixtureRequest
) -> None:
    marked = []
    for article in sorted((SHARED / "corpus" / folder).glob("*.pdf")):
        if stamp(article, tmp_path / article.name) is Result.MARKED:
            marked.append(article)
            request.node.user_properties.append((JUDGED, f"corpus/{folder}/{article.name}"))
    before = judged_by_verapdf(tool, marked)
    assert sum(map(bool, before.values())) >= fewest_claims
    assert not newly_broken(before, judged_by_verapdf(tool, [tmp_path / article.name for article in marked]))
