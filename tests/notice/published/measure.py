"""How many facts of the invented notices are read right: `python -m tests.notice.published.measure [-v]`."""

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.notice.published.forms import FORMS, Form
from tests.notice.published.works import WORKS, Work
from watermark.errors import NoticeError
from watermark.notice import Notice, from_text

FACTS = ("article DOI", "notice DOI", "date", "title", "journal", "state", "reasons", "figure matches", "replacement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One notice: its form, its work, its text, and each fact that is expected."""

    form: Form
    work: Work
    text: str
    expected: dict[str, object]


def samples() -> Iterator[Sample]:
    """Yield every form for every work."""
    for form in FORMS:
        for work in WORKS:
            said = set(form.facts)
            journal = work.journal if "J" in said else work.short if "j" in said else ""
            expected: dict[str, object] = {
                "article DOI": work.doi if "A" in said else "",
                "notice DOI": work.notice_doi if "N" in said else "",
                "date": work.day.isoformat() if "D" in said else "",
                "title": work.title if "T" in said else "",
                "journal": journal,
                "state": form.state,
                "reasons": form.reasons,
                "figure matches": form.matches,
                "replacement": work.other_doi if form.replacement else "",
            }
            yield Sample(form=form, work=work, text=form.text.format(**work.parts()), expected=expected)


def facts_of(notice: Notice) -> dict[str, object]:
    """Return the facts of a notice under the names of `FACTS`."""
    return {
        "article DOI": notice.article.doi,
        "notice DOI": notice.doi,
        "date": notice.date,
        "title": notice.article.title,
        "journal": notice.article.journal,
        "state": notice.state.value,
        "reasons": notice.reasons,
        "figure matches": tuple((match.figures, match.source_figure) for match in notice.figure_matches),
        "replacement": notice.replacement_doi,
    }


def measured(*, tell: bool = False) -> tuple[Counter[str], Counter[str], int]:
    """Return how often each fact was right, how often it was wrong and not empty, and the count of notices."""
    right, wrong, count = Counter[str](), Counter[str](), 0
    for sample in samples():
        count += 1
        try:
            found = facts_of(from_text(sample.text))
        except NoticeError as error:
            found = dict.fromkeys(FACTS)
            if tell:
                sys.stdout.write(f"{sample.form.publisher}: {error}\n")
        for fact in FACTS:
            is_right = found[fact] == sample.expected[fact]
            right[fact] += is_right
            wrong[fact] += not is_right and bool(found[fact])
            if tell and not is_right:
                sys.stdout.write(f"{sample.form.publisher} {fact}: {found[fact]!r}, not {sample.expected[fact]!r}\n")
    return right, wrong, count


if __name__ == "__main__":
    rights, wrongs, number = measured(tell="-v" in sys.argv)
    publishers = len({form.publisher for form in FORMS})
    sys.stdout.write(f"{number} notices in {len(FORMS)} forms of {publishers} publishers and languages\n")
    for name in FACTS:
        sys.stdout.write(f"{name:<15} {100 * rights[name] / number:5.1f} % right, {wrongs[name]} wrong and not empty\n")
