"""Run the tests as on another system: `WATERMARK_SIMULATE=windows pytest -p tests.simulation.plugin`.

The simulation begins before any module of the package is loaded, and in every process that a test starts.
"""

import os
import runpy
from pathlib import Path

FOLDER = Path(__file__).parent
SYSTEM = os.environ.get("WATERMARK_SIMULATE", "")
if SYSTEM == "ascii":
    os.environ |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
if SYSTEM:
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(FOLDER), os.environ.get("PYTHONPATH", "")]))
    runpy.run_path(str(FOLDER / "sitecustomize.py"))
