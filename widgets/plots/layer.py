"""One painted layer of a plot."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from widgets.plots.lean_pyqtgraph import pg

Draw = Callable[[QPainter], None]


class Layer(pg.GraphicsObject):  # type: ignore[misc]
    """An item that fills a view box and paints in its pixels, so that line widths mean the same at every zoom."""

    def __init__(self, view_box: pg.ViewBox, draw: Draw, height: float) -> None:
        super().__init__()
        self.draw = draw
        self._rect = QRectF(view_box.rect())
        self.setParentItem(view_box)
        self.setZValue(height)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        view_box.sigResized.connect(self._resized)
        view_box.sigRangeChanged.connect(self._moved)

    def boundingRect(self) -> QRectF:
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        # An exception that leaves paint() by way of Qt's item loop ends the process without a word.
        try:
            self.draw(painter)
        except Exception:
            sys.excepthook(*sys.exc_info())

    def _resized(self) -> None:
        self.prepareGeometryChange()
        self._rect = QRectF(self.parentItem().rect())
        self.update()

    def _moved(self) -> None:
        self.update()
