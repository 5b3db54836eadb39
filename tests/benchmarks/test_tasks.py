"""The check of a task looks at one frame: beside REF, so that no frame of the window is late for it."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

import pytest

from playground.scenes.scene import Scene, scenes
from playground.topic_list import TOPICS

TASKS = [scene for entry in TOPICS for scene in scenes(entry) if scene.is_task]


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_a_look_at_a_task(bench: Any, task: Scene, reference: Callable[[], None]) -> None:
    run = task.recorded()
    run.record(40)
    last = run.recorded
    ref, looks = bench.in_turn(5, 20, reference, lambda: task.reached_at(run, last))
    unit, each = median(map(median, ref)), max(map(max, looks))
    bench.judge((f"a look at {task.id} / REF", each / unit, 3.0, f"{1e3 * each:.2f} ms"))
