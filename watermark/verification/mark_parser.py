"""What the copy puts around a page's own content, read operator by operator (ISO 32000-2 7.8.2, 8.10, 14.6)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from pypdf.generic import DictionaryObject, PdfObject, StreamObject

from watermark.verification.allowed_constructs import (
    BLANK,
    form_differs,
    resources_differ,
    stream_differs,
)
from watermark.verification.content_isolation import annotation_differs, head_of, mark_annotations
from watermark.verification.content_operators import NUMBER, REGULAR, MarkSyntaxError, allow, steps_of
from watermark.verification.line_syntax import Operation, Token, font_differs, language_of, line_rows, line_steps_differ
from watermark.verification.mark_forms import Box, LineForm, Mark, MarkForm, Matrix, PaintedLine
from watermark.verification.painting_rules import (
    box_differs,
    colour_of,
    halo_differs,
    matrix_differs,
    names_differ,
    tag_differs,
)
from watermark.verification.pypdf_document import (
    PypdfDocument,
    PypdfPage,
    data_of,
    dictionary,
    items,
    raw,
    reference,
    resolved,
)

Point: TypeAlias = tuple[float, float]

MAX_BYTES = 1_000_000
DIGITS = 5
"""The number of significant digits with which matrices are written."""
KEPT_BYTES = 64_000
PATH_OPERATORS = frozenset(b"m l c v y h re".split())
STYLE_OPERATORS = frozenset(b"w j J M d gs cs CS sc SC scn SCN".split())
FORM_OPERATORS = PATH_OPERATORS | (STYLE_OPERATORS - {b"w"}) | frozenset(b"f F f* S q Q cm".split())
LETTERS_ORDER = re.compile(rb"(?:(?:gs|cs|CS|sc|SC|j|d) )+(?:(?:m|l|c|v|y|h|re) )+(?:f|F|f\*|S)")
"""First how letters are painted, then their outlines: nothing in between."""
OUR_OPERATORS = STYLE_OPERATORS | frozenset(b"BDC BMC EMC q Q cm Do BT ET Tf Td Tm Tj TJ Tr Tc Tw Tz Ts TL".split())
_CLOSERS = re.compile(rb"(?:[" + BLANK + rb"]|\)|>|\]|(?:ET|EMC|Q|ID|EI)(?!" + REGULAR + rb"))*")


def closers_of(content: bytes) -> bytes:
    """Return what precedes our own operators in a stream of ours: it closes what the page's content left open."""
    found = _CLOSERS.match(content)
    assert found is not None  # the expression matches nothing, too
    return found.group()


def members_of(page: DictionaryObject) -> list[PdfObject]:
    """Return the members of /Contents as they are written, one stream as one member, and nulls left out."""
    contents = raw(page, "/Contents")
    value = resolved(contents)
    if contents is None or value is None:
        return []
    if isinstance(value, StreamObject):
        return [contents]
    return [member for member in items(contents) if resolved(member) is not None]


