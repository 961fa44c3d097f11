"""What a verification has read is freed when it ends: the collector of cyclic garbage does not have to find it."""

import gc
import weakref
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.helpers.tampered_copies import stamped
from watermark.verification.lazy_object_streams import LazyReader
from watermark.verification.verifier import verify_copy


@pytest.mark.parametrize("peculiarities", [{"pages": 2}, {"pdfa": "2b", "xmp": True, "xref": "stream"}])
def test_its_objects_are_gone_before_python_looks_for_garbage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, peculiarities: dict[str, object]
) -> None:
    copy, catalogs = stamped(tmp_path, **peculiarities), list[weakref.ref[object]]()  # type: ignore[arg-type]
    root = PdfReader.root_object

    def recorded(reader: LazyReader) -> object:
        catalog = root.fget(reader)  # type: ignore[attr-defined]
        catalogs.append(weakref.ref(catalog))
        return catalog

    monkeypatch.setattr(LazyReader, "root_object", property(recorded))
    gc.collect()
    gc.disable()
    try:
        assert not verify_copy(copy).failures
        assert catalogs
        assert not [one for one in catalogs if one() is not None]
    finally:
        gc.enable()
