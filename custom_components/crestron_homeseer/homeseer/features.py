"""What getstatus and getcontrol answer, as immutable values.

HomeSeer 4 calls what can be seen or controlled a feature and groups features
under a device, its root; HomeSeer 3 calls both devices. Every key is optional.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
import html
import re

from ..house.fields import Fields, integer, number

# These stand inside a sentence, the others between two.
_INLINE_TAGS = re.compile(
    r"</?(?:a|b|i|u|em|strong|span|font|small|big|sup|sub)\b[^>]*>", re.IGNORECASE
)
_TAGS = re.compile(r"<[^>]*>")
_COMMA_DECIMAL = re.compile(r"[-+]?\d+,\d+")

ROOT = 2

# Values are sent with so many decimals; what is less would be sent as nothing.
LEAST = 1e-6

# Bits of `misc`.
STATUS_ONLY = 0x10
IS_LIGHT = 0x2000

# So many items of a long list are enough to know most of it.
SAMPLE = 200


class Use(IntEnum):
    """What a control is for; OTHER is any other number."""

    OTHER = 0
    ON = 1
    OFF = 2
    DIM = 3
    ON_ALTERNATE = 4
    PLAY = 5
    PAUSE = 6
    STOP = 7
    FORWARD = 8
    REWIND = 9
    REPEAT = 10
    SHUFFLE = 11
    HEAT_SET_POINT = 12
    COOL_SET_POINT = 13
    THERMOSTAT_OFF = 14
    THERMOSTAT_HEAT = 15
    THERMOSTAT_COOL = 16
    THERMOSTAT_AUTO = 17
    LOCK = 18
    UNLOCK = 19
    FAN_AUTO = 20
    FAN_ON = 21
    COLOR = 22
    DIM_FAN = 23
    MOTION_ON = 24
    MOTION_OFF = 25
    CONTACT_ON = 26
    CONTACT_OFF = 27
    MUTE = 28
    UNMUTE = 29
    MUTE_TOGGLE = 30
    NEXT = 31
    PREVIOUS = 32
    VOLUME = 33


class ControlType(IntEnum):
    """How a control is shown; OTHER is any other number."""

    OTHER = 0
    STATUS_ONLY = 1
    VALUES = 2
    TEXT_FROM_LIST = 3
    TEXTS_FROM_LIST = 4
    BUTTON = 5
    RANGE = 6
    SLIDER = 7
    TEXT_LIST = 8
    NUMBER_BOX = 9
    TEXT_BOX = 10
    RADIO = 11
    SCRIPT_BUTTON = 12
    COLOR_PICKER = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature or device of HomeSeer; `status` is plain text without markup."""

    ref: int
    name: str
    location: str = ""
    location2: str = ""
    value: float | None = None
    status: str = ""
    type_string: str = ""
    api: int = 0
    type: int = 0
    subtype: int = 0
    relationship: int = 0
    associates: tuple[int, ...] = ()
    hidden: bool = False
    misc: int = 0
    interface: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A range of raw values, and how they are shown: (value - offset) / divisor."""

    low: float
    high: float
    decimals: int = 0
    offset: float = 0.0
    divisor: float = 1.0
    suffix: str = ""

    def shown(self, raw: float) -> float:
        """Return a raw value as it is shown."""
        return (raw - self.offset) / self.divisor

    def __contains__(self, raw: float | None) -> bool:
        """Return whether a raw value is within the range."""
        return raw is not None and self.low <= raw <= self.high

    def raw(self, shown: float) -> float:
        """Return what to send for a value as it is shown, inside the range."""
        wanted = shown * self.divisor + self.offset
        return self.high if wanted >= self.high else self.nearest(wanted)

    def nearest(self, wanted: float) -> float:
        """Return the raw value on a step that is nearest to another."""
        steps = round((wanted - self.low) / self.step)
        return min(max(self.low + steps * self.step, self.low), self.high)

    @property
    def step(self) -> float:
        """The smallest raw step; the wire has none but that of the decimals shown."""
        return max(float(self.divisor * 10.0**-self.decimals), LEAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One control of a feature; `texts` is what a list of texts offers."""

    use: Use
    label: str
    value: float
    type: ControlType
    index: int
    range: Range | None = None
    texts: tuple[str, ...] = ()


