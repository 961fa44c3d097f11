"""Mark files as a user does, and draw apart what the marking paints."""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pikepdf

from tests.corpus.judges.processes import EndedError, answer_to
from tests.corpus.judges.stamping import stamp
from tests.corpus.judges.verdict import Pair

NOTICE = Path(__file__).parent / "notice.yaml"
"""A notice with a DOI, so that each page gets a link, too."""
AT = "2026-01-02T03:04:05Z"
SECONDS = 300
MARK = b"/Artifact<</Type/Pagination/Subtype/Watermark>>"
"""What every marking of a page begins with, after it has closed or painted the content of the page."""
COLOUR = re.compile(rb"(/RetractionRGB (?:cs|CS)) [0-9. ]+ (sc|SC)\b")


def marked(articles: Sequence[Path], folder: Path, options: Iterable[str] = ()) -> tuple[list[Pair], dict[Path, str]]:
    """Return the pairs of all articles that are marked, and why the others are not."""
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        copies = (folder / f"{number:05d}.pdf" for number in range(len(articles)))
        done = list(threads.map(lambda item: _marked(*item, tuple(options)), zip(articles, copies, strict=False)))
    pairs = [one for one in done if isinstance(one, Pair)]
    return pairs, {path: one for path, one in zip(articles, done, strict=True) if isinstance(one, str)}


def _marked(article: Path, copy: Path, options: tuple[str, ...]) -> Pair | str:
    copy.unlink(missing_ok=True)  # one of an earlier run would be judged in its place
    arguments = [str(article), "--notice", str(NOTICE), "-o", str(copy), "--overwrite", "--at", AT]
    try:
        status, line = answer_to(SECONDS, stamp, [*arguments, "--force-match", "judged by others", "--quiet", *options])
    except EndedError as error:
        return str(error)
    if not copy.exists():
        return line.removeprefix("watermark: ") or f"status {status}"
    ink = copy.with_suffix(".ink.pdf")
    try:
        draw_ink(article, copy, ink)
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as error:
        sys.stderr.write(f"{article}: the ink cannot be drawn apart: {error}\n")
        return Pair(original=article, copy=copy, ink=None)
    return Pair(original=article, copy=copy, ink=ink)


def draw_ink(original: Path, copy: Path, ink: Path) -> None:
    """Write the copy without all that its pages painted before: their content, their annotations, their forms.

    The marking is black: on white paper, a line that was chosen for a dark page could not be seen.
    """
    with pikepdf.open(original) as before, pikepdf.open(copy) as after:
        highest = max(one.objgen[0] for one in before.objects if isinstance(one, pikepdf.Object))
        for page in after.pages:
            contents = page.obj.get("/Contents", pikepdf.Array())
            streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
            ours = b"\n".join(stream.read_bytes() for stream in streams if stream.objgen[0] > highest)
            page.obj.Contents = after.make_stream(marking_of(ours))
            notes = [one for one in page.obj.get("/Annots", ()) if one.objgen[0] > highest]
            page.obj.Annots = pikepdf.Array([one for one in notes if one.get("/Subtype") != "/Link"])
        for one in after.objects:
            if isinstance(one, pikepdf.Stream) and one.objgen[0] > highest and one.get("/Subtype") == "/Form":
                with suppress(pikepdf.PdfError):  # one of the article's, in a filter that nothing knows
                    one.write(COLOUR.sub(rb"\1 0 0 0 \2", one.read_bytes()))
        if "/AcroForm" in after.Root:
            del after.Root.AcroForm
        after.save(ink)


def marking_of(content: bytes) -> bytes:
    """Return what our streams of a page paint, without what closes or paints the content of the page before it."""
    start = content.find(MARK)
    return content[start:] if start >= 0 else b""
