"""Things that leave a shelf, and come back to where they stood."""

from collections.abc import Iterable


def put_back[T](
    shelf: dict[int, T], things: dict[int, T], order: Iterable[int]
) -> None:
    """Put things back onto a shelf, in an old order; what is newer stays at the end."""
    now = shelf | things
    old = dict.fromkeys(key for key in order if key in now)
    shelf.clear()
    shelf.update((key, now[key]) for key in old | dict.fromkeys(now))
