"""Frames of the tabs of shapes, dense, activations and loss-metrics beside REF: alone, of two runs, of large nets."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

ROUNDS, TICKS = 20, 12
OTHERWISE: dict[str, dict[str, Any]] = {  # what is changed in the second of two compared runs
    "shapes": {"batch_size": 4},
    "dense": {"learning_rate": 0.1},
    "activations": {"learning_rate": 0.05},
    "loss-metrics": {"loss": "mse"},
}
LARGE: dict[str, dict[str, Any]] = {
    "dense": {"hidden": [8, 8]},
    "activations": {"units": 8, "layers": 2, "functions": ["sigmoid", "tanh", "relu", "leaky-relu"]},
}
every_tab = pytest.mark.parametrize("id", OTHERWISE)


@pytest.fixture
def judged(bench: Any, window: Any, by_hand: Any, reference: Callable[[], None]) -> Callable[[Any, str], None]:
    """Judge the frames of a tab as the window plays it, one step a frame; a run that has ended begins again."""

    def judge(tab: Any, name: str) -> None:
        tick = by_hand(tab)
        rounds: list[list[list[float]]] = [[], []]
        for _ in range(ROUNDS):
            for kept, thing in zip(rounds, (reference, tick), strict=True):
                kept.append([_seconds(tab, thing, by_hand) for _ in range(TICKS)])
        bench.judge_frames(name, *rounds)

    return judge


def _seconds(tab: Any, thing: Callable[[], None], by_hand: Any) -> float:
    if not tab.run.can_step:
        tab.run.seek(0)
        by_hand(tab)
        QApplication.processEvents()
    begin = process_time()
    thing()
    return process_time() - begin


@every_tab
def test_frames(window: Any, judged: Any, id: str) -> None:
    judged(window.visit(id), f"{id}, frame")


@every_tab
def test_frames_with_two_runs_compared(window: Any, judged: Any, id: str) -> None:
    tab = window.visit(id)
    tab.run.pin()
    tab.run.restart_with(OTHERWISE[id])
    QApplication.processEvents()
    judged(tab, f"{id}, frame of two compared runs")


@pytest.mark.parametrize("id", LARGE)
def test_frames_of_a_large_net(window: Any, judged: Any, id: str) -> None:
    tab = window.visit(id)
    tab.run.restart_with(LARGE[id])
    QApplication.processEvents()
    judged(tab, f"{id}, frame of a large net")
