"""Templates of a notice, in Markdown and in YAML, for people who write one for the first time."""

from collections.abc import Callable
from functools import cache

from watermark.notice.text_blocks import safe_excerpt
from watermark.runtime.expressions import expression

MARK = "<!-- retraction-watermark: template of a retraction notice"
_BARE_LABEL = expression(r"#\s*\[([^\[\]]{3,60})\]\s*")
_EMPTY = expression(r"[A-Za-z ]{1,40}:|[-*#]{1,6}")

MARKDOWN = f"""{MARK}

Replace each text in double braces with what your notice says, and take the braces away. What you leave as it is
counts as not given; it is never invented. Lines between these arrows are remarks, and are not read.

See what was understood:  watermark notice NAME-OF-THIS-FILE
-->

<!-- The title of the RETRACTED ARTICLE. The word in square brackets says what happened to it: Retraction,
     Partial retraction, Retraction and replacement, Withdrawal or Expression of concern. -->

# {{{{Title of the retracted article}}}} [Retraction]

<!-- The article as it is cited: authors, journal between asterisks, year;volume(issue):pages. -->

{{{{Zhang X, Xu L, Yang T. *Name of the Journal.* 2020;13(1):877-888.}}}}

<!-- Facts about the article and about this notice, one on each line. -->

DOI of the article: {{{{10.1000/article}}}}
DOI of the notice: {{{{10.1000/notice}}}}
Date of the notice: {{{{4 May 2024}}}}
URL of the notice: {{{{https://www.example.org/notice}}}}

<!-- Who retracts the article. Keep the words "retract this article" or "retracts this article". -->

{{{{We, the Editor and Publisher of the journal *Name of the Journal*, hereby retract this article.}}}}

<!-- Why: one paragraph or several, in your own words. -->

{{{{After publication, concerns were raised about the images in Figure 3.}}}}

<!-- Figures that also appear in other articles, one on each line; take this part away if there are none. -->

- {{{{Figures 3A and 5E show the same images as Figure 2A in Authors. Title. *Journal.* 2018;210:251-262.
  https://doi.org/10.1000/other.}}}}

<!-- Who asked for the retraction, and which rules were followed. -->

{{{{The retraction is made at the request of the authors.}}}}

{{{{The decision follows our editorial policies and the COPE guidelines.}}}}

<!-- What becomes of the article. -->

{{{{The retracted article will remain online, but each page will be watermarked as “Retracted”.}}}}
"""

YAML = """# retraction-watermark: template of a retraction notice
#
# Write what your notice says behind each name. Leave empty what it does not say; it is never invented.
# Lines that begin with # are remarks, and are not read. Put a text with a colon in it in "double quotes".
#
# See what was understood:  watermark notice NAME-OF-THIS-FILE

# What happened to the article: retraction, partial_retraction, retracted_and_replaced, withdrawal,
# expression_of_concern or reinstatement. This field must be given.
state: retraction

# The retracted article.
article:
  title:
  # One author on each line:
  #   - Zhang X
  #   - Xu L
  authors:
  journal:
  # Four digits: 2020
  year:
  volume:
  issue:
  # 877-888
  pages:
  # 10.1000/article
  doi:

# This notice: its own title, DOI, web address and date (2024-05-04, or 2024-05, or 2024).
title:
doi:
url:
date:

# Who issues the notice, and who asked for it; one on each line:
#   - Editor of Name of the Journal
#   - Publisher of Name of the Journal
issuers:
requested_by:

# Why, in few words each:
#   - image duplication
reasons:

# The words of the notice, one paragraph on each line:
#   - "We, the Editor and Publisher, hereby retract this article."
statement:

# Figures that also appear in other articles:
#   - figures: [3A, 5E]
#     source_figure: 2A
#     source:
#       doi: 10.1000/other
figure_matches:

# The rules that were followed:
#   - COPE guidelines
policies:

# Whether the notice promises that the article stays online: true or false.
stays_online: false

# The word that the notice asks for on each page, if it asks for one.
mark_text:

# The DOI of the article that replaces the retracted one, if there is one.
replacement_doi:

# The language of the notice: en, pt-BR, zh ...
language: en
"""

TEMPLATES = {"md": MARKDOWN, "yaml": YAML}


def filled_in(text: str) -> tuple[str, tuple[str, ...]]:
    """Return what was written into the Markdown template, and a warning that names what was left as it was.

    Remarks are left out, and so are lines whose value is missing. Braces around a text that was changed do not matter.
    """
    left: list[str] = []

    def value(inside: str) -> str:
        words = " ".join(inside.split())
        if words not in _examples():
            return inside
        left.append(words)
        return ""

    written = _replaced(_replaced(text, "<!--", "-->", lambda _: ""), "{{", "}}", value)
    lines = [line for line in written.split("\n") if not _EMPTY.fullmatch(line.strip())]
    names = "; ".join(f"“{safe_excerpt(words)}”" for words in left[:3]) + ("; …" if len(left) > 3 else "")
    warning = f"{len(left)} part{'s' * (len(left) != 1)} of the template not filled in: {names}"
    return "\n".join(_BARE_LABEL.sub(r"# \1", line) for line in lines), (warning,) if left else ()


def _replaced(text: str, opening: str, closing: str, value: Callable[[str], str]) -> str:
    """Return a text in which each part between two marks is replaced with the marks; in linear time."""
    pieces = []
    position = 0
    while (start := text.find(opening, position)) >= 0 and (end := text.find(closing, start + len(opening))) >= 0:
        pieces += [text[position:start], value(text[start + len(opening) : end])]
        position = end + len(closing)
    return "".join([*pieces, text[position:]])


@cache
def _examples() -> frozenset[str]:
    """Return the examples in the unchanged template."""
    found: list[str] = []

    def note(inside: str) -> str:
        found.append(" ".join(inside.split()))
        return ""

    _replaced(MARKDOWN, "{{", "}}", note)
    return frozenset(found)
