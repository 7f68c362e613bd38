"""What happened in the house, and how often."""

from collections import Counter, deque
from dataclasses import dataclass, field
import logging
from typing import override

# Home Assistant itself tells an outage, in one line.
USUAL = ("Error fetching ", "Authentication failed while fetching ")
LAST = 20


@dataclass(slots=True)
class Diary:
    """Counts what happens, and remembers the last of it."""

    counts: Counter[str] = field(default_factory=Counter)
    last: deque[str] = field(default_factory=lambda: deque(maxlen=LAST))
    wrong: list[str] = field(default_factory=list)
    now: float = 0.0

    def note(self, kind: str, text: str) -> None:
        """Write down what somebody or something did."""
        self.counts[kind] += 1
        self.last.append(f"{self.now:9.1f} s  {kind}: {text}")

    def complain(self, kind: str, text: str) -> None:
        """Write down what may not be."""
        self.counts[kind] += 1
        self.wrong.append(f"{self.now:9.1f} s  {kind}: {text}")


class Errors(logging.Handler):
    """Hears everything that is logged as an error."""

    def __init__(self, diary: Diary) -> None:
        super().__init__(logging.ERROR)
        self._diary = diary

    @override
    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if not text.startswith(USUAL):
            if record.exc_info and record.exc_info[1]:
                text = f"{text}: {record.exc_info[1]!r}"
            self._diary.complain("logged errors", f"{record.name}: {text}")
        # The record is kept to the end of the test, and shall not keep an error, all
        # that led to it, and the house of that moment.
        record.msg, record.args, record.exc_info = text, None, None
