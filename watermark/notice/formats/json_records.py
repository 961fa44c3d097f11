"""JSON of an index or of the tool itself: one record, a wrapped one, a list of them, or one on each line.

Each record is recognised by itself: Crossref, OpenAlex, Europe PMC, DataCite, CSL-JSON, the tool's record of a marked
copy, and the tool's own form of a notice. The module of a form is imported when the first such record is met.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from watermark.errors import NoticeError
from watermark.notice.doi import normalised_doi
from watermark.notice.formats.json_values import loaded_json
from watermark.notice.formats.reading import Reading, select_reading
from watermark.notice.formats.structured import from_json
from watermark.notice.text_blocks import safe_excerpt

Members = dict[str, object]

RECORD_FORMAT = "retraction-watermark record"
MAX_WRAPPERS = 4
MAX_RECORDS = 200_000
_CROSSREF_KEYS = frozenset({"update-to", "updated-by", "container-title", "DOI", "message-type", "relation"})
_CROSSREF_ONLY = frozenset(
    {"update-to", "updated-by", "relation", "message-type", "reference-count", "is-referenced-by-count"}
)
_GIVE_ONE = "Give the record as the index returns it, or the notice's text."


def is_json(text: str) -> bool:
    """Tell from the first character whether a text can be JSON records; a Markdown link begins with a bracket, too."""
    start = text.lstrip("\ufeff \t\r\n")
    return start.startswith("{") or (start.startswith("[") and start[1:].lstrip()[:1] in {"{", "[", "]"})


def read_json(text: str, article_doi: str) -> Reading:
    """Return what the JSON says of one article. Raises NoticeError, which names the form, when it says nothing."""
    values = list(values_in(text))
    own = values[0] if len(values) == 1 and isinstance(values[0], dict) else None
    if own is not None and str(own.get("format", "")).startswith(RECORD_FORMAT):
        return _from_own_record(own)
    works = [work for value in values for work in works_in(value)]
    if own is not None and works == [own] and not form_of(own):
        return Reading(notice=from_json(text), is_tagged=False)
    return select_work(works, article_doi)


def values_in(text: str) -> Iterator[object]:
    """Yield the one value that the text is, or the value of each line. Raises NoticeError for what is no JSON."""
    try:
        yield _loaded(text)
    except NoticeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not _is_value(lines[0]):
            raise error from error.__cause__
        for number, line in enumerate(lines, 1):
            try:
                yield _loaded(line)
            except NoticeError as fault:
                fault.place = f"line {number}"
                raise


def readings_in(text: str) -> list[tuple[Reading, Members]]:
    """Return everything that the records in a JSON text say, each with its record. Raises NoticeError."""
    works = [work for value in values_in(text) for work in works_in(value)]
    return [(reading, work) for work in works for reading in readings_of(work)]


def unknown_in(text: str) -> NoticeError | None:
    """Return why a JSON text is no list of records, or why a record in it is not read; None where all are known.

    A response of an index that has no items is a list without records. Raises NoticeError for what is no JSON.
    """
    for value in values_in(text):
        works = list(works_in(value))
        unknown = next((work for work in works if not form_of(work)), None)
        if unknown is not None:
            return _nothing([unknown])
        if not works and not (isinstance(value, dict) and _wrapped(value) is not None):
            return NoticeError(
                "the JSON is not a record of an article, and not a list of such records", remedy=_GIVE_ONE
            )
    return None


def works_in(value: object, depth: int = 0) -> Iterator[Members]:
    """Yield the records in a response, a list or a bare record."""
    if isinstance(value, list):
        for item in value:
            yield from works_in(item, depth + 1) if depth < MAX_WRAPPERS else ()
    elif isinstance(value, dict):
        inner = _wrapped(value) if depth < MAX_WRAPPERS else None
        if inner is None:
            yield value
        else:
            yield from works_in(inner, depth + 1)


def form_of(work: Members) -> str:
    """Return the name of the index or of the form that a record is in; an empty string when it is not known."""
    if str(work.get("id", "")).lower().startswith("https://openalex.org/") or "is_retracted" in work:
        return "OpenAlex"
    if "pubTypeList" in work or "commentCorrectionList" in work or {"pmid", "authorString"} <= work.keys():
        return "Europe PMC"
    if isinstance(work.get("attributes"), dict) or "relatedIdentifiers" in work or "schemaVersion" in work:
        return "DataCite"
    names = {str(name).replace("_", "-") for name in work}
    if _CROSSREF_ONLY & names:
        return "Crossref"
    if isinstance(work.get("title"), str) and isinstance(work.get("type"), str) and {"id", "DOI"} & work.keys():
        return "CSL-JSON"
    return "Crossref" if _CROSSREF_KEYS & names else ""


def _wrapped(value: Members) -> object:
    """Return what a response wraps: Crossref's `message` and `items`, `results`, Europe PMC's `resultList`, `data`."""
    for name in ("message", "items", "results", "resultList", "hits"):
        if isinstance(value.get(name), (dict, list)):
            return value[name]
    if isinstance(value.get("result"), list):
        return value["result"]
    data = value.get("data")
    return data if isinstance(data, (dict, list)) and not isinstance(value.get("attributes"), dict) else None


def select_work(works: list[Members], article_doi: str) -> Reading:
    """Return the reading for one article; a record that cannot be read matters only where it names that article.

    Raises NoticeError as `read_json` does.
    """
    if len(works) > MAX_RECORDS:
        raise NoticeError(f"there are more than {MAX_RECORDS:,} records", remedy="Give the article's record alone.")
    wanted = normalised_doi(article_doi)
    kept: list[tuple[Reading, Members]] = []
    errors: list[NoticeError] = []
    for work in works:
        try:
            kept.extend((reading, work) for reading in readings_of(work))
        except NoticeError as error:
            if len(works) == 1 or not wanted or wanted in json.dumps(work, ensure_ascii=False).lower():
                raise
            errors.append(error)
    if not kept:
        raise errors[0] if errors else _nothing(works)
    chosen = select_reading([reading for reading, _ in kept], article_doi)
    if len(works) == 1:
        return chosen
    about = {id(work): work for reading, work in kept if reading.notice.article.doi == chosen.notice.article.doi}
    data = json.dumps(list(about.values()), ensure_ascii=False, indent=1).encode("utf-8", "replace")
    left_out = (
        f"{len(errors)} record{'s' * (len(errors) != 1)} could not be read; the first: {errors[0].reason}"
        if errors
        else ""
    )
    return replace(chosen, data=data, warnings=(left_out,) if left_out else ())


def readings_of(work: Members) -> Iterator[Reading]:
    """Yield what one record says of a retraction; nothing for a form that is not known. Raises NoticeError."""
    form = form_of(work)
    yield from _reader_of(form)(work) if form else ()


def _reader_of(form: str) -> Callable[[Members], Iterator[Reading]]:
    if form == "Crossref":
        from watermark.notice.formats.crossref_json import readings_of  # noqa: PLC0415 - loaded when the form is met

        return readings_of
    from watermark.notice.formats import index_json  # noqa: PLC0415 - loaded when the form is met

    return index_json.READERS[form]


def _nothing(works: list[Members]) -> NoticeError:
    if not works:
        return NoticeError("the JSON names no update of an article: it holds no record", remedy=_GIVE_ONE)
    forms = list(dict.fromkeys(form_of(work) for work in works))
    if forms == [""]:
        keys = ", ".join(safe_excerpt(str(key)) for key in list(works[0])[:4])
        return NoticeError(f"the JSON is in no form that is known; its fields are: {keys or 'none'}", remedy=_GIVE_ONE)
    if forms == ["Crossref"]:
        from watermark.notice.formats.crossref_json import no_update  # noqa: PLC0415 - loaded when the form is met

        return no_update(works)
    names = ", ".join(_name_of(work) for work in works[:3])
    more = f" and {len(works) - 3} more" if len(works) > 3 else ""
    form = " and ".join(filter(None, forms))
    return NoticeError(
        f"the {form} record{'s' * (len(works) != 1)} do{'es' * (len(works) == 1)} not say that anything was"
        f" retracted ({names}{more})",
        remedy="Give the record of the retracted article or of its notice, or the notice's text.",
    )


def _name_of(work: Members) -> str:
    attributes = work.get("attributes")
    places: Mapping[str, object] = attributes if isinstance(attributes, dict) else work
    named = chain((places.get(name) for name in ("doi", "DOI", "title", "display_name")), (work.get("id"),))
    return next((safe_excerpt(text) for text in named if isinstance(text, str) and text.strip()), "without a DOI")


def _from_own_record(record: Members) -> Reading:
    """Return the notice in the record of a marked copy, as it was when the copy was marked."""
    notice = record.get("notice")
    if not isinstance(notice, dict):
        raise NoticeError("the record of the marked copy holds no `notice`", remedy="Give the notice itself.")
    origin = record.get("notice_source")
    source = origin if isinstance(origin, dict) else {}
    name, date = (source.get(key) if isinstance(source.get(key), str) else "" for key in ("name", "date"))
    return Reading(
        notice=from_json(json.dumps(notice)), source=str(name)[:200], source_date=str(date)[:10], is_tagged=False
    )


def _loaded(text: str) -> object:
    try:
        return loaded_json(text)
    except RecursionError as error:
        raise NoticeError("values are nested without end", remedy=_GIVE_ONE) from error


def _is_value(line: str) -> bool:
    try:
        return isinstance(_loaded(line), (dict, list))
    except NoticeError:
        return False
