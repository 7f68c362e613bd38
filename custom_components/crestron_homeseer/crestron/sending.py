"""Carries commands out: in few requests, stops at the right place, groups together."""

import asyncio
from collections.abc import (
    Awaitable,
    Callable,
    Collection,
    Coroutine,
    Iterable,
    Mapping,
    Sequence,
)
import logging
from typing import Any

from ..house.commands import MoveTo, SetLevel, SetPower, SetVolume, StopMoving
from ..house.controls import ActivateScene, PressButton
from ..house.devices import Cover, MediaRoom
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
from ..house.staggered import StaggeredMoves
from .bodies import Request, judge, plan
from .client import CrestronClient
from .codec import wire_id
from .fading import FadeUnit
from .fields import plain
from .last_source import LastSource
from .listing import Listing
from .quick_actions import QuickActions
from .stopping import Stopping
from .thermostat import Scale, scale_of
from .volume import VolumeScale

LOGGER = logging.getLogger(__name__)

# Seconds in which a shade that moves is seen to have moved on.
SECOND_LOOK = 0.45
# Scenes of these types move no shade; those of other types may.
_STILL = frozenset({"lighting", "media", "climate", "lock", "lockroom", "unlock"})


class Sender:
    """Sends batches of commands to one processor."""

    def __init__(
        self,
        client: CrestronClient,
        listings: Mapping[str, Listing],
        take: Callable[[Listing, bytes], None],
        stopping: Stopping,
        volume: VolumeScale,
        fading: FadeUnit,
        actions: QuickActions,
        *,
        clock: Callable[[], float],
        together: Iterable[Collection[str]],
    ) -> None:
        """Take the client, the lists by kind, and `take`, which reads one of them.

        `together` are groups of shades, by their ids, that are to arrive together.
        """
        self.client = client
        self._listings = listings
        self._take = take
        self._stopping = stopping
        self._volume = volume
        self._fading = fading
        self._actions = actions
        self._last_source = LastSource(client)
        # What is still found out of commands that were sent.
        self._watches: set[asyncio.Task[HubError | None]] = set()
        self._clock = clock
        self._together = StaggeredMoves(together, self._travel_time, self._start)

    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Carry commands out with as few requests as there can be."""
        self._together.cancel(commands)
        if any(map(self._moves_others, commands)):
            later: dict[str, float] = {}
            await self._make_way(commands)
        else:
            later = self._together.plan(commands)
        errors: list[HubError | None] = [None] * len(commands)
        pending: dict[int, Awaitable[HubError | None]] = {}
        batch = {
            place: command
            for place, command in enumerate(commands)
            if not (isinstance(command, MoveTo) and command.device_id in later)
        }
        sent: set[int] = set()
        try:
            await self._send(batch, errors, sent, pending)
        except HubError as err:
            # What comes after a lost hub was not sent, and that is certain.
            for place in set(range(len(commands))) - sent:
                errors[place] = err
            return SendResult(tuple(errors), pending=pending)
        self._together.hold(commands, later)
        return SendResult(tuple(errors), later, pending)

    def _moves_others(self, command: AnyCommand) -> bool:
        """Return whether a command may move shades that it does not name."""
        if isinstance(command, ActivateScene):
            raw = self._listings["scene"].raw_of(wire_id(command.device_id))
            return raw is None or plain(raw.text("type") or "") not in _STILL
        if isinstance(command, MoveTo | StopMoving):
            shade = self._listings["shade"].devices.get(command.device_id)
            return isinstance(shade, Cover) and shade.kind is CoverKind.SHADE_GROUP
        return isinstance(command, PressButton)

    async def _make_way(self, commands: Sequence[AnyCommand]) -> None:
        """Let nothing that waits undo later what is asked for now.

        What was asked for first starts first, unless all of a group is to stop.
        """
        moves = self._together.release()
        stops = any(
            isinstance(command, StopMoving) and self._moves_others(command)
            for command in commands
        )
        if moves and not stops:
            await self._start(moves)

    async def close(self) -> None:
        """Send what was held back, as nobody will be there to do it later."""
        await self._together.close()
        watches = list(self._watches)
        for watch in watches:
            watch.cancel()
        await asyncio.gather(*watches, return_exceptions=True)

    def _watch(
        self, watching: Coroutine[Any, Any, HubError | None]
    ) -> asyncio.Task[HubError | None]:
        """Go on with what takes its time, beside all other commands."""
        task = asyncio.create_task(watching)
        self._watches.add(task)
        task.add_done_callback(self._watches.discard)
        return task

    async def _send(
        self,
        batch: dict[int, AnyCommand],
        errors: list[HubError | None],
        sent: set[int],
        pending: dict[int, Awaitable[HubError | None]],
    ) -> None:
        await self._prepare_stops(batch, errors, sent)
        single = {
            place: command
            for place, command in batch.items()
            if isinstance(command, SetVolume | PressButton)
        }
        others = {place: batch[place] for place in batch if place not in single}
        await self._send_together(others, errors, sent, pending)
        for place, command in single.items():
            try:
                errors[place], learning = await self._send_single(command)
            except HubUnansweredError as err:
                sent.add(place)
                errors[place] = err
                raise HubConnectionError(Reason.LOST) from err
            sent.add(place)
            if learning is not None:
                pending[place] = self._watch(learning)

    async def _send_together(
        self,
        others: dict[int, AnyCommand],
        errors: list[HubError | None],
        sent: set[int],
        pending: dict[int, Awaitable[HubError | None]],
    ) -> None:
        watched = [
            place
            for place, command in others.items()
            if self._last_source.asked(command)
        ]
        requests, impossible = plan(others, self._scale, self._fading.counts)
        for place, error in impossible.items():
            errors[place] = error
        sent.update(impossible)
        for request in requests:
            begun = self._clock()
            try:
                await self._post(request, errors, sent)
            finally:
                self._note(
                    {place: others[place] for place in request.places if place in sent},
                    errors,
                    begun,
                )
        for place in watched:
            if errors[place] is None and isinstance(on := others[place], SetPower):
                pending[place] = self._watch(self._last_source.follow(on))

    async def _send_single(
        self, command: SetVolume | PressButton
    ) -> tuple[HubError | None, Coroutine[Any, Any, HubError | None] | None]:
        """Send what has a way of its own, which may have to be found out."""
        if isinstance(command, PressButton):
            return await self._actions.run(wire_id(command.device_id)), None
        error = await self._volume.send(command)
        room = self._listings["mediaroom"].devices.get(command.device_id)
        before = room if isinstance(room, MediaRoom) else None
        return error, self._volume.learn(command, before) if error is None else None

    async def _post(
        self, request: Request, errors: list[HubError | None], sent: set[int]
    ) -> None:
        try:
            answer = await self.client.post(request.path, request.body)
        except HubUnansweredError as err:
            sent.update(request.places)
            for place in request.places:
                errors[place] = err
            raise HubConnectionError(Reason.LOST) from err
        sent.update(request.places)
        for place, error in judge(request, answer).items():
            errors[place] = error

    def _scale(self, number: int) -> Scale:
        raw = self._listings["thermostat"].raw_of(number)
        if raw is None:
            raise HubResponseError(Reason.NONSENSE, "the thermostat is unknown")
        return scale_of(raw)

    def _note(
        self,
        commands: Mapping[int, AnyCommand],
        errors: Sequence[HubError | None],
        begun: float,
    ) -> None:
        """Note which shades a request set in motion, or may have, and which lights."""
        for place, command in commands.items():
            error = errors[place]
            if isinstance(command, MoveTo) and (
                error is None or isinstance(error, HubUnansweredError)
            ):
                self._stopping.sent(command.device_id, command.position, begun)
            elif isinstance(command, SetLevel):
                light = self._listings["light"].devices.get(command.device_id)
                self._fading.sent(light, command.level, command.fade)

    def _travel_time(self, device_id: str, target: float) -> float | None:
        return self._stopping.seconds(device_id, target, self._clock())

    async def _start(self, moves: Sequence[MoveTo]) -> None:
        """Send off shades that were held back; who asked for them is gone."""
        errors: list[HubError | None] = [None] * len(moves)
        lost: HubError | None = None
        try:
            await self._send(dict(enumerate(moves)), errors, set(), {})
        except HubError as err:
            lost = err
        shades = self._listings["shade"].devices
        names = [
            shades[move.device_id].name if move.device_id in shades else move.device_id
            for move, error in zip(moves, errors, strict=True)
            if lost or error
        ]
        if names:
            reason = lost or next(filter(None, errors))
            LOGGER.warning("Could not start %s: %s", ", ".join(names), reason)

    async def _prepare_stops(
        self,
        batch: dict[int, AnyCommand],
        errors: list[HubError | None],
        sent: set[int],
    ) -> None:
        """Make each stop of a batch the move that stops the shade.

        A shade that is not known to move is left alone: that is no failure.
        """
        stops = {
            place: command.device_id
            for place, command in batch.items()
            if isinstance(command, StopMoving)
        }
        try:
            await self._look_for_stops(stops.values())
        except HubResponseError as err:
            # Where they are is not known; everything else can be done.
            for place in stops:
                errors[place] = err
                del batch[place]
            sent.update(stops)
            return
        now = self._clock()
        for place, device_id in stops.items():
            device = self._listings["shade"].devices.get(device_id)
            position = self._stopping.stop_at(device_id, now)
            if position is not None:
                batch[place] = MoveTo(device_id=device_id, position=position)
                continue
            del batch[place]
            sent.add(place)
            if (
                not isinstance(device, Cover)
                or device.position is None
                or not device.online
            ):
                errors[place] = HubResponseError(
                    Reason.NONSENSE, "the shade's position is unknown"
                )

    async def _look_for_stops(self, device_ids: Collection[str]) -> None:
        """Read where shades are, and once more if it is open whether they move."""
        if not device_ids:
            return
        await self._look()
        if any(map(self._stopping.unsure, device_ids)):
            await asyncio.sleep(SECOND_LOOK)
            await self._look()

    async def _look(self) -> None:
        listing = self._listings["shade"]
        body = await self.client.get(listing.endpoint.path, urgent=True)
        self._take(listing, body)
