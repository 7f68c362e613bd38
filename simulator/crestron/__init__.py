"""The house as a Crestron Home processor."""

from .processor import CrestronProcessor
from .settings import Settings

__all__ = ["CrestronProcessor", "Settings"]
