"""Where a HomeSeer system is, and as whom it is asked."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
import ipaddress

from yarl import URL

MYHS = URL("https://myhs.homeseer.com")


@dataclass(frozen=True, slots=True)
class Account:
    """As whom to ask: a name with its password, or a token. Nothing of it is shown."""

    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    @property
    def known(self) -> bool:
        """Whether there is anything to log in with."""
        return bool(self.username or self.password or self.token)

    @property
    def header(self) -> Mapping[str, str] | None:
        """The header of Basic authentication; None where it cannot carry this."""
        if self.token or not self.known or ":" in (self.username or ""):
            return None
        return {"Authorization": f"Basic {self._packed}"}

    @property
    def _packed(self) -> str:
        both = f"{self.username or ''}:{self.password or ''}"
        return base64.b64encode(both.encode()).decode()

    @property
    def query(self) -> Mapping[str, str]:
        """The same as parameters."""
        if self.token:
            return {"token": self.token}
        if not self.known:
            return {}
        return {"user": self.username or "", "pass": self.password or ""}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be seen, the longest first."""
        if not self.known:
            return ()
        texts = {self.username, self.password, self.token, self._packed}
        return tuple(sorted((text for text in texts if text), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Local:
    """A system on the network; `port` is None for HTTP's own."""

    host: str
    port: int | None = None
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)

    @property
    def root(self) -> URL:
        """The address of the JSON API; raises ValueError if there can be none."""
        return URL.build(scheme="http", host=self.host, port=self.port, path="/JSON")

    @property
    def account(self) -> Account:
        """As whom to ask."""
        return Account(self.username, self.password)

    @property
    def params(self) -> Mapping[str, str]:
        """What every request says beside its own parameters."""
        return {}

    def trusts(self, target: URL) -> bool:
        """Return whether a redirect may be followed there: nowhere else than here."""
        root = self.root
        here = (root.scheme, root.host, root.port)
        return (target.scheme, target.host, target.port) == here


@dataclass(frozen=True, slots=True)
class Cloud:
    """A system behind MyHS, which finds it by its license."""

    # Whoever knows it may try passwords.
    license: str = field(repr=False)
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)
    base: URL = MYHS

    @property
    def root(self) -> URL:
        """The address of the JSON API."""
        return self.base / "json"

    @property
    def account(self) -> Account:
        """As whom to ask."""
        return Account(self.username, self.password, self.token)

    @property
    def params(self) -> Mapping[str, str]:
        """What every request says beside its own parameters."""
        return {"licenseid": self.license}

    def trusts(self, target: URL) -> bool:
        """Return whether a redirect may be followed there."""
        return related(self.base, target)


def related(base: URL, target: URL) -> bool:
    """Return whether a redirect stays with whom it came from, and encrypted.

    MyHS sends to servers beside it under the same domain.
    """
    # An http base is a test's own.
    if target.scheme not in {"https", base.scheme} or not target.host or not base.host:
        return False
    if target.host == base.host:
        return True
    try:
        ipaddress.ip_address(base.host)
    except ValueError:
        labels = base.host.split(".")
        family = ".".join(labels[1:] if len(labels) > 2 else labels)
        return target.host == family or target.host.endswith(f".{family}")
    return False
