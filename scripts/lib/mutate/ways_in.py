"""Breakages of what guards locks, alarms, secrets, and what an owner made."""

from .breakage import Table

WAYS_IN: Table = {
    "alarm_control_panel.py": (
        "entities/test_alarms.py entities/test_tables.py",
        [
            (
                "if self._code is not None and code != self._code:",
                "if False:",
                "anybody disarms",
            ),
            (
                (
                    "        if mode is None and not self.device.can_disarm:\n"
                    '            raise self.invalid("alarm_read_only")\n'
                ),
                "",
                "what cannot be disarmed seems to be",
            ),
        ],
    ),
    "services.py": (
        "test_rights.py test_services.py",
        [
            (
                (
                    "    await async_check_rights(call, target.entry, keys)\n"
                    "    # What opens"
                ),
                "    # What opens",
                "a guest controls what he may only see",
            ),
            (
                "    if any(entity_only(*part) for part in parts) or (\n",
                "    if False and (\n",
                "a lock is opened around its code",
            ),
        ],
    ),
    "webhook.py": (
        "test_webhook.py",
        [
            ("local_only=True", "local_only=False", "the internet posts changes"),
            (
                "    entry.async_on_unload(lambda: webhook.async_unregister(hass, webhook_id))\n",
                "",
                "a web hook outlives its entry",
            ),
            (
                "client_max_size=MAX_BODY",
                "client_max_size=100 * MAX_BODY",
                "a large body fills the memory",
            ),
        ],
    ),
    "diagnostics.py": (
        "test_diagnostics.py",
        [
            (
                "secrets = [str(values[key]) for key in TO_REDACT if values.get(key)]",
                "secrets: list[str] = []",
                "a password that a hub repeats is in the diagnostics",
            ),
            (
                "async_redact_data(state.attributes, {ATTR_ENTITY_PICTURE})",
                "dict(state.attributes)",
                "the address of a picture is in the diagnostics",
            ),
        ],
    ),
    "takeover.py": (
        "identity/test_matrix.py",
        [
            (
                'new_unique_id=f"{new}~"',
                "new_unique_id=new",
                "two that change places lose their names",
            ),
            (
                (
                    "                entities.async_update_entity("
                    "entity.entity_id, device_id=device_id)\n"
                ),
                "                pass\n",
                "what came first is removed with its device",
            ),
        ],
    ),
    "house/commands.py": (
        "house/test_commands.py house/test_settling.py",
        [
            (
                "return device.state in {target, LockState.JAMMED}",
                "return device.state is target",
                "a jammed lock is waited for",
            ),
            (
                "return replace(device, state=LockState.UNKNOWN)",
                "return device",
                "a door that may be open is called locked",
            ),
            (
                "return replace(device, state=AlarmState.UNKNOWN)",
                "return device",
                "a house that may be disarmed is called armed",
            ),
            (
                ("    settle_time = 15.0\n    locked: bool\n"),
                ("    settle_time = 150.0\n    locked: bool\n"),
                "a door that never locked is called locking for minutes",
            ),
        ],
    ),
    "house/connection.py": (
        "house/test_gate.py",
        [
            ("MOST_READS = 2", "MOST_READS = 20", "a slow hub is flooded"),
            (
                "                    requests.remove(request)\n",
                "                    pass\n",
                "a cancelled command stops all that follow",
            ),
        ],
    ),
    "homeseer/client.py": (
        "homeseer/hub/test_commands.py homeseer/test_commands.py",
        [
            (
                "if lost:",
                "if False:",
                "what follows a lost command goes out",
            ),
            (
                "return HubUnansweredError(Reason.UNANSWERED) if number else err",
                "return err",
                "what went out by half is said not to have been sent",
            ),
            (
                "if others & touched or None in others | touched",
                "if False",
                "one lock gets two wishes at once",
            ),
        ],
    ),
}
