"""A check of one file that is in no list starts at once: what only other files need is not loaded."""

import json
import subprocess
import sys
from pathlib import Path

from tests.audit.conftest import article, listed

HEAVY = ("numpy", "pikepdf", "pypdf", "lxml", "page", "bagit", "rapidfuzz", "yaml", "PIL", "fontTools", "urllib3")
CODE = """
import json, sys
from pathlib import Path
import watermark.cli.check, watermark.hook
from watermark.audit.auditor import AuditRequest, audit_file
from watermark.audit.retraction_index.index import index_of
found = audit_file(AuditRequest(path=Path(sys.argv[1]), lists=(index_of(Path(sys.argv[2])),)))
print(json.dumps([found.kind.value, sorted(name for name in sys.modules if "." not in name)]))
"""


def audited(pdf: Path, lists: Path) -> tuple[str, list[str]]:
    done = subprocess.run([sys.executable, "-c", CODE, pdf, lists], capture_output=True, text=True, check=True)
    kind, modules = json.loads(done.stdout)
    return kind, [name for name in HEAVY if name in modules]


def test_an_unlisted_file_loads_nothing_that_only_others_need(tmp_path: Path) -> None:
    pdf, lists = article(tmp_path / "a.pdf", doi="10.5555/other", xmp=True), listed(tmp_path)
    audited(pdf, lists)  # the index is made
    assert audited(pdf, lists) == ("not retracted", [])


def test_a_listed_file_loads_what_tells_whose_its_doi_is(tmp_path: Path) -> None:
    kind, loaded = audited(article(tmp_path / "a.pdf"), listed(tmp_path))
    assert (kind, "pikepdf" in loaded) == ("retracted and unmarked", True)
