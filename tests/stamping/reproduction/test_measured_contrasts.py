"""A receipt states the contrasts that its pages have, no higher and no lower, also where no record repeats them."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import forgeries as forge
from tests.helpers.tampered_copies import NOTICE_FILE, Tamper, stamped
from watermark.models import Finding, Status
from watermark.stamping.reproduction import Given, reproduce

LIGHT_AND_DARK = b"q 0.3 g 0 0 595 842 re f Q"
KINDS: dict[str, dict[str, Any]] = {
    "PDF/A-2b": {"pdfa": "2b", "pages": 2},
    "outlines": {"pdfa": "1b"},
    "a grey page": {"pdfa": "2b", "content": LIGHT_AND_DARK},
}


def changed_by(key: str, hundredths: int) -> Tamper:
    """Let the receipt state a contrast that is higher by so much, with the identifier that follows from it."""

    def change(data: bytes) -> bytes:
        text, count = re.subn(
            rf'("{key}": ?)"([0-9.]+)"',
            lambda found: f'{found[1]}"{float(found[2]) + hundredths / 100:.2f}"',
            data.decode(),
        )
        assert count == 1
        return forge.with_its_identifier(text).encode()

    return lambda draft: forge.rewrite(draft, forge.packet(draft), change)


def finding_on(copy: Path) -> Finding:
    (finding,) = reproduce(copy, given=Given(notice=NOTICE_FILE))
    return finding


@pytest.mark.parametrize("kind", KINDS)
def test_an_honest_copy_states_the_contrasts_that_are_measured_again(tmp_path: Path, kind: str) -> None:
    assert finding_on(stamped(tmp_path, **KINDS[kind])).status is Status.OK


@pytest.mark.parametrize(
    ("kind", "key", "hundredths", "status"),
    [
        ("PDF/A-2b", "median", -1, Status.NOT_CHECKED),
        ("PDF/A-2b", "nine_of_ten", 1, Status.NOT_CHECKED),
        ("PDF/A-2b", "line", -1, Status.NOT_CHECKED),
        ("PDF/A-2b", "median", -20, Status.FAILED),
        ("PDF/A-2b", "median", 20, Status.FAILED),
        ("outlines", "nine_of_ten", -1, Status.NOT_CHECKED),
        ("outlines", "line", -100, Status.FAILED),
        ("a grey page", "median", -1, Status.NOT_CHECKED),
        ("a grey page", "line", -100, Status.FAILED),
    ],
)
def test_a_contrast_that_differs_by_a_hundredth_is_not_confirmed_and_one_that_differs_by_more_is_false(
    tmp_path: Path, kind: str, key: str, hundredths: int, status: Status
) -> None:
    finding = finding_on(stamped(tmp_path, changed_by(key, hundredths), **KINDS[kind]))
    assert finding.code == "reproduced.contrast", finding
    assert finding.status is status, finding


def test_a_receipt_without_the_contrasts_of_its_pages_is_false(tmp_path: Path) -> None:
    def emptied(data: bytes) -> bytes:
        text, count = re.subn(r'"contrast": ?\{[^{}]*\}, ?', "", data.decode())
        assert count == 1
        return forge.with_its_identifier(text).encode()

    copy = stamped(tmp_path, lambda draft: forge.rewrite(draft, forge.packet(draft), emptied), pdfa="2b")
    finding = finding_on(copy)
    assert (finding.code, finding.status) == ("reproduced.contrast", Status.FAILED), finding
