"""Finding articles by DOI: every PDF of the catalogue is looked into once, and again when the file has changed."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watermark.article.inspection import inspect_file
from watermark.batch.executor import StopRequest, WorkerPool, map_bounded
from watermark.batch.ledger import DoiIndex, IdentifiedPdf
from watermark.batch.storage import digest_of, store_at
from watermark.batch.task import BatchOptions
from watermark.errors import WatermarkError
from watermark.runtime.isolation import Limits, run_isolated


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyRequest:
    """One PDF to be looked into; `sha256` is that of the content that is known already, or ""."""

    articles: str
    article: str
    stamp: str
    sha256: str
    limits: Limits
    scratch: str = ""


def identify_pdf(asked: IdentifyRequest) -> IdentifiedPdf | None:
    """Return what one PDF says of itself, or None when its content is known; no error leaves."""
    try:
        with tempfile.TemporaryDirectory(prefix="watermark-", dir=asked.scratch or None) as folder:
            return run_isolated(_glance, (asked, Path(folder)), asked.limits, scratch=Path(folder))
    except WatermarkError as error:
        return IdentifiedPdf(path=asked.article, stamp=asked.stamp, fault=error.reason)


def index_catalogue(  # noqa: PLR0913 - the parts of a run
    index: DoiIndex,
    articles: str,
    *,
    crew: WorkerPool,
    options: BatchOptions,
    stop: StopRequest,
    told: Callable[[int], None],
) -> None:
    """Let the index know every PDF of the catalogue. `told` hears how many have been looked at.

    Raises UsageError when the catalogue cannot be listed.
    """
    count = 0

    def changed() -> Iterator[IdentifyRequest]:
        nonlocal count
        for article, held in store_at(articles).pdfs():
            count += 1
            told(count)
            known = index.known(article)
            if known is not None and known[0] == held.stamp:
                index.seen(article, held.stamp)
                continue
            yield IdentifyRequest(
                articles=articles,
                article=article,
                stamp=held.stamp,
                sha256=known[1] if known else "",
                limits=options.limits_for(held.size_bytes),
                scratch=crew.scratch,
            )

    index.begin()
    for asked, future in map_bounded(crew, identify_pdf, changed(), stop):
        glance = future.result()
        if glance is None:
            index.seen(asked.article, asked.stamp)
        else:
            index.keep(glance)
    index.finish(is_complete=not stop.is_asked)


def _glance(given: tuple[IdentifyRequest, Path]) -> IdentifiedPdf | None:
    asked, scratch = given
    path = store_at(asked.articles).fetched(asked.article, scratch)
    sha256 = digest_of(path)
    if sha256 == asked.sha256:
        return None
    identity = inspect_file(path).identity
    return IdentifiedPdf(
        path=asked.article,
        stamp=asked.stamp,
        sha256=sha256,
        dois=tuple(found.value for found in identity.dois),
        printed_dois=tuple(found.value for found in identity.printed_dois),
    )
