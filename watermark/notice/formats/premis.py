"""A notice as an event in the history of an article, for an archive (PREMIS 3.0, Library of Congress).

The article is an intellectual entity, identified by its DOI; `watermark report` describes its files. The vocabulary of
event types has none for a publisher's declaration, so the type of the event is the name of the state.
"""

from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from watermark.errors import NoticeError
from watermark.notice.model import Notice
from watermark.notice.text_blocks import printable
from watermark.notice.xml import Element

PREMIS = "http://www.loc.gov/premis/v3"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def to_premis(notice: Notice) -> str:
    """Return the article, the event and its issuers as PREMIS, with a newline at the end.

    Raises NoticeError if the notice does not give the article's DOI or its own date, which PREMIS requires.
    """
    require_given(notice.article.doi, "the article's DOI", "doi", form="PREMIS")
    require_given(notice.date, "its date", "date", form="PREMIS")
    names = {None: PREMIS, "xsi": INSTANCE}
    root = etree.Element(f"{{{PREMIS}}}premis", {"version": "3.0"}, nsmap=names)  # type: ignore[arg-type] # its stubs
    entity = _inside(root, "object")
    entity.set(f"{{{INSTANCE}}}type", "intellectualEntity")
    _identified(entity, "object", "DOI", notice.article.doi)
    if notice.article.title:
        properties = _inside(entity, "significantProperties")
        _inside(properties, "significantPropertiesType", "title")
        _inside(properties, "significantPropertiesValue", notice.article.title)
    _identified(entity, "linkingEvent", *_identifier(notice))
    _event(root, notice)
    for issuer in notice.issuers:
        agent = _inside(root, "agent")
        _identified(agent, "agent", "local", issuer)
        _inside(agent, "agentName", issuer)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode") + "\n"


def require_given(value: object, what: str, argument: str, *, form: str) -> None:
    """Raise NoticeError if a notice does not give a value that a form requires."""
    if not value:
        reason = f"{form} requires {what}, and the notice does not give it"
        raise NoticeError(reason, remedy=f"Add {what}.", argument=argument)


def _event(root: Element, notice: Notice) -> None:
    event = _inside(root, "event")
    _identified(event, "event", *_identifier(notice))
    _inside(event, "eventType", notice.state.value.replace("_", " "))
    _inside(event, "eventDateTime", notice.date)
    for detail in (notice.title, *notice.reasons, *notice.statement):
        if detail:
            _inside(_inside(event, "eventDetailInformation"), "eventDetail", detail)
    for issuer in notice.issuers:
        _identified(event, "linkingAgent", "local", issuer)
    _identified(event, "linkingObject", "DOI", notice.article.doi)


def _identifier(notice: Notice) -> tuple[str, str]:
    """Return the identifier of the event: the DOI or the address of the notice, or a UUID of its content."""
    if notice.doi:
        return "DOI", notice.doi
    return ("URI", notice.url) if notice.url else ("UUID", str(uuid5(NAMESPACE_URL, notice.digest)))


def _identified(parent: Element, what: str, kind: str, value: str) -> None:
    identifier = _inside(parent, f"{what}Identifier")
    _inside(identifier, f"{what}IdentifierType", kind)
    _inside(identifier, f"{what}IdentifierValue", value)


def _inside(parent: Element, name: str, text: str = "") -> Element:
    element = etree.SubElement(parent, f"{{{PREMIS}}}{name}")
    element.text = printable(text) or None
    return element
