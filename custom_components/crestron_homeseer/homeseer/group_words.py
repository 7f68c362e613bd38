"""What thermostats and players are called and show, in the owners' languages.

Small letters without accents, as `folded` writes them. The words of a table are whole
labels, those of a pattern parts of a text.
"""

import re
from typing import Final

from ..house.kinds import (
    PlayState,
    Repeat,
    TemperatureUnit,
    ThermostatAction,
    ThermostatMode as Mode,
    Transport,
)
from ..house.words import folded
from .features import decimal
from .states import OFF_LABELS, ON_LABELS, STOP_LABELS

ECO, AWAY, HOLD, PROGRAM, AUX_HEAT = "eco", "away", "hold", "program", "aux_heat"

# A mode, a preset, or a preset in a mode.
type Meaning = tuple[Mode | None, str | None]


def _table[ValueT](rows: dict[ValueT, str]) -> dict[str, ValueT]:
    """Return the value of each word; a row has its words separated by bars."""
    return {word: value for value, words in rows.items() for word in words.split("|")}


_MEANINGS: Final[dict[str, Meaning]] = _table(
    {
        (Mode.OFF, None): "|".join(OFF_LABELS),
        (Mode.HEAT, None): "heat|heating|heater|heat on|heat pump|heizen|heizung"
        "|heizbetrieb|varme|oppvarming|opvarmning|uppvarmning|verwarmen|verwarming"
        "|chauffage|chauffer|chaud|calor|calefaccion|caldo|riscaldamento",
        (Mode.COOL, None): "cool|cooling|cool on|air conditioning|kuhlen|kuhlung"
        "|kuhlbetrieb|kjoling|kjole|kjol|kyla|kylning|koling|kol|koelen|koeling"
        "|refroidir|refroidissement|climatisation|froid|frio|refrigeracion|enfriar"
        "|freddo|raffrescamento|raffreddamento",
        (Mode.AUTO, None): "auto|automatic|auto changeover|heat/cool|heat cool"
        "|heat & cool|heat and cool|heatcool|auto heat/cool|automatik|automatisch"
        "|automatisk|automatique|automatico",
        (Mode.AUX_HEAT, AUX_HEAT): "aux heat|auxheat|auxiliary|auxiliary heat"
        "|auxilliary heat|aux|aux heat only|emergency heat|emergency|em heat|e heat"
        "|emer heat|notheizung|zusatzheizung|nodvarme|tillskottsvarme"
        "|chauffage d'appoint",
        (Mode.FAN_ONLY, None): "fan only|fan|fanonly|ventilation|luften|lufter"
        "|nur lufter|nur luften|vifte|kun vifte|flakt|endast flakt|ventilator|blaeser"
        "|ventileren|alleen ventilator|ventilateur|ventilador|ventilacion"
        "|solo ventilador|ventilazione|solo ventilatore",
        (Mode.DRY, None): "dry|dry air|drying|dehumidify|dehumidification|trocknen"
        "|entfeuchten|tork|torr|avfukting|avfuktning|torka|affugtning|affugt|drogen"
        "|ontvochtigen|deshumidification|deshumidifier|sec|seco|secado|deshumidificar"
        "|deumidificazione|secco",
        (Mode.HEAT, ECO): "energy save heat|energy heat|eco heat|heat eco|economy heat"
        "|energy saving heat",
        (Mode.COOL, ECO): "energy save cool|energy cool|eco cool|cool eco|economy cool"
        "|energy saving cool",
        (Mode.HEAT, AWAY): "away heat|heat away",
        (Mode.COOL, AWAY): "away cool|cool away",
        (None, ECO): "eco|economy|energy save|energy saving|energy saver|saving|oko"
        "|sparen|sparbetrieb|absenkung|absenken|spar|sparing|besparing|economie"
        "|economico",
        (None, AWAY): "away|vacant|unoccupied|abwesend|abwesenheit|borte|borta"
        "|ikke hjemme|afwezig|weg|absent|absence|ausente|fuera|assente|fuori casa",
        (None, "vacation"): "vacation|holiday|urlaub|ferien|ferie|semester|vakantie"
        "|vacances|vacaciones|vacanza",
        (None, "home"): "home|at home|occupied|zuhause|anwesend|hjemme|hemma|thuis"
        "|present|en casa|in casa",
        (None, "sleep"): "sleep|night|nacht|natt|nat|nuit|noche|notte|schlafen",
        (None, "comfort"): "comfort|komfort|confort|comfort heat",
        (None, "boost"): "boost|full power|turbo|powerful",
        (None, "frost"): "frost|frost protection|antifreeze|frostschutz|frostsikring"
        "|frostskydd|vorstbeveiliging|hors gel|antigel|anticongelante|antigelo",
        (None, HOLD): "hold|on hold|permanent hold|permanent|indefinite"
        "|hold indefinitely|indefinite hold|held|manual|manuell|manuel|manueel"
        "|manual hold|halten|hold permanent",
        (None, "temporary_hold"): "temporary hold|temporary|temp hold|next transition"
        "|until next|hold until next|until next period|until next program",
        (None, PROGRAM): "program|programme|schedule|scheduled|follow schedule"
        "|following schedule|run|run schedule|run program|resume|resume program"
        "|resume schedule|no hold|hold off|zeitplan|programm|zeitprogramm|tidsplan"
        "|schema|programma|programmation|programa|calendario",
    }
)
# What takes the place of a mode.
PRESETS: Final = frozenset(preset for mode, preset in _MEANINGS.values() if not mode)
# In these presets a heater heats that names no mode besides.
HEATING_PRESETS: Final = ("comfort", "home", HOLD, PROGRAM)

