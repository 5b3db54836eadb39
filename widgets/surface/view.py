"""A surface in space that can be turned, drawn without OpenGL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base.kept_images import KeptImages
from widgets.base.painted import PaintedWidget
from widgets.base.rendering import Rendering, rendering_of
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.contours import Field
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.trails import Trail
from widgets.surface.painting import Names, paint_on_surface, paint_surface
from widgets.surface.shape import Camera, Shot, surface_of

_CELLS_AT_REST = 60
_CELLS_MOVING = 36
_SETTLE_MS = 160
_DEGREES_PER_PIXEL = 0.5
_DEGREES_PER_KEY = 5.0
_LOWEST_TILT, _HIGHEST_TILT = 8.0, 88.0
_LEAST_ZOOM, _MOST_ZOOM = 0.5, 6.0
_CONTROL = Qt.KeyboardModifier.ControlModifier

_TURNS = {
    Qt.Key.Key_Left: (-_DEGREES_PER_KEY, 0.0),
    Qt.Key.Key_Right: (_DEGREES_PER_KEY, 0.0),
    Qt.Key.Key_Up: (0.0, _DEGREES_PER_KEY),
    Qt.Key.Key_Down: (0.0, -_DEGREES_PER_KEY),
}


class SurfaceView(PaintedWidget):
    """A function's surface with trails on it; dragging and Ctrl with the arrow keys turn it, the wheel zooms."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.camera = Camera()
        self._shown: tuple[Field, Names, bool, tuple[Trail, ...], tuple[Dot, ...], tuple[Mark, ...]] | None = None
        self._pressed: QPointF | None = None
        self._kept = KeptImages()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.update)

    def show_surface(
        self, field: Field, names: Names, log: bool = False, trails: Sequence[Trail] = (), dots: Sequence[Dot] = (),
        spoken: Sequence[Mark] = (),
    ) -> None:  # fmt: skip
        """Show the surface of a field over its home rectangle with named axes, and these paths and points on it.

        `spoken` are the marks of what a scene speaks of.

        With `log` the height is the logarithm of the distance above the lowest value, for fields of a huge range.
        """
        shown = (field, names, log, tuple(trails), tuple(dots), tuple(spoken))
        if shown != self._shown:
            self._shown = shown
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 360)

    # How it is painted.

    def _paint(self, painter: QPainter) -> None:
        if self._shown is None:
            return
        field, names, log, trails, dots, spoken = self._shown
        rendering = rendering_of(painter, True)
        on_screen = painter.device() is self  # an export is always of the surface at rest
        moves = on_screen and (self._pressed is not None or self._settle.isActive())
        surface = surface_of(field, _CELLS_MOVING if moves else _CELLS_AT_REST, log)
        camera = self.camera.filling(self.width(), self.height())
        shot = Shot(surface, camera, self.width(), self.height())
        self._paint_ground(painter, rendering, shot, names)
        paint_on_surface(painter, rendering, shot, trails, dots, spoken)

    def _paint_ground(self, painter: QPainter, rendering: Rendering, shot: Shot, names: Names) -> None:
        """The surface itself; on screen from an image made once for each way of looking at it."""
        draw = partial(paint_surface, shot=shot, names=names)
        if rendering.vector:
            draw(painter)
            return
        self._kept.prepare((shot.surface, shot.camera, names), shot.width, shot.height, rendering.scale)
        painter.drawImage(QPointF(0, 0), self._kept.image("ground", draw))

    # Turning.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            return
        way = event.position() - self._pressed
        self._pressed = event.position()
        self._turn(way.x() * _DEGREES_PER_PIXEL, way.y() * _DEGREES_PER_PIXEL)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed = None
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._look_from(Camera())

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._settle.start()
        self._look_from(replace(self.camera, zoom=self.camera.zoom * 1.0015 ** event.angleDelta().y()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_turn(event):
            super().keyPressEvent(event)
            return
        self._settle.start()
        self._turn(*_TURNS[Qt.Key(event.key())])

    def _turn(self, turn: float, tilt: float) -> None:
        self._look_from(replace(self.camera, turn=self.camera.turn + turn, tilt=self.camera.tilt + tilt))

    def _look_from(self, camera: Camera) -> None:
        """Look from there; the tilt and the zoom are kept within what makes sense."""
        tilt = min(_HIGHEST_TILT, max(_LOWEST_TILT, camera.tilt))
        zoom = min(_MOST_ZOOM, max(_LEAST_ZOOM, camera.zoom))
        self.camera = Camera(camera.turn % 360.0, tilt, zoom)
        self.update()

    def event(self, event: QEvent) -> bool:
        # Plain arrows go to the run, as they do from every picture.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_turn(event):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show no ring."""


def _is_turn(event: QKeyEvent) -> bool:
    return event.key() in _TURNS and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _CONTROL
