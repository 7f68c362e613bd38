"""A device of the house and the features that it is made of."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..house.devices import Device
from ..house.hub import AnyCommand, HubCommandError, Reason
from .controls import Controls
from .features import Feature, Pair, Use

type Features = Mapping[int, Feature]
type Facts = dict[str, Any]

NO_CONTROLS = Controls()


@dataclass(frozen=True, slots=True)
class Action:
    """A control request: its name, and its parameters."""

    request: str
    params: dict[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A feature with its controls and its root."""

    feature: Feature
    controls: Controls
    root: Feature | None = None

    @property
    def ref(self) -> int:
        """The feature's number."""
        return self.feature.ref


class Binding(ABC):
    """Reads a device from features, and writes commands as control requests."""

    def __init__(self, facts: Facts, *parts: Part | None) -> None:
        """Take what all devices have, and the features that make this one."""
        self.facts = facts
        self.device_id: str = facts["id"]
        self.parts = tuple(part for part in parts if part is not None)

    @property
    def refs(self) -> tuple[int, ...]:
        """The features that the device is read from."""
        return tuple(part.ref for part in self.parts)

    @abstractmethod
    def read(self, features: Features) -> Device:
        """Return the device as the features say."""

    def write(self, command: AnyCommand) -> list[Action]:
        """Return the requests for a command; raises HubCommandError where none fits."""
        raise declined()


def declined() -> HubCommandError:
    """Return the error of a command that a device has no control for."""
    return HubCommandError(Reason.DECLINED, "the device has no such control")


def by_value(part: Part, value: float) -> Action:
    """Return the request that sets a feature to a raw value."""
    whole = round(value, 6)
    shown = int(whole) if float(whole).is_integer() else whole
    return Action("controldevicebyvalue", {"ref": part.ref, "value": shown})


def by_pair(part: Part, pair: Pair | None) -> list[Action]:
    """Return the request that uses one control."""
    if pair is None:
        raise declined()
    return [by_value(part, pair.value)]


def by_use(part: Part | None, use: Use) -> list[Action]:
    """Return the request that uses the control for something."""
    if part is None:
        raise declined()
    return by_pair(part, part.controls.find(use))


def by_text(ref: int, pair: Pair | None, text: str) -> Action:
    """Return the request for a control that takes a text."""
    if pair is None:
        raise declined()
    params: dict[str, str | int | float] = {"ref": ref, "value": pair.index}
    return Action("controldevicebyindex", params | {"string": text})


def value_of(features: Features, part: Part | None) -> float | None:
    """Return a feature's raw value, as far as it is known."""
    feature = features.get(part.ref) if part else None
    return None if feature is None else feature.value


def status_of(features: Features, part: Part | None) -> str:
    """Return a feature's status text."""
    feature = features.get(part.ref) if part else None
    return "" if feature is None else feature.status
