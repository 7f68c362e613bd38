"""Changes JSON documents as broken systems would: somewhere, and by all means."""

from collections.abc import Callable
import copy
import json
import random
from typing import Any

# What a field may be instead of what it should be.
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 99, 255, 65535, 65536, 0.5, -0.0, 1e-320),
    *(2**31, 2**63, 2**64, -(10**30), 10**400, 1e17, 1e300, -1e300),
    *(float("nan"), float("inf"), float("-inf")),
    *("", " ", "0", "-5", "1,5", "1e999", "NaN", "9" * 30, "true", "null", "On", "off"),
    *("Error", "unknown", "\x00", "\ud83d", "\U0001f600", "٣", "²", "<b>", "&#0;"),
    *("x" * 300, [], {}, [[]], [None], {"": None}, [0] * 50),
)
_DEEP = 200

type Slot = tuple[Any, Any]


def _slots(value: Any) -> list[Slot]:
    """Return every place in a document: what holds it, and its key there."""
    found: list[Slot] = []
    waiting = [value]
    while waiting:
        holder = waiting.pop()
        keys = holder if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    return found


def _replace(rng: random.Random, slots: list[Slot], slot: Slot) -> None:
    holder, key = slot
    holder[key] = copy.deepcopy(rng.choice(ODD))


def _remove(rng: random.Random, slots: list[Slot], slot: Slot) -> None:
    holder, key = slot
    del holder[key]


def _take_another(rng: random.Random, slots: list[Slot], slot: Slot) -> None:
    holder, key = slot
    other, its_key = rng.choice(slots)
    holder[key] = copy.deepcopy(other[its_key])


def _double(rng: random.Random, slots: list[Slot], slot: Slot) -> None:
    holder, key = slot
    if isinstance(holder, list):
        holder.insert(rng.randrange(len(holder) + 1), copy.deepcopy(holder[key]))
    else:
        # The same key in another spelling.
        holder[key.upper()] = copy.deepcopy(holder[key])


def _nudge(rng: random.Random, slots: list[Slot], slot: Slot) -> None:
    holder, key = slot
    value = holder[key]
    if isinstance(value, int):
        holder[key] = rng.choice((value + 1, value - 1, -value, value * 65536))
    elif isinstance(value, float):
        holder[key] = rng.choice((value / 1e9, value * 1e9, -value))
    elif isinstance(value, str) and value:
        place = rng.randrange(len(value))
        holder[key] = value[:place] + rng.choice(("", "\x00", "é", " ")) + value[place:]


def _spell(rng: random.Random, slots: list[Slot], slot: Slot) -> None:
    holder, key = slot
    holder[key] = json.dumps(holder[key])


def _bury(rng: random.Random, slots: list[Slot], slot: Slot) -> None:
    holder, key = slot
    value = holder[key]
    for _ in range(rng.choice((1, 2, _DEEP))):
        value = [value] if rng.random() < 0.5 else {"a": value}
    holder[key] = value


_WAYS: tuple[Callable[[random.Random, list[Slot], Slot], None], ...] = (
    *(_replace, _replace, _replace, _remove, _take_another, _double, _nudge, _nudge),
    *(_spell, _bury),
)


def mutated(document: Any, rng: random.Random, times: int = 1) -> Any:
    """Return a copy of a document that was changed in some places."""
    result = copy.deepcopy(document)
    for _ in range(times):
        slots = _slots(result)
        if not slots:
            break
        rng.choice(_WAYS)(rng, slots, rng.choice(slots))
    return result


def mutated_bytes(data: bytes, size: int, seed: int) -> bytes | None:
    """Return a changed document as bytes; None where there is none or no room."""
    rng = random.Random(seed)
    try:
        document = json.loads(data)
        if not isinstance(document, dict | list):
            return None
        body = json.dumps(mutated(document, rng, rng.choice((1, 1, 2, 4)))).encode()
    except ValueError, RecursionError:
        return None
    return body if len(body) <= size else None
