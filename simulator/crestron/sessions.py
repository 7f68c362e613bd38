"""Logins: a token is given for a key, and a key dies when nobody uses it."""

import secrets

from simulator.clock import Clock


class Sessions:
    """The keys that are in use."""

    def __init__(self, clock: Clock, idle_seconds: float) -> None:
        """Begin with none."""
        self.clock = clock
        self.idle_seconds = idle_seconds
        # How wrong the processor's own clock is, in seconds.
        self.skew = 0.0
        self._used_at: dict[str, float] = {}

    def now(self) -> float:
        """Tell the time that the processor takes it to be."""
        return self.clock.now() + self.skew

    def open(self) -> str:
        """Make a key."""
        key = secrets.token_hex(8)
        self._used_at[key] = self.now()
        return key

    def use(self, key: str | None) -> bool | None:
        """Tell whether a key is good, and keep it alive; None if it never was one."""
        used_at = self._used_at.get(key or "")
        if key is None or used_at is None:
            return None
        if self.now() - used_at >= self.idle_seconds:
            return False
        self._used_at[key] = self.now()
        return True

    def close(self, key: str) -> None:
        """Log out."""
        self._used_at.pop(key, None)

    def expire(self) -> None:
        """Let all keys be past their time."""
        past = self.now() - self.idle_seconds
        self._used_at = dict.fromkeys(self._used_at, past)

    def forget(self) -> None:
        """Forget all keys, as a restart does."""
        self._used_at.clear()
