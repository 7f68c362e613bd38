"""What a feature is, one row for each kind: control uses first, words last."""

from collections.abc import Callable
from dataclasses import dataclass
import re

from ..house.kinds import CoverKind, DetectorKind, SensorKind
from .binding import Binding, Facts, Part
from .features import IS_LIGHT, ControlType, Use
from .loads import (
    CoverBinding,
    CoverTraits,
    FanBinding,
    LightBinding,
    LockBinding,
    SwitchBinding,
    named_speeds,
)
from .sensing import (
    ButtonBinding,
    ChoiceBinding,
    DetectorBinding,
    ListBinding,
    NumberBinding,
    RemoteBinding,
    SensorBinding,
    TextBinding,
    kind_of_unit,
)
from .words import CLOCK, LAMP, OTHERS, reading, two_state

NO_API, PLUG_IN, SECURITY, LEGACY_CLIMATE, ENERGY, DEVICE, FEATURE = (
    0,
    4,
    8,
    16,
    256,
    512,
    513,
)
# Types of a HomeSeer 4 device, the root of features.
DOOR, FAN, LIGHT, LOCK, OUTLET, WINDOW = 1, 2, 3, 4, 5, 9

# Command classes, which the Z-Wave plug-in of HomeSeer 3 uses as subtypes.
ZWAVE_SENSOR, ZWAVE_SCENE, ZWAVE_NOTICE, ZWAVE_BATTERY = 48, 91, 113, 128
# Z-Wave's notices about one thing are two states, also while the text is neither of
# them: "Unknown", or "Smoke Test".
_NOTICES = ("smoke alarm", "co alarm", "heat alarm", "water alarm", "home security")

