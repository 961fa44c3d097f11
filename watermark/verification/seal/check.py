"""Claim.SEALED: by whom and when a copy was sealed, and by which roots that is trusted."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from pypdf.generic import StreamObject

from watermark.errors import UsageError
from watermark.models import Claim, Finding, Status, plain
from watermark.runtime.chunks import iter_chunks
from watermark.verification.evidence import Evidence
from watermark.verification.pypdf_document import dictionary, items, resolved
from watermark.verification.seal.layers import LayerKind, SealLayer
from watermark.verification.seal.pyhanko_calls import require_pyhanko
from watermark.verification.seal.trust import OWN_KEY, SealPolicy

if TYPE_CHECKING:
    from watermark.verification.seal.signatures import Problem, SignatureResult, Trust

WORDS = {
    LayerKind.SIGNATURE: ("signed", "before", "the signature"),
    LayerKind.TIMESTAMP: ("time-stamped", "at", "the time stamp"),
}
"""What a layer makes of a copy, the word before its time, and what it is."""
MAX_MATERIAL = 1000
MAX_MATERIAL_BYTES = 32 << 20
"""How many certificates, CRLs and OCSP responses of a copy are read, and how many bytes of each kind."""


def check(evidence: Evidence, policy: SealPolicy) -> Iterator[Finding]:
    """Yield what is found of each signature of the seal, the newest first; nothing for a copy that is not sealed.

    Without a root certificate a signature that belongs to the copy is not checked, because anybody can make one. Where
    the policy requires a seal, a copy without one has failed. A file is never searched for addresses to ask, unless the
    policy allows it. The policy holds the certificates themselves: see `with_roots`.
    """
    layers = evidence.seal
    if not any(layer.kind is LayerKind.SIGNATURE for layer in layers):
        if policy.is_required:
            yield _finding(Status.FAILED, "none", "the copy is not sealed, and a seal is required")
        return
    yield from _changes_behind_certification(layers)
    try:
        require_pyhanko()
    except UsageError as error:
        yield _finding(Status.NOT_CHECKED, "no-library", f"the seal was not checked: {error.reason}")
        return
    yield from _signatures(evidence, layers, _trust(evidence, policy), policy)


def _changes_behind_certification(layers: Sequence[SealLayer]) -> Iterator[Finding]:
    """Yield when a signature follows a certification, which allows no change (ISO 32000-2 table 257)."""
    signatures = [layer for layer in layers if layer.kind is LayerKind.SIGNATURE]
    if any(layer.certifies for layer in signatures[1:]):
        yield _finding(
            Status.FAILED, "changed-after", "it was signed again after a certification that allows no change"
        )


def _signatures(
    evidence: Evidence, layers: Sequence[SealLayer], trust: "Trust", policy: SealPolicy
) -> Iterator[Finding]:
    """Yield what is found of each layer; a time stamp that counts proves what is below it at its own time."""
    from watermark.verification.seal.signatures import Problem, judge_signature, judge_timestamp  # noqa: PLC0415

    at = datetime.now(UTC)
    for layer in layers:
        judge = judge_signature if layer.kind is LayerKind.SIGNATURE else judge_timestamp
        found = judge(layer.signature, _digest_of(evidence, layer), _fetched(layer, trust, policy), at)
        if layer.kind is LayerKind.TIMESTAMP and found.problem is Problem.NONE and found.time is not None:
            at = found.time
        yield _judged(layer, found, policy, has_roots=bool(trust.roots))
        if found.stamp is not None:
            yield from _judged_stamp(found.stamp, has_roots=bool(trust.roots))


def _fetched(layer: SealLayer, trust: "Trust", policy: SealPolicy) -> "Trust":
    if not policy.is_online:
        return trust
    from watermark.verification.seal.revocation import with_fetched_material  # noqa: PLC0415
    from watermark.verification.seal.signatures import signers_in  # noqa: PLC0415

    return with_fetched_material(trust, signers_in(layer.signature))


def _judged(layer: SealLayer, found: "SignatureResult", policy: SealPolicy, *, has_roots: bool) -> Finding:
    from watermark.verification.seal.signatures import Problem  # noqa: PLC0415

    what, until, signature = WORDS[layer.kind]
    name, code = f"“{plain(found.signer, 120)}”", _code(found.problem)
    when = f" {until} {found.time:%Y-%m-%d %H:%M} UTC" if found.time else ""
    detail = f" ({found.detail})" if found.detail else ""
    if found.problem is Problem.NONE:
        final = ", which allows no later change" if layer.certifies else ""
        whose, code = "a certificate that you trust vouches for it", "ok"
        if policy.is_own_key:
            whose, code = "the seal is whole; whose it is was not checked, as no root certificate was named", OWN_KEY
        return _finding(Status.OK, code, f"the copy is {what} by {name}{when}{final}; {whose}{detail}")
    if not has_roots and found.problem in {Problem.SELF_SIGNED, Problem.UNTRUSTED, Problem.REVOCATION_UNKNOWN}:
        message = (
            f"the copy is {what} with a certificate of {name}{when}; no root certificate was given to check whose it is"
        )
        return _finding(Status.NOT_CHECKED, "no-roots", message + detail)
    if found.problem is Problem.REVOCATION_UNKNOWN:
        return _finding(Status.NOT_CHECKED, code, f"the copy is {what} by {name}{when}; {found.problem.value}{detail}")
    return _finding(
        Status.FAILED, code, f"{_whose(signature, found)}{when} does not count: {found.problem.value}{detail}"
    )


def _whose(signature: str, found: "SignatureResult") -> str:
    return f"{signature} of “{plain(found.signer, 120)}”" if found.signer else signature


def _judged_stamp(stamp: "SignatureResult", *, has_roots: bool) -> Iterator[Finding]:
    """Yield why the time stamp in a signature does not count: exchanging it does not break the signature.

    A stamp by a server that the user does not know proves no time, but is not wrong either.
    """
    from watermark.verification.seal.signatures import Problem  # noqa: PLC0415

    is_open = stamp.problem in {Problem.SELF_SIGNED, Problem.UNTRUSTED, Problem.REVOCATION_UNKNOWN, Problem.EXPIRED}
    if is_open and not has_roots:
        return  # that no roots were given is said of the signature
    why = f"{stamp.problem.value} ({stamp.detail})" if stamp.detail else stamp.problem.value
    yield _finding(
        Status.NOT_CHECKED if is_open else Status.FAILED,
        f"time-stamp-{_code(stamp.problem)}",
        f"when the copy was signed is not known: {_whose('the time stamp', stamp)} does not count, as {why}",
    )


def _code(problem: "Problem") -> str:
    return problem.name.lower().replace("_", "-")


def _trust(evidence: Evidence, policy: SealPolicy) -> "Trust":
    """Return the roots of the policy, with the validation material in the copy (ISO 32000-2 12.8.4.3)."""
    from asn1crypto.x509 import Certificate  # noqa: PLC0415 - an extra

    from watermark.verification.seal.signatures import Trust  # noqa: PLC0415 - loads pyHanko

    roots = map(Certificate.load, policy.certificates)
    store = dictionary(evidence.whole.catalog.get("/DSS"))
    crls, ocsps, certificates = (tuple(_streams(store.get(key))) for key in ("/CRLs", "/OCSPs", "/Certs"))
    return Trust(roots=tuple(roots), crls=crls, ocsps=ocsps, certificates=tuple(map(Certificate.load, certificates)))


def _streams(value: object) -> Iterator[bytes]:
    left_bytes = MAX_MATERIAL_BYTES
    for item in map(resolved, items(value)[:MAX_MATERIAL]):
        if isinstance(item, StreamObject):
            left_bytes -= len(data := item.get_data())
            if left_bytes < 0:
                return
            yield data


def _digest_of(evidence: Evidence, layer: SealLayer) -> Callable[[str], bytes]:
    """Return a function that digests what a signature covers: the file up to its layer's end, without its digits."""

    @cache
    def digest(algorithm: str) -> bytes:
        found = hashlib.new(algorithm)
        for start, end in ((0, layer.gap.start), (layer.gap.stop, layer.end)):
            for chunk in iter_chunks(evidence.mapped, start, end):
                found.update(chunk)
        return found.digest()

    return digest


def _finding(status: Status, code: str, message: str) -> Finding:
    return Finding(claim=Claim.SEALED, status=status, message=message, code=f"{Claim.SEALED.value}.{code}")
