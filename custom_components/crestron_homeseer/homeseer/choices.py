"""What a user can choose from in a system, and which of its features takes a control."""

from collections.abc import Iterable, Mapping

from ..house.controls import Control
from ..house.hub import Choices
from .binding import Controls
from .events import called_scenes
from .features import ROOT, Feature, owners


def choices(
    features: Mapping[int, Feature],
    controls: Mapping[int, Controls],
    event_groups: Iterable[str],
    place_names: tuple[str, str],
) -> Choices:
    """Return what can be chosen from what was read."""
    places = (
        {feature.location for feature in features.values()},
        {feature.location2 for feature in features.values()},
    )
    return Choices(
        interfaces=tuple(sorted({each.interface for each in features.values()})),
        event_groups=(groups := tuple(sorted(event_groups))),
        scene_groups=tuple(filter(called_scenes, groups)),
        places=tuple(
            (name, tuple(sorted(place - {""})))
            for name, place in zip(place_names, places, strict=True)
        ),
        parts=_parts(features, controls),
    )


def _parts(
    features: Mapping[int, Feature], controls: Mapping[int, Controls]
) -> dict[int, str]:
    """Return what each feature is to be called in a list, where its root is not seen."""
    roots = owners(features)
    return {
        ref: _called(feature, roots.get(ref))
        for ref, feature in features.items()
        # A root that has nothing to control is only a name for the others.
        if feature.relationship != ROOT or ref in controls
    }


def _called(feature: Feature, root: Feature | None) -> str:
    name = feature.name
    if root is not None and not name.lower().startswith(root.name.lower()):
        name = f"{root.name} {name}"
    places = [place for place in (feature.location2, feature.location) if place]
    return f"{name} ({', '.join((*places, str(feature.ref)))})"


def takes(controls: Controls, control: Control) -> bool:
    """Return whether a feature has the control for a value, a label or a text."""
    if control.label is not None:
        return controls.labelled([control.label.strip().lower()]) is not None
    if control.value is not None:
        return any(
            pair.value == control.value
            if pair.range is None
            else pair.range.low <= control.value <= pair.range.high
            for pair in controls.pairs
        )
    return controls.written(control.text or "") is not None
