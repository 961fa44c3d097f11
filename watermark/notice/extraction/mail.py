# ruff: noqa: RUF001 - letters and punctuation of other scripts are meant
"""What an e-mail has around a notice: the marks with which it quotes, and the lines of its header."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from watermark.notice.extraction.state_phrases import parse_state, split_title_label
from watermark.runtime.expressions import expression

_QUOTE_MARKS = expression(r"^[ \t]{0,4}>[> \t]{0,20}", re.MULTILINE)
MIN_QUOTED, MAX_QUOTED = 2, 20_000
MAX_MAIL_HEADER = 15
_MAIL_LINE = expression(
    r"(?:(?P<subject>subject|betreff|oggetto|objet|asunto|assunto|temat|тема|件名|主题|主題|제목)"
    r"|(?P<date>date|sent|datum|gesendet|data|fecha|дата|日期|日付|날짜)"
    r"|(?:from|to|cc|bcc|reply-to|von|an|da|para|de|do|od|от|кому|差出人|宛先|发件人|收件人|보낸 ?사람|받는 ?사람|a|à))"
    r"\s?[:：]\s*(?P<value>\S.{0,300})",
    re.IGNORECASE,
)
"""A line of the header of an e-mail."""
MIN_SUBJECT = 40
"""Characters behind the label of a subject that are a title: fewer may be the sender's own words."""


def without_quote_marks(text: str) -> str:
    """Return a text without the marks with which mail programs quote: `> The editors retract`."""
    return _QUOTE_MARKS.sub("", text) if len(_QUOTE_MARKS.findall(text, 0, MAX_QUOTED)) >= MIN_QUOTED else text


def without_mail_header(text: str) -> str:
    """Return the text of an e-mail without the lines of its header; its date stays, and the label of its subject.

    A text without such a header comes back as it is.
    """
    lines = text.split("\n")
    found = [_MAIL_LINE.match(line.strip()) for line in lines[:MAX_MAIL_HEADER]]
    known = [line for line in found if line]
    if len(known) < 2 or not any(line["subject"] for line in known):
        return text
    kept: list[str] = []
    for line, header in zip_longest(lines, found):
        if header is None:
            kept.append(line)
        elif header["subject"]:
            kept.extend(_label_of_subject(header["value"], text))
        elif header["date"]:
            kept.append(line)
    return "\n".join(kept)


def _label_of_subject(subject: str, text: str) -> Iterator[str]:
    """Yield the subject of an e-mail where it has a label and a title, else the name of a state with which it begins.

    The words behind the label are a title where the e-mail prints them again, or where they are many.
    """
    subject = re.sub(r"^(?:(?:re|fwd?|aw|wg|tr|rv|i|r)\s?[:：]\s*)+", "", subject, flags=re.IGNORECASE)
    about, state = split_title_label(subject)
    if state is not None and (len(about) >= MIN_SUBJECT or text.count(about) > 1):
        yield subject
        return
    words = [bare for word in subject.split() if (bare := word.rstrip(":\u2013—-"))]
    names = (" ".join(words[:count]) for count in range(min(len(words), 6), 0, -1))
    yield from list(filter(parse_state, names))[:1]
