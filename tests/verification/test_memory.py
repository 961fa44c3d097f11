"""What was read of pages that were judged does not stay in memory, whatever their number."""

from pathlib import Path

import pytest

from tests.helpers.build import build
from tests.helpers.mutations import stamped
from watermark.models import Proof, Status
from watermark.verification import document_structure, fixity, page_checks, pypdf_document
from watermark.verification.evidence import Evidence

PAGES = 60


@pytest.mark.parametrize("check", [fixity.check, page_checks.check, document_structure.check])
def test_the_objects_of_pages_that_were_judged_are_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: object
) -> None:
    stamped(tmp_path, build(pages=PAGES, links=True, resources="own"))
    with Evidence(tmp_path / "copy.pdf") as whole:
        found = list(_checked(check, whole))
        loaded = len(whole.after.reader.resolved_objects)
    monkeypatch.setattr(pypdf_document, "FORGOTTEN_AFTER_PAGES", 10)
    with Evidence(tmp_path / "copy.pdf") as one:
        assert list(_checked(check, one)) == found
        assert len(one.after.reader.resolved_objects) < loaded / 4
    assert {item.status for item in found} <= {Status.OK, Status.NOT_CHECKED}


def _checked(check: object, one: Evidence) -> object:
    return page_checks.check(one, Proof.STRUCTURE) if check is page_checks.check else check(one)  # type: ignore[operator]
