"""Numbers and units in status texts, as people in many countries write them."""

from functools import lru_cache
import math
import re
from typing import Final

from ..house.kinds import SensorKind as S

_NUMBER = re.compile(
    r"\s*([-+\u2212]?(?:\d+(?:[.,'\u2019 \u00a0\u202f]\d{3})*(?:[.,]\d+)?|[.,]\d+))"
    r"\s*([^\W\d_].*|[%\u00b0\u2103\u2109\u2030\u20ac$].*)?"
)
_ANY_NUMBER = re.compile(r"[-+\u2212]?\d+(?:[.,]\d+)*")
_SAME = 1e-6
_GROUPS = re.compile(r"['\u2019 \u00a0\u202f]")

# Units as Home Assistant writes them, and how else they are written.
_ALIASES: Final = {
    "°F": "f °f â°f degf degrees_f degrees_fahrenheit deg_f fahrenheit",
    "°C": "c °c â°c degc degrees_c degrees_celsius deg_c celsius grader °celsius",
    "°": "° deg degree degrees",
    "K": "k kelvin",
    "%": "% percent pct prozent %_rh %rh rh",
    "lx": "lx lux lumen/m²",
    "W": "w watt watts",
    "kW": "kw kilowatt kilowatts",
    "MW": "mw",
    "A": "a amp amps ampere amperes",
    "mA": "ma milliamps",
    "V": "v volt volts vac vdc",
    "mV": "mv millivolts",
    "Wh": "wh watt_hours watthours",
    "kWh": "kwh kw_hours kw_h kw/h kilowatt_hours kilowatthours kilowattstunden",
    "MWh": "mwh",
    "VA": "va",
    "kVA": "kva",
    "var": "var",
    "kvar": "kvar",
    "Hz": "hz hertz",
    "kHz": "khz",
    "MHz": "mhz",
    "ppm": "ppm",
    "ppb": "ppb",
    "μg/m³": "μg/m³ ug/m³ μg/m3 ug/m3 mcg/m3 μgm3",
    "mg/m³": "mg/m³ mg/m3",
    "hPa": "hpa",
    "mbar": "mbar mb millibar millibars",
    "bar": "bar",
    "kPa": "kpa",
    "Pa": "pa",
    "psi": "psi",
    "inHg": 'inhg in_hg "hg inches_hg inches_of_mercury in._hg',
    "mmHg": "mmhg mm_hg",
    "mph": "mph mi/h miles/h miles_per_hour",
    "km/h": "km/h kmh kph km/t km/u",
    "m/s": "m/s mps ms-1",
    "kn": "kn kt kts knots knot",
    "ft/s": "ft/s fps",
    "mm/h": "mm/h mm/hr mm/t mm/uur",
    "in/h": 'in/h in/hr inh inches/hr inches/hour in_/_hr "/hr',
    "mm/d": "mm/d mm/day",
    "in/d": "in/d in/day",
    "mm": "mm millimeter millimeters",
    "cm": "cm centimeter centimeters",
    "m": "m meter meters metre metres",
    "km": "km kilometer kilometers kilometre kilometres",
    "in": 'in inch inches " in.',
    "ft": "ft foot feet ft.",
    "yd": "yd yard yards",
    "mi": "mi mile miles",
    "W/m²": "w/m² w/m2 watts/m2 w/sqm",
    "dB": "db decibel decibels",
    "dBA": "dba db(a)",
    "dBm": "dbm",
    "L": "l liter liters litre litres ltr",
    "mL": "ml milliliter milliliters",
    "gal": "gal gallon gallons gals gal.",
    "m³": "m³ m3 cubic_meters cbm",
    "ft³": "ft³ ft3 cubic_feet cu_ft cuft cf",
    "CCF": "ccf",
    "L/min": "l/min lpm l/m liters/min",
    "L/h": "l/h l/hr",
    "m³/h": "m³/h m3/h m3/hr",
    "gal/min": "gal/min gpm gallons/min gal/m",
    "ft³/min": "ft³/min cfm",
    "kg": "kg kilogram kilograms kgs",
    "g": "g gram grams",
    "lb": "lb lbs pound pounds",
    "oz": "oz ounces ounce",
    "ms": "ms msec milliseconds millisecond",
    "s": "s sec secs second seconds sek sekunden",
    "min": "min mins minute minutes minuten minuter minutter",
    "h": "h hr hrs hour hours std stunden timer uur",
    "d": "d day days tage dager dage dagen dagar",
    "B": "b byte bytes",
    "kB": "kb",
    "MB": "mb_ mbyte megabytes",
    "GB": "gb",
    "TB": "tb",
    "bit/s": "bit/s bps",
    "kbit/s": "kbit/s kbps kb/s",
    "Mbit/s": "mbit/s mbps mb/s mbit",
    "Gbit/s": "gbit/s gbps gb/s",
    "μS/cm": "μs/cm us/cm",
    "mS/cm": "ms/cm",
}
UNITS: Final = {
    alias.replace("_", " ").strip(): unit
    for unit, aliases in _ALIASES.items()
    for alias in aliases.split()
}
# Where capitals tell two units apart, they are as they are written.
_EXACT: Final = {
    "MB": "MB",
    "mb": "mbar",
    "mW": "mW",
    "MW": "MW",
    "MWh": "MWh",
    "mWh": "mWh",
    "MB/s": "MB/s",
    "kB/s": "kB/s",
    "GB/s": "GB/s",
    "mV": "mV",
    "MV": "MV",
    "mS/cm": "mS/cm",
    "K": "K",
    "pH": "pH",
}
_PRESSURES = frozenset({"hPa", "mbar", "bar", "kPa", "Pa", "psi", "inHg", "mmHg"})
_LENGTHS = frozenset({"mm", "cm", "m", "km", "in", "ft", "yd", "mi"})
_VOLUMES = frozenset({"L", "mL", "gal", "m³", "ft³", "CCF"})
_SPEEDS = frozenset({"mph", "km/h", "m/s", "kn", "ft/s"})
_FLOWS = frozenset({"L/min", "L/h", "m³/h", "gal/min", "ft³/min"})
_PARTS = frozenset({"ppm", "ppb"})
_DUST = frozenset({"μg/m³", "mg/m³"})
_RATES = frozenset(
    {"bit/s", "kbit/s", "Mbit/s", "Gbit/s", "kB/s", "MB/s", "GB/s"},
)
_PERCENT = frozenset({"%"})
# What each kind is measured in; what is unlike it is measured in nothing of these.
KIND_UNITS: Final[dict[S, frozenset[str]]] = {
    S.TEMPERATURE: frozenset({"°C", "°F", "K"}),
    S.HUMIDITY: _PERCENT,
    S.MOISTURE: _PERCENT,
    S.BATTERY: _PERCENT,
    S.ILLUMINANCE: frozenset({"lx"}),
    S.POWER: frozenset({"W", "kW", "MW", "mW"}),
    S.APPARENT_POWER: frozenset({"VA", "kVA"}),
    S.REACTIVE_POWER: frozenset({"var", "kvar"}),
    S.ENERGY: frozenset({"Wh", "kWh", "MWh"}),
    S.VOLTAGE: frozenset({"V", "mV", "MV"}),
    S.CURRENT: frozenset({"A", "mA"}),
    S.FREQUENCY: frozenset({"Hz", "kHz", "MHz"}),
    S.POWER_FACTOR: _PERCENT,
    S.CARBON_DIOXIDE: frozenset({"ppm"}),
    S.CARBON_MONOXIDE: _PARTS | _DUST,
    S.VOC: _DUST,
    S.VOC_PARTS: _PARTS,
    S.NITROGEN_DIOXIDE: _PARTS | {"μg/m³"},
    S.OZONE: _PARTS | {"μg/m³"},
    S.SULPHUR_DIOXIDE: frozenset({"ppb", "μg/m³"}),
    S.PM1: frozenset({"μg/m³"}),
    S.PM25: frozenset({"μg/m³"}),
    S.PM10: frozenset({"μg/m³"}),
    S.PRESSURE: _PRESSURES,
    S.ATMOSPHERIC_PRESSURE: _PRESSURES,
    S.WIND_SPEED: _SPEEDS,
    S.WIND_DIRECTION: frozenset({"°"}),
    S.SPEED: _SPEEDS,
    S.PRECIPITATION: frozenset({"mm", "cm", "in"}),
    S.PRECIPITATION_INTENSITY: frozenset({"mm/h", "in/h", "mm/d", "in/d"}),
    S.DISTANCE: _LENGTHS,
    S.IRRADIANCE: frozenset({"W/m²"}),
    S.SOUND: frozenset({"dB", "dBA"}),
    S.SIGNAL: frozenset({"dB", "dBm"}),
    S.GAS: frozenset({"m³", "ft³", "CCF"}),
    S.WATER: _VOLUMES - {"mL"},
    S.VOLUME: _VOLUMES,
    S.FLOW: _FLOWS,
    S.WEIGHT: frozenset({"kg", "g", "lb", "oz"}),
    S.DURATION: frozenset({"ms", "s", "min", "h", "d"}),
    S.DATA_SIZE: frozenset({"B", "kB", "MB", "GB", "TB"}),
    S.DATA_RATE: _RATES,
    S.CONDUCTIVITY: frozenset({"μS/cm", "mS/cm"}),
    S.PH: frozenset({"pH"}),
}
# What a unit alone says; percents and parts per million are of many things.
_ALONE = (
    (S.TEMPERATURE, frozenset({"°C", "°F"})),
    (S.ATMOSPHERIC_PRESSURE, frozenset({"hPa", "mbar", "inHg", "mmHg"})),
    *(
        (kind, KIND_UNITS[kind])
        for kind in (
            S.ILLUMINANCE,
            S.POWER,
            S.APPARENT_POWER,
            S.REACTIVE_POWER,
            S.ENERGY,
            S.VOLTAGE,
            S.CURRENT,
            S.FREQUENCY,
            S.PRESSURE,
            S.SPEED,
            S.PRECIPITATION_INTENSITY,
            S.DISTANCE,
            S.IRRADIANCE,
            S.SOUND,
            S.SIGNAL,
            S.VOLUME,
            S.FLOW,
            S.WEIGHT,
            S.DURATION,
            S.DATA_SIZE,
            S.DATA_RATE,
            S.CONDUCTIVITY,
            S.PH,
        )
    ),
)
BY_UNIT: Final[dict[str, S]] = {
    unit: kind for kind, units in reversed(_ALONE) for unit in units
}
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


