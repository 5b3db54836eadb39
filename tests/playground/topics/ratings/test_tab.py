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
from widgets.plots.marks.named_points import NamedPoints


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
