"""Carries commands out: in few requests, stops at the right place, groups together."""

import asyncio
from collections.abc import Awaitable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
import logging
from typing import Any

from ..house.commands import MoveTo, SetLevel, StopMoving
from ..house.controls import ActivateScene, PressButton
from ..house.devices import Cover, Scene
from ..house.hub import (
    AnyCommand,
    HubConnectionError,
    HubError,
    HubResponseError,
    HubUnansweredError,
    Reason,
    SendResult,
)
from ..house.kinds import CoverKind
from ..house.shades import StaggeredMoves
from .bodies import Units, plan, post, run_action
from .client import CrestronClient
from .fading import FadeUnit
from .media import MediaRooms
from .reading import Reader
from .stopping import Stopping
from .thermostat import Scale, scale_of

LOGGER = logging.getLogger(__name__)

# Scenes of these types move no shade; those of other types may.
_STILL = frozenset({"lighting", "media", "climate", "lock", "lockroom", "unlock"})


@dataclass(slots=True)
class Batch:
    """Commands by their places, and what has become of them.

    `errors` has those that were sent, or are certain without that: None is success.
    `pending` is what the processor has yet to show.
    """

    commands: dict[int, AnyCommand]
    errors: dict[int, HubError | None] = field(default_factory=dict)
    pending: dict[int, Awaitable[HubError | None]] = field(default_factory=dict)


