"""What status texts and labels say of states, in the languages of HomeSeer's owners.

English, German, French, Dutch, Norwegian, Swedish, Danish, Spanish and Italian; all
in small letters and without accents, as `folded` writes them.
"""

from functools import lru_cache
import re
from typing import Final

from ..house.kinds import LockState, Motion
from ..house.words import folded


def _texts(text: str) -> frozenset[str]:
    return frozenset(" ".join(each.split()) for each in text.split(";"))


# A control with one of these labels turns something on, or off.
ON_LABELS: Final = _texts(
    """on; turn on; an; ein; aan; pa; marche; allume; allumer; til; taendt; encendido
    ; encender; acceso; accendi; activado; encendida; allumee; activer; einschalten
    ; inschakelen; sla pa; tand; taend; activar; attiva"""
)
OFF_LABELS: Final = _texts(
    """off; turn off; aus; uit; av; arret; eteint; eteindre; fra; slukket; apagado
    ; apagar; spento; spegni; desactivado; apagada; spenta; eteinte; desactiver
    ; ausschalten; uitschakelen; sla av; slack; sluk; desactivar; disattiva"""
)
# "Up" and "Down" are of a volume as well; these are of what opens alone.
OPENS: Final = _texts(
    """open; fully open; open full; opened; auf; offen; offnen; ouvert; ouverte; ouvrir
    ; geopend; geoffnet; openen; open zetten; apne; apen; oppna; oppen; abn; aben
    ; abne; abrir; abierto; abierta; apri; aperto; aperta; aprire"""
)
_CLOSES: Final = _texts(
    """close; closed; fully closed; close full; shut; zu; schliessen; schliess
    ; geschlossen; fermer; ferme; fermee; sluiten; sluit; dicht; gesloten; lukk; lukke
    ; lukket; luk; steng; stenge; stengt; stang; stanga; stangd; stangt; cerrar; cerrado
    ; cerrada; chiudi; chiuso; chiusa; chiudere"""
)
OPEN_LABELS: Final = OPENS | _texts(
    "up; raise; hoch; omhoog; opp; upp; op; su; subir; monter; ouverture"
)
CLOSE_LABELS: Final = _CLOSES | _texts(
    "down; lower; runter; ab; omlaag; ned; ner; bajar; giu; descendre; fermeture"
)
LOCK_LABELS: Final = _texts(
    """lock; locked; secure; verriegeln; abschliessen; verrouiller; vergrendelen; las
    ; lase; bloquear; cerrar con llave; blocca; chiudi a chiave"""
)
UNLOCK_LABELS: Final = _texts(
    """unlock; unlocked; unsecure; entriegeln; aufschliessen; deverrouiller
    ; ontgrendelen; las opp; las op; las upp; desbloquear; sblocca"""
)
STOP_LABELS: Final = _texts(
    """stop; stopped; stopp; halt; arreter; arret; stoppen; anhalten; stoppe; stoppa
    ; parar; detener; ferma; fermare; alto"""
)

_OPEN = OPENS | _texts(
    """ajar; apnet; apent; oppet; oppnad; abent; abnet; half open; partial
    ; partially open; partly open; teilweise geoffnet; teilweise offen
    ; partiellement ouvert; gedeeltelijk open; delvis apen; delvis oppen; delvis aben
    ; parcialmente abierto; parcialmente abierta; parzialmente aperto
    ; parzialmente aperta"""
)
OPENING_TEXTS: Final = _OPEN | _CLOSES
_ON = ON_LABELS | _texts(
    """true; fast on; instant on; yes; ja; oui; si; active; activated; aktiv; actif
    ; detected; triggered; alarm; alert; alarme; warning; emergency; danger; tripped
    ; violated; fault; trouble; tamper; tampered; faulted; obstructed; blocked; unsecure
    ; not secure; not ready; bypassed; motion; bewegung; mouvement; beweging; bevegelse
    ; rorelse; bevaegelse; movimiento; movimento; open/motion; occupied; presence
    ; present; belegt; anwesend; occupe; bezet; aanwezig; opptatt; upptagen; optaget
    ; ocupado; occupato; presente; wet; leak; leaking; water; water leak; flood; nass
    ; feucht; wasser; mouille; fuite; nat; lekkage; vat; vatt; lekkasje; mojado; fuga
    ; bagnato; perdita; smoke; fire; rauch; fumee; rook; royk; rok; rog; humo; fumo; gas
    ; vibration; vibrating; glass break; glass breakage; moving; tilted; gekippt; low
    ; low battery; battery low; replace; critical; heat; overheat; tampering
    ; product cover removed"""
)
_OFF = OFF_LABELS | _texts(
    """false; fast off; instant off; no; nein; non; nee; nei; nej; inactive; inaktiv
    ; inactif; idle; ok; okay; clear; cleared; normal; dry; secure; secured; ready
    ; restored; vacant; unoccupied; none; quiet; safe; good; no alarms; no event
    ; closed/no motion; frei; abwesend; libre; absent; afwezig; ledig; fravaerende
    ; borta; libero; assente; ausente; trocken; sec; droog; torr; torrt; tor; seco
    ; asciutto; smoke clear; no co; unobstructed; battery ok; battery normal; at rest
    ; ruhe; no sound; stationary"""
)
_ON_TEXTS = _ON | _OPEN
_OFF_TEXTS = _OFF | _CLOSES
# Plug-ins name a hundred things that way, and each of them may be missing.
_DETECTED = re.compile(
    r".+ (?:detected|erkannt|detecte|detectada|rilevato|gedetecteerd|oppdaget)"
)
_NOT = re.compile(
    r"(?:no|not|nothing|none|keine?|aucune?|pas de|geen|ingen|inget|sin|nessuna?)\b *"
)
# "Door is open" says no more than "Open".
_SUBJECT = re.compile(
    r"^(?:(?:door|window|gate|garage)(?:(?:/| or )(?:door|window))? (?=\S))?(?:is )?"
)
# That there is nothing to show.
_EMPTY: Final = _texts(
    """no data; no status; unknown; unavailable; not available; n/a; na; nan; null
    ; undefined; no reading; unbekannt; keine daten; nicht verfugbar; inconnu
    ; indisponible; onbekend; niet beschikbaar; ukjent; ikke tilgjengelig
    ; utilgjengelig; okand; otillganglig; ukendt; desconocido; no disponible
    ; sconosciuto; non disponibile; ?; -; --; ---; ----; \u2013; \u2014; no value"""
)
# That there is nothing to show yet.
_NOTHING: Final = _EMPTY | _texts("not set; pending; waiting for data; initializing")
# That the device is not reached.
_GONE: Final = _NOTHING | _texts(
    """unreachable; not reachable; offline; not responding; no response; timeout
    ; timed out; time out; error; failed; failure; dead; comm lost; no connection
    ; invalid; nicht erreichbar; hors ligne"""
)
# That there is nothing to measure; of what is on or off, these may be a state.
_LOST: Final = _GONE | _texts(
    "disconnected; not connected; lost; unplugged; probe unplugged; none"
)
# In place of the number 0.
NOUGHT: Final = _texts("calm; none; off; idle; no rain; dry; windstill; vindstille")

