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
    def header(self) -> Mapping[str, str]:
        """The header of Basic authentication; empty where it cannot carry the login."""
        if self.token or not self.known or ":" in (self.username or ""):
            return {}
        return {"Authorization": f"Basic {self._packed}"}

    @property
    def _packed(self) -> str:
        both = f"{self.username or ''}:{self.password or ''}"
        return base64.b64encode(both.encode()).decode()

    @property
    def query(self) -> Mapping[str, str]:
        """The login as parameters."""
        if self.token:
            return {"token": self.token}
        if not self.known:
            return {}
        return {"user": self.username or "", "pass": self.password or ""}

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be shown."""
        if not self.known:
            return ()
        texts = {self.username, self.password, self.token, self._packed}
        return tuple(text for text in texts if text)


@dataclass(frozen=True, slots=True)
class Local:
    """A system on the network; `port` is None for HTTP's own."""

    host: str
    port: int | None = None
    account: Account = Account()

    @property
    def root(self) -> URL:
        """The address of the JSON API; raises ValueError if there can be none."""
        return URL.build(scheme="http", host=self.host, port=self.port, path="/JSON")

    @property
    def params(self) -> Mapping[str, str]:
        """The parameters of every request."""
        return {}

    def trusts(self, target: URL) -> bool:
        """Return whether a redirect may be followed there: nowhere else than here."""
        root = self.root
        here = (root.scheme, root.host, root.port)
        return (target.scheme, target.host, target.port) == here


@dataclass(frozen=True, slots=True)
class Cloud:
    """A system behind MyHS; without its license, the list of an account's systems."""

    # Whoever knows it may try passwords.
    license: str = field(repr=False)
    account: Account
    base: URL = MYHS

    @property
    def root(self) -> URL:
        """The address of the JSON API, or of the list."""
        return self.base / ("json" if self.license else "getsystems")

    @property
    def params(self) -> Mapping[str, str]:
        """The parameters of every request."""
        return {"licenseid": self.license} if self.license else {}

    def trusts(self, target: URL) -> bool:
        """Return whether a redirect stays at MyHS, and encrypted.

        MyHS sends to servers beside it under the same domain.
        """
        host = self.base.host
        # An http base is a test's own.
        if target.scheme not in {"https", self.base.scheme} or not target.host:
            return False
        if target.host == host:
            return True
        try:
            ipaddress.ip_address(host or "")
        except ValueError:
            labels = (host or "").split(".")
            family = ".".join(labels[1:] if len(labels) > 2 else labels)
            return target.host == family or target.host.endswith(f".{family}")
        return False
