"""Words in names, in the owners' languages: one table for each question asked of a name.

English, German, French, Dutch, Norwegian, Swedish, Danish, Spanish, Italian and
Portuguese, in small letters and without accents.
"""

from collections.abc import Mapping
from functools import lru_cache
import re
from typing import Final
import unicodedata

from .kinds import CoverKind as C, DetectorKind as D, SensorKind as S


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return a text in small letters without accents, for looking up words."""
    if text.isascii():
        return " ".join(text.lower().split())
    text = text.casefold().replace("ø", "o").replace("æ", "ae")
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(plain.split())


class Topics[KindT]:
    """A table of words by kind, searched in names."""

    def __init__(self, words: Mapping[KindT, str]) -> None:
        """Take regular expressions, one for each kind, the first ones first."""
        self._kinds = [(kind, re.compile(text)) for kind, text in words.items()]
        self.all = lru_cache(maxsize=4096)(self._all)

    def _all(self, text: str) -> tuple[KindT, ...]:
        words = folded(text)
        return tuple(kind for kind, found in self._kinds if found.search(words))

    def of(self, text: str) -> KindT | None:
        """Return the first kind whose words occur in a text."""
        return next(iter(self.all(text)), None)


# "Tür" and "dør" end many a word: a temperature, and a corridor.
_DOORS = (
    r"\bdoors?\b|deur\b|dorr\b|\bporte\b|puerta|\bporta\b|(?:\b|haus|wohnungs|eingangs"
    r"|keller|balkon|terrassen|garten|hinter|neben|schiebe|schrank)tur\b"
    r"|(?:\b|ytter|hoved|inngangs|bak|side|balkong|veranda|terrasse|entre|have|altan)dor\b"
)
COVERS: Final = Topics(
    {
        C.GARAGE: r"garage|garasje|garaje|barrier oper|myq|ratgdo|overhead door|carport door",
        C.GATE: r"\bgates?\b|\btor\b|hoftor|einfahrtstor|portail|\bpoort\b|\bport\b(?! \d)"
        r"|grind\b|\bpuerta de entrada|cancell|barrier\b",
        C.BLIND: r"\bblinds?\b|jalousie|raffstore|\bstore venitien|jaloezie|persienn"
        r"|persiana veneciana|veneziana",
        C.SHUTTER: r"shutter|rolll?ad|volet|rolluik|rullgardin|rulleskodde|skodde"
        r"|persiana|tapparella|\brolo\b",
        C.CURTAIN: r"curtain|drape|vorhang|gardine?r?\b|rideau|gordijn|forheng|cortina"
        r"|tenda\b",
        C.AWNING: r"awning|markise?|markis\b|auvent|zonnescherm|toldo|tenda da sole",
        C.SHADE: r"\bshades?\b|\brollo\b|sonnenschutz|window covering|covering"
        r"|\bscreens?\b.*(?:roller|up)|projector screen|projection screen|(?:porch|patio|lanai|deck|solar|sun) screen|leinwand"
        r"|roller\b",
        C.WINDOW: r"\bwindows?\b|skylight|fenster|fenetre|raam\b|vindu|fonster|vindue"
        r"|ventana|finestra|velux",
        C.DOOR: _DOORS,
    }
)
DETECTORS: Final = Topics(
    {
        D.BATTERY_LOW: r"low batter|batter\w* low|batterie (?:schwach|faible)|lav batter",
        D.CARBON_MONOXIDE: r"carbon monoxide|\bco\b|kohlenmonoxid|monoxyde|kulos|monossido",
        D.SMOKE: r"smoke|rauch|fumee|\brook|royk|\brok(?:varn|detekt)|\brog(?:alarm|detek)"
        r"|\bhumo\b|\bfumo\b",
        D.HEAT: r"heat alarm|hitze|overheat",
        D.COLD: r"\bfreez|frost",
        D.FIRE: r"\bfire\b|feuer|brann|\bbrand\b|incendi",
        D.WATER: r"water|leak|flood|moisture|wasser|leck|fuite|inondation|\blek|vann"
        r"|vatten|\bvand|agua|inundaci|acqua|allagamento|oversv",
        D.GAS: r"\bgas\b|methane|\bgaz\b|\blpg\b",
        D.TAMPER: r"tamper|sabotage|manipulation",
        D.VIBRATION: r"vibrat|glass|glas\b|glasbruch|bris de|\bshake|erschutterung|rystelse",
        D.SOUND: r"\bnoise detect|sound detect",
        D.BURGLARY: r"burglar|intrusion|intruder|einbruch|home security|innbrudd|inbrott",
        D.MOTION: r"motion|bewegung|mouvement|beweging|bevegelse|rorelse|bevaegelse"
        r"|movimiento|movimento|\bpir\b",
        D.OCCUPANCY: r"occupan|occupied|presence|belegung|anwesen|prasenz|aanwezig|narvaro|tilstede"
        r"|ocupaci|presencia|occupazione|presenza",
        D.DOORBELL: r"door ?bell|klingel|sonnette|deurbel|ringeklokke|dorrklocka|dorklokke"
        r"|timbre|campanello",
        D.PROBLEM: r"beam|obstruct|photo ?eye|lichtschranke|\btrouble\b|\bfault\b|storung",
        D.GARAGE_DOOR: r"garage ?(?:door|tor|deur|port|dorr)|garagentor|\btilt\b",
        D.WINDOW: r"\bwindows?\b|skylight|fenster|fenetre|raam\b|vindu|fonster|ventana"
        r"|finestra",
        D.DOOR: rf"contact|kontakt|\bgates?\b|{_DOORS}",
    }
)
MEASURED: Final = Topics(
    {
        S.PM25: r"pm ?_?2[.,]?5|particulate matter",
        S.PM10: r"pm ?_?10\b",
        S.PM1: r"pm ?_?1(?:\.0)?\b",
        S.CARBON_DIOXIDE: r"\bco ?2\b|carbon dioxide|kohlendioxid|dioxyde de carbone"
        r"|koldioxid|co2",
        S.CARBON_MONOXIDE: r"carbon monoxide|\bco\b|kohlenmonoxid|monoxyde",
        S.VOC: r"\bt?vocs?\b|volatile organic",
        S.VOC_PARTS: r"\bt?vocs?\b|volatile organic",
        S.NITROGEN_DIOXIDE: r"\bno2\b|nitrogen dioxide",
        S.OZONE: r"\bozone?\b|\bo3\b",
        S.SULPHUR_DIOXIDE: r"\bso2\b|sul(?:f|ph)ur dioxide",
        S.AIR_QUALITY: r"\baqi\b|air quality index",
        S.MOISTURE: r"moisture|bodenfeuchte|soil|humidite du sol|bodemvocht|jordfukt",
        S.HUMIDITY: r"humid|feuchte|feuchtigkeit|vochtig|luftfukt|fuktighet|fugtighed"
        r"|humedad|umidita|\brh\b",
        S.BATTERY: r"batter|\bakku\b|pila\b|bateria",
        S.PRECIPITATION_INTENSITY: r"rain|precip|regen|pluie|neerslag|nedbor|regn|lluvia"
        r"|pioggia|snow",
        S.PRECIPITATION: r"rain|precip|regen|niederschlag|pluie|neerslag|nedbor|nederbord"
        r"|regn|lluvia|pioggia|snow",
        S.WIND_DIRECTION: r"wind ?(?:dir|bearing)|wind\w*richtung|direction du vent"
        r"|windrichting|vindretning|vindriktning|direccion del viento|direzione del vento",
        S.WIND_SPEED: r"wind|gust|\bvent\b|vind|viento|vento",
        S.ULTRAVIOLET: r"\buv\b|ultra ?violet|uv.?index",
        S.IRRADIANCE: r"solar rad|irradia|sonnenstrahl|globalstrahl",
        S.ILLUMINANCE: r"luminance|illuminance|helligkeit|brightness|lux\b|light level"
        r"|luminosit|lichtsterkte|lysstyrke|ljusstyrka|lightlevel",
        S.ATMOSPHERIC_PRESSURE: r"baro|atmospher|luftdruck|air pressure|lufttrykk"
        r"|lufttryck|luchtdruk|sea level",
        S.PRESSURE: r"pressure|\bdruck\b|pression|trykk\b|tryck\b|presion|pressione",
        S.POWER_FACTOR: r"power factor|cos ?phi|leistungsfaktor",
        S.POWER: r"\bpower\b|watts?\b|leistung|puissance|vermogen|effekt\b|potencia|potenza",
        S.ENERGY: r"energy|kw hours|kwh|electric meter|energie|\bstromzahler|energia",
        S.VOLTAGE: r"volt|spannung|spanning|spenning|spanning",
        S.CURRENT: r"ampere|\bamps?\b|current|stromstarke",
        S.GAS: r"\bgas(?:\b|zahl|ver|meter|forbr|mal)|\bgaz\b",
        S.WATER: r"water (?:meter|usage|consum|use)|wasserzahler|wasserverbrauch"
        r"|waterverbruik|vannforbruk|vattenforbruk|vandforbrug|consommation d.eau"
        r"|consumo (?:de|d.) ?a\w*ua"
        r"|compteur d.eau|watermeter|vannmaler|vattenmatare|vandmaler|contador de agua"
        r"|contatore acqua",
        S.SOUND: r"noise|sound|larm\b|bruit|geluid|stoy|buller|ruido|rumore|decibel",
        S.SIGNAL: r"signal|rssi|\blqi\b|link quality|\bsnr\b|wifi|wi-fi",
        S.TEMPERATURE: r"temp(?:erat|\b)|\bdew ?point|wind ?chill|feels like|taupunkt"
        r"|utetemp|innetemp",
        S.PH: r"\bph\b",
        S.SPEED: r"speed|geschwind|vitesse|snelheid|hastighet|velocid",
        S.DISTANCE: r"distance|entfernung|abstand|\bdepth\b|\brange\b|visibility",
        S.DURATION: r"duration|uptime|remaining time|dauer|laufzeit",
    }
)

LAMP: Final = re.compile(
    r"(?<!sky)(?<!day)lights?\b(?! (?:level|sensor))|\b(?:lamps?|lighting|leds?|bulbs?"
    r"|chandelier|sconces?|pendants?)\b|lamp[ae]?n?\b|leuchte|licht\b|beleuchtung|lumiere"
    r"|\blys\b|lampe|belysning|\bluz\b|\bluce\b|verlichting|lampada"
)
OUTLET: Final = re.compile(
    r"outlet|receptacle|steckdose|\bprise\b|stopcontact|stikkontakt|vagguttag|enchufe"
    r"|\bpresa\b|\btomada\b"
)
FAN: Final = re.compile(
    r"\bfans?\b|ventilator|deckenventilator|\bvifte\b|ventilador|\bflakt|ventilateur"
)
# What installers put on switches, and is no light.
LOAD: Final = re.compile(
    r"pump|\bpompe?\b|\bbomba\b|\bpond\b|teich|\betang\b|vijver|estanque|laghetto|\bdamm\b"
    r"|fountain|brunnen|fontaine|fontein|fuente|fontana|\bfonte\b|fontan"
    r"|fire ?(?:place|pit)|kamin|cheminee|\bhaard\b|chimenea|camin(?:o|etto)|lareira"
    r"|oppna? spis|braskamin"
    r"|heat(?:er|ed|ing)|heizung|heiz(?:ung|er|stab|strahl)|chauff|verwarming|calefac"
    r"|calentador|riscaldament|aquecedor|varmare|elvarme|towel (?:rail|warmer)|sauna"
    r"|boiler|\bjacuzzi\b|whirlpool|irrigat|sprinkler|bewasserung|arrosage|riego"
    r"|irrigazione|beregening|bevattning|\bmotor\b|relay|relais"
)
# These hold words of doors and alarms, and are where something is, or something else.
_OTHERS = re.compile(
    r"\b(?:(?:out|in)doors?|flood ?lights?|fireplace|fire ?pit|water ?heater|hot water"
    r"|dishwasher|waterfall|window ?(?:sill|seat|fan)|glass ?house)\b"
)
VALVE: Final = re.compile(
    r"\bvalves?\b|water main|main water|shut ?-?off|ventil\b"
    r"|hauptwasser|absperr|\bvanne\b|afsluiter|\bklep\b|stoppekran|hovedkran|huvudkran"
    r"|stophane|avstengning|valvula|valvola|llave de paso|electrovanne"
)
SIREN: Final = re.compile(r"\bsirene?r?n?\b|\bsirena\b|\bsiren\b|\bstrobe\b")
# A number or a rating is meant, or a list of what happened: never one of two states.
RATED: Final = re.compile(
    r"danger|risk|index|level|trend|\bcounts?\b|counter|number of|forecast|rating|quality"
    r"|\bmode\b|history|\blast\b|\bnext\b|\btime\b|\bdate\b|phase|\blog(?:ging)?\b|message"
    r"|usage|setting|schedule|summary|gefahr|stufe|anzahl|vorhersage|prognose"
    r"|risque|niveau|aantal|antall|antal|riesgo|nivel|rischio|livello|restriction"
)
REMOTE: Final = re.compile(
    r"central scene|zllswitch|zgpswitch|\bremote\b|\bpico\b|minimote|wallmote"
    r"|scene controller|\bbutton\b|tap dial|nodon|keyfob|key fob"
)
BUTTON: Final = re.compile(
    r"\b(?:button|taster?|bouton|knapp?|knop|pulsador|pulsante)\b"
)
# What a plug-in tells of itself and its radio.
HOUSEKEEPING: Final = re.compile(
    r"node (?:info|configuration|config|status)|wake ?up"
    r"|last poll|plug-?in (?:status|version|state)|\bfirmware\b|neighbou?rs?\b"
    r"|configuration$|poll interval|interface status"
)
# What a contact says of itself where it does not know what it is on.
_EITHER = re.compile(r"door ?/ ?window|window ?/ ?door")
_UNUSED = re.compile(
    r"(?:un|not )used|(?:un|nicht )benutzt|ungenutzt|inutilis|non utilis|ongebruikt"
    r"|sin us[ao]|non (?:usat|utilizzat)|nao usad|sem uso|oanvan|ubrukt|ubrugt"
)
# What tells a door's sensor and its lock apart; the rest is the door's own name.
_OF_A_DOOR = re.compile(
    r"batter\w*|sensor\w*|sensore|capteur|sonde|detect\w*|detekt\w*|contacto?|contatto"
    r"|contato|kontakt|deadbolt|bolt|keypad|smart|status|position|lock\w*|schloss"
    r"|riegel|serrure|verrou|\bslot\b|cerradura|cerrojo|serratura|fechadura|las\b"
    r"|doors?\b|tur(?=\b|schloss|kontakt|sensor)|porte\b|deur(?=\b|slot|sensor|contact)"
    r"|puerta|porta\b|dorr(?=\b|las|sensor|kontakt)"
)
_NO_WORDS = re.compile(r"[\W_]+")
_LINKS = re.compile(r"\b(?:de|del|della|do|da|du|der|des|van|the|of|la|le|el|d|l)\b")


@lru_cache(maxsize=4096)
def detector_of(text: str) -> D | None:
    """Return what a text says that a two-state sensor watches."""
    words = _OTHERS.sub(" ", folded(text))
    plain, either = _EITHER.subn(" ", words)
    return DETECTORS.of(plain) or (D.DOOR if either else None)


def unused(room: str) -> bool:
    """Return whether a room's name begins with saying that it is not used."""
    return _UNUSED.match(folded(room)) is not None


def door_of(name: str) -> str:
    """Return what is left of a name without the words of a door's sensor and lock."""
    left = _OF_A_DOOR.sub(" ", _NO_WORDS.sub(" ", folded(name)))
    return " ".join(_LINKS.sub(" ", left).split())
