"""The products of a window one after the other, on the board."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtWidgets import QSlider

from playground.topics.convolution.sweep_view import Spot
from playground.topics.convolution.tab import ConvolutionTab


def test_a_beat_shows_the_products_so_far_and_fills_no_cell_before_the_last(
    tab: ConvolutionTab, seen: Any, find: Any
) -> None:
    tab.run.restart_with({"padding": 1, "bias": 2.0})
    tab.run.advance(20)
    slider = find(QSlider, "transport.beat")
    assert (slider.maximum(), slider.value()) == (8, 8)  # whole, until another is chosen
    products = seen.grid("field 0").grid.values.ravel()
    for k in (0, 4, 7):
        slider.setValue(k)
        assert seen.grid("sum 0").grid.values.item() == products[: k + 1].sum()
        assert (~seen.grid("field 0").grid.is_ahead).sum() == k + 1
        assert seen.outlines("kernel 0", "accent_text") == {(*divmod(k, 3), 1, 1)}
        at = tab.look().sweep.geometry.tap(*divmod(k, 3), 2, 3)
        assert (*at, 1, 1) in seen.outlines("input", "accent_text")
        assert seen.grid("output 0").grid.filled == 19
    slider.setValue(8)
    assert seen.grid("sum 0").grid.values.item() == products.sum() + 2 == tab.run.frame.made.value
    assert seen.grid("output 0").grid.filled == 20
    assert not seen.outlines("kernel 0", "accent_text")


def test_a_beat_goes_through_the_layers_of_a_deep_kernel(tab: ConvolutionTab, seen: Any, find: Any) -> None:
    tab.run.restart_with({"image": "colour"})
    tab.run.advance(3)
    find(QSlider, "transport.beat").setValue(13)
    marked = [c for c in range(3) if seen.outlines(f"kernel {c}", "accent_text")]
    assert marked == [1]
    assert [int((~seen.grid(f"field {c}").grid.is_ahead).sum()) for c in range(3)] == [9, 5, 0]
    tab.run.restart_with({"operation": "max pooling"})
    assert find(QSlider, "transport.beat").maximum() == 3


def test_a_step_is_whole_again_where_the_products_are_others(tab: ConvolutionTab, seen: Any, find: Any) -> None:
    tab.run.restart_with({"image": "colour"})
    tab.run.advance(2)
    slider = find(QSlider, "transport.beat")
    assert slider.value() == slider.maximum() == 26
    assert seen.grid("sum 0").grid.values.item() == tab.look().full.output[0, 0, 1]
    slider.setValue(3)
    tab.set_playing(True)
    tab.run.advance(1)
    assert seen.grid("sum 0").grid.values.item() == tab.look().full.output[0, 0, 2]  # at play steps are whole
    tab.set_playing(False)


def test_a_pool_shows_the_largest_so_far(tab: ConvolutionTab, seen: Any, find: Any) -> None:
    tab.run.restart_with({"operation": "max pooling", "image": [[1, 5, 2, 0], [7, 3, 4, 1]]})
    tab.run.advance(1)
    slider, shown = find(QSlider, "transport.beat"), []
    for k in range(4):
        slider.setValue(k)
        shown.append((seen.grid("sum 0").grid.values.item(), seen.outlines("field 0", "vermillion")))
    assert shown == [(1, {(0, 0, 1, 1)}), (5, {(0, 1, 1, 1)}), (7, {(1, 0, 1, 1)}), (7, {(1, 0, 1, 1)})]
    assert slider.isVisible()


def edges(grid: Any) -> set[float]:
    """Return the widths of the edges around all of a grid."""
    rows, columns = grid.values.shape
    return {edge.width for edge in grid.outlines if (edge.rows, edge.columns) == (rows, columns)}


def test_learning_shows_what_each_beat_reads_and_writes(tab: ConvolutionTab, seen: Any, find: Any) -> None:
    tab.run.restart_with({"operation": "learn"})
    tab.run.advance(5)
    slider, before = find(QSlider, "transport.beat"), tab.run.timeline.frame(4).state.kernel
    names = {}
    for beat in range(4):
        slider.setValue(beat)
        placed = [name for name in ("kernel", "before", "gradient", "output", "error", "wanted")
                  if tab.sweep.placed(f"{name} 0")]  # fmt: skip
        names[beat] = {name: edges(seen.grid(f"{name} 0").grid) for name in placed}
        assert (seen.grid("kernel 0").grid.values == (before if beat < 3 else tab.run.frame.state.kernel)).all()
    assert names == {
        0: {"kernel": {1.0}, "output": {2.5}, "wanted": set()},
        1: {"kernel": set(), "error": {2.5}, "wanted": {1.0}},
        2: {"kernel": set(), "gradient": {2.5}, "error": {1.0}, "wanted": set()},
        3: {"kernel": {2.5}, "before": {1.0}, "gradient": {1.0}, "output": set(), "wanted": set()},
    }
    assert (seen.grid("before 0").grid.values == before).all()
    tab.run.seek(0)
    assert tab.sweep.placed("before 0") is None


def test_what_was_there_before_the_step_cannot_be_typed_over(tab: ConvolutionTab, seen: Any, find: Any) -> None:
    tab.run.restart_with({"operation": "learn"})
    tab.run.advance(2)
    spot = Spot.at("kernel 0", 1, 1)
    assert tab.look().place_in_array(spot) == ("kernel", (1, 1))
    find(QSlider, "transport.beat").setValue(1)
    assert tab.look().place_in_array(spot) is None


def test_a_diverged_kernel_sets_no_colours(tab: ConvolutionTab, seen: Any) -> None:
    tab.run.restart_with({"operation": "learn", "learning_rate": 10.0})
    limit = seen.grid("target 0").grid.ramp.limit
    tab.run.advance(100)
    assert abs(tab.run.frame.state.kernel).max() > 100
    assert seen.grid("target 0").grid.ramp.limit == limit
    tab.run.seek(1)
    assert seen.grid("kernel 0").grid.ramp.limit == limit


def test_a_diverged_loss_sets_no_range(tab: ConvolutionTab, settle: Any) -> None:
    tab.run.restart_with({"operation": "learn", "learning_rate": 0.03})
    tab.run.advance(60)
    losses = tab.run.timeline.series.column("loss")
    assert np.nanmax(losses) > 1e9
    tab.run.seek(1)
    settle()
    top = tab.loss.viewport_now().y1
    assert top < 5  # decades: the first losses are some hundreds
