"""A HomeSeer system that holds families of devices, and notes what it is told."""

from typing import Any

from aiohttp import web

type Family = dict[str, Any]
type Told = list[tuple[int, float, str | None]]


def _row(device: dict[str, Any]) -> dict[str, Any]:
    """Return a device as HomeSeer sends it."""
    api, kind, subtype = device.get("type", [0, 0, 0])
    return {
        "ref": device["ref"],
        "name": device["name"],
        "location": device.get("room", "Room"),
        "location2": device.get("floor", "Floor"),
        "value": device["value"],
        "status": device["status"],
        "device_type_string": device.get("type_string", ""),
        "relationship": device.get("relationship", 0),
        "hide_from_view": device.get("hidden", False),
        "associated_devices": device.get("associated", []),
        "device_type": {
            "Device_API": api,
            "Device_Type": kind,
            "Device_SubType": subtype,
        },
        "misc": device.get("misc", 0x1100),
        "interface_name": device.get("interface", ""),
    }


def _pair(index: int, pair: dict[str, Any]) -> dict[str, Any]:
    """Return a control as HomeSeer sends it."""
    names = ("Start", "End", "Prefix", "Suffix", "Decimals", "ValueOffset", "Divisor")
    given = dict(zip(names, pair.get("range", ()), strict=False))
    span = {
        f"Range{name}" if name in {"Start", "End"} else f"RangeStatus{name}": value
        for name, value in given.items()
    }
    return {
        "CCIndex": index,
        "Label": pair["label"],
        "ControlUse": pair.get("use", 0),
        "ControlType": pair.get("type", 5),
        "ControlValue": pair["value"],
        "ControlStringList": None,
        "Range": span or None,
    }


class Families:
    """The system: its devices as they are now, and the controls that were used."""

    def __init__(self, families: list[Family]) -> None:
        """Take the families, all of one kind of system."""
        system = families[0].get("system", {})
        self.version = {3: "3.0.0.548", 4: "4.2.22.4"}[system.get("hs", 4)]
        self.fahrenheit: bool = system.get("fahrenheit", False)
        self.rows = {
            device["ref"]: _row(device)
            for family in families
            for device in family["devices"]
        }
        self.pairs = {
            int(ref): [_pair(index, pair) for index, pair in enumerate(pairs)]
            for family in families
            for ref, pairs in family.get("controls", {}).items()
        }
        self.first = {
            ref: (row["value"], row["status"]) for ref, row in self.rows.items()
        }
        self.told: Told = []

    def show(self, what: dict[str, Any]) -> None:
        """Have some devices show a value and a text."""
        for ref, (value, status) in what.items():
            self.rows[int(ref)] |= {"value": value, "status": status}

    def restore(self) -> None:
        """Have all devices show what they did at first."""
        self.show({str(ref): shown for ref, shown in self.first.items()})

    def answer(self, query: dict[str, str]) -> object:
        """Return what HomeSeer answers."""
        refs = [int(ref) for ref in query.get("ref", "").split(",") if ref.isdecimal()]
        match query["request"].lower():
            case "getstatus":
                rows = [
                    row for ref, row in self.rows.items() if not refs or ref in refs
                ]
                return {"TempFormatF": self.fahrenheit, "Devices": rows}
            case "getcontrol":
                devices = [
                    {"ref": ref, "ControlPairs": pairs}
                    for ref, pairs in self.pairs.items()
                    if not refs or ref in refs
                ]
                return {"Devices": devices}
            case "getevents":
                return {"Events": []}
            case "controldevicebyvalue":
                self.told.append((refs[0], float(query["value"]), None))
                return {"Devices": [self.rows[refs[0]]]}
            case "controldevicebyindex":
                value = self.pairs[refs[0]][int(query["value"])]["ControlValue"]
                self.told.append((refs[0], value, query.get("string")))
                return {"Devices": [self.rows[refs[0]]]}
            case "getsetting":
                return {"Value": str(self.fahrenheit)}
            case "getsessionconfig" | "hsversion":
                return {"hsVersion": self.version, "isLocation1First": True}
        return {"Response": "Error, bad request"}

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer a request."""
        return web.json_response(self.answer(dict(request.query)))