_COVER_WORDS = (
    ("garage", CoverKind.GARAGE),
    ("barrier", CoverKind.GARAGE),
    ("gate", CoverKind.GATE),
    ("blind", CoverKind.BLIND),
    ("shutter", CoverKind.SHUTTER),
    ("curtain", CoverKind.CURTAIN),
    ("drape", CoverKind.CURTAIN),
    ("awning", CoverKind.AWNING),
    ("shade", CoverKind.SHADE),
    ("covering", CoverKind.SHADE),
    ("door", CoverKind.DOOR),
    ("window", CoverKind.WINDOW),
)
_DETECTOR_WORDS = (
    ("carbon monoxide", DetectorKind.CARBON_MONOXIDE),
    ("co alarm", DetectorKind.CARBON_MONOXIDE),
    ("smoke", DetectorKind.SMOKE),
    ("fire", DetectorKind.FIRE),
    ("heat alarm", DetectorKind.FIRE),
    ("water", DetectorKind.WATER),
    ("leak", DetectorKind.WATER),
    ("flood", DetectorKind.WATER),
    ("gas", DetectorKind.GAS),
    ("tamper", DetectorKind.TAMPER),
    ("vibration", DetectorKind.VIBRATION),
    ("glass", DetectorKind.VIBRATION),
    ("burglar", DetectorKind.BURGLARY),
    ("motion", DetectorKind.MOTION),
    ("occupancy", DetectorKind.OCCUPANCY),
    ("presence", DetectorKind.OCCUPANCY),
    ("doorbell", DetectorKind.DOORBELL),
    ("window", DetectorKind.WINDOW),
    ("door", DetectorKind.DOOR),
    ("contact", DetectorKind.DOOR),
)
_ROOTS: dict[int | None, CoverKind] = {
    DOOR: CoverKind.DOOR,
    WINDOW: CoverKind.WINDOW,
}
# Many a dimmer is called after the door or the window that it is at.
_PLACES = {CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR, CoverKind.WINDOW}
# What a contact says of itself where it does not know what it is on.
_EITHER = re.compile(r"door\s*/\s*window|window\s*/\s*door")
# What an alarm system's zone watches by its type, whatever it is called.
_ZONES = {
    40: DetectorKind.SMOKE,
    41: DetectorKind.CARBON_MONOXIDE,
    42: DetectorKind.GAS,
}
# The outer zones are doors and windows; those inside "open" for whoever walks by.
_OUTER_ZONES, _INNER_ZONES = {30, 31}, {32, 33}
_OPENING_WORDS = frozenset({"open", "opened", "closed", "close"})
# Uses of what a sensor shows, though they come among the controls.
_SENSED = frozenset({Use.MOTION_ON, Use.CONTACT_ON})
_ENERGY_KINDS = {
    1: SensorKind.POWER,
    2: SensorKind.CURRENT,
    3: SensorKind.VOLTAGE,
    4: SensorKind.ENERGY,
}
_MEASURED_WORDS = (
    ("humidity", SensorKind.HUMIDITY),
    ("ultraviolet", SensorKind.ULTRAVIOLET),
    ("luminance", SensorKind.ILLUMINANCE),
    ("illuminance", SensorKind.ILLUMINANCE),
    ("carbon dioxide", SensorKind.CARBON_DIOXIDE),
    ("temperature", SensorKind.TEMPERATURE),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A row: the kind in our ids, when it applies, and what it makes.

    A `main` kind is what people mean by the device's name; a `hidden` one is
    wanted by few.
    """

    name: str
    applies: Callable[[Part], bool]
    make: Callable[[Facts, Part], Binding]
    main: bool = False
    hidden: bool = False


def cover_kind(part: Part) -> CoverKind | None:
    """Return which cover a feature is by its words and its root, if it is one."""
    return _covers(part.words) or _ROOTS.get(root_type(part))


def _covers(text: str) -> CoverKind | None:
    plain = OTHERS.sub(" ", text)
    return next((kind for word, kind in _COVER_WORDS if word in plain), None)


def root_type(part: Part) -> int | None:
    """Return the type of a HomeSeer 4 root."""
    root = part.root
    return root.type if root is not None and root.api == DEVICE else None


def detector_kind(part: Part) -> DetectorKind:
    """Return what a two-state sensor watches, by its own words, then its root's.

    What is called nothing but is open or closed is an opening.
    """
    zone = part.feature.type if _is_zone(part) else None
    if zone in _ZONES:
        return _ZONES[zone]
    own = f"{part.feature.name} {part.feature.type_string} {part.feature.status}"
    either = False
    for text in (own.lower(), part.words):
        plain, count = _EITHER.subn(" ", OTHERS.sub(" ", text))
        either = either or count > 0
        for word, kind in _DETECTOR_WORDS:
            if word in plain:
                return kind
    opens = zone in _OUTER_ZONES or (zone not in _INNER_ZONES and _opens(part))
    return DetectorKind.DOOR if either or opens else DetectorKind.UNKNOWN


def _opens(part: Part) -> bool:
    said = (part.feature.status, *(pair.label for pair in part.controls.pairs))
    return any(text.lower().strip(" .!") in _OPENING_WORDS for text in said)


def measured(part: Part) -> SensorKind | None:
    """Return what a feature measures; None where it is no measurement."""
    feature = part.feature
    shown, unit = reading(feature.status)
    if feature.api == ENERGY:
        return _ENERGY_KINDS.get(feature.type)
    if feature.api == FEATURE and feature.type == ENERGY:
        return _ENERGY_KINDS.get(feature.subtype)
    if feature.api == LEGACY_CLIMATE and feature.type in {2, 10}:
        return SensorKind.HUMIDITY if feature.subtype == 5 else SensorKind.TEMPERATURE
    if feature.api == FEATURE and feature.type == 16:
        if feature.subtype == 5:
            return SensorKind.HUMIDITY
        if feature.subtype in {0, 1, 2}:
            return SensorKind.TEMPERATURE
    if shown is None:
        return None
    own = f"{feature.name} {feature.type_string}".lower()
    by_word = next((kind for word, kind in _MEASURED_WORDS if word in own), None)
    return kind_of_unit(unit) or by_word or (SensorKind.NUMBER if unit else None)


def _uses(*uses: Use) -> Callable[[Part], bool]:
    wanted = frozenset(uses)
    return lambda part: wanted <= part.controls.uses


def _is_fan(part: Part) -> bool:
    if Use.DIM_FAN in part.controls.uses:
        return True
    called = "fan" in part.words.split() or root_type(part) == FAN
    # A thermostat's fan is part of the thermostat.
    climate = part.feature.api == LEGACY_CLIMATE
    return (
        called
        and not climate
        and not _is_lamp(part)
        and (
            part.controls.slider() is not None
            or bool(named_speeds(part))
            or _uses(Use.ON, Use.OFF)(part)
        )
    )


def _is_cover(part: Part) -> bool:
    if part.controls.uses & _SENSED:
        return False
    opens, closes = part.controls.opens, part.controls.closes
    if opens is not None and closes is not None:
        return True
    if part.controls.slider() is None or (kind := cover_kind(part)) is None:
        return False
    if not _uses(Use.ON, Use.OFF)(part) or _covers(part.feature.type_string.lower()):
        return True
    # No door is opened by a dimmer that is worked with On and Off.
    dims = part.controls.slider(Use.DIM) is not None and root_type(part) not in _ROOTS
    return not _is_lamp(part) and not (dims and kind in _PLACES)


def _is_lamp(part: Part) -> bool:
    """Return whether a feature is called a lamp; a ceiling fan may have one, too."""
    name = part.feature.name.lower()
    if part.root is not None and "fan" not in name.split():
        name = f"{name} {part.root.name.lower()}"
    return LAMP.search(name) is not None


def _is_dimmer(part: Part) -> bool:
    uses = part.controls.uses
    if part.controls.slider(Use.DIM) is not None:
        return Use.ON in uses or Use.OFF in uses
    called = any(word in part.words for word in ("dimmer", "multilevel", "light"))
    return called and part.controls.slider() is not None and {Use.ON, Use.OFF} <= uses


def _is_light(part: Part) -> bool:
    return _uses(Use.ON, Use.OFF)(part) and (
        bool(part.feature.misc & IS_LIGHT) or root_type(part) == LIGHT
    )


def _is_outlet(part: Part) -> bool:
    called = "outlet" in part.words or "receptacle" in part.words
    return _uses(Use.ON, Use.OFF)(part) and (root_type(part) == OUTLET or called)


def _is_remote(part: Part) -> bool:
    feature = part.feature
    return (
        (feature.api, feature.type, feature.subtype) == (FEATURE, 0, 1)
        or (feature.api == PLUG_IN and feature.subtype == ZWAVE_SCENE)
        or "central scene" in feature.type_string.lower()
    )


def is_battery(part: Part) -> bool:
    """Return whether a feature is what is left in the device's battery."""
    feature = part.feature
    called = "battery" in f"{feature.name} {feature.type_string}".lower()
    zwave = feature.api == PLUG_IN and feature.subtype == ZWAVE_BATTERY
    return not part.controls.pairs and (zwave or called) and feature.value is not None


def _is_clockwork(part: Part) -> bool:
    own = f"{part.feature.type_string} {part.feature.interface}".lower()
    called = part.feature.name.lower().split()
    # What somebody writes may be a time, and says nothing about who keeps it.
    clock = CLOCK.fullmatch(part.feature.status) and not _is_written(part)
    return bool(clock) or any(
        word in own or word in called for word in ("timer", "counter")
    )


def _is_written(part: Part) -> bool:
    return _control(part, ControlType.TEXT_BOX)


def _is_zone(part: Part) -> bool:
    return part.feature.api == SECURITY and 30 <= part.feature.type <= 43


def _is_detector(part: Part) -> bool:
    feature = part.feature
    controls = part.controls
    worked = controls.plain or controls.slider() is not None
    if worked or controls.listed is not None or _is_written(part):
        return bool(controls.uses & _SENSED)
    typed = (feature.api, feature.type, feature.subtype) == (FEATURE, 0, 3)
    types = feature.type_string.lower()
    zwave = feature.api == PLUG_IN and (
        feature.subtype == ZWAVE_SENSOR
        or (feature.subtype == ZWAVE_NOTICE and any(each in types for each in _NOTICES))
    )
    called = "sensor binary" in types
    return typed or zwave or called or two_state(feature.status) is not None


def _detector(facts: Facts, part: Part) -> Binding:
    return DetectorBinding(facts, part, detector_kind(part))


def _cover(facts: Facts, part: Part) -> Binding:
    kind = cover_kind(part) or CoverKind.SHADE
    return CoverBinding(facts, part, CoverTraits(kind))


def _sensor(facts: Facts, part: Part) -> Binding:
    return SensorBinding(facts, part, measured(part) or SensorKind.TEXT)


def _text_sensor(facts: Facts, part: Part) -> Binding:
    return SensorBinding(facts, part, SensorKind.TEXT)


def _control(part: Part, *types: ControlType) -> bool:
    return any(pair.type in types for pair in part.controls.pairs)


def _number(facts: Facts, part: Part) -> Binding:
    pair = part.controls.slider() or next(
        pair for pair in part.controls.pairs if pair.type is ControlType.NUMBER_BOX
    )
    return NumberBinding(facts, part, pair)


def _text(facts: Facts, part: Part) -> Binding:
    pair = next(
        pair for pair in part.controls.pairs if pair.type is ControlType.TEXT_BOX
    )
    return TextBinding(facts, part, pair)


def _listed(facts: Facts, part: Part) -> Binding:
    pair = next(pair for pair in part.controls.pairs if pair.texts)
    return ListBinding(facts, part, pair)


KINDS = (
    Kind("lock", _uses(Use.LOCK, Use.UNLOCK), LockBinding, main=True),
    Kind("remote", _is_remote, RemoteBinding),
    Kind("fan", _is_fan, FanBinding, main=True),
    Kind("cover", _is_cover, _cover, main=True),
    Kind("light", _is_dimmer, LightBinding, main=True),
    Kind("light", _is_light, LightBinding, main=True),
    Kind(
        "switch",
        _is_outlet,
        lambda facts, part: SwitchBinding(facts, part, outlet=True),
        main=True,
    ),
    Kind("switch", _uses(Use.ON, Use.OFF), SwitchBinding, main=True),
    Kind("sensor", _is_clockwork, _text_sensor, hidden=True),
    Kind(
        "sensor",
        is_battery,
        lambda facts, part: SensorBinding(facts, part, SensorKind.BATTERY),
    ),
    Kind("detector", _is_zone, _detector),
    Kind("detector", _is_detector, _detector),
    Kind(
        "sensor",
        lambda part: not part.controls.pairs and measured(part) is not None,
        _sensor,
    ),
    Kind(
        "number",
        lambda part: (
            part.controls.slider() is not None or _control(part, ControlType.NUMBER_BOX)
        ),
        _number,
    ),
    Kind("text", _is_written, _text),
    Kind("choice", lambda part: part.controls.listed is not None, _listed),
    Kind("choice", lambda part: len(part.controls.plain) > 1, ChoiceBinding),
    Kind(
        "button",
        lambda part: len(part.controls.plain) == 1,
        lambda facts, part: ButtonBinding(facts, part, part.controls.plain[0]),
    ),
    Kind("sensor", lambda part: measured(part) is not None, _sensor),
    Kind("sensor", lambda part: bool(part.feature.status), _text_sensor, hidden=True),
)
