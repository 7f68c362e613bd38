"""A processor that asks the network for an address is offered, or followed."""

from collections.abc import Generator
from unittest.mock import patch

from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_IGNORE,
    ConfigEntryState,
    ConfigFlowResult,
)
from homeassistant.const import CONF_HOST, CONF_PORT, CONF_SSL, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.crestron_homeseer.const import CONF_KIND, DOMAIN, KIND_CRESTRON
from custom_components.crestron_homeseer.crestron.client import Address
from simulator.crestron import CrestronProcessor

from .common import Advance, texts
from .conftest import TOKEN
from .flows import address, finish, shown, start, submit, tokens, trouble

MAC = "00:10:7f:12:34:56"
OTHER_MAC = "00:10:7f:65:43:21"
# Another address of the simulated processor; sockets reach only its own.
ELSEWHERE = "192.0.2.7"


async def discover(
    hass: HomeAssistant, host: str, mac: str = MAC, hostname: str = "mc4-r-00107f123456"
) -> ConfigFlowResult:
    """Say that a device has got an address."""
    result = await hass.config_entries.flow.async_init(
        DOMAIN,
        context={"source": SOURCE_DHCP},
        data=DhcpServiceInfo(host, hostname, mac.replace(":", "")),
    )
    await hass.async_block_till_done()
    return result


@pytest.fixture(autouse=True)
def usual_port(request: pytest.FixtureRequest) -> Generator[None]:
    """Take the simulator's port for the usual one, which a discovery has to assume."""
    secure = {"secure", "secure_loaded"} & set(request.fixturenames)
    processor = request.getfixturevalue("secure" if secure else "processor")

    def root(address: Address) -> URL:
        scheme = "https" if address.https else "http"
        port = address.port or processor.port
        host = "127.0.0.1" if address.host == ELSEWHERE else address.host
        return URL.build(scheme=scheme, host=host, port=port, path="/cws/api")

    with patch.object(Address, "root", property(root)):
        yield


def hub_connections(
    hass: HomeAssistant, entry: MockConfigEntry
) -> set[tuple[str, str]]:
    """Return by what the registry would know a hub again."""
    identifier = (DOMAIN, f"{entry.entry_id}_hub")
    device = dr.async_get(hass).async_get_device_by_identifier(
        identifier, entry.entry_id
    )
    assert device is not None
    return device.connections


