"""The frame of a plot: given ranges, own axes and grid, zoom and pan, one paint for each change, exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsWidget, QSizePolicy, QWidget

from widgets.base import theme
from widgets.base.labels import corner_box, draw_label, forget_fonts, plot_font
from widgets.base.painted import BY_KEYBOARD
from widgets.base.rendering import Rendering, has_ground, rendering_of, scaled_into
from widgets.plots.axes import Axis, Beneath, Part
from widgets.plots.backdrop import Backdrop, GridLines
from widgets.plots.lean_pyqtgraph import pg
from widgets.plots.plot_view import PlotView
from widgets.plots.viewport import Rectangle, Viewport, axis_range, check_range

_MARGINS = (2, 8, 12, 0)
_SETTLE_MS = 80
_SOFT = 1  # px around the view, which its edges may touch
_FARTHEST_ZOOM = 1e3
_CLOSEST_ZOOM = 1e-6


class PlotFrame(pg.GraphicsView):  # type: ignore[misc]
    """A plane whose ranges are given; it never chooses them itself.

    A view and two axes in a grid: pyqtgraph's PlotItem would add menus and forms that nobody sees, three times as slow.
    """

    zoomed = Signal()
    """The user has zoomed or panned, or the view went back to its range."""

    def __init__(self, x_name: str, y_name: str) -> None:
        self._view = PlotView()
        self.axes = {side: Axis(side, self._view) for side in ("left", "bottom")}
        super().__init__(background=None)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.enableMouse(False)
        self.setCentralItem(self._framed())
        self.user_zoomed = self._is_new = False
        self.empty_text = ""
        self._home: Rectangle = (0.0, 1.0, 0.0, 1.0)
        self._log = (False, False)
        self._near = 0.0
        self._is_held = False
        self._corners = False
        self._playing = False
        self._exporting = False
        self._keyboard_focus = False
        self._backdrop = Backdrop()
        self._lines_key: object = None  # what the grid lines depend on
        self._lines: GridLines = ((), ())
        self._listen()
        self.set_names(x_name, y_name)
        self._go_home()
        self._dress()

    def _framed(self) -> QGraphicsWidget:
        """The view with its axes at the left and below, in a grid without gaps."""
        self._grid_layout = QGraphicsGridLayout()
        self._grid_layout.setContentsMargins(*_MARGINS)
        self._grid_layout.setSpacing(0)
        self._grid_layout.addItem(self.axes["left"], 0, 0)
        self._grid_layout.addItem(self._view, 0, 1)
        self._grid_layout.addItem(self.axes["bottom"], 1, 1)
        frame: QGraphicsWidget = pg.GraphicsWidget()
        frame.setLayout(self._grid_layout)
        return frame

    def _listen(self) -> None:
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.paint_soon)
        self._view.draw = self._paint
        self._view.sigRangeChangedManually.connect(self._user_moved)

    # What is set.

    def set_names(self, x: str, y: str, in_corners: bool = False) -> None:
        """Name the axes; `in_corners` hides the axes and writes the names in the corners, for maps without units."""
        if (x, y, in_corners) == (self.axes["bottom"].name, self.axes["left"].name, self._corners):
            return
        self.axes["bottom"].name, self.axes["left"].name = x, y
        self._corners, self._backdrop.axis_lines = in_corners, not in_corners
        for axis in self.axes.values():
            axis.setVisible(not in_corners)
        self._fit_axes()
        self.viewport().update()

    def fill(self) -> None:
        """Leave no room around what is seen: for a map among others, whose axes are hidden."""
        self._grid_layout.setContentsMargins(0, 0, 0, 0)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Name stretches of the left axis in place of the whole of it; ticks stand in the first of them alone."""
        left, parts = self.axes["left"], tuple(parts)
        if parts == left.parts:
            return
        is_as_wide = bool(parts and left.parts) and parts[0] == left.parts[0]
        left.parts = parts
        if is_as_wide:  # the others' ends may move at each frame: what is below stays as it is
            self.viewport().update(self.mapFromScene(left.mapRectToScene(left.rect())).boundingRect())
            return
        self._fit_axes()
        self.viewport().update()

    def set_beneath(self, beneath: Beneath | None) -> None:
        """Write another number under each tick of the bottom axis; None: no more."""
        if beneath != self.axes["bottom"].beneath:
            self.axes["bottom"].beneath = beneath
            self._fit_axes()
            self.viewport().update()

    def number_left_from(self, y: float) -> None:
        """Number the left axis from there on only (axis units): below it stands what has no place on it."""
        if y != self.axes["left"].numbered_from:
            self.axes["left"].numbered_from = y
            self._fit_axes()
            self.viewport().update()

    def number_bottom_to(self, x: float) -> None:
        """Number the bottom axis up to there only (axis units): beyond it is room for words."""
        if x != self.axes["bottom"].numbered_to:
            self.axes["bottom"].numbered_to = x
            self.viewport().update()

    def set_range(self, x0: float, x1: float, y0: float, y1: float) -> None:
        """Show this rectangle (data units), unless the user has zoomed; then it is where `reset_view` goes.

        Raises ValueError if an end is not finite, or not above 0 on a log axis.
        """
        home = (float(x0), float(x1), float(y0), float(y1))
        if self._is_held:
            return
        check_range(home, self._log)
        if home != self._home:
            self._home = home
            self._fit_axes()
            self.user_zoomed = self.user_zoomed and not self._is_new
            if not self.user_zoomed:
                self._go_home()
        self._is_new = False

    @property
    def home(self) -> Rectangle:
        """The rectangle that was set last (data units)."""
        return self._home

    def expect_new_data(self) -> None:
        """Let the user's zoom go if the next range is another: it was a zoom into what was shown before."""
        self._is_new = True

    def set_log(self, x: bool = False, y: bool = False, near: float = 0.0) -> None:
        """Make axes logarithmic; data stays in linear units. Call `set_range` next.

        With `near` the left one is symmetric: logarithmic on both sides of zero, and straight closer to it than that.
        """
        if (x, y, near) == (*self._log, self._near) or self._is_held:
            return
        self._log, self._near = (x, y), near
        self.axes["bottom"].is_log, self.axes["left"].is_log, self.axes["left"].near = x, y, near
        self._home = (1.0, 10.0, 1.0, 10.0)
        self.reset_view()

    def hold_range(self, home: Rectangle | None, log: bool = False) -> None:
        """Keep this rectangle, whatever is set, until None is held; then what is set next is shown."""
        self._is_held = False
        if home:
            self.set_log(y=log)
            self.set_range(*home)
            self.reset_view()
            self._is_held = True

    def set_playing(self, playing: bool) -> None:
        """While playing lines are not antialiased."""
        if playing != self._playing:
            self._playing = playing
            self.viewport().update()

    def set_empty(self, text: str) -> None:
        """Show one muted centred line, for a plot with nothing to show yet; "" takes it away."""
        if text != self.empty_text:
            self.empty_text = text
            self.paint_soon()

    def reset_view(self) -> None:
        """Go back to the range that was set."""
        self.user_zoomed = False
        self._settle.stop()
        self._fit_axes()
        self._go_home()
        self.viewport().update()
        self.zoomed.emit()

    def zoom_to(self, rectangle: Rectangle) -> None:
        """Show a part of the plane as if the user had zoomed there; `reset_view` leads back. Raises as `set_range`."""
        check_range(rectangle, self._log)
        x0, x1, y0, y1 = rectangle
        self.user_zoomed, self._is_new = True, False  # a zoom into what comes next, not into what was before
        across, up = axis_range(x0, x1, self._log[0]), axis_range(y0, y1, self._log[1])
        far = [(high - low) * _FARTHEST_ZOOM for low, high in (across, up)]
        self._view.setLimits(maxXRange=far[0], maxYRange=far[1])  # those of what is set now may lie nearer
        self._view.setRange(xRange=across, yRange=up, padding=0.0)
        self.axes["left"].fit(*self._view.viewRange()[1])
        self.zoomed.emit()

    # What is shown.

    def paint_soon(self) -> None:
        """Have all between the axes painted, together with what else of the window is."""
        self.viewport().update(self._between_axes())  # that of the item would be a second pass over the window

    def _between_axes(self) -> QRect:
        """What the view covers of the widget, with room for its soft edges."""
        seen: QRect = self._view.geometry().toAlignedRect()  # its scene is as large as the widget
        return seen.adjusted(-_SOFT, -_SOFT, _SOFT, _SOFT)

    def viewport_now(self) -> Viewport:
        """The part of the plane shown now."""
        (x0, x1), (y0, y1) = self._view.viewRange()
        rect = self._view.rect()
        return Viewport(x0, x1, y0, y1, rect.width(), rect.height(), *self._log, self._near)

    def view_position(self, position: QPointF) -> QPointF:
        """A position in the widget, in pixels of the view."""
        return QPointF(self._view.mapFromScene(self.mapToScene(position.toPoint())))

    def widget_position(self, position: QPointF) -> QPointF:
        """A position in pixels of the view, in the widget."""
        return QPointF(self.mapFromScene(self._view.mapToScene(position)))

    def paint_into(self, painter: QPainter, target: QRectF) -> None:
        """Paint the plot as it is laid out now, scaled into `target` of any device, at export quality."""
        self._grid_layout.activate()
        items: list[Any] = [*self.axes.values(), self._view]
        self._exporting = True
        try:
            with scaled_into(painter, self, target):
                if has_ground():
                    painter.fillRect(QRectF(self.rect()), theme.current().color("panel"))
                for item in items:
                    if item.isVisible():
                        _paint_at(painter, item.scenePos(), item.draw)
        finally:
            self._exporting = False

    # How it is painted.

    def _paint(self, painter: QPainter) -> None:
        """Paint what is seen between the axes, each part over those before it."""
        viewport, rendering = self.viewport_now(), rendering_of(painter, self._exporting or not self._playing)
        if not viewport.is_empty:
            self._paint_backdrop(painter, viewport, rendering)
            self._paint_marks(painter, viewport, rendering)
            self._paint_empty_text(painter, viewport)

    def _paint_marks(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        raise NotImplementedError

    def _paint_backdrop(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        moving = self._settle.isActive() and not self._exporting
        self._backdrop.paint(painter, viewport, rendering, self._grid_lines(viewport), moving)
        if self._corners:
            self._paint_corner_names(painter, viewport, rendering)

    def _grid_lines(self, viewport: Viewport) -> GridLines:
        if self._backdrop.grounds or self._corners:
            return ((), ())
        left, bottom = self.axes["left"], self.axes["bottom"]
        if (key := (viewport, left.parts[:1], left.numbered_from, bottom.numbered_to)) != self._lines_key:
            self._lines_key, self._lines = key, self._lines_at_ticks(viewport)
        return self._lines

    def _lines_at_ticks(self, viewport: Viewport) -> GridLines:
        wide, high = viewport.x1 - viewport.x0, viewport.y1 - viewport.y0
        across = [(x - viewport.x0) / wide * viewport.width for x, _ in self.axes["bottom"].ticks()]
        down = [(viewport.y1 - y) / high * viewport.height for y, _ in self.axes["left"].ticks()]
        # Half pixels keep a 1 px line sharp.
        return tuple(int(x) + 0.5 for x in across), tuple(int(y) + 0.5 for y in down)

    def _paint_corner_names(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours = theme.current()
        for text, right in ((self.axes["bottom"].name, True), (self.axes["left"].name, False)):
            corner = corner_box(text, viewport.rect, right).topLeft()
            draw_label(painter, rendering, corner, text, "tick", colours.color("muted"), colours.color("panel"))

    def _paint_empty_text(self, painter: QPainter, viewport: Viewport) -> None:
        if self.empty_text and not self._is_held:
            painter.setPen(theme.current().color("muted"))
            painter.setFont(plot_font("subtitle"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(viewport.rect.adjusted(8, 8, -8, -8), flags, self.empty_text)

    # How it moves.

    def _home_units(self) -> tuple[tuple[float, float], tuple[float, float]]:
        x0, x1, y0, y1 = self._home
        return axis_range(x0, x1, self._log[0]), axis_range(y0, y1, self._log[1], self._near)

    def _go_home(self) -> None:
        across, up = self._home_units()
        wide, high = across[1] - across[0], up[1] - up[0]
        self._view.setLimits(
            minXRange=wide * _CLOSEST_ZOOM,
            maxXRange=wide * _FARTHEST_ZOOM,
            minYRange=high * _CLOSEST_ZOOM,
            maxYRange=high * _FARTHEST_ZOOM,
        )
        self._view.setRange(xRange=across, yRange=up, padding=0.0)

    def _fit_axes(self) -> None:
        across, up = self._home_units()
        self.axes["bottom"].fit(*across)
        self.axes["left"].fit(*up)
        # At once, so that a picture taken before the next event is right.
        self._grid_layout.activate()

    def _user_moved(self) -> None:
        self.user_zoomed = True
        self._settle.start()
        self.axes["left"].fit(*self._view.viewRange()[1])
        self.zoomed.emit()

    # Events.

    def close(self) -> bool:
        # pyqtgraph would take the view apart here; a closed plot may be shown again.
        return QWidget.close(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        event.accept()
        if event.button() == Qt.MouseButton.LeftButton:
            self.reset_view()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # The graphics view would swallow arrows and Space, which belong to the transport.
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._dress()

    def _dress(self) -> None:
        if not hasattr(self, "_settle"):
            return  # Qt sends change events while the base class is being made.
        forget_fonts()
        self.setBackground(theme.current().color("panel"))
        self._fit_axes()
        self.viewport().update()

    def _paint_view(self, dirty: QRect) -> None:
        """Paint the view alone, as its scene would: that looks through all its items at each step."""
        painter = QPainter(self.viewport())
        painter.fillRect(dirty, self.backgroundBrush())
        painter.translate(self._view.scenePos())
        painter.setClipRect(self._view.rect())
        self._view.paint(painter)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._keyboard_focus = event.reason() in BY_KEYBOARD
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._keyboard_focus = False
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._between_axes().contains(event.rect()):
            self._paint_view(event.rect())
        else:
            super().paintEvent(event)
        if self._keyboard_focus:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.current().color("accent_text"), 2.0))
            painter.drawRect(QRectF(self.viewport().rect()).adjusted(1, 1, -1, -1))
            painter.end()


def _paint_at(painter: QPainter, corner: QPointF, draw: Callable[[QPainter], None]) -> None:
    painter.save()
    painter.translate(corner)
    draw(painter)
    painter.restore()
