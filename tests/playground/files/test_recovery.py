"""The open work of a process: kept whole, taken by nobody else while it lives, found when it has ended."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.optimizers import Params
from core.run.recipe import Recipe
from core.run.refusal import Refusal
from playground.files import recovery
from playground.files.recovery import Keeper, OpenTab, Work, left, orphans
from playground.files.session import Session
from resources import FOLDER

WORK = Work((OpenTab(Session(Recipe("optimizers", 1, 3, Params(noise=0.2)), 5, 9), is_saved=False),))

KILLED = """
import os, signal, sys
from pathlib import Path
from playground.files.recovery import Keeper, read_work
keeper = Keeper(Path(sys.argv[1]))
keeper.keep(read_work(Path(sys.argv[2])))
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_work_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    tab = OpenTab(WORK.tabs[0].session, tmp_path / "a.mlplay", (1, 2, 3))
    keeper.keep(Work((tab,)))
    assert recovery.read_work(keeper.path) == Work((tab,))
    assert Work((tab, *WORK.tabs)).unsaved == WORK.tabs


def test_nobody_takes_the_work_of_a_living_process(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path)
    keeper.keep(WORK)
    assert orphans(tmp_path) == []
    keeper.leave(WORK)
    assert [path.name for path in tmp_path.iterdir()] == ["left.json"]
    assert left(tmp_path) == WORK
    assert orphans(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_the_work_of_a_killed_process_is_taken_once(tmp_path: Path) -> None:
    given = Keeper(tmp_path / "other")
    given.keep(WORK)
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(given.path)]
    assert subprocess.run(command, cwd=FOLDER.parent, check=False).returncode == -9
    [orphan] = orphans(tmp_path)
    assert orphan.work == WORK
    assert orphans(tmp_path) == []  # it is ours
    orphan.let_go()
    [again] = orphans(tmp_path)
    again.drop()
    assert not list(tmp_path.glob("*.*"))


def test_a_file_that_another_window_has_open_is_known(tmp_path: Path) -> None:
    one, other = Keeper(tmp_path), Keeper(tmp_path)
    other.keep(Work((OpenTab(WORK.tabs[0].session, tmp_path / "a.mlplay"),)))
    assert one.is_open_elsewhere(tmp_path / "a.mlplay")
    assert not one.is_open_elsewhere(tmp_path / "b.mlplay")
    assert not other.is_open_elsewhere(tmp_path / "a.mlplay")


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"format": "x"}', b"\xff", b'{"format": "mlplay-open", "tabs": [1]}']
)
def test_what_cannot_be_read_is_left_alone(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "strange.json").write_bytes(data)
    assert orphans(tmp_path) == []
    assert (tmp_path / "strange.json").read_bytes() == data


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    keeper = Keeper(tmp_path / "open")
    (tmp_path / "open").rename(tmp_path / "gone")
    (tmp_path / "open").write_bytes(b"a file in its place")
    with pytest.raises(Refusal) as refused:
        keeper.keep(WORK)
    assert refused.value.key == "file_unwritable"