# The first that is in a text is what the equipment does.
_ACTIONS: Final = (
    (r"defrost|abtau|avriming|avfrost", ThermostatAction.DEFROSTING),
    (r"pending|idle|\boff\b|standby|bereit|leerlauf|inaktiv|inactive", "idle"),
    (r"\b(?:not|no|kein\w*|ikke|inte|niet) ", "idle"),
    (r"dehumid|\bdry|entfeucht|avfukt", ThermostatAction.DRYING),
    (r"heat|heiz|varme|opvarm|verwarm|chauff|caldo|riscald", "heating"),
    (r"calef|calent|\baux\b|emergency", "heating"),
    (r"cool|kuhl|kjol|kyl|\bkol|koel|refroid|enfri|refriger|raffre", "cooling"),
    (r"\bfan\b|vent|luft|vifte|flakt|blaeser|econ", ThermostatAction.FAN),
    (r"^(?:aus|av|fra|uit|arret|apagado|spento|rest|satisfied|none)$", "idle"),
)
_DEGREES: Final = re.compile(
    r"(?<![\w.,])([-+−]?\d+(?:[.,]\d+)?)\s*"
    r"(?:(?:â?°|º|&deg;|deg(?:rees?)?\.?)\s*([CF])?(?![a-z])|([℃℉])|([CF])\b)",
    re.IGNORECASE,
)
_UNITS: Final = {
    **dict.fromkeys("c℃", TemperatureUnit.CELSIUS),
    **dict.fromkeys("f℉", TemperatureUnit.FAHRENHEIT),
}
_NUMBER: Final = re.compile(r"[-+−]?\d+(?:[.,]\d+)?")

