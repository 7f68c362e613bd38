"""Writes docs/voice.md: what the tests of this folder prove, as a page for people.

Run as `python -m tests.crestron_homeseer.assistants.table`.
"""

from collections.abc import Iterator
from pathlib import Path

from .english import ENGLISH
from .facts import Line
from .german import GERMAN
from .household import ALIASES, AREA_ALIASES, EXPOSED, FLOORS, SHOWN_AS, THERMOMETERS

PAGE = Path("docs/voice.md")
HEAD = """# Speaking to the house

These sentences were said to Assist, Home Assistant's own voice assistant, with one
Crestron Home processor and one HomeSeer system in the same Home Assistant. Both were
simulated. A row stands here only if the house itself, and not Home Assistant's idea of
it, was then as the row says; `tests/crestron_homeseer/assistants` tries each of them.

The rooms of both systems become areas by themselves. The rest was done by hand in the
settings, as a user would:
"""
NOTES = """
## What Home Assistant does not understand

Seen with its sentences of October 2026. No integration can change it:

- "Are any doors open?" and "Which windows are open?" look at covers only, not at
  contacts. Ask for one by its name: "Is the terrace slider open?"
- "Close all the shades" needs an area or a floor: "Close the shades upstairs".
- "Is there smoke?" is no question to it. Asked "Is smoke detected in the kitchen?" it
  looks in the kitchen for a sensor with the *name* smoke, and says "No" if there is
  none, also while it burns. Expose the smoke sensor of each room, give it the alias
  "smoke", and try it. The same goes for water, gas and carbon monoxide. An alarm that
  wakes people is the job of the detectors, not of a voice assistant.
- "Shade" and "blind" are two kinds of cover, and "Rollo" is a blind. Where people say
  "blind", choose "Blind" under "Show as" in the settings of the shade.
- The temperature of a room without a thermostat is known once the area's temperature
  sensor is chosen in the settings of the area. That of a floor with several
  thermostats is not known.
- A light or a scene whose name exists twice needs its area, or an alias.

Events of HomeSeer carry the name of their group, because two groups may have the same
event: say "Lighting events Dinner", or give the scene an alias.

## What is exposed

Home Assistant exposes lights, covers, switches, fans, thermostats, players and scenes to
Assist by itself, and never locks, alarm panels and buttons. Scenes and switches that can
open a way in are hidden, and no assistant has them until you show and expose them: see
[What is hidden at first](security.md#what-is-hidden-at-first). Events of HomeSeer are
buttons unless you call their groups scenes.

Google Assistant asks for the PIN before it unlocks a door, or moves a garage door, a
gate or a door, or disarms an alarm, and refuses to while no PIN is set. For Alexa, a PIN
is set in its own app.
"""


def _household() -> Iterator[str]:
    for floor, (aliases, areas) in FLOORS.items():
        also = ", ".join(sorted(aliases))
        yield f"- floor {floor} (also: {also}): {', '.join(areas)}"
    aliased = (
        f"{name}: {', '.join(sorted(also))}" for name, also in AREA_ALIASES.items()
    )
    yield f"- aliases of areas: {'; '.join(aliased)}"
    named = (f"`{entity}`: {', '.join(also)}" for entity, also in ALIASES.items())
    yield f"- aliases of entities: {'; '.join(named)}"
    shown = (f"`{entity}` as {kind}" for entity, kind in SHOWN_AS.items())
    yield f"- shown as something else: {'; '.join(shown)}"
    meters = (f"{area}: `{entity}`" for area, entity in THERMOMETERS.items())
    yield f"- temperature sensor of an area: {'; '.join(meters)}"
    yield f"- exposed besides: {', '.join(f'`{entity}`' for entity in EXPOSED)}"


def _row(line: Line) -> str:
    answer = f"“{line.says}”" if line.asks else ""
    facts = "<br>".join(fact.told for fact in line.facts)
    return f"| {line.text} | {answer} | {facts} |"


def render() -> str:
    """Return the page."""
    parts = [HEAD, *_household()]
    for language, chapters in (("English", ENGLISH), ("German", GERMAN)):
        for title, lines in chapters.items():
            parts += ["", f"## {language}: {title}", ""]
            parts += ["| sentence | answer | in the house |", "| --- | --- | --- |"]
            parts += map(_row, lines)
    return "\n".join(parts) + "\n" + NOTES


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
