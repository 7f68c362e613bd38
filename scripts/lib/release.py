"""Checks that version, changelog and tag agree, and builds the zip that HACS installs."""

import argparse
from collections.abc import Iterator
import json
from pathlib import Path
import re
import sys
from typing import Any
import zipfile

ROOT = Path(__file__).parents[2]
DOMAIN = "crestron_homeseer"
_HEADING = re.compile(r"^## (\S+)(?: \(.+\))?$", re.MULTILINE)
_LEFT_OUT = {"__pycache__"}
# Files of a release have no time of their own, so the same release is the same file.
_TIME = (1980, 1, 1, 0, 0, 0)


def _json(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def _version(root: Path) -> str:
    return str(_json(_integration(root) / "manifest.json")["version"])


def _integration(root: Path) -> Path:
    return root / "custom_components" / DOMAIN


def sections(root: Path) -> dict[str, str]:
    """Return what the changelog says of each version, the newest first."""
    text = (root / "CHANGELOG.md").read_text("utf-8")
    _, *parts = _HEADING.split(text)
    return {
        version: said.strip()
        for version, said in zip(parts[::2], parts[1::2], strict=True)
    }


def notes(root: Path) -> str:
    """Return what is new, with links that lead to the pages of this very version."""
    facts = _json(_integration(root) / "manifest.json")
    pages = f"{facts['documentation']}/blob/v{facts['version']}"
    text = sections(root)[facts["version"]]
    return re.sub(r"\]\((?!https:)([^)]+)\)", rf"]({pages}/\1)", text) + "\n"


def disagreements(root: Path, tag: str | None) -> Iterator[str]:
    """Say what does not agree with the manifest; a tag is of one version alone."""
    version = _version(root)
    if tag is not None and tag != f"v{version}":
        yield f"The tag is {tag}, but the manifest says {version}: v{version} is meant"
    known = sections(root)
    newest = next(iter(known), None)
    if newest != version:
        yield f"CHANGELOG.md begins with {newest}, but the manifest says {version}"
    elif not known[version]:
        yield f"CHANGELOG.md says nothing of {version}"
    hacs = _json(root / "hacs.json")
    if not hacs.get("zip_release") or hacs.get("filename") != f"{DOMAIN}.zip":
        yield f"hacs.json does not install {DOMAIN}.zip"


def build_zip(root: Path, target: Path) -> None:
    """Write what belongs into the integration's folder, with nothing around it."""
    folder = _integration(root)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder)
            hidden = any(part.startswith(".") for part in name.parts)
            if path.is_dir() or hidden or _LEFT_OUT & set(name.parts):
                continue
            facts = zipfile.ZipInfo(name.as_posix(), _TIME)
            facts.external_attr = 0o644 << 16
            facts.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(facts, path.read_bytes())


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Do what is asked for; nothing is written where something does not agree."""
    parser = argparse.ArgumentParser(
        prog="scripts/release",
        description="Checks that the versions of a release agree, and builds its zip.",
    )
    parser.add_argument(
        "--check", action="store_true", help="only check, which is done in any case"
    )
    parser.add_argument("--tag", help="the tag, which has to agree, too")
    parser.add_argument("--zip", type=Path, help="where to write the zip for HACS")
    parser.add_argument("--notes", type=Path, help="where to write what is new")
    options = parser.parse_args(arguments)
    if not (options.check or options.zip or options.notes):
        parser.error("say what to do: --check, --zip or --notes")
    if found := [*disagreements(root, options.tag)]:
        print(*found, sep="\n", file=sys.stderr)
        return 1
    if options.zip:
        build_zip(root, options.zip)
    if options.notes:
        options.notes.write_text(notes(root), "utf-8")
    print(f"{DOMAIN} {_version(root)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
