"""Hours in two houses, by a seed: what happens when, and what is looked at in between."""

import asyncio
from collections.abc import Awaitable, Callable
import heapq
from itertools import count
from random import Random
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State
from homeassistant.data_entry_flow import UnknownFlow
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..reliability.watched import submit_same
from .audit import DONE, SLACK, SLACK_UNANSWERED, Ask, audit
from .clockwork import INSTANT, Clockwork
from .conftest import ANSWER_SECONDS
from .diary import Diary
from .homes import Home
from .person import WEIGHTS, WISHES
from .troubles import drawn
from .uploads import Property

type Happening = Callable[[], Awaitable[None]]

STRETCH = 1800.0
# After so long without faults and people, all is shown as it is: a slow hub is asked
# for everything within forty answers, and for what there is with the next survey.
CALM = 120.0 + 60 * ANSWER_SECONDS
# What there is of a house is surveyed so seldom that nobody changes it late.
NO_BUILDING = 700.0 + 60 * ANSWER_SECONDS
BOOTING = 70.0
SIGN_IN_CALM = 20.0
RELOADED = (ConfigEntryState.LOADED, ConfigEntryState.SETUP_RETRY)
REBUILD = ("ids_changed", "device_")
# Which change what only a survey shows.
BUILDING = "device_"


