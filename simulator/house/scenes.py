"""Scenes and quick actions: several orders behind one name."""

from dataclasses import dataclass
from typing import Any, ClassVar

from .device import Device, State
from .tracks import Steps


@dataclass(frozen=True, slots=True)
class Goal:
    """One state that a scene wants: of which device, which, and what."""

    device: int
    what: str
    value: Any
    media: bool = False


class Scene(Device):
    """Goals that are asked for together.

    A scene is active while the house matches it, whoever made it so. A momentary one is a
    relay that pulses: it counts its pulses and is never active. A scene whose goals nobody
    knows (`stated` is not None) is active from when it was recalled until another of its
    kind in its room was.
    """

    kind: ClassVar[str] = "scene"
    stated = State[bool | None]()

    def __init__(
        self,
        id: int,
        name: str,
        room: int | None = None,
        *,
        type: str = "Lighting",
        goals: tuple[Goal, ...] = (),
        stated: bool | None = None,
        momentary: bool = False,
    ) -> None:
        super().__init__(id, name, room, online=None)
        self.type = type
        self.goals = goals
        self.momentary = momentary
        self.pulses = 0
        self.tracks["stated"] = Steps(stated)


class QuickAction(Device):
    """A named list of scenes, as the owner put it together in the app."""

    kind: ClassVar[str] = "quick_action"

    def __init__(self, id: int, name: str, scenes: tuple[int, ...] = ()) -> None:
        super().__init__(id, name, None, online=None)
        self.scenes = scenes
        self.runs = 0


@dataclass(slots=True)
class Room:
    """A room: a name to find things under."""

    id: int
    name: str
