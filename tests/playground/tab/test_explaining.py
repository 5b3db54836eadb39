"""What the strip says of the runs beside the one in front."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core import cnn
from core.run.timeline import Timeline

SHALLOW = tuple(layer for layer in cnn.Params().layers if "Pooling" not in layer.type)


@pytest.mark.parametrize(("id", "fewer"), [("rnn", {"length": 3}), ("cnn", {"layers": SHALLOW})])
def test_a_beat_that_a_run_beside_has_not_tells_of_its_whole_step(
    window: Any, settle: Any, id: str, fewer: dict[str, Any]
) -> None:
    tab = window.visit(id)
    settle()
    recipe = replace(tab.run.recipe, params=replace(tab.run.params, **fewer))
    tab.run.compare_with([tab.run.timeline, Timeline(tab.entry.core, recipe)], 0)
    tab.run.advance(2)
    settle()
    (beside,) = tab.view().beside
    mine = [beat for beat in tab.beats() if beat not in tab.entry.core.beats(recipe.params)]
    assert mine
    for beat in mine:
        tab.show_beat(beat)
        assert any(row.label.startswith(beside.letter) for row in tab.numbers.view.rows())
