"""Alarm panels: what arms, and what tells an alarm."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
import re
from typing import ClassVar, Final, Self, override

from ..house.commands import Arm
from ..house.devices import AlarmPanel, Detector, Device
from ..house.hub import AnyCommand
from ..house.kinds import AlarmState, ArmMode, DetectorKind
from ..house.words import detector_of
from .binding import (
    Action,
    Binding,
    Facts,
    Features,
    Part,
    by_pair,
    declined,
    status_of,
    value_of,
)
from .features import Pair
from .grouping import Group, labelled

SECURITY, FEATURE = 8, 513
ALARM, ARMING = 1, 10

# What a label does, the first that is in it: "Disarm" before "Arm".
_DISARMS: Final = re.compile(
    r"\b(?:disarm(?:ed)?|unarm(?:ed)?|unset|unscharf|entschärf\w*|deaktivier\w*"
    r"|deaktiver\w*|avlarm\w*|frakoble\w*|frånkoppl\w*|slå fra|sluk alarm"
    r"|uitschakel\w*|uitgeschakeld|désarm\w*|désactiv\w*|desactiv\w*|desarm\w*|disinseri\w*|disarma\w*)\b"
)
_OFF: Final = re.compile(
    r"\b(?:off|aus|av|fra|uit|arrêt|apagad[oa]|spento|ready|bereit|klar|gereed|prêt)\b"
)
_MODES: Final = (
    (ArmMode.VACATION, r"vacation|holiday|urlaub|ferie|semester|vakantie|vacances"),
    (ArmMode.VACATION, r"vacaciones|vacanza"),
    (ArmMode.NIGHT, r"night|instant|sleep|nacht|natt|\bnat\b|nuit|noche|notte"),
    (
        ArmMode.HOME,
        (
            r"stay|\bhome|perimeter|partial|\bpart\b|\bday\b|intern|teil|zuhause|anwesend"
            r"|\bhüll|delvis|\bdel\b|skall?\b|skal\b|hjemme|hemma|thuis|deel|gedeeltelijk"
            r"|présent|partiel|périm|en casa|parcial|perim|parzial|in casa"
        ),
    ),
    (
        ArmMode.AWAY,
        (
            r"away|\bfull|\bmax\b|total|extern|voll|abwesend|borte|borta|\bude\b|\bhel\b"
            r"|afwezig|\bweg\b|volledig|absent|complet|ausente|fuera|fuori|assente"
        ),
    ),
)
_ARMS: Final = re.compile(
    r"\b(?:arm|armed|arm system|set|scharf|scharfschalten|scharfgeschaltet|aktivier\w*"
    r"|armer|armert|tilkoble\w*|larma\w*|larmad|tilkoblet|inkoppl\w*|tilkobl\w*"
    r"|inschakelen|ingeschakeld|armé|armado|armada|armar|inserit[oa]|inserisci)\b"
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

# That nothing sounds, or once did, says nothing about whether it is armed.
_QUIET: Final = re.compile(
    r"\b(?:no|not in|kein|ingen|geen|aucune?|sin|nessun) (?:alarms?|alarma|allarme|fire)\b"
    r"|\balarms?:? (?:off|none|clear\w*|idle|inactive|normal|ok|reset|restored)\b"
    r"|\b(?:alarm memory|alarm in memory|memory of alarm|alarmspeicher)\b"
    r"|\balarm (?=(?:is )?(?:armed|set)\b)"
    r"|\balarm cancel\w*\b|\bfire (?:normal|ok|trouble)\b|\balarm (?:panel|system)\b"
)
_SILENT: Final = re.compile(r"\b(?:no alarms?|alarms? off)\b")
_WAYS: Final = (
    (r"fail|unable|cannot|refused|error|unknown|unavailable", AlarmState.UNKNOWN),
    (r"not ready|nicht bereit|ikke klar|inte klar|niet gereed", AlarmState.DISARMED),
    (r"^ready\b|\bready to arm\b|^bereit\b|^klar\b", AlarmState.DISARMED),
    (r"not armed|unarmed|ikke tilkoblet|nicht scharf", AlarmState.DISARMED),
    (r"\bexit|arming|ausgang|utgang|utpasser|uitgang|sortie|salida", AlarmState.ARMING),
    (r"uscita|wird scharf|armerer|schärf", AlarmState.ARMING),
    (r"\bentry|pending|eingang|inngang|ingång|ingang|entrée", AlarmState.PENDING),
    (r"entrada|ingresso", AlarmState.PENDING),
    (
        (
            r"alarm\b|alarm ?(?:aktiv|utløst)|triggered|\btrigger|\bfire\b|burglar|intrus"
            r"|ausgelöst|utløst|utlöst|udløst|einbruch|innbrudd|inbrott|inbraak"
            r"|alarme|alarma|allarme|déclench|panic"
        ),
        AlarmState.TRIGGERED,
    ),
)


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return " ".join(re.sub(r"[-_/:().]", " ", text.lower()).split())


def _disarms(words: str) -> bool:
    return _DISARMS.search(words) is not None


@lru_cache(maxsize=1024)
def _mode_in(words: str) -> ArmMode | None:
    """Return the mode that words name; "Arm" alone is what is done on leaving."""
    found = next((mode for mode, each in _MODES if re.search(each, words)), None)
    return found or (ArmMode.AWAY if _ARMS.search(words) else None)


def alarm_state(text: str, *, typed: bool = False) -> AlarmState:
    """Return what an alarm system's text says; `typed` where it can be nothing else."""
    words = _plain(text)
    if _disarms(words):
        return AlarmState.DISARMED
    rest = _QUIET.sub("", words)
    for each, state in _WAYS:
        if re.search(each, rest):
            return state
    mode = _mode_in(rest)
    if mode is not None:
        return _ARMED[mode]
    silent = _SILENT.search(words) or re.search(r"\bready\b", words)
    off = typed and _OFF.search(words)
    return AlarmState.DISARMED if silent or off else AlarmState.UNKNOWN


