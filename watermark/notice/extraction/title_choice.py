# ruff: noqa: RUF001 - quotation marks of other scripts are meant
"""Which of the lines and quotes of a notice is the title of its article: what is printed elsewhere decides.

The line behind a label, or below one, is the title in most notices. It may also be a menu, an address, a sentence or
the place of a paper. A careful reader sees so because nothing else in the notice prints it, and takes the title in
quotes, the title of the citation, the line that is printed twice, or the line above the authors.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from watermark.notice.doi import dois_in
from watermark.notice.extraction import statement
from watermark.notice.extraction.citation import people_of
from watermark.notice.extraction.citation_roles import is_another_title, is_of_another_publication
from watermark.notice.extraction.citation_styles import bracketed_journal, cited_title, plain_title, read_styled
from watermark.notice.extraction.heading import Heading, cited_journals, may_be_title
from watermark.notice.extraction.journal_lines import journal_behind_label, may_be_journal
from watermark.notice.extraction.journal_names import is_in_capitals, is_short_form, printed_in_small_letters
from watermark.notice.extraction.single_quotes import with_double_quotes
from watermark.notice.extraction.state_phrases import is_statement, parse_state, split_title_label
from watermark.notice.extraction.zones import is_head_line, is_one_person, is_people, is_prose, zones_of
from watermark.notice.text_blocks import Block, letters, sentences
from watermark.runtime.expressions import expression

_QUOTED_TITLE = expression(
    r"\b(?:article|paper|manuscript|chapter|study|report|letter|review"
    r"|publication|artículo|article|artikels?|artigo|articolo|beitrags?"
    r"|aufsatz(?:es)?|saggio|contributo|trabajo|trabalho|lavoro|artykuł\w{0,3}"
    r"|prac[aąeęy](?= (?:pt|p\.t)\.| zatytuł|:)|стать\w{1,2})\b(?: pt\."
    r"| p\.t\.)?"
    r"(?:[^.“”\"]|(?<=\b[^\W\d_])\.|(?<=\bDrs)\.|(?<=\bDr)\.|(?<=\bProf)\.|(?<=\bal)\.){0,160}?[“\"«„]"
    r"(?P<title>[^“”\"«»„]{12,600}?)[,.]?[”\"»“](?!,? (?:(?:19|20)[0-9]{2}|[Vv]ol\.|[Nn]r |[Tt]\. |№)|: [^\W\d_])"
    r"|(?:论文|文章|論文|题为|題為|标题为|논문|(?:刊登|发表|發表|刊载|刊載|刊出)的|掲載(?:した|された|の)|게재(?:된|한))\s?(?P<eastern>[《「『“\"][^《》「」『』“”\"]{4,200}[》」』”\"])",
    re.IGNORECASE,
)
_TITLE_AND_PLACE = expression(
    r"[“\"](?P<title>[^“”\"]{12,600}?)[,.]?[”\"](?P<by>,? by (?=[^\W\d_a-z])[^“”\"]{3,300}?)?,? (?:was )?"
    r"(?:published|appeared) (?:online )?in (?:the )?[A-Z]"
)
_RETRACTED_TITLE = expression(
    r"\b(?:retract\w*|withdr\w+) (?:of )?(?:(?:the|our|this|their) (?:\w+ ){0,3}?)?[“\"](?P<title>[^“”\"]{15,400})[”\"]"
    r"|\bpublished (?:the|our|an?) (?:\w+ ){0,3}?[“\"](?P<other>[^“”\"]{15,400})[”\"]",
    re.IGNORECASE,
)
_IN_FRONT = expression(r"[“\"](?P<title>[^“”\"]{12,600}?)[,.]?[”\"],? (?P<journal>[^\W\d_a-z][^“”\"0-9]{2,100})")
"""A title in quotes with the journal behind it."""
_BEHIND_A_TITLE = expression(r"[”\"»’]?[,.]? ?(?:(?:published )?in|by|from|[(\[,.;:]) ?(?=[^\W\d_a-z])")
_BY = expression(r",? by (?=[^\W\d_a-z])")
_PLACE = expression(
    r"\bvol(?:ume|\.)? ?[0-9]|\bpp?\. ?[A-Z]?[0-9]|\bpages? [A-Z]?[0-9]|https?://|\[(?:serial )?on-?line\]",
    re.IGNORECASE,
)
_COMPANY = expression(r"\b(?:Ltd|Limited|Inc|LLC|GmbH|Publications|Publish(?:ers|ing)|Press|Verlag)\.?$")
_IS_OF_AN_OFFICE = expression(
    r"^(?:note|statement|message|announcement|nota|avis|aviso|avviso|mitteilung|comunicado) (?:of|from|by|de|der|du"
    r"|della|da|do)(?: l[ae])? .{0,40}\b"
    r"(?:committee|board|office|editors?|rédaction|redacción|redazione|redação|redaktion)$",
    re.IGNORECASE,
)
_IN_SMALL_LETTERS = expression(r"^[a-zà-ÿ]{3,20} [a-zà-ÿ]")
"""A title begins with a capital, or with the small letter of a name (`mRNA`)."""
_QUOTED_AND_DOI = expression(r"[“\"](?P<title>[^\W\d_a-z][^“”\"]{20,400})[”\"],? \([^()]{0,120}\b10\.[0-9]{4,9}/")
_NOTED = expression(
    r"[^\W\d_][^:“”\"«»\[\]]{2,60}:? [“\"«] ?(?P<title>[^“”\"«»]{12,400}?) ?[”\"»] [\[(][^\[\]]{6,120}[\])]\.?$"
)
"""A title with its place behind any label: `Publisher's Note: “A title” [J. Ponds 105, 192404 (2014)]`."""
_CHAPTER = expression(r"(?:Chapter|CHAPTER) [0-9]{1,3}\W{1,3}(?P<title>[^\W\d_a-z].{11,400})")
_AUTHOR = r"(?:(?:van|von|de|der|den|la|di|da|el|al|ten) ){0,2}[^\W\d_a-z][\w'\u2019-]+(?: et al\.)?"
_ONLY_AUTHORS = expression(
    rf"(?:and |[^\W\d_]+ (?:of|to|von|de|di|do|for):? )?{_AUTHOR}"
    rf"(?:(?:, and | and |, | & | und | et | y | e | i ){_AUTHOR}){{0,7}},? \(?(?:19|20)[0-9]{{2}}[a-z]?\)?"
)
"""The authors and the year in the place of the title: `Retraktion von Moss & Fenn, 2017`."""
_INTRODUCED = expression(
    r"(?:re|regarding|concerning|betrifft|(?:original|retracted) (?:article|paper)|article|paper)\s?: ", re.IGNORECASE
)
_IS_NO_WORK = expression(
    r"(?:headed|section|apartado|abschnitt|paragra\w+|журнал\w*|сборник\w*|книг\w+|czasopi\w+|zbior\w+|tomie|revista"
    r"|rivista|revue|zeitschrift|sammelband|zeszytach|volume|libro|journal|herald)\W{1,4}$",
    re.IGNORECASE,
)
"""What a quotation mark follows where the words are no title of an article: a section, or a collection."""
_VERB = expression(r"\b(?:has|have|had|is|are|was|were|been)\b")
MAX_NO_TITLE, MAX_TITLE, MAX_PLACE, MAX_BLOCKS, MAX_LINE = 60, 160, 4_000, 80, 400
MIN_WORDS, MIN_LETTERS, MAX_LABEL, MAX_ACRONYM = 4, 20, 2, 6


def with_best_title(head: Heading, found: Sequence[Block]) -> Heading:
    """Return a heading with the title that the other places of the notice confirm; its own where none is better."""
    if (
        names_only_authors(head.title)
        or names_only_authors(head.article_title)
        or _is_no_work(head)
        or _is_journal_above(head.article_title, found)
        or _is_journal_in_front(head)
    ):
        head = replace(head, article_title=next(_labelled_titles(found[:MAX_BLOCKS]), ""))
    head = _confirmed(head, found)
    return replace(head, article_title=_as_cited(head.article_title, found))


def names_only_authors(title: str) -> bool:
    """Tell a title line that names the article by its authors and its year, with the label or without it."""
    return _ONLY_AUTHORS.fullmatch(title.rstrip(".")) is not None


def _is_journal_above(title: str, found: Sequence[Block]) -> bool:
    """Tell the name of the journal at the top of its page: a citation has it, or two lines are one or two words."""
    name = title.casefold()
    lines = (block.words.casefold() for block in found[:MAX_BLOCKS])
    is_twice = 0 < len(title.split()) <= MAX_LABEL and sum(line == name for line in lines) > 1
    return is_twice or (bool(name) and any(cited.casefold() == name for cited in cited_journals(found[:MAX_BLOCKS])))


def _is_journal_in_front(head: Heading) -> bool:
    """Tell whether the words in front of the label are a journal's short name: `JCB: Retraction`."""
    about = head.article_title
    is_acronym = about.isupper() and about.isalpha() and len(about) <= MAX_ACRONYM
    return head.title.startswith(about) and (is_acronym or is_short_form(about))


