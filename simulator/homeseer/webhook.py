"""The web hook of HS4: a POST for every change, to one address."""

import json
from typing import Any

from simulator.caller import Caller
from simulator.faults import Faults

from .feature import Feature, State
from .rendering import Renderer

HUGE = 5_000_000


class WebHook(Caller):
    """Posts changes in their order; what fails is not sent again."""

    def __init__(self, renderer: Renderer, faults: Faults, url: str | None) -> None:
        """Post to an address, once there is one."""
        super().__init__()
        self.renderer = renderer
        self.faults = faults
        self.url = url

    def push(self, feature: Feature, old: State, new: State) -> None:
        """Tell of a change; HS3 has no web hook."""
        if self.url and self.started and not self.renderer.hs3:
            body = json.dumps(self._body(feature, new)).encode()
            self.call("POST", self.url, body)

    def _body(self, feature: Feature, state: State) -> Any:
        if self.faults.hit("webhook_wrong_body"):
            return ["devicechange", {"ref": str(feature.ref)}]
        data = {
            "ref": feature.ref,
            "name": feature.name,
            "location": feature.location,
            "location2": feature.location2,
            "value": self.renderer.number(state.value),
            "status": state.status,
            "last_change": self.renderer.date(state.changed),
        }
        if self.faults.hit("webhook_foreign_system"):
            foreign = {"name": "Somebody else's", "location": "Elsewhere"}
            data |= foreign | {"value": 1.0, "status": "On"}
        if self.faults.hit("webhook_huge"):
            data["status"] = "x" * HUGE
        return {"type": "devicechange", "data": data}
