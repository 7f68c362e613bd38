"""What can be asked of a system."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.faults import Faults

from .feature import Feature, State
from .rendering import Json, Renderer, compressed, is_voiced
from .settings import User

type Given = Mapping[str, str]


class BadRequest(Exception):
    """A request that makes no sense."""


def wants(given: Given, name: str) -> bool:
    """Read a parameter that is true or false."""
    return given.get(name, "").lower() == "true"


@dataclass(slots=True)
class Reading:
    """Answers what clients ask."""

    renderer: Renderer
    faults: Faults
    # States are told as they were then.
    frozen_at: float | None = None
    # How many changes there had been when a client with an id asked last.
    asked: dict[str, int] = field(default_factory=dict)

    def freeze(self, *, on: bool) -> None:
        """Begin or end to tell states as they are now."""
        self.frozen_at = self.renderer.model.clock.now() if on else None

    def state(self, feature: Feature) -> State:
        """Tell how a feature is, as far as this system knows today."""
        if self.frozen_at is not None:
            return feature.at(self.frozen_at)
        lag = self.faults.hit("state_lag")
        if lag is not None:
            return feature.at(feature.clock.now() - lag.seconds)
        return feature.state

    def told(self, user: User) -> list[Feature]:
        """List what may be told to somebody."""
        return [
            feature
            for feature in self.renderer.model.features.values()
            if feature.told and user.sees(feature.users)
        ]

    def chosen(self, given: Given, user: User) -> tuple[list[Feature], bool]:
        """List what a request asks for, and whether that is a single ref."""
        told = self.told(user)
        wanted = given.get("ref", "").strip().lower() or "all"
        if wanted == "all":
            return told, False
        refs = [ref.strip() for ref in wanted.split(",") if ref.strip()]
        if not all(ref.isdecimal() for ref in refs):
            raise BadRequest(wanted)
        known = {feature.ref: feature for feature in told}
        found = [known[int(ref)] for ref in refs if int(ref) in known]
        return found, len(refs) == 1

    def status(self, given: Given, user: User) -> Json:
        """Answer getstatus."""
        features, _ = self.chosen(given, user)
        for name in ("location1", "location2"):
            place = given.get(name, "").lower()
            if place not in ("", "all"):
                attribute = name.replace("location1", "location")
                features = [
                    feature
                    for feature in features
                    if getattr(feature, attribute).lower() == place
                ]
        if wants(given, "voiceonly"):
            features = [feature for feature in features if is_voiced(feature)]
        entries = [self.entry(feature) for feature in features]
        if wants(given, "everything"):
            return self._everything(features, entries, given)
        if wants(given, "compress"):
            zero = self.renderer.settings.compress_zero
            entries = [compressed(entry, zero=zero) for entry in entries]
        return self.renderer.devices(entries)

    def entry(self, feature: Feature) -> Json:
        """Tell how one feature is."""
        return self.renderer.status(feature, self.state(feature))

    def _everything(
        self, features: list[Feature], entries: list[Json], given: Given
    ) -> Json:
        for feature, entry in zip(features, entries, strict=True):
            entry["ControlPairs"] = self.renderer.control(feature)["ControlPairs"]
        body = self.renderer.devices(entries)
        if not wants(given, "excludeevents"):
            body |= {"Events": self.events(given, None)["Events"]}
        return body

    def control(self, given: Given, user: User) -> Json:
        """Answer getcontrol: one ref is answered in another shape than several."""
        features, single = self.chosen(given, user)
        entries = [
            self.renderer.control(feature) for feature in features if feature.controls
        ]
        if single and entries:
            return entries[0]
        return self.renderer.devices(entries)

    def events(self, given: Given, user: User | None) -> Json:
        """Answer getevents."""
        renderer = self.renderer
        entries = [renderer.event(event) for event in renderer.model.events]
        return renderer.envelope("Events", "1.0") | {"Events": entries}

    def locations(self, given: Given, user: User) -> Json:
        """Answer getlocations."""
        model = self.renderer.model
        return self.renderer.envelope("Locations", "1.0") | {
            "location1": model.locations(lambda each: each.location),
            "location2": model.locations(lambda each: each.location2),
        }

    def categories(self, given: Given, user: User) -> Json:
        """Answer getcategories."""
        names = self.renderer.model.categories
        return self.renderer.envelope("Categories", "1.0") | {
            "Categories": [{"Name": name, "ID": at} for at, name in enumerate(names, 1)]
        }

    def version(self, given: Given, user: User) -> Json:
        """Answer hsversion."""
        return {"Response": self.renderer.settings.hs_version}

    def session(self, given: Given, user: User) -> Json:
        """Answer getsessionconfig."""
        model = self.renderer.model
        return {
            "hsVersion": self.renderer.settings.hs_version,
            "isLocation1First": model.location1_first,
            "useLocation2": model.use_location2,
            "location1Label": model.location1_label,
            "location2Label": model.location2_label,
            "username": user.name,
            "userPermissions": {
                "user_permissions": int(user.rights),
                "user_permissions_valid": True,
                "eventAccess": user.controls,
                "cameraAdd": user.controls,
            },
        }

    def setting(self, given: Given, user: User) -> Json:
        """Answer getsetting."""
        model = self.renderer.model
        settings = {
            "glocationlabel": model.location1_label,
            "gloclabel": model.location1_label,
            "gloclabel2": model.location2_label,
            "gglobaltempscalef": str(model.fahrenheit),
            "gnopw192": str(self.renderer.settings.same_subnet),
        }
        return {"Value": settings.get(given.get("setting", "").lower(), "")}

    def info(self, given: Given, user: User) -> Json:
        """Answer getdeviceinfo."""
        renderer = self.renderer
        return renderer.envelope("Device Info", "1.0") | {
            "Count": len(self.told(user)),
            "TimeLastDeviceAdded": renderer.date(renderer.model.last_added),
            "TimeLastDeviceRemoved": renderer.date(renderer.model.last_removed),
        }

    def changed(self, given: Given, user: User) -> Json:
        """Answer getdeviceschanged: what changed since the same id asked last."""
        settings, model = self.renderer.settings, self.renderer.model
        asks = given.get("devicechangeid", "")
        if not settings.changes_supported or not asks:
            raise BadRequest("getdeviceschanged")
        if self.faults.hit("changed_unsupported", "getdeviceschanged"):
            raise BadRequest("getdeviceschanged")
        before = self.asked.get(asks)
        self.asked[asks] = model.changes
        told = {feature.ref for feature in self.told(user)}
        if before is None:
            return {"refs": sorted(told) if settings.first_changes == "all" else []}
        return {"refs": [ref for ref in model.changed_since(before) if ref in told]}

    def counters(self, given: Given, user: User) -> Json:
        """Answer getcounter."""
        wanted = given.get("counter", "all").lower()
        return {
            "Counters": [
                {"name": name, "value": self.renderer.number(value)}
                for name, value in self.renderer.model.counters.items()
                if wanted in ("all", name.lower())
            ]
        }

    def plugins(self, given: Given, user: User) -> Json:
        """Answer pluginlist."""
        return {
            "Plugins": [
                {
                    "Name": name,
                    "Version": version,
                    "VersionAvailable": version,
                    "UpdateAvailable": False,
                }
                for name, version in self.renderer.model.plugins.items()
            ]
        }

    def cameras(self, given: Given, user: User) -> Json:
        """Answer getcameras."""
        return {"Cameras": self._cameras()}

    def snapshot(self, given: Given, user: User) -> Json:
        """Answer getcamerasnapshot."""
        for camera in self._cameras():
            if str(camera["ID"]) == given.get("camid"):
                return camera
        raise BadRequest("getcamerasnapshot")

    def _cameras(self) -> list[dict[str, Any]]:
        return [
            {
                "Name": camera.name,
                "ID": camera.id,
                "SnapShot": camera.snapshot,
                "SupportsPanTilt": False,
            }
            for camera in self.renderer.model.cameras
        ]
