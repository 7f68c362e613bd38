"""When to read, what to publish, what is still settling, what came and went."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
import time
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed

from .const import DOMAIN, LOGGER
from .house.cadence import Seen, idle_interval, next_read
from .house.devices import Cover, House
from .house.hub import (
    AnyCommand,
    Hub,
    HubAuthError,
    HubError,
    HubUnansweredError,
    Reason,
    SendResult,
)
from .house.kinds import Motion
from .house.queue import CommandQueue
from .house.settling import Settling
from .issues import Issues
from .registry import Departures, Suggestions

type HouseConfigEntry = ConfigEntry[HouseCoordinator]

# What there is changes seldom; what it does is read all the time. A hub that has
# just started may not know yet what it has, so the first surveys come sooner.
SURVEY_EVERY = 300.0
SURVEY_FIRST = 20.0
# A command whose result never showed: the hub may have failed to tell of it.
SURVEY_IN_DOUBT = 15.0
# A scene or a button moves things that nobody can foresee: look often for a while.
STIRRED = 4.0
# What is pushed together is read together.
GATHER_PUSHED = 0.15
SAVE_DELAY = 10.0

_MOVING = (Motion.OPENING, Motion.CLOSING)


def _nothing() -> None:
    """Listen without doing anything."""


class HouseCoordinator(DataUpdateCoordinator[House]):
    """Keeps one hub's house up to date, and carries commands to it."""

    config_entry: HouseConfigEntry
    # The hub's own device, registered before any entity.
    hub_device_id: str | None = None

    def __init__(
        self,
        hass: HomeAssistant,
        entry: HouseConfigEntry,
        hub: Hub,
        store: Store[dict[str, Any]],
    ) -> None:
        """Take the hub, and the store of what it remembers."""
        super().__init__(
            hass,
            LOGGER,
            config_entry=entry,
            name=entry.title,
            update_interval=timedelta(seconds=idle_interval(Seen())),
            always_update=False,
        )
        self.hub = hub
        self.queue = CommandQueue(self._async_send)
        self._store = store
        self._remembered = dict(hub.memory)
        self._settling = Settling()
        self._departures = Departures(hass, entry)
        self._suggestions = Suggestions(hass, entry)
        self._issues = Issues(hass, entry)
        # The house as the hub shows it, without what is under way.
        self._read: House | None = None
        self._read_time = 0.0
        self._full_read_at = 0.0
        self._survey_due = 0.0
        self._survey_gap = SURVEY_FIRST
        self._succeeded_at: float | None = None
        self._stirred_until = 0.0
        self._failures = 0
        self._look: CALLBACK_TYPE | None = None
        self._look_at = 0.0
        self._pushed: set[str] = set()
        self._unlisten: CALLBACK_TYPE | None = None
        self._by_device: dict[str, list[CALLBACK_TYPE]] = {}
        self._on_arrival: list[CALLBACK_TYPE] = []
        self._published: tuple[House, bool] | None = None

    # Who listens

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Listen for updates; with a device's id as context, for that device's."""
        remove = super().async_add_listener(update_callback, context)
        if not isinstance(context, str):
            return remove
        callbacks = self._by_device.setdefault(context, [])
        callbacks.append(update_callback)

        @callback
        def remove_both() -> None:
            callbacks.remove(update_callback)
            remove()

        return remove_both

    @callback
    def async_on_arrival(self, add: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back when a device is there that was not there before."""
        self._on_arrival.append(add)

        @callback
        def remove() -> None:
            self._on_arrival.remove(add)

        return remove

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Tell the entities of the devices that changed, or all of an outage."""
        now = (self.data, self.last_update_success)
        before, self._published = self._published, now
        if before is None or before[0] is now[0] or before[1] != now[1]:
            super().async_update_listeners()
        if before is None or before[0] is now[0]:
            return
        old, new = before[0].devices, now[0].devices
        changed = [key for key, device in new.items() if old.get(key) is not device]
        if any(key not in old for key in changed):
            for add in list(self._on_arrival):
                add()
        if before[1] != now[1]:
            return
        changed += [key for key in old if key not in new]
        for key in changed:
            for update in list(self._by_device.get(key, ())):
                update()

    # Reading

    @override
    async def _async_setup(self) -> None:
        await self._suggestions.async_load()
        try:
            await self.hub.connect()
        except HubError as err:
            raise self._failed(err) from err

    @override
    async def _async_update_data(self) -> House:
        started = time.monotonic()
        try:
            house = await self._async_read(started)
        except HubError as err:
            return self._missed(err)
        now = time.monotonic()
        self._failures = 0
        self._succeeded_at = now
        self._issues.succeeded(self.hub.troubles())
        if self._read is None or (house.complete and self._read is not house):
            self._suggestions.follow(house)
            if house.complete:
                self._departures.judge(house)
        self._read = house
        self._remember()
        if self._settling.judge(house, started, now):
            self._survey_due = min(self._survey_due, now + SURVEY_IN_DOUBT)
        self._plan_next(now, now - started)
        return self._with_settling(house)

    async def _async_read(self, started: float) -> House:
        """Read as much as is due: what moves, all states, or all there is."""
        house = self._read
        if house is None or started >= self._survey_due or self._failures:
            before = house
            house = await self.hub.survey()
            # What comes and goes does not do so alone.
            same = before and before.devices.keys() == house.devices.keys()
            gap = self._survey_gap * 2 if same else SURVEY_FIRST
            self._survey_gap = min(gap, SURVEY_EVERY)
            self._survey_due = started + self._survey_gap
            self._full_read_at = started
            return house
        pushed, self._pushed = self._pushed, set()
        focus = self._focus() | pushed
        stirred = started < self._stirred_until
        idle = idle_interval(self._seen())
        if pushed or (focus and not stirred and started - self._full_read_at < idle):
            return await self.hub.refresh(house, focus)
        house = await self.hub.refresh(house)
        self._full_read_at = started
        self._read_time = time.monotonic() - started
        return house

    def _missed(self, err: HubError) -> House:
        """Bear one missed read; after that, say that the hub is away."""
        self._failures += 1
        interval = next_read(self._seen())
        self.update_interval = timedelta(seconds=interval)
        # Another certificate is no accident that the next read might not meet.
        accident = err.reason is not Reason.CERTIFICATE
        if self._failures == 1 and self.data is not None and accident:
            LOGGER.debug("A read of %s failed: %s", self.name, err)
            return self.data
        raise self._failed(err) from err

    def _failed(self, err: HubError) -> ConfigEntryAuthFailed | UpdateFailed:
        """Return what the user is told, under Repairs as well where he can cure it."""
        self._issues.failed(err)
        if isinstance(err, HubAuthError):
            return ConfigEntryAuthFailed(
                translation_domain=DOMAIN,
                translation_key="refused",
                translation_placeholders={"hub": self.name},
            )
        return UpdateFailed(
            translation_domain=DOMAIN,
            translation_key=f"hub_{err.reason}",
            translation_placeholders={"hub": self.name},
        )

    def _with_settling(self, house: House) -> House:
        shown = self._settling.overlay(house)
        last = self.data
        if last is not None and last is not shown and last.devices == shown.devices:
            # Equal is not the same: keep the objects that entities already know.
            return last if last.rooms == shown.rooms else shown
        return shown

    def _focus(self) -> set[str]:
        """Return the devices of which the hub's next word is waited for."""
        moving = {
            key
            for key, device in (self._read.devices if self._read else {}).items()
            if isinstance(device, Cover) and device.motion in _MOVING
        }
        return moving | set(self._settling.ids)

    def _seen(self) -> Seen:
        return Seen(
            read_time=self._read_time,
            failures=self._failures,
            pushing=self.hub.pushing,
        )

    def report(self) -> dict[str, Any]:
        """Return how the reading goes, for diagnostics; times are in seconds."""
        since, interval = self._succeeded_at, self.update_interval
        return {
            "last_update_success": self.last_update_success,
            "since_success": None if since is None else time.monotonic() - since,
            "failures": self._failures,
            "update_interval": None if interval is None else interval.total_seconds(),
            "read_time": self._read_time,
            "pushing": self.hub.pushing,
            "in_focus": len(self._focus()),
            "pushed": len(self._pushed),
        }

    # Being told

    @callback
    def async_listen(self) -> None:
        """Hear from the hub what changed, where it tells, and go on reading.

        Without a listener nothing is read, and a hub that has nothing yet would
        stay empty.
        """
        self._unlisten = self.hub.listen(self._async_told)
        self.config_entry.async_on_unload(self.async_add_listener(_nothing))

    @callback
    def _async_told(self, device_ids: Collection[str]) -> None:
        """Read what changed soon, with what changes in the next moment.

        What nobody looks at costs nothing: timers tick each second.
        """
        wanted = {key for key in device_ids if self._by_device.get(key)}
        if not wanted:
            return
        gathering = bool(self._pushed)
        self._pushed |= wanted
        if not gathering:
            self._look_in(GATHER_PUSHED)

    # When next

    def _plan_next(self, now: float, took: float) -> None:
        interval = idle_interval(self._seen())
        self.update_interval = timedelta(seconds=interval)
        if self._pushed:
            # They were told of while this was read.
            self._look_in(GATHER_PUSHED)
        elif self._focus() or now < self._stirred_until:
            self._look_in(next_read(Seen(read_time=took, settling=True)))

    @callback
    def _look_in(self, seconds: float) -> None:
        """Read once, sooner than the next regular read."""
        at = time.monotonic() + seconds
        sooner = self._look is not None and self._look_at <= at
        if self._shutdown_requested or sooner:
            return
        self._unsub_look()
        self._look_at = at
        self._look = async_call_later(
            self.hass, seconds, HassJob(self._async_look, cancel_on_shutdown=True)
        )

    @callback
    def _async_look(self, _now: datetime) -> None:
        self._look = None
        self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} - look"
        )

    @callback
    def _unsub_look(self) -> None:
        if self._look is not None:
            self._look()
            self._look = None

    @override
    async def async_shutdown(self) -> None:
        """Stop reading and commanding, and end the session."""
        await super().async_shutdown()
        self._unsub_look()
        if self._unlisten is not None:
            self._unlisten()
        await self.queue.close()
        await self.hub.close()

    # Commanding

    async def _async_send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Send a batch, and show at once what is under way."""
        result = await self.hub.send(commands)
        now = time.monotonic()
        for command, error in zip(commands, result.errors, strict=True):
            if error is None:
                later = result.later.get(command.device_id, 0.0)
                self._settling.sent(command, now, later=later)
                if command.stirs:
                    self._stirred_until = now + STIRRED
            elif isinstance(error, HubUnansweredError):
                self._settling.sent(command, now, doubtful=True)
            elif isinstance(error, HubAuthError):
                self.config_entry.async_start_reauth(self.hass)
        self._remember()
        if self._read is not None and self.last_update_success:
            before, self.data = self.data, self._with_settling(self._read)
            if self.data is not before:
                self.async_update_listeners()
        self._look_in(next_read(Seen(just_sent=True)))
        return result

    def _remember(self) -> None:
        if self.hub.memory != self._remembered:
            self._remembered = dict(self.hub.memory)
            self._store.async_delay_save(lambda: self._remembered, SAVE_DELAY)
