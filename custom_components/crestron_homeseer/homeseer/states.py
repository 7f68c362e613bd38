"""What status texts and labels say of states, in the languages of HomeSeer's owners.

English, German, French, Dutch, Norwegian, Swedish, Danish, Spanish and Italian; all
in small letters and without accents, as `folded` writes them.
"""

from functools import lru_cache
import re
from typing import Final

from ..house.kinds import LockState, Motion
from ..house.words import folded


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for word in text.replace("\n", ";").split(";"))


# A control with one of these labels turns something on, or off.
ON_LABELS: Final = _words(
    "on; turn on; an; ein; aan; pa; marche; allume; allumer; til; taendt; encendido"
    "; encender; acceso; accendi; activado; encendida; allumee; activer; einschalten"
    "; inschakelen; sla pa; tand; taend; activar; attiva"
)
OFF_LABELS: Final = _words(
    "off; turn off; aus; uit; av; arret; eteint; eteindre; fra; slukket; apagado"
    "; apagar; spento; spegni; desactivado; apagada; spenta; eteinte; desactiver; ausschalten"
    "; uitschakelen; sla av; slack; sluk; desactivar; disattiva"
)
OPEN_LABELS: Final = _words(
    "open; up; raise; auf; offnen; hoch; ouvrir; ouvert; monter; omhoog; opp; apne; upp"
    "; oppna; op; abn; abrir; subir; apri; su; fully open; open full; opened; offen"
    "; geoffnet; openen; open zetten; geopend; apen; oppen; aben; abne; ouverte; ouverture"
    "; abierto; abierta; aperto; aperta; aprire"
)
CLOSE_LABELS: Final = _words(
    "close; closed; down; lower; zu; schliessen; runter; ab; fermer; ferme; descendre"
    "; sluiten; dicht; omlaag; ned; lukk; ner; stang; luk; cerrar; bajar; chiudi; giu"
    "; fully closed; close full; shut; geschlossen; schliess; sluit; gesloten; steng; stenge"
    "; stengt; stanga; stangd; stangt; lukke; lukket; fermee; fermeture; cerrado; cerrada"
    "; chiuso; chiusa; chiudere"
)
LOCK_LABELS: Final = _words(
    "lock; locked; secure; verriegeln; abschliessen; verrouiller; vergrendelen; las; lase"
    "; bloquear; cerrar con llave; blocca; chiudi a chiave"
)
UNLOCK_LABELS: Final = _words(
    "unlock; unlocked; unsecure; entriegeln; aufschliessen; deverrouiller; ontgrendelen"
    "; las opp; las op; las upp; desbloquear; sblocca"
)
STOP_LABELS: Final = _words(
    "stop; stopped; stopp; halt; arreter; arret; stoppen; anhalten; stoppe; stoppa; parar"
    "; detener; ferma; fermare; alto"
)
# "Up" and "Down" are of a volume as well; these are of what opens alone.
OPENS: Final = OPEN_LABELS - _words("up; raise; hoch; omhoog; opp; upp; op; su; subir")

