"""What names say in the languages of the owners, and what can open a way in."""

from typing import Any

import pytest

from custom_components.crestron_homeseer.house import devices as dv
from custom_components.crestron_homeseer.house.access import (
    entity_only,
    needs_consent,
    opens,
    safety_relevant,
)
from custom_components.crestron_homeseer.house.adjusted import suggested
from custom_components.crestron_homeseer.house.controls import Choice, Switch
from custom_components.crestron_homeseer.house.kinds import (
    AlarmState,
    CoverKind,
    DetectorKind,
    LockState,
    SceneKind,
)
from custom_components.crestron_homeseer.house.words import unused

OPENING = {
    "en": "Open garage|Door Opener|Unlock Front Door|Disarm|Restart HomeSeer|Reboot hub"
    "|OpenGate|Release|Driveway Gate|Alarm off|front_door_unlock|DISARM ALL",
    "de": "Garage öffnen|Tür entriegeln|Aufsperren|Alarm unscharf|Entschärfen|Neustart"
    "|Türöffner|Haustür offen|Schließanlage deaktivieren|Einfahrtstor|ÖFFNE TOR",
    "fr": "Ouvrir le portail|Déverrouiller|Désarmer|Redémarrer|Ouverture garage",
    "nl": "Garage openen|Voordeur ontgrendelen|Alarm uitschakelen|Herstarten|Van slot",
    "no": "Åpne port|Lås opp døra|Deaktiver alarm|Start på nytt",
    "sv": "Öppna grinden|Lås upp|Larma av|Starta om|Avlarma huset",
    "da": "Åbn garagen|Lås op|Frakobl alarm|Genstart",
    "es": "Abrir puerta|Desbloquear|Desarmar|Reiniciar|Desactivar alarma",
    "it": "Apri cancello|Sblocca porta|Disarma|Riavvia|Disinserisci allarme",
    "pt": "Abrir portão|Destrancar|Desarmar|Reiniciar",
}
HARMLESS = (
    "Good Night|All Off|Movie Time|Dinner|Offenbach|Gute Nacht"
    "|Tout éteindre|Alles uit|Godnatt|Buenas noches|Buonanotte|Alarm clock|Gatekeeper"
    "|Lock All Doors|Arm Away|Cooper's lamp|Restaurant"
)
A: dict[str, Any] = {"id": "a", "name": "A"}


@pytest.mark.parametrize("language", OPENING)
def test_what_opens_is_known_by_its_name(language: str) -> None:
    assert [name for name in OPENING[language].split("|") if not opens(name)] == []


def test_other_names_are_left_alone() -> None:
    assert [name for name in HARMLESS.split("|") if opens(name)] == []


@pytest.mark.parametrize(
    ("device", "hidden", "alone"),
    [
        (dv.Button(**A), False, False),
        (dv.Button(**A, anything=True), True, True),
        (dv.Button(**A, label="Unlock"), True, True),
        (dv.Button(id="a", name="Open"), True, True),
        (Choice(**A, option=None, options=("Low", "High")), False, False),
        (Choice(**A, option=None, options=("Closed", "Open")), True, True),
        (Switch(id="a", name="Restart router", on=None), True, True),
        (Switch(id="a", name="Pump", on=None), False, False),
        (dv.Lock(id="a", name="Unlock me", state=LockState.LOCKED), False, True),
        (dv.AlarmPanel(**A, state=AlarmState.DISARMED), False, True),
        (dv.Cover(**A, kind=CoverKind.GARAGE, position=0), False, True),
        (dv.Cover(id="a", name="Open", kind=CoverKind.BLIND, position=0), False, False),
        (dv.Light(id="a", name="Gate", level=0, dimmable=False), False, False),
        *(
            (dv.Scene(**A, kind=kind), True, False)
            for kind in SceneKind
            if kind.name in {"LOCK", "LOCK_ROOM", "UNLOCK", "GENERIC_IO", "UNKNOWN"}
        ),
        (dv.Scene(id="a", name="Shades Open", kind=SceneKind.SHADE), False, False),
        (dv.Scene(id="a", name="Unlock", kind=SceneKind.LIGHTING), False, False),
        (dv.Scene(id="a", name="Disarm", kind=SceneKind.EVENT), True, False),
        (dv.Scene(**A, kind=SceneKind.EVENT), False, False),
    ],
)
def test_one_rule_for_all(device: dv.Device, hidden: bool, alone: bool) -> None:
    assert needs_consent(device) is hidden
    assert entity_only(device) is alone


def test_a_button_is_what_it_is_a_part_of() -> None:
    assert needs_consent(dv.Button(id="a", name="Trigger"), "Gate Opener")
    assert not needs_consent(Switch(id="a", name="Trigger", on=None), "Gate Opener")


@pytest.mark.parametrize(
    ("device", "safety"),
    [
        (dv.Detector(**A, kind=DetectorKind.DOOR, on=None), True),
        (dv.Detector(**A, kind=DetectorKind.SMOKE, on=None), True),
        (dv.Detector(**A, kind=DetectorKind.MOTION, on=None), False),
        (dv.Cover(**A, kind=CoverKind.SHADE, position=0), True),
        (Switch(**A, on=None), False),
    ],
)
def test_what_tells_whether_a_home_is_safe(device: dv.Device, safety: bool) -> None:
    assert safety_relevant([device]) is safety


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ("Pool Pump|Teichpumpe|Pompe piscine|Bomba de agua|Vijverpomp|Pump", "switch"),
        ("Fireplace|Kamin|Cheminée|Chimenea|Camino|Haard|Lareira|Braskamin", "switch"),
        ("Towel Heater|Heizstrahler|Chauffage|Calentador|Aquecedor|Värmare", "switch"),
        ("Bath Fan|Ventilator Bad|Ventilateur|Ventilador|Fläkt Bad", "fan"),
        ("Outlet|Steckdose|Prise|Enchufe|Presa|Stopcontact|Tomada|Vägguttag", "outlet"),
        ("Pond Lights|Kaminlampe|Fan Light|Downlights|Desk|", None),
    ],
)
def test_a_name_suggests_what_it_speaks_of(names: str, kind: str | None) -> None:
    assert {suggested(name) for name in names.split("|")} == {kind}


@pytest.mark.parametrize(
    "name",
    [
        *("Unused 3", "not used", "Unbenutzt 2", "Inutilisé", "Sin usar", "Oanvänt"),
        *("Non utilizzato", "Ongebruikt – zolder", "Não usado", "Ubrugt"),
    ],
)
def test_a_room_that_is_not_used_says_so_at_first(name: str) -> None:
    assert unused(name)
    assert not unused(f"Kitchen ({name})")
