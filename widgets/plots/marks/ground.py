"""A field of colours over the plane, such as what a classifier decides at every place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from widgets.base import theme
from widgets.base.arrays import Floats
from widgets.base.rendering import Rendering
from widgets.plots.identity import ByIdentity
from widgets.plots.marks.mark import Mark
from widgets.plots.viewport import Rectangle, Viewport


@dataclass(frozen=True, eq=False)
class ColourGround(Mark):
    """How much (0 to 1) of the region colour of each series there is at the middle of each cell of a grid over `home`.

    Shares (rows from the top, columns, series); what they leave of 1 is the panel, a cell with a nan is sunken.
    Equal numbers are equal grounds. Raises ValueError where shares and series do not match.
    """

    shares: Floats
    home: Rectangle
    colours: tuple[str, ...]

    is_ground: ClassVar[bool] = True

    def __post_init__(self) -> None:
        if self.shares.ndim != 3 or not self.shares.size or self.shares.shape[2] != len(self.colours):
            raise ValueError(f"shares {self.shares.shape} do not match {len(self.colours)} colours")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ColourGround) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        """Paint the grid over its rectangle: blended between the cells, cell by cell where no pixmaps may be."""
        picture = _picture(self, theme.current().name)
        _paint_picture(painter, viewport, rendering, self.home, picture)

    def _key(self) -> tuple[object, ...]:
        return self.shares.shape, self.shares.tobytes(), self.home, self.colours


@dataclass(frozen=True, eq=False)
class Shade(ByIdentity, Mark):
    """How far each place is from the region colour of one series (0) to that of another (1), over `home`.

    Shares (rows from the top, columns); a nan is sunken. It is quicker than `ColourGround`.
    """

    share: Floats
    home: Rectangle
    colours: tuple[str, str]

    is_ground: ClassVar[bool] = True

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        shown = theme.current()
        table = _between(*(shown.region(colour).rgb() for colour in self.colours), shown.color("sunken").rgb())
        known = np.isfinite(self.share)
        places = np.where(known, np.clip(self.share, 0.0, 1.0) * (len(table) - 2), len(table) - 1)
        pixels = table[np.rint(places).astype(np.intp)]
        (rows, columns), data = pixels.shape, pixels.tobytes()  # which the image only looks at
        picture = QImage(data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
        _paint_picture(painter, viewport, rendering, self.home, picture)


@lru_cache(maxsize=8)
def _between(low: int, high: int, unknown: int) -> NDArray[np.uint32]:
    """256 colours from one to another, and behind them that of what is not known, as 0xffRRGGBB."""
    ends = np.array([[colour >> shift & 0xFF for shift in (16, 8, 0)] for colour in (low, high)], dtype=float)
    red, green, blue = np.rint(np.linspace(ends[0], ends[1], 256)).astype(np.uint32).T
    return np.append(0xFF000000 | red << 16 | green << 8 | blue, unknown).astype(np.uint32)


@lru_cache(maxsize=8)
def _picture(ground: ColourGround, theme_name: str) -> QImage:
    """The colours of the cells, a pixel each."""
    colours = theme.current()
    shares = np.clip(ground.shares, 0.0, 1.0)
    mixed = shares @ np.array([_rgb(colours.region(colour)) for colour in ground.colours])
    mixed += np.clip(1.0 - shares.sum(axis=2, keepdims=True), 0.0, 1.0) * _rgb(colours.color("panel"))
    mixed[np.isnan(shares).any(axis=2)] = _rgb(colours.color("sunken"))
    rows, columns = mixed.shape[:2]
    pixels = np.clip(mixed, 0, 255).round().astype(np.uint8).tobytes()
    return QImage(pixels, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()


def _rgb(colour: QColor) -> Floats:
    return np.array([colour.red(), colour.green(), colour.blue()], dtype=float)


def _paint_picture(
    painter: QPainter, viewport: Viewport, rendering: Rendering, home: Rectangle, picture: QImage
) -> None:
    """Paint a grid over its rectangle: blended between the cells, cell by cell where no pixmaps may be."""
    x0, x1, y0, y1 = home
    area = QRectF(viewport.point(x0, y1), viewport.point(x1, y0))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if rendering.vector:
        _paint_cells(painter, area, picture)
    else:
        painter.drawImage(area, picture)


def _paint_cells(painter: QPainter, area: QRectF, picture: QImage) -> None:
    wide, high = area.width() / picture.width(), area.height() / picture.height()
    for row in range(picture.height()):
        for column in range(picture.width()):
            corner = area.topLeft() + QPointF(column * wide, row * high)
            painter.fillRect(QRectF(corner.x(), corner.y(), wide, high), picture.pixelColor(column, row))
