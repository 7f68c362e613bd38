"""Keeps what went wrong: one file for each place in the code."""

import hashlib
from pathlib import Path
import sys
import traceback


class Findings:
    """The faults of one target; each is kept once, with the shortest input."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Take the folder to write to, which is made when it is needed."""
        self._folder = folder
        self._seed = seed
        self._shortest: dict[str, int] = {}

    def add(self, data: bytes, err: BaseException) -> None:
        """Keep an input that made an error."""
        where = _where(err)
        if len(data) >= self._shortest.get(where, sys.maxsize):
            return
        self._shortest[where] = len(data)
        name = hashlib.sha256(where.encode()).hexdigest()[:12]
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / f"{name}.input").write_bytes(data)
        trace = "".join(traceback.format_exception(err))
        (self._folder / f"{name}.txt").write_text(
            f"seed {self._seed}\n{where}\n\n{trace}", encoding="utf-8", errors="replace"
        )


def _where(err: BaseException) -> str:
    """Return what an error is, and the last place of this project that it came through."""
    frames = traceback.extract_tb(err.__traceback__)
    own = [frame for frame in frames if "site-packages" not in frame.filename]
    last = (own or frames)[-1]
    path = "/".join(Path(last.filename).parts[-2:])
    return f"{type(err).__name__} at {path}:{last.lineno}"