_OPEN = _words(
    "open; opened; fully open; offen; geoffnet; auf; ouvert; ouverte; geopend; apen"
    "; apnet; apent; oppen; oppet; oppnad; abent; aben; abnet; abierto; abierta; aperto; aperta; is open"
    "; door open; window open; door/window open; door is open; window is open"
    "; window/door is open; window or door open; gate open; garage open; ajar"
    "; partially open; partly open; half open; partial; teilweise geoffnet; teilweise offen"
    "; partiellement ouvert; gedeeltelijk open; delvis apen; delvis oppen; delvis aben"
    "; parcialmente abierto; parcialmente abierta; parzialmente aperto; parzialmente aperta"
)
_CLOSED = _words(
    "closed; close; fully closed; shut; zu; geschlossen; ferme; fermee; gesloten; dicht"
    "; lukket; stengt; stangd; stangt; cerrado; cerrada; chiuso; chiusa; door closed"
    "; window closed; door/window closed; door is closed; window is closed"
    "; window/door is closed; gate closed; garage closed; is closed"
)
_ON = ON_LABELS | _words(
    """true; fast on; instant on; yes; ja; oui; si; active; activated; aktiv; actif; detected; triggered; alarm
    alert; alarme; warning; emergency; danger; tripped; violated; fault; trouble; tamper
    tampered; faulted; obstructed; blocked; unsecure; not secure; not ready; bypassed
    motion; motion detected; bewegung; bewegung erkannt; mouvement; mouvement detecte
    beweging; beweging gedetecteerd; bevegelse; bevegelse oppdaget; rorelse; bevaegelse
    movimiento; movimento; movimento rilevato; open/motion; occupied; presence; present
    belegt; anwesend; occupe; bezet; aanwezig; opptatt; upptagen; optaget; ocupado
    occupato; presente; wet; leak; leaking; water; water leak; leak detected; flood
    water detected; nass; feucht; wasser; mouille; fuite; nat; lekkage; vat; vatt
    lekkasje; mojado; fuga; bagnato; perdita; smoke; smoke detected; fire; rauch; fumee
    rook; royk; rok; rog; humo; fumo; gas; gas detected; co detected
    carbon monoxide detected; vibration; vibrating; glass break; glass breakage
    tamper detected; sound detected; moving; tilted; gekippt; low; low battery; battery low
    replace; critical; heat; overheat; tampering; product cover removed"""
)
_OFF = OFF_LABELS | _words(
    """false; fast off; instant off; no; nein; non; nee; nei; nej; inactive; inaktiv; inactif; not detected
    not triggered; idle; ok; okay; clear; cleared; normal; dry; secure; secured; ready
    restored; vacant; unoccupied; none; quiet; safe; good; no alarm; no alarms; no event
    no motion; no motion detected; not motion; keine bewegung; aucun mouvement
    pas de mouvement; geen beweging; ingen bevegelse; ingen rorelse; ingen bevaegelse
    sin movimiento; nessun movimento; closed/no motion; no presence; not present; frei
    abwesend; libre; absent; afwezig; ledig; fravaerende; borta; libero; assente; ausente
    no water; no leak; no leak detected; trocken; sec; droog; torr; torrt; tor; seco
    asciutto; no smoke; smoke clear; no smoke detected; kein rauch; no co; no gas
    no vibration; no tamper; no fault; not tampered; unobstructed; battery ok
    battery normal; at rest; ruhe; no glass break; no sound; stationary; not moving"""
)
ON_WORDS: Final = _ON | _OPEN
OFF_WORDS: Final = _OFF | _CLOSED
OPENING_WORDS: Final = _OPEN | _CLOSED

_NOT = re.compile(
    r"^(?:no|not|nothing|none|keine?|aucune?|pas de|geen|ingen|inget|sin|nessuna?)\b *"
)
# That there is nothing to tell.
_EMPTY: Final = _words(
    """no data; no status; unknown; unavailable; not available; n/a; na; nan; null
    undefined; no reading; unbekannt; keine daten; nicht verfugbar; inconnu; indisponible
    onbekend; niet beschikbaar; ukjent; ikke tilgjengelig; utilgjengelig; okand
    otillganglig; ukendt; desconocido; no disponible; sconosciuto; non disponibile
    ?; -; --; ---; ----; \u2013; \u2014; no value"""
)
# That a thing has told nothing yet.
_NOTHING: Final = _EMPTY | _words("not set; pending; waiting for data; initializing")
# That it is not reached.
_GONE: Final = _words(
    """unreachable; not reachable; offline; not responding; no response; timeout
    timed out; time out; error; failed; failure; dead; comm lost; no connection; invalid
    nicht erreichbar; hors ligne"""
)
# That there is nothing to measure; of what is on or off, these may be a state.
_LOOSE: Final = _words(
    "disconnected; not connected; lost; unplugged; probe unplugged; none"
)
_UNKNOWN: Final = _NOTHING | _GONE
_LOST: Final = _UNKNOWN | _LOOSE
# A word in place of a number that is nought.
NOUGHT: Final = _words("calm; none; off; idle; no rain; dry; windstill; vindstille")

_MOVES: dict[str, Motion] = {
    word: motion
    for motion, words in (
        (
            Motion.OPENING,
            """opening; is opening; moving up; going up; offnet; wird geoffnet; ouverture
            en ouverture; gaat open; apner; oppnar; abner; abriendo; in apertura""",
        ),
        (
            Motion.CLOSING,
            """closing; is closing; moving down; going down; schliesst; wird geschlossen
            fermeture; en fermeture; gaat dicht; lukker; stanger; cerrando; in chiusura""",
        ),
        (
            Motion.STOPPED,
            """stopped; stop; gestoppt; angehalten; arrete; gestopt; stoppet; stoppad
            parado; detenido; fermo""",
        ),
    )
    for word in _words(words)
}
_UPPER = _OPEN | OPEN_LABELS | _words("on; oben; haut; boven; oppe; uppe; arriba; alto")
_LOWER = _CLOSED | CLOSE_LABELS | _words("off; unten; bas; beneden; nede; nere; abajo")

