"""Which fault a hub of the soak has next, at random."""

from random import Random
from typing import NamedTuple

from simulator.faults import known

# How a login is refused that is right, and for how long at most.
REFUSALS = ("http_401", "http_403", "http_511", "html_login_page", "auth_5002")
REFUSED_FOR = 900.0
# Which faults cannot be where plain HTTP is spoken and nothing is posted.
ELSEWHERE = ("tls_", "http_where_https", "webhook_")
VALUES: dict[str, tuple[float, ...]] = {
    "slow": (1.0, 2.0, 5.0, 12.0, 29.0, 61.0),
    "state_lag": (0.5, 2.0, 10.0),
    "clock_jump": (-3600.0, -60.0, 60.0, 3600.0),
}


class Trouble(NamedTuple):
    """A fault, for so many requests or all, and so many seconds."""

    name: str
    value: float | None
    times: int | None
    lasts: float


def drawn(chance: Random, system: str) -> Trouble:
    """Return a fault that a system can have."""
    names = [each for each in known(system) if not each.startswith(ELSEWHERE)]
    name, lasts, times = chance.choice(names), chance.uniform(1.0, 120.0), None
    if chance.random() < 0.1:
        name = chance.choice([each for each in REFUSALS if each in names])
        lasts = chance.uniform(1.0, REFUSED_FOR)
    value = chance.choice(VALUES.get(name, (None,)))
    if known(system)[name].per_request and chance.random() < 0.3:
        times = chance.randrange(1, 4)
    return Trouble(name, value, times, lasts)
