"""Runs Home Assistant for as long as whoever started it lives.

The parent holds the other end of standard input. When that end closes, for
whatever reason, Home Assistant is told to stop, and is ended if it does not.
"""

import os
import runpy
import signal
import sys
import threading
import time

PATIENCE = 15.0


def _watch() -> None:
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_watch, daemon=True).start()
    sys.argv[0] = "hass"
    runpy.run_module("homeassistant", run_name="__main__", alter_sys=True)