# What the features of thermostats are called.
_SET = (
    r"set ?-?point|set ?temp|temp\w* ?set\b|target|desired|setzpunkt|sollwert|soll ?temp"
    r"|settpunkt|onsket|borvarde|setpunkt|maltemp|insteltemp|gewenste|streef|consigne"
    r"|consigna|impostat|desiderat|objetivo"
)
_HEAT = r"heat|heiz|varme|verwarm|chauff|calef|riscald|caldo"
_COOL = r"cool|kuhl|kjol|kyl|\bkol|koel|refroid|clim\b|enfri|refrig|raffr|freddo"
_WARM = r"temperatur|\btemp\b|\bisttemp|\bistwert|lampotila"
_HUMID = r"humidity|feuchte|fukt|fugtig|vochtig|humidite|humedad|umidita"
_FAN = r"\bfan\b|vifte|flakt|lufter|ventilat|blaeser"
SET_POINT, HEATS, COOLS, FAN = map(re.compile, (_SET, _HEAT, _COOL, _FAN))
GENERAL: Final = re.compile(rf"^(?!.*(?:{_HEAT})).*(?:{_SET})")
# What a feature without controls is called, the first that is in its name.
READINGS: Final = {
    "humidity": re.compile(_HUMID),
    "action": re.compile(
        r"operating ?state|running ?state|hvac ?(?:state|status|action)|\baction\b"
        r"|equipment|driftsstatus|betriebszustand"
    ),
    "temperature": re.compile(_WARM),
}
# Temperatures of something else than the air that is to be heated.
ELSEWHERE: Final = re.compile(
    r"outdoor|outside|external|remote|sensor|\bwater\b|aussen|ute\b|utendors|ude\b"
    r"|buiten|exterieur|exterior|estern|supply|return|vorlauf|rucklauf|inlet|outlet"
)
FLOOR: Final = re.compile(r"floor|boden|gulv|golv|vloer|\bsol\b|suelo|pavimento")
SWITCH: Final = re.compile(
    r"\bpower\b|on ?/ ?off|\bon off\b|ein ?/ ?aus|\bstrom|marche|voeding"
)
# What distinguishes the features of one thermostat, and not two thermostats.
CLIMATE_WORDS: Final = re.compile(
    rf"(?:{_SET}|{_HEAT}|{_COOL}|{_WARM}|{_HUMID}|{_FAN}|temp|thermostat|soll|ist|sett"
    r"|betriebs|luft|malt|indstil)\w*|set|point|current|actual|ambient|auto|modes?|hvac"
    r"|fanmode|status|state|operating|operation|running|relative|control|hold|system"
    r"|action|power|on|off|modus|lage|modo"
)

# Whole labels of a player's keys, where HomeSeer does not say what they are for.
KEYS: Final = _table(
    {
        Transport.PLAY: "play|resume|wiedergabe|abspielen|spill|spill av|spela|afspil"
        "|afspelen|lecture|lire|reproducir|riproduci",
        Transport.PAUSE: "pause|pausa|pauze|paus",
        Transport.STOP: "|".join(STOP_LABELS),
        Transport.NEXT: "next|next track|skip|skip forward|skip next|nachster"
        "|nachster titel|weiter|neste|nasta|naeste|volgende|suivant|siguiente"
        "|successivo",
        Transport.PREVIOUS: "previous|prev|previous track|prev track|skip back"
        "|skip previous|zuruck|vorheriger|vorheriger titel|forrige|foregaende|vorige"
        "|precedent|anterior|precedente",
        Transport.VOLUME_UP: "volume up|vol up|vol+|vol +|volume+|volume +|louder|lauter"
        "|volumen +|volum opp|volym upp|volume omhoog|volume plus|volumen mas",
        Transport.VOLUME_DOWN: "volume down|vol down|vol-|vol -|volume-|volume -|softer"
        "|quieter|leiser|volumen -|volum ned|volym ner|volume omlaag|volume moins"
        "|volumen menos",
    }
)
# What labels mean on a feature that is for the volume alone.
STEPS: Final = _table({Transport.VOLUME_UP: "up|+", Transport.VOLUME_DOWN: "down|-"})
_PLAYING: Final = (
    (r"not playing|nothing playing|no media", PlayState.STOPPED),
    (r"play|wiedergabe|spiller|spelar|afspil|speelt|lecture|reprod", PlayState.PLAYING),
    (r"paus", PlayState.PAUSED),
    (r"stop|idle|gestoppt|standby|arrete|detenid|fermo|ready", PlayState.STOPPED),
    (r"buffer|transition|loading|connecting", PlayState.BUFFERING),
)
_ON: Final = ON_LABELS | {"power on"}
_OFF: Final = OFF_LABELS | {"power off", "poweroff", "standby", "sleep", "sleeping"}
_MUTED: Final = re.compile(r"mute|stumm|dempet|dampad|gedempt|muet|silenci|muto")
_NOT: Final = re.compile(
    r"\b(?:un|not |nicht |no |ikke |inte |niet )|off|lautstarke an"
)
_REPEATS: Final = (
    (r"one|track|song|single|titel|current", Repeat.ONE),
    (r"\boff\b|\bno\b|none|aus|\bav\b|\buit\b|don't|normal", Repeat.OFF),
    (r"all|\bon\b|playlist|queue|context|repeat|alle|an\b", Repeat.ALL),
)

