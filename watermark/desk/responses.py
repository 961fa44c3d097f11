"""What the page gets, as JSON values: articles, notices, outcomes, and what a person can do about a refusal."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

import msgspec

from watermark.desk.downloads import download_name
from watermark.desk.session import Done, GivenArticle, GivenNotice
from watermark.desk.work.articles import Stamped
from watermark.desk.work.choices import Choices
from watermark.desk.work.notices import ReadNotice
from watermark.errors import Reason, WatermarkError
from watermark.models import Outcome, Result, Status, VerificationReport
from watermark.receipt import format_utc

MAX_FINDINGS = 20
ASKS_WHY = {
    "force_match": ("Mark it anyway", "Why is this the right article? The copy records your reason."),
    "over_existing_mark": ("Mark this version", "Why do you mark this version? The copy records your reason."),
}
CONFIRMS = {
    "allow_signed": ("Mark the signed file", True),
    "rebuild": ("Let the file be rewritten", True),
}
HINTS = {
    "font": "You can give a font file under “Pages and mark”.",
    "seal_password": "You can also write the password here: it is kept until the desk is closed.",
}
"""What to do at the desk about an argument that the page has no button for."""
STATUSES = {Status.OK: "passed", Status.NOT_CHECKED: "not checked", Status.FAILED: "failed"}


def error_values(error: WatermarkError) -> dict[str, Any]:
    """Return an error, with its buttons."""
    return {
        "code": str(error.code),
        "reason": ": ".join(part for part in (error.place, error.reason) if part),
        "remedy": _remedy(error.remedy, error.argument),
        "argument": error.argument,
        "actions": _actions(str(error.code), error.argument),
    }


def _remedy(remedy: str, argument: str) -> str:
    return " ".join(part for part in (remedy, HINTS.get(argument, "")) if part)


def article_values(article: GivenArticle) -> dict[str, Any]:
    """Return an article, with its newest outcome."""
    info = article.info
    known: dict[str, Any] = {}
    if info is not None:
        title = info.identity.titles[0] if info.identity.titles else None
        doi = info.identity.dois[0] if info.identity.dois else None
        known = {
            "pages": info.page_count,
            "title": title.value if title else "",
            "doi": doi.value if doi else "",
            "notes": list(_notes(article)),
        }
    return {
        "id": article.id,
        "name": article.name,
        "size_bytes": article.size_bytes,
        "notice_id": article.notice_id,
        "state": state_of(article),
        "problem": error_values(article.problem) if article.problem else None,
        "match": _match_values(article),
        "outcome": outcome_values(article.tried, is_done=article.is_done) if article.tried else None,
        "choices": _choice_values(article.choices),
        "preview": _preview_values(article),
        **known,
    }


def state_of(article: GivenArticle) -> str:
    """Return in one word how far an article is."""
    if article.problem is not None:
        return "refused"
    if not article.notice_id:
        return "no notice"
    if article.tried is None:
        return "waiting"
    outcome = article.tried.outcome
    if outcome.result is Result.ALREADY_MARKED:
        return "already marked"
    if outcome.exit_status:
        return "refused"
    return "stamped" if article.is_done else "ready"


def _notes(article: GivenArticle) -> Iterator[str]:
    """Yield what is out of the ordinary about an article, as a sentence each."""
    info = article.info
    assert info is not None
    if str(info.claims) != "none":
        yield f"It claims {info.claims}; the copy keeps that."
    if info.encryption:
        yield f"It is encrypted {info.encryption}; the copy keeps the encryption."
    if info.signature:
        yield f"{info.signature[:1].upper()}{info.signature[1:]}."
    if info.damage:
        yield f"It is damaged: {info.damage}."
    if info.existing_mark:
        yield f"It already carries a mark: {info.existing_mark}."


def _match_values(article: GivenArticle) -> dict[str, Any] | None:
    """Return how an article and its notice fit: as the copy records it, or before there is one, as both were read."""
    receipt = article.tried.outcome.receipt if article.tried else None
    if receipt is not None:
        return {"result": receipt.match, "evidence": list(receipt.match_evidence)}
    match = article.match
    return {"result": match.match.value, "evidence": list(match.evidence)} if match else None


def _preview_values(article: GivenArticle) -> dict[str, Any] | None:
    tried = article.tried
    if article.preview is None or tried is None or article.info is None:
        return None
    receipt = tried.outcome.receipt
    added = tried.page_count - article.info.page_count
    in_front = added if receipt is not None and receipt.notice_page == "front" else 0
    return {
        "number": article.preview_number,
        "pages": tried.page_count,
        "in_front": in_front,
        "behind": added - in_front,
        "is_final": article.is_done,
    }


def _choice_values(choices: Choices) -> dict[str, Any]:
    """Return what was chosen, so that a page that is loaded again shows it; never a password."""
    values: dict[str, Any] = msgspec.to_builtins(choices)
    default: dict[str, Any] = msgspec.to_builtins(Choices())
    return {name: value for name, value in values.items() if name != "password" and value != default[name]}


def outcome_values(stamped: Stamped, *, is_done: bool) -> dict[str, Any]:
    """Return an outcome, with its buttons; decisions and findings only of a copy that is kept."""
    outcome = stamped.outcome
    receipt = outcome.receipt
    return {
        "result": outcome.result.value,
        "code": str(outcome.code),
        "reason": outcome.reason,
        "remedy": _remedy(outcome.remedy, outcome.argument),
        "argument": outcome.argument,
        "actions": _actions(str(outcome.code), outcome.argument),
        "decisions": [asdict(one) for one in outcome.decisions] if is_done else [],
        "seal": next((one.value for one in outcome.decisions if one.name == "seal"), ""),
        "mark_text": receipt.mark_text if receipt else "",
        "line_text": receipt.line_text if receipt else "",
        "appended_bytes": outcome.appended_bytes,
        "is_rewritten": bool(receipt and receipt.rebuilt_size_bytes),
        "size_bytes": stamped.size_bytes,
        "sha256": stamped.sha256,
        "report": report_values(outcome.report) if is_done and outcome.report is not None else None,
    }


def report_values(report: VerificationReport) -> dict[str, Any]:
    """Return a report, a row for each claim with its worst status."""
    return {
        "status": STATUSES[report.status],
        "claims": [
            {
                "claim": claim.value,
                "status": STATUSES[report.status_of(claim)],
                "messages": list(_messages(report, claim))[:MAX_FINDINGS],
            }
            for claim in report.claims
        ],
    }


def _messages(report: VerificationReport, claim: object) -> Iterator[str]:
    worst = {finding.status for finding in report.findings if finding.claim is claim}
    status = next((one for one in (Status.FAILED, Status.NOT_CHECKED, Status.OK) if one in worst), Status.NOT_CHECKED)
    for finding in report.findings:
        if finding.claim is claim and finding.status is status:
            page = f"Page {finding.page_number}: " if finding.page_number else ""
            yield f"{page}{finding.message}"


def _actions(code: str, argument: str) -> list[dict[str, Any]]:
    """Return the buttons for a refusal: each sets a choice, to what a person writes or to a fixed value."""
    actions = list[dict[str, Any]]()
    if argument in ASKS_WHY:
        label, question = ASKS_WHY[argument]
        actions.append({"choice": argument, "label": label, "asks": question, "secret": False})
    if argument in CONFIRMS:
        label, value = CONFIRMS[argument]
        actions.append({"choice": argument, "label": label, "value": value})
    if argument == "seal_password":
        asks = "Password of the key in this profile, or PIN of its token"
        actions.append({"choice": argument, "label": "Open the key", "asks": asks, "secret": True})
    if argument == "password":
        actions.append({"choice": argument, "label": "Open it", "asks": "Password of the article", "secret": True})
    if code == Reason.IS_THE_NOTICE:
        actions.insert(0, {"choice": "use-as-notice", "label": "Use this file as the notice"})
    return actions


def notice_values(notice: GivenNotice, *, with_text: bool = False) -> dict[str, Any]:
    """Return a notice; `with_text`, also its text and the places of its fields there."""
    values: dict[str, Any] = {
        "id": notice.id,
        "name": notice.name,
        "problem": error_values(notice.problem) if notice.problem else None,
    }
    if notice.found is None or notice.notice is None:
        return values
    found = notice.found
    return (
        values
        | {
            "values": _fields(asdict(notice.notice)),
            "as_read": _fields(asdict(found.file.notice)),
            "corrected": sorted(notice.corrected),
            "roles": [
                {"doi": one.doi, "role": one.role.value, "evidence": one.evidence} for one in notice.notice.doi_roles
            ],
            "warnings": list(found.file.warnings),
            "source": found.file.dated_source,
        }
        | (_text_values(found) if with_text else {})
    )


def _text_values(found: ReadNotice) -> dict[str, Any]:
    places = {name: [list(place) for place in places] for name, places in found.places.items()}
    return {"text": found.text, "places": places}


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a notice in one level: those of the article begin with `article.`."""
    article = {f"article.{name}": value for name, value in values["article"].items()}
    return {name: value for name, value in values.items() if name not in {"article", "dois"}} | article


def done_values(done: Done) -> dict[str, Any]:
    """Return what was done with one article, and which files there are."""
    outcome: Outcome = done.stamped.outcome
    return {
        "id": done.id,
        "article_id": done.article.id,
        "article": done.article_name,
        "title": done.notice.article.title,
        "notice": done.notice_name,
        "at": format_utc(done.at),
        "result": outcome.result.value,
        "reason": outcome.reason,
        "mark_text": outcome.receipt.mark_text if outcome.receipt else "",
        "sha256": done.stamped.sha256,
        "reasons": list(done.reasons),
        "files": [*done.files, *(["report"] if done.files else [])],
        "name": download_name(done.stem, "copy"),
        "not_saved": done.not_saved,
        "problem": done.stamped.problem,
    }
