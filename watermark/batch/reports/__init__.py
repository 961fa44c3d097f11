"""Reports from the entries of a ledger, for people, programs and archives."""

from watermark.batch.reports.writer import Form, Wish, Written, write_report

__all__ = ["Form", "Wish", "Written", "write_report"]
