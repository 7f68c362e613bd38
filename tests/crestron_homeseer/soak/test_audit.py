"""The soak sees what it is there to see."""

import pytest

from simulator.recorder import Order

from .audit import DONE, UNANSWERED, Ask, audit
from .diary import Diary


def ask(answer: str, *, start: float = 10.0, end: float = 11.0) -> Ask:
    """Return an action on one shade, as it was answered."""
    return Ask(
        hub="Crestron",
        text="close the shade",
        targets=frozenset({7}),
        fits=lambda order: order.value == 0,
        asked_at=start,
        ended_at=end,
        answer=answer,
    )


def order(at: float, value: int = 0, target: int = 7) -> Order:
    """Return what a house was made to do."""
    return Order("crestron", target, "position", value, True, at)


@pytest.mark.parametrize(
    ("asks", "orders", "found"),
    [
        ([ask(DONE)], [order(10.5)], []),
        ([ask(DONE), ask(DONE, start=20, end=21)], [order(10.5), order(20.5)], []),
        ([ask(UNANSWERED)], [], []),
        ([ask(UNANSWERED)], [order(100)], []),
        ([ask("command_unreachable")], [], []),
        ([ask(DONE)], [order(10.5), order(10.8)], ["duplicates"]),
        ([ask(UNANSWERED)], [order(10.5), order(60)], ["duplicates"]),
        ([ask(DONE)], [order(10.5), order(30)], ["unasked"]),
        ([ask(DONE)], [order(10.5), order(10.5, target=8)], ["unasked"]),
        ([ask(DONE)], [order(10.5), order(10.5, value=9)], ["unasked"]),
        ([ask("command_declined")], [order(10.5)], ["done, said not"]),
        ([ask(DONE)], [], ["not done, said done"]),
    ],
)
def test_orders_are_ascribed_to_actions(
    asks: list[Ask], orders: list[Order], found: list[str]
) -> None:
    diary = Diary()
    audit(asks, orders, [], diary)
    assert sorted(diary.counts) == found


def test_a_hub_that_lies_is_no_fault_of_the_integration() -> None:
    diary = Diary()
    audit([ask(DONE)], [], [(5.0, 15.0)], diary)
    assert diary.wrong == []
