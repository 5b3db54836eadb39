"""The smaller pictures of word2vec: the loss, its mean over each pass, and what the net gave each word."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from unittest import mock

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from core.run.recipe import SetArray
from core.run.timeline import Timeline
from core.word2vec.algorithm import examples
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.word2vec.shown_example import Step
from playground.topics.word2vec.small_plots import bars_of, draw_bars, draw_loss, rounded_up, weight_limit
from widgets.base.labels import text_size
from widgets.grids.share_bars import BarList
from widgets.plots.marks.curve_labels import paint_labels
from widgets.plots.marks.curves import Curve, Curves, tags_of
from widgets.plots.viewport import Viewport

Record = Callable[..., Timeline[Any, Any]]
TEXTS = topic("word2vec").texts


def losses(paper: Any, run: Timeline[Any, Any], t: int, **seen: Any) -> dict[str, Curve]:
    draw_loss(paper, View(run, t, **seen), TEXTS)
    (curves,) = (mark for mark in paper.told["set_marks"][0] if isinstance(mark, Curves))
    return {str(curve.focus): curve for curve in curves.curves}


def test_the_loss_is_drawn_with_what_guessing_costs(paper: Any, record: Record) -> None:
    run = record(900)
    curves = losses(paper, run, 900, steps=1000)
    assert curves["guess"].y[0] == math.log(20)
    assert [curves[half].x.tolist() for half in ("guess", "guess on")] == [[0, 500], [500, 1000]]
    assert (curves["guess on"].y == curves["guess"].y).all()
    assert curves["loss"].y.tolist()[1:] == run.series.column("loss").tolist()[1:]
    assert len(curves["mean"].y) == 2
    assert curves["mean"].y[1] == pytest.approx(run.series.row(900)["epoch_loss"])
    low, high = paper.told["set_range"][2:]
    assert (low, high > run.series.extremes("loss")[1]) == (0, True)


def test_its_own_line_does_not_strike_through_the_words_of_guessing(qapp: Any, paper: Any, record: Record) -> None:
    curve = losses(paper, record(9), 9)["guess"]
    for width, height in ((200.0, 300.0), (600.0, 120.0)):
        viewport = Viewport(0.0, 20.0, 0.0, 5.0, width, height)
        with mock.patch("widgets.plots.marks.labels.draw_label") as drawn:
            paint_labels(mock.Mock(), viewport, mock.Mock(), tags_of(viewport, [curve], 9.0))
        corner, text, role = drawn.call_args.args[2:5]
        box = QRectF(corner, text_size(text, role))
        line = viewport.point(0.0, float(curve.y[0])).y()
        assert not box.top() < line < box.bottom()
        assert viewport.rect.contains(box)


def test_of_a_film_nothing_is_drawn_that_is_to_come(paper: Any, record: Record) -> None:
    curves = losses(paper, record(900), 500, ahead=False)
    assert curves["loss"].x.tolist() == list(range(501))
    assert len(curves["mean"].x) == 1


@pytest.mark.parametrize("batch", [3, 20])
def test_the_mean_loss_of_a_pass_stands_in_its_middle(paper: Any, record: Record, batch: int) -> None:
    run = record(11, corpus="a b c. d e", batch=batch)
    mean, each = losses(paper, run, 11)["mean"], run.series.column("loss")
    count = len(examples(run.recipe.params))
    ends = sorted({-(-k * count // batch) for k in range(1, 11 * batch // count + 1)})
    assert len(mean.y) == len(ends) > 1
    for i, (begin, end) in enumerate(pairwise([0, *ends])):
        assert mean.y[i] == pytest.approx(np.mean(each[begin + 1 : end + 1]))
        assert mean.x[i] == (begin + 1 + end) / 2


def test_a_step_that_diverged_finishes_no_pass(paper: Any, record: Record) -> None:
    begun = record(3, corpus="a b c. d e", batch=20, optimizer="momentum")
    run = begun.fork(begun.recipe.edited(3, SetArray("W", np.full((5, 6), 1e12))))
    run.frame(4)
    assert "diverged" in run.events_at(4)
    assert losses(paper, run, 4)["mean"].x.tolist() == [1, 2, 3]


@pytest.mark.parametrize("output", ["softmax", "negative sampling"])
def test_the_likeliest_words_come_first_and_the_target_is_there(
    dressed: Any, freed: Any, record: Record, output: str
) -> None:
    bars = BarList()
    freed(bars)
    bars.resize(300, 200)
    view = View(record(30, output=output), 30)
    step = Step.in_view(view)
    with mock.patch.object(bars, "set_bars") as told:
        draw_bars(bars, view, step)
    shown, _ = told.call_args.args
    assert [bar.target for bar in shown if bar.label == step.word(step.target)] == [1.0]
    values = [bar.value or 0.0 for bar in shown if bar.target is None]
    assert values == sorted(values, reverse=True)
    assert min(values) > 0


@pytest.mark.parametrize(("value", "rounded"), [(0.7, 0.7), (0.71, 1.0), (1.2, 1.5), (31.0, 50.0), (0.0, 1.0)])
def test_ranges_end_at_round_numbers(value: float, rounded: float) -> None:
    assert rounded_up(value) == pytest.approx(rounded)


def test_colours_are_strongest_at_one_weight_for_the_whole_record(record: Record) -> None:
    run = record(40)
    reach = max(run.series.extremes(name)[1] for name in ("reach", "output_reach"))
    assert weight_limit(run) == rounded_up(0.8 * reach)


def test_of_compared_runs_the_means_alone_are_drawn_once_they_make_a_line(paper: Any, record: Record) -> None:
    runs = record(900), record(900, optimizer="momentum", learning_rate=0.02)
    compared = tuple(Compared(run, letter) for letter, run in zip("AB", runs, strict=True))
    assert "loss" in losses(paper, runs[0], 847, compared=compared)
    assert "loss" not in losses(paper, runs[0], 848, compared=compared)
    assert "loss" in losses(paper, runs[0], 848)


def test_the_text_says_whose_it_is_where_the_runs_read_others(tab: Any) -> None:
    tab.run.pin()
    card = tab.shown.above["sentence"]
    assert card.line() == ""
    tab.set_parameter("corpus", "boats-and-bread")
    assert card.line() == "B only"
    tab.run.bring_forward("A")
    assert card.line() == "A only"


def test_the_bars_of_compared_runs_stand_over_each_other_where_they_read_the_same(
    dressed: Any, freed: Any, record: Record
) -> None:
    bars = BarList()
    freed(bars)
    bars.resize(300, 200)
    one, other, otherwise = record(30), record(30, learning_rate=0.02), record(30, model="cbow")
    runs = Compared(one, "A"), Compared(other, "B"), Compared(otherwise, "C")
    for compared, told, whose in ((runs[:2], "B", "none"), (runs[::2], "", "front"), (runs, "B", "front")):
        view = View(one, 30, compared=compared, letter="A")
        with mock.patch.object(bars, "set_bars") as set_bars:
            draw_bars(bars, view, Step.in_view(view))
        shown, front = set_bars.call_args.args
        assert front == "A"
        assert bars_of(view) == whose
        given = Step.in_view(View(other, 30))
        for bar in shown:
            word = given.corpus.vocabulary.index(bar.label)
            assert dict(bar.others) == {letter: given.output(word) for letter in told}
