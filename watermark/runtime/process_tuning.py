"""Settings of a process that runs one command and ends. A library leaves them alone: the process is its caller's."""

import atexit
import gc
import os
import sys
import threading
from importlib import import_module
from types import ModuleType
from typing import Any

GC_THRESHOLDS = 200_000, 20, 50
"""Objects after which Python looks for cyclic garbage: hundreds of modules are loaded first, and leave none."""
SINGLE_THREAD_ENV = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""numpy starts a thread for each core when it is loaded, for sums that nothing here asks for: a tenth of a command."""


def tune_one_shot_process() -> None:
    """Spend no time on cyclic garbage, nor on threads that have nothing to do. Call it before numpy is loaded."""
    gc.set_threshold(*GC_THRESHOLDS)
    atexit.register(gc.freeze)  # nor at the end, when all of the memory is given back anyway
    for name, value in SINGLE_THREAD_ENV.items():
        os.environ.setdefault(name, value)


def load_when_used(name: str) -> None:
    """Let a module be loaded when something in it is first used, whatever imports it; it need not be installed."""
    from importlib.util import find_spec  # noqa: PLC0415 - the help does not wait for it

    if name in sys.modules or find_spec(name) is None:
        return
    stand_in, lock = ModuleType(name), threading.RLock()

    def attribute(of: str) -> Any:  # noqa: ANN401 - anything that a module holds
        with lock:
            if sys.modules.get(name) is stand_in:
                del sys.modules[name]
            return getattr(import_module(name), of)

    stand_in.__getattr__ = attribute  # type: ignore[method-assign]
    sys.modules[name] = stand_in
