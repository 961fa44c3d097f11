"""How anybody verifies a copy and gets the original back, with this tool and without it: commands to be copied."""

from collections.abc import Iterator

from watermark._version import __version__
from watermark.runtime.system import quoted_for_posix
from watermark.stamping.certificate.facts import CertificateFacts

MAX_NAME = 60
"""Characters of a file name that is written into a command; a longer one is not."""


def instructions(facts: CertificateFacts) -> Iterator[str]:
    """Yield sentences with commands between backticks."""
    name = in_command(facts.copy_name)
    options = " --font FONT" if facts.receipt.choices.get("font_sha256") else ""
    program = f"the free program watermark (retraction-watermark {__version__})"
    yield f"Verify: `watermark verify {name}{options}` with {program}."
    yield f"Restore: `watermark restore {name} -o original.pdf` writes the original, byte for byte."
    if any(receipt.rebuilt_size_bytes for receipt in (*facts.earlier, facts.receipt)):
        yield "Without the tool: save the attachment “original.pdf” in a PDF viewer, and compare its digest."
        return
    size = facts.published.original_size_bytes
    yield (
        f"Without the tool: the first {size:,} bytes of the copy are the original. "
        f"`head -c {size} {name} | sha256sum` prints its digest."
    )


def in_command(name: str) -> str:
    """Return the name of a copy as a shell takes it; a placeholder for one that is long, or not plain."""
    is_plain = name.isprintable() and name.isascii() and "`" not in name and len(name) <= MAX_NAME
    return quoted_for_posix(name) if name and is_plain else "COPY.pdf"
