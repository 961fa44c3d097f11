"""What the types of PubMed's links between an article and its notice mean, in PubMed's XML, NBIB and Europe PMC."""

import re

from watermark.notice.dates import date_in_words, iso_date
from watermark.notice.model import State

LINK_TYPES: dict[str, tuple[State, bool]] = {
    "retractionin": (State.RETRACTION, False),
    "retractionof": (State.RETRACTION, True),
    "partialretractionin": (State.PARTIAL_RETRACTION, False),
    "partialretractionof": (State.PARTIAL_RETRACTION, True),
    "expressionofconcernin": (State.EXPRESSION_OF_CONCERN, False),
    "expressionofconcernfor": (State.EXPRESSION_OF_CONCERN, True),
    "retractedandrepublishedin": (State.RETRACTED_AND_REPLACED, False),
    "retractedandrepublishedfrom": (State.RETRACTED_AND_REPLACED, True),
}
"""By type, in lower case without spaces: the state, and whether it is on the notice's record."""

NBIB_LINKS = {
    "RIN": "retractionin",
    "ROF": "retractionof",
    "PRIN": "partialretractionin",
    "PROF": "partialretractionof",
    "ECI": "expressionofconcernin",
    "ECF": "expressionofconcernfor",
    "RRI": "retractedandrepublishedin",
    "RRF": "retractedandrepublishedfrom",
}


def link_type(name: str) -> tuple[State, bool] | None:
    """Return what a link such as `RetractionIn` or `Retraction in` means; None for one that is no retraction."""
    return LINK_TYPES.get(re.sub(r"[\s_-]", "", name).lower())


def pubmed_date(text: str) -> str:
    """Return `2024 May 4`, `2024 May`, `20240504` or `2024/05/04` as ISO 8601; empty where it is none of them."""
    text = text.strip()
    if compact := re.fullmatch(r"([0-9]{4})[/-]?([0-9]{2})[/-]?([0-9]{2})(?:[ T].{0,30})?", text):
        return iso_date("-".join(compact.groups()))
    parts = text.split()
    return date_in_words(" ".join(reversed(parts))) if len(parts) <= 3 else ""
