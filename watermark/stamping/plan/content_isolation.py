"""How a page's own content is isolated from the mark. If the verification fails, the next stronger method is used."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import pikepdf

from watermark.models import Decision
from watermark.pdf.content_balance import balance_of
from watermark.pdf.page_tree import PageNode
from watermark.pdf.streams import joined
from watermark.stamping.plan.model import IsolationMethod, Plan
from watermark.stamping.plan.page_inks import named_pages

CONTENT = "content"
"""The name of the decisions on it."""
NOT_SEEN = "when only wrapped in q and Q, the mark was hidden or the page looked different"
WORDS = {
    IsolationMethod.CLOSED: (
        "what the content of the page leaves open is closed before the mark",
        "when only wrapped in q and Q, it affected the mark",
        "ISO 32000-2 7.8.2",
    ),
    IsolationMethod.FORM: (
        "the content of the page becomes a form XObject, and the mark follows it",
        NOT_SEEN,
        "ISO 32000-2 8.10",
    ),
    IsolationMethod.ANNOTATION: (
        "the mark and the edge line are in a watermark annotation",
        NOT_SEEN,
        "ISO 32000-2 12.5.6.22",
    ),
}
"""What is done in each way, why, and where the standard has it."""


def escalate_methods(
    plan: Plan, pages: Sequence[PageNode], failed_pages: Collection[int]
) -> Mapping[int, IsolationMethod] | None:
    """Return the isolation method of each page that is not just wrapped; `failed_pages` get the next stronger one.

    Pages count from 1. None if one of them has no stronger method left.
    """
    found = dict(plan.methods)
    for page in pages:
        if page.number in failed_pages:
            now = found.get(page.number, IsolationMethod.WRAP)
            further = [
                method
                for method in tuple(IsolationMethod)[tuple(IsolationMethod).index(now) + 1 :]
                if _is_open(method, plan, page)
            ]
            if not further:
                return None
            found[page.number] = further[0]
    return found


def method_decisions(methods: Mapping[int, IsolationMethod], knockout: Collection[int] = ()) -> tuple[Decision, ...]:
    """Return how the pages are marked that are not just wrapped; `knockout` are those with a knockout group."""
    outside = {number: method for number, method in methods.items() if number in knockout}
    others = {number: method for number, method in methods.items() if number not in knockout}
    counts = Counter(others.values())
    decisions = [
        Decision(name=CONTENT, value=f"{words} on {_named(others, method)}", reason=why, clause=clause)
        for method, (words, why, clause) in WORDS.items()
        if counts[method]
    ]
    if outside:
        words, _, _ = WORDS[IsolationMethod.ANNOTATION]
        value = f"{words} on {_named(outside, IsolationMethod.ANNOTATION)}"
        reason = "in the knockout group of the page, the mark would erase what is under it"
        decisions.append(Decision(name=CONTENT, value=value, reason=reason, clause="ISO 32000-2 11.4.6"))
    return tuple(decisions)


def _named(methods: Mapping[int, IsolationMethod], method: IsolationMethod) -> str:
    return named_pages(sorted(number for number, chosen in methods.items() if chosen is method))


def _is_open(method: IsolationMethod, plan: Plan, page: PageNode) -> bool:
    """Return whether a page can be marked with this method.

    Tags name the content of the page's own stream (ISO 32000-2 14.7.5.2), so that a tagged page is not put into a
    form; PDF/UA requires tags for an annotation that the text does not mention (ISO 14289-1 7.18.1).
    """
    if method is IsolationMethod.CLOSED:
        return _leaves_something(page.dictionary)
    if method is IsolationMethod.FORM:
        return not plan.tagged and "/StructParents" not in page.dictionary and _makes_a_form(page.dictionary)
    annotations = page.dictionary.get("/Annots")
    return not plan.pdfua and (annotations is None or isinstance(annotations, pikepdf.Array))


def _leaves_something(page: pikepdf.Object) -> bool:
    """Return whether a page's content, as far as it can be decoded, needs more around it than q and Q.

    Raises RefusedError for content that opens more levels than any page can mean.
    """
    members = [member for member in _members(page) if member is not None]
    streams = [member for member in members if isinstance(member, pikepdf.Stream)]
    content = joined(streams) if len(streams) == len(members) else None
    return content is not None and not balance_of(content).needs_no_more_than_q


def _makes_a_form(page: pikepdf.Object) -> bool:
    """Return whether a page's content is in this file: one stream, or several that can be decoded and joined."""
    members = _members(page)
    streams = [member for member in members if isinstance(member, pikepdf.Stream) and "/F" not in member]
    return 0 < len(streams) == len(members) and (len(streams) == 1 or joined(streams) is not None)


def _members(page: pikepdf.Object) -> list[object]:
    contents = page.get("/Contents")
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]
