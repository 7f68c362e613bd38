"""The integration's code as it is written, and what its names mean."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).parents[3]
INTEGRATION = ROOT / "custom_components" / "crestron_homeseer"


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the integration: its tree, and what it is once imported."""

    path: Path
    tree: ast.Module
    imported: ModuleType

    @property
    def name(self) -> str:
        """Where it is within the integration, as in `house/hub`."""
        return self.path.relative_to(INTEGRATION).with_suffix("").as_posix()

    def meaning(self, node: ast.expr) -> Any:
        """Return what a name stands for; None where only a run could tell."""
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return getattr(self.imported, node.id, None)
            case ast.Attribute():
                return getattr(self.meaning(node.value), node.attr, None)
        return None

    def calls(self) -> Iterator[ast.Call]:
        """Go through all calls."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    def where(self, node: ast.AST) -> str:
        """Say where something is, for a person to find it."""
        return f"{self.name}.py:{getattr(node, 'lineno', 0)}"


@cache
def modules() -> tuple[Module, ...]:
    """Return all modules of the integration."""
    return tuple(_module(path) for path in sorted(INTEGRATION.rglob("*.py")))


def _module(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    name = ".".join(part for part in parts if part != "__init__")
    return Module(path, ast.parse(path.read_text("utf-8")), import_module(name))


def argument(call: ast.Call, name: str) -> ast.expr | None:
    """Return what is handed over by name."""
    return next((word.value for word in call.keywords if word.arg == name), None)


def words() -> set[str]:
    """Return every text in the code that is no docstring.

    A text that is put together, as in f"hub_{reason}", is there with all that could
    be meant: each other text in the place of its gap.
    """
    plain: set[str] = set()
    frames: set[tuple[str, str]] = set()
    for module in modules():
        documentation = _docstrings(module.tree)
        for node in ast.walk(module.tree):
            match node:
                case ast.Constant(value=str(text)) if (
                    cleandoc(text) not in documentation
                ):
                    plain.add(text)
                case ast.JoinedStr(
                    values=[ast.Constant(value=str(before)), ast.FormattedValue()]
                ):
                    frames.add((before, ""))
                case ast.JoinedStr(
                    values=[ast.FormattedValue(), ast.Constant(value=str(after))]
                ):
                    frames.add(("", after))
    return plain | {
        f"{before}{text}{after}" for before, after in frames for text in plain
    }


def _docstrings(tree: ast.Module) -> set[str]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = (
        ast.get_docstring(node)
        for node in ast.walk(tree)
        if isinstance(node, documented)
    )
    return {text for text in found if text}
