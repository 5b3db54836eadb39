"""Icons drawn from SVG files in a colour of the theme, sharp at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPalette, QPixmap

from widgets.base import theme
from widgets.base.icon_files import coloured, source
from widgets.base.images import painted_image


def icon(name: str, token: str = "") -> QIcon:
    """The icon of that name in the text colour of buttons, or in the colour of a theme token.

    Follows the theme by itself. Raises FileNotFoundError for an unknown name.
    """
    source(name)
    return QIcon(_Engine(name, token))


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Paint an icon into a rectangle in a colour; for widgets that paint themselves."""
    from PySide6.QtSvg import QSvgRenderer  # the shell of the window is painted without it

    QSvgRenderer(coloured(name, colour.name())).render(painter, rect)


def pixmap(name: str, side: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """A square picture of an icon, `side` logical pixels wide."""
    made = QPixmap.fromImage(_drawn(name, round(side * ratio), colour.name()))
    made.setDevicePixelRatio(ratio)
    return made


_CLONES: list[QIconEngine] = []  # PySide would free them under Qt, which does not say when it needs one no more


class _Engine(QIconEngine):
    """Draws one SVG in the colour that is right when it is drawn, so that a change of theme needs no reload."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def clone(self) -> QIconEngine:
        clone = _Engine(self._name, self._token)
        _CLONES.append(clone)
        return clone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        draw(painter, self._name, square, self._colour(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # The size is in logical pixels, so the picture of a finer screen is larger by its scale.
        side = min(size.width(), size.height())
        return pixmap(self._name, side, self._colour(mode), scale)

    def _colour(self, mode: QIcon.Mode) -> QColor:
        disabled = mode == QIcon.Mode.Disabled
        if self._token and not disabled:
            return theme.current().color(self._token)
        group = QPalette.ColorGroup.Disabled if disabled else QPalette.ColorGroup.Active
        return QGuiApplication.palette().color(group, QPalette.ColorRole.ButtonText)


@lru_cache(maxsize=512)
def _drawn(name: str, side: int, colour: str) -> QImage:
    return painted_image(side, side, 1.0, lambda painter: draw(painter, name, QRectF(0, 0, side, side), QColor(colour)))
