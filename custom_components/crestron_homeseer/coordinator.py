"""When to read, what to publish, what is still settling, what came and went."""

from collections.abc import Collection, Sequence
from datetime import datetime
import time
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HassJob, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.update_coordinator import UpdateFailed
from homeassistant.util import dt as dt_util

from .const import LOGGER
from .device_entries import DeviceEntries
from .house.cadence import Timing
from .house.devices import House
from .house.hub import (
    AnyCommand,
    Hub,
    HubAuthError,
    HubError,
    HubUnansweredError,
    Reason,
    SendResult,
)
from .house.identity import Comparison
from .house.queue import CommandQueue
from .house.settling import Settling
from .identity import Identity
from .issues import Issues
from .listeners import DeviceCoordinator
from .refused import Refused
from .registry import Departures, all_disabled, retyped
from .repair_issues import (
    async_ask_who_is_who,
    async_tell_program,
    async_tell_renumbered,
)
from .stores import Cache, Memory
from .takeover import async_take_over, renamed_memory, renaming

type HouseConfigEntry = ConfigEntry[HouseCoordinator]


class HouseCoordinator(DeviceCoordinator):
    """Keeps one hub's house up to date, and carries commands to it."""

    config_entry: HouseConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: HouseConfigEntry, hub: Hub, store: Cache
    ) -> None:
        """Take the hub, and the store of what it remembers."""
        super().__init__(
            hass, LOGGER, config_entry=entry, name=entry.title, always_update=False
        )
        self.hub = hub
        self.queue = CommandQueue(self._async_send)
        self._memory = Memory(store, hub.memory)
        self._settling = Settling()
        self._departures = Departures(hass, entry)
        self.identity = Identity(hass, entry)
        self.device_entries = DeviceEntries(hass, self.identity)
        # What the registries know by other keys is loaded anew before it is shown.
        self._reloading = False
        self._issues = Issues(hass, entry)
        self._refused = Refused(hass, entry)
        # The house as the hub has it, and without what has no entity for now; what is
        # under way is in neither.
        self.hub_house: House | None = None
        self._read: House | None = None
        self._moving: frozenset[str] = frozenset()
        self.timing = Timing()
        # When push last told of anything.
        self.last_push_at: datetime | None = None
        self._reading = False
        self._unlisten: CALLBACK_TYPE | None = None

    # Reading

    @override
    async def _async_setup(self) -> None:
        await self.identity.async_load()
        try:
            await self.hub.connect()
        except HubError as err:
            raise self._failed(err) from err

    @override
    async def _async_update_data(self) -> House:
        started = time.monotonic()
        if (self._refused.wait or 0.0) > 1.0:
            # Whoever asks for a read does not know what too many logins lead to.
            raise self._refused.error(UpdateFailed)
        self.timing.read_started()
        self._reading = True
        try:
            house = await self._async_read(started)
        except HubError as err:
            return self._missed(err)
        finally:
            self._reading = False
        self._refused.over()
        now = time.monotonic()
        self.timing.read_done(started, now)
        self._issues.succeeded(self.hub.issues())
        house = self._admitted(house)
        if self._reloading and self.data is not None:
            return self.data
        if self._read is not house:
            self._moving = house.moving
        self._read = house
        self._memory.save_soon()
        if self._settling.update(house, started, now):
            self.timing.unconfirmed(now)
        self._call(self._on_news)
        shown = self._with_settling(house)
        if not self._settling.ids:
            # The next read compares with what is shown: the same is soon the same.
            self._read = shown
        return shown

    # Who is who

    def _admitted(self, own: House) -> House:
        """Return a house of the hub as it is shown: each device by who it is."""
        before, self.hub_house = self.hub_house, own
        if before is own:
            return own if self._read is None else self._read
        house = self.identity.admit(own)
        comparison = self.identity.comparison
        if not (self.identity.in_doubt or comparison.renames):
            self._memory.trust()
        if not own.complete:
            # What is renumbered before anything is known could not be told.
            unknown = before is None and not self.identity.known.devices
            if unknown or self.identity.in_doubt:
                self.timing.request_survey()
            return house
        if comparison.renames:
            self.async_take_over(comparison)
            if self.identity.update is None:
                async_tell_renumbered(self.hass, self.config_entry, comparison, own)
        elif before is not None and retyped(before, own):
            self._reload()
        else:
            self.device_entries.follow(house)
            self._departures.judge(own, self.identity.kept)
        async_ask_who_is_who(self.hass, self.config_entry, comparison.questions)
        async_tell_program(self.hass, self.config_entry, self.identity.update)
        return house

    @callback
    def async_take_over(
        self, comparison: Comparison, gone: Collection[str] = ()
    ) -> None:
        """Give what is known by some keys to those that the hub has for it now.

        It is all loaded anew: what is set and learned is by these keys, too.
        """
        devices = comparison.devices
        async_take_over(self.hass, self.config_entry, devices, comparison.roots)
        self.identity.take_over(comparison, gone)
        renamed = renaming(devices)
        self._memory.close(lambda memory: renamed_memory(memory, renamed))
        self._reload()

    @callback
    def _reload(self) -> None:
        self._reloading = True
        self._memory.close()
        self.hass.config_entries.async_schedule_reload(self.config_entry.entry_id)

    async def _async_read(self, started: float) -> House:
        """Read as much as is due: what moves, all states, or all there is."""
        last = self.hub_house
        alone = self.timing.pushed_alone()
        if last is None or (self.timing.survey_due(started) and not alone):
            house = await self.hub.survey()
            if last is None and self.identity.doubts(house):
                # A second one is complete, and tells who is who before all is set up.
                house = await self.hub.survey()
            # An empty house is one that is still starting: nobody lives in none.
            known = last.devices.keys() if last else set()
            same = bool(known) and known == house.devices.keys()
            self.timing.surveyed(started, time.monotonic(), same=same)
            return house
        focus = self._focus() | self.timing.take_pushed(started)
        if self.timing.after_scene(started):
            focus |= self._by_device.keys()
        if focus and (
            alone
            or not self.timing.all_due(started, self._due(), pushing=self.hub.pushing)
        ):
            return await self.hub.refresh(last, focus)
        house = await self.hub.refresh(last, focus, more=True)
        self.timing.read_all(started, time.monotonic() - started)
        return house

    def _missed(self, err: HubError) -> House:
        """Bear one missed read; after that, say that the hub is away."""
        self.timing.failures += 1
        # Another certificate is no accident that the next read might not meet.
        lasting = self.timing.failures > 1 or err.reason is Reason.CERTIFICATE
        if self.data is not None and not lasting:
            LOGGER.debug("A read of %s failed: %s", self.name, err)
            return self.data
        failure = self._failed(err)
        if self._refused.wait is not None:
            self._refused.again()
        raise failure from err

    def _failed(self, err: HubError) -> ConfigEntryAuthFailed | UpdateFailed:
        """Return what the user is told, under Repairs as well where he can cure it."""
        self._issues.failed(err)
        return self._refused.failure(err, self.hub, loaded=self._read is not None)

    def _with_settling(self, house: House) -> House:
        shown = self._settling.overlay(house)
        last = self.data
        if last is not None and last is not shown and last.devices == shown.devices:
            # Equal is not the same: keep the objects that entities already know.
            return last if last.rooms == shown.rooms else shown
        return shown

    def _focus(self) -> set[str]:
        """Return the devices of which the hub's next word is waited for."""
        return {*self._moving, *self._settling.ids}

    def report(self) -> dict[str, Any]:
        """Return how the reading goes, for diagnostics; times are in seconds."""
        read_at = self.timing.read_at
        return {
            "last_update_success": self.last_update_success,
            "since_success": time.monotonic() - read_at if read_at else None,
            "failures": self.timing.failures,
            "update_interval": self.read_interval,
            "read_time": self.timing.read_time,
            "pushing": self.hub.pushing,
            "in_focus": len(self._focus()),
            "pushed": len(self.timing.pushed),
            "last_push_at": self.last_push_at and self.last_push_at.isoformat(),
        }

    # Being told

    @callback
    def async_listen(self) -> None:
        """Hear from the hub what changed, where it tells, and go on reading.

        Without a listener nothing is read, also where nothing is there yet.
        """
        self._unlisten = self.hub.listen(self._async_told)
        self.config_entry.async_on_unload(self.async_add_listener(lambda: None))
        self._schedule_refresh()
        # Home Assistant stops without unloading, and a session would stay open.
        self.config_entry.async_on_unload(
            self.hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self.async_shutdown)
        )

    @callback
    def _async_told(self, device_ids: Collection[str] | None) -> None:
        """Read what changed at once, or with others where much changes.

        What nobody looks at costs nothing: timers tick each second.
        """
        self.last_push_at = dt_util.utcnow()
        self._call(self._on_news)
        if device_ids is None:
            self.timing.request_survey()
            self._schedule_refresh()
            return
        wanted = {key for key in device_ids if self._by_device.get(key)}
        if wanted and self.timing.push(wanted, time.monotonic()):
            self._schedule_refresh()

    # When next

    def _due(self) -> float:
        """Return in how long something that anybody looks at is due."""
        return self.hub.due_in(lambda key: bool(self._by_device.get(key)))

    @property
    def read_interval(self) -> float:
        """The seconds between two reads while nothing happens."""
        return self.timing.regular(self.hub.interval, pushing=self.hub.pushing)

    @callback
    @override
    def _schedule_refresh(self) -> None:
        """Plan the next read; Home Assistant's own timer counts whole seconds."""
        if self._reading:
            # It is planned when that is done.
            return
        self._async_unsub_refresh()
        seconds = self._refused.wait
        if seconds is None and not self._nobody_looks():
            now = time.monotonic()
            seconds = self.timing.next_read(
                now,
                self._due(),
                self._settling.next_check(self.timing.interval),
                moving=bool(self._moving),
                pushing=self.hub.pushing,
                polled=not self.config_entry.pref_disable_polling,
            )
        if seconds is not None and self._read and not self._shutdown_requested:
            look = HassJob(self._async_look, cancel_on_shutdown=True)
            self._unsub_refresh = async_call_later(self.hass, seconds, look)

    def _nobody_looks(self) -> bool:
        """Return whether the user has disabled all there is; enabling any reloads."""
        # One listener is our own.
        if any(self._by_device.values()) or len(self._listeners) > 1:
            return False
        house = self.hub_house
        return house is not None and all_disabled(self.hass, self.config_entry, house)

    @callback
    def _async_look(self, _now: datetime) -> None:
        self._unsub_refresh = None
        self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} - look"
        )

    @override
    async def async_shutdown(self, _: Event | None = None) -> None:
        """Stop reading and commanding, and end the session."""
        await super().async_shutdown()
        if self._unlisten is not None:
            self._unlisten()
        await self.queue.close()
        await self.hub.close()
        # Who loads it again reads the file, and what is late writes over what is new.
        await self.identity.async_save()
        await self._memory.async_save()

    # Commanding

    async def _async_send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Send a batch, and show at once what is under way."""
        if self._refused.wait is not None:
            refused = HubAuthError(Reason.BAD_LOGIN)
            return SendResult((refused,) * len(commands))
        result = await self.hub.send(commands)
        now = time.monotonic()
        self.timing.sent(
            now,
            scene=any(command.affects_others for command in commands),
            unconfirmable=any(result.errors)
            or any(each.slot is None for each in commands),
        )
        for command, error in zip(commands, result.errors, strict=True):
            if error is None:
                delay = result.delays.get(command.device_id, 0.0)
                self._settling.sent(command, now, delay=delay)
            elif isinstance(error, HubUnansweredError):
                self._settling.sent(command, now, answer_lost=True)
            elif isinstance(error, HubAuthError):
                # A guest may look, whatever else is refused.
                self._refused.ask_user(lasting=error.reason is Reason.NO_RIGHTS)
        self._memory.save_soon()
        if self._read is not None and self.last_update_success:
            before, self.data = self.data, self._with_settling(self._read)
            if self.data is not before:
                self.async_update_listeners()
        self._schedule_refresh()
        return result