@lru_cache(maxsize=1024)
def unit_of(text: str) -> str | None:
    """Return a unit as Home Assistant writes it; None for words that are no unit."""
    written = " ".join(text.replace("µ", "μ").replace("\u2109", "°F").split())
    written = written.replace("\u2103", "°C").replace("° ", "°").rstrip(".")
    if written in _EXACT:
        return _EXACT[written]
    known = UNITS.get(written.lower())
    if known is not None:
        return known
    # One short word may be a unit that nobody knows; more of them are a sentence.
    return written if len(written) <= 8 and " " not in written else None


def _candidates(written: str) -> list[float]:
    """Return what a written number may be, the likeliest first."""
    text = _GROUPS.sub("", written.replace("\u2212", "-"))
    commas, points = text.count(","), text.count(".")
    if commas and points:
        # The last of them is the one before the decimals.
        if text.rfind(",") > text.rfind("."):
            return [_float(text.replace(".", "").replace(",", "."))]
        return [_float(text.replace(",", ""))]
    if commas + points > 1:
        return [_float(text.replace(",", "").replace(".", ""))]
    if not commas + points:
        return [_float(text)]
    found = [_float(text.replace(",", "."))]
    whole, _, decimals = text.replace(",", ".").partition(".")
    if len(decimals) == 3 and whole.lstrip("+-") not in {"", "0"}:
        found.append(_float(whole + decimals))
    return found


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _number(written: str, value: float | None) -> float | None:
    """Return a written number; where it can be read in two ways, `value` decides."""
    found = [number for number in _candidates(written) if math.isfinite(number)]
    if not found:
        return None
    if len(found) > 1 and value is not None and math.isfinite(value):
        return min(found, key=lambda number: abs(number - value))
    return found[0]


def reading(status: str, value: float | None = None) -> tuple[float | None, str | None]:
    """Return the number that a status text is, and its unit as usually written.

    Only a text that is nothing but a number and a unit is one: "Closed" is none.
    `value` is the raw value beside the text: it tells what "1,234" is.
    """
    found = _NUMBER.fullmatch(status)
    if found is None:
        return None, None
    if found[2] is None:
        return _number(found[1], value), None
    unit = unit_of(found[2].strip())
    return (None, None) if unit is None else (_number(found[1], value), unit)


def reads(status: str, value: float) -> bool:
    """Return whether a text has this very value among its words."""
    return any(
        number is not None and abs(number - value) < _SAME
        for found in _ANY_NUMBER.finditer(status)
        for number in (_number(found[0], value),)
    )