_LOCKED = frozenset({65.0, 129.0, 255.0})
_UNLOCKED = frozenset({0.0, 1.0, 16.0, 17.0, 32.0, 33.0, 64.0, 128.0})
_LOCK_WORDS = (
    ("jam", LockState.JAMMED),
    ("block", LockState.UNKNOWN),
    # What was tried and did not work may have ended anywhere.
    ("fail", LockState.UNKNOWN),
    ("unable", LockState.UNKNOWN),
    ("unreach", LockState.UNKNOWN),
    ("offline", LockState.UNKNOWN),
    ("not fully locked", LockState.UNLOCKED),
    ("not secure", LockState.UNLOCKED),
    ("insecure", LockState.UNLOCKED),
    ("unlocking", LockState.UNLOCKING),
    ("locking", LockState.LOCKING),
    ("unknown", LockState.UNKNOWN),
    ("not locked", LockState.UNLOCKED),
    ("unlock", LockState.UNLOCKED),
    ("unsecure", LockState.UNLOCKED),
    ("lock", LockState.LOCKED),
    ("secure", LockState.LOCKED),
    ("entriegel", LockState.UNLOCKED),
    ("entsperr", LockState.UNLOCKED),
    ("aufgeschloss", LockState.UNLOCKED),
    ("deverrouill", LockState.UNLOCKED),
    ("ontgrendel", LockState.UNLOCKED),
    ("ulast", LockState.UNLOCKED),
    ("olast", LockState.UNLOCKED),
    ("upplast", LockState.UNLOCKED),
    ("oplast", LockState.UNLOCKED),
    ("desbloque", LockState.UNLOCKED),
    ("sblocc", LockState.UNLOCKED),
    ("van slot", LockState.UNLOCKED),
    ("last opp", LockState.UNLOCKED),
    ("verriegel", LockState.LOCKED),
    ("gesperrt", LockState.LOCKED),
    ("abgeschloss", LockState.LOCKED),
    ("verrouill", LockState.LOCKED),
    ("vergrendel", LockState.LOCKED),
    ("bloquead", LockState.LOCKED),
    ("bloccat", LockState.LOCKED),
    ("op slot", LockState.LOCKED),
)
# "Låst"; in English it begins many another sentence.
_LOCKED_WORDS = frozenset({"last"})


def plain(status: str) -> str:
    """Return a status text as its words are kept here."""
    return folded(status).strip(" .!")


def is_lost(status: str) -> bool:
    """Return whether a status text says that nothing is known; an empty one does."""
    return not status or plain(status) in _LOST


def is_gone(status: str) -> bool:
    """Return whether a text says that a thing's state is not known."""
    return bool(status) and plain(status) in _UNKNOWN


def is_nothing(status: str) -> bool:
    """Return whether a status text is empty, or says that there is no value yet."""
    return not status or plain(status) in _NOTHING


def is_empty(status: str) -> bool:
    """Return whether a text has nothing to tell; "Pending" tells something."""
    return not status or plain(status) in _EMPTY


@lru_cache(maxsize=4096)
def two_state(status: str) -> bool | None:
    """Return what a status text says of something with two states."""
    words = plain(status)
    if words in ON_WORDS:
        return True
    if words in OFF_WORDS:
        return False
    if words.endswith((" detected", " erkannt", " detecte", " detectada", " rilevato")):
        # Plug-ins name a hundred things that way, and each of them may be missing.
        return _NOT.match(words) is None
    missing, none = _NOT.subn("", words, count=1)
    return False if none and missing in _ON else None


@lru_cache(maxsize=1024)
def cover_state(text: str) -> tuple[float | None, Motion] | None:
    """Return the position and the motion that a text tells; None where it is neither."""
    words = plain(text)
    if words in _MOVES:
        return None, _MOVES[words]
    if words in _UPPER:
        return 1.0, Motion.STOPPED
    return (0.0, Motion.STOPPED) if words in _LOWER else None


@lru_cache(maxsize=1024)
def lock_words(text: str) -> LockState | None:
    """Return what a text tells of a lock; None where it speaks of something else."""
    words = plain(text)
    if words in _LOCKED_WORDS:
        return LockState.LOCKED
    return next((state for word, state in _LOCK_WORDS if word in words), None)


def lock_state(status: str, label: str, value: float | None) -> LockState:
    """Return a lock's state: by its text, then by the values of Z-Wave locks."""
    if is_gone(status):
        return LockState.UNKNOWN
    for text in (status, label):
        if (state := lock_words(text)) is not None:
            return state
    if value in _LOCKED:
        return LockState.LOCKED
    return LockState.UNLOCKED if value in _UNLOCKED else LockState.UNKNOWN
