"""Where a native library would hang or crash: a process that opens `hangs.pdf` never comes back, `aborts.pdf` ends it.

Put the folder of this file on PYTHONPATH: every Python process then begins with it.
"""

import os
import signal
import sys
import time


def _as_a_native_library(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and isinstance(arguments[0], str):
        if arguments[0].endswith("hangs.pdf"):
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
            time.sleep(10_000)
        if arguments[0].endswith("aborts.pdf"):
            os.abort()


sys.addaudithook(_as_a_native_library)

if os.environ.get("WATERMARK_SIMULATE"):  # only one module of this name is loaded
    import runpy
    from pathlib import Path

    runpy.run_path(str(Path(__file__).parents[2] / "simulation" / "sitecustomize.py"))
