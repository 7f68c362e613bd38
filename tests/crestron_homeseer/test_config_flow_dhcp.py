"""A processor that asks the network for an address is offered, or followed."""

from collections.abc import Generator
from unittest.mock import patch

from homeassistant.config_entries import (
    SOURCE_DHCP,
    SOURCE_IGNORE,
    ConfigEntry,
    ConfigEntryState,
)
from homeassistant.const import CONF_HOST, CONF_PORT, CONF_SSL, CONF_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from yarl import URL

from custom_components.crestron_homeseer.const import CONF_KIND, DOMAIN, KIND_CRESTRON
from custom_components.crestron_homeseer.crestron.client import Address
from simulator.crestron import CrestronProcessor

from .common import Advance, entry_state, set_up, texts
from .conftest import TOKEN
from .flows import Flow, add, address, again, tokens, trouble

MAC = "00:10:7f:12:34:56"
OTHER_MAC = "00:10:7f:65:43:21"
# Another address of the simulated processor; sockets reach only its own.
ELSEWHERE = "192.0.2.7"


async def discover(
    hass: HomeAssistant, host: str, mac: str = MAC, hostname: str = "mc4-r-00107f123456"
) -> Flow:
    """Say that a device has got an address."""
    flows = hass.config_entries.flow
    found = DhcpServiceInfo(host, hostname, mac.replace(":", ""))
    page = await flows.async_init(DOMAIN, context={"source": SOURCE_DHCP}, data=found)
    await hass.async_block_till_done()
    return Flow(hass, flows, page)


@pytest.fixture(autouse=True)
def usual_port(request: pytest.FixtureRequest) -> Generator[None]:
    """Take the simulator's port for the usual one, which a discovery has to assume."""
    secure = {"secure", "secure_loaded"} & set(request.fixturenames)
    processor = request.getfixturevalue("secure" if secure else "processor")

    def url(address: Address, path: str) -> URL:
        scheme = "https" if address.https else "http"
        port = address.port or processor.port
        host = "127.0.0.1" if address.host == ELSEWHERE else address.host
        root = URL.build(scheme=scheme, host=host, port=port, path="/cws/api")
        return root.joinpath(path, encoded=True) if path else root

    with patch("custom_components.crestron_homeseer.crestron.client._url", url):
        yield


def hub_connections(hass: HomeAssistant, entry: ConfigEntry) -> set[tuple[str, str]]:
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
    flow = await discover(hass, secure.host)
    assert flow.step == "discovered"
    assert (flow.facts["model"], flow.facts["host"]) == ("MC4-R", secure.host)
    (known,) = hass.config_entries.flow.async_progress()
    title = texts("config")["flow_title"]
    shown = title.format(**known["context"]["title_placeholders"])
    assert shown == "MC4-R (127.0.0.1)"
    assert (await discover(hass, secure.host)).step == "already_in_progress"
    # Nothing secret goes out before a person says so.
    assert not tokens(secure)
    await flow.submit(token="wrong")
    assert (flow.step, flow.error) == ("discovered", "bad_token")
    assert (await flow.submit(token=f" {TOKEN} ")).step == "found"
    entry = await flow.finish()
    assert entry.unique_id == MAC
    stored = [entry.data[key] for key in (CONF_HOST, CONF_PORT, CONF_TOKEN)]
    assert stored == [secure.host, None, TOKEN]
    assert hub_connections(hass, entry) == {(dr.CONNECTION_NETWORK_MAC, MAC)}


async def test_plain_http_is_asked_about(
    hass: HomeAssistant, processor: CrestronProcessor
) -> None:
    flow = await discover(hass, processor.host)
    assert (await flow.submit(token=TOKEN)).step == "plain_http"
    assert not tokens(processor)
    entry = await (await flow.submit()).finish()
    assert entry.data[CONF_SSL] is False


@pytest.mark.parametrize("fault", ["http_404", "html_login_page", "boot_503"])
async def test_only_a_processor_is_offered(
    hass: HomeAssistant, secure: CrestronProcessor, fault: str
) -> None:
    with secure.faults.during(fault):
        assert (await discover(hass, secure.host)).step == "no_processor"
    assert not hass.config_entries.flow.async_progress()


