"""How features look in JSON, under HS3 and HS4."""

from datetime import timedelta
import json
import re
from typing import Any

from .controls import TEXT_KINDS, Kind, Pair, Span
from .feature import Feature, Misc, State, Type
from .model import Event, Model
from .settings import Settings

type Json = dict[str, Any]

# The first moment of the year 1, which stands for "never".
NEVER = -62_135_596_800_000
APIS = {
    0: "No API",
    4: "Plug-In API",
    8: "Security API",
    16: "Thermostat API",
    32: "Media API",
    64: "Source Switch API",
    128: "Script API",
    256: "Energy API",
}
THERMOSTAT = {
    1: "Operating State",
    2: "Temperature",
    3: "Mode Set",
    4: "Fan Mode Set",
    5: "Fan Status",
    6: "Setpoint",
    99: "Root Device",
}


def offset_of(text: str) -> timedelta:
    """Read an offset such as -0400."""
    minutes = int(text[1:3]) * 60 + int(text[3:5])
    return timedelta(minutes=-minutes if text.startswith("-") else minutes)


def dump(body: Any, settings: Settings) -> str:
    """Write JSON the way the system does: HS3 escapes the slashes of dates."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    if settings.dialect == "hs3":
        text = re.sub(r'"/(Date\([^)"]*\))/"', r'"\\/\1\\/"', text)
    return text


class Renderer:
    """Writes what a model holds in one dialect."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Write about a model."""
        self.model = model
        self.settings = settings

    @property
    def hs3(self) -> bool:
        """Whether this is HS3."""
        return self.settings.dialect == "hs3"

    def envelope(self, what: str, version: str | None = None) -> Json:
        """Begin an answer."""
        version = version or ("1.0" if self.hs3 else "1.1")
        return {"Name": f"HomeSeer {what}", "Version": version}

    def devices(self, entries: list[Json]) -> Json:
        """Answer with devices and their states."""
        body = self.envelope("Devices")
        if not self.hs3:
            body["TempFormatF"] = self.model.fahrenheit
        return body | {"Devices": entries}

    def number(self, value: float) -> float:
        """Write whole numbers as HS3 does, or with a decimal as HS4 does."""
        return int(value) if self.hs3 and float(value).is_integer() else float(value)

    def date(self, moment: float | None, *, offset: bool = True) -> str:
        """Write a moment of the model's clock."""
        told = "" if self.hs3 or not offset else self.settings.utc_offset
        if moment is None:
            shift = offset_of(told) if told else timedelta()
            stamp = NEVER - int(shift.total_seconds() * 1000)
        else:
            stamp = int((self.model.epoch + moment) * 1000)
        return f"/Date({stamp}{told})/"

    # Features

    def status(self, feature: Feature, state: State) -> Json:
        """Tell how a feature is."""
        if feature.recorded is not None:
            return self._recorded(feature, feature.recorded, state)
        entry = {
            "ref": feature.ref,
            "name": feature.name,
            "location": feature.location,
            "location2": feature.location2,
            "value": self.number(state.value),
            "status": state.status,
            "device_type_string": feature.type_string,
            "last_change": self.date(state.changed),
            "relationship": int(feature.relationship),
            "hide_from_view": feature.hidden,
            "associated_devices": self.model.associated(feature),
            "device_type": describe(feature.type_in(self.settings.dialect)),
        }
        if self.hs3:
            entry["device_image"] = feature.image
        else:
            entry["device_type_values"] = None
        entry |= {
            "UserNote": feature.note,
            "UserAccess": feature.users,
            "status_image": f"{'' if self.hs3 else '/'}images/HomeSeer/status/on.gif"
            if feature.controls
            else "",
            "voice_command": feature.voice,
            "misc": int(feature.misc),
        }
        # Old versions do not say which plug-in a device belongs to.
        return entry if self.hs3 else entry | {"interface_name": feature.interface}

    def _recorded(self, feature: Feature, recorded: Json, state: State) -> Json:
        entry = dict(recorded)
        for key in ("name", "location", "location2"):
            if (now := getattr(feature, key)) != str(entry.get(key) or ""):
                entry[key] = now
        # Until something happens nobody here knows when the last change was.
        if state.changed is not None:
            entry |= {
                "value": self.number(state.value),
                "status": state.status,
                "last_change": self.date(state.changed),
            }
        return entry

    def control(self, feature: Feature) -> Json:
        """Tell how a feature is controlled."""
        if feature.recorded_controls is not None:
            return feature.recorded_controls
        pairs = [
            self.pair(feature.ref, index, pair)
            for index, pair in enumerate(feature.controls)
        ]
        return {
            "ControlPairs": pairs,
            "ref": feature.ref,
            "name": feature.name,
            "location": feature.location,
            "location2": feature.location2,
        }

    def pair(self, ref: int, index: int, pair: Pair) -> Json:
        """Tell of one control."""
        return {
            "Do_Update": True,
            "SingleRangeEntry": True,
            "ControlButtonType": 0,
            "ControlButtonCustom": "",
            "CCIndex": index,
            "Range": None if pair.span is None else self.span(pair.span),
            "Ref": ref,
            "Label": pair.label,
            "ControlType": int(pair.kind),
            "ControlLocation": {
                "Row": pair.row,
                "Column": pair.column,
                "ColumnSpan": 0,
            },
            "ControlLoc_Row": pair.row,
            "ControlLoc_Column": pair.column,
            "ControlLoc_ColumnSpan": 0,
            "ControlUse": int(pair.use),
            "ControlValue": self.number(pair.value),
            "ControlString": "",
            "ControlStringList": list(pair.choices) or None,
            "ControlStringSelected": None,
            "ControlFlag": False,
        }

    def span(self, span: Span) -> Json:
        """Tell of a range."""
        return {
            "RangeStart": self.number(span.start),
            "RangeEnd": self.number(span.end),
            "RangeStatusDecimals": span.decimals,
            "RangeStatusValueOffset": self.number(span.offset),
            "RangeStatusDivisor": self.number(span.divisor),
            "ScaleReplace": "",
            "HasScale": False,
            "RangeStatusPrefix": span.prefix,
            "RangeStatusSuffix": span.suffix,
        }

    def event(self, event: Event) -> Json:
        """Tell of an event."""
        entry = {
            "Group": event.group,
            "Name": event.name,
            "id": event.id,
            "voice_command": event.voice_command,
            "voice_command_enabled": bool(event.voice_command),
        }
        if not event.has_id:
            del entry["id"]
        return entry