_MOTIONS: Final = {
    Motion.OPENING: _texts(
        """opening; moving up; going up; offnet; wird geoffnet; ouverture; en ouverture
        ; gaat open; apner; oppnar; abner; abriendo; in apertura"""
    ),
    Motion.CLOSING: _texts(
        """closing; moving down; going down; schliesst; wird geschlossen; fermeture
        ; en fermeture; gaat dicht; lukker; stanger; cerrando; in chiusura"""
    ),
    Motion.STOPPED: _texts(
        """stopped; stop; gestoppt; angehalten; arrete; gestopt; stoppet; stoppad
        ; parado; detenido; fermo"""
    ),
}
_UPPER = _OPEN | OPEN_LABELS | _texts("on; oben; haut; boven; oppe; uppe; arriba; alto")
_LOWER = CLOSE_LABELS | _texts("off; unten; bas; beneden; nede; nere; abajo")

_LOCKED = frozenset({65.0, 129.0, 255.0})
_UNLOCKED = frozenset({0.0, 1.0, 16.0, 17.0, 32.0, 33.0, 64.0, 128.0})
# The first that is in a text says a lock's state.
_LOCK_TEXTS: Final = {
    r"jam": LockState.JAMMED,
    # What was tried and did not work may have ended anywhere.
    r"block|fail|unable|unreach|offline": LockState.UNKNOWN,
    r"not fully locked|not secure|insecure": LockState.UNLOCKED,
    r"unlocking": LockState.UNLOCKING,
    r"locking": LockState.LOCKING,
    r"unknown": LockState.UNKNOWN,
    r"not locked|unlock|unsecure|entriegel|entsperr|aufgeschloss|deverrouill|ontgrendel"
    r"|ulast|olast|upplast|oplast|desbloque|sblocc|van slot|last opp": LockState.UNLOCKED,
    # "Låst" is a whole text: in English it begins many another sentence.
    r"lock|secure|verriegel|gesperrt|abgeschloss|verrouill|vergrendel|bloquead|bloccat"
    r"|op slot|^last$": LockState.LOCKED,
}


def plain(status: str) -> str:
    """Return a status text as it is looked up here."""
    return _SUBJECT.sub("", folded(status).strip(" .!"))


def is_lost(status: str) -> bool:
    """Return whether there is nothing to measure; an empty text says so."""
    return not status or plain(status) in _LOST


def is_gone(status: str) -> bool:
    """Return whether a text says that the state is not known."""
    return plain(status) in _GONE


def is_nothing(status: str) -> bool:
    """Return whether a text is empty, or says that there is no value yet."""
    return not status or plain(status) in _NOTHING


def is_empty(status: str) -> bool:
    """Return whether a text has nothing to show; "Pending" is something."""
    return not status or plain(status) in _EMPTY


@lru_cache(maxsize=4096)
def two_state(status: str) -> bool | None:
    """Return what a status text says of something with two states."""
    text = plain(status)
    if text in _ON_TEXTS:
        return True
    if text in _OFF_TEXTS:
        return False
    missing, negated = _NOT.subn("", text, count=1)
    if _DETECTED.fullmatch(text):
        return not negated
    return False if negated and missing in _ON else None


@lru_cache(maxsize=1024)
def cover_state(status: str) -> tuple[float | None, Motion] | None:
    """Return position and motion as a text says; None where it says neither."""
    text = plain(status)
    for motion, texts in _MOTIONS.items():
        if text in texts:
            return None, motion
    if text in _UPPER:
        return 1.0, Motion.STOPPED
    return (0.0, Motion.STOPPED) if text in _LOWER else None


@lru_cache(maxsize=1024)
def lock_state(status: str, label: str, value: float | None) -> LockState:
    """Return a lock's state: by its text, then by the values of Z-Wave locks."""
    if is_gone(status):
        return LockState.UNKNOWN
    for text in (plain(status), plain(label)):
        for texts, state in _LOCK_TEXTS.items():
            if re.search(texts, text):
                return state
    if value in _LOCKED:
        return LockState.LOCKED
    return LockState.UNLOCKED if value in _UNLOCKED else LockState.UNKNOWN
