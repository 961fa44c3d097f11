"""What has been done to which article of a catalogue: one entry for each attempt."""

from watermark.batch.ledger.doi_index import Glance, Index
from watermark.batch.ledger.entry import Entry
from watermark.batch.ledger.ledger import NAME, Ledger, Run

__all__ = ["NAME", "Entry", "Glance", "Index", "Ledger", "Run"]
