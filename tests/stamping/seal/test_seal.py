"""A sealed copy: who signed it is known, everything else holds as without the seal, and the original is its prefix."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.helpers.build import Recipe, build
from tests.helpers.certificates import PASSWORD, Authority, Identity, issue, self_signed
from tests.helpers.seal_validators import is_valid_for_pyhanko
from watermark import (
    Claim,
    FailedError,
    Proof,
    RefusedError,
    SealLevel,
    SealOptions,
    SealPolicy,
    Status,
    UsageError,
    restore,
    stamp,
    verify,
)
from watermark.cli import main
from watermark.notice import Notice, Reference, State, to_json
from watermark.pdf.serialization import Name
from watermark.stamping.seal.signature_writer import seal_copy
from watermark.verification import evidence
from watermark.verification.seal import trust
from watermark.verification.verifier import seal_of

AT = datetime(2024, 5, 1, tzinfo=UTC)
CONCERN = (
    "# Expression of concern\n\nThis is an expression of concern about https://doi.org/10.5555/a.\n\nDate: 2023-05-01\n"
)
NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.pdf"
    path.write_bytes(build(text="doi:10.5555/a"))
    (tmp_path / "notice.md").write_text(NOTICE)
    return path


def sealed(article: Path, ca: Authority, level: SealLevel = SealLevel.B, by: str = "none", **options: object) -> Path:
    """Seal a copy of the article at a level, and return its path."""
    key = ca.issued(by=by).save(article.with_name("key.p12"), ca.issuer)
    seal = SealOptions(
        key=str(key),
        password=PASSWORD,
        level=level,
        timestamp_url="" if level is SealLevel.B else f"{ca.url}/timestamp",
        trust=str(ca.trust_folder(article.with_name("trust"))),
        **options,
    )
    copy = article.with_name("copy.pdf")
    stamp(article, article.with_name("notice.md"), copy, at=AT, seal=seal, overwrite=True)
    return copy


def trusting(article: Path, ca: Authority, **options: bool) -> SealPolicy:
    return SealPolicy(trust=str(ca.trust_folder(article.with_name("trust"))), is_required=True, **options)


@pytest.mark.parametrize("level", SealLevel)
def test_a_copy_sealed_at_each_level_verifies_with_the_root_and_gives_the_original_back(
    article: Path, ca: Authority, level: SealLevel
) -> None:
    copy = sealed(article, ca, level)
    report = verify(copy, seal=trusting(article, ca))
    assert report.passed, [item.message for item in report.findings if item.status is not Status.OK]
    assert Claim.SEALED in report.claims
    assert Claim.REPRODUCED in report.claims
    assert copy.read_bytes().startswith(article.read_bytes())
    restore(copy, article.with_name("again.pdf"))
    assert article.with_name("again.pdf").read_bytes() == article.read_bytes()
    assert is_valid_for_pyhanko(copy, ca)
    shown = subprocess.run(["pdfsig", "-nocert", copy], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in shown


@pytest.mark.parametrize(
    "recipe",
    [
        {"xref": "stream"},
        {"annotations": True},
        {"kids": "nested", "pages": 3},
        {"catalog": {"/AcroForm": {"/Fields": [{"/FT": Name("/Tx"), "/T": b"\xef\xbb\xbfA\xff"}]}}},
    ],
    ids=["stream", "links", "nested", "a field whose name is not the text that it says"],
)
def test_whatever_the_article_looks_like_its_sealed_copy_verifies(
    article: Path, ca: Authority, recipe: dict[str, object]
) -> None:
    known = {key: value for key, value in recipe.items() if key in {field.name for field in fields(Recipe)}}
    article.write_bytes(build(text="doi:10.5555/a", **known))
    assert verify(sealed(article, ca), seal=trusting(article, ca)).passed


@pytest.mark.parametrize("rsa_bits", [0, 2048], ids=["ecdsa", "rsa"])
def test_the_same_input_gives_the_same_bytes_but_for_the_signature(article: Path, ca: Authority, rsa_bits: int) -> None:
    key, copy = ca.issued(rsa_bits=rsa_bits).save(article.with_name("key.p12")), article.with_name("copy.pdf")
    seal = SealOptions(key=str(key), password=PASSWORD)
    written = list[bytes]()
    for _ in range(2):
        stamp(article, article.with_name("notice.md"), copy, at=AT, seal=seal, overwrite=True)
        written.append(copy.read_bytes())
    first, second = written
    (layer,) = seal_of(copy)
    assert first[: layer.gap.start] == second[: layer.gap.start]
    assert first[layer.gap.stop :] == second[layer.gap.stop :]
    assert (first == second) == bool(rsa_bits)  # RSA signatures (PKCS #1 v1.5) have nothing random in them


def test_without_a_seal_nothing_of_pyhanko_is_loaded(article: Path) -> None:
    code = (
        "import sys, watermark; from pathlib import Path;"
        "watermark.stamp(*sys.argv[1:4]); watermark.verify(sys.argv[3]);"
        "assert not [name for name in sys.modules if name.partition('.')[0] in ('pyhanko', 'asn1crypto')]"
    )
    copy = article.with_name("copy.pdf")
    subprocess.run([sys.executable, "-c", code, article, article.with_name("notice.md"), copy], check=True)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda ca: (ca.issued(days=-1), Trusting.ROOT), "expired"),
        (lambda ca: (ca.issued(by="crl"), Trusting.ROOT), "revocation-unknown"),
        (lambda _: (self_signed(), Trusting.ROOT), "self-signed"),
        (lambda ca: (ca.issued(), Trusting.STRANGER), "untrusted"),
        (lambda ca: (ca.issued(), Trusting.NONE), "no-roots"),
        (lambda ca: (ca.issued(), Trusting.ROOT), "ok"),
    ],
    ids=["expired", "revocation unknown", "self-signed", "another root", "no root", "trusted"],
)
def test_expired_unknown_self_signed_and_untrusted_are_distinguished(
    article: Path, ca: Authority, make: Callable[[Authority], tuple[Identity, str]], code: str
) -> None:
    identity, trusting_whom = make(ca)
    copy = unchecked_copy(article, identity.save(article.with_name("key.p12"), ca.issuer))
    roots = {Trusting.ROOT: ca.root, Trusting.STRANGER: self_signed("Another root"), Trusting.NONE: None}[trusting_whom]
    trust = ""
    if roots is not None:
        trust = str(article.with_name("trusted.pem"))
        Path(trust).write_bytes(roots.pem())
    findings = [item for item in verify(copy, seal=SealPolicy(trust=trust)).findings if item.claim is Claim.SEALED]
    assert [item.code for item in findings] == [f"sealed.{code}"]


class Trusting:
    ROOT, STRANGER, NONE = "root", "stranger", "none"


def unchecked_copy(article: Path, key: Path) -> Path:
    """Seal a copy with a key that the pipeline might refuse, and return its path."""
    copy = article.with_name("copy.pdf")
    stamp(article, article.with_name("notice.md"), copy, at=AT, overwrite=True)
    seal_copy(copy, SealOptions(key=str(key), password=PASSWORD), at=AT)
    return copy


@pytest.mark.parametrize("by", ["ocsp", "crl"])
def test_a_revoked_certificate_is_found_online_and_no_address_is_asked_otherwise(
    article: Path, ca: Authority, by: str
) -> None:
    identity = ca.issued(by=by)
    copy = unchecked_copy(article, identity.save(article.with_name("key.p12"), ca.issuer))
    trust = str(ca.trust_folder(article.with_name("trust")))
    ca.requests.clear()
    offline = verify(copy, seal=SealPolicy(trust=trust, is_required=True))
    assert offline.status_of(Claim.SEALED) is Status.NOT_CHECKED
    assert ca.requests == []
    assert verify(copy, seal=SealPolicy(trust=trust, is_online=True)).status_of(Claim.SEALED) is Status.OK
    assert f"/{by}" in {path.partition("/ocsp/")[0] or path for path in ca.requests} | set(ca.requests)
    ca.revoked[identity.certificate.serial_number] = datetime.now(UTC) - timedelta(hours=1)
    found = [
        item
        for item in verify(copy, seal=SealPolicy(trust=trust, is_online=True)).findings
        if item.claim is Claim.SEALED
    ]
    assert [item.code for item in found] == ["sealed.revoked"]


def test_validation_material_in_the_copy_answers_without_the_network(article: Path, ca: Authority) -> None:
    copy = sealed(article, ca, SealLevel.LT, by="crl")
    ca.requests.clear()
    assert verify(copy, seal=trusting(article, ca)).passed
    assert ca.requests == []


@pytest.mark.parametrize(("level", "states"), [(SealLevel.B, 3), (SealLevel.LTA, 4)])
def test_root_certificates_are_read_once_and_each_state_of_a_copy_is_opened_once(
    article: Path, ca: Authority, level: SealLevel, states: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The states are the original, the marked copy, and one after each revision of the seal."""
    copy, policy = sealed(article, ca, level), trusting(article, ca)
    calls = list[str]()
    for target, name in ((trust, "trusted_roots"), (evidence.PypdfDocument, "__init__")):
        original = getattr(target, name)

        def counted(*given: Any, _name: str = name, _call: Callable[..., Any] = original, **more: Any) -> Any:  # noqa: ANN401 - any function's
            calls.append(_name)
            return _call(*given, **more)

        monkeypatch.setattr(target, name, counted)
    assert verify(copy, seal=policy, proof=Proof.STRUCTURE).failures == ()
    assert (calls.count("trusted_roots"), calls.count("__init__")) == (1, states)


