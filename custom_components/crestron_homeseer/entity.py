"""The base entity, and the one helper by which every platform adds its entities."""

from collections.abc import Callable, Coroutine, Generator, Iterator, Mapping
from enum import IntFlag, StrEnum
from functools import partial, reduce
from itertools import batched
from operator import or_
from typing import Any, override

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity_platform import (
    AddConfigEntryEntitiesCallback,
    async_get_current_platform,
)
from homeassistant.helpers.update_coordinator import CoordinatorEntity
from homeassistant.util import slugify

from .const import DOMAIN
from .coordinator import ARRIVALS, HouseConfigEntry, HouseCoordinator
from .house.access import needs_consent
from .house.devices import Device, Root
from .house.hub import (
    HUB_MESSAGE,
    AnyCommand,
    HubAuthError,
    HubConnectionError,
    HubError,
    HubUnansweredError,
    Reason,
)
from .house.queue import in_turns
from .registry import entities_of, scene_prefix, unique_id
from .takeover import async_carry_over

# So many entities are added without a look at the clock.
AT_ONCE = 10


class HouseEntity[DeviceT: Device](CoordinatorEntity[HouseCoordinator]):
    """One device of the house as one entity."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: HouseCoordinator, device: DeviceT) -> None:
        """Take the device; what it shows later is read from the coordinator."""
        super().__init__(coordinator, context=device.id)
        entry = coordinator.config_entry
        self.device = device
        self._attr_unique_id = unique_id(entry, device.id)
        self._attr_entity_registry_enabled_default = not device.hidden
        # What may open a way in is shown nowhere before the owner says so.
        self._attr_entity_registry_visible_default = not needs_consent(
            device, coordinator.data.root_of(device).name
        )
        self._update_attrs()

    def suggest_entity_id(self, domain: str) -> None:
        """Say the name of a room only once: its device has it, and its area, too.

        What the vendor named keeps its name.
        """
        root = self.coordinator.data.root_of(self.device)
        if isinstance(root, Root) and root.service and root.room_id is not None:
            name = short_name(self.device.name, root.name) or ""
            self.entity_id = f"{domain}.{slugify(f'{root.name} {name}')}"

    @property
    @override
    def device_info(self) -> DeviceInfo | None:
        """Describe what the device is a part of; asked once, and not to be kept."""
        coordinator = self.coordinator
        return coordinator.device_entries.info(coordinator.data, self.device)

    def _update_attrs(self) -> None:
        """Set the attributes by the device, at first and whenever it has changed.

        A hub that starts may know little of a device at first; a name that the user
        gave goes before the hub's.
        """
        device = self.device
        if self._named_by_class():
            return
        root = self.coordinator.data.root_of(device)
        # People say "movie night", not "whole house movie night"; where there are
        # several houses, they have to say which one.
        if root.virtual:
            coordinator = self.coordinator
            prefix = scene_prefix(coordinator.hass, coordinator.config_entry)
            self._attr_name = f"{prefix}{device.full_name}"
        else:
            self._attr_name = short_name(device.full_name, root.name)

    def _named_by_class(self) -> bool:
        """Return whether the device class is the better name."""
        return False

    def _update_device(self) -> None:
        """Take the device as it is now; the last known one stays when it is gone."""
        device = self.coordinator.data.devices.get(self.device.id)
        if device is not self.device and isinstance(device, type(self.device)):
            self.device = device
            self._update_attrs()

    @override
    async def async_added_to_hass(self) -> None:
        """Show what has changed since the entity was made."""
        await super().async_added_to_hass()
        self._update_device()

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self._update_device()
        super()._handle_coordinator_update()

    @property
    @override
    def available(self) -> bool:
        """Return whether the hub is there, has the device and reaches it."""
        device = self.coordinator.data.devices.get(self.device.id)
        return (
            super().available
            and isinstance(device, type(self.device))
            and device.online
        )

    def invalid(self, key: str, **placeholders: str) -> ServiceValidationError:
        """Return the error for what the device cannot be asked for."""
        return ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders={"device": self.device.name, **placeholders},
        )

    async def async_command(self, *commands: AnyCommand) -> None:
        """Have commands carried out; raises HomeAssistantError with the reason."""
        await async_carry_out(self.coordinator, self.device.name, *commands)


async def async_carry_out(
    coordinator: HouseCoordinator, name: str, *commands: AnyCommand
) -> None:
    """Have commands carried out; raises HomeAssistantError that names the device."""
    try:
        await coordinator.queue.put(*commands)
    except HubError as err:
        message = {k: v for k, v in err.issue.facts.items() if k == HUB_MESSAGE}
        match err:
            case HubUnansweredError():
                key = "command_unanswered"
            case HubConnectionError(reason=Reason.CLOSING):
                key = "command_closing"
            case HubAuthError():
                key = "command_refused"
            case HubConnectionError():
                key = "command_unreachable"
            case _:
                key = "command_declined_saying" if message else "command_declined"
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key=key,
            translation_placeholders={"device": name, **message},
        ) from err


def short_name(name: str, root_name: str) -> str | None:
    """Return a name without its root's in front; None where nothing is left."""
    if name.lower() == root_name.lower():
        return None
    if name.lower().startswith(root_name.lower()):
        rest = name[len(root_name) :]
        # Nothing is left where only the small letters are longer.
        if rest and not rest[0].isalnum():
            return rest.lstrip(" -–—:/,.") or None
    return name


