"""Which target temperatures a thermostat keeps to, and which it takes."""

from .devices import SetPoint, Thermostat
from .kinds import SetPointKind, TemperatureUnit, ThermostatMode

PAIR = (SetPointKind.HEAT, SetPointKind.COOL)
# The set point that a mode keeps to, the likeliest first.
_SINGLE = {
    ThermostatMode.HEAT: (SetPointKind.HEAT, SetPointKind.AUTO, SetPointKind.SLAB),
    ThermostatMode.AUX_HEAT: (SetPointKind.HEAT, SetPointKind.AUTO, SetPointKind.SLAB),
    ThermostatMode.COOL: (SetPointKind.COOL, SetPointKind.AUTO),
    ThermostatMode.AUTO: (SetPointKind.AUTO,),
}
# What people want in a house, where a thermostat gives no limits.
_USUAL = {
    TemperatureUnit.CELSIUS: (7.0, 35.0),
    TemperatureUnit.FAHRENHEIT: (45.0, 95.0),
}

type Targets = tuple[tuple[SetPointKind, float], ...]


class TargetError(Exception):
    """A target that a thermostat does not take: which text says so, and its facts."""

    def __init__(self, key: str, **facts: str) -> None:
        """Take the text's key, and what it has to tell."""
        super().__init__(key)
        self.key = key
        self.facts = facts


def has_pair(device: Thermostat) -> bool:
    """Return whether a thermostat keeps between two temperatures in Auto."""
    return (
        ThermostatMode.AUTO in device.modes
        and device.set_point(SetPointKind.AUTO) is None
        and all(device.set_point(kind) is not None for kind in PAIR)
    )


def limits(device: Thermostat) -> tuple[float, float]:
    """Return the lowest and the highest temperature that can be set in any mode."""
    usual = _USUAL[device.unit]
    lows = [point.low for point in device.set_points if point.low is not None]
    highs = [point.high for point in device.set_points if point.high is not None]
    return min(lows, default=usual[0]), max(highs, default=usual[1])


def single(device: Thermostat, mode: ThermostatMode) -> SetPoint | None:
    """Return the one set point that counts in a mode; none while off or in a range."""
    points = (device.set_point(kind) for kind in _SINGLE.get(mode, ()))
    found = next((point for point in points if point is not None), None)
    if found is None and mode is ThermostatMode.AUTO and len(device.set_points) == 1:
        # One that only heats keeps to the same temperature, by its schedule or not.
        return device.set_points[0]
    return found


def of_pair(device: Thermostat, kind: SetPointKind) -> float | None:
    """Return one end of the range that a thermostat keeps to, while it does."""
    if device.mode is not ThermostatMode.AUTO or not has_pair(device):
        return None
    point = device.set_point(kind)
    return None if point is None else point.value


def targets(
    device: Thermostat,
    mode: ThermostatMode,
    one: float | None,
    pair: tuple[float | None, float | None],
) -> Targets:
    """Return what is to be set in a mode; raises TargetError."""
    wanted = []
    if one is not None:
        point = single(device, mode)
        if point is None:
            raise TargetError("no_set_point", mode=mode.value)
        wanted.append((point.kind, one))
    for kind, value in zip(PAIR, pair, strict=True):
        if value is not None:
            if mode is not ThermostatMode.AUTO:
                raise TargetError("no_range", mode=mode.value)
            wanted.append((kind, value))
    for kind, value in wanted:
        _check(device, mode, kind, value)
    return tuple(wanted)


def _check(
    device: Thermostat, mode: ThermostatMode, kind: SetPointKind, value: float
) -> None:
    """Refuse what the set point itself cannot take: it knows narrower limits."""
    point = device.set_point(kind)
    if point is None:
        raise TargetError("no_set_point", mode=mode.value)
    low, high = point.low, point.high
    if (low is None or value >= low) and (high is None or value <= high):
        return
    facts = {
        name: f"{limit:g} {device.unit}"
        for name, limit in (("low", low), ("high", high))
        if limit is not None
    }
    if len(facts) == 2:
        raise TargetError("temperature_out_of_range", **facts)
    raise TargetError(
        "temperature_too_high" if low is None else "temperature_too_low", **facts
    )
