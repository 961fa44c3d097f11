"""What has been done to which article of a catalogue: one entry for each attempt."""

from watermark.ledger.entry import Entry
from watermark.ledger.index import Glance, Index
from watermark.ledger.ledger import NAME, Ledger, Run

__all__ = ["NAME", "Entry", "Glance", "Index", "Ledger", "Run"]
