"""A card with a picture, a title, a few words, and how much of what it leads to is done."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from widgets.base import fonts, icons, theme
from widgets.shell.card_button import CardButton, write

_FOOT, _LINE, _EDGE = 48, 20, 12
_LEAST = QSize(180, 118)  # px of the picture
_BAR = QSize(56, 5)
_SIGN = 22.0


class PictureWords(NamedTuple):
    """What stands under a picture: title, words below it, words at the right, the share done."""

    title: str
    below: str = ""
    tally: str = ""
    share: float = 0.0


class PictureCard(CardButton):
    """Shows `image` over its words; a sign in the corner says that it plays."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._words = PictureWords("")
        self._image, self._plays = QImage(), False

    def show_words(self, words: PictureWords) -> None:
        """Show these words; a screen reader says them all."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(", ".join(filter(None, (words.title, words.below, words.tally))))
            self.update()

    def show_image(self, image: QImage, plays: bool = False) -> None:
        """Show this picture, in which a run plays or not."""
        self._image, self._plays = image, plays
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_LEAST.width(), _LEAST.height() + fonts.scaled(_FOOT))

    def _paint(self, painter: QPainter, room: QRectF) -> None:
        foot = fonts.scaled(_FOOT)
        self._paint_picture(painter, room.adjusted(2, 2, -2, -foot))
        self._paint_words(painter, room.adjusted(_EDGE - 2, room.height() - foot, 2 - _EDGE, -4))

    def _paint_picture(self, painter: QPainter, room: QRectF) -> None:
        if self._image.isNull():
            return
        size = self._image.deviceIndependentSize().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        painter.save()
        rounded = QPainterPath()
        rounded.addRoundedRect(place, 6, 6)
        painter.setClipPath(rounded)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        painter.restore()
        if self._plays:
            sign = QRectF(room.right() - _SIGN - 4, room.top() + 4, _SIGN, _SIGN)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.current().color("accent"))
            painter.drawEllipse(sign)
            icons.draw(painter, "play", sign.adjusted(5.5, 5, -4.5, -5), theme.current().color("on_accent"))

    def _paint_words(self, painter: QPainter, room: QRectF) -> None:
        words, line = self._words, fonts.scaled(_LINE)
        upper, lower = QRectF(room), QRectF(room)
        upper.setHeight(line)
        lower.setTop(upper.bottom())
        if words.share:
            self._paint_bar(
                painter, QRectF(upper.right() - _BAR.width(), upper.center().y() - 2, _BAR.width(), _BAR.height())
            )
            upper.setRight(upper.right() - _BAR.width() - 8)
        write(painter, upper, words.title, "strong", "text")
        write(painter, lower, words.tally, "subtitle", "muted", right=True)
        lower.setRight(lower.right() - painter.fontMetrics().horizontalAdvance(words.tally) - 8)
        write(painter, lower, words.below, "subtitle", "muted")

    def _paint_bar(self, painter: QPainter, bar: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for token, share in (("border", 1.0), ("accent", self._words.share)):
            painter.setBrush(theme.current().color(token))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), bar.width() * share, bar.height()), 2.5, 2.5)
