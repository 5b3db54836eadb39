import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.markers import (
    SERIES_MARKERS,
    arrow_is_seen,
    draw_arrow,
    draw_edge_tick,
    marker_sprite,
    shape_path,
)


def test_every_series_has_its_own_shape() -> None:
    assert set(SERIES_MARKERS) == set(theme.SERIES)
    assert len(set(SERIES_MARKERS.values())) == len(SERIES_MARKERS)


@pytest.mark.parametrize("shape", [*SERIES_MARKERS.values(), "plus"])
def test_shapes_lie_around_the_origin_and_are_about_as_large_as_asked(shape: str) -> None:
    box = shape_path(shape, 12.0).boundingRect()
    assert box.contains(0.0, 0.0)
    assert 9.0 < box.width() < 16.0
    assert shape_path(shape, 12.0) is shape_path(shape, 12.0)


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(KeyError):
        shape_path("blob", 12.0)


def _canvas() -> QImage:
    image = QImage(100, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


def test_no_arrow_under_six_pixels(qapp: QApplication) -> None:
    assert not arrow_is_seen(QPointF(0, 0), QPointF(5, 0))
    image, blank = _canvas(), _canvas()
    painter = QPainter(image)
    draw_arrow(painter, QPointF(50, 50), QPointF(55, 50), QColor("black"), QColor("white"))
    painter.end()
    assert image == blank
    painter = QPainter(image)
    draw_arrow(painter, QPointF(20, 50), QPointF(80, 50), QColor("black"), QColor("white"))
    painter.end()
    assert image.pixelColor(75, 50) == QColor("black")
    assert image.pixelColor(30, 50) == QColor("black")
    assert image.pixelColor(85, 50) == QColor("white")


def test_a_mark_out_of_view_is_told_at_the_edge(qapp: QApplication) -> None:
    image = _canvas()
    painter = QPainter(image)
    draw_edge_tick(painter, QPointF(500, 50), QRectF(0, 0, 100, 100), QColor("black"), QColor("white"))
    painter.end()
    assert image.pixelColor(91, 50) == QColor("black")
    assert image.pixelColor(50, 50) == QColor("white")


def test_sprites_are_made_for_the_scale(qapp: QApplication) -> None:
    one = marker_sprite("circle", 12.0, QColor("black").rgba(), QColor("white").rgba(), 1.0)
    two = marker_sprite("circle", 12.0, QColor("black").rgba(), QColor("white").rgba(), 2.0)
    assert two.width() == pytest.approx(2 * one.width(), abs=1)
    assert two.devicePixelRatio() == 2.0
