"""Which registered device is which one of the hub, also after it numbered them anew."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from .const import CONF_OVERRIDES
from .house.devices import House
from .house.identity import (
    Answers,
    Comparison,
    Thing,
    Things,
    compare,
    same_structure,
    things_of,
    uncertain,
)
from .house_options import id_of
from .registry import entities_of, part_of
from .stores import IDENTITY, MEMORY, Cache
from .takeover import async_take_over, renamed_in, renaming

# The parts of a thing as they are stored.
_FIELDS: Final = 4


class ProgramChange(NamedTuple):
    """What another program of a home changed, in numbers of devices."""

    before: str
    after: str
    new: int
    gone: int
    renumbered: int


class Identity:
    """Compares each house with what is known, and keeps back what may be another.

    Only a complete survey decides which is which. Until one has, and until the owner
    has answered what only he knows, such devices get no entity.
    """

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry whose hub is read."""
        self._hass = hass
        self._entry = entry
        self.store = Cache(hass, entry.entry_id, IDENTITY, self._content)
        self._memory = Cache(hass, entry.entry_id, MEMORY, lambda: self._remembered)
        # What the hub remembered when it was certain which device is which.
        self._remembered: dict[str, Any] = {}
        self.known = Things()
        # Which area was suggested for a room, by the room's id: its name, and the area.
        self.areas: dict[str, tuple[str, str]] = {}
        self.comparison = Comparison()
        # The version of the home's program, and what another one has just changed.
        self._program: str | None = None
        self.program_change: ProgramChange | None = None
        self._read: tuple[House, Things] | None = None
        # The devices that get no entity for now.
        self._waiting: frozenset[str] = frozenset()

    async def async_load(self) -> dict[str, Any]:
        """Read what was known before the restart; return what the hub remembered."""
        stored = await self.store.async_read()
        self.known = Things(
            _things_from(stored.get("devices")), _things_from(stored.get("roots"))
        )
        match stored.get("program"):
            case str(program):
                self._program = program
        areas = stored.get("areas")
        for room_id, pair in areas.items() if isinstance(areas, dict) else ():
            match pair:
                case [str(name), str(area_id)]:
                    self.areas[room_id] = name, area_id
        self._remembered = await self._memory.async_read()
        # Earlier versions learned how late a hub shows things.
        self._remembered.pop("delays", None)
        return dict(self._remembered)

    async def async_flush(self) -> None:
        """Write what is not written yet: a reload reads the files.

        What is written later would overwrite what is new.
        """
        await self.store.async_flush()
        await self._memory.async_flush()

    @callback
    def remember(self, memory: dict[str, Any]) -> None:
        """Save what the hub remembers where it changed, unless its keys may be others.

        Each thing that is learned anew is another object, so this compares little.
        """
        if self.awaiting_survey or self.comparison.renames:
            return
        if memory != self._remembered:
            self._remembered = dict(memory)
            self._memory.save_soon()

    def _content(self) -> dict[str, Any]:
        return {
            "devices": _to_store(self.known.devices),
            "roots": _to_store(self.known.roots),
            "program": self._program,
            "areas": {room_id: list(pair) for room_id, pair in self.areas.items()},
        }

    @property
    def awaiting_survey(self) -> bool:
        """Whether something has no entity that a complete survey would decide on."""
        return bool(self._waiting - self.comparison.waiting)

    @property
    def kept(self) -> frozenset[str]:
        """The known parts of the hub that may still be there under other keys."""
        asked = self.comparison.asked
        devices = self.known.devices
        return asked | {devices[key].root for key in asked & devices.keys()}

    def left_out_of(self, house: House) -> set[str]:
        """Return the devices that the owner left out, and that are no others."""
        left = house.as_reported.devices.keys() - house.devices.keys()
        return set() if self.comparison.renames else left - self._waiting - self.kept

    def may_differ(self, house: House) -> bool:
        """Return whether a first house has what may be something else that is known."""
        return bool(self._uncertain(things_of(house.as_reported)))

    def _uncertain(self, seen: Things) -> frozenset[str]:
        if seen == self.known or not self.known.devices:
            return frozenset()
        return uncertain(self.known, seen, self._overridden())

    def admit(self, house: House) -> House:
        """Return a house without the devices that get no entity for now.

        It is the same object where all have one.
        """
        last, own = self._read, house.as_reported
        seen = last[1] if last and same_structure(last[0], own) else None
        if seen is None or own.complete:
            seen = seen or things_of(own)
            self._read = own, seen
            if own.complete:
                self.program_change = None
                known = self.known
                self._compare(seen)
                self._check_program(own.info.program, known, seen)
            else:
                self._waiting = self._uncertain(seen)
        waiting = self._waiting & house.devices.keys()
        if not waiting:
            return house
        left = {key: each for key, each in house.devices.items() if key not in waiting}
        return replace(house, devices=left)

    def _compare(self, seen: Things) -> None:
        """Compare a complete house with what is known."""
        self.comparison = compare(self.known, seen, kinds_of_owner=self._overridden())
        self._waiting = self.comparison.waiting
        if self.comparison.renames:
            # What takes over learns it in one step; until then nothing shows it.
            self._waiting |= self._uncertain(seen)
        elif seen != self.known:
            self._learn(seen)

    def _check_program(self, program: str | None, known: Things, seen: Things) -> None:
        """Note another program of the home, and what it changed if it did."""
        last = self._program
        if program is None or program == last:
            return
        self._program = program
        self.store.save_soon()
        renumbered = self.comparison.devices
        gone = known.devices.keys() - seen.devices.keys() - renumbered.keys()
        new = seen.devices.keys() - known.devices.keys() - set(renumbered.values())
        if last is not None and (gone or new or renumbered):
            self.program_change = ProgramChange(
                last, program, len(new), len(gone), len(renumbered)
            )

    def _learn(self, seen: Things) -> None:
        """Know what was seen, and go on knowing what is still registered.

        What a question is about is not known before it is answered.
        """
        asked = {key for question in self.comparison.questions for key in question.seen}
        missing = self.known.devices.keys() - seen.devices.keys()
        registered = {
            part_of(self._entry, entity.unique_id)
            for entity in (entities_of(self._hass, self._entry) if missing else ())
        }
        kept = {key: self.known.devices[key] for key in missing & registered}
        roots = {self.known.devices[key].root for key in missing} - seen.roots.keys()
        known = Things(
            kept
            | {
                key: thing
                for key, thing in seen.devices.items()
                if key not in self.comparison.waiting
            },
            {key: self.known.roots[key] for key in roots & self.known.roots.keys()}
            | {key: root for key, root in seen.roots.items() if key not in asked},
        )
        if known != self.known:
            self.known = known
            self.store.save_soon()

    def _overridden(self) -> frozenset[str]:
        """Return the keys whose kind the owner has chosen."""
        overrides = self._entry.options.get(CONF_OVERRIDES, {})
        return frozenset(
            id_of(str(part)) for part in overrides if str(part).isdecimal()
        )

    def decide(self, answers: Answers) -> Comparison:
        """Return what is which with the owner's answers to the questions.

        What he chose for none of the known things is a new one.
        """
        if self._read is None:
            return Comparison()
        return compare(self.known, self._read[1], answers, self._overridden())

    def found_in(self, house: House) -> tuple[int, int]:
        """Return how many of the known devices a house has, and how many are known."""
        seen = things_of(house.as_reported)
        comparison = compare(self.known, seen, kinds_of_owner=self._overridden())
        found = [
            key
            for key, thing in self.known.devices.items()
            if seen.devices.get(key) == thing
            or comparison.devices.get(key) in seen.devices
            or key in comparison.asked
        ]
        return len(found), len(self.known.devices)

    @callback
    def take_over(self, comparison: Comparison, gone: Collection[str] = ()) -> None:
        """Give what is known to the keys that things have now; forget what is `gone`."""
        devices = comparison.devices
        async_take_over(self._hass, self._entry, devices, comparison.roots)
        self._remembered = renamed_in(self._remembered, renaming(devices))
        self._memory.save_soon()
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
        self.store.save_soon()


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
