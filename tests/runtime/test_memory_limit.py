"""A process that reads untrusted files gets no more memory than it was allowed."""

import sys
from collections.abc import Iterator

import pytest

from watermark.runtime.memory_limit import limit_memory, memory_limit_lifted

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="another system sets no limit of memory, or another one"),
    pytest.mark.not_on("windows", "macos"),
]

LIMIT_BYTES = 64 << 30
"""More than the tests of this process take: it is read back, and never reached."""


@pytest.fixture(autouse=True)
def kept_limit() -> Iterator[None]:
    import resource  # noqa: PLC0415 - there is none on Windows

    before = resource.getrlimit(resource.RLIMIT_DATA)
    yield
    resource.setrlimit(resource.RLIMIT_DATA, before)


def limit() -> int:
    import resource  # noqa: PLC0415 - there is none on Windows

    return resource.getrlimit(resource.RLIMIT_DATA)[0]


def test_the_system_gets_the_limit() -> None:
    limit_memory(LIMIT_BYTES)
    assert limit() == LIMIT_BYTES


def test_a_program_that_is_started_has_no_limit_and_this_process_has_it_again() -> None:
    limit_memory(LIMIT_BYTES)
    with memory_limit_lifted():
        assert limit() != LIMIT_BYTES
    assert limit() == LIMIT_BYTES
