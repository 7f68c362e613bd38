"""What a processor can be asked to do, and how it goes about it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from simulator.faults import Faults
from simulator.house import (
    Device,
    Fan,
    House,
    Light,
    Lock,
    MediaRoom,
    Mode,
    Shade,
    Thermostat,
)
from simulator.recorder import Command, Order
from simulator.wire import Answer

from .answers import Refused, Source, badly_shaped, failure, result
from .inventory import FAN_SPEEDS, FULL, Json, counted, raw
from .settings import Settings

SPEEDS = {wire: speed for speed, wire in FAN_SPEEDS.items()}


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked of one device; without `do` it is refused."""

    kind: str
    id: int
    what: str
    value: Any = None
    do: Callable[[float], None] | None = None


def lower_keys(entry: Any) -> Json:
    """Take an object's keys without regard to case, as the processor does."""
    if not isinstance(entry, dict):
        raise badly_shaped()
    return {str(key).lower(): value for key, value in entry.items()}


def whole(value: Any) -> int:
    """Insist on a whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise badly_shaped()
    return value


def wrapped(body: Any, key: str) -> Iterator[Json]:
    """Unwrap the list of a command for several devices."""
    entries = lower_keys(body).get(key)
    if not isinstance(entries, list) or not entries:
        raise badly_shaped()
    for entry in entries:
        yield lower_keys(entry)


def word(entry: Json, keys: Sequence[str]) -> str:
    """Find the word of a command under any of its keys."""
    for key in keys:
        if isinstance(value := entry.get(key), str):
            return value
    raise badly_shaped()


@dataclass(slots=True)
class Commands:
    """Carries out what is posted, and keeps lists of what was asked and of what was done."""

    house: House
    faults: Faults
    settings: Settings
    done: list[Command] = field(default_factory=list)
    received: list[Order] = field(default_factory=list)

    def find(self, path: Sequence[str]) -> Callable[[Any], Answer] | None:
        """Find what a path commands; None if nothing does."""
        match path:
            case ["lights", "setstate"]:
                return lambda body: self._several(body, path, self._light)
            case ["shades", "setstate"]:
                return lambda body: self._several(body, path, self._shade)
            case ["thermostats", "setpoint"]:
                return self._set_point
            case ["thermostats", "mode" | "fanmode" | "schedule" as what]:
                one = partial(self._thermostat, what)
                return lambda body: self._several(body, path, one)
            case ["scenes", "recall", id] if id.isdecimal():
                scene = self.house.scenes.get(int(id))
                do = None if scene is None else partial(self.house.recall, scene)
                ask = Ask("scene", int(id), "recall", do=do)
                return lambda body: self._one(ask, f"/scenes/recall/{id}")
            case ["doorlocks", "lock" | "unlock" as what, id] if id.isdecimal():
                lock = self._device(Lock, int(id))
                ask = Ask("lock", int(id), what)
                if lock is not None:
                    turn, locked = lock.order, what == "lock"
                    ask = replace(ask, do=lambda at: turn("locked", locked, at=at))
                return lambda body: self._one(ask, f"/doorlocks/{what}/{id}")
            case ["mediarooms", id, *rest] if id.isdecimal() and rest:
                return self._media_room(int(id), rest)
            case ["quickactions", *rest]:
                return self._quick_actions(rest)
        return None

    def _quick_actions(self, rest: Sequence[str]) -> Callable[[Any], Answer] | None:
        """Find the one way in which quick actions are run here, if there is any."""
        way, gone = self.settings.quick_action_way, "quickactions_absent"
        if not self.settings.quick_actions or self.faults.hit(gone, "/quickactions"):
            return None
        path = "/".join(rest)
        if way in {f"several:{path}", f"one:{path}"}:
            unwrap = {
                "several": lambda body: next(wrapped(body, "quickactions")),
                "one": lower_keys,
            }[way.partition(":")[0]]
            return lambda body: self._quick_action(whole(unwrap(body).get("id")), path)
        number = next(filter(str.isdecimal, rest), None)
        if way is None or number is None or way.replace("ID", number) != path:
            return None
        return lambda body: self._quick_action(int(number), path)

    def _quick_action(self, id: int, path: str) -> Answer:
        action = self.house.quick_actions.get(id)
        do = None if action is None else lambda at: self.house.run(action, at)
        return self._one(Ask("quick_action", id, "run", do=do), f"/quickactions/{path}")

    # How commands go

    def _device[D: Device](self, type: type[D], id: int) -> D | None:
        device = self.house.devices.get(id)
        if isinstance(device, type) and device.online is not False:
            return device
        return None

    def _carry_out(self, ask: Ask, path: str, *, fails: bool = False) -> bool:
        """Do what is asked; tell whether the processor says that it did."""
        if fails or ask.do is None or self.faults.hit("command_not_executed", path):
            self._note(ask, done=False)
            return not fails and ask.do is not None
        now = self.house.clock.now()
        ask.do(now + self.settings.command_latency)
        self.done.append(Command(ask.kind, ask.id, ask.what, ask.value, now))
        self._note(ask, done=True)
        return True

    def _note(self, ask: Ask, *, done: bool) -> None:
        order = Order("crestron", ask.id, ask.what, ask.value, done)
        self.received.append(replace(order, at=self.house.clock.now()))

    def _several(
        self, body: Any, way: Sequence[str], read: Callable[[Json], Ask]
    ) -> Answer:
        asks = [read(entry) for entry in wrapped(body, way[0])]
        path = f"/{'/'.join(way)}"
        failing: tuple[int, ...] = ()
        if self.faults.hit("command_failure", path):
            failing = tuple(ask.id for ask in asks)
        elif fault := self.faults.hit("partial_failure", path):
            failing = fault.ids or (asks[-1].id,)
        failed = [
            ask.id
            for ask in asks
            if not self._carry_out(ask, path, fails=ask.id in failing)
        ]
        kind = way[0].removesuffix("s").capitalize()
        return result(self.settings.version, failed, len(asks), kind)

    def _one(self, ask: Ask, path: str) -> Answer:
        fails = self.faults.hit("command_failure", path) is not None
        if not self._carry_out(ask, path, fails=fails):
            return failure("Failed to execute the command.")
        return result(self.settings.version, (), 1)

    # Lights and shades

    def _light(self, entry: Json) -> Ask:
        device_id = whole(entry.get("id"))
        if "speed" in entry:
            speed = whole(entry["speed"])
            ask = Ask("fan", device_id, "speed", speed)
            fan = self._device(Fan, device_id)
            if fan is None or speed not in SPEEDS:
                return ask
            return replace(ask, do=lambda at: fan.set_speed(SPEEDS[speed], at=at))
        level, time = whole(entry.get("level")), entry.get("time")
        if time is not None and whole(time) < 0:
            raise badly_shaped()
        ask = Ask("light", device_id, "level", level)
        light = self._device(Light, device_id)
        if light is None or not 0 <= level <= FULL:
            return ask
        unit = {"ms": 1000, "cs": 100, "s": 1}[self.settings.light_time_unit]
        seconds = None if time is None else time / unit
        return replace(ask, do=lambda at: light.fade_to(level / FULL, seconds, at=at))

    def _shade(self, entry: Json) -> Ask:
        device_id, position = whole(entry.get("id")), whole(entry.get("position"))
        ask = Ask("shade", device_id, "position", position)
        shade = self._device(Shade, device_id)
        if shade is None or not 0 <= position <= FULL:
            return ask
        return replace(ask, do=lambda at: shade.move_to(position / FULL, at=at))

    # Thermostats

    def _set_point(self, body: Any) -> Answer:
        entry = lower_keys(body)
        points = entry.get("setpoints")
        if "thermostats" in entry or not isinstance(points, list) or not points:
            raise badly_shaped(Source.SET_POINT)
        device_id = whole(entry.get("id"))
        wanted = {
            word(point, ("type",)).lower(): whole(point.get("temperature"))
            for point in map(lower_keys, points)
        }
        ask = Ask("thermostat", device_id, "set_point", wanted)
        device = self._device(Thermostat, device_id)
        if device and all(self._takes(device, *each) for each in wanted.items()):
            one = counted(device, 1.0)

            def do(at: float) -> None:
                for each, count in wanted.items():
                    device.set_point(each, count / one, at=at)

            ask = replace(ask, do=do)
        return self._one(ask, "/thermostats/setpoint")

    def _takes(self, device: Thermostat, type: str, count: int) -> bool:
        # A mode that was set just before counts, though it takes effect a moment later.
        then = device.at(self.house.clock.now() + self.settings.command_latency)
        if then.mode == Mode.OFF and self.settings.set_point_while_off == "refuse":
            return False
        if type == "auto":
            ranges = list(device.limits.values()) if device.single_auto else []
        else:
            ranges = [limits for of, limits in device.limits.items() if of == type]
            if not device.limits and type in ("heat", "cool"):
                return True
        return bool(ranges) and all(
            counted(device, low) <= count <= counted(device, high)
            for low, high in ranges
        )

    def _thermostat(self, what: str, entry: Json) -> Ask:
        device_id = whole(entry.get("id"))
        device = self._device(Thermostat, device_id)
        state, keys, choices = {
            "mode": ("mode", ("mode",), device.modes if device else ()),
            "fanmode": (
                "fan_mode",
                self.settings.fan_mode_keys,
                (device.fan_modes or ("Auto", "On")) if device else (),
            ),
            "schedule": (
                "schedule",
                self.settings.schedule_keys,
                ("run", "hold", "off"),
            ),
        }[what]
        value = word(entry, keys)
        ask = Ask("thermostat", device_id, state, value)
        chosen = [choice for choice in choices if choice.lower() == value.lower()]
        if device is None or not chosen:
            return ask
        return replace(ask, do=lambda at: device.order(state, chosen[0], at=at))

    # Media rooms

    def _media_room(
        self, id: int, rest: Sequence[str]
    ) -> Callable[[Any], Answer] | None:
        match rest:
            case ["mute" | "unmute" as what]:
                asked: tuple[str, Any] = "muted", what == "mute"
            case ["power", "on" | "off" as what]:
                asked = "power", what == "on"
            case ["selectsource", source]:
                asked = "source", source
            case ["volume", level]:
                asked = "volume", level
            case _:
                return None
        return lambda body: self._media(id, *asked)

    def _media(self, id: int, what: str, value: Any) -> Answer:
        device, path = self.house.media_rooms.get(id), f"/mediarooms/{id}"
        if isinstance(value, str):
            if not value.lstrip("-").isdecimal():
                raise badly_shaped(Source.MEDIA_ROOMS)
            value = int(value)
        ask = Ask("media_room", id, what, value)
        wanted = None if device is None else self._wanted(device, what, value)
        if device is None or wanted is None:
            return self._one(ask, path)
        if self._already(device, what, wanted):
            self._note(ask, done=False)
            already = "Media room is already in this state."
            raise Refused(Source.MEDIA_ROOMS, 409, already)
        ask = replace(ask, do=lambda at: device.order(what, wanted, at=at))
        return self._one(ask, path)

    def _already(self, device: MediaRoom, what: str, wanted: Any) -> bool:
        match what:
            case "volume":
                return raw(device.volume) == raw(wanted)
            case "source":
                return device.power and device.source == wanted
        return device.shows(what, wanted)

    def _wanted(self, device: MediaRoom, what: str, value: Any) -> Any:
        """Tell which state is wanted; None if the room cannot have it."""
        match what:
            case "source":
                return self._source(device, value)
            case "volume":
                return self._volume(device, value)
            case "muted" if "none" in device.mute_controls:
                return None
        return value

    def _source(self, device: MediaRoom, value: int) -> int | None:
        """Find a source by its id, or by its place where sources have no ids."""
        manual = self.settings.manual_shapes or self.faults.hit(
            "manual_shapes", "/mediarooms"
        )
        if manual and 1 <= value <= len(device.sources):
            return list(device.sources)[value - 1]
        return value if value in device.sources and not manual else None

    def _volume(self, device: MediaRoom, value: int) -> float | None:
        percent = self.settings.volume_write == "percent" or self.faults.hit(
            "volume_percent", f"/mediarooms/{device.id}"
        )
        top = 100 if percent else FULL
        if "none" in device.volume_controls or value < 0:
            return None
        if value > top:
            clamps = percent and self.settings.volume_overflow == "clamp"
            return 1.0 if clamps else None
        return value / top
