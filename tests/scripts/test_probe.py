"""The probe, against a simulated processor, system and cloud."""

from dataclasses import dataclass
import json
from pathlib import Path
import signal
from typing import Any

import pytest

from simulator.clock import ManualClock
from simulator.crestron import CrestronProcessor
from simulator.homeseer import (
    HomeSeerSystem,
    Rights,
    User as HomeSeerUser,
    default_system,
)
from simulator.house import Light
from simulator.recording import load, load_homeseer
from simulator.samples import default_house

from .common import Ended, run_probe, started_probe
from .conftest import PASSWORD, TOKEN, USER

NOTE = "the safe is behind the picture"
SECRETS = (TOKEN, PASSWORD, USER, NOTE, "authkey", "UserAccess")


@dataclass
class Hub:
    """A hub that is served, and how the probe is told of it."""

    kind: str
    served: CrestronProcessor | HomeSeerSystem
    login: tuple[str | Path, ...]

    @property
    def asked(self) -> tuple[str | Path, ...]:
        return self.kind, f"{self.served.host}:{self.served.port}", *self.login

    async def look(self, *options: str | Path, typed: str = "", code: int = 0) -> Ended:
        """Run the probe to its end, and see that it shows no secret."""
        ended = await run_probe(*self.asked, *options, typed=typed)
        assert ended.code == code, ended.err
        assert not any(secret in ended.out + ended.err for secret in SECRETS[:3])
        return ended


@pytest.fixture
def processor_hub(processor: CrestronProcessor, token_file: Path) -> Hub:
    return Hub("crestron", processor, ("--token-file", token_file))


@pytest.fixture
def system_hub(system: HomeSeerSystem, password_file: Path) -> Hub:
    login = ("--username", USER, "--password-file", password_file)
    return Hub("homeseer", system, login)


@pytest.fixture
def hubs(processor_hub: Hub, system_hub: Hub) -> dict[str, Hub]:
    return {each.kind: each for each in (processor_hub, system_hub)}


both = pytest.mark.parametrize("kind", ["crestron", "homeseer"])


@pytest.mark.parametrize(
    ("kind", "head", "room", "row"),
    [
        (
            "crestron",
            "Crestron MC4-R at https://127.0.0.1:",
            "Kitchen",
            "Cover Kitchen Shade open shade-1071",
        ),
        (
            "homeseer",
            "HomeSeer HS4 at http://127.0.0.1:",
            "Garage",
            "Cover Garage Door closed ref-252",
        ),
    ],
)
async def test_the_house_as_a_table_and_nothing_is_commanded(
    hubs: dict[str, Hub], kind: str, head: str, room: str, row: str
) -> None:
    served = hubs[kind].served
    ended = await hubs[kind].look()
    assert ended.err == ""
    lines = ended.out.splitlines()
    assert lines[0].startswith(head)
    assert lines[lines.index(room) + 1].split() == row.split()
    assert "No room" in lines
    assert not served.received
    assert {request.method for request in served.requests} == {"GET"}
    if isinstance(served, CrestronProcessor):
        assert served.requests[-1].path == "/cws/api/logout"
    else:
        assert "stopped, Miles Davis, So What, volume 25 %" in ended.out
        assert served.ascii_lines == []


async def test_what_devices_were_taken_for_is_explained(system_hub: Hub) -> None:
    ended = await system_hub.look("--explain")
    _, _, explained = ended.out.partition("What devices were taken for\n")
    door = next(line for line in explained.splitlines() if "252" in line)
    end = ": cover (garage), by controls: open and close, called a cover"
    assert door.endswith(end)
    # Programs read no explanation.
    ended = await system_hub.look("--explain", "--json")
    assert json.loads(ended.out)["devices"]


async def test_a_token_on_standard_input_or_no_login_at_all(
    processor_hub: Hub, socket_enabled: None
) -> None:
    processor_hub.login = ("--token-file", "-")
    async with HomeSeerSystem(default_system(ManualClock()), "hs3") as system:
        for hub, shade in (
            (processor_hub, ("shade-1071", "Cover", "Kitchen", 1.0)),
            (Hub("homeseer", system, ()), ("ref-252", "Cover", "Garage", 0.0)),
        ):
            house = json.loads((await hub.look("--json", typed=TOKEN)).out)
            found = {
                tuple(each.get(key) for key in ("id", "type", "room", "position"))
                for each in house["devices"]
            }
            assert shade in found
            assert house["complete"]
    assert house["hub"]["model"] == "HS3"


@pytest.mark.parametrize(
    ("kind", "login", "said"),
    [
        ("crestron", ("--token-file", "-"), "probe: The hub refuses the token."),
        (
            "homeseer",
            ("--username", USER, "--password-file", "-"),
            "probe: The hub refuses the login.",
        ),
        ("homeseer", (), "--username and --password-file"),
    ],
)
async def test_a_wrong_secret(
    hubs: dict[str, Hub], kind: str, login: tuple[str, ...], said: str
) -> None:
    hub = hubs[kind]
    hub.login = login
    ended = await hub.look(typed="another-secret", code=1)
    assert ended.out == ""
    assert said in ended.err
    assert "another-secret" not in ended.err


async def test_a_host_that_refuses(processor_hub: Hub) -> None:
    asked = processor_hub.asked
    await processor_hub.served.stop()
    ended = await run_probe(*asked)
    assert (ended.code, ended.out) == (1, "")
    assert "does not accept connections" in ended.err


