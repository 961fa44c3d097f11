"""What a finding quotes of a file is one line, and the same in every run."""

import io

import pypdf

from tests.helpers.build import build
from watermark.models import plain


def test_a_quoted_line_has_no_command_to_a_terminal_and_is_not_long() -> None:
    assert plain("a\x1b[2Jb\nc") == "a [2Jb c"
    assert plain("a" * 200) == "a" * 119 + "…"
    assert plain("a" * 120) == "a" * 120


def test_a_reference_is_quoted_without_the_address_of_its_reader() -> None:
    reference = pypdf.PdfReader(io.BytesIO(build())).trailer.raw_get("/Root")
    assert str(id(reference.pdf)) in repr(reference)
    assert plain(f"a loop at {reference!r}.") == f"a loop at {reference.idnum} 0 R."
