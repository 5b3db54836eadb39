"""Corners, rings and crosses stand off whatever is under them, and leave it to be seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base.corners import paint_corners, paint_cross, paint_round

BOX = QRectF(20, 20, 40, 40)


def seen_on(ground: str, paint: Callable[[QPainter], None]) -> QImage:
    image = QImage(80, 80, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


@pytest.mark.parametrize("ground", ["black", "white", "orange"])
@pytest.mark.parametrize(
    "paint",
    [partial(paint_corners, rect=BOX), partial(paint_round, rect=BOX), partial(paint_cross, centre=QPointF(40, 40))],
)
def test_each_is_seen_on_any_ground(dressed: Any, paint: Callable[[QPainter], None], ground: str) -> None:
    assert seen_on(ground, paint) != seen_on(ground, lambda painter: None)


def test_between_corners_nothing_is_painted(dressed: Any) -> None:
    image = seen_on("orange", partial(paint_corners, rect=BOX))
    assert image.pixelColor(40, 20) == QColor("orange")
    assert image.pixelColor(20, 20) != QColor("orange")