def _is_no_work(head: Heading) -> bool:
    """Tell whether the words in the place of the title are a journal's name, or another name of the notice."""
    about = head.article_title
    front, _, rest = about.partition(" (")
    is_notice = parse_state(front + rest.partition(")")[2]) is not None  # a name with another one in brackets
    return bool(about) and (is_notice or bool(journal_behind_label(head.title, about)))


def _as_cited(title: str, found: Sequence[Block]) -> str:
    """Return a title in capitals, or one behind its authors, as another place of the notice prints it."""
    if cited_title(title):
        return title
    if is_in_capitals(title):
        return printed_in_small_letters(title, found) or title
    comma = title.find(", ")
    rest = title[comma + 2 :]
    is_behind = comma > 0 and len(letters(rest)) >= MIN_LETTERS and is_one_person(title[:comma])
    is_behind = is_behind and is_printed_again(rest, found) and not is_printed_again(title, found)
    return rest if is_behind else title


def _confirmed(head: Heading, found: Sequence[Block]) -> Heading:
    """Return a heading with the title that is printed again, cited or quoted."""
    head = _with_quoted_title(_with_retracted_title(head), found)
    title = plain_title(head.article_title)
    is_none = is_no_title(title)
    if not head.article_title and parse_state(head.title) is not None:
        return replace(head, article_title=_title_of_citation(found))
    if not title or (cited_title(head.article_title) and not is_none):
        return head
    is_sure = is_printed_again(title, found) or _is_above_authors(title, found) or not _is_doubtful(head, title)
    if not is_none and is_sure:
        return replace(head, article_title=_whole(head.article_title, found))
    others = {letters(other): other for other in _cited_titles(found)}
    if list(others) == [letters(title)]:
        return head
    other = "".join(others.values()) if len(others) == 1 else ""
    is_around = bool(other) and title[0].islower() and other in title  # `o wycofaniu pracy pt. „Stawy”`
    if other and (is_none or is_around or _outweighs(other, title, found)):
        return replace(head, article_title=other)
    is_none = is_none or len(title.split()) <= MAX_LABEL
    printed = printed_title(found) if is_none and not others else ""
    return (
        replace(head, article_title=printed)
        if printed
        else replace(head, article_title=_whole(head.article_title, found))
    )


