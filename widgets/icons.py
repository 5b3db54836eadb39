"""Icons drawn from SVG files in a colour of the theme, sharp at any scale."""

from __future__ import annotations

import tempfile
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QDir, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QImage, QPainter, QPalette, QPixmap

from resources import FOLDER
from widgets import theme

_TINTED = "tinted"


def icon(name: str, token: str = "") -> QIcon:
    """The icon of that name in the text colour of buttons, or in the colour of a theme token.

    Follows the theme by itself. Raises FileNotFoundError for an unknown name.
    """
    _source(name)
    return QIcon(_Engine(name, token))


def draw(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Paint an icon into a rectangle in a colour; for widgets that paint themselves."""
    from PySide6.QtSvg import QSvgRenderer  # the shell of the window is painted without it

    QSvgRenderer(_coloured(name, colour.name())).render(painter, rect)


def pixmap(name: str, side: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """A square picture of an icon, `side` logical pixels wide."""
    made = QPixmap.fromImage(_drawn(name, round(side * ratio), colour.name()))
    made.setDevicePixelRatio(ratio)
    return made


def tinted_path(name: str, colour: str) -> str:
    """A path, readable by style sheets, to the icon's file in a colour (#RRGGBB)."""
    path = _folder() / f"{name}-{colour.removeprefix('#')}.svg"
    if not path.exists():
        path.write_bytes(bytes(_coloured(name, colour).data()))
    return f"{_TINTED}:{path.name}"


class _Engine(QIconEngine):
    """Draws one SVG in the colour that is right when it is drawn, so that a change of theme needs no reload."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

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


@cache
def _source(name: str) -> bytes:
    return (FOLDER / "icons" / f"{name}.svg").read_bytes()


def _coloured(name: str, colour: str) -> QByteArray:
    return QByteArray(_source(name).replace(b"currentColor", colour.encode()))


@lru_cache(maxsize=512)
def _drawn(name: str, side: int, colour: str) -> QImage:
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter, name, QRectF(0, 0, side, side), QColor(colour))
    painter.end()
    return image


@cache
def _keeper() -> tempfile.TemporaryDirectory[str]:
    # Style sheets take pictures only from files; the folder goes when the program ends.
    folder = tempfile.TemporaryDirectory(prefix="ml-playground-")
    QDir.addSearchPath(_TINTED, folder.name)
    return folder


def _folder() -> Path:
    return Path(_keeper().name)