def test_a_copy_without_a_seal_fails_only_where_one_is_required(article: Path, ca: Authority) -> None:
    copy = article.with_name("copy.pdf")
    stamp(article, article.with_name("notice.md"), copy, at=AT)
    assert verify(copy).passed
    assert verify(copy, seal=SealPolicy(trust=trusting(article, ca).trust)).passed
    assert [item.code for item in verify(copy, seal=trusting(article, ca)).failures] == ["sealed.none"]


def test_a_concern_that_was_sealed_gets_a_sealed_retraction_and_both_can_be_taken_back(
    article: Path, ca: Authority
) -> None:
    retraction = article.with_name("notice.md").read_text()
    article.with_name("notice.md").write_text(CONCERN)
    concern = sealed(article, ca).rename(article.with_name("concern.pdf"))
    concern.with_name("notice.md").write_text(retraction)
    copy = sealed(concern, ca)
    report = verify(copy, seal=trusting(article, ca))
    assert report.passed, report.failures
    restore(copy, article.with_name("step.pdf"), step=1)
    assert article.with_name("step.pdf").read_bytes() == concern.read_bytes()
    restore(copy, article.with_name("first.pdf"))
    assert article.with_name("first.pdf").read_bytes() == article.read_bytes()


def test_a_reinstatement_gives_a_sealed_chain_back_and_restore_names_each_marking_that_it_undoes(
    article: Path, ca: Authority, capsys: pytest.CaptureFixture[str]
) -> None:
    article.with_name("notice.md").write_text(CONCERN)
    concern = sealed(article, ca).rename(article.with_name("concern.pdf"))
    concern.with_name("notice.md").write_text(NOTICE)
    copy, notice = sealed(concern, ca), article.with_name("reinstatement.json")
    notice.write_text(to_json(Notice(state=State.REINSTATEMENT, article=Reference(doi="10.5555/a"))))
    restored = restore(copy, article.with_name("again.pdf"), notice=notice)
    assert article.with_name("again.pdf").read_bytes() == article.read_bytes()
    assert restored.sealed == (True, True)
    with pytest.raises(SystemExit):
        main(["restore", str(copy), "--notice", str(notice), "-o", str(article.with_name("third.pdf"))])
    assert capsys.readouterr().out.splitlines()[2:] == [
        "  step 0: the article as published (restored)",
        "  step 1: marked “Expression of concern” on 2024-05-01, sealed (undone)",
        "  step 2: marked “Retracted” on 2024-05-01, sealed (undone)",
    ]


