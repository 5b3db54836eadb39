"""Three nets that must fail learn on the clock of the run in view; one of them can be opened in the big plane."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.transe.algorithm import State
from playground.playback.view import View
from playground.topics.transe.failures import LONGEST, SETS, Failures
from widgets.plots.marks.strokes import Strokes


@pytest.fixture
def failures(entry: Any, freed: Any, dressed: Any) -> Failures:
    made = Failures(entry.core, entry.texts)
    freed(made)
    return made


def test_all_three_are_at_the_step_of_the_run(failures: Failures, record: Any) -> None:
    run = record(60, seed=4)
    for t in (60, 25, 60):
        failures.show_view(View(run, t))
        failures.finish()
        for tile in failures.tiles():
            own = record(t, seed=4, **_settings(tile.id)).frame(t).state
            arrows = next(mark for mark in tile.marks if isinstance(mark, Strokes) and mark.heads)
            np.testing.assert_allclose(arrows.ends - arrows.begins, np.tile(own.relations[0], (len(arrows.ends), 1)))


def test_what_is_far_comes_a_slice_at_a_time(failures: Failures, record: Any, qtbot: Any) -> None:
    run = record(150)
    failures.show_view(View(run, 150), deadline=1e-9)
    assert failures.record_of("both_ways", 0).recorded < 150
    qtbot.waitUntil(lambda: all(failures.record_of(id, 0).recorded == 150 for id in failures.ids))


def test_a_click_closes_the_week_to_a_ring(failures: Failures, record: Any) -> None:
    failures.retranslate()
    failures.show_view(View(record(3), 3))
    for id in ("ring", "week"):
        failures.closing.chosen.emit(id)
        assert failures.tiles()[-1].id == id


def test_a_tile_becomes_the_run_in_view_and_undo_leads_back(tab: Any, forward: Any) -> None:
    tab.run.advance(20)
    before = tab.run.recipe
    forward("failures").opened.emit("one_to_many")
    assert tab.run.params == SETS["one_to_many"]
    assert tab.run.position == 20 < LONGEST
    shown: State = tab.run.frame.state
    assert shown == tab.failures.record_of("one_to_many", 0).frame(20).state
    tab.run.undo()
    assert tab.run.recipe == before


def _settings(id: str) -> dict[str, Any]:
    return {"triples": SETS[id].triples, "learning_rate": SETS[id].learning_rate}
