"""Text from files and file names, made safe to show."""


def one_line(text: str) -> str:
    """Return `text` with line ends, control and direction characters as visible escapes, so that nothing obeys them.

    A line end in a file name would begin a line of its own, which GitHub reads as a workflow command.
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def printable_lines(text: str) -> str:
    """Return `text` as `one_line` does, its lines kept: for text whose parts were made safe before."""
    return "\n".join(map(one_line, text.split("\n")))
