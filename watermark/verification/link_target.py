"""Where the link on each page may lead: to the address in the receipt, written as a URI (RFC 3986 3)."""

import re

DOI = re.compile(r"https?://(?:dx\.)?doi\.org/10\.")
NOT_IN_A_URI = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]|%(?![0-9A-Fa-f]{2})")


def target_differs(target: str, wanted: str) -> str:
    """Return why `target` does not lead to the link `wanted` of the receipt; "" when it does.

    Characters that no URI may hold are percent-encoded in the target, whether the receipt has them so or not. Behind
    the DOI resolver, `#` and `?` would cut the DOI short: there they are encoded, too.
    """
    if target not in {wanted, percent_encoded(wanted)}:
        return "not to the notice"
    if NOT_IN_A_URI.search(target):
        return "which is not a URI"
    return "which cuts the DOI short" if DOI.match(target) and re.search("[#?]", target) else ""


def percent_encoded(link: str) -> str:
    """Return a link with the characters that no URI may hold percent-encoded, as UTF-8 (RFC 3986 2.1, RFC 3987 3.1)."""
    return NOT_IN_A_URI.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), link)
