"""`python -m watermark.hook STEP`: the entry of the pre-commit hooks, which `watermark.cli.pre_commit` carries out."""

import sys

from watermark.cli.error_handling import status_of
from watermark.cli.in_worker_process import turn_on
from watermark.cli.pre_commit import main
from watermark.runtime.process_tuning import tune_one_shot_process

if __name__ == "__main__":
    tune_one_shot_process()
    turn_on()
    sys.exit(status_of(main))