def test_a_certified_copy_gets_no_further_mark(article: Path, ca: Authority) -> None:
    article.with_name("notice.md").write_text(CONCERN)
    concern = sealed(article, ca, certifies=True).rename(article.with_name("concern.pdf"))
    article.with_name("notice.md").write_text(NOTICE)
    with pytest.raises(RefusedError, match="certified"):
        sealed(concern, ca)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"level": SealLevel.T}, "needs a time stamp, and no server is named"),
        ({"level": SealLevel.T, "timestamp_url": "ftp://example.org"}, "not an http or https address"),
        ({"level": SealLevel.LT, "timestamp_url": "http://127.0.0.1:1"}, "needs the root certificates"),
    ],
)
def test_options_that_do_not_fit_together_are_an_error_before_anything_is_marked(
    article: Path, options: dict[str, Any], reason: str
) -> None:
    seal = SealOptions(key=str(article.with_name("missing.p12")), **options)
    with pytest.raises(UsageError, match=reason):
        stamp(article, article.with_name("notice.md"), article.with_name("copy.pdf"), seal=seal)


def test_a_linearized_copy_is_not_sealed(article: Path, ca: Authority) -> None:
    seal = SealOptions(key=str(ca.issued().save(article.with_name("key.p12"), ca.issuer)), password=PASSWORD)
    with pytest.raises(UsageError, match="a linearized copy cannot be sealed"):
        stamp(
            article,
            article.with_name("notice.md"),
            article.with_name("copy.pdf"),
            rebuild=True,
            linearize=True,
            seal=seal,
        )
    assert not article.with_name("copy.pdf").exists()