class MarkParser:
    """Reads the overlays of the pages of one copy; each form is read once."""

    def __init__(self, after: PypdfDocument, highest_original_number: int) -> None:
        """Read from `after`; what has a number up to `highest_original_number` is not ours."""
        self._after, self._highest = after, highest_original_number
        self._letters: dict[int, MarkForm] = {}
        self._lines: dict[int, LineForm] = {}

    def mark_on(self, leaf: PypdfPage) -> Mark:
        """Return the mark that the last stream of a page paints, or the annotation over it.

        Raises MarkSyntaxError saying what is wrong with it.
        """
        members = members_of(leaf.dictionary)
        annotations = mark_annotations(leaf, self._highest)
        if members and self.is_ours(members[-1]):
            if annotations and self._highest:
                raise MarkSyntaxError("a mark in the content, and an annotation besides")
            allow(stream_differs(dictionary(members[-1])))
            content, resources = self._content(members[-1]), dictionary(leaf.get("/Resources"))
            start = self._start(leaf, content, alone=len(members) == 1)
        elif len(annotations) == 1:
            allow(annotation_differs(annotations[0]))
            form = raw(dictionary(annotations[0].get("/AP")), "/N")
            content, resources = self._content(form), dictionary(self._checked_form(form).get("/Resources"))
            start = None
        else:
            raise MarkSyntaxError("nothing of this tool is painted over the page")
        found = list(self._pieces(resources, list(steps_of(content[start:], OUR_OPERATORS))))
        marks = [piece for piece in found if isinstance(piece, Mark)]
        if len(marks) == 2:
            halo, mark = marks
            allow(halo_differs(halo, mark))
            marks = [replace(mark, halo=halo.letters, halo_width=halo.line_width)]
        if len(marks) != 1:
            raise MarkSyntaxError(f"{len(marks) or 'no'} marks are painted")
        lines = tuple(piece for piece in found if isinstance(piece, PaintedLine))
        words = str(annotations[0].get("/Contents", "")) if start is None else None
        return replace(marks[0], annotation=words, lines=lines)

    def _start(self, leaf: PypdfPage, content: bytes, *, alone: bool) -> int:
        """Return where our operators begin in a stream of ours: after what closes the page's own content.

        A stream that is the only one of its page paints that content as a form; what it holds, is judged elsewhere.
        """
        name, end = head_of(content) if alone else ("", 0)
        if name:
            form = raw(dictionary(dictionary(leaf.get("/Resources")).get("/XObject")), name)
            if not self.is_ours(form):
                raise MarkSyntaxError("the content of the page in a form that is not ours")
            self._checked_form(form)
            return end
        return len(closers_of(content))

    def _pieces(self, resources: DictionaryObject, steps: list[Operation]) -> Iterator[Mark | PaintedLine]:
        """Yield what is painted, each `… BDC q … cm [… w] /Name Do Q EMC`: a mark, or the box of a line."""
        artifact, inside = b"", list[Operation]()
        for step in steps:
            if step.operator in {b"BDC", b"BMC"} and not artifact:
                artifact, inside = b" ".join(step.operands), []
            elif step.operator == b"EMC" and artifact:
                yield self._piece(resources, artifact, inside)
                artifact = b""
            elif artifact:
                inside.append(step)
            else:
                raise MarkSyntaxError(f"{step.operator.decode('latin-1')} outside an artifact")
        if artifact:
            raise MarkSyntaxError("marked content that is not closed")

    def _piece(self, resources: DictionaryObject, artifact: bytes, steps: list[Operation]) -> Mark | PaintedLine:
        operators = b" ".join(step.operator for step in steps)
        if operators not in {b"q cm Do Q", b"q cm w Do Q"}:
            raise MarkSyntaxError(f"the operators {operators[:40].decode('latin-1')}")
        matrix, name = _matrix(steps[1].operands), _name(steps[-2])
        width = float(steps[2].operands[-1]) if len(steps) == 5 else 1.0
        form = raw(dictionary(resources.get("/XObject")), name)
        if not self.is_ours(form):
            raise MarkSyntaxError(f"{name or 'a form without a name'}, which is not ours")
        if b"/Watermark" in artifact.split() and artifact.startswith(b"/Artifact"):
            allow(tag_differs(artifact, is_mark=True))
            return Mark(letters=self._letters_of(form), matrix=matrix, line_width=width)
        line = self._line_of(form)
        allow(tag_differs(artifact, is_mark=False))
        allow(matrix_differs(matrix))
        return PaintedLine(form=line, box=_around(matrix, line.box))

    def _letters_of(self, form: PdfObject | None) -> MarkForm:
        number = reference(form)
        assert number is not None  # _is_ours has seen to it
        if number not in self._letters:
            stream, content = self._checked_form(form), self._content(form)
            outlines = (_outlines if len(content) <= KEPT_BYTES else _outlines.__wrapped__)(content)
            allow(resources_differ(resources := dictionary(stream.get("/Resources"))))
            allow(names_differ(outlines.steps, resources))
            allow(box_differs(_numbers(items(stream.get("/BBox"))), outlines.ink))
            self._letters[number] = MarkForm(
                number=number,
                steps=outlines.steps,
                ink=outlines.ink,
                opacity=_opacity(outlines, resources),
                stroked=outlines.stroked,
                colour_rgb=_colour(outlines.steps, resources, is_stroked=outlines.stroked),
            )
        return self._letters[number]

    def _line_of(self, form: PdfObject | None) -> LineForm:
        number = reference(form)
        assert number is not None  # is_ours has seen to it
        if number not in self._lines:
            stream = self._checked_form(form)
            resources = dictionary(stream.get("/Resources"))
            allow(resources_differ(resources))
            steps = tuple(steps_of(self._content(form), OUR_OPERATORS - {b"Do"}))
            allow(line_steps_differ(steps))
            allow(names_differ(steps, resources))
            for step in steps:
                if step.operator == b"gs" and _state(step, resources).get("/ca", 1) != 1:
                    raise MarkSyntaxError("text that is not seen")
            font_name = next(step.operands[0].decode("latin-1") for step in steps if step.operator == b"Tf")
            font = dictionary(dictionary(resources.get("/Font")).get(font_name))
            allow(font_differs(font))
            rows, size = line_rows(steps, 2 if font.get("/Subtype") == "/Type0" else 1)
            box = _numbers(items(stream.get("/BBox")))
            if len(box) != 4:
                raise MarkSyntaxError("a form without a box")
            self._lines[number] = LineForm(
                number=number,
                form=stream,
                rows=rows,
                size=size,
                box=(box[0], box[1], box[2], box[3]),
                colour_rgb=_colour(steps, resources, is_stroked=False),
                language=language_of(steps),
            )
        return self._lines[number]

    def _checked_form(self, form: PdfObject | None) -> StreamObject:
        stream = resolved(form)
        if not isinstance(stream, StreamObject) or stream.get("/Subtype") != "/Form":
            raise MarkSyntaxError("something that is not a form")
        allow(form_differs(stream))
        return stream

    def is_ours(self, value: PdfObject | None) -> bool:
        """Return whether a value is a reference to an object of the marking."""
        return (reference(value) or 0) > self._highest

    def _content(self, stream: PdfObject | None) -> bytes:
        content = data_of(stream)
        if len(content) > MAX_BYTES:
            raise MarkSyntaxError("more than a mark needs")
        return content


