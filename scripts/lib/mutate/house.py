"""Breakages of when a hub is read, and of what is under way."""

from .breakage import Table

HOUSE: Table = {
    "house/cadence.py": (
        "house/test_cadence.py",
        [
            (
                "else LONGEST_WAIT",
                "else LAST_BACK_OFF",
                "a hub that is well again is left alone for minutes",
            ),
            (
                "return moment if quick else latest",
                "return latest",
                "twenty hubs wake the computer twenty times",
            ),
            (
                "AFTER_SCENE = 4.0",
                "AFTER_SCENE = 0.4",
                "what a scene moves is seen late",
            ),
            (
                "if unconfirmable or self.failures:",
                "if unconfirmable:",
                "a hub that is back and answers a command is not read",
            ),
            (
                "self._survey_gap * 2 if same else SURVEY_FIRST",
                "self._survey_gap * 2",
                "what a starting hub finds comes late",
            ),
            (
                "self.survey_at = min(self.survey_at, now + SURVEY_UNCONFIRMED)",
                "pass",
                "what never showed is looked into late",
            ),
            (
                "now >= self.survey_at or self.failures > 0",
                "now >= self.survey_at",
                "what changed in an outage stays unseen",
            ),
            (
                "return self.after_scene(now) or (",
                "return (",
                "what a scene moves is not read",
            ),
            (
                "        if first:\n            self._pushed_at = now",
                "        self._pushed_at = now",
                "a chatty hub is never followed",
            ),
            (
                "max(self.read_at, self._scene_at)",
                "self.read_at",
                "a scene is watched too early",
            ),
            ("SURVEY_EVERY = 300.0", "SURVEY_EVERY = 3000.0", "new devices come late"),
            ("LONGEST_WAIT = 30.0", "LONGEST_WAIT = 300.0", "an outage is over late"),
            ("PUSHED = 60.0", "PUSHED = 600.0", "what push missed is seen late"),
        ],
    ),
    "house/queue.py": (
        "house/test_queue.py house/test_settling.py test_coordinator.py",
        [
            ("LONGEST = 180.0", "LONGEST = 1800.0", "a false state stays for long"),
            (
                "deadline = now + command.settle_timeout + delay",
                "deadline = now + command.settle_timeout",
                "a shade that starts later is given up",
            ),
            (
                "started < pending.sent_at",
                "False",
                "a read from before a command ends it",
            ),
            (
                "self._pending[command.device_id, command.slot] = pending",
                "self._pending[command.device_id, command] = pending",
                "an earlier request is shown over a later one",
            ),
            (
                "command.unconfirmed(device) if lost else command.expect(device)",
                "command.expect(device)",
                "a lost unlock is shown as done",
            ),
            (
                (
                    "        if self._closed:\n"
                    "            raise HubConnectionError(Reason.CLOSING)\n"
                ),
                "",
                "a door is opened by an entry that was unloaded",
            ),
            (
                "self._waiting.remove(waiting)",
                "pass",
                "a shade is sent twice, first to the older position",
            ),
            (
                "if waiting.spaced_by in recent or device_id in held:",
                "if waiting.spaced_by in recent:",
                "what one device is asked for changes its order",
            ),
            ("SPACING = 0.2", "SPACING = 0.0", "a slider floods the hub"),
            (
                "_settle_all(batch, HubUnansweredError(Reason.CLOSING))",
                "_settle_all(batch, HubConnectionError(Reason.CLOSING))",
                "what may have been opened is said not to have been",
            ),
        ],
    ),
    "house/fields.py": (
        "house/test_fields.py test_diagnostics.py",
        [
            (
                "            case str():\n                return pattern.sub(MASK, value)\n",
                "",
                "secrets within texts are in the diagnostics",
            ),
            (
                "if plain(str(key)) not in dropped_keys",
                "if True",
                "tokens are in the diagnostics",
            ),
            ("quote, partial", "partial", "a quoted password is in the diagnostics"),
            (
                're.compile("|".join([*patterns, _ADDRESS.pattern])',
                're.compile("|".join([*patterns, "(?!)"])',
                "addresses are in the diagnostics",
            ),
            (
                "patterns.sort(key=len, reverse=True)",
                "pass",
                "the end of a longer secret is in the diagnostics",
            ),
        ],
    ),
}
