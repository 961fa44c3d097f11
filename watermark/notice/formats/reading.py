"""What a reader of one form returns: the notice, and where the record comes from."""

from collections.abc import Iterable
from dataclasses import dataclass

from watermark.notice.contradictions import consistent_notice
from watermark.notice.model import Notice, NoticeFile, State
from watermark.notice.precedence import select_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A notice as read from a file or from one record of a list.

    `source` and `source_date` are as in `NoticeFile`. `data` are the bytes of the records about the article where the
    file is a list of many records, and None where the whole file is about it. `is_tagged` holds where the state comes
    from a tag or a field of a record, which the title may contradict. `article_pmid` is the article's PubMed ID.
    """

    notice: Notice
    source: str = ""
    source_date: str = ""
    data: bytes | None = None
    warnings: tuple[str, ...] = ()
    is_tagged: bool = True
    article_pmid: str = ""

    def as_file(
        self,
        data: bytes,
        name: str,
        media_type: str,
        warnings: tuple[str, ...] = (),
        *,
        state: State | None = None,
    ) -> NoticeFile:
        """Return the notice with the bytes it was read from: its own `data`, or else those of the whole file.

        `state` is the state that the user has named. Raises NoticeError where title and tags contradict each other.
        """
        notice, remarks = consistent_notice(self.notice, state) if self.is_tagged else (self.notice, ())
        return NoticeFile(
            notice=notice,
            data=data if self.data is None else self.data,
            name=name,
            media_type=media_type,
            warnings=(*warnings, *self.warnings, *remarks),
            source=self.source,
            source_date=self.source_date,
        )


def select_reading(candidates: Iterable[Reading], article_doi: str) -> Reading:
    """Return the reading whose notice is in effect for the article with `article_doi`, or for the only article.

    Raises NoticeError as `select_notice` does. `candidates` must not be empty.
    """
    by_identity = {id(reading.notice): reading for reading in candidates}
    notice = select_notice([reading.notice for reading in by_identity.values()], article_doi)
    return by_identity[id(notice)]
