"""HomeSeer's events as scenes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..house.controls import RunEvent
from ..house.devices import Root, Scene
from ..house.fields import Fields
from .binding import Action
from .features import blanks

# Beyond so many, events are disabled until their group is chosen.
MANY = 50


@dataclass(frozen=True, slots=True)
class Event:
    """An event; old systems give no number."""

    group: str
    name: str
    number: int | None

    @property
    def device_id(self) -> str:
        """The event's id: by number where there is one, because names change."""
        if self.number is not None:
            return f"event-{self.number}"
        return f"event-{self.group}/{self.name}".casefold()

    @property
    def root_id(self) -> str:
        """The id of what an event's group is shown as."""
        return f"events-{self.group}".casefold()


def read_events(items: Iterable[object]) -> Iterator[Event]:
    """Yield the events of getevents; one without a name is left out."""
    for fields in map(Fields, items):
        name = blanks(fields.text("name") or "")
        if name:
            group = blanks(fields.text("group") or "Events")
            yield Event(group, name, fields.integer("id"))


def scene_of(event: Event, *, hidden: bool) -> Scene:
    """Return an event as a scene."""
    return Scene(
        id=event.device_id,
        name=event.name,
        root_id=event.root_id,
        model="Event",
        hidden=hidden,
    )


def root_of(event: Event) -> Root:
    """Return what the events of a group hang on."""
    called = event.group.casefold().endswith("events")
    name = event.group if called else f"{event.group} events"
    return Root(id=event.root_id, name=name, model="Events", service=True)


def run(event: Event) -> Action:
    """Return the request that runs an event."""
    if event.number is not None:
        return Action("runevent", {"id": event.number})
    return Action("runevent", {"group": event.group, "name": event.name})


def run_direct(command: RunEvent) -> Action:
    """Return the request for an event that somebody named."""
    if command.event is not None:
        return Action("runevent", {"id": command.event})
    return Action(
        "runevent", {"group": command.group or "", "name": command.name or ""}
    )
