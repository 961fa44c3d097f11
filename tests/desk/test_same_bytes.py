"""Real articles through the desk become the same bytes as by the command, byte for byte."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SHARED
from tests.desk.serving import AT, REPOSITORY, SAMPLES, Page, page_at, started

pytestmark = [pytest.mark.slow, pytest.mark.corpus]
NOTICE = SAMPLES / "retraction-notice.md"
REASON = "compared with the command"


def stamped_by_the_desk(page: Page, article: Path) -> dict[str, bytes]:
    """Return the files that the desk offers for an article."""
    given = page.give_article(article)
    choices = {"at": AT, "force_match": REASON, "over_existing_mark": REASON}
    values = page.post(f"/api/articles/{given['id']}/stamp", choices).json()
    (done,) = (one for one in values["done"] if one["id"] == values["id"])
    files = {kind: page.get(f"/api/done/{done['id']}/{kind}").content for kind in done["files"]}
    page.delete(f"/api/articles/{given['id']}")
    return files


def stamped_by_the_command(article: Path, copy: Path) -> None:
    command = [sys.executable, "-m", "watermark", "stamp", str(article), "--notice", str(NOTICE), "-o", str(copy)]
    options = ["--at", AT, "--force-match", REASON, "--over-existing-mark", REASON, "--quiet"]
    subprocess.run([*command, *options], cwd=REPOSITORY, check=False, capture_output=True)


def test_every_real_article_is_stamped_by_the_desk_as_by_the_command(
    tmp_path: Path, judged: Callable[[Path], None]
) -> None:
    articles = sorted((SHARED / "corpus" / "articles").glob("*.pdf"))
    assert articles
    differing, copies = list[str](), 0
    with started() as (address, _), page_at(address) as page:
        page.give_notice(NOTICE)
        for article in articles:
            copy = tmp_path / f"{article.stem}.retracted.pdf"
            stamped_by_the_command(article, copy)
            files = stamped_by_the_desk(page, article)
            if files.get("copy", b"") != (copy.read_bytes() if copy.exists() else b""):
                differing.append(article.name)
            record = copy.with_suffix(".retraction.json")
            if record.exists() and files.get("record") != record.read_bytes():
                differing.append(record.name)
            copies += copy.exists()
            judged(article)
    assert differing == []
    assert copies >= len(articles) - 3
