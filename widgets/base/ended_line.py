"""A line to type into that shows the end of a text as … where it has no room for it."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

from widgets.base import fonts

_INSIDE = 2  # px that Qt keeps free at both ends of the text
_SMALLER = 2  # px, at most, by which a text is set smaller before it is cut


class EndedLine(QLineEdit):
    """While nobody types in it a text that is too long is set smaller, then cut at its end, as everywhere else."""

    def paintEvent(self, event: QPaintEvent) -> None:
        has_room = self.fontMetrics().horizontalAdvance(self.text()) <= self._room().width()
        if has_room or self._is_typed_in:
            super().paintEvent(event)
            return
        painter, option = QPainter(self), self._option()
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setFont(self._font_shown())
        painter.setPen(self.palette().text().color())
        painter.drawText(self._room(), self.alignment(), self.shown())

    def shown(self) -> str:
        """What is seen of the text while nobody types in it."""
        return fonts.cut(self.text(), QFontMetrics(self._font_shown()), self._room().width())

    @property
    def _is_typed_in(self) -> bool:
        return (self.focusProxy() or self).hasFocus()

    def _option(self) -> QStyleOptionFrame:
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        return option

    def _room(self) -> QRect:
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, self._option(), self)
        return inside.adjusted(_INSIDE, 0, -_INSIDE, 0)

    def _font_shown(self) -> QFont:
        """The largest font in which the text has room, or the smallest."""
        font, room = self.font(), self._room().width()
        for _ in range(_SMALLER):
            if QFontMetrics(font).horizontalAdvance(self.text()) <= room:
                break
            font.setPixelSize(max(1, QFontInfo(font).pixelSize() - 1))  # of no font at all it is 0
        return font
