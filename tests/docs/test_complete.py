"""What the user interface has is in the documentation, and nothing else."""

from collections import defaultdict
import re

import pytest
import yaml

from custom_components.crestron_homeseer.const import DOMAIN, PLATFORMS

from .pages import INTEGRATION, page, texts, words


def test_each_field_of_each_form_is_in_the_configuration() -> None:
    wanted = defaultdict[str, set[str]](set)
    for flow in ("config", "options"):
        steps = words()[flow]["step"]
        # A page is called as in the first menu that leads to it.
        names: dict[str, str] = {}
        for step in steps.values():
            names = step.get("menu_options", {}) | names
        for key, step in steps.items():
            title = step.get("title") or names[key]
            wanted[title] |= set(step.get("data", {}).values())
            wanted[title] |= set(step.get("menu_options", {}).values())
    written = defaultdict[str, set[str]](set)
    for section in page("configuration").sections:
        written[section.title] |= section.labels
    assert wanted.keys() <= written.keys()
    assert {title: labels for title, labels in written.items() if labels} == {
        title: labels for title, labels in wanted.items() if labels
    }


def test_each_choice_is_in_the_configuration() -> None:
    text = " ".join(page("configuration").prose.split())
    for choices in words()["selector"].values():
        for label in choices["options"].values():
            assert f"*{label}*" in text, label


def test_each_sensor_of_a_home_itself_is_described() -> None:
    part = next(each for each in page("functions").sections if each.title == "sensor")
    names = {each["name"] for each in words()["entity"]["sensor"].values()}
    assert part.labels == names


@pytest.mark.parametrize("platform", PLATFORMS)
def test_each_platform_has_a_part(platform: str) -> None:
    assert platform in {section.title for section in page("functions").sections}


def test_each_action_is_described_with_its_fields() -> None:
    services = yaml.safe_load(
        (INTEGRATION / "services.yaml").read_text(encoding="utf-8")
    )
    described = {
        section.title.removeprefix(f"{DOMAIN}."): section.fields
        for section in page("functions").sections
        if section.title.startswith(f"{DOMAIN}.")
    }
    assert described == {name: set(each["fields"]) for name, each in services.items()}


def test_each_message_under_repairs_has_a_part() -> None:
    parts = {section.title for section in page("troubleshooting").sections}
    for issue in words()["issues"].values():
        assert re.sub(r"\{\w+\}", "…", issue["title"]) in parts


@pytest.mark.parametrize("title", ["It cannot be added", "An action fails"])
def test_messages_are_quoted_as_they_are(title: str) -> None:
    said = "\n".join(texts(words()))
    found = next(
        each for each in page("troubleshooting").sections if each.title == title
    )
    quotes = [
        quote
        for cell in re.findall(r"^\| (\*[^|]*) \|", found.text, re.MULTILINE)
        for quote in re.findall(r"\*([^*]+)\*", cell)
    ]
    assert len(quotes) > 5
    for quote in quotes:
        pattern = re.escape(quote).replace("…", r".*")
        assert re.search(pattern, said, re.IGNORECASE), quote


def test_nothing_is_promised_that_the_manifest_does_not_say() -> None:
    """The oldest Home Assistant is the one that HACS asks for."""
    hacs = (INTEGRATION.parent.parent / "hacs.json").read_text(encoding="utf-8")
    oldest = re.search(r'"homeassistant": "(\d+\.\d+)\.0"', hacs)
    assert oldest is not None
    for name in ("installation", "supported"):
        assert f"{oldest[1]} or newer" in page(name).prose