class Sender:
    """Sends batches of commands to one processor."""

    def __init__(
        self,
        client: CrestronClient,
        reader: Reader,
        memory: dict[str, Any],
        *,
        together: Iterable[Collection[str]],
        volume_scale: str | None,
        fade_unit: str | None,
    ) -> None:
        """Take the client, what reads its lists, and what was remembered.

        `together` are groups of shades, by their ids, that are to arrive together.
        """
        self._client = client
        self._reader = reader
        self._memory = memory
        self._lists = reader.lists
        self._stopping = Stopping(memory)
        self._fading = FadeUnit(memory, fade_unit)
        reader.watchers = {"shade": self._stopping.saw, "light": self._fading.saw}
        self.media = MediaRooms(
            client, self._lists["mediaroom"], memory, volume_scale, self._send_alone
        )
        self._units = Units(self._scale, self._fading.counts, self.media.count)
        # What goes on after commands that were sent.
        self._tasks: set[asyncio.Task[HubError | None]] = set()
        self._together = StaggeredMoves(together, self._travel_time, self._start)

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Carry commands out with as few requests as there can be."""
        self._together.cancel(commands)
        later: dict[str, float] = {}
        if any(map(self._moves_others, commands)):
            await self._make_way(commands)
        else:
            later = self._together.plan(commands)
        held = {
            place
            for place, command in enumerate(commands)
            if isinstance(command, MoveTo) and command.device_id in later
        }
        batch = Batch({i: each for i, each in enumerate(commands) if i not in held})
        if lost := await self._carry_out(batch):
            batch.errors |= dict.fromkeys(held, lost)
            later = {}
        self._together.hold(commands, later)
        errors = tuple(map(batch.errors.get, range(len(commands))))
        return SendResult(errors, later, batch.pending)

    async def close(self) -> None:
        """Send what was held back, as nobody will be there to do it later."""
        await self._together.close()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # Groups of shades that arrive together

    def _moves_others(self, command: AnyCommand) -> bool:
        """Return whether a command may move shades that it does not name."""
        if isinstance(command, ActivateScene):
            scene = self._lists["scene"].devices.get(command.device_id)
            return not isinstance(scene, Scene) or scene.kind not in _STILL
        if isinstance(command, MoveTo | StopMoving):
            shade = self._lists["shade"].devices.get(command.device_id)
            return isinstance(shade, Cover) and shade.kind is CoverKind.SHADE_GROUP
        return isinstance(command, PressButton)

    async def _make_way(self, commands: Sequence[AnyCommand]) -> None:
        """Let nothing that waits undo later what is asked for now.

        What was asked for first starts first, unless all of a group is to stop.
        """
        moves = self._together.release()
        stops = (each for each in commands if isinstance(each, StopMoving))
        if moves and not any(map(self._moves_others, stops)):
            await self._start(moves)

    def _travel_time(self, device_id: str, target: float) -> float | None:
        return self._stopping.seconds(device_id, target, self._reader.clock())

    async def _start(self, moves: Sequence[MoveTo]) -> None:
        """Send off shades that were held back; whoever asked has had an answer."""
        batch = Batch(dict(enumerate(moves)))
        await self._carry_out(batch)
        shades = self._lists["shade"].devices
        for move, error in zip(
            moves, map(batch.errors.get, batch.commands), strict=True
        ):
            if error is not None:
                shade = shades.get(move.device_id)
                name = shade.name if shade else move.device_id
                LOGGER.warning("Could not start %s: %s", name, error)

    # Requests

    async def _carry_out(self, batch: Batch) -> HubError | None:
        """Carry a batch out; returns the error of a hub that was lost on the way."""
        try:
            await self._prepare_stops(batch)
            await self._send(batch)
        except HubError as err:
            # What comes after a lost hub was not sent, and that is certain.
            batch.errors = {**dict.fromkeys(batch.commands, err), **batch.errors}
            return err
        return None

    async def _send(self, batch: Batch) -> None:
        commands = {
            place: command
            for place, command in batch.commands.items()
            if place not in batch.errors and not isinstance(command, PressButton)
        }
        for command in commands.values():
            self.media.asked(command)
        requests, errors = plan(commands, self._units)
        batch.errors |= errors
        for request in requests:
            await self._exchange(batch, request.places, post(self._client, request))
        for place, command in batch.commands.items():
            if isinstance(command, PressButton):
                run = run_action(self._client, command, place, self._memory)
                await self._exchange(batch, [place], run)

    async def _exchange(
        self,
        batch: Batch,
        places: Sequence[int],
        exchange: Awaitable[dict[int, HubError]],
    ) -> None:
        """Note what a request did; raises HubConnectionError where it is not answered."""
        begun = self._reader.clock()
        lost = None
        try:
            batch.errors.update({**dict.fromkeys(places), **await exchange})
        except HubUnansweredError as err:
            batch.errors |= dict.fromkeys(places, err)
            lost = err
        for place in places:
            command, error = batch.commands[place], batch.errors[place]
            if error is None or isinstance(error, HubUnansweredError):
                self._note(command, begun)
            if error is None and (rest := self.media.follow(command)):
                batch.pending[place] = task = asyncio.create_task(rest)
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        if lost:
            raise HubConnectionError(Reason.LOST) from lost

    def _note(self, command: AnyCommand, begun: float) -> None:
        """Note what a command sets in motion."""
        if isinstance(command, MoveTo):
            self._stopping.sent(command.device_id, command.position, begun)
        elif isinstance(command, SetLevel):
            light = self._lists["light"].devices.get(command.device_id)
            self._fading.sent(light, command.level, command.fade)

    async def _send_alone(self, command: AnyCommand) -> HubError | None:
        """Send what belongs to a command that was carried out."""
        batch = Batch({0: command})
        await self._carry_out(batch)
        return batch.errors.get(0)

    def _scale(self, number: int) -> Scale:
        raw = self._lists["thermostat"].raw_of(number)
        if raw is None:
            raise HubResponseError(Reason.NONSENSE, "the thermostat is unknown")
        return scale_of(raw)

    # Stops

    async def _prepare_stops(self, batch: Batch) -> None:
        """Make each stop of a batch the move that stops the shade.

        A shade that is not known to move is left alone: that is no failure.
        """
        stops = {
            place: command.device_id
            for place, command in batch.commands.items()
            if isinstance(command, StopMoving)
        }
        if not stops:
            return
        try:
            await self._read_shades()
        except HubResponseError as err:
            # Where they are is not known; everything else can be done.
            batch.errors |= dict.fromkeys(stops, err)
            return
        now = self._reader.clock()
        for place, device_id in stops.items():
            position = self._stopping.stop_at(device_id, now)
            if position is not None:
                move = MoveTo(device_id=device_id, position=position)
                batch.commands[place] = move
            elif self._stopping.knows(device_id):
                batch.errors[place] = None
            else:
                reason = "the shade's position is unknown"
                batch.errors[place] = HubResponseError(Reason.NONSENSE, reason)

    async def _read_shades(self) -> None:
        shades = self._lists["shade"]
        body = await self._client.get(shades.endpoint.path, urgent=True)
        self._reader.take(shades, body)
