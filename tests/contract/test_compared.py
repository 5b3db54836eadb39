"""Over every topic: equal runs look alike in every panel, and those that differ part at the step at which they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from core.run.explanation import Focus
from core.run.recipe import Recipe, SetParam
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.tab.panels import whose
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS, TopicEntry
from widgets.grids.board import GridBoard
from widgets.grids.share_bars import BarList
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.named_points import NamedPoints
from widgets.plots.marks.trails import Trails
from widgets.plots.plot import Plot
from widgets.tables.array_table import CellsTable

PARTS, LAST = 7, 12
CHANGED: dict[str, tuple[str, Any]] = {  # a live parameter, and what it becomes
    "optimizers": ("adam.learning_rate", 0.9),
    "convolution": ("bias", 4.0),
    "word2vec": ("learning_rate", 1.5),
    "kmeans": ("empty", "farthest"),
}
SAME_FOR_ALL = {"cost", "sentence"}  # panels that tell of no run, or that all runs share where they read one text
UNREADABLE = {"relief", "loss"}  # a surface has no marks to read; of word2vec no pass is finished, of a sweep no loss
Run = Timeline[Any, Any]


def recipe_of(entry: TopicEntry) -> Recipe[Any]:
    params = entry.core.Params()
    if entry.id == "kmeans":  # a centre far away loses its points, and what is done then differs
        far = np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0]])
        params = entry.core.Params(init="by hand", centroids=far, n_clusters=4)
    return Recipe(entry.id, entry.core.VERSION, 0, params)


def run_of(entry: TopicEntry, recipe: Recipe[Any]) -> Run:
    run: Run = Timeline(entry.core, recipe)
    run.record(LAST)
    return run


def beside(tab: TopicTab) -> Iterator[tuple[Any, Any, Any]]:
    """Yield what the panels draw of other runs: what it is, its numbers, and those of the same thing of the own run."""
    for id, panel in tab.plots().items():
        if isinstance(panel, Plot):
            pairs = [pair for mark in panel.marks for pair in drawn_by(mark)]
        elif isinstance(panel, GridBoard) and panel.placed("pinned 0") and panel.isVisibleTo(tab):
            grids: Any = [panel.placed(name) for name in ("pinned 0", "output 0")]
            filled = grids[1].grid.filled
            pairs = [("map", *(placed.grid.values.ravel()[:filled] for placed in grids))]
        elif isinstance(panel, GridBoard) and panel.placed("coverage"):
            shown: Any = [panel.placed(name) for name in ("other 1", "coverage")]
            pairs = [("windows", *(placed.grid.values for placed in shown))]
        elif isinstance(panel, BarList) or id == "analogy":  # what they say: a name, the own number, the other's
            rows = [row.split(" ") for row in panel.accessibleDescription().split("; ")]
            pairs = [(row[0], row[2], row[1]) for row in rows if len(row) > 2]
        else:
            pairs = []
        for name, theirs, own in pairs:
            yield (id, name), theirs, own


def drawn_by(mark: Any) -> Iterator[tuple[Any, Any, Any]]:
    if isinstance(mark, Curves):
        own = {curve.focus: _values(curve) for curve in mark.curves if curve.front}
        for curve in (curve for curve in mark.curves if not curve.front):
            yield curve.focus, _values(curve), own[str(curve.focus).partition(" ")[2]]
    elif isinstance(mark, Trails):
        own = {trail.focus: trail.xy for trail in mark.trails if not trail.letter}
        for trail in (trail for trail in mark.trails if trail.letter):  # of the same way only its end is drawn
            yield trail.focus, trail.xy, own[trail.focus][-1 if len(trail.xy) == 1 else 0 :]
    elif isinstance(mark, NamedPoints):
        spots = {str(spot.focus): (spot.x, spot.y) for spot in mark.spots}
        yield from ((name, at, spots[name[2:]]) for name, at in spots.items() if name.startswith("B "))
    elif isinstance(mark, Dot) and mark.style in ("hollow", "same"):
        yield mark.focus, mark.style, "same"


def _values(curve: Any) -> Any:
    return np.column_stack([curve.x, curve.y])[curve.x <= LAST]


def seen_with(tab: TopicTab, one: Run, other: Run, t: int) -> dict[Any, tuple[Any, Any]]:
    """Show two runs at a step in every panel; return what the plots draw of the second beside that of the first."""
    runs = (Compared(one, "A"), Compared(other, "B"))
    shown = View(one, t, compared=runs, letter="A", ahead=False, focus=tab.focus, options=tab.options())
    for panel in tab.shown.by_id.values():
        panel.show(shown)
    return {key: (theirs, own) for key, theirs, own in beside(tab)}


def alike(theirs: Any, own: Any) -> bool:
    return theirs == own if isinstance(theirs, str) else np.array_equal(theirs, own, equal_nan=True)


@pytest.fixture(params=[entry.id for entry in TOPICS if entry.id in CHANGED])
def tab(request: Any, window: Any, settle: Any) -> TopicTab:
    made: TopicTab = window.visit(request.param)
    settle()
    return made


def test_equal_runs_show_no_difference_in_any_panel(tab: TopicTab) -> None:
    recipe = recipe_of(tab.entry)
    one, other = run_of(tab.entry, recipe), run_of(tab.entry, recipe)
    for t in (0, 1, PARTS, LAST):
        seen = seen_with(tab, one, other, t)
        assert {key for key, pair in seen.items() if not alike(*pair)} == set(), t


def test_runs_part_at_the_step_that_is_changed_and_not_before(tab: TopicTab) -> None:
    recipe, (name, value) = recipe_of(tab.entry), CHANGED[tab.entry.id]
    one, other = run_of(tab.entry, recipe), run_of(tab.entry, recipe.edited(PARTS, SetParam(name, value)))
    for t in (1, PARTS - 1):
        seen = seen_with(tab, one, other, t)
        assert {key for key, pair in seen.items() if not alike(*pair)} == set(), t
    assert one.made(PARTS) == other.made(PARTS)


def test_what_differs_later_is_seen(tab: TopicTab) -> None:
    recipe, (name, value) = recipe_of(tab.entry), CHANGED[tab.entry.id]
    at = 0 if tab.entry.id == "kmeans" else PARTS
    one, other = run_of(tab.entry, recipe), run_of(tab.entry, recipe.edited(at, SetParam(name, value)))
    seen = seen_with(tab, one, other, LAST)
    assert seen
    assert not all(alike(*pair) for pair in seen.values())
    tab.run.compare_with([one, other], LAST)
    strip = [row.label for row in tab.numbers.view.rows()]
    assert any(label.startswith("B") for label in strip)


def lines_over(tab: TopicTab) -> dict[str, str]:
    """Return what the cards say of whose run each panel shows, by panel."""
    said = {}
    for id, panel in tab.shown.by_id.items():
        tab.bring_forward(id)
        tab.catch_up()
        tab.shown.draw_big(tab.view(), tab)
        card = tab.centre.deck_of(panel.widget) if panel.place == "deck" else tab.shown.above.get(id, tab.card)
        said[id] = "" if panel.place == "under" else card.line()
    return said


def test_every_panel_draws_the_runs_compared_or_says_which_it_shows(tab: TopicTab, settle: Any) -> None:
    recipe, (name, value) = recipe_of(tab.entry), CHANGED[tab.entry.id]
    at = 0 if tab.entry.id == "kmeans" else PARTS
    one, other = run_of(tab.entry, recipe), run_of(tab.entry, recipe.edited(at, SetParam(name, value)))
    drawn = {id for id, _ in seen_with(tab, one, other, LAST)}
    tab.run.compare_with([one, other], LAST)
    settle()
    silent = {id for id, line in lines_over(tab).items() if line != "A only"}
    assert drawn <= silent
    assert silent - drawn <= SAME_FOR_ALL | UNREADABLE, tab.entry.id


def test_the_table_shows_no_difference_between_equal_runs_and_one_from_where_they_part(tab: TopicTab) -> None:
    recipe, (name, value) = recipe_of(tab.entry), CHANGED[tab.entry.id]
    at = 0 if tab.entry.id == "kmeans" else PARTS
    one, same = run_of(tab.entry, recipe), run_of(tab.entry, recipe)
    other = run_of(tab.entry, recipe.edited(at, SetParam(name, value)))

    focus = Focus("adam") if tab.entry.id == "optimizers" else tab.focus

    def apart(run: Run, t: int) -> set[str]:
        runs = (Compared(one, "A"), Compared(run, "B"))
        tab.comparing.draw(View(one, t, compared=runs, letter="A", focus=focus))
        return {text for row in tab.comparing.table.rows() for text in row.apart}

    for t in (0, 1, PARTS, LAST):
        assert apart(same, t) <= {"0.000", "0", "–"}, t
    assert apart(other, max(0, at - 1)) <= {"0.000", "0", "–"}
    assert not apart(other, LAST) <= {"0.000", "0", "–"}


def test_a_ghost_widens_no_axis(tab: TopicTab, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe, (name, value) = recipe_of(tab.entry), CHANGED[tab.entry.id]
    one, wild = run_of(tab.entry, recipe), run_of(tab.entry, recipe.edited(1, SetParam(name, value)))
    wild.record(40 * LAST)
    ranges: dict[Any, tuple[float, ...]] = {}
    monkeypatch.setattr(Plot, "set_range", lambda plot, *ends: ranges.update({plot: ends}))

    def shown(**seen: Any) -> dict[Any, tuple[float, ...]]:
        ranges.clear()
        for panel in tab.shown.by_id.values():
            panel.show(View(one, PARTS, focus=tab.focus, options=tab.options(), **seen))
        return dict(ranges)

    shown()  # a study draws its axes once
    assert shown(ghost=Compared(wild, since=1)) == shown()
    assert shown() or tab.entry.id == "convolution"


def test_nothing_the_learner_does_with_the_run_in_view_drops_the_one_that_is_pinned(tab: TopicTab) -> None:
    name, value = CHANGED[tab.entry.id]
    run = tab.run
    run.advance(3)
    run.pin()
    pinned = run.compared[0]
    acts: tuple[Callable[[], object], ...] = (
        lambda: tab.set_parameter(name, value), run.undo, run.redo, run.restart, run.reset_parameters, run.undo,
        lambda: run.reseed(5), lambda: run.load(run_of(tab.entry, recipe_of(tab.entry)), 2),
    )  # fmt: skip
    for do in acts:
        do()
        assert (run.compared[0].letter, run.compared[0].timeline.recipe) == ("A", pinned.timeline.recipe)
        assert [chip.letter for chip in tab.compared.chips()] == ["A", "B"]
    run.unpin("A")
    assert run.compared == ()


def differences(tab: TopicTab, one: Run, other: Run, t: int) -> list[Any]:
    """Return the arrays that the pictures show in the way `difference`: those of cells, and maps."""
    runs = (Compared(one, "A"), Compared(other, "B"))
    options = {**tab.options(), "runs": "difference"}
    shown = View(one, t, compared=runs, letter="A", focus=tab.focus, options=options)
    for id, panel in tab.shown.by_id.items():
        if "difference" in panel.ways:
            tab.shown.show(id, shown)
            assert whose(panel, shown) == "B − A"
    tables: list[Any] = [table.model() for table in tab.findChildren(CellsTable)]
    maps = [board.placed("pinned 0") for board in tab.plots().values() if isinstance(board, GridBoard)]
    return [*(model.array for model in tables), *(placed.grid.values for placed in maps if placed)]


def test_the_difference_of_equal_runs_is_zero_and_begins_where_they_part(tab: TopicTab) -> None:
    recipe, (name, value) = recipe_of(tab.entry), CHANGED[tab.entry.id]
    at = 0 if tab.entry.id == "kmeans" else PARTS
    one, same = run_of(tab.entry, recipe), run_of(tab.entry, recipe)
    other = run_of(tab.entry, recipe.edited(at, SetParam(name, value)))
    for run, t in ((same, 1), (same, LAST), (other, max(0, at - 1))):
        assert not any(np.nan_to_num(array).any() for array in differences(tab, one, run, t))
    if "difference" in tab.ways():
        assert any(np.nan_to_num(array).any() for array in differences(tab, one, other, LAST))


def test_the_way_to_look_stays_through_play_scrub_and_scenes(tab: TopicTab) -> None:
    tab.run.advance(2)
    tab.run.pin()
    tab.set_parameter(*CHANGED[tab.entry.id])
    way = tab.ways()[1]
    tab.compared.ways.chosen.emit(way)
    acts: tuple[Callable[[], object], ...] = (
        lambda: tab.run.advance(2), lambda: tab.run.seek(1), lambda: tab.stage.open(next(iter(tab.stage.scenes))),
    )  # fmt: skip
    for do in acts:
        do()
        assert tab.view().options["runs"] == way
