import numpy as np
import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from widgets.plots.picture_cache import KeptImages, stable_length
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 1, 0, 1, 20, 10)


class Drawing:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, painter: QPainter) -> None:
        self.times += 1


@pytest.mark.parametrize("length", [10, 50_000])
def test_equal_data_keeps_the_picture_and_other_data_does_not(qapp: QApplication, length: int) -> None:
    kept, drawing = KeptImages(), Drawing()
    data = np.arange(float(length))
    data[5] = np.nan
    for array in (data, data.copy(), data[::1]):
        kept.prepare([array], "look", VIEW, 1.0)
        kept.image("one", drawing)
    assert drawing.times == 1
    data[3] = 99.0  # the owner may reuse the memory
    kept.prepare([data], "look", VIEW, 1.0)
    kept.image("one", drawing)
    assert drawing.times == 2


@pytest.mark.parametrize(("look", "scale"), [("other", 1.0), ("look", 2.0)])
def test_another_look_or_scale_is_another_picture(qapp: QApplication, look: str, scale: float) -> None:
    kept, drawing = KeptImages(), Drawing()
    kept.prepare([], "look", VIEW, 1.0)
    kept.image("one", drawing)
    kept.prepare([], look, VIEW, scale)
    assert kept.image("one", drawing).width() == 20 * scale
    assert drawing.times == 2


def test_blocks_grow_with_the_length() -> None:
    assert [stable_length(n) for n in (0, 31, 32, 63, 64)] == [0, 0, 32, 32, 64]
    for length in (1_000, 12_345, 200_000):
        rest = length - stable_length(length)
        assert 0 <= rest <= max(32, length // 32)
