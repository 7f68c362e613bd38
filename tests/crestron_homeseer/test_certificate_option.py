"""Choosing to trust one certificate alone."""

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.crestron_homeseer.const import (
    CONF_CERTIFICATE,
    CONF_VOLUME_SCALE,
)
from simulator.crestron import CrestronProcessor

from .common import act, texts
from .options import choose, submit as options_submit

PIN = "pin_certificate"


async def start(hass: HomeAssistant, entry: MockConfigEntry) -> ConfigFlowResult:
    """Open the options; all that is shown has its texts."""
    menu = await hass.config_entries.options.async_init(entry.entry_id)
    assert "certificate" in menu["menu_options"]
    assert "counts" in menu["menu_options"]
    result = await hass.config_entries.options.async_configure(
        menu["flow_id"], {"next_step_id": "certificate"}
    )
    assert result["type"] is FlowResultType.FORM
    text = texts("options")["step"][result["step_id"]]
    assert text["description"].format(**(result["description_placeholders"] or {}))
    assert set(text["data"]) == {PIN}
    return result


async def submit(hass: HomeAssistant, flow_id: str, *, on: bool) -> ConfigFlowResult:
    """Choose."""
    result = await hass.config_entries.options.async_configure(flow_id, {PIN: on})
    for error in (result.get("errors") or {}).values():
        assert error in texts("options")["error"]
    await hass.async_block_till_done()
    return result


def suggested(result: ConfigFlowResult) -> bool:
    """Return what the form has at first."""
    schema = result["data_schema"]
    assert schema is not None
    return bool(next(iter(schema.schema)).default())


async def test_it_is_off_until_it_is_switched_on(
    hass: HomeAssistant, secure_loaded: MockConfigEntry
) -> None:
    result = await start(hass, secure_loaded)
    assert not suggested(result)
    result = await submit(hass, result["flow_id"], on=False)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert secure_loaded.options == {}


async def test_what_is_shown_at_that_moment_is_pinned_and_stays(
    hass: HomeAssistant, secure_loaded: MockConfigEntry, secure: CrestronProcessor
) -> None:
    result = await start(hass, secure_loaded)
    await submit(hass, result["flow_id"], on=True)
    pinned = secure_loaded.options[CONF_CERTIFICATE]
    assert len(bytes.fromhex(pinned)) == 32
    assert secure_loaded.state is ConfigEntryState.LOADED
    # To look at it and to say yes again accepts no other one.
    await secure.restart()
    result = await start(hass, secure_loaded)
    assert suggested(result)
    shown = result["description_placeholders"]
    assert shown == {"pinned": bytes.fromhex(pinned).hex(":").upper()}
    await submit(hass, result["flow_id"], on=True)
    assert secure_loaded.options == {CONF_CERTIFICATE: pinned}
    result = await start(hass, secure_loaded)
    await submit(hass, result["flow_id"], on=False)
    assert secure_loaded.options == {}
    assert secure_loaded.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("fault", ["refuse_connections", "http_where_https"])
async def test_what_cannot_be_seen_cannot_be_pinned(
    hass: HomeAssistant,
    secure_loaded: MockConfigEntry,
    secure: CrestronProcessor,
    fault: str,
) -> None:
    result = await start(hass, secure_loaded)
    with secure.faults.during(fault):
        result = await submit(hass, result["flow_id"], on=True)
    assert result["errors"] == {PIN: "certificate_unseen"}
    result = await submit(hass, result["flow_id"], on=True)
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert secure_loaded.options[CONF_CERTIFICATE]


async def test_without_encryption_there_is_no_certificate(
    hass: HomeAssistant, loaded: MockConfigEntry
) -> None:
    result = await hass.config_entries.options.async_init(loaded.entry_id)
    assert "certificate" not in result["menu_options"]


async def test_who_knows_how_volumes_are_counted_may_say_so(
    hass: HomeAssistant, loaded: MockConfigEntry, processor: CrestronProcessor
) -> None:
    shown = await choose(hass, loaded, "counts")
    await options_submit(
        hass, shown["flow_id"], volume_scale="percent", fade_unit="automatic"
    )
    assert loaded.options == {CONF_VOLUME_SCALE: "percent"}
    processor.change(volume_write="percent", command_latency=0.0)
    processor.requests.clear()
    room = "media_player.living_room"
    await act(hass, "media_player", "volume_set", room, volume_level=0.4)
    sent = [each.path.split("/")[-1] for each in processor.requests if each.body == {}]
    # Once, and nothing is read back for it.
    assert sent == ["40"]
    shown = await choose(hass, loaded, "counts")
    await options_submit(
        hass, shown["flow_id"], volume_scale="automatic", fade_unit="automatic"
    )
    assert loaded.options == {}
