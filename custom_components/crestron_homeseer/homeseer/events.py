"""HomeSeer's events: buttons, and scenes where the owner says that they are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
import re

from ..house.devices import Button, Root, Scene
from ..house.fields import Fields
from ..house.kinds import SceneKind
from .binding import Action, Facts
from .features import blanks
from .settings import Settings

# Beyond so many, events are disabled until their group is chosen.
MANY = 50

# In English, German, French, Dutch, Norwegian, Swedish, Danish, Spanish and Italian.
_SCENES = re.compile(
    r"(?:sc[eè]n(?:e|s|es|en|er|ene|erne|erna|ari|ario|arios|a|as)?|scénarios?|szenen?)\b"
)


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
        """The id of the device that the group's events belong to."""
        return f"events-{self.group}".casefold()


def read_events(items: Iterable[object]) -> Iterator[Event]:
    """Yield the events of getevents; one without a name is left out."""
    for fields in map(Fields, items):
        name = blanks(fields.text("name") or "")
        if name:
            group = blanks(fields.text("group") or "Events")
            yield Event(group, name, fields.integer("id"))


def called_scenes(group: str) -> bool:
    """Return whether a group of events is called scenes, in an owner's language."""
    return _SCENES.search(group.casefold()) is not None


def device_of(event: Event, settings: Settings, *, many: bool) -> Scene | Button:
    """Return an event as a scene, or as a button: it can do anything.

    Of `many`, those are disabled that nobody has chosen.
    """
    groups = settings.scene_groups
    chosen = groups is not None and event.group in groups
    facts: Facts = {
        "id": event.device_id,
        "name": event.name,
        "root_id": event.root_id,
        "model": "Event",
        "hidden": many and settings.event_groups is None and not chosen,
    }
    if chosen or groups is None:
        return Scene(**facts, kind=SceneKind.EVENT)
    return Button(**facts, anything=True)


def root_of(event: Event) -> Root:
    """Return the device that the events of a group belong to."""
    called = event.group.casefold().endswith("events")
    name = event.group if called else f"{event.group} events"
    return Root(id=event.root_id, name=name, model="Events", service=True)


def run(number: int | None, group: str, name: str) -> Action:
    """Return the request that runs an event: by its number where it has one."""
    if number is not None:
        return Action("runevent", {"id": number})
    return Action("runevent", {"group": group, "name": name})
