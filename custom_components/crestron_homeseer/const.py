"""Names used all over the integration."""

from collections.abc import Mapping
import logging
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "crestron_homeseer"
LOGGER: Final = logging.getLogger(__package__)

# Of an entry as this version keeps it.
VERSION: Final = 1
MINOR_VERSION: Final = 2

# What an entry's data hold besides Home Assistant's own names.
CONF_KIND: Final = "kind"
CONF_LICENSE: Final = "license"
# Where a system behind MyHS is on our own network, if it is.
CONF_LOCAL_HOST: Final = "local_host"
CONF_LOCAL_PORT: Final = "local_port"
KIND_CRESTRON: Final = "crestron"
KIND_HOMESEER: Final = "homeseer"
KIND_MYHS: Final = "myhs"

# What is filled into texts about a hub, by its kind: whose it is, what has to be
# switched on there as its screens call it, and where.
_HOMESEER: Final = {
    "api": "Enable Control Using JSON",
    "where": "HomeSeer → Setup → Network → Remote Control Settings",
}
VENDOR_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    KIND_CRESTRON: {
        "system": "Crestron Home",
        "api": "Web API",
        "where": "Crestron Home Setup → Installer Settings → System Control Options → "
        "Web API Settings",
    },
    KIND_HOMESEER: {"system": "HomeSeer", **_HOMESEER},
    KIND_MYHS: {"system": "MyHS", **_HOMESEER},
}

# What an entry's options hold; what is not there is as the hub has it.
CONF_ALARM_CODE: Final = "alarm_code"
CONF_ASCII_PORT: Final = "ascii_port"
# What pushes a processor's changes, and the token that takes.
CONF_BRIDGE: Final = "bridge"
CONF_BRIDGE_TOKEN: Final = "bridge_token"
# The SHA-256 of the only certificate to trust, in hex digits.
CONF_CERTIFICATE: Final = "certificate"
CONF_EVENT_GROUPS: Final = "event_groups"
# The relay of a cover that closes, by the one that opens.
CONF_CLOSING: Final = "closing"
# Pairs of a sensor and the lock of its door, as lists of their ids.
CONF_DOORS: Final = "doors"
CONF_FADE_UNIT: Final = "fade_unit"
CONF_INTERFACES: Final = "interfaces"
# What is left out: rooms and kinds, and patterns of names.
CONF_LEFT_OUT: Final = "left_out"
# What the owner says that things are: by their ids, those of HomeSeer by ref.
CONF_OVERRIDES: Final = "overrides"
CONF_VOLUME_SCALE: Final = "volume_scale"
CONF_ROOM_FROM: Final = "room_from"
# How shades differ from what the hub has of them, by their ids.
CONF_SHADES: Final = "shades"
# Groups of shades that are to arrive together, as lists of their ids.
CONF_TOGETHER: Final = "together"
# The groups whose events are scenes; without this, all are, as they once were.
CONF_SCENE_GROUPS: Final = "scene_groups"
CONF_WEBHOOK: Final = "webhook"

# The port that pushes, where nobody has chosen another one.
DEFAULT_ASCII_PORT: Final = 11000
# What stands for HomeSeer's own virtual devices, whose plug-in has no name.
VIRTUAL_DEVICES: Final = "virtual_devices"

PLATFORMS: Final = [
    Platform.ALARM_CONTROL_PANEL,
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CLIMATE,
    Platform.COVER,
    Platform.EVENT,
    Platform.FAN,
    Platform.LIGHT,
    Platform.LOCK,
    Platform.MEDIA_PLAYER,
    Platform.NUMBER,
    Platform.SCENE,
    Platform.SELECT,
    Platform.SENSOR,
    Platform.SIREN,
    Platform.SWITCH,
    Platform.TEXT,
    Platform.VALVE,
]
