"""A JATS record gives its facts in each dialect, and a hostile one costs nothing."""

import time
from pathlib import Path

import pytest

from watermark.errors import NoticeError
from watermark.notice import Notice, Reference, State, read_notice

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
LINK = '<related-article related-article-type="retracted-article" ext-link-type="doi" xlink:href="10.5555/Mice.7"/>'
DAY = '<pub-date pub-type="epub"><day>5</day><month>5</month><year>2024</year></pub-date>'
TITLE = "Retraction: Sleep in older mice"
SAYING = "The editors have retracted this article."


def record(  # one keyword for each part that a table changes
    *,
    kind: str = "retraction",
    title: str = TITLE,
    link: str = LINK,
    day: str = DAY,
    meta: str = "",
    body: str = f"<p>{SAYING}</p>",
    top: str = '<?xml version="1.0" encoding="UTF-8"?>\n',
    attributes: str = "",
) -> str:
    return (
        f'{top}<article article-type="{kind}" {XLINK} {attributes}><front><article-meta>'
        '<article-id pub-id-type="pmid">1</article-id><article-id pub-id-type="doi">10.5555/NOTE.1</article-id>'
        f"<title-group><article-title>{title}</article-title></title-group>{meta}{day}{link}"
        f"</article-meta></front><body>{body}</body></article>"
    )


def related(kind: str, rest: str = 'ext-link-type="doi" xlink:href="10.5555/Mice.7"', inside: str = "") -> str:
    return f'<related-article related-article-type="{kind}" {rest}>{inside}</related-article>'


def read(tmp_path: Path, text: str | bytes, article_doi: str = "") -> Notice:
    path = tmp_path / "n"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    found = read_notice(path, article_doi=article_doi)
    assert (found.media_type, found.warnings) == ("application/xml", ())
    return found.notice


def test_each_part_of_a_record_is_a_fact_and_nothing_else_is_reported(tmp_path: Path) -> None:
    assert read(tmp_path, record()) == Notice(
        state=State.RETRACTION,
        article=Reference(title="Sleep in older mice", doi="10.5555/mice.7"),
        title=TITLE,
        doi="10.5555/note.1",
        date="2024-05-05",
        issuers=("editors",),
        statement=(SAYING,),
    )


