# ruff: noqa: RUF001 - quotation marks of other scripts are meant
"""Whether a DOI follows the title of the article in a sentence about its retraction."""

import re

from watermark.notice.extraction.role_cues import names_another_work
from watermark.notice.text_blocks import letters
from watermark.runtime.expressions import expression

MIN_TITLE_LETTERS, MIN_VERBATIM, MAX_BEFORE = 15, 20, 700
QUOTED = expression(r"[“\"«‘„][^“”\"«»‘„]{3,600}[”\"»’“]|[《「『][^《》「」『』]{3,200}[》」』]")
_BEHIND_TITLE = expression(
    r"(?:,? by [^()\[\]]{3,120}?)?(?:,? (?:which |that )?(?:was |were )?(?:first )?(?:published"
    r"|appeared)[^“”\"()]{0,200}?)?"
    r"[\s,]*+(?:[(\[](?:[^()\[\]“”]{3,120}?[0-9]\.? |[^()\[\]“”]{3,120}?[0-9][.,;] "
    r"|(?-i:[^\W\d_a-z])[^()\[\]“”.;]{2,80}; )?)?\s*+"
    r"(?:(?>https?://\S*+|doi:?\s*+))*+",
    re.IGNORECASE,
)
_CITED_BEHIND = expression(r"(?:,? by [^“”]{3,120}?)?[.,;] [^\W\d_a-z][^“”]{6,200}[0-9][^\W_]{0,3}[.,;)]{0,2}")
"""The journal with its volume between a title and its DOI: `. J Ponds 2020; 68(03): 200-206 (`."""
_IN_THIS_JOURNAL = expression(
    r"(?:本刊|我刊|本誌|本学会誌|本报|本學報|본지|본 학회지)[^。.]{0,80}(?:刊登|发表|發表|刊出|登载|刊载|掲載|게재)"
    r"(?:的|了|された|した|されました|된|한)?(?:论文|文章|論文|논문)? ?[:：]?\s?$"
)
_BRACKETS_BEHIND = expression(
    r"\s?[(（\[［](?:[^()（）。]{0,160}?[;；，,、\s])?(?:doi\s?[:：]?\s?)?(?:https?:\S{4,40}/)?", re.IGNORECASE
)
"""What Chinese, Japanese and Korean journals print around the title of an article of their own, and its DOI."""
_SENTENCE = expression(
    r"\b(?:was|were|is|are|has|have|had|that|which|who|found|see|from|cited|as|with|to|we|it)\b", re.IGNORECASE
)
"""Words that a citation between a title and its DOI does not have."""
_NAMES_THE_ARTICLE = expression(r"\b(?:the|this|our) (?:\w+ )?(?:article|paper|report|study|letter)\b", re.IGNORECASE)
MAX_OPENING = 300
_IN_THE_ARTICLE_BY = expression(
    r"in (?:the|our) (?:\w+ ){0,2}?(?:article|paper|report|study|letter|review) by "
    r"[^“”;:]{3,250}[(\[,;]\s?(?:doi\W*|https?:\S*)*",
    re.IGNORECASE,
)
_OPENS = expression(
    r"(?:in (?:the|our|this) |[^.“”\"]{0,60}\bpublished (?:the|an?|our) )(?:\w+ ){0,3}?"
    r"(?:articles?|papers?|manuscripts?|stud(?:y|ies)|reports?|letters?|reviews?)\b[^.“”\"]{0,120}",
    re.IGNORECASE,
)
"""How the first sentence of a notice names its article: `In the article by Roe et al., “…”`."""
_DECLARED = expression(
    r"\b(?:the|this|our) (?:\w+ )?(?:article|paper|report|study|letter)\b[^.]{0,60}\b(?:retracted|withdrawn)\b"
    r"|\bthis (?:editorial )?expression of concern\b|\b(?:retract|withdraw)\w*[^.]{0,30}\b(?:article|paper"
    r"|report|study|letter)\b",
    re.IGNORECASE,
)
_OF_ANOTHER = expression(
    r"\b(?:had|before|earlier|previous\w*|prior|again|readers?|pointed|another|other|already|first)\b", re.IGNORECASE
)
_TOLD_TO_READERS = expression(r"\b(?:alert|inform|advise|notify)\w* (?:our |the |all )?readers\b", re.IGNORECASE)
"""What the editors do; else readers are those who told them of another work."""
_UP_TO_DEED = expression(r".*?\b(?:is|was|been|being) (?:\w+ )?(?:retracted|withdrawn)\b", re.IGNORECASE | re.DOTALL)
_END = expression(r"(?<!et al)[.!?;]")
_ITS_FIGURE = expression(
    r"\bfig(?:ure|s|\.)?s?\.? ?[0-9]\w{0,3}(?: panels? \w+)? (?:of|in) (?:the \w+ )?$", re.IGNORECASE
)
"""A figure of the article, in front of the article's title."""
_WAS_OUT_BEFORE = expression(
    r"[\s)\],]{0,4}(?:had|has|was) (?:already |previously |earlier |first ){0,2}(?:been )?"
    r"(?:already |previously |earlier )?(?:published|printed|reported|submitted)\b[^.;]{0,200}?\b(?:in|to|by)\b",
    re.IGNORECASE,
)
"""What is said of an article that its authors published twice, behind its DOI: `had been published before in Lakes`."""
_REASON = expression(r"\b(?:as|because|since|due to|after|owing to|following)\b", re.IGNORECASE)


