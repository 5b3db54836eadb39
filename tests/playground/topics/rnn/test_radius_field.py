"""The radius in the corner of the ring's plot is that of the ring, and one that is typed there pulls it."""

from __future__ import annotations

import pytest

from core.rnn.algorithm import SetRadius
from playground.topics.rnn.ring import Ring
from playground.topics.rnn.tab import RnnTab


def test_the_field_shows_the_radius_and_a_typed_one_is_an_edit(tab: RnnTab) -> None:
    radius = Ring(tab.view(), tab.texts).radius
    assert tab.radius.value() == pytest.approx(radius, abs=0.005)
    assert not tab.run.recipe.edits  # to be shown is no edit
    tab.radius.setValue(0.4)
    assert [change.edit for change in tab.run.recipe.edits] == [SetRadius(0.4)]
    assert Ring(tab.view(), tab.texts).radius == pytest.approx(0.4)
    tab.run.undo()
    assert tab.radius.value() == pytest.approx(radius, abs=0.005)


def test_it_stands_in_the_corner_whatever_the_size_of_the_plot(tab: RnnTab) -> None:
    for width in (260, 420):
        tab.ring.resize(width, 300)
        corner = tab.radius.geometry().topRight()
        assert (tab.ring.width() - corner.x(), corner.y()) == pytest.approx((5, 4), abs=2)
