"""A page box that the original writes twice is in the copy once, as the last one says, if the two look alike."""

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.mutations import job_of, stamped
from tests.helpers.tampered_copies import complaints
from watermark.models import Claim, Result, Status
from watermark.stamping.pipeline import stamp_outcome
from watermark.verification.verifier import verify_copy

PAGE = b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R %s>>"
TEXT = b"BT /F1 11 Tf 40 150 Td (Growth of moss) Tj ET"
ALIKE = {
    "rounded in two ways": b"/MediaBox [0 0 595.28 841.89] /MediaBox [0 0 595.2756 841.8898]",
    "the same": b"/MediaBox [0 0 595 842] /MediaBox [0 0 595 842] /Rotate 0 /Rotate 0",
    "another box": b"/MediaBox [0 0 595 842] /CropBox [0 0 595 841.9] /CropBox [0 0 595 842]",
    "three times": b"/MediaBox [0 0 595 842.2] /MediaBox [0 0 595 842] /MediaBox [0.0 0 595 842.1]",
    "with a comment between": b"/MediaBox [0 0 595 842.2] % /MediaBox [9]\n /MediaBox %x\n [0 0 595 842]",
}
DIFFERENT = {
    "too far apart": b"/MediaBox [0 0 595 842] /MediaBox [0 0 595 842.6]",
    "one of three": b"/MediaBox [0 0 595 842] /MediaBox [0 0 99 99] /MediaBox [0 0 595 842.1]",
    "another turn": b"/MediaBox [0 0 595 842] /Rotate 0 /Rotate 90",
}


def written(entries: bytes, *, packed: bool = False) -> bytes:
    """Return a PDF of one page with these entries; `packed` puts the page into an object stream."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: PAGE % entries,
        4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        5: b"<</Length %d>>stream\n%s\nendstream" % (len(TEXT), TEXT),
    }
    if packed:
        data = zlib.compress(b"3 0 " + objects.pop(3))
        objects[6] = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
            len(data),
            data,
        )
    output, rows = b"%PDF-1.5\n", {0: b"\0\0\0\0\0\xff", 3: b"\2" + (6).to_bytes(4) + b"\0"}
    for number, value in objects.items():
        rows[number] = b"\1" + len(output).to_bytes(4) + b"\0"
        output += b"%d 0 obj\n%s\nendobj\n" % (number, value)
    count, start = len(rows) + 1, len(output)
    rows[count - 1] = b"\1" + start.to_bytes(4) + b"\0"
    table = b"".join(row for _, row in sorted(rows.items()))
    section = b"<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % (count, len(table))
    return output + b"%d 0 obj\n%s%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (count - 1, section, table, start)


@pytest.mark.parametrize("name", ALIKE)
def test_an_article_with_a_repeated_box_that_looks_alike_is_marked(tmp_path: Path, name: str) -> None:
    outcome = stamped(tmp_path, written(ALIKE[name], packed=name == "three times"))
    assert outcome.result is Result.MARKED
    assert outcome.report is not None
    assert all(finding.status is not Status.FAILED for finding in outcome.report.findings)


@pytest.mark.parametrize("entries", DIFFERENT.values(), ids=DIFFERENT)
def test_an_article_is_not_marked_as_it_is_where_readers_would_show_another_page(
    tmp_path: Path, entries: bytes
) -> None:
    as_it_is = replace(job_of(tmp_path, written(entries)), may_rebuild=False)
    outcome = stamp_outcome(as_it_is, tmp_path / "copy.pdf")
    assert outcome.result is Result.REFUSED
    assert "has changed" in outcome.reason
    assert not (tmp_path / "copy.pdf").exists()
    rewritten = stamped(tmp_path, written(entries))
    assert (rewritten.result, "rebuilt" in {decision.name for decision in rewritten.decisions}) == (Result.MARKED, True)


def test_a_copy_with_another_box_than_the_last_one_fails(tmp_path: Path) -> None:
    data = written(ALIKE["rounded in two ways"])
    assert stamped(tmp_path, data).result is Result.MARKED
    copy = tmp_path / "copy.pdf"
    forged = copy.read_bytes()
    assert forged.count(b"841.8898") == 2
    other = forged[: len(data)] + forged[len(data) :].replace(b"841.8898", b"841.9998")
    copy.write_bytes(other)
    assert "MediaBox has changed" in complaints(verify_copy(copy), Claim.FIXITY)
