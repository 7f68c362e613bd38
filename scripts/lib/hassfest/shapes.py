"""The shapes that hassfest and HACS document for the files of a custom integration."""

import re
from typing import Any
from urllib.parse import urlsplit

from awesomeversion import AwesomeVersion, AwesomeVersionException
from awesomeversion.strategy import AwesomeVersionStrategy as Strategy
from homeassistant.const import Platform
from homeassistant.helpers import config_validation as cv, selector
import probatio as vol

_KEY = re.compile(r"(?!.+[_-]{2})(?![_-])[a-z0-9_-]+(?<![_-])")
_VERSIONS = [Strategy.CALVER, Strategy.SEMVER, Strategy.SIMPLEVER, Strategy.PEP440]
_TYPES = {"device", "entity", "hardware", "helper", "hub", "service", "system"}
_CLASSES = {
    *("assumed_state", "calculated", "cloud_polling", "cloud_push"),
    *("local_polling", "local_push"),
}
_NO_TEXT = {
    r"<[a-zA-Z/][^>]*>": "holds HTML",
    r"https?://": "holds a URL, which belongs into a placeholder",
    r"'\{[a-zA-Z_]\w*\}'": "holds a placeholder in single quotes",
    r"\[%key:": "refers to another text, which only Home Assistant's own can",
    r"^\s|\s$": "begins or ends with a space",
    r"^$": "is empty",
}
_OPTIONAL_LISTS = ("mqtt", "requirements", "dependencies", "after_dependencies")


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise vol.Invalid("is no text")
    for pattern, complaint in _NO_TEXT.items():
        if re.search(pattern, value):
            raise vol.Invalid(complaint)
    return value


def _key(value: Any) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise vol.Invalid("is no valid key")
    return value


def _version(value: Any) -> str:
    try:
        AwesomeVersion(value, ensure_strategy=_VERSIONS)
    except (AwesomeVersionException, TypeError) as err:
        raise vol.Invalid("is no version") from err
    return str(value)


def _address(value: Any) -> str:
    parts = urlsplit(value) if isinstance(value, str) else None
    if parts is None or parts.scheme != "https" or not parts.hostname:
        raise vol.Invalid("is no https address")
    if parts.hostname == "www.home-assistant.io" and "/integrations/" in parts.path:
        raise vol.Invalid("is a page about Home Assistant's own integrations")
    return str(value)


def _icon(value: Any) -> str:
    if not isinstance(value, str) or not value.startswith("mdi:"):
        raise vol.Invalid("is no icon of the mdi set")
    return value


def _differs_from_default(value: dict[str, Any]) -> dict[str, Any]:
    if value.get("default") in [*value.get("state", {}).values()]:
        raise vol.Invalid("has a state with the icon that is the default")
    return value


def _rising(value: dict[str, Any]) -> dict[str, Any]:
    numbers = [float(number) for number in value]
    if numbers != sorted(set(numbers)):
        raise vol.Invalid("has a range that does not rise")
    return value


def _one_of(*names: str) -> Any:
    def check(value: dict[str, Any]) -> dict[str, Any]:
        if sum(name in value for name in names) != 1:
            raise vol.Invalid(f"needs one of {' and '.join(names)}")
        return value

    return check


def _zip(value: dict[str, Any]) -> dict[str, Any]:
    if value.get("zip_release") and not value.get("filename"):
        raise vol.Invalid("has a zip_release without a filename")
    return value


def _each(shape: Any, key: Any = _key) -> Any:
    return vol.Schema({key: shape})


def _optional(**shapes: Any) -> dict[Any, Any]:
    return {vol.Optional(name): shape for name, shape in shapes.items()}


def _lower(value: Any) -> str:
    if not isinstance(value, str) or value != value.lower():
        raise vol.Invalid("has to be in lower case")
    return value


_TYPE = vol.Match(re.compile(r"^_[a-z0-9-]+\._(tcp|udp)\.local\.$"))
_DISCOVERY = {
    "dhcp": vol.All(
        _optional(
            macaddress=vol.Match(re.compile(r"^[0-9A-F*?]+$")),
            hostname=_lower,
            registered_devices=True,
        ),
        vol.Length(min=1),
    ),
    "zeroconf": vol.Any(
        _TYPE,
        {
            vol.Required("type"): _TYPE,
            **_optional(name=_lower, properties={str: _lower}),
        },
    ),
    "ssdp": vol.All({str: vol.All(str, vol.Length(min=1))}, vol.Length(min=1)),
}

