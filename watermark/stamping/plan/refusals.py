"""The reasons to refuse an article, each with what the user can do."""

from watermark.article import ArticleInfo, Match, MatchResult
from watermark.article.other_article_in_range import of_other_articles
from watermark.errors import Reason, RefusedError, UsageError
from watermark.notice import Notice, State, outranks
from watermark.stamping.plan.conformance import ConformanceRules
from watermark.stamping.plan.model import StampRequest
from watermark.stamping.plan.page_selection import is_marked_for, is_of_this_article, markings_in_the_way
from watermark.stamping.seal.options import SealLevel, check_options
from watermark.verification.seal.pyhanko_calls import require_pyhanko

COVERED_PARTS = (2, 3)
"""The parts of PDF/A in which a signature covers the whole file. PDF/A-1 and PDF/A-4 do not require it."""

WORDS_OF_A_LABEL = 3
"""A title of so few words is the kind of notice alone, such as “Expression of concern”."""

IN_A_VOLUME = " If the file holds several articles, choose the pages of this one."

_REFUSED = {
    Match.MISMATCH: Reason.MISMATCH,
    Match.IS_THE_NOTICE: Reason.IS_THE_NOTICE,
    Match.UNKNOWN: Reason.NOT_KNOWN_TO_MATCH,
}


def check_preconditions(info: ArticleInfo, request: StampRequest, found: MatchResult) -> None:
    """Return when the article may be marked. Raises RefusedError with the first reason against it."""
    _refuse_state(request.notice.notice, info.path)
    _refuse_file(info, request)
    _refuse_notice_of_no_article(request.notice.notice, found, str(request.article))
    hint = IN_A_VOLUME if info.pages is None and info.page_count > 1 and found.match is not Match.IS_THE_NOTICE else ""
    require_matching_article(found, str(request.article), hint)
    _refuse_other_articles(info, request)
    _refuse_second_mark(info, request.notice.notice)
    _refuse_seal(info, request)
    _refuse_mark_by_others(info, request)


def check_rebuild_allowed(info: ArticleInfo, request: StampRequest, level: ConformanceRules) -> None:
    """Return when a rebuilt file may embed its original. Raises RefusedError when its archival level forbids that."""
    if request.rebuild and not level.embeds_any:
        raise RefusedError(
            Reason.NOT_KEPT_ARCHIVABLE,
            f"{info.claims} does not allow the original to be embedded, which a rebuilt file requires",
            file=info.path,
            remedy=request.remedy_against_rebuild(f"Mark a version that does not claim {info.claims}"),
        )


def _refuse_state(notice: Notice, path: str) -> None:
    if notice.state.is_marked:
        return
    if notice.state is State.REMOVAL:
        raise RefusedError(
            Reason.REMOVAL,
            file=path,
            remedy="Remove the content by hand, and keep the original in the archive.",
        )
    remedy = (
        "Restore the original from the marked copy."
        if notice.state is State.REINSTATEMENT
        else "There is nothing to mark. If the article is retracted, use the retraction notice."
    )
    raise RefusedError(
        Reason.NOT_A_RETRACTION,
        f"this is a notice of {notice.state.value.replace('_', ' ')}",
        file=path,
        remedy=remedy,
    )


def _refuse_file(info: ArticleInfo, request: StampRequest) -> None:
    if not info.shapes:
        raise RefusedError(Reason.DAMAGED, "it contains no pages", file=info.path, remedy="Ask for an undamaged file.")
    if info.signature and not request.allow_signed:
        raise RefusedError(
            Reason.SIGNED,
            info.signature,
            file=info.path,
            remedy=f"Mark an unsigned version. If you mark this one, the copy keeps the signed version unchanged inside"
            f" it, but {info.signature_effect}. If that is acceptable, allow it.",
            argument="allow_signed",
        )
    if info.signature and request.rebuild:
        raise RefusedError(
            Reason.SIGNED,
            f"{info.signature}, and rewriting the file would destroy it",
            file=info.path,
            remedy=request.remedy_against_rebuild("Mark an unsigned version"),
        )
    signature = info.signature or ("it has a signature for usage rights" if info.usage_rights else "")
    if signature and info.claims.pdfa_part > 1:
        raise RefusedError(
            Reason.NOT_KEPT_ARCHIVABLE,
            f"{info.claims} requires that a signature covers the whole file, and {signature} (ISO 19005-2 6.4.3)",
            file=info.path,
            remedy="Mark an unsigned version.",
        )
    if info.xfa:
        raise RefusedError(
            Reason.XFA,
            "its pages are not what PDF viewers show",
            file=info.path,
            remedy="Print it to an ordinary PDF first.",
        )
    if info.portfolio:
        raise RefusedError(
            Reason.PORTFOLIO,
            "its first page is only a cover",
            file=info.path,
            remedy="Extract the article from the portfolio, and mark that.",
        )


