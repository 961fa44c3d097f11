"""What the copy puts around a page's own content, read operator by operator (ISO 32000-2 7.8.2, 8.10, 14.6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pypdf.generic import DictionaryObject, PdfObject, StreamObject

from watermark.checks.document import Document, Leaf, dictionary, items, raw, reference, resolved

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Token: TypeAlias = bytes
Point: TypeAlias = tuple[float, float]

MOST_BYTES = 1_000_000
PATH_OPERATORS = frozenset(b"m l c v y h re".split())
STYLE_OPERATORS = frozenset(b"w j J M d gs cs CS sc SC scn SCN".split())
FORM_OPERATORS = PATH_OPERATORS | STYLE_OPERATORS | frozenset(b"f F f* S q Q cm".split())
OUR_OPERATORS = STYLE_OPERATORS | frozenset(b"BDC BMC EMC q Q cm Do BT ET Tf Td Tm Tj TJ Tr Tc Tw Tz Ts TL".split())
_TOKEN = re.compile(
    rb"%[^\r\n]*|\((?:\\.|[^()\\])*\)|<<|>>|<[0-9A-Fa-f\s]*>|\[|\]|/[^\s()<>\[\]{}/%]*|[^\s()<>\[\]{}/%]+", re.DOTALL
)
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)\Z")
_CLOSERS = re.compile(rb"(?:\s|\)|>|\]|ET\b|EMC\b|Q\b|EI\b|n\b)*")


class OverlayError(ValueError):
    """What stands around the page's content is not what this tool puts there; the words say what it is."""


@dataclass(frozen=True, slots=True)
class Step:
    """One operator with its operands."""

    operator: bytes
    operands: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """The form with the outlines of the letters: what it draws, how, and where its ink reaches.

    `ink` is (left, bottom, right, top) in the space of the form; `opacity` is 1.0 where nothing else is set.
    """

    number: int
    steps: tuple[Step, ...]
    ink: tuple[float, float, float, float]
    opacity: float
    stroked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The letters on one page: `matrix` takes the form's space to user space, `line_width` counts in the former."""

    letters: Letters
    matrix: Matrix
    line_width: float


def members_of(page: DictionaryObject) -> list[PdfObject]:
    """Return the members of /Contents as they are written, one stream as one member."""
    contents = raw(page, "/Contents")
    held = resolved(contents)
    if contents is None or held is None:
        return []
    return [contents] if isinstance(held, StreamObject) else items(contents)


def steps_of(content: bytes, allowed: frozenset[bytes]) -> Iterator[Step]:
    """Yield the operators of a content stream of ours. Raises OverlayError for any that is not allowed there."""
    operands: list[Token] = []
    depth = 0
    for match in _TOKEN.finditer(content):
        token = match.group()
        if token.startswith(b"%"):
            continue
        depth += (token in {b"<<", b"["}) - (token in {b">>", b"]"})
        if depth or token[:1] in b"/(<[>]" or _NUMBER.match(token):
            operands.append(token)
            continue
        if token not in allowed:
            raise OverlayError(f"the operator {token[:12].decode('latin-1')}")
        yield Step(token, tuple(operands))
        operands = []
    if operands or _TOKEN.sub(b"", content).strip():
        raise OverlayError("something that is no operator")


