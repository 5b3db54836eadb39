"""The weights of the unit told of: its columns and its row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.rnn import arrays
from core.run.explanation import Focus
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.rnn.tab import RnnTab
from playground.topics.rnn.unit_weights import UnitWeights
from widgets.grids.grid import Placed

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.mark.parametrize("size", [(290.0, 190.0), (240.0, 150.0), (900.0, 700.0)])
@pytest.mark.parametrize("given", [{}, {"task": "next-character", "units": 64}, {"task": "parity", "units": 1}])
def test_matrices_are_those_of_the_row_with_the_unit_framed(
    given: Any, size: Any, record: Callable[..., Timeline[Any, Any]], entry: Any
) -> None:
    run = record(3, **given)
    last = run.recipe.params.units - 1
    items = UnitWeights(View(run, 3, focus=Focus("state", (0, 2, last))), entry.texts).arrange(*size)
    found, told = (
        {item.name: item for item in items if isinstance(item, Placed)},
        arrays(run.frame(3).state, run.recipe.params),
    )
    for name in ("W", "b", "U", "V"):
        np.testing.assert_array_equal(found[name].grid.values, np.atleast_2d(told[name]))
        assert found[name].inner.right() <= size[0]
        assert found[name].inner.bottom() <= size[1]
        marks = [(mark.row, mark.column) for mark in found[name].grid.outlines]
        assert marks == {"U": [(0, last), (last, 0)], "V": [(last, 0)]}.get(name, [(0, last)])
    assert found["W"].inner.left() == found["U"].inner.left()
    assert found["V"].inner.top() == found["U"].inner.top()


def test_a_unit_is_chosen_there(tab: RnnTab) -> None:
    tab.unit.clicked.emit("U", 2, 9)
    assert tab.focus == Focus("unit", (9,))
    tab.unit.hovered.emit("V", 4, 1)
    assert tab.focus_name(tab.view()) == "time 7, unit 4 · sequence 1"
    tab.unit.left.emit()
    tab.set_parameter("units", 4)
    assert tab.view().focus is None
