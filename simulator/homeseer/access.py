"""Who may do what."""

import base64
import binascii
from collections.abc import Mapping, Sequence

from .settings import Rights, Settings, User


def basic(headers: Mapping[str, str]) -> tuple[str, str] | None:
    """Read the name and password of a Basic header."""
    scheme, _, coded = headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        data = base64.b64decode(coded)
    except binascii.Error:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    name, colon, password = text.partition(":")
    return (name, password) if colon else None


class Access:
    """The users of a system, and who is logged in at the ASCII port."""

    def __init__(
        self, auth: tuple[str, str] | None, users: Sequence[User], settings: Settings
    ) -> None:
        """Know the owner, if there is a password, and other users."""
        self.settings = settings
        self.open = auth is None
        owner = User(*(auth or ("default", "default")))
        self.users = [owner, *users]
        # Logins at the ASCII port hold for all connections from an address.
        self.addresses: dict[str, User] = {}

    def change_owner(self, auth: tuple[str, str] | None) -> None:
        """Take another password from now on, or none."""
        self.open = auth is None
        if auth is not None:
            self.users[0] = User(*auth)

    @property
    def needs_password(self) -> bool:
        """Whether nothing is told without one."""
        return not self.open and not self.settings.same_subnet

    def find(self, name: str, password: str) -> User | None:
        """Find who goes by a name and a password."""
        for user in self.users:
            if user.name.lower() == name.lower() and user.password == password:
                return user
        return None

    def who(self, headers: Mapping[str, str], params: Mapping[str, str]) -> User | None:
        """Tell who asks; nobody if a password is wanted and wrong."""
        given = basic(headers)
        if "user" in params:
            given = (params["user"], params.get("pass", ""))
        user = self.find(*given) if given is not None else None
        return user if user or self.needs_password else self.users[0]

    def log_in(self, address: str, name: str, password: str) -> bool:
        """Let an address give ASCII commands, unless it is a guest's."""
        user = self.find(name, password)
        if user is None or user.rights & Rights.GUEST:
            return False
        self.addresses[address] = user
        return True
