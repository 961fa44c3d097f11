"""Identifiers of an article beside the DOI, and which of them mean the same work."""

import re
from typing import NamedTuple

from watermark.runtime.expressions import expression

ARXIV_DOI = "10.48550/arxiv."
"""The prefix of the DOIs that arXiv registers for its own numbers."""

PMID = expression(
    r"(?:\bPMID|\bPubMed\s?ID|\bpubmed\.ncbi\.nlm\.nih\.gov|\bncbi\.nlm\.nih\.gov/(?:m/)?pubmed)\s?[:/#.-]?\s?"
    r"([1-9][0-9]{0,8})(?![0-9])",
    re.IGNORECASE,
)
"""A PubMed ID, which is group 1, behind its label or in an address of PubMed."""

_ARXIV = expression(
    r"(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:\s?|10\.48550/arxiv\.)?"
    r"([a-z-]+(?:\.[a-z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,3})?(?:\.pdf)?",
    re.IGNORECASE,
)
_PII = expression(
    r"(?<![A-Za-z0-9])(?:S([0-9]{4})-?([0-9]{3}[0-9X])\(?([0-9]{2})\)?([0-9]{5})-?([0-9X]))(?![A-Za-z0-9])"
)
_PREPRINT_VERSION = expression(r"(10\.(?:1101|64898)/[0-9.]+)v[0-9]{1,2}")
_PREPRINT = expression(
    r"10\.(?:48550/arxiv\.|(?:1101|64898)/(?:[0-9]{4}\.[0-9]{2}\.[0-9]{2}\.)?[0-9]{6,8}(?:v[0-9]+)?$|21203/rs\.|20944/preprints"
    r"|26434/chemrxiv|31234/osf\.io|31219/osf\.io|31235/osf\.io|2139/ssrn\.|36227/techrxiv|22541/au\.)"
)
"""How the DOIs of servers for preprints begin."""
_PLACEHOLDER = expression(r"n{4,}|x{4,}|/1122445\.1122456$|/123_4$", re.IGNORECASE)


class SourcedValue(NamedTuple):
    """A value and the place it was read from."""

    value: str
    place: str


def arxiv_doi(text: str) -> str:
    """Return the DOI of an arXiv number, address or DOI, without the version; "" when it is none of them."""
    found = _ARXIV.fullmatch(text.strip())
    return ARXIV_DOI + found[1].lower() if found else ""


def piis_in(text: str) -> tuple[str, ...]:
    """Return the publisher item identifiers of serials in a text, in their written form without punctuation."""
    return tuple(dict.fromkeys("S" + "".join(found.groups()) for found in _PII.finditer(text.upper())))


def pmids_in(text: str) -> tuple[str, ...]:
    """Return the PubMed IDs in a text, each once: `PMID: 12345678`, and addresses of PubMed."""
    plain = text.lower()
    if "pmid" not in plain and "pubmed" not in plain:  # most texts, which are searched twenty times as fast
        return ()
    return tuple(dict.fromkeys(found[1] for found in PMID.finditer(text)))


def pmid_named(text: str) -> str:
    """Return the one PubMed ID in a text; "" where it has none, or several."""
    found = pmids_in(text)
    return found[0] if len(found) == 1 else ""


def is_same_work(doi: str, other: str) -> bool:
    """Tell whether two normalised DOIs mean one work: equal, except for the version of a preprint."""
    return _work(doi) == _work(other)


def is_pii_of(pii: str, doi: str) -> bool:
    """Tell whether a DOI was made of this publisher item identifier, as `10.1016/s0140-6736(20)31180-6` was."""
    return re.sub(r"[^0-9A-Z]", "", doi.partition("/")[2].upper()) == pii


def has_pii(doi: str) -> bool:
    """Tell whether a DOI was made of a publisher item identifier."""
    return bool(_PII.fullmatch(doi.partition("/")[2].upper()))


def is_preprint(doi: str) -> bool:
    """Tell whether a normalised DOI is one that a server for preprints registered."""
    return _PREPRINT.match(doi) is not None


def is_placeholder(doi: str) -> bool:
    """Tell whether a DOI is one that a template holds for the real one: `10.1145/nnnnnnn.nnnnnnn`."""
    return bool(_PLACEHOLDER.search(doi))


def _work(doi: str) -> str:
    if doi.startswith(ARXIV_DOI):
        return arxiv_doi(doi) or doi
    version = _PREPRINT_VERSION.fullmatch(doi)
    return version[1] if version else doi
