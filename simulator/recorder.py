"""What was asked of a simulated system, and what it did: for tests to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


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