@dataclass(frozen=True, slots=True)
class _Outlines:
    """What the content of the form with the letters says by itself."""

    steps: tuple[Operation, ...]
    ink: Box
    stroked: bool


@lru_cache(maxsize=8)
def _outlines(content: bytes) -> _Outlines:
    """Return what a form with letters draws: by its bytes, which are the same in one copy after the other."""
    steps = tuple(steps_of(content, FORM_OPERATORS))
    painted = [step.operator for step in steps if step.operator in {b"f", b"F", b"f*", b"S"}]
    if len(painted) != 1 or steps[-1].operator not in {*painted, b"Q"}:
        raise MarkSyntaxError(f"letters that are painted {len(painted)} times")
    if any(step.operator == b"cm" for step in steps):
        raise MarkSyntaxError("letters with a matrix of their own")
    if any(step.operator == b"d" and step.operands[:2] != (b"[", b"]") for step in steps):
        raise MarkSyntaxError("letters of dashes")
    if not LETTERS_ORDER.fullmatch(b" ".join(step.operator for step in steps)):
        raise MarkSyntaxError("letters that are not written as letters are")
    points = [point for step in steps if step.operator in PATH_OPERATORS for point in _points(step)]
    if len(points) < 3:
        raise MarkSyntaxError("no letters")
    xs, ys = zip(*points, strict=True)
    return _Outlines(steps, (min(xs), min(ys), max(xs), max(ys)), painted == [b"S"])


def _opacity(outlines: _Outlines, resources: DictionaryObject) -> float:
    opacity = 1.0
    for step in outlines.steps:
        if step.operator == b"gs":
            state = _state(step, resources)
            opacity = float(str(state.get("/CA" if outlines.stroked else "/ca", 1)))
    return opacity


def _colour(steps: tuple[Operation, ...], resources: DictionaryObject, *, is_stroked: bool) -> tuple[float, ...] | None:
    """Return the colour that is set last; None where it is not known, as when none is set."""
    choosing, setting = (b"CS", {b"SC", b"SCN"}) if is_stroked else (b"cs", {b"sc", b"scn"})
    colour = None
    space: PdfObject | None = None
    for step in steps:
        if step.operator == choosing:
            space, colour = dictionary(resources.get("/ColorSpace")).get(_name(step)), None
        elif step.operator in setting:
            numbers = [float(one) for one in step.operands if NUMBER.match(one)]
            colour = colour_of(space, numbers) if len(numbers) == len(step.operands) else None
    return colour


def _state(step: Operation, resources: DictionaryObject) -> DictionaryObject:
    return dictionary(dictionary(resources.get("/ExtGState")).get(_name(step)))


def _name(step: Operation) -> str:
    """Return the name that is the last operand, as viewers read it; this tool never writes one with a code in it."""
    name = step.operands[-1].decode("latin-1") if step.operands else ""
    if "#" in name:
        raise MarkSyntaxError(f"{name}, a name in disguise")
    return name


def _points(step: Operation) -> Iterator[Point]:
    numbers = [float(operand) for operand in step.operands]
    if step.operator == b"re" and len(numbers) == 4:
        left, bottom, width, height = numbers
        yield from ((left, bottom), (left + width, bottom + height))
        return
    yield from zip(numbers[::2], numbers[1::2], strict=True)


def _matrix(operands: tuple[Token, ...]) -> Matrix:
    if len(operands) != 6 or not all(NUMBER.match(operand) for operand in operands):
        raise MarkSyntaxError("a matrix that is none")
    if any(len(operand.lstrip(b"-0.").replace(b".", b"")) > DIGITS for operand in operands if b"." in operand):
        raise MarkSyntaxError("a matrix with more digits than a marking writes")
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return (a, b, c, d, e, f)


def _around(matrix: Matrix, box: Box) -> Box:
    """Return the box around another that was taken through a matrix."""
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in box[::2] for y in box[1::2]]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _numbers(values: list[PdfObject]) -> list[float]:
    return [float(str(resolved(value))) for value in values]
