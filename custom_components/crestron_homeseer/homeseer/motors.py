"""Evidence that a feature opens and closes something: never by two labels alone."""

from ..house.kinds import CoverKind
from .clues import DOOR, WINDOW, ZWAVE_BARRIER, ZWAVE_DIMMER, Clues
from .features import Use
from .topics import COVERS

_BY_ROOT: dict[int | None, CoverKind] = {
    DOOR: CoverKind.DOOR,
    WINDOW: CoverKind.WINDOW,
}
# Many a dimmer is called after the door or the window that it is at.
_PLACES = frozenset(
    {CoverKind.GARAGE, CoverKind.GATE, CoverKind.DOOR, CoverKind.WINDOW}
)
_LOCK_USES = frozenset({Use.LOCK, Use.UNLOCK})


def kind(clues: Clues) -> CoverKind:
    """Return which cover a feature is: by its own words, its root's, or its root."""
    if clues.zwave == ZWAVE_BARRIER:
        return CoverKind.GARAGE
    found = CoverKind(clues.cover) if clues.cover else None
    above = _BY_ROOT.get(clues.root_type)
    if above is not None and found in {None, CoverKind.DOOR, CoverKind.WINDOW}:
        return above
    return found or CoverKind.SHADE


def way_in(clues: Clues) -> bool:
    """Open and Close of a door, a garage or a gate, though their uses be a lock's."""
    if not clues.opened or not clues.uses & _LOCK_USES:
        return False
    return kind(clues) in _PLACES


def called(clues: Clues) -> bool:
    """Open and Close, or Up and Down, of what is called a cover."""
    if clues.sensed or not clues.moved or clues.lamp:
        return False
    if clues.zwave == ZWAVE_BARRIER:
        return True
    if clues.cover is None and clues.root_type not in _BY_ROOT:
        return False
    # Up and Down are a door's or a window's only where Stop is beside them.
    return (
        clues.opened or kind(clues) not in _PLACES or clues.controls.stops is not None
    )


def motor(clues: Clues) -> bool:
    """Open, Close and Stop with a position: nothing else has all of them."""
    if clues.sensed or not clues.moved or clues.lamp:
        return False
    placed = clues.slider is not None
    stops = clues.controls.stops is not None
    if clues.zwave == ZWAVE_DIMMER:
        return placed or stops
    return clues.opened and placed and stops


def slid(clues: Clues) -> bool:
    """A position of what is called a cover."""
    if clues.slider is None or clues.climatic:
        return False
    if clues.cover is None and clues.root_type not in _BY_ROOT:
        return False
    typed = COVERS.of(clues.feature.type_string) is not None
    if typed or not clues.switched:
        return typed or kind(clues) not in _PLACES or clues.root_type in _BY_ROOT
    # No door is opened by a dimmer that is worked with On and Off.
    dims = (
        clues.controls.slider(Use.DIM) is not None and clues.root_type not in _BY_ROOT
    )
    return not clues.lamp and not (dims and kind(clues) in _PLACES)