def describe(kind: Type) -> Json:
    """Tell what a device is, in numbers and in words."""
    api = APIS.get(kind.api, f"Undefined API={kind.api}")
    if kind.api == 16:
        words = f"Thermostat {THERMOSTAT.get(kind.type, kind.type)}"
    elif kind == (4, 999, 0):
        words = "Plug-In Root Device"
    elif kind.api == 0:
        words = ""
    else:
        words = f"{api.removesuffix(' API')} Type {kind.type}"
    return {
        "Device_API": kind.api,
        "Device_API_Description": api,
        "Device_Type": kind.type,
        "Device_Type_Description": words,
        "Device_SubType": kind.sub,
        "Device_SubType_Description": "",
    }


def is_voiced(feature: Feature) -> bool:
    """Whether a feature is one for voice commands."""
    return bool(feature.misc & Misc.VOICE_COMMAND)


def compressed(entry: Json, *, zero: bool) -> Json:
    """Leave out what is not set."""
    return {
        key: value
        for key, value in entry.items()
        if value not in ("", None, [])
        and value is not False
        and not (zero and value == 0)
    }


def pair_text(pair: Pair) -> str:
    """Tell of a control as the ASCII port does."""
    if pair.span is not None:
        span = pair.span
        return f"{span.prefix}(value){span.suffix}={span.start:g}->{span.end:g}"
    if pair.kind in (*TEXT_KINDS, Kind.NUMBER_BOX):
        return f"{pair.label}="
    return f"{pair.label}={pair.value:g}"