class Runner:
    """Lives through the hours, and judges them."""

    def __init__(
        self,
        hass: HomeAssistant,
        clockwork: Clockwork,
        homes: tuple[Home, ...],
        diary: Diary,
        seed: int,
    ) -> None:
        self._hass = hass
        self._clockwork = clockwork
        self._homes = homes
        self._owned = [Property(hass, home.entry, home.things()) for home in homes]
        self._diary = diary
        self._chance = Random(seed)
        self._due: list[tuple[float, int, Happening]] = []
        self._order = count()
        self._asks: list[Ask] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._lies: dict[str, list[tuple[float, float]]] = {}
        self._calm_at = 0.0
        # The shortest and longest time between two of a kind, in seconds.
        self._every: dict[Happening, tuple[float, float]] = {
            self._fault: (15.0, 240.0),
            self._hand: (2.0, 60.0),
            self._act: (2.0, 80.0),
            self._build: (200.0, 900.0),
            self._upload: (20.0, 240.0),
            # Nobody hurries: a login that works again is to need nobody.
            self._sign_in: (60.0, 900.0),
        }
        # The longest time after which all was shown as it is, in seconds.
        self.longest_to_right = 0.0

    async def run(self, minutes: float) -> None:
        """Let so many minutes pass, in stretches that end with a calm."""
        end = self._clockwork.now() + minutes * 60
        while (now := self._clockwork.now()) < end:
            stop = min(now + STRETCH, end)
            await self._stretch(now, max(stop - CALM, now))
            await self._calm(stop)
            if self._diary.wrong:
                return

    async def _stretch(self, start: float, end: float) -> None:
        self._calm_at = end
        self._due.clear()
        for happening, every in self._every.items():
            self._again(start, every, happening)
        while self._due and self._due[0][0] < end:
            moment, _, due = heapq.heappop(self._due)
            await self._until(moment)
            await due()
        await self._until(end)

    def _again(
        self, now: float, every: tuple[float, float], happening: Happening
    ) -> None:
        async def then() -> None:
            await happening()
            self._again(moment, every, happening)

        moment = now + self._chance.uniform(*every)
        self._at(moment, then)

    def _at(self, moment: float, happening: Happening) -> None:
        heapq.heappush(self._due, (moment, next(self._order), happening))

    async def _until(self, moment: float) -> None:
        await self._clockwork.wait_until(moment)
        self._diary.now = self._clockwork.now()

    def _soon(self, doing: Any) -> None:
        task = asyncio.ensure_future(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # What goes wrong

    async def _fault(self) -> None:
        await self._one_fault(self._chance.choice(self._homes))
        if self._chance.random() < 0.2:
            await self._one_fault(self._chance.choice(self._homes))

    async def _one_fault(self, home: Home) -> None:
        chance, now = self._chance, self._clockwork.now()
        if chance.random() < 0.1:
            if now + BOOTING < self._calm_at:
                self._diary.note("faults", f"{home.name} {await home.upset(chance)}")
            return
        name, value, times, lasts = drawn(chance, home.system)
        late = now + lasts + NO_BUILDING > self._calm_at
        if name in home.hub.faults.active or (late and name.startswith(BUILDING)):
            return
        if name.startswith(REBUILD) and not home.followed:
            return
        home.hub.faults.on(name, value, times=times)
        self._clockwork.busy(lasts)
        text = f"{home.name} {name} {'' if value is None else value}"
        self._diary.note("faults", f"{text} for {lasts:.0f} s, {times or 'all'} times")
        end = min(now + lasts, self._calm_at)
        if name == "command_not_executed":
            self._lies.setdefault(home.name, []).append((now, end + 1))

        async def over() -> None:
            home.hub.faults.off(name)
            self._diary.note("faults over", f"{home.name} {name}")

        self._at(end, over)

    # What people do

    async def _hand(self) -> None:
        home = self._chance.choice(self._homes)
        text = home.by_hand(self._chance)
        self._clockwork.busy(5)
        self._diary.note("actions by hand", f"{home.name}: {text}")

    async def _build(self) -> None:
        home = self._chance.choice(self._homes)
        if self._may_change(home):
            text = home.rebuild(self._chance)
            self._diary.note("changes of a house", f"{home.name}: {text}")

    def _may_change(self, home: Home) -> bool:
        """Return whether what there is may change: one change after the other.

        Who has another name and another number at once is another one.
        """
        rebuilt = any(name.startswith(REBUILD) for name in home.hub.faults.active)
        early = self._clockwork.now() + NO_BUILDING < self._calm_at
        return early and not rebuilt and home.followed

    async def _upload(self) -> None:
        """Have a hub number what it has anew, when nobody waits for an answer."""
        home = self._chance.choice(self._homes)
        now = self._clockwork.now()
        asked = any(
            ask.hub == home.name and now - ask.asked_at < SLACK_UNANSWERED
            for ask in self._asks
            if ask.answer != DONE or now - ask.asked_at < 2 * SLACK
        )
        if asked or home.hub.faults.active or not self._may_change(home):
            return
        self._account(home)
        text = home.renumber(self._chance)
        self._clockwork.busy(10)
        self._diary.note("uploads and restored backups", f"{home.name}: {text}")

    async def _act(self) -> None:
        lot = self._chance.random()
        if lot < 0.02:
            await self._reload(self._chance.choice(self._homes))
            return
        for _ in range(1 if lot < 0.8 else self._chance.randrange(2, 8)):
            self._one_action(self._chance.choice(self._homes))

    def _one_action(self, home: Home) -> None:
        chance = self._chance
        if not home.followed:
            # By which number something is worked is accounted for, and changes now.
            return
        states: dict[str, list[tuple[str, State]]] = {}
        prefix = f"{home.entry.entry_id}_"
        registry = er.async_get(self._hass)
        for entity in er.async_entries_for_config_entry(registry, home.entry.entry_id):
            state = self._hass.states.get(entity.entity_id)
            if state is None or state.state == STATE_UNAVAILABLE:
                continue
            part = entity.unique_id.removeprefix(prefix)
            states.setdefault(entity.domain, []).append((part, state))
        domains = sorted(WISHES.keys() & states)
        if not domains:
            return
        weights = [WEIGHTS.get(domain, 1) for domain in domains]
        domain = chance.choices(domains, weights)[0]
        part, state = chance.choice(sorted(states[domain], key=lambda each: each[0]))
        wish = WISHES[domain](state, chance)
        if wish is not None:
            self._ask(home, part, state.entity_id, *wish)

    def _ask(
        self, home: Home, part: str, entity_id: str, service: str, data: dict[str, Any]
    ) -> None:
        domain = entity_id.partition(".")[0]
        text = f"{home.name}: {domain}.{service} {entity_id} {data or ''} ({part})"
        ask = Ask(
            home.name,
            text,
            home.targets(part),
            home.fits(domain, service, data),
            self._clockwork.now(),
            # Stopping what stands still, and what a media room is already.
            may_be_nothing=service == "stop_cover" or domain == "media_player",
        )
        self._asks.append(ask)
        self._clockwork.busy(10)
        self._diary.note("actions in Home Assistant", text)
        self._soon(self._carry_out(ask, domain, service, entity_id, data))

    async def _carry_out(
        self, ask: Ask, domain: str, service: str, entity_id: str, data: dict[str, Any]
    ) -> None:
        try:
            await self._hass.services.async_call(
                domain, service, {"entity_id": entity_id, **data}, blocking=True
            )
        except HomeAssistantError as err:
            ask.answer = err.translation_key or str(err)
        else:
            ask.answer = DONE
        ask.ended_at = self._clockwork.now()
        self._diary.counts[f"answered: {ask.answer}"] += 1

    async def _reload(self, home: Home) -> None:
        if home.entry.state in RELOADED and not self._tasks:
            self._diary.note("reloads", home.name)
            entries = self._hass.config_entries
            self._soon(entries.async_reload(home.entry.entry_id))

    async def _sign_in(self) -> None:
        entries = {
            home.entry.entry_id: home
            for home in self._homes
            if not home.hub.faults.active
        }
        for flow in self._hass.config_entries.flow.async_progress():
            home = entries.get(flow["context"].get("entry_id", ""))
            if home and flow["context"]["source"] == SOURCE_REAUTH:
                self._diary.note("sign-ins", home.name)
                self._soon(self._submit(home, flow["flow_id"]))

    async def _submit(self, home: Home, flow_id: str) -> None:
        try:
            result = await submit_same(self._hass, home.entry, flow_id)
        except UnknownFlow:
            # The login works again, and nobody is asked any more.
            return
        if errors := result.get("errors"):
            self._diary.note("sign-ins in vain", f"{home.name}: {errors}")

    # What is looked at

    async def _calm(self, end: float) -> None:
        """Let all faults end, and see that everything comes right."""
        for home in self._homes:
            home.hub.faults.clear()
        started, signed_in = self._clockwork.now(), 0.0
        self._diary.note("calms", "nothing goes wrong any more")
        self._clockwork.busy(CALM)
        wrong = self._wrong()
        while (wrong or self._tasks) and end - self._clockwork.now() > INSTANT:
            if self._clockwork.now() - signed_in > SIGN_IN_CALM:
                signed_in = self._clockwork.now()
                await self._sign_in()
                for home in self._homes:
                    # Home Assistant tries again in ten minutes; its owner does at once.
                    if home.entry.state is ConfigEntryState.SETUP_RETRY:
                        await self._reload(home)
            await self._until(min(self._clockwork.now() + 1, end))
            wrong = self._wrong()
        took = self._clockwork.now() - started
        self.longest_to_right = max(self.longest_to_right, took)
        await self._until(end)
        for text in self._wrong():
            self._diary.complain("differences", text)
        for task in self._tasks:
            self._diary.complain("unfinished", repr(task))
        for home in self._homes:
            self._account(home)
        self._diary.counts["checkpoints"] += 1

    def _wrong(self) -> list[str]:
        return [
            f"{home.name}: {text}"
            for home, owned in zip(self._homes, self._owned, strict=True)
            for text in (
                home.differences() + owned.differences()
                if home.entry.state is ConfigEntryState.LOADED
                else [f"is in {home.entry.state}"]
            )
        ]

    def _account(self, home: Home) -> None:
        """Account for every order since the last time, and count the requests."""
        counts = self._diary.counts
        asks = [ask for ask in self._asks if ask.hub == home.name]
        orders = [order for order in home.hub.received if order.carried_out]
        audit(asks, orders, self._lies.pop(home.name, []), self._diary)
        commands = sum(map(home.is_command, home.hub.requests))
        counts["requests"] += len(home.hub.requests)
        counts["reads"] += len(home.hub.requests) - commands
        counts["requests with commands"] += commands
        counts["orders received"] += len(home.hub.received)
        counts["orders carried out"] += len(orders)
        home.hub.requests.clear()
        home.hub.received.clear()
        self._asks = [ask for ask in self._asks if ask.hub != home.name]
