"""Objects and annotations on an open page. A change to one shows in the next drawing, and is never written."""

import ctypes
from enum import IntEnum, IntFlag
from typing import NamedTuple

import pypdfium2.raw as pdfium

from watermark.pdf.pdfium.lock import one_at_a_time, quick

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in user space."""
MAX_MARKED_CONTENT = 8
MAX_FORM_OBJECTS = 500
MAX_VALUE_CHARACTERS = 400


class ObjectKind(IntEnum):
    """What a page object is, in PDFium's numbers."""

    UNKNOWN = pdfium.FPDF_PAGEOBJ_UNKNOWN
    TEXT = pdfium.FPDF_PAGEOBJ_TEXT
    PATH = pdfium.FPDF_PAGEOBJ_PATH
    IMAGE = pdfium.FPDF_PAGEOBJ_IMAGE
    FORM = pdfium.FPDF_PAGEOBJ_FORM


class AnnotationKind(IntEnum):
    """The kinds of annotation that may be a mark, in PDFium's numbers: all are looked for, by name or not."""

    FREE_TEXT = pdfium.FPDF_ANNOT_FREETEXT
    STAMP = pdfium.FPDF_ANNOT_STAMP
    WATERMARK = pdfium.FPDF_ANNOT_WATERMARK


class AnnotationFlag(IntFlag):
    """The flags by which an annotation is not displayed (ISO 32000-2 table 167)."""

    INVISIBLE = 1
    HIDDEN = 2
    NO_VIEW = 32


class ObjectHandle(NamedTuple):
    """An object of an open page."""

    handle: object

    @property
    @one_at_a_time
    def kind(self) -> int:
        """What kind of object it is: an `ObjectKind`, or a number that PDFium added later."""
        return int(quick.FPDFPageObj_GetType(self.handle))

    @property
    @one_at_a_time
    def bounds(self) -> Box:
        """The box around the object."""
        sides = [ctypes.c_float() for _ in range(4)]
        quick.FPDFPageObj_GetBounds(self.handle, *sides)
        left, bottom, right, top = (side.value for side in sides)
        return left, bottom, right, top

    @property
    def address(self) -> int:
        """What distinguishes the object from the others while its page is open."""
        return address_of(self.handle)

    @property
    @one_at_a_time
    def form_object_count(self) -> int:
        """How many objects a form XObject draws; -1 for another object."""
        return int(quick.FPDFFormObj_CountObjects(self.handle))

    @property
    @one_at_a_time
    def form_object_kinds(self) -> frozenset[int]:
        """The kinds of the first 500 objects that a form XObject draws; none for another object."""
        count = min(self.form_object_count, MAX_FORM_OBJECTS)
        objects = (quick.FPDFFormObj_GetObject(self.handle, number) for number in range(count))
        return frozenset(int(quick.FPDFPageObj_GetType(one)) for one in objects)

    @property
    @one_at_a_time
    def image_size_bytes(self) -> int:
        """The length of an image's data as stored in the file; 0 for another object."""
        return int(quick.FPDFImageObj_GetImageDataRaw(self.handle, None, 0))

    @property
    @one_at_a_time
    def has_transparency(self) -> bool:
        """Whether the object is not opaque."""
        return bool(quick.FPDFPageObj_HasTransparency(self.handle))

    @property
    @one_at_a_time
    def is_artifact(self) -> bool:
        """Whether the object is in marked content that is an artifact with a subtype (ISO 32000-2 14.8.2.2)."""
        count = min(quick.FPDFPageObj_CountMarks(self.handle), MAX_MARKED_CONTENT)
        if count < 1:  # most objects
            return False
        name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
        for number in range(count):
            mark = quick.FPDFPageObj_GetMark(self.handle, number)
            quick.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
            if bytes(name)[: length.value].decode("utf-16-le", "replace").rstrip("\0") != "Artifact":
                continue
            if quick.FPDFPageObjMark_GetParamValueType(mark, b"Subtype") == pdfium.FPDF_OBJECT_NAME:
                return True
        return False

    @one_at_a_time
    def hide(self) -> None:
        """Leave the object out of later drawings of the page."""
        quick.FPDFPageObj_SetIsActive(self.handle, False)  # noqa: FBT003 - C


class AnnotationHandle(NamedTuple):
    """An annotation of an open page. It has to be closed before its page."""

    handle: object

    @property
    @one_at_a_time
    def kind(self) -> int:
        """What kind of annotation it is: an `AnnotationKind`, or another number."""
        return int(quick.FPDFAnnot_GetSubtype(self.handle))

    @property
    @one_at_a_time
    def flags(self) -> int:
        """The annotation's flags (ISO 32000-2 table 167)."""
        return int(quick.FPDFAnnot_GetFlags(self.handle))

    @property
    @one_at_a_time
    def rectangle(self) -> Box:
        """The annotation's rectangle."""
        rectangle = pdfium.FS_RECTF()
        quick.FPDFAnnot_GetRect(self.handle, rectangle)
        return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top

    @one_at_a_time
    def value(self, key: bytes) -> str:
        """Return a string or name of the annotation's dictionary; "" if missing, or longer than 399 characters."""
        text = (ctypes.c_ushort * MAX_VALUE_CHARACTERS)()
        size = quick.FPDFAnnot_GetStringValue(self.handle, key, text, ctypes.sizeof(text))
        if not 2 < size <= ctypes.sizeof(text):
            return ""
        return bytes(text)[: size - 2].decode("utf-16-le", "replace")

    @one_at_a_time
    def hide(self) -> None:
        """Leave the annotation out of later drawings of the page."""
        quick.FPDFAnnot_SetFlags(self.handle, AnnotationFlag.HIDDEN)

    @one_at_a_time
    def close(self) -> None:
        """Close the annotation."""
        quick.FPDFPage_CloseAnnot(self.handle)


def address_of(handle: object) -> int:
    """Return the address behind a pointer of PDFium, or 0."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # a pointer
