"""All planned breakages."""

from .breakage import breakages
from .house import HOUSE
from .shown import SHOWN
from .wire import WIRE

BREAKAGES = tuple(each for table in (HOUSE, SHOWN, WIRE) for each in breakages(table))
