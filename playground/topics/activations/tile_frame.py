"""What holds a tile: its title with marker and share, its plane, and the row of its units; the chosen one is framed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.topics.activations.squares import HIGH
from widgets.base import fonts, layouts, markers, theme
from widgets.grids.board import GridBoard
from widgets.plots.plot import Plot

_TITLE, _MARKER, _GAP = 22, 11, 6  # px
_MARGIN, _ROUND = 4, 6.0  # px of the frame
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TileTitle(QWidget):
    """A marker with a name at the left, and what is said of it at the right, in short where there is less room; a new
    text moves nothing around it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._name = self._said = self._short = self._series = ""
        self.is_chosen = False
        self.setFixedHeight(fonts.scaled(_TITLE))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_title(self, name: str, said: str, short: str, series: str, is_chosen: bool) -> None:
        """Show a name with the marker of its series, what is said of it at length or in short, and whether it is
        chosen.
        """
        new = name, said, short, series, is_chosen
        if new != (self._name, self._said, self._short, self._series, self.is_chosen):
            self._name, self._said, self._short, self._series, self.is_chosen = new
            self.setAccessibleName(self.text())
            self.update()

    def text(self) -> str:
        """All that is written."""
        return f"{self._name}   {self._said}".strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.current()
        if self._series:
            centre = QPointF(_MARKER / 2 + 2, self.height() / 2)
            shape, ground = markers.SERIES_MARKERS[self._series], colours.color("panel")
            markers.draw_marker(painter, shape, centre, _MARKER, colours.line(self._series), ground)
        line = self.rect().adjusted(_MARKER + _GAP + 2, 0, -_MARGIN, 0)
        painter.setFont(fonts.role_font("strong" if self.is_chosen else "body"))
        free = line.width() - painter.fontMetrics().horizontalAdvance(self._name) - _GAP
        painter.setPen(colours.color("text"))
        painter.drawText(line, _LEFT, fonts.cut(self._name, painter.fontMetrics(), line.width()))
        painter.setFont(fonts.role_font("strong"))
        painter.setPen(colours.text_colour(self._series or "text"))
        wide = painter.fontMetrics().horizontalAdvance
        said = next((text for text in (self._said, self._short) if wide(text) <= free), "")  # else the list says it
        painter.drawText(line, _RIGHT, said)


class UnitRow(GridBoard):
    """The squares of a net; while it has the keyboard, arrows lead from unit to unit."""

    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(fonts.scaled(HIGH))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _way(event):
            event.accept()  # or it would be the transport's
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if way := _way(event):
            self.moved.emit(way)
        else:
            super().keyPressEvent(event)


def _way(event: QEvent) -> int:
    """Return by how many units a key leads on; 0 where it is no arrow."""
    if not isinstance(event, QKeyEvent) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return 0
    return {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)


class TileFrame(QWidget):
    """A plot with a title over it and squares under it; a click beside them, on the title too, is told."""

    clicked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)  # shown without one it would be a window for a moment
        self.title, self.plot, self.units = TileTitle(), Plot(), UnitRow()
        self.plot.fill()
        self._is_chosen = False
        column = layouts.column(self.title, self.plot, self.units, spacing=2, grows=self.plot, on=self)
        column.setContentsMargins(_MARGIN, 0, _MARGIN, _MARGIN)

    def set_chosen(self, is_chosen: bool) -> None:
        """Frame it, or do not."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_chosen:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.current().color("accent_text"), 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _ROUND, _ROUND)
