"""References as readers know them, from what is known of each."""

from watermark.notice.model import Reference


def published_in(reference: Reference) -> str:
    """Return where an article was published, as `Journal. 2020;13(4):877-888.`."""
    volume = reference.volume + (f"({reference.issue})" if reference.issue else "")
    numbers = ";".join(part for part in (str(reference.year or ""), volume) if part)
    numbers += (":" if numbers else "") + reference.pages if reference.pages else ""
    return _sentences(reference.journal, numbers)


def cited(reference: Reference) -> str:
    """Return the authors, the title and where it was published; without a title, the citation as it was read."""
    composed = _sentences(", ".join(reference.authors), reference.title, published_in(reference))
    return composed if reference.title else reference.citation or composed


def _sentences(*parts: str) -> str:
    return " ".join(f"{part.strip().rstrip('.')}." for part in parts if part.strip())
