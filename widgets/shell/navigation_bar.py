"""The navigation: a tab widget's own bar, standing at the left with horizontal labels in groups."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from widgets.base import fonts, theme

if TYPE_CHECKING:  # PySide6 makes each class when it is first asked for, and the shell shall be painted soon
    from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPaintEvent, QShowEvent, QWheelEvent

_WIDTH = 212
_COMPACT_WIDTH = 52
_ROW = 32
_HEADING = 44
_HEADING_LINE = 28
_COMPACT_RULE = 17
_MARGIN = 8
_ICON = 16
_ICON_LEFT = 10
_LABEL_LEFT = _ICON_LEFT + _ICON + 6
_COMPACT_ICON = 20


class _Entry(NamedTuple):
    """What a tab shows besides its label."""

    heading: str = ""
    done: int = 0
    total: int = 0


class NavigationBar(QTabBar):
    """A vertical tab bar with group headings, an icon before each label, and progress behind it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._compact = self.has_icons = self._waits = False
        self._hovered = -1
        self.setShape(QTabBar.Shape.RoundedWest)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setFont(fonts.role_font("body"))

    @contextmanager
    def laid_out_once(self) -> Iterator[None]:
        """Lay tabs out and name them once, whatever is changed of them within: each change would do so for all."""
        self._waits = True
        try:
            yield
        finally:
            self._waits = False
            self._lay_out()

    def set_group(self, index: int, heading: str) -> None:
        """Put a heading above a tab, which is the first of its group; an empty one takes it away."""
        self._change(index, self._entry(index)._replace(heading=heading))

    def set_badge(self, index: int, done: int, total: int) -> None:
        """Show behind a label how much is done: "2/5", or a tick for all of it; nothing before the first."""
        self._change(index, self._entry(index)._replace(done=done, total=total))

    def set_compact(self, compact: bool) -> None:
        """Show icons only, with tool tips, or icons and labels."""
        if compact == self._compact:
            return
        self._compact = compact
        self._lay_out()

    def row_rect(self, index: int) -> QRect:
        """Where a tab's row lies, without the heading above it."""
        rect = self.tabRect(index)
        return rect.adjusted(_MARGIN, rect.height() - fonts.scaled(_ROW), -_MARGIN, 0)

    def tabSizeHint(self, index: int) -> QSize:
        width = _COMPACT_WIDTH if self._compact else fonts.scaled(_WIDTH)
        return QSize(width, fonts.scaled(_ROW) + self._above(index))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def tabLayoutChange(self) -> None:
        super().tabLayoutChange()
        if self.isVisible() and not self._waits:
            self._name_tabs()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._name_tabs()  # once: while the bar is filled, its layout changes with every tab

    def _name_tabs(self) -> None:
        for index in range(self.count()):
            self.setAccessibleTabName(index, self._spoken(index))
            self.setTabToolTip(index, self._spoken(index) if self._hides_words(index) else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: (self.currentIndex() - 1, -1), Qt.Key.Key_Down: (self.currentIndex() + 1, 1)}
        steps |= {Qt.Key.Key_Home: (0, 1), Qt.Key.Key_End: (self.count() - 1, -1)}
        chosen = steps.get(Qt.Key(event.key()))
        if chosen is None:
            super().keyPressEvent(event)
        else:
            self._select_from(*chosen)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._row_at(event.position()) >= 0:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self._row_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A wheel turned over the bar would run through all pages and build each of them.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_column(painter, self.rect())
        for index in range(self.count()):
            if event.rect().intersects(self.tabRect(index)):
                self._paint_heading(painter, index)
                self._paint_row(painter, index)

    def _paint_heading(self, painter: QPainter, index: int) -> None:
        above = self._above(index)
        if not above or (self._compact and not index):
            return
        top = self.tabRect(index).top()
        if self._compact:
            _fill(painter, QRect(_MARGIN, top + above // 2, self.width() - 2 * _MARGIN, 1), "border")
            return
        painter.setFont(fonts.role_font("heading"))
        painter.setPen(theme.current().color("muted"))
        line = QRect(
            2 * _MARGIN, top + above - fonts.scaled(_ROW), self.width() - 3 * _MARGIN, fonts.scaled(_HEADING_LINE)
        )
        heading = fonts.cut(self._entry(index).heading, painter.fontMetrics(), line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, heading)

    def _paint_row(self, painter: QPainter, index: int) -> None:
        rect = self.row_rect(index)
        self._paint_ground(painter, rect, index)
        side = self.iconSize().width()
        left = rect.center().x() - side // 2 + 1 if self._compact else rect.left() + _ICON_LEFT
        if self.has_icons:  # the shell has none, and does without their class
            self.tabIcon(index).paint(painter, QRect(left, rect.top() + (rect.height() - side) // 2, side, side))
        if not self._compact:
            self._paint_badge(painter, rect, index)
            self._paint_label(painter, rect, index)

    def _paint_ground(self, painter: QPainter, rect: QRect, index: int) -> None:
        colours = theme.current()
        selected = index == self.currentIndex()
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or index == self._hovered:
            painter.setBrush(colours.color("selection" if selected else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if selected:
            painter.setBrush(colours.color("accent_text"))
            painter.drawRoundedRect(QRectF(rect.left(), rect.top() + 6, 3, rect.height() - 12), 1.5, 1.5)
        if selected and self.hasFocus():
            painter.setPen(QPen(colours.color("accent_text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)

    def _paint_badge(self, painter: QPainter, rect: QRect, index: int) -> None:
        entry = self._entry(index)
        if 0 < entry.total <= entry.done:
            square = QRectF(rect.right() - 7 - 14, rect.center().y() - 6.5, 14, 14)
            from widgets.base import icons  # the shell is painted without

            icons.draw(painter, "check", square, theme.current().color("ok"))
            return
        painter.setFont(fonts.role_font("tick"))
        painter.setPen(theme.current().color("muted"))
        painter.drawText(rect.adjusted(0, 0, -_MARGIN, 0), _RIGHT, self._badge_text(index))

    def _paint_label(self, painter: QPainter, rect: QRect, index: int) -> None:
        room = self._label_rect(rect, index)
        painter.setFont(self._label_font(index, room.width()))
        painter.setPen(theme.current().color("text" if self.isTabEnabled(index) else "muted"))
        text = fonts.cut(self._label(index), painter.fontMetrics(), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _label_font(self, index: int, room: int) -> QFont:
        """The usual font of a label, or the largest smaller one that shows all of it."""
        usual, label = "strong" if index == self.currentIndex() else "body", self._label(index)
        found = (fonts.role_font(role) for role in (usual, "subtitle", "tick"))
        fits = (font for font in found if QFontMetrics(font).horizontalAdvance(label) <= room)
        return next(fits, fonts.role_font("tick"))

    def _label_rect(self, row: QRect, index: int) -> QRect:
        badge = QFontMetrics(fonts.role_font("tick")).horizontalAdvance(self._badge_text(index))
        return row.adjusted(_LABEL_LEFT, 0, -_MARGIN - (badge + 4 if badge else 0), 0)

    def _hides_words(self, index: int) -> bool:
        room = self._label_rect(QRect(0, 0, fonts.scaled(_WIDTH) - 2 * _MARGIN, 1), index).width()
        font = QFontMetrics(self._label_font(index, room))
        return self._compact or font.horizontalAdvance(self._label(index)) > room

    def _label(self, index: int) -> str:
        """A tab's text as it is read: in a QTabBar's text "&" marks a key and "&&" stands for "&"."""
        return re.sub("&(.)", r"\1", self.tabText(index))

    def _badge_text(self, index: int) -> str:
        entry = self._entry(index)
        return f"{entry.done}/{entry.total}" if entry.done else ""

    def _spoken(self, index: int) -> str:
        entry, label = self._entry(index), self._label(index)
        if not entry.total:
            return label
        said = QCoreApplication.translate("NavigationBar", "{label}, {done} of {total} done")
        return said.format(label=label, done=entry.done, total=entry.total)

    def _above(self, index: int) -> int:
        """Height kept free above a row for its group's heading, or for a rule between groups of icons."""
        if not self._entry(index).heading:
            return 0 if index else _MARGIN
        if self._compact:
            return _COMPACT_RULE if index else _MARGIN
        return fonts.scaled(_HEADING)

    def _entry(self, index: int) -> _Entry:
        entry = self.tabData(index)
        return entry if isinstance(entry, _Entry) else _Entry()

    def _change(self, index: int, entry: _Entry) -> None:
        if entry == self._entry(index):
            return
        self.setTabData(index, entry)
        self._lay_out()

    def _lay_out(self) -> None:
        if self._waits:
            return
        # Setting the icon size is what makes a QTabBar ask for its tabs' sizes again.
        side = _COMPACT_ICON if self._compact else _ICON
        self.setIconSize(QSize(side, side))
        self.tabLayoutChange()
        self.updateGeometry()
        self.update()

    def _row_at(self, position: QPointF) -> int:
        index = self.tabAt(position.toPoint())
        return index if index >= 0 and self.row_rect(index).contains(position.toPoint()) else -1

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _select_from(self, index: int, step: int) -> None:
        while 0 <= index < self.count():
            if self.isTabEnabled(index):
                self.setCurrentIndex(index)
                return
            index += step


class NavigationTabs(QTabWidget):
    """Pages chosen by `navigation_bar` at their left, which stands on a column of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.navigation_bar = NavigationBar(self)
        self.setTabBar(self.navigation_bar)
        self.setTabPosition(QTabWidget.TabPosition.West)
        self._room: tuple[QSize, QSize, QSize] | None = None  # that bar and pages had and asked for, when laid out last

    def set_icons(self, icons: Iterable[QIcon]) -> None:
        """Show an icon before each label."""
        self.navigation_bar.has_icons = True
        for index, icon in enumerate(icons):
            self.setTabIcon(index, icon)

    def event(self, event: QEvent) -> bool:
        """Lay out anew only where it comes out otherwise: Qt would paint all pages again whatever one of them asks."""
        if event.type() == QEvent.Type.LayoutRequest:
            room = self.size(), self.navigation_bar.sizeHint(), self.minimumSizeHint()
            if room == self._room:
                return True
            self._room = room
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint_column(painter, QRect(0, 0, self.navigation_bar.width(), self.height()))


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _paint_column(painter: QPainter, column: QRect) -> None:
    _fill(painter, column, "panel")
    _fill(painter, QRect(column.right(), column.top(), 1, column.height()), "border")


def _fill(painter: QPainter, rect: QRect, token: str) -> None:
    # Not fillRect: it makes PySide6 set up all 200 preset gradients, before the first picture.
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.current().color(token))
    painter.drawRect(rect)
