"""Finding articles by DOI: every PDF of the catalogue is read once, and again only if it has changed."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watermark.article.inspection import inspect_file
from watermark.batch.executor import StopRequest, WorkerPool, map_bounded
from watermark.batch.ledger import DoiIndex, IdentifiedPdf
from watermark.batch.storage import digest_of, local_file, store_at
from watermark.batch.task import BatchOptions
from watermark.errors import WatermarkError
from watermark.runtime.isolation import run_isolated


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifyRequest:
    """One PDF of this size to read; `sha256` is the digest of the content that is already indexed, or ""."""

    articles: str
    article: str
    stamp: str
    sha256: str
    size_bytes: int
    options: BatchOptions
    scratch: str = ""


def identify_pdf(request: IdentifyRequest) -> IdentifiedPdf | None:
    """Return the DOIs of one PDF, or None if its content is already indexed. Never raises."""
    try:
        limits = request.options.limits_for(request.size_bytes, local_file(request.articles, request.article))
        with tempfile.TemporaryDirectory(prefix="watermark-", dir=request.scratch or None) as folder:
            return run_isolated(_identified, (request, Path(folder)), limits, scratch=Path(folder))
    except WatermarkError as error:
        return IdentifiedPdf(path=request.article, stamp=request.stamp, problem=error.reason)


def index_catalogue(  # noqa: PLR0913 - the parts of a run
    index: DoiIndex,
    articles: str,
    *,
    pool: WorkerPool,
    options: BatchOptions,
    stop: StopRequest,
    on_progress: Callable[[int], None],
) -> None:
    """Add every PDF of the catalogue to the index. `on_progress` is called with the number of PDFs scanned so far.

    Raises UsageError if the folder cannot be listed.
    """
    count = 0

    def changed() -> Iterator[IdentifyRequest]:
        nonlocal count
        for article, stored in store_at(articles).pdfs():
            count += 1
            on_progress(count)
            known = index.known(article)
            if known is not None and known[0] == stored.stamp:
                index.seen(article, stored.stamp)
                continue
            yield IdentifyRequest(
                articles=articles,
                article=article,
                stamp=stored.stamp,
                sha256=known[1] if known else "",
                size_bytes=stored.size_bytes,
                options=options,
                scratch=pool.scratch,
            )

    index.begin()
    for request, future in map_bounded(pool, identify_pdf, changed(), stop):
        identified = future.result()
        if identified is None:
            index.seen(request.article, request.stamp)
        else:
            index.keep(identified)
    index.finish(is_complete=not stop.is_asked)


def _identified(arguments: tuple[IdentifyRequest, Path]) -> IdentifiedPdf | None:
    request, scratch = arguments
    path = store_at(request.articles).fetched(request.article, scratch)
    sha256 = digest_of(path)
    if sha256 == request.sha256:
        return None
    identity = inspect_file(path).identity
    return IdentifiedPdf(
        path=request.article,
        stamp=request.stamp,
        sha256=sha256,
        dois=tuple(found.value for found in identity.dois),
        printed_dois=tuple(found.value for found in identity.printed_dois),
    )
