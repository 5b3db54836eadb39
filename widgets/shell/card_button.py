"""Buttons that are cards: a frame, a ring where the keyboard is, and whether one is pointed at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets.base import fonts, theme

_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ASIDE = 3  # how much farther what lies aside is than what lies ahead
_RADIUS = 8.0


class CardButton(QAbstractButton):
    """A card that is pressed by click, Space or Enter; arrows are left to whoever holds the cards."""

    pointed = Signal(bool)  # under the pointer or in focus, or no more

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _paint(self, painter: QPainter, room: QRectF) -> None:
        raise NotImplementedError

    def is_pointed_at(self) -> bool:
        """Whether it is under the pointer or in focus."""
        return self.underMouse() or self.hasFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter)
        self._paint(painter, QRectF(self.rect()).adjusted(2, 2, -2, -2))

    def _paint_frame(self, painter: QPainter) -> None:
        colours, lit = theme.current(), self.is_pointed_at()
        painter.setBrush(colours.color("hover" if self.isDown() else "panel"))
        painter.setPen(QPen(colours.color("accent_text" if lit else "border"), 2.0 if self.hasFocus() else 1.0))
        edge = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), _RADIUS, _RADIUS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._tell()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()

    def _tell(self) -> None:
        self.pointed.emit(self.is_pointed_at())
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()


def write(painter: QPainter, room: QRectF, text: str, role: str, token: str, right: bool = False) -> None:
    """Paint one line of words in the font of a role and the colour of a token, cut short where it has no room."""
    painter.setFont(fonts.role_font(role))
    painter.setPen(theme.current().color(token))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(
        room, side | Qt.AlignmentFlag.AlignVCenter, fonts.cut(text, painter.fontMetrics(), int(room.width()))
    )


def neighbour(cards: Sequence[QWidget], key: int) -> QWidget | None:
    """Return the card that an arrow leads to from the one in focus, or None."""
    here = next((card for card in cards if card.hasFocus()), None)
    if here is None or (way := _ARROWS.get(Qt.Key(key))) is None:
        return None
    ahead = {card: _distance(here, card, way) for card in cards if card is not here and card.isVisibleTo(here.window())}
    reached = {card: distance for card, distance in ahead.items() if distance is not None}
    return min(reached, key=lambda card: reached[card]) if reached else None


def _distance(here: QWidget, there: QWidget, way: tuple[int, int]) -> int | None:
    """How far a card lies in a direction, in px; None for one that does not lie there."""
    to = there.mapTo(there.window(), there.rect().center()) - here.mapTo(here.window(), here.rect().center())
    on, aside = QPoint.dotProduct(to, QPoint(*way)), abs(to.x() * way[1]) + abs(to.y() * way[0])
    return None if on <= max(here.height() if way[1] else here.width(), 2) // 3 else on + _ASIDE * aside
