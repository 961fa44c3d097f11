"""Reports from the entries of a ledger, for people, programs and archives."""

from watermark.batch.reports.writer import Form, ReportRequest, ReportSummary, write_report

__all__ = ["Form", "ReportRequest", "ReportSummary", "write_report"]
