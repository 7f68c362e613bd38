"""Systems to try things on: one like those that people have, and ones of any size."""

from collections.abc import Callable
from itertools import cycle

from simulator.clock import Clock

from .build import PLAIN, Builder
from .controls import Span, Words
from .devices import climate, lighting, openings, sensing, systems, virtual
from .feature import Feature, Misc, Relationship, Type
from .model import Camera, Event, Model

EVENTS = (
    ("Lighting", "Outside Lights On", ("Porch Lamp", 255)),
    ("Lighting", "Outside Lights Off", ("Porch Lamp", 0)),
    ("Lighting", "All Lights Off", None),
    ("Lighting", "All Lights On", None),
    ("Lighting", "Good Night", ("Kitchen Dimmer", 0)),
    ("Lighting", "Dinner", ("Kitchen Dimmer", 45)),
    ("Lighting", "Movie Time", None),
    ("Shades", "All Shades Open", None),
    ("Shades", "All Shades Closed", None),
    ("Shades", "Good Night", ("Living Room Shade Position", 0)),
    ("Security", "Arm Away", ("DSC Alarm Partition 1", 2)),
    ("Security", "Disarm", ("DSC Alarm Partition 1", 0)),
    ("Security", "Lock All Doors", ("Front Door Lock Bolt", 255)),
    ("Security", "Panic", None),
    ("Irrigation", "Water Front Lawn", None),
    ("Irrigation", "Water Back Lawn", None),
    ("Irrigation", "Stop All", None),
    ("Climate", "Away", ("Hallway Thermostat Mode", 0)),
    ("Climate", "Home", ("Hallway Thermostat Mode", 3)),
    ("Announcements", "Dinner is ready", None),
    ("Announcements", "School bus & coat", None),
    ("Announcements", "Tür offen", None),
    ("Maintenance", "Backup", None),
    ("Maintenance", "Reset Counters", None),
    ("Maintenance", "Restart Plug-ins, all", None),
)


def default_system(clock: Clock | None = None, seed: int = 1) -> Model:
    """A house of ten rooms on three floors, grown over the years."""
    build = Builder(clock, seed, "Home")
    _kitchen_and_dining(build)
    _living(build)
    _entrance(build)
    _garage(build)
    _upstairs(build)
    _basement(build)
    _outdoors(build)
    _virtual_devices(build)
    _oddities(build)
    _facts(build.model)
    for number, (group, name, action) in enumerate(EVENTS, 1):
        actions = (
            [(build.model.find(action[0]).ref, float(action[1]))] if action else []
        )
        build.model.events.append(
            Event(
                id=1000 + number * 7,
                group=group,
                name=name,
                voice_command=name.lower(),
                actions=tuple(actions),
            )
        )
    return build.model


def _kitchen_and_dining(build: Builder) -> None:
    build.place("Kitchen", "Main Floor")
    lighting.zwave_dimmer(build, "Kitchen Dimmer", 60)
    lighting.zwave_switch(build, "Pantry Light")
    lighting.outlet(build, "Coffee Maker")
    sensing.binary(build, "Kitchen Smoke", "smoke")
    sensing.binary(build, "Dishwasher Leak", "water", charge=255)
    build.place("Dining Room", "Main Floor")
    lighting.percent_dimmer(build, "Dining Room Chandelier", 35)
    sensing.multi_sensor(build, "Dining Room Sensor", "fahrenheit", "humidity")


def _living(build: Builder) -> None:
    build.place("Living Room", "Main Floor")
    lighting.zwave_dimmer(
        build, "Living Room Lamp", 0, "Living Room Lamp - Switch  Multilevel"
    )
    lighting.colour_light(build, "Bookshelf Light", 80)
    openings.shade(build, "Living Room Shade")
    systems.media_player(build, "Living Room Sonos")
    sensing.multi_sensor(build, "Living Room Motion", "sign", "luminance", "uv")
    sensing.binary(build, "Living Room Window", "window", charge=None)


def _entrance(build: Builder) -> None:
    build.place("Hallway", "Main Floor")
    lighting.zwave_dimmer(build, "Hallway Dimmer")
    openings.lock(build, "Front Door Lock")
    sensing.binary(build, "Front Door Sensor", "door")
    sensing.binary(build, "Hallway Motion", "motion")
    climate.legacy_thermostat(build, "Hallway Thermostat")
    systems.alarm_panel(build, "DSC Alarm")


def _garage(build: Builder) -> None:
    build.place("Garage", "Main Floor")
    openings.barrier(build, "Garage Door")
    openings.garage_door(build, "Workshop Door")
    openings.lock(build, "Garage Entry Lock", locked=False, charge=255)
    lighting.zwave_switch(build, "Garage Light")
    sensing.binary(build, "Garage CO", "co")


def _upstairs(build: Builder) -> None:
    build.place("Master Bedroom", "Upstairs")
    lighting.dim_fan(build, "Bedroom Fan")
    lighting.byte_dimmer(build, "Bedside Lamp", 127)
    sensing.remote(build, "Bedroom Remote")
    climate.celsius_thermostat(build, "Upstairs Thermostat")
    build.place("Office", "Upstairs")
    openings.reversed_blind(build, "Office Blind")
    lighting.root_with_controls(build, "Office Keypad")
    build.place("Guest Bath", "Upstairs")
    lighting.zwave_switch(build, "Bath Exhaust", light=False)
    sensing.binary(build, "Bath Window", "handle", on=True)


def _basement(build: Builder) -> None:
    build.place("Basement", "Basement")
    sensing.meter(build, "Main Panel")
    sensing.multi_sensor(build, "Furnace Sensor", "celsius", "pressure")
    lighting.zwave_switch(build, "Water Heater", 255, light=False)


