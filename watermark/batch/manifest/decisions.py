"""The refused rows of a manifest as a CSV, which a person fills in and runs as the next manifest."""

import csv
import io
from collections.abc import Iterable, Mapping

from watermark.batch.ledger import LedgerEntry
from watermark.batch.manifest.csv_manifest import COLUMNS, NOTES
from watermark.batch.manifest.manifest import Manifest
from watermark.models import Result

MAX_NOTE_LENGTH = 32_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
OF_SAME_VOLUME = ("another article of this volume was refused", "Keep this line.")
COLUMN_OF = {
    "allow_signed": "despite_signature",
    "date": "date",
    "doi": "doi",
    "force_match": "force_match",
    "over_existing_mark": "over_existing_mark",
    "notice_page": "notice_page",
    "pages": "pages",
    "password": "password_file",
    "printed_pages": "printed_pages",
    "rebuild": "rebuild",
    "state": "state",
    "text": "text",
    "to_pdfa": "to_pdfa",
}
"""The column of a manifest for the argument that a remedy is about."""
YES = frozenset({"allow_signed", "rebuild"})
"""Arguments that a row only says yes or no to."""


def in_column(remedy: str, argument: str) -> str:
    """Return a remedy with the column of the manifest that it is about."""
    column = COLUMN_OF.get(argument)
    if not column:
        return remedy
    what = "write “yes” in" if argument in YES else "use"
    return f"{remedy} In the manifest, {what} the column “{column}”.".strip()


def decisions_for(manifest: Manifest, entries: Iterable[LedgerEntry]) -> tuple[bytes, int]:
    """Return the rows of the manifest that were refused, with reason and remedy, as CSV, and how many there are.

    The other rows of a volume are in the table, too, because its copy is made with the marks of all of them.
    """
    refused = {entry.row: entry for entry in entries if entry.result == Result.REFUSED}
    volumes = {cells["article"] for name, cells in manifest.cells() if name in refused and _is_part(cells)}
    target, count = io.StringIO(newline=""), 0
    table = csv.DictWriter(target, (*COLUMNS, *NOTES))
    table.writeheader()
    for name, cells in manifest.cells():
        entry = refused.get(name)
        if entry is not None:
            table.writerow(cells | dict(zip(NOTES, map(_note, (entry.reason, entry.remedy)), strict=True)))
            count += 1
        elif _is_part(cells) and cells["article"] in volumes:
            table.writerow(cells | dict(zip(NOTES, OF_SAME_VOLUME, strict=True)))
    return target.getvalue().encode("utf-8-sig", "surrogateescape"), count


def _is_part(cells: Mapping[str, str]) -> bool:
    return bool(cells["pages"] or cells["printed_pages"])


def _note(text: str) -> str:
    """Return text for a cell; an apostrophe keeps a spreadsheet from taking it for a formula."""
    return f"'{text}"[:MAX_NOTE_LENGTH] if text.startswith(_FORMULA) else text[:MAX_NOTE_LENGTH]
