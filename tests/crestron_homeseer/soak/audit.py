"""Whether each order that a house carried out was asked for, and but once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from simulator.recorder import Order

from .diary import Diary

DONE = "done"
UNANSWERED = "command_unanswered"
# From the end of an action on: an order may still be on its way, or held by a slow hub.
SLACK = 1.0
SLACK_UNANSWERED = 130.0
PERCENT = 100
# To whom an order is ascribed first, if several might have asked for it.
RANK = {DONE: 0, UNANSWERED: 1}


@dataclass(slots=True, eq=False)
class Ask:
    """One action on one entity, and what may come of it."""

    hub: str
    text: str
    # The ids of what may be ordered to do something, and what each of them may be.
    targets: frozenset[int]
    fits: Callable[[Order], bool] = field(repr=False)
    asked_at: float
    # An action may well have nothing to do: to stop what stands still.
    may_be_nothing: bool = False
    ended_at: float | None = None
    answer: str = ""
    done: dict[tuple[int, str], Order] = field(default_factory=dict)

    def allows(self, order: Order) -> bool:
        """Return whether an order may have come of this."""
        slack = SLACK_UNANSWERED if self.answer == UNANSWERED else SLACK
        end = float("inf") if self.ended_at is None else self.ended_at + slack
        return (
            order.target in self.targets
            and self.asked_at <= order.at <= end
            and self.fits(order)
        )

    @property
    def rank(self) -> tuple[int, float]:
        """Return which comes first of those that an order may be ascribed to."""
        return RANK.get(self.answer, 2), self.asked_at

    def overlaps(self, other: Ask) -> bool:
        """Return whether another action on the same was under way at the same time."""
        return (
            other is not self
            and bool(self.targets & other.targets)
            and other.asked_at <= (self.ended_at or self.asked_at)
            and self.asked_at <= (other.ended_at or other.asked_at)
        )


def audit(
    asks: list[Ask],
    orders: Iterable[Order],
    lies: list[tuple[float, float]],
    diary: Diary,
) -> None:
    """Ascribe orders to actions; complain about each order and action left over.

    `lies` are the times in which the hub said "done" and did nothing.
    """
    for order in orders:
        key = (order.target, _what(order))
        allowed = [ask for ask in asks if ask.allows(order)]
        free = [ask for ask in allowed if key not in ask.done]
        if free:
            min(free, key=lambda ask: ask.rank).done[key] = order
        elif allowed:
            ask = allowed[0]
            diary.complain("duplicates", f"{order} of {ask}, after {ask.done[key]}")
        else:
            diary.complain("unasked", str(order))
    for ask in asks:
        if ask.answer not in {DONE, UNANSWERED} and ask.done:
            diary.complain("done, said not", f"{ask.text}: {ask.answer}")
        if ask.answer == DONE and not ask.done and not _excused(ask, asks, lies):
            diary.complain("not done, said done", ask.text)


def _what(order: Order) -> str:
    """Return what an action may ask of one target once.

    How a processor counts volumes shows only when it is given one; the small one goes
    first.
    """
    if order.action == "volume" and int(order.value) <= PERCENT:
        return "volume in percent"
    return order.action


def _excused(ask: Ask, asks: list[Ask], lies: list[tuple[float, float]]) -> bool:
    end = ask.asked_at if ask.ended_at is None else ask.ended_at
    return (
        ask.may_be_nothing
        or any(start <= end and ask.asked_at <= stop for start, stop in lies)
        or any(ask.overlaps(other) for other in asks)
    )
