"""What players are called and say, in the languages of HomeSeer's owners."""

import re
from typing import Final

from ..house.kinds import PlayState, Repeat, Transport

# Whole labels of keys, where HomeSeer does not say what they are for.
KEYS: Final = {
    word: key
    for key, words in (
        (
            Transport.PLAY,
            (
                "play|resume|wiedergabe|abspielen|spill|spill av|spela|afspil|afspelen"
                "|lecture|lire|reproducir|riproduci"
            ),
        ),
        (Transport.PAUSE, "pause|pausa|pauze|paus"),
        (Transport.STOP, "stop|stopp|arrêt|parar|detener|ferma"),
        (
            Transport.NEXT,
            (
                "next|next track|skip|skip forward|skip next|nächster|nächster titel"
                "|weiter|neste|nästa|næste|volgende|suivant|siguiente|successivo"
            ),
        ),
        (
            Transport.PREVIOUS,
            (
                "previous|prev|previous track|prev track|skip back|skip previous|zurück"
                "|vorheriger|vorheriger titel|forrige|föregående|vorige|précédent|anterior"
                "|precedente"
            ),
        ),
        (
            Transport.VOLUME_UP,
            (
                "volume up|vol up|vol+|vol +|volume+|volume +|louder|lauter|volumen +"
                "|volum opp|volym upp|volume omhoog|volume plus|volumen más"
            ),
        ),
        (
            Transport.VOLUME_DOWN,
            (
                "volume down|vol down|vol-|vol -|volume-|volume -|softer|quieter|leiser"
                "|volumen -|volum ned|volym ner|volume omlaag|volume moins|volumen menos"
            ),
        ),
    )
    for word in words.split("|")
}
# What labels mean on a feature that is for the volume alone.
STEPS: Final = {
    "up": Transport.VOLUME_UP,
    "+": Transport.VOLUME_UP,
    "down": Transport.VOLUME_DOWN,
    "-": Transport.VOLUME_DOWN,
}
_PLAYING: Final = (
    (r"not playing|nothing playing|no media", PlayState.STOPPED),
    (r"play|wiedergabe|spiller|spelar|afspil|speelt|lecture|reprod", PlayState.PLAYING),
    (r"paus", PlayState.PAUSED),
    (r"stop|idle|gestoppt|standby|arrêté|detenid|fermo|ready", PlayState.STOPPED),
    (r"buffer|transition|loading|connecting", PlayState.BUFFERING),
)
_ON: Final = frozenset(
    {"on", "power on", "an", "ein", "på", "aan", "marche", "encendido", "acceso"}
)
_OFF: Final = frozenset(
    {"off", "power off", "poweroff", "standby", "sleep", "sleeping", "aus", "av"}
    | {"fra", "uit", "arrêt", "apagado", "spento"}
)
_MUTED: Final = re.compile(r"mute|stumm|dempet|dämpad|gedempt|muet|silenci|muto")
_NOT: Final = re.compile(
    r"\b(?:un|not |nicht |no |ikke |inte |niet )|off|lautstärke an"
)
_REPEATS: Final = (
    (r"one|track|song|single|titel|current", Repeat.ONE),
    (r"\boff\b|\bno\b|none|aus|\bav\b|\buit\b|don't|normal", Repeat.OFF),
    (r"all|\bon\b|playlist|queue|context|repeat|alle|an\b", Repeat.ALL),
)

POWER: Final = re.compile(
    r"\bpower\b|on ?/ ?off|ein ?/ ?aus|\bstrøm\b|\bström\b|voeding"
)
_VOLUME: Final = re.compile(r"volum|lautstärke|volym|\bvol\b|lydstyrke|geluid")
_MUTE: Final = re.compile(r"\bmut|stumm|demp|dämpa|muet|silenc")
_SOURCE: Final = re.compile(
    r"\binput|\bsource|eingang|quelle|kilde|inngang|\bkälla|ingång|\bbron\b|\bingang"
    r"|entrée|fuente|entrada|ingresso|sorgente"
)
_SHUFFLE: Final = re.compile(
    r"shuffle|random|zufall|tilfeldig|slumpa|willekeurig|aléat"
)
_REPEAT: Final = re.compile(r"repeat|wiederhol|gjenta|upprepa|gentag|herhaal|répét")
# What a feature with controls is for.
WORKED: Final = (
    ("volume", _VOLUME),
    ("mute", _MUTE),
    ("source", _SOURCE),
    ("shuffle", _SHUFFLE),
    ("repeat", _REPEAT),
)
TEXTS: Final = (
    ("art", re.compile(r"album ?art|cover|artwork|picture|image|art ?url")),
    ("artist", re.compile(r"artist|interpret|künstler|artiest")),
    ("album", re.compile(r"album")),
    ("track", re.compile(r"title|track|song|titel|now playing|tittel|låt|morceau")),
    ("status", re.compile(r"player ?stat|play ?stat|transport ?stat|playback")),
)
ROLE_WORDS: Final = re.compile(
    r"volum\w*|vol|mut\w*|power|source|input|play\w*|transport|status|state|control\w*"
    r"|title|track|song|artist|album|art|cover|artwork|shuffle|random|repeat|mode|now"
    r"|current|media|lautstärke|stumm\w*|eingang|quelle|titel|volym|kilde|källa|bron"
    r"|on|off|station|genre|next"
)


def play_state(text: str) -> PlayState | None:
    """Return what a player's text says; "Playing: a song" begins with it."""
    words = " ".join(text.lower().split())
    first = re.split(r"[:–—|]| - ", words, maxsplit=1)[0]
    return next((state for each, state in _PLAYING if re.match(each, first)), None)


def is_on(text: str) -> bool | None:
    """Return whether a text says that something is on or off."""
    words = text.lower().strip(" .")
    if words in _OFF:
        return False
    return True if words in _ON else None


def is_muted(text: str) -> bool | None:
    """Return what a text says of the sound."""
    words = text.lower().strip(" .")
    if _MUTED.search(words) is None:
        return is_on(words)
    return _NOT.search(words) is None


def repeat_of(text: str) -> Repeat | None:
    """Return what a label or a text says is played again."""
    words = text.lower()
    return next((repeat for each, repeat in _REPEATS if re.search(each, words)), None)


def is_shuffled(text: str) -> bool | None:
    """Return what a label or a text says of the order."""
    words = _SHUFFLE.sub("", text.lower()).strip(" .:-")
    if not words:
        return True if text.strip() else None
    return is_on(words)
