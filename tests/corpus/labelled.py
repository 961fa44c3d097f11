"""A labelled set made from a folder of articles, and what `watermark check` calls each: prints the table of confusions.

Each article is taken as it is (not listed, and listed), marked by this tool, marked and then tampered with in the ways
that somebody may, and marked in eight styles of other people. `python tests/corpus/labelled.py FOLDER [--most N]`.
"""

import argparse
import collections
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.helpers.foreign_marks import STYLES, marked
from tests.helpers.tampered_copies import Tamper, _after, honest
from tests.verification.test_attacks import closing, content_of, pages, replace_attachment
from watermark.article import Article, inspect_article
from watermark.article.quick_identity import identify
from watermark.audit.auditor import AuditRequest
from watermark.audit.classification import Classification
from watermark.audit.retraction_index.index import index_of
from watermark.audit.runner import audit_files
from watermark.errors import WatermarkError
from watermark.notice import Notice, NoticeFile, Reference, State
from watermark.pdf.object_draft import ObjectDraft
from watermark.pdf.rendering import RenderedDocument
from watermark.stamping import pipeline
from watermark.stamping.plan import StampRequest, plan_stamp

MARKED_AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WELL = frozenset({Classification.NOT_RETRACTED, Classification.UNKNOWN})
STYLE_KINDS = dict.fromkeys(STYLES, Classification.OTHERS_ALL) | {
    "first_page_only": Classification.OTHERS_SOME,
    "every_second_page": Classification.OTHERS_SOME,
    "opaque_box": Classification.HIDES,
}


class Case:
    """One file of the set, and the classes that are right for it."""

    def __init__(self, label: str, path: Path, expected: frozenset[Classification], *, is_listed: bool = True) -> None:
        self.label, self.path, self.expected, self.is_listed = label, path, expected, is_listed


def unmark(draft: ObjectDraft) -> None:
    """Take the mark away from the last page."""
    members, ref = closing(draft, len(pages(draft)))
    content, count = re.subn(
        rb"/Artifact<</Type/Pagination/Subtype/Watermark>>BDC.*?EMC", b"", content_of(draft, ref), flags=re.DOTALL
    )
    assert count
    members[-1] = draft.add_stream({}, content)


def sealed(original: Path, copy: Path, doi: str, tamper: Tamper) -> None:
    """Leave a marked copy whose draft was tampered with before it was sealed."""
    notice = Notice(state=State.RETRACTION, article=Reference(doi=doi), doi="10.5555/notice", date="2024-05-01")
    file = NoticeFile(notice=notice, name="notice.txt", data=b"It is retracted.", media_type="text/plain")
    job = StampRequest(article=original, notice=file, marked_at=MARKED_AT, match_override_reason="a test")
    with Article.opened(original) as article, RenderedDocument(original) as look:
        plan = plan_stamp(job, inspect_article(article, look.first_page_lines()), look)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "build_update", _after(tamper))
            revision = pipeline.revision_of(article, plan)
    copy.write_bytes(original.read_bytes() + revision.data)


def flipped(first: float, last: float) -> Callable[[Path, int, random.Random], bool]:
    """Return what flips a bit of a letter or digit between two parts of the revision (below 0: of the original)."""

    def flip(copy: Path, size: int, chance: random.Random) -> bool:
        data = bytearray(copy.read_bytes())
        start, length = (0, size) if first < 0 else (size, len(data) - size)
        place = start + int((abs(first) + (abs(last) - abs(first)) * chance.random()) * (length - 1))
        data[place] ^= 1
        copy.write_bytes(data)
        return True

    return flip


def change_the_metadata(copy: Path, size: int, _: random.Random) -> bool:
    data = copy.read_bytes()
    place = data.rfind(b"</rdf:Description>", size)
    if place < 0:
        return False
    copy.write_bytes(data[: place - 4] + b"    " + data[place:])
    return True


def append_a_revision(copy: Path, _size: int, _: random.Random) -> bool:
    with pikepdf.open(copy) as document:
        root = document.trailer.Root.objgen[0]
    data = copy.read_bytes()
    start = len(data) + 1
    previous = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    copy.write_bytes(
        data
        + b"\nxref\n0 0\ntrailer<</Size 1/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (root, previous, start)
    )
    return True


