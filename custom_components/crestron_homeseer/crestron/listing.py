"""One list of the processor, as it was last read."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Set as AbstractSet
from dataclasses import replace
import logging
from typing import Any

from ..house.devices import Cover, Detector, Device, Room, Scene
from ..house.fields import Fields, plain
from ..house.kinds import Motion
from .codec import Endpoint, decode, list_in, wire_id

LOGGER = logging.getLogger(__name__)

# A shade reports each second or so: this long without a change, it stands.
STILL = 1.5
# After so many failed reads in a row, the last values are too old to be shown.
STALE = 3

_MOVING = (Motion.OPENING, Motion.CLOSING)


class Listing:
    """The devices of one endpoint; those that did not change stay the same objects.

    `complete` makes of what was decoded what is shown.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        """Start with nothing read."""
        self.endpoint = endpoint
        self.devices: dict[str, Device] = {}
        # Those that show anything. A scene does not; whether the house matches it is
        # another device.
        self.stateful: AbstractSet[str] = frozenset()
        # What is left out of it, and why.
        self.ignored: list[dict[str, str]] = []
        self.read = False
        self.failures = 0
        # When it was asked for last, and what that takes.
        self.asked_at: float | None = None
        self.took = 0.0
        self.complete: Callable[[dict[str, Device]], dict[str, Device]] = dict
        if endpoint.kind in {"scene", "action"}:
            self.complete = tell_apart
        self._stale = False
        # The body alone, because what is parsed takes ten times the memory.
        self._body = b""
        # Whether the devices are no longer those of the body.
        self._outdated = True
        self._moved_at: dict[str, float] = {}
        # The name of each number, and the last word for what it is that is a known one.
        self._types: dict[int, tuple[str | None, str]] = {}

    def take(self, body: bytes, rooms: Mapping[str, Room], now: float) -> None:
        """Take an answer; raises HubResponseError and keeps the last values."""
        devices, changed = self.devices, self._outdated or body != self._body
        if changed:
            devices = self.complete(self._decode(body, rooms))
            self._body, self._outdated = body, False
        if self.endpoint.kind == "shade" and (changed or self._moves()):
            devices = {
                key: self._with_motion(device, now) for key, device in devices.items()
            }
        if devices is not self.devices or not devices:
            self.keep(devices or self._offline())
        self.lack()
        if self._stale:
            self._stale = False
            LOGGER.info("The list of %s can be read again", self.endpoint.path)

    def keep(self, devices: Mapping[str, Device]) -> None:
        """Have other devices, and of those that are equal the same objects as before."""
        known = self.devices
        kept = {
            key: known[key] if known.get(key) == device else device
            for key, device in devices.items()
        }
        if kept.keys() != known.keys() or any(
            kept[key] is not known[key] for key in kept
        ):
            self.devices = kept
            self.stateful = kept.keys()
            if self.endpoint.kind == "scene":
                self.stateful = {
                    key for key, each in kept.items() if not isinstance(each, Scene)
                }

    def forget_rooms(self) -> None:
        """Decode everything anew at the next answer, because rooms changed."""
        self._outdated = True

    def lack(self) -> None:
        """Note that nothing is wrong with it, also where this firmware lacks it."""
        self.read = True
        self.failures = 0

    def fail(self, reason: str) -> None:
        """Count a failed read; values that grow too old are shown no longer."""
        self.failures += 1
        if self.failures == STALE and self.devices:
            self._stale = self._outdated = True
            path = self.endpoint.path
            LOGGER.warning(
                "The processor's list of %s cannot be read: %s", path, reason
            )
            self.devices = self._offline()

    def raw_of(self, number: int) -> Fields | None:
        """Return what the processor last sent of a device."""
        raws = list_in(self._body, self.endpoint.path) if self._body else ()
        found = (raw for raw in map(Fields, raws) if raw.integer("id") == number)
        return next(found, None)

    def _offline(self) -> dict[str, Device]:
        """Return the devices as out of reach; whether they move is not known then.

        So they stay where a list that had some is empty at once: a processor in
        trouble is likelier than a house that lost all its shades in a second.
        """
        return {
            key: replace(device, online=False, motion=Motion.UNKNOWN)
            if isinstance(device, Cover)
            else replace(device, online=False)
            for key, device in self.devices.items()
        }

    def _decode(self, body: bytes, rooms: Mapping[str, Room]) -> dict[str, Device]:
        found: dict[str, Device] = {}
        ignored: list[dict[str, str]] = []
        items = list_in(body, self.endpoint.path)
        unchanged = self._unchanged(items)
        for index, raw in enumerate(items):
            same = unchanged.get(index)
            if same and found.keys().isdisjoint(same):
                found |= same
                continue
            fields = Fields(raw)
            number = fields.integer("id")
            key = f"{self.endpoint.kind}-{number}"
            if number is None:
                reason = "has no id"
            elif key in found:
                reason = "is doubled"
            elif devices := decode(
                self.endpoint, number, self._typed(number, fields), rooms
            ):
                found |= {device.id: device for device in devices}
                continue
            else:
                subtype = fields.text("subtype") or "none"
                reason = f"has the unknown subtype {subtype[:40]}"
            name = (fields.text("name") or "")[:100]
            path = self.endpoint.path
            entry = {"id": key, "name": name, "list": path, "reason": reason}
            if entry not in ignored:
                ignored.append(entry)
        self.ignored = ignored
        return found

    def _typed(self, number: int, fields: Fields) -> Fields:
        """Return an item that says what it is, as it was said before if it is not now.

        A fan that is listed without its subtype once is no light.
        """
        key, name = self.endpoint.type_key, fields.text("name")
        word = fields.text(key) or ""
        if plain(word) in self.endpoint.types:
            self._types[number] = name, word
        elif (last := self._types.get(number)) is not None and last[0] == name:
            return fields.with_text(key, last[1])
        return fields

    def _unchanged(self, items: list[Any]) -> dict[int, dict[str, Device]]:
        """Return the devices of items that are as they were, by the items' places.

        To compare what was sent is much faster than to decode it.
        """
        if self._outdated:
            return {}
        known = defaultdict[int, dict[str, Device]](dict)
        for key, device in self.devices.items():
            known[wire_id(key)][key] = device
        last = list_in(self._body, self.endpoint.path)
        return {
            index: known[raw["id"]]
            for index, (raw, before) in enumerate(zip(items, last, strict=False))
            if raw == before and isinstance(raw, dict) and type(raw.get("id")) is int
        }

    def _moves(self) -> bool:
        return any(
            isinstance(each, Cover) and each.motion in _MOVING
            for each in self.devices.values()
        )

    def _with_motion(self, cover: Device, now: float) -> Device:
        """Return a cover with its motion, which shows only in its positions."""
        last = self.devices.get(cover.id)
        if not isinstance(cover, Cover) or not isinstance(last, Cover):
            return cover
        if cover.position is None or last.position is None:
            return cover
        motion = last.motion
        if cover.position != last.position:
            self._moved_at[cover.id] = now
            up = cover.position > last.position
            motion = Motion.OPENING if up else Motion.CLOSING
        elif motion in _MOVING and now - self._moved_at.get(cover.id, 0.0) >= STILL:
            motion = Motion.STOPPED
        if cover.position in {0.0, 1.0}:
            motion = Motion.STOPPED
        return cover if motion is cover.motion else replace(cover, motion=motion)


def tell_apart(devices: Mapping[str, Device]) -> dict[str, Device]:
    """Return scenes and quick actions so that no two in a room are shown the same.

    Those of one name are distinguished by their types, or else by their numbers.
    """
    twins = defaultdict[tuple[str | None, str], list[Device]](list)
    for device in devices.values():
        if not isinstance(device, Detector):
            twins[device.root_id, device.name.casefold()].append(device)
    marks: dict[str, str] = {}
    for same in twins.values():
        kinds = {each.kind.value for each in same if isinstance(each, Scene)}
        for each in same if len(same) > 1 else ():
            mark = str(wire_id(each.id))
            if isinstance(each, Scene) and len(kinds) == len(same):
                mark = each.kind.value.title()
            marks[each.id] = marks[f"{each.id}-matches"] = mark
    return {
        key: device
        if device.mark == marks.get(key)
        else replace(device, mark=marks.get(key))
        for key, device in devices.items()
    }
