"""How far keys move what is in hand."""

from __future__ import annotations

import pytest

from widgets.plots.marks.handle import Handle, Span
from widgets.plots.viewport import Viewport


@pytest.mark.parametrize(("span", "parts", "expected"), [
    (Span(0.5, 0.0, 1.0), 1, 0.51),
    (Span(0.5, 0.0, 1.0), -100, 0.0),
    (Span(0.123456, 0.0, 1.0), 1, 0.13346),
    (Span(1.0, 0.1, 100.0, log=True), 100, 100.0),
    (Span(1.0, 0.01, 100.0, log=True), 25, 10.0),
    (Span(175.0, -180.0, 180.0, turns=True), 3, -174.2),
    (Span(0.0, -5.0, 5.0, part=0.02), 10, 0.2),
])  # fmt: skip
def test_a_key_goes_a_hundredth_of_the_way(span: Span, parts: int, expected: float) -> None:
    assert span.moved(parts) == pytest.approx(expected, abs=1e-9)


def test_what_stands_beyond_an_end_goes_no_farther_and_comes_back() -> None:
    beyond = Span(7.0, -5.0, 5.0)
    assert beyond.moved(1) == 7.0
    assert beyond.moved(-1) == 6.9


def test_a_key_goes_by_what_is_seen_and_the_ends_are_those_of_the_axes() -> None:
    zoomed = Viewport(-1.0, 1.0, 0.0, 4.0, 100.0, 100.0)
    spans = Handle("h", (0.0, 1.0)).spans(zoomed, (-5.0, 5.0, 8.0, 0.0))
    assert (spans["x"].moved(1), spans["y"].moved(1)) == (0.02, 1.04)
    assert (spans["x"].low, spans["x"].high, spans["y"].low, spans["y"].high) == (-5.0, 5.0, 0.0, 8.0)
    assert list(Handle("h", (0.0, 1.0), along="y").spans(zoomed, (0, 1, 0, 1))) == ["y"]
    own = Span(0.3, 0.0, 1.0)
    assert Handle("h", (0.0, 1.0), own=own).spans(zoomed, (0, 1, 0, 1)) == {"": own}
