"""A house as a HomeSeer system, on the local network and through its maker's cloud."""

from .control import Command
from .feature import Feature
from .model import Event, Model
from .myhs import Account, MyHS
from .samples import default_system, generated_system
from .settings import Rights, Settings, User
from .system import HomeSeerSystem

__all__ = [
    "Account",
    "Command",
    "Event",
    "Feature",
    "HomeSeerSystem",
    "Model",
    "MyHS",
    "Rights",
    "Settings",
    "User",
    "default_system",
    "generated_system",
]
