"""What names speak of: words for things, in the languages of HomeSeer's owners.

English, German, French, Dutch, Norwegian, Swedish, Danish, Spanish and Italian, in
small letters and without accents. In each table the first that occurs counts.
"""

from collections.abc import Mapping
from functools import lru_cache
import re
from typing import Final

from ..house.kinds import CoverKind as C, DetectorKind as D, SensorKind as S
from ..house.words import folded


class Topics[KindT]:
    """A table of words, looked up in names."""

    def __init__(self, words: Mapping[KindT, str]) -> None:
        """Take regular expressions, one for each kind, the first ones first."""
        self._kinds = [(kind, re.compile(text)) for kind, text in words.items()]
        self._any = re.compile("|".join(f"(?:{text})" for text in words.values()))
        self.of = lru_cache(maxsize=4096)(self._of)

    def _of(self, text: str) -> KindT | None:
        words = folded(text)
        if self._any.search(words) is None:
            return None
        return next((kind for kind, found in self._kinds if found.search(words)), None)


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


@lru_cache(maxsize=4096)
def detector_of(text: str) -> D | None:
    """Return what a text says that a two-state sensor watches."""
    words = _OTHERS.sub(" ", folded(text))
    plain, either = _EITHER.subn(" ", words)
    return DETECTORS.of(plain) or (D.DOOR if either else None)
