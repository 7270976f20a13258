"""An authority of a test's own, and a certificate by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)
PEM = serialization.Encoding.PEM


def write_certificate(folder: Path, host: str, certificate: str, key: str) -> Path:
    """A server's certificate for a host, by name or by address, and its key: files of these names. Returns that of whom
    a client has to trust, `ca.pem`.
    """
    authority, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    trusted = folder / "ca.pem"
    trusted.write_bytes(_signed("an authority", authority, authority, host=None))
    (folder / certificate).write_bytes(_signed("a server", server, authority, host))
    plain = serialization.NoEncryption()
    (folder / key).write_bytes(server.private_bytes(PEM, serialization.PrivateFormat.PKCS8, plain))
    return trusted


def _signed(
    name: str, key: ec.EllipticCurvePrivateKey, authority: ec.EllipticCurvePrivateKey, host: str | None
) -> bytes:
    """With all that Python 3.13 asks for, which is strict. Without a host it is the authority's own."""
    issuer, now = authority.public_key(), datetime.now(UTC)
    usage = {"digital_signature": host is not None, "key_cert_sign": host is None, "crl_sign": host is None}
    rest = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only")
    unused = dict.fromkeys((*rest, "decipher_only"), False)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority")]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - DAY)
        .not_valid_after(now + DAY)
        .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **unused), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer), critical=False)
    )
    if host is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName([_named(host)]), critical=False)
    return builder.sign(authority, hashes.SHA256()).public_bytes(PEM)


def _named(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
