import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base.arrays import Floats
from widgets.plots.picture_cache import Stable, Still, forget_images, kept_images, stable
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 1, 0, 1, 20, 10)
DATA = np.arange(5.0)


def whole(data: Floats) -> tuple[Floats, Stable]:
    return data, Stable(len(data))


class Drawing:
    def __init__(self) -> None:
        self.times = 0

    def __call__(self, painter: QPainter) -> None:
        self.times += 1


@pytest.fixture
def drawing(qapp: QApplication) -> Drawing:
    forget_images()
    made = Drawing()
    kept_images("look", [whole(DATA)], VIEW, 1.0).image("one", made)
    assert made.times == 1
    return made


def test_the_same_mark_made_again_keeps_its_picture(drawing: Drawing) -> None:
    kept_images("look", [whole(DATA.copy())], Viewport(0, 1, 0, 1, 20, 10), 1.0).image("one", drawing)
    assert drawing.times == 1


def test_other_data_or_another_part_of_the_plane_are_another_picture(drawing: Drawing) -> None:
    kept_images("look", [whole(DATA[:4])], VIEW, 1.0).image("one", drawing)
    kept_images("look", [whole(DATA)], Viewport(0, 2, 0, 1, 20, 10), 1.0).image("one", drawing)
    assert kept_images("look", [whole(DATA)], VIEW, 2.0).image("one", drawing).width() == 40
    assert drawing.times == 4


def test_marks_of_another_look_do_not_take_each_others_pictures(drawing: Drawing) -> None:
    kept_images("other", [whole(DATA)], VIEW, 1.0).image("one", drawing)
    kept_images("look", [whole(DATA)], VIEW, 1.0).image("one", drawing)
    assert drawing.times == 2


def test_what_has_come_is_painted_over_what_is_there(drawing: Drawing) -> None:
    painted: list[slice] = []

    def draw(length: int, data: Floats) -> None:
        part = stable(length, grows=True)
        kept = kept_images("growing", [(data, part)], VIEW, 1.0)
        kept.grown("one", drawing, [lambda _, rows=rows: painted.append(rows) for rows in part.pieces])  # type: ignore[misc]

    data = np.arange(300.0)
    draw(130, data)
    draw(150, data[:170].copy())
    draw(161, data)
    assert (drawing.times, painted) == (2, [slice(127, 144), slice(143, 160)])
    draw(161, np.where(data < 150, data, 0.0))  # the same blocks, but another piece
    assert (drawing.times, painted[2:]) == (3, [slice(127, 144), slice(143, 160)])
    draw(256, data)
    assert (drawing.times, len(painted)) == (4, 4)


def test_blocks_and_pieces_grow_with_the_length() -> None:
    assert [stable(n).length for n in (0, 127, 128, 255, 256)] == [0, 0, 128, 128, 256]
    assert [stable(n, grows=True).length for n in (15, 16, 143, 144, 159)] == [0, 16, 128, 144, 144]
    for length in (1_000, 12_345, 200_000):
        assert 0 <= length - stable(length).length <= max(128, length // 32)
        assert 0 <= length - stable(length, grows=True).length <= max(16, length // 256)


def test_a_piece_begins_where_the_one_before_it_ends() -> None:
    part = stable(180, grows=True)
    assert part.pieces == [slice(127, 144), slice(143, 160), slice(159, 176)]
    assert stable(20, grows=True).pieces == [slice(0, 16)]


def test_what_stays_still_is_painted_straight_once_then_into_a_picture_and_no_more(qapp: QApplication) -> None:
    image, still, drawing = QImage(20, 10, QImage.Format.Format_RGB32), Still(), Drawing()
    painter = QPainter(image)
    for view, times in ((VIEW, 1), (VIEW, 2), (VIEW, 2), (Viewport(0, 2, 0, 1, 20, 10), 3)):
        still.paint(painter, view, 1.0, drawing)
        assert drawing.times == times
    painter.end()
