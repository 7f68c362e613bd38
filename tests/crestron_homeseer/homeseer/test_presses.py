"""What the words of remotes mean."""

import pytest

from custom_components.crestron_homeseer.homeseer.sensing import press_of
from custom_components.crestron_homeseer.house.kinds import Gesture

PRESSED, HELD, RELEASED = Gesture.PRESSED, Gesture.HELD, Gesture.RELEASED


@pytest.mark.parametrize(
    ("text", "button", "gesture", "times"),
    [
        ("Scene 1 Pressed", 1, PRESSED, 1),
        ("Scene 1 Key Pressed 1 Time", 1, PRESSED, 1),
        ("Scene 3 2 Times", 3, PRESSED, 2),
        ("scene #12 key pressed 3 times", 12, PRESSED, 3),
        ("Scene 002 4x", 2, PRESSED, 4),
        ("Button 4 Held Down", 4, HELD, 1),
        ("Paddle 2 long press", 2, HELD, 1),
        ("Key 4 Released", 4, RELEASED, 1),
        ("Long press released", None, RELEASED, 1),
        ("3 Pressed", 3, PRESSED, 1),
        # How often is no button.
        ("Key Pressed 2 Times", None, PRESSED, 2),
        ("Top Double Tap", None, PRESSED, 2),
        ("Top Triple Tap", None, PRESSED, 3),
        ("Pressed 0 Times", None, PRESSED, 1),
        ("Top Paddle 2 Taps", None, PRESSED, 2),
        ("Scene 2 Tap", 2, PRESSED, 1),
        # Nor is when it was.
        ("Pressed 2026-11-21 10:30", None, PRESSED, 1),
        ("Held 11/21/2026 9:05:01 PM, Key 4", 4, HELD, 1),
        # Words that hold others.
        ("Household", None, PRESSED, 1),
        ("Exit", None, PRESSED, 1),
        ("Extra 5", 5, PRESSED, 1),
        ("", None, PRESSED, 1),
        (f"Scene {'9' * 5000}", None, PRESSED, 1),
    ],
)
def test_a_press_is_understood(
    text: str, button: int | None, gesture: Gesture, times: int
) -> None:
    assert press_of(text) == (button, gesture, times)