_SHUFFLE: Final = re.compile(
    r"shuffle|random|zufall|tilfeldig|slumpa|willekeurig|aleat"
)
# What a player's feature with controls is called.
WORKED: Final = {
    "volume": re.compile(r"volum|lautstarke|volym|\bvol\b|lydstyrke|geluid"),
    "mute": re.compile(r"\bmut|stumm|demp|dampa|muet|silenc"),
    "source": re.compile(
        r"\binput|\bsource|eingang|quelle|kilde|inngang|\bkalla|ingang|\bbron\b|entree"
        r"|fuente|entrada|ingresso|sorgente"
    ),
    "shuffle": _SHUFFLE,
    "repeat": re.compile(r"repeat|wiederhol|gjenta|upprepa|gentag|herhaal|repet"),
}
# What one without controls is called, the first that is in its name.
TEXTS: Final = {
    "art": re.compile(r"album ?art|cover|artwork|picture|image|art ?url"),
    "artist": re.compile(r"artist|interpret|kunstler|artiest"),
    "album": re.compile(r"album"),
    "track": re.compile(r"title|track|song|titel|now playing|tittel|\blat\b|morceau"),
    "status": re.compile(r"player ?stat|play ?stat|transport ?stat|playback"),
}
PLAYER_WORDS: Final = re.compile(
    r"volum\w*|vol|mut\w*|power|source|input|play\w*|transport|status|state|control\w*"
    r"|title|track|song|artist|album|art|cover|artwork|shuffle|random|repeat|mode|now"
    r"|current|media|lautstarke|stumm\w*|eingang|quelle|titel|volym|kilde|kalla|bron"
    r"|on|off|station|genre|next"
)


def _key(label: str) -> str:
    return " ".join(re.sub(r"[-_]", " ", folded(label)).split()).strip(" .!")


def meaning_of(label: str) -> Meaning | None:
    """Return the mode and the preset that a label or a text means."""
    key = re.sub(r"^mode\b:? *", "", _key(label))
    return _MEANINGS.get(key) or _MEANINGS.get(key.removesuffix(" mode"))


def action_of(text: str) -> ThermostatAction | None:
    """Return what a thermostat's equipment does, by its text."""
    words = _key(text)
    found = (action for pattern, action in _ACTIONS if re.search(pattern, words))
    action = next(found, None)
    return None if action is None else ThermostatAction(action)


def degrees(text: str) -> tuple[float | None, TemperatureUnit | None]:
    """Return the temperature in a text, and its unit as far as it has one."""
    found = _DEGREES.search(text)
    if found is None:
        plain = _NUMBER.fullmatch(text.strip())
        return (decimal(plain[0].replace("−", "-")) if plain else None), None
    unit = _UNITS.get((found[2] or found[3] or found[4] or "").lower())
    return decimal(found[1].replace("−", "-")), unit


def play_state(text: str) -> PlayState | None:
    """Return what a player does by its text; "Playing: a song" begins with it."""
    first = re.split(r"[:–—|]| - ", folded(text), maxsplit=1)[0]
    return next((state for each, state in _PLAYING if re.match(each, first)), None)


def is_on(text: str) -> bool | None:
    """Return whether something is on, by its text."""
    words = folded(text).strip(" .")
    return True if words in _ON else False if words in _OFF else None


def is_muted(text: str, *, alone: bool) -> bool | None:
    """Return whether the sound is off; `alone` is of what is for nothing else."""
    words = folded(text)
    if _MUTED.search(words):
        return _NOT.search(words) is None
    return is_on(words) if alone else None


def repeat_of(text: str) -> Repeat | None:
    """Return what is played again, by a label or a text."""
    words = folded(text)
    return next((repeat for each, repeat in _REPEATS if re.search(each, words)), None)


def is_shuffled(text: str) -> bool | None:
    """Return whether the order is random, by a label or a text."""
    words = _SHUFFLE.sub("", folded(text)).strip(" .:-")
    return is_on(words) if words else bool(text) or None
