"""A megabyte of text is read in about a second of a quiet machine, whatever it consists of.

Seconds differ between machines and with their load. The time of the processor is therefore compared with that of a
fixed piece of work, which takes about a hundredth of a second there, both as the least of several rounds.
"""

import hashlib
import re
import time
from collections.abc import Callable

import pytest

from watermark.notice import from_text
from watermark.notice.extraction.long_texts import MAX_BACK_LINES, MAX_FRONT_LINES, divided

SIZE = 1_000_000
ROUNDS = 3
MOST = 100.0
"""How many times the fixed piece of work the reading may take."""
HEAD = (
    "Retraction: Newts of the northern ponds\n\nPonds 2024;8:90. doi:10.5555/pond.n1\nPublished 4 May 2024\n\n"
    "The editors retract this article (Marsh A. Newts of the northern ponds. Ponds 2019;3:1-9. doi:10.5555/pond.1).\n\n"
)
FORMS = {
    "sentences": "The images in Figure 3 were found to be the same as those of another work, see 10.5555/a.%d.\n\n",
    "references": "%d. Reed C, Fenn D. Toads of the southern pools. J Pools. 2015;7:10-19. https://doi.org/10.5555/t.%d\n",
    "bare DOIs": "https://doi.org/10.5555/pond.%d\n\n",
    "labelled lines": "Published: 4 May 2024\n\nDOI: 10.5555/pond.%d\n\n",
    "short lines": "Ponds and pools %d\n",
    "one paragraph": "This article was retracted in 2024 because sample %d was used twice, and nobody could say why. ",
    "titles in quotes": "The article “Newts of the northern ponds” (Ponds 2019;3:1-9, 10.5555/a.%d) is retracted.\n\n",
    "bars": "Retraction | 4 May 2024 | Vol. %d\n\n",
    "references with the year behind the authors": (
        "Reed, C., & Fenn, D. (2015). Toads of the pools %d. Journal of Pools, 7(2), 10-19. https://doi.org/10.5555/t\n\n"
    ),
    "references in Cyrillic": "Рыбаков И.И. Выдра %d. Вестник. 2018; 3: 45-52. DOI: 10.5555/r.1\n\n",
    "references with the journal in quotes": "J. Knot, Latarnie %d, „Zeszyty” 2016, nr 1, s. 33, DOI: 10.5555/z.1\n\n",
    "DOIs on one line": "10.5555/pond.%d ",
    "dates on one line": "4 May 2024, 05/06/2023; 2021-03-04 %d ",
    "brackets": "[(%d) [x] (y) ",
    "rows of a table": "| %d | Roe A | J Ponds 2015;7:1-9 | 10.5555/t.1 |\n",
    "quoted mail": "> The editors retract %d\n",
    "Chinese sentences": "本刊2016年第32卷刊登的文章《水獭%d》(DOI:10.5555/z.1)存在抄袭行为。",
}


def work() -> None:
    """Do what a reader of text does most: search with expressions, divide, and put into dictionaries."""
    text = "".join(f"Line {number} of 10.5555/pond.{number} in a text, (2019) 3:1-9. " for number in range(3_000))
    for _ in range(4):
        words = re.findall(r"[^\W\d_]+|10\.[0-9]{4,9}/\S+", text)
        counts: dict[str, int] = {}
        for word in words:
            counts[word.casefold()] = counts.get(word.casefold(), 0) + 1
        hashlib.sha256(" ".join(sorted(counts)).encode()).digest()


def least(call: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


def seconds_for(text: str) -> float:
    start = time.process_time()
    from_text(text)
    return time.process_time() - start


def text_of(form: str) -> str:
    count = SIZE // len(form)
    return HEAD + "".join(form.replace("%d", str(number)) for number in range(count))


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_megabyte_of_text_takes_no_more_than_a_hundred_times_a_fixed_piece_of_work(form: str) -> None:
    text = text_of(form)
    assert len(text) >= SIZE
    # the fixed work is measured beside each reading: other work on the machine slows both
    assert any(seconds_for(text) < MOST * least(work) for _ in range(ROUNDS))


@pytest.mark.parametrize("line", ["x\n", "x\n\n", "\n", "x\r\n"])
@pytest.mark.parametrize("count", [1, MAX_FRONT_LINES, MAX_FRONT_LINES + MAX_BACK_LINES, 5 * MAX_FRONT_LINES])
def test_of_many_short_lines_only_the_ends_are_read(line: str, count: int) -> None:
    text = line * count
    parts = divided(text)
    assert f"{parts.front}{parts.middle}{parts.back}" == text
    assert max(part.count("\n") for part in (parts.front, parts.back)) <= MAX_FRONT_LINES + MAX_BACK_LINES
    assert bool(parts.middle) == (text.count("\n") > MAX_FRONT_LINES + MAX_BACK_LINES)
