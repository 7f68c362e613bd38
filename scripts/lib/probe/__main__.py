"""`scripts/probe`: looks at a house without Home Assistant."""

from pathlib import Path
import sys
from types import ModuleType

INTEGRATION = Path(__file__).parents[3] / "custom_components" / "crestron_homeseer"


def leave_home_assistant_out() -> None:
    """Stand in for the integration's own `__init__`, which wants Home Assistant.

    The rooms below it do not. Its folder is not put on the import path, where
    its `select.py` would hide the standard library's.
    """
    name = f"custom_components.{INTEGRATION.name}"
    package = ModuleType(name)
    package.__path__ = [str(INTEGRATION)]
    sys.modules[name] = package


if __name__ == "__main__":
    leave_home_assistant_out()
    from .cli import main

    sys.exit(main())
