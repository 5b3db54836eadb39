"""The same layer as one matrix."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QAbstractButton,
)

from playground.topics.convolution.tab import ConvolutionTab


def test_the_matrix_shows_the_row_of_the_step_and_every_place_of_a_weight(tab: ConvolutionTab, find: Any) -> None:
    find(QAbstractButton, "view.matrix").click()
    tab.run.advance(15)
    matrix = tab.matrix.placed("matrix")
    assert matrix is not None
    assert matrix.grid.values.shape == (36, 64)
    assert (14, 0, 1, 64) in {(o.row, o.column, o.rows, o.columns) for o in matrix.grid.outlines}
    tab.matrix.hovered.emit("kernel 0", 1, 2)
    placed = tab.matrix.placed("matrix")
    assert placed is not None
    lit = [o for o in placed.grid.outlines if o.colour == "orange"]
    assert len(lit) == 36
    assert {float(placed.grid.values[o.row, o.column]) for o in lit} == {2.0}


def test_a_matrix_too_large_or_without_weights_says_so(tab: ConvolutionTab, find: Any) -> None:
    find(QAbstractButton, "view.matrix").click()
    tab.set_parameter("image", "photo")
    assert (
        "3 844 × 4 096".replace(" ", "\N{THIN SPACE}", 1) in tab.matrix.empty_text
        or "3\u2009844" in tab.matrix.empty_text
    )
    tab.set_parameter("operation", "max pooling")
    assert "no weights" in tab.matrix.empty_text
    assert not tab.matrix.items()  # nothing unseen is there to be pointed at
    tab.run.restart_with({"operation": "convolution", "image": "digit"})
    assert tab.matrix.empty_text == ""
