"""PDFium is called by one thread at a time."""

import inspect
import threading
import time
from functools import cached_property

import pytest

from watermark.pdf.pdfium.document import PdfiumDocument
from watermark.pdf.pdfium.lock import one_at_a_time
from watermark.pdf.pdfium.objects import AnnotationHandle, ObjectHandle
from watermark.pdf.pdfium.open_page import PageHandle
from watermark.pdf.pdfium.text import PageText

WITHOUT_A_CALL = {"__enter__", "__exit__", "address", "objects", "__new__"}


def test_no_two_threads_are_inside_at_the_same_time() -> None:
    inside, most = 0, 0

    @one_at_a_time
    def call() -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.002)
        inside -= 1

    threads = [threading.Thread(target=call) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


@pytest.mark.parametrize("kind", [PdfiumDocument, PageHandle, PageText, ObjectHandle, AnnotationHandle])
def test_every_call_of_the_adapter_waits_for_its_turn(kind: type) -> None:
    calls = {}
    for name, member in vars(kind).items():
        if isinstance(member, property):
            calls[name] = member.fget
        elif isinstance(member, cached_property):
            calls[name] = member.func
        elif inspect.isfunction(member) and member.__module__ == kind.__module__:
            calls[name] = member
    own = {name: call for name, call in calls.items() if name not in WITHOUT_A_CALL and not name.startswith("_")}
    assert own
    assert [name for name, call in own.items() if not hasattr(call, "__wrapped__")] == []
