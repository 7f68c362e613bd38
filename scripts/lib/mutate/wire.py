"""Breakages of what goes over the wire, and of what is made of it."""

from .breakage import Table

WIRE: Table = {
    "crestron/client.py": (
        (
            "crestron/test_client.py crestron/test_client_errors.py "
            "crestron/test_secrets.py"
        ),
        [
            (
                "frozenset({401, 403, 511})",
                "frozenset({401, 403})",
                "a session is not renewed",
            ),
            (
                "raise error from None",
                "raise error from err",
                "the token is in a traceback",
            ),
            ("COMMAND_TIMEOUT = 20.0", "COMMAND_TIMEOUT = 200.0", "a person waits"),
            ("READ_TIMEOUT = 20.0", "READ_TIMEOUT = 200.0", "an outage is seen late"),
            (
                'fields.text("version") or self.version',
                'fields.text("version")',
                "the version is lost",
            ),
            (
                "allow_redirects=False",
                "allow_redirects=True",
                "the token goes where a redirect says",
            ),
            (
                'error = _translate(err, sent=method == "POST")',
                "error = _translate(err, sent=False)",
                "what may have been opened is said not to have been",
            ),
            (
                (
                    '                    if path != "login":\n'
                    "                        content = self._without_secrets(content)\n"
                ),
                "",
                "what a hub repeats of a token is kept",
            ),
            (
                "if self._key is None or self._key == refused:",
                "if True:",
                "each refused request logs in anew",
            ),
        ],
    ),
    "crestron/media.py": (
        "crestron/test_media.py",
        [
            (
                "                    self._asked.discard(room.id)\n",
                "",
                "the sources of a room are never found",
            ),
        ],
    ),
    "crestron/hub.py": (
        "crestron/test_hub_reading.py crestron/test_hub_failing.py",
        [
            (
                "if not (rooms_read or any(each.devices for each in wanted)):",
                "if False:",
                "empty answers are taken for a house",
            ),
            (
                "if not (rooms_read or taken):",
                "if False:",
                "what is no hub is said to be an empty one",
            ),
        ],
    ),
    "crestron/stopping.py": (
        "crestron/test_stopping.py",
        [
            ("\nDELAY = 0.4", "\nDELAY = 0.2", "a stopped shade goes back"),
            (
                "if isinstance(device, Cover) and device.online:",
                "if isinstance(device, Cover):",
                "a shade out of reach is learned from",
            ),
        ],
    ),
    "crestron/sending.py": (
        "crestron/test_stopping.py crestron/test_hub_commands.py",
        [
            (
                "if error is None or isinstance(error, HubUnansweredError):",
                "if error is None:",
                "a move whose answer was lost cannot be stopped",
            ),
        ],
    ),
    "homeseer/states.py": (
        "homeseer/test_readings.py",
        [
            (
                "_LOCKED = frozenset({65.0, 129.0, 255.0})",
                "_LOCKED = frozenset({1.0, 65.0, 129.0, 255.0})",
                "a door that is unlocked for a while is called locked",
            ),
        ],
    ),
    "homeseer/loads.py": (
        "homeseer/test_bindings.py homeseer/test_readings.py",
        [
            (
                "place = max(round(command.speed * len(self._names)), 1)",
                "place = round(command.speed * len(self._names))",
                "a slow fan goes fast",
            ),
        ],
    ),
    "homeseer/moving.py": (
        "homeseer/test_bindings.py homeseer/test_readings.py",
        [
            (
                "elif is_gone(now.status) or use not in {Use.ON, Use.OFF}:",
                "elif is_gone(now.status) or use is None:",
                "a relay at another value is called unlocked",
            ),
            (
                "elif is_gone(now.status) or use",
                "elif use",
                "a relay that is gone is called locked",
            ),
            (
                "Use.LOCK if command.locked else Use.UNLOCK",
                "Use.UNLOCK if command.locked else Use.LOCK",
                "a door is opened that is to be locked",
            ),
            (
                "if position is None or now.value in self._range:",
                "if position is None:",
                "what is half open is shown open",
            ),
            (
                "opening = (position == 1.0) is not self._inverted",
                "opening = position == 1.0",
                "a garage is opened that is to be closed",
            ),
            (
                "position = None if position is None else 1.0 - position",
                "pass",
                "an open garage is shown closed",
            ),
            (
                "return (high, low) if self._inverted else (low, high)",
                "return low, high",
                "a valve is opened that is to be closed",
            ),
        ],
    ),
    "homeseer/features.py": (
        "homeseer/test_controls.py",
        [
            (
                "divisor=divisor if divisor >= LEAST else 1.0",
                "divisor=divisor or 1.0",
                "set points go the other way",
            ),
        ],
    ),
    "homeseer/hub.py": (
        "homeseer/hub",
        [
            (
                "HOOK_TRUSTED = 300.0",
                "HOOK_TRUSTED = 3000.0",
                "a dead web hook is trusted",
            ),
            (
                'self._pushed([ref], "hook")',
                'self._pushed([ref], "ascii")',
                "a press that is told twice counts twice",
            ),
        ],
    ),
    "homeseer/decisions.py": (
        "homeseer/test_decisions.py",
        [
            (
                "self._kept, self._gone = here, gone[-len(features) :]",
                "self._kept = here",
                "what an answer left out comes back as another thing",
            ),
        ],
    ),
    "crestron/reading.py": (
        "crestron/test_hub_failing.py",
        [
            (
                "listing.asked_at = None",
                "pass",
                "a processor that is well again is unavailable for minutes",
            ),
        ],
    ),
    "crestron/listing.py": (
        "crestron/test_listing.py",
        [
            (
                "return fields.with_text(key, last[1])",
                "pass",
                "a fan that does not say so once is a light",
            ),
        ],
    ),
    "homeseer/reader.py": (
        "homeseer/hub",
        [
            (
                "inventory.pending |= refs",
                "pass",
                "a change is lost when its read fails",
            ),
            (
                "changed | self.inventory.pending | self.inventory.unreadable",
                "changed | self.inventory.pending",
                "what could not be read once stays unknown",
            ),
            (
                'not (cut or mostly_missing(sample(items), "name", "value"))',
                "not cut",
                "nonsense renames everything",
            ),
            (
                "cut = self._all_features.is_cut(len(items))",
                "cut = False",
                "a system in trouble loses half of its devices",
            ),
            (
                "return not self._all_controls.is_cut(count)",
                "return True",
                "what has another number is something else without its controls",
            ),
            (
                "return set(refs_in(refs)) if known else None",
                "return set(refs_in(refs))",
                "what changed before the first call is missed",
            ),
            ("INFO_EVERY = 30.0", "INFO_EVERY = 600.0", "new devices come late"),
        ],
    ),
    "homeseer/inventory.py": (
        "homeseer/test_inventory.py",
        [
            ("ECHO = 2.0", "ECHO = 20.0", "a second press is swallowed"),
        ],
    ),
}