async def test_plain_http_is_not_trusted_with_the_token(
    socket_enabled: None, token_file: Path
) -> None:
    house = default_house(ManualClock())
    async with CrestronProcessor(house, token=TOKEN) as processor:
        hub = Hub("crestron", processor, ("--token-file", token_file))
        ended = await hub.look(code=1)
        assert "--plain-http" in ended.err
        assert processor.requests
        assert not any(TOKEN in each.headers.values() for each in processor.requests)
        await hub.look("--plain-http")


async def test_a_guest_may_look(system_hub: Hub) -> None:
    guest = HomeSeerUser("visitor", PASSWORD, Rights.GUEST)
    model = default_system(ManualClock())
    file = system_hub.login[-1]
    async with HomeSeerSystem(model, auth=(USER, "x"), users=[guest]) as system:
        login = ("--username", guest.name, "--password-file", file)
        ended = await Hub("homeseer", system, login).look()
    assert "Garage Door" in ended.out
    assert "guest" in ended.err


def served_again(kind: str, file: Path) -> Any:
    """Return a hub that serves a recording."""
    if kind == "crestron":
        return CrestronProcessor.of_recording(
            load(file), clock=ManualClock(), token=TOKEN, https=True
        )
    return HomeSeerSystem.of_recording(load_homeseer(file))


@both
async def test_a_recording_is_served_as_the_same_house(
    hubs: dict[str, Hub], tmp_path: Path, kind: str
) -> None:
    hub, file = hubs[kind], tmp_path / "house.json"
    if isinstance(hub.served, HomeSeerSystem):
        model = hub.served.model
        model.find("Kitchen Dimmer").note = NOTE
        model.find("Safe").users = USER
        model.find("Message of the Day").say(f"Log in with {PASSWORD}")
    # What a house shows may be a secret, and is printed.
    ended = await run_probe(*hub.asked, "--json", "--record", file)
    first = json.loads(ended.out)
    text = file.read_text(encoding="utf-8")
    assert not any(secret in text for secret in SECRETS)
    assert ("Log in with ***" in text) is (kind == "homeseer")
    async with served_again(kind, file) as again:
        login = hub.login if kind == "crestron" else ()
        second = json.loads((await Hub(kind, again, login).look("--json")).out)
    for house in (first, second):
        house["devices"] = [
            each for each in house["devices"] if each["name"] != "Message of the Day"
        ]
    for part in ("rooms", "devices", "complete"):
        assert second[part] == first[part]


async def test_a_recording_of_homeseer_3_keeps_its_unit(
    system_hub: Hub, tmp_path: Path
) -> None:
    model = default_system(ManualClock())
    model.fahrenheit = False
    file = tmp_path / "house.json"
    async with HomeSeerSystem(model, "hs3", auth=(USER, PASSWORD)) as system:
        asked = Hub("homeseer", system, system_hub.login)
        first = json.loads((await asked.look("--json", "--record", file)).out)
    assert load_homeseer(file).dialect == "hs3"
    async with served_again("homeseer", file) as served:
        second = json.loads((await Hub("homeseer", served, ()).look("--json")).out)
    assert second["devices"] == first["devices"]


@both
async def test_a_recording_leaves_out_what_the_hub_has_not(
    hubs: dict[str, Hub], tmp_path: Path, kind: str
) -> None:
    hub, file = hubs[kind], tmp_path / "house.json"
    if isinstance(hub.served, CrestronProcessor):
        part = "quickactions"
        hub.served.change(quick_actions=False)
    else:
        part = "getevents"
        hub.served.faults.on("error_text", path=part)
    ended = await hub.look("--record", file)
    assert f"{part} is not in the recording" in ended.err
    assert part not in json.loads(file.read_text(encoding="utf-8"))["bodies"]
    ended = await hub.look("--record", tmp_path / "nowhere" / "house.json", code=2)
    assert "cannot be written" in ended.err


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("crestron", ()),
        ("homeseer", ("--ascii-port", "PORT")),
        ("homeseer", ("--ascii-port", "0")),
    ],
)
async def test_changes_are_told_until_someone_interrupts(
    hubs: dict[str, Hub], kind: str, options: tuple[str, ...]
) -> None:
    hub, name = hubs[kind], "Pantry Light"
    port = str(getattr(hub.served, "ascii_port", ""))
    options = tuple(each.replace("PORT", port) for each in options)
    async with started_probe(*hub.asked, *options, "--json", "--watch") as process:
        assert process.stdout is not None
        house = json.loads(await process.stdout.readline())
        assert house["devices"]
        if port in options:
            told = json.loads(await process.stdout.readline())
            assert told["event"] == "changes are told at once"
        if isinstance(hub.served, CrestronProcessor):
            name = "Desk Lamp"
            hub.served.house.find(name, Light).jump("level", 1.0)
            assert isinstance(hub.served.clock, ManualClock)
            hub.served.clock.advance(5.0)
        else:
            hub.served.model.find(name).set(255)
        change: dict[str, Any] = {}
        while change.get("name") != name:
            change = json.loads(await process.stdout.readline())
        assert change["event"] == "changed"
        process.send_signal(signal.SIGINT)
        _, err = await process.communicate()
    assert (process.returncode, err) == (0, b"")
    if isinstance(hub.served, CrestronProcessor):
        assert change["level"] == 1.0
        assert hub.served.requests[-1].path == "/cws/api/logout"
    else:
        assert hub.served.ascii_connections == 0
        assert bool(hub.served.ascii_lines) is (port in options)
