"""The ledger of a batch: one entry for each attempt at an article."""

from watermark.batch.ledger.doi_index import DoiIndex, IdentifiedPdf
from watermark.batch.ledger.entry import LedgerEntry
from watermark.batch.ledger.ledger import NAME, Ledger, Run, ledger_files

__all__ = ["NAME", "DoiIndex", "IdentifiedPdf", "Ledger", "LedgerEntry", "Run", "ledger_files"]