def read_feature(raw: object) -> Feature | None:
    """Return a feature of getstatus; None where there is no ref."""
    fields = Fields(raw)
    ref = fields.integer("ref")
    if ref is None:
        return None
    kind = Fields(fields.get("devicetype"))
    return Feature(
        ref=ref,
        name=plain_text(fields.text("name") or "") or f"Device {ref}",
        location=blanks(fields.text("location") or ""),
        location2=blanks(fields.text("location2") or ""),
        value=decimal(fields.get("value")),
        status=plain_text(fields.text("status") or ""),
        type_string=blanks(fields.text("devicetypestring") or ""),
        api=kind.integer("deviceapi") or 0,
        type=kind.integer("devicetype") or 0,
        subtype=kind.integer("devicesubtype") or 0,
        relationship=fields.integer("relationship") or 0,
        associates=tuple(refs_in(fields.items("associateddevices"))),
        hidden=fields.boolean("hidefromview") or False,
        misc=fields.integer("misc") or 0,
        interface=fields.text("interfacename") or "",
    )


def sample(items: Sequence[object]) -> Sequence[object]:
    """Return some items of a list, spread over all of it."""
    return items[:: max(1, len(items) // SAMPLE)]


def mostly_missing(items: Iterable[object], *keys: str) -> bool:
    """Return whether most objects lack fields that a sound system always sends."""
    lacks = [any(Fields(item).get(key) is None for key in keys) for item in items]
    return sum(lacks) * 2 > len(lacks)


def owners(features: Mapping[int, Feature]) -> dict[int, Feature]:
    """Return the root of each feature that a root names as one of its own."""
    return {
        child: feature
        for feature in features.values()
        if feature.relationship == ROOT
        for child in feature.associates
    }


def read_pairs(raw: object) -> tuple[Pair, ...]:
    """Return the controls of a feature; one without a value is left out."""
    pairs = map(_read_pair, map(Fields, Fields(raw).items("controlpairs")))
    return tuple(pair for pair in pairs if pair is not None)


def _read_pair(fields: Fields) -> Pair | None:
    span = _read_range(Fields(fields.get("range")))
    value = decimal(fields.get("controlvalue"))
    if value is None:
        if span is None:
            return None
        value = span.low
    return Pair(
        use=_member(Use, fields.integer("controluse")),
        label=plain_text(fields.text("label") or ""),
        value=value,
        type=_member(ControlType, fields.integer("controltype")),
        index=fields.integer("ccindex") or 0,
        range=span,
        texts=fields.texts("controlstringlist"),
    )


def _read_range(fields: Fields) -> Range | None:
    low, high = decimal(fields.get("rangestart")), decimal(fields.get("rangeend"))
    if low is None or high is None or high <= low:
        return None
    divisor = decimal(fields.get("rangestatusdivisor")) or 0.0
    found = Range(
        low=low,
        high=high,
        decimals=min(max(fields.integer("rangestatusdecimals") or 0, 0), 6),
        offset=decimal(fields.get("rangestatusvalueoffset")) or 0.0,
        # 0 means that there is none.
        divisor=divisor if divisor >= LEAST else 1.0,
        suffix=fields.text("rangestatussuffix") or "",
    )
    # An offset may be so large that the ends are shown as the same.
    return found if found.shown(low) < found.shown(high) else None


def _member[EnumT: IntEnum](kind: type[EnumT], value: int | None) -> EnumT:
    return kind(value) if value is not None and value in kind else kind(0)


def refs_in(items: Iterable[object]) -> Iterator[int]:
    """Return the numbers in a list that are refs."""
    return (ref for ref in map(integer, items) if ref is not None)


def decimal(value: object) -> float | None:
    """Return a value as a number, also with the comma of some countries."""
    if isinstance(value, str) and _COMMA_DECIMAL.fullmatch(value.strip()):
        value = value.replace(",", ".")
    return number(value)


def blanks(text: str) -> str:
    """Return a text with single blanks."""
    return " ".join(text.split())


def plain_text(text: str) -> str:
    """Return a text without the markup that plug-ins put into it."""
    if "<" in text or "&" in text:
        text = html.unescape(_TAGS.sub(" ", _INLINE_TAGS.sub("", text)))
    return blanks(text)