def save_again(copy: Path, _size: int, _: random.Random) -> bool:
    with pikepdf.open(copy) as document:
        document.save(copy.with_suffix(".new"))
    copy.with_suffix(".new").replace(copy)
    return True


AFTERWARDS = {
    "ours, a bit of the original flipped": flipped(-0.1, -0.9),
    "ours, a bit of the revision flipped": flipped(0.1, 0.9),
    "ours, another revision appended": append_a_revision,
    "ours, the metadata changed": change_the_metadata,
    "ours, saved again": save_again,
}
SEALED: dict[str, Tamper] = {"ours, a page unmarked": unmark, "ours, an attachment replaced": replace_attachment}


def cases(original: Path, folder: Path, doi: str, seed: int, *, with_ours: bool) -> Iterator[Case]:
    """Yield the files made of one article; `doi` is "" where it names none."""
    only = frozenset
    none = only({Classification.UNKNOWN})
    yield Case("not listed", original, WELL, is_listed=False)
    yield Case("listed, unmarked", original, only({Classification.UNMARKED}) if doi else none)
    try:
        yield from _ours(original, folder, doi, seed) if with_ours else ()
    except WatermarkError as error:
        sys.stderr.write(f"{original.name}: not marked: {error.reason}\n")
    for number, (style, kind) in enumerate(STYLE_KINDS.items()):
        copy = folder / f"{style}.pdf"
        with pikepdf.open(original) as document:
            count = len(document.pages)
        right = Classification.OTHERS_ALL if count == 1 and kind is Classification.OTHERS_SOME else kind
        marked(original, copy, style, seed * len(STYLES) + number)
        yield Case(f"theirs: {style}", copy, only({right if doi else Classification.NOT_LISTED}))


def _ours(original: Path, folder: Path, doi: str, seed: int) -> Iterator[Case]:
    size, chance = original.stat().st_size, random.Random(seed)  # noqa: S311 - the same bits each time
    named = doi or "10.5555/unnamed"
    honest_copy = folder / "ours.pdf"
    sealed(original, honest_copy, named, honest)
    yield Case("ours", honest_copy, frozenset({Classification.OURS}))
    for label, tamper in SEALED.items():
        copy = folder / f"{label}.pdf"
        try:
            sealed(original, copy, named, tamper)
        except StopIteration:
            continue  # nothing is attached to a PDF/A-1 file
        yield Case(label, copy, frozenset({Classification.DAMAGED}))
    for label, attack in AFTERWARDS.items():
        copy = folder / f"{label}.pdf"
        copy.write_bytes(honest_copy.read_bytes())
        if attack(copy, size, chance):
            yield Case(label, copy, frozenset({Classification.DAMAGED, Classification.REWRITTEN}))


def main() -> int:
    """Print the table, and each file that got another class than the right ones; 1 when there is any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=10_000, help="so many articles at most")
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument(
        "--theirs", action="store_true", help="without the copies of this tool, which take the most time"
    )
    arguments = parser.parse_args()
    table: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    wrong = total = 0
    for number, original in enumerate(sorted(arguments.folder.rglob("*.pdf"))[: arguments.most]):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            own = identify(original).dois
            doi = own[0].value if own else ""
            lists = []
            for name in (doi or "10.5555/unnamed", "10.5555/another"):
                path = folder / f"list{len(lists)}.csv"
                path.write_text(f"doi,state,date,notice_doi\n{name},retraction,2024-05-01,10.5555/notice\n", "utf-8")
                lists.append(index_of(path))
            made = list(cases(original, folder, doi, number, with_ours=not arguments.theirs))
            asked = [
                AuditRequest(path=case.path, lists=(lists[not case.is_listed],), thorough=arguments.thorough)
                for case in made
            ]
            for case, found in zip(made, audit_files(asked), strict=True):
                total += 1
                table[case.label][found.kind.value] += 1
                if found.kind not in case.expected:
                    wrong += 1
                    sys.stdout.write(f"{original.name}: {case.label}: {found.kind.value}: {found.reason}\n")
                    sys.stdout.flush()
    sys.stdout.write(f"\n{total} files, {wrong} with another class than the right one\n\n")
    for label, counts in table.items():
        said = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
        sys.stdout.write(f"{label:<40}{said}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
