"""The operators of a content stream with their operands, one by one (ISO 32000-2 7.8.2)."""

import re
from collections.abc import Iterator

from watermark.verification.allowed_constructs import BLANK, marked_differs
from watermark.verification.line_syntax import Operation, Token

OPERANDS = {
    **dict.fromkeys(b"h f F f* S q Q BT ET EMC".split(), 0),
    **dict.fromkeys(b"w j J M gs cs CS Do Tj Tr Tc Tw Tz Ts TL BMC".split(), 1),
    **dict.fromkeys(b"m l Td Tf".split(), 2),
    **dict.fromkeys(b"v y re".split(), 4),
    **dict.fromkeys(b"c cm Tm".split(), 6),
}
"""How many operands an operator has, where that is always the same (ISO 32000-2 annex A)."""
REGULAR = rb"[^" + BLANK + rb"()<>\[\]{}/%]"
_TOKEN = re.compile(
    rb"%[^\r\n]*|\((?:\\.|[^()\\])*\)|<<|>>|<[0-9A-Fa-f" + BLANK + rb"]*>|\[|\]|/" + REGULAR + rb"*|" + REGULAR + rb"+",
    re.DOTALL,
)
NUMBER = re.compile(rb"[+-]?(?:\d++\.?\d*+|\.\d++)\Z")
_WRITTEN_NUMBER = re.compile(rb"-?(?:0|[1-9]\d*+)(?:\.\d*[1-9])?\Z")
"""How this tool writes a number: with a digit before the point, and without zeros at either end."""


class MarkSyntaxError(ValueError):
    """What is around the page's content is not what this tool puts there; the message says what it is."""


def tokens_of(content: bytes) -> Iterator[Token]:
    """Yield the tokens of a content stream, and any other bytes between them; comments are left out."""
    end = 0
    for match in _TOKEN.finditer(content):
        if between := content[end : match.start()].strip(BLANK):
            yield between
        end = match.end()
        if not match.group().startswith(b"%"):
            yield match.group()
    if rest := content[end:].strip(BLANK):
        yield rest


def steps_of(content: bytes, allowed: frozenset[bytes]) -> Iterator[Operation]:
    """Yield the operators of a content stream of ours. Raises MarkSyntaxError for any that is not allowed there.

    Numbers and marked content have to be written as a marking writes them around the content of a page, and there is no
    comment.
    """
    if b"%" in content and any(match.group().startswith(b"%") for match in _TOKEN.finditer(content)):
        raise MarkSyntaxError("a comment")
    for step in operations_of(content, allowed):
        allow(numbers_differ(step))
        if step.operator in {b"BDC", b"BMC"}:
            allow(marked_differs(step.operands))
        yield step


def numbers_differ(step: Operation) -> Iterator[str]:
    """Yield which numbers of an operation are not written as a marking writes them."""
    for one in step.operands:
        if NUMBER.match(one) and not _WRITTEN_NUMBER.match(one):
            yield f"the number {one[:20].decode('latin-1')}, which a marking writes in another way"


def operations_of(content: bytes, allowed: frozenset[bytes]) -> Iterator[Operation]:
    """Yield the operators of a content stream. Raises MarkSyntaxError for any that is not allowed, or not complete."""
    operands: list[Token] = []
    depth = 0
    for match in _TOKEN.finditer(content):
        token = match.group()
        if token.startswith(b"%"):
            continue
        depth += (token in {b"<<", b"["}) - (token in {b">>", b"]"})
        if depth or token[:1] in b"/(<[>]" or NUMBER.match(token):
            operands.append(token)
            continue
        if token not in allowed:
            raise MarkSyntaxError(f"the operator {token[:12].decode('latin-1')}")
        if len(operands) != OPERANDS.get(token, len(operands)):
            raise MarkSyntaxError(f"the operator {token.decode('latin-1')} with {len(operands)} operands")
        yield Operation(token, tuple(operands))
        operands = []
    if operands or _TOKEN.sub(b"", content).strip(b" \n"):
        raise MarkSyntaxError("something that is not an operator")


def allow(complaints: Iterator[str]) -> None:
    """Return when there are none; raise MarkSyntaxError with the first."""
    for complaint in complaints:
        raise MarkSyntaxError(complaint)
