"""Takes out of what a hub said whatever is nobody else's business."""

from collections.abc import Collection, Iterator
from functools import partial
from html import escape
import re
from typing import Any
from urllib.parse import quote, quote_plus

from .fields import plain

MASK = "***"

# Whose a hub is, where it is, and how one gets in; written as `plain` has it.
LEFT_OUT = frozenset(
    {
        "authkey",
        "authtoken",
        "detectedwanip",
        "hslocalip",
        "hswanip",
        "ip",
        "ipaddress",
        "license",
        "licenseid",
        "mac",
        "macaddress",
        "password",
        "pincode",
        "serial",
        "serialnumber",
        "token",
        "tunnelip",
        "useraccess",
        "usercode",
        "usercodes",
        "username",
        "usernote",
        "userpermissions",
    }
)

# Addresses on a network of one's own, and those of network cards.
_ADDRESS = re.compile(
    r"(?<![\d.])(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}(?![\d.])"
    r"|(?<![0-9a-z])[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}(?![0-9a-z])",
    re.IGNORECASE,
)
# A shorter secret may be a part of many a word.
_LONG = 6
# No answer is that deep; one that is could not be written to a file.
_DEEPEST = 50

_WRITTEN = (str, quote, partial(quote, safe=""), quote_plus, escape)


def redacted(
    value: Any,
    secrets: Collection[str] = (),
    *,
    left_out: Collection[str] = LEFT_OUT,
) -> Any:
    """Return JSON without some keys, and its texts without secrets and addresses."""
    patterns = sorted({each for text in secrets for each in _patterns(text)})
    # The longest first: one secret may begin with another.
    patterns.sort(key=len, reverse=True)
    pattern = re.compile("|".join([*patterns, _ADDRESS.pattern]), re.IGNORECASE)
    return _redacted(value, pattern, left_out, 0)


def _patterns(secret: str) -> Iterator[str]:
    for write in _WRITTEN:
        text = re.escape(write(secret))
        yield text if len(secret) >= _LONG else rf"(?<!\w){text}(?!\w)"


def _redacted(
    value: Any, pattern: re.Pattern[str], left_out: Collection[str], depth: int
) -> Any:
    match value:
        case dict() | list() if depth >= _DEEPEST:
            return MASK
        case dict():
            return {
                key: _redacted(part, pattern, left_out, depth + 1)
                for key, part in value.items()
                if plain(str(key)) not in left_out
            }
        case list():
            return [_redacted(part, pattern, left_out, depth + 1) for part in value]
        case str():
            return pattern.sub(MASK, value)
    return value
