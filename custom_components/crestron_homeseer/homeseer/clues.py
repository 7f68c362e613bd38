"""All that can be known of one feature, found when it is asked for."""

from functools import cached_property
import re

from ..house.kinds import CoverKind
from ..house.words import FAN, LAMP, folded
from .binding import Part
from .features import ControlType, Feature, Pair, Use
from .readings import reading
from .states import OPENS, is_nothing, two_state
from .topics import COVERS

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
DOOR, FAN_ROOT, LIGHT, LOCK, OUTLET_ROOT, WINDOW = 1, 2, 3, 4, 5, 9
# Command classes, which the Z-Wave plug-in uses as subtypes.
ZWAVE_SWITCH, ZWAVE_DIMMER, ZWAVE_SENSOR, ZWAVE_MEASURED, ZWAVE_METER = (
    37,
    38,
    48,
    49,
    50,
)
ZWAVE_SCENE, ZWAVE_BARRIER, ZWAVE_NOTICE, ZWAVE_BATTERY = 91, 102, 113, 128
_ZWAVE = re.compile(r"z-?wave", re.IGNORECASE)
_DOORS = frozenset({CoverKind.GARAGE, CoverKind.GATE})
# Uses of what a sensor shows, though they come among the controls.
_SENSED = frozenset({Use.MOTION_ON, Use.CONTACT_ON})


class Clues:
    """What is known of a feature: types, controls, words, and what it shows."""

    def __init__(self, part: Part) -> None:
        """Take the feature with its controls and its root."""
        self.part = part
        self.feature: Feature = part.feature
        self.controls = part.controls

    # Structure

    @cached_property
    def typed(self) -> tuple[int, int, int]:
        """The three numbers of its type."""
        return self.feature.api, self.feature.type, self.feature.subtype

    @cached_property
    def zwave(self) -> int | None:
        """Its Z-Wave command class, where it is a feature of that plug-in."""
        feature = self.feature
        if feature.api != PLUG_IN or feature.type or not feature.subtype:
            return None
        said = f"{feature.interface} {feature.type_string}"
        return feature.subtype if _ZWAVE.search(said) else None

    @cached_property
    def root_type(self) -> int | None:
        """The type of its HomeSeer 4 root."""
        root = self.part.root
        return root.type if root is not None and root.api == DEVICE else None

    @cached_property
    def climatic(self) -> bool:
        """Whether it is a thermostat's, by its type."""
        return self.feature.api == LEGACY_CLIMATE or self.typed[:2] in {
            (FEATURE, 16),
            (FEATURE, 17),
        }

    # Controls

    @cached_property
    def uses(self) -> frozenset[Use]:
        """What its controls are for."""
        return self.controls.uses

    @cached_property
    def switched(self) -> bool:
        """Whether it has On and Off."""
        return Use.ON in self.uses and Use.OFF in self.uses

    @cached_property
    def switched_by_use(self) -> bool:
        """Whether HomeSeer itself says that it has On and Off."""
        said = {pair.use for pair in self.controls.pairs}
        return Use.ON in said and Use.OFF in said

    @cached_property
    def moved(self) -> bool:
        """Whether it is opened and closed, or moved up and down."""
        return self.controls.opens is not None and self.controls.closes is not None

    @cached_property
    def opened(self) -> bool:
        """Whether it is opened and closed, in these words."""
        opens = self.controls.opens
        return self.moved and opens is not None and folded(opens.label) in OPENS

    @cached_property
    def slider(self) -> Pair | None:
        """Its first range."""
        return self.controls.slider()

    @cached_property
    def plain(self) -> tuple[Pair, ...]:
        """Its controls of one value each."""
        return self.controls.plain

    @cached_property
    def sensed(self) -> bool:
        """Whether its controls only say what it has sensed."""
        return bool(self.uses & _SENSED)

    @cached_property
    def worked(self) -> bool:
        """Whether anything can be done with it."""
        return bool(
            self.plain
            or self.slider is not None
            or self.controls.listed is not None
            or self.has(ControlType.TEXT_BOX, ControlType.NUMBER_BOX)
        )

    def has(self, *types: ControlType) -> bool:
        """Return whether a control looks like one of these."""
        return any(pair.type in types for pair in self.controls.pairs)

    # Words

    @cached_property
    def type_words(self) -> str:
        """Its type string, and its plug-in."""
        return folded(f"{self.feature.type_string} {self.feature.interface}")

    @cached_property
    def own(self) -> str:
        """What it is called, and its type string."""
        return folded(f"{self.feature.name} {self.feature.type_string}")

    @cached_property
    def words(self) -> str:
        """All that it and its root are called, and its plug-in."""
        root = self.part.root
        above = f"{root.name} {root.type_string}" if root is not None else ""
        return folded(f"{self.own} {above} {self.feature.interface}")

    @cached_property
    def cover(self) -> str | None:
        """Which cover is meant by its own words, by its root's, or by its root."""
        own, all_words = COVERS.of(self.own), COVERS.of(self.words)
        if own is CoverKind.DOOR and all_words in _DOORS:
            # "Door" of a garage is the garage's.
            own = all_words
        found = own or all_words
        return None if found is None else str(found)

    @cached_property
    def lamp(self) -> bool:
        """Whether it is called a lamp; a ceiling fan may have one, too."""
        name = folded(self.feature.name)
        if self.part.root is not None and FAN.search(name) is None:
            name = f"{name} {folded(self.part.root.name)}"
        return LAMP.search(name) is not None

    # What it shows

    @cached_property
    def shown(self) -> tuple[float | None, str | None]:
        """The number that it shows, and the unit."""
        return reading(self.feature.status, self.feature.value)

    @cached_property
    def lost(self) -> bool:
        """Whether it has nothing to show yet."""
        return is_nothing(self.feature.status)

    @cached_property
    def two_state(self) -> bool | None:
        """What it says of two states."""
        return two_state(self.feature.status)
