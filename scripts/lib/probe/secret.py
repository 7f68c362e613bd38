"""Where a token comes from: a file or a keyboard, never the command line."""

import getpass
from pathlib import Path
import sys

from .errors import UsageError


def read_token(file: str | None) -> str:
    """Return the token in a file; `-` is standard input, None asks for it.

    What was given as the file's name is not repeated: it may be the token itself.
    """
    if file is None or (file == "-" and sys.stdin.isatty()):
        if not sys.stdin.isatty():
            raise UsageError("Put the token into a file, and say --token-file FILE.")
        text = getpass.getpass("Token: ")
    elif file == "-":
        text = sys.stdin.read()
    else:
        text = _read(file)
    token = text.strip()
    if not token:
        raise UsageError("There is no token in what was given as the token's file.")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError(
            "The token's file has to hold the token and nothing else, in one line."
        )
    return token


def _read(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError("The token's file is no text file.") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a file's name"
        raise UsageError(f"The token's file cannot be read: {why}.") from None