def _outdoors(build: Builder) -> None:
    build.place("Porch", "Outside")
    lighting.step_fan(build, "Porch Fan")
    lighting.zwave_switch(build, "Porch Lamp")
    lighting.virtual_light(build, "Yard Light").begin(3)
    keypad = build.root("Porch Keypad", Type(512, 6), interface="UPB")
    sensing.keypad_button(build, keypad, "Keypad Button A")
    sensing.keypad_button(build, keypad, "Keypad Button B")


def _virtual_devices(build: Builder) -> None:
    build.place("Virtual", "")
    virtual.buttons(build, "Doorbell Chime", "Ring", "Silence")
    virtual.on_off(build, "Vacation Mode")
    virtual.on_off(build, "Guest Mode", on=True)
    virtual.drop_down(build, "House Mode", "Home", "Away", "Night", "Vacation")
    virtual.number_list(build, "Irrigation Minutes", 5, 60)
    virtual.number_box(build, "Target Moisture", 32.5)
    virtual.text_box(build, "Message of the Day", "Welcome, home")
    virtual.timer(build, "Uptime", 150520690.4273926)
    virtual.timer(build, "Laundry Timer", 754)
    virtual.counter(build, "Door Openings", 412)
    # The very same name twice is common.
    virtual.on_off(build, "Vacation Mode")


def _oddities(build: Builder) -> None:
    build.place("Attic", "Upstairs")
    hidden = PLAIN | Misc.HIDDEN
    build.add("Node Health", 0, "Fully Operational", hidden=True, misc=hidden)
    build.add("Polling", 30, hidden=True, misc=hidden, readings=(Span(0, 999),))
    build.add("Kiosk Only", 1, misc=PLAIN | Misc.HIDE_IN_MOBILE)
    build.add("Safe", 0, "Closed", users="owner")
    weather = '<b style="color:#080">Sunny</b><br/>Wind 12&nbsp;mph'
    build.add("Weather", 7, weather, interface="WeatherXML", location="")
    build.add("Wind Chill", -40.5, "-40.5 °F", interface="WeatherXML", location2="")
    build.add("Rain Rate", 0.1 + 0.2, "0.30 in/h", interface="WeatherXML")
    build.add("Free Memory", 1e20, "lots", interface="")
    build.add("Leak Rate", 1e-07, "0", relationship=Relationship.INDETERMINATE)
    build.add("Never Set", 0, "", never_changed=True)
    orphan = lighting.zwave_switch(build, "Lost Switch", light=False)
    build.model.remove(orphan.root or 0, children=False)
    stray = sensing.binary(build, "Stray Tamper", "tamper", charge=None)
    stray.unlinked = True
    same = build.root("Twins", Type(512), interface="EasyTrigger")
    for value in (1, 2):
        build.child(
            same,
            "Twins",
            value,
            type=Type(513, 0, 3),
            legacy=Type(4),
            readings=(Words(1, "Yes"), Words(2, "No")),
        )


def _facts(model: Model) -> None:
    model.cameras.append(Camera(1, "Driveway"))
    model.plugins |= {"Z-Wave": "4.1.2.0", "Sonos": "4.0.0.7"}
    model.categories += ["Lights", "Security"]
    model.counters["Visitors"] = 3.0


type Recipe = Callable[[Builder, str], Feature]

# The mix of a generated system: how often what is there.
MIX: tuple[tuple[int, Recipe], ...] = (
    (9, lighting.zwave_dimmer),
    (6, lighting.zwave_switch),
    (2, lighting.percent_dimmer),
    (2, lighting.byte_dimmer),
    (1, lighting.colour_light),
    (3, lighting.outlet),
    (1, lighting.dim_fan),
    (1, lighting.step_fan),
    (4, openings.shade),
    (1, openings.reversed_blind),
    (2, openings.lock),
    (1, openings.barrier),
    (1, openings.garage_door),
    (1, climate.legacy_thermostat),
    (1, climate.celsius_thermostat),
    (1, systems.alarm_panel),
    (1, systems.media_player),
    (4, lambda build, name: sensing.binary(build, name, "motion")),
    (3, lambda build, name: sensing.binary(build, name, "door")),
    (1, lambda build, name: sensing.binary(build, name, "smoke")),
    (
        2,
        lambda build, name: sensing.multi_sensor(build, name, "fahrenheit", "humidity"),
    ),
    (1, sensing.meter),
    (1, sensing.remote),
    (2, lambda build, name: virtual.buttons(build, name, "Go", "Halt")),
    (2, virtual.on_off),
    (1, lambda build, name: virtual.drop_down(build, name, "Low", "Medium", "High")),
    (1, lambda build, name: virtual.timer(build, name, 90.0)),
)


def generated_system(
    n_features: int, clock: Clock | None = None, seed: int = 1
) -> Model:
    """A system of so many refs, in the mix of the house above."""
    build = Builder(clock, seed, f"{n_features} features")
    mix = [recipe for often, recipe in MIX for _ in range(often)]
    build.random.shuffle(mix)
    recipes, number = cycle(mix), 0
    while len(build.model.features) < n_features:
        number += 1
        build.place(f"Room {number // 4 + 1}", f"Floor {number // 200 + 1}")
        if n_features - len(build.model.features) < LARGEST:
            virtual.on_off(build, f"Device {number}")
        else:
            next(recipes)(build, f"Device {number}")
    for number in range(1, max(25, n_features // 20) + 1):
        build.model.events.append(
            Event(id=number, group=f"Group {number % 9 + 1}", name=f"Event {number}")
        )
    return build.model


# No recipe makes more refs than this.
LARGEST = 16
