"""Push it: what a push does to the bars, to the features, and to all held-out digits; runs side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import ndimage

from core.cnn import Params, arrays
from core.cnn.algorithm import outputs_for
from core.cnn.readings import kept_by_push, twin
from core.data.digits import digits
from core.run.timeline import Timeline
from playground.playback.compared import Compared
from playground.playback.view import View
from playground.topics.cnn.push import OneNet, arrange, description, nets_of
from playground.words import texts
from widgets.grids.board import Caption
from widgets.grids.share_bars import Columns

Record = Callable[..., Timeline[Any, Any]]


def one(timeline: Any, t: int) -> OneNet:
    view = View(timeline, t, beat="update")
    return OneNet(view, texts.topic_texts("cnn"), view.params)


def test_bars_are_those_after_the_push_with_lines_where_they_were(qapp: Any, record: Record) -> None:
    plain, pushed = (record(60, shown=360, push=push) for push in ((0, 0), (0, -2)))
    made = one(pushed, 60)
    was, now = (arrays(run.frame(60).state, run.params_at(60))["layer_7.output"] for run in (plain, pushed))
    assert [bar.value for bar in made.bars] == now.tolist()
    assert [bar.target for bar in made.bars] == pytest.approx(was.tolist())
    words, colour = made.verdict
    assert colour == ("green" if now.argmax() == digits().labels[360] else "vermillion")
    assert f"{100 * now.max():.0f}%" in words
    assert str(now.argmax()) in words


def test_only_a_digit_that_is_read_rightly_has_the_tick(qapp: Any, record: Record) -> None:
    verdicts = [(*one(record(t, shown=digit, push=push), t).verdict, digits().labels[digit])
                for t in (0, 20, 60) for digit in (360, 2, 8) for push in ((0, 0), (0, -1), (0, -2))]  # fmt: skip
    assert {colour for _, colour, _ in verdicts} == {"green", "vermillion"}
    for words, colour, label in verdicts:
        read = int(words.rpartition(",")[0].split()[-1])
        assert (colour == "green", words[0]) == (read == label, "✓" if read == label else "×"), words


def test_all_held_out_digits_are_counted_plain_and_pushed(qapp: Any, record: Record) -> None:
    made = one(record(60, shown=360, push=(0, -1)), 60)
    state, params = made.view.state, made.params
    kept, all_of_them = made.numbers
    shares = []
    for push in ((0, 0), (0, -1)):
        moved = (ndimage.shift(digits().images[i], push, order=0, cval=0.0) for i in digits().test)
        read = [outputs_for(state.weights, params.layers, picture)[-1].argmax() for picture in moved]
        shares.append(f"{100 * np.mean(read == digits().labels[digits().test]):.1f}%")
    assert all_of_them == f"all 360: {shares[0]}, pushed {shares[1]}"
    assert kept == f"features kept: cosine {kept_by_push(state.weights, params):.2f}"


def test_runs_stand_side_by_side_by_their_letters(qapp: Any, record: Record) -> None:
    with_pool, without = record(5, shown=360), record(5, shown=360, layers=twin(Params().layers))
    others = (Compared(with_pool, "A"), Compared(without, "B"))
    view = View(without, 5, compared=others, letter="B")
    words = texts.topic_texts("cnn")
    assert [net.title for net in nets_of(view, words)] == ["A max pool, 6,058 weights", "B no pool, 67,498 weights"]
    asked = replace(view, covered=True)  # how many there are may be what a scene asks for
    assert [net.title for net in nets_of(asked, words)][1] == "B no pool"
    items = arrange(view, words, 500.0, 140.0)
    left, right = (item for item in items if isinstance(item, Columns))
    assert left.left + 10 * left.width <= right.left
    assert right.left + 10 * right.width <= 500
    assert all(item.y + item.height <= 140 for item in items if isinstance(item, Caption))
    assert description(view, words).count(";") == 1


def test_runs_beside_each_other_are_shown_the_same_pushed_digit(qapp: Any, record: Record) -> None:
    front, other = record(5, shown=360, push=(0, -1)), record(5, layers=twin(Params().layers))
    view = View(front, 5, compared=(Compared(front, "A"), Compared(other, "B")), letter="A")
    shown = record(5, shown=360, push=(0, -1), layers=twin(Params().layers))
    mine, beside = nets_of(view, texts.topic_texts("cnn"))
    assert [bar.value for bar in beside.bars] == [bar.value for bar in one(shown, 5).bars]
    assert [bar.value for bar in mine.bars] == [bar.value for bar in one(front, 5).bars]


def test_at_play_all_digits_are_told_of_as_after_the_last_epoch(qapp: Any, record: Record) -> None:
    view = View(record(60, shown=360, push=(0, -1)), 60)
    made = OneNet(view, texts.topic_texts("cnn"), view.params)
    assert made.numbers[1] == f"all 360 after epoch 2: {100 * view.row['test_accuracy']:.1f}%"
