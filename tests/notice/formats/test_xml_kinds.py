"""arXiv's, DataCite's, BITS', Crossref's and JATS' XML: what each says of a retraction, and what it does not."""

# ruff: noqa: E501 - a record on one line is easier to compare

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.notice.texts import assert_refused_quickly, read
from watermark.notice import State

NEWTS = "Newts of the northern ponds"
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
WITHDRAWN = "This paper has been withdrawn by the author due to an error in equation 1."
LINK = '<related-article related-article-type="retracted-article" ext-link-type="doi" xlink:href="10.5555/pond.1"/>'
DAY = "<day>4</day><month>5</month><year>2024</year>"


def arxiv(summary: str = WITHDRAWN, *, number: str = "2101.00001v3", title: str = NEWTS, more: str = "") -> str:
    return (
        "<entry><id>http://arxiv.org/abs/" + number + "</id><updated>2021-03-04T00:00:00Z</updated>"
        f"<published>2021-01-01T00:00:00Z</published><title>{title}</title><summary>{summary}</summary>"
        f"<author><name>Ann Ode</name></author>{more}</entry>"
    )


def feed(*entries: str, top: str = '<?xml version="1.0"?>') -> str:
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    return f"{top}<feed {names}><title>ArXiv Query</title>{''.join(entries)}</feed>"


def datacite(
    dates: str = '<date dateType="Withdrawn">2024-05-04</date>',
    *,
    title: str = NEWTS,
    version: str = "4",
    doi: str = "10.5555/Pond.1",
) -> str:
    return (
        f'<resource xmlns="http://datacite.org/schema/kernel-{version}"><identifier identifierType="DOI">{doi}</identifier>'
        "<creators><creator><creatorName>Ode, Ann</creatorName></creator></creators>"
        f"<titles><title>{title}</title></titles><publicationYear>2018</publicationYear><dates>{dates}</dates></resource>"
    )


def bits(part: str = "retraction", *, link: str = LINK, title: str = f"Retraction: {NEWTS}", wrapper: str = "") -> str:
    chapter = (
        f'<book-part book-part-type="{part}"><book-part-meta><book-part-id book-part-id-type="doi">10.5555/n1</book-part-id>'
        f"<title-group><title>{title}</title></title-group><pub-date>{DAY}</pub-date>{link}</book-part-meta>"
        "<body><p>The editors retract this chapter because of image duplication.</p></body></book-part>"
    )
    book = '<book-meta><book-id book-id-type="doi">10.5555/book</book-id></book-meta>'
    if wrapper:
        return f"<book-part-wrapper {XLINK}>{book}{chapter}</book-part-wrapper>"
    return f"<book {XLINK}>{book}<book-body>{chapter}</book-body></book>"


def jats(title: str, *, kind: str = "retraction", link: str = LINK, body: str = "The editors retract it.") -> str:
    return (
        f'<article article-type="{kind}" {XLINK}><front><article-meta><article-id pub-id-type="doi">10.5555/n1</article-id>'
        f"<title-group><article-title>{title}</article-title></title-group><pub-date>{DAY}</pub-date>{link}"
        f"</article-meta></front><body><p>{body}</p></body></article>"
    )


def deposit(update: str, *, dates: str = "", head: str = "") -> str:
    return (
        f"<doi_batch>{head}<body><journal><journal_article><titles><title>Retraction: {NEWTS}</title></titles>{dates}"
        f"<crossmark><updates>{update}</updates></crossmark><doi_data><doi>10.5555/n1</doi></doi_data>"
        "</journal_article></journal></body></doi_batch>"
    )


