"""What adding a hub, and choosing its options, have in common for all hubs."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from functools import wraps
from typing import Any

from homeassistant.config_entries import (
    SOURCE_REAUTH,
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.helpers.typing import VolDictType
import voluptuous as vol

from .const import VENDOR_WORDS
from .coordinator import HouseCoordinator
from .house.devices import House, HubInfo
from .house.hub import Choices
from .hubs import create_hub
from .identity import Identity

TEXT = TextSelector()
SECRET = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))
# What was typed on a page; None where it is to be shown.
type Typed = dict[str, Any] | None
type Work = Callable[[], Coroutine[Any, Any, ConfigFlowResult]]
type Step = Callable[..., Coroutine[Any, Any, ConfigFlowResult]]
# What can be picked: names by their ids, or names that are their own ids.
type Names = Mapping[str, str] | Iterable[str]
# After so many seconds it is shown that the hub is still being read.
PATIENCE = 4.0


def in_background(step: Step) -> Step:
    """Have a step that was submitted take as long as a slow hub needs."""

    @wraps(step)
    async def async_step(flow: HouseFlow, user_input: Typed = None) -> ConfigFlowResult:
        if user_input is None:
            return await step(flow)
        return await flow.async_work(step(flow, user_input))

    return async_step


class HouseFlow(ConfigFlow):
    """Keeps what was typed, shows it again with errors, and tries what it describes."""

    def __init__(self) -> None:
        """Start with nothing typed."""
        self._typed: dict[str, Any] = {}
        self._data: dict[str, Any] = {}
        # Those of the entry, where there is one; they may name the only certificate.
        self._options: dict[str, Any] | None = None
        self._choices = Choices()
        self._errors: dict[str, str] = {}
        # The page that asks for a yes, what is filled in, and what follows a yes.
        self._question: tuple[str, dict[str, str], Work] | None = None
        self._work: asyncio.Task[ConfigFlowResult] | None = None

    def _known_entry(self) -> ConfigEntry | None:
        """Return the entry that is to be changed; None where one is added."""
        if self.source not in {SOURCE_REAUTH, SOURCE_RECONFIGURE}:
            return None
        return self.hass.config_entries.async_get_known_entry(self.context["entry_id"])

    async def async_work(
        self, work: Coroutine[Any, Any, ConfigFlowResult]
    ) -> ConfigFlowResult:
        """Return the next step; a slow hub has as long as it needs to get there."""
        # What was wrong is shown until something else is typed: a page that waited
        # is fetched once more.
        self._errors = {}
        task = self.hass.async_create_task(work)
        await asyncio.wait([task], timeout=PATIENCE)
        if task.done():
            return task.result()
        self._work = task
        return await self.async_step_wait()

    async def async_step_wait(self, user_input: Typed = None) -> ConfigFlowResult:
        """Show that the hub is being read, until it has been."""
        if self._work is None or self._work.done():
            return self.async_show_progress_done(next_step_id="waited")
        return self.async_show_progress(
            step_id="wait", progress_action="reading", progress_task=self._work
        )

    async def async_step_waited(self, user_input: Typed = None) -> ConfigFlowResult:
        """Go on with the result of the reading."""
        assert self._work is not None
        return self._work.result()

    @callback
    def _form(
        self, kind: str, step: str, schema: vol.Schema, **placeholders: str
    ) -> ConfigFlowResult:
        """Show a form with what was typed and what was wrong with it."""
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(schema, self._typed),
            errors=self._errors,
            description_placeholders={**VENDOR_WORDS[kind], **placeholders},
        )

    async def _async_read_house(self) -> House:
        """Log in and read everything, to see that it works; raises HubError."""
        hub = create_hub(self.hass, self._data, options=self._options)
        try:
            await hub.connect()
            house = await hub.survey()
            self._choices = hub.choices()
            return house
        finally:
            await hub.close()

    async def _async_changed(self, house: House) -> ConfigFlowResult:
        """Keep what was changed about an entry, and has been seen to work."""
        if self.source == SOURCE_REAUTH:
            return await self._async_finish()
        entry = self._get_reconfigure_entry()
        if entry.state is ConfigEntryState.LOADED:
            identity: Identity = entry.runtime_data.identity
        else:
            identity = Identity(self.hass, entry)
            await identity.async_load()
        same, known = identity.found_in(house)
        if same * 2 >= known:
            return await self._async_finish()
        found = {"same": str(same), "known": str(known)}
        return self._confirm("other_house", self._async_finish, **found)

    @callback
    def _confirm(self, step: str, then: Work, **placeholders: str) -> ConfigFlowResult:
        """Ask for a yes, after which the flow goes on."""
        self._question = step, placeholders, then
        return self.async_show_form(step_id=step, description_placeholders=placeholders)

    async def async_step_confirm(self, user_input: Typed = None) -> ConfigFlowResult:
        """Go on after the yes, or show the page again."""
        assert self._question is not None
        step, placeholders, then = self._question
        if user_input is None:
            return self._confirm(step, then, **placeholders)
        return await self.async_work(then())

    async_step_other_house = async_step_confirm

    async def _async_finish(self) -> ConfigFlowResult:
        """Store what was changed about an entry, and load it anew."""
        entry = self._known_entry()
        assert entry is not None
        # What is at another address may have another network card.
        moved = self._data.get(CONF_HOST) != entry.data.get(CONF_HOST)
        return self.async_update_reload_and_abort(
            entry,
            unique_id=None if moved else entry.unique_id,
            data=self._data,
            options=entry.options if self._options is None else self._options,
        )

    def _is_own_address(self, host: str, port: int | None) -> bool:
        """Return whether an address is that of the entry to be changed."""
        entry = self._known_entry()
        return entry is not None and (host, port) == (
            entry.data[CONF_HOST],
            entry.data[CONF_PORT],
        )


class HouseOptionsFlow(OptionsFlowWithReload):
    """Knows what there is in the home, and keeps what is chosen."""

    def __init__(self) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self._choices = Choices()
        # What is chosen, and is kept when all is.
        self._changes: dict[str, Any] = {}
        # The page on which one more choice is made.
        self._back = ""

    def _coordinator(self) -> HouseCoordinator | None:
        """Return the entry's coordinator; None while it is not loaded."""
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return None
        coordinator: HouseCoordinator = self.config_entry.runtime_data
        return coordinator

    def _entire(self) -> House:
        """Return the home as its hub has it; an empty one where it is not loaded."""
        coordinator = self._coordinator()
        if coordinator is None or coordinator.hub_house is None:
            return House(info=HubInfo(manufacturer="", name=""))
        return coordinator.hub_house.as_reported

    @callback
    def _offer(self, step: str, offered: Mapping[str, bool]) -> ConfigFlowResult:
        """Show the menu of what there is to choose."""
        options = [page for page, there in offered.items() if there]
        if not options:
            return self.async_abort(reason="not_loaded")
        return self.async_show_menu(
            step_id=step,
            menu_options=options,
            description_placeholders={"hub": self.config_entry.title},
        )

    @callback
    def _show(
        self,
        step: str,
        fields: VolDictType,
        errors: dict[str, str] | None = None,
        typed: Mapping[str, Any] | None = None,
        *,
        last: bool | None = None,
        **placeholders: str,
    ) -> ConfigFlowResult:
        """Show a page, with what was typed on it."""
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(vol.Schema(fields), typed),
            errors=errors or {},
            description_placeholders=placeholders,
            last_step=last,
        )

    @callback
    def _save(self, changes: Mapping[str, Any]) -> ConfigFlowResult:
        """Keep choices; None is as the hub has it."""
        options = {**self.config_entry.options, **changes}
        return self.async_create_entry(
            data={key: value for key, value in options.items() if value is not None}
        )


def pick(
    names: Names,
    mode: SelectSelectorMode | None = SelectSelectorMode.LIST,
    *,
    multiple: bool = False,
) -> SelectSelector:
    """Return the field to pick from names; some of them are texts of ours."""
    config = SelectSelectorConfig(
        options=[
            SelectOptionDict(value=key, label=label)
            for key, label in _labels(names).items()
        ],
        multiple=multiple,
        translation_key="choice",
    )
    if mode is not None:
        config["mode"] = mode
    return SelectSelector(config)


def pick_several(
    key: str,
    names: Names,
    chosen: Iterable[str] = (),
    mode: SelectSelectorMode | None = None,
) -> VolDictType:
    """Return the field to pick several; what is chosen and gone is named by its id."""
    chosen, every = list(chosen), _labels(names)
    every |= {gone: gone for gone in chosen if gone not in every}
    return {vol.Required(key, default=chosen): pick(every, mode, multiple=True)}


def _labels(names: Names) -> dict[str, str]:
    return dict(names) if isinstance(names, Mapping) else {key: key for key in names}


def typed_host(host: str, port: int | None) -> str:
    """Return an address as a person types it."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"
