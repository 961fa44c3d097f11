"""The version of PDF that the copy names, where what is added is younger than the file (ISO 32000-2 7.5.2, 7.7.2)."""

import pikepdf

from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.serialization import Name
from watermark.stamping.plan import Plan


def raise_version(draft: ObjectDraft, document: pikepdf.Pdf, plan: Plan) -> None:
    """Let the catalog name the version that the plan raises the file to; the header stays, like every other byte."""
    if plan.pdf_version:
        draft.change(document.Root)["/Version"] = Name(f"/{plan.pdf_version}")
