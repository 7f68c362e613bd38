"""What a feature is, and how that is known."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

from ..house.fields import Fields


class What(StrEnum):
    """What a feature can be alone."""

    LOCK = "lock"
    COVER = "cover"
    VALVE = "valve"
    SIREN = "siren"
    FAN = "fan"
    LIGHT = "light"
    OUTLET = "outlet"
    SWITCH = "switch"
    REMOTE = "remote"
    DETECTOR = "binary sensor"
    BATTERY = "battery"
    READING = "number sensor"
    TEXT = "text sensor"
    NUMBER = "number"
    TEXT_BOX = "text"
    LIST = "list"
    CHOICE = "select"
    BUTTONS = "buttons"
    CLIMATE = "climate"
    PLAYER = "media player"


# What people mean by a device's name, before what is only shown beside it.
MAIN = frozenset(
    {
        What.LOCK,
        What.COVER,
        What.VALVE,
        What.SIREN,
        What.FAN,
        What.LIGHT,
        What.OUTLET,
        What.SWITCH,
        What.CLIMATE,
        What.PLAYER,
    }
)
# These are one entity's matter: which of them it is may still be learned.
SHOWN = frozenset({What.READING, What.TEXT, What.BATTERY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a feature is; `detail` is which one, such as the kind of a cover.

    `evidence` is the name of the row that said so. `open` is set where the feature
    had nothing to show yet, `inverted` where the owner turned it round, and `buttons`
    where what can be pressed stands beside what is shown.
    """

    what: What
    evidence: str
    detail: str | None = None
    unit: str | None = None
    hidden: bool = False
    open: bool = False
    inverted: bool = False
    buttons: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it as plain JSON, without what is as usual."""
        found: dict[str, Any] = {"what": str(self.what), "evidence": self.evidence}
        rest = {
            "detail": self.detail,
            "unit": self.unit,
            "hidden": self.hidden,
            "open": self.open,
            "buttons": self.buttons,
        }
        return found | {key: value for key, value in rest.items() if value}

    @classmethod
    def from_json(cls, raw: object) -> Self | None:
        """Return what was kept; None where it makes no sense."""
        fields = Fields(raw)
        what, evidence = fields.text("what"), fields.text("evidence")
        if what not in frozenset(What) or evidence is None:
            return None
        return cls(
            what=What(what),
            evidence=evidence,
            detail=fields.text("detail"),
            unit=fields.text("unit"),
            hidden=fields.boolean("hidden") or False,
            open=fields.boolean("open") or False,
            buttons=fields.boolean("buttons") or False,
        )

    @property
    def says(self) -> str:
        """What it is in words, for people."""
        return f"{self.what} ({self.detail})" if self.detail else str(self.what)
