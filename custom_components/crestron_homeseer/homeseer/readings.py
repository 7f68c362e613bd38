"""Numbers and units in status texts, as people in many countries write them."""

from functools import lru_cache
import re
from typing import Final

from ..house.fields import number
from ..house.kinds import SensorKind as S

_NUMBER = re.compile(
    r"\s*([-+\u2212]?(?:\d+(?:[.,'\u2019 \u00a0\u202f]\d{3})*(?:[.,]\d+)?|[.,]\d+))"
    r"\s*([^\W\d_].*|[%\u00b0\u2103\u2109\u2030\u20ac$].*)?"
)
_ANY_NUMBER = re.compile(r"[-+\u2212]?\d+(?:[.,]\d+)*")
_GROUPS = re.compile(r"['\u2019 \u00a0\u202f]")
_SAME = 1e-6
_PRESSURES = "psi bar kPa Pa hPa mbar inHg mmHg"
# What each kind is measured in. Of kinds with the same unit the first is meant where
# nothing but the unit is known.
KIND_UNITS: Final[dict[S, frozenset[str]]] = {
    kind: frozenset(units.split())
    for kind, units in {
        S.TEMPERATURE: "°C °F K",
        S.HUMIDITY: "%",
        S.MOISTURE: "%",
        S.BATTERY: "%",
        S.ILLUMINANCE: "lx",
        S.POWER: "W kW MW mW",
        S.APPARENT_POWER: "VA kVA",
        S.REACTIVE_POWER: "var kvar",
        S.ENERGY: "Wh kWh MWh",
        S.VOLTAGE: "V mV MV",
        S.CURRENT: "A mA",
        S.FREQUENCY: "Hz kHz MHz",
        S.POWER_FACTOR: "%",
        S.CARBON_DIOXIDE: "ppm",
        S.CARBON_MONOXIDE: "ppm ppb μg/m³ mg/m³",
        S.VOC: "μg/m³ mg/m³",
        S.VOC_PARTS: "ppm ppb",
        S.NITROGEN_DIOXIDE: "ppm ppb μg/m³",
        S.OZONE: "ppm ppb μg/m³",
        S.SULPHUR_DIOXIDE: "ppb μg/m³",
        S.PM1: "μg/m³",
        S.PM25: "μg/m³",
        S.PM10: "μg/m³",
        S.PRESSURE: _PRESSURES,
        S.ATMOSPHERIC_PRESSURE: _PRESSURES,
        S.SPEED: "mph km/h m/s kn ft/s",
        S.WIND_SPEED: "mph km/h m/s kn ft/s",
        S.WIND_DIRECTION: "°",
        S.DISTANCE: "mm cm m km in ft yd mi",
        S.PRECIPITATION: "mm cm in",
        S.PRECIPITATION_INTENSITY: "mm/h in/h mm/d in/d",
        S.IRRADIANCE: "W/m²",
        S.SOUND: "dB dBA",
        S.SIGNAL: "dB dBm",
        S.VOLUME: "L mL gal m³ ft³ CCF",
        S.GAS: "m³ ft³ CCF",
        S.WATER: "L gal m³ ft³ CCF",
        S.FLOW: "L/min L/h m³/h gal/min ft³/min",
        S.WEIGHT: "kg g lb oz",
        S.DURATION: "ms s min h d",
        S.DATA_SIZE: "B kB MB GB TB",
        S.DATA_RATE: "bit/s kbit/s Mbit/s Gbit/s kB/s MB/s GB/s",
        S.CONDUCTIVITY: "μS/cm mS/cm",
        S.PH: "pH",
    }.items()
}
# Units of so many kinds that they alone say nothing.
_AMBIGUOUS = frozenset({"%", "ppm", "ppb", "μg/m³", "mg/m³", "°", "K"})
BY_UNIT: Final[dict[str, S]] = {
    unit: kind
    for kind, units in reversed(KIND_UNITS.items())
    for unit in units - _AMBIGUOUS
} | dict.fromkeys(("hPa", "mbar", "inHg", "mmHg"), S.ATMOSPHERIC_PRESSURE)
# The unit of a reading that comes without one, where its type says what it is.
USUAL_UNITS: Final[dict[S, str]] = {
    S.HUMIDITY: "%",
    S.MOISTURE: "%",
    S.BATTERY: "%",
    S.ILLUMINANCE: "lx",
    S.POWER: "W",
    S.CURRENT: "A",
    S.VOLTAGE: "V",
    S.ENERGY: "kWh",
}
# Units as Home Assistant writes them; capitals may tell two of them apart.
_WRITTEN = {unit: unit for units in KIND_UNITS.values() for unit in units} | {
    "mb": "mbar",
    "mWh": "mWh",
}
# How else they are written.
_ALIASES: Final = {unit.lower(): unit for unit in reversed(_WRITTEN.values())} | {
    alias.replace("_", " "): unit
    for unit, aliases in {
        "°F": "f â°f degf degrees_f degrees_fahrenheit deg_f fahrenheit",
        "°C": "c â°c degc degrees_c degrees_celsius deg_c celsius grader °celsius",
        "°": "deg degree degrees",
        "K": "kelvin",
        "%": "percent pct prozent %_rh %rh rh",
        "lx": "lux lumen/m²",
        "W": "watt watts",
        "kW": "kilowatt kilowatts",
        "MW": "mw",
        "A": "amp amps ampere amperes",
        "mA": "milliamps",
        "V": "volt volts vac vdc",
        "mV": "mv millivolts",
        "Wh": "watt_hours watthours",
        "kWh": "kw_hours kw_h kw/h kilowatt_hours kilowatthours kilowattstunden",
        "MWh": "mwh",
        "Hz": "hertz",
        "μg/m³": "ug/m³ μg/m3 ug/m3 mcg/m3 μgm3",
        "mg/m³": "mg/m3",
        "mbar": "millibar millibars",
        "inHg": 'in_hg "hg inches_hg inches_of_mercury in._hg',
        "mmHg": "mm_hg",
        "mph": "mi/h miles/h miles_per_hour",
        "km/h": "kmh kph km/t km/u",
        "m/s": "mps ms-1",
        "kn": "kt kts knots knot",
        "ft/s": "fps",
        "mm/h": "mm/hr mm/t mm/uur",
        "in/h": 'in/hr inh inches/hr inches/hour in_/_hr "/hr',
        "mm/d": "mm/day",
        "in/d": "in/day",
        "mm": "millimeter millimeters",
        "cm": "centimeter centimeters",
        "m": "meter meters metre metres",
        "km": "kilometer kilometers kilometre kilometres",
        "in": 'inch inches " in.',
        "ft": "foot feet ft.",
        "yd": "yard yards",
        "mi": "mile miles",
        "W/m²": "w/m2 watts/m2 w/sqm",
        "dB": "decibel decibels",
        "dBA": "db(a)",
        "L": "liter liters litre litres ltr",
        "mL": "milliliter milliliters",
        "gal": "gallon gallons gals gal.",
        "m³": "m3 cubic_meters cbm",
        "ft³": "ft3 cubic_feet cu_ft cuft cf",
        "L/min": "lpm l/m liters/min",
        "L/h": "l/hr",
        "m³/h": "m3/h m3/hr",
        "gal/min": "gpm gallons/min gal/m",
        "ft³/min": "cfm",
        "kg": "kilogram kilograms kgs",
        "g": "gram grams",
        "lb": "lbs pound pounds",
        "oz": "ounces ounce",
        "ms": "msec milliseconds millisecond",
        "s": "sec secs second seconds sek sekunden",
        "min": "mins minute minutes minuten minuter minutter",
        "h": "hr hrs hour hours std stunden timer uur",
        "d": "day days tage dager dage dagen dagar",
        "B": "byte bytes",
        "MB": "mb mbyte megabytes",
        "bit/s": "bps",
        "kbit/s": "kbps kb/s",
        "Mbit/s": "mbps mb/s mbit",
        "Gbit/s": "gbps gb/s",
        "μS/cm": "us/cm",
    }.items()
    for alias in aliases.split()
}