def _title_of_citation(found: Sequence[Block]) -> str:
    """Return the title of the citation that a label introduces above the sentences, as the sentences quote it."""
    found = found[:MAX_BLOCKS]
    first = next((number for number, block in enumerate(found) if is_prose(block)), 0)
    titles = [read_styled(block.words).title for block in found[:first] if _INTRODUCED.match(block.words)]
    quoted = quoted_title(found) if titles else ""
    return quoted if titles and letters(quoted) == letters(titles[0]) else "".join(titles[:1])


def _outweighs(other: str, title: str, found: Sequence[Block]) -> bool:
    """Tell whether a cited title is not the title line's, and is printed twice: one citation may be of any work."""
    is_few = len(title.split()) <= MIN_WORDS
    return not _is_within(title, letters(other)) and (is_few or is_printed_again(other, found))


def _is_within(title: str, other: str) -> bool:
    """Tell whether one title has the letters of the other: they are one work's."""
    return letters(title) in other or other in letters(title)


def printed_title(found: Sequence[Block]) -> str:
    """Return the title that its place tells: above the sentences, printed twice, of a chapter, above the authors."""
    first = next((number for number, block in enumerate(found) if is_prose(block)), 0)
    cited = _retracted_titles(found[:MAX_BLOCKS]) or set(_cited_titles(found[: min(first, MAX_BLOCKS)]))
    return cited.pop() if len(cited) == 1 else next(_printed_titles(found), "")