@pytest.mark.parametrize(
    "text",
    [
        record(top=""),
        record(top='<?xml version="1.0"?>\n<!-- from the press -->\n<?style x?>\n'),
        record(top='<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) 1.3//EN" "JATS-journalpublishing1-3.dtd">\n'),
        record(attributes='xmlns="http://jats.nlm.nih.gov/ns/archiving/1.3/"'),
        record(attributes='dtd-version="1.1"').replace("<article ", "<pmc-articleset><article ") + "</pmc-articleset>",
        record(kind="Retraction"),
        record(kind="retraction-notice"),
        record(link=LINK + LINK),
        record(link=related("retraction-of")),
        record(link=related("Retracted_Article")),
        record(link=related("retracted-article", 'ext-link-type="uri" xlink:href="https://doi.org/10.5555/mice.7"')),
        record(link=related("retracted-article", "", "<pub-id pub-id-type='doi'>10.5555/mice.7</pub-id>")),
        record(link=related("retracted-article", "", "See doi:10.5555/mice.7.")),
        record(link=LINK + related("retracted-article", 'ext-link-type="pmid" xlink:href="31234567"')),
        record(link=related("retracted-article", 'ext-link-type="pmc" xlink:href="PMC7"') + LINK),
        record(link=LINK + related("republished-article", 'xlink:href="10.5555/again"')),
        record(link=LINK + related("companion", 'xlink:href="10.5555/other"')),
        record(
            link='<related-object link-type="retracted-article" document-id-type="doi" document-id="10.5555/mice.7"/>'
        ),
        record(kind="other"),
        record(title="Retraction: Sleep in <italic>older</italic> mice<xref ref-type='fn'>*</xref>"),
        record(title="Retraction: Sleep\n   in older <named-content>mi<!-- x -->ce</named-content><fn><p>n</p></fn>"),
    ],
)
def test_the_dialect_does_not_matter(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == read(tmp_path, record())


@pytest.mark.parametrize(
    ("kind", "link", "state"),
    [
        ("partial-retraction", related("partial-retraction"), State.PARTIAL_RETRACTION),
        ("expression-of-concern", related("object-of-concern"), State.EXPRESSION_OF_CONCERN),
        ("other", related("object-of-concern"), State.EXPRESSION_OF_CONCERN),
        ("correction", related("corrected-article"), State.CORRECTION),
        ("correction", related("retracted-article"), State.CORRECTION),
        ("addendum", related("addended-article"), State.ADDENDUM),
        ("erratum", related("corrected-article"), State.ERRATUM),
        ("withdrawal", related("withdrawn-article"), State.WITHDRAWAL),
        ("removal", related("removed-article"), State.REMOVAL),
        ("reinstatement", related("reinstated-article"), State.REINSTATEMENT),
        ("retraction", related("retraction"), State.RETRACTION),
        ("retraction", related("correction-forward") + LINK, State.RETRACTION),
    ],
)
def test_the_kind_is_known_by_the_record_or_by_its_link(tmp_path: Path, kind: str, link: str, state: State) -> None:
    notice = read(tmp_path, record(kind=kind, link=link, title="A note on sleep in older mice"))
    assert (notice.state, notice.article.doi) == (state, "10.5555/mice.7")


@pytest.mark.parametrize(
    ("day", "date"),
    [
        ("<pub-date><year>2024</year><month>05</month><day>05</day></pub-date>", "2024-05-05"),
        ("<pub-date><month>May</month><day>5</day><year>2024</year></pub-date>", "2024-05-05"),
        ('<pub-date iso-8601-date="2024-05-05"><year>2024</year></pub-date>', "2024-05-05"),
        ('<pub-date iso-8601-date="2024-05-05T12:00:00Z"/>', "2024-05-05"),
        ("<pub-date><string-date>5 May 2024</string-date></pub-date>", "2024-05-05"),
        ("<pub-date><year>2024</year><month>5</month></pub-date>", "2024-05"),
        ("<pub-date><year>2024</year></pub-date>", "2024"),
        ("<pub-date><season>Spring</season><year>2024</year></pub-date>", "2024"),
        ("<pub-date><day>31</day><month>2</month><year>2024</year></pub-date>", ""),
        ("<pub-date><day>5</day><month>13</month><year>2024</year></pub-date>", ""),
        ('<pub-date iso-8601-date="2024-05-06"><year>2024</year><month>5</month><day>5</day></pub-date>', ""),
        ('<pub-date pub-type="collection"><year>2023</year></pub-date>' + DAY, "2024-05-05"),
        ('<pub-date pub-type="ppub"><year>2025</year></pub-date>' + DAY, "2024-05-05"),
        (
            "<pub-date date-type='pub' publication-format='print'><year>2025</year></pub-date>{}".format(
                "<pub-date date-type='pub' publication-format='electronic'><year>2024</year></pub-date>"
            ),
            "2024",
        ),
        ("", ""),
    ],
)
def test_dates_are_read_in_every_order_and_never_guessed(tmp_path: Path, day: str, date: str) -> None:
    assert read(tmp_path, record(day=day)).date == date


@pytest.mark.parametrize(
    ("inner", "words"),
    [
        ("H<sub>2</sub>O and <italic>in <bold>vivo</bold></italic>", "H2O and in vivo"),
        ("p &lt; 0.05 &amp; more &#x2013; yes", "p < 0.05 & more \u2013 yes"),
        (
            "<mml:math xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:mi>E</mml:mi><mml:mo>=</mml:mo></mml:math>",
            "E=",
        ),
        (
            "<alternatives><tex-math>\\begin{document}x\\end{document}</tex-math><textual-form>x</textual-form></alternatives>",
            "x",
        ),
        ("one<break/>two", "one two"),
        ("a<![CDATA[ <b> & ]]>c", "a <b> & c"),
    ],
)
def test_mixed_content_is_flat_text(tmp_path: Path, inner: str, words: str) -> None:
    notice = read(tmp_path, record(title=f"Retraction: {inner}"))
    assert (notice.title, notice.article.title) == (f"Retraction: {words}", words)


def test_the_body_is_read_by_the_rules_for_text(tmp_path: Path) -> None:
    body = (
        "<sec><title>Notice</title><p>At the request of the University of Nod, we, the Editor and Publisher of"
        " <italic>Dormant Mice</italic>, have retracted this article. We followed the COPE guidelines.</p>"
        "<p>Panels are the same:<list><list-item><p>Figure 1A was duplicated with Figure 2B from Roe P. Naps. "
        '<italic>Sleep Sci.</italic> 2019;4:1-9. <ext-link xlink:href="https://doi.org/10.5555/naps">link</ext-link></p>'
        "</list-item></list></p><p>It will stay online, watermarked as “Retracted”.</p></sec>"
    )
    notice = read(tmp_path, record(body=body))
    assert notice.issuers == ("Editor of Dormant Mice", "Publisher of Dormant Mice")
    assert notice.requested_by == ("University of Nod",)
    assert notice.reasons == ("image duplication",)
    assert notice.policies == ("COPE guidelines",)
    (match,) = notice.figure_matches
    assert (match.figures, match.source_figure, match.source.doi) == (("1A",), "2B", "10.5555/naps")
    assert match.source.journal == "Sleep Sci"
    assert (notice.stays_online, notice.mark_text) == (True, "Retracted")
    assert notice.statement[1:3] == (
        notice.statement[1],
        "Panels are the same:",
    )


def test_a_link_that_cites_the_article_gives_its_parts(tmp_path: Path) -> None:
    inside = (
        "<name><surname>Ode</surname><given-names>A</given-names></name><article-title>RETRACTED: Naps</article-title>"
        "<source>Mice</source><year>2021</year><volume>7</volume><issue>3</issue><fpage>1</fpage><lpage>9</lpage>"
    )
    rest = 'ext-link-type="doi" xlink:href="10.5555/mice.7"'
    article = read(tmp_path, record(title="Retraction", link=related("retracted-article", rest, inside))).article
    assert article == Reference(
        authors=("Ode A",),
        title="Naps",
        journal="Mice",
        year=2021,
        volume="7",
        issue="3",
        pages="1-9",
        doi="10.5555/mice.7",
    )


def test_editors_issue_a_notice_and_the_article_s_authors_do_not(tmp_path: Path) -> None:
    meta = (
        "<contrib-group><contrib contrib-type='author'><name><surname>Ode</surname></name></contrib>"
        "<contrib contrib-type='editor'><name><surname>Poe</surname><given-names>Ed</given-names></name></contrib>"
        "<contrib><collab>The Dormant Editors</collab></contrib></contrib-group>"
    )
    assert read(tmp_path, record(meta=meta)).issuers == ("Ed Poe", "The Dormant Editors")


def test_address_and_language_are_taken_from_the_front(tmp_path: Path) -> None:
    meta = '<self-uri content-type="pdf" xlink:href="https://x.org/a.pdf"/><self-uri xlink:href="https://x.org/a"/>'
    notice = read(tmp_path, record(meta=meta, attributes='xml:lang="pt-BR"'))
    assert (notice.url, notice.language) == ("https://x.org/a", "pt-BR")


EVENT = "<pub-history><event event-type='{}'><date iso-8601-date='2024-05-05'/></event></pub-history>"
FORWARD = related("retraction-forward", 'ext-link-type="doi" xlink:href="10.5555/gone"')


@pytest.mark.parametrize(
    ("kind", "link", "state", "doi", "date"),
    [
        ("research-article", FORWARD, State.RETRACTION, "10.5555/gone", ""),
        ("research-article", EVENT.format("retracted"), State.RETRACTION, "", "2024-05-05"),
        ("research-article", EVENT.format("retracted") + FORWARD, State.RETRACTION, "10.5555/gone", "2024-05-05"),
        ("retracted-article", "", State.RETRACTION, "", ""),
        ("research-article", related("concern-forward"), State.EXPRESSION_OF_CONCERN, "10.5555/mice.7", ""),
        ("research-article", FORWARD + related("correction-forward"), State.RETRACTION, "10.5555/gone", ""),
        ("research-article", EVENT.format("withdrawn"), State.WITHDRAWAL, "", "2024-05-05"),
    ],
)
def test_the_article_s_own_record_points_to_its_notice(  # noqa: PLR0917 - the columns of the table
    tmp_path: Path, kind: str, link: str, state: State, doi: str, date: str
) -> None:
    notice = read(tmp_path, record(kind=kind, link=link, title="RETRACTED: Sleep"))
    assert (notice.state, notice.doi, notice.date) == (state, doi, date)
    assert (notice.article.title, notice.article.doi, notice.article.year) == ("Sleep", "10.5555/note.1", 2024)
    assert notice.statement == ()


def test_of_several_articles_one_has_to_be_chosen(tmp_path: Path) -> None:
    text = record(link=LINK + related("retracted-article", 'xlink:href="10.5555/second"'))
    with pytest.raises(NoticeError, match=r"2 articles.*Choose one: 10.5555/mice.7, 10.5555/second"):
        read(tmp_path, text)
    assert read(tmp_path, text, "https://doi.org/10.5555/SECOND").article.doi == "10.5555/second"
    with pytest.raises(NoticeError, match=r"none has the DOI 10\.5555/third"):
        read(tmp_path, text, "10.5555/third")


def test_of_two_notices_in_one_file_one_has_to_be_chosen(tmp_path: Path) -> None:
    second = record(top="").replace("10.5555/Mice.7", "10.5555/second").replace("NOTE.1", "note.2")
    text = f"<set>{record(top='')}{second}</set>"
    with pytest.raises(NoticeError, match="2 articles"):
        read(tmp_path, text)
    assert read(tmp_path, text, "10.5555/second").doi == "10.5555/note.2"


BILLION = (
    '<!DOCTYPE article [<!ENTITY a "xxxxxxxxxx">'
    + "".join(f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        (record(top=BILLION, title="Retraction: &i;"), "declares entities", "line 1"),
        (record(top='<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'), "declares entities", "line 1"),
        (record(top='\n<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]>'), "declares entities", "line 2"),
        (record(title="Retraction: a&nbsp;b"), "Entity 'nbsp' not defined", "line 2"),
        (record(top='<!DOCTYPE a SYSTEM "a.dtd">', title="a&foobar;b"), "“&foobar;” is not known", "line 1"),
        (record().replace("UTF-8", "punycode")[:-9], "cannot be read", "line 2"),
        (record()[:-20], "cannot be read", "line 2"),
        (record(title="a <b> c"), "cannot be read", "line 2"),
        (record(title="\x01"), "cannot be read", "line 2"),
        (record(title="x" + "<b>" * 400 + "</b>" * 400), "cannot be read", "line 2"),
        (record().replace("UTF-8", "ascii").replace("mice", "m\xefce"), "says that it is ascii", ""),
        (
            record(kind="research-article", link="", title="Mice", body="<p>They sleep.</p>"),
            "not a retraction notice",
            "line 1",
        ),
        ("<article><front/><body><p>Retraction</p></body></article>", "no <front> with <article-meta>", "line 1"),
        ("<TEI><text>Retraction</text></TEI>", "root is <TEI>", "line 1"),
        ("<html><body>Sleep</body></html>", "HTML", ""),
        ("<!DOCTYPE html>\n<html></html>", "HTML", ""),
    ],
)
def test_what_cannot_be_read_is_reported_with_place_and_remedy(
    tmp_path: Path, text: str, words: str, place: str
) -> None:
    start = time.process_time()
    with pytest.raises(NoticeError) as caught:
        read(tmp_path, text)
    assert words in caught.value.reason
    assert caught.value.place == place
    assert caught.value.remedy
    assert caught.value.file.endswith("n")
    assert time.process_time() - start < 2


def test_an_external_dtd_is_not_fetched_and_its_known_characters_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.dtd").write_text('<!ENTITY eacute "WRONG">')
    text = record(
        top=f'<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "file://{tmp_path}/a.dtd">',
        title="Retraction: Caf&eacute;&nbsp;mice &LT; &amp;",
        link=related("retracted-article", 'xlink:href="10.5555/a&hyphen;b"'),
    )
    notice = read(tmp_path, text)
    assert notice.article == Reference(title="Café mice < &", doi="10.5555/a\u2010b")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("utf-16", "UTF-16"), ("iso-8859-1", "ISO-8859-1"), ("windows-1251", "windows-1251"), ("utf-8-sig", "UTF-8")],
)
def test_the_declared_encoding_is_obeyed(tmp_path: Path, encoding: str, declared: str) -> None:
    letter = "Д" if encoding == "windows-1251" else "é"
    text = record(title=f"Retraction: {letter}").replace("UTF-8", declared)
    assert read(tmp_path, text.encode(encoding)).article.title == letter


def test_a_title_of_a_hundred_thousand_elements_is_read_in_time(tmp_path: Path) -> None:
    start = time.process_time()
    assert read(tmp_path, record(title="Retraction: " + "<i>x</i>" * 100_000)).article.title == "x" * 100_000
    assert time.process_time() - start < 5
