"""Words in names, in the owners' languages: for all hubs, in small letters.

English, German, French, Dutch, Norwegian, Swedish, Danish, Spanish, Italian and
Portuguese, without accents.
"""

from functools import lru_cache
import re
from typing import Final
import unicodedata

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


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return a text in small letters without accents, for looking up words."""
    if text.isascii():
        return " ".join(text.lower().split())
    text = text.casefold().replace("ø", "o").replace("æ", "ae")
    parts = unicodedata.normalize("NFKD", text)
    plain = "".join(char for char in parts if not unicodedata.combining(char))
    return " ".join(plain.split())


def unused(room: str) -> bool:
    """Return whether a room's name begins with saying that it is not used."""
    return _UNUSED.match(folded(room)) is not None


def door_of(name: str) -> str:
    """Return what is left of a name without the words of a door's sensor and lock."""
    left = _OF_A_DOOR.sub(" ", _NO_WORDS.sub(" ", folded(name)))
    return " ".join(_LINKS.sub(" ", left).split())
