"""The words that stand on the page, for each state."""

from watermark.notice import Notice, State

MARK_WORDS = {
    State.RETRACTION: "Retracted",
    State.WITHDRAWAL: "Withdrawn",
    State.PARTIAL_RETRACTION: "Partially retracted",
    State.EXPRESSION_OF_CONCERN: "Expression of concern",
}
TITLE_PREFIXES = {
    State.RETRACTION: "RETRACTED: ",
    State.WITHDRAWAL: "WITHDRAWN: ",
    State.PARTIAL_RETRACTION: "PARTIALLY RETRACTED: ",
    State.EXPRESSION_OF_CONCERN: "EXPRESSION OF CONCERN: ",
}


def mark_word(notice: Notice, chosen: str) -> str:
    """Return the word of the mark: what the user chose, else what the notice promises, else the state's own word."""
    return chosen or notice.mark_text or MARK_WORDS[notice.state]


def line_words(notice: Notice, word: str, where_the_notice_is: str) -> str:
    """Return the wording of the edge line: the mark, the date if the notice has one, and where the notice is found."""
    opening = f"{word} {notice.date}." if notice.date else f"{word}."
    found = f"Notice: {notice.link}" if notice.link else f"The notice is {where_the_notice_is}."
    return f"{opening} {found}"


def line_link(notice: Notice) -> str:
    """Return where the edge line leads: to the notice, else to the article's own page, else nowhere."""
    if notice.link:
        return notice.link
    return f"https://doi.org/{notice.article.doi}" if notice.article.doi else ""
