"""What can open a way into a home, or what nobody can know: one rule for all hubs.

Voice assistants and automatic dashboards have such things only after the owner chose
it, and actions reach them only through their entity.
"""

from collections.abc import Iterable
import re

from .controls import Choice, Switch
from .devices import (
    AlarmPanel,
    Button,
    Cover,
    Detector,
    Device,
    Fan,
    Light,
    Lock,
    MediaRoom,
    Scene,
    Thermostat,
)
from .kinds import ACCESS_COVERS, DetectorKind, SceneKind

# Scenes of these types open nothing, whatever they are called.
_HARMLESS = (
    SceneKind.LIGHTING,
    SceneKind.SHADE,
    SceneKind.SHADE_GROUP,
    SceneKind.MEDIA,
    SceneKind.CLIMATE,
    SceneKind.DAYLIGHT,
)
# What a sensor of these reports is about a break-in or danger: nobody may set it.
_ALARMING = (
    DetectorKind.DOOR,
    DetectorKind.WINDOW,
    DetectorKind.BURGLARY,
    DetectorKind.FIRE,
    DetectorKind.SMOKE,
    DetectorKind.CARBON_MONOXIDE,
    DetectorKind.GAS,
    DetectorKind.TAMPER,
)

# By language: what opens and unlocks, disarms, restarts. A star is any ending.
_WORDS = {
    "en": "open opens opener opening unlock* unlatch* disarm* buzz buzzer strike "
    "deactivat* restart* reboot* release",
    "de": "öffn* offen offene offener entriegel* entsperr* aufsperr* aufschließ* aufschliess* türöffner "
    "toröffner *öffner entschärf* unscharf* deaktivier* neustart* rebooten",
    "fr": "ouvr* ouvert* déverrouill* deverrouill* désarm* desarm* désactiv* "
    "redémarr* redemarr* gâche",
    "nl": "openen opent ontgrendel* ontsluit* ontwapen* deactiveer* "
    "herstart* deuropener",
    "no": "åpn* åpen* aapne* opplås* avlås* deaktiver* frakobl* omstart*",
    "sv": "öppn* öppen öppet avlarm* frånkoppl* deaktivera* omstart* dörröppnare",
    "da": "åbn* åben* aabn* oplås* deaktivér* genstart*",
    "es": "abrir abre abiert* apertura* desbloque* desactiv* reinici* abrepuertas",
    "it": "apri aprire apert* apertura* apriporta apricancello sblocc* disarm* disattiv* "
    "disinser* riavvi*",
    "pt": "abert* destranc* desbloque* abrir abre",
    # A gate is there to be opened, whatever is done to it.
    "gates": "gate gates einfahrtstor gartentor garagentor portail cancello poort grind",
}
# Where one word alone would be too little.
_PHRASES = (
    "lås opp|låse opp|lås op|låse op|lås upp|låsa upp|låser opp|larma av|skru av alarm"
    "|alarm aus|alarm off|alarm uit|alarm uitschakelen|alarm av|alarm fra|arm off|van slot|starta om"
    "|starte på nytt|start på nytt|neu starten|schalte unscharf|opnieuw opstarten"
)


def _pattern(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*")


_OPENS = re.compile(
    r"\b(?:"
    + "|".join(_pattern(word) for words in _WORDS.values() for word in words.split())
    + f"|{_PHRASES}"
    + r")\b"
)
_BESIDE_WORDS = re.compile(r"[\W_]+")
_HUMPS = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")


def opens(*texts: str) -> bool:
    """Return whether a name or a label is of what opens, unlocks, disarms or restarts."""
    return any(
        _OPENS.search(_BESIDE_WORDS.sub(" ", _HUMPS.sub(" ", text)).casefold())
        for text in texts
    )


def needs_consent(device: Device, part_of: str = "") -> bool:
    """Return whether the owner is to decide who sees a device.

    `part_of` is the name of what it is a part of. Locks, doors and alarm systems are
    not: Home Assistant has rules of its own for them.
    """
    match device:
        case Scene(kind=SceneKind.EVENT) | Switch():
            return opens(device.name)
        case Scene():
            return device.kind not in _HARMLESS
        case Button():
            return device.anything or opens(part_of, device.name, device.label or "")
        case Choice():
            return opens(device.name, *device.options)
    return False


def entity_only(device: Device, part_of: str = "") -> bool:
    """Return whether a device locks, opens a way in, arms or disarms."""
    match device:
        case Lock() | AlarmPanel():
            return True
        case Cover():
            # Two relays of one motor must never both be on.
            return device.kind in ACCESS_COVERS or device.assumed
        case Button() | Choice() | Switch():
            return needs_consent(device, part_of)
    return False


def may_open(device: Device) -> bool:
    """Return whether a label like "Open" on a device may be that of a way in."""
    return not isinstance(device, Cover | Fan | Light | MediaRoom | Thermostat)


def safety_relevant(devices: Iterable[Device]) -> bool:
    """Return whether what some devices show decides whether a home is safe."""
    return any(
        isinstance(device, Lock | AlarmPanel | Cover)
        or (isinstance(device, Detector) and device.kind in _ALARMING)
        or entity_only(device)
        for device in devices
    )
