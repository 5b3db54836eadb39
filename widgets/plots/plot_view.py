"""The area of a plot inside its axes: it is painted as one item, and tells what the mouse does there."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsWidget, QStyleOptionGraphicsItem, QWidget

from widgets.plots.lean_pyqtgraph import pg


def paint_soon(item: QGraphicsWidget) -> None:
    """Have an item painted together with what else of the window is: its own `update` would come a pass later."""
    for plot in item.scene().views() if item.scene() else ():
        plot.viewport().update(item.sceneBoundingRect().toAlignedRect())  # the scene is as large as the plot


class PlotView(pg.ViewBox):  # type: ignore[misc]
    """A view box painted in its pixels, so that line widths mean the same at every zoom.

    It offers a drag to the marks before it pans, and a click before it tells of it.
    """

    clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.setFlag(self.GraphicsItemFlag.ItemClipsToShape)
        self.draw: Callable[[QPainter], None] = lambda painter: None
        self.takes_drag: Callable[[Any], bool] = lambda event: False
        self.takes_click: Callable[[Any], bool] = lambda event: False

    def update(self, *parts: Any) -> None:
        """Have it painted; pyqtgraph asks for that where another range is set."""
        paint_soon(self)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem | None = None, widget: QWidget | None = None
    ) -> None:
        # An exception that leaves paint() by way of Qt's item loop ends the process without a word.
        try:
            self.draw(painter)
        except Exception:
            sys.excepthook(*sys.exc_info())

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        if axis is None and event.button() == Qt.MouseButton.LeftButton and self.takes_drag(event):
            event.accept()
            return
        super().mouseDragEvent(event, axis)

    def mouseClickEvent(self, event: Any) -> None:
        if self.takes_click(event):
            event.accept()
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        event.accept()
        if not event.double():
            self.clicked.emit(event.pos())
