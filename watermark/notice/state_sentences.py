"""The states of an article in sentences: what a list has, what a mark says, and what happened to the article."""

from watermark.notice.model import Notice, State

_NOUNS = {
    State.RETRACTED_AND_REPLACED: "a retraction with a replacement",
    State.EXPRESSION_OF_CONCERN: "an expression of concern",
    State.ERRATUM: "an erratum",
    State.ADDENDUM: "an addendum",
}
_MARKED = {
    State.RETRACTION: "retracted",
    State.RETRACTED_AND_REPLACED: "retracted and replaced",
    State.WITHDRAWAL: "withdrawn",
    State.PARTIAL_RETRACTION: "retracted in part",
    State.EXPRESSION_OF_CONCERN: "the subject of an expression of concern",
}


def listed(notice: Notice, identifier: str) -> str:
    """Return `the list has a retraction of 10.5555/a, dated 2024-05-01`."""
    noun = _NOUNS.get(notice.state) or f"a {notice.state.value.replace('_', ' ')}"
    date = f", dated {notice.date}" if notice.date else ""
    return f"the list has {noun} of {identifier or 'this article'}{date}"


def marked_as(state: str) -> str:
    """Return what a mark says of the article, for the stored name of a state: `retracted`."""
    return _MARKED.get(State(state), state.replace("_", " ")) if state in set(State) else state.replace("_", " ")


def happened_to(state: State) -> str:
    """Return what happened to an article, after its name: `was retracted`."""
    if state not in _MARKED:
        return "is the subject of a notice"
    return f"{'is' if state is State.EXPRESSION_OF_CONCERN else 'was'} {_MARKED[state]}"
