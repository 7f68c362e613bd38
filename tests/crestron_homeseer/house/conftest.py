"""What is tested here knows nothing of Home Assistant, and starts none."""

from hypothesis import settings
import pytest

# How long an example takes depends on what else the computer does.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Start no Home Assistant, unlike the tests one floor up."""
