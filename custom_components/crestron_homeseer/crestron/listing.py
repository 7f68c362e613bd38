"""One list of the processor, as it was last read."""

from collections.abc import Iterator
from dataclasses import replace
import logging
from typing import Any

from ..house.devices import Cover, Device, Room
from ..house.hub import HubResponseError, Reason
from ..house.kinds import Motion
from .codec import Endpoint, common, tell_apart, wire_id
from .fields import Fields, integer, parse, plain

LOGGER = logging.getLogger(__name__)

# A shade reports each second or so: this long without a change, it stands.
STILL = 1.5
# After so many failed reads in a row, the last values are too old to be shown.
STALE = 3

_MOVING = (Motion.OPENING, Motion.CLOSING)


def list_of(body: bytes, key: str) -> list[Any]:
    """Return the list in an answer.

    Raises HubResponseError where it is missing: an unknown path answers 200
    with a banner, and a missing list is not an empty one.
    """
    for name, value in parse(body).items():
        if plain(name) == key and isinstance(value, list):
            return value
    raise HubResponseError(Reason.MISSING, f"no list of {key}")


class Listing:
    """The devices of one endpoint; those that did not change stay the same objects."""

    def __init__(self, endpoint: Endpoint) -> None:
        """Start with nothing read."""
        self.endpoint = endpoint
        self.devices: dict[str, Device] = {}
        # What is left out of it, and why.
        self.ignored: list[dict[str, str]] = []
        self.read = False
        self.failures = 0
        # When it was asked for last, and what that takes.
        self.asked_at: float | None = None
        self.took = 0.0
        self._lost = False
        # The body alone, because what is parsed takes ten times the memory.
        self._body = b""
        # Whether the devices are no longer what the body says.
        self._outdated = True
        self._moved_at: dict[str, float] = {}
        self._told: set[str] = set()

    def take(self, body: bytes, rooms: dict[str, Room], now: float) -> None:
        """Take an answer; raises HubResponseError and keeps the last values."""
        if self._outdated or body != self._body:
            items = list_of(body, self.endpoint.key)
            devices = dict(self._decode_all(items, rooms))
            if self.endpoint.kind in {"scene", "action"}:
                devices = {
                    key: device
                    if (before := self.devices.get(key)) is None or before != device
                    else before
                    for key, device in tell_apart(devices).items()
                }
            self._body = body
            self._outdated = False
        else:
            devices = self.devices
            shades = self.endpoint.kind == "shade"
            if not (shades and any(map(_moves, devices.values()))):
                self._succeed()
                return
        moved = {
            key: self._with_motion(device, now) if isinstance(device, Cover) else device
            for key, device in devices.items()
        } or self._offline()
        if moved.keys() != self.devices.keys() or any(
            device is not self.devices[key] for key, device in moved.items()
        ):
            self.devices = moved
        self._succeed()

    def forget_rooms(self) -> None:
        """Decode everything anew at the next answer, because rooms changed."""
        self._outdated = True

    def lack(self) -> None:
        """Note that this firmware does not have the list."""
        self.read = True
        self.failures = 0

    def fail(self, reason: str) -> None:
        """Count a failed read; values that grow too old are shown no longer."""
        self.failures += 1
        if self.failures == STALE and self.devices:
            self._lost = True
            LOGGER.warning(
                "The processor's list of %s cannot be read: %s",
                self.endpoint.path,
                reason,
            )
            self.devices = self._offline()
            self._outdated = True

    def raw_of(self, number: int) -> Fields | None:
        """Return what the processor last said of a device."""
        raw = self._last().get(number)
        return None if raw is None else Fields(raw)

    def _last(self) -> dict[int, Any]:
        """Return what the processor said last, by the numbers of the devices."""
        if not self._body:
            return {}
        raws: dict[int, Any] = {}
        for raw in list_of(self._body, self.endpoint.key):
            number = _number(raw)
            if number is not None:
                raws.setdefault(number, raw)
        return raws

    def _offline(self) -> dict[str, Device]:
        """Return the devices as out of reach.

        So they stay where a list that had some is empty at once: a processor in
        trouble is likelier than a house that lost all its shades in a second.
        """
        return {key: _away(device) for key, device in self.devices.items()}

    def _succeed(self) -> None:
        self.read = True
        self.failures = 0
        if self._lost:
            self._lost = False
            LOGGER.info("The list of %s can be read again", self.endpoint.path)

    def _decode_all(
        self, items: list[Any], rooms: dict[str, Room]
    ) -> Iterator[tuple[str, Device]]:
        last = {} if self._outdated else self._last()
        known: dict[int, list[Device]] = {}
        for device in self.devices.values() if last else ():
            known.setdefault(wire_id(device.id), []).append(device)
        seen: set[int] = set()
        self.ignored = []
        for raw in items:
            number = _number(raw)
            if number is None or number in seen:
                self._ignore(raw, "has no id" if number is None else "is doubled")
                continue
            seen.add(number)
            if number in known and raw == last.get(number):
                for device in known[number]:
                    yield device.id, device
                continue
            decoded = self._decode(raw, rooms)
            if not decoded:
                subtype = Fields(raw).text("subtype") or "none"
                self._ignore(raw, f"has the unknown subtype {subtype[:40]}")
            for device in decoded:
                before = self.devices.get(device.id)
                yield device.id, before if before == device and before else device

    def _decode(self, raw: object, rooms: dict[str, Room]) -> tuple[Device, ...]:
        fields = Fields(raw)
        facts = common(self.endpoint, fields, rooms)
        return tuple(self.endpoint.decode(fields, facts)) if facts else ()

    def _ignore(self, raw: object, reason: str) -> None:
        """Note what is left out; the log says it once."""
        name = (Fields(raw).text("name") or "")[:100]
        which = f"{self.endpoint.kind}-{_number(raw)}"
        self.ignored.append(
            {
                "id": which,
                "name": name,
                "list": self.endpoint.path,
                "reason": reason,
            }
        )
        line = f"{which} {reason}"
        if line not in self._told:
            self._told.add(line)
            LOGGER.debug(
                "In the list of %s, %s and is left out", self.endpoint.path, line
            )

    def _with_motion(self, cover: Cover, now: float) -> Cover:
        """Return a cover with its motion, which shows only in its positions."""
        last = self.devices.get(cover.id)
        if (
            not isinstance(last, Cover)
            or last.position is None
            or cover.position is None
        ):
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
        wanted = replace(cover, motion=motion)
        return last if wanted == last else wanted


def _number(raw: object) -> int | None:
    number = integer(raw.get("id")) if isinstance(raw, dict) else None
    return Fields(raw).integer("id") if number is None else number


def _away(device: Device) -> Device:
    """Return a device as out of reach; whether it moves is not known then."""
    away = replace(device, online=False)
    if isinstance(away, Cover):
        away = replace(away, motion=Motion.UNKNOWN)
    return device if away == device else away


def _moves(device: Device) -> bool:
    return isinstance(device, Cover) and device.motion in _MOVING
