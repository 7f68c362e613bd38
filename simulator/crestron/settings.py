"""In what one Crestron processor may differ from another."""

from dataclasses import dataclass
from typing import Literal

type QuickActionWay = Literal[
    "recall/ID",
    "ID/recall",
    "execute/ID",
    "ID/execute",
    "ID/run",
    "several:recall",
    "one:recall",
]
type Refusal = Literal["401", "403", "511", "5001", "5002", "7001"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a processor is made; the defaults are what live systems are said to do."""

    version: str = "2.000.0004"
    model: str = "MC4-R"
    program_version: str = "4.007.0045"
    # Whether /v2 tells the model.
    v2_info: bool = True

    # Login
    authkey_name: str = "authkey"
    idle_seconds: float = 600.0
    # In which form an expired key and a wrong token are refused: as an HTTP status, or as
    # an errorSource in a body with status 200.
    refused_key: Refusal = "401"
    refused_token: Refusal = "401"
    logout_as_text: bool = False

    # HTTP
    body_required: bool = False
    keepalive_seconds: float = 75.0
    # What the processor takes to think about a request, in seconds of the world outside.
    answer_seconds: float = 0.0

    # Time, in seconds of the house: until a command takes effect, until a state is told.
    command_latency: float = 0.3
    report_lag: float = 0.5

    # Shapes
    manual_shapes: bool = False
    devices_with_level: bool = False
    media_sources_in_list: bool = True
    # Whether ids and numbers come as strings.
    numbers_as_text: bool = False

    # Commands
    light_time_unit: Literal["ms", "cs", "s"] = "ms"
    volume_write: Literal["raw", "percent"] = "raw"
    # What happens to a volume above 100 where percent is meant.
    volume_overflow: Literal["clamp", "refuse"] = "clamp"
    # A set point while the thermostat is off.
    set_point_while_off: Literal["refuse", "store"] = "refuse"
    # Nobody has captured these; any of the keys is taken.
    fan_mode_keys: tuple[str, ...] = ("mode", "fanmode")
    schedule_keys: tuple[str, ...] = ("mode", "schedule", "schedulerstate")
    quick_actions: bool = True
    # How one is run, below /quickactions: nobody has captured it, and clients try these
    # in turn. A way with a body begins with "several:" or "one:"; None is no way at all.
    quick_action_way: QuickActionWay | None = "ID/run"
