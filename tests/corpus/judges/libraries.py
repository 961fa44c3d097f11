"""Judges that are libraries, asked in a process of their own for each file."""

import logging
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import page
from pypdf import PdfReader

from tests.corpus.archival_table import PROFILES, profiles_of
from tests.corpus.judges.verdict import Verdict

MAX_TEXT_PAGES = 20


def by_page_validation(path: Path) -> Verdict:
    """Return what page-validation says by each level that a file claims."""
    broken, valid = [], []
    profiles = sorted(PROFILES.intersection(profiles_of(path)))
    if not profiles:
        return Verdict(why_not="it claims no level that page-validation knows")
    for profile in profiles:
        report = page.validate_pdf(str(path), profile=profile)
        broken += [f"{profile}: {failure.rule_id}" for failure in report.failures]
        valid += [profile] if report.is_compliant else []
    return Verdict(rank=len(valid), said=f"valid {', '.join(valid) or 'by no level'}", faults=frozenset(broken))


def by_pypdf(path: Path) -> Verdict:
    """Return what pypdf finds when it reads strictly: pages, lines of text, destinations, fields, attachments."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it repairs is not asked
    reader = PdfReader(path, strict=True)
    if reader.is_encrypted:
        reader.decrypt("")
    return Verdict(rank=1, said="read", found=frozenset(_found(reader)))


def _found(reader: PdfReader) -> Iterator[str]:
    yield from (f"page {number}" for number in range(1, len(reader.pages) + 1))
    for number, one in enumerate(reader.pages[:MAX_TEXT_PAGES], 1):
        yield from (f"line on page {number}: {line.strip()}" for line in one.extract_text().splitlines())
    yield from (f"destination {name}" for name in reader.named_destinations)
    yield from (f"field {name}" for name in reader.get_fields() or {})
    yield from (f"attachment {name}" for name in reader.attachments)


LIBRARIES: Mapping[str, Callable[[Path], Verdict]] = MappingProxyType(
    {"page-validation": by_page_validation, "pypdf": by_pypdf}
)
