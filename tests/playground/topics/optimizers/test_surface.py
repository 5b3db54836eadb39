"""The surface of the race: what it shows of a view."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from core.nn.update_rules import SGD
from core.optimizers.algorithm import MovePoint
from core.optimizers.settings import METHODS, Params, loss_of
from core.optimizers.surfaces import SURFACES
from core.run.explanation import Focus
from core.run.recipe import SetParam
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.optimizers.surface import MOST_POINTS, Surface, home_of
from widgets.plots.marks.contours import Field
from widgets.plots.marks.labels import placed
from widgets.plots.marks.trails import Trail
from widgets.plots.plot import Plot

Run = Timeline[Any, Any]
Record = Callable[..., Run]
TEXTS = topic("optimizers").texts
RATE = "adam.learning_rate"


def surface(run: Run, t: int, method: str = "momentum", **seen: Any) -> Surface:
    options = {"arrows": 3.0, "hessian": False, "names": True, **seen.pop("options", {})}
    return Surface(View(run, t, focus=Focus(method), options=options, **seen), TEXTS)


def trails(shown: Surface) -> dict[str, Trail]:
    return {str(trail.focus): trail for trail in shown.trails()}


def arrows(shown: Surface) -> dict[str, Any]:
    return {str(arrow.focus): np.subtract(arrow.end, arrow.start) for arrow in shown.arrows()}


def changed(run: Run, step: int, edit: Any) -> Run:
    return run.fork(run.recipe.edited(step, edit))


# ---- trails


def test_every_method_stands_where_its_frame_says(record: Record) -> None:
    run = record(9)
    for method, trail in trails(surface(run, 6)).items():
        assert trail.xy[-1].tolist() == getattr(run.frame(6).state, method).x.tolist()
        assert len(trail.xy) == 7
        assert trail.faint_xy is not None
        assert len(trail.faint_xy) == 4  # what is recorded ahead, joined to the point in view
        assert trail.faint_xy[-1].tolist() == getattr(run.frame(9).state, method).x.tolist()


def test_of_a_film_nothing_is_drawn_that_is_to_come(record: Record) -> None:
    shown = trails(surface(record(9), 6, ahead=False)).values()
    assert [(len(trail.xy), trail.faint_xy) for trail in shown] == [(7, None)] * len(METHODS)


@pytest.mark.parametrize("share", [0.0, 0.25, 1.0])
def test_a_method_on_its_way_is_a_share_of_it_from_the_step_before(record: Record, share: float) -> None:
    run = record(9)
    before, after = (run.frame(t).state.adam.x for t in (5, 6))
    trail = trails(surface(run, 6, share=share))["adam"]
    assert trail.xy[-1] == pytest.approx((1 - share) * before + share * after)
    assert trail.xy[-2].tolist() == before.tolist()


def test_the_focused_method_lies_on_top(record: Record) -> None:
    shown = trails(surface(record(3), 3, "adam"))
    assert list(shown)[-1] == "adam"
    assert [method for method, trail in shown.items() if trail.focused] == ["adam"]


def test_hidden_methods_are_not_drawn(record: Record) -> None:
    shown = surface(record(3, methods=("sgd", "adam")), 3)
    assert set(trails(shown)) == {"sgd", "adam"}
    assert shown.arrows() == []  # those of a method that is hidden


def test_at_the_start_the_start_is_dragged_and_later_the_methods(record: Record) -> None:
    run = record(3)
    assert {trail.draggable for trail in trails(surface(run, 0)).values()} == {False}
    assert {trail.draggable for trail in trails(surface(run, 1)).values()} == {True}
    (start,) = (dot for dot in surface(run, 1).dots() if dot.focus == Focus("start"))
    assert (start.draggable, start.xy) == (True, run.recipe.params.start)


def test_a_long_run_draws_few_points(record: Record) -> None:
    run = record(5_000)
    for method, trail in trails(surface(run, 5_000)).items():
        assert len(trail.xy) <= MOST_POINTS + 1
        assert method == "newton" or len(trail.xy) > MOST_POINTS / 2
        assert trail.xy[-1].tolist() == getattr(run.frame(5_000).state, method).x.tolist()


@pytest.mark.parametrize(
    ("edit", "touched"),
    [
        (SetParam(RATE, 0.5), {"adam"}),
        (MovePoint("sgd", 1.0, 1.0), {"sgd"}),
        (SetParam("noise", 0.5), set(METHODS)),
    ],
)
def test_the_ghost_shows_only_what_the_change_touched(record: Record, edit: Any, touched: set[str]) -> None:
    old = record(10)
    shown = trails(surface(changed(old, 4, edit), 4, ghost=Compared(old, since=4)))
    assert {method for method, trail in shown.items() if trail.ghost_xy is not None} == touched
    ghost = shown[next(iter(touched))].ghost_xy
    assert ghost is not None
    assert len(ghost) == 7  # from where they parted


def test_of_a_run_compared_with_all_is_shown_and_of_one_on_another_function_nothing(record: Record) -> None:
    other, elsewhere = record(8, start=(1.0, 1.0)), record(8, function="saddle")
    drawn = surface(record(6), 4, compared=(Compared(other, "A"), Compared(elsewhere, "B"))).trails()
    beside = {str(trail.focus): trail for trail in drawn if trail.letter}
    assert {trail.letter for trail in beside.values()} == {"A"}
    assert beside.keys() == set(METHODS)
    assert beside["sgd"].xy[-1].tolist() == other.frame(4).state.sgd.x.tolist()  # at the same step, not at its end
    assert {trail.ghost_xy is None for trail in drawn} == {True}


# ---- arrows, axes, points


@pytest.mark.parametrize("scale", [1.0, 3.0])
def test_arrows_add_up_to_the_step(record: Record, scale: float) -> None:
    run = record(8)
    shown = arrows(surface(run, 8, options={"arrows": scale}))
    assert set(shown) == {"velocity", "gradient", "step"}
    assert np.allclose(shown["velocity"] + shown["gradient"], shown["step"])
    assert np.allclose(shown["step"] / scale, run.frame(8).made.momentum.step)


def test_arrows_can_be_taken_away_and_there_are_none_before_the_first_step(record: Record) -> None:
    run = record(8)
    assert surface(run, 8, options={"arrows": 0.0}).arrows() == []
    assert surface(run, 0).arrows() == []


def test_of_a_method_without_velocity_the_way_straight_down_is_shown_as_long_as_the_step(record: Record) -> None:
    run = record(8)
    shown, made = arrows(surface(run, 8, "adam")), run.frame(8).made.adam
    down = shown["gradient"] / np.linalg.norm(shown["gradient"])
    assert np.allclose(down, -made.memory.gradient / np.linalg.norm(made.memory.gradient))
    assert np.linalg.norm(shown["gradient"]) == pytest.approx(np.linalg.norm(shown["step"]))


def test_nesterov_shows_where_it_looks(record: Record) -> None:
    run = record(5)
    assert Focus("ahead") not in {dot.focus for dot in surface(run, 5).dots()}
    (ahead,) = (dot for dot in surface(run, 5, "nesterov").dots() if dot.focus == Focus("ahead"))
    assert np.allclose(ahead.xy, run.frame(5).made.nesterov.memory.ahead)


def test_the_hessians_axes_are_those_of_the_matrix(record: Record) -> None:
    run = record(0, function="ravine")
    assert surface(run, 0).hessian_axes() == []
    axes = surface(run, 0, options={"hessian": True}).hessian_axes()
    flat, steep = (np.subtract(axis.end, axis.start) for axis in axes)
    assert [abs(d[0]) > abs(d[1]) for d in (flat, steep)] == [True, False]
    assert np.linalg.norm(flat) > np.linalg.norm(steep)  # flat directions are long
    assert [axis.label for axis in axes] == ["λ 1.00", "λ 20.0"]


def test_names_stand_at_the_ends_of_trails_and_no_label_meets_another(
    record: Record, qapp: Any, dressed: Any, freed: Any
) -> None:
    run = record(40)
    plot = Plot(equal_scale=True)
    freed(plot)
    plot.resize(420, 440)
    for t, method, scale in ((9, "momentum", 1.0), (17, "momentum", 3.0), (9, "nesterov", 1.0), (30, "adam", 3.0)):
        shown = surface(run, t, method, options={"arrows": scale})
        shown.draw_plane(plot)
        view, marks = plot.viewport_now(), plot.marks
        taken = [box for mark in marks for box in mark.taken(view)]
        lines = np.concatenate([mark.along(view) for mark in marks])
        labels = [label for mark in marks for label in mark.labels(view)]
        written = {label.text: box for label, box in placed(view, labels, taken, lines)}
        assert {TEXTS.name(name) for name in ("momentum", "adam", "newton")} <= written.keys()
        assert TEXTS.get("panels", "total") in written
        assert not any(one.intersects(other) for one, other in combinations(written.values(), 2))
        assert not any(box.intersects(marker) for box in written.values() for marker in taken)
    assert not any(trail.label for trail in surface(run, 0).trails())
    assert not any(trail.label for trail in surface(run, 9, options={"names": False}).trails())


# ---- the rectangle, and words


def test_bands_fill_the_picture_of_the_ravine() -> None:
    field = Field(SURFACES["ravine"].value, home_of(SURFACES["ravine"], (-4.0, 1.0)))
    x0, x1, y0, y1 = field.home
    assert x1 - x0 == pytest.approx(y1 - y0)  # as the picture is: with equal scales nothing lies outside
    values = field.values(*np.meshgrid(np.linspace(x0, x1, 60), np.linspace(y0, y1, 60)))
    shares = np.bincount(np.searchsorted(field.levels.values, values).ravel()) / values.size
    assert shares.max() < 0.3


@pytest.mark.parametrize("function", [*SURFACES, "linear-regression", "logistic-regression", "x^2 + 3*sin(y)"])
@pytest.mark.parametrize("start", [(0.5, -0.5), (9.0, 8.0)])
def test_every_surface_has_its_start_inside(function: str, start: tuple[float, float]) -> None:
    params = Params(function=function, start=start)
    x0, x1, y0, y1 = home_of(loss_of(params), start)
    assert x0 < start[0] < x1
    assert y0 < start[1] < y1


def test_who_diverged_and_who_left_is_said_in_the_picture(record: Record) -> None:
    run = record(107, function="bowl", methods=("sgd", "adam"), sgd=SGD(1.5))
    left = next(t for t in range(20) if "SGD left" in surface(run, t).note())
    assert surface(run, left).note() == TEXTS.get("events", "left").format(name="SGD", step=left)
    assert surface(run, left - 1).note() == ""
    assert surface(run, left + 2).note() == surface(run, left).note()
    (diverged,) = (t for t, keys in run.events.items() if "diverged: sgd" in keys)
    assert surface(run, run.recorded).note().startswith(f"SGD diverged at step {diverged}")


def test_a_screen_reader_is_told_where_each_method_stands(record: Record) -> None:
    run = record(4)
    x, y = run.frame(4).state.sgd.x
    assert surface(run, 4).description().startswith(f"SGD {x:.3f}, {y:.3f}; ".replace("-", "−"))


def test_the_picture_of_a_tiny_target_is_as_small() -> None:
    u = np.linspace(-1.0, 2.0, 20)
    params = Params(function="linear-regression", data=np.column_stack([u, 1e-12 * u]))
    x0, x1, _, _ = home_of(loss_of(params), (0.0, 0.0))
    assert x0 < 0.0 < 1e-12 < x1 < 1e-11
