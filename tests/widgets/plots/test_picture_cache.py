import numpy as np
import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from widgets.plots.picture_cache import forget_images, kept_images, stable_length
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 1, 0, 1, 20, 10)
DATA = np.arange(5.0)


class Drawing:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, painter: QPainter) -> None:
        self.times += 1


@pytest.fixture
def drawing(qapp: QApplication) -> Drawing:
    forget_images()
    made = Drawing()
    kept_images("look", [DATA], VIEW, 1.0).image("one", made)
    assert made.times == 1
    return made


def test_the_same_mark_made_again_keeps_its_picture(drawing: Drawing) -> None:
    kept_images("look", [DATA.copy()], Viewport(0, 1, 0, 1, 20, 10), 1.0).image("one", drawing)
    assert drawing.times == 1


def test_other_data_or_another_part_of_the_plane_are_another_picture(drawing: Drawing) -> None:
    kept_images("look", [DATA[:4]], VIEW, 1.0).image("one", drawing)
    kept_images("look", [DATA], Viewport(0, 2, 0, 1, 20, 10), 1.0).image("one", drawing)
    assert kept_images("look", [DATA], VIEW, 2.0).image("one", drawing).width() == 40
    assert drawing.times == 4


def test_marks_of_another_look_do_not_take_each_others_pictures(drawing: Drawing) -> None:
    kept_images("other", [DATA], VIEW, 1.0).image("one", drawing)
    kept_images("look", [DATA], VIEW, 1.0).image("one", drawing)
    assert drawing.times == 2


def test_blocks_grow_with_the_length() -> None:
    assert [stable_length(n) for n in (0, 63, 64, 127, 128)] == [0, 0, 64, 64, 128]
    for length in (1_000, 12_345, 200_000):
        rest = length - stable_length(length)
        assert 0 <= rest <= max(64, length // 32)
