"""Destinations that name a page by its number: pages in front of the article would make them lead elsewhere.

ISO 32000-2 12.3.2.2 wants a reference to the page there; many files have its number, and viewers follow it.
"""

import re

import pikepdf

from watermark.errors import UsageError

BY_NUMBER = re.compile(rb"\[ \d{1,10} /(?:XYZ|Fit(?:B|BH|BV|H|R|V)?) ")
ELSEWHERE = re.compile(rb"/S /GoTo[ER]\b")
"""Actions that lead to another file, where a number is what the standard asks for."""


def refuse_numbered_destinations(document: pikepdf.Pdf, path: str) -> None:
    """Return when no destination names a page of the file by its number. Raises UsageError for the first one."""
    for item in document.objects:
        if not isinstance(item, (pikepdf.Dictionary, pikepdf.Array, pikepdf.Stream)):
            continue
        entries = item.stream_dict if isinstance(item, pikepdf.Stream) else item
        data = entries.unparse(resolved=True)
        if len(BY_NUMBER.findall(data)) > len(ELSEWHERE.findall(data)):
            raise UsageError(
                f"object {item.objgen[0]} links to a page by number, and a notice at the front would shift the numbers",
                file=path,
                place="notice page",
                remedy="Put the notice page at the back, or leave it out.",
            )