def is_behind_title(before: str, after: str, title: str, *, is_headed: bool) -> bool:
    """Tell whether a DOI follows the article's own title in quotes, in a sentence about the retraction of that article.

    A sentence about earlier works, readers or copying does not count. With `is_headed`, the title is
    that of the heading, so that the first sentence names the article although the retraction is declared further on.
    """
    wanted = letters(title)
    before = _with_quotes(before, title)
    quoted = [found for found in QUOTED.finditer(before[-MAX_BEFORE:]) if wanted and letters(found[0]) == wanted]
    behind = before[-MAX_BEFORE:][quoted[-1].end() :] if quoted else ""
    above = before[-MAX_BEFORE:][: quoted[-1].start()] if quoted else ""
    if is_headed and _IN_THIS_JOURNAL.search(above) and _BRACKETS_BEHIND.fullmatch(behind):
        return True
    if len(wanted) < MIN_TITLE_LETTERS or not quoted:
        return False
    sentence = re.split(r"(?<!et al)[.!?]\s", above)[-1]
    if "ublished" in behind and _WAS_OUT_BEFORE.match(after):
        after = re.sub(
            r"^.*?(?=[.!?]\s+[A-Z])", "", after, count=1, flags=re.DOTALL
        )  # it is the article that is out twice
    whole = f"{sentence} {_END.split(after)[0]}"
    claim = f"{_ITS_FIGURE.sub('', sentence[-200:])} {_REASON.split(_END.split(after)[0])[0]}"
    cited = re.sub(r"[\s(\[]{0,8}(?:doi\W{0,4})?(?:https?:\S{0,60})?$", "", behind, flags=re.IGNORECASE)
    if _CITED_BEHIND.fullmatch(cited) and not _SENTENCE.search(cited) and _NAMES_THE_ARTICLE.search(above[-200:]):
        behind = behind[len(cited) :]
    told = _UP_TO_DEED.match(whole)  # what follows the deed is its reason
    if (
        _OF_ANOTHER.search(_TOLD_TO_READERS.sub("", told[0] if told else whole))
        or names_another_work(claim)
        or not _BEHIND_TITLE.fullmatch(behind)
    ):
        return False
    if re.search(r"retract|withdr|\bconcern", whole, re.IGNORECASE):
        return True
    is_opening = is_headed and sentence == above and _OPENS.fullmatch(sentence) is not None
    return is_opening or _DECLARED.search(_next_sentence(after)) is not None


def opens_with_article(before: str, after: str) -> bool:
    """Tell whether a notice begins with its article, whose title it does not repeat, and then retracts it.

    `In the article by Roe that appeared in the May issue (DOI: …`, `The article is retracted.`
    """
    is_opening = len(before) < MAX_OPENING and _IN_THE_ARTICLE_BY.fullmatch(before) is not None
    return is_opening and not names_another_work(before) and _DECLARED.search(after) is not None


def _with_quotes(text: str, title: str) -> str:
    """Return a text with the title in quotes also where it is printed without them."""
    if len(title) < MIN_VERBATIM:
        return text
    pattern = rf"(?<![“\"‘'«]){re.escape(title)}(?![”\"’'»])"
    return re.sub(pattern, lambda found: f"“{found[0]}”", text, flags=re.IGNORECASE)


def _next_sentence(after: str) -> str:
    """Return the sentence after the one that continues in `after`."""
    parts = re.split(r"(?<=[.!?])\s+(?=[A-Z])", after, maxsplit=2)
    return parts[1] if len(parts) > 1 else ""
