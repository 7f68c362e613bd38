"""Breakages of what Home Assistant shows, keeps and lets people do."""

from .breakage import Table

SHOWN: Table = {
    "coordinator.py": (
        "test_small_truths.py test_repairs.py test_coordinator.py",
        [
            (
                "self.timing.failures > 1 or err.reason is Reason.CERTIFICATE",
                "self.timing.failures > 1",
                "a foreign certificate is borne once",
            ),
            (
                "        await self.queue.close()\n",
                "",
                "commands go out after unloading",
            ),
            (
                (
                    "        if self._reading:\n"
                    "            # It is planned when that is done.\n"
                    "            return\n"
                ),
                "",
                "a hub is read twice at a time",
            ),
            (
                "        if not own.complete:\n",
                "        if False:\n",
                "what half an answer lacks is removed",
            ),
            (
                "delay = result.delays.get(command.device_id, 0.0)",
                "later = 0.0",
                "a shade that starts later is given up",
            ),
            (
                "            self.timing.unconfirmed(now)\n",
                "            pass\n",
                "what never showed is not looked into",
            ),
            (
                "time.monotonic(), same=same)",
                "time.monotonic(), same=True)",
                "what a starting hub finds comes late",
            ),
            ("        await self.hub.close()\n", "", "a session stays open"),
            (
                "            return SendResult((refused,) * len(commands))\n",
                "            pass\n",
                "a refused token is tried with each command",
            ),
        ],
    ),
    "registry.py": (
        "test_coming_and_going.py",
        [
            (
                "MISSED_FOR = 240.0",
                "MISSED_FOR = 24.0",
                "a hub that starts loses devices",
            ),
            (
                "        if not house.devices:\n            return\n",
                "",
                "an empty answer removes everything",
            ),
            (
                "self._missed = {each: self._missed.get(each, now) for each in missing}",
                "self._missed |= {each: self._missed.get(each, now) for each in missing}",
                "absences add up over days",
            ),
        ],
    ),
    "entity.py": (
        "entities/test_every_kind.py test_exposed.py test_coordinator.py test_platforms.py",
        [
            (
                "if type(device) is not kind or gone or",
                "if type(device) is not kind or",
                "what has just gone gets an entity",
            ),
            (
                (
                    "            if entry.state is not ConfigEntryState.UNLOAD_IN_PROGRESS:\n"
                    "                async_add_entities(part)\n"
                ),
                "            async_add_entities(part)\n",
                "entities are added while unloading",
            ),
            (
                "            and device.online\n",
                "",
                "what cannot be reached is shown as available",
            ),
            (
                (
                    "entity_registry_visible_default = not needs_consent(\n"
                    "            device, coordinator.data.root_of(device).name\n"
                    "        )"
                ),
                "entity_registry_visible_default = True",
                "what opens a way in is on automatic dashboards",
            ),
        ],
    ),
    "lock.py": (
        "entities/test_tables.py",
        [
            (
                "self._attr_is_jammed = state is LockState.JAMMED",
                "self._attr_is_jammed = False",
                "a jammed lock looks well",
            ),
        ],
    ),
    "scene.py": (
        "test_platforms.py",
        [
            (
                "        self._async_record_activation()\n",
                "",
                "an activated scene does not say when",
            ),
        ],
    ),
    "light.py": (
        "entities/test_lights.py entities/test_tables.py",
        [
            (
                "device.level or self._last_level or 1.0",
                "self._last_level or device.level or 1.0",
                "turning on a light that is on changes it",
            ),
        ],
    ),
    "services.py": (
        "test_rights.py test_services.py",
        [
            (
                "if not user.is_admin and (not keys or len(entities) < len(keys)):",
                "if False:",
                "a guest reaches what no entity shows",
            ),
            (
                "if not user.permissions.check_entity(entity_id, POLICY_CONTROL):",
                "if False:",
                "a guest reaches what he may only see",
            ),
            (
                "    async_register_admin_service(\n        hass, DOMAIN, action,",
                "    hass.services.async_register(\n        DOMAIN, action,",
                "a guest uses what is for administrators",
            ),
        ],
    ),
    "options_shades.py": (
        "test_options_align.py",
        [
            (
                "        self._moved = {}\n        if coordinator is None:",
                "        if coordinator is None:",
                "what no shade went to is kept",
            ),
        ],
    ),
    "flow_crestron.py": (
        "test_config_flow_dhcp.py test_config_flow.py",
        [
            (
                "            and entry.runtime_data.last_update_success\n",
                "",
                "a foreign network card is taken for the hub's",
            ),
        ],
    ),
    "flow_homeseer.py": (
        "test_config_flow_homeseer.py test_config_flow_myhs.py",
        [
            (
                "for each in systems if each.online}",
                "for each in systems}",
                "a system that is off is offered",
            ),
            (
                "password = known.get(CONF_PASSWORD) if same else None",
                "password = known.get(CONF_PASSWORD)",
                "a password goes out with another user's name",
            ),
        ],
    ),
}
