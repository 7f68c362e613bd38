"""What a processor answers when it is asked for a list or one entry of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.faults import Faults
from simulator.house import House
from simulator.wire import Answer

from .answers import Refused, Source
from .distort import distort
from .inventory import LIST_KEYS, Json, inventory
from .manual import as_in_manual
from .recorded import Recorded
from .settings import Settings

SOURCES = {
    "rooms": Source.ROOMS,
    "devices": Source.DEVICES,
    "lights": Source.LIGHTS,
    "shades": Source.SHADES,
    "scenes": Source.SCENES,
    "thermostats": Source.THERMOSTATS,
    "doorlocks": Source.DOOR_LOCKS,
    "sensors": Source.SENSORS,
    "mediarooms": Source.MEDIA_ROOMS,
    "securitydevices": Source.SECURITY_DEVICES,
    "quickactions": Source.UNHANDLED,
}


def as_text(value: Any) -> Any:
    """Write numbers as strings, as some firmware does."""
    match value:
        case dict():
            return {key: as_text(each) for key, each in value.items()}
        case list():
            return [as_text(each) for each in value]
        case int() if not isinstance(value, bool):
            return str(value)
    return value


@dataclass(slots=True)
class Lists:
    """The lists of one processor, told late as processors do."""

    house: House
    faults: Faults
    settings: Settings
    recorded: Recorded | None = None
    frozen_at: float | None = field(default=None, init=False)

    def moment(self) -> float:
        """Which moment of the house is told now."""
        if self.frozen_at is not None:
            return self.frozen_at
        lag = self.faults.hit("state_lag")
        return self.house.clock.now() - (
            self.settings.report_lag if lag is None else lag.seconds
        )

    def freeze(self, *, on: bool) -> None:
        """Go on telling the present moment, or the moving one again."""
        self.frozen_at = self.moment() if on else None

    def known(self, path: Sequence[str]) -> bool:
        """Whether a path is that of a list or of an entry."""
        match path:
            case [kind] | [kind, _] if kind not in LIST_KEYS:
                return False
            case [kind, id] if not id.isdecimal():
                return False
            case [("quickactions" as kind), *_] if not self._quick_actions():
                return False
            case [kind] | [kind, _]:
                return self.recorded is None or kind in self.recorded.bodies
        return False

    def _quick_actions(self) -> bool:
        gone = self.faults.hit("quickactions_absent", "/quickactions")
        return self.settings.quick_actions and gone is None

    def answer(self, path: Sequence[str]) -> Answer:
        """Answer with a list, or with the one entry of it that was asked for."""
        kind, *ids = path
        entries = self._entries(kind)
        if ids:
            entries = [
                entry
                for entry in entries
                if isinstance(entry, dict) and str(entry.get("id")) == ids[0]
            ]
            if not entries:
                raise Refused(SOURCES[kind], 404, f"No {kind} with id {ids[0]}.")
        elif kind == "mediarooms" and not self.settings.media_sources_in_list:
            hidden = ("availableSources", "availableProviders")
            entries = [
                {key: entry[key] for key in entry if key not in hidden}
                for entry in entries
                if isinstance(entry, dict)
            ]
        if self.settings.numbers_as_text:
            entries = [as_text(entry) for entry in entries]
        body = self._envelope(kind) | {LIST_KEYS[kind]: entries}
        body |= {"version": self.settings.version}
        return Answer(distort(self.faults, "/" + "/".join(path), kind, body))

    def _envelope(self, kind: str) -> Json:
        return {} if self.recorded is None else self.recorded.envelope(kind)

    def _entries(self, kind: str) -> list[Any]:
        live = inventory(
            self.house,
            kind,
            self.moment(),
            with_level=self.settings.devices_with_level,
        )
        if self.recorded is not None:
            return self.recorded.entries(kind, live)
        if self.settings.manual_shapes or self.faults.hit("manual_shapes", f"/{kind}"):
            return [as_in_manual(kind, entry) for entry in live]
        return live