def is_no_title(words: str) -> bool:
    """Tell words that are no title of a work: a sentence, a publisher, volume and pages, or the kind of a notice."""
    is_sentence = len(sentences(words)) > 1 and len(words) > MAX_TITLE and _VERB.search(words) is not None
    return is_sentence or any(one.search(words) for one in (_PLACE, _COMPANY, _IS_OF_AN_OFFICE, _IN_SMALL_LETTERS))


def is_printed_again(title: str, found: Sequence[Block]) -> bool:
    """Tell whether two blocks of a notice print a title."""
    wanted = letters(title)
    return sum(wanted in letters(block.words[:MAX_PLACE]) for block in found[:MAX_BLOCKS]) > 1


def _is_above_authors(title: str, found: Sequence[Block]) -> bool:
    """Tell whether the line below a title names people: then it is the title of the work that they wrote."""
    return any(
        above.words.endswith(title) and (is_people(below.words) or len(people_of(below.words)) > 1)
        for above, below in pairwise(found[:MAX_BLOCKS])
    )


def _is_doubtful(head: Heading, title: str) -> bool:
    """Tell whether the title line has no label of its own, or too few words for a title."""
    if head.article_title.startswith(("“", '"')):
        return False
    is_labelled = parse_state(head.title) is None and split_title_label(head.title)[1] is not None
    return not is_labelled or len(title.split()) <= MAX_LABEL


def _whole(title: str, found: Sequence[Block]) -> str:
    """Return a title without the authors or the journal behind it, and with the words that its next line adds."""
    if named := _IN_FRONT.fullmatch(title):
        return named["title"] if may_be_journal(named["journal"]) else title
    is_repeated = is_printed_again(title, found)
    for by in _BY.finditer(title) if not is_repeated else ():
        if len(people_of(title[by.end() :])) > 1 or is_people(title[by.end() :]):
            return title[: by.start()]
    for cited in _cited_titles(found):
        is_whole = len(letters(cited)) >= MIN_LETTERS and title.startswith(cited)
        if is_whole and _BEHIND_A_TITLE.match(title[len(cited) :]):
            return cited
    for block, below in pairwise(found[:MAX_BLOCKS]):
        joined = f"{title} {below.words}"
        if block.words.endswith(title) and len(letters(title)) >= MIN_LETTERS and not is_prose(below):
            others = (one for one in found[:MAX_BLOCKS] if one is not block and one is not below)
            if any(joined in one.words[:MAX_PLACE] for one in others):
                return joined
    return title


def _cited_titles(found: Sequence[Block]) -> Iterator[str]:
    """Yield the titles of the citations with authors above the list of references, and the title that is quoted."""
    end = min(zones_of(found).references, MAX_BLOCKS)
    if quoted := quoted_title(found[:end]):
        yield quoted
    for block in found[:end]:
        for quote in _QUOTED_AND_DOI.finditer(block.words[:MAX_PLACE]):
            if not statement.is_about_a_source(block.words[: quote.start()]):
                yield quote["title"].rstrip(" ,.")
    lead = ""
    for block in found[:end]:
        words = block.words
        above, lead = lead, words
        if (noted := _NOTED.match(words)) and bracketed_journal(words):
            yield noted["title"].rstrip(" ,.")
            continue
        is_cited = len(words) <= MAX_LINE and (dois_in(words) or re.search(r"\b(?:19|20)[0-9]{2}\b", words))
        if (
            not is_cited
            or is_statement(words)
            or statement.is_about_a_source(above)
            or is_of_another_publication(words)
        ):
            continue
        cited = read_styled(words)
        title, state = split_title_label(cited.title)
        if cited.authors and (cited.journal or dois_in(words)) and len(title.split()) >= MIN_WORDS:
            yield title if state else cited.title


