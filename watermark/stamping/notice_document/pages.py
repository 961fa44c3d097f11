"""Pages: where each line of the story stands, written as content that knows its place in the structure."""

from dataclasses import dataclass, field

from watermark.pdf.serialization import number
from watermark.stamping.notice_document.blocks import HAIRLINE, Colour, Style
from watermark.stamping.notice_document.fonts import Faces, FontFace
from watermark.stamping.notice_document.structure_tree import Element, Hotspot, MarkedContent

WIDTH, HEIGHT = 595.28, 841.89
LEFT, RIGHT, TOP, BOTTOM = 62.0, WIDTH - 62.0, HEIGHT - 60.0, 62.0
MEASURE = RIGHT - LEFT
COLOUR_SPACE, REGULAR, BOLD = "/NoticeRGB", "/NoticeRegular", "/NoticeBold"


@dataclass(slots=True)
class Page:
    """One page while it is set. Distances are points from the lower left corner."""

    index: int
    parts: list[bytes] = field(default_factory=list)
    _owner: Element | None = None
    _is_open: bool = False
    _marks: int = 0
    _colour: Colour | None = None

    def text(self, owner: Element | None, place: tuple[float, float], words: str, face: FontFace, style: Style) -> None:
        """Set words from `place` on, the left end of their baseline, for `owner`; without one as an artifact."""
        self._enter(owner)
        self._paint(style.colour)
        name = (BOLD if face.bold else REGULAR).encode()
        origin = b" ".join(map(number, place))
        self.parts.append(b"BT %s %s Tf %s Td %s Tj ET" % (name, number(style.size), origin, face.codes(words)))

    def bar(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """Paint a bar as an artifact."""
        self._enter(None)
        self._paint(colour)
        self.parts.append(b" ".join((*map(number, (x, y, width, height)), b"re f")))

    def hotspot(self, owner: Element, rectangle: tuple[float, float, float, float], url: str, description: str) -> None:
        """Make a rectangle lead to `url`, as a part of the Link element `owner`."""
        owner.kids.append(Hotspot(self.index, rectangle, url, description))

    def content(self) -> bytes:
        """Return the content stream of the page."""
        return b"\n".join((*self.parts, b"EMC")) if self._is_open else b"\n".join(self.parts)

    def _enter(self, owner: Element | None) -> None:
        if self._is_open and owner is self._owner:
            return
        if self._is_open:
            self.parts.append(b"EMC")
        self._owner, self._is_open = owner, True
        if owner is None:
            self.parts.append(b"/Artifact BMC")
            return
        self.parts.append(b"/%s <</MCID %d>> BDC" % (owner.role.encode(), self._marks))
        owner.kids.append(MarkedContent(self.index, self._marks))
        self._marks += 1

    def _paint(self, colour: Colour) -> None:
        if colour != self._colour:
            self._colour = colour
            self.parts.append(b"%s cs %s sc" % (COLOUR_SPACE.encode(), b" ".join(map(number, colour))))


class Flow:
    """A column of lines that runs on from page to page; `y` is the lower edge of what stands above."""

    def __init__(self, faces: Faces) -> None:
        """Begin with one empty page."""
        self.faces = faces
        self.pages: list[Page] = []
        self.y = TOP
        self.turn()

    @property
    def page(self) -> Page:
        """The page that is being set."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """The height that is left on the page."""
        return self.y - BOTTOM

    @property
    def is_at_top(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y >= TOP

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append(Page(len(self.pages)))
        self.y = TOP

    def space(self, height: float) -> None:
        """Leave a distance, but not at the top of a page."""
        if not self.is_at_top:
            self.y -= height

    def hairline(self) -> None:
        """Draw a thin line across the column."""
        self.page.bar(LEFT, self.y, MEASURE, 0.5, HAIRLINE)
