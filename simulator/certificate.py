"""Self-signed certificates such as home controllers make for themselves."""

import datetime as dt
from pathlib import Path
import ssl
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

YEARS = 30
# Nobody reaches a controller under the name that its certificate bears.
HOST_NAME = "controller-00107f000000"


def self_signed(*, expired: bool = False) -> bytes:
    """Make a certificate and its key, both as one PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST_NAME)])
    now = dt.datetime.now(dt.UTC)
    start = now - dt.timedelta(days=365 * YEARS if expired else 1)
    end = now - dt.timedelta(days=1) if expired else now + dt.timedelta(365 * YEARS)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName(HOST_NAME)]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def renew(context: ssl.SSLContext, *, expired: bool = False) -> None:
    """Give a server a new certificate, for all connections from now on."""
    # The ssl module reads certificates from files only.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "certificate.pem"
        path.write_bytes(self_signed(expired=expired))
        context.load_cert_chain(path)


def server_context(*, expired: bool = False) -> ssl.SSLContext:
    """Make what a server needs to speak TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    renew(context, expired=expired)
    return context
