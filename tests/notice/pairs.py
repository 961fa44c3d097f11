"""Every article against every notice, and each wrong mark: `python -m tests.notice.pairs [FOLDER ...]`.

The articles are invented, and those of the PDFs in the folders that are named; the notices are invented, and those in
the same folders. For each invented notice there are articles that have the retracted article's title and another DOI,
with that DOI named in the notice in each other role. Nothing is drawn: what is tried is the decision that stamping
makes before the first byte. Exits with 1 where a pair ends in a wrong mark.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.notice.published.measure import samples
from tests.notice.published.roles import with_another_doi
from tests.notice.published.works import WORKS, Work
from watermark.article import Identity, Match, match
from watermark.article.identifiers import SourcedValue
from watermark.article.quick_identity import identify
from watermark.errors import WatermarkError
from watermark.notice import Notice, from_text, read_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One file: what it says of itself, and the DOI that it truly has ("" where none is known)."""

    name: str
    identity: Identity
    doi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One notice, and the DOIs and the title of the article that it truly retracts; none where that is not known."""

    name: str
    notice: Notice
    retracted: frozenset[str]
    title: str = ""


def identity(title: str, doi: str, work: Work, *, printed: bool = False) -> Identity:
    """Return what an article says of itself; with `printed`, its DOI is on page 1 and not known to be its own."""
    people = ", ".join(f"{initials} {family}" for family, initials in work.authors)
    own = SourcedValue(doi, "page 1" if printed else "XMP prism:doi")
    return Identity(
        dois=() if printed or not doi else (own,),
        printed_dois=(own,) if printed else (),
        titles=(SourcedValue(title, "XMP dc:title"),),
        first_page_text="\n".join(
            (title, people, str(work.year), *("Running text of the article." for _ in range(20)))
        ),
    )


def articles() -> Iterator[Article]:
    """Yield each work, its namesakes under other DOIs, the other works, and the notices' own files, twice each."""
    for number, work in enumerate(WORKS):
        for printed in (False, True):
            yield Article(
                name=f"work {number}", identity=identity(work.title, work.doi, work, printed=printed), doi=work.doi
            )
            for role, doi in (("other", work.other_doi), ("notice", work.notice_doi), ("namesake", f"{work.doi}.twin")):
                found = identity(work.title, doi, work, printed=printed)
                yield Article(name=f"the {role} of work {number} under its title", identity=found, doi=doi)
            found = identity(work.other_title, work.other_doi, work, printed=printed)
            yield Article(name=f"the other work of {number}", identity=found, doi=work.other_doi)
        for part in range(2):
            title = f"{work.other_title}, part {part}: {work.journal}"
            yield Article(
                name=f"part {part}", identity=identity(title, f"10.5555/part.{number}.{part}", work), doi="part"
            )


def cases() -> Iterator[Case]:
    """Yield each invented notice as it is, and with the other DOI named in each role that is not the article's."""
    for number, sample in enumerate(samples()):
        work = sample.work
        yield from _case(f"{sample.form.publisher} {number}", sample.text, work)
        if work is not WORKS[0]:
            continue  # one work in every form and role is enough
        for role, text in with_another_doi(sample.text, f"{work.doi}.twin"):
            yield from _case(f"{sample.form.publisher} {number}, {role}", text, work)


def _case(name: str, text: str, work: Work) -> Iterator[Case]:
    try:
        notice = from_text(text)
    except WatermarkError:
        return
    yield Case(name=name, notice=notice, retracted=frozenset({work.doi}), title=work.title)


def in_folder(folder: Path) -> Iterator[Article | Case]:
    """Yield the articles and the notices in a folder; the truth is what their own DOIs and fields say."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size < 3_000_000):
        if path.suffix == ".pdf":
            try:
                found = identify(path)
            except (WatermarkError, ValueError, OSError):
                continue
            yield Article(name=str(path), identity=found, doi=found.dois[0].value if found.dois else "")
        elif path.suffix in {".txt", ".md", ".xml", ".json"}:
            try:
                notice = read_notice(path).notice
            except (WatermarkError, UnicodeError):
                continue
            dois = frozenset({notice.article.doi}) if notice.article.doi else frozenset[str]()
            yield Case(name=str(path), notice=notice, retracted=dois, title=notice.article.title)


def is_wrong(article: Article, case: Case) -> bool:
    """Tell whether marking this article for this notice would mark another one than the notice retracts.

    An article without a DOI is the right one when it has the title of the retracted one. So is one whose DOI is not in
    the notice, where the notice has no DOI of the article: nothing but title, authors and year can tell then.
    """
    if not case.notice.article.doi and article.doi not in {mention.doi for mention in case.notice.doi_roles}:
        return case.title.casefold() not in _titles(article)
    if article.doi and case.retracted:
        return article.doi not in case.retracted
    return case.title.casefold() not in _titles(article)


def _titles(article: Article) -> set[str]:
    """Return the titles of a file in lower case: those that are known as such, and the line that page 1 begins with.

    A scan with a layer of text has no larger type that shows its title.
    """
    lines = [line.strip() for line in article.identity.first_page_text.split("\n") if line.strip()]
    return {title.casefold() for title in (*(title for title, _ in article.identity.titles), *lines[:1])}


def tried(folders: list[Path]) -> tuple[int, int, list[str]]:
    """Return how many pairs were tried, how many ended in a right mark, and each pair that ended in a wrong one."""
    files, notices = list(articles()), list(cases())
    for folder in folders:
        for found in in_folder(folder):
            if isinstance(found, Article):
                files.append(found)
            else:
                notices.append(found)
    count, marked, wrong = 0, 0, []
    for case in notices:
        for article in files:
            count += 1
            if not case.notice.state.is_marked or match(article.identity, case.notice).match is not Match.MATCH:
                continue
            marked += 1
            if is_wrong(article, case):
                wrong.append(f"{article.name} is marked for {case.name}")
    return count, marked - len(wrong), wrong


if __name__ == "__main__":
    pairs, right, faults = tried([Path(name) for name in sys.argv[1:]])
    sys.stdout.write(f"{pairs:,} pairs of article and notice; {right:,} would be marked, and {len(faults)} wrongly\n")
    sys.stdout.writelines(f"{fault}\n" for fault in faults)
    sys.exit(bool(faults))
