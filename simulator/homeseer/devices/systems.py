"""Alarm panels and media players: roots with many features."""

from typing import Any

from simulator.homeseer.behaviours import Alarm, Late, Player, Written
from simulator.homeseer.build import Builder
from simulator.homeseer.controls import Kind, Pair, Span, Use, Words, button, slider
from simulator.homeseer.feature import Feature, Type

ZONES = (
    ("Front Door Zone", 30),
    ("Garage Zone Delayed", 31),
    ("Living Room Motion Zone", 32),
    ("Basement Smoke Zone", 40),
    ("Furnace CO Zone", 41),
)
TITLES = ("So What", "Freddie Freeloader", "Blue in Green", "All Blues")


def alarm_panel(build: Builder, name: str) -> Feature:
    """Add an alarm panel with its partition, zones and siren."""
    root = build.root(name, Type(8, 99), interface="DSC Security")
    partition = build.child(
        root,
        f"{name} Partition 1",
        0,
        type=Type(8, 10, 1),
        controls=(
            button("Disarm", 0),
            button("Arm Stay", 1),
            button("Arm Away", 2),
        ),
        readings=(
            Words(0, "Ready"),
            Words(1, "Armed Stay"),
            Words(2, "Armed Away"),
            Words(3, "Exit Delay"),
            Words(4, "In Alarm"),
        ),
        behaviour=Alarm(),
    )
    states = (Words(0, "Normal"), Words(1, "Alarm"))
    build.child(root, "Alarm State", 0, type=Type(8, 1, 1), readings=states)
    zone_states = (Words(0, "Closed"), Words(1, "Open"), Words(2, "Bypassed"))
    for zone, kind in ZONES:
        build.child(root, zone, 0, type=Type(8, kind, 1), readings=zone_states)
    siren = (button("Off", 0), button("On", 1))
    build.child(root, "Siren", 0, type=Type(8, 70, 1), controls=siren)
    return partition


def media_player(build: Builder, name: str) -> Feature:
    """Add a media player; what it plays is told as texts, without a value."""
    root = build.root(name, Type(32, 99), interface="Sonos")

    def add(label: str, kind: int, value: float = 0, **facts: Any) -> Feature:
        return build.child(root, f"{name} {label}", value, type=Type(32, kind), **facts)

    states = (Words(0, "Stopped"), Words(1, "Playing"), Words(2, "Paused"))
    state = add("Player State", 1, readings=states)
    track = add("Track", 10, status=TITLES[0])
    for label, kind, text in (
        ("Artist", 9, "Miles Davis"),
        ("Album", 8, "Kind of Blue"),
    ):
        add(label, kind, status=text)
    control = add(
        "Control",
        3,
        controls=(
            button("Play", 1, Use.PLAY),
            button("Pause", 2, Use.PAUSE),
            button("Stop", 3, Use.STOP),
            button("Next", 4, Use.NEXT),
            button("Prev", 5, Use.PREVIOUS),
        ),
        behaviour=Player(state, track, TITLES),
    )
    volume = (slider(Span(0, 100, suffix="%"), Use.VOLUME),)
    add("Volume", 4, 25, controls=volume, behaviour=Late(0.3))
    _media_switches(build, root, name)
    return control


def _media_switches(build: Builder, root: Feature, name: str) -> None:
    build.child(
        root,
        f"{name} Mute",
        0,
        type=Type(513, 32, 13),
        legacy=Type(32, 3),
        controls=(button("Mute", 1, Use.MUTE), button("Unmute", 0, Use.UNMUTE)),
        behaviour=Late(0.3),
    )
    for label, kind, use in (("Shuffle", 5, Use.SHUFFLE), ("Repeat", 6, Use.REPEAT)):
        build.child(
            root,
            f"{name} {label}",
            0,
            type=Type(32, kind),
            controls=(button("Off", 0), button("On", 1, use)),
        )
    playlists = ("Morning Jazz", "Dinner Party", "Kids")
    build.child(
        root,
        f"{name} Playlist",
        0,
        "Dinner Party",
        type=Type(32, 11),
        controls=(Pair("Playlist", 0, kind=Kind.TEXT_FROM_LIST, choices=playlists),),
        behaviour=Written(0.4),
    )
