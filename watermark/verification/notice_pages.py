"""The pages of the notice that were put into the copy: text and links, and nothing that acts.

They are as many as the notice document inside has, and look and read as it does.
"""

from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

import numpy as np
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from watermark.errors import FailedError
from watermark.models import plain
from watermark.pdf.rendering import RenderedDocument
from watermark.receipt import Receipt
from watermark.verification.content_operators import MarkSyntaxError, operations_of
from watermark.verification.evidence import Evidence
from watermark.verification.line_syntax import checksums_differ, font_parts_differ
from watermark.verification.notice_comparison import NoticeParts
from watermark.verification.notice_facts import facts_differ, letters_differ, links_differ, paint_differs
from watermark.verification.object_equality import kind_of
from watermark.verification.object_schema import (
    ACTION,
    LINK,
    STREAM,
    Schema,
    any_name,
    array,
    boolean,
    entries_differ,
    inline,
    link,
    name,
    number,
    numbers,
    one_of,
    simple,
    text,
)
from watermark.verification.painting_rules import is_own_space, names_differ
from watermark.verification.pypdf_document import PypdfDocument, PypdfPage, data_of, dictionary, items, raw, resolved
from watermark.verification.structure_tree import members

MAX_PAGES = 500
MAX_OBJECTS = 20_000
SPACE = one_of(
    any_name,
    link,
    array(
        one_of(
            any_name,
            link,
            number,
            inline(
                {
                    "/WhitePoint": numbers,
                    "/BlackPoint": numbers,
                    "/Gamma": one_of(numbers, number),
                    "/Matrix": numbers,
                }
            ),
        )
    ),
)
RESOURCES: Schema = {
    "/ColorSpace": one_of(link, lambda value: isinstance(value, DictionaryObject)),
    "/Font": one_of(link, lambda value: isinstance(value, DictionaryObject)),
    "/XObject": one_of(link, lambda value: isinstance(value, DictionaryObject)),
    "/ExtGState": one_of(link, lambda value: isinstance(value, DictionaryObject)),
    "/ProcSet": array(any_name),
}
PAGE: Schema = {
    "/Type": name("/Page"),
    "/MediaBox": numbers,
    "/CropBox": numbers,
    "/Rotate": number,
    "/Resources": one_of(link, inline(RESOURCES)),
    "/Parent": link,
    "/Annots": array(link),
    "/Contents": link,
    "/Tabs": name("/S"),
    "/StructParents": number,
}
NOTICE_LINK: Schema = {
    **LINK,
    "/Rect": numbers,
    "/Contents": text,
    "/Dest": array(one_of(link, number, any_name, lambda value: resolved(value) is None)),
    "/H": any_name,
    "/C": numbers,
    "/QuadPoints": numbers,
}
FONT: Schema = {
    "/Type": name("/Font"),
    "/Subtype": name("/Type0", "/CIDFontType2", "/TrueType"),
    "/BaseFont": any_name,
    "/Name": any_name,
    "/Encoding": name("/Identity-H", "/WinAnsiEncoding"),
    "/DescendantFonts": array(link),
    "/ToUnicode": link,
    "/CIDSystemInfo": inline({"/Registry": text, "/Ordering": text, "/Supplement": number}),
    "/CIDToGIDMap": name("/Identity"),
    "/FontDescriptor": link,
    "/FirstChar": number,
    "/LastChar": number,
    "/Widths": one_of(numbers, link),
    "/W": simple,
    "/DW": number,
}
DESCRIPTOR: Schema = {
    "/Type": name("/FontDescriptor"),
    "/FontName": any_name,
    "/FontFamily": text,
    "/FontBBox": numbers,
    "/FontFile2": link,
    "/CIDSet": link,
    **dict.fromkeys(
        ("/Flags", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/XHeight", "/StemV", "/MissingWidth"), number
    ),
}
PROGRAM: Schema = {**STREAM, "/Length1": number}
IMAGE: Schema = {
    **STREAM,
    "/Type": name("/XObject"),
    "/Subtype": name("/Image"),
    "/Width": number,
    "/Height": number,
    "/BitsPerComponent": number,
    "/ColorSpace": SPACE,
    "/SMask": link,
    "/Interpolate": boolean,
    "/Intent": any_name,
    "/Filter": one_of(
        name("/FlateDecode", "/DCTDecode", "/ASCII85Decode"),
        array(name("/FlateDecode", "/DCTDecode", "/ASCII85Decode")),
    ),
}
PROFILE: Schema = {**STREAM, "/N": number, "/Alternate": any_name, "/Range": numbers}
STATE: Schema = {"/Type": name("/ExtGState"), "/ca": number, "/CA": number, "/BM": name("/Normal"), "/SMask": any_name}
OPERATORS = frozenset(
    b"q Q cm w J j M d gs cs CS sc SC scn SCN m l c v y h re n f f* S W W* Do BT ET BDC BMC EMC Tf Tm Td TL T* Tj TJ Tc"
    b" Tw Tr Ts Tz".split()
)
"""What paints the pages of a notice: no inline image, no shading."""
WEB = frozenset({"http", "https"})
SAME_LEVELS = 24
DIFFERENT_SHARE = 0.002


class NoticePages:
    """Judges the pages that a copy has more than its original."""

    def __init__(self, evidence: Evidence, claim: Callable[[PdfObject | None], bool]) -> None:
        """Judge the copy in `evidence`; `claim` takes an object off the list of those that have no part yet."""
        self._evidence, self._claim = evidence, claim
        self._messages: list[str] = []
        self._targets: list[str] = []
        shift = evidence.pages_put_in_front
        pages, count = evidence.after.pages, evidence.page_count
        self._pages = (*pages[:shift], *pages[shift + count :])
        self._first = 1 if shift else count + 1

    def differences(self) -> Iterator[str]:
        """Yield what these pages have that no marking writes."""
        if len(self._pages) > MAX_PAGES:
            yield f"{len(self._pages)} pages are added: no notice has so many"
            return
        for leaf in self._pages:
            self._page(leaf)
        yield from self._messages
        if self._pages:
            numbers_ = range(self._first, self._first + len(self._pages))
            text_ = "\n".join(self._evidence.rendered_copy.text(number_) for number_ in numbers_)
            yield from facts_differ(text_, self._evidence.receipt)
            yield from links_differ(self._targets, self._evidence.receipt)
            yield from self._compared()

    def _judge(self, what: str, value: PdfObject | None, schema: Schema) -> DictionaryObject:
        """Claim an object of these pages, and judge its entries."""
        self._claim(value)
        found = dictionary(value)
        if (value is not None and not isinstance(resolved(value), DictionaryObject)) or (
            value is not None and isinstance(resolved(value), StreamObject) != ("/Length" in schema)
        ):
            self._messages.append(f"{what} of the notice pages is a {kind_of(resolved(value))}")
        self._messages += [f"{what} of the notice pages: {one}" for one in entries_differ(found, schema)]
        return found

    def _page(self, leaf: PypdfPage) -> None:
        page = self._judge("a page", leaf.node, PAGE)
        if "/CropBox" in page and _corners(page, "/CropBox") != _corners(page, "/MediaBox"):
            self._messages.append("a page of the notice is cropped")
        self._judge("the content", raw(page, "/Contents"), STREAM)
        resources = self._judge("the resources", raw(page, "/Resources"), RESOURCES)
        self._messages += _content_differs(page, resources, self._evidence.receipt)
        for category, judge in (
            ("/ColorSpace", self._space),
            ("/Font", self._font),
            ("/XObject", self._image),
            ("/ExtGState", lambda value: self._judge("a graphics state", value, STATE)),
        ):
            self._claim(raw(resources, category))
            entries = dictionary(resources.get(category))
            for key in entries:
                judge(raw(entries, key))
        for annotation in items(page.get("/Annots")):
            self._link(annotation)

    def _space(self, value: PdfObject | None) -> None:
        self._claim(value)
        found = resolved(value)
        if found is None or not SPACE(found):
            self._messages.append("a colour space of the notice pages is not as a marking writes it")
        elif self._evidence.receipt.format and isinstance(found, ArrayObject) and not is_own_space(found):
            self._messages.append("a colour space of the notice pages is not the one that marks have")
        for one in items(found):
            if isinstance(one, IndirectObject):
                self._judge("a colour profile", one, PROFILE)

    def _font(self, value: PdfObject | None) -> None:
        font = self._judge("a font", value, FONT)
        for descendant in items(font.get("/DescendantFonts")):
            self._font(descendant)
        self._claim(raw(font, "/Widths"))
        if "/ToUnicode" in font:
            self._judge("a character map", raw(font, "/ToUnicode"), STREAM)
        if "/FontDescriptor" in font:
            descriptor = self._judge("a font descriptor", raw(font, "/FontDescriptor"), DESCRIPTOR)
            self._judge("a font program", raw(descriptor, "/FontFile2"), PROGRAM)
            program = resolved(descriptor.get("/FontFile2"))
            if isinstance(program, StreamObject):
                if str(resolved(program.get("/Length1"))) != str(len(program.get_data())):
                    self._messages.append("the notice pages: a font program of another length than it says")
                self._messages += [f"the notice pages: {one}" for one in checksums_differ(program.get_data())]
            if "/CIDSet" in descriptor:
                self._judge("a list of glyphs", raw(descriptor, "/CIDSet"), STREAM)
        if font.get("/Subtype") != "/CIDFontType2":
            self._messages += letters_differ(font)
            descendants = items(font.get("/DescendantFonts"))
            below = dictionary(descendants[0]) if descendants else font
            descriptor = dictionary(below.get("/FontDescriptor"))
            self._messages += [f"the notice pages: {one}" for one in font_parts_differ(font, below, descriptor)]

    def _image(self, value: PdfObject | None) -> None:
        image = self._judge("an image", value, IMAGE)
        if isinstance(raw(image, "/ColorSpace"), (IndirectObject, ArrayObject)):
            self._space(raw(image, "/ColorSpace"))
        if "/SMask" in image:
            self._image(raw(image, "/SMask"))

    def _link(self, value: PdfObject) -> None:
        annotation = self._judge("an annotation", value, NOTICE_LINK)
        if "/A" not in annotation:
            return
        action = self._judge("an action", raw(annotation, "/A"), ACTION)
        target = str(action.get("/URI", ""))
        self._targets.append(target)
        described = str(annotation.get("/Contents", ""))
        if self._evidence.receipt.format and target not in described and unquote(target) not in unquote(described):
            self._messages.append(f"a link of the notice pages leads to {plain(target)}, and says “{plain(described)}”")
        if urlsplit(target).scheme.lower() not in WEB:
            self._messages.append(f"a link of the notice pages leads to {plain(target)}, which is not a web address")

    def _compared(self) -> Iterator[str]:
        """Yield how the pages differ from the notice document that the copy holds, where its level lets it hold one."""
        document = self._document()
        if document is None:
            return
        parts = PypdfDocument(document, 0, len(document))
        if len(parts.pages) == len(self._pages):
            yield from NoticeParts(parts, self._evidence.after, self._pages).differences()
        rendered = self._evidence.rendered_copy
        with RenderedDocument.of_bytes(document, "the notice document") as notice:
            if len(notice) != len(self._pages):
                yield f"{len(self._pages)} pages are added; the notice document inside has {len(notice)}"
                return
            for index in range(len(self._pages)):
                number_ = self._first + index
                if notice.text(index + 1).split() != rendered.text(number_).split():
                    yield f"page {index + 1} of the notice does not read as in the notice document inside"
                one, other = notice.pixels(index + 1), rendered.pixels(number_)
                if one.shape != other.shape or _differ(one, other):
                    yield f"page {index + 1} of the notice does not look as in the notice document inside"

    def _document(self) -> bytes | None:
        """Return the notice document in the copy; None where the receipt names none."""
        wanted = {file.sha256 for file in self._evidence.receipt.files if file.kind == "notice-pdf"}
        if not wanted:
            return None
        for specification in members(self._evidence.after.catalog, "/AF"):
            stream = resolved(dictionary(dictionary(specification).get("/EF")).get("/F"))
            size = {file.size_bytes for file in self._evidence.receipt.files if file.kind == "notice-pdf"}
            if isinstance(stream, StreamObject) and len(data := stream.get_data()) in size:
                return data
        raise FailedError("the notice document is not inside the copy", remedy="Mark the original again.")


def _content_differs(page: DictionaryObject, resources: DictionaryObject, receipt: Receipt) -> Iterator[str]:
    """Yield that the content of a page of the notice has an operator or a name that no marking writes there."""
    try:
        steps = tuple(operations_of(data_of(page.get("/Contents")), OPERATORS))
    except MarkSyntaxError as error:
        yield f"the content of the notice pages: {error}"
        return
    yield from (f"the content of the notice pages: {one}" for one in names_differ(steps, resources))
    yield from paint_differs(steps, receipt)


def _corners(page: DictionaryObject, key: str) -> list[float]:
    return [float(str(resolved(side))) for side in items(page.get(key))]


def _differ(one: np.ndarray, other: np.ndarray) -> bool:
    off = np.maximum(one, other) - np.minimum(one, other)
    return float((off.max(axis=2) > SAME_LEVELS).mean()) > DIFFERENT_SHARE
