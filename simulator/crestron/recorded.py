"""A recorded house: answers what the real one answered until something changes in it.

The recording is kept word for word, with all its oddities. Only what changed since it was
loaded is told anew, so a strange field, a null or a number in quotes stays as the user's
processor sent it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from simulator.clock import Clock
from simulator.house import House
from simulator.recording import Recording

from .inventory import LIST_KEYS, Json, inventory
from .manual import as_in_manual
from .parsing import add_entry, guess_scenes, number, plain

# The key by which an entry in the manual's shape gives itself away.
MANUAL_KEYS = {
    "thermostats": {"mode", "setpoint"},
    "mediarooms": {"currentproviderid", "availableproviders"},
}


def listed(kind: str, body: Json) -> list[Any]:
    """Take the list out of a body, whatever the case of its key."""
    for key, value in body.items():
        if key.lower() == LIST_KEYS[kind].lower() and isinstance(value, list):
            return value
    return []


def looks_manual(kind: str, entry: Json) -> bool:
    """Whether an entry has the manual's shape."""
    return bool(MANUAL_KEYS.get(kind, set()) & plain(entry).keys())


@dataclass(frozen=True, slots=True)
class Known:
    """An entry as recorded, and how we would have told it ourselves at that time."""

    recorded: Json
    ours: Json

    def told(self, live: Json) -> Json:
        """Tell the entry as recorded, except for what changed."""
        told = dict(self.recorded)
        names = {name.lower(): name for name in told}
        for key, value in live.items():
            if value != self.ours.get(key):
                told[names.get(key.lower(), key)] = value
        return told


class Recorded:
    """The bodies of a recording, beside the house that was made of them."""

    def __init__(self, recording: Recording, house: House) -> None:
        """Note how the house looks at first; `house` comes fresh from `house_of`."""
        self.version = recording.api_version
        self.bodies = {
            kind: body
            for kind, body in recording.bodies.items()
            if kind in LIST_KEYS and LIST_KEYS[kind].lower() in map(str.lower, body)
        }
        self._known: dict[tuple[str, Any], Known] = {}
        self._strays: dict[str, list[Any]] = {}
        for kind, body in self.bodies.items():
            self._note(kind, listed(kind, body), house)

    def _note(self, kind: str, entries: Iterable[Any], house: House) -> None:
        ours = {
            entry["id"]: entry for entry in inventory(house, kind, house.clock.now())
        }
        for entry in entries:
            its_id = number(plain(entry).get("id")) if isinstance(entry, dict) else None
            if its_id in ours and (kind, its_id) not in self._known:
                own = ours[its_id]
                if looks_manual(kind, entry):
                    own = as_in_manual(kind, own)
                self._known[kind, its_id] = Known(entry, own)
            else:
                self._strays.setdefault(kind, []).append(entry)

    def envelope(self, kind: str) -> Json:
        """Give what stands beside the list."""
        key = LIST_KEYS[kind].lower()
        return {
            name: value
            for name, value in self.bodies[kind].items()
            if name.lower() != key
        }

    def entries(self, kind: str, live: list[Json]) -> list[Any]:
        """Tell the list as recorded, except for what changed."""
        if kind == "devices":
            return listed(kind, self.bodies[kind])
        told = []
        for entry in live:
            known = self._known.get((kind, entry["id"]))
            if known is None:
                told.append(entry)
            elif looks_manual(kind, known.recorded):
                told.append(known.told(as_in_manual(kind, entry)))
            else:
                told.append(known.told(entry))
        return told + self._strays.get(kind, [])


def house_of(recording: Recording, clock: Clock | None = None) -> House:
    """Make a house that behaves out of a recording."""
    house = House(clock, "Recorded house")
    for kind in LIST_KEYS:
        for entry in listed(kind, recording.bodies.get(kind, {})):
            if isinstance(entry, dict):
                add_entry(house, kind, plain(entry))
    guess_scenes(house)
    return house
