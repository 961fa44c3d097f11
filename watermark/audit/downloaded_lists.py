"""Lists of retractions from the network: Crossref's records of the articles, and the table of Retraction Watch.

What Crossref answers is used for a day. The table of Retraction Watch stays in the user's cache folder and is fetched
again when it is older than a day; where it cannot be fetched, the stored table is used, and its age is said.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from watermark.article.quick_identity import identify
from watermark.audit.retraction_index.cache import cache_folder, put
from watermark.errors import FailedError, NoticeError, WatermarkError
from watermark.notice.crossref.cache import Cache
from watermark.notice.crossref.client import Client, Service, Source
from watermark.notice.decoding import is_watch
from watermark.notice.formats.json_records import readings_in
from watermark.runtime.isolation import WorkerTerminatedError, limits_for, run_isolated

CROSSREF, WATCH = "crossref:", "retraction-watch:"
NAMES = frozenset({CROSSREF, WATCH})
WATCH_ADDRESS = "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv"
SERVICES = {CROSSREF: Service(), WATCH: Service(address=WATCH_ADDRESS, whole=600.0)}
"""Where the lists come from; tests name servers of their own."""
TABLE = Source(
    name="Retraction Watch's table",
    by_hand=f"Download {WATCH_ADDRESS} in a browser, and give that file as the list.",
)
RECORDS = Source(
    name="Crossref", by_hand="Give a file as the list, such as Retraction Watch's CSV, or records of Crossref."
)
MAX_TABLE_BYTES = 500_000_000
HEAD_BYTES = 4096
SECONDS = 60.0
DAY, HOUR = 86_400, 3_600
NO_RECORD = b"null"
NO_ROWS = "doi,state,date\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlineList:
    """A list from the network as a file in the user's cache folder, and what to tell people about it."""

    path: Path
    message: str


def online_list(name: str, pdfs: Sequence[Path], *, password: str = "", mailto: str = "") -> OnlineList:
    """Return the list of this name, one of NAMES, for these PDFs.

    Raises UsageError if the extra `network` is not installed, FailedError if the service cannot be reached, and
    NoticeError if it sends something else than a list.
    """
    if name == WATCH:
        return _table(Client(SERVICES[WATCH], mailto, TABLE))
    dois = list(dict.fromkeys(doi for pdf in pdfs if (doi := _own_doi(pdf, password))))
    return _records(Client(SERVICES[CROSSREF], mailto, RECORDS), dois)


def _table(client: Client) -> OnlineList:
    path = cache_folder() / "retraction_watch.csv"
    age = time.time() - path.stat().st_mtime if path.is_file() else None
    if age is not None and 0 <= age < DAY:
        return OnlineList(path=path, message=f"the table was fetched {_ago(age)}")
    try:
        put(path, lambda new: _fetched(client, new))
    except FailedError as error:
        if age is None:
            raise
        return OnlineList(path=path, message=f"{error.reason}; the table that was fetched {_ago(age)} is used")
    return OnlineList(path=path, message="the table was fetched now")


def _fetched(client: Client, path: Path) -> None:
    with path.open("wb") as file:
        client.download(file, MAX_TABLE_BYTES)
    with path.open("rb") as file:
        if not is_watch(file.read(HEAD_BYTES)):
            raise NoticeError("the answer is not the Retraction Watch table", file=WATCH, remedy=TABLE.by_hand)


def _ago(seconds: float) -> str:
    number, unit = (int(seconds // DAY), "day") if seconds >= DAY else (int(seconds // HOUR), "hour")
    return f"{number:,} {unit}{'s' * (number != 1)} ago"


def _records(client: Client, dois: Iterable[str]) -> OnlineList:
    """Return what Crossref has about these articles, as one record a line: only those that name an update."""
    answers, lines, count, unknown = Cache(cache_folder() / "crossref-check"), list[str](), 0, 0
    for doi in dois:
        answer = answers.fresh(doi)
        if answer is None:
            answer = _asked(client, doi)
            answers.keep(doi, answer)
        count, unknown = count + 1, unknown + (answer == NO_RECORD)
        if line := _line(answer):
            lines.append(line)
    content = "".join(lines) or NO_ROWS
    suffix = "jsonl" if lines else "csv"
    name = f"crossref-{hashlib.sha256(content.encode()).hexdigest()[:16]}.{suffix}"
    path = cache_folder() / name
    put(path, lambda new: new.write_text(content, encoding="utf-8"))
    message = f"Crossref was asked about {count:,} DOI{'s' * (count != 1)}"
    return OnlineList(path=path, message=f"{message}; it has no record of {unknown:,} of them" if unknown else message)


def _asked(client: Client, doi: str) -> bytes:
    try:
        return client.record(doi)
    except NoticeError:
        return NO_RECORD


def _line(answer: bytes) -> str:
    """Return a record as one line, or "" if it names no update. The index reports one that cannot be read."""
    text = answer.decode("utf-8", "replace")
    try:
        value = json.loads(text)
        line = json.dumps(value) + "\n"
    except (ValueError, RecursionError) as error:
        raise NoticeError("Crossref's answer is not JSON", file=CROSSREF, remedy=RECORDS.by_hand) from error
    message = value.get("message") if isinstance(value, dict) else None
    try:
        return line if list(readings_in(text)) else ""
    except NoticeError:
        names_update = isinstance(message, dict) and (message.get("updated-by") or message.get("update-to"))
        return line if names_update else ""


def _own_doi(path: Path, password: str) -> str:
    """Return the DOI of the article in a PDF, read in a process of its own; "" if it has none or cannot be read."""
    try:
        return run_isolated(_identified, (path, password), limits_for([path], seconds=SECONDS))
    except (WorkerTerminatedError, WatermarkError, OSError, MemoryError, RecursionError):
        return ""  # the check of the file says what is wrong with it


def _identified(given: tuple[Path, str]) -> str:
    identity = identify(*given)
    return identity.dois[0].value if identity.dois else ""
