"""What only the user can cure: shown, explained, and taken back when it is cured."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from http import HTTPStatus
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import CONF_PASSWORD, CONF_USERNAME, STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.crestron_homeseer import hubs
from custom_components.crestron_homeseer.const import (
    CONF_ASCII_PORT,
    CONF_CERTIFICATE,
    CONF_KIND,
    CONF_LICENSE,
    CONF_WEBHOOK,
    DOMAIN,
    KIND_MYHS,
)
from custom_components.crestron_homeseer.house.identity import Comparison, Question
from custom_components.crestron_homeseer.issues import (
    ISSUES,
    PROGRAM_CHANGED,
    RENUMBERED,
    WHO_IS_WHO,
    Issues,
)
from simulator.clock import ManualClock
from simulator.homeseer import Account, HomeSeerSystem, MyHS

from .common import Advance, Home, entry_state, texts
from .conftest import TOKEN
from .flows import choose

SHADE = "cover.kitchen_kitchen_shade"
LIGHT = "light.kitchen_downlights"

type Json = dict[str, Any]
type Fix = Callable[[ir.IssueEntry | None], Awaitable[Json]]


def issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """Return our issues by what they are about; each has its texts."""
    found = {
        issue.translation_key or "": issue
        for issue in ir.async_get(hass).issues.values()
        if issue.domain == DOMAIN and issue.active
    }
    for key, issue in found.items():
        text = texts("issues")[key]
        facts = issue.translation_placeholders or {}
        assert text["title"].format(**facts)
        assert issue.is_fixable or text["description"].format(**facts)
        assert TOKEN not in str(issue)
    return found


async def pin(home: Home, *, on: bool = True) -> None:
    """Switch pinning on or off in the options."""
    flow = await choose(home.hass, home.entry, "certificate")
    await flow.submit(pin_certificate=on)


@pytest.fixture
async def fix(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Fix:
    """Open the dialogue of an issue as the frontend does; without one, agree."""
    assert await async_setup_component(hass, "repairs", {})
    client = await hass_client()
    flow_id = ""

    async def fix(issue: ir.IssueEntry | None) -> Json:
        nonlocal flow_id
        path, data = f"/{flow_id}", {}
        if issue is not None:
            path, data = "", {"handler": issue.domain, "issue_id": issue.issue_id}
        answer = await client.post(f"/api/repairs/issues/fix{path}", json=data)
        assert answer.status == HTTPStatus.OK
        result: Json = await answer.json()
        flow_id = result["flow_id"]
        return result

    return fix


@pytest.fixture
async def pinned(encrypted: Home) -> Home:
    """A processor whose certificate is pinned."""
    await pin(encrypted)
    assert encrypted.entry.state is ConfigEntryState.LOADED
    return encrypted


async def test_a_changed_certificate_stops_everything_until_it_is_accepted(
    pinned: Home, fix: Fix
) -> None:
    hass, secure = pinned.hass, pinned.processor
    old = pinned.entry.options[CONF_CERTIFICATE]
    await pinned.advance(8)
    assert issues(hass) == {}
    await secure.restart()
    secure.requests.clear()
    secure.commands.clear()
    # Before the first read has noticed.
    error = await pinned.refused("light", "turn_off", LIGHT)
    assert error.translation_key == "command_unreachable"
    # It is no accident that the next read might not meet.
    while not pinned.entry.runtime_data.timing.failures:
        await pinned.advance(0.5)
    assert pinned.shown(SHADE, LIGHT) == [STATE_UNAVAILABLE] * 2
    before = secure.connections
    await pinned.advance(120)
    assert not secure.requests
    assert not secure.commands
    # One handshake for each try, and no storm of them.
    assert 1 <= secure.connections - before <= 8
    (issue,) = issues(hass).values()
    assert (issue.translation_key, issue.is_fixable) == ("certificate", True)
    assert issue.severity is ir.IssueSeverity.ERROR

    result = await fix(issue)
    assert result["step_id"] == "confirm"
    shown = result["description_placeholders"]
    assert shown["hub"] == "MC4-R"
    assert shown["pinned"] == bytes.fromhex(old).hex(":").upper()
    assert shown["seen"] != shown["pinned"]
    text = texts("issues")["certificate"]["fix_flow"]["step"]["confirm"]
    assert text["title"].format(**shown)
    assert shown["seen"] in text["description"].format(**shown)
    assert secure.requests == []

    assert (await fix(None))["type"] == FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    new = pinned.entry.options[CONF_CERTIFICATE]
    assert bytes.fromhex(new).hex(":").upper() == shown["seen"]
    assert pinned[SHADE].state == "open"
    assert issues(hass) == {}
    await pinned.act("light", "turn_off", LIGHT)
    assert len(secure.commands) == 1


async def test_set_up_sends_no_token_to_another_certificate(pinned: Home) -> None:
    hass, entry = pinned.hass, pinned.entry
    right = entry.options[CONF_CERTIFICATE]
    # Somebody else answers at the address.
    pinned.processor.requests.clear()
    await pinned.reload(options={CONF_CERTIFICATE: "ab" * 32})
    assert entry_state(entry) is ConfigEntryState.SETUP_RETRY
    assert "another certificate" in str(entry.reason)
    sent = {request.path for request in pinned.processor.requests}
    assert sent <= {"/cws/api/logout"}
    assert set(issues(hass)) == {"certificate"}
    # Who takes the entry out of service is bothered no longer.
    await hass.config_entries.async_unload(entry.entry_id)
    assert issues(hass) == {}
    await hass.config_entries.async_setup(entry.entry_id)
    assert set(issues(hass)) == {"certificate"}
    # Until he does not any more.
    hass.config_entries.async_update_entry(entry, options={CONF_CERTIFICATE: right})
    await pinned.advance(100)
    assert entry.state is ConfigEntryState.LOADED
    assert issues(hass) == {}


async def test_the_issue_goes_when_the_option_is_switched_off(
    pinned: Home, fix: Fix
) -> None:
    await pinned.processor.restart()
    await pinned.advance(20)
    (issue,) = issues(pinned.hass).values()
    await fix(issue)
    await pin(pinned, on=False)
    assert (pinned.entry.options, issues(pinned.hass)) == ({}, {})
    # A dialogue that is still open decides nothing.
    assert (await fix(None))["reason"] == "not_pinned"
    # Without pinning a new certificate is nothing.
    await pinned.processor.restart()
    await pinned.advance(10)
    assert (pinned[SHADE].state, pinned.entry.options) == ("open", {})
    assert issues(pinned.hass) == {}


async def test_a_web_api_that_stays_off_is_shown_after_a_while(home: Home) -> None:
    faults = home.processor.faults
    with faults.during("banner_instead"):
        await home.advance(300)
        assert issues(home.hass) == {}
        await home.advance(400)
        issue = issues(home.hass)["no_api"]
        assert (issue.is_fixable, issue.severity) == (False, ir.IssueSeverity.ERROR)
        # Another trouble meanwhile does not mean that this one is over.
        with faults.during("refuse_connections"):
            await home.advance(70)
            assert set(issues(home.hass)) == {"no_api"}
        # Nor does an attempt to set it up that fails again, which it lasts through.
        await home.hass.config_entries.async_unload(home.entry.entry_id)
        assert issues(home.hass) == {}
        await home.hass.config_entries.async_setup(home.entry.entry_id)
        await home.advance(450)
        assert set(issues(home.hass)) == {"no_api"}
    await home.reload()
    assert home[SHADE].state == "open"
    assert issues(home.hass) == {}


@pytest.fixture
async def cloud(
    hass: HomeAssistant,
    system: HomeSeerSystem,
    clock: ManualClock,
    advance: Advance,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[MyHS]:
    """The cloud, and an entry for the system that is connected to it."""
    account = Account("owner", "secret", ("12345",), "token")
    async with MyHS({"12345": system}, [account], https=False, clock=clock) as cloud:
        monkeypatch.setattr(hubs, "MYHS_URL", URL(cloud.url()))
        data = {CONF_KIND: KIND_MYHS, CONF_LICENSE: "12345"}
        data |= {CONF_USERNAME: "owner", CONF_PASSWORD: "secret"}
        entry = MockConfigEntry(domain=DOMAIN, title="Home", data=data)
        entry.add_to_hass(hass)
        await hass.config_entries.async_setup(entry.entry_id)
        await advance(10)
        yield cloud
        await hass.config_entries.async_unload(entry.entry_id)


async def test_a_system_is_shown_that_is_not_connected_to_its_cloud_or_not_to_be_read(
    hass: HomeAssistant,
    cloud: MyHS,
    system: HomeSeerSystem,
    advance: Advance,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(ISSUES, "offline", 60.0)
    cloud.offline.add("12345")
    await advance(50)
    assert issues(hass) == {}
    await advance(150)
    assert set(issues(hass)) == {"offline"}
    cloud.offline.clear()
    await advance(70)
    assert issues(hass) == {}
    with system.faults.during("json_disabled"):
        await advance(250)
        assert issues(hass) == {}
        await advance(200)
        assert set(issues(hass)) == {"no_api"}
    await advance(70)
    assert issues(hass) == {}


@pytest.mark.parametrize("wanted", [True, False])
async def test_a_port_is_missed_that_was_asked_for(
    hass: HomeAssistant,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
    advance: Advance,
    wanted: bool,
) -> None:
    options = {CONF_ASCII_PORT: system.ascii_port} if wanted else {CONF_WEBHOOK: False}
    hass.config_entries.async_update_entry(homeseer_entry, options=options)
    system.faults.on("ascii_closed")
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await advance(500)
    assert issues(hass) == {}
    await advance(200)
    assert set(issues(hass)) == ({"no_push"} if wanted else set())
    for issue in issues(hass).values():
        assert issue.severity is ir.IssueSeverity.WARNING
        assert str(system.ascii_port) in str(issue.translation_placeholders)
    system.faults.off("ascii_closed")
    await advance(450)
    assert issues(hass) == {}
    await hass.config_entries.async_unload(homeseer_entry.entry_id)


def test_each_issue_has_a_text() -> None:
    assert set(texts("issues")) == {*ISSUES, PROGRAM_CHANGED, RENUMBERED, WHO_IS_WHO}


async def test_what_was_numbered_anew_is_shown_until_it_was_read(
    home: Home, fix: Fix
) -> None:
    compared = Comparison(devices={"light-1": "light-1027"})
    Issues.of(home.hass, home.entry).compared(
        compared, home.entry.runtime_data.data, None
    )
    (issue,) = issues(home.hass).values()
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["names"] == "Downlights"
    assert issue.is_persistent
    assert (await fix(issue))["step_id"] == "confirm"
    assert (await fix(None))["type"] == FlowResultType.CREATE_ENTRY
    assert issues(home.hass) == {}


async def test_who_is_who_is_asked_only_while_the_hub_is_there(
    home: Home, fix: Fix
) -> None:
    compared = Comparison(questions=(Question(("light-1",), ("light-2",)),))
    Issues.of(home.hass, home.entry).compared(
        compared, home.entry.runtime_data.data, None
    )
    (issue,) = issues(home.hass).values()
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    assert (await fix(issue))["reason"] == "not_loaded"
    # Nothing of an entry that is removed is left.
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    assert issues(home.hass) == {}
