"""Frames of the tabs of shapes, dense, activations and loss-metrics beside REF: alone, of two runs, of large nets."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from playground.topic_list import TOPICS, TopicEntry

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
LISTED = [entry for entry in TOPICS if entry.id in OTHERWISE]
every_tab = pytest.mark.parametrize("entry", LISTED, ids=lambda entry: entry.id)


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
def test_frames(window: Any, judged: Any, entry: TopicEntry) -> None:
    judged(window.visit(entry.id), f"{entry.id}, frame")


@every_tab
def test_frames_with_two_runs_compared(window: Any, judged: Any, entry: TopicEntry) -> None:
    tab = window.visit(entry.id)
    tab.run.pin()
    tab.run.restart_with(OTHERWISE[entry.id])
    QApplication.processEvents()
    judged(tab, f"{entry.id}, frame of two compared runs")


@pytest.mark.parametrize("entry", [entry for entry in LISTED if entry.id in LARGE], ids=lambda entry: entry.id)
def test_frames_of_a_large_net(window: Any, judged: Any, entry: TopicEntry) -> None:
    tab = window.visit(entry.id)
    tab.run.restart_with(LARGE[entry.id])
    QApplication.processEvents()
    judged(tab, f"{entry.id}, frame of a large net")
