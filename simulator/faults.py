"""Everything that can be made to go wrong, by name.

A fault is switched on and off while the simulator runs. Several may be on at once. Those
that concern requests can be limited to a path (`/sensors` stands for all below it too) and
to a number of times.
"""

from collections.abc import Callable, Iterator, Sequence
import contextlib
from dataclasses import dataclass

from .catalogue import FAULTS, STATUSES, Fault, Takes

type Value = float | int | str | Sequence[int] | None
type Listener = Callable[[str, bool], None]


def known(system: str) -> dict[str, Fault]:
    """List the faults of one simulated system."""
    return {
        name: fault
        for name, fault in FAULTS.items()
        if not fault.systems or system in fault.systems
    }


@dataclass(slots=True)
class Active:
    """A fault that is on."""

    name: str
    value: Value = None
    path: str | None = None
    times: int | None = None

    def concerns(self, path: str | None) -> bool:
        """Whether it is meant for a path; None asks about no request in particular."""
        if self.path is None or path is None:
            return self.path is None
        wanted, path = self.path.lower().rstrip("/"), path.lower()
        return path == wanted or path.startswith(f"{wanted}/")

    @property
    def seconds(self) -> float:
        """The value as seconds."""
        return float(self.value) if isinstance(self.value, int | float) else 0.0

    @property
    def ids(self) -> tuple[int, ...]:
        """The value as ids."""
        if self.value is None or isinstance(self.value, str):
            return ()
        return (
            (int(self.value),)
            if isinstance(self.value, int | float)
            else tuple(self.value)
        )


def read_value(name: str, fault: Fault, value: Value) -> Value:
    """Check what was given with a fault; what comes from a command line is text."""
    with contextlib.suppress(ValueError):  # told below, in other words
        match fault.takes:
            case Takes.SECONDS:
                seconds = fault.default if value is None else float(str(value))
                if seconds >= 0:
                    return seconds
            case Takes.JUMP:
                return fault.default if value is None else float(str(value))
            case Takes.IDS if isinstance(value, str):
                return tuple(map(int, value.split(",")))
            case Takes.IDS:
                return value
            case _ if value is None:
                return None
    wanted = fault.takes.value or "nothing"
    raise ValueError(f"{name} takes {wanted}, not {value!r}")


class Faults:
    """The faults of one simulated system that are on."""

    def __init__(self, system: str) -> None:
        """Begin with none."""
        self._known = known(system)
        self._active: list[Active] = []
        self._listeners: list[Listener] = []

    @property
    def active(self) -> list[str]:
        """The names of those that are on."""
        return [active.name for active in self._active]

    def on(
        self,
        name: str,
        value: Value = None,
        *,
        path: str | None = None,
        times: int | None = None,
    ) -> None:
        """Switch a fault on, for all requests or those to a path, for ever or some times.

        Raises ValueError for what there is not: a fault, a value of it, a device with an id.
        """
        if name not in self._known:
            raise ValueError(f"no fault {name!r}; there are {', '.join(self._known)}")
        fault = self._known[name]
        if not fault.per_request and (path, times) != (None, None):
            raise ValueError(f"{name} concerns no single requests")
        if times is not None and times < 1:
            raise ValueError("times is at least 1")
        active = Active(name, read_value(name, fault, value), path, times)
        self._active = [
            other for other in self._active if (other.name, other.path) != (name, path)
        ]
        self._active.append(active)
        try:
            self._tell(name, on=True)
        except ValueError:
            self._active.remove(active)
            raise

    def off(self, name: str) -> None:
        """Switch a fault off; nothing happens if it is not on."""
        if name not in self._known:
            raise ValueError(f"no fault {name!r}; there are {', '.join(self._known)}")
        if name in self.active:
            self._active = [active for active in self._active if active.name != name]
            self._tell(name, on=False)

    def clear(self) -> None:
        """Switch all faults off."""
        for name in set(self.active):
            self.off(name)

    @contextlib.contextmanager
    def during(
        self,
        name: str,
        value: Value = None,
        *,
        path: str | None = None,
        times: int | None = None,
    ) -> Iterator[None]:
        """Have a fault on for as long as a block runs."""
        self.on(name, value, path=path, times=times)
        try:
            yield
        finally:
            self.off(name)

    def hit(self, name: str, path: str | None = None) -> Active | None:
        """Tell whether a fault strikes now; if its times are counted, this was one."""
        for active in self._active:
            if active.name == name and active.concerns(path):
                if active.times is not None:
                    active.times -= 1
                    if not active.times:
                        self._active.remove(active)
                        self._tell(name, on=False)
                return active
        return None

    def status(self, path: str | None) -> int | None:
        """Tell the HTTP status that is answered now instead of anything else, if any."""
        return next((each for each in STATUSES if self.hit(f"http_{each}", path)), None)

    def listen(self, listener: Listener) -> None:
        """Be told when a fault goes on or off."""
        self._listeners.append(listener)

    def _tell(self, name: str, *, on: bool) -> None:
        for listener in self._listeners:
            listener(name, on)
