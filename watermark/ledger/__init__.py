"""What has been done to which article of a catalogue: one entry for each attempt."""

from watermark.ledger.entry import Entry
from watermark.ledger.ledger import NAME, Ledger, Run

__all__ = ["NAME", "Entry", "Ledger", "Run"]
