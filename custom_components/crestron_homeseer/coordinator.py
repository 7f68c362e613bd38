"""When to read, what to publish, what is still settling, what came and went."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
import time
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator
from homeassistant.util import dt as dt_util

from .const import LOGGER
from .house.cadence import Timing
from .house.devices import Device, House
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
from .house.queue import CommandQueue, Settling
from .identity import Identity
from .issues import Issues
from .registry import HUB_ID, DeviceEntries

type HouseConfigEntry = ConfigEntry[HouseCoordinator]

# What is listened to besides devices: that there are new ones.
ARRIVALS: Final = object()


class HouseCoordinator(DataUpdateCoordinator[House]):
    """Keeps one hub's house up to date, and carries commands to it."""

    config_entry: HouseConfigEntry

    def __init__(
        self, hass: HomeAssistant, entry: HouseConfigEntry, hub: Hub, identity: Identity
    ) -> None:
        """Take the hub, and what is known of it from before."""
        super().__init__(
            hass, LOGGER, config_entry=entry, name=entry.title, always_update=False
        )
        self.hub = hub
        self.queue = CommandQueue(self._async_send)
        self.timing = Timing()
        self.identity = identity
        self.device_entries = DeviceEntries(
            hass, entry, identity.areas, identity.store.save_soon
        )
        self._issues = Issues.of(hass, entry)
        self._settling = Settling()
        # The house as the hub has it, and without what has no entity for now; what is
        # under way is in neither.
        self.hub_house: House | None = None
        self._house: House | None = None
        self._moving: frozenset[str] = frozenset()
        # What the listeners were last called for.
        self._published: tuple[Mapping[str, Device], bool] = {}, True
        # How many there were when it was worked out what they listen to, and that.
        self._listened: tuple[int, frozenset[str]] | None = None
        # When push last reported anything.
        self.last_push_at: datetime | None = None
        self._reading = False
        # What the registries know by other keys is loaded anew before it is shown.
        self._reloading = False
        self._unlisten: CALLBACK_TYPE | None = None

    # Listeners

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Listen for changes of the device whose id is the context, or for `ARRIVALS`.

        Whatever the context, an outage and its end are for all.
        """
        self._listened = None
        return super().async_add_listener(update_callback, context)

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Update the entities of the devices that changed, or all after an outage."""
        # There is no house yet where the first read has failed.
        new = self.data.devices if self.data else {}
        old, available = self._published
        self._published = new, self.last_update_success
        changed: set[object] = {*(old.keys() - new.keys())}.union(
            key
            for key, device in new.items()
            if (before := old.get(key)) is not device and before != device
        )
        if available is not self.last_update_success:
            changed = {HUB_ID, *old, *new}
        if new.keys() - old.keys():
            changed.add(ARRIVALS)
        # One for each entity that asks before it is called takes a kilobyte of each.
        for update_callback, context in list(self._listeners.values()):
            if context in changed:
                try:
                    update_callback()
                except Exception:  # noqa: BLE001 - one entity's error is its own
                    LOGGER.exception("An entity of %s failed to update", self.name)

    @property
    def listened(self) -> frozenset[str]:
        """The devices that have an entity which is enabled.

        Between two that are added, others are only removed, and they get fewer.
        """
        count, listened = self._listened or (0, frozenset())
        if count != len(self._listeners):
            listened = frozenset({*self.async_contexts()} - {ARRIVALS})
            self._listened = len(self._listeners), listened
        return listened

    # Reading

    @override
    async def _async_setup(self) -> None:
        self._check_login()
        try:
            await self.hub.connect()
        except HubError as err:
            raise self._issues.failed(err) from err

    def _check_login(self) -> None:
        """Raise where the hub is not to be asked yet, after refused logins."""
        if (self._issues.login_wait or 0.0) > 1.0:
            raise self._issues.error()

    @override
    async def _async_update_data(self) -> House:
        self._check_login()
        started = time.monotonic()
        self.timing.read_started()
        self._reading = True
        try:
            own = await self._async_read(started)
        except HubError as err:
            self.timing.failures += 1
            # One missed read is borne. Another certificate is no accident that the
            # next read might not meet.
            lasting = self.timing.failures > 1 or err.reason is Reason.CERTIFICATE
            if self.data is None or lasting:
                raise self._issues.failed(err) from err
            LOGGER.debug("A read of %s failed: %s", self.name, err)
            return self.data
        finally:
            self._reading = False
        now = time.monotonic()
        self.timing.read_done(started, now)
        self._issues.succeeded(self.hub.issues())
        if own is not self.hub_house or self._house is None:
            self._house = self._admitted(own)
            self._moving = self._house.moving
        if self._reloading and self.data is not None:
            return self.data
        self.identity.remember(self.hub.memory)
        if self._settling.update(self._house, started, now):
            self.timing.unconfirmed(now)
        return self._settling.overlay(self._house)

    async def _async_read(self, started: float) -> House:
        """Read as much as is due: what moves, all states, or all there is."""
        last = self.hub_house
        alone = self.timing.pushed_alone()
        if last is None or (self.timing.survey_due(started) and not alone):
            house = await self.hub.survey()
            if last is None and self.identity.may_differ(house):
                # A second one is complete, and decides before all is set up.
                house = await self.hub.survey()
            # An empty house is one that is still starting: nobody lives in none.
            known = last.devices.keys() if last else set()
            same = bool(known) and known == house.devices.keys()
            self.timing.surveyed(started, time.monotonic(), same=same)
            return house
        focus = {*self._moving, *self._settling.ids, *self.timing.take_pushed(started)}
        if self.timing.after_scene(started):
            focus |= self.listened
        if focus and (
            alone
            or not self.timing.all_due(started, self._due(), pushing=self.hub.pushing)
        ):
            return await self.hub.refresh(last, focus)
        house = await self.hub.refresh(last, focus, more=True)
        self.timing.read_all(started, time.monotonic() - started)
        return house

    # What came and went

    def _admitted(self, own: House) -> House:
        """Return a house of the hub without what may be something else that is known."""
        before, self.hub_house = self.hub_house, own
        house = self.identity.admit(own)
        comparison = self.identity.comparison
        if not own.complete:
            # What is renumbered before anything is known could not be recognised.
            unknown = before is None and not self.identity.known.devices
            if unknown or self.identity.awaiting_survey:
                self.timing.request_survey()
            return house
        if comparison.renames:
            self.async_take_over(comparison)
        elif before is not None and any(
            type(before.devices.get(key, device)) is not type(device)
            for key, device in own.devices.items()
        ):
            self._reload()
        else:
            self.device_entries.follow(house)
            self.device_entries.remove_missing(own, self.identity.kept)
        self._issues.compared(comparison, own, self.identity.program_change)
        return house

    @callback
    def async_take_over(
        self, comparison: Comparison, gone: Collection[str] = ()
    ) -> None:
        """Give what is known by some keys to those that the hub has for it now.

        It is all loaded anew: what is set and learned is by these keys, too.
        """
        self.identity.take_over(comparison, gone)
        self._reload()

    @callback
    def _reload(self) -> None:
        self._reloading = True
        self.hass.config_entries.async_schedule_reload(self.config_entry.entry_id)

    # Push

    @callback
    def async_listen(self) -> None:
        """Let the hub report what changed, where it does, and go on reading."""
        self._unlisten = self.hub.listen(self._async_pushed)
        self._schedule_refresh()
        # Home Assistant stops without unloading, and a session would stay open.
        self.config_entry.async_on_unload(
            self.hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self.async_shutdown)
        )

    @callback
    def _async_pushed(self, device_ids: Collection[str] | None) -> None:
        """Read what changed at once, or with others where much changes.

        What has no entity costs nothing: timers tick each second.
        """
        self.last_push_at = dt_util.utcnow()
        if device_ids is None:
            self.timing.request_survey()
            self._schedule_refresh()
            return
        wanted = self.listened.intersection(device_ids)
        if wanted and self.timing.push(wanted, time.monotonic()):
            self._schedule_refresh()

    # When next

    def _due(self) -> float:
        """Return in how long something that has an entity is due."""
        return self.hub.due_in(self.listened)

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
        seconds, house = self._issues.login_wait, self._house
        # Where all there is is disabled nothing is read: enabling any reloads.
        if seconds is None and house and (self.listened or not house.devices):
            now = time.monotonic()
            seconds = self.timing.next_read(
                now,
                self._due(),
                self._settling.next_check(self.timing.interval),
                moving=bool(self._moving),
                pushing=self.hub.pushing,
                polled=not self.config_entry.pref_disable_polling,
            )
        if seconds is not None and house and not self._shutdown_requested:
            timer = self.hass.loop.call_later(seconds, self._async_read_later)
            self._unsub_refresh = timer.cancel

    @callback
    def _async_read_later(self) -> None:
        self._unsub_refresh = None
        self.config_entry.async_create_background_task(
            self.hass, self.async_refresh(), f"{self.name} - read"
        )

    @override
    async def async_shutdown(self, _: Event | None = None) -> None:
        """Stop reading and commanding, and end the session."""
        await super().async_shutdown()
        if self._unlisten is not None:
            self._unlisten()
        await self.queue.close()
        await self.hub.close()
        await self.identity.async_flush()

    # Commanding

    async def _async_send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Send a batch, and show at once what is under way."""
        if self._issues.login_wait is not None:
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
                # A guest may read, whatever else is refused.
                self._issues.ask_login(lasting=error.reason is Reason.NO_RIGHTS)
        if self._house is not None and self.last_update_success:
            self.data = self._settling.overlay(self._house)
            self.async_update_listeners()
        self._schedule_refresh()
        return result
