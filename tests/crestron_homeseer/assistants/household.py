"""What people have done to their Home Assistant before they speak to it."""

from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    entity_registry as er,
    floor_registry as fr,
)
from homeassistant.setup import async_setup_component
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM

# Areas come from the rooms of both houses; floors are given by hand.
FLOORS = {
    "Ground Floor": (
        {"downstairs", "Erdgeschoss"},
        ("Kitchen", "Living Room", "Dining Room", "Hallway", "Garage", "Theater"),
    ),
    "Upstairs": (
        {"upper floor", "Obergeschoss"},
        ("Master Bedroom", "Master Bath", "Office", "Guest Bedroom", "Kids Room"),
    ),
}
AREA_ALIASES = {
    "Kitchen": {"Küche"},
    "Living Room": {"Wohnzimmer"},
    "Dining Room": {"Esszimmer"},
    "Master Bedroom": {"bedroom", "Schlafzimmer"},
    "Office": {"Büro"},
    "Kids Room": {"Kinderzimmer"},
    "Hallway": {"Flur"},
}
ALIASES = {
    "binary_sensor.kids_room_smoke": ("Rauch",),
    "binary_sensor.kitchen_kitchen_smoke": ("smoke", "Rauch"),
    "cover.garage_garage_door": ("Garagentor",),
    "cover.kitchen_kitchen_shade": ("Küchenrollo",),
    "light.dining_room_chandelier": ("Kronleuchter",),
    "light.living_room_bookshelf_light": ("Regallicht",),
    "lock.hallway_front_door": ("Haustür",),
    "scene.lighting_events_movie_time": ("movie time",),
    "scene.movie_night": ("Filmabend",),
    "switch.kitchen_coffee_maker": ("Kaffeemaschine",),
}
# What is exposed on top of what Home Assistant exposes by itself.
EXPOSED = (
    "alarm_control_panel.hallway_alarm_panel",
    "binary_sensor.kids_room_smoke",
    "binary_sensor.kitchen_kitchen_smoke",
    "binary_sensor.kitchen_kitchen_occupancy",
    "binary_sensor.master_bath_leak",
    "lock.garage_garage_entry",
    "lock.hallway_front_door",
    "lock.terrace_terrace_door",
)
# "Show as" in the settings of an entity: the bedroom's shade is called a blind.
SHOWN_AS = {"cover.master_bedroom_blackout": "blind"}
# The temperature of an area is that of one sensor, once it is chosen.
THERMOMETERS = {"Dining Room": "sensor.dining_room_dining_room_sensor_temperature"}


async def async_move_in(hass: HomeAssistant) -> None:
    """Set up Assist, and do what its users do in the user interface."""
    hass.config.units = US_CUSTOMARY_SYSTEM
    for component in ("homeassistant", "intent", "conversation"):
        assert await async_setup_component(hass, component, {})
    await hass.async_block_till_done()
    areas, floors, entities = ar.async_get(hass), fr.async_get(hass), er.async_get(hass)

    def area_id(name: str) -> str:
        area = areas.async_get_area_by_name(name)
        assert area is not None, f"no room has made the area {name}"
        return area.id

    for floor, (aliases, names) in FLOORS.items():
        made = floors.async_create(floor, aliases=aliases)
        for name in names:
            areas.async_update(area_id(name), floor_id=made.floor_id)
    for name, aliases in AREA_ALIASES.items():
        areas.async_update(area_id(name), aliases=aliases)
    for name, entity_id in THERMOMETERS.items():
        areas.async_update(area_id(name), temperature_entity_id=entity_id)
    for entity_id, also in ALIASES.items():
        entities.async_update_entity(entity_id, aliases=[er.COMPUTED_NAME, *also])
    for entity_id, device_class in SHOWN_AS.items():
        entities.async_update_entity(entity_id, device_class=device_class)
    for entity_id in EXPOSED:
        assert hass.states.get(entity_id) is not None, entity_id
        async_expose_entity(hass, "conversation", entity_id, True)
    await hass.async_block_till_done()
