"""What is tested here knows nothing of Home Assistant, and starts none."""

import pytest


@pytest.fixture(autouse=True)
def auto_enable_custom_integrations() -> None:
    """Start no Home Assistant, unlike the tests one floor up."""
