"""Pages as lines, for tests that need no PDF: a line is its words, or its words and its size."""

from watermark.pdf.text_lines import TextLine

PAPER = 800.0


def page(*lines: str | tuple[str, float]) -> tuple[TextLine, ...]:
    """Return lines from the top of a page downwards, 12 points apart, in 10 points where no size is given."""
    sized = [(line, 10.0) if isinstance(line, str) else line for line in lines]
    return tuple(
        TextLine(words, top=PAPER - 12 * place, bottom=PAPER - 12 * place - 10, size=size)
        for place, (words, size) in enumerate(sized)
    )


def body(count: int = 40) -> tuple[str, ...]:
    """Return so many lines of running text."""
    return tuple(f"Running text of line {number}, as any article has it on its first page." for number in range(count))
