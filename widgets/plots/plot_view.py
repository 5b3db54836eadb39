"""The area of a plot inside its axes, and what the mouse does there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal

from widgets.plots.lean_pyqtgraph import pg


class PlotView(pg.ViewBox):  # type: ignore[misc]
    """A view box that offers a drag to the marks before it pans, and tells of clicks."""

    clicked = Signal(object)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0.0)
        self.takes_drag: Callable[[Any], bool] = lambda event: False

    def mouseDragEvent(self, event: Any, axis: int | None = None) -> None:
        if axis is None and event.button() == Qt.MouseButton.LeftButton and self.takes_drag(event):
            event.accept()
            return
        super().mouseDragEvent(event, axis)

    def mouseClickEvent(self, event: Any) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        event.accept()
        if not event.double():
            self.clicked.emit(event.pos())
