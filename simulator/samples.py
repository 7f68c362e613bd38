"""Houses to try things on: a lived-in villa, and ones of any size."""

from itertools import count, cycle
import random

from .clock import Clock
from .house import (
    Fan,
    Goal,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    QuickAction,
    Room,
    Scene,
    SecurityPanel,
    Sensor,
    SensorKind,
    Shade,
    Thermostat,
)
from .villa import (
    LIGHTS,
    MEDIA_ROOMS,
    NO_SUCH_ROOM,
    ROOMS,
    SCENES_ALL,
    SCENES_SHADES,
    SENSORS,
    SHADES,
    SOURCES,
    SWITCHED_MOTORS,
    UNUSED_ROOMS,
    WHOLE_HOUSE,
)


class _Builder:
    """Hands out ids the way a processor does: one run of numbers for everything."""

    def __init__(self, clock: Clock | None, seed: int, name: str) -> None:
        self.house = House(clock, name)
        self.random = random.Random(seed)
        self.house.add(Room(WHOLE_HOUSE, "Whole House"))
        self.last_id = WHOLE_HOUSE
        self.ids: dict[str | None, int] = {
            None: NO_SUCH_ROOM,
            "Whole House": WHOLE_HOUSE,
        }

    def next_id(self) -> int:
        self.last_id += self.random.choice((1, 1, 2, 3))
        if self.last_id == NO_SUCH_ROOM:
            self.last_id += 1
        return self.last_id

    def room(self, name: str) -> None:
        self.ids[name] = self.house.add(Room(self.next_id(), name)).id

    def light(self, room: str, name: str, dims: bool) -> None:
        level = self.random.choice((0.0, 0.0, 0.0, 1.0, 0.6 if dims else 1.0))
        self.house.add(
            Light(self.next_id(), name, self.ids[room], level=level, dimmable=dims)
        )

    def shade(self, room: str, name: str, style: str) -> None:
        self.house.add(
            Shade(
                self.next_id(),
                name,
                self.ids[room],
                position=self.random.choice((0.0, 1.0, 1.0)),
                style=style,
                travel_seconds=self.random.choice((14.0, 18.0, 22.0, 30.0)),
            )
        )

    def sensor(self, room: str | None, name: str, measures: SensorKind) -> None:
        self.house.add(
            Sensor(
                self.next_id(),
                name,
                self.ids[room],
                measures=measures,
                level=self.random.randrange(2000, 20000),
                battery_low=measures is SensorKind.CONTACT,
                # Half the firmwares say nothing about a sensor's connection.
                online=None
                if measures in (SensorKind.PHOTO, SensorKind.DOOR)
                else True,
            )
        )

    def media_room(self, room: str, first_source: int = 53001) -> MediaRoom:
        sources = {first_source + index: name for index, name in enumerate(SOURCES)}
        room_id = self.ids[room]
        return self.house.add(
            MediaRoom(room_id, room, room_id, sources=sources, online=None)
        )

    def scene(
        self,
        room: str,
        name: str,
        type: str,
        goals: list[Goal],
        *,
        momentary: bool = False,
    ) -> Scene:
        return self.house.add(
            Scene(
                self.next_id(),
                name,
                self.ids[room],
                type=type,
                goals=tuple(goals),
                momentary=momentary,
            )
        )

    def levels(self, level: float, room: str | None = None) -> list[Goal]:
        """All lamps at a level; never what merely hangs on a switch."""
        return [
            Goal(light.id, "level", level if light.dimmable else float(level > 0))
            for light in self.house.of(Light)
            if room in (None, self.house.room_name(light))
            and light.name not in ("Pool Pump", "Heated Floor")
        ]

    def positions(self, position: float, room: str | None = None) -> list[Goal]:
        return [
            Goal(shade.id, "position", position)
            for shade in self.house.of(Shade)
            if room in (None, self.house.room_name(shade))
        ]

    def all_media_off(self) -> list[Goal]:
        return [
            Goal(media.id, "power", False, media=True)
            for media in self.house.of(MediaRoom)
        ]

    def bolts(self, locked: bool) -> list[Goal]:
        return [Goal(lock.id, "locked", locked) for lock in self.house.of(Lock)]


def default_house(clock: Clock | None = None, seed: int = 1) -> House:
    """A villa of twelve rooms, named and wired as installers leave them."""
    build = _Builder(clock, seed, "Villa")
    for name in ROOMS:
        build.room(name)
    for light in LIGHTS:
        build.light(*light)
    build.house.add(
        Fan(build.next_id(), "Ceiling Fan", build.ids["Master Bedroom"], speed=2)
    )
    for shade in SHADES:
        build.shade(*shade)
    _thermostats(build)
    _locks(build)
    for sensor in SENSORS:
        build.sensor(*sensor)
    for room in MEDIA_ROOMS:
        build.media_room(room)
    # The terrace's amplifier has its own knob.
    terrace = build.house.find("Terrace", MediaRoom)
    terrace.volume_controls = terrace.mute_controls = ("none",)
    build.house.add(SecurityPanel(build.next_id(), "Alarm Panel", build.ids["Hallway"]))
    _room_scenes(build)
    _house_scenes(build)
    return build.house


def lived_in_house(clock: Clock | None = None, seed: int = 1) -> House:
    """The villa with what owners have besides: motors on switches, and what is unused."""
    house = default_house(clock, seed)
    rooms = {room.name: room.id for room in house.rooms.values()}
    ids = count(1 + max(*rooms.values(), *(each.id for each in house.everything())))
    for name in UNUSED_ROOMS:
        rooms[name] = house.add(Room(next(ids), name)).id
    for room, name, dims in SWITCHED_MOTORS:
        house.add(Light(next(ids), name, rooms[room], dimmable=dims))
    for name in UNUSED_ROOMS:
        quiet = house.add(MediaRoom(rooms[name], name, rooms[name], online=None))
        quiet.volume_controls = quiet.mute_controls = ("none",)
    return house


