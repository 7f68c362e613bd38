"""Alarm panels: which features make one, and how it is read and armed."""

from functools import lru_cache
import re
from typing import Final, override

from ..house.commands import Arm
from ..house.devices import AlarmPanel, Detector, Device
from ..house.hub import AnyCommand
from ..house.kinds import AlarmState, ArmMode, DetectorKind, TemperatureUnit
from ..house.words import detector_of, folded
from .binding import Action, Binding, Facts, Features, Part, by_pair, declined, now
from .features import Pair
from .grouping import Group, Role

# What a label does, the first that is in it: "Disarm" before "Arm".
_DISARMS: Final = re.compile(
    r"\b(?:disarm(?:ed)?|unarm(?:ed)?|unset|unscharf|entscharf\w*|deaktivier\w*"
    r"|deaktiver\w*|avlarm\w*|frakoble\w*|frankoppl\w*|sla fra|sluk alarm"
    r"|uitschakel\w*|uitgeschakeld|desarm\w*|desactiv\w*|disinseri\w*|disarma\w*)\b"
)
_OFF: Final = re.compile(
    r"\b(?:off|aus|av|fra|uit|arret|apagad[oa]|spento|ready|bereit|klar|gereed|pret)\b"
)
_MODES: Final = {
    ArmMode.VACATION: r"vacation|holiday|urlaub|ferie|semester|vakantie|vacances"
    r"|vacaciones|vacanza",
    ArmMode.NIGHT: r"night|instant|sleep|nacht|natt|\bnat\b|nuit|noche|notte",
    ArmMode.HOME: r"stay|\bhome|perimeter|partial|\bpart\b|\bday\b|intern|teil|zuhause"
    r"|anwesend|\bhull|delvis|\bdel\b|skall?\b|skal\b|hjemme|hemma|thuis|deel"
    r"|gedeeltelijk|present|partiel|perim|en casa|parcial|parzial|in casa",
    ArmMode.AWAY: r"away|\bfull|\bmax\b|total|extern|voll|abwesend|borte|borta|\bude\b"
    r"|\bhel\b|afwezig|\bweg\b|volledig|absent|complet|ausente|fuera|fuori|assente",
}
_ARMS: Final = re.compile(
    r"\b(?:arm|armed|arm system|set|scharf|scharfschalten|scharfgeschaltet|aktivier\w*"
    r"|armer|armert|tilkoble\w*|larma\w*|larmad|tilkoblet|inkoppl\w*|tilkobl\w*"
    r"|inschakelen|ingeschakeld|arme|armado|armada|armar|inserit[oa]|inserisci)\b"
)
# What a label must not hold: it does something more, or something else.
_ELSE: Final = re.compile(
    r"bypass|force|no delay|panic|\bfire\b|police|medical|chime|test|reset|silence|duress"
    r"|ohne|uten|utan|zonder|sans"
)
_ARMED: Final = {
    ArmMode.HOME: AlarmState.ARMED_HOME,
    ArmMode.AWAY: AlarmState.ARMED_AWAY,
    ArmMode.NIGHT: AlarmState.ARMED_INSTANT,
    ArmMode.VACATION: AlarmState.ARMED_VACATION,
    None: AlarmState.DISARMED,
}

# That nothing sounds, or once did, does not mean that it is disarmed.
_QUIET: Final = re.compile(
    r"\b(?:no|not in|kein|ingen|geen|aucune?|sin|nessun) (?:alarms?|alarma|allarme|fire)\b"
    r"|\balarms?:? (?:off|none|clear\w*|idle|inactive|normal|ok|reset|restored)\b"
    r"|\b(?:alarm memory|alarm in memory|memory of alarm|alarmspeicher)\b"
    r"|\balarm (?=(?:is )?(?:armed|set)\b)"
    r"|\balarm cancel\w*\b|\bfire (?:normal|ok|trouble)\b|\balarm (?:panel|system)\b"
)
_SILENT: Final = re.compile(r"\b(?:no alarms?|alarms? off|ready)\b")
_STATES: Final = {
    r"fail|unable|cannot|refused|error|unknown|unavailable": AlarmState.UNKNOWN,
    r"not ready|nicht bereit|ikke klar|inte klar|niet gereed|^ready\b|\bready to arm\b"
    r"|^bereit\b|^klar\b|not armed|unarmed|ikke tilkoblet|nicht scharf": (
        AlarmState.DISARMED
    ),
    r"\bexit|arming|ausgang|utgang|utpasser|uitgang|sortie|salida|uscita"
    r"|wird scharf|armerer|scharf(?:t|ung|en)\b": AlarmState.ARMING,
    r"\bentry|pending|eingang|inngang|ingang|entree|entrada|ingresso": (
        AlarmState.PENDING
    ),
    r"alarm\b|alarm ?(?:aktiv|utlost)|triggered|\btrigger|\bfire\b|burglar|intrus"
    r"|ausgelost|utlost|udlost|einbruch|innbrudd|inbrott|inbraak"
    r"|alarme|alarma|allarme|declench|panic": AlarmState.TRIGGERED,
}


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[-_/:().]", " ", folded(text)).split())


@lru_cache(maxsize=1024)
def _mode_in(words: str) -> ArmMode | None:
    """Return the mode in a text; "Arm" alone is what is done on leaving."""
    found = next(
        (mode for mode, each in _MODES.items() if re.search(each, words)), None
    )
    return found or (ArmMode.AWAY if _ARMS.search(words) else None)


