"""Reports from the entries of a ledger, for people, programs and archives."""

from watermark.reports.write import Form, Wish, Written, write_report

__all__ = ["Form", "Wish", "Written", "write_report"]