async def test_a_new_processor_is_offered_and_added(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    result = await discover(hass, secure.host)
    assert result["type"] is FlowResultType.FORM
    assert result["step_id"] == "discovered"
    assert (shown(result, "model"), shown(result, "host")) == ("MC4-R", secure.host)
    (flow,) = hass.config_entries.flow.async_progress()
    title = texts("config")["flow_title"].format(
        **flow["context"]["title_placeholders"]
    )
    assert title == "MC4-R (127.0.0.1)"
    # Nothing secret goes out before a person says so.
    assert not tokens(secure)
    result = await submit(hass, result["flow_id"], token="wrong")
    assert result["step_id"] == "discovered"
    assert result["errors"] == {CONF_TOKEN: "bad_token"}
    result = await submit(hass, result["flow_id"], token=f" {TOKEN} ")
    assert result["step_id"] == "found"
    entry = (await finish(hass, result["flow_id"]))["result"]
    assert entry.unique_id == MAC
    assert entry.data[CONF_HOST] == secure.host
    assert entry.data[CONF_PORT] is None
    assert entry.data[CONF_TOKEN] == TOKEN
    assert hub_connections(hass, entry) == {(dr.CONNECTION_NETWORK_MAC, MAC)}


async def test_plain_http_is_asked_about(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    result = await discover(hass, processor.host)
    result = await submit(hass, result["flow_id"], token=TOKEN)
    assert result["step_id"] == "plain_http"
    assert not tokens(processor)
    result = await submit(hass, result["flow_id"])
    entry = (await finish(hass, result["flow_id"]))["result"]
    assert entry.data[CONF_SSL] is False


async def test_only_a_processor_is_offered_and_once(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    for fault in ("http_404", "html_login_page", "boot_503"):
        with secure.faults.during(fault):
            result = await discover(hass, secure.host)
        assert result["reason"] == "no_processor"
        assert not hass.config_entries.flow.async_progress()
    result = await discover(hass, secure.host)
    assert result["step_id"] == "discovered"
    assert (await discover(hass, secure.host))["reason"] == "already_in_progress"


async def test_what_was_ignored_stays_ignored(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    MockConfigEntry(domain=DOMAIN, source=SOURCE_IGNORE, unique_id=MAC).add_to_hass(
        hass
    )
    result = await discover(hass, secure.host)
    assert result["reason"] == "already_configured"
    # It says nothing about another one.
    result = await discover(hass, secure.host, OTHER_MAC)
    assert result["step_id"] == "discovered"


@pytest.mark.parametrize(
    ("at", "unique_id", "offered"), [("127.0.0.1", MAC, 0), (ELSEWHERE, None, 1)]
)
async def test_what_is_added_by_hand_is_no_longer_offered(
    hass: HomeAssistant,
    secure: CrestronProcessor,
    at: str,
    unique_id: str | None,
    offered: int,
) -> None:
    await discover(hass, at)
    flow_id = await start(hass, KIND_CRESTRON)
    await submit(hass, flow_id, host=address(secure), token=TOKEN)
    assert (await finish(hass, flow_id))["result"].unique_id == unique_id
    assert len(hass.config_entries.flow.async_progress()) == offered


@pytest.mark.parametrize("named", [False, True])
async def test_one_that_was_added_by_hand_is_known_from_then_on(
    hass: HomeAssistant, loaded: MockConfigEntry, named: bool
) -> None:
    if named:
        data = {**loaded.data, CONF_HOST: "MC4-R-Cellar.lan"}
        hass.config_entries.async_update_entry(loaded, data=data)
    result = await discover(
        hass, "127.0.0.2" if named else "127.0.0.1", hostname="mc4-r-cellar"
    )
    assert result["reason"] == "already_configured"
    assert loaded.unique_id == MAC
    assert hub_connections(hass, loaded) == {(dr.CONNECTION_NETWORK_MAC, MAC)}
    assert loaded.state is ConfigEntryState.LOADED


@pytest.mark.parametrize("why", ["not set up", "outage", "known already"])
async def test_no_other_network_card_is_learnt(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    processor: CrestronProcessor,
    advance: Advance,
    why: str,
) -> None:
    before = OTHER_MAC if why == "known already" else None
    hass.config_entries.async_update_entry(entry, unique_id=before)
    if why != "not set up":
        await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
    # What has the address of a processor that does not answer may be anything.
    with trouble(processor, "refuse_connections" if why == "outage" else ""):
        await advance(10)
        result = await discover(hass, processor.host)
    assert result["reason"] == "already_configured"
    assert entry.unique_id == before


async def test_others_are_offered_beside_what_is_there(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    homeseer_entry: MockConfigEntry,
    secure: CrestronProcessor,
) -> None:
    result = await discover(hass, ELSEWHERE)
    assert result["step_id"] == "discovered"
    # HomeSeer at the same address is something else.
    await hass.config_entries.async_remove(loaded.entry_id)
    result = await discover(hass, homeseer_entry.data[CONF_HOST], OTHER_MAC)
    assert result["step_id"] == "discovered"


async def test_one_that_was_added_by_its_name_meanwhile_is_not_added_again(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    result = await discover(hass, secure.host, hostname="mc4-r-cellar")
    data = {CONF_KIND: KIND_CRESTRON, CONF_HOST: "mc4-r-cellar.lan"}
    MockConfigEntry(domain=DOMAIN, data=data).add_to_hass(hass)
    result = await submit(hass, result["flow_id"], token=TOKEN)
    assert result["reason"] == "already_configured"
    assert not tokens(secure)


@pytest.fixture
def moved(hass: HomeAssistant, secure_loaded: MockConfigEntry) -> MockConfigEntry:
    """An entry whose processor has been moved to where it answers now."""
    hass.config_entries.async_update_entry(
        secure_loaded,
        unique_id=MAC,
        data={**secure_loaded.data, CONF_HOST: "127.0.0.9"},
    )
    return secure_loaded


async def test_a_processor_is_followed_to_its_new_address(
    hass: HomeAssistant, moved: MockConfigEntry, secure: CrestronProcessor
) -> None:
    result = await discover(hass, secure.host)
    assert result["reason"] == "already_configured"
    assert moved.data[CONF_HOST] == secure.host
    assert moved.state is ConfigEntryState.LOADED
    # Where it stays, nothing is read anew.
    secure.requests.clear()
    await discover(hass, secure.host)
    assert not secure.requests


@pytest.mark.parametrize(
    ("fault", "followed"),
    [
        # It still starts.
        ("refuse_connections", True),
        ("boot_503", True),
        # It is something else.
        ("html_login_page", False),
        ("http_where_https", False),
    ],
)
async def test_only_what_may_be_the_processor_is_followed(
    hass: HomeAssistant,
    moved: MockConfigEntry,
    secure: CrestronProcessor,
    fault: str,
    followed: bool,
) -> None:
    secure.requests.clear()
    with secure.faults.during(fault):
        result = await discover(hass, secure.host)
    reason = "already_configured" if followed else "no_processor"
    assert result["reason"] == reason
    assert moved.data[CONF_HOST] == (secure.host if followed else "127.0.0.9")
    assert moved.state is ConfigEntryState.SETUP_RETRY or not followed
    assert followed or not tokens(secure)


async def test_a_name_that_was_typed_stays(
    hass: HomeAssistant, moved: MockConfigEntry, secure: CrestronProcessor
) -> None:
    data = {**moved.data, CONF_HOST: "processor.lan"}
    hass.config_entries.async_update_entry(moved, data=data)
    result = await discover(hass, secure.host)
    assert result["reason"] == "already_configured"
    assert moved.data[CONF_HOST] == "processor.lan"


async def test_a_new_address_by_hand_may_be_another_network_card(
    hass: HomeAssistant, moved: MockConfigEntry, secure: CrestronProcessor
) -> None:
    result = await moved.start_reconfigure_flow(hass)
    result = await submit(hass, result["flow_id"], host=address(secure))
    assert result["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert moved.unique_id is None
    assert hub_connections(hass, moved) == set()