def _thermostats(build: _Builder) -> None:
    add, ids = build.house.add, build.ids
    add(
        Thermostat(
            build.next_id(),
            "Main Floor",
            ids["Living Room"],
            mode=Mode.COOL,
            heat=68.0,
            cool=70.0,
            temperature=72.0,
            ambient=78.0,
        )
    )
    add(
        Thermostat(
            build.next_id(),
            "Master Bedroom Thermostat",
            ids["Master Bedroom"],
            mode=Mode.AUTO,
            heat=68.0,
            cool=74.0,
            temperature=71.0,
            ambient=76.0,
        )
    )
    add(
        Thermostat(
            build.next_id(),
            "Guest Wing",
            ids["Guest Bedroom"],
            heat=62.0,
            cool=80.0,
            temperature=66,
        )
    )
    office = Thermostat(
        build.next_id(),
        "CTSTAT",
        ids["Office"],
        mode=Mode.HEAT,
        heat=69.0,
        cool=76.0,
        temperature=67.5,
        ambient=60.0,
    )
    office.fan_modes = ()
    add(office)


def _locks(build: _Builder) -> None:
    for room, name, locked in (
        ("Hallway", "Front Door", True),
        ("Garage", "Garage Entry", False),
        ("Terrace", "Terrace Door", None),
    ):
        build.house.add(Lock(build.next_id(), name, build.ids[room], locked=locked))


def _room_scenes(build: _Builder) -> None:
    for room in SCENES_ALL:
        build.scene(room, "All Off", "Lighting", build.levels(0.0, room))
        build.scene(room, "All On", "Lighting", build.levels(1.0, room))
    for room in SCENES_SHADES:
        build.scene(room, "Shades Open", "Shade", build.positions(1.0, room))
        build.scene(room, "Shades Closed", "Shade", build.positions(0.0, room))


def _house_scenes(build: _Builder) -> None:
    house, whole = build.house, "Whole House"
    theater = build.ids["Theater"]
    movie = [
        *build.levels(0.1, "Theater"),
        *build.positions(0.0, "Theater"),
        Goal(theater, "source", min(house.media_rooms[theater].sources), media=True),
    ]
    night = [*build.levels(0.0), *build.bolts(True), *build.all_media_off()]
    comfort = [Goal(house.find("Main Floor").id, "cool", 72.0)]
    good_night = build.scene(whole, "Good Night", "Lighting", night)
    build.scene(whole, "Movie Night", "Media", movie)
    away = build.scene(whole, "Away", "Lighting", build.levels(0.0))
    build.scene(whole, "All Shades Open", "Shade", build.positions(1.0))
    build.scene(whole, "Music Off", "Media", build.all_media_off())
    build.scene(whole, "Comfort", "Climate", comfort)
    lock_all = build.scene(whole, "Lock All", "Lock", build.bolts(True))
    build.scene(
        "Hallway",
        "Unlock",
        "Unlock",
        [Goal(house.find("Front Door").id, "locked", False)],
    )
    build.scene(whole, "Driveway Gate", "genericIO", [], momentary=True)
    build.scene("Master Bedroom", "TV Lift", "genericIO", [], momentary=True)
    house.add(QuickAction(1, "Good Morning", ()))
    house.add(QuickAction(2, "Leaving", (away.id, lock_all.id)))
    house.add(QuickAction(3, "Bedtime", (good_night.id,)))


def generated_house(n: int, clock: Clock | None = None, seed: int = 1) -> House:
    """A house of `n` devices in the villa's mix; nothing in it moves until it is asked to."""
    build = _Builder(clock, seed, f"{n} devices")
    rooms = [f"Room {number}" for number in range(1, max(1, n // 5) + 1)]
    for name in rooms:
        build.room(name)
    places = cycle(rooms)
    mix = ["light"] * 26 + ["shade"] * 12 + ["sensor"] * 12 + ["media"] * 5
    mix += ["thermostat"] * 4 + ["lock"] * 3 + ["fan", "security"]
    build.random.shuffle(mix)
    for number, kind in zip(range(1, n + 1), cycle(mix), strict=False):
        _generate(build, kind, number, next(places))
    for number in range(n * 40 // 64):
        room, on = rooms[number // 2 % len(rooms)], number % 2
        build.scene(
            room, "All On" if on else "All Off", "Lighting", build.levels(on, room)
        )
    for number in range(1, n * 3 // 64 + 1):
        build.house.add(QuickAction(number, f"Quick Action {number}"))
    return build.house


def _generate(build: _Builder, kind: str, number: int, room: str) -> None:
    name, place = f"{kind.title()} {number}", build.ids[room]
    match kind:
        case "light":
            build.light(room, name, number % 4 != 0)
        case "shade":
            build.shade(room, name, ("Shade", "Drape", "Shade Group")[number % 3])
        case "sensor":
            build.sensor(room, name, tuple(SensorKind)[number % len(SensorKind)])
        case "media" if place not in build.house.media_rooms:
            build.media_room(room)
        case "thermostat":
            build.house.add(
                Thermostat(
                    build.next_id(),
                    name,
                    place,
                    mode=Mode.COOL,
                    heat=68.0,
                    cool=72.0,
                    temperature=72.0,
                )
            )
        case "fan":
            build.house.add(Fan(build.next_id(), name, place))
        case "security":
            build.house.add(SecurityPanel(build.next_id(), name, place))
        case _:
            build.house.add(Lock(build.next_id(), name, place))
