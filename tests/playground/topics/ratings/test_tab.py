"""The tab of Collaborative filtering, through what a user sees and does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from core.ratings.algorithm import arrays
from core.run.explanation import Focus
from core.run.recipe import SetArray
from playground.topics.ratings.rating_table import RatingTable
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


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"model": "candidates"}, "With two factors"), ({"n_factors": 3}, "With two factors"),
        ({"ratings": [[5.0, 1.0], [2.0, 4.0]]}, "rated every film"), ({}, ""),
    ],
)  # fmt: skip
def test_where_there_is_no_ring_its_button_says_why(tab: Any, given: dict[str, Any], why: str) -> None:
    tab.run.restart_with(given)
    tab.toggles.turn("ring", True)
    button = tab.findChild(QAbstractButton, "view.ring")
    assert button.isEnabled() is not bool(why)
    assert why.lower() in button.toolTip().lower()
    assert bool(kinds(tab, Reach)) is not bool(why)


PEOPLE, FILMS = ["Ann", "Cem", "Mia"], ["Alien", "Amélie"]


def test_names_of_ones_own_stand_in_every_picture_and_sentence(tab: Any) -> None:
    ratings = [[5.0, 1.0], [4.0, None], [None, 5.0]]
    tab.run.restart_with({"ratings": ratings, "user_names": PEOPLE, "item_names": FILMS})
    tab.run.advance(1)
    took = tab.run.frame.state.learned
    said = tab.explanation(tab.view()).values
    assert (said["user"], said["item"]) == (PEOPLE[took.user], FILMS[took.item])
    tab.pick(Focus("user", (2,)))
    assert "Mia" in tab.focus_name(tab.view())
    assert "Mia" in tab.ruler.accessibleDescription()
    assert {mark.label.split("  ")[0] for mark in kinds(tab, Dot)} == {"Mia", *FILMS}
    table = RatingTable(tab.view(), tab.texts)
    assert table.people_names == (*PEOPLE, "you")
    assert told(tab)["user_names"].tolist() == PEOPLE
    assert sorted(row.label for row in tab.rows.rows()) == FILMS


def test_names_head_the_table_in_the_settings_in_either_language(tab: Any) -> None:
    tab.run.restart_with({"ratings": [[5.0, 1.0], [4.0, 2.0], [1.0, 5.0]], "user_names": PEOPLE, "item_names": FILMS})
    model, ways = tab.form.field("ratings").model(), Qt.Orientation
    tab.form.retranslate()
    assert [model.headerData(i, ways.Horizontal) for i in range(2)] == FILMS
    assert [model.headerData(i, ways.Vertical) for i in range(3)] == PEOPLE
    tab.shown.bring_forward("error")  # names follow, whichever panel is in front
    tab.run.restart_with({"ratings": "notes"})
    assert [model.headerData(i, ways.Vertical) for i in range(4)] == ["A", "B", "C", "D"]
    assert [model.headerData(i, ways.Horizontal) for i in range(2)] == ["1", "2"]


def test_names_are_settings_of_ones_own_ratings_alone(tab: Any) -> None:
    assert not {"user_names", "item_names"} & set(tab.settings_shown())
    tab.run.restart_with({"ratings": [[5.0, 1.0]], "item_names": FILMS})
    assert [name for name in tab.settings_shown() if name.endswith("_names")] == ["item_names"]
    tab.set_parameter("ratings", "films")
    assert tab.run.params.item_names == ()
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


# ---- tables and settings that are none: each is refused with one line at its place, and the run stays as it was

FACTORS: dict[str, Any] = {}
CANDIDATES = {"model": "candidates"}
MALFORMED: dict[str, tuple[dict[str, Any], str, Any, str]] = {
    "rows of different lengths": (FACTORS, "ratings", [[5, 4], [3]], "not allowed"),
    "a word in a cell": (FACTORS, "ratings", [[5, "good"], [3, 1]], "good"),
    "a truth in a cell": (FACTORS, "ratings", [[5, True], [3, 1]], "not allowed"),
    "a rating beyond all bounds": (FACTORS, "ratings", [[1e13, 1], [3, 1]], "not allowed"),
    "nothing but gaps": (FACTORS, "ratings", [[None, None], [None, None]], "empty"),
    "no table": (FACTORS, "ratings", [], "not allowed"),
    "a table of tables": (FACTORS, "ratings", [[[5, 4]], [[3, 1]]], "not allowed"),
    "a set of ratings there is not": (FACTORS, "ratings", "movies", "no ratings called movies"),
    "as many people as cannot be": (FACTORS, "ratings", [[1.0]] * 501, "501"),
    "no factor": (FACTORS, "n_factors", 0, "1"),
    "half a factor": (FACTORS, "n_factors", 2.5, "2.5"),
    "a penalty below 0": (FACTORS, "regularization", -0.1, "0"),
    "all ratings held out": ({"ratings": [[5.0]]}, "held_out", 0.9, "none to learn from"),
    "a newcomer's rating without a film": (FACTORS, "newcomer", [[5]], "rows of 2"),
    "a newcomer's film there is not": (FACTORS, "newcomer", [[4, 5]], "no film 4"),
    "a newcomer's film between two": (FACTORS, "newcomer", [[0.5, 5]], "no film 0.5"),
    "a newcomer's film rated twice": (FACTORS, "newcomer", [[1, 5], [1, 2]], "rated twice"),
    "a history of one video": (CANDIDATES, "histories", [[0, 1], [2]], "Person 2 watched 1"),
    "a video below 0": (CANDIDATES, "histories", [[0, -1]], "-1"),
    "nothing watched": (CANDIDATES, "watched", [], "not allowed"),
    "a video watched that there is not": (CANDIDATES, "watched", [24], "no video 24"),
    "four hidden layers": (CANDIDATES, "hidden", [8, 8, 8, 8], "3"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_it_is_refused_at_its_place_and_the_run_stays(tab: Any, case: str) -> None:
    before, name, value, said = MALFORMED[case]
    if before:
        tab.run.restart_with(before)
    tab.run.advance(2)
    recipe, step = tab.run.recipe, tab.run.position
    tab.set_parameter(name, value)
    error = tab.findChild(QLabel, f"param.{name}.error").text().replace("−", "-")
    assert said in error, error
    assert "\n" not in error
    assert (tab.run.recipe, tab.run.position) == (recipe, step)
    tab.run.advance(1)


def test_the_last_rating_to_learn_from_cannot_be_emptied(tab: Any) -> None:
    tab.run.restart_with({"ratings": [[5.0, None], [None, None]]})
    tab.run.advance(2)
    tab.hands.rate((0, 0), float("nan"))
    assert tab.findChild(QLabel, "param.ratings.error").text().startswith("No rating would be left")
    assert not tab.run.recipe.edits
    tab.hands.rate((1, 1), 3.0)
    tab.hands.rate((0, 0), float("nan"))
    assert np.isnan(tab.run.frame.state.learned.given.with_gaps).sum() == 3