def _is_typed(part: Part, kind: int) -> bool:
    feature = part.feature
    legacy = feature.api == SECURITY and feature.type == kind
    modern = (feature.api, feature.type) == (FEATURE, SECURITY)
    return legacy or (modern and feature.subtype == kind)


def arming(part: Part) -> dict[ArmMode | None, Pair]:
    """Return the controls that arm, by mode, and the one that disarms under None."""
    typed = _is_typed(part, ARMING)
    found: dict[ArmMode | None, Pair] = {}
    unsaid: dict[ArmMode | None, Pair] = {}
    for pair in part.controls.plain:
        words = _plain(pair.label)
        if _disarms(words) or words == "arm disarm":
            found.setdefault(None, pair)
        elif typed and _OFF.fullmatch(words):
            unsaid.setdefault(None, pair)
        elif not _ELSE.search(words) and (mode := _mode_in(words)) is not None:
            # The plainest of several is meant: "Arm Stay" before "Arm Stay Instant".
            held = found.get(mode)
            if held is None or len(pair.label) < len(held.label):
                found[mode] = pair
    return unsaid | found


def _arms(part: Part) -> bool:
    pairs = arming(part)
    said = any(_disarms(_plain(pair.label)) for pair in part.controls.plain)
    return len(pairs) > 1 and (said or _is_typed(part, ARMING))


@dataclass(slots=True)
class AlarmParts(Group):
    """The features of one alarm panel."""

    CONTROLS: ClassVar[frozenset[str]] = frozenset({"arming"})
    ROLE_WORDS: ClassVar[re.Pattern[str]] = re.compile(
        r"arm\w*|alarm\w*|status|state|mode|control|panel"
    )

    arming: Part | None = None
    sounds: Part | None = None

    @classmethod
    @override
    def roles_of(cls, part: Part) -> frozenset[str]:
        if _arms(part):
            return frozenset({"arming"})
        return frozenset({"sounds"} if _is_typed(part, ALARM) else ())

    @classmethod
    @override
    def of(cls, parts: Sequence[Part]) -> Self:
        """Sort features by their role."""
        return cls(
            arming=next((part for part in parts if _arms(part)), None),
            sounds=next((part for part in parts if _is_typed(part, ALARM)), None),
        )

    @property
    @override
    def controllable(self) -> bool:
        return self.arming is not None


class AlarmBinding(Binding):
    """An alarm panel: one feature that arms, perhaps another that sounds."""

    def __init__(self, facts: Facts, part: Part, alarm: Part | None = None) -> None:
        """Take the feature that arms, and the one that tells an alarm."""
        super().__init__(facts, part, alarm)
        self._part = part
        self._alarm = alarm
        self._pairs = arming(part)

    @override
    def read(self, features: Features) -> Device:
        state = self._state(features)
        sounding = state is AlarmState.TRIGGERED and self._alarm is not None
        return AlarmPanel(
            **self.facts,
            state=state,
            word=status_of(features, self._alarm if sounding else self._part) or None,
            arm_modes=tuple(mode for mode in self._pairs if mode is not None),
            can_disarm=None in self._pairs,
        )

    def _state(self, features: Features) -> AlarmState:
        """Return the state; that nothing sounds does not say that it is disarmed."""
        beside = alarm_state(status_of(features, self._alarm))
        own = self._own_state(features)
        unsaid = own is AlarmState.UNKNOWN and beside is not AlarmState.DISARMED
        return beside if unsaid or beside is AlarmState.TRIGGERED else own

    def _own_state(self, features: Features) -> AlarmState:
        """Return what arms says: by its text, and by its value where there is none."""
        text = status_of(features, self._part)
        pair = labelled(self._part, text)
        if not text:
            pair = self._part.controls.at(value_of(features, self._part))
        said = (mode for mode, each in self._pairs.items() if each is pair)
        if pair is not None and (mode := next(said, ArmMode.UNKNOWN)) in _ARMED:
            return _ARMED[mode]
        return alarm_state(text or (pair.label if pair else ""), typed=True)

    @override
    def write(self, command: AnyCommand) -> list[Action]:
        if not isinstance(command, Arm):
            raise declined()
        return by_pair(self._part, self._pairs.get(command.mode))


_BURNS: Final = frozenset({DetectorKind.FIRE, DetectorKind.SMOKE})


class FireBinding(Binding):
    """Whether an alarm panel says that it burns: a break-in is another thing.

    Not every panel tells it, so it is disabled at first.
    """

    def __init__(self, facts: Facts, part: Part, alarm: Part | None = None) -> None:
        """Take what the panel has, and its features."""
        own = {
            "id": f"{facts['id']}-fire",
            "name": f"{facts['name']} Fire",
            "root_id": facts["root_id"] or facts["id"],
            "hidden": True,
        }
        super().__init__(facts | own, part, alarm)

    @override
    def read(self, features: Features) -> Device:
        said = [_plain(status_of(features, part)) for part in self.parts]
        burns = any(detector_of(_QUIET.sub("", words)) in _BURNS for words in said)
        known = any(alarm_state(words) is not AlarmState.UNKNOWN for words in said)
        on = True if burns else False if known else None
        return Detector(**self.facts, kind=DetectorKind.FIRE, on=on)
