"""The two houses that Home Assistant looks after, each behind its own kind of hub."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from simulator.crestron import CrestronProcessor
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
STAGES: Any = ("refuse", "503", "500")
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
class Base:
    """What is true of both houses, each with its hub and its entry."""

    hass: HomeAssistant
    entry: MockConfigEntry
    # The hub, as far as what it has can be numbered anew.
    simulated: SimulatedHub = field(init=False)

    def renumber(self, chance: Random) -> str:
        """Have the hub number what it has anew; it stays so."""
        return renumber(self.simulated, chance)

    def follows(self, built: dict[str, str]) -> bool:
        """Return whether Home Assistant knows all names and places, by the key."""
        names = known(self.entry)
        return names is not None and built.items() <= names.items()


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
class CrestronHome(Base):
    """A house behind a Crestron processor."""

    hub: CrestronProcessor
    name = "Crestron"
    system = "crestron"

    def __post_init__(self) -> None:
        """Look at the house as something that can be numbered anew."""
        self.simulated = Crestron(self.entry, self.hub.house, self.hub)

    def things(self) -> dict[int, Any]:
        """Return what there is, by its number."""
        house = self.hub.house
        return house.rooms | {each.id: each for each in house.everything()}

    @property
    def followed(self) -> bool:
        """Return whether Home Assistant knows of all changes of what there is."""
        house = self.hub.house
        return self.follows(
            {
                f"{each.kind}-{each.id}": f"{each.name} in {house.room_name(each)}".lower()
                for each in (*house.of(Light), *house.of(Shade))
            }
        )

    def is_command(self, request: Request) -> bool:
        """Return whether a request is to change the house."""
        return request.method == "POST"

    def differences(self) -> list[str]:
        """Say what Home Assistant shows otherwise than it is."""
        return differences_of_house(self.hass, self.entry.entry_id, self.hub.house)

    def by_hand(self, chance: Random) -> str:
        """Have somebody do something in the house."""
        return hands.in_house(self.hub.house, chance)

    def rebuild(self, chance: Random) -> str:
        """Have somebody change what there is."""
        return hands.at_house(self.hub.house, chance)

    async def upset(self, chance: Random) -> str:
        """Let the hub restart, or forget who is logged in."""
        if chance.random() < 0.5:
            self.hub.expire_sessions()
            return "forgets its sessions"
        return await restarted(self.hub, chance)

    def targets(self, part: str) -> frozenset[int]:
        """Return the ids that an action on an entity may come out at."""
        number = own_id(part)
        return frozenset() if number is None else frozenset({number})

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
class HomeSeerHome(Base):
    """A house behind a HomeSeer system; each method as in the other one."""

    hub: HomeSeerSystem
    name = "HomeSeer"
    system = "homeseer"

    def __post_init__(self) -> None:
        self.simulated = HomeSeer(self.entry, self.hub.model, self.hub)

    def things(self) -> dict[int, Any]:
        model = self.hub.model
        return {each.id: each for each in model.events} | model.features

    @property
    def followed(self) -> bool:
        return self.follows(
            {
                f"ref-{each.ref}": f"{each.name} in {each.location}".lower()
                for each in hands.roots_of(self.hub.model)
            }
        )

    def is_command(self, request: Request) -> bool:
        return is_command(request)

    def differences(self) -> list[str]:
        return differences_of_system(self.hass, self.entry.entry_id, self.hub.model)

    def by_hand(self, chance: Random) -> str:
        return hands.in_system(self.hub.model, chance)

    def rebuild(self, chance: Random) -> str:
        return hands.at_system(self.hub.model, chance)

    async def upset(self, chance: Random) -> str:
        return await restarted(self.hub, chance)

    def targets(self, part: str) -> frozenset[int]:
        number, model = own_id(part), self.hub.model
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

    def fits(self, domain: str, service: str, data: dict[str, Any]) -> Fits:
        word, features = WORDS.get(service), self.hub.model.features

        def fits(order: Order) -> bool:
            if (order.action == "event") is not (domain == "scene"):
                return False
            feature = features.get(order.target)
            if word is None or feature is None or order.action != "value":
                return True
            return feature.reads(float(order.value)).lower() == word

        return fits


async def restarted(hub: CrestronProcessor | HomeSeerSystem, chance: Random) -> str:
    """Restart a hub; it may take a while, in stages."""
    seconds = chance.choice((0.0, 5.0, 30.0, 60.0))
    await hub.restart(seconds, chance.choice(((STAGES[0],), STAGES[:2], STAGES)))
    return f"restarts, for {seconds} s"


type Home = CrestronHome | HomeSeerHome
