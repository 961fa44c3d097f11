"""Workers in which `hangs.pdf` hangs and `aborts.pdf` aborts; they stay until the last test."""

from collections.abc import Iterator

import pytest

from tests.batch.catalogue import HOSTILE
from watermark.apart import end_all, reopen


@pytest.fixture(scope="session", autouse=True)
def _workers_end() -> Iterator[None]:
    yield
    end_all()
    reopen()


@pytest.fixture(scope="module", autouse=True)
def _workers_that_hang_and_abort() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(HOSTILE))
        yield
