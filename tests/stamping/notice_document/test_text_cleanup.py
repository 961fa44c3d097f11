"""Text of a notice is cleaned up for printing, and web addresses become links."""

import pytest

from watermark.pdf.fonts.settable_text import settable
from watermark.stamping.notice_document.text_cleanup import linked


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\u00a0b\t\n c", "a b c"),
        ("ﬁnd 𝛼 µ", "find α μ"),  # noqa: RUF001 - letters that look alike are meant
        ("e\u0301", "é"),
        ("x\u200b\u00ad\u202ey", "xy"),
        ("10²", "10²"),
        ("a\u2011b", "a-b"),
    ],
)
def test_text_is_set_as_it_reads(given: str, shown: str) -> None:
    assert settable(given) == shown


@pytest.mark.parametrize(
    ("given", "link"),
    [
        ("see <https://example.org/a>.", "https://example.org/a"),
        ("see https://example.org/a_(b).", "https://example.org/a_(b)"),
        ("(https://example.org/a)", "https://example.org/a"),
        ("HTTPS://EXAMPLE.ORG/ä", "HTTPS://EXAMPLE.ORG/%C3%A4"),
    ],
)
def test_an_address_in_running_text_is_a_link_without_the_stops_after_it(given: str, link: str) -> None:
    assert [run.link for run in linked(given) if run.link] == [link]