@pytest.mark.parametrize(
    "text",
    [
        feed(arxiv()),
        arxiv().replace("<entry>", '<entry xmlns="http://www.w3.org/2005/Atom">'),
        feed(arxiv(), top="<!-- a remark -->"),
        feed(arxiv("Newts.", more="<arxiv:comment>This submission has been withdrawn by arXiv.</arxiv:comment>")),
        feed(arxiv("Withdrawn: the proof of lemma 2 is wrong.")),
        feed(arxiv("The paper is withdrawn.")),
        feed(arxiv("The authors have decided that this manuscript should be withdrawn.")),
        feed(arxiv(number="2101.00001")),
        feed(arxiv(number="2101.00001v12")),
        feed(arxiv(), arxiv("Toads.", number="2101.00002v1")),
        feed(arxiv(more="<arxiv:doi>10.5555/journal.version</arxiv:doi>")),
    ],
)
def test_an_e_print_that_was_withdrawn_is_known_by_its_doi_at_arxiv(tmp_path: Path, text: str) -> None:
    given = read(tmp_path, text)
    notice = given.notice
    assert (notice.state, notice.article.doi, notice.date) == (
        State.WITHDRAWAL,
        "10.48550/arxiv.2101.00001",
        "2021-03-04",
    )
    assert (notice.article.title, given.dated_source) == (NEWTS, "arXiv, 2021-03-04")
    assert notice.url.startswith("https://arxiv.org/abs/2101.00001")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (feed(arxiv("Newts live in ponds.")), r"arXiv record says nothing of a retraction.*10\.48550/arxiv"),
        (feed(arxiv("The data of this paper were not withdrawn.")), "says nothing"),
        (feed(arxiv("Funds were withdrawn from the bank.")), "says nothing"),
        (feed(), "arXiv record is empty"),
        (feed(top='<!DOCTYPE x [<!ENTITY a "b">]>'), "declares entities"),
        (feed(arxiv(), arxiv(number="2101.00009v1")), "2 articles"),
        (feed(arxiv(title="\x01")), "cannot be read"),
        ('<feed xmlns="urn:other"><entry/></feed>', "neither JATS nor another form"),
        ("<feed>" * 1000, "cannot be read"),
        (datacite(dates=""), r"DataCite record says nothing of a retraction.*10\.5555/pond\.1"),
        (datacite('<date dateType="Issued">2018</date>'), "says nothing"),
        (datacite().replace("kernel-4", "other"), "neither JATS"),
        (datacite(title="Retracted: x", dates="", doi="10.1155/2024/1"), "cannot tell whether"),
        (jats(NEWTS, kind="research-article", link=""), "not a retraction notice"),
        (jats("Retraction: a study of the globe", kind="research-article", link=""), "not a retraction notice"),
        (jats("Retraction: a study of the globe", kind="case-report", link=""), "not a retraction notice"),
        (jats("Retraction of the eye", kind="review-article", link=""), "not a retraction notice"),
        (deposit('<update type="retraction"><date>2024-05-04</date></update>'), "names no DOI"),
        (deposit('<update type="retraction"><doi>10.5555/a</doi></update><update type="retraction">10.5555/b</update>'), "2 art"),
    ],
)  # fmt: skip
def test_what_retracts_nothing_is_reported_quickly(tmp_path: Path, text: str, words: str) -> None:
    assert_refused_quickly(tmp_path, text, words)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (datacite(), State.WITHDRAWAL),
        (datacite(version="3"), State.WITHDRAWAL),
        (datacite('<date dateType="withdrawn">2024-05-04T10:00:00Z</date>'), State.WITHDRAWAL),
        (datacite(title=f"RETRACTED: {NEWTS}"), State.RETRACTION),
        (datacite("", title=f"RETRACTED: {NEWTS}"), State.RETRACTION),
        (datacite(title=f"REMOVED: {NEWTS}"), State.REMOVAL),
        (f"<record><metadata>{datacite()}</metadata></record>", State.WITHDRAWAL),
        (datacite('<date dateType="Issued">2018</date><date dateType="Withdrawn">2024-05-04</date>'), State.WITHDRAWAL),
        (datacite('<date dateType="Withdrawn">soon</date>'), State.WITHDRAWAL),
        ('<?xml version="1.0"?><!-- x -->' + datacite(), State.WITHDRAWAL),
    ],
)
def test_datacite_says_that_a_work_was_withdrawn(tmp_path: Path, text: str, state: State) -> None:
    given = read(tmp_path, text)
    assert (given.notice.state, given.notice.article.doi, given.source) == (state, "10.5555/pond.1", "DataCite")
    assert (given.notice.article.title, given.notice.article.authors) == (NEWTS, ("Ode Ann",))
    assert given.notice.date in {"2024-05-04", ""}


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (bits(), State.RETRACTION),
        (bits(wrapper="yes"), State.RETRACTION),
        (bits("Retraction"), State.RETRACTION),
        (bits("chapter"), State.RETRACTION),
        (bits("expression-of-concern", title=NEWTS, link=LINK.replace("retracted-article", "object-of-concern")),
         State.EXPRESSION_OF_CONCERN),
        (bits("partial-retraction", title=f"Partial retraction: {NEWTS}"), State.PARTIAL_RETRACTION),
        (bits(title=f"Partial retraction: {NEWTS}"), State.PARTIAL_RETRACTION),
        (bits(title=f"Removal notice to: {NEWTS}"), State.REMOVAL),
        (bits().replace("related-article", "related-object"), State.RETRACTION),
        (bits().replace("<book-body>", "<book-body><book-part><book-part-meta><title-group><title>Toads</title></title-group>"
                        "</book-part-meta><body><p>x</p></body></book-part>"), State.RETRACTION),
    ],
)  # fmt: skip
def test_a_chapter_is_retracted_as_an_article_is(tmp_path: Path, text: str, state: State) -> None:
    notice = read(tmp_path, text).notice
    assert (notice.state, notice.article.doi, notice.doi, notice.date) == (
        state,
        "10.5555/pond.1" if "related-object " not in text else notice.article.doi,
        "10.5555/n1",
        "2024-05-04",
    )


