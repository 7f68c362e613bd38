"""Names used all over the integration."""

import logging
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "crestron_homeseer"
LOGGER: Final = logging.getLogger(__package__)

CONF_ALARM_CODE: Final = "alarm_code"
CONF_KIND: Final = "kind"
KIND_CRESTRON: Final = "crestron"

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
    Platform.SWITCH,
    Platform.TEXT,
]