def _refuse_seal(info: ArticleInfo, request: StampRequest) -> None:
    """Refuse a seal that the file does not allow. Raises UsageError for options that do not fit together."""
    seal = request.seal
    if seal is None:
        return
    require_pyhanko()
    check_options(seal)
    if request.linearize:
        raise UsageError(
            "a linearized copy cannot be sealed, because a seal is appended and the file is then not linearized",
            file=info.path,
            remedy="Seal the copy, or linearize it.",
        )
    if seal.certifies and (info.signature or info.usage_rights):
        raise RefusedError(
            Reason.SIGNED,
            f"{info.signature or 'it has the signature of usage rights'}; only the first signature can certify",
            file=info.path,
            remedy="Seal the copy without certifying it.",
        )
    if seal.level is SealLevel.LTA and info.claims.pdfa_part in COVERED_PARTS:
        raise RefusedError(
            Reason.NOT_KEPT_ARCHIVABLE,
            f"{info.claims} requires that a signature covers the whole file, so no time stamp can follow the signature"
            " (ISO 19005-2 6.4.3)",
            file=info.path,
            remedy=f"Seal the copy at the level {SealLevel.LT.value}.",
        )


def _refuse_notice_of_no_article(notice: Notice, found: MatchResult, path: str) -> None:
    """Refuse a notice that does not say which article it is about, such as a template that was not filled in."""
    article, words = notice.article, notice.title.split()
    names_it = article.title or article.doi or article.citation or len(words) > WORDS_OF_A_LABEL
    if found.match is Match.UNKNOWN and not names_it:
        raise RefusedError(
            Reason.NOT_KNOWN_TO_MATCH,
            "the notice does not say which article it is about",
            file=path,
            remedy="Write the title and the DOI of the article into the notice, or give its DOI.",
            argument="doi",
        )


def require_matching_article(found: MatchResult, path: str, hint: str = "") -> None:
    """Return when the file at `path` is the article of the notice. Raises RefusedError with the evidence.

    A DOI that the user names chooses the article in the notice; it says nothing about the file. `hint` is a sentence
    that the remedy has before the last one.
    """
    if found.match not in _REFUSED:
        return
    raise RefusedError(
        _REFUSED[found.match],
        "; ".join(found.evidence),
        file=path,
        remedy="Check that the notice and the PDF belong together."
        f"{hint} If they do belong together, mark it anyway and say why.",
        argument="force_match",
    )


def _refuse_other_articles(info: ArticleInfo, request: StampRequest) -> None:
    """Refuse pages among which another article begins. On the last one of a range one may begin: the page is shared."""
    if request.match_override_reason:
        return
    for one in of_other_articles(info.beginnings, info.identity, request.notice.notice):
        if one.doi and not (info.pages and one.page_number == info.pages.last):
            raise RefusedError(
                Reason.MISMATCH,
                f"{info.pages.in_words if info.pages else 'all pages'} are more than this article, because page"
                f" {one.page_number} begins another one: “{one.title}”, with the DOI {one.doi}",
                file=info.path,
                remedy="Choose the pages of this article alone. If these are its pages, mark them and say why."
                if info.pages
                else "If the whole file is the article, mark it and say why; else choose the article's pages.",
                argument="force_match" if info.pages else "pages",
            )


def _refuse_second_mark(info: ArticleInfo, notice: Notice) -> None:
    """Allow only a graver state on a marked copy: a concern may become a retraction, never the other way round."""
    receipt = info.receipt
    others = [one for one in markings_in_the_way(info, notice) if not outranks(notice.state, one.state)]
    others += [
        one
        for one in (receipt.markings if receipt else ())
        if is_of_this_article(one, notice) and outranks(one.state, notice.state)
    ]
    if receipt is None or not others or is_marked_for(notice, info):
        return
    marked = others[-1]
    is_elsewhere = marked.pages != info.pages and is_of_this_article(marked, notice)
    raise RefusedError(
        Reason.MARKED_ON_OTHER_PAGES if is_elsewhere and marked.pages else Reason.MARKED_FOR_ANOTHER_NOTICE,
        f"{marked.pages.in_words}, as “{marked.state.value.replace('_', ' ')}”"
        if marked.pages
        else f"“{receipt.mark_text}” since {receipt.marked_at:%Y-%m-%d}",
        file=info.path,
        remedy="Restore the original, and mark that.",
    )


def _refuse_mark_by_others(info: ArticleInfo, request: StampRequest) -> None:
    """Refuse a PDF that is not the article as published: what has a mark would become “the original”."""
    if not info.existing_mark or request.over_existing_mark:
        return
    raise RefusedError(
        Reason.MARKED_BY_OTHERS,
        info.existing_mark,
        file=info.path,
        remedy="Use the version without the mark. If there is none, give a reason to mark this one.",
        argument="over_existing_mark",
    )
