"""All planned breakages."""

from .breakage import breakages
from .house import HOUSE
from .shown import SHOWN
from .ways_in import WAYS_IN
from .wire import WIRE

BREAKAGES = tuple(
    each for table in (HOUSE, SHOWN, WAYS_IN, WIRE) for each in breakages(table)
)
