"""What is open is kept, comes back after a crash, and a file of another hand is not replaced unasked."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from core.run.recipe import Recipe
from playground.files import recovery, session
from playground.start.app import Program
from playground.topic_list import topic
from playground.window.open_work import INTERVAL, OpenWork, interval
from tests.playground.start.killed import kill_once

ENTRY = topic("optimizers")


def asked(monkeypatch: pytest.MonkeyPatch, answer: str) -> list[str]:
    texts: list[str] = []

    def question(*given: Any) -> Any:
        texts.append(given[2])
        return QMessageBox.StandardButton[answer]

    monkeypatch.setattr(QMessageBox, "question", question)
    return texts


def crashed(*tabs: recovery.OpenTab) -> Path:
    """Leave the work of a process that has ended."""
    folder = recovery.folder()
    folder.mkdir(parents=True, exist_ok=True)
    keeper = recovery.Keeper(folder / "other")
    keeper.keep(recovery.Work(tabs))
    return keeper.path.rename(folder / keeper.path.name)


def open_tab(rate: float, position: int = 7, is_saved: bool = False) -> recovery.OpenTab:
    params = ENTRY.core.Params(noise=rate)
    return recovery.OpenTab(session.Session(Recipe(ENTRY.id, 1, 4, params), position, position), is_saved=is_saved)


def press(program: Program, name: str) -> None:
    button = program.window.findChild(QAbstractButton, f"recovery.{name}")
    assert button is not None
    button.click()


def written() -> list[Path]:
    """The files of open work."""
    return [path for path in recovery.folder().glob("*.json") if path.name != "left.json"]


def kept(work: OpenWork) -> recovery.Work:
    """What is in the file of this process once it is written."""
    [path] = written()
    found = recovery.read_work(path)
    assert found
    return found


def test_the_open_work_is_kept_and_is_left_at_the_end(program: Program, qtbot: QtBot) -> None:
    work = OpenWork(program.window, program.documents)
    tab = program.window.visit("kmeans")
    tab.run.advance(3)
    tab.set_parameter("n_clusters", 5)
    recipe = tab.run.recipe
    work.keep()
    qtbot.waitUntil(lambda: bool(written()) and any(not back.is_saved for back in kept(work).tabs))
    assert [back.session.recipe for back in kept(work).unsaved] == [recipe]
    program.window.may_close = lambda: True
    program.window.close()
    assert [path.name for path in recovery.folder().iterdir()] == ["left.json"]
    assert recovery.left(recovery.folder()).unsaved == ()  # nobody wanted to save it


def test_unsaved_work_is_offered_after_a_crash_and_stays_unsaved(program: Program) -> None:
    lost = crashed(open_tab(0.25))
    OpenWork(program.window, program.documents).begin(asked=True)
    press(program, "open")
    tab = program.window.visit("optimizers")
    assert (tab.run.params.noise, tab.run.position) == (0.25, 7)
    assert program.documents.is_modified(tab)
    assert not lost.exists()


def test_the_work_of_two_crashes_comes_back_the_newest_on_top(program: Program) -> None:
    crashed(open_tab(0.25))
    crashed(open_tab(0.5))
    OpenWork(program.window, program.documents).begin(asked=False)
    press(program, "open")
    tab = program.window.visit("optimizers")
    assert tab.run.params.noise == 0.5
    tab.run.undo()
    assert tab.run.params.noise == 0.25


@pytest.mark.parametrize(("answer", "stays"), [("discard", False), ("later", True)])
def test_what_is_not_wanted_goes_and_what_is_put_off_stays(program: Program, answer: str, stays: bool) -> None:
    lost = crashed(open_tab(0.25))
    OpenWork(program.window, program.documents).begin(asked=False)
    press(program, answer)
    assert program.window.visit("optimizers").run.params.noise == 0
    assert lost.exists() == stays


def test_nothing_is_offered_where_nothing_is_lost_and_the_window_goes_on_where_it_was(program: Program) -> None:
    lost = crashed(open_tab(0.0, 9, is_saved=True))
    OpenWork(program.window, program.documents).begin(asked=False)
    assert program.window.findChild(QMessageBox, "recovery") is None
    tab = program.window.visit("optimizers")
    assert (tab.run.position, program.documents.is_modified(tab)) == (9, False)
    assert not lost.exists()


def test_closing_asks_for_work_brought_back_that_nobody_has_looked_at(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.window.visit("kmeans")
    program.documents.bring_back(recovery.Work((open_tab(0.25),)))
    texts = asked(monkeypatch, "Cancel")
    assert not program.documents.may_close()
    assert len(texts) == 1


def test_a_run_over_work_brought_back_that_nobody_has_looked_at_asks(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.window.visit("kmeans")
    program.documents.bring_back(recovery.Work((open_tab(0.25),)))
    texts = asked(monkeypatch, "Cancel")
    assert not program.documents.offer_run(open_tab(0.5).session)
    assert len(texts) == 1


@pytest.mark.parametrize("elsewhere", [False, True])
@pytest.mark.parametrize(("answer", "saves"), [("Yes", True), ("No", False)])
def test_a_file_of_another_hand_is_not_replaced_unasked(
    program: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, saves: bool, elsewhere: bool
) -> None:
    path = tmp_path / "mine.mlplay"
    session.save(path, open_tab(0.25).session)
    program.documents.open(str(path))
    tab = program.window.visit("optimizers")
    tab.set_parameter("noise", 0.75)
    if elsewhere:
        other = recovery.Keeper(recovery.folder())
        other.keep(recovery.Work((recovery.OpenTab(open_tab(0.25).session, path),)))
        OpenWork(program.window, program.documents)
    else:
        session.save(path, open_tab(0.5).session)
    texts = asked(monkeypatch, answer)
    assert program.documents.save() == saves
    assert len(texts) == 1
    assert (session.open_file(path).recipe == tab.run.recipe) == saves
    assert program.documents.is_modified(tab) != saves


@pytest.mark.parametrize("once", [True, False], ids=["was there", "never was"])
def test_a_folder_that_takes_nothing_is_told_once_and_the_work_stays(
    once: bool, program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = OpenWork(program.window, program.documents) if once else None
    if once:
        recovery.folder().rename(recovery.folder().with_name("gone"))
    recovery.folder().parent.mkdir(parents=True, exist_ok=True)
    recovery.folder().write_bytes(b"a file in its place")
    if work is None:
        work = OpenWork(program.window, program.documents)
        work.begin(asked=False)
    tab = program.window.visit("kmeans")
    tab.run.advance(2)
    with qtbot.waitSignal(work.failed):
        work.keep()
    assert "cannot be kept safe" in program.window.statusBar().currentMessage()
    assert tab.run.position == 2


@pytest.mark.parametrize(("given", "seconds"), [("0.5", 0.5), ("soon", 15), ("0", 0.05)])
def test_the_interval_can_be_given(given: str, seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(INTERVAL, given)
    assert interval() == seconds


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_window_killed_at_any_moment_loses_no_more_than_the_interval(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as several:
        faults = list(several.map(lambda seed: kill_once(folder(tmp_path, seed), seed, every=0.2), range(5)))
    assert faults == [""] * 5


def folder(tmp_path: Path, seed: int) -> Path:
    made = tmp_path / str(seed)
    made.mkdir()
    return made