@lru_cache(maxsize=1024)
def unit_of(text: str) -> str | None:
    """Return a unit as Home Assistant writes it; None for words that are no unit."""
    written = " ".join(text.replace("µ", "μ").replace("\u2109", "°F").split())
    written = written.replace("\u2103", "°C").replace("° ", "°").rstrip(".")
    if known := _WRITTEN.get(written) or _ALIASES.get(written.lower()):
        return known
    # One short word may be a unit that nobody knows; more of them are a sentence.
    return written if len(written) <= 8 and " " not in written else None


def _number(written: str, value: float | None) -> float | None:
    """Return a written number; where it can be read in two ways, `value` decides."""
    text = _GROUPS.sub("", written.replace("\u2212", "-"))
    mark, other = (",", ".") if text.rfind(",") > text.rfind(".") else (".", ",")
    whole, _, decimals = text.replace(other, "").rpartition(mark)
    if whole.count(mark):
        # A mark that comes more than once is between thousands.
        found = [] if other in text else [text.replace(mark, "")]
    elif mark not in text:
        found = [text]
    else:
        found = [f"{whole}.{decimals}"]
        groups = len(decimals) == 3 and whole.lstrip("+-") not in {"", "0"}
        if groups and other not in text:
            found.append(whole + decimals)
    numbers = [each for each in map(number, found) if each is not None]
    if value is None:
        return next(iter(numbers), None)
    return min(numbers, key=lambda each: abs(each - value), default=None)


def reading(status: str, value: float | None = None) -> tuple[float | None, str | None]:
    """Return the number that a status text is, and its unit as usually written.

    Only a text that is nothing but a number and a unit is one: "Closed" is none.
    `value` is the raw value: it decides what "1,234" is.
    """
    found = _NUMBER.fullmatch(status)
    if found is None:
        return None, None
    if found[2] is None:
        return _number(found[1], value), None
    unit = unit_of(found[2].strip())
    return (None, None) if unit is None else (_number(found[1], value), unit)


def reads(status: str, value: float) -> bool:
    """Return whether a text contains this very value."""
    return any(
        found is not None and abs(found - value) < _SAME
        for written in _ANY_NUMBER.findall(status)
        for found in (_number(written, value),)
    )
