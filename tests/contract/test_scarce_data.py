"""One class, one point, points that are all alike: such data are taken, and what does not exist then is empty.

Nothing of it may warn or fail, neither in the numbers nor in any picture.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from playground.command_line.cli import main
from playground.window.window import Window

Rows = list[list[float]]
SETS: dict[str, Rows] = {
    "all of class 1": [[1, 2, 1], [2, 1, 1], [3, 3, 1]],
    "all of class 0": [[1, 2, 0], [2, 1, 0], [3, 3, 0]],
    "one point": [[2, 3, 1]],
    "all at one place": [[1, 1, 0], [1, 1, 1], [1, 1, 0]],
    "all at the origin": [[0, 0, 0], [0, 0, 1]],
    "all on one line": [[1, 0, 0], [2, 0, 1], [3, 0, 1]],
    "very far": [[1e9, -1e9, 0], [1.1e9, 1e9, 1]],
}
MORE: dict[str, list[dict[str, Any]]] = {
    "dense": [{}, {"hidden": [3]}, {"activation": "softmax", "units": 2}, {"activation": "linear", "hidden": [2]}],
    "activations": [{}],
    "loss-metrics": [{}, {"test_share": 0.5}, {"loss": "hinge"}],
}
CASES = [(topic, name, more) for topic in MORE for name in SETS for more in MORE[topic]]


def given(topic: str, rows: Rows, more: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters that give a topic a set of rows x, y, class."""
    if topic == "dense":
        plain = {"units": 1, "hidden": [], "activation": "sigmoid"}
        return {**plain, "points": [row[:2] for row in rows], "targets": [row[2] for row in rows], **more}
    return {"dataset": rows, **more}


@pytest.mark.parametrize(("topic", "name", "more"), CASES)
def test_a_trace_of_it(topic: str, name: str, more: dict[str, Any], tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    settings = [f"--set={key}={json.dumps(value)}" for key, value in given(topic, SETS[name], more).items()]
    with warnings.catch_warnings(action="error"):
        assert main(["trace", topic, *settings, "--steps", "5", "-o", str(out)]) == 0
    told = json.loads(out.read_text("utf-8"))
    assert told["step"][-1] == 5 or told["events"][-1][1] == "end"
    if name.startswith("all of class") and topic == "loss-metrics":
        assert told["series"]["auc"] == [None] * 6  # a share of pairs, of which there are none


@pytest.fixture
def drawn(window: Window, settle: Any) -> Callable[..., None]:
    """Draw every panel of a tab at some steps of a run."""

    def draw(topic: str, settings: dict[str, Any]) -> None:
        tab = window.visit(topic)
        tab.run.restart_with(settings)
        for steps in (0, 1, 4):
            tab.run.advance(steps)
            for id in tab.shown.by_id:
                tab.bring_forward(id)
                settle()
                assert tab.plots()[id].grab().toImage() != QImage()

    return draw


@pytest.mark.parametrize("topic", MORE)
def test_the_pictures_of_it(topic: str, drawn: Callable[..., None]) -> None:
    with warnings.catch_warnings(action="error"):
        for rows in SETS.values():
            for more in MORE[topic]:
                drawn(topic, given(topic, rows, more))
