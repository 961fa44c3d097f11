"""Each reason not to mark an article comes with what to do about it."""

from pathlib import Path

import pytest

import watermark
from tests.helpers.build import build
from watermark.errors import Reason
from watermark.notice.formats.template import TEMPLATES


@pytest.mark.parametrize("form", ["md", "yaml"])
def test_a_template_that_was_not_filled_in_is_to_be_filled_in_and_not_to_be_forced(tmp_path: Path, form: str) -> None:
    notice, article = tmp_path / f"notice.{form}", tmp_path / "article.pdf"
    notice.write_text(TEMPLATES[form], encoding="utf-8")
    article.write_bytes(build(info={"/Title": "A study"}))
    with pytest.raises(watermark.RefusedError) as raised:
        watermark.stamp(article, notice, tmp_path / "copy.pdf")
    assert raised.value.code is Reason.NOT_KNOWN_TO_MATCH
    assert raised.value.argument == "doi"
    assert "into the notice" in raised.value.remedy
