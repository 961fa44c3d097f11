"""The HTML report in a real browser: what an editor sees and does, and what a hostile title does not."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.resources import files
from itertools import chain
from pathlib import Path
from subprocess import run
from time import sleep

import numpy as np
import pytest
from PIL import Image

from tests.batch.reports.entries import AT, WELL, entry, entry_of, marked, refused
from tests.helpers.browser import Page, chromium
from watermark.batch.ledger import LedgerEntry
from watermark.batch.reports.html import write_page
from watermark.batch.reports.redaction import PathRedactor
from watermark.batch.reports.thumbnail_workers import with_thumbnails
from watermark.batch.reports.thumbnails import SMALL_SIDE_PIXELS, Pictures, draw_pairs
from watermark.models import Claim, Finding, Status
from watermark.notice import read_notice
from watermark.stamping.pipeline import stamp_outcome
from watermark.stamping.plan import StampRequest

SAMPLES = Path(__file__).parents[3] / "samples"
HOSTILE = (
    '</noscript><script>window.hacked=1</script><img src="https://example.org/x" onerror="window.hacked=1">&"\'\u202e'
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("report")


@pytest.fixture(scope="module")
def report(folder: Path) -> Path:
    entries = [
        replace(marked(folder), title="Marked cells"),
        entry(title="Not all checked", findings=WELL[:-1]),
        refused(title="Signed étude", row="r3", notice="study.md"),
        refused(title="Another refused", row="r4", reason="the PDF is encrypted"),
        refused(title="Failing", result="failed", exit_status=4),
        refused(title="", article="", row="10.5555/nowhere", result="not found", reason="no article has this DOI"),
    ]
    return written(folder / "report.html", entries, folder)


def written(path: Path, entries: list[LedgerEntry], folder: Path, pages: int = 1) -> Path:
    with path.open("w", encoding="utf-8", newline="\n") as target:
        pictures = with_thumbnails(entries, folder, pages)
        write_page(
            pictures, target, title="A catalogue", redactor=PathRedactor(folder), link=lambda place: Path(place).name
        )
    return path


@pytest.fixture(scope="module")
def browser(tool: Callable[[str], str]) -> Iterator[Page]:
    with chromium(tool("chromium")) as page:
        page.size(1200, 900)
        yield page


def foreign(page: Page) -> list[str]:
    """Return the requests for anything but the file itself and the pictures in it."""
    return [url for url in page.requests if not url.startswith(("file:", "data:image/webp;base64,"))]


def test_what_asks_for_a_decision_is_first_and_nothing_goes_wrong(browser: Page, report: Path) -> None:
    browser.open(report)
    assert browser.shown() == [
        "Failing",
        "Signed étude",
        "Another refused",
        "10.5555/nowhere",
        "Not all checked",
        "Marked cells",
    ]
    assert browser.errors == []


def test_a_click_on_an_outcome_shows_that_outcome_only(browser: Page, report: Path) -> None:
    browser.open(report)
    browser.run("[...document.querySelectorAll('.tile')].find(t => t.innerText.includes('refused')).click()")
    assert browser.shown() == ["Signed étude", "Another refused"]
    assert browser.run("document.getElementById('found').innerText") == "2 articles shown"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("signed study", ["Signed étude"]),
        ("ETUDE", ["Signed étude"]),
        ("encrypted", ["Another refused"]),
        ("10.5555/nowhere doi", ["10.5555/nowhere"]),
        ("unsigned failing", ["Failing"]),
        ("nothing of the kind", []),
    ],
)
def test_search_finds_all_words_in_any_field(browser: Page, report: Path, words: str, found: list[str]) -> None:
    browser.open(report)
    browser.run("document.getElementById('words').focus()")
    browser.type(words)
    assert browser.shown() == found
    assert browser.run("document.getElementById('nothing').offsetParent !== null") is not bool(found)


def test_everything_can_be_done_with_the_keyboard(browser: Page, report: Path) -> None:
    browser.open(report)
    browser.press("Tab")
    assert browser.run("document.activeElement.innerText") == "Skip to the articles"
    browser.press("Enter", "\r")
    browser.press("Tab")
    browser.press("ArrowRight")
    assert browser.shown() == ["Failing"]
    browser.press("/")
    assert browser.run("document.activeElement.id") == "words"
    for _ in range(3):  # past both buttons
        browser.press("Tab")
    browser.press("Enter", "\r")
    sleep(0.2)
    assert browser.run("document.querySelector('.item[open] h3').innerText") == "Failing"
    assert "What to do: Mark an unsigned version." in browser.run("document.querySelector('.item[open]').innerText")


def test_the_keyboard_focus_of_a_card_is_seen_on_all_four_sides(browser: Page, report: Path, tmp_path: Path) -> None:
    browser.open(report)
    browser.run("document.getElementById('words').focus()")
    for _ in range(3):
        browser.press("Tab")
    sleep(0.2)
    box = browser.run("JSON.stringify(document.activeElement.closest('.item').getBoundingClientRect())")
    sides = {name: round(value) for name, value in json.loads(box).items()}
    browser.screenshot(tmp_path / "focus.png")
    pixels = np.asarray(Image.open(tmp_path / "focus.png").convert("RGB"), dtype=int)
    ring = np.abs(pixels - (0x16, 0x59, 0xC7)).sum(axis=2) < 40
    card = ring[sides["top"] : sides["bottom"], sides["left"] : sides["right"]]
    rows, columns = card.mean(axis=1), card.mean(axis=0)
    half_height, half_width = len(rows) // 2, len(columns) // 2
    for line in (rows[:half_height], rows[half_height:], columns[:half_width], columns[half_width:]):
        assert (line > 0.8).sum() >= 2


@pytest.mark.parametrize(
    ("width", "scheme"),
    [(390, "dark"), *(pytest.param(*view, marks=pytest.mark.slow) for view in ((390, "light"), (1200, "dark")))],
)
def test_no_rule_of_accessibility_is_broken(browser: Page, report: Path, scheme: str, width: int) -> None:
    source = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    browser.size(width, 900)
    browser.prefer(scheme)
    try:
        browser.open(report)
        browser.run("document.getElementById('open-all').click()")
        browser.run(source)
        broken = "axe.run().then(found => found.violations.map(each => each.id + ' ' + each.nodes[0].html))"
        assert browser.run(broken) == []
        ground = browser.run("getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(25, 24, 22)") is (scheme == "dark")
    finally:
        browser.size(1200, 900)
        browser.prefer("light")


def test_the_page_says_what_it_is_and_what_to_do(browser: Page, report: Path) -> None:
    browser.open(report)
    assert browser.run("document.querySelector('h1').innerText") == "Retraction report: A catalogue"
    todo = browser.run("document.querySelector('.todo').innerText")
    assert "2 refused: Decide about each one" in todo
    assert "1 not found: Add the PDFs" in todo
    assert "1 marked:" not in todo
    browser.run("document.querySelector('.todo a').click()")
    assert browser.run("location.hash") == "#g0"


def test_the_card_of_a_wrong_article_has_the_title_of_the_pdf(browser: Page, folder: Path) -> None:
    wrong = refused(title="The article in the notice", pdf_title="The article in the PDF", reason="another article")
    browser.open(written(folder / "wrong.html", [wrong], folder))
    assert browser.run("document.querySelector('.item h3').textContent") == "The article in the PDF"
    card = browser.run("document.querySelector('.item').textContent")
    assert "The notice is about another article: The article in the notice" in card
    assert "What to do: Mark an unsigned version." in card


def test_a_page_without_anything_to_do_says_so(browser: Page, folder: Path) -> None:
    browser.open(written(folder / "well.html", [entry()], folder))
    assert "No article needs a decision" in browser.run("document.querySelector('.todo').innerText")


def test_the_slider_moves_from_the_page_before_to_the_page_after(browser: Page, report: Path) -> None:
    browser.open(report)
    browser.run("document.getElementById('open-all').click()")
    sleep(0.2)
    browser.run("document.querySelector('.pair').scrollIntoView()")
    sleep(0.2)
    assert browser.run("[...document.images].every(image => image.complete && image.naturalWidth > 100)")
    assert browser.run("document.images.length") == 2
    cut = "getComputedStyle(document.querySelector('.pair .after')).clipPath"
    assert browser.run(cut) == "none"
    browser.run("document.querySelector('.pair button').click(); document.querySelector('.pair input').focus()")
    assert browser.run(cut) == "inset(0px 0px 0px 50%)"
    browser.press("ArrowRight")
    assert browser.run(cut) == "inset(0px 0px 0px 51%)"
    tops = "[...document.querySelectorAll('.pair img')].map(image => image.getBoundingClientRect().left)"
    assert len(set(browser.run(tops))) == 1


def test_without_scripts_everything_is_there_but_the_search(browser: Page, report: Path) -> None:
    browser.open(report, scripts=False)
    try:
        assert len(browser.shown()) == 6
        assert browser.run("document.querySelector('.search').offsetParent") is None
        browser.run("document.querySelectorAll('.item').forEach(item => { item.open = true; })")
        assert browser.run("document.querySelectorAll('.facts').length") == 6
        assert browser.run("[...document.images].filter(image => image.offsetParent).length") == 2
        browser.run("[...document.querySelectorAll('.tile')].find(t => t.innerText.includes('failed')).click()")
        assert browser.shown() == ["Failing"]
    finally:
        browser.open(report)


def test_no_request_leaves_the_page(browser: Page, report: Path) -> None:
    browser.requests.clear()
    browser.open(report)
    browser.run("document.getElementById('open-all').click()")
    sleep(0.2)
    browser.run("document.querySelector('.pair').scrollIntoView()")
    sleep(0.2)
    assert any(url.startswith("data:image/webp") for url in browser.requests)
    assert foreign(browser) == []


def test_hostile_words_are_only_words(browser: Page, folder: Path) -> None:
    finding = Finding(claim=Claim.ARCHIVABLE, status=Status.NOT_CHECKED, message=HOSTILE)
    names = ("row", "reason", "remedy", "article_doi", "title", "notice", "notice_link", "state", "tool", "result")
    words = dict.fromkeys(names, HOSTILE)
    recorded = entry(**words, findings=(finding,), notes=(HOSTILE,), article=f"{HOSTILE}.pdf", copy=f"{HOSTILE}.pdf")
    javascript = entry(title="Link", notice_link="javascript:window.hacked=1", findings=WELL)
    path = folder / "hostile.html"
    with path.open("w", encoding="utf-8") as target:
        pairs = [(recorded, Pictures(why_not=HOSTILE)), (javascript, Pictures())]
        write_page(pairs, target, title=HOSTILE, redactor=PathRedactor(folder), link=lambda _: "")
    browser.requests.clear()
    for scripts in (False, True):
        browser.open(path, scripts=scripts)
        browser.run("document.querySelectorAll('.item').forEach(item => { item.open = true; })")
        sleep(0.2)
        assert browser.run("typeof window.hacked") == "undefined"
        assert browser.run("document.scripts.length + document.images.length") == 1
        assert (
            browser.run("[...document.links].map(a => a.protocol).filter(p => !/^(https?|file):$/.test(p)).length") == 0
        )
    assert HOSTILE[:11] in browser.run("document.querySelector('main').innerText")
    assert foreign(browser) == []


def test_even_what_had_escaped_the_escaping_would_not_run(browser: Page, report: Path, folder: Path) -> None:
    spoiled = folder / "spoiled.html"
    text = report.read_text(encoding="utf-8")
    assert "Signed étude" in text
    attack = "<script>window.hacked=1</script><img src=x onerror='window.hacked=1'><img src='https://example.org/x'>"
    spoiled.write_text(text.replace("Signed étude", attack), encoding="utf-8")
    browser.requests.clear()
    browser.open(spoiled)
    sleep(0.2)
    assert browser.run("typeof window.hacked") == "undefined"
    browser.errors.clear()  # it has said what it blocked


def test_assistive_technology_is_told_of_every_part(browser: Page, report: Path) -> None:
    browser.open(report)
    parts = {("searchbox", "Search"), ("radio", "2 refused"), ("heading", "Signed étude"), ("heading", "Marked cells")}
    names = read_aloud(browser, parts)
    assert any(role == "region" and name.startswith("Refused") for role, name in names)
    browser.run("document.querySelector('.group:last-of-type .item').open = true")
    sleep(0.2)
    browser.run("document.querySelector('.pair').scrollIntoView()")
    names |= read_aloud(browser, {("image", "Page 1 before it was marked"), ("image", "Page 1 of the marked copy")})
    nameless = [role for role, name in names if role in {"button", "radio", "searchbox", "image", "link"} and not name]
    assert nameless == []
    assert browser.run("document.documentElement.lang") == "en"


def read_aloud(page: Page, expected: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return what assistive technology gets, once all that is expected is among it: a page takes its time."""
    for _ in range(50):
        names = set(page.names_read_aloud())
        if expected <= names:
            return names
        sleep(0.1)
    pytest.fail(f"assistive technology does not get {expected - names}")


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_is_wider_than_the_window(browser: Page, folder: Path, width: int) -> None:
    long = "".join("aFbcd"[number % 5] for number in range(300))
    path = written(folder / "long.html", [marked(folder, f"w{width}"), entry(title=long, notice=long)], folder)
    browser.size(width, 800)
    browser.open(path)
    browser.run("document.getElementById('open-all').click()")
    sleep(0.2)
    assert browser.run("document.documentElement.scrollWidth") <= width
    browser.size(1200, 900)


