"""The tests of speed ask for the processor time of processes that have ended, which Windows does not keep."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("resource") else ["test_cheap.py", "test_programs.py"]
