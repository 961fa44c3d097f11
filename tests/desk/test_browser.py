"""The desk as a person uses it, in a real Chromium: the whole path, refusals, the keyboard, and who cannot see well."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, TypeAlias

import pikepdf
import pytest

import watermark
from tests.desk.serving import SAMPLES, started
from tests.helpers.build import build
from tests.helpers.certificates import PASSWORD, Authority
from watermark.batch.ledger import Ledger, LedgerEntry

pytestmark = pytest.mark.slow
Playwright: TypeAlias = Any
"""A class of playwright, which may be missing."""
SECONDS = 60_000
OPENS_IT = "hush-hush"
TITLE = "Rain and Its Effects on the Small Towns of the Mountains"
NOTICE = f"# {TITLE} [Retraction]\n\nWe, the editors, hereby retract the article named above.\n"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 780}
ZOOMED = {"width": 640, "height": 430}
"""What is left of the desktop at 200 %."""


class Seen:
    """A tab with the desk, its errors, and where it asked for anything."""

    def __init__(self, page: Playwright, address: str) -> None:
        self.page, self.errors = page, list[str]()
        self.hosts = set[str]()
        page.set_default_timeout(SECONDS)
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        page.goto(address)
        page.wait_for_selector("#mark-profile option", state="attached")

    def _note(self, message: Playwright) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} {message.location['url']}")

    def give(self, article: Path, notice: Path) -> None:
        self.page.set_input_files("#notice-files", notice)
        self.page.wait_for_selector("#given-notices li")
        self.page.set_input_files("#article-files", article)
        self.page.wait_for_selector("#stamp:enabled, #refusal")

    def stamp(self, folder: Path) -> Path:
        self.page.click("#stamp")
        return self.saved(folder, "Marked copy (PDF)")

    def saved(self, folder: Path, label: str) -> Path:
        with self.page.expect_download() as download:
            self.page.click(f"#result a:has-text('{label}')")
        path = folder / str(download.value.suggested_filename)
        download.value.save_as(path)
        return path

    def see_both(self) -> None:
        self.page.click("#tab-pages")
        for side in ("before", "after"):
            self.page.wait_for_selector(f"#image-{side}[src]:not(.loading)")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("batch") / "ledger.sqlite"
    with Ledger.opened(path, write=True) as ledger:
        run = ledger.begin_run(None, "watermark")
        for entry in entries():
            ledger.note(run, entry)
    with started("--ledger", str(path)) as (printed, _):
        yield printed


def entries() -> Iterator[LedgerEntry]:
    for name, result, reason in (("a.pdf", "marked", ""), ("b.pdf", "refused", "the PDF is encrypted")):
        yield LedgerEntry(
            row=name,
            attempt=1,
            result=result,
            exit_status=0 if result == "marked" else 3,
            reason=reason,
            article=name,
            started_at=datetime(2024, 5, 1, tzinfo=UTC),
            seconds=1.0,
            tool="watermark",
        )


@contextmanager
def new_tab(browser: Playwright, address: str, **options: object) -> Iterator[Seen]:
    context = browser.new_context(**{"viewport": DESKTOP, **options})
    try:
        seen = Seen(context.new_page(), address)
        yield seen
        assert seen.errors == []
        assert seen.hosts == {address.split("/")[2]}
    finally:
        clear(context, address)
        context.close()


def clear(context: Playwright, address: str) -> None:
    """Let the next test find an empty desk."""
    origin = address.partition("/?")[0]
    everything = context.request.get(f"{origin}/api/all").json()
    for kind in ("articles", "notices"):
        for one in everything[kind]:
            context.request.delete(f"{origin}/api/{kind}/{one['id']}", headers={"origin": origin})


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "notice.md").write_text(NOTICE, "utf-8")
    (tmp_path / "article.pdf").write_bytes(build(title=TITLE, pages=3))
    (tmp_path / "tagged.pdf").write_bytes(build(title=TITLE, pdfa="2b", tagged=True, pages=2))
    (tmp_path / "signed.pdf").write_bytes(build(title=TITLE, signed=True))
    (tmp_path / "other.pdf").write_bytes(build(title="Another Article About Something Else Entirely"))
    (tmp_path / "locked.pdf").write_bytes(build(title=TITLE, encryption={"owner": "o", "user": OPENS_IT, "R": 6}))
    return tmp_path


@pytest.mark.parametrize("name", ["sample", "article.pdf", "tagged.pdf"])
def test_the_whole_path_gives_a_copy_that_verifies(browser: Playwright, address: str, files: Path, name: str) -> None:
    article = SAMPLES / "article.pdf" if name == "sample" else files / name
    notice = SAMPLES / "retraction-notice.md" if name == "sample" else files / "notice.md"
    with new_tab(browser, address) as seen:
        seen.give(article, notice)
        assert "This is the article in the notice" in seen.page.inner_text("#match")
        seen.see_both()
        pages = int(seen.page.inner_text("#page-count").split()[-1])
        for number in range(2, pages + 1):
            seen.page.click("#page-on")
            assert seen.page.input_value("#page-number") == str(number)
            seen.page.wait_for_selector(f"#image-after[src*='/after/{number}?']:not(.loading)")
        copy = seen.stamp(files)
        record = seen.saved(files, "Record (JSON)")
        assert seen.page.locator("#done-list li").first.inner_text().startswith("stamped")
    assert copy.name == f"{article.stem}.retracted.pdf"
    assert watermark.verify(copy).passed
    assert copy.read_bytes().startswith(article.read_bytes())
    assert json.loads(record.read_text("utf-8"))["state"] == "retraction"


def test_the_mark_is_seen_at_once_as_it_is_chosen_and_stamped_like_that(
    browser: Playwright,
    address: str,
    files: Path,
) -> None:
    with new_tab(browser, address) as seen:
        seen.give(files / "article.pdf", files / "notice.md")
        seen.see_both()
        first = seen.page.get_attribute("#image-after", "src")
        seen.page.fill("#mark-text", "Withdrawn")
        seen.page.fill("#mark-colour", "#004080")
        seen.page.select_option("#mark-position", "top")
        seen.page.select_option("#mark-language", "de")
        seen.page.uncheck("#mark-edge-line")
        seen.page.wait_for_selector("#mark-message:text-is('')", state="attached")
        seen.page.wait_for_selector("#stamp:enabled")
        seen.page.wait_for_timeout(1500)
        seen.page.wait_for_selector("#image-after:not(.loading)")
        assert seen.page.get_attribute("#image-after", "src") != first
        copy = seen.stamp(files)
    receipt = watermark.inspect(copy).receipt
    assert receipt is not None
    assert (receipt.mark_text, receipt.line_text) == ("Withdrawn", "")
    blue = [0, pytest.approx(0x40 / 255), pytest.approx(0x80 / 255)]
    assert receipt.choices["style"] == {"colour_rgb": blue, "position": "top", "line": False}


def test_a_field_shows_where_it_was_read_and_is_corrected(browser: Playwright, address: str, files: Path) -> None:
    with new_tab(browser, address) as seen:
        seen.give(files / "article.pdf", files / "notice.md")
        seen.page.focus("#notice-article-title")
        assert seen.page.inner_text("#notice-text mark") == TITLE
        assert seen.page.inner_text("#notice-date-from") == "Not given in the notice."
        seen.page.fill("#notice-date", "1 May")
        seen.page.click("#save-notice")
        seen.page.wait_for_selector("#notice-date[aria-invalid]")
        assert "ISO 8601 date" in seen.page.inner_text("#notice-message")
        seen.errors.clear()  # Chromium writes the status of the refused request to the console
        seen.page.fill("#notice-date", "2024-05-01")
        seen.page.fill("#notice-issuers", "The Editors\nThe Publisher")
        seen.page.click("#save-notice")
        seen.page.wait_for_selector("#notice-date-from.corrected")
        seen.page.wait_for_selector("#stamp:enabled")
        copy = seen.stamp(files)
    with pikepdf.open(copy) as pdf:
        record = json.loads(pdf.attachments["retraction.json"].get_file().read_bytes())
    assert (record["notice"]["date"], record["notice"]["issuers"]) == ("2024-05-01", ["The Editors", "The Publisher"])


def test_what_is_not_saved_is_not_stamped_and_a_page_loaded_again_is_as_it_was(
    browser: Playwright, address: str, files: Path
) -> None:
    with new_tab(browser, address) as seen:
        seen.give(files / "article.pdf", files / "notice.md")
        seen.page.fill("#notice-date", "2024-05-01")
        seen.page.click("#stamp")
        assert "not saved yet" in seen.page.inner_text("#alert")
        assert seen.page.locator("#result a").count() == 0
        seen.page.click("#save-notice")
        seen.page.wait_for_selector("#notice-date-from.corrected")
        seen.page.wait_for_selector("#stamp:enabled")
        seen.see_both()
        seen.page.fill("#mark-text", "Withdrawn")
        assert seen.page.is_disabled("#stamp")  # until the preview shows it
        seen.page.wait_for_selector("#stamp:enabled")
        seen.page.reload()
        seen.page.wait_for_selector("#stamp:enabled")
        assert seen.page.input_value("#mark-text") == "Withdrawn"
        copy = seen.stamp(files)
    receipt = watermark.inspect(copy).receipt
    assert receipt is not None
    assert (receipt.mark_text, receipt.line_text.split(". ")[0]) == ("Withdrawn", "Withdrawn 2024-05-01")


def test_another_article_is_refused_until_a_reason_is_given_which_the_copy_records(
    browser: Playwright,
    address: str,
    files: Path,
) -> None:
    with new_tab(browser, address) as seen:
        seen.give(files / "other.pdf", files / "notice.md")
        assert "this PDF is not the article" in seen.page.inner_text("#refusal").replace("This", "this")
        assert seen.page.is_disabled("#stamp")
        seen.page.click("#refusal button")
        assert seen.page.evaluate("document.activeElement.id") == "decision-0"  # a reason is required
        seen.page.fill("#decision-0", "The title was changed in proof.")
        seen.page.click("#refusal button")
        seen.page.wait_for_selector("#stamp:enabled")
        copy = seen.stamp(files)
    receipt = watermark.inspect(copy).receipt
    assert receipt is not None
    assert (receipt.match, receipt.match_reason) == ("forced", "The title was changed in proof.")


def test_a_signed_article_is_refused_until_that_is_confirmed(browser: Playwright, address: str, files: Path) -> None:
    with new_tab(browser, address) as seen:
        seen.give(files / "signed.pdf", files / "notice.md")
        assert "digitally signed" in seen.page.inner_text("#refusal")
        seen.page.click("#refusal button:has-text('Mark the signed file')")
        seen.page.wait_for_selector("#stamp:enabled")
        copy = seen.stamp(files)
    assert copy.read_bytes().startswith((files / "signed.pdf").read_bytes())


def test_a_locked_article_asks_for_its_password(browser: Playwright, address: str, files: Path) -> None:
    with new_tab(browser, address) as seen:
        seen.give(files / "locked.pdf", files / "notice.md")
        assert seen.page.get_attribute("#decision-0", "type") == "password"
        seen.page.fill("#decision-0", OPENS_IT)
        seen.page.click("#refusal button")
        seen.page.wait_for_selector("#stamp:enabled")
        copy = seen.stamp(files)
    assert watermark.verify(copy, password=OPENS_IT).failures == ()


def test_a_profile_with_a_key_asks_for_its_password_says_what_the_seal_does_and_seals(
    browser: Playwright, files: Path, ca: Authority
) -> None:
    ca.issued("A publisher").save(files / "key.p12", ca.issuer)
    profile = files / "house.toml"
    profile.write_text(f'[seal]\nkey = "key.p12"\nlevel = "b-t"\ntimestamp-url = "{ca.url}/timestamp"\n')
    with started("--profile", str(profile)) as (address, _), new_tab(browser, address) as seen:
        seen.give(files / "article.pdf", files / "notice.md")
        seen.page.click("#tab-pages")
        assert not seen.page.is_visible("#mark-seal")
        seen.page.select_option("#mark-profile", "house")
        assert "readers can check whose mark it is" in seen.page.inner_text("#mark-seal")
        seen.page.wait_for_selector("#refusal")
        seen.page.fill("#refusal input[type=password]", PASSWORD)
        seen.page.click("#refusal button")
        seen.page.wait_for_selector("#stamp:enabled")
        assert "Seal: B-T, to be signed by A publisher" in seen.page.inner_text("#mark-seal")
        copy = seen.stamp(files)
        result = seen.page.inner_text("#result")
        assert "sealed and verified" in result
        assert "The copy is sealed: B-T, signed by A publisher" in result
        assert PASSWORD not in seen.page.content()
    policy = watermark.SealPolicy(trust=str(ca.trust_folder(files / "roots")), is_required=True)
    assert watermark.verify(copy, seal=policy).passed


def test_of_a_folder_what_is_ready_is_stamped_and_the_rest_is_listed_to_decide(
    browser: Playwright,
    address: str,
    files: Path,
) -> None:
    with new_tab(browser, address) as seen:
        seen.page.set_input_files("#notice-files", files / "notice.md")
        seen.page.wait_for_selector("#given-notices li")
        seen.page.set_input_files("#article-folder", files)
        seen.page.locator("#rows tr").nth(4).wait_for()
        seen.page.wait_for_selector("#stamp-all:enabled")
        seen.page.locator("#rows .chip.good").nth(1).wait_for()
        assert seen.page.locator("#rows tr").count() == 5  # the notice is not a PDF
        seen.page.click("#stamp-all")
        seen.page.locator("#rows .chip.done").nth(1).wait_for()
        assert "2 stamped · 3 for you to decide" in seen.page.inner_text("#list-summary")
        assert seen.page.locator("#rows button:has-text('Decide')").count() == 3
        with seen.page.expect_download() as download:
            seen.page.click("#archive")
        assert download.value.suggested_filename == "retracted.zip"


def test_pasted_text_is_a_notice_and_what_it_does_not_say_is_asked_for(
    browser: Playwright,
    address: str,
    files: Path,
) -> None:
    with new_tab(browser, address) as seen:
        seen.page.click("#paste summary")
        seen.page.fill("#paste-text", f"{TITLE}\n\nSome words about the article, and nothing more.")
        seen.page.click("#paste-form button")
        seen.page.wait_for_selector("#given-notices .problem select")
        seen.page.select_option("#given-notices .problem select", "withdrawal")
        seen.page.click("#given-notices .problem button")
        seen.page.wait_for_selector("#given-notices .chip.good")
        seen.page.set_input_files("#article-files", files / "article.pdf")
        seen.page.wait_for_selector("#stamp:enabled, #refusal")


def test_files_that_are_dropped_are_given(browser: Playwright, address: str, files: Path) -> None:
    drop = """([box, name, text]) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
      document.querySelector(box).dispatchEvent(
        new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
    }"""
    with new_tab(browser, address) as seen:
        for box, name in (("#drop-notices", "notice.md"), ("#drop-articles", "article.pdf")):
            seen.page.evaluate(drop, [box, name, (files / name).read_bytes().decode("latin-1")])
            seen.page.wait_for_selector(f"{box} .given li")
        seen.page.wait_for_selector("#stamp:enabled")


ATTACKS = """async (desk) => {
  for (const method of ["GET", "POST", "DELETE"]) {
    for (const mode of ["cors", "no-cors"]) {
      try {
        const answer = await fetch(`${desk}/api/all`, { method, mode, credentials: "include" });
        document.title += answer.type === "opaque" ? "" : "answered ";
      } catch {}
    }
  }
  for (const name of ["script", "img", "iframe"]) {
    const one = document.createElement(name);
    one.src = name === "iframe" ? desk : `${desk}/assets/desk.js`;
    await new Promise((done) => { one.onload = one.onerror = done; document.body.append(one); });
  }
  const form = document.createElement("form");
  Object.assign(form, { action: `${desk}/api/notices/text`, method: "post", enctype: "text/plain", target: "_blank" });
  form.innerHTML = `<input name='{"text":"Retraction: a text that no person gave","x":"' value='"}'>`;
  document.body.append(form);
  form.submit();
  await new Promise((done) => setTimeout(done, 500));
}"""


def test_a_page_of_another_program_on_this_machine_reaches_nothing_though_the_browser_sends_the_cookie(
    browser: Playwright, address: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<!DOCTYPE html><title></title><body>Some page</body>")
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    origin = address.partition("/?")[0]
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        context = browser.new_context()
        try:
            Seen(context.new_page(), address)
            other, answers, asked = context.new_page(), list[tuple[int, str]](), list[str]()
            context.on("response", lambda one: answers.append((one.status, one.url)))
            context.on("request", lambda one: asked.append(one.url))
            other.goto(f"http://127.0.0.1:{server.server_port}/index.html")
            answers.clear()
            other.evaluate(ATTACKS, origin)
            assert len([url for url in asked if url.startswith(origin)]) >= 8
            icon = f"{origin}/favicon.ico"  # the tab with the refused form asks for it; it is no secret
            assert {status for status, url in answers if url.startswith(origin) and url != icon} == {403}
            assert other.title() == ""
            assert context.request.get(f"{origin}/api/all").json()["notices"] == []
        finally:
            context.close()
            server.shutdown()


def test_hostile_names_and_titles_are_shown_as_text(browser: Playwright, address: str, files: Path) -> None:
    attack = "<img src=x onerror=document.body.remove()><script>document.body.remove()</script>"
    article = files / "&lt;b&gt;'a'.pdf"
    article.write_bytes(build(title=f"{attack} and Its Effects on Small Towns"))
    notice = files / "hostile.md"
    notice.write_text(f"# {attack} and Its Effects on Small Towns [Retraction]\n\nWe retract the article. {attack}\n")
    with new_tab(browser, address) as seen:
        seen.give(article, notice)
        assert attack in seen.page.inner_text("#case-title")
        assert attack in seen.page.inner_text("#notice-text")
        assert seen.page.locator("main img[src='x']").count() == 0
        assert seen.page.locator("main script").count() == 0


def test_everything_can_be_done_with_the_keyboard_alone(browser: Playwright, files: Path) -> None:
    with started() as (address, _), new_tab(browser, address) as seen:
        page = seen.page
        tab_to(page, "paste-summary", "#paste summary")
        page.keyboard.press("Enter")
        tab_to(page, "paste-text", "#paste-text")
        page.keyboard.insert_text(NOTICE)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_selector("#given-notices .chip.good")
        tab_to(page, "article-files", "#article-files")
        choose_with_the_keyboard(page, files / "article.pdf")
        page.wait_for_selector("#stamp:enabled")
        tab_to(page, "tab-notice", "#tab-notice")
        page.keyboard.press("ArrowRight")
        page.wait_for_selector("#image-after[src]:not(.loading)")
        tab_to(page, "stage", "#stage")
        page.keyboard.press("PageDown")
        assert page.input_value("#page-number") == "2"
        before = page.input_value("#cut")
        page.keyboard.press("ArrowRight")
        assert int(page.input_value("#cut")) > int(before)
        page.keyboard.press("+")
        assert page.inner_text("#zoom-value") == "125 %"
        page.keyboard.press("0")
        assert page.inner_text("#zoom-value") == "100 %"
        tab_to(page, "stamp", "#stamp", backwards=True)
        page.keyboard.press("Enter")
        page.wait_for_selector("#result a")
        tab_to(page, "download", "#result a")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert download.value.suggested_filename == "article.retracted.pdf"


def choose_with_the_keyboard(page: Playwright, path: Path) -> None:
    """Open the dialogue for files and choose one; on a machine that is very busy, Chromium may miss the first key."""
    given = list[Path]()

    def choose(chooser: Playwright) -> None:
        chooser.set_files(path)
        given.append(path)

    page.once("filechooser", choose)
    for key in ("Enter", "Space", "Enter"):
        page.keyboard.press(key)
        for _ in range(40):
            if given:
                return
            page.wait_for_timeout(250)
    pytest.fail("the keyboard does not open the dialogue for files")


def tab_to(page: Playwright, name: str, selector: str, *, backwards: bool = False) -> None:
    """Press Tab until an element has the focus, and find that the focus can be seen there."""
    where = "selector => [document.activeElement.matches(selector), document.activeElement.outerHTML.slice(0, 60)]"
    passed = list[str]()
    for _ in range(60):
        is_there, focused = page.evaluate(where, selector)
        if is_there:
            break
        passed.append(focused)
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
    else:
        pytest.fail(f"{name} cannot be reached: {passed}")
    seen = """() => {
      const one = document.activeElement;
      const shown = one.type === 'file' ? one.nextElementSibling : one;
      return getComputedStyle(shown).outlineStyle;
    }"""
    assert page.evaluate(seen) == "solid", f"the focus is not seen on {name}"


VIEWS = (
    "empty",
    "look-up",
    "ledger",
    "notice",
    "error",
    "corrected",
    "pages",
    "options",
    "side by side",
    "before",
    "after",
    "stamped",
    "refused",
    "folder",
    "problem",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE, ZOOMED], ids=["desktop", "phone", "200 %"])
def test_axe_finds_nothing_to_object_to_in_any_view(
    browser: Playwright,
    address: str,
    files: Path,
    scheme: str,
    size: dict[str, int],
) -> None:
    look = {"viewport": size, "color_scheme": scheme, "device_scale_factor": 2 if size == ZOOMED else 1}
    with new_tab(browser, address, reduced_motion="reduce", **look) as seen:
        found = {view: violations(seen.page) for view in each_view(seen, files)}
        seen.errors.clear()  # Chromium writes the statuses of refused requests to the console
    assert found.keys() == set(VIEWS)
    assert found == {view: [] for view in VIEWS}


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 640}, ZOOMED])
def test_nothing_is_cut_off_on_a_phone_and_at_twice_and_four_times_the_size(
    browser: Playwright,
    address: str,
    files: Path,
    size: dict[str, int],
) -> None:
    with new_tab(browser, address, viewport=size) as seen:
        wide = {
            view: seen.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            for view in each_view(seen, files)
        }
        seen.errors.clear()
    assert wide == dict.fromkeys(VIEWS, 0)


def each_view(seen: Seen, files: Path) -> Iterator[str]:
    """Bring up each view of the desk in turn, and yield its name."""
    page = seen.page
    yield "empty"
    page.click("#look-up summary")
    yield "look-up"
    page.click("#look-up summary")
    page.click("#ledger summary")
    page.locator("#ledger-rows tr").nth(1).wait_for()
    yield "ledger"
    page.click("#ledger summary")
    page.click("#paste summary")
    page.fill("#paste-text", "Some words about an article, and nothing more.")
    page.click("#paste-form button")
    page.wait_for_selector("#given-notices .problem")
    yield "problem"
    page.click("#given-notices .close")
    page.wait_for_selector("#given-notices .problem", state="detached")
    seen.give(files / "article.pdf", files / "notice.md")
    page.focus("#notice-article-title")
    yield "notice"
    page.fill("#notice-date", "2024-05-01")
    page.click("#stamp")
    page.wait_for_selector("#alert:visible")
    yield "error"
    page.click("#save-notice")
    page.wait_for_selector(".from.corrected")
    page.wait_for_selector("#stamp:enabled")
    yield "corrected"
    seen.see_both()
    yield "pages"
    page.click("#mark-form summary")
    yield "options"
    page.click("#mark-form summary")
    for view in ("Side by side", "Before", "After"):
        page.click(f".tools label:has-text('{view}')")
        yield view.lower()
    page.click(".tools label:has-text('Slider')")
    page.click("#stamp")
    page.wait_for_selector("#result a")
    yield "stamped"
    page.click("#given-articles .close")
    page.set_input_files("#article-files", files / "other.pdf")
    page.wait_for_selector("#refusal")
    yield "refused"
    page.set_input_files("#article-files", [files / "article.pdf", files / "signed.pdf"])
    page.locator("#rows .chip.bad").nth(1).wait_for()
    page.wait_for_selector("#stamp-all:enabled")
    yield "folder"


def violations(page: Playwright) -> list[str]:
    """Return what axe-core objects to on the page, also by its best practices."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary'][:300]}" for one in found]
