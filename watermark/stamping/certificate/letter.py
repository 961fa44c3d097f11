"""The text of an e-mail to the editor of a journal: what was done with an article, and what is to be done next."""

import textwrap
from collections.abc import Iterator

from watermark.models import Outcome, Status, plain
from watermark.notice import Notice
from watermark.notice.reference_text import published_in
from watermark.notice.state_sentences import happened_to
from watermark.receipt import Receipt
from watermark.runtime.text_safety import one_line
from watermark.stamping.certificate.claims import TITLES, marked_pages
from watermark.stamping.certificate.content import listed
from watermark.stamping.certificate.instructions import in_command
from watermark.stamping.certificate.overrides import overrides_in

WIDTH = 76
MAX_TITLE, MAX_NAMES, MAX_TEXT = 300, 600, 600


def letter_about(outcome: Outcome, notice: Notice, *, copy_name: str = "", certificate_name: str = "") -> str:
    """Return the text, with lines of at most 76 characters, beginning with a line for the subject.

    `copy_name` is the file name of the copy, and `certificate_name` that of its certificate; "" where there is none.
    """
    receipt = outcome.receipt
    if receipt is None or outcome.exit_status:
        parts = _not_marked(outcome, notice)
    else:
        parts = _marked(outcome, receipt, notice, copy_name, certificate_name)
    return "\n\n".join(parts) + "\n"


def _marked(outcome: Outcome, receipt: Receipt, notice: Notice, copy_name: str, certificate_name: str) -> Iterator[str]:
    title = plain(notice.article.title or notice.title or receipt.article_doi, MAX_TITLE)
    happened = happened_to(notice.state)
    yield f"Subject: The article “{plain(title, 120)}” {happened}: the marked PDF"
    yield "To the editor,"
    yield _filled(
        f"the article below {happened}. Its PDF was marked on {receipt.marked_at:%Y-%m-%d}, and the marked copy can "
        "take the place of the published file."
    )
    yield _reference(notice)
    yield "What was done"
    yield "\n".join(_filled(text, bullet="- ") for text in _done(receipt))
    yield "What was checked"
    yield _filled(_checked(outcome))
    if overrides := list(overrides_in(receipt)):
        yield "What a person decided"
        yield "\n".join(_filled(text, bullet="- ") for text in overrides)
    yield "What to do next"
    steps = _next_steps(copy_name, certificate_name, notice)
    yield "\n".join(_filled(text, bullet=f"{number}. ") for number, text in enumerate(steps, 1))


def _not_marked(outcome: Outcome, notice: Notice) -> Iterator[str]:
    title = plain(notice.article.title or notice.title or notice.article.doi, MAX_TITLE)
    yield f"Subject: A decision is needed about the article “{plain(title, 120)}”"
    yield "To the editor,"
    yield _filled("the article below has a notice, but its PDF could not be marked. Nothing was changed or saved.")
    yield _reference(notice)
    yield _filled(f"Reason: {plain(outcome.reason, MAX_TEXT)}")
    if outcome.remedy:
        yield _filled(f"What to do: {plain(outcome.remedy, MAX_TEXT)}")


def _reference(notice: Notice) -> str:
    """Return the article and its notice, indented, as far as they are known."""
    article = notice.article
    lines = [
        plain(article.title, MAX_TITLE),
        listed(article.authors, MAX_NAMES),
        plain(published_in(article) or article.citation, MAX_TEXT),
        f"https://doi.org/{article.doi}" if article.doi else "",
        f"Notice: {plain(notice.link, MAX_TEXT)}" if notice.link else "",
    ]
    return "\n".join(_filled(line, bullet="  ") for line in lines if line)


def _done(receipt: Receipt) -> Iterator[str]:
    yield f"{marked_pages(receipt)} the mark “{plain(receipt.mark_text, 60)}”."
    if receipt.line_text:
        yield f"A line at the edge of the page says: “{plain(receipt.line_text, 200)}”"
    if receipt.notice_page:
        yield f"The notice is at the {receipt.notice_page} of the copy."
    if receipt.files:
        yield "The notice and a record of what was done are attached to the copy, and the metadata name the retraction."
    yield "The original file is in the copy, unchanged, and can be taken out again at any time."


def _checked(outcome: Outcome) -> str:
    """Return the result in a sentence: it says that all was checked only if it was."""
    report = outcome.report
    if report is None:
        return "The copy was not checked."
    if report.passed:
        return "Every page was compared before and after. All checks passed; nothing else in the file was changed."
    names = [TITLES[claim] for claim in report.claims if report.status_of(claim) is Status.NOT_CHECKED]
    return f"No problem was found, but some checks did not run: {', '.join(names).lower()}."


def _next_steps(copy_name: str, certificate_name: str, notice: Notice) -> Iterator[str]:
    name = one_line(copy_name) or "the marked copy"
    yield f"Open {name}, check its pages, and publish it in place of the old PDF."
    if certificate_name:
        yield f"Keep {one_line(certificate_name)} with the case: it has the pictures, the checks and the digests."
    if not notice.link:
        yield "The notice has no address yet. Once it has one, mark the original again, so that each page links to it."
    yield f"To check the copy again: watermark verify {in_command(copy_name)}"


def _filled(text: str, *, bullet: str = "") -> str:
    """Return a paragraph in lines; those after the first are below the text of the first, not below its bullet."""
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
