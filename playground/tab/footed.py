"""A picture over a low row of fields, which gives way where the picture would be too low."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from widgets.base import fonts, layouts
from widgets.plots.plot import Plot

_GAP = 4  # px
_LEAST = 140  # px of the picture, under which the row is not shown


class Footed(QWidget):
    """A page of a deck: a plot, and at its foot what changes what it shows."""

    def __init__(self, plot: QWidget, foot: QWidget) -> None:
        super().__init__()
        assert isinstance(plot, Plot)
        self._plot, self._foot = plot, foot
        layouts.column(plot, foot, spacing=_GAP, grows=plot, on=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = event.size().height() - self._foot.sizeHint().height() - _GAP
        self._foot.setVisible(room >= fonts.scaled(_LEAST))

    def paint_into(self, painter: QPainter, target: QRectF) -> None:
        """Paint the plot alone, scaled into `target`, at export quality."""
        self._plot.paint_into(painter, target)
