"""What stands where in the villa."""

from .house import SensorKind

WHOLE_HOUSE = 1001
# A room that was deleted in the app while its sensor stayed.
NO_SUCH_ROOM = 1999

ROOMS = (
    "Kitchen",
    "Living Room",
    "Dining Room",
    "Master Bedroom",
    "Master Bath",
    "Office",
    "Guest Bedroom",
    "Kids Room",
    "Hallway",
    "Theater",
    "Garage",
    "Terrace",
)

# Room, name, whether it dims. Installers put on switches whatever has a plug.
LIGHTS = (
    ("Kitchen", "Downlights", True),
    ("Kitchen", "Island Pendants", True),
    ("Kitchen", "Under Cabinet", False),
    ("Living Room", "Downlights", True),
    ("Living Room", "Cove", True),
    ("Living Room", "Floor Lamp", False),
    ("Dining Room", "Chandelier", True),
    ("Dining Room", "Downlights", True),
    ("Master Bedroom", "Downlights", True),
    ("Master Bedroom", "Bedside Left", True),
    ("Master Bedroom", "Bedside Right", True),
    ("Master Bath", "Vanity", True),
    ("Master Bath", "Heated Floor", False),
    ("Office", "Office Downlights", True),
    ("Office", "Desk Lamp", False),
    ("Guest Bedroom", "Guest Bedroom Light", True),
    ("Kids Room", "Kids Room Downlights", True),
    ("Kids Room", "Night Light", True),
    ("Hallway", "Hallway Lights", True),
    ("Hallway", "Stair Lights", True),
    ("Theater", "Sconces", True),
    ("Theater", "Downlights", True),
    ("Garage", "Garage Lights", False),
    ("Terrace", "Terrace Lights", True),
    ("Terrace", "Garden Path", False),
    ("Terrace", "Pool Pump", False),
)

SHADES = (
    ("Kitchen", "Kitchen Shade", "Shade"),
    ("Living Room", "Living Room Left", "Shade"),
    ("Living Room", "Living Room Right", "Shade"),
    ("Living Room", "Sheers", "Drape"),
    ("Living Room", "All Living Shades", "Shade Group"),
    ("Dining Room", "Dining Room Drapes", "Drape"),
    ("Master Bedroom", "Blackout", "Shade"),
    ("Master Bedroom", "Master Bedroom Drapes", "Drape"),
    ("Office", "Office Shade", "Shade"),
    ("Guest Bedroom", "Midbot", "Shade"),
    ("Kids Room", "Kids Room Shade", "Shade"),
    ("Theater", "Theater Blackout", "Shade"),
)

SENSORS = (
    ("Kitchen", "Kitchen Occupancy", SensorKind.OCCUPANCY),
    ("Living Room", "Daylight", SensorKind.PHOTO),
    ("Terrace", "Terrace Slider", SensorKind.CONTACT),
    ("Hallway", "Front Door Contact", SensorKind.DOOR),
    ("Office", "Office Window", SensorKind.WINDOW),
    ("Hallway", "Doorbell", SensorKind.DOORBELL),
    ("Garage", "Driveway", SensorKind.DRIVEWAY),
    ("Hallway", "Burglary", SensorKind.BURGLARY),
    ("Theater", "Fire", SensorKind.FIRE),
    ("Kids Room", "Smoke", SensorKind.SMOKE),
    ("Master Bath", "Leak", SensorKind.WATER),
    (None, "Mailbox", SensorKind.DOOR),
)

SOURCES = ("Sonos", "Apple TV", "Cable Box")
MEDIA_ROOMS = ("Kitchen", "Living Room", "Master Bedroom", "Theater", "Terrace")
SCENES_ALL = (
    "Kitchen",
    "Living Room",
    "Dining Room",
    "Master Bedroom",
    "Master Bath",
    "Office",
    "Kids Room",
    "Hallway",
    "Theater",
    "Terrace",
)
SCENES_SHADES = ("Living Room", "Dining Room", "Master Bedroom", "Office", "Theater")

# What hangs on switches in many houses and is no lamp, and what no one has named yet.
SWITCHED_MOTORS = (
    ("Terrace", "Fountain Pump", False),
    ("Garage", "Side Gate Open", False),
    ("Garage", "Side Gate Close", False),
    ("Master Bath", "Exhaust Fan", False),
    ("Living Room", "Fireplace", False),
    ("Unused", "Unused Dimmer", True),
    ("Unused 2", "Unused Switch", False),
)
UNUSED_ROOMS = ("Unused", "Unused 2")
