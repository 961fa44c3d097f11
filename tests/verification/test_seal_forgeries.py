"""Seals made or completed by others: each is named, with the reason, by a verification that requires one.

The keys and certificates are real, and each signature is that of the key; only none that the reader trusts has
sealed the copy, or not like this.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from tests.helpers.build import build
from tests.helpers.certificates import DAY, PASSWORD, Authority, Identity, issue, self_signed
from watermark import Claim, Proof, SealLevel, SealOptions, SealPolicy, Status, stamp, verify
from watermark.stamping.seal import signature_writer
from watermark.stamping.seal.signature_writer import seal_copy
from watermark.verification.seal import certificates, check
from watermark.verification.verifier import seal_of

if TYPE_CHECKING:
    from asn1crypto import cms

AT = datetime(2024, 5, 1, tzinfo=UTC)
NOTICE = "# Retraction\n\nThe article https://doi.org/10.5555/a has been retracted.\n\nDate: 2024-05-01\n"
CONCERN = (
    "# Expression of concern\n\nThis is an expression of concern about https://doi.org/10.5555/a.\n\nDate: 2023-05-01\n"
)
SECONDS = 20
"""How long it may take at most to verify a file with certificates in circles: most of 1 second is to start."""


class Bench:
    """A marked copy that is not sealed, and who seals it."""

    def __init__(self, folder: Path, ca: Authority) -> None:
        """Mark an article, and have a publisher certified."""
        self.folder, self.ca, self.issuer = folder, ca, ca.issuer
        self.article, self.notice, self.marked = folder / "article.pdf", folder / "notice.md", folder / "marked.pdf"
        self.article.write_bytes(build(text="doi:10.5555/a"))
        self.notice.write_text(NOTICE)
        self.trust = str(ca.trust_folder(folder / "trust"))
        self.publisher = ca.issued()
        stamp(self.article, self.notice, self.marked, at=AT, proof=Proof.STRUCTURE)

    def chain(self) -> Path:
        """Return the path of a copy with a concern that the publisher sealed, and a retraction without a seal."""
        concern, notice, chain = (self.folder / name for name in ("concern.pdf", "concern.md", "chain.pdf"))
        notice.write_text(CONCERN)
        seal = SealOptions(key=str(self.publisher.save(self.folder / "key.p12", self.issuer)), password=PASSWORD)
        stamp(self.article, notice, concern, at=AT, proof=Proof.STRUCTURE, seal=seal, overwrite=True)
        stamp(concern, self.notice, chain, at=AT, proof=Proof.STRUCTURE, overwrite=True)
        return chain

    def sealed_by(self, identity: Identity, *others: Identity, level: str = "b-b", copy: Path | None = None) -> Path:
        """Return the path of a copy that this key has sealed; certificates of `others` come with it."""
        key = identity.save(self.folder / "key.p12", *others)
        return self.sealed_with(key, level=level, copy=copy)

    def sealed_with(self, key: Path, *, level: str = "b-b", copy: Path | None = None) -> Path:
        path = self.folder / "forged.pdf"
        path.write_bytes((copy or self.marked).read_bytes())
        options = SealOptions(
            key=str(key),
            password=PASSWORD,
            level=SealLevel(level),
            trust=self.trust,
            timestamp_url="" if level == "b-b" else f"{self.ca.url}/timestamp",
        )
        seal_copy(path, options, at=AT)
        return path

    def codes_of(self, path: Path, *, trust: str = "") -> set[str]:
        """Return the codes of what is found of the seal and is not in order."""
        policy = SealPolicy(trust=trust or self.trust, is_required=True)
        findings = verify(path, proof=Proof.STRUCTURE, seal=policy).findings
        return {
            item.code.removeprefix("sealed.")
            for item in findings
            if item.claim is Claim.SEALED and item.status is not Status.OK
        }


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory, ca: Authority) -> Bench:
    return Bench(tmp_path_factory.mktemp("bench"), ca)


Forgery = Callable[[Bench], Path]


# -------------------------------------------------------------------------------- a certificate that is for another use


def for_purposes(*purposes: ObjectIdentifier) -> Forgery:
    def made(bench: Bench) -> Path:
        usage = ((x509.ExtendedKeyUsage(purposes), False),)
        return bench.sealed_by(issue("example.org", bench.issuer, extensions=usage), bench.issuer)

    return made


def by_key_of_other_use(bench: Bench) -> Path:
    return bench.sealed_by(issue("A publisher", bench.issuer, rsa_bits=2048, signs=False), bench.issuer)


def by_time_stamp_server(bench: Bench) -> Path:
    return bench.sealed_by(bench.ca.timestamper, bench.issuer)


def by_issuing_authority(bench: Bench) -> Path:
    return bench.sealed_by(bench.issuer, bench.ca.root)


# ------------------------------------------------------------------------------------- a certificate of somebody else


def by_an_end_entity(bench: Bench) -> Path:
    subsidiary = bench.ca.issued("A subsidiary")
    return bench.sealed_by(issue("A publisher", subsidiary), subsidiary, bench.issuer)


def by_namesakes(bench: Bench) -> Path:
    root = issue("A root", None, is_authority=True)
    issuer = issue("An issuer", root, is_authority=True)
    return bench.sealed_by(issue("A publisher", issuer), issuer, root)


def by_namesakes_with_the_right_issuer(bench: Bench) -> Path:
    root = issue("A root", None, is_authority=True)
    issuer = issue("An issuer", root, is_authority=True)
    return bench.sealed_by(issue("A publisher", issuer), bench.issuer, issuer)


def outside_its_names(bench: Bench) -> Path:
    names = x509.DirectoryName(x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "DE")]))
    limits = ((x509.NameConstraints([names], None), True),)
    issuer = issue("An issuer of one country", bench.ca.root, is_authority=True, extensions=limits)
    return bench.sealed_by(issue("A publisher", issuer), issuer)


def another_certificate_of_the_key(bench: Bench) -> Path:
    """Put a certificate with another name for the same key in the place of the one that signed."""
    from asn1crypto import cms, x509  # noqa: PLC0415 - an extra

    other = x509.Certificate.load(issue("A better publisher", bench.issuer, key=bench.publisher.key).der())

    def change(data: "cms.SignedData") -> None:
        own = [x509.Certificate.load(one.der()) for one in (bench.issuer,)]
        data["certificates"] = [cms.CertificateChoices(name="certificate", value=one) for one in (other, *own)]
        names = {"issuer": other.issuer, "serial_number": other.serial_number}
        data["signer_infos"][0]["sid"] = cms.SignerIdentifier(name="issuer_and_serial_number", value=names)

    return with_other_envelope(bench.sealed_by(bench.publisher, bench.issuer), change)


def expired_issuer(bench: Bench) -> Path:
    now = datetime.now(UTC)
    issuer = issue("An issuer", bench.ca.root, is_authority=True, since=now - 9 * DAY, until=now - DAY)
    return bench.sealed_by(issue("A publisher", issuer), issuer)


def not_valid_yet(bench: Bench) -> Path:
    return bench.sealed_by(issue("A publisher", bench.issuer, since=datetime.now(UTC) + DAY), bench.issuer)


# -------------------------------------------------------------------------------------------------------- weak things


def with_short_key(bench: Bench) -> Path:
    return bench.sealed_by(issue("A publisher", bench.issuer, rsa_bits=1024), bench.issuer)


def with_short_curve(bench: Bench) -> Path:
    key = ec.generate_private_key(ec.SECP192R1())
    return bench.sealed_by(issue("A publisher", bench.issuer, key=key), bench.issuer)


def with_digest(name: str) -> Forgery:
    def made(bench: Bench) -> Path:
        from pyhanko.sign.signers import pdf_cms  # noqa: PLC0415 - an extra

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pdf_cms, "select_suitable_signing_md", lambda _: name)
            return bench.sealed_by(bench.ca.issued(rsa_bits=2048), bench.issuer)

    return made


def by_openssl(*commands: str) -> Forgery:
    """Return a forgery with a key and a certificate as OpenSSL alone makes them."""

    def made(bench: Bench) -> Path:
        folder = bench.folder
        (folder / "issuer.pem").write_bytes(bench.issuer.pem())
        private = bench.issuer.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (folder / "issuer.key").write_bytes(private)
        (folder / "usage").write_text("keyUsage=digitalSignature\n")
        (folder / "password").write_text(PASSWORD)
        to_file = "pkcs12 -export -inkey key.pem -in own.pem -certfile issuer.pem -passout file:password -out key.p12"
        for command in (*commands, to_file):
            subprocess.run(["openssl", *command.split()], cwd=folder, check=True, capture_output=True)
        return bench.sealed_with(folder / "key.p12")

    return made


SIGN = "x509 -req -in own.csr -CA issuer.pem -CAkey issuer.key -set_serial 7 -days 3 -extfile usage -out own.pem"
with_own_curve = by_openssl(
    "ecparam -name prime256v1 -param_enc explicit -genkey -noout -out key.pem",
    "req -new -key key.pem -subj /CN=x -out own.csr",
    SIGN,
)
with_weakly_signed_certificate = by_openssl(
    "genrsa -out key.pem 2048", "req -new -key key.pem -subj /CN=x -out own.csr", f"{SIGN} -sha1"
)


# -------------------------------------------------------------------------------------- what is not signed is exchanged


def with_other_digits(path: Path, digits: bytes) -> Path:
    data, (layer, *_) = path.read_bytes(), seal_of(path)
    start, end = layer.gap.start + 1, layer.gap.stop - 1
    path.write_bytes(data[:start] + digits.ljust(end - start, b"0") + data[end:])
    return path


def digits_in(path: Path) -> bytes:
    (layer, *_) = seal_of(path)
    digits = path.read_bytes()[layer.gap.start + 1 : layer.gap.stop - 1].rstrip(b"0")
    return digits + b"0" * (len(digits) % 2)


def with_other_envelope(path: Path, change: "Callable[[cms.SignedData], None]") -> Path:
    """Change the parts of a signature that are not signed, and write it again."""
    from asn1crypto import cms  # noqa: PLC0415 - an extra

    (layer, *_) = seal_of(path)
    content = cms.ContentInfo.load(layer.signature).copy()
    change(content["content"])
    return with_other_digits(path, content.dump(force=True).hex().upper().encode())


def exchanged(change: Callable[["cms.SignedData"], None]) -> Forgery:
    return lambda bench: with_other_envelope(bench.sealed_by(bench.publisher, bench.issuer), change)


def rewritten_digits(write: Callable[[bytes], bytes]) -> Forgery:
    def made(bench: Bench) -> Path:
        path = bench.sealed_by(bench.publisher, bench.issuer)
        return with_other_digits(path, write(digits_in(path)))

    return made


def unknown_digest(data: "cms.SignedData") -> None:
    data["signer_infos"][0]["digest_algorithm"] = {"algorithm": "2.16.840.1.101.3.4.2.99"}


def second_signer(data: "cms.SignedData") -> None:
    data["signer_infos"].append(data["signer_infos"][0].copy())


def content_inside(data: "cms.SignedData") -> None:
    data["encap_content_info"]["content"] = b"other content"


def without_signed_attributes(data: "cms.SignedData") -> None:
    data["signer_infos"][0]["signed_attrs"] = None


def without_certificates(data: "cms.SignedData") -> None:
    data["certificates"] = []


def hidden_attribute(data: "cms.SignedData") -> None:
    from asn1crypto import cms, core  # noqa: PLC0415 - an extra

    hidden = cms.CMSAttribute({"type": "1.2.3.4", "values": [core.OctetString(b"anything")]})
    data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([hidden])


def other_ranges(write: Callable[[int, int, int], bytes]) -> Forgery:
    """Return a forgery with other numbers in /ByteRange.

    `write` gets the length of the first range, and the start and the length of the second.
    """

    def made(bench: Bench) -> Path:
        path = bench.sealed_by(bench.publisher, bench.issuer)
        data, (layer,) = path.read_bytes(), seal_of(path)
        found = re.compile(rb"/ByteRange \[0 (\d+) (\d+) (\d+) *\]").search(data, layer.start)
        assert found is not None
        numbers = write(*map(int, found.groups()))
        changed = b"/ByteRange [" + numbers.ljust(len(found[0]) - len(b"/ByteRange []")) + b"]"
        path.write_bytes(data[: found.start()] + changed + data[found.end() :])
        return path

    return made


# -------------------------------------------------------------------------------------------------------- time stamps


def stamped_by(**options: Any) -> Forgery:  # noqa: ANN401 - as those of `issue`
    def made(bench: Bench) -> Path:
        server = bench.ca.timestamper
        bench.ca.timestamper = issue("Another server", rsa_bits=2048, **{"issuer": bench.issuer, **options})
        try:
            return bench.sealed_by(bench.publisher, bench.issuer, level="b-t")
        finally:
            bench.ca.timestamper = server

    return made


OF_TIME = ((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),)


def expired_key_with_stamp_of_a_friend(bench: Bench) -> Path:
    """An old key is used again, with a time stamp whose certificate is for other uses."""
    server, bench.ca.timestamper = bench.ca.timestamper, issue("A friend", bench.issuer, rsa_bits=2048)
    try:
        return bench.sealed_by(bench.ca.issued(days=-1), bench.issuer, level="b-t")
    finally:
        bench.ca.timestamper = server


def stamp_of_another_signature(bench: Bench) -> Path:
    from watermark.verification.seal.signatures import signed_data_in  # noqa: PLC0415 - loads pyHanko

    (layer,) = seal_of(bench.sealed_by(bench.publisher, bench.issuer, level="b-t"))
    other = signed_data_in(layer.signature)["signer_infos"][0]["unsigned_attrs"]

    def change(data: "cms.SignedData") -> None:
        data["signer_infos"][0]["unsigned_attrs"] = other

    return with_other_envelope(bench.sealed_by(bench.publisher, bench.issuer, level="b-t"), change)


def time_stamp_alone(bench: Bench) -> Path:
    path = bench.folder / "forged.pdf"
    path.write_bytes(bench.marked.read_bytes())
    options = SealOptions(key="", level=SealLevel.LTA, timestamp_url=f"{bench.ca.url}/timestamp")
    signature_writer._append_timestamp(path, options, "")
    return path


def stranger_on_a_sealed_concern(bench: Bench) -> Path:
    return bench.sealed_by(self_signed(), copy=bench.chain())


# -------------------------------------------------------------------------------------------------- revocation forged


def with_material_of_a_namesake(by: str) -> Forgery:
    def made(bench: Bench) -> Path:
        identity = bench.ca.issued(by=by)
        bench.ca.issuer = issue("An issuer", None, is_authority=True)
        try:
            return bench.sealed_by(identity, bench.issuer, level="b-lt")
        finally:
            bench.ca.issuer = bench.issuer

    return made


def with_an_old_crl(bench: Bench) -> Path:
    """A key that may have been revoked since is used again, with a list from before."""
    identity, now = bench.ca.issued(by="crl"), datetime.now(UTC)
    bench.ca.listed_at = now - 9 * DAY
    try:
        return bench.sealed_by(identity, bench.issuer, level="b-lt")
    finally:
        bench.ca.listed_at = None


def revoked_key(bench: Bench) -> Path:
    identity = bench.ca.issued(by="crl")
    bench.ca.revoked[identity.certificate.serial_number] = datetime.now(UTC) - timedelta(hours=1)
    return bench.sealed_by(identity, bench.issuer, level="b-lt")


FORGERIES: dict[str, tuple[Forgery, str]] = {
    "the certificate of a web server": (for_purposes(ExtendedKeyUsageOID.SERVER_AUTH), "wrong-use"),
    "the certificate of a web client": (for_purposes(ExtendedKeyUsageOID.CLIENT_AUTH), "wrong-use"),
    "the certificate of a responder": (for_purposes(ExtendedKeyUsageOID.OCSP_SIGNING), "wrong-use"),
    "the certificate of a time stamp server": (by_time_stamp_server, "wrong-use"),
    "the certificate of an authority": (by_issuing_authority, "wrong-use"),
    "a key that may not sign": (by_key_of_other_use, "wrong-use"),
    "a certificate that an end entity issued": (by_an_end_entity, "untrusted"),
    "authorities with the same names": (by_namesakes, "untrusted"),
    "an authority with the same name, and the right one": (by_namesakes_with_the_right_issuer, "untrusted"),
    "an issuer outside its names": (outside_its_names, "untrusted"),
    "another certificate of the same key": (another_certificate_of_the_key, "malformed"),
    "an issuer that had expired": (expired_issuer, "expired"),
    "a certificate of tomorrow": (not_valid_yet, "expired"),
    "a short RSA key": (with_short_key, "weak"),
    "a short curve": (with_short_curve, "weak"),
    "a curve of the forger's own": (with_own_curve, "weak"),
    "a certificate signed with SHA-1": (with_weakly_signed_certificate, "weak"),
    "a signature with SHA-1": (with_digest("sha1"), "weak"),
    "a signature with MD5": (with_digest("md5"), "weak"),
    "other bytes behind the signature": (rewritten_digits(lambda digits: digits + b"C0FFEE"), "malformed"),
    "digits in lower case": (rewritten_digits(bytes.lower), "none"),
    "spaces behind the digits": (rewritten_digits(lambda digits: digits + b"  "), "none"),
    "an unknown digest": (exchanged(unknown_digest), "malformed"),
    "two signers": (exchanged(second_signer), "malformed"),
    "content in the signature": (exchanged(content_inside), "malformed"),
    "no signed attributes": (exchanged(without_signed_attributes), "broken"),
    "no certificates": (exchanged(without_certificates), "malformed"),
    "a hidden attribute": (exchanged(hidden_attribute), "malformed"),
    "no ranges": (other_ranges(lambda *_: b""), "none"),
    "two numbers": (other_ranges(lambda first, *_: b"0 %d" % first), "none"),
    "three ranges": (other_ranges(lambda *three: b"0 %d %d %d 0 0" % three), "none"),
    "numbers that are not whole": (other_ranges(lambda *three: b"0.0 %d %d %d" % three), "none"),
    "ranges of nothing": (other_ranges(lambda *_: b"0 0 0 0"), "none"),
    "a range that ends early": (other_ranges(lambda a, b, c: b"0 %d %d %d" % (a, b, c - 9)), "none"),
    "ranges that overlap": (other_ranges(lambda a, b, c: b"0 %d %d %d" % (a + 20, b - 20, c + 20)), "none"),
    "ranges in the other order": (other_ranges(lambda a, b, c: b"%d %d 0 %d" % (b, c, a)), "none"),
    "a wider gap": (other_ranges(lambda a, b, c: b"0 %d %d %d" % (a, b + 2, c - 2)), "none"),
    "a time stamp by a stranger": (stamped_by(issuer=None, extensions=OF_TIME), "time-stamp-self-signed"),
    "a time stamp with a certificate for other things": (stamped_by(), "time-stamp-wrong-use"),
    "an old key with a friend's time stamp": (expired_key_with_stamp_of_a_friend, "expired"),
    "the time stamp of another signature": (stamp_of_another_signature, "time-stamp-broken"),
    "a time stamp without a signature": (time_stamp_alone, "none"),
    "no seal on a concern that was sealed": (Bench.chain, "none"),
    "a stranger's seal on a concern that was sealed": (stranger_on_a_sealed_concern, "self-signed"),
    "a CRL by an authority with the same name": (with_material_of_a_namesake("crl"), "revocation-unknown"),
    "an OCSP response by one with the same name": (with_material_of_a_namesake("ocsp"), "revocation-unknown"),
    "a CRL from before": (with_an_old_crl, "revocation-unknown"),
    "a key that was revoked": (revoked_key, "revoked"),
}


FAST = (
    "the certificate of a web server",
    "a short curve",
    "a hidden attribute",
    "other bytes behind the signature",
    "three ranges",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in FORGERIES if name not in FAST])
def test_a_forged_seal_is_named_with_its_reason(bench: Bench, name: str) -> None:
    forgery, code = FORGERIES[name]
    assert code in bench.codes_of(forgery(bench))


@pytest.mark.parametrize("name", FAST)
def test_a_forged_seal_is_named(bench: Bench, name: str) -> None:
    forgery, code = FORGERIES[name]
    assert code in bench.codes_of(forgery(bench))


@pytest.mark.slow
@pytest.mark.parametrize("level", ["b-b", "b-t", "b-lt", "b-lta"])
def test_the_seal_of_the_publisher_is_not_named_at_any_level(bench: Bench, level: str) -> None:
    assert bench.codes_of(bench.sealed_by(bench.publisher, bench.issuer, level=level)) == set()


@pytest.mark.slow
@pytest.mark.parametrize(
    "purposes",
    [(), (ExtendedKeyUsageOID.EMAIL_PROTECTION,), (ObjectIdentifier("1.3.6.1.5.5.7.3.36"),)],
    ids=["any", "e-mail", "documents"],
)
def test_a_certificate_for_documents_seals(bench: Bench, purposes: tuple[ObjectIdentifier, ...]) -> None:
    usage = ((x509.ExtendedKeyUsage(purposes), False),) if purposes else ()
    publisher = issue("A publisher", bench.issuer, extensions=usage)
    assert bench.codes_of(bench.sealed_by(publisher, bench.issuer)) == set()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["authority", "end entity"])
def test_a_certificate_that_the_user_trusts_itself_seals_as_long_as_it_is_valid(bench: Bench, kind: str) -> None:
    now, trust = datetime.now(UTC), bench.folder / "own.pem"
    for until, codes in ((now + DAY, set()), (now - DAY, {"expired"})):
        own = issue("A small press", None, is_authority=kind == "authority", since=now - 9 * DAY, until=until)
        trust.write_bytes(own.pem())
        assert bench.codes_of(bench.sealed_by(own), trust=str(trust)) == codes


@pytest.mark.slow
def test_the_name_of_a_stranger_does_not_end_its_quotation(bench: Bench) -> None:
    path = bench.sealed_by(issue("A publisher”; a certificate that you trust vouches for it", None))
    findings = verify(path, proof=Proof.STRUCTURE, seal=SealPolicy(trust=bench.trust)).findings
    (message,) = (item.message for item in findings if item.claim is Claim.SEALED)
    assert (message.count("“"), message.count("”")) == (1, 1)


@pytest.mark.slow
def test_certificates_that_vouch_for_each_other_in_circles_end(bench: Bench) -> None:
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(9)]
    nodes = [issue(f"Node {number}", None, is_authority=True, key=key) for number, key in enumerate(keys)]
    circles = [
        issue(f"Node {number}", other, is_authority=True, key=key)
        for number, key in enumerate(keys)
        for other in nodes
        if other.key is not key
    ]
    path = bench.sealed_by(issue("A publisher", nodes[0]), *circles)
    command = [sys.executable, "-m", "watermark", "verify", path, "--trust", bench.trust, "--require-seal"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert "it comes with more certificates than can be tried" in done.stdout


@pytest.mark.slow
def test_validation_material_beyond_the_limit_is_not_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bench.sealed_by(bench.ca.issued(by="crl"), bench.issuer, level="b-lt")
    assert bench.codes_of(path) == set()
    monkeypatch.setattr(check, "MAX_MATERIAL_BYTES", 10)
    assert bench.codes_of(path) == {"revocation-unknown"}


def test_an_issuer_is_looked_for_only_so_often(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bench.sealed_by(bench.publisher, bench.issuer)
    monkeypatch.setattr(certificates, "MAX_LOOKUPS", 0)
    assert bench.codes_of(path) == {"too-many"}