def _printed_titles(found: Sequence[Block]) -> Iterator[str]:
    """Yield the lines that are printed twice, that number a chapter, or that are above the authors."""
    end = min(zones_of(found).references, MAX_BLOCKS)
    lines = [
        block.words
        for block in found[:end]
        if may_be_title(block)
        and not is_prose(block)
        and not is_head_line(block)
        and len(block.words.split()) >= MIN_WORDS
        and not is_no_title(block.words)
        and split_title_label(block.words)[1] is None
        and parse_state(block.words) is None
    ]
    yield from (_whole(title, found) for title in _labelled_titles(found[:end]))
    yield from (words for words in lines if len(letters(words)) >= MIN_LETTERS and is_printed_again(words, found))
    yield from (chapter["title"] for words in lines if (chapter := _CHAPTER.fullmatch(words)))
    yield from (
        above.words for above, below in pairwise(found[:end]) if above.words in lines and is_people(below.words)
    )
    yield from (  # the label of a page is between the title and the authors
        found[n].words
        for n in range(end - 2)
        if found[n].words in lines
        and parse_state(found[n + 1].words)
        and is_people(found[n + 2].words.removeprefix("Authors: ")) > is_people(found[n + 2].words)
    )


def _labelled_titles(found: Sequence[Block]) -> Iterator[str]:
    """Yield the titles that stand beside a label, and are no citation and no journal."""
    for block in found:
        title, state = split_title_label(block.words)
        if (
            state
            and not is_prose(block)
            and not is_statement(title)
            and not cited_title(title)
            and not _PLACE.search(title)
            and not journal_behind_label(block.words, title)
            and len(title.split()) >= MIN_WORDS
        ):
            yield title


def _retracted_titles(body: Sequence[Block]) -> set[str]:
    return {
        (found["title"] or found["other"]).strip(" ,.")
        for block in body
        for found in _RETRACTED_TITLE.finditer(block.words[:MAX_PLACE])
    }


def _with_retracted_title(head: Heading) -> Heading:
    """Return a heading whose title line is a bare label, or has none, with the title that a sentence retracts.

    The line may be the journal, an editor or the headline of news: a title in quotes in that sentence outweighs it.
    """
    is_open = bool(head.article_title) and (parse_state(head.title) is not None or head.state is None)
    titles = _retracted_titles(head.body) if is_open else set()
    is_other = len(titles) == 1 and is_another_title(next(iter(titles)), head.article_title)
    is_short = len(titles) == 1 and len(head.article_title) < MAX_NO_TITLE
    return replace(head, article_title=titles.pop()) if is_other or is_short else head


def _with_quoted_title(head: Heading, found: Sequence[Block]) -> Heading:
    """Return a heading whose line without a label is printed once with the title that the sentences quote.

    Such a line may be a menu or the journal: a title is printed again, in a citation or in a sentence.
    """
    is_labelled_title = split_title_label(head.title)[1] is not None and parse_state(head.title) is None
    quoted = quoted_title([block for block in found if is_prose(block)]) if not is_labelled_title else ""
    title = plain_title(head.article_title)
    if not quoted or not title or letters(title) in letters(quoted):
        return head
    return head if is_printed_again(title, found) else replace(head, article_title=quoted)


def quoted_title(body: Sequence[Block]) -> str:
    """Return the title in quotes behind `the article` in the sentence that retracts it; "" for none and for two."""
    titles = [
        (found["title"] or found["eastern"][1:-1]).strip(" ,.")
        for block in body
        for found in _QUOTED_TITLE.finditer(with_double_quotes(block.words))
        if not statement.is_about_a_source(block.words[: found.start(0)])
        and not _IS_NO_WORK.search(found[0][: -len(found["title"] or found["eastern"]) - 1])
    ]
    titles = [title for title in titles if parse_state(title) is None]
    if not titles:
        placed = ((block, _TITLE_AND_PLACE.match(block.words)) for block in body)
        titles = [
            found["title"]
            for block, found in placed
            if found
            and (found["by"] or not is_prose(block))
            and not is_of_another_publication(sentences(block.words)[0])
        ]
    return titles[0] if titles and all(title.casefold() == titles[0].casefold() for title in titles) else ""
