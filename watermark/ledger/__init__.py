"""What has been done to which article of a catalogue: one entry for each attempt."""

from watermark.ledger.entry import Entry

__all__ = ["Entry"]
