"""Both curves of all thresholds on one page, beside each other or one over the other: one handle moves in both."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from widgets.base import layouts
from widgets.base.rendering import scaled_into
from widgets.plots.plot import Plot

_WIDER = 1.15  # times as wide as high, from which on they stand beside each other


class BothCurves(QWidget):
    """The plot of ROC first, then that of precision and recall."""

    def __init__(self) -> None:
        super().__init__()
        self.roc, self.pr = Plot(), Plot()
        self._row = layouts.row(self.roc, self.pr, on=self)
        self.roc.setObjectName("curve.roc")
        self.pr.setObjectName("curve.pr")
        self.setFocusProxy(self.roc)
        for place in (0, 1):
            self._row.setStretch(place, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = event.size().width() > _WIDER * event.size().height()
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)

    def paint_into(self, painter: QPainter, target: QRectF) -> None:
        """Paint both as they are laid out now, scaled into `target` of any device, at export quality."""
        self._row.activate()
        with scaled_into(painter, self, target):
            for plot in (self.roc, self.pr):
                plot.paint_into(painter, QRectF(plot.geometry()))
