"""The table of planned breakages is about the code as it is."""

from pathlib import Path

import pytest

from scripts.lib.mutate import __main__ as mutate
from scripts.lib.mutate.breakage import ROOT, Breakage
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
