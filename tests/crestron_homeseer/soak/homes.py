"""The two houses that Home Assistant looks after, each behind its own kind of hub."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, override

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.crestron import CrestronProcessor
from simulator.faults import Faults
from simulator.homeseer import HomeSeerSystem
from simulator.homeseer.api import is_command
from simulator.house import Light, Shade
from simulator.recorder import Order, Request

from ..identity.hubs import Crestron, HomeSeer, SimulatedHub
from ..reliability.truth import differences_of_house, differences_of_system
from . import hands
from .uploads import known, renumber

# What ids_changed adds to ids, on the wire or in the system.
BIT = 1 << 20
FULL = 65535
# What is asked in percent arrives within one of them.
PERCENT = 0.011
STAGES = ("refuse", "503", "500")
WORDS = {
    "unlock": "unlocked",
    "lock": "locked",
    "turn_off": "off",
    "alarm_disarm": "ready",
}


def own_id(part: str) -> int | None:
    """Return the house's own id of a part, as it is without any fault."""
    number = part.split("-")[1:2]
    return int(number[0]) & ~BIT if number and number[0].isdecimal() else None


@dataclass(slots=True)
class Home(ABC):
    """A house, its hub, and its entry."""

    hass: HomeAssistant
    entry: MockConfigEntry
    name: str
    # The hub, as far as what it has can be numbered anew.
    simulated: SimulatedHub = field(init=False)

    @property
    @abstractmethod
    def faults(self) -> Faults:
        """What goes wrong with the hub."""

    @abstractmethod
    def slow_down(self, answer_seconds: float) -> None:
        """Have the hub take some time over each answer."""

    @property
    @abstractmethod
    def requests(self) -> list[Request]:
        """What came in."""

    @property
    @abstractmethod
    def received(self) -> list[Order]:
        """What was asked of the house."""

    @abstractmethod
    def is_command(self, request: Request) -> bool:
        """Return whether a request is to change the house."""

    @abstractmethod
    def differences(self) -> list[str]:
        """Say what Home Assistant shows otherwise than it is."""

    @abstractmethod
    def by_hand(self, chance: Random) -> str:
        """Have somebody do something in the house."""

    @abstractmethod
    def rebuild(self, chance: Random) -> str:
        """Have somebody change what there is."""

    @abstractmethod
    def things(self) -> dict[int, Any]:
        """Return what there is, by its number."""

    @abstractmethod
    def built(self) -> dict[str, str]:
        """Return the names and places of what people rename and move, by the key."""

    def renumber(self, chance: Random) -> str:
        """Have the hub number what it has anew; it stays so."""
        return renumber(self.simulated, chance)

    @property
    def followed(self) -> bool:
        """Return whether Home Assistant knows of all changes of what there is."""
        names = known(self.entry)
        return names is not None and self.built().items() <= names.items()

    @abstractmethod
    async def upset(self, chance: Random) -> str:
        """Let the hub restart, or forget who is logged in."""

    @abstractmethod
    def targets(self, part: str) -> frozenset[int]:
        """Return the ids that an action on an entity may come out at."""

    @abstractmethod
    def fits(self, domain: str, service: str, data: dict[str, Any]) -> Fits:
        """Return what tells whether an order is what an action asks for."""


type Fits = Callable[[Order], bool]

_ACTIONS = {
    "cover": {"position"},
    "light": {"level"},
    "fan": {"speed"},
    "scene": {"recall", "run"},
    "button": {"recall", "run"},
    "climate": {"mode", "set_point", "fan_mode", "schedule"},
    "media_player": {"power", "source", "volume", "muted"},
}