MANIFEST = vol.Schema(
    {
        vol.Required("domain"): cv.slug,
        vol.Required("name"): vol.All(str, vol.Length(min=1)),
        vol.Required("codeowners"): vol.All(
            [vol.Match(re.compile(r"^@[\w-]+(/[\w-]+)?$"))], vol.Length(min=1)
        ),
        vol.Required("config_flow"): True,
        vol.Required("documentation"): _address,
        vol.Required("integration_type"): vol.In(_TYPES),
        vol.Required("iot_class"): vol.In(_CLASSES),
        vol.Required("issue_tracker"): _address,
        vol.Required("version"): _version,
        **_optional(
            quality_scale=vol.In({"bronze", "silver", "gold", "platinum"}),
            loggers=[str],
            single_config_entry=True,
            **{name: [str] for name in _OPTIONAL_LISTS},
            **{name: [shape] for name, shape in _DISCOVERY.items()},
        ),
    }
)
HACS = vol.Schema(
    vol.All(
        vol.Schema(
            {
                vol.Required("name"): vol.All(str, vol.Length(min=1)),
                vol.Required("homeassistant"): _version,
                **_optional(
                    hacs=_version,
                    filename=vol.All(str, vol.Match(re.compile(r"^[\w.-]+\.zip$"))),
                    country=vol.Any(str, [str]),
                    persistent_directory=str,
                    **dict.fromkeys(
                        (
                            *("content_in_root", "zip_release", "render_readme"),
                            "hide_default_branch",
                        ),
                        bool,
                    ),
                ),
            }
        ),
        _zip,
    )
)

_FLOW = vol.Schema(
    {
        vol.Required("step"): _each(
            {
                **_optional(title=_text, description=_text, submit=_text),
                **_optional(
                    data=_each(_text),
                    data_description=_each(_text),
                    menu_options=_each(_text),
                    menu_option_descriptions=_each(_text),
                    sections=_each(dict),
                ),
            }
        ),
        **_optional(
            flow_title=_text,
            abort=_each(_text),
            error=_each(_text),
            progress=_each(_text),
            create_entry=_each(_text),
        ),
    }
)
_NAMED = {vol.Required("name"): _text, vol.Optional("description"): _text}
_STATES = _optional(name=_text, state=_each(_text))
TRANSLATIONS = vol.Schema(
    _optional(
        title=_text,
        config=_FLOW,
        options=_FLOW,
        device=_each({vol.Required("name"): _text}),
        entity=_each(
            _each(
                {
                    **_STATES,
                    **_optional(
                        state_attributes=_each(_STATES), unit_of_measurement=_text
                    ),
                }
            ),
            vol.In({platform.value for platform in Platform}),
        ),
        exceptions=_each({vol.Required("message"): _text}),
        issues=_each(
            vol.All(
                {
                    vol.Required("title"): _text,
                    **_optional(description=_text, fix_flow=_FLOW),
                },
                _one_of("description", "fix_flow"),
            )
        ),
        selector=_each(
            _optional(options=_each(_text), unit_of_measurement=_each(_text))
        ),
        services=_each(
            {
                vol.Required("name"): _text,
                vol.Required("description"): _text,
                **_optional(
                    fields=_each({**_NAMED, vol.Optional("example"): _text}),
                    sections=_each(_NAMED),
                ),
            }
        ),
        system_health={vol.Required("info"): _each(_text)},
    )
)

_RANGE = vol.All(
    {vol.Match(re.compile(r"^-?\d+(\.\d+)?$")): _icon}, vol.Length(min=1), _rising
)


def _icons_of(marker: Any, **more: Any) -> Any:
    states = vol.All(_each(_icon), vol.Length(min=1))
    return vol.All(
        {marker("default"): _icon, **_optional(state=states, range=_RANGE, **more)},
        vol.Length(min=1),
        _differs_from_default,
    )


ICONS = vol.Schema(
    _optional(
        entity=_each(
            _each(
                _icons_of(vol.Optional, state_attributes=_each(_icons_of(vol.Required)))
            ),
            vol.In({platform.value for platform in Platform}),
        ),
        services=_each(
            {vol.Required("service"): _icon, vol.Optional("sections"): _each(_icon)}
        ),
    )
)

SERVICES = _each(
    vol.Any(
        None,
        _optional(
            target=vol.Any(None, selector.TargetSelector.CONFIG_SCHEMA),
            fields=_each(
                _optional(
                    example=vol.Any(str, int, float, bool, list, dict),
                    default=object,
                    required=bool,
                    advanced=bool,
                    selector=selector.validate_selector,
                    filter=dict,
                )
            ),
        ),
    )
)

_COMMENT = vol.All(str, vol.Length(min=1))
QUALITY_SCALE = vol.Schema(
    {
        vol.Required("rules"): {
            str: vol.Any(
                vol.In({"done", "todo"}),
                {
                    vol.Required("status"): vol.In({"done", "todo"}),
                    vol.Optional("comment"): _COMMENT,
                },
                {
                    vol.Required("status"): "exempt",
                    vol.Required("comment"): _COMMENT,
                },
            )
        }
    }
)
