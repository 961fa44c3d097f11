"""Titles between single quotation marks, as if they were between double ones."""

from watermark.runtime.expressions import expression

_SINGLE_QUOTED = expression(
    r"(?<![\w'\u2019])['\u2018](?=[^\W\d_a-z])((?:[^'\u2018\u2019“”\"\n]|(?<=\w)['\u2019](?=\w)){15,400})['\u2019](?![\w'\u2019])"
)
"""Words between single quotation marks, which begin with a capital; an apostrophe within a word ends nothing."""


def with_double_quotes(text: str) -> str:
    """Return `text` with double quotation marks around several words between single ones; its length is the same."""
    return _SINGLE_QUOTED.sub(r"“\1”", text) if "\u2018" in text or "'" in text else text
