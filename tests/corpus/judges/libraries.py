"""Judges that are libraries, asked in a process of their own: python -m tests.corpus.judges.libraries NAME FILE."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MAX_TEXT_PAGES = 20


def by_page_validation(path: Path) -> dict[str, Any]:
    """Return what page-validation says by each level that a file claims."""
    import page  # noqa: PLC0415 - each process asks one library

    from tests.corpus.archival_table import PROFILES, profiles_of  # noqa: PLC0415

    broken, valid = [], []
    profiles = sorted(PROFILES.intersection(profiles_of(path)))
    if not profiles:
        sys.exit("it claims no level that page-validation knows")
    for profile in profiles:
        report = page.validate_pdf(str(path), profile=profile)
        broken += [f"{profile}: {failure.rule_id}" for failure in report.failures]
        valid += [profile] if report.is_compliant else []
    return {"rank": len(valid), "said": f"valid {', '.join(valid) or 'by no level'}", "faults": broken}


def by_pypdf(path: Path) -> dict[str, Any]:
    """Return what pypdf finds when it reads strictly: pages, lines of text, destinations, fields, attachments."""
    from pypdf import PdfReader  # noqa: PLC0415 - each process asks one library

    reader = PdfReader(path, strict=True)
    if reader.is_encrypted:
        reader.decrypt("")
    return {"rank": 1, "said": "read", "found": sorted(set(_found(reader)))}


def _found(reader: Any) -> Iterator[str]:  # noqa: ANN401 - imported where it is asked
    yield from (f"page {number}" for number in range(1, len(reader.pages) + 1))
    for number, page in enumerate(reader.pages[:MAX_TEXT_PAGES], 1):
        yield from (f"line on page {number}: {line.strip()}" for line in page.extract_text().splitlines())
    yield from (f"destination {name}" for name in reader.named_destinations)
    yield from (f"field {name}" for name in reader.get_fields() or {})
    yield from (f"attachment {name}" for name in reader.attachments)


def main() -> int:
    """Print the verdict as JSON."""
    judge = {"page-validation": by_page_validation, "pypdf": by_pypdf}[sys.argv[1]]
    sys.stdout.write(json.dumps(judge(Path(sys.argv[2]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
