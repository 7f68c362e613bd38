"""The house as a Crestron Home processor."""

from .bridge import CrpcBridge
from .processor import CrestronProcessor
from .sequence import Sequence
from .settings import Settings

__all__ = ["CrestronProcessor", "CrpcBridge", "Sequence", "Settings"]
