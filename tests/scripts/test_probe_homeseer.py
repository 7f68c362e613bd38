"""The probe, against a simulated HomeSeer system."""

import io
import json
from pathlib import Path
import signal

import pytest

from scripts.lib.probe.errors import UsageError
from scripts.lib.probe.secret import read_password
from simulator.clock import ManualClock
from simulator.homeseer import HomeSeerSystem, Rights, User, default_system
from simulator.recording import HomeSeerRecording, load_homeseer

from .common import run_probe, started_probe
from .conftest import PASSWORD, USER

NOTE = "the safe is behind the picture"


def address(system: HomeSeerSystem) -> str:
    return f"{system.host}:{system.port}"


def login(password_file: Path) -> tuple[str | Path, ...]:
    return ("--username", USER, "--password-file", password_file)


async def test_the_house_as_a_table(
    system: HomeSeerSystem, password_file: Path
) -> None:
    ended = await run_probe("homeseer", address(system), *login(password_file))
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith("HomeSeer HS4 at http://127.0.0.1:")
    garage = lines[lines.index("Garage") + 1 :]
    assert garage[0].split() == ["Cover", "Garage", "Door", "closed", "ref-252"]
    assert "No room" in lines
    sonos = next(line for line in lines if " Living Room Sonos " in line)
    assert "stopped, Miles Davis, So What, volume 25 %" in sonos
    assert PASSWORD not in ended.out
    assert USER not in ended.out


async def test_what_devices_were_taken_for_is_explained(
    system: HomeSeerSystem, password_file: Path
) -> None:
    asked = ("homeseer", address(system), *login(password_file), "--explain")
    ended = await run_probe(*asked)
    assert (ended.code, ended.err) == (0, "")
    _, _, explained = ended.out.partition("What devices were taken for\n")
    door = next(line for line in explained.splitlines() if "252" in line)
    assert door.endswith(
        ": cover (garage), by controls: open and close, called a cover"
    )
    # Programs read no explanation.
    ended = await run_probe(*asked, "--json")
    assert json.loads(ended.out)["devices"]


async def test_nothing_is_commanded(
    system: HomeSeerSystem, password_file: Path
) -> None:
    await run_probe("homeseer", address(system), *login(password_file))
    assert system.commands == []
    assert {request.method for request in system.requests} == {"GET"}
    assert system.ascii_lines == []


async def test_a_system_without_a_password(socket_enabled: None) -> None:
    async with HomeSeerSystem(default_system(ManualClock()), "hs3") as system:
        ended = await run_probe("homeseer", address(system), "--json")
    assert (ended.code, ended.err) == (0, "")
    house = json.loads(ended.out)
    assert house["hub"]["model"] == "HS3"
    door = next(each for each in house["devices"] if each["id"] == "ref-252")
    assert (door["type"], door["room"], door["position"]) == ("Cover", "Garage", 0.0)


async def test_a_password_is_wanted(system: HomeSeerSystem) -> None:
    ended = await run_probe("homeseer", address(system))
    assert (ended.code, ended.out) == (1, "")
    assert "--password-file" in ended.err


async def test_a_wrong_password(system: HomeSeerSystem) -> None:
    typed = "another-secret"
    ended = await run_probe("homeseer", address(system), *login(Path("-")), typed=typed)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith("probe: The hub refuses the login.")
    assert typed not in ended.err


