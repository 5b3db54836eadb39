"""The film of a sequence: what its cells and bars show is what the step made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.rnn import arrays
from core.rnn.net import named
from core.run.explanation import Focus
from core.run.recipe import Change, SetArray
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.rnn.film import Film, cell_of
from playground.topics.rnn.lately import LATELY
from widgets.base import numbers
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption
from widgets.grids.board_lines import Loop
from widgets.grids.board_series import Cells, Cursor, Polyline, RunLetter, Words
from widgets.grids.grid import Placed
from widgets.grids.share_bars import Columns

Record = Callable[..., Timeline[Any, Any]]
SIZES = [(364.0, 280.0), (520.0, 430.0), (1200.0, 800.0)]

pytestmark = pytest.mark.usefixtures("dressed")


def film(run: Timeline[Any, Any], entry: Any, t: int, **seen: Any) -> Film:
    return Film(View(run, t, **seen), entry.texts)


def grids(shown: Film, size: tuple[float, float] = SIZES[1]) -> dict[str, Placed]:
    return {item.name: item for item in shown.arrange(*size) if isinstance(item, Placed)}


def ticks(shown: Film) -> list[str]:
    items = (item for item in shown.arrange(*SIZES[2]) if isinstance(item, Words))
    return [text for item in items for text in item.texts if text in ("✓", "✗")]


def columns(shown: Film, size: tuple[float, float] = SIZES[1]) -> list[list[Any]]:
    items = (item for item in shown.arrange(*size) if isinstance(item, Columns))
    return [[bar.value for bar in item.bars] for item in items]


@pytest.mark.parametrize("mode", ["many-to-many", "many-to-one", "one-to-many"])
def test_cells_are_those_of_the_step_and_of_the_sequence_in_focus(mode: Any, record: Record, entry: Any) -> None:
    run = record(5, task="parity", mode=mode)
    told = arrays(run.frame(5).made, run.recipe.params)
    shown = grids(film(run, entry, 5, focus=Focus("sequence", (3,))))
    np.testing.assert_array_equal(shown["state"].grid.values, told["h"][3, 1:].T)
    np.testing.assert_array_equal(shown["begin"].grid.values[:, 0], told["h"][3, 0])
    last = shown["out"].grid.values[:, -1]
    np.testing.assert_array_equal(last, told["outputs"][3] if mode == "many-to-one" else told["outputs"][3, -1])
    assert np.isnan(shown["out"].grid.values[:, 0]).all() == (mode == "many-to-one")
    assert shown["x"].grid.values[0, 0] == told["inputs"][3, 0, 0]
    assert np.isnan(shown["x"].grid.values[0, 1]) == (mode == "one-to-many")


def test_at_a_beat_the_film_has_come_as_far_as_its_time(record: Record, entry: Any) -> None:
    seen = film(record(5), entry, 5, beat="time_3")
    shown, at = grids(seen), seen.layout(*SIZES[1])
    (cursor,) = (item for item in seen.arrange(*SIZES[1]) if isinstance(item, Cursor))
    assert cursor.label == "t = 3"
    assert cursor.rect.center().x() == pytest.approx(at.middle(3))
    for name in ("state", "out"):
        assert np.isnan(shown[name].grid.values).any(axis=0).tolist() == [False] * 4 + [True] * 4


@pytest.mark.parametrize("size", [SIZES[1], (430.0, 300.0)])
@pytest.mark.parametrize("time", [0, 3])
def test_beside_the_states_stands_the_sum_of_the_unit_told_of(time: int, size: Any, record: Record, entry: Any) -> None:
    run = record(20, task="parity")
    seen = film(run, entry, 20, focus=Focus("state", (2, time, 5)), beat=f"time_{time}")
    told, own = arrays(run.frame(20).made, run.recipe.params), named(run.frame(20).made.seen, run.recipe.params)
    x, h = float(told["inputs"][2, time] @ own["W"][:, 5]), float(told["h"][2, time] @ own["U"][:, 5])
    items = [item for item in seen.arrange(*size) if isinstance(item, Caption)]
    lines = {item.text: [other.text for other in items if other.y == item.y] for item in items if item.role == "tick"}
    assert lines["x·W"][-1] == numbers.compact(x)
    assert lines["h·U"][-1] == numbers.compact(h)
    last = next(line for name, line in lines.items() if name.startswith("tanh("))
    total = x + h + float(own["b"][5])
    assert last[0] in ("tanh(z)", *([] if size == SIZES[1] else [f"tanh({numbers.compact(total)})"]))
    assert last[-1] == numbers.compact(float(told["h"][2, time + 1, 5]))
    at = seen.layout(*size)
    assert max(item.y + item.height for item in items if item.text in last) <= grids(seen, size)["state"].inner.bottom()
    name, value = (next(item for item in items if item.text == text) for text in (last[0], last[-1]))
    assert name.x + name.width < value.x - value.width < at.left
    (loop,) = (item for item in seen.arrange(*size) if isinstance(item, Loop))  # from h(t) back to h·U
    carried = next(item for item in items if item.text == "h·U")
    for height, line in ((loop.into, carried), (loop.out, name)):
        assert line.y < height < line.y + line.height
    assert value.x < loop.left < loop.right < at.left


def test_of_a_whole_step_the_second_cursor_stands_at_the_time_told_of(record: Record, entry: Any) -> None:
    seen = film(record(5), entry, 5, beat="update", pointed=Focus("state", (0, 2, 1)))
    (cursor,) = (item for item in seen.arrange(*SIZES[1]) if isinstance(item, Cursor))
    assert cursor.label == "t = 2"
    assert not np.isnan(grids(seen)["state"].grid.values).any()
    numbers_of_times = [item for item in seen.arrange(*SIZES[1]) if isinstance(item, Caption) and item.y == 10.0]
    assert not any(cursor.tab.contains(item.x, item.y) for item in numbers_of_times if item.text.isdigit())


def test_a_low_film_has_the_right_answers_as_a_row_of_numbers(record: Record, entry: Any) -> None:
    shown, size = film(record(30, task="parity"), entry, 30), (430.0, 300.0)
    (row,) = grids(shown, size)["right"].grid.values
    np.testing.assert_array_equal(row, columns(shown)[1])
    assert grids(shown, size)["right"].inner.bottom() <= size[1]


def test_on_the_way_back_the_cells_are_slopes(record: Record, entry: Any) -> None:
    run = record(5)
    every = [grids(film(run, entry, 5, beat="back", focus=Focus("sequence", (n,)))) for n in range(16)]
    slopes = np.stack([shown["state"].grid.values for shown in every])
    lengths = np.sqrt((slopes**2).sum(axis=(0, 1)))
    np.testing.assert_allclose(lengths[::-1], arrays(run.frame(5).made, run.recipe.params)["grad_by_lag"], rtol=1e-12)


def test_frames_stand_around_the_right_classes_and_ticks_below(record: Record, entry: Any) -> None:
    run = record(60, task="parity")
    told = arrays(run.frame(60).made, run.recipe.params)
    shown = film(run, entry, 60)
    framed = {(outline.row, outline.column) for outline in grids(shown)["out"].grid.outlines}
    assert framed == {(int(right), t) for t, right in enumerate(told["targets"][0])}
    said = ticks(shown)
    right = told["outputs"][0].argmax(axis=1) == told["targets"][0]
    assert said == ["✓" if is_right else "✗" for is_right in right]


@pytest.mark.parametrize("t", [1, 7, 40])
def test_bars_are_the_gradient_by_lag_and_the_mean_of_the_last_steps(t: int, record: Record, entry: Any) -> None:
    run = record(40, cell="linear", radius=0.5)
    gradient, right = columns(film(run, entry, t))
    told = arrays(run.frame(t).made, run.recipe.params)
    ratios = told["grad_by_lag"][::-1] / told["grad_by_lag"][0]
    np.testing.assert_allclose(gradient, np.clip((np.log10(ratios) + 4) / 5, 0, 1), rtol=1e-9)
    rows = [
        arrays(run.frame(s).made, run.recipe.params)["accuracy_by_time"] for s in range(max(1, t - LATELY + 1), t + 1)
    ]
    np.testing.assert_allclose(right, np.mean(rows, axis=0), rtol=1e-9)


def test_the_line_of_radius_meets_the_bars_of_a_linear_cell_at_the_start(record: Record, entry: Any) -> None:
    run = record(1, cell="linear", radius=0.5)
    bars, *_ = (item.bars for item in film(run, entry, 1).arrange(*SIZES[1]) if isinstance(item, Columns))
    for bar in bars:
        assert bar.target == pytest.approx(bar.value, abs=1e-9)


def test_what_would_tell_an_answer_is_left_out(record: Record, entry: Any) -> None:
    shown = film(record(30), entry, 30, covered=True)
    assert np.isnan(grids(shown)["out"].grid.values).all()
    assert len(grids(shown)["out"].grid.outlines) == 0
    assert set(columns(shown)[1]) == {None}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("given", [
    {}, {"task": "adding"}, {"task": "sine", "length": 100, "units": 64}, {"task": "next-character", "units": 1},
    {"task": "echo", "symbols": 10}, {"task": "echo", "symbols": 10, "mode": "one-to-many"},
    {"length": 1, "mode": "many-to-one"},
])  # fmt: skip
def test_no_parts_overlap_and_all_lie_on_the_board(given: Any, size: Any, record: Record, entry: Any) -> None:
    run = record(2, **given)
    shown = film(run, entry, 2)
    rects = {name: grid.inner for name, grid in grids(shown, size).items()}
    rects |= {item.name: item.rect for item in shown.arrange(*size) if isinstance(item, Cells)}
    bottom = 0.0
    for name in ("x", "state", "out"):
        assert rects[name].top() >= bottom
        assert rects[name].right() <= size[0]
        bottom = rects[name].bottom()
    bars = [item for item in film(run, entry, 2).arrange(*size) if isinstance(item, Columns)]
    for item in bars:
        assert item.top >= bottom
        bottom = item.top + item.height
    words = [item for item in film(run, entry, 2).arrange(*size) if isinstance(item, Caption | Words)]
    assert max(item.y + item.height for item in words) <= size[1] + 2  # the last line's descent


@pytest.mark.parametrize("size", [(350.0, 240.0), *SIZES])
def test_with_runs_beside_all_parts_lie_on_the_board(size: Any, record: Record, entry: Any) -> None:
    run, other, third = (record(2, task="parity", radius=radius) for radius in (1.0, 0.5, 0.9))
    compared = (Compared(run, "A"), Compared(other, "B"), Compared(third, "C"))
    items = film(run, entry, 2, compared=compared, letter="A").arrange(*size)
    bars = [item for item in items if isinstance(item, Columns)]
    out = next(item for item in items if isinstance(item, Placed) and item.name == "out C")
    assert max([out.inner.bottom(), *(bar.top + bar.height for bar in bars)]) <= size[1]
    assert all(out.inner.bottom() <= bar.top for bar in bars)
    letters = sorted(item.centre.y() for item in items if isinstance(item, RunLetter))
    assert min(np.diff(letters)) >= 15.0
    assert max(item.centre.x() for item in items if isinstance(item, RunLetter)) <= size[0] - 8


def test_a_cell_names_its_state_or_output(record: Record, entry: Any) -> None:
    shown = film(record(2), entry, 2, focus=Focus("state", (3, 1, 5)))
    assert cell_of("state", 4, 2, shown) == Focus("state", (3, 2, 4))
    assert cell_of("out", 1, 2, shown) == Focus("output", (3, 2, 1))
    assert cell_of("x", 0, 6, shown) == Focus("state", (3, 6, 5))
    assert cell_of("begin", 0, 0, shown) is None
    assert cell_of("t", 0, 6, shown) == Focus("state", (3, 6, 5))
    assert cell_of("lag", 0, 6, shown) == Focus("lag", (1,))


def test_long_sequences_are_turned_over_to_where_one_stands(record: Record, entry: Any) -> None:
    run = record(2, length=100)
    for time in (0, 50, 99):
        shown = film(run, entry, 2, beat=f"time_{time}")
        at = shown.layout(*SIZES[1])
        assert at.first <= time < at.first + at.shown < 100 + (time == 99)
        assert at.column >= 12.0
        values = grids(shown)["state"].grid.values
        np.testing.assert_array_equal(
            values[:, time - at.first], arrays(run.frame(2).made, run.recipe.params)["h"][0, time + 1]
        )
        assert cell_of("state", 3, time - at.first, shown, at.first) == Focus("state", (0, time, 3))


@pytest.mark.parametrize("mode", ["many-to-many", "many-to-one", "one-to-many"])
def test_numbers_are_lines_beside_those_wanted(mode: Any, record: Record, entry: Any) -> None:
    run = record(40, task="sine", mode=mode)
    shown, told = film(run, entry, 40), arrays(run.frame(40).made, run.recipe.params)
    zero, wanted, given = (item for item in shown.arrange(*SIZES[1]) if isinstance(item, Polyline))
    t, y = np.ravel(told["targets"][0]), np.ravel(told["outputs"][0])
    scale = (given.points[-1, 1] - wanted.points[-1, 1]) / (t[-1] - y[-1])  # px upwards
    np.testing.assert_allclose(zero.points[0, 1] - wanted.points[-len(t) :, 1], scale * t, atol=1e-9)
    np.testing.assert_allclose(zero.points[0, 1] - given.points[-len(t) :, 1], scale * y, atol=1e-9)
    said = ticks(shown)
    assert said == ["✓" if near else "✗" for near in np.abs(t - y) <= 0.1]


def test_runs_beside_have_states_outputs_and_bars_by_their_letter(record: Record, entry: Any) -> None:
    run, other = record(20, task="parity"), record(20, task="parity", radius=0.5)
    shown = film(run, entry, 20, compared=(Compared(run, "A"), Compared(other, "B")), letter="A")
    told, placed = arrays(other.frame(20).made, other.recipe.params), grids(shown)
    np.testing.assert_array_equal(placed["state B"].grid.values, told["h"][0, 1:].T)
    np.testing.assert_array_equal(placed["out B"].grid.values[0], told["outputs"][0, range(8), told["targets"][0]])
    bars = [item.bars for item in shown.arrange(*SIZES[1]) if isinstance(item, Columns)]
    alone = [item.bars for item in film(other, entry, 20).arrange(*SIZES[1]) if isinstance(item, Columns)]
    for ours, theirs in zip(bars, alone, strict=True):
        assert [bar.others for bar in ours] == [(("B", bar.value),) for bar in theirs]


def test_runs_beside_that_read_something_else_have_it_below(record: Record, entry: Any) -> None:
    runs = {"A": record(5), "B": record(5, mode="many-to-one"), "C": record(5, mode="one-to-many")}
    compared = tuple(Compared(run, letter) for letter, run in runs.items())
    shown = film(runs["A"], entry, 5, compared=compared, letter="A")
    placed = grids(shown, SIZES[2])
    assert {name for name in placed if name.startswith("x")} == {"x", "x C"}
    assert np.isnan(placed["x C"].grid.values[0]).tolist() == [False] + [True] * 7
    assert placed["x"].inner.bottom() <= placed["x C"].inner.top()
    assert placed["x C"].inner.bottom() <= placed["state"].inner.top()
    words = [item for item in shown.arrange(*SIZES[2]) if isinstance(item, Words) and "orange" in item.colours]
    first = int(arrays(runs["C"].frame(5).made, runs["C"].recipe.params)["inputs"][0, 0].argmax())
    assert words[1].texts == (str(first), *[""] * 7)


@pytest.mark.parametrize("covered", [False, True])
def test_lines_of_runs_beside_end_where_the_beat_has_come_to(covered: bool, record: Record, entry: Any) -> None:
    run, other = record(20, task="sine"), record(20, task="sine", radius=0.5)
    compared = (Compared(run, "A"), Compared(other, "B"))
    items = film(run, entry, 20, beat="time_3", compared=compared, letter="A", covered=covered).arrange(*SIZES[1])
    letters = [item for item in items if isinstance(item, RunLetter)]
    assert all(np.isfinite([item.centre.x(), item.centre.y()]).all() for item in letters)
    lines = [item.points for item in items if isinstance(item, Polyline) and item.colour == "green"]
    assert [int(np.isfinite(line[:, 1]).sum()) for line in lines] == [0 if covered else 4] * 2


def test_of_weights_set_by_hand_the_film_shows_what_they_make_of_the_same_sequences(record: Record, entry: Any) -> None:
    run = record(20, task="parity")
    edited = run.fork(replace(run.recipe, edits=(Change(20, SetArray("U", np.zeros((16, 16)))),)))
    shown = film(edited, entry, 20)
    own, x = named(edited.frame(20).state.weights, run.recipe.params), shown.batch.x
    np.testing.assert_allclose(grids(shown)["state"].grid.values, np.tanh(x[0] @ own["W"] + own["b"]).T, rtol=1e-12)
    gradient, _ = ([bar for bar in item.bars] for item in shown.arrange(*SIZES[1]) if isinstance(item, Columns))
    assert [bar.value for bar in gradient] == [0.0] * 7 + [0.8]  # nothing is carried; ten times is 1
    before = [bar.others[0] for bar in gradient]
    assert before[-1] == ("", 0.8)
    assert all(letter == "" and value for letter, value in before)


def test_of_a_run_of_another_length_no_room_is_kept_for_outputs(record: Record, entry: Any) -> None:
    run, other = record(5), record(5, length=12)
    shown = film(run, entry, 5, compared=(Compared(run, "A"), Compared(other, "B")), letter="A")
    items = shown.arrange(*SIZES[1])
    (marks,) = (item for item in items if isinstance(item, Words) and set(item.texts) & {"✓", "✗"})
    assert "out B" not in grids(shown)
    assert 0 <= marks.y - grids(shown)["out"].inner.bottom() < 5


def test_classes_too_many_to_be_named_at_their_rows_are_named_below_where_called(record: Record, entry: Any) -> None:
    run = record(5, task="next-character", text="abcdefghijklmnopqrstuvwxyz", length=5)
    shown = film(run, entry, 5)
    (below,) = (
        item for item in shown.arrange(*SIZES[1]) if isinstance(item, Words) and item.texts[0][-1:] in ("✓", "✗")
    )
    called = arrays(run.frame(5).made, run.recipe.params)["outputs"][0].argmax(axis=1)
    text = run.recipe.params.text
    assert [word[0] for word in below.texts] == [text[k] for k in called]


def test_states_of_few_units_bear_their_numbers(record: Record, entry: Any) -> None:
    few, many = (grids(film(record(5, units=units), entry, 5))["state"].grid for units in (1, 16))
    assert few.form
    assert not many.form


def test_numbers_under_narrow_columns_keep_apart_and_stand_under_their_own(record: Record, entry: Any) -> None:
    for length in (8, 20, 40, 100):
        shown = film(record(2, length=length), entry, 2)
        at, told = shown.layout(*SIZES[1]), arrays(shown.view.frame.made, shown.params)["grad_by_lag"]
        numbers_below = [item for item in shown.arrange(*SIZES[1]) if isinstance(item, Words) and item.role == "tick"]
        assert numbers_below
        for words in numbers_below:
            widest = max(text_width(text, "tick") for text in words.texts)
            assert words.column >= widest + 3.0
            ends = words.left + 0.5 * words.column, words.left + (len(words.texts) - 0.5) * words.column
            assert at.middle(at.first) == pytest.approx(ends[0]) or at.middle(at.seen.stop - 1) == pytest.approx(
                ends[1]
            )
        below, lag = numbers_below[0].texts[0], length - 1 - at.first  # that of the farthest lag in view
        assert numbers_below[0].left + 0.5 * numbers_below[0].column == pytest.approx(at.middle(at.first))
        assert float(below.replace("−", "-")) == pytest.approx(told[lag] / told[0], rel=0.1, abs=0.01)


def test_wide_columns_tell_the_gradient_to_three_digits(record: Record, entry: Any) -> None:
    run = record(1, length=4, cell="linear", mode="many-to-one", radius=0.5)
    below = [item for item in film(run, entry, 1).arrange(*SIZES[1]) if isinstance(item, Words) and item.role == "tick"]
    assert below[0].texts == ("0.125", "0.250", "0.500", "1.00")


def test_whose_terms_are_told_is_said_whole_in_a_narrow_gutter_too(record: Record, entry: Any) -> None:
    shown = film(record(1, length=12), entry, 1)
    said = [
        [item.text for item in shown.arrange(*size) if isinstance(item, Caption) and item.text.endswith("t 11")]
        for size in SIZES[:2]
    ]
    assert said == [["t 11"], ["unit 0, t 11"]]


def test_while_sizes_stay_the_layout_is_the_same(record: Record, entry: Any) -> None:
    run = record(5)
    layouts = [film(run, entry, t).layout(*SIZES[1]) for t in (2, 5)]
    assert layouts[0] is layouts[1]
    assert film(run, entry, 5).layout(*SIZES[2]) is not layouts[0]


def test_where_not_both_have_room_the_cell_goes_before_the_row_of_right_answers(record: Record, entry: Any) -> None:
    for task, has_row in (("parity", True), ("adding", False)):
        shown, size = film(record(2, task=task), entry, 2), (430.0, 322.0)
        assert shown.layout(*size).has_cell
        assert ("right" in grids(shown, size)) == has_row


@pytest.mark.parametrize("mode", ["many-to-many", "many-to-one"])
def test_each_bar_of_the_gradient_says_how_many_times_back_it_is(mode: str, record: Record, entry: Any) -> None:
    shown = film(record(2, mode=mode), entry, 2)
    rows = [item.texts for item in shown.arrange(*SIZES[2]) if isinstance(item, Words)]
    assert ("7", "6", "5", "4", "3", "2", "1", "0") in rows


def test_how_large_states_are_is_said_of_each_run(record: Record, entry: Any) -> None:
    def largest(run: Timeline[Any, Any]) -> str:
        return numbers.compact(float(np.abs(arrays(run.frame(2).state, run.recipe.params)["h"]).max()))

    one, other = record(2), record(2, cell="linear", radius=2.0)
    assert film(one, entry, 2).said() == f"time runs right · largest |h|: {largest(one)}"
    runs = {"compared": (Compared(one, "A"), Compared(other, "B")), "letter": "A"}
    told = f"A {largest(one)}, B {largest(other)}"
    assert film(one, entry, 2, **runs).said() == f"time runs right · largest |h|: {told}"
    assert film(one, entry, 2, covered=True).said() == "time runs right"
    assert film(one, entry, 2, beat="back").said() == "time runs right"  # there its cells are slopes


@pytest.mark.parametrize("mode", ["many-to-many", "many-to-one"])
@pytest.mark.parametrize("height", [200.0, 215.0, 230.0, 260.0, 300.0, 340.0, 400.0, 520.0])
def test_no_word_stands_below_the_board(mode: str, height: float, record: Record, entry: Any) -> None:
    shown = film(record(2, mode=mode), entry, 2)
    words = [item for item in shown.arrange(440.0, height) if isinstance(item, Words)]
    assert max(item.y + text_height(item.role) for item in words) <= height
