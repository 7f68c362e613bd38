"""One of each, as captured, before it is read and after."""

from typing import Any

from .common import Json, devices_of

LIGHT: Json = {
    "level": 0,
    "id": 1060,
    "name": "Downlight",
    "subType": "Dimmer",
    "connectionStatus": "online",
    "roomId": 5,
}
SHADE: Json = {
    "position": 0,
    "id": 1184,
    "name": "Midbot",
    "subType": "Shade",
    "connectionStatus": "online",
    "roomId": 5,
}
SCENE: Json = {
    "id": 9,
    "name": "MasterShade",
    "type": "Shade",
    "status": False,
    "roomId": 5,
}
LOCK: Json = {
    "id": 9,
    "name": "Front Door",
    "type": "lock",
    "status": "Locked",
    "connectionStatus": "online",
    "roomId": 5,
}
MEDIA: Json = {
    "id": 5,
    "name": "Exercise",
    "roomId": 5,
    "currentVolumeLevel": 29491,
    "currentMuteState": "unmuted",
    "currentPowerState": "on",
    "currentSourceId": 53017,
    "availableSources": [{"id": 53017, "sourceName": "Sonos"}],
    "availableVolumeControls": ["relative", "discrete"],
    "availableMuteControls": ["discrete", "toggle"],
}
SECURITY: Json = {
    "id": 54805,
    "name": "Alarm",
    "type": "security Device",
    "connectionStatus": "online",
    "roomId": 5,
    "currentState": "Disarmed",
}


def one(kind: str, item: object) -> Any:
    return devices_of(kind, item)[0]
