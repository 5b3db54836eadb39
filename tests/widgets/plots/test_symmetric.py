"""The symmetric log axis: both signs, any depth, and its ticks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.plots import symmetric
from widgets.plots.plot import Plot
from widgets.plots.ticks import ticks
from widgets.plots.viewport import Viewport

numbers = st.floats(-1e12, 1e12)
nears = st.sampled_from([1e-6, 0.01, 1.0])


@given(numbers, nears)
def test_a_value_goes_there_and_back(value: float, near: float) -> None:
    there = symmetric.units(np.array([value]), near)
    assert symmetric.values(there, near)[0] == pytest.approx(value, rel=1e-9, abs=1e-12 * near)
    assert symmetric.unit(value, near) == pytest.approx(there[0])


def test_far_from_zero_a_decade_is_a_unit_and_near_it_it_is_straight() -> None:
    far = symmetric.units(np.array([1e3, 1e4, -1e3, -1e4]), 0.01)
    assert np.diff(far)[[0, 2]] == pytest.approx([1.0, -1.0], abs=1e-6)
    close = symmetric.units(np.array([0.0, 1e-4, 2e-4]), 0.01)
    assert close[0] == 0.0
    assert close[2] == pytest.approx(2 * close[1], rel=1e-3)


@given(numbers, numbers, nears)
def test_outwards_holds_both_ends(one: float, other: float, near: float) -> None:
    low, high = min(one, other), max(one, other)
    bottom, top = symmetric.outwards(low, high, near)
    assert bottom < top
    assert bottom <= low + near
    assert top >= high - 1e-9 * abs(high) - near


@pytest.mark.parametrize(("low", "high"), [(-10.0, 1000.0), (0.0, 1e6), (-1e4, 0.0)])
def test_ticks_are_zero_and_powers_of_ten(low: float, high: float) -> None:
    ends = symmetric.units(np.array([low, high]), 0.01)
    texts = [text for _, text in ticks(*ends.tolist(), most=6, near=0.01)]
    assert 3 <= len(texts) <= 6
    assert all(text.strip("\N{MINUS SIGN}0.1e6") == "" for text in texts)


def test_a_short_axis_has_even_ticks() -> None:
    ends = symmetric.units(np.array([20.0, 50.0]), 0.01)
    found = ticks(*ends.tolist(), most=6, near=0.01)
    assert [text for _, text in found] == ["20", "30", "40", "50"]
    assert [symmetric.values(np.array([at]), 0.01)[0] for at, _ in found] == pytest.approx([20, 30, 40, 50])


def test_a_plot_shows_both_signs(freed: Any, dressed: Any) -> None:
    plot = Plot()
    freed(plot)
    plot.set_log(near=0.1)
    plot.set_range(0, 10, -100, 1000)
    shown = plot.viewport_now()
    assert shown.near == 0.1
    heights = shown.pixels([1.0, 1.0, 1.0], [-100.0, 0.0, 1000.0])[:, 1]
    assert heights[0] > heights[1] > heights[2]
    assert np.isfinite(heights).all()
    plot.set_log(y=True)
    assert plot.viewport_now().near == 0.0


def test_a_viewport_maps_back() -> None:
    shown = Viewport(0, 1, -3, 5, 100, 100, near=0.1)
    _, y = shown.data([5.0], [30.0])
    assert shown.point(0.05, float(y[0])).y() == pytest.approx(30.0)
