"""What the texts of remotes and keypads say was pressed, and how often."""

import re

from ..house.kinds import Gesture

_TIMES = re.compile(r"\b(\d{1,2}) ?(?:x|times?|taps|presses|clicks)\b")
# A date, or a time of day.
_WHEN = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}|\d{1,2}:\d\d(?::\d\d)?")
_MANY = {"double": 2, "twice": 2, "triple": 3}
_BUTTON = re.compile(r"\b(?:scene|button|key|paddle) *#?(\d{1,3})\b")
_NUMBER = re.compile(r"\b(\d{1,3})\b")
_RELEASED = re.compile(r"\b(releas|let go)")
_HELD = re.compile(r"\b(held|hold|long)")


def press_of(text: str) -> tuple[int | None, Gesture, int]:
    """Return what a remote's text says: which button, what was done, how often.

    "Scene 2 Key Pressed 2 Times", "Button 4 Held Down": the values behind such texts
    belong to each plug-in alone. What is not understood is a plain press.
    """
    words = _WHEN.sub(" ", text.lower())
    if _RELEASED.search(words):
        gesture = Gesture.RELEASED
    else:
        gesture = Gesture.HELD if _HELD.search(words) else Gesture.PRESSED
    counted = _TIMES.search(words)
    if counted is not None:
        times = int(counted[1])
    else:
        times = next((count for word, count in _MANY.items() if word in words), 1)
    # "2 times" is no button 2.
    rest = _TIMES.sub("", words)
    button = _BUTTON.search(rest) or _NUMBER.search(rest)
    return None if button is None else int(button[1]), gesture, max(times, 1)
