"""Which operator of a page's content has too few operands: poppler draws nothing of a content stream after it.

Other viewers pass over such an operator, and so show a mark that follows it (ISO 32000-2 7.8.2, annex A). Operators
with more operands than they take, with operands of another kind, or that are unknown, stop none of them.
"""

import re

from watermark.verification.unclosed_operators import after_image

NEEDED = {
    **dict.fromkeys(b"w J j M ri i gs CS cs g G Do Tj TJ ' Tc Tw Tz TL Tr Ts sh BMC MP".split(), 1),
    **dict.fromkeys(b"m l Td TD Tf d d0 BDC DP".split(), 2),
    **dict.fromkeys(b'rg RG "'.split(), 3),
    **dict.fromkeys(b"v y re k K".split(), 4),
    **dict.fromkeys(b"c cm Tm d1".split(), 6),
}
"""With how many operands poppler goes on, for each operator that it does not accept without."""
_MOST = max(NEEDED.values())

_WS = rb"\0\t\n\f\r "
_REGULAR = rb"[^" + _WS + rb"()<>\[\]{}/%]"
_END = rb"(?!" + _REGULAR + rb")"
_TEXT = rb"\((?:(?>[^()\\]++|\\.))*+\)"
_HEX = rb"<[^<>]*+>"
_NAME = rb"/" + _REGULAR + rb"*+"
_GAP = rb"[" + _WS + rb"]*+(?:(?>%[^\r\n]*+[" + _WS + rb"]*+))*+"
_CONSTANT = rb"(?:true|false|null)" + _END
_LETTER = rb"(?=[A-Za-z'\"])"
"""What an operator begins with: looked at first, because most of a page is numbers and strings."""
_STRAY = rb"[){}]|>(?!>)"
"""What poppler takes for an operand, though it is none."""
_ARRAY = rb"\[(?:(?>[^()<>\[\]%]++|" + _TEXT + rb"|" + _HEX + rb"))*+\]"
_OPERAND = (
    rb"(?:[-+]?[\d.]++" + _END + rb"|" + _NAME + rb"|" + _TEXT + rb"|" + _HEX + rb"|" + _ARRAY
    + rb"|<<[^()<>\[\]%]*+>>|" + _CONSTANT + rb"|" + _STRAY + rb")" + _GAP
)  # fmt: skip


def _operation(given: int) -> bytes:
    """Return the pattern of an operation after so many operands: an operator that needs no more, or an operand."""
    others = b"|".join(map(re.escape, [b"BI", *(word for word, needed in NEEDED.items() if needed > given)]))
    operator = _LETTER + rb"(?!" + _CONSTANT + rb"|(?:" + others + rb")" + _END + rb")" + _REGULAR + rb"++"
    if given == _MOST:
        return rb"(?:(?>" + _OPERAND + rb"))*+" + operator
    return rb"(?:" + operator + rb"|" + _OPERAND + _operation(given + 1) + rb")"


_COMPLETE = re.compile(_GAP + rb"(?:(?>" + _operation(0) + _GAP + rb"))*+", re.DOTALL)
"""All operations that are plainly complete, passed over in one step."""
_TOKEN = re.compile(
    rb"%[^\r\n]*+|(?P<operand>" + _TEXT + rb"|" + _HEX + rb"|" + _NAME + rb"|(?:[-+]|(?=[\d.]))\d*+(?:\.[\d-]*+)?|"
    + _CONSTANT + rb"|" + _STRAY + rb")|<<|>>|[(<\[\]]|" + _REGULAR + rb"++",
    re.DOTALL,
)  # fmt: skip
"""One token as poppler reads it: a number ends where no digit follows, whatever is behind it."""
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)


def lacks_operands(content: bytes) -> bytes:
    """Return the first operator of `content` that has too few operands; b"" if none has. The time is linear."""
    offset = 0
    while 0 <= offset < len(content):
        match = _COMPLETE.match(content, offset)
        assert match is not None  # it matches nothing, too
        offset, lacking = _one_operation(content, match.end())
        if lacking:
            return lacking
    return b""


def _one_operation(content: bytes, start: int) -> tuple[int, bytes]:
    """Return the offset after the operation at `start`, -1 at the end, and its operator if that lacks operands."""
    operands = depth = 0
    offset = start
    while token := _TOKEN.search(content, offset):
        word, offset = token.group(), token.end()
        if word in {b"(", b"<"}:
            offset = _after_string(content, offset) if word == b"(" else -1
            if offset < 0:
                return -1, b""
        is_closed = depth == 1 and word in {b"]", b">>"}
        depth += (word in {b"[", b"<<"}) - (depth > 0 and word in {b"]", b">>"})
        if depth or word.startswith(b"%"):
            continue
        if token["operand"] or is_closed or word == b"(":
            operands += 1
        elif word == b"BI":
            return after_image(content, offset), b""
        else:
            return offset, word if operands < NEEDED.get(word, 0) else b""
    return -1, b""


def _after_string(content: bytes, start: int) -> int:
    """Return where a string that holds others ends; -1 where it does not end."""
    depth = 1
    for match in _PARENTHESIS.finditer(content, start):
        depth += {b"(": 1, b")": -1}.get(match[0], 0)
        if not depth:
            return match.end()
    return -1
