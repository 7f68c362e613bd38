"""What was asked of a HomeSeer system, and which of it was done."""

from simulator.homeseer import HomeSeerSystem, Model
from simulator.recorder import Order

from .homeseer import Asker, Lines


async def test_what_was_asked(
    asker: Asker, model: Model, system: HomeSeerSystem
) -> None:
    ref, event = model.find("House Mode").ref, model.events[0]
    await asker.control(ref, 1)
    await asker.ask("controldevicebylabel", ref=ref, label="Away")
    await asker.ask("controldevicebyindex", ref=ref, value="99")
    await asker.ask("controldevicebycontroluse", ref=ref, controluse=1, value=5)
    for fault in ("command_not_executed", "command_failure"):
        with system.faults.during(fault):
            await asker.control(ref, 0)
            await asker.ask("runevent", id=event.id)
    await asker.ask("runevent", group=event.group, name=event.name)
    await asker.ask("runevent", name="Nothing of the kind")
    await asker.ask("setdevicestatus", ref=ref, value=2)
    for target in (ref, "x"):
        facts = {"property": "Name", "value": "Mode"}
        await asker.ask("setdeviceproperty", ref=target, **facts)
    async with Lines(system) as lines:
        await lines.log_in()
        # The change is told before the ok.
        assert (await lines.ask(f"cv,{ref},1")).startswith("DC,")
        assert await lines.read() == "ok"
        await lines.ask(f"cv,{ref},nonsense")
    assert system.received == [
        Order("homeseer", target, action, value, done)
        for target, action, value, done in (
            (ref, "value", "1", True),
            (ref, "label", "Away", True),
            (ref, "index", ("99", ""), False),
            (ref, "use", ("1", "5"), False),
            *2
            * (
                (ref, "value", "0", False),
                (event.id, "event", event.name, False),
            ),
            (event.id, "event", event.name, True),
            (0, "event", "Nothing of the kind", False),
            (ref, "status", ("2", None), True),
            (ref, "property", "Mode", True),
            (0, "property", "Mode", False),
            (ref, "ascii", "1", True),
            (ref, "ascii", "nonsense", False),
        )
    ]
    assert len(system.carried_out) == 6
