"""What thermostats are called and say, in the languages of HomeSeer's owners.

Words of a table are whole labels; those of a pattern are parts of a text.
"""

from dataclasses import dataclass
import re
from typing import Final

from ..house.kinds import TemperatureUnit, ThermostatAction, ThermostatMode
from .features import decimal

ECO, AWAY, HOLD, PROGRAM, AUX_HEAT = "eco", "away", "hold", "program", "aux_heat"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a label means: a mode, a preset, or a preset in a mode."""

    mode: ThermostatMode | None = None
    preset: str | None = None


def _table[ValueT](rows: dict[str, ValueT]) -> dict[str, ValueT]:
    """Return a table by each of the words that a row has, separated by bars."""
    return {word: value for words, value in rows.items() for word in words.split("|")}


_HEAT, _COOL = ThermostatMode.HEAT, ThermostatMode.COOL
_MEANINGS: Final = _table(
    {
        "off|aus|av|fra|slukket|uit|arrêt|arret|éteint|apagado|spento": Meaning(
            ThermostatMode.OFF
        ),
        "heat|heating|heater|heat on|heat pump|heizen|heizung|heizbetrieb|varme|värme"
        "|oppvarming|opvarmning|uppvärmning|verwarmen|verwarming|chauffage|chauffer"
        "|chaud|calor|calefacción|caldo|riscaldamento": Meaning(_HEAT),
        "cool|cooling|cool on|air conditioning|kühlen|kühlung|kühlbetrieb|kjøling"
        "|kjøle|kjøl|kyla|kylning|køling|køl|koelen|koeling|refroidir|refroidissement"
        "|climatisation|froid|frío|frio|refrigeración|enfriar|freddo|raffrescamento"
        "|raffreddamento": Meaning(_COOL),
        "auto|automatic|auto changeover|heat/cool|heat cool|heat & cool|heat and cool"
        "|heatcool|auto heat/cool|automatik|automatisch|automatisk|automatique"
        "|automático|automatico": Meaning(ThermostatMode.AUTO),
        "aux heat|auxheat|auxiliary|auxiliary heat|auxilliary heat|aux|aux heat only"
        "|emergency heat|emergency|em heat|e heat|emer heat|notheizung|zusatzheizung"
        "|nødvarme|tillskottsvärme|chauffage d'appoint": Meaning(
            ThermostatMode.AUX_HEAT, AUX_HEAT
        ),
        "fan only|fan|fan mode|fanonly|ventilation|lüften|lüfter|nur lüfter|nur lüften"
        "|vifte|kun vifte|fläkt|endast fläkt|ventilator|blæser|ventileren"
        "|alleen ventilator|ventilateur|ventilador|ventilación|solo ventilador"
        "|ventilazione|solo ventilatore": Meaning(ThermostatMode.FAN_ONLY),
        "dry|dry air|drying|dehumidify|dehumidification|trocknen|entfeuchten|tørk"
        "|tørr|avfukting|avfuktning|torka|affugtning|affugt|drogen|ontvochtigen"
        "|déshumidification|déshumidifier|sec|seco|secado|deshumidificar"
        "|deumidificazione|secco": Meaning(ThermostatMode.DRY),
        "energy save heat|energy heat|eco heat|heat eco|economy heat"
        "|energy saving heat": Meaning(_HEAT, ECO),
        "energy save cool|energy cool|eco cool|cool eco|economy cool"
        "|energy saving cool": Meaning(_COOL, ECO),
        "away heat|heat away": Meaning(_HEAT, AWAY),
        "away cool|cool away": Meaning(_COOL, AWAY),
        "eco|economy|energy save|energy saving|energy saver|energy saving mode|saving"
        "|öko|sparen|sparbetrieb|absenkung|absenken|spar|øko|sparing|besparing|éco"
        "|économie|económico|economico": Meaning(preset=ECO),
        "away|vacant|unoccupied|abwesend|abwesenheit|borte|borta|ikke hjemme|afwezig"
        "|weg|absent|absence|ausente|fuera|assente|fuori casa": Meaning(preset=AWAY),
        "vacation|holiday|urlaub|ferien|ferie|semester|vakantie|vacances|vacaciones"
        "|vacanza": Meaning(preset="vacation"),
        "home|at home|occupied|zuhause|anwesend|hjemme|hemma|thuis|présent|en casa"
        "|in casa": Meaning(preset="home"),
        "sleep|night|nacht|natt|nat|nuit|noche|notte|schlafen": Meaning(preset="sleep"),
        "comfort|komfort|confort|comfort heat": Meaning(preset="comfort"),
        "boost|full power|turbo|powerful": Meaning(preset="boost"),
        "frost|frost protection|antifreeze|frostschutz|frostsikring|frostskydd"
        "|vorstbeveiliging|hors gel|hors-gel|antigel|anticongelante|antigelo": Meaning(
            preset="frost"
        ),
        "hold|on hold|permanent hold|permanent|indefinite|hold indefinitely"
        "|indefinite hold|held|manual|manuell|manuel|manueel|manual hold|halten"
        "|hold permanent": Meaning(preset=HOLD),
        "temporary hold|temporary|temp hold|next transition|until next|hold until next"
        "|until next period|until next program": Meaning(preset="temporary_hold"),
        "program|programme|schedule|scheduled|follow schedule|following schedule|run"
        "|run schedule|run program|resume|resume program|resume schedule|no hold"
        "|hold off|zeitplan|programm|zeitprogramm|tidsplan|schema|programma"
        "|programmation|programa|calendario": Meaning(preset=PROGRAM),
    }
)
# What the presets of a heater that names no mode besides do.
HEATING_PRESETS = ("comfort", "home", HOLD, PROGRAM)

# The first that is in a text says what the equipment does.
_ACTIONS: Final = (
    (r"defrost|abtau|avriming|avfrost", ThermostatAction.DEFROSTING),
    (r"pending|idle|\boff\b|standby|bereit|leerlauf|inaktiv|inactive", "idle"),
    (r"\b(?:not|no|kein\w*|ikke|inte|niet) ", "idle"),
    (r"dehumid|\bdry|entfeucht|avfukt", ThermostatAction.DRYING),
    (r"heat|heiz|varme|värme|opvarm|verwarm|chauff|caldo|riscald", "heating"),
    (r"calef|calent|\baux\b|emergency", "heating"),
    (r"cool|kühl|kjøl|kyl|køl|koel|refroid|enfri|refriger|raffre", "cooling"),
    (r"\bfan\b|vent|lüft|vifte|fläkt|blæser|econ", ThermostatAction.FAN),
    (r"^(?:aus|av|fra|uit|arrêt|apagado|spento|rest|satisfied|none)$", "idle"),
)
_NOTHING: Final = frozenset(
    {"unknown", "n/a", "na", "nan", "no data", "none", "null", "--", "---", "-", "?"}
    | {"unavailable", "unreachable", "offline", "not available", "error", "no value"}
    | {"unbekannt", "ukjent", "okänd", "onbekend", "inconnu", "desconocido"}
)
_DEGREES: Final = re.compile(
    r"(?<![\w.,])([-+−]?\d+(?:[.,]\d+)?)\s*"
    r"(?:(?:â?°|º|&deg;|deg(?:rees?)?\.?)\s*([CF])?(?![a-z])|([℃℉])|([CF])\b)",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")
_UNITS: Final = {
    "c": TemperatureUnit.CELSIUS,
    "℃": TemperatureUnit.CELSIUS,
    "f": TemperatureUnit.FAHRENHEIT,
    "℉": TemperatureUnit.FAHRENHEIT,
}

SET_POINT: Final = re.compile(
    r"set ?-?point|set ?temp|temp\w* ?set\b|target|desired|setzpunkt|sollwert|soll ?temp"
    r"|settpunkt|ønsket|börvärde|setpunkt|måltemp|insteltemp|gewenste|streef|consigne"
    r"|consigna|impostat|desiderat|objetivo"
)
HEATS: Final = re.compile(r"heat|heiz|varme|värme|verwarm|chauff|calef|riscald|caldo")
COOLS: Final = re.compile(
    r"cool|kühl|kjøl|kyl|\bkøl|koel|refroid|clim\b|enfri|refrig|raffr|freddo"
)
TEMPERATURE: Final = re.compile(
    r"temperatur|\btemp\b|\bisttemp|\bistwert|température|lämpötila"
)
HUMIDITY: Final = re.compile(
    r"humidity|feuchte|fukt|fugtig|vochtig|humidité|humedad|umidità"
)
# Temperatures of something else than the air that is to be warmed.
ELSEWHERE: Final = re.compile(
    r"outdoor|outside|external|remote|sensor|\bwater\b|außen|aussen|ute\b|utendørs|ude\b"
    r"|buiten|extérieur|exterior|estern|supply|return|vorlauf|rücklauf|inlet|outlet"
)
FLOOR: Final = re.compile(r"floor|boden|gulv|golv|vloer|\bsol\b|suelo|pavimento")
FAN: Final = re.compile(r"\bfan\b|vifte|fläkt|lüfter|ventilat|blæser")
STATE: Final = re.compile(
    r"operating ?state|running ?state|hvac ?(?:state|status|action)|\baction\b"
    r"|equipment|driftsstatus|betriebszustand"
)
POWER: Final = re.compile(
    r"\bpower\b|on ?/ ?off|\bon off\b|ein ?/ ?aus|strøm|ström|marche"
)
# What tells parts of one thermostat from each other, and not their owner.
ROLE_WORDS: Final = re.compile(
    r"(?:set|point|setpoint\w*|temp\w*|target|desired|current|actual|ambient|heat\w*"
    r"|cool\w*|auto|mode|modes|hvac|fan|fanmode|status|state|operating|operation"
    r"|running|humidity|relative|thermostat\w*|control|hold|system|action|power|on|off"
    r"|soll\w*|ist\w*|heiz\w*|kühl\w*|modus|betriebs\w*|feuchte|luftfeuchte|lüfter"
    r"|sett\w*|ønsket|varme|kjøling|vifte|fuktighet|börvärde|värme|kyla|fläkt|läge"
    r"|målt\w*|indstil\w*|gewenste|streef\w*|verwarm\w*|koel\w*|vochtigheid|consigne"
    r"|chauffage|refroid\w*|température|humidité|consigna|calef\w*|modo|umidità)"
)


def _key(label: str) -> str:
    return " ".join(re.sub(r"[-_]", " ", label.lower()).split()).strip(" .!")


def meaning_of(label: str) -> Meaning | None:
    """Return what a label or a text means; None for unknown words."""
    key = _key(label)
    for prefix in ("mode:", "mode "):
        key = key.removeprefix(prefix).strip()
    return _MEANINGS.get(key) or _MEANINGS.get(key.removesuffix(" mode"))


def action_of(text: str) -> ThermostatAction | None:
    """Return what a thermostat's equipment does, by its text."""
    words = _key(text)
    found = next((each for words_, each in _ACTIONS if re.search(words_, words)), None)
    return None if found is None else ThermostatAction(found)


def says_nothing(text: str) -> bool:
    """Return whether a text says that something is not known."""
    return _key(text) in _NOTHING or text.strip().lower() in _NOTHING


def degrees(text: str) -> tuple[float | None, TemperatureUnit | None]:
    """Return the temperature that a text tells, and its unit as far as it has one."""
    found = _DEGREES.search(text)
    if found is None:
        plain = _NUMBER.fullmatch(text.strip())
        return (None if plain is None else _number(plain[0])), None
    unit = found[2] or found[3] or found[4]
    return _number(found[1]), _UNITS.get(unit.lower()) if unit else None


def _number(text: str) -> float | None:
    return decimal(text.replace("−", "-"))