async def test_what_was_ignored_stays_ignored(
    hass: HomeAssistant, secure: CrestronProcessor
) -> None:
    ignored = MockConfigEntry(domain=DOMAIN, source=SOURCE_IGNORE, unique_id=MAC)
    ignored.add_to_hass(hass)
    assert (await discover(hass, secure.host)).step == "already_configured"
    assert ignored.data == {}
    # It says nothing about another one.
    assert (await discover(hass, secure.host, OTHER_MAC)).step == "discovered"


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
    flow = await add(hass, KIND_CRESTRON, host=address(secure), token=TOKEN)
    assert (await flow.finish()).unique_id == unique_id
    assert len(hass.config_entries.flow.async_progress()) == offered


@pytest.mark.parametrize("named", [False, True])
async def test_one_that_was_added_by_hand_is_known_from_then_on(
    hass: HomeAssistant, loaded: MockConfigEntry, named: bool
) -> None:
    if named:
        data = {**loaded.data, CONF_HOST: "MC4-R-Cellar.lan"}
        hass.config_entries.async_update_entry(loaded, data=data)
    host = "127.0.0.2" if named else "127.0.0.1"
    flow = await discover(hass, host, hostname="mc4-r-cellar")
    assert flow.step == "already_configured"
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
        await set_up(hass, entry)
    # What has the address of a processor that does not answer may be anything.
    with trouble(processor, "refuse_connections" if why == "outage" else ""):
        await advance(10)
        flow = await discover(hass, processor.host)
    assert (flow.step, entry.unique_id) == ("already_configured", before)


async def test_others_are_offered_beside_what_is_there(
    hass: HomeAssistant,
    loaded: MockConfigEntry,
    homeseer_entry: MockConfigEntry,
    secure: CrestronProcessor,
) -> None:
    assert (await discover(hass, ELSEWHERE)).step == "discovered"
    # HomeSeer at the same address is something else.
    await hass.config_entries.async_remove(loaded.entry_id)
    flow = await discover(hass, homeseer_entry.data[CONF_HOST], OTHER_MAC)
    assert flow.step == "discovered"
    # One that was added by its name meanwhile is not added again.
    data = {CONF_KIND: KIND_CRESTRON, CONF_HOST: "mc4-r-00107f123456.lan"}
    MockConfigEntry(domain=DOMAIN, data=data).add_to_hass(hass)
    assert (await flow.submit(token=TOKEN)).step == "already_configured"
    assert not tokens(secure)


@pytest.fixture
def moved(hass: HomeAssistant, secure_loaded: MockConfigEntry) -> MockConfigEntry:
    """An entry whose processor has been moved to where it answers now."""
    data = {**secure_loaded.data, CONF_HOST: "127.0.0.9"}
    hass.config_entries.async_update_entry(secure_loaded, unique_id=MAC, data=data)
    return secure_loaded


async def test_a_processor_is_followed_to_its_new_address(
    hass: HomeAssistant, moved: MockConfigEntry, secure: CrestronProcessor
) -> None:
    # It asks for its address when it starts, minutes before it answers.
    with secure.faults.during("refuse_connections"):
        assert (await discover(hass, secure.host)).step == "already_configured"
    assert moved.data[CONF_HOST] == secure.host
    assert entry_state(moved) is ConfigEntryState.SETUP_RETRY
    await discover(hass, secure.host)
    assert moved.state is ConfigEntryState.LOADED
    # Where it stays, nothing is read anew.
    secure.requests.clear()
    await discover(hass, secure.host)
    assert not secure.requests
    # Who typed a name has somebody else to follow it.
    data = {**moved.data, CONF_HOST: "processor.lan"}
    hass.config_entries.async_update_entry(moved, data=data)
    assert (await discover(hass, secure.host)).step == "already_configured"
    assert moved.data[CONF_HOST] == "processor.lan"


async def test_a_new_address_by_hand_may_be_another_network_card(
    hass: HomeAssistant, moved: MockConfigEntry, secure: CrestronProcessor
) -> None:
    flow = await again(hass, moved, "reconfigure")
    await flow.submit(host=address(secure))
    assert flow.step == "reconfigure_successful"
    assert moved.unique_id is None
    assert hub_connections(hass, moved) == set()
