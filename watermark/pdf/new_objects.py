"""Objects of a new PDF, from the same plain values that an incremental update is made of."""

import io
import zlib
from collections.abc import Mapping
from typing import Any

import pikepdf

from watermark.pdf.object_draft import deflated
from watermark.pdf.serialization import Name, Ref, Value

PDF_VERSION = "1.7"
QUICK_LEVEL = 3
"""Of zlib: seven times as fast as the highest one, and a sixth larger."""
_CR_AT_END = b"\r\nendstream"  # some readers take such a CR for a part of the line end


def saved(pdf: pikepdf.Pdf) -> bytes:
    """Return the bytes of a new PDF, the same each time; no stream ends in CR."""
    data = _saved(pdf, packed=True)
    return data if _CR_AT_END not in data else _saved(pdf, packed=False)


def _saved(pdf: pikepdf.Pdf, *, packed: bool) -> bytes:
    """Return the bytes of the PDF; packed, its objects are in streams, which halves the structure."""
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    out = io.BytesIO()
    pdf.save(
        out,
        force_version=PDF_VERSION,
        fix_metadata_version=False,  # our packets name no version, and pikepdf would parse them to find that out
        object_stream_mode=mode,
        compress_streams=packed,
        deterministic_id=True,
    )
    return out.getvalue()


def packed_stream(pdf: pikepdf.Pdf, data: bytes, *, quickly: bool = False) -> pikepdf.Stream:
    """Return a deflated stream; one that would end in CR stays as it is. `quickly` is for pictures of whole pages."""
    packed = zlib.compress(data, QUICK_LEVEL) if quickly else deflated(data)
    return (
        pikepdf.Stream(pdf, data)
        if packed.endswith(b"\r")
        else pikepdf.Stream(pdf, packed, Filter=pikepdf.Name.FlateDecode)
    )


class NewObjects:
    """Enters objects into a new PDF. The number of a reference is the object's index here, not its number there."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        """Enter objects into `pdf`."""
        self._pdf = pdf
        self._objects: list[Any] = []

    def add(self, value: Value) -> Ref:
        """Enter an indirect object and return its reference."""
        return self._kept(self._pdf.make_indirect(self._converted(value)))

    def add_stream(self, dictionary: Mapping[str, Value], data: bytes, *, quickly: bool = False) -> Ref:
        """Enter a deflated stream and return its reference; `quickly` is as in `packed_stream`."""
        stream = packed_stream(self._pdf, data, quickly=quickly)
        for key, value in dictionary.items():
            stream[key] = self._converted(value)
        return self._kept(stream)

    def entered(self, ref: Ref) -> Any:  # noqa: ANN401 - any PDF object
        """Return the object that a reference refers to."""
        return self._objects[ref.number]

    def _kept(self, value: object) -> Ref:
        self._objects.append(value)
        return Ref(len(self._objects) - 1)

    def _converted(self, value: Value) -> Any:  # noqa: ANN401 - any PDF object
        match value:
            case Ref():
                return self.entered(value)
            case Name():
                return pikepdf.Name(str(value))
            case str() | bytes():
                return pikepdf.String(value)
            case Mapping():
                return pikepdf.Dictionary({key: self._converted(item) for key, item in value.items()})
            case list() | tuple():
                return pikepdf.Array([self._converted(item) for item in value])
        return value
