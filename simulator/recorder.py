"""What was asked of a simulated system, and what it did: for tests to look at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(slots=True)
class Request:
    """A request as it came in. `status` is 0 until it is answered, and stays 0 if it never is."""

    method: str
    path: str
    body: Any
    at: float
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    # Passwords may be in it.
    query: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """One thing that somebody asked of one device, scene or event, and whether it was done.

    Both kinds of systems keep them as `received`, in the order in which they came in, and
    those that were carried out as `carried_out`. So a test can show that all was done that
    a client thinks was done, and that nothing was done twice.

    `target` is the id or ref as it is inside of the system at that time; 0 if what was
    named cannot be one. `action` says which state was asked for, or in which way: at a
    Crestron processor `level`, `position`, `recall` and the like, at a HomeSeer system
    `value`, `label`, `index`, `use`, `ascii`, `event`, `status`, `property`. `value` is
    what was given with it. `at` are seconds of the system's simulated clock.

    A request that was turned away as a whole (wrong key, still booting, bad body, silence)
    asked nothing of anyone: it is in `requests` alone.
    """

    system: Literal["crestron", "homeseer"]
    target: int
    action: str
    value: Any
    carried_out: bool
    at: float = field(default=0.0, compare=False)


def carried_out(orders: Iterable[Order]) -> list[Order]:
    """Leave out what was asked and not done."""
    return [order for order in orders if order.carried_out]


@dataclass(frozen=True, slots=True)
class Command:
    """Something that the house was really made to do.

    `kind` and `id` say to which device or scene, `what` which of its states (or `recall`,
    `run`), `value` the state as it was on the wire.
    """

    kind: str
    id: int
    what: str
    value: Any = None
    at: float = field(default=0.0, compare=False)
