"""What a planned breakage is, and the table of all of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
PACKAGE = Path("custom_components/crestron_homeseer")
TESTS = Path("tests/crestron_homeseer")


@dataclass(frozen=True, slots=True)
class Breakage:
    """A text of the product, what it becomes, and what an owner would suffer."""

    file: str
    old: str
    new: str
    suffers: str
    tests: tuple[str, ...]

    @property
    def path(self) -> Path:
        """The file, from the project's folder."""
        return PACKAGE / self.file

    @property
    def name(self) -> str:
        """Say it in one line."""
        return f"{self.file} · {self.suffers}"

    def apply(self, source: str) -> str:
        """Return the code of the file, broken."""
        return source.replace(self.old, self.new)

    def found(self, root: Path) -> int:
        """Return how often the text is in the code; it has to be once."""
        return (root / self.path).read_text(encoding="utf-8").count(self.old)


# A file, the files or folders of tests near it, and of each breakage: what is there,
# what it becomes, and what an owner would suffer.
type Table = dict[str, tuple[str, list[tuple[str, str, str]]]]


def breakages(table: Table) -> Iterator[Breakage]:
    """Return the rows of a table."""
    for file, (tests, rows) in table.items():
        near = tuple(str(TESTS / each) for each in tests.split())
        for old, new, suffers in rows:
            yield Breakage(file, old, new, suffers, near)
