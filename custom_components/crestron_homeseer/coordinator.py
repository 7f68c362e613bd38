"""When to read, what to publish, what is still settling, what came and went."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
import time
from typing import Any, override

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HassJob, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryAuthFailed, HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_call_later
from homeassistant.helpers.storage import Store
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator, UpdateFailed
from homeassistant.util import dt as dt_util

from .const import CONF_KIND, DOMAIN, LOGGER
from .device_entries import DeviceEntries
from .house.cadence import IDLE
from .house.delays import Delays
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
from .house.identity import Judgement
from .house.kinds import Motion
from .house.queue import CommandQueue
from .house.settling import Settling
from .house.timing import Timing
from .identity import Identity
from .issues import Issues
from .refused import Refused
from .registry import Departures, unique_id
from .repair_issues import (
    async_ask_who_is_who,
    async_tell_program,
    async_tell_renumbered,
)
from .takeover import async_take_over, renamed_memory, renaming

type HouseConfigEntry = ConfigEntry[HouseCoordinator]

SAVE_DELAY = 10.0

_MOVING = (Motion.OPENING, Motion.CLOSING)


def _nothing() -> None:
    """Listen without doing anything."""


def _moving_in(house: House) -> Iterator[str]:
    for key, device in house.devices.items():
        if isinstance(device, Cover) and device.motion in _MOVING:
            yield key


def _retyped(before: House, now: House) -> bool:
    """Return whether something is of another kind than it was."""
    return any(
        (old := before.devices.get(key)) is not None and type(old) is not type(device)
        for key, device in now.devices.items()
    )


def _added(listeners: list[CALLBACK_TYPE], listener: CALLBACK_TYPE) -> CALLBACK_TYPE:
    listeners.append(listener)
    return partial(listeners.remove, listener)


class HouseCoordinator(DataUpdateCoordinator[House]):
    """Keeps one hub's house up to date, and carries commands to it."""

    config_entry: HouseConfigEntry

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
            update_interval=timedelta(seconds=IDLE),
            always_update=False,
        )
        self.hub = hub
        self.queue = CommandQueue(self._async_send)
        self._store = store
        self._remembered = dict(hub.memory)
        # What the hub knew before a survey that has other keys made it forget that.
        self._memory_before = dict(hub.memory)
        self._saving = False
        self._settling = Settling(Delays(hub.memory))
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
        self.told_at: datetime | None = None
        self._succeeded_at: float | None = None
        # The seconds between two reads while nothing happens.
        self.read_interval = IDLE
        self._look: CALLBACK_TYPE | None = None
        self._reading = False
        self._unlisten: CALLBACK_TYPE | None = None
        self._by_device: dict[str, tuple[CALLBACK_TYPE, ...]] = {}
        self._on_arrival: list[CALLBACK_TYPE] = []
        self._on_news: list[CALLBACK_TYPE] = []
        self._published: tuple[House, bool] | None = None

    # Who listens

    @callback
    @override
    def async_add_listener(
        self, update_callback: CALLBACK_TYPE, context: Any = None
    ) -> Callable[[], None]:
        """Listen for updates; with a device's id as context, for that device's.

        There are thousands of these, so they are kept once, and small.
        """
        if not isinstance(context, str):
            return super().async_add_listener(update_callback, context)
        others = self._by_device.get(context, ())
        self._by_device[context] = (*others, update_callback)
        return partial(self._remove_listener, context, update_callback)

    def _remove_listener(self, device_id: str, update_callback: CALLBACK_TYPE) -> None:
        left = [each for each in self._by_device[device_id] if each != update_callback]
        self._by_device[device_id] = tuple(left)

    @callback
    def async_on_arrival(self, add: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back when a device is there that was not there before."""
        return _added(self._on_arrival, add)

    @callback
    def async_on_news(self, hear: CALLBACK_TYPE) -> CALLBACK_TYPE:
        """Call back after each read and each push, also where nothing changed."""
        return _added(self._on_news, hear)

    @callback
    @override
    def async_update_listeners(self) -> None:
        """Tell the entities of the devices that changed, or all of an outage."""
        now = (self.data, self.last_update_success)
        before, self._published = self._published, now
        if before is None or before[0] is now[0] or before[1] != now[1]:
            super().async_update_listeners()
            for listeners in list(self._by_device.values()):
                self._tell(listeners)
        if before is None or before[0] is now[0]:
            return
        old, new = before[0].devices, now[0].devices
        changed = [key for key, device in new.items() if old.get(key) is not device]
        if any(key not in old for key in changed):
            self._tell(self._on_arrival)
        if before[1] != now[1]:
            return
        changed += [key for key in old if key not in new]
        for key in changed:
            self._tell(self._by_device.get(key, ()))

    @callback
    def _tell(self, listeners: Iterable[CALLBACK_TYPE]) -> None:
        for listener in list(listeners):
            try:
                listener()
            except Exception:  # noqa: BLE001 - one entity's error is its own
                LOGGER.exception("An entity of %s failed to update", self.name)

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
            self._plan_next()
            raise self._not_taken(UpdateFailed)
        try:
            house = await self._async_begin(started)
        except HubError as err:
            return self._missed(err)
        self._refused.over()
        now = time.monotonic()
        self.timing.done(started, now)
        self._succeeded_at = now
        self._issues.succeeded(self.hub.troubles())
        house = self._admitted(house)
        if self._reloading and self.data is not None:
            return self.data
        if self._read is not house:
            self._moving = frozenset(_moving_in(house))
        self._read = house
        self._remember()
        if self._settling.judge(house, started, now):
            self.timing.doubts(now)
        self._plan_next()
        self._tell(self._on_news)
        return self._with_settling(house)

    # Who is who

    @property
    def prefix(self) -> str:
        """What tells the scenes of this house from those of one that was there before."""
        entry = self.config_entry
        others = self.hass.config_entries.async_entries(
            DOMAIN, include_ignore=False, include_disabled=False
        )
        kind = entry.data[CONF_KIND]
        older = any(
            each.data.get(CONF_KIND) == kind and each.created_at < entry.created_at
            for each in others
        )
        return f"{entry.title} " if older else ""

    def _admitted(self, own: House) -> House:
        """Return a house of the hub as it is shown: each device by who it is."""
        before, self.hub_house = self.hub_house, own
        if before is own:
            return own if self._read is None else self._read
        house = self.identity.admit(own)
        judgement = self.identity.judgement
        if not (self.identity.in_doubt or judgement.renames):
            self._memory_before = dict(self.hub.memory)
        if not own.complete:
            # What is renumbered before anything is known could not be told.
            unknown = before is None and not self.identity.known.devices
            if unknown or self.identity.in_doubt:
                self.timing.survey_soon()
            return house
        if judgement.renames:
            self.async_take_over(judgement)
            if self.identity.update is None:
                async_tell_renumbered(self.hass, self.config_entry, judgement, own)
        elif before is not None and _retyped(before, own):
            self._reload()
        else:
            self.device_entries.follow(house)
            self._departures.judge(own, self.identity.kept)
        async_ask_who_is_who(self.hass, self.config_entry, judgement.questions)
        async_tell_program(self.hass, self.config_entry, self.identity.update)
        return house

    @callback
    def async_take_over(self, judgement: Judgement, gone: Collection[str] = ()) -> None:
        """Give what is known by some keys to those that the hub has for it now.

        It is all loaded anew: what is set and learned is by these keys, too.
        """
        devices = judgement.devices
        async_take_over(self.hass, self.config_entry, devices, judgement.roots)
        self.identity.take_over(judgement, gone)
        self._remembered = renamed_memory(self._memory_before, renaming(devices))
        self._reload()

    @callback
    def _reload(self) -> None:
        self._reloading = True
        self.hass.config_entries.async_schedule_reload(self.config_entry.entry_id)

    async def _async_begin(self, started: float) -> House:
        """Read; when that is done, it is planned anew when to read next."""
        self.timing.begins()
        self._unsub_look()
        self._reading = True
        try:
            return await self._async_read(started)
        finally:
            self._reading = False

    async def _async_read(self, started: float) -> House:
        """Read as much as is due: what moves, all states, or all there is."""
        last = self.hub_house
        if last is None or self.timing.survey_due(started):
            house = await self.hub.survey()
            if last is None and self.identity.doubts(house):
                # A second one is complete, and tells who is who before all is set up.
                house = await self.hub.survey()
            # An empty house is one that is still starting: nobody lives in none.
            same = (
                last is not None
                and bool(house.devices)
                and last.devices.keys() == house.devices.keys()
            )
            self.timing.surveyed(started, time.monotonic(), same=same)
            return house
        focus = self._focus() | self.timing.take_pushed(started)
        if self.timing.stirred(started):
            focus |= self._by_device.keys()
        all_due = self.timing.all_due(started, self._due(), pushing=self.hub.pushing)
        if focus and not all_due:
            return await self.hub.refresh(last, focus)
        house = await self.hub.refresh(last, focus, more=True)
        self.timing.read_all(started, time.monotonic() - started)
        return house

    def _missed(self, err: HubError) -> House:
        """Bear one missed read; after that, say that the hub is away."""
        self.timing.failures += 1
        # Another certificate is no accident that the next read might not meet.
        accident = err.reason is not Reason.CERTIFICATE
        if self.timing.failures == 1 and self.data is not None and accident:
            LOGGER.debug("A read of %s failed: %s", self.name, err)
            self._plan_next()
            return self.data
        failure = self._failed(err)
        if self._refused.wait is not None:
            self._refused.again()
        self._plan_next()
        raise failure from err

    def _failed(self, err: HubError) -> ConfigEntryAuthFailed | UpdateFailed:
        """Return what the user is told, under Repairs as well where he can cure it."""
        self._issues.failed(err)
        if isinstance(err, HubAuthError):
            self._refused.again()
            if self._read is not None:
                self._refused.ask_user()
                return self._not_taken(UpdateFailed)
            # Home Assistant asks the user, and tries to set up no more by itself.
            self._refused.keep_asking(self.hub)
            return self._not_taken(ConfigEntryAuthFailed)
        return UpdateFailed(
            translation_domain=DOMAIN,
            translation_key=f"hub_{err.reason}",
            translation_placeholders={"hub": self.name},
        )

    def _not_taken[FailureT: HomeAssistantError](
        self, kind: type[FailureT]
    ) -> FailureT:
        return kind(
            translation_domain=DOMAIN,
            translation_key="refused",
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
        return {*self._moving, *self._settling.ids}

    def report(self) -> dict[str, Any]:
        """Return how the reading goes, for diagnostics; times are in seconds."""
        since = self._succeeded_at
        return {
            "last_update_success": self.last_update_success,
            "since_success": None if since is None else time.monotonic() - since,
            "failures": self.timing.failures,
            "update_interval": self.read_interval,
            "read_time": self.timing.read_time,
            "pushing": self.hub.pushing,
            "in_focus": len(self._focus()),
            "pushed": len(self.timing.pushed),
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
        self._plan_next()
        # Home Assistant stops without unloading, and a session would stay open.
        self.config_entry.async_on_unload(
            self.hass.bus.async_listen(EVENT_HOMEASSISTANT_STOP, self._async_stop)
        )

    async def _async_stop(self, _: Event) -> None:
        await self.async_shutdown()

    @callback
    def _async_told(self, device_ids: Collection[str]) -> None:
        """Read what changed at once, or with others where much changes.

        What nobody looks at costs nothing: timers tick each second.
        """
        self.told_at = dt_util.utcnow()
        self._tell(self._on_news)
        wanted = {key for key in device_ids if self._by_device.get(key)}
        if not wanted:
            return
        if self.timing.told(wanted, time.monotonic()):
            self._plan_next()

    # When next

    def _due(self) -> float:
        """Return in how long something that anybody looks at is due."""
        return self.hub.due_in(lambda key: bool(self._by_device.get(key)))

    @callback
    def _plan_next(self) -> None:
        """Read regularly, and once sooner where that is due."""
        if self._reading:
            return
        if (wait := self._refused.wait) is not None:
            self.update_interval = None
            self._look_in(wait)
            return
        next_ = self.timing.plan(
            time.monotonic(),
            self._due(),
            self._settling,
            moving=bool(self._moving),
            pushing=self.hub.pushing,
            polled=not self.config_entry.pref_disable_polling,
        )
        nobody = self._nobody_looks()
        # Home Assistant's own timer counts whole seconds; it is there for when a look
        # is not, and comes no sooner.
        regular = timedelta(seconds=next_.regular + 1)
        self.update_interval = None if nobody else regular
        by_plan = self.hub.pushing or self.timing.failures
        self.read_interval = next_.regular if by_plan else self.hub.interval
        self._look_in(None if nobody else next_.look)

    def _nobody_looks(self) -> bool:
        """Return whether the user has disabled all there is; enabling any reloads."""
        # One listener is our own.
        if any(self._by_device.values()) or len(self._listeners) > 1:
            return False
        entities = er.async_entries_for_config_entry(
            er.async_get(self.hass), self.config_entry.entry_id
        )
        disabled = {entity.unique_id for entity in entities if entity.disabled}
        here = self.hub_house.devices if self.hub_house else {}
        # What has no entity yet was disabled by nobody.
        return bool(here) and all(
            unique_id(self.config_entry, key) in disabled for key in here
        )

    def _look_in(self, seconds: float | None) -> None:
        self._unsub_look()
        if seconds is None or self._read is None or self._shutdown_requested:
            return
        look = HassJob(self._async_look, cancel_on_shutdown=True)
        self._look = async_call_later(self.hass, seconds, look)

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
        # Who loads it again reads the file, and what is late writes over what is new.
        await self.identity.async_save()
        if self._saving or self._reloading:
            await self._store.async_save(self._memory_to_save())

    # Commanding

    async def _async_send(self, commands: Sequence[AnyCommand]) -> SendResult:
        """Send a batch, and show at once what is under way."""
        if self._refused.wait is not None:
            refused = HubAuthError(Reason.BAD_LOGIN)
            return SendResult((refused,) * len(commands))
        result = await self.hub.send(commands)
        now = time.monotonic()
        shown = self._read.devices if self._read else {}
        self.timing.sent(
            now,
            stirs=any(command.stirs for command in commands),
            blind=any(result.errors) or any(each.slot is None for each in commands),
        )
        for command, error in zip(commands, result.errors, strict=True):
            if error is None:
                self._settling.sent(
                    command,
                    now,
                    before=shown.get(command.device_id),
                    later=result.later.get(command.device_id, 0.0),
                )
            elif isinstance(error, HubUnansweredError):
                self._settling.sent(command, now, doubtful=True)
            elif isinstance(error, HubAuthError):
                # A guest may look, whatever else is refused.
                self._refused.ask_user(lasting=error.reason is Reason.NO_RIGHTS)
        self._remember()
        if self._read is not None and self.last_update_success:
            before, self.data = self.data, self._with_settling(self._read)
            if self.data is not before:
                self.async_update_listeners()
        self._plan_next()
        return result

    def _remember(self) -> None:
        """Save what was learned, soon; what is learned all the time delays nothing.

        Each thing that is learned anew is another object, so this compares little.
        """
        known = self._saving or self._reloading
        if not known and self.hub.memory != self._remembered:
            self._saving = True
            self._store.async_delay_save(self._memory_to_save, SAVE_DELAY)

    def _memory_to_save(self) -> dict[str, Any]:
        self._saving = False
        if not self._reloading:
            self._remembered = dict(self.hub.memory)
        return self._remembered
