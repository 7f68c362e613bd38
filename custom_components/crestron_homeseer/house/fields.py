"""Reads fields of a hostile JSON object: anything may be missing, null or text."""

from collections.abc import Collection, Iterator
from functools import lru_cache, partial
from html import escape
import json
import re
from typing import Any
from urllib.parse import quote, quote_plus

import orjson

from .hub import HubResponseError, Reason

_NOISE = str.maketrans("", "", " -_")

# No hub counts so far. Up to here whole numbers are exact, and arithmetic stays finite.
_LARGEST = 2.0**53

# Half of a surrogate pair cannot be written as UTF-8 by anyone who gets it.
_HALF_PAIR = re.compile(
    r"(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
# What is no UTF-8 is read as Latin-1, byte by byte.
_LATIN = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}


def parse(body: bytes) -> dict[str, Any]:
    """Return the JSON object in a body; raises HubResponseError for anything else."""
    try:
        value = orjson.loads(body.strip())
    except orjson.JSONDecodeError:
        value = _parse_broken(readable(body))
    if not isinstance(value, dict):
        raise HubResponseError(Reason.NONSENSE, "the answer is no JSON object")
    return value


def readable(body: bytes) -> str:
    """Return the text of a body, whatever its encoding."""
    return body.decode("utf-8", "surrogateescape").translate(_LATIN).strip()


def _parse_broken(text: str) -> object:
    """Return what is nearly JSON: one bad device must not hide all others.

    Hubs pass on what devices send: other encodings, raw line ends, numbers that are
    none.
    """
    try:
        return json.loads(
            _HALF_PAIR.sub(lambda found: found[1] or r"\ufffd", text),
            strict=False,
            # Python refuses whole numbers of thousands of digits.
            parse_int=lambda digits: int(digits) if len(digits) < 20 else float(digits),
        )
    except ValueError, RecursionError:
        # The library's error carries the whole answer with it.
        raise HubResponseError(Reason.NONSENSE, "the answer is not JSON") from None


@lru_cache(maxsize=2048)
def plain(key: str) -> str:
    """Return a key without case, blanks, hyphens and underscores.

    Hubs do not agree with their manuals on any of these, nor from version to version.
    """
    return key.translate(_NOISE).lower()


_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


class Fields:
    """A JSON object whose keys are compared by their letters alone."""

    __slots__ = ("_fields",)

    def __init__(self, raw: object) -> None:
        """Take the object; anything else is one without fields."""
        self._fields: dict[str, Any] = (
            {plain(str(key)): value for key, value in raw.items()}
            if isinstance(raw, dict)
            else {}
        )

    def with_text(self, key: str, text: str) -> Fields:
        """Return the same fields but for one."""
        return Fields(self._fields | {key: text})

    def get(self, key: str) -> Any:
        """Return a field as it is, or None."""
        return self._fields.get(key)

    def has(self, key: str) -> bool:
        """Return whether a field is there, whatever is in it."""
        return key in self._fields

    def text(self, key: str) -> str | None:
        """Return a field as text without surrounding blanks; empty is None."""
        value = self._fields.get(key)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        return str(value).strip() or None

    def number(self, key: str) -> float | None:
        """Return a field as a finite number, also if it is written as text."""
        return number(self._fields.get(key))

    def integer(self, key: str) -> int | None:
        """Return a field as a whole number."""
        return integer(self._fields.get(key))

    def boolean(self, key: str) -> bool | None:
        """Return a field as true or false, also if it is written as text."""
        value = self._fields.get(key)
        if not isinstance(value, bool | int | str):
            return None
        return _BOOLEANS.get(str(value).strip().lower())

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts without those that are none."""
        return tuple(
            item.strip()
            for item in self.items(key)
            if isinstance(item, str) and item.strip()
        )

    def items(self, key: str) -> Iterator[Any]:
        """Yield what is in a list; nothing where there is no list."""
        value = self._fields.get(key)
        yield from value if isinstance(value, list) else ()


def number(value: object) -> float | None:
    """Return a value as a number of a size that there can be, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        result = float(value)
    except ValueError, OverflowError:
        return None
    return result if abs(result) <= _LARGEST else None


def integer(value: object) -> int | None:
    """Return a value as a whole number, or None."""
    result = number(value)
    return int(result) if result is not None and result.is_integer() else None


MASK = "***"

# Whose a hub is, where it is, and how one gets in; written as `plain` has it.
DROPPED_KEYS = frozenset(
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
    dropped_keys: Collection[str] = DROPPED_KEYS,
) -> Any:
    """Return JSON without some keys, and its texts without secrets and addresses."""
    patterns = sorted({each for text in secrets for each in _patterns(text)})
    # The longest first: one secret may begin with another.
    patterns.sort(key=len, reverse=True)
    pattern = re.compile("|".join([*patterns, _ADDRESS.pattern]), re.IGNORECASE)

    def masked(value: Any, depth: int) -> Any:
        match value:
            case dict() | list() if depth >= _DEEPEST:
                return MASK
            case dict():
                return {
                    key: masked(part, depth + 1)
                    for key, part in value.items()
                    if plain(str(key)) not in dropped_keys
                }
            case list():
                return [masked(part, depth + 1) for part in value]
            case str():
                return pattern.sub(MASK, value)
        return value

    return masked(value, 0)


def _patterns(secret: str) -> Iterator[str]:
    for write in _WRITTEN:
        text = re.escape(write(secret))
        yield text if len(secret) >= _LONG else rf"(?<!\w){text}(?!\w)"