def alarm_state(text: str, *, typed: bool = False) -> AlarmState:
    """Return the state in a text; `typed` is that of a feature for arming."""
    words = _plain(text)
    if _DISARMS.search(words):
        return AlarmState.DISARMED
    rest = _QUIET.sub("", words)
    for each, state in _STATES.items():
        if re.search(each, rest):
            return state
    mode = _mode_in(rest)
    if mode is not None:
        return _ARMED[mode]
    silent = _SILENT.search(words) or (typed and _OFF.search(words))
    return AlarmState.DISARMED if silent else AlarmState.UNKNOWN


def _arming(part: Part) -> dict[ArmMode | None, Pair]:
    """Return the controls that arm, by mode, and the one that disarms under None."""
    typed = AlarmGroup.typed(part) == "arming"
    found: dict[ArmMode | None, Pair] = {}
    off: dict[ArmMode | None, Pair] = {}
    for pair in part.controls.plain:
        words = _plain(pair.label)
        if _DISARMS.search(words) or words == "arm disarm":
            found.setdefault(None, pair)
        elif typed and _OFF.fullmatch(words):
            off.setdefault(None, pair)
        elif not _ELSE.search(words) and (mode := _mode_in(words)) is not None:
            # The plainest of several is meant: "Arm Stay" before "Arm Stay Instant".
            held = found.get(mode)
            if held is None or len(pair.label) < len(held.label):
                found[mode] = pair
    return off | found


def _arms(part: Part) -> bool:
    """Return whether a feature arms; without its type a label has to disarm."""
    labels = (_plain(pair.label) for pair in part.controls.plain)
    sure = AlarmGroup.typed(part) == "arming" or any(map(_DISARMS.search, labels))
    return sure and len(_arming(part)) > 1


class AlarmGroup(Group):
    """The features of one alarm panel: what arms, perhaps another that sounds."""

    ROLES = {
        "arming": Role(((8, 10, None), (513, 8, 10))),
        "sounds": Role(((8, 1, None), (513, 8, 1))),
    }
    ONCE = {"arming"}
    ROOTS = {(8, 99)}
    ROLE_WORDS = re.compile(r"arm\w*|alarm\w*|status|state|mode|control|panel")

    @classmethod
    @override
    def roles_of(cls, part: Part) -> list[str]:
        if _arms(part):
            return ["arming"]
        return ["sounds"] if cls.typed(part) == "sounds" else []

    @property
    @override
    def controllable(self) -> bool:
        return "arming" in self.parts

    @override
    def bindings(self, facts: Facts, unit: TemperatureUnit) -> list[Binding]:
        parts = self.parts["arming"], self.parts.get("sounds")
        fire = {
            "id": f"{facts['id']}-fire",
            "name": f"{facts['name']} Fire",
            "root_id": facts["root_id"] or facts["id"],
            # Not every panel shows it, so it is disabled at first.
            "hidden": True,
        }
        return [AlarmBinding(facts, *parts), FireBinding(facts | fire, *parts)]


class AlarmBinding(Binding):
    """An alarm panel: one feature that arms, perhaps another that sounds."""

    def __init__(self, facts: Facts, part: Part, alarm: Part | None = None) -> None:
        """Take the feature that arms, and the one that shows an alarm."""
        super().__init__(facts, part, alarm)
        self._alarm = alarm
        self._pairs = _arming(part)
        pairs = self._pairs.items()
        self._states = {pair.label.casefold(): _ARMED[mode] for mode, pair in pairs}

    @override
    def read(self, features: Features) -> Device:
        state = self._own_state(features)
        alarm = alarm_state(now(features, self._alarm).status)
        unknown = state is AlarmState.UNKNOWN and alarm is not AlarmState.DISARMED
        if unknown or alarm is AlarmState.TRIGGERED:
            # That nothing sounds does not mean that it is disarmed.
            state = alarm
        sounding = state is AlarmState.TRIGGERED and self._alarm is not None
        return AlarmPanel(
            **self.facts,
            state=state,
            word=now(features, self._alarm if sounding else self.part).status or None,
            arm_modes=tuple(mode for mode in self._pairs if mode is not None),
            can_disarm=None in self._pairs,
        )

    def _own_state(self, features: Features) -> AlarmState:
        """Return the state of what arms: by its text, without one by its value."""
        shown = self.now(features)
        pair = None if shown.status else self.part.controls.at(shown.value)
        text = pair.label if pair else shown.status
        known = self._states.get(text.casefold())
        return known or alarm_state(text, typed=True)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, Arm):
            raise declined()
        return by_pair(self.part, self._pairs.get(command.mode))


class FireBinding(Binding):
    """Whether an alarm panel shows a fire: a break-in is another thing."""

    @override
    def read(self, features: Features) -> Device:
        texts = [_plain(now(features, part).status) for part in self.parts]
        kinds = {detector_of(_QUIET.sub("", text)) for text in texts}
        burns = not kinds.isdisjoint({DetectorKind.FIRE, DetectorKind.SMOKE})
        known = any(alarm_state(text) is not AlarmState.UNKNOWN for text in texts)
        on = True if burns else False if known else None
        return Detector(**self.facts, kind=DetectorKind.FIRE, on=on)
