"""Which registered device is which one of the hub, also after it numbered them anew."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er

from .const import CONF_OVERRIDES
from .house.devices import House
from .house.identity import (
    Answers,
    Comparison,
    Thing,
    Things,
    compare,
    plain,
    same_structure,
    things_of,
    uncertain,
)
from .house_options import id_of
from .registry import HUB_ID, part_of, unique_id
from .stores import async_load, identity_store

SAVE_DELAY: Final = 10.0

# The parts of a thing as they are stored.
_FIELDS: Final = 4


@dataclass(frozen=True, slots=True)
class ProgramUpdate:
    """What another program of a home changed, in numbers of devices."""

    before: str
    after: str
    new: int
    gone: int
    renumbered: int


class Identity:
    """Holds each house against what is known, and keeps back what may be another.

    Only a complete survey judges who is who. Until one has, and until the owner has
    said what only he knows, such devices get no entity.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry whose hub is read."""
        self._hass = hass
        self.entry = entry
        self._store = identity_store(hass, entry.entry_id)
        self._saving = False
        self.known = Things()
        # Which area was suggested for a room, by the room's id: its name, and the area.
        self.areas: dict[str, tuple[str, str]] = {}
        self.comparison = Comparison()
        # The home's program by its version, and what another one than before changed.
        self._program: str | None = None
        self.update: ProgramUpdate | None = None
        self._read: tuple[House, Things] | None = None
        # The devices that get no entity for now.
        self._waiting: frozenset[str] = frozenset()

    async def async_load(self) -> None:
        """Read what was known before the restart."""
        stored = await async_load(self._store)
        self.known = Things(
            _things_from(stored.get("devices")), _things_from(stored.get("roots"))
        )
        program = stored.get("program")
        self._program = program if isinstance(program, str) else None
        areas = stored.get("areas")
        for room_id, pair in areas.items() if isinstance(areas, dict) else ():
            match pair:
                case [str(name), str(area_id)]:
                    self.areas[room_id] = name, area_id

    async def async_save(self) -> None:
        """Write at once what would be written soon."""
        if self._saving:
            await self._store.async_save(self._to_save())

    @callback
    def save_soon(self) -> None:
        """Write what is known, soon."""
        self._saving = True
        self._store.async_delay_save(self._to_save, SAVE_DELAY)

    def _to_save(self) -> dict[str, Any]:
        self._saving = False
        return {
            "devices": _to_store(self.known.devices),
            "roots": _to_store(self.known.roots),
            "program": self._program,
            "areas": {room_id: list(pair) for room_id, pair in self.areas.items()},
        }

    @property
    def in_doubt(self) -> bool:
        """Whether something waits that a complete survey would tell."""
        return bool(self._waiting - self.comparison.waiting)

    def left_out_of(self, house: House) -> set[str]:
        """Return the devices that the owner left out, and that are no others."""
        left = house.as_reported.devices.keys() - house.devices.keys()
        return set() if self.comparison.renames else left - self._waiting - self.kept

    @property
    def kept(self) -> frozenset[str]:
        """The known parts of the hub that may still be there under other keys."""
        asked = self.comparison.asked
        roots = {
            self.known.devices[key].root for key in asked & self.known.devices.keys()
        }
        return asked | roots

    def doubts(self, house: House) -> bool:
        """Return whether a first house has what may be something else that is known."""
        return bool(
            self.known.devices
            and uncertain(self.known, things_of(house.as_reported), self._said())
        )

    def admit(self, house: House) -> House:
        """Return a house without the devices that get no entity for now.

        It is the same object where all have one.
        """
        last, own = self._read, house.as_reported
        if last is None or own.complete or not same_structure(last[0], own):
            self._compare(own, things_of(own, last))
        waiting = self._waiting & house.devices.keys()
        if not waiting:
            return house
        left = {key: each for key, each in house.devices.items() if key not in waiting}
        return replace(house, devices=left)

    def _compare(self, house: House, seen: Things) -> None:
        self._read = house, seen
        if house.complete:
            before, self.update = self.known, None
            self._judge(seen)
            self._judge_program(house.info.program, before, seen)
        elif seen != self.known and self.known.devices:
            self._waiting = uncertain(self.known, seen, self._said())
        else:
            self._waiting = frozenset()

    def _judge(self, seen: Things) -> None:
        if seen == self.known:
            self.comparison, self._waiting = Comparison(), frozenset()
            return
        self.comparison = comparison = compare(
            self.known, seen, kinds_of_owner=self._said()
        )
        self._waiting = comparison.waiting
        if comparison.renames:
            # Whoever takes over learns it in one step; until then nobody shows it.
            self._waiting |= uncertain(self.known, seen, self._said())
            return
        self._learn(seen, comparison)

    def _judge_program(self, program: str | None, known: Things, seen: Things) -> None:
        """Hold the home's program against the last one that was seen."""
        last = self._program
        if program is None or program == last:
            return
        self._program = program
        self.save_soon()
        if last is None:
            return
        renamed = self.comparison.devices
        gone = known.devices.keys() - seen.devices.keys() - renamed.keys()
        new = seen.devices.keys() - known.devices.keys() - set(renamed.values())
        if gone or new or renamed:
            self.update = ProgramUpdate(
                last, program, len(new), len(gone), len(renamed)
            )

    def _learn(self, seen: Things, comparison: Comparison) -> None:
        """Know what was seen, and go on knowing what is still registered.

        What a question is about is not known before it is answered.
        """
        open_ = {key for question in comparison.questions for key in question.seen}
        missing = self.known.devices.keys() - seen.devices.keys()
        registered = self._registered() if missing else set()
        roots = {
            thing.root for key, thing in self.known.devices.items() if key in missing
        }
        known = Things(
            {
                key: thing
                for key, thing in self.known.devices.items()
                if key in missing and key in registered
            }
            | {
                key: thing
                for key, thing in seen.devices.items()
                if key not in comparison.waiting
            },
            {
                key: thing
                for key, thing in self.known.roots.items()
                if key in roots and key not in seen.roots
            }
            | {key: root for key, root in seen.roots.items() if key not in open_},
        )
        if known != self.known:
            self.known = known
            self.save_soon()

    def _said(self) -> frozenset[str]:
        """Return the keys whose kind is the owner's word."""
        overrides = self.entry.options.get(CONF_OVERRIDES, {})
        return frozenset(
            id_of(str(part)) for part in overrides if str(part).isdecimal()
        )

    def _registered(self) -> set[str]:
        entities = er.async_get(self._hass)
        entry_id = self.entry.entry_id
        return {
            part_of(self.entry, entity.unique_id)
            for entity in er.async_entries_for_config_entry(entities, entry_id)
        }

    def decide(self, decided: Answers) -> Comparison:
        """Return who is who with what the owner said of the questions.

        What nobody said is one of the known things is a new one.
        """
        if self._read is None:
            return Comparison()
        return compare(self.known, self._read[1], decided, self._said())

    def found_in(self, house: House) -> tuple[int, int]:
        """Return how many of the known devices a house has, and how many are known.

        Before a first complete survey, the names of the registry have to do.
        """
        if not self.known.devices:
            return self._named_in(house.as_reported)
        seen = things_of(house.as_reported)
        comparison = compare(self.known, seen, kinds_of_owner=self._said())
        found = [
            key
            for key, thing in self.known.devices.items()
            if seen.devices.get(key) == thing
            or comparison.devices.get(key) in seen.devices
            or key in comparison.asked
        ]
        return len(found), len(self.known.devices)

    def _named_in(self, house: House) -> tuple[int, int]:
        hub_id = unique_id(self.entry, HUB_ID)
        known = Counter(
            plain(device.name or "")
            for device in dr.async_entries_for_config_entry(
                dr.async_get(self._hass), self.entry.entry_id
            )
            if all(value != hub_id for _, value in device.identifiers)
        )
        roots = {root.id: root for root in map(house.root_of, house.devices.values())}
        names = Counter(plain(root.name) for root in roots.values())
        return (known & names).total(), known.total()

    def take_over(self, comparison: Comparison, gone: Collection[str] = ()) -> None:
        """Know things by the keys that they have now, and not what the owner misses."""
        self.known = Things(
            {
                comparison.devices.get(key, key): replace(
                    thing, root=comparison.roots.get(thing.root, thing.root)
                )
                for key, thing in self.known.devices.items()
                if key not in gone and thing.root not in gone
            },
            {
                comparison.roots.get(key, key): thing
                for key, thing in self.known.roots.items()
                if key not in gone
            },
        )
        self.save_soon()


def _to_store(things: Mapping[str, Thing]) -> dict[str, list[str]]:
    return {
        key: [thing.kind, thing.name, thing.room, thing.root]
        for key, thing in things.items()
    }


def _things_from(stored: object) -> dict[str, Thing]:
    """Return things as they were stored, without what is none."""
    return {
        str(key): Thing(*fields)
        for key, fields in (stored.items() if isinstance(stored, dict) else ())
        if isinstance(fields, list)
        and len(fields) == _FIELDS
        and all(isinstance(each, str) for each in fields)
    }
