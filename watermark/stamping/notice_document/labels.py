"""The words of the document that are not the publisher's: headings and labels, in English."""

from watermark.notice import State

LANGUAGE = "en"

HEADINGS = {
    State.RETRACTION: "Retraction notice",
    State.RETRACTED_AND_REPLACED: "Notice of retraction and replacement",
    State.WITHDRAWAL: "Withdrawal notice",
    State.PARTIAL_RETRACTION: "Partial retraction notice",
    State.EXPRESSION_OF_CONCERN: "Expression of concern",
    State.REINSTATEMENT: "Notice of reinstatement",
    State.REMOVAL: "Notice of removal",
}

NOTICE = "This notice"
DATE = "Date of the notice"
ISSUERS = "Issued by"
REQUESTED_BY = "At the request of"
REASONS = "Reasons"
STATEMENT = "Statement"
MATCHES = "Figures that match other articles"
MATCH_COLUMNS = ("In this article", "Matches", "Of the article")
POLICIES = "Policies and guidelines"
COPY = "About this copy"
COPY_TEXT = (
    "This notice belongs to a marked copy of the article, made on {day} with {tool}. The copy begins with the original"
    " file ({size:,} bytes), byte for byte; the marks and this notice follow after it."
)
REBUILT_TEXT = (
    "This notice belongs to a marked copy of the article, made on {day} with {tool}. The original file ({size:,} bytes)"
    " had to be written anew; it is attached to this copy, byte for byte."
)
ORIGINAL_SHA256 = "SHA-256 of the original"
CHECK = "Prove the copy"
CHECK_TEXT = "watermark verify COPY.pdf"
RESTORE = "Get the original back"
RESTORE_TEXT = "watermark restore COPY.pdf"
FOOTER = "{heading}, page {number} of {count}"
PAGE = "page {page}"
PAGE_DESCRIPTION = "Page {page} of the article"
LINK_DESCRIPTION = "Link to {url}"


def heading_of(state: State) -> str:
    """Return what the notice is headed with."""
    return HEADINGS.get(state, state.value.replace("_", " ").capitalize())
