"""Where a shade really is, between what its motor counts and what a person sees.

Motors count their own way: shades of one façade that all say 50 % rarely line up,
and one that is installed upside down is open when it says that it is closed. A
calibration holds what a person has found out about one shade.

Between the points that are known the way is a straight line. A smooth curve would
look no better on a shade with one or two known points, and with straight lines a new
point changes only what lies between its neighbours, the steepness is known, and the
way back is as exact as the way there.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import nextafter
from typing import Final, override

from .adjusted import WrappedHub
from .commands import MoveTo
from .devices import Cover, Device, House
from .hub import AnyCommand, Hub, SendResult
from .kinds import Motion

# Known points have to be this far from each other and from the ends.
GAP: Final = 0.004
# Who asks for no end is sent to none, however coarsely a motor counts.
LEAST: Final = 0.01

# The fractions next to the ends.
_LOWEST: Final = nextafter(0.0, 1.0)
_HIGHEST: Final = nextafter(1.0, 0.0)

_OTHER_WAY: Final = {
    Motion.OPENING: Motion.CLOSING,
    Motion.CLOSING: Motion.OPENING,
}


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one shade's own positions become those that are shown, and back.

    `anchors` are pairs of what is shown and what the hub has for it, both fractions.
    They stand in the order of what is shown. The ends are no anchors: open stays open
    and closed stays closed, or the other way round where `invert` is set. Raises
    ValueError where the anchors allow of no way back.
    """

    invert: bool = False
    anchors: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what does not rise all the way from end to end."""
        for scale in self._scales():
            # What is no number is not far from anything either.
            if not all(upper - lower >= GAP for lower, upper in pairwise(scale)):
                raise ValueError("the points of a shade do not rise")

    @property
    def is_default(self) -> bool:
        """Whether everything is shown as the hub has it."""
        return self == Calibration()

    def shown(self, raw: float) -> float:
        """Return what is shown for a position of the hub."""
        shown, own = self._scales()
        return _along(_other_end(raw) if self.invert else raw, own, shown)

    def raw(self, shown: float) -> float:
        """Return the hub's position for what is shown."""
        scale, own = self._scales()
        found = _along(shown, scale, own)
        return _other_end(found) if self.invert else found

    def inverted(self) -> Calibration:
        """Return it with open and closed swapped; what lined up lines up still."""
        anchors = [(1.0 - shown, raw) for shown, raw in reversed(self.anchors)]
        return Calibration(not self.invert, tuple(anchors))

    def with_anchor(self, shown: float, raw: float) -> Calibration:
        """Return it with one more anchor, without those that contradict it.

        What a person found out last counts. Raises ValueError for an anchor that is
        at an end.
        """
        rising = -1 if self.invert else 1
        kept = [
            (other, own)
            for other, own in self.anchors
            if min(shown - other, (raw - own) * rising) >= GAP
            or min(other - shown, (own - raw) * rising) >= GAP
        ]
        return replace(self, anchors=tuple(sorted([*kept, (shown, raw)])))

    def shown_cover(self, cover: Cover) -> Cover:
        """Return a cover of the hub as it is shown."""
        position = cover.position
        return replace(
            cover,
            position=None if position is None else self.shown(position),
            motion=_OTHER_WAY.get(cover.motion, cover.motion)
            if self.invert
            else cover.motion,
        )

    def hub_command(self, command: AnyCommand) -> AnyCommand:
        """Return a command as the hub is to be given it."""
        if not isinstance(command, MoveTo):
            return command
        raw = self.raw(command.position)
        if 0.0 < command.position < 1.0:
            raw = min(max(raw, LEAST), 1.0 - LEAST)
        return replace(command, position=raw)

    def _scales(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return what is shown, and how far the motor is towards open by its count."""
        own = (1.0 - raw if self.invert else raw for _, raw in self.anchors)
        shown = (shown for shown, _ in self.anchors)
        return (0.0, *shown, 1.0), (0.0, *own, 1.0)


def _along(value: float, start: tuple[float, ...], end: tuple[float, ...]) -> float:
    """Return the place on one scale that a place on another one has; ends stay ends."""
    if value <= 0.0:
        return 0.0
    if value >= 1.0:
        return 1.0
    after = bisect_right(start, value)
    low, high = start[after - 1], start[after]
    share = (value - low) / (high - low)
    found = end[after - 1] + share * (end[after] - end[after - 1])
    return _between(found)


def _other_end(fraction: float) -> float:
    """Return a fraction counted from the other end."""
    other = 1.0 - fraction
    return _between(other) if 0.0 < fraction < 1.0 else other


def _between(fraction: float) -> float:
    """Return a fraction that is not rounded to an end."""
    return min(max(fraction, _LOWEST), _HIGHEST)


class CalibratedHub(WrappedHub):
    """Another hub, of which only the calibrated covers differ.

    The other devices are the other hub's own objects, and only a calibrated cover
    that changed is made anew.
    """

    def __init__(self, hub: Hub, calibrations: Mapping[str, Calibration]) -> None:
        """Take the hub, and the calibrations by the ids of its covers."""
        super().__init__(hub)
        self._calibrations = calibrations
        # The last covers as the hub has them and as they are shown.
        self._covers: dict[str, tuple[Device, Device]] = {}

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Carry commands out where a person means them, as `Hub.send`."""
        factory = Calibration()
        return await self._hub.send(
            [
                self._calibrations.get(command.device_id, factory).hub_command(command)
                for command in commands
            ]
        )

    @override
    def _arranged(self, own: House) -> House:
        covers = {}
        for device_id, calibration in self._calibrations.items():
            cover = own.devices.get(device_id)
            if isinstance(cover, Cover):
                covers[device_id] = self._cover(cover, calibration)
        self._covers = covers
        shown = {device_id: pair[1] for device_id, pair in covers.items()}
        return replace(own, devices={**own.devices, **shown}) if shown else own

    def _cover(self, own: Cover, calibration: Calibration) -> tuple[Device, Device]:
        last = self._covers.get(own.id)
        if last is not None and last[0] is own:
            return last
        return own, calibration.shown_cover(own)