@dataclass(slots=True)
class CrestronHome(Home):
    """A house behind a Crestron processor."""

    processor: CrestronProcessor

    def __post_init__(self) -> None:
        """Look at the house as something that can be numbered anew."""
        self.simulated = Crestron(self.entry, self.processor.house, self.processor)

    @override
    def slow_down(self, answer_seconds: float) -> None:
        self.processor.change(answer_seconds=answer_seconds)

    @override
    def things(self) -> dict[int, Any]:
        house = self.processor.house
        return house.rooms | {each.id: each for each in house.everything()}

    @override
    def built(self) -> dict[str, str]:
        house = self.processor.house
        return {
            f"{each.kind}-{each.id}": f"{each.name} in {house.room_name(each)}".lower()
            for each in (*house.of(Light), *house.of(Shade))
        }

    @property
    @override
    def faults(self) -> Faults:
        return self.processor.faults

    @property
    @override
    def requests(self) -> list[Request]:
        return self.processor.requests

    @property
    @override
    def received(self) -> list[Order]:
        return self.processor.received

    @override
    def is_command(self, request: Request) -> bool:
        return request.method == "POST"

    @override
    def differences(self) -> list[str]:
        house = self.processor.house
        return differences_of_house(self.hass, self.entry.entry_id, house)

    @override
    def by_hand(self, chance: Random) -> str:
        return hands.in_house(self.processor.house, chance)

    @override
    def rebuild(self, chance: Random) -> str:
        return hands.at_house(self.processor.house, chance)

    @override
    async def upset(self, chance: Random) -> str:
        if chance.random() < 0.5:
            self.processor.expire_sessions()
            return "forgets its sessions"
        seconds = chance.choice((0.0, 5.0, 30.0, 60.0))
        await self.processor.restart(seconds, _stages(chance))
        return f"restarts, for {seconds} s"

    @override
    def targets(self, part: str) -> frozenset[int]:
        number = own_id(part)
        return frozenset() if number is None else frozenset({number})

    @override
    def fits(self, domain: str, service: str, data: dict[str, Any]) -> Fits:
        actions = {service} if domain == "lock" else _ACTIONS.get(domain, set())
        asked = {
            "open_cover": 1.0,
            "close_cover": 0.0,
            "set_cover_position": data.get("position", 0) / 100,
            "turn_off": 0.0,
        }.get(service)
        if "brightness_pct" in data:
            asked = data["brightness_pct"] / 100
        counted = domain in {"cover", "light"} and asked is not None

        def fits(order: Order) -> bool:
            if order.action not in actions:
                return False
            return not counted or abs(order.value / FULL - (asked or 0.0)) < PERCENT

        return fits


@dataclass(slots=True)
class HomeSeerHome(Home):
    """A house behind a HomeSeer system."""

    system: HomeSeerSystem

    def __post_init__(self) -> None:
        """Look at the system as something that can be numbered anew."""
        self.simulated = HomeSeer(self.entry, self.system.model, self.system)

    @override
    def slow_down(self, answer_seconds: float) -> None:
        self.system.change(answer_seconds=answer_seconds)

    @override
    def things(self) -> dict[int, Any]:
        model = self.system.model
        return {each.id: each for each in model.events} | model.features

    @override
    def built(self) -> dict[str, str]:
        return {
            f"ref-{each.ref}": f"{each.name} in {each.location}".lower()
            for each in hands.roots_of(self.system.model)
        }

    @property
    @override
    def faults(self) -> Faults:
        return self.system.faults

    @property
    @override
    def requests(self) -> list[Request]:
        return self.system.requests

    @property
    @override
    def received(self) -> list[Order]:
        return self.system.received

    @override
    def is_command(self, request: Request) -> bool:
        return is_command(request)

    @override
    def differences(self) -> list[str]:
        model = self.system.model
        return differences_of_system(self.hass, self.entry.entry_id, model)

    @override
    def by_hand(self, chance: Random) -> str:
        return hands.in_system(self.system.model, chance)

    @override
    def rebuild(self, chance: Random) -> str:
        return hands.at_system(self.system.model, chance)

    @override
    async def upset(self, chance: Random) -> str:
        seconds = chance.choice((0.0, 5.0, 30.0, 60.0))
        await self.system.restart(seconds, _stages(chance))
        return f"restarts, for {seconds} s"

    @override
    def targets(self, part: str) -> frozenset[int]:
        number, model = own_id(part), self.system.model
        if number is None:
            return frozenset()
        features = {each.ref & ~BIT: each for each in model.features.values()}
        family = {number}
        # An entity of a root speaks for what is below it, and for nothing beside it.
        if (feature := features.get(number)) is not None:
            family |= {child.ref & ~BIT for child in model.children(feature.ref)}
            siblings = model.children(feature.root) if feature.root else ()
            family |= {
                each.ref & ~BIT for each in siblings if each.name.endswith("Color")
            }
        return frozenset(family | {each | BIT for each in family})

    @override
    def fits(self, domain: str, service: str, data: dict[str, Any]) -> Fits:
        word, features = WORDS.get(service), self.system.model.features

        def fits(order: Order) -> bool:
            if (order.action == "event") is not (domain == "scene"):
                return False
            feature = features.get(order.target)
            if word is None or feature is None or order.action != "value":
                return True
            return feature.reads(float(order.value)).lower() == word

        return fits


def _stages(chance: Random) -> Sequence[Any]:
    return chance.choice(((STAGES[0],), STAGES[:2], STAGES))
