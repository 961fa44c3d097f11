"""What all pages share: the letters and the line as form XObjects, with all that they need inside.

Each form has its own colour space, font and graphics state, so that a page only has to name it. Nothing of a form
depends on the page: the page gives the matrix, and the line width of stroked letters.
"""

from dataclasses import replace

from watermark.pdf.colour_spaces import srgb_tokens
from watermark.pdf.fonts.embedding import Typeface, embed
from watermark.pdf.fonts.face import TEXT, face_for
from watermark.pdf.object_draft import Dictionary, ObjectDraft
from watermark.pdf.serialization import Name, Raw, Ref, Value, number, string, text
from watermark.stamping.mark.edge_line_layout import ASCENT, DESCENT, LEADING, line_width
from watermark.stamping.mark.ink import Colour, Ink
from watermark.stamping.mark.mark_layout import WIDEST_STROKE
from watermark.stamping.mark.outlines import letters
from watermark.stamping.plan import Plan

LINE_SCALE = 10
"""The size at which the line is set inside its form, in the units of the form."""

BEFORE = " "
"""What the line begins with: where the page's text ends in a hyphen, a reader would join the next letter to it."""


class SharedForms:
    """The forms of one copy, each entered into the draft when a page first asks for it."""

    def __init__(self, draft: ObjectDraft, plan: Plan, pages: int) -> None:
        """Enter the form that most of the `pages` share. Raises UsageError for characters that no font has."""
        self._draft = draft
        self._plan = plan
        self._colour_space = draft.add(srgb_tokens())
        self._typeface: Typeface | None = None
        self._marks: dict[Ink, Ref] = {}
        self._lines: dict[tuple[tuple[str, ...], Colour], Ref] = {}
        self.letters = letters(plan.style.text, plan.style.font_path)
        if len(plan.inks) < pages:
            self._mark(self._own_ink)

    def mark(self, page_number: int) -> Ref:
        """Return the form of the letters in the ink of a page, counted from 1."""
        return self._mark(replace(self._plan.inks.get(page_number, self._own_ink), halo_rgb=None))

    def halo(self, page_number: int) -> Ref | None:
        """Return the form of the line under the outlines of a page, counted from 1; None if they have none."""
        halo_rgb = self._plan.inks.get(page_number, self._own_ink).halo_rgb
        return self._mark(Ink(colour_rgb=halo_rgb, opacity=1.0)) if halo_rgb else None

    def line(self, rows: tuple[str, ...], page_number: int) -> Ref:
        """Return the form of the line set in these rows, in the colour of a page, counted from 1."""
        key = rows, self._plan.line_colours.get(page_number, self._plan.style.colour_rgb)
        if key not in self._lines:
            self._lines[key] = self._line_form(*key)
        return self._lines[key]

    @property
    def _own_ink(self) -> Ink:
        return Ink(colour_rgb=self._plan.style.colour_rgb, opacity=self._plan.style.opacity)

    def _mark(self, ink: Ink) -> Ref:
        if ink not in self._marks:
            self._marks[ink] = self._letters_form(ink)
        return self._marks[ink]

    def _letters_form(self, ink: Ink) -> Ref:
        """Enter the letters: filled and translucent, or stroked and opaque where no opacity is allowed."""
        if self._plan.outline_only:
            head, paint, alpha = b" CS %b SC 1 j []0 d\n", b"\nS", 1.0
        else:
            head, paint, alpha = b" cs %b sc\n", b"\nf", ink.opacity
        content = b"/RetractionAlpha gs /RetractionRGB" + head % _operands(ink.colour_rgb) + self.letters.path + paint
        reach, rise = self.letters.width / 2 + WIDEST_STROKE, self.letters.height / 2 + WIDEST_STROKE
        return self._form((-reach, -rise, reach, rise), {"/ExtGState": {"/RetractionAlpha": _state(alpha)}}, content)

    def _line_form(self, rows: tuple[str, ...], colour: Colour) -> Ref:
        """Enter the line: real text, centred on the middle of the last row's baseline.

        In a tagged file the text says its language inside the form: veraPDF does not look for it around the form, and
        the document may have none (ISO 14289-1 7.2).
        """
        font_path = self._plan.style.font_path
        typeface = self._font()
        widths = [line_width(row, font_path) * LINE_SCALE for row in rows]
        parts = [
            b"/RetractionState gs BT 0 Tr 0 Tc 0 Tw 100 Tz 0 Ts /RetractionRGB cs %b sc" % _operands(colour),
            b"/RetractionFont %d Tf" % LINE_SCALE,
        ]
        space = line_width(BEFORE, font_path) * LINE_SCALE
        for above, row, width in zip(range(len(rows) - 1, -1, -1), (BEFORE + rows[0], *rows[1:]), widths, strict=True):
            start = -width / 2 - (space if above == len(rows) - 1 else 0)
            move = number(start), number(above * LEADING * LINE_SCALE)
            parts.append(b"1 0 0 1 %b %b Tm %b Tj" % (*move, typeface.string(row)))
        content = b" ".join([*parts, b"ET"])
        if self._plan.line is not None and self._plan.tagged:
            content = b"/Span<</Lang%b>>BDC %b EMC" % (string(text(self._plan.line.language)), content)
        reach, rise = max(widths) / 2 + 1, (ASCENT + LEADING * (len(rows) - 1)) * LINE_SCALE + 1
        more: Dictionary = {
            "/ExtGState": {"/RetractionState": _state(1.0)},
            "/Font": {"/RetractionFont": typeface.ref},
        }
        return self._form((-reach, -DESCENT * LINE_SCALE - 1, reach, rise), more, content)

    def _font(self) -> Typeface:
        if self._typeface is None:
            words = BEFORE + self._plan.line.text if self._plan.line else ""
            face = face_for(words, TEXT, self._plan.style.font_path)
            self._typeface = embed(self._draft, face, words, pdfa_part=self._plan.pdfa_part)
        return self._typeface

    def _form(self, box: tuple[float, ...], resources: Dictionary, content: bytes) -> Ref:
        entries: dict[str, Value] = {
            "/Type": Name("/XObject"),
            "/Subtype": Name("/Form"),
            "/BBox": [round(side, 1) for side in box],
            "/Resources": {"/ColorSpace": {"/RetractionRGB": self._colour_space}, **resources},
        }
        return self._draft.add_stream(entries, content)


def _operands(colour: Colour) -> bytes:
    return b" ".join(number(part) for part in colour)


def _state(alpha: float) -> Raw:
    """Return a graphics state that takes nothing over from the page; opaque, every part of PDF/A allows it."""
    return Raw(b"<</Type/ExtGState/ca %b/CA 1/BM/Normal/SMask/None>>" % number(alpha))
