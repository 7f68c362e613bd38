"""What only the user can cure: told, explained, and taken back when it is cured."""

from http import HTTPStatus
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.crestron_homeseer.const import (
    CONF_ASCII_PORT,
    CONF_CERTIFICATE,
    CONF_WEBHOOK,
    DOMAIN,
)
from custom_components.crestron_homeseer.house.identity import Comparison, Question
from custom_components.crestron_homeseer.issues import (
    ISSUES,
    RENUMBERED,
    WHO_IS_WHO,
    Issues,
)
from simulator.crestron import CrestronProcessor
from simulator.homeseer import HomeSeerSystem

from .common import Advance, act, state, texts
from .conftest import TOKEN

SHADE = "cover.kitchen_kitchen_shade"
LIGHT = "light.kitchen_downlights"


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


async def pin(hass: HomeAssistant, entry: MockConfigEntry, *, on: bool = True) -> None:
    """Switch pinning on or off in the options."""
    result = await hass.config_entries.options.async_init(entry.entry_id)
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], {"next_step_id": "certificate"}
    )
    result = await hass.config_entries.options.async_configure(
        result["flow_id"], {"pin_certificate": on}
    )
    assert result["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()


class Repair:
    """Repairs an issue as the frontend does."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._flow_id = ""

    async def start(self, issue: ir.IssueEntry) -> dict[str, Any]:
        """Open the dialogue."""
        answer = await self._client.post(
            "/api/repairs/issues/fix",
            json={"handler": issue.domain, "issue_id": issue.issue_id},
        )
        assert answer.status == HTTPStatus.OK
        result: dict[str, Any] = await answer.json()
        self._flow_id = result["flow_id"]
        return result

    async def submit(self) -> dict[str, Any]:
        """Say yes."""
        answer = await self._client.post(
            f"/api/repairs/issues/fix/{self._flow_id}", json={}
        )
        assert answer.status == HTTPStatus.OK
        result: dict[str, Any] = await answer.json()
        return result


@pytest.fixture
async def repair(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> Repair:
    """What repairs issues."""
    assert await async_setup_component(hass, "repairs", {})
    return Repair(await hass_client())


@pytest.fixture
async def pinned(
    hass: HomeAssistant, secure_loaded: MockConfigEntry
) -> MockConfigEntry:
    """The entry of a processor whose certificate is pinned."""
    await pin(hass, secure_loaded)
    assert secure_loaded.state is ConfigEntryState.LOADED
    return secure_loaded


def tokens(processor: CrestronProcessor) -> int:
    """Return how often the token came in."""
    return sum(
        "Crestron-RestAPI-AuthToken" in request.headers
        for request in processor.requests
    )


async def test_a_changed_certificate_stops_everything_until_it_is_accepted(
    hass: HomeAssistant,
    pinned: MockConfigEntry,
    secure: CrestronProcessor,
    advance: Advance,
    repair: Repair,
) -> None:
    old = pinned.options[CONF_CERTIFICATE]
    await advance(8)
    assert issues(hass) == {}
    await secure.restart()
    secure.requests.clear()
    secure.commands.clear()
    before = secure.connections
    await advance(120)
    assert state(hass, SHADE).state == STATE_UNAVAILABLE
    assert state(hass, LIGHT).state == STATE_UNAVAILABLE
    assert secure.requests == []
    # One handshake for each try, and no storm of them.
    assert 1 <= secure.connections - before <= 8
    (issue,) = issues(hass).values()
    assert issue.translation_key == "certificate"
    assert issue.is_fixable
    assert issue.severity is ir.IssueSeverity.ERROR

    result = await repair.start(issue)
    assert result["step_id"] == "confirm"
    shown = result["description_placeholders"]
    assert shown["hub"] == "MC4-R"
    assert shown["pinned"] == bytes.fromhex(old).hex(":").upper()
    assert shown["seen"] != shown["pinned"]
    text = texts("issues")["certificate"]["fix_flow"]["step"]["confirm"]
    assert text["title"].format(**shown)
    assert shown["seen"] in text["description"].format(**shown)
    assert secure.requests == []

    assert (await repair.submit())["type"] == FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    new = pinned.options[CONF_CERTIFICATE]
    assert bytes.fromhex(new).hex(":").upper() == shown["seen"]
    assert state(hass, SHADE).state == "open"
    assert issues(hass) == {}
    await act(hass, "light", "turn_off", LIGHT)
    assert len(secure.commands) == 1


async def test_a_command_goes_to_no_other_certificate(
    hass: HomeAssistant, pinned: MockConfigEntry, secure: CrestronProcessor
) -> None:
    await secure.restart()
    secure.requests.clear()
    secure.commands.clear()
    # Before the first read has noticed.
    with pytest.raises(HomeAssistantError) as caught:
        await act(hass, "light", "turn_off", LIGHT)
    assert caught.value.translation_key == "command_unreachable"
    assert secure.requests == []
    assert secure.commands == []


async def test_another_certificate_is_no_accident(
    hass: HomeAssistant,
    pinned: MockConfigEntry,
    secure: CrestronProcessor,
    advance: Advance,
) -> None:
    await secure.restart()
    while not pinned.runtime_data.timing.failures:
        await advance(0.5)
    assert state(hass, SHADE).state == STATE_UNAVAILABLE


async def test_set_up_sends_no_token_to_another_certificate(
    hass: HomeAssistant, pinned: MockConfigEntry, secure: CrestronProcessor
) -> None:
    await hass.config_entries.async_unload(pinned.entry_id)
    await secure.restart()
    secure.requests.clear()
    await hass.config_entries.async_setup(pinned.entry_id)
    assert pinned.state is ConfigEntryState.SETUP_RETRY
    assert "another certificate" in str(pinned.reason)
    assert secure.requests == []
    assert set(issues(hass)) == {"certificate"}
    # Who takes the entry out of service is bothered no longer.
    await hass.config_entries.async_unload(pinned.entry_id)
    assert issues(hass) == {}


async def test_the_issue_goes_when_the_option_is_switched_off(
    hass: HomeAssistant,
    pinned: MockConfigEntry,
    secure: CrestronProcessor,
    advance: Advance,
    repair: Repair,
) -> None:
    await secure.restart()
    await advance(20)
    (issue,) = issues(hass).values()
    await repair.start(issue)
    await pin(hass, pinned, on=False)
    assert pinned.options == {}
    assert issues(hass) == {}
    assert state(hass, SHADE).state == "open"
    # A dialogue that is still open decides nothing.
    result = await repair.submit()
    assert result["type"] == FlowResultType.ABORT
    reasons = texts("issues")["certificate"]["fix_flow"]["abort"]
    assert result["reason"] in reasons
    assert pinned.options == {}


async def test_the_issue_goes_when_the_old_certificate_is_back(
    hass: HomeAssistant,
    pinned: MockConfigEntry,
    secure: CrestronProcessor,
    advance: Advance,
) -> None:
    right = pinned.options[CONF_CERTIFICATE]
    # Somebody else answers at the address, until he does not any more.
    hass.config_entries.async_update_entry(
        pinned, options={CONF_CERTIFICATE: "ab" * 32}
    )
    await hass.config_entries.async_reload(pinned.entry_id)
    assert set(issues(hass)) == {"certificate"}
    hass.config_entries.async_update_entry(pinned, options={CONF_CERTIFICATE: right})
    await advance(100)
    assert pinned.state is ConfigEntryState.LOADED
    assert issues(hass) == {}


async def test_without_pinning_a_new_certificate_is_nothing(
    hass: HomeAssistant,
    secure_loaded: MockConfigEntry,
    secure: CrestronProcessor,
    advance: Advance,
) -> None:
    await secure.restart()
    await advance(10)
    assert state(hass, SHADE).state == "open"
    assert issues(hass) == {}


async def test_an_encrypted_processor_is_never_spoken_to_in_the_clear(
    hass: HomeAssistant,
    secure_loaded: MockConfigEntry,
    secure: CrestronProcessor,
    advance: Advance,
) -> None:
    await advance(6)
    secure.faults.on("http_where_https")
    secure.requests.clear()
    await advance(40)
    assert state(hass, SHADE).state == STATE_UNAVAILABLE
    assert secure.requests == []
    await hass.config_entries.async_reload(secure_loaded.entry_id)
    assert secure_loaded.state is ConfigEntryState.SETUP_RETRY
    assert secure.requests == []
    secure.faults.off("http_where_https")
    await hass.config_entries.async_reload(secure_loaded.entry_id)
    assert secure_loaded.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("fault", ["banner_instead", "http_404"])
async def test_a_web_api_that_stays_off_is_told_after_a_while(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    fault: str,
) -> None:
    await advance(6)
    with processor.faults.during(fault):
        await advance(300)
        assert issues(hass) == {}
        await advance(400)
        (issue,) = issues(hass).values()
        assert issue.translation_key == "no_api"
        assert not issue.is_fixable
        assert state(hass, SHADE).state == STATE_UNAVAILABLE
        # Another trouble meanwhile does not mean that this one is over.
        with processor.faults.during("refuse_connections"):
            await advance(70)
            assert set(issues(hass)) == {"no_api"}
    await advance(70)
    assert state(hass, SHADE).state == "open"
    assert issues(hass) == {}


async def test_a_web_api_that_is_off_at_set_up_is_told_too(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
) -> None:
    with processor.faults.during("banner_instead"):
        await hass.config_entries.async_setup(entry.entry_id)
        assert entry.state is ConfigEntryState.SETUP_RETRY
        await advance(200)
        assert issues(hass) == {}
        await advance(250)
        assert set(issues(hass)) == {"no_api"}
    # Home Assistant waits longer and longer between its tries.
    await hass.config_entries.async_reload(entry.entry_id)
    assert entry.state is ConfigEntryState.LOADED
    assert issues(hass) == {}


async def test_json_that_is_switched_off_is_told(
    hass: HomeAssistant,
    homeseer_loaded: MockConfigEntry,
    system: HomeSeerSystem,
    advance: Advance,
) -> None:
    with system.faults.during("json_disabled"):
        await advance(250)
        assert issues(hass) == {}
        await advance(200)
        assert set(issues(hass)) == {"no_api"}
    await advance(70)
    assert issues(hass) == {}


async def test_a_port_that_was_asked_for_is_missed(
    hass: HomeAssistant,
    homeseer_entry: MockConfigEntry,
    system: HomeSeerSystem,
    advance: Advance,
) -> None:
    hass.config_entries.async_update_entry(
        homeseer_entry, options={CONF_ASCII_PORT: system.ascii_port}
    )
    system.faults.on("ascii_closed")
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await advance(500)
    assert issues(hass) == {}
    await advance(200)
    (issue,) = issues(hass).values()
    assert issue.translation_key == "no_push"
    assert issue.severity is ir.IssueSeverity.WARNING
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["port"] == str(system.ascii_port)
    system.faults.off("ascii_closed")
    await advance(450)
    assert issues(hass) == {}
    await hass.config_entries.async_unload(homeseer_entry.entry_id)


async def test_a_port_that_nobody_asked_for_is_not_missed(
    hass: HomeAssistant, homeseer_entry: MockConfigEntry, advance: Advance
) -> None:
    hass.config_entries.async_update_entry(
        homeseer_entry, options={CONF_WEBHOOK: False}
    )
    await hass.config_entries.async_setup(homeseer_entry.entry_id)
    await advance(700)
    assert issues(hass) == {}
    await hass.config_entries.async_unload(homeseer_entry.entry_id)


def test_each_issue_has_a_text() -> None:
    assert set(texts("issues")) == {*ISSUES, RENUMBERED, WHO_IS_WHO}


async def test_what_was_numbered_anew_is_told_until_it_was_read(
    hass: HomeAssistant, loaded: MockConfigEntry, repair: Repair
) -> None:
    house = loaded.runtime_data.data
    renumbered = Comparison(devices={"light-1": "light-1027"})
    Issues.of(hass, loaded).renumbered(renumbered, house)
    (issue,) = issues(hass).values()
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["names"] == "Downlights"
    assert (await repair.start(issue))["step_id"] == "confirm"
    assert (await repair.submit())["type"] == FlowResultType.CREATE_ENTRY
    assert issues(hass) == {}


async def test_who_is_who_is_asked_only_while_the_hub_is_there(
    hass: HomeAssistant, loaded: MockConfigEntry, repair: Repair
) -> None:
    asked = Comparison(questions=(Question(("light-1",), ("light-2",)),))
    Issues.of(hass, loaded).ask_who_is_who(asked)
    (issue,) = issues(hass).values()
    await hass.config_entries.async_unload(loaded.entry_id)
    assert (await repair.start(issue))["reason"] == "not_loaded"
