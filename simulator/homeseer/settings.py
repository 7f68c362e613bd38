"""In what one HomeSeer system may differ from another."""

from dataclasses import dataclass
from enum import IntFlag
from typing import Literal

type Dialect = Literal["hs3", "hs4"]

VERSIONS = {"hs3": "3.0.0.548", "hs4": "4.2.22.4"}


class Rights(IntFlag):
    """What a user may do, as bits."""

    GUEST = 1
    ADMIN = 2
    LOCAL = 4
    NORMAL = 8


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may log in."""

    name: str
    password: str
    rights: Rights = Rights.ADMIN | Rights.LOCAL

    @property
    def controls(self) -> bool:
        """Whether it may control anything: guests only look."""
        return not self.rights & Rights.GUEST

    def sees(self, users: str) -> bool:
        """Whether a device of some users is one of its own."""
        if users == "Any":
            return True
        names = {name.strip() for name in users.split(",")}
        return bool(self.rights & Rights.ADMIN) or self.name in names


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a system is made; where nothing is known, the defaults are a guess."""

    dialect: Dialect = "hs4"
    # Nothing stands for the usual one of the dialect.
    version: str = ""
    # What HS4 adds to dates.
    utc_offset: str = "-0400"

    # "No Password Required for Local (same subnet) Login"; everybody here is local.
    same_subnet: bool = False
    # In which form a wrong password is refused.
    refused: Literal["401", "no_devices"] = "401"
    json_enabled: bool = True

    # What the system takes to think about a request, in seconds of the world outside.
    answer_seconds: float = 0.0
    keepalive_seconds: float = 75.0
    # What all devices take longer to report than they would, in seconds of the house.
    report_lag: float = 0.0

    # How a control that nobody takes is refused; nothing: as is usual in the dialect.
    control_error: Literal["", "text", "response"] = ""
    # Whether compressed answers leave out a 0 as well.
    compress_zero: bool = False
    # Whether it can tell what changed since a client asked last, and what it tells first.
    changes_supported: bool = True
    first_changes: Literal["none", "all"] = "none"

    # How close to each other ASCII commands may come, in seconds of the world outside.
    ascii_gap: float = 0.05

    @property
    def hs_version(self) -> str:
        """The version of the software."""
        return self.version or VERSIONS[self.dialect]
