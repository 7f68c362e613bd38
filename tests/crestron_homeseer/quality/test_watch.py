"""What watches over the other tests sees what it is to see."""

import logging

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import frame, issue_registry as ir
import pytest
import voluptuous as vol

from custom_components.crestron_homeseer.const import DOMAIN

from .watch import Complaints, deprecations, watched_texts


@pytest.fixture(autouse=True)
def as_core_asks() -> None:
    """Let what watches over all tests overlook what these do on purpose."""


def test_an_error_without_its_text_is_seen() -> None:
    with watched_texts() as complaints:
        for domain, key, facts in (
            (DOMAIN, "refused", {"hub": "MC4-R"}),
            (DOMAIN, "refused", {"name": "MC4-R"}),
            (DOMAIN, "nothing_of_the_kind", {}),
            # Those of others are theirs.
            ("light", "whatever", {}),
        ):
            HomeAssistantError(
                translation_domain=domain,
                translation_key=key,
                translation_placeholders=facts,
            )
    assert complaints == [
        "exceptions/refused/message is shown without {'hub'}",
        "exceptions/nothing_of_the_kind/message has no text",
    ]


@pytest.mark.parametrize(
    ("shown", "complaints"),
    [
        ({"step_id": "discovered"}, ["config/step/discovered/description"]),
        ({"step_id": "nowhere"}, ["config/step/nowhere/title"]),
        (
            {"step_id": "user", "errors": {"base": "of_no_kind"}},
            ["config/error/of_no_kind"],
        ),
        (
            {"step_id": "user", "data_schema": vol.Schema({vol.Required("age"): str})},
            ["config/step/user/data/age", "config/step/user/data_description/age"],
        ),
        (
            {"type": FlowResultType.MENU, "step_id": "user", "menu_options": ["gone"]},
            ["config/step/user/menu_options/gone"],
        ),
        (
            {"type": FlowResultType.ABORT, "reason": "of_no_kind"},
            ["config/abort/of_no_kind"],
        ),
    ],
)
def test_a_step_without_its_texts_is_seen(
    shown: dict[str, object], complaints: list[str]
) -> None:
    found = Complaints()
    found.flow("config", {"type": FlowResultType.FORM, "data_schema": None, **shown})
    assert [complaint.partition(" ")[0] for complaint in found] == complaints


async def test_an_issue_without_its_text_is_seen(hass: HomeAssistant) -> None:
    with watched_texts() as complaints:
        for domain in (DOMAIN, "light"):
            ir.async_create_issue(
                hass,
                domain,
                "one",
                is_fixable=True,
                severity=ir.IssueSeverity.ERROR,
                translation_key="of_no_kind",
            )
    assert complaints == [
        "issues/of_no_kind/title has no text",
        "issues/of_no_kind has no texts for its repair",
    ]


def test_what_goes_away_is_seen(
    hass: HomeAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    before = list(caplog.records)
    frame.report_usage(
        "asks for what goes away",
        core_behavior=frame.ReportBehavior.LOG,
        custom_integration_behavior=frame.ReportBehavior.LOG,
        integration_domain="light",
    )
    assert deprecations(caplog.records[len(before) :]) == []
    told = logging.LogRecord(
        "homeassistant.helpers.frame",
        logging.WARNING,
        __file__,
        1,
        "Detected that custom integration '%s' %s",
        (DOMAIN, "asks for what goes away"),
        None,
    )
    assert deprecations([told]) == [told.getMessage()]
