"""A HomeSeer system as a hub."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
import time
from typing import Any, override

import aiohttp

from ..house.access import opens
from ..house.controls import ActivateScene, Control, PressButton, RunEvent, SetStatus
from ..house.fields import Fields
from ..house.hub import (
    AnyCommand,
    Choices,
    Hub,
    HubCommandError,
    HubIssue,
    OnChange,
    Reason,
    SendResult,
)
from .binding import NO_CONTROLS, Action, Controls, by_text, declined
from .classify import choices
from .client import Site
from .events import run
from .features import Use, owners
from .find import record, version_of
from .inventory import Inventory
from .push import AsciiPush
from .reader import HomeSeerReader
from .settings import Settings

# A web hook has no heartbeat; it is trusted for so many seconds after a message.
HOOK_TRUSTED = 300.0


class HomeSeerHub(HomeSeerReader, Hub):
    """Reads and commands one system, local or through MyHS."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        site: Site,
        settings: Settings | None = None,
        *,
        name: str | None = None,
        ascii_port: int | None = None,
        ascii_wanted: bool = False,
        memory: dict[str, Any] | None = None,
    ) -> None:
        """Take where the system is, what the user chose, and the port that pushes.

        A port that nobody asked for is tried, and not missed.
        """
        super().__init__(session, site, settings, name=name, memory=memory)
        self._push: AsciiPush | None = None
        self._ascii_port = ascii_port
        self._ascii_wanted = ascii_wanted
        self._on_change: OnChange = lambda ids: None
        self._hook_at = float("-inf")

    # Commanding

    @override
    async def send(self, commands: Sequence[AnyCommand]) -> SendResult:
        return SendResult(await self.client.send_all(commands, self._actions))

    def _actions(self, command: AnyCommand) -> list[Action]:
        """Return the requests for a command; raises HubCommandError for none."""
        match command:
            case Control() | SetStatus():
                return [direct(self.inventory, command)]
            case RunEvent():
                return [run(command.event, command.group or "", command.name or "")]
            case ActivateScene() | PressButton():
                event = self.inventory.events.get(command.device_id)
                if event is not None:
                    return [run(event.number, event.group, event.name)]
        binding = self.inventory.bindings.get(command.device_id)
        if binding is None:
            raise HubCommandError(Reason.DECLINED, "the device is gone")
        return binding.write(command)

    def _controls(self, ref: int) -> Controls:
        return self.inventory.controls.get(ref, NO_CONTROLS)

    # Push

    @property
    @override
    def pushing(self) -> bool:
        """Whether changes come without being asked for."""
        hook = time.monotonic() - self._hook_at < HOOK_TRUSTED
        return hook or (self._push is not None and self._push.healthy)

    @override
    def listen(self, on_change: OnChange) -> Callable[[], None] | None:
        self._on_change = on_change
        if self._site.is_local and self._ascii_port is not None:
            self._push = AsciiPush(
                self._site.root.host,
                self._ascii_port,
                on_refs=lambda refs: self._pushed(refs, "ascii"),
                on_gap=lambda: self._on_change(self.inventory.bindings.keys()),
            )
            self._push.start()

        def stop() -> None:
            self._on_change = lambda ids: None

        return stop

    @override
    def on_webhook(self, message: object) -> None:
        fields = Fields(message)
        ref = Fields(fields.get("data")).integer("ref")
        if fields.text("type") == "devicechange" and ref in self.inventory.features:
            self._hook_at = time.monotonic()
            self._pushed([ref], "hook")

    def _pushed(self, refs: Collection[int], channel: str) -> None:
        self.inventory.pushed(refs, channel)
        if ids := self.inventory.ids_of(refs):
            self._on_change(ids)

    @override
    async def close(self) -> None:
        if self._push is not None:
            await self._push.stop()

    # Everything else

    @override
    def report(self) -> Mapping[str, Any]:
        inventory = self.inventory
        return {
            "version": version_of(self.config),
            "requests": self.client.requests,
            "features": len(inventory.features),
            "with_controls": len(inventory.controls),
            "devices": len(inventory.bindings),
            "events": len(inventory.events),
            "tells_changes": self.knows_changes,
            "pushing": self.pushing,
            "meanings": {
                str(ref): f"{what}, by {evidence}"
                for ref, (what, evidence) in inventory.meanings.items()
            },
        }

    @override
    async def record(self) -> Mapping[str, Any]:
        return await record(self.client, self._site.account.secrets)

    @override
    def issues(self) -> Collection[HubIssue]:
        if self._push is None or not self._ascii_wanted or self.pushing:
            return ()
        return (HubIssue(Reason.NO_PUSH, {"port": str(self._ascii_port)}),)

    @override
    def choices(self) -> Choices:
        inventory, config = self.inventory, self.config
        place_names = (
            config.text("location1label") or "Location",
            config.text("location2label") or "Location 2",
        )
        refs, groups = inventory.controls.keys(), inventory.event_groups
        found = choices(inventory.features, refs, groups, place_names)
        return replace(found, meanings=inventory.meanings)

    @override
    def targets_of(self, command: AnyCommand) -> Collection[str]:
        match command:
            case RunEvent(event=number, name=name, group=group):
                # Names have no case.
                named = ((group or "").casefold(), (name or "").casefold())
                return [
                    key
                    for key, event in self.inventory.events.items()
                    if (number is not None and event.number == number)
                    or (event.group.casefold(), event.name.casefold()) == named
                ]
            case Control() | SetStatus():
                return self.inventory.ids_of([command.ref])
        return ()

    @override
    def family_of(self, ref: int) -> Collection[str]:
        roots = owners(self.inventory.features)
        family = {each: root.ref for each, root in roots.items()}
        root = family.get(ref, ref)
        return self.inventory.ids_of([each for each in family if family[each] == root])

    @override
    def opens(self, ref: int) -> bool:
        return any(
            pair.use in {Use.LOCK, Use.UNLOCK} or opens(pair.label)
            for pair in self._controls(ref).pairs
        )

    @override
    def control_refs(
        self, device_ids: Collection[str], control: Control
    ) -> Sequence[int]:
        refs = sorted(self.inventory.refs_of(device_ids))
        return [ref for ref in refs if _takes(self._controls(ref), control)]


def _takes(controls: Controls, control: Control) -> bool:
    """Return whether a feature has the control for a label, a value or a text."""
    if control.label is not None:
        return controls.labelled([control.label.strip().lower()]) is not None
    if (value := control.value) is None:
        return controls.written(control.text or "") is not None
    return any(
        pair.value == value if pair.range is None else value in pair.range
        for pair in controls.pairs
    )


def direct(inventory: Inventory, command: Control | SetStatus) -> Action:
    """Return the request for a control, or a status, that somebody named by its ref."""
    if command.ref not in inventory.features:
        raise declined()
    params: dict[str, str | int | float] = {"ref": command.ref}
    if isinstance(command, Control) and command.label is not None:
        return Action("controldevicebylabel", params | {"label": command.label})
    if command.value is not None:
        params["value"] = command.value
    if isinstance(command, SetStatus):
        if command.text is not None:
            params["string"] = command.text
        return Action("setdevicestatus", params)
    if command.value is not None:
        return Action("controldevicebyvalue", params)
    pair = inventory.controls.get(command.ref, NO_CONTROLS).written(command.text or "")
    return by_text(command.ref, pair, command.text or "")
