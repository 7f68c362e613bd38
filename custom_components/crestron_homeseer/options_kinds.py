"""What an owner can say that a device is, in the words of Home Assistant."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import SelectOptionDict
from homeassistant.helpers.translation import async_get_translations

from . import binary_sensor, sensor
from .hubs import DETECTORS, OVERRIDES, SENSORS

# What is called as Home Assistant calls its entities.
_PLATFORMS = ("button", "climate", "media_player", "select", "siren", "valve")


async def async_kinds(hass: HomeAssistant) -> list[SelectOptionDict]:
    """Return all that can be chosen; what has a text of ours is shown with that."""
    words = await async_get_translations(
        hass,
        hass.config.language,
        "entity_component",
        {"binary_sensor", "sensor", *_PLATFORMS},
    )

    def called(domain: str, name: str = "_") -> str:
        return words.get(f"component.{domain}.entity_component.{name}.name", name)

    labels = {platform: called(platform) for platform in _PLATFORMS}
    for override, detector in DETECTORS.items():
        labels[override] = called("binary_sensor")
        if found := binary_sensor.DEVICE_CLASSES.get(detector):
            labels[override] += f": {called('binary_sensor', found)}"
    for override, kind in SENSORS.items():
        labels[override] = called("sensor")
        if measured := sensor.DEVICE_CLASSES.get(kind):
            labels[override] += f": {called('sensor', measured)}"
    return [
        SelectOptionDict(value=override, label=labels.get(override, override))
        for override in OVERRIDES
    ]
