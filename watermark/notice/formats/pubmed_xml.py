"""PubMed's XML: the record of a retracted article (`RetractionIn`) or of its notice (`RetractionOf`)."""

from collections.abc import Iterator

from watermark.notice.dates import date_in_words, iso_date
from watermark.notice.doi import normalised_doi
from watermark.notice.formats.index_record import (
    IndexLink,
    IndexRecord,
    person,
    reading_of,
    unlabelled,
)
from watermark.notice.formats.pubmed_links import link_type
from watermark.notice.formats.reading import Reading
from watermark.notice.model import Reference
from watermark.notice.xml import Element, attribute, child, children, every, name_of, words_of

ROOTS = frozenset({"PubmedArticleSet", "PubmedArticle", "MedlineCitationSet", "MedlineCitation", "PubmedBookArticle"})
SOURCE = "PubMed"


def from_pubmed(root: Element, *, article_doi: str = "") -> Reading:
    """Return what the PubMed records say of one article.

    Raises NoticeError when none tells of a retraction, or when they are about several articles and none is chosen.
    """
    citations = [root] if name_of(root) == "MedlineCitation" else list(every(root, "MedlineCitation"))
    return reading_of([_record(citation) for citation in citations], "PubMed record", article_doi)


def _record(citation: Element) -> IndexRecord:
    article = child(citation, "Article")
    issue = child(article, "Journal", "JournalIssue")
    title = words_of(child(article, "ArticleTitle"))
    online = [date for date in children(article, "ArticleDate") if attribute(date, "DateType") != "Print"]
    date = next((day for element in (*online, *children(issue, "PubDate")) if (day := _date(element))), "")
    pages = words_of(child(article, "Pagination", "MedlinePgn"))
    return IndexRecord(
        source=SOURCE,
        source_date=_date(child(citation, "DateRevised")),
        title=title,
        work=Reference(
            authors=tuple(_authors(article)),
            title=unlabelled(title),
            journal=words_of(child(article, "Journal", "Title")),
            year=int(date[:4]) if date else None,
            volume=words_of(child(issue, "Volume")),
            issue=words_of(child(issue, "Issue")),
            pages=pages,
            doi=_doi(citation, article),
        ),
        date=date,
        kinds=tuple(map(words_of, children(article, "PublicationTypeList", "PublicationType"))),
        paragraphs=tuple(map(words_of, children(article, "Abstract", "AbstractText"))),
        links=tuple(_links(citation)),
        pmid=words_of(child(citation, "PMID")),
    )


def _doi(citation: Element, article: Element | None) -> str:
    """Return the record's own DOI: never one of its references, which are listed in the same way."""
    places = [e for e in children(article, "ELocationID") if attribute(e, "EIdType").lower() == "doi"]
    ids = children(citation.getparent(), "PubmedData", "ArticleIdList", "ArticleId")
    places += [e for e in ids if attribute(e, "IdType").lower() == "doi"]
    return next((doi for place in places if (doi := normalised_doi(words_of(place)))), "")


def _links(citation: Element) -> Iterator[IndexLink]:
    for element in children(citation, "CommentsCorrectionsList", "CommentsCorrections"):
        if meaning := link_type(attribute(element, "RefType")):
            state, to_the_article = meaning
            yield IndexLink(
                state=state,
                to_the_article=to_the_article,
                citation=words_of(child(element, "RefSource")),
                pmid=words_of(child(element, "PMID")),
            )


def _authors(article: Element | None) -> Iterator[str]:
    for author in children(article, "AuthorList", "Author"):
        given = words_of(child(author, "ForeName")) or words_of(child(author, "Initials"))
        if name := person(words_of(child(author, "LastName")), given) or words_of(child(author, "CollectiveName")):
            yield name


def _date(element: Element | None) -> str:
    year, month, day = (words_of(child(element, part)) for part in ("Year", "Month", "Day"))
    if not year:
        return date_in_words(" ".join(reversed(words_of(child(element, "MedlineDate")).split()[:3])))
    if month.isascii() and month.isdigit():
        numbers = [year, month.zfill(2), *([day.zfill(2)] if day else [])]
        return iso_date("-".join(numbers)) or iso_date(year)
    return date_in_words(" ".join(filter(None, (day, month, year)))) or iso_date(year)
