"""The plane of both nets: what it shows of a view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.dense.nets import named
from core.dense.plane import Line
from core.dense.settings import data_of
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.dense.fields import LOOKS, home_of
from playground.topics.dense.plane import Plane, line_of
from widgets.plots.marks.arrows_and_dots import Arrow, Dot, Measure
from widgets.plots.marks.ground import ColourGround, Shade
from widgets.plots.marks.half_planes import HalfPlanes
from widgets.plots.marks.labels import any_within, ends_of
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.of_seen import OfSeen
from widgets.plots.marks.path import Path
from widgets.plots.marks.points import Clouds, Points
from widgets.plots.marks.tags import Tag, Tags
from widgets.plots.plot import Plot
from widgets.plots.viewport import Viewport

Run = Timeline[Any, Any]
Record = Callable[..., Run]


def plane(run: Run, t: int, entry: Any, **seen: Any) -> Plane:
    return Plane(View(run, t, **seen), entry.texts)


def of_kind(shown: Plane, kind: type[Mark]) -> list[Any]:
    seen = home_of(shown.params)
    made = (mark.made(seen) if isinstance(mark, OfSeen) else mark for mark in shown.marks())
    return [mark for mark in made if isinstance(mark, kind)]


def paths(shown: Plane) -> dict[str, Path]:
    return {str(path.focus): path for path in of_kind(shown, Path) if not path.faint}


def tags(shown: Plane) -> tuple[Tag, ...]:
    (found,) = of_kind(shown, Tags)
    return tuple(found.tags)


def dots(shown: Plane) -> dict[str, Dot]:
    return {str(dot.focus): dot for dot in of_kind(shown, Dot)}


def clouds(shown: Plane) -> dict[str, Points]:
    return {group.name: group for cloud in of_kind(shown, Clouds) for group in cloud.groups}


def z(run: Run, t: int, net: str, xy: Any) -> Any:
    own = named(getattr(run.frame(t).state, net).weights, net, run.recipe.params)  # type: ignore[arg-type]
    return np.asarray(xy) @ own["W"][:, 0] + own.get("b", np.zeros(1))[0]


@pytest.fixture
def run(record: Record) -> Run:
    return record(40)


@pytest.mark.parametrize("t", [0, 7, 40])
def test_each_line_is_where_z_of_its_net_is_0(run: Run, entry: Any, t: int) -> None:
    shown = paths(plane(run, t, entry))
    assert {name: path.dashed for name, path in shown.items()} == {"with_bias": False, "without_bias": True}
    for net, path in shown.items():
        assert np.abs(z(run, t, net, path.xy)).max() < 1e-9
    (begin, end) = shown["without_bias"].xy
    assert abs(begin[0] * end[1] - begin[1] * end[0]) < 1e-9  # through the origin


def test_the_sides_are_those_of_the_solid_line(run: Run, entry: Any) -> None:
    (sides,) = of_kind(plane(run, 40, entry), HalfPlanes)
    line = line_of(run.frame(40).state, "with_bias", run.recipe.params)
    assert (sides.w, sides.b) == (line.w, line.b)
    assert sides.colours == (LOOKS[0][0], LOOKS[1][0])


def test_handles_stand_on_their_lines_the_nail_at_the_origin(run: Run, entry: Any) -> None:
    shown = dots(plane(run, 40, entry))
    assert {name for name, dot in shown.items() if dot.draggable} == {
        "turn with_bias 0", "turn with_bias 1", "turn without_bias 1", "shift",
    }  # fmt: skip  # the fourth to turn would hide the nail
    for name, dot in shown.items():
        net = "without_bias" if "without" in name or name == "origin" else "with_bias"
        assert abs(z(run, 40, net, dot.xy)) < 1e-9
    assert shown["origin"].xy == (0.0, 0.0)


def test_a_line_whose_bias_is_held_can_only_be_turned(record: Record, entry: Any) -> None:
    shown = dots(plane(record(4, train_bias=False), 4, entry))
    assert {name.split()[0] for name, dot in shown.items() if dot.draggable} == {"turn"}


def test_lines_that_lie_on_each_other_are_turned_together_and_shifted_beside_the_nail(run: Run, entry: Any) -> None:
    shown = dots(plane(run, 0, entry))
    assert {name for name, dot in shown.items() if dot.draggable} == {"turn with_bias 1", "shift"}
    away = np.array([shown[name].xy for name in ("shift", "turn with_bias 1")])
    assert np.hypot(*away.T).min() > 0.3
    assert np.hypot(*(away[0] - away[1])) > 0.5


def test_handles_are_whole_in_the_picture(record: Record, entry: Any) -> None:
    run = record(120)
    x0, x1, y0, y1 = home_of(run.recipe.params)
    room = 0.03 * max(x1 - x0, y1 - y0)
    for dot in (dot for t in (1, 10, 120) for dot in of_kind(plane(run, t, entry), Dot) if dot.draggable):
        assert x0 + room < dot.xy[0] < x1 - room
        assert y0 + room < dot.xy[1] < y1 - room


def test_a_line_reaches_across_whatever_is_seen_of_the_plane(record: Record, entry: Any) -> None:
    """Of points on one line, too, of runs beside, too."""
    pair = {"points": np.array([[2.0, 0.0], [4.0, 0.0]]), "targets": np.array([0.0, 1.0])}
    own, other = record(9, **pair), record(9, learning_rate=5.0, **pair)
    x0, x1, y0, y1 = home_of(own.recipe.params)
    assert y1 - y0 >= (x1 - x0) / 2
    shown = plane(own, 9, entry, compared=(Compared(own, "A"), Compared(other, "B")), letter="A")
    for path in of_kind(shown, Path):
        assert np.ptp(path.xy, axis=0).max() > 2 * (y1 - y0)
    (letter,) = (path.at for path in of_kind(shown, Path) if path.letter)
    assert letter in of_kind(shown, Tags)[0].off


def test_w_and_the_way_to_the_line_are_drawn_from_the_origin(run: Run, entry: Any) -> None:
    shown, line = plane(run, 40, entry), line_of(run.frame(40).state, "with_bias", run.recipe.params)
    (arrow,), (measure,) = of_kind(shown, Arrow), of_kind(shown, Measure)
    assert (arrow.start, arrow.end) == ((0.0, 0.0), line.w)
    assert (measure.start, measure.end) == ((0.0, 0.0), line.foot)
    assert f"{abs(line.distance):.2f}" in tags(shown)[2].text


def test_wrong_points_are_ringed_by_the_weights_in_view(run: Run, entry: Any) -> None:
    shown, data = clouds(plane(run, 40, entry)), data_of(run.recipe.params)
    wrong = (z(run, 40, "with_bias", data.x) >= 0) != data.t
    np.testing.assert_array_equal(shown["wrong"].xy, data.x[wrong])
    for target in (0, 1):
        np.testing.assert_array_equal(shown[f"class {target}"].xy, data.x[data.t == target])


def test_the_point_in_focus_is_ringed(run: Run, entry: Any) -> None:
    shown = clouds(plane(run, 40, entry, focus=Focus("point", (9,))))
    np.testing.assert_array_equal(shown["chosen"].xy, data_of(run.recipe.params).x[[9]])


def test_tags_tell_the_share_of_the_step(run: Run, entry: Any) -> None:
    row = run.series.row(40)
    for net, tag in zip(("with_bias", "without_bias"), tags(plane(run, 40, entry)), strict=False):
        assert tag.text.endswith(f"{row[f'{net}.accuracy']:.3f} right")
        assert tag.dashed == (net == "without_bias")
    assert tags(plane(run, 0, entry))[0].text == "With bias"
    assert not tags(plane(run, 40, entry, covered=True))


def test_handles_have_words_only_while_the_run_stands(run: Run, entry: Any) -> None:
    """Without a beat a step is seen as it is played: nobody takes hold of what moves."""
    assert [dot.label for dot in of_kind(plane(run, 40, entry, beat="update"), Dot) if dot.label]
    assert not [dot.label for dot in of_kind(plane(run, 40, entry), Dot) if dot.label]


@pytest.mark.parametrize("settings", [{}, {"hidden": (4,)}])
def test_runs_beside_have_their_line_with_its_letter_and_their_tag(record: Record, entry: Any, settings: Any) -> None:
    own, other = record(20, **settings), record(20, learning_rate=0.1, **settings)
    shown = plane(own, 20, entry, compared=(Compared(own, "A"), Compared(other, "B")), letter="A")
    (beside,) = [path for path in of_kind(shown, Path) if path.letter]
    assert beside.letter == "B"
    alone = paths(plane(other, 20, entry))["with_bias"].xy
    at = np.array(beside.at)
    if settings:
        assert beside.at in {(x, y) for x, y in alone.tolist()}
    else:
        assert abs(z(other, 20, "with_bias", at)) < 1e-9
    assert [(tag.letter, tag.text[-5:]) for tag in tags(shown)][-1] == ("B", "right")
    assert beside.xy[-1].tolist() != beside.xy[0].tolist()
    assert not [path for path in of_kind(replace(shown, view=replace(shown.view, covered=True)), Path) if path.letter]


@pytest.mark.parametrize("settings", [{}, {"hidden": (4,), "hidden_activation": "sigmoid"}])
def test_of_runs_beside_the_net_is_shown_that_the_switch_says(record: Record, entry: Any, settings: Any) -> None:
    own, other = record(20, **settings), record(20, learning_rate=0.1, **settings)
    for net, name, is_bare in (("with_bias", "With:", False), ("without_bias", "Without:", True)):
        shown = plane(own, 20, entry, compared=(Compared(own, "A"), Compared(other, "B")), letter="A",
                      options={"bare": is_bare})  # fmt: skip
        (beside,) = [path for path in of_kind(shown, Path) if path.letter]
        np.testing.assert_array_equal(beside.xy, paths(plane(other, 20, entry))[net].xy)
        assert tags(shown)[-1].text.startswith(name)
        assert tags(shown)[-1].colour == beside.colour


def test_while_the_run_stands_tags_keep_off_the_lines_where_there_is_room(run: Run, entry: Any, qapp: Any) -> None:
    viewport = Viewport(*home_of(run.recipe.params), 410, 410)
    for beat, is_off in (("update", True), ("", False)):
        shown = plane(run, 40, entry, beat=beat)
        (found,) = of_kind(shown, Tags)
        ((begin, end),) = (path.xy for net, path in paths(shown).items() if net == "with_bias")
        along = viewport.pixels(*np.linspace(begin, end, 2000).T)
        assert any(any_within(along, *ends_of(box)) for box in found.taken(viewport)) is not is_off


def test_a_straight_run_and_one_with_hidden_layers_are_drawn_beside_each_other(record: Record, entry: Any) -> None:
    straight, bent = record(20), record(20, hidden=(4,))
    for own, other in ((straight, bent), (bent, straight)):
        shown = plane(own, 20, entry, compared=(Compared(own, "A"), Compared(other, "B")), letter="A")
        assert [path.letter for path in of_kind(shown, Path) if path.letter] == ["B"]


def test_a_run_beside_without_a_line_has_its_tag_alone(record: Record, entry: Any) -> None:
    own, other = record(0), record(0, hidden=(4,), hidden_activation="sigmoid")
    flat = Recipe("dense", 1, 0, other.recipe.params, (Change(0, SetArray("W", np.zeros((4, 1)))),
                                                       Change(0, SetArray("b", np.ones(1)))))  # fmt: skip
    runs = (Compared(own, "A"), Compared(Timeline(entry.core, flat), "B"))
    shown = plane(own, 0, entry, compared=runs, letter="A")
    assert not [path for path in of_kind(shown, Path) if path.letter and np.isfinite(path.xy).any()]
    assert tags(shown)[-1].letter == "B"


def test_past_lines_are_those_of_every_tenth_step(run: Run, entry: Any) -> None:
    faint = [path for path in of_kind(plane(run, 25, entry, options={"past": True}), Path) if path.faint]
    assert len(faint) == 6
    for path, t in zip(faint, (20, 20, 10, 10, 0, 0), strict=True):
        assert np.abs(z(run, t, "without_bias" if path.dashed else "with_bias", path.xy)).max() < 1e-9


@pytest.mark.parametrize("settings", [{"hidden": (4,)}, {"units": 3, "activation": "softmax"}, {"units": 2}])
def test_elsewhere_there_is_a_field_and_borders_without_handles(record: Record, entry: Any, settings: Any) -> None:
    run = record(6, **settings)
    shown = plane(run, 6, entry)
    assert len(of_kind(shown, ColourGround)) + len(of_kind(shown, Shade)) == 1
    assert set(paths(shown)) == {"with_bias", "without_bias"}
    assert not [dot for dot in dots(shown).values() if dot.draggable]


def test_a_border_is_where_z_is_0(record: Record, entry: Any) -> None:
    run = record(30, hidden=(6,))
    state, params = run.frame(30).state, run.recipe.params
    own = named(state.with_bias.weights, "with_bias", params)
    xy = paths(plane(run, 30, entry))["with_bias"].xy
    xy = xy[np.isfinite(xy[:, 0])]
    scores = np.tanh(xy @ own["hidden_1.W"] + own["hidden_1.b"]) @ own["W"] + own["b"]
    assert len(xy) > 20
    assert np.abs(scores).max() < 0.05  # between the cells of a grid


def test_while_a_scene_asks_no_line_is_told(run: Run, entry: Any) -> None:
    shown = plane(run, 40, entry, covered=True)
    assert not of_kind(shown, Path)
    assert not of_kind(shown, HalfPlanes)
    assert set(clouds(shown)) == {"class 0", "class 1"}


def test_points_of_other_width_have_no_plane(record: Record, entry: Any) -> None:
    run = record(2, points=np.ones((4, 3)), targets=np.array([0.0, 1, 1, 0]))
    assert plane(run, 2, entry).marks() == []


def test_points_without_targets_are_of_no_class_and_never_wrong(record: Record, entry: Any) -> None:
    run = record(1, points=np.array([[1.0, 2.0], [3.0, -4.0]]))
    assert set(clouds(plane(run, 1, entry))) == {"points"}


def test_the_origin_is_always_in_the_picture(record: Record) -> None:
    far = record(0, points=np.array([[50.0, 60.0], [70.0, 90.0]]), targets=np.array([0.0, 1.0]))
    x0, x1, y0, y1 = home_of(far.recipe.params)
    assert x0 < 0 < x1
    assert y0 < 0 < y1


def test_a_view_is_drawn_alike_each_time(run: Run, entry: Any, qapp: Any, freed: Any) -> None:
    plot = Plot(equal_scale=True)
    freed(plot)
    plane(run, 12, entry).draw(plot)
    marks = plot.marks
    plane(run, 40, entry).draw(plot)
    assert plot.marks != marks
    plane(run, 12, entry).draw(plot)
    assert plot.marks == marks


@pytest.mark.parametrize("w", [0.0, 1e-310])
def test_a_net_without_weights_to_speak_of_has_no_line(entry: Any, w: float) -> None:
    edits = (Change(0, SetArray("W", np.full((2, 1), w))), Change(0, SetArray("b", np.ones(1))))
    shown = plane(Timeline(entry.core, Recipe("dense", 1, 0, entry.core.Params(), edits)), 0, entry)
    assert "with_bias" not in paths(shown)
    assert Line((w, w), 1.0).within((-1, -1), (1, 1)) is None
