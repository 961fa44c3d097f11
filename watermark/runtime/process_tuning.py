"""Settings of a process that runs one command and ends. A library leaves them alone: the process is its caller's."""

import atexit
import gc
import os

GC_THRESHOLDS = 200_000, 20, 50
"""Objects after which Python looks for circles of them: hundreds of modules are loaded first, and hold none."""
SINGLE_THREAD_ENV = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
"""numpy starts a thread for each core when it is loaded, for sums that nothing here asks for: a tenth of a command."""


def tune_one_shot_process() -> None:
    """Spend no time on circles of objects, nor on threads that have nothing to do. Call it before numpy is loaded."""
    gc.set_threshold(*GC_THRESHOLDS)
    atexit.register(gc.freeze)  # nor is anything looked for at the end, when all of the memory is given back anyway
    for name, value in SINGLE_THREAD_ENV.items():
        os.environ.setdefault(name, value)
