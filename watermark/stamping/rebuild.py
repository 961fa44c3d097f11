"""A file that appending does not heal, written anew by qpdf; the original travels inside it, byte for byte.

The copy is then what qpdf made of the original, and one revision; `restore` takes the original out of it.
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from watermark.article import REMEDY, UNREADABLE, ArticleInfo, document_at
from watermark.errors import Reason, RefusedError, UsageError
from watermark.stamping.plan import StampRequest

MAX_CARRIED_BYTES = 512 << 20
DIGITS = 32
"""What qpdf leaves for the second string of /ID: half a SHA-256."""


@contextmanager
def open_base(job: StampRequest) -> Iterator[Path]:
    """Yield the file that the revision is written behind: the article itself, or what qpdf makes of it when asked.

    What was made is gone afterwards. Raises RefusedError for what qpdf cannot open, or what may not be written anew,
    and UsageError for linearizing without rebuilding.
    """
    if not job.rebuild:
        if job.linearize:
            remedy = "Give both, or leave out --linearize."
            raise UsageError(
                "a file that is only appended to cannot be laid out for the web",
                place="--linearize without --rebuild",
                remedy=remedy,
            )
        yield job.article
        return
    _refuse_what_is_not_rebuilt(job)
    with TemporaryDirectory(prefix="watermark-") as folder:
        path = Path(folder) / "rebuilt.pdf"
        with document_at(job.article, job.password) as document:
            if document.is_encrypted:
                raise RefusedError(
                    Reason.ENCRYPTED,
                    "writing it anew would make a new encryption",
                    file=str(job.article),
                    remedy="Leave out --rebuild, or save it without encryption first.",
                )
            _write(document, path, str(job.article), linearize=False)
        yield path


def with_original_digest(job: StampRequest, survey: ArticleInfo) -> ArticleInfo:
    """Return the survey of a base as one of the article: where it was rebuilt, the digests are the original's own."""
    if not job.rebuild:
        return survey
    with job.article.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return replace(
        survey,
        path=str(job.article),
        sha256=digest,
        size_bytes=job.article.stat().st_size,
        rebuilt_sha256=survey.sha256,
        rebuilt_size_bytes=survey.size_bytes,
    )


def linearize(copy: Path, base: Path) -> Path:
    """Return a copy as one linearized file, written beside its rebuilt base (ISO 32000-2 annex F).

    It has no room for a whole digest: the second string of /ID is the first half of the SHA-256 of the file, wherever
    it stands, computed with zeros in its places.
    """
    path = base.with_name("linearized.pdf")
    with pikepdf.open(copy, inherit_page_attributes=False) as document:
        _write(document, path, str(copy), linearize=True)
    data = path.read_bytes()
    with pikepdf.open(path) as document:
        identifier = bytes(document.trailer["/ID"][1]).hex().encode("ascii")
    zeros = data.replace(b"<%b>" % identifier, b"<%b>" % (b"0" * DIGITS))
    seal = hashlib.sha256(zeros).hexdigest()[:DIGITS].encode("ascii")
    path.write_bytes(data.replace(b"<%b>" % identifier, b"<%b>" % seal))
    return path


def _refuse_what_is_not_rebuilt(job: StampRequest) -> None:
    size = job.article.stat().st_size if job.article.is_file() else 0
    if size > MAX_CARRIED_BYTES:
        raise RefusedError(
            Reason.CANNOT_BE_PROVED,
            f"it is too large to be carried inside a rebuilt one ({size:,} bytes)",
            file=str(job.article),
            remedy="Leave out --rebuild.",
        )


def _write(document: pikepdf.Pdf, target: Path, name: str, *, linearize: bool) -> None:
    """Let qpdf write a document anew: streams as they are stored, the same bytes each time."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd in a form is the original's own, and stays as it is
            document.save(
                target,
                linearize=linearize,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                fix_metadata_version=False,
                deterministic_id=True,
            )
    except (*UNREADABLE, RuntimeError) as error:
        raise RefusedError(Reason.DAMAGED, f"qpdf cannot write it anew ({error})", file=name, remedy=REMEDY) from error
