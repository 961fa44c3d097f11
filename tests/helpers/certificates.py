"""A certification authority with servers on loopback: time stamps (RFC 3161), OCSP (RFC 6960), CRLs (RFC 5280)."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

pytest.importorskip("pyhanko", reason="the extra seal is not installed")

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

PASSWORD = "a password"  # noqa: S105 - of keys that are made for a test
DAY = timedelta(days=1)
POLL_SECONDS = 0.02
"""How long a server takes to notice that it is to end."""
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, kw_only=True)
class Identity:
    """A key with its certificate, and the authority that issued it; None for a self-signed one."""

    key: Key
    certificate: x509.Certificate

    def der(self) -> bytes:
        """Return the certificate (DER)."""
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def pem(self) -> bytes:
        """Return the certificate (PEM)."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def save(self, path: Path, *others: "Identity", password: str = PASSWORD) -> Path:
        """Write a PKCS#12 file with the key, its certificate and those of `others`; return its path."""
        encryption = (
            serialization.BestAvailableEncryption(password.encode()) if password else serialization.NoEncryption()
        )
        chain = [other.certificate for other in others]
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"key", self.key, self.certificate, chain, encryption))
        return path


def self_signed(name: str = "A stranger") -> Identity:
    """Return a self-signed identity, for which no authority vouches."""
    return issue(name, None, is_authority=True)


def issue(
    name: str,
    issuer: Identity | None,
    *,
    is_authority: bool = False,
    rsa_bits: int = 0,
    since: datetime | None = None,
    until: datetime | None = None,
    extensions: tuple[tuple[x509.ExtensionType, bool], ...] = (),
    key: Key | None = None,
    signs: bool = True,
) -> Identity:
    """Return an identity that `issuer` vouches for; `signs` says whether its key may sign (digitalSignature)."""
    if key is None:
        key = rsa.generate_private_key(65537, rsa_bits) if rsa_bits else ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signing_key = issuer.key if issuer else key
    usage = x509.KeyUsage(
        digital_signature=signs,
        content_commitment=signs and not is_authority,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since or now - 10 * DAY)
        .not_valid_after(until or now + 10 * DAY)
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical=critical)
    return Identity(key=key, certificate=builder.sign(signing_key, hashes.SHA256()))


@dataclass
class Authority:
    """A root, and an issuing authority under it, with servers at `url`. `revoked` holds serial numbers.

    `requests` are the paths that were asked for.
    """

    url: str
    root: Identity
    issuer: Identity
    timestamper: Identity
    revoked: dict[int, datetime] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    is_silent: bool = False
    listed_at: datetime | None = None
    """When the list of revoked certificates is from, for a day; None for a new one."""
    other_server: Callable[[bytes], bytes] | None = None
    """What answers a request for a time stamp in place of the server."""

    def issued(self, name: str = "A publisher", *, by: str = "none", rsa_bits: int = 0, days: int = 10) -> Identity:
        """Return an identity; `by` says where to ask whether it was revoked: none, ocsp, crl or everywhere.

        `days` is how long it is valid from now; less than 0 for one that has expired.
        """
        where: dict[str, x509.ExtensionType] = {
            "ocsp": x509.AuthorityInformationAccess(
                [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, _uri(f"{self.url}/ocsp"))]
            ),
            "crl": x509.CRLDistributionPoints([x509.DistributionPoint([_uri(f"{self.url}/crl")], None, None, None)]),
        }
        where["everywhere"] = x509.AuthorityInformationAccess(
            [
                x509.AccessDescription(AuthorityInformationAccessOID.OCSP, _uri(f"{self.url}/ocsp")),
                x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, _uri(f"{self.url}/issuer")),
            ]
        )
        extensions = ((where[by], False),) if by in where else ()
        extensions += ((where["crl"], False),) if by == "everywhere" else ()
        until = datetime.now(UTC) + days * DAY
        since = min(until, datetime.now(UTC)) - 10 * DAY
        return issue(name, self.issuer, rsa_bits=rsa_bits, since=since, until=until, extensions=extensions)

    def trust_folder(self, folder: Path) -> Path:
        """Write the root certificate to a folder, and return that."""
        folder.mkdir(exist_ok=True)
        (folder / "root.pem").write_bytes(self.root.pem())
        return folder

    def answer(self, path: str, body: bytes) -> tuple[str, bytes]:
        """Return the media type and the data that a server answers with."""
        self.requests.append(path)
        if path == "/timestamp":
            return "application/timestamp-reply", (self.other_server or self.timestamp)(body)
        if path == "/crl":
            return "application/pkix-crl", self._crl()
        return "application/ocsp-response", self._ocsp(body)

    def timestamp(self, body: bytes) -> bytes:
        """Return the answer to a request for a time stamp."""
        store = SimpleCertificateStore()
        store.register(asn1_x509.Certificate.load(self.issuer.der()))
        key = self.timestamper.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        server = DummyTimeStamper(
            asn1_x509.Certificate.load(self.timestamper.der()), asn1_keys.PrivateKeyInfo.load(key), store
        )
        response: bytes = server.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
        return response

    def _crl(self) -> bytes:
        now = self.listed_at or datetime.now(UTC)
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.issuer.certificate.subject)
            .last_update(now - timedelta(minutes=1))
            .next_update(now + DAY)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self.issuer.key.public_key()), critical=False
            )
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        for number, at in self.revoked.items():
            builder = builder.add_revoked_certificate(
                x509.RevokedCertificateBuilder().serial_number(number).revocation_date(at).build()
            )
        return builder.sign(self.issuer.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _ocsp(self, body: bytes) -> bytes:
        request = ocsp.load_der_ocsp_request(body)
        at = self.revoked.get(request.serial_number)
        now = datetime.now(UTC)
        return (
            ocsp.OCSPResponseBuilder()
            .add_response_by_hash(
                issuer_name_hash=request.issuer_name_hash,
                issuer_key_hash=request.issuer_key_hash,
                serial_number=request.serial_number,
                algorithm=request.hash_algorithm,
                cert_status=ocsp.OCSPCertStatus.REVOKED if at else ocsp.OCSPCertStatus.GOOD,
                this_update=now - timedelta(minutes=1),
                next_update=now + DAY,
                revocation_time=at,
                revocation_reason=None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, self.issuer.certificate)
            .certificates([self.issuer.certificate])
            .sign(self.issuer.key, hashes.SHA256())
            .public_bytes(serialization.Encoding.DER)
        )


def _uri(address: str) -> x509.UniformResourceIdentifier:
    return x509.UniformResourceIdentifier(address)


@contextmanager
def authority() -> Iterator[Authority]:
    """Yield an authority whose servers run on loopback."""
    known: list[Authority] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _answer(self, body: bytes) -> None:
            if known[0].is_silent:
                self.send_error(503)
                return
            kind, data = known[0].answer(self.path, body)
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        root = issue("A root", None, is_authority=True)
        issuer = issue("An issuer", root, is_authority=True)
        usage = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
        timestamper = issue(
            "A time stamp server", issuer, rsa_bits=2048, extensions=(usage,)
        )  # all that the server signs with
        url = f"http://127.0.0.1:{server.server_address[1]}"
        known.append(Authority(url=url, root=root, issuer=issuer, timestamper=timestamper))
        thread = threading.Thread(target=server.serve_forever, args=(POLL_SECONDS,), daemon=True)
        thread.start()
        try:
            yield known[0]
        finally:
            server.shutdown()
            thread.join()
