"""The systems to try things on."""

from collections import Counter

from simulator.homeseer import default_system, generated_system
from simulator.homeseer.feature import Relationship, Type


def test_the_default_system_has_what_real_ones_have() -> None:
    model = default_system()
    features = list(model.features.values())
    assert 110 <= len(features) <= 170
    assert {each.type.api for each in features} == {0, 4, 8, 16, 32, 512, 513}
    assert {each.relationship for each in features} == set(Relationship)
    names = Counter(each.name for each in features)
    assert names["Battery"] > 4
    assert names["Vacation Mode"] == 2
    assert any("  " in name for name in names)
    assert any("<b" in each.status for each in features)
    assert any(each.hidden for each in features)
    assert any(not each.told for each in features)
    groups = {event.group for event in model.events if event.name == "Good Night"}
    assert len(groups) == 2
    assert len({event.id for event in model.events}) == len(model.events) == 25


def test_roots_may_be_lost_and_types_have_an_old_one() -> None:
    model = default_system()
    lost, stray = model.find("Lost Switch"), model.find("Stray Tamper Sensor Binary")
    assert lost.root not in model.features
    assert stray.root in model.features
    assert (model.associated(lost), model.associated(stray)) == ([lost.root], [])
    assert all(each.type_in("hs3").api < 512 for each in model.features.values())
    mode = model.find("HVAC Mode")
    assert (mode.type_in("hs4"), mode.type_in("hs3")) == (Type(513, 17, 3), Type(16, 3))


def test_systems_of_any_size() -> None:
    for size in (1, 40, 2000):
        model = generated_system(size)
        assert len(model.features) == size
        assert len(model.events) >= 25
    kinds = {each.type_string for each in model.features.values()}
    assert {"Z-Wave Door Lock", "Z-Wave Window Shade", "Z-Wave Central Scene"} < kinds
    locations = {each.location for each in model.features.values()}
    assert len(locations) > 50
