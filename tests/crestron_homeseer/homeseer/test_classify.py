"""What one feature becomes, by which evidence: each row of the table of examples."""

from collections.abc import Iterator
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.crestron_homeseer.homeseer.evidence import ROWS
from custom_components.crestron_homeseer.homeseer.settings import OWNER, Settings
from custom_components.crestron_homeseer.house.devices import Button

from .described import FAN_RANGE, LOCK, SPEEDS
from .raw import DIMMER, SWITCH, Raw, feature, pair, take

EXAMPLES = Path(__file__).parents[2] / "fixtures" / "homeseer_features.txt"
CONTROLS = {
    "@dimmer": DIMMER,
    "@fan range": FAN_RANGE,
    "@lock": LOCK,
    "@speeds": SPEEDS,
    "@switch": SWITCH,
}


def parsed(text: str) -> Any:
    """Return a value of the table: JSON, or a text."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def facts_of(text: str) -> dict[str, Any]:
    """Return what is said as "key=value; key=value"."""
    pairs = (each.partition("=") for each in text.split("; ") if each)
    return {key: parsed(value) for key, _, value in pairs}


def controls_of(text: str) -> Iterator[Raw]:
    """Yield the control pairs of a row."""
    for item in filter(None, text.split("; ")):
        if item in CONTROLS:
            yield from CONTROLS[item]
            continue
        label, _, rest = item.rpartition("=")
        value, use, kind, suffix = (
            *rest.split("/"),
            *("0", "5", "")[rest.count("/") :],
        )
        low, dots, high = value.partition("..")
        span = (float(low), float(high)) if dots else None
        number = 0 if span else float(value)
        yield pair(
            label, number, int(use), int(kind), span=span, RangeStatusSuffix=suffix
        )


def examples() -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of the table, each with its evidence."""
    evidence = ""
    for line in EXAMPLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            evidence = line[2:]
        elif line and evidence:
            cells = [cell.strip() for cell in line.split("|")]
            yield evidence, cells + [""] * (9 - len(cells))


@pytest.mark.parametrize(
    ("evidence", "row"),
    [pytest.param(*each, id=" ".join(filter(None, each[1]))) for each in examples()],
)
def test_what_a_feature_becomes(evidence: str, row: list[str]) -> None:
    device, name, type_string, type_, status, value, controls, facts, more = row
    given = facts_of(more)
    override, texts = given.pop("override", None), given.pop("texts", "")
    api, kind, subtype = map(int, (type_ or "4.0.0").split("."))
    pairs = list(controls_of(controls))
    if texts:
        pairs[0]["ControlStringList"] = texts.split(",")
    raw = feature(
        1,
        name or "Thing",
        value=json.loads(value or "0"),
        status=status,
        kind=(api, kind, subtype),
        type_string=type_string,
        **given,
    )
    settings = Settings(overrides={1: override} if override else {})
    inventory = take([raw], {1: pairs} if pairs else None, settings)
    found = inventory.devices["ref-1"]
    wanted = facts_of(facts)
    shown = {key: json.loads(json.dumps(getattr(found, key))) for key in wanted}
    assert (type(found).__name__, inventory.meanings[1][1]) == (device, evidence)
    assert shown == pytest.approx(wanted, abs=1e-5)
    assert found.room_id == str(given.get("location", "Kitchen")).casefold()


def test_each_kind_of_evidence_has_an_example_and_a_name_of_its_own() -> None:
    names = [OWNER, *(row.name for row in ROWS)]
    assert len(set(names)) == len(names)
    assert {evidence for evidence, _ in examples()} == set(names)


def test_buttons_stand_beside_what_is_shown() -> None:
    pairs = {1: [pair("Start", 1), pair("Stop", 0.5)]}
    devices = take([feature(1, "Washer", value=7, status="Rinsing")], pairs).devices
    buttons = {key: each.name for key, each in devices.items() if type(each) is Button}
    assert buttons == {
        "ref-1-button-1": "Washer Start",
        "ref-1-button-0.5": "Washer Stop",
    }
