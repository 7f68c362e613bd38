"""Ways to break any code: what people forget, mistype or leave out."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path

from .breakage import PACKAGE

# What a node becomes, as source; None where the operator does not apply.
type Operator = Callable[[ast.AST], str | None]

_BARE_EXITS = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_COMPARED = {
    ast.LtE: ast.Lt(),
    ast.Lt: ast.LtE(),
    ast.GtE: ast.Gt(),
    ast.Gt: ast.GtE(),
    ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
    ast.In: ast.NotIn(),
    ast.NotIn: ast.In(),
    ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(),
}


def _guard(node: ast.AST) -> str | None:
    """Drop a guard: what it keeps out comes in."""
    if not isinstance(node, ast.If) or node.orelse or len(node.body) != 1:
        return None
    return "pass" if isinstance(node.body[0], _BARE_EXITS) else None


def _flag(node: ast.AST) -> str | None:
    """Leave an attribute as it was, instead of resetting it."""
    match node:
        case ast.Assign(
            targets=[ast.Attribute(value=ast.Name(id="self"))],
            value=ast.Constant(value=None | True | False | 0),
        ):
            return "pass"
    return None


def _constant(node: ast.AST) -> str | None:
    """Change a number that has a name: another unit, or a digit too many."""
    match node:
        case ast.Assign(
            targets=[ast.Name(id=name)], value=ast.Constant(value=int() | float() as n)
        ) if name.strip("_").isupper() and not isinstance(n, bool):
            return f"{name} = {n * 10 or 1}"
    return None


def _call(node: ast.AST) -> str | None:
    """Leave out a call of which nothing is kept."""
    match node:
        case ast.Expr(value=ast.Await(value=ast.Call()) | ast.Call()):
            return "pass"
    return None


def _lock(node: ast.AST) -> str | None:
    """Enter without the lock, the gate or the time limit."""
    if not isinstance(node, ast.AsyncWith | ast.With):
        return None
    if any(item.optional_vars is not None for item in node.items):
        return None
    return ast.unparse(ast.If(ast.Constant(value=True), node.body, []))


def _comparison(node: ast.AST) -> str | None:
    """Compare with the other side of the limit, or the other way round."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return None
    other = _COMPARED[type(node.ops[0])]
    return f"({ast.unparse(ast.Compare(node.left, [other], node.comparators))})"


def _answer(node: ast.AST) -> str | None:
    """Answer the opposite."""
    match node:
        case ast.Return(value=ast.Constant(value=bool() as answer)):
            return f"return {not answer}"
    return None


OPERATORS: dict[str, Operator] = {
    "a guard dropped": _guard,
    "a flag not reset": _flag,
    "a constant changed": _constant,
    "a call left out": _call,
    "a lock not taken": _lock,
    "a comparison turned": _comparison,
    "an answer turned": _answer,
}


@dataclass(frozen=True, slots=True)
class Change:
    """One place of the code, and what an operator makes of it."""

    file: str
    line: int
    operator: str
    before: str
    after: str
    tests: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The file, from the project's folder."""
        return PACKAGE / self.file

    @property
    def name(self) -> str:
        """Say it in one line."""
        was = " ".join(self.before.split())
        return f"{self.file}:{self.line} · {self.operator} · {was[:60]}"

    def apply(self, source: str) -> str:
        """Return the code of the file with the place changed."""
        lines = source.splitlines(keepends=True)
        head, tail = "".join(lines[: self.line - 1]), "".join(lines[self.line - 1 :])
        return head + tail.replace(self.before, self.after, 1)


def changes(root: Path) -> Iterator[Change]:
    """Return all that the operators make of the product, in no useful order."""
    for path in sorted((root / PACKAGE).rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in _nodes(ast.parse(source)):
            for operator, change in OPERATORS.items():
                if (after := change(node)) is None:
                    continue
                assert isinstance(node, ast.stmt | ast.expr)
                segment = ast.get_source_segment(source, node) or ""
                indented = after.replace("\n", "\n" + " " * node.col_offset)
                file = str(path.relative_to(root / PACKAGE))
                yield Change(file, node.lineno, operator, segment, indented)


def _nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """Return what runs; what a new object starts with is reset by nothing."""
    for child in ast.iter_child_nodes(tree):
        if not isinstance(child, ast.FunctionDef) or child.name != "__init__":
            yield child
            yield from _nodes(child)


def sample(root: Path, count: int, seed: int) -> list[Change]:
    """Return some changes, as many of each operator; the same for the same seed."""
    by_operator: dict[str, list[Change]] = {operator: [] for operator in OPERATORS}
    for change in changes(root):
        by_operator[change.operator].append(change)
    for found in by_operator.values():
        found.sort(key=lambda each: _shuffled(each, seed))
    share = -(-count // len(OPERATORS))
    # Most are never drawn: only those that are need to be code still.
    drawn = (
        islice((each for each in found if _still_code(root, each)), share)
        for found in by_operator.values()
    )
    return list(islice(chain.from_iterable(drawn), count))


def _shuffled(change: Change, seed: int) -> str:
    return sha256(f"{seed} {change.name} {change.line}".encode()).hexdigest()


def _still_code(root: Path, change: Change) -> bool:
    source = (root / change.path).read_text(encoding="utf-8")
    try:
        compile(change.apply(source), "changed", "exec")
    except SyntaxError:
        return False
    return True
