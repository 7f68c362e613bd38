"""The names of all faults, and what each of them does."""

from dataclasses import dataclass
from enum import Enum


class Takes(Enum):
    """What may be given with a fault."""

    NOTHING = ""
    SECONDS = "SECONDS"
    JUMP = "±SECONDS"
    IDS = "ID,ID,…"


@dataclass(frozen=True, slots=True)
class Fault:
    """What a fault does, what it takes, and whether it concerns single requests."""

    meaning: str
    takes: Takes = Takes.NOTHING
    default: float = 0.0
    per_request: bool = True
    # Which simulated systems know it; none named means all.
    systems: tuple[str, ...] = ()


# What a fault can make everything be answered with, as HTTP counts it.
STATUSES = (401, 403, 404, 500, 503, 511)

_CRESTRON = ("crestron",)
_HOMESEER = ("homeseer",)
_HOUSES = ("crestron", "homeseer")
_MYHS = ("myhs",)
_HTTPS = ("crestron", "myhs")

FAULTS: dict[str, Fault] = {
    # The socket
    "refuse_connections": Fault(
        "nobody listens: connections are refused, open ones are cut", per_request=False
    ),
    "silent": Fault("accepts connections and requests, and never answers"),
    "slow": Fault("takes seconds over each answer", Takes.SECONDS, 2.0),
    "dribble": Fault(
        "sends each answer in ten pieces, seconds apart", Takes.SECONDS, 1.0
    ),
    "reset_mid_body": Fault("the connection is reset in the middle of the answer"),
    "close_keepalive": Fault(
        "closes the connection after each answer without saying so"
    ),
    "drop_reused": Fault(
        "closes a kept connection when its next request comes in, without an answer"
    ),
    # HTTPS; where plain HTTP is spoken they change nothing
    "tls_new_certificate": Fault(
        "shows a certificate that nobody has seen yet, as after a restart",
        per_request=False,
        systems=_HTTPS,
    ),
    "tls_expired": Fault(
        "shows a certificate that has expired", per_request=False, systems=_HTTPS
    ),
    "tls_handshake_fails": Fault(
        "hangs up in the middle of the TLS handshake",
        per_request=False,
        systems=_HTTPS,
    ),
    "http_where_https": Fault(
        "speaks plain HTTP where HTTPS was", per_request=False, systems=_HTTPS
    ),
    "https_filtered": Fault(
        "swallows TLS as a firewall does, and speaks plain HTTP",
        per_request=False,
        systems=_HTTPS,
    ),
    # The answer as a whole
    **{f"http_{status}": Fault(f"answers {status}") for status in STATUSES},
    "html_login_page": Fault("answers with a login page in HTML"),
    "empty_body": Fault("answers with nothing in the body"),
    "truncated_json": Fault("the answer ends in the middle of the JSON"),
    "wrong_content_type": Fault("calls its JSON text/html"),
    # What is in it
    "wrong_types": Fault(
        "numbers come as strings, some values are null, enumerations unheard of",
        systems=_HOUSES,
    ),
    "lists_missing": Fault("answers lack their list", systems=_HOUSES),
    "lists_empty": Fault("lists are empty", systems=_HOUSES),
    "lists_halved": Fault("lists hold their first half only", systems=_HOUSES),
    "duplicate_ids": Fault("the first of each list is there twice", systems=_HOUSES),
    "state_lag": Fault(
        "states are told as they were seconds ago",
        Takes.SECONDS,
        5.0,
        per_request=False,
        systems=_HOUSES,
    ),
    "state_frozen": Fault(
        "states are told as they were when this began",
        per_request=False,
        systems=_HOUSES,
    ),
    # What becomes of the house; all is as before when the fault ends
    "ids_changed": Fault(
        "every id is another one, as after a new program",
        per_request=False,
        systems=_HOUSES,
    ),
    "device_renamed": Fault(
        "these devices have another name (without ids: the first light or shade)",
        Takes.IDS,
        per_request=False,
        systems=_HOUSES,
    ),
    "device_moved": Fault(
        "these devices are in another room (without ids: the first light or shade)",
        Takes.IDS,
        per_request=False,
        systems=_HOUSES,
    ),
    "device_removed": Fault(
        "these devices are gone (without ids: the first light or shade)",
        Takes.IDS,
        per_request=False,
        systems=_HOUSES,
    ),
    "device_added": Fault(
        "there is one light more", per_request=False, systems=_HOUSES
    ),
    "clock_jump": Fault(
        "the system's own clock is wrong by seconds, behind if they are negative",
        Takes.JUMP,
        3600.0,
        per_request=False,
        systems=_HOUSES,
    ),
    # Commands
    "command_failure": Fault(
        "commands are refused and not carried out", systems=_HOUSES
    ),
    "command_not_executed": Fault(
        "commands are answered with success and not carried out", systems=_HOUSES
    ),
    "partial_failure": Fault(
        "these devices fail in a command, the others do it (without ids: the last one)",
        Takes.IDS,
        systems=_HOUSES,
    ),
    "answer_lost": Fault(
        "commands are carried out, then the connection drops without an answer"
    ),
    "answer_timeout": Fault("commands are carried out, and the answer never comes"),
    # Booting; HomeSeer has no_devices too
    "boot_500": Fault("still booting: everything answers 500", systems=_HOUSES),
    "boot_503": Fault("still booting: everything answers 503", systems=_HOUSES),
    "inventory_500": Fault(
        "still booting: login works, all else answers 500", systems=_HOUSES
    ),
    # Crestron Home
    "session_401": Fault("keys are refused with 401", systems=_CRESTRON),
    "session_511": Fault("keys are refused with 511", systems=_CRESTRON),
    "session_expired_5001": Fault(
        "keys are refused by errorSource 5001 in a 200", systems=_CRESTRON
    ),
    "auth_5002": Fault(
        "keys are refused by errorSource 5002 in a 200", systems=_CRESTRON
    ),
    "token_revoked": Fault(
        "the token is refused, and so are all keys", systems=_CRESTRON
    ),
    "banner_instead": Fault(
        "answers with the banner of an unknown path", systems=_CRESTRON
    ),
    "volume_percent": Fault("volume is written in percent", systems=_CRESTRON),
    "no_length_411": Fault("a POST without a body is refused", systems=_CRESTRON),
    "upper_case_authkey": Fault("the login says AuthKey", systems=_CRESTRON),
    "manual_shapes": Fault("bodies look as in the manual", systems=_CRESTRON),
    "quickactions_absent": Fault("there are no quick actions", systems=_CRESTRON),
    # HomeSeer
    "error_text": Fault("answers with the word error", systems=_HOMESEER),
    "error_response": Fault(
        "answers with a Response that begins with Error", systems=_HOMESEER
    ),
    "no_devices": Fault(
        "answers lack their devices, and say nothing of an error", systems=_HOMESEER
    ),
    "json_disabled": Fault("the JSON API is switched off", systems=_HOMESEER),
    "nan_values": Fault("values are no numbers, or without end", systems=_HOMESEER),
    "html_status": Fault(
        "what values read as is dressed up in HTML", systems=_HOMESEER
    ),
    "mojibake": Fault(
        "letters beyond ASCII in statuses come out wrong", systems=_HOMESEER
    ),
    "comma_decimals": Fault(
        "statuses and pushed values have a comma before their decimals",
        systems=_HOMESEER,
    ),
    "changed_unsupported": Fault(
        "getdeviceschanged is a bad request", systems=_HOMESEER
    ),
    "ascii_closed": Fault(
        "nobody listens at the ASCII port", per_request=False, systems=_HOMESEER
    ),
    "ascii_silent": Fault(
        "the ASCII port takes everything and says nothing", systems=_HOMESEER
    ),
    "ascii_drop": Fault(
        "connections to the ASCII port are cut now, and at each command",
        systems=_HOMESEER,
    ),
    "ascii_flood": Fault(
        "every change is told with all features, changed or not", systems=_HOMESEER
    ),
    "ascii_garbage": Fault(
        "nonsense comes before each line of the ASCII port", systems=_HOMESEER
    ),
    "ascii_half_lines": Fault(
        "lines of the ASCII port come in two pieces", systems=_HOMESEER
    ),
    "ascii_interleaved": Fault(
        "a changed value is told between a login and its ok", systems=_HOMESEER
    ),
    "webhook_wrong_body": Fault(
        "the web hook posts nothing like a change", systems=_HOMESEER
    ),
    "webhook_foreign_system": Fault(
        "the web hook posts changes of somebody else's system", systems=_HOMESEER
    ),
    "webhook_huge": Fault("the web hook posts megabytes", systems=_HOMESEER),
    # The cloud of HomeSeer
    "myhs_down": Fault("the cloud answers 503", systems=_MYHS),
    "myhs_foreign_redirect": Fault(
        "the cloud sends clients to a foreign host", systems=_MYHS
    ),
    "myhs_wrong_license": Fault("the cloud knows no license", systems=_MYHS),
}
