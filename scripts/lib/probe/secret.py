"""Where a secret comes from: a file or a keyboard, never the command line."""

import argparse
import getpass
from pathlib import Path
import sys

from .errors import UsageError


def add_secret(parser: argparse.ArgumentParser, name: str, about: str) -> None:
    """Add the option that names the file with a secret."""
    parser.add_argument(
        f"--{name}-file",
        metavar="FILE",
        help=f"a file with {about}; - is standard input (without it you are asked)",
    )


def read_token(file: str | None) -> str:
    """Return the token in a file; `-` is standard input, None asks for it.

    What was given as the file's name is not repeated: it may be the token itself.
    """
    token = _read(file, "token").strip()
    if not token:
        raise UsageError("There is no token in what was given as the token's file.")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError(
            "The token's file has to hold the token and nothing else, in one line."
        )
    return token


def read_password(file: str | None) -> str:
    """Return the password in a file, as `read_token` does; it may hold anything."""
    password = _read(file, "password").rstrip("\r\n")
    if not password:
        raise UsageError(
            "There is no password in what was given as the password's file."
        )
    if not password.isprintable():
        raise UsageError(
            "The password's file has to hold the password and nothing else, in one"
            " line."
        )
    return password


def _read(file: str | None, name: str) -> str:
    if file is None or (file == "-" and sys.stdin.isatty()):
        if not sys.stdin.isatty():
            raise UsageError(f"Put the {name} into a file, and say --{name}-file FILE.")
        return getpass.getpass(f"{name.capitalize()}: ")
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"The {name}'s file is no text file.") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a file's name"
        raise UsageError(f"The {name}'s file cannot be read: {why}.") from None