@pytest.mark.parametrize(
    ("title", "state"),
    [
        (f"Removal notice to: {NEWTS}", State.REMOVAL),
        (f"Removal: {NEWTS}", State.REMOVAL),
        (f"{NEWTS} [Removal]", State.REMOVAL),
        (f"Partial retraction: {NEWTS}", State.PARTIAL_RETRACTION),
        (f"{NEWTS} [Partial Retraction]", State.PARTIAL_RETRACTION),
        (f"Retraction: {NEWTS}", State.RETRACTION),
        (f"Retraction and replacement: {NEWTS}", State.RETRACTED_AND_REPLACED),
    ],
)
def test_a_title_that_says_more_than_the_tags_decides(tmp_path: Path, title: str, state: State) -> None:
    assert read(tmp_path, jats(title)).notice.state is state
    crossref = (
        f'{{"DOI": "10.5555/n1", "title": ["{title}"], "update-to": [{{"DOI": "10.5555/a", "type": "retraction"}}]}}'
    )
    assert read(tmp_path, crossref).notice.state is state
    pubmed = (
        f"<PubmedArticle><MedlineCitation><Article><ArticleTitle>{title}</ArticleTitle></Article><CommentsCorrectionsList>"
        '<CommentsCorrections RefType="RetractionOf"><RefSource>J. 2018. doi: 10.5555/a.</RefSource></CommentsCorrections>'
        "</CommentsCorrectionsList></MedlineCitation></PubmedArticle>"
    )
    assert read(tmp_path, pubmed).notice.state is state


def test_the_record_of_a_research_article_with_a_label_is_that_of_the_retracted_article(tmp_path: Path) -> None:
    notice = read(tmp_path, jats(f"RETRACTED: {NEWTS}", kind="research-article", link="")).notice
    assert (notice.article.doi, notice.doi, notice.article.title) == ("10.5555/n1", "", NEWTS)