def test_a_rebuilt_copy_is_sealed_and_verifies(article: Path, ca: Authority) -> None:
    seal = SealOptions(key=str(ca.issued().save(article.with_name("key.p12"), ca.issuer)), password=PASSWORD)
    copy = article.with_name("copy.pdf")
    stamp(article, article.with_name("notice.md"), copy, rebuild=True, seal=seal)
    assert verify(copy, seal=trusting(article, ca)).passed


def test_without_the_library_nothing_is_sealed_and_a_seal_is_not_checked(
    article: Path, ca: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = sealed(article, ca)
    monkeypatch.setattr("watermark.verification.seal.pyhanko_calls.find_spec", lambda _: None)
    with pytest.raises(UsageError, match="a library that is not installed"):
        sealed(article, ca)
    assert verify(copy).status_of(Claim.SEALED) is Status.NOT_CHECKED
    with pytest.raises(UsageError, match="a library that is not installed"):
        verify(copy, seal=trusting(article, ca))


def test_a_time_stamp_server_that_does_not_answer_leaves_nothing(article: Path, ca: Authority) -> None:
    ca.is_silent = True
    try:
        with pytest.raises(FailedError, match="did not answer"):
            sealed(article, ca, SealLevel.T)
    finally:
        ca.is_silent = False
    assert not article.with_name("copy.pdf").exists()
    assert [path.name for path in article.parent.glob("*.part")] == []


def with_another(name: str, value: object) -> Callable[[Authority, bytes], bytes]:
    """Return a server that gives a time stamp for something else than what was asked."""

    def answer(ca: Authority, body: bytes) -> bytes:
        from asn1crypto.tsp import TimeStampReq  # noqa: PLC0415 - an extra

        request = TimeStampReq.load(body)
        if name == "nonce":
            request["nonce"] = value
        else:
            request["message_imprint"][name] = value
        return ca.timestamp(request.dump(force=True))

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(lambda _, __: b"", marks=pytest.mark.slow),
        pytest.param(lambda _, __: b"not a time stamp", marks=pytest.mark.slow),
        with_another("nonce", 7),
        pytest.param(with_another("hashed_message", b"x" * 32), marks=pytest.mark.slow),
    ],
    ids=["nothing", "other data", "another nonce", "another digest"],
)
def test_an_answer_that_is_not_the_time_stamp_asked_for_leaves_nothing(
    article: Path, ca: Authority, answer: Callable[[Authority, bytes], bytes]
) -> None:
    ca.other_server = lambda body: answer(ca, body)
    try:
        with pytest.raises(FailedError) as caught:
            sealed(article, ca, SealLevel.T)
    finally:
        ca.other_server = None
    assert "time stamp" in caught.value.reason
    assert "internal error" not in caught.value.reason
    assert not article.with_name("copy.pdf").exists()


@pytest.mark.parametrize(
    ("key", "password", "reason"),
    [
        ("key.p12", "another", "does not open with this password"),
        ("missing.p12", "", "cannot be read"),
        ("notice.md", "", "needs a password"),
        ("pkcs11:token=x", "", "does not name"),
    ],
)
def test_a_key_that_does_not_open_is_named_and_its_password_is_not(
    article: Path, ca: Authority, key: str, password: str, reason: str
) -> None:
    ca.issued().save(article.with_name("key.p12"))
    path = key if ":" in key else str(article.with_name(key))
    options = SealOptions(key=path, password=password)
    with pytest.raises(UsageError, match=reason) as caught:
        stamp(article, article.with_name("notice.md"), article.with_name("copy.pdf"), seal=options)
    assert not password or password not in f"{caught.value}{options!r}"
    assert not article.with_name("copy.pdf").exists()


