"""What a system tells of itself: its version, its unit, and where it names rooms."""

from ..house.devices import HubInfo
from ..house.fields import Fields
from ..house.hub import HubResponseError, Reason
from ..house.kinds import TemperatureUnit
from .client import HomeSeerClient
from .sites import Cloud, Local

MANUFACTURER = "HomeSeer"

_UNIT_SETTING = "gGlobalTempScaleF"


async def ask_config(client: HomeSeerClient) -> Fields:
    """Return what getsessionconfig tells; of an old system the version alone."""
    try:
        return Fields(await client.ask("getsessionconfig"))
    except HubResponseError as err:
        if err.reason is not Reason.DECLINED:
            raise
    try:
        answer = Fields(await client.ask("hsversion"))
    except HubResponseError:
        return Fields(None)
    return Fields({"hsversion": answer.text("response")})


async def ask_unit(client: HomeSeerClient, devices: Fields) -> TemperatureUnit:
    """Return the system's unit: HomeSeer 4 says it with the devices."""
    fahrenheit = devices.boolean("tempformatf")
    if fahrenheit is None:
        fahrenheit = await ask_fahrenheit(client)
    celsius = fahrenheit is False
    return TemperatureUnit.CELSIUS if celsius else TemperatureUnit.FAHRENHEIT


async def ask_fahrenheit(client: HomeSeerClient) -> bool | None:
    """Return what the setting says, which is all that HomeSeer 3 has; None if unknown."""
    try:
        setting = await client.ask("getsetting", setting=_UNIT_SETTING)
    except HubResponseError:
        return None
    return Fields(setting).boolean("value")


def room_from(config: Fields) -> int:
    """Return which location is the room: the one called so, else the first."""
    labels = [(config.text(f"location{place}label") or "").lower() for place in (1, 2)]
    if config.boolean("uselocation2") is False:
        return 1
    for place, label in enumerate(labels, start=1):
        if "room" in label:
            return place
    return 2 if config.boolean("islocation1first") is False else 1


def info(site: Local | Cloud, name: str | None, version: str | None) -> HubInfo:
    """Return what a system is; without a name it is called after its version."""
    url = None
    if isinstance(site, Local):
        port = "" if site.port is None else f":{site.port}"
        host = f"[{site.host}]" if ":" in site.host else site.host
        url = f"http://{host}{port}"
    major = (version or "").split(".")[0]
    model = f"HS{major}" if major.isdigit() else None
    return HubInfo(
        manufacturer=MANUFACTURER,
        name=name or f"{MANUFACTURER} {model or ''}".strip(),
        model=model,
        version=version,
        url=url,
    )
