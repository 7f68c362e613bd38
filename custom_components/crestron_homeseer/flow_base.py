"""What adding a hub, and choosing its options, have in common for all hubs."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any, NamedTuple

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
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

from .const import CONF_KIND, CONF_LOCAL_HOST, CONF_LOCAL_PORT, VENDOR_WORDS
from .coordinator import HouseCoordinator
from .house.devices import House, HubInfo
from .house.hub import Choices
from .hubs import create_hub
from .identity import Identity

TEXT = TextSelector()
SECRET = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))
# What was typed on a page; None where it is to be shown.
type Typed = dict[str, Any] | None
type Next = Coroutine[Any, Any, ConfigFlowResult]
# What can be picked: names by their ids, or names that are their own ids.
type Names = Mapping[str, str] | Iterable[str]
# Stand for what the hub itself has, and for everything there is, also what comes later.
AUTOMATIC = "automatic"
EVERYTHING = "all_also_new"
# After so many seconds it is shown that the hub is still being read.
PATIENCE = 4.0


class Page(NamedTuple):
    """A page: whose texts it has, what follows it, its fields, what is filled in."""

    step: str
    then: Callable[[dict[str, Any]], Next]
    schema: vol.Schema | None
    facts: dict[str, str]


class HouseFlow(ConfigFlow):
    """Shows pages, keeps what was typed, and tries what it describes."""

    # The entry that is to be changed; None where one is added.
    _entry: ConfigEntry | None = None
    # What is shown, and the last page with fields: there, errors are shown.
    _page: Page | None = None
    _form: Page | None = None
    _error = ""
    _work: asyncio.Task[ConfigFlowResult] | None = None

    def __init__(self) -> None:
        """Start with nothing typed."""
        self._typed: dict[str, Any] = {}
        self._data: dict[str, Any] = {}
        self._choices = Choices()

    @callback
    def _ask(
        self,
        step: str,
        then: Callable[[dict[str, Any]], Next],
        schema: vol.Schema | None = None,
        error: str = "",
        **facts: str,
    ) -> ConfigFlowResult:
        """Show a page; one without fields asks for a yes."""
        self._page = Page(step, then, schema, facts)
        if schema is not None:
            self._form = self._page
        return self._show(error)

    @callback
    def _again(self, error: str) -> ConfigFlowResult:
        """Show the last fields again, with what was typed and what is wrong with it."""
        self._page = self._form
        return self._show(error)

    def _show(self, error: str) -> ConfigFlowResult:
        assert self._page is not None
        self._error = error
        step, _, schema, facts = self._page
        schema = schema or vol.Schema({})
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(schema, self._typed),
            errors={"base": error} if error else {},
            description_placeholders={**VENDOR_WORDS[self._data[CONF_KIND]], **facts},
        )

    async def async_page(self, user_input: Typed = None) -> ConfigFlowResult:
        """Go on with what was typed, or show the page again."""
        assert self._page is not None
        if user_input is None:
            return self._show(self._error)
        if self._page is self._form:
            self._typed = user_input
        return await self._async_work(self._page.then(user_input))

    async_step_other_house = async_page

    async def _async_work(self, work: Next) -> ConfigFlowResult:
        """Return the next step; a slow hub has as long as it needs to get there."""
        self._work = self.hass.async_create_task(work)
        await asyncio.wait([self._work], timeout=PATIENCE)
        if self._work.done():
            return self._work.result()
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

    def _refuse_twice(self, host: str, port: int | None) -> None:
        """Abort if the address is that of another entry, also of one through MyHS."""
        self._async_abort_entries_match({CONF_HOST: host, CONF_PORT: port})
        self._async_abort_entries_match({CONF_LOCAL_HOST: host, CONF_LOCAL_PORT: port})

    async def _async_read_house(self) -> House:
        """Log in and read everything, to see that it works; raises HubError."""
        options = self._entry.options if self._entry else None
        hub = create_hub(self.hass, self._data, options=options)
        try:
            await hub.connect()
            house = await hub.survey()
            self._choices = hub.choices()
            return house
        finally:
            await hub.close()

    async def _async_changed(self, house: House) -> ConfigFlowResult:
        """Keep what works, or ask first where half of what is known is not there."""
        entry = self._entry
        assert entry is not None
        if entry.state is ConfigEntryState.LOADED:
            identity: Identity = entry.runtime_data.identity
        else:
            identity = Identity(self.hass, entry)
            await identity.async_load()
        same, known = identity.found_in(house)
        if same * 2 >= known:
            return await self._async_keep()
        return self._ask(
            "other_house", self._async_keep, same=str(same), known=str(known)
        )

    async def _async_keep(self, typed: Typed = None) -> ConfigFlowResult:
        """Store what was changed about an entry, and load it anew."""
        entry = self._entry
        assert entry is not None
        # What is at another address may have another network card.
        moved = self._data.get(CONF_HOST) != entry.data.get(CONF_HOST)
        unique_id = None if moved else entry.unique_id
        return self.async_update_reload_and_abort(
            entry, unique_id=unique_id, data=self._data
        )


class HouseOptionsFlow(OptionsFlowWithReload):
    """Knows what there is in the home, and keeps what is chosen."""

    def __init__(self) -> None:
        """Start with nothing chosen."""
        super().__init__()
        self._choices = Choices()
        # What is chosen, and is kept when all is.
        self._changes: dict[str, Any] = {}

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

    def _offer(self, step: str, offered: Mapping[str, object]) -> ConfigFlowResult:
        """Show the menu of what there is to choose."""
        options = [page for page, there in offered.items() if there]
        if not options:
            return self.async_abort(reason="not_loaded")
        return self.async_show_menu(
            step_id=step,
            menu_options=options,
            description_placeholders={"hub": self.config_entry.title},
        )

    def _show(
        self,
        step: str,
        fields: VolDictType,
        error: str = "",
        typed: Mapping[str, Any] | None = None,
        *,
        last: bool | None = None,
        **facts: str,
    ) -> ConfigFlowResult:
        """Show a page, with what was typed on it and what is wrong with that."""
        return self.async_show_form(
            step_id=step,
            data_schema=self.add_suggested_values_to_schema(vol.Schema(fields), typed),
            errors={"base": error} if error else {},
            description_placeholders=facts,
            last_step=last,
        )

    def _save(self, changes: Mapping[str, Any]) -> ConfigFlowResult:
        """Keep choices; nothing is kept of what is as the hub has it."""
        options = {**self.config_entry.options, **changes}
        return self.async_create_entry(
            data={key: value for key, value in options.items() if not _usual(value)}
        )


def _usual(value: Any) -> bool:
    if isinstance(value, list):
        return EVERYTHING in value
    return value is None or value is False or value == AUTOMATIC


def pick(
    names: Names,
    mode: SelectSelectorMode | None = SelectSelectorMode.LIST,
    *,
    multiple: bool = False,
) -> SelectSelector:
    """Return the field to pick from names; some of them are texts of ours."""
    labels = _labels(names).items()
    options = [SelectOptionDict(value=key, label=label) for key, label in labels]
    config = SelectSelectorConfig(
        options=options, multiple=multiple, translation_key="choice"
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


def number(
    low: float, high: float, step: float = 1, *, slider: bool = False, unit: str = ""
) -> NumberSelector:
    """Return the field for a number."""
    mode = NumberSelectorMode.SLIDER if slider else NumberSelectorMode.BOX
    config = NumberSelectorConfig(min=low, max=high, step=step, mode=mode)
    if unit:
        config["unit_of_measurement"] = unit
    return NumberSelector(config)


def typed_host(host: str, port: int | None) -> str:
    """Return an address as a person types it."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"
