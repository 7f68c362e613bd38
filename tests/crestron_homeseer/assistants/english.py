"""What people say in English, and what is to come of it."""

from .facts import RUNS, VALUE, Fact, Line, was

SHADES = (
    Line("Open the kitchen shade", Fact("Kitchen Shade", "position", 0.0, 1.0)),
    Line("Close the kitchen shade", Fact("Kitchen Shade", "position", 1.0, 0.0)),
    Line("Set the kitchen shade to 30 %", Fact("Kitchen Shade", "position", 1.0, 0.3)),
    Line("Raise the office shade", Fact("Office Shade", "position", 0.0, 1.0)),
    Line("Lower the office shade", Fact("Office Shade", "position", 1.0, 0.0)),
    Line("Set the bedroom blinds to 30 %", Fact("Blackout", "position", 1.0, 0.3)),
    Line("Open the blinds in the bedroom", Fact("Blackout", "position", 0.0, 1.0)),
    Line(
        "Close the shades in the living room",
        Fact("Living Room Left", "position", 1.0, 0.0),
        Fact("Living Room Right", "position", 1.0, 0.0),
        Fact("Living Room Shade Position", VALUE, 99, 0),
        was("Sheers", "position", 1.0),
    ),
    Line("Open the sheers", Fact("Sheers", "position", 0.0, 1.0)),
    Line(
        "Close the curtains in the dining room",
        Fact("Dining Room Drapes", "position", 1.0, 0.0),
    ),
    Line("Set the office blind to 40 percent", Fact("Blind Position", VALUE, 0, 60)),
    Line(
        "Close the shades upstairs",
        Fact("Midbot", "position", 1.0, 0.0),
        Fact("Kids Room Shade", "position", 1.0, 0.0),
        was("Kitchen Shade", "position", 1.0),
    ),
    Line("Open the theater blackout", Fact("Theater Blackout", "position", 0.0, 1.0)),
    Line(
        "Is the kitchen shade open", was("Kitchen Shade", "position", 1.0), says="Yes"
    ),
)
DOORS = (
    Line("Lock the front door", Fact("Front Door", "locked", False, True)),
    Line("Unlock the front door", Fact("Front Door", "locked", True, False)),
    Line("Lock the terrace door", Fact("Terrace Door", "locked", None, True)),
    Line("Is the front door locked", was("Front Door", "locked", True), says="Yes"),
    Line("Open the garage door", Fact("Garage Door Opener", VALUE, 0, 255)),
    Line("Close the garage door", Fact("Garage Door Opener", VALUE, 255, 0)),
    Line("Open the workshop door", Fact("Door Status", VALUE, 2, 1)),
    Line(
        "Are any doors open",
        was("Door Status", VALUE, 1),
        says="No",
    ),
    Line(
        "Is the terrace slider open",
        was("Terrace Slider", "presence", True),
        says="Yes",
    ),
    Line(
        "Is the office window open",
        was("Office Window", "presence", False),
        says="No, off",
    ),
    Line(
        "Is the bath window open",
        was("Bath Window Door/Window Sensor", VALUE, 5632),
        says="Yes",
    ),
    Line(
        "Is smoke detected in the kitchen",
        was("Kitchen Smoke Smoke Alarm", VALUE, 2),
        says="Yes",
    ),
    Line(
        "Is smoke detected in the kids room",
        was("Smoke", "presence", False, "Kids Room"),
        says="No, off",
    ),
)
LIGHTS = (
    Line(
        "Turn on the downlights in the kitchen",
        Fact("Downlights", "level", 0.0, 1.0, "Kitchen"),
    ),
    Line(
        "Turn off the lights in the kitchen",
        Fact("Downlights", "level", 1.0, 0.0, "Kitchen"),
        Fact("Kitchen Dimmer", VALUE, 60, 0),
    ),
    Line(
        "Turn off the lights upstairs",
        Fact("Office Downlights", "level", 1.0, 0.0),
        Fact("Bedside Lamp Brightness", VALUE, 127, 0),
        was("Chandelier", "level", 0.6),
    ),
    Line(
        "Turn off all the lights",
        Fact("Chandelier", "level", 0.6, 0.0),
        Fact("Porch Lamp", VALUE, 255, 0),
    ),
    Line("Dim the chandelier to 20 %", Fact("Chandelier", "level", 0.6, 0.2)),
    Line(
        "Set the living room lamp to 50% brightness",
        Fact("Living Room Lamp - Switch  Multilevel", VALUE, 0, 50),
    ),
    Line(
        "Set the bookshelf light to red", Fact("Bookshelf Light Level", VALUE, 80, 80)
    ),
    Line("Turn on the yard light", Fact("Yard Light", VALUE, 3, 100)),
    Line(
        "Which lights are on in the office",
        was("Desk Lamp", "level", 1.0),
        was("Office Downlights", "level", 1.0),
        says="Desk Lamp and Office Downlights",
    ),
)
CLIMATE = (
    Line(
        "Set the temperature in the office to 71 degrees",
        Fact("CTSTAT", "heat", 68.0, 71.0),
    ),
    Line(
        "Turn off the hallway thermostat", Fact("Hallway Thermostat Mode", VALUE, 3, 0)
    ),
    Line(
        "Turn on the hallway thermostat", Fact("Hallway Thermostat Mode", VALUE, 0, 3)
    ),
    Line(
        "What is the temperature in the dining room",
        was("Temperature", VALUE, 82, "Dining Room Sensor"),
        says="82 degrees",
    ),
    Line(
        "What is the temperature of the upstairs thermostat",
        was("Ambient Temperature", VALUE, 43),
        says="70.7 degrees",
    ),
    Line("Turn on the ceiling fan", Fact("Ceiling Fan", "speed", 0, 3)),
    Line("Set the ceiling fan to 66 percent", Fact("Ceiling Fan", "speed", 0, 2)),
    Line("Set the porch fan speed to 33 %", Fact("Fan Speed", VALUE, 0, 1)),
    Line("Turn off the bedroom fan", Fact("Bedroom Fan", VALUE, 33, 0)),
)
SCENES = (
    Line(
        "Turn on movie night",
        Fact("Theater Blackout", "position", 1.0, 0.0),
        Fact("Sconces", "level", 1.0, 0.1),
    ),
    Line(
        "Activate good night",
        Fact("Chandelier", "level", 0.6, 0.0),
        Fact("Front Door", "locked", False, True),
    ),
    Line(
        "Turn on theater shades closed",
        Fact("Theater Blackout", "position", 1.0, 0.0),
    ),
    Line("Activate movie time", Fact("Movie Time", RUNS, None, "Movie Time")),
    Line(
        "Turn on lighting events dinner",
        Fact("Dinner", RUNS, None, "Dinner"),
        Fact("Kitchen Dimmer", VALUE, 0, 45),
    ),
)
REST = (
    Line("Turn on the coffee maker", Fact("Coffee Maker Outlet", VALUE, 0, 255)),
    Line("Is the coffee maker on", was("Coffee Maker Outlet", VALUE, 255), says="Yes"),
    Line("Turn off the water heater", Fact("Water Heater", VALUE, 255, 0)),
    Line("Turn off guest mode", Fact("Guest Mode", VALUE, 100, 0)),
    Line("Turn on music in the kitchen", Fact("Kitchen", "power", False, True)),
    Line(
        "Set the living room sonos volume to 40 percent",
        Fact("Living Room Sonos Volume", VALUE, 25, 40),
    ),
    Line(
        "Pause the living room sonos",
        Fact("Living Room Sonos Player State", VALUE, 1, 2),
    ),
    Line("Mute the living room sonos", Fact("Living Room Sonos Mute", VALUE, 0, 1)),
)
ENGLISH = {
    "Shades": SHADES,
    "Doors, windows, alarms": DOORS,
    "Lights": LIGHTS,
    "Climate and fans": CLIMATE,
    "Scenes and events": SCENES,
    "Switches and music": REST,
}
