"""Text from files and file names, made safe to show."""


def one_line(text: str) -> str:
    """Return `text` with line ends, control and direction characters as visible escapes, so that nothing obeys them.

    A line end in a file name would begin a line of its own, which GitHub reads as a workflow command. A byte of a file
    name that is not UTF-8 is shown by its value, as in Python: backslash, x, e9.
    """
    return "".join(c if c.isprintable() else escaped(c) for c in text)


def escaped(character: str) -> str:
    """Return a character as a visible escape; for a byte that is not UTF-8, the byte."""
    code = ord(character)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else ascii(character)[1:-1]


def printable_lines(text: str) -> str:
    """Return `text` as `one_line` does, its lines kept: for text whose parts were made safe before."""
    return "\n".join(map(one_line, text.split("\n")))
