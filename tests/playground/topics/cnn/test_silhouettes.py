"""Silhouette by place: a bar from 0 for every place the net has, of every run; it is told while the run stands."""

from __future__ import annotations

from typing import Any

import pytest
from sklearn.metrics import silhouette_score

from core.cnn.inside import outputs_on_test
from core.cnn.readings import twin
from core.data.digits import digits
from playground.topics.cnn.silhouettes import Silhouettes, Stripe
from widgets.base import numbers
from widgets.grids.board import Caption


def test_each_place_has_its_bar_and_number(tab: Any, settle: Any) -> None:
    tab.run.advance(12)
    tab.bring_forward("silhouette")
    settle()
    view = tab.view()
    items = Silhouettes(view, tab.texts).arrange(500.0, 140.0)
    told = [item.text for item in items if isinstance(item, Caption) and item.moves]
    outputs, labels = outputs_on_test(view.state.weights, view.params.layers), digits().labels[digits().test]
    expected = [silhouette_score(outputs[k].reshape(360, -1), labels) for k in (0, 5, 6, 7)]
    assert told == [numbers.fixed(float(value), 2) for value in expected]
    bars = [item.rect for item in items if isinstance(item, Stripe)]
    assert [bar.width() for bar in bars] == pytest.approx([abs(v) * (500 - 96 - 52) / 1.25 for v in expected])
    assert all(item.rect.bottom() <= 140 for item in items if isinstance(item, Stripe))


def test_a_run_beside_has_hollow_bars_of_its_letter(tab: Any, settle: Any) -> None:
    tab.run.advance(2)
    settle()
    tab.twin.click()
    settle()
    assert tab.run.compared[1].timeline.recipe.params.layers == twin(tab.run.params.layers)
    items = Silhouettes(tab.view(), tab.texts).arrange(500.0, 200.0)
    assert [item.letter for item in items if isinstance(item, Stripe)] == ["", "B"] * 4


def test_at_play_it_says_when_it_is_told(tab: Any, settle: Any) -> None:
    tab.run.advance(2)
    tab.bring_forward("silhouette")
    tab.set_playing(True)
    tab.run.advance(1)
    settle()
    assert tab.silhouette.empty_text == "Told when the run stands still."
    tab.set_playing(False)
    settle()
    assert not tab.silhouette.empty_text
