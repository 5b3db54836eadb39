"""The products of a window one after the other, on the board."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QSlider

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
    assert not find(QSlider, "transport.beat").isVisible()


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