@pytest.mark.skipif(not shutil.which("softhsm2-util"), reason="needs SoftHSM")
def test_a_key_on_a_token_signs(article: Path, ca: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    uri = token_with(ca.issued("A token", rsa_bits=2048), article.parent, monkeypatch)
    article.with_name("pin").write_text("1234\n")
    copy = article.with_name("copy.pdf")
    trust = article.with_name("issuer.pem")
    trust.write_bytes(ca.issuer.pem())
    options = SealOptions(key=uri, password_file=str(article.with_name("pin")), trust=str(trust))
    stamp(article, article.with_name("notice.md"), copy, at=AT, seal=options)
    assert verify(copy, seal=SealPolicy(trust=str(trust))).passed


def test_roots_that_are_named_when_a_copy_is_sealed_have_to_vouch_for_the_key(article: Path, ca: Authority) -> None:
    key = self_signed().save(article.with_name("key.p12"))
    options = SealOptions(key=str(key), password=PASSWORD, trust=trusting(article, ca).trust)
    with pytest.raises(FailedError, match="not among the certificates that you trust"):
        stamp(article, article.with_name("notice.md"), article.with_name("copy.pdf"), at=AT, seal=options)
    assert not article.with_name("copy.pdf").exists()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda ca: ca.issuer, "another use"),
        pytest.param(lambda ca: ca.timestamper, "another use", marks=pytest.mark.slow),
        pytest.param(lambda ca: ca.issued(days=-1), "only", marks=pytest.mark.slow),
        pytest.param(
            lambda ca: issue("A publisher", ca.issuer, key=ec.generate_private_key(ec.SECP192R1())),
            "too short",
            marks=pytest.mark.slow,
        ),
    ],
    ids=["authority", "time stamp server", "expired", "short"],
)
def test_a_certificate_that_no_reader_will_accept_seals_nothing(
    article: Path, ca: Authority, make: Callable[[Authority], Identity], reason: str
) -> None:
    options = SealOptions(key=str(make(ca).save(article.with_name("key.p12"))), password=PASSWORD)
    with pytest.raises(UsageError, match=f"the certificate of the key cannot be used for a seal: .*{reason}"):
        stamp(article, article.with_name("notice.md"), article.with_name("copy.pdf"), at=AT, seal=options)
    assert not article.with_name("copy.pdf").exists()


def token_with(identity: Identity, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Put a key on a token of SoftHSM, and return its URI."""
    import pkcs11  # noqa: PLC0415 - an extra
    from pkcs11.util.x509 import decode_x509_certificate  # noqa: PLC0415 - an extra

    (folder / "tokens").mkdir()
    (folder / "softhsm.conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(folder / "softhsm.conf"))
    module = next(path for path in Path("/usr/lib").rglob("libsofthsm2.so"))
    tool = ["softhsm2-util", "--pin", "1234"]
    subprocess.run(
        [*tool, "--init-token", "--free", "--label", "t", "--so-pin", "0000"], check=True, capture_output=True
    )
    (folder / "key.pem").write_bytes(
        identity.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    arguments = ["--import", str(folder / "key.pem"), "--token", "t", "--label", "seal", "--id", "01"]
    subprocess.run([*tool, *arguments], check=True, capture_output=True)
    with pkcs11.lib(str(module)).get_token(token_label="t").open(rw=True, user_pin="1234") as session:  # noqa: S106 - made here
        attributes = decode_x509_certificate(identity.der())
        session.create_object(attributes | {pkcs11.Attribute.LABEL: "seal", pkcs11.Attribute.TOKEN: True})
    return f"pkcs11:token=t;object=seal?module-path={module}"


@pytest.mark.slow
def test_a_seal_costs_less_than_half_of_marking_an_article_of_eight_pages(tmp_path: Path, ca: Authority) -> None:
    samples = Path(__file__).parents[3] / "samples"
    seal = SealOptions(key=str(ca.issued().save(tmp_path / "key.p12", ca.issuer)), password=PASSWORD)

    def seconds(seal: SealOptions | None) -> float:
        start = time.process_time()
        article, notice = samples / "article.pdf", samples / "retraction-notice.md"
        stamp(article, notice, tmp_path / "copy.pdf", seal=seal, overwrite=True)
        return time.process_time() - start

    without, with_seal = (min(seconds(one) for _ in range(7)) for one in (None, seal))
    assert with_seal - without < 0.5 * without