def test_on_paper_there_are_the_articles_and_no_controls(
    browser: Page, report: Path, folder: Path, tool: Callable[[str], str]
) -> None:
    browser.open(report)
    browser.run("document.querySelector('.item').open = true")
    browser.print(folder / "report.pdf")
    printed = run(
        [tool("pdftotext"), "-layout", folder / "report.pdf", "-"], check=True, capture_output=True, text=True
    )
    for words in (
        "Retraction report",
        "A catalogue",
        "Failing",
        "What to do: Mark an unsigned version.",
        "Marked cells",
    ):
        assert words in printed.stdout
    for words in ("Search", "Open all", "articles shown"):
        assert words not in printed.stdout


def test_an_address_can_name_an_article(browser: Page, report: Path) -> None:
    browser.open(report)
    for part in ("%22]<", "words", "a4"):
        browser.run(f"location.hash = '{part}'")
        sleep(0.2)
    opened = "[...document.querySelectorAll('.item[open] h3')].map(title => title.innerText)"
    assert browser.run(opened) == ["Another refused"]
    assert browser.errors == []


def test_the_page_leads_to_the_copy(browser: Page, report: Path) -> None:
    browser.open(report)
    browser.run("document.getElementById('open-all').click()")
    sleep(0.2)
    links = browser.run("[...document.links].map(link => link.getAttribute('href'))")
    assert "a.retracted.pdf" in links
    assert "https://doi.org/10.5555/n" in links


