"""What simulated systems really answer, in small pieces."""

from collections.abc import Iterator
import json
from typing import Any

from simulator.clock import ManualClock
from simulator.crestron.inventory import LIST_KEYS, inventory
from simulator.crestron.manual import as_in_manual
from simulator.homeseer import HomeSeerSystem, default_system
from simulator.recorder import Request
from simulator.samples import default_house

type Json = dict[str, Any]

_PIECE = 3
_SUCCESS = {"status": "success"}


def crestron() -> Iterator[Json]:
    """Yield documents of each list of a processor, as firmware and manual write it."""
    house = default_house(ManualClock(), seed=1)
    lists = {path: inventory(house, path, 0.0) for path in LIST_KEYS}
    rooms = {"rooms": lists["rooms"][:4]}
    for path, items in lists.items():
        for start in range(0, len(items), _PIECE):
            piece = items[start : start + _PIECE]
            old = [as_in_manual(path, item) for item in piece]
            yield {
                "rooms": rooms,
                path: {LIST_KEYS[path]: piece},
                f"{path} again": {LIST_KEYS[path]: old},
                "post": _SUCCESS,
            }


def homeseer() -> Iterator[Json]:
    """Yield documents of each device of a HomeSeer system with its features."""
    system = HomeSeerSystem(default_system(ManualClock()))
    common = {
        name: ask(system, name)
        for name in ("getsessionconfig", "getdeviceinfo", "getdeviceschanged")
    }
    statuses = ask(system, "getstatus")["Devices"]
    pairs = {each["ref"]: each for each in ask(system, "getcontrol")["Devices"]}
    events = ask(system, "getevents")["Events"]
    yield common | {
        "getstatus": {"Devices": statuses[:1]},
        "getevents": {"Events": events[:_PIECE]},
        "getsetting": ask(system, "getsetting", setting="gGlobalTempScaleF"),
    }
    for device in statuses:
        if device["relationship"] == 4:
            continue
        refs = {device["ref"], *device["associated_devices"]}
        family = [each for each in statuses if each["ref"] in refs]
        yield {
            "getdeviceschanged": {"refs": sorted(refs)},
            "getstatus": {"Devices": family, "TempFormatF": True},
            "getstatus again": {"Devices": family[::-1]},
            "getcontrol": {
                "Devices": [pairs[each] for each in sorted(refs) if each in pairs]
            },
            "webhook": {"type": "devicechange", "data": {"ref": device["ref"]}},
            "control": {"Response": "ok"},
        }


def ask(system: HomeSeerSystem, name: str, **params: str) -> Json:
    """Return what a system answers to a request."""
    query = {"request": name, **params}
    if name == "getdeviceschanged":
        query["devicechangeid"] = "seed"
    request = Request("GET", "/JSON", None, 0.0, query=query)
    body: Json = json.loads(str(system.answer(request).body))
    return body
