"""A notice whose title and machine-readable status disagree: resolved if one side is safe, else refused."""

from dataclasses import replace

from watermark.errors import NoticeError
from watermark.notice.extraction.state_phrases import split_title_label
from watermark.notice.model import RETRACTED_WHOLE, Notice, State

_DECISIVE = (State.REMOVAL, State.PARTIAL_RETRACTION)
"""The states that count when only one side names them: they keep a whole article from being marked as retracted."""


def consistent_notice(notice: Notice, stated: State | None) -> tuple[Notice, tuple[str, ...]]:
    """Return a tagged notice with the one state that its title and its tags allow, and warnings for the user.

    `stated` is the state that the user named; it decides. A removal on either side is a
    removal, and a partial retraction on either side is partial. Kinds of whole retraction do not contradict each other.
    DOIs that the tags name lose the roles that the text gave them. Raises NoticeError for every other disagreement.
    """
    tagged = {doi for doi in (notice.article.doi, notice.doi) if doi}
    notice = replace(notice, dois=tuple(mention for mention in notice.dois if mention.doi not in tagged))
    label = split_title_label(notice.title)[1]
    if stated is not None or label is None or label is notice.state:
        return notice, ()
    disagreement = f"the title says {_named(label)} and the record says {_named(notice.state)}"
    for state in _DECISIVE:
        if state in {label, notice.state}:
            return replace(notice, state=state), (f"{disagreement}: the notice was read as a {_named(state)}",)
    if {label, notice.state} <= RETRACTED_WHOLE:
        is_replaced = State.RETRACTED_AND_REPLACED in {label, notice.state}
        return (replace(notice, state=State.RETRACTED_AND_REPLACED) if is_replaced else notice), ()
    raise NoticeError(
        f"the notice contradicts itself: {disagreement}",
        remedy="Check the publisher's page, and say which kind of notice it is.",
        code="kind-of-notice",
        argument="state",
    )


def _named(state: State) -> str:
    return state.value.replace("_", " ")