@pytest.mark.slow
def test_two_thousand_articles_open_in_less_than_two_seconds(
    tmp_path: Path, tool: Callable[[str], str], record_property: Callable[[str, object], None]
) -> None:
    """Processor time of the thread that builds the page, until it is drawn, so that other loads matter less."""
    sample, notice = SAMPLES / "article.pdf", read_notice(SAMPLES / "retraction-notice.md")
    outcome = stamp_outcome(StampRequest(article=sample, notice=notice, marked_at=AT), tmp_path / "copy.pdf")
    recorded = entry_of(outcome, "A study of cells")
    pairs = draw_pairs(tmp_path / "copy.pdf", range(1, 9), SMALL_SIDE_PIXELS)
    marked_ones = (
        (replace(recorded, row=f"{number}", title=f"A study of {number} cells"), Pictures(pairs=(pairs[number % 8],)))
        for number in range(1940)
    )
    others = ((refused(title=f"Refused {number}", row=f"{number}"), Pictures()) for number in range(60))
    path = tmp_path / "report.html"
    with path.open("w", encoding="utf-8") as target:
        write_page(chain(marked_ones, others), target, title="A", redactor=PathRedactor(tmp_path))
    assert path.read_text("utf-8").count('<details class="item ') == 2000
    seconds = []
    for _ in range(3):
        with chromium(tool("chromium")) as page:
            page.size(1280, 900)
            page.open(path)
            page.run("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
            seconds.append(page.busy_seconds())
            assert page.run("document.querySelectorAll('.item').length") == 2000
            before = page.busy_seconds()
            page.run("document.getElementById('words').focus()")
            page.type("study 1234")
            searching = page.busy_seconds() - before
            assert page.run("document.getElementById('found').innerText") == "1 article shown"
    megabytes = path.stat().st_size / 1e6
    record_property(
        "said in the summary",
        f"2,000 articles, {megabytes:.0f} MB: shown after {min(seconds):.2f} s, first search {searching:.2f} s",
    )
    assert min(seconds) < 2.0
