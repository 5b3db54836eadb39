"""A surface in space that can be turned, drawn without OpenGL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from widgets.base import theme
from widgets.base.kept_images import KeptImages
from widgets.base.labels import forget_fonts, plot_font
from widgets.base.rendering import Rendering, rendering_of, scaled_into
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.contours import Field
from widgets.plots.marks.trails import Trail
from widgets.surface.painting import paint_on_surface, paint_scales, paint_surface
from widgets.surface.shape import Camera, Shot, surface_of

_CELLS_AT_REST = 60
_CELLS_MOVING = 36
_SETTLE_MS = 160
_DEGREES_PER_PIXEL = 0.5
_DEGREES_PER_KEY = 5.0
_LOWEST_TILT, _HIGHEST_TILT = 8.0, 88.0
_LEAST_ZOOM, _MOST_ZOOM = 0.5, 6.0

_TURNS = {
    Qt.Key.Key_Left: (-_DEGREES_PER_KEY, 0.0),
    Qt.Key.Key_Right: (_DEGREES_PER_KEY, 0.0),
    Qt.Key.Key_Up: (0.0, _DEGREES_PER_KEY),
    Qt.Key.Key_Down: (0.0, -_DEGREES_PER_KEY),
}


class SurfaceView(QWidget):
    """A function's surface with trails on it; dragging and arrow keys turn it, the wheel zooms."""

    turned = Signal(float, float)

    def __init__(self, x_name: str = "x", y_name: str = "y", z_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.camera = Camera()
        self.empty_text = ""
        self._names = (x_name, y_name, z_name)
        self._field: Field | None = None
        self._log = False
        self._trails: tuple[Trail, ...] = ()
        self._dots: tuple[Dot, ...] = ()
        self._playing = False
        self._exporting = False
        self._pressed: QPointF | None = None
        self._kept = KeptImages()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.update)

    # What is set.

    def set_names(self, x: str, y: str, z: str) -> None:
        """Name the axes."""
        if (x, y, z) != self._names:
            self._names = (x, y, z)
            self.update()

    def set_field(self, field: Field | None) -> None:
        """Show the surface of a field over its home rectangle."""
        if field != self._field:
            self._field = field
            self.update()

    def set_log_height(self, log: bool) -> None:
        """Make the height the logarithm of the distance above the lowest value, for fields of a huge range."""
        if log != self._log:
            self._log = log
            self.update()

    def set_trails(self, trails: Sequence[Trail]) -> None:
        """Show these paths on the surface."""
        if tuple(trails) != self._trails:
            self._trails = tuple(trails)
            self.update()

    def set_dots(self, dots: Sequence[Dot]) -> None:
        """Show these points on the surface."""
        if tuple(dots) != self._dots:
            self._dots = tuple(dots)
            self.update()

    def set_playing(self, playing: bool) -> None:
        """While playing trails are not antialiased."""
        if playing != self._playing:
            self._playing = playing
            self.update()

    def set_empty(self, text: str) -> None:
        """Show one muted centred line; "" takes it away."""
        if text != self.empty_text:
            self.empty_text = text
            self.update()

    def set_camera(self, camera: Camera) -> None:
        """Look from here; the tilt and the zoom are kept within what makes sense."""
        tilt = min(_HIGHEST_TILT, max(_LOWEST_TILT, camera.tilt))
        zoom = min(_MOST_ZOOM, max(_LEAST_ZOOM, camera.zoom))
        camera = Camera(camera.turn % 360.0, tilt, zoom)
        if camera != self.camera:
            self.camera = camera
            self.turned.emit(camera.turn, camera.tilt)
            self.update()

    def reset_view(self) -> None:
        """Look from where it began."""
        self.set_camera(Camera())

    def describe(self, name: str, description: str) -> None:
        """What a screen reader says of the view and of its state."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)

    def sizeHint(self) -> QSize:
        return QSize(420, 360)

    # How it is painted.

    def paint_into(self, painter: QPainter, target: QRectF, background: bool = True) -> None:
        """Paint the view as it is now, scaled into `target` of any device, at export quality."""
        self._exporting = True
        try:
            with scaled_into(painter, self, target):
                self._paint(painter, background)
        finally:
            self._exporting = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter, True)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, background: bool) -> None:
        area = QRectF(self.rect())
        colours = theme.current()
        if background:
            painter.fillRect(area, colours.color("panel"))
        if self._field is not None:
            rendering = rendering_of(painter, self._exporting or not self._playing)
            surface = surface_of(self._field, self._cells(), self._log)
            shot = Shot(surface, self.camera, area.width(), area.height())
            self._paint_ground(painter, rendering, shot)
            paint_on_surface(painter, rendering, shot, self._trails, self._dots)
        if self.empty_text:
            painter.setPen(colours.color("muted"))
            painter.setFont(plot_font("subtitle"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty_text)

    def _cells(self) -> int:
        moving = self._pressed is not None or self._settle.isActive()
        return _CELLS_MOVING if moving and not self._exporting else _CELLS_AT_REST

    def _paint_ground(self, painter: QPainter, rendering: Rendering, shot: Shot) -> None:
        """The surface itself; on screen from an image made once for each way of looking at it."""
        if rendering.vector:
            self._draw_ground(painter, shot)
            return
        shown = (shot.surface, self.camera, self._names)
        self._kept.prepare(shown, shot.width, shot.height, rendering.scale)
        painter.drawImage(QPointF(0, 0), self._kept.image("ground", partial(self._draw_ground, shot=shot)))

    def _draw_ground(self, painter: QPainter, shot: Shot) -> None:
        paint_surface(painter, shot)
        paint_scales(painter, shot, self._names)

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
        self.reset_view()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._settle.start()
        self.set_camera(replace(self.camera, zoom=self.camera.zoom * 1.0015 ** event.angleDelta().y()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not _is_turn(event):
            event.ignore()
            return
        self._settle.start()
        self._turn(*_TURNS[Qt.Key(event.key())])

    def _turn(self, turn: float, tilt: float) -> None:
        self.set_camera(replace(self.camera, turn=self.camera.turn + turn, tilt=self.camera.tilt + tilt))

    def event(self, event: QEvent) -> bool:
        # Plain arrows turn the surface while it has the focus, before any shortcut sees them.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_turn(event):
            event.accept()
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            forget_fonts()
            self.update()


def _is_turn(event: QKeyEvent) -> bool:
    return event.key() in _TURNS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
