"""The view along w: curves, middles, the rug and the gates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.dense.plane import has_curve, slope_and_bias
from core.dense.settings import data_of
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.dense.along import Along, led_through
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.curves import Curve, Curves
from widgets.plots.marks.labels import any_within, ends_of, placed
from widgets.plots.marks.points import Points
from widgets.plots.marks.posts import Post
from widgets.plots.viewport import Viewport

Record = Callable[..., Timeline[Any, Any]]


def marks(view: View, entry: Any, kind: type[Any]) -> list[Any]:
    return [mark for mark in Along(view, entry.texts).marks(-1.0, 6.0) if isinstance(mark, kind)]


def dots(view: View, entry: Any) -> dict[str, Dot]:
    return {str(dot.focus): dot for dot in marks(view, entry, Dot)}


def gates(entry: Any, w: float, b: float) -> View:
    recipe = Recipe("dense", 1, 0, entry.core.Params(points=np.array([[2.0], [4.0]]), targets=np.array([0.0, 1.0])))
    edits = (Change(0, SetArray("W", np.array([[w]]))), Change(0, SetArray("b", np.array([b]))))
    return View(Timeline(entry.core, Recipe("dense", 1, 0, recipe.params, edits)), 0)


@pytest.mark.parametrize("settings", [{}, {"points": np.array([[1.0], [3.0]]), "targets": np.array([0.0, 1.0])}])
def test_curves_and_middles_are_those_of_both_nets(record: Record, entry: Any, settings: Any) -> None:
    view = View(record(20, **settings), 20)
    (curves,) = marks(view, entry, Curves)
    for curve, net in zip(curves.curves, ("with_bias", "without_bias"), strict=True):
        assert isinstance(curve, Curve)
        w, b = slope_and_bias(view.state, net, view.params)  # type: ignore[arg-type]
        np.testing.assert_allclose(curve.y, 1 / (1 + np.exp(-(w * curve.x + b))), rtol=1e-12)
        x, y = dots(view, entry)[f"middle {net}"].xy
        assert x == pytest.approx(-b / w)
        assert y == 0.5
    assert dots(view, entry)["middle without_bias"].xy[0] == 0.0


def test_the_rug_has_every_point_where_z_puts_it(record: Record, entry: Any) -> None:
    view = View(record(20), 20)
    w, b = slope_and_bias(view.state, "with_bias", view.params)
    data = data_of(view.params)
    W = view.timeline.topic.arrays(view.state, view.params)["W"][:, 0]  # noqa: N806
    for rug in marks(view, entry, Points):
        own = data.x[data.t == int(rug.name[-1])]
        np.testing.assert_allclose(w * rug.xy[:, 0] + b, own @ W + b, rtol=1e-9)


@pytest.mark.parametrize(
    ("w", "b", "signs"), [(3.0, -9.0, "✓✓"), (6.0, -9.0, "✗✓"), (1.0, 0.0, "✗✓"), (3.0, -12.0, "✓✗")]
)
def test_d3_a_gate_says_whether_the_curve_passes(entry: Any, w: float, b: float, signs: str) -> None:
    posts = marks(gates(entry, w, b), entry, Post)
    assert "".join(post.told[0] for post in posts) == signs
    assert [post.lets for post in posts] == [sign == "✓" for sign in signs]
    assert [(post.x, post.foot, post.end) for post in posts] == [(2.0, 0.05, 1.0), (4.0, 0.95, 0.0)]
    for post in posts:
        assert post.value == pytest.approx(1 / (1 + np.exp(-(w * post.x + b))))


def test_while_a_scene_asks_the_gates_tell_no_value(entry: Any) -> None:
    posts = marks(replace(gates(entry, 3.0, -9.0), covered=True), entry, Post)
    assert [(post.value, post.told) for post in posts] == [(None, "")] * 2


@pytest.mark.parametrize(("w", "b"), [(3.0, -9.0), (0.1, 0.0), (1.0, 4.0)])
def test_handles_stand_on_the_curve(entry: Any, w: float, b: float) -> None:
    shown = dots(gates(entry, w, b), entry)
    assert {name for name, dot in shown.items() if dot.draggable} == {"middle with_bias", "steep"}
    for name in ("middle with_bias", "steep"):
        x, y = shown[name].xy
        assert y == pytest.approx(1 / (1 + np.exp(-(w * x + b))))
    assert -1 < shown["steep"].xy[0] < 6


@pytest.mark.parametrize("settings", [{}, {"points": np.array([[1.0], [3.0]]), "targets": np.array([0.0, 1.0])}])
def test_the_curve_goes_where_it_is_led(record: Record, entry: Any, settings: Any) -> None:
    view = View(record(30, **settings), 30)
    w, b = slope_and_bias(view.state, "with_bias", view.params)
    name, bias = led_through(Focus("middle with_bias"), 3.0, 0.9, view.state, view.params) or ("", np.zeros(1))
    assert name == "b"
    assert w * 3.0 + bias[0] == pytest.approx(0)
    name, weights = led_through(Focus("steep"), 4.0, 0.95, view.state, view.params) or ("", np.zeros(1))
    assert name == "W"
    moved = view.state.with_array("W", weights, view.params)
    longer, same = slope_and_bias(moved, "with_bias", view.params)
    assert same == b
    assert 1 / (1 + np.exp(-(longer * 4.0 + b))) == pytest.approx(0.95)
    own = view.timeline.topic.arrays(view.state, view.params)["W"]
    np.testing.assert_allclose(weights / np.linalg.norm(weights), own / np.linalg.norm(own))
    assert led_through(Focus("steep"), 0.0, 0.95, view.state, view.params) is None
    assert led_through(Focus("gate", (1,)), 4.0, 0.95, view.state, view.params) is None


@pytest.mark.parametrize("settings", [{"hidden": (3,)}, {"activation": "linear"}, {"units": 2}])
def test_other_nets_have_no_curve(record: Record, entry: Any, settings: Any) -> None:
    view = View(record(1, **settings), 1)
    assert not has_curve(view.params)
    assert Along(view, entry.texts).marks(-1.0, 6.0) == []


def test_runs_that_are_compared_have_their_curves_at_the_same_step(record: Record, entry: Any) -> None:
    own, other = record(20), record(20, train_bias=False)
    view = View(own, 12, letter="A", compared=(Compared(own, "A"), Compared(other, "B")))
    (curves,) = marks(view, entry, Curves)
    (theirs,) = (curve for curve in curves.curves if curve.letter == "B")
    w, b = slope_and_bias(other.frame(12).state, "with_bias", other.recipe.params)
    np.testing.assert_allclose(theirs.y, 1 / (1 + np.exp(-(w * theirs.x + b))))
    assert [curve.label for curve in curves.curves if curve.letter] == ["B", "A"]


def test_while_a_scene_asks_no_curve_is_drawn(record: Record, entry: Any) -> None:
    view = View(record(5), 5, covered=True)
    assert not dots(view, entry)
    assert marks(view, entry, Curves)[0].curves == ()


@pytest.mark.parametrize("w", [(1.0, 1.0), (-1.0, -1.0), (-1.0, 1.2)])
def test_most_points_and_both_gates_are_on_the_axis_wherever_w_points(entry: Any, w: tuple[float, float]) -> None:
    recipe = Recipe("dense", 1, 0, entry.core.Params(), (Change(0, SetArray("W", np.array(w)[:, None])),))
    shown = Along(View(Timeline(entry.core, recipe), 0), entry.texts)
    low, high = shown.span
    assert low <= 0 < 4 < high
    inside = (shown.places >= low) & (shown.places <= high)
    assert inside.all()


def test_a_bias_that_is_held_has_no_handle(entry: Any) -> None:
    view = replace(gates(entry, 1.0, 0.0), beat="update")
    held = Recipe("dense", 1, 0, replace(view.params, train_bias=False))
    locked = dots(View(Timeline(entry.core, held), 0, beat="update"), entry)
    assert not locked["middle with_bias"].draggable
    assert "0" in locked["middle with_bias"].label
    assert locked["steep"].draggable
    assert dots(view, entry)["middle with_bias"].draggable


@pytest.mark.parametrize("size", [(210, 197), (262, 118), (300, 240)])
def test_nothing_is_written_on_a_curve_where_runs_are_compared(entry: Any, size: tuple[int, int], qapp: Any) -> None:
    """The curves of D3 at their end: one is steep at 0, the other steep between the gates."""
    steep, moved = gates(entry, 2.447, 0.0), gates(entry, 5.39, -15.86)
    held = View(Timeline(entry.core, replace(steep.timeline.recipe, params=replace(steep.params, train_bias=False))), 0)
    runs = (Compared(held.timeline, "A"), Compared(moved.timeline, "B"))
    shown = Along(View(held.timeline, 0, beat="update", letter="A", compared=runs), entry.texts).marks(-1.3, 6.0)
    viewport = Viewport(-1.3, 6.0, -0.12, 1.12, *size)
    taken = [box for mark in shown for box in mark.taken(viewport)]
    lines = np.concatenate([line for mark in shown if len(line := mark.along(viewport))])
    boxes = [(label.text, box) for label, box in
             placed(viewport, [label for mark in shown for label in mark.labels(viewport)], taken, lines)]  # fmt: skip
    assert {"< 0.05", "✗ 0.99", "> 0.95", "✓ 1.0"} <= {text for text, _ in boxes}
    assert not [text for text, box in boxes if any_within(lines, *ends_of(box))]
    assert not [text for text, box in boxes if any(box.intersects(other) for other in taken)]