@pytest.mark.parametrize(
    "update",
    [
        '<update type="retraction" date="2024-05-04">10.5555/pond.1</update>',
        '<update type="retraction" date="2024-05-04">\n  10.5555/pond.1\n</update>',
        '<update type="retraction"><doi>10.5555/pond.1</doi><date><month>05</month><day>04</day><year>2024</year></date></update>',
        '<update type="retraction"><date><year>2024</year><month>05</month><day>04</day></date><doi>10.5555/pond.1</doi></update>',
        '<update type="retraction"><doi>10.5555/pond.1</doi><date>2024-05-04</date></update>',
        '<update type="retraction"><date>2024-05-04</date>10.5555/pond.1</update>',
        '<update type="retraction" label="Retraction" date="2024-05-04"><doi>https://doi.org/10.5555/pond.1</doi></update>',
    ],
)
def test_the_doi_and_the_date_of_an_update_stay_apart(tmp_path: Path, update: str) -> None:
    notice = read(tmp_path, deposit(update)).notice
    assert (notice.article.doi, notice.date, notice.doi) == ("10.5555/pond.1", "2024-05-04", "10.5555/n1")


@pytest.mark.parametrize("is_print_first", [True, False])
def test_the_day_online_comes_before_the_day_in_print(tmp_path: Path, is_print_first: bool) -> None:  # noqa: FBT001
    both = [
        '<publication_date media_type="print"><month>07</month><year>2024</year></publication_date>',
        f'<publication_date media_type="online">{DAY}</publication_date>',
    ]
    dates = "".join(both if is_print_first else both[::-1])
    head = "<head><timestamp>20240601120000</timestamp></head>"
    given = read(tmp_path, deposit('<update type="retraction">10.5555/pond.1</update>', dates=dates, head=head))
    assert (given.notice.date, given.dated_source) == ("2024-05-04", "Crossref, 2024-06-01")


@pytest.mark.parametrize("records", [1, 800])
def test_eight_hundred_articles_in_one_file_are_read_in_two_seconds(tmp_path: Path, records: int) -> None:
    links = [LINK.replace("pond.1", f"pond.{number}") for number in range(800)]
    if records == 1:
        text = jats("Retraction notice", link="".join(links), body="The editors retract these articles. " * 100)
    else:
        text = "<articles>" + "".join(jats(f"Retraction: {NEWTS}", link=link) for link in links) + "</articles>"
    start = time.process_time()
    assert read(tmp_path, text, "10.5555/pond.7").notice.article.doi == "10.5555/pond.7"
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (LINK, "The editors retract it."),
        (LINK.replace("10.5555/pond.1", "https://doi.org/10.5555%2FPOND.1"), "The editors retract it."),
        ("", "The editors retract the article https://doi.org/10.5555/pond.1 for errors."),
        (LINK.replace("10.5555/pond.1", ""), "The editors retract the article https://doi.org/10.5555/pond.1."),
    ],
)
def test_a_later_reinstatement_counts_wherever_a_file_names_the_article(tmp_path: Path, link: str, words: str) -> None:
    other = jats(f"Retraction: {NEWTS}", link=LINK.replace("pond.1", "pond.2"))
    earlier = jats(f"Retraction: {NEWTS}").replace("<year>2024", "<year>2023")
    later = jats("Reinstatement", kind="reinstatement", link=link.replace("retracted", "reinstated"), body=words)
    found = read(tmp_path, f"<articles>{other}{earlier}{later}</articles>", "10.5555/pond.1").notice
    assert (found.state, found.article.doi) == (State.REINSTATEMENT, "10.5555/pond.1")


def test_a_text_loads_the_module_of_no_other_form(tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("# Mice [Retraction]\n\nWe have retracted this article.\n")
    code = (
        "import sys, pathlib; from watermark.notice import read_notice; read_notice(pathlib.Path(sys.argv[1]));"
        "print(sorted(name for name in sys.modules if name.startswith('watermark.notice.formats.')), 'lxml' in sys.modules)"
    )
    run = [sys.executable, "-c", code, str(tmp_path / "n.md")]
    loaded = subprocess.run(run, capture_output=True, text=True, check=True).stdout
    forms = (
        "crossref",
        "jats",
        "pubmed",
        "nbib",
        "ris",
        "bibtex",
        "word",
        "web_page",
        "index_",
        "json_records",
        "template",
    )
    assert not [form for form in forms if f"formats.{form}" in loaded]
    assert loaded.endswith("False\n")
