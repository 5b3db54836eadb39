"""Small pictures of grids with a name under each, of which one is chosen by a click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from widgets.base import fonts, layouts, theme
from widgets.base.elided_label import SectionTitle
from widgets.base.rendering import rendering_of
from widgets.grids.grid import Grid, Placed, cell_size
from widgets.grids.grid_painting import paint

_PICTURE = 36
_HEIGHT = 66
_GAP = 4
_COLUMNS = 4
_ADDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


class GridGallery(QWidget):
    """A titled gallery; `chosen` tells the id of the tile clicked, `added` of one clicked with Shift or Ctrl."""

    chosen = Signal(str)
    added = Signal(str)

    def __init__(self, name: str, columns: int = _COLUMNS) -> None:
        """Tiles are named `gallery.<name>.<id>`, so many stand beside each other."""
        super().__init__()
        self._name, self._columns = name, columns
        self._tiles: dict[str, _Tile] = {}
        self._title = SectionTitle()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        layouts.column(self._title, self._grid, spacing=_GAP, on=self)

    def set_title(self, title: str, caption: str = "") -> None:
        """Set the words above the tiles."""
        self._title.title.set_text(title)
        self._title.caption.set_text(caption)

    def set_tiles(self, tiles: Sequence[tuple[str, str, Grid]]) -> None:
        """Set id, label and picture of each tile; those that stay keep their place."""
        for place, (id, label, grid) in enumerate(tiles):
            if id not in self._tiles:
                self._tiles[id] = _Tile(f"gallery.{self._name}.{id}")
                self._tiles[id].clicked.connect(lambda _=False, id=id: self._tell(id))
                self._grid.addWidget(self._tiles[id], *divmod(place, self._columns))
            self._tiles[id].show_tile(label, grid)

    def set_current(self, id: str) -> None:
        """Mark one tile as the one in use, without telling; an unknown id marks none."""
        for own, tile in self._tiles.items():
            tile.setChecked(own == id)

    def current(self) -> str:
        """The tile marked, empty if none."""
        return next((id for id, tile in self._tiles.items() if tile.isChecked()), "")

    def _tell(self, id: str) -> None:
        if QGuiApplication.keyboardModifiers() & _ADDING:
            self.set_current("")
            self.added.emit(id)
            return
        self.set_current(id)
        self.chosen.emit(id)


class _Tile(QAbstractButton):
    """A grid and its name in a frame."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._picture: Grid | None = None

    def show_tile(self, label: str, grid: Grid) -> None:
        self._picture = grid
        self.setText(label)
        self.setAccessibleName(label)
        self.setToolTip(label)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(66, fonts.scaled(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_frame(painter)
        self._paint_label(painter)
        if self._picture is not None:
            side = cell_size(_PICTURE, _PICTURE, self._picture.rows, self._picture.columns, _PICTURE)
            left = round((self.width() - side * self._picture.columns) / 2)
            top = round(6 + (_PICTURE - side * self._picture.rows) / 2)
            paint(painter, Placed("", self._picture, left, top, side), rendering_of(painter, True))

    def _paint_frame(self, painter: QPainter) -> None:
        colours, checked = theme.current(), self.isChecked()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "accent" if checked else "accent_text" if self.hasFocus() else "border"
        painter.setPen(QPen(colours.color(edge), 2.0 if checked or self.hasFocus() else 1.0))
        painter.setBrush(colours.color("selection" if checked else "hover" if self.underMouse() else "panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_label(self, painter: QPainter) -> None:
        font = fonts.role_font("tick")
        text = fonts.cut(self.text(), QFontMetrics(font), self.width() - 2)
        painter.setFont(font)
        painter.setPen(theme.current().color("text"))
        label = QRectF(0, 6 + _PICTURE, self.width(), self.height() - 8 - _PICTURE)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)
