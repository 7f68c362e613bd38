"""What the fuzzer throws at the parsers, and what it has found before."""

import json
from pathlib import Path
import random
from typing import Any

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.crestron_homeseer.homeseer.features import refs_in
from custom_components.crestron_homeseer.house.devices import Cover, Light, Thermostat
from custom_components.crestron_homeseer.house.fields import Fields
from custom_components.crestron_homeseer.house.hub import HubResponseError
from scripts.lib.fuzz import seeds, wires
from scripts.lib.fuzz.findings import Findings
from scripts.lib.fuzz.mutate import mutated, mutated_bytes
from scripts.lib.fuzz.targets import TARGETS

CORPUS = sorted((Path(__file__).parent / "fuzz_corpus").glob("*/*"))
CRESTRON = list(seeds.crestron())
HOMESEER = list(seeds.homeseer())
EVENTS, *FAMILIES = HOMESEER

seeds_of_chance = st.integers(0, 2**32)
patient = settings(deadline=None)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_was_found_once_stays_mended(path: Path) -> None:
    TARGETS[path.parent.name].take(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_takes_its_seeds(name: str) -> None:
    for body in TARGETS[name].seeds():
        TARGETS[name].take(body)


@pytest.mark.parametrize("name", TARGETS)
@patient
@given(body=st.binary(max_size=80))
def test_each_target_takes_any_bytes(name: str, body: bytes) -> None:
    TARGETS[name].take(body)


def test_seeds_make_houses() -> None:
    kinds = set()
    for document in CRESTRON[4:]:
        house = wires.run(wires.crestron_hub(document), document)
        kinds |= {type(device) for device in house.devices.values()}
    for document in FAMILIES:
        house = wires.run(wires.homeseer_hub(document), document)
        kinds |= {type(device) for device in house.devices.values()}
    assert {Cover, Light, Thermostat} <= kinds


def test_a_document_without_an_answer_is_an_error() -> None:
    with pytest.raises(HubResponseError):
        wires.run(wires.homeseer_hub({}), {})


# A valid answer with something wrong in it


@pytest.mark.parametrize("name", ["crestron", "homeseer"])
@patient
@given(seed=seeds_of_chance, times=st.integers(1, 5))
def test_answers_that_are_somehow_wrong_make_a_sane_house_or_a_plain_error(
    name: str, seed: int, times: int
) -> None:
    rng = random.Random(seed)
    documents = CRESTRON if name == "crestron" else HOMESEER
    document = mutated(rng.choice(documents), rng, times)
    TARGETS[name].take(json.dumps(document).encode())


def of(*families: Any) -> wires.Document:
    """Return the answers of a system that has several devices."""
    return {
        "getstatus": {
            "Devices": [
                item for family in families for item in family["getstatus"]["Devices"]
            ]
        },
        "getcontrol": {
            "Devices": [
                item for family in families for item in family["getcontrol"]["Devices"]
            ]
        },
        "control": {"Response": "ok"},
    }


def broken(family: Any, rng: random.Random, times: int) -> Any:
    """Return a device that says anything, but does not pass for another one."""
    lists = {key: family[key]["Devices"] for key in ("getstatus", "getcontrol")}
    own = {item["ref"] for item in lists["getstatus"]}
    changed = mutated(lists, rng, times)
    return {key: {"Devices": _own(changed.get(key), own)} for key in lists}


def _own(items: Any, refs: set[int]) -> list[Any]:
    """Return what is no device at all, or tells only of some refs."""
    found = []
    for item in items if isinstance(items, list) else []:
        fields = Fields(item)
        told = [fields.get("ref"), *fields.items("associateddevices")]
        if isinstance(item, dict):
            told.append(item.get("ref"))
        if set(refs_in(told)) <= refs:
            found.append(item)
    return found


@patient
@given(seed=seeds_of_chance, times=st.integers(1, 4), first=st.booleans())
def test_a_broken_homeseer_device_loses_only_itself(
    seed: int, times: int, first: bool
) -> None:
    rng = random.Random(seed)
    good, bad = rng.sample(FAMILIES, 2)
    alone = wires.run(wires.homeseer_hub(of(good)), of(good))
    wrong = broken(bad, rng, times)
    both = of(wrong, good) if first else of(good, wrong)
    house = wires.run(wires.homeseer_hub(both), both)
    assert alone.devices.items() <= house.devices.items()


# The fuzzer itself


def test_mutations_are_those_of_their_seed() -> None:
    body = json.dumps(CRESTRON[8]).encode()
    changed = [mutated_bytes(body, 10**6, seed) for seed in range(200)]
    assert changed == [mutated_bytes(body, 10**6, seed) for seed in range(200)]
    assert sum(each != body for each in changed) > 150
    assert all(isinstance(json.loads(each or b"{}"), dict | list) for each in changed)


def test_what_is_no_document_or_has_no_room_is_not_mutated() -> None:
    for body in (b"", b"7", b"{", b"[" * 100_000):
        assert mutated_bytes(body, 10**6, 1) is None
    assert mutated_bytes(json.dumps(CRESTRON[8]).encode(), 10, 1) is None
    assert mutated([], random.Random(1), 3) == []


def fault(data: bytes) -> Exception:
    """Return an error of a place in the code."""
    try:
        int(data)
    except ValueError as err:
        return err
    raise AssertionError


def test_a_fault_is_kept_once_with_its_shortest_input(tmp_path: Path) -> None:
    findings = Findings(tmp_path / "crestron", 7)
    for data in (b"longer", b"short", b"longest"):
        findings.add(data, fault(data))
    (kept,) = (tmp_path / "crestron").glob("*.input")
    assert kept.read_bytes() == b"short"
    told = kept.with_suffix(".txt").read_text(encoding="utf-8")
    assert told.startswith("seed 7\nValueError at scripts/test_fuzz.py:")
