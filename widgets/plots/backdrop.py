"""What lies under the marks of a plot: grid lines, or a picture of the plane."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from widgets.base import theme
from widgets.base.images import device_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.mark import Mark
from widgets.plots.polyline import line_pen
from widgets.plots.viewport import Viewport

GridLines = tuple[tuple[float, ...], tuple[float, ...]]
"""Where vertical lines stand (pixels across) and horizontal ones (pixels down)."""

_Key = tuple[tuple[Mark, ...], GridLines, Viewport, str, float, bool]


class Backdrop:
    """Paints grounds and grid, on screen from an image made once for all that it depends on."""

    def __init__(self) -> None:
        self.grounds: tuple[Mark, ...] = ()
        self.axis_lines = True
        self._key: _Key | None = None
        self._image = QImage()

    def paint(
        self, painter: QPainter, viewport: Viewport, rendering: Rendering, grid: GridLines, moving: bool = False
    ) -> None:
        """Paint; while the viewport is `moving`, an older image of the same grounds is good enough."""
        key = (self.grounds, grid, viewport, theme.current().name, rendering.scale, self.axis_lines)
        if rendering.vector:
            self._draw(painter, viewport, rendering, grid)
        elif moving and self._is_stale_only(key):
            self._paint_moved(painter, viewport)
        else:
            if key != self._key:
                self._image = self._made(viewport, rendering, grid)
            self._key = key  # the newest of equal grounds is held, which is quickly told to be the same
            painter.drawImage(QPointF(0, 0), self._image)

    def _is_stale_only(self, key: _Key) -> bool:
        """Whether the image differs from the wanted one in nothing but place and size."""
        if self._key is None or not self.grounds:
            return False
        return (self._key[0], *self._key[3:]) == (key[0], *key[3:])

    def _paint_moved(self, painter: QPainter, viewport: Viewport) -> None:
        assert self._key is not None
        old = self._key[2]
        painter.fillRect(viewport.rect, theme.current().color("sunken"))
        corners = [viewport.pixels(*old.data(*corner)) for corner in ((0, 0), (old.width, old.height))]
        painter.drawImage(QRectF(QPointF(*corners[0]), QPointF(*corners[1])), self._image)

    def _made(self, viewport: Viewport, rendering: Rendering, grid: GridLines) -> QImage:
        scale = rendering.scale
        size = device_size(viewport.width, viewport.height, scale)
        image, self._image = self._image, QImage()
        if (image.size(), image.devicePixelRatio()) != (size, scale):
            image = QImage(size, QImage.Format.Format_RGB32)  # else its memory is used again
            image.setDevicePixelRatio(scale)
        image.fill(theme.current().color("panel"))  # its last row and column may lie only partly in the viewport
        painter = QPainter(image)
        self._draw(painter, viewport, Rendering(True, False, scale), grid)
        painter.end()
        return image

    def _draw(self, painter: QPainter, viewport: Viewport, rendering: Rendering, grid: GridLines) -> None:
        painter.fillRect(viewport.rect, theme.current().color("panel"))
        for ground in self.grounds:
            ground.paint(painter, viewport, rendering)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(line_pen(theme.current().color("grid").rgba(), 1.0))
        across, down = grid
        for x in across:
            painter.drawLine(QPointF(x, 0), QPointF(x, viewport.height))
        for y in down:
            painter.drawLine(QPointF(0, y), QPointF(viewport.width, y))
        if self.axis_lines:
            bottom = viewport.height - 0.5
            painter.setPen(line_pen(theme.current().color("control").rgba(), 1.0))
            painter.drawPolyline([QPointF(0.5, 0), QPointF(0.5, bottom), QPointF(viewport.width, bottom)])