def matching[OwnT: StrEnum, TheirT: StrEnum](
    own: type[OwnT], theirs: type[TheirT], others: Mapping[OwnT, TheirT] | None = None
) -> dict[OwnT, TheirT]:
    """Return Home Assistant's members for ours of the same name, and for some others."""
    members = theirs.__members__
    same = {each: members[each.name] for each in own if each.name in members}
    return {**same, **(others or {})}


def offered[FlagT: IntFlag](features: Mapping[FlagT, object]) -> FlagT:
    """Return together the features that are true; the first stands for none, too."""
    none = next(iter(features)) & 0
    return reduce(or_, (each for each, has in features.items() if has), none)


def sends(
    command: Callable[..., AnyCommand], **fields: Any
) -> Callable[..., Coroutine[Any, Any, None]]:
    """Return an entity's method that sends its device a command with these fields."""

    async def send(self: HouseEntity[Any], **_: Any) -> None:
        await self.async_command(command(device_id=self.device.id, **fields))

    return send


type Setup = Callable[
    [HomeAssistant, HouseConfigEntry, AddConfigEntryEntitiesCallback],
    Coroutine[Any, Any, None],
]
type Make = Callable[[HouseCoordinator, Any], HouseEntity[Any]]


def setting_up(kind: type[Device], make: Make) -> Setup:
    """Return the `async_setup_entry` of a platform that shows devices of a type."""

    async def async_setup_entry(
        hass: HomeAssistant,
        entry: HouseConfigEntry,
        async_add_entities: AddConfigEntryEntitiesCallback,
    ) -> None:
        await async_add_devices(entry, async_add_entities, kind, make)

    return async_setup_entry


async def async_add_devices(
    entry: HouseConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    kind: type[Device],
    make: Make,
) -> None:
    """Add an entity for each device of a type, now and whenever one arrives."""
    coordinator = entry.runtime_data
    domain = async_get_current_platform().domain
    known: set[str] = set()

    def adding() -> Generator[None]:
        # Home Assistant adds all that it gets at once, and hundreds take long.
        new = _entities_of_new(entry, domain, kind, make, known)
        for part in batched(new, AT_ONCE, strict=False):
            # In between, the user may have had enough.
            if entry.state is not ConfigEntryState.UNLOAD_IN_PROGRESS:
                async_add_entities(part)
            yield

    @callback
    def arrived() -> None:
        name = f"{entry.title} - arrivals"
        entry.async_create_task(coordinator.hass, in_turns(adding()), name)

    entry.async_on_unload(coordinator.async_add_listener(arrived, ARRIVALS))
    await in_turns(adding())


def _entities_of_new(
    entry: HouseConfigEntry,
    domain: str,
    kind: type[Device],
    make: Make,
    known: set[str],
) -> Iterator[HouseEntity[Any]]:
    """Return an entity for each device of a type that is not known yet."""
    coordinator, hass = entry.runtime_data, entry.runtime_data.hass
    # What is of another domain in the registry was something else before.
    registered = entities_of(hass, entry)
    elsewhere = {each.unique_id for each in registered if each.domain != domain}
    for device in coordinator.data.devices.values():
        # Between two turns, the device may be gone.
        gone = device.id not in coordinator.data.devices
        if type(device) is not kind or gone or device.id in known:
            continue
        known.add(device.id)
        entity = make(coordinator, device)
        own_id = unique_id(entry, device.id)
        if own_id in elsewhere:
            visible = entity.entity_registry_visible_default
            async_carry_over(hass, entry, domain, own_id, visible=visible)
        entity.suggest_entity_id(domain)
        # One that is removed and comes back is a new arrival.
        entity.async_on_remove(partial(known.discard, device.id))
        yield entity
