"""Links as URIs: a DOI may hold characters that end or split an address (RFC 3986, Crossref's display guidelines)."""

import re
from urllib.parse import quote

RESOLVER = "https://doi.org/"
IN_A_PATH = "/!$&'()*+,;=:@~"
"""What a path may hold besides letters, digits and `-._` (RFC 3986 3.3)."""
IN_AN_ADDRESS = IN_A_PATH + "?#[]%"
_NO_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def uri_of(link: str) -> str:
    """Return a link as a URI in ASCII; an ordinary link is returned as it is.

    Of a DOI at the resolver every character is part of the DOI, so that `<`, `>`, `#`, `?` and `%` are percent-encoded.
    Other addresses keep their own escapes, query and fragment.
    """
    if link.startswith(f"{RESOLVER}10."):
        return RESOLVER + quote(link.removeprefix(RESOLVER), safe=IN_A_PATH)
    return quote(_NO_ESCAPE.sub("%25", link), safe=IN_AN_ADDRESS)
