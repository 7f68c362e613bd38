"""Media rooms: with sources that have ids, or as older firmware has them, by place.

Older firmware lists the names of its sources, in `availableProviders` or in
`availableSources`, and says by `currentProviderId` which of them plays, counted from 1.
"""

from collections.abc import Iterator
from typing import Any

from ..house.devices import MediaRoom, Source
from .fields import Fields, parse, plain, word

_SOURCES = ("availablesources", "availableproviders")
_SWITCHES = {"on", "off", "discrete", "toggle"}


def room_in(body: bytes, number: int) -> Fields | None:
    """Return a media room by its number: an answer is the room, or has it in a list."""
    fields = Fields(parse(body))
    rooms = [fields, *map(Fields, fields.items("mediarooms"))]
    # Of two with its number, the first may be empty.
    found = [room for room in rooms if room.integer("id") == number]
    return found[-1] if found else None


def decode_sources(fields: Fields) -> Iterator[Source]:
    """Yield the sources of a media room; one without an id has its place as its id."""
    for key in _SOURCES:
        for place, item in enumerate(fields.items(key), start=1):
            source = Fields(item)
            number = source.integer("id")
            name = source.text("sourcename") or source.text("name")
            if isinstance(item, str) and item.strip():
                yield Source(id=str(place), name=item.strip())
            elif number is not None:
                yield Source(id=str(number), name=name or f"Source {number}")


def said_source(fields: Fields) -> str | None:
    """Return what a media room says of the source that plays, in its own words."""
    return fields.text("currentsourceid") or fields.text("currentproviderid")


def _source_id(fields: Fields, sources: tuple[Source, ...]) -> str | None:
    """Return which source plays: it is told by its id, its place or its name."""
    said = said_source(fields)
    number = fields.integer("currentsourceid") or fields.integer("currentproviderid")
    if number is not None:
        return str(number) if number else None
    return next((each.id for each in sources if each.name == said), None)


def _can(fields: Fields, controls: str, wanted: set[str], state: str) -> bool:
    listed = {plain(text) for text in fields.texts(controls)}
    if fields.get(controls) is None:
        return fields.get(state) is not None
    return bool(listed & wanted)


def decode_media_room(fields: Fields, facts: dict[str, Any]) -> Iterator[MediaRoom]:
    """Yield the room that an object of `/mediarooms` describes.

    One that is said to have no sources, no volume and no mute is `hidden`: there is
    nothing to control in it. Where sources are not spoken of, there may be some.
    """
    sources = tuple(decode_sources(fields))
    can_set_volume = _can(
        fields, "availablevolumecontrols", {"discrete"}, "currentvolumelevel"
    )
    can_mute = _can(
        fields, "availablemutecontrols", {"discrete", "toggle"}, "currentmutestate"
    )
    power_states = {plain(text) for text in fields.texts("availablepowerstates")}
    without_sources = not sources and any(map(fields.has, _SOURCES))
    yield MediaRoom(
        **facts | {"hidden": without_sources and not (can_set_volume or can_mute)},
        power=word(fields, "currentpowerstate"),
        source_id=_source_id(fields, sources),
        sources=sources,
        volume=fields.fraction("currentvolumelevel") if can_set_volume else None,
        muted=word(fields, "currentmutestate") if can_mute else None,
        can_set_volume=can_set_volume,
        can_mute=can_mute,
        can_switch=not power_states or bool(power_states & _SWITCHES),
    )
