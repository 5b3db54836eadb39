"""The window under deeds and faults drawn from seeds: what always holds holds after each of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.run import Run
from tests.playground.simulation import simulation
from tests.playground.simulation.disk import FAULTS

FOUND = sorted(Path(__file__).with_name("found").glob("*.json"))
SEEDS, DEEDS = range(1001, 1007), 500


@pytest.fixture(autouse=True)
def _apart(settings: object, dressed: QApplication) -> None:
    """Settings and look come back as they were."""


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_once_holds_now(path: Path) -> None:
    assert simulation.replay(simulation.read(path)) == ""


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_finds_nothing(seed: int) -> None:
    deeds, why = simulation.simulate(seed, DEEDS)
    assert why == "", f"python -m tests.playground.simulation {seed} --deeds {DEEDS}"
    assert len(deeds) == DEEDS


def test_a_seed_does_the_same_deeds_again() -> None:
    first, again = (simulation.simulate(3, 25) for _ in range(2))
    assert first == again


def test_a_fault_is_found_and_shrinks_to_the_deeds_that_make_it(monkeypatch: pytest.MonkeyPatch) -> None:
    reseed = Run.reseed
    monkeypatch.setattr(Run, "reseed", lambda run, seed: 1 / 0 if seed == 2 else reseed(run, seed))
    deeds: simulation.Deeds = [
        ["visit", "kmeans"],
        ["wait", 0.1],
        ["change_seed", 1],
        ["change_seed", 2],
        ["wait", 0.1],
    ]
    why = simulation.replay(deeds)
    assert why.startswith("ZeroDivisionError")
    assert simulation.shrunk(deeds, why) == [["change_seed", 2]]


def test_a_frame_that_is_not_that_of_its_recipe_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Timeline, "fork", lambda old, recipe: forked(old, recipe))

    def forked(old: Timeline[Any, Any], recipe: Recipe[Any]) -> Timeline[Any, Any]:
        old.recipe = recipe  # what was recorded before stays
        return old

    deeds: simulation.Deeds = [
        ["act", "transport.step"],
        ["set_parameter", "optimizers", "start", [1, 2], True],
        ["wait", 0.1],
    ]
    assert "frame 0 of optimizers" in simulation.replay(deeds)


def test_a_box_without_words_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "setText", lambda *_: None)
    assert "complaint" in simulation.replay([["open_file", "broken.mlplay", 0]])


def test_a_fault_that_nobody_caught_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Run, "advance", lambda *_: 1 / 0)
    assert "ZeroDivisionError" in simulation.replay([["act", "transport.step"]])


def test_a_broken_disk_costs_no_file_and_is_told_once() -> None:
    """Each call of the disk fails once: the file that was there before stays, or the new one is whole."""
    save: list[Any] = ["save", "a.mlplay", 0, True]
    deeds: simulation.Deeds = [save]
    for fault in (*FAULTS, *range(1, 7)):
        deeds += [["act", "transport.step"], ["break_disk", fault], save, ["break_disk", ""], save]
    assert simulation.replay(deeds) == ""


def test_in_a_hurry_nothing_is_painted_between_deeds(monkeypatch: pytest.MonkeyPatch) -> None:
    class Counting(QApplication):
        rounds = 0

        @classmethod
        def processEvents(cls) -> None:  # type: ignore[override]
            cls.rounds += 1
            QApplication.processEvents()

    monkeypatch.setattr("tests.playground.simulation.world.QApplication", Counting)
    step = ["act", "transport.step"]
    assert simulation.replay([["hurry", 2], step, step]) == ""
    opened, Counting.rounds = Counting.rounds, 0
    assert simulation.replay([["hurry", 2], step, step, step]) == ""
    assert Counting.rounds == 2 * opened


def test_window_after_window_takes_no_more_memory() -> None:
    """After two that warm up the caches, within 10 %."""
    deeds: simulation.Deeds = [["visit", "kmeans"], ["act", "transport.step"]]
    taken = [simulation.memory() for _ in range(5) if not simulation.replay(deeds)]
    assert len(taken) == 5
    assert taken[-1] <= 1.1 * taken[1], taken
