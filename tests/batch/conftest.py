"""Workers in which `hangs.pdf` hangs and `aborts.pdf` aborts; they stay until the last test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.catalogue import HOSTILE, Catalogue
from tests.batch.running import LIMIT, batch
from watermark.runtime.isolation import accept_work, terminate_all


@pytest.fixture(scope="session", autouse=True)
def _workers_end() -> Iterator[None]:
    yield
    terminate_all()
    accept_work()


@pytest.fixture(scope="module", autouse=True)
def _workers_that_hang_and_abort() -> Iterator[None]:
    terminate_all()  # those that tests of other folders have left were started without this environment
    accept_work()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(HOSTILE), prepend=os.pathsep)
        yield


@pytest.fixture(scope="module")
def uninterrupted(catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run of the command that nothing disturbed made of the module's catalogue."""
    out = tmp_path_factory.mktemp("uninterrupted") / "out"
    run = batch(catalogue, out, "-j", "2", *LIMIT)
    assert run.returncode == 4, run.stderr
    return out
