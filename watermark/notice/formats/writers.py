"""A notice in the forms that other systems read: the tool's own, JATS for production, Crossref for a deposit."""

from collections.abc import Callable, Mapping

from lxml import etree

from watermark.errors import NoticeError
from watermark.notice.formats.jats.writer import to_jats, to_jats_of_the_article
from watermark.notice.formats.premis import require_given, to_premis
from watermark.notice.formats.structured import to_json
from watermark.notice.model import Notice, State

_UNKNOWN_TO_CROSSREF = frozenset({State.REINSTATEMENT})


def to_crossref(notice: Notice) -> str:
    """Return the `<updates>` that the deposit of the notice has inside its `<crossmark>`, a newline at the end.

    Crossref schema 5.3.1, `crossmark.xsd`. Raises NoticeError when the notice does not say the article's DOI or its
    own whole date, which Crossref demands, or when its state is none of Crossref's types.
    """
    if notice.state in _UNKNOWN_TO_CROSSREF:
        raise NoticeError(
            f"Crossref has no update of the type {notice.state.value}",
            remedy="Deposit the notice without an update, and tell Crossref's support.",
        )
    require_given(notice.article.doi, "the article's DOI", "doi", form="Crossref")
    require_given(len(notice.date) == len("2024-05-01"), "the whole date of the notice", "date", form="Crossref")
    updates = etree.Element("updates")
    kind = State.RETRACTION if notice.state is State.RETRACTED_AND_REPLACED else notice.state
    label = notice.state.value.replace("_", " ").capitalize()
    update = etree.SubElement(updates, "update", {"type": kind.value, "label": label, "date": notice.date})
    update.text = notice.article.doi
    etree.indent(updates)
    return etree.tostring(updates, encoding="unicode") + "\n"


WRITERS: Mapping[str, Callable[[Notice], str]] = {
    "json": to_json,
    "jats": to_jats,
    "jats-article": to_jats_of_the_article,
    "crossref": to_crossref,
    "premis": to_premis,
}
