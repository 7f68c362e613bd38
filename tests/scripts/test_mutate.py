"""The table of planned breakages is about the code as it is."""

from pathlib import Path
from textwrap import indent

from coverage import CoverageData
import pytest

from scripts.lib.mutate import __main__ as mutate, nearby
from scripts.lib.mutate.breakage import PACKAGE, ROOT, Breakage
from scripts.lib.mutate.operators import Change, changes, sample
from scripts.lib.mutate.table import BREAKAGES

LOCK = Path("custom_components/crestron_homeseer/lock.py")


def test_each_breakage_breaks_one_place_of_the_code() -> None:
    assert len(BREAKAGES) > 80
    assert [each.name for each in BREAKAGES if each.found(ROOT) != 1] == []
    assert [each.name for each in BREAKAGES if each.old == each.new] == []
    assert len({each.name for each in BREAKAGES}) == len(BREAKAGES)


def test_what_is_broken_is_still_code() -> None:
    for each in BREAKAGES:
        source = (ROOT / each.path).read_text(encoding="utf-8")
        compile(source.replace(each.old, each.new), str(each.path), "exec")


def test_the_tests_near_it_are_there() -> None:
    near = {test for each in BREAKAGES for test in each.tests}
    assert [test for test in near if not (ROOT / test).exists()] == []


@pytest.mark.parametrize(
    ("ends", "said", "code"),
    [({1}, "1 of 1 noticed, 100%", 0), ({0}, "0 of 1 noticed, 0%", 1)],
)
def test_only_a_copy_is_broken(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    ends: set[int],
    said: str,
    code: int,
) -> None:
    before = (ROOT / LOCK).read_bytes()
    one = Breakage("lock.py", "LockState.JAMMED", "LockState.LOCKED", "jam", ("x",))
    monkeypatch.setattr(mutate, "BREAKAGES", (one,))
    seen = []

    def run(folder: Path, tests: tuple[str, ...]) -> tuple[int, str]:
        assert folder != ROOT
        seen.append((folder / LOCK).read_bytes())
        assert (ROOT / LOCK).read_bytes() == before
        return min(ends), ""

    monkeypatch.setattr(mutate, "run_tests", run)
    assert mutate.main(["--lanes", "1", "jam"]) == code
    assert said in capsys.readouterr().out
    assert seen == [before.replace(b"LockState.JAMMED", b"LockState.LOCKED")]
    with pytest.raises(SystemExit):
        mutate.main(["nothing of the kind"])


@pytest.mark.parametrize(
    ("code", "operator", "becomes"),
    [
        ("if x:\n    return", "a guard dropped", "pass"),
        ("self.pending = None", "a flag not reset", "pass"),
        ("RETRY = 2.5", "a constant changed", "RETRY = 25.0"),
        ("await go()", "a call left out", "pass"),
        ("async with lock:\n    x = 1", "a lock not taken", "if True:\n    x = 1"),
        ("y = x <= 1", "a comparison turned", "y = (x < 1)"),
        ("return True", "an answer turned", "return False"),
    ],
)
def test_each_operator_breaks_one_place(
    tmp_path: Path, code: str, operator: str, becomes: str
) -> None:
    def whole(part: str) -> str:
        return f"async def f(self, x):\n{indent(part, '    ')}\n"

    (tmp_path / PACKAGE).mkdir(parents=True)
    (tmp_path / PACKAGE / "a.py").write_text(whole(code))
    found = [each for each in changes(tmp_path) if each.operator == operator]
    assert [each.apply(whole(code)) for each in found] == [whole(becomes)]
    assert f"a.py:{found[0].line} · {operator}" in found[0].name
    assert sample(tmp_path, 50, 1)


def test_what_an_object_starts_with_is_not_reset(tmp_path: Path) -> None:
    (tmp_path / PACKAGE).mkdir(parents=True)
    code = "class A:\n    def __init__(self):\n        self.on = False\n"
    (tmp_path / PACKAGE / "a.py").write_text(code + "        if x > (\n  1): pass")
    assert list(changes(tmp_path)) == []


def test_a_draw_is_the_same_for_a_seed_and_of_all_operators() -> None:
    first, again, other = (sample(ROOT, 35, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len({each.operator for each in first}) == 7


def test_the_tests_of_a_change_are_those_that_run_its_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = tmp_path / "noted"
    data = CoverageData(str(noted))
    for number in range(100):
        data.set_context(f"test_{number:02}|run")
        data.add_lines({str(ROOT / PACKAGE / "lock.py"): [number // 10]})
    data.write()
    monkeypatch.setattr(nearby, "NOTED", noted)
    one = Change("lock.py", 3, "a", "b\nc", "d")
    (found,) = nearby.with_tests([one])
    assert found.tests == tuple(f"test_{number}" for number in range(30, 50))
    monkeypatch.setattr(nearby, "MOST", 5)
    assert len(nearby.with_tests([one])[0].tests) == 5
    monkeypatch.setattr(mutate, "sample", lambda *_: [one])
    monkeypatch.setattr(mutate, "copy_to", lambda folder: ROOT)
    monkeypatch.setattr(mutate, "is_noticed", lambda _, change: bool(change.tests))
    assert mutate.main(["--drawn", "1"]) == 0
