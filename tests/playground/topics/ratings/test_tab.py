"""The tab of Collaborative filtering, through what a user sees and does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt

from core.ratings.algorithm import arrays
from core.run.explanation import Focus
from core.run.recipe import SetArray
from playground.topics.ratings.ruler import Ruler
from playground.topics.ratings.video_plane import Videos
from widgets.grids.board import Caption
from widgets.plots.marks.arrows_and_dots import Arrow, Dot, Segment
from widgets.plots.marks.curves import Curves
from widgets.plots.marks.mark import Hit
from widgets.plots.marks.named_points import NamedPoints
from widgets.plots.marks.reach import Reach


def told(tab: Any) -> Any:
    return arrays(tab.run.frame.state, tab.run.params)


def kinds(tab: Any, kind: type) -> list[Any]:
    return [mark for mark in tab.ruler.marks if isinstance(mark, kind)]


def test_the_arrow_is_that_of_the_person_of_the_step_until_another_is_chosen(tab: Any) -> None:
    (arrow,) = kinds(tab, Arrow)
    assert arrow.end == pytest.approx(tuple(told(tab)["users"][0]))
    tab.run.advance(20)
    (arrow,) = kinds(tab, Arrow)
    assert arrow.end == pytest.approx(tuple(told(tab)["users"][int(tab.view().row["user"])]))
    tab.pick(Focus("user", (2,)))
    (arrow,) = kinds(tab, Arrow)
    assert arrow.end == pytest.approx(tuple(told(tab)["users"][2]))
    assert "C" in tab.focus_name(tab.view())


def test_a_foot_on_the_ruler_is_the_rating_and_the_bar_ends_on_the_line_of_the_one_given(tab: Any) -> None:
    tab.run.advance(60)
    tab.pick(Focus("user", (0,)))
    user = told(tab)["users"][0]
    given = told(tab)["ratings"][0]
    bars = kinds(tab, Segment)
    assert [bar.focus.at[1] for bar in bars] == np.flatnonzero(~np.isnan(given)).tolist()
    for bar in bars:
        assert np.dot(bar.end, user) == pytest.approx(given[bar.focus.at[1]])
        assert np.dot(bar.start, user) == pytest.approx(told(tab)["predicted"][0, bar.focus.at[1]])


def test_dragging_the_tip_or_a_film_sets_their_vectors_and_undo_brings_them_back(tab: Any) -> None:
    tab.run.advance(5)
    before = told(tab)
    tab.ruler.dragged.emit(Focus("user", (0,)), 1.5, 0.25, True)
    tab.ruler.dragged.emit(Focus("item", (3,)), 0.5, 2.0, True)
    after = told(tab)
    assert after["users"][0].tolist() == pytest.approx([1.5, 0.25])
    assert after["items"][:, 3].tolist() == pytest.approx([0.5, 2.0])
    assert (after["users"][1:] == before["users"][1:]).all()
    tab.run.undo()
    tab.run.undo()
    assert (told(tab)["items"] == before["items"]).all()


def test_a_rating_typed_into_a_gap_takes_part_from_then_on(tab: Any) -> None:
    tab.run.advance(3)
    tab.hands.editor.edited.emit("ratings", 0, 2, 2.0, True)
    assert told(tab)["ratings"][0, 2] == 2.0
    change = tab.run.recipe.edits[-1]
    assert isinstance(change.edit, SetArray)
    assert change.step == 3


def test_with_more_factors_the_plane_keeps_the_ruler_exact(tab: Any) -> None:
    tab.run.restart_with({"n_factors": 5, "ratings": "films"})
    tab.run.advance(300)
    picture = Ruler(tab.view(), tab.texts)
    along = picture.films @ picture.tip
    np.testing.assert_allclose(along, picture.predicted[picture.user], atol=1e-9)
    assert not [dot for dot in kinds(tab, Dot) if dot.focus.kind == "item" and dot.draggable]


@pytest.mark.parametrize("n_factors", [1, 2, 3])
def test_every_method_and_number_of_factors_is_drawn(tab: Any, settle: Any, n_factors: int) -> None:
    for method in ("sgd", "als", "dense"):
        tab.run.restart_with({"n_factors": n_factors, "method": method})
        tab.run.advance(3)
        tab.pick(Focus("user", (0,)))
        settle()
        assert tab.ruler.accessibleDescription().startswith("A: ")


def test_numbers_of_gaps_are_covered_while_a_scene_asks(tab: Any) -> None:
    tab.run.advance(3)
    assert len(_numbers(tab)) == 16
    tab.stage.open("gaps_filled")
    assert len(_numbers(tab)) == 12


def _numbers(tab: Any) -> list[str]:
    texts = (item.text for item in tab.table.items() if isinstance(item, Caption))
    return [text for text in texts if "." in text]


def test_candidates_join_what_was_watched_to_its_mean(tab: Any) -> None:
    tab.run.restart_with({"model": "candidates", "watched": [0, 6]})
    tab.run.advance(20)
    (plane,) = kinds(tab, NamedPoints)
    picture = Videos(tab.view(), tab.texts)
    assert len(plane.links) == 2
    middle = np.mean([picture.places[0], picture.places[6]], axis=0)
    assert plane.links[0].end == pytest.approx(tuple(middle))
    lists = [item.text for item in tab.table.items() if isinstance(item, Caption)]
    assert sum(text.startswith("1 ") for text in lists) == 4


def test_only_settings_of_the_model_are_shown(tab: Any) -> None:
    assert "hidden" not in tab.settings_shown()
    assert "order" in tab.settings_shown()
    tab.run.restart_with({"method": "als"})
    assert not {"order", "learning_rate"} & set(tab.settings_shown())
    tab.run.restart_with({"model": "candidates"})
    assert {"hidden", "learning_rate"} <= set(tab.settings_shown())
    assert "method" not in tab.settings_shown()


def test_the_numbers_go_by_the_names_of_people(tab: Any, settle: Any) -> None:
    tab.bring_forward("cells")
    settle()
    model = tab.cells.tables["ratings"].table.model()
    heads = [model.headerData(i, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) for i in range(4)]
    assert heads == ["A", "B", "C", "D"]


def test_the_ring_goes_through_the_nearest_film_not_rated(tab: Any) -> None:
    tab.run.restart_with({"ratings": "films", "held_out": 0.2, "regularization": 0.05})
    tab.run.advance(2400)
    tab.choose(Focus("user", (3,)))
    assert not kinds(tab, Reach)
    tab.toggles.turn("ring", True)
    (ring,) = kinds(tab, Reach)
    now = told(tab)
    away = np.linalg.norm(now["items"].T - now["users"][3], axis=1)
    rated = ~np.isnan(now["ratings"][3]) & (now["held"][3] == 0)
    assert (ring.x, ring.y) == pytest.approx(tuple(now["users"][3]))
    assert ring.distance == pytest.approx(away[~rated].min())
    tab.run.restart_with({"n_factors": 3})
    assert not kinds(tab, Reach)


def test_the_list_holds_the_highest_films_against_the_nearest(tab: Any) -> None:
    tab.run.advance(200)
    tab.choose(Focus("user", (1,)))
    now = told(tab)
    order = np.argsort(-now["predicted"][1], kind="stable")
    away = np.linalg.norm(now["items"].T - now["users"][1], axis=1)
    values = tab.row_values(tab.view())
    assert list(values) == [f"rating 1 {j}" for j in order]
    for j, row in zip(order.tolist(), values.values(), strict=True):
        assert row == (f"{now['predicted'][1, j]:.2f}", f"{1 + int((away < away[j]).sum())}. {away[j]:.2f}")


def test_a_click_watches_a_video_another_takes_it_away_and_one_stays(tab: Any) -> None:
    tab.run.restart_with({"model": "candidates", "watched": [0]})
    tab.run.advance(5)
    before = tab.run.frame.state
    tab.table.clicked.emit("softmax", 0, 0)
    (first, second) = tab.run.params.watched
    assert (first, tab.run.frame.state) == (0, before)
    tab.ruler.clicked.emit(0.0, 0.0, Hit(Focus("item", (0,)), 1.0, False, (0.0, 0.0)))
    assert tab.run.params.watched == (second,)
    tab.ruler.clicked.emit(0.0, 0.0, Hit(Focus("item", (second,)), 1.0, False, (0.0, 0.0)))
    assert tab.run.params.watched == (second,)


def test_the_error_of_the_mean_stands_beside_the_errors(tab: Any, forward: Any) -> None:
    tab.run.restart_with({"ratings": "films", "held_out": 0.2})
    tab.run.advance(20)
    plot = forward("error")
    (curves,) = [mark for mark in plot.marks if isinstance(mark, Curves)]
    (level,) = [curve for curve in curves.curves if curve.focus == "mean"]
    now, held = told(tab), told(tab)["held"] == 1
    mean = np.nanmean(np.where(held, np.nan, now["ratings"]))
    assert level.y[0] == pytest.approx(np.sqrt(np.nanmean((now["ratings"][held] - mean) ** 2)))
    assert f"{level.y[0]:.2f}" in level.label
