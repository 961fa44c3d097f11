"""Write entries as JSON lines, for programs: every field of the ledger, one object per line."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TextIO

from watermark.batch.ledger import LedgerEntry
from watermark.receipt import format_utc


def write_lines(entries: Iterable[LedgerEntry], target: TextIO) -> None:
    """Write a line of JSON for each entry to `target`, keys in the order of the fields."""
    target.writelines(json.dumps(asdict(entry), ensure_ascii=False, default=format_utc) + "\n" for entry in entries)
