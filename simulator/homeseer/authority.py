"""A certificate authority of our own, so that clients can check who they talk to."""

import datetime as dt
import ipaddress
from pathlib import Path
import ssl
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAYS = 30


def named(name: str) -> x509.Name:
    """Make the name of whom a certificate is for."""
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def alternative(host: str) -> x509.GeneralName:
    """Make an address or a host name as certificates hold it."""
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class Authority:
    """Signs certificates of servers."""

    def __init__(self) -> None:
        """Make the authority."""
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = named("Simulated authority")
        usage = x509.KeyUsage(
            digital_signature=True,
            key_cert_sign=True,
            crl_sign=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            encipher_only=False,
            decipher_only=False,
        )
        own = (
            self._builder(self._name, self._key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(usage, critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.certificate = own.public_bytes(serialization.Encoding.PEM)

    def _builder(
        self,
        subject: x509.Name,
        key: ec.EllipticCurvePrivateKey,
        *,
        expired: bool = False,
    ) -> x509.CertificateBuilder:
        age = DAYS + 1 if expired else 1
        start = dt.datetime.now(dt.UTC) - dt.timedelta(days=age)
        issuer = self._key.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + dt.timedelta(days=DAYS))
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()),
                critical=False,
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer),
                critical=False,
            )
        )

    def server_context(self, *hosts: str, expired: bool = False) -> ssl.SSLContext:
        """Make what a server of some hosts needs to speak TLS."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = x509.SubjectAlternativeName(map(alternative, hosts))
        certificate = (
            self._builder(named(hosts[0]), key, expired=expired)
            .add_extension(names, critical=False)
            .sign(self._key, hashes.SHA256())
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        # The ssl module reads certificates from files only.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "server.pem"
            path.write_bytes(
                certificate.public_bytes(serialization.Encoding.PEM)
                + key.private_bytes(
                    serialization.Encoding.PEM,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            )
            context.load_cert_chain(path)
        return context

    def client_context(self) -> ssl.SSLContext:
        """Make what a strict client needs: it trusts this authority and nobody else."""
        return ssl.create_default_context(cadata=self.certificate.decode())

    @property
    def file(self) -> Path | None:
        """Where its certificate lies, if it does."""
        return Path(self._folder.name) / "authority.pem" if self._folder else None

    def publish(self) -> None:
        """Put its certificate into a file, for clients to load."""
        self._folder = tempfile.TemporaryDirectory(prefix="myhs-")
        path = Path(self._folder.name) / "authority.pem"
        path.write_bytes(self.certificate)

    def withdraw(self) -> None:
        """Remove the file."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
