"""Five bars: what they are worth, and how far each can be drawn."""

from __future__ import annotations

from typing import Any

import pytest

from core import loss_metrics
from core.loss_metrics import Params
from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.loss_metrics.by_hand import FIRST, draw, with_bar
from playground.words.texts import topic_texts
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.note import Note
from widgets.plots.plot import Plot

TIMELINE = Timeline(loss_metrics, Recipe("loss-metrics", 1, 0, Params()))


@pytest.mark.parametrize(
    ("bars", "said"),
    [(FIRST, "accuracy 0.600 · loss 0.626"), ((0.55, 0.55, 0.55, 0.55, 0.02), "accuracy 0.800 · loss 1.261")],
)
def test_the_bars_are_worth_what_the_losses_say(qapp: Any, bars: Any, said: str) -> None:
    plot = Plot()
    draw(plot, View(TIMELINE, 0, options={"bars": bars}), topic_texts("loss_metrics"))
    assert next(mark.text for mark in plot.marks if isinstance(mark, Note)) == said
    handles = [mark for mark in plot.marks if isinstance(mark, Dot)]
    assert [(dot.focus, dot.xy, dot.draggable) for dot in handles] == [
        (Focus("bar", (i,)), (i + 1.0, p), True) for i, p in enumerate(bars)
    ]


def test_a_bar_is_drawn_alone_and_never_to_an_end() -> None:
    assert with_bar(FIRST, 4, 0.02) == (*FIRST[:4], 0.02)
    assert with_bar(FIRST, 0, 7.0)[0] == 0.99
    assert with_bar(FIRST, 0, -7.0)[0] == 0.01