async def test_a_guest_may_look(socket_enabled: None, password_file: Path) -> None:
    guest = User("visitor", PASSWORD, Rights.GUEST)
    model = default_system(ManualClock())
    async with HomeSeerSystem(model, auth=(USER, "x"), users=[guest]) as system:
        ended = await run_probe(
            "homeseer",
            address(system),
            "--username",
            guest.name,
            "--password-file",
            password_file,
        )
    assert ended.code == 0
    assert "Garage Door" in ended.out
    assert "guest" in ended.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("homeseer", "not a host/..", "--username", USER, "--password-file", "-"),
        ("homeseer", "127.0.0.1", PASSWORD),
        ("homeseer", "127.0.0.1", "--password", PASSWORD),
        ("homeseer", "127.0.0.1", "--password-file", "-"),
        ("homeseer", "127.0.0.1", "--username", USER),
        ("homeseer", "127.0.0.1", "--username", USER, "--password-file", PASSWORD),
        ("homeseer", "127.0.0.1", "--ascii-port", "70000"),
        ("homeseer", "127.0.0.1", "--ascii-port", PASSWORD),
    ],
)
async def test_what_cannot_be_asked_for(
    arguments: tuple[str, ...], socket_enabled: None
) -> None:
    ended = await run_probe(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err
    assert PASSWORD not in ended.err


@pytest.mark.parametrize("typed", ["", "\n", "two\nlines", "a\x00b"])
def test_what_is_no_password(typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    with pytest.raises(UsageError, match="password"):
        read_password("-")


@pytest.mark.parametrize("typed", [PASSWORD, f"{PASSWORD}\r\n", " blanks "])
def test_a_password_is_kept_as_it_is(
    typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    assert read_password("-") == typed.rstrip("\r\n")


async def recorded(
    system: HomeSeerSystem, password_file: Path, file: Path
) -> tuple[str, HomeSeerRecording]:
    options = (*login(password_file), "--json", "--record", file)
    ended = await run_probe("homeseer", address(system), *options)
    assert ended.code == 0
    text = file.read_text(encoding="utf-8")
    for secret in (PASSWORD, USER, NOTE, "UserAccess"):
        assert secret not in text
    return ended.out, load_homeseer(file)


async def test_a_recording_is_served_as_the_same_house(
    system: HomeSeerSystem, password_file: Path, tmp_path: Path
) -> None:
    system.model.find("Kitchen Dimmer").note = NOTE
    system.model.find("Safe").users = USER
    first, recording = await recorded(system, password_file, tmp_path / "house.json")
    assert recording.version == system.settings.hs_version
    async with HomeSeerSystem.of_recording(recording) as served:
        second = await run_probe("homeseer", address(served), "--json")
    for part in ("rooms", "devices", "complete"):
        assert json.loads(second.out)[part] == json.loads(first)[part]


async def test_a_recording_of_homeseer_3_keeps_its_unit(
    socket_enabled: None, password_file: Path, tmp_path: Path
) -> None:
    model = default_system(ManualClock())
    model.fahrenheit = False
    file = tmp_path / "house.json"
    async with HomeSeerSystem(model, "hs3", auth=(USER, PASSWORD)) as system:
        first, recording = await recorded(system, password_file, file)
    assert recording.dialect == "hs3"
    async with HomeSeerSystem.of_recording(recording) as served:
        second = await run_probe("homeseer", address(served), "--json")
    assert json.loads(second.out)["devices"] == json.loads(first)["devices"]


async def test_a_secret_in_a_text_is_not_recorded(
    system: HomeSeerSystem, password_file: Path, tmp_path: Path
) -> None:
    system.model.find("Message of the Day").say(f"Log in with {PASSWORD}")
    _, recording = await recorded(system, password_file, tmp_path / "house.json")
    texts = [each["status"] for each in recording.bodies["getstatus"]["Devices"]]
    assert "Log in with ***" in texts


async def test_a_recording_leaves_out_what_the_system_does_not_know(
    system: HomeSeerSystem, password_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "house.json"
    with system.faults.during("error_text", path="getevents"):
        ended = await run_probe(
            "homeseer", address(system), *login(password_file), "--record", file
        )
    assert ended.code == 0
    assert "getevents is not in the recording" in ended.err
    assert "getevents" not in load_homeseer(file).bodies


async def test_changes_are_told_at_once(
    system: HomeSeerSystem, password_file: Path
) -> None:
    port = str(system.ascii_port)
    async with started_probe(
        "homeseer",
        address(system),
        *login(password_file),
        "--ascii-port",
        port,
        "--json",
        "--watch",
    ) as process:
        assert process.stdout is not None
        house = json.loads(await process.stdout.readline())
        assert house["devices"]
        told = json.loads(await process.stdout.readline())
        assert told["event"] == "changes are told at once"
        system.model.find("Pantry Light").set(255)
        change = json.loads(await process.stdout.readline())
        assert (change["event"], change["name"]) == ("changed", "Pantry Light")
        process.send_signal(signal.SIGINT)
        _, err = await process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert system.ascii_connections == 0


async def test_changes_are_looked_for_without_the_ascii_port(
    system: HomeSeerSystem, password_file: Path
) -> None:
    options = ("--ascii-port", "0", "--json", "--watch")
    async with started_probe(
        "homeseer", address(system), *login(password_file), *options
    ) as process:
        assert process.stdout is not None
        await process.stdout.readline()
        system.model.find("Pantry Light").set(255)
        change = json.loads(await process.stdout.readline())
        assert (change["event"], change["name"]) == ("changed", "Pantry Light")
    assert system.ascii_lines == []
