"""Whether a notice names an article's own DOI as something other than the retracted article."""

import re

from watermark.article.doi_links import AT_THE_EDGE
from watermark.article.identifiers import SourcedValue, is_preprint, is_same_work
from watermark.article.identity import Identity
from watermark.notice import ROLE_NOT_SHOWN, DoiMention, DoiRole, Notice, State
from watermark.runtime.expressions import expression

_REPEATS = expression(
    r"\b(?:duplicate (?:publication|article|paper|copy|version|submission)|duplication of (?:an?|the|another)"
    r" (?:article|paper)|(?:redundant|dual|double|multiple) (?:publication|submission)"
    r"|published (?:twice|in duplicate|more than once)"
    r"|(?:article|paper|it) (?:repeats|duplicates) (?:one|an|the|another|that)|republish|re-publish|reissued"
    r"|(?:accidental|inadvertent|erroneous)(?:ly)? (?:publi|duplicat|repeat|post)|same (?:article|paper|manuscript)"
    r"|identical (?:article|paper|manuscript)|two (?:versions|copies)|already (?:been )?published|published already)",
    re.IGNORECASE,
)
"""Words that tell of a second article, which may have the title and the authors of the retracted one."""


_SPEAKS_OF_PREPRINT = expression(r"preprint|\b\w{1,20}rxiv\b|\bssrn\b|research square|\bosf\b", re.IGNORECASE)
"""Words of the notice of a preprint."""


def role_against(identity: Identity, notice: Notice) -> tuple[SourcedValue, DoiMention] | None:
    """Return the first of the file's own DOIs that the notice certainly names in another role, and that mention.

    A link in the running head or foot may be a mark's and lead to the notice or to the replacement. It does not count
    in these roles where the file carries the article's DOI elsewhere; one to the notice never counts.
    """
    is_the_article = any(
        is_same_work(item.value, notice.article.doi) for item in identity.dois if item.place != AT_THE_EDGE
    )
    for item in identity.dois:
        for mention in notice.doi_roles:
            if mention.role in {DoiRole.ARTICLE, DoiRole.UNKNOWN} or not is_same_work(item.value, mention.doi):
                continue
            if item.place == AT_THE_EDGE and (
                mention.role is DoiRole.NOTICE or (mention.role is DoiRole.REPLACEMENT and is_the_article)
            ):
                continue
            return item, mention
    return None


def printed_role_against(identity: Identity, notice: Notice) -> DoiMention | None:
    """Return the mention of a DOI that the first pages print and the notice certainly names in another role.

    It counts only for a file that has no DOI of its own, and does not print the article's: it may be the file's own.
    """
    if identity.dois or any(is_same_work(item.value, notice.article.doi) for item in identity.printed_dois):
        return None
    others = [m for m in notice.doi_roles if m.role not in {DoiRole.ARTICLE, DoiRole.UNKNOWN}]
    printed = {doi for doi, _ in identity.printed_dois}
    return next((mention for mention in others if mention.doi in printed), None)


def _words_of(notice: Notice) -> tuple[str, ...]:
    return (*notice.statement, notice.title, notice.article.journal)


def title_cannot_tell(identity: Identity, notice: Notice) -> str:
    """Return why a title does not identify the article in this notice; an empty string where it does.

    A duplicate, a preprint, a new version and a replacement have the title and the authors of the retracted article.
    Where the notice tells of one, or the file is a preprint, only the DOI tells them apart.
    """
    if notice.article.doi:
        return ""
    if notice.state is State.RETRACTED_AND_REPLACED:
        return "a replacement has the same title, and the notice gives no DOI of the retracted article"
    if any(_REPEATS.search(text) for text in _words_of(notice)):
        return "the notice tells of another article with the same content, and gives no DOI of the retracted one"
    named_in_notice = {mention.doi for mention in notice.doi_roles}
    preprint = next((doi for doi, _ in identity.dois if is_preprint(doi) and doi not in named_in_notice), "")
    if preprint and not any(_SPEAKS_OF_PREPRINT.search(text) for text in _words_of(notice)):
        return f"the PDF has the DOI of a preprint, {preprint}, and the notice gives no DOI of the retracted article"
    own = {doi for doi, _ in identity.dois or identity.printed_dois}
    unknown = [mention for mention in notice.doi_roles if mention.role is DoiRole.UNKNOWN]
    named = [mention for mention in unknown if mention.doi in own]
    if named and (len(unknown) > 1 or named[0].evidence != ROLE_NOT_SHOWN):
        return f"the notice names {named[0].doi}, and does not say that this is the retracted article"
    return ""


def printed_doi_against(identity: Identity, notice: Notice) -> str:
    """Return the one DOI that page 1 prints, where the file has no other and the notice names another; else ""."""
    printed = {doi for doi, place in identity.printed_dois if place.startswith(identity.page)}
    if identity.dois or not notice.article.doi or len(printed) != 1:
        return ""
    (doi,) = printed
    return "" if is_same_work(doi, notice.article.doi) else doi


def own_doi_beside(identity: Identity, notice: Notice) -> str:
    """Return the DOI that the file has, or that page 1 prints, where the notice names none of the article; else ""."""
    if notice.article.doi:
        return ""
    printed = (item for item in identity.printed_dois if item.place == identity.page)
    return next((item.value for item in (*identity.dois, *printed) if item.place != AT_THE_EDGE), "")
