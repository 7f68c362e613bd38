"""A release is what its version says, and HACS installs all of it."""

from collections.abc import Callable
import json
from pathlib import Path
import re
import shutil
import zipfile

import pytest
import yaml

from scripts.lib import release

ROOT = Path(__file__).parents[2]
OURS = f"custom_components/{release.DOMAIN}"
VERSION = json.loads((ROOT / OURS / "manifest.json").read_text("utf-8"))["version"]
NEWS, HACS, MANIFEST = "CHANGELOG.md", "hacs.json", f"{OURS}/manifest.json"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "copy"
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / OURS, root / OURS, ignore=left_out)
    for name in (HACS, NEWS):
        shutil.copy(ROOT / name, root / name)
    return root


def test_the_zip_is_the_folder(copy: Path, tmp_path: Path) -> None:
    folder = copy / OURS
    wanted = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
    # What Python and desktops leave behind is no part of it.
    (folder / "house" / "__pycache__").mkdir()
    (folder / "house" / "__pycache__" / "queue.pyc").touch()
    (folder / ".DS_Store").touch()
    target, notes = tmp_path / "house.zip", tmp_path / "notes.md"
    asked = ["--tag", f"v{VERSION}", "--zip", str(target), "--notes", str(notes)]
    assert release.main(asked, copy) == 0
    with zipfile.ZipFile(target) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
        modes = {info.external_attr >> 16 for info in archive.infolist()}
    assert found == wanted
    assert {"__init__.py", "translations/en.json", "brand/icon.png"} <= found.keys()
    assert modes == {0o644}
    links = re.findall(r"\]\(([^)]+)\)", notes.read_text("utf-8"))
    assert links
    assert all(f"/blob/v{VERSION}/" in link for link in links)

    again = tmp_path / "again.zip"
    assert release.main(["--zip", str(again)], copy) == 0
    assert again.read_bytes() == target.read_bytes()
    with pytest.raises(SystemExit, match="2"):
        release.main([], copy)


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "change", "tag", "said"),
    [
        (NEWS, str, VERSION, f"v{VERSION} is meant"),
        (NEWS, str, f"v{VERSION}0", f"v{VERSION} is meant"),
        (MANIFEST, swap(VERSION, "31.4.1"), None, "but the manifest says 31.4.1"),
        (NEWS, swap("## ", "## Unreleased\n\nNews\n\n## "), None, "with Unreleased"),
        (NEWS, lambda _: "# What is new\n", None, "begins with None"),
        (NEWS, lambda _: f"## {VERSION}\n", None, "says nothing of"),
        (HACS, swap("crestron_homeseer.zip", "other.zip"), None, "does not install"),
        (HACS, swap("true", "false"), None, "not install"),
    ],
)
def test_what_does_not_agree_is_no_release(
    capsys: pytest.CaptureFixture[str],
    copy: Path,
    name: str,
    change: Callable[[str], str],
    tag: str | None,
    said: str,
) -> None:
    path, target = copy / name, copy / "house.zip"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    arguments = ["--zip", str(target), *(("--tag", tag) if tag else ())]
    assert release.main(arguments, copy) == 1
    assert not target.exists()
    assert said in capsys.readouterr().err


def test_what_is_published_was_checked_and_is_what_hacs_looks_for() -> None:
    path = ROOT / ".github" / "workflows" / "release.yml"
    # "on" is true in the YAML of Python, and a word in that of GitHub.
    workflow = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    build, publish = workflow["jobs"]["build"], workflow["jobs"]["publish"]
    runs = [step["run"] for step in build["steps"] if "run" in step]
    assert "--check --tag" in runs[0]
    assert runs[1] == ".ci/run"
    hacs = json.loads((ROOT / HACS).read_text("utf-8"))
    assert f'--zip "$RUNNER_TEMP/release/{hacs["filename"]}"' in runs[2]
    assert publish["needs"] == "build"
    assert publish["steps"][-1]["run"].endswith(f" {hacs['filename']}")
    assert build["permissions"] == {"contents": "read"}


def test_a_report_of_a_problem_comes_with_the_diagnostics() -> None:
    folder = ROOT / ".github" / "ISSUE_TEMPLATE"
    forms = {
        path.stem: yaml.safe_load(path.read_text("utf-8"))
        for path in folder.glob("*.yml")
    }
    assert forms.pop("config")["blank_issues_enabled"] is False
    for form in forms.values():
        assert form.keys() >= {"name", "description", "body"}
        ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
        assert len(ids) == len(set(ids))
    asked = {part.get("id"): part for part in forms["problem"]["body"]}
    assert asked["diagnostics"]["validations"] == {"required": True}