class Overlays:
    """Reads the overlays of the pages of one copy; each form is read once."""

    def __init__(self, after: Document, highest_original_number: int) -> None:
        """Read from `after`; what has a number up to `highest_original_number` is not ours."""
        self._after, self._highest = after, highest_original_number
        self._letters: dict[int, Letters] = {}
        self._texts: set[int] = set()

    def mark_on(self, leaf: Leaf) -> Mark:
        """Return the mark that the last stream of a page paints. Raises OverlayError saying what is wrong with it."""
        members = members_of(leaf.dictionary)
        if not members or not self._is_ours(members[-1]):
            raise OverlayError("nothing of this tool is painted over the page")
        content = self._content(members[-1])
        start = _CLOSERS.match(content)
        assert start is not None  # the expression matches nothing, too
        marks = list(self._marks(leaf, list(steps_of(content[start.end() :], OUR_OPERATORS))))
        if len(marks) != 1:
            raise OverlayError(f"{len(marks) or 'no'} marks are painted")
        return marks[0]

    def _marks(self, leaf: Leaf, steps: list[Step]) -> Iterator[Mark]:
        """Yield the marks among the pieces that are painted, each `… BDC q … cm [… w] /Name Do Q EMC`."""
        artifact, inside = b"", list[Step]()
        for step in steps:
            if step.operator in {b"BDC", b"BMC"} and not artifact:
                artifact, inside = b" ".join(step.operands), []
            elif step.operator == b"EMC" and artifact:
                mark = self._piece(leaf, artifact, inside)
                artifact = b""
                if mark is not None:
                    yield mark
            elif artifact:
                inside.append(step)
            else:
                raise OverlayError(f"{step.operator.decode('latin-1')} outside an artifact")
        if artifact:
            raise OverlayError("marked content that is not closed")

    def _piece(self, leaf: Leaf, artifact: bytes, steps: list[Step]) -> Mark | None:
        operators = b" ".join(step.operator for step in steps)
        if operators not in {b"q cm Do Q", b"q cm w Do Q"}:
            raise OverlayError(f"the operators {operators[:40].decode('latin-1')}")
        matrix, width = _matrix(steps[1].operands), 1.0
        if len(steps) == 5:
            width = float(steps[2].operands[-1])
        return self._form(leaf, steps[-2], artifact, matrix, width)

    def _form(self, leaf: Leaf, step: Step, artifact: bytes, matrix: Matrix, width: float) -> Mark | None:
        name = step.operands[-1].decode("latin-1") if step.operands else ""
        form = raw(dictionary(dictionary(leaf.get("/Resources")).get("/XObject")), name)
        if not self._is_ours(form):
            raise OverlayError(f"{name or 'a form without a name'}, which is not ours")
        if b"/Watermark" in artifact.split() and artifact.startswith(b"/Artifact"):
            return Mark(letters=self._letters_of(form), matrix=matrix, line_width=width)
        self._check_text_form(form)
        return None

    def _letters_of(self, form: PdfObject | None) -> Letters:
        number = reference(form)
        assert number is not None  # _is_ours has seen to it
        if number not in self._letters:
            held = self._checked_form(form)
            steps = tuple(steps_of(self._content(form), FORM_OPERATORS))
            self._letters[number] = _letters(number, steps, dictionary(held.get("/Resources")))
        return self._letters[number]

    def _check_text_form(self, form: PdfObject | None) -> None:
        number = reference(form)
        assert number is not None  # _is_ours has seen to it
        if number not in self._texts:
            self._checked_form(form)
            for step in steps_of(self._content(form), OUR_OPERATORS - {b"Do"}):
                if step.operator == b"Tr" and step.operands[-1:] != (b"0",):
                    raise OverlayError("text that is not seen")
            self._texts.add(number)

    def _checked_form(self, form: PdfObject | None) -> DictionaryObject:
        held = dictionary(form)
        if not isinstance(held, StreamObject) or held.get("/Subtype") != "/Form":
            raise OverlayError("something that is no form")
        for key, why in (("/OC", "a form that can be switched off"), ("/Group", "a form with a group of its own")):
            if key in held:
                raise OverlayError(why)
        if "/Matrix" in held and _numbers(items(held.get("/Matrix"))) != [1, 0, 0, 1, 0, 0]:
            raise OverlayError("a form with a matrix of its own")
        return held

    def _is_ours(self, value: PdfObject | None) -> bool:
        return (reference(value) or 0) > self._highest

    def _content(self, stream: PdfObject | None) -> bytes:
        held = resolved(stream)
        content = held.get_data() if isinstance(held, StreamObject) else b""
        if len(content) > MOST_BYTES:
            raise OverlayError("more than a mark needs")
        return content


def _letters(number: int, steps: tuple[Step, ...], resources: DictionaryObject) -> Letters:
    painted = [step.operator for step in steps if step.operator in {b"f", b"F", b"f*", b"S"}]
    if len(painted) != 1 or steps[-1].operator not in {*painted, b"Q"}:
        raise OverlayError(f"letters that are painted {len(painted)} times")
    if any(step.operator == b"cm" for step in steps):
        raise OverlayError("letters with a matrix of their own")
    points = [point for step in steps if step.operator in PATH_OPERATORS for point in _points(step)]
    if len(points) < 3:
        raise OverlayError("no letters")
    xs, ys = zip(*points, strict=True)
    return Letters(
        number=number,
        steps=steps,
        ink=(min(xs), min(ys), max(xs), max(ys)),
        opacity=_opacity(steps, resources),
        stroked=painted == [b"S"],
    )


def _opacity(steps: tuple[Step, ...], resources: DictionaryObject) -> float:
    opacity = 1.0
    for step in steps:
        if step.operator == b"gs":
            state = dictionary(dictionary(resources.get("/ExtGState")).get(step.operands[-1].decode("latin-1")))
            if state.get("/BM", "/Normal") != "/Normal" or state.get("/SMask", "/None") != "/None":
                raise OverlayError("a graphics state that blends")
            opacity = float(str(state.get("/ca", 1)))
    return opacity


def _points(step: Step) -> Iterator[Point]:
    numbers = [float(operand) for operand in step.operands]
    if step.operator == b"re" and len(numbers) == 4:
        left, bottom, width, height = numbers
        yield from ((left, bottom), (left + width, bottom + height))
        return
    yield from zip(numbers[::2], numbers[1::2], strict=True)


def _matrix(operands: tuple[Token, ...]) -> Matrix:
    if len(operands) != 6 or not all(_NUMBER.match(operand) for operand in operands):
        raise OverlayError("a matrix that is none")
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return (a, b, c, d, e, f)


def _numbers(values: list[PdfObject]) -> list[float]:
    return [float(str(resolved(value))) for value in values]
