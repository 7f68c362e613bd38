"""Sends commands: side by side to different features, in order to one and the same."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..house.hub import (
    AnyCommand,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
)
from .binding import Action
from .client import HomeSeerClient

type Outcome = HubError | None


@dataclass(slots=True)
class _Line:
    """What has to go one after the other, by its places in the batch."""

    touches: set[object]
    places: list[int] = field(default_factory=list)


class _Batch:
    """The commands of one batch, and what became of them."""

    def __init__(
        self, client: HomeSeerClient, planned: Sequence[list[Action] | HubError]
    ) -> None:
        self._client = client
        self._planned = planned
        self._lost: HubError | None = None
        self.outcomes: list[Outcome] = [None] * len(planned)

    async def send(self, places: Iterable[int]) -> None:
        for place in places:
            # What comes after a lost system was not sent, and that is certain.
            self.outcomes[place] = self._lost or await self._send(self._planned[place])

    async def _send(self, planned: list[Action] | HubError) -> Outcome:
        if isinstance(planned, HubError):
            return planned
        try:
            for at, action in enumerate(planned):
                if self._lost is not None:
                    # Half of it has gone out.
                    return HubUnansweredError(Reason.UNANSWERED) if at else self._lost
                await self._client.command(action.request, **action.params)
        except HubUnansweredError as err:
            self._lost = self._lost or HubConnectionError(Reason.LOST)
            return err
        except HubConnectionError as err:
            self._lost = self._lost or err
            return err
        except HubError as err:
            return err
        return None


async def send_all(
    client: HomeSeerClient,
    commands: Sequence[AnyCommand],
    actions_of: Callable[[AnyCommand], list[Action]],
) -> tuple[Outcome, ...]:
    """Send commands, and return what became of each; none is sent twice.

    Those that touch the same device or feature keep their order, and so does all with
    an event: nobody knows what that touches.
    """
    planned = [_planned(actions_of, command) for command in commands]
    batch = _Batch(client, planned)
    lines: list[_Line] = []
    for place, (command, actions) in enumerate(zip(commands, planned, strict=True)):
        touches = _touched(command, actions)
        if touches is None:
            await _send_lines(batch, lines)
            await batch.send([place])
            lines = []
        else:
            lines = _added(lines, touches, place)
    await _send_lines(batch, lines)
    return tuple(batch.outcomes)


def _planned(
    actions_of: Callable[[AnyCommand], list[Action]], command: AnyCommand
) -> list[Action] | HubError:
    try:
        return actions_of(command)
    except HubError as err:
        return err


def _touched(
    command: AnyCommand, actions: list[Action] | HubError
) -> set[object] | None:
    """Return which device and features a command touches; None if nobody knows."""
    touched: set[object] = {command.device_id}
    for action in actions if isinstance(actions, list) else ():
        if (ref := action.params.get("ref")) is None:
            return None
        touched.add(ref)
    return touched


def _added(lines: list[_Line], touches: set[object], place: int) -> list[_Line]:
    """Return the lines with a command in the one that it has to wait in."""
    joined = _Line(set(touches))
    others = []
    for line in lines:
        if line.touches & touches:
            joined.touches |= line.touches
            joined.places += line.places
        else:
            others.append(line)
    joined.places = [*sorted(joined.places), place]
    return [*others, joined]


async def _send_lines(batch: _Batch, lines: list[_Line]) -> None:
    async with asyncio.TaskGroup() as group:
        for line in lines:
            group.create_task(batch.send(line.places))
