"""What a PDF says of itself: identifiers and titles, each with the place it was read from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from watermark.article.identifiers import SourcedValue, arxiv_doi, is_placeholder, piis_in, pmid_named
from watermark.article.printed_identifiers import Pages, printed_in
from watermark.article.title_matching import comparable, is_title
from watermark.notice import dois_in, normalised_doi
from watermark.notice.dates import iso_date
from watermark.runtime.expressions import expression

DOI_PROPERTIES = ("prism:doi", "pdfx:doi", "crossmark:DOI", "dc:identifier", "prism:url", "pdfx:WPS-ARTICLEDOI")
DOI_ENTRIES = ("/doi", "/DOI", "/WPS-ARTICLEDOI", "/Subject", "/Keywords")
ARXIV_ENTRY = "/arXivID"
PMID_PROPERTIES = ("dc:identifier", "pdfx:PMID", "pdfx:pmid")
PMID_ENTRIES = ("/PMID", "/pmid", "/Subject", "/Keywords")
XMP, DOCUMENT_INFORMATION = "XMP", "document information"
METADATA = (XMP, DOCUMENT_INFORMATION)
"""How the places of values begin that are in the metadata, and not on a page."""
_DATE = expression(r"(?:D:)?([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9]{3}-)")
_PAGE = expression(r"(?<=\bpage )[0-9]+")
MAX_TEXT_LENGTH = 20_000
MAX_TITLE_LENGTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """How the file identifies itself. The strongest source comes first; `first_page_text` is that of page 1.

    `dois` are the file's own, those that arXiv gives by its number included; `printed_dois` are on the first two pages,
    and are not known to be its own. `piis` are publisher item identifiers of the metadata, `pmids` the file's own
    PubMed IDs. `titles` are those of the metadata and what page 1 has in its largest type; `large_type` is what else is
    set large there, and may be the title. `created` is the later of the days (ISO 8601) on which the metadata say that
    the file was made. `first_page` is the number of the article's page 1 in its file, which is another one in a volume;
    places name pages of the file.
    """

    dois: tuple[SourcedValue, ...] = ()
    printed_dois: tuple[SourcedValue, ...] = ()
    piis: tuple[SourcedValue, ...] = ()
    pmids: tuple[SourcedValue, ...] = ()
    titles: tuple[SourcedValue, ...] = ()
    large_type: tuple[SourcedValue, ...] = field(default=(), metadata={"json": "large"})
    first_page_text: str = field(default="", metadata={"json": "opening"})
    created: str = ""
    first_page: int = 1

    @property
    def page(self) -> str:
        """The article's page 1, as its place in the file: “page 113”."""
        return f"page {self.first_page}"


def identity_of(
    properties: Mapping[str, str],
    info: Mapping[str, str],
    pages: Pages = (),
    links: Sequence[SourcedValue] = (),
    *,
    first_page: int = 1,
) -> Identity:
    """Return what XMP properties, the document information, the links and the pages say, in this order of trust.

    `properties` are keyed by their usual prefixes (`prism:doi`), `info` by PDF names (`/Title`). Values are read as
    they are; nothing is guessed. `first_page` is the number in the file of the first one of the pages.
    """
    dois = [SourcedValue(_doi(properties.get(key, "")), f"{XMP} {key}") for key in DOI_PROPERTIES]
    dois += [
        SourcedValue(doi, _entry(key)) for key in DOI_ENTRIES for doi in dois_in(info.get(key, "")[:MAX_TEXT_LENGTH])
    ]
    dois.append(SourcedValue(arxiv_doi(info.get(ARXIV_ENTRY, "")[:MAX_TEXT_LENGTH]), _entry(ARXIV_ENTRY)))
    titles = [
        SourcedValue(properties.get("dc:title", ""), f"{XMP} dc:title"),
        SourcedValue(info.get("/Title", ""), _entry("/Title")),
    ]
    texts = [(f"{XMP} {key}", properties.get(key, "")) for key in ("dc:identifier", "dc:title")]
    texts += [(_entry(key), info.get(key, "")) for key in ("/Title", "/Subject")]
    titles = [SourcedValue(" ".join(title[:MAX_TITLE_LENGTH].split()), place) for title, place in titles]
    journal = comparable(properties.get("prism:publicationName", "")[:MAX_TITLE_LENGTH])
    titles = [title for title in titles if is_title(title.value) and comparable(title.value) != journal]
    printed = printed_in(pages, [title for title, _ in titles])
    on_page = [title for title in printed.titles if comparable(title.value) != journal]
    on_pages = _in_file((*links, *printed.own), first_page)
    own = _each_once(item for item in (*dois, *on_pages) if not is_placeholder(item.value))
    known = {doi for doi, _ in own}
    return Identity(
        dois=own,
        printed_dois=_in_file((item for item in printed.others if item.value not in known), first_page),
        piis=_each_once(SourcedValue(pii, place) for place, text in texts for pii in piis_in(text[:MAX_TEXT_LENGTH])),
        pmids=_each_once((*_pmids(properties, info), *_in_file(printed.pmids, first_page))),
        titles=_each_once((*titles, *_in_file(on_page[:1], first_page))),
        large_type=_in_file(on_page[1:], first_page),
        first_page_text="\n".join(line.words for line in pages[0])[:MAX_TEXT_LENGTH] if pages else "",
        created=max(_day(properties.get("xmp:CreateDate", "")), _day(info.get("/CreationDate", ""))),
        first_page=first_page,
    )


def _pmids(properties: Mapping[str, str], info: Mapping[str, str]) -> Iterator[SourcedValue]:
    """Yield the PubMed ID of each entry of the metadata that names one; an entry named for it may be a bare number."""
    values = [(key, f"{XMP} {key}", properties.get(key, "")) for key in PMID_PROPERTIES]
    values += [(key, _entry(key), info.get(key, "")) for key in PMID_ENTRIES]
    for key, place, text in values:
        label = "PMID: " if key.lower().endswith("pmid") and text.strip().isdecimal() else ""
        yield SourcedValue(pmid_named(label + text[:MAX_TEXT_LENGTH].strip()), place)


def _in_file(found: Iterable[SourcedValue], first_page: int) -> tuple[SourcedValue, ...]:
    """Return values with the pages of their places counted in the file, and not in the article."""
    ahead = first_page - 1
    return tuple(SourcedValue(value, _PAGE.sub(lambda one: str(int(one[0]) + ahead), place)) for value, place in found)


def _day(text: str) -> str:
    """Return the day of a date of XMP or of the document information, as ISO 8601; "" for what is not a date."""
    found = _DATE.match(text)
    return iso_date("-".join(found.groups())) if found else ""


def _entry(key: str) -> str:
    """Return the name of an entry of the document information, for people."""
    return f"{DOCUMENT_INFORMATION}, {key.removeprefix('/')}"


def _doi(text: str) -> str:
    """Return the DOI that a property holds: one in full, or that of an arXiv number or address."""
    return normalised_doi(text) or arxiv_doi(text[:MAX_TEXT_LENGTH])


def _each_once(found: Iterable[SourcedValue]) -> tuple[SourcedValue, ...]:
    seen: dict[str, SourcedValue] = {}
    for item in found:
        if item.value:
            seen.setdefault(item.value, item)
    return tuple(seen.values())
