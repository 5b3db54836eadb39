"""The handle in hand: it has the keyboard, wears the ring, tells its name, and is moved by keys."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from widgets.base import theme
from widgets.base.markers import draw_ring
from widgets.plots.handle_field import HandleField
from widgets.plots.marks.handle import Handle, Span, shown
from widgets.plots.marks.mark import Mark
from widgets.plots.plot_frame import PlotFrame
from widgets.plots.viewport import Viewport

_SIDE = 64  # px
_WIDER = 8.0  # than the handle
_LINE = 1.5
_AWAY, _HEAD = 7.0, 4.0  # from the ring to the tip of an arrow, how long its head is
_PAUSE_MS = 700  # after which keys are a move of their own
_FAST = 10  # parts at once, with Shift
_Key = Qt.Key
_ASIDE = {_Key.Key_Left: -1, _Key.Key_Right: 1}
_UP = {_Key.Key_Down: -1, _Key.Key_Up: 1}
_ENDS = {_Key.Key_Home: -1, _Key.Key_End: 1}
_RETURN = (_Key.Key_Return, _Key.Key_Enter)
_MODIFIERS = (_Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta)
_SHIFT, _KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


@dataclass(frozen=True)
class Room(Mark):
    """Keeps what is written off the ring around a handle, and off its arrows."""

    handle: Handle

    def taken(self, viewport: Viewport) -> list[QRectF]:
        place, reach = viewport.point(*self.handle.place), (self.handle.size + _WIDER) / 2 + _LINE
        ways = {(way.x() * _AWAY, way.y() * _AWAY) for way in _ways(self.handle)} | {(0.0, 0.0)}
        ring = QRectF(-reach, -reach, 2 * reach, 2 * reach).translated(place)
        across, down = (max(abs(way[i]) for way in ways) for i in (0, 1))
        return [ring.adjusted(-across, 0, across, 0), ring.adjusted(0, -down, 0, down)]


class Knob(QWidget):
    """A ring over a plot, hidden until a handle is held. Arrows that follow each other closely are one move."""

    moved = Signal(object, object, bool)
    """The Handle, its numbers by axis, and whether the move ends there."""
    passed = Signal(bool)
    """Tab, or Shift+Tab (False): on to the next."""
    let_go_of = Signal()

    def __init__(self, plot: PlotFrame, handles: Callable[[], Sequence[Handle]]) -> None:
        super().__init__(plot)
        self.held: Hashable = None
        self._plot, self._handles = plot, handles
        self._numbers: dict[str, float] = {}  # told last, while the move may go on
        self._stood: dict[str, Span] = {}  # where that has brought the handle
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.finish)
        self._field = HandleField(plot)
        self._field.typed.connect(lambda found: self._tell(found, final=True))
        self._field.left.connect(lambda: self.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.setObjectName("plot.knob")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(_SIDE, _SIDE)
        self.hide()

    def hold(self, focus: Hashable) -> None:
        """Take a handle in hand."""
        self.finish()
        self.held = focus
        self.follow()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def follow(self) -> None:
        """Stand where the handle stands now; where there is none any more, let go."""
        if self.held is None:
            return
        if (handle := self._handle) is None:
            self.let_go()
            return
        seen = self._plot.viewport_now()
        place = self._plot.widget_position(_within(seen.point(*handle.place), seen.rect))
        self.move((place - QPointF(_SIDE / 2, _SIDE / 2)).toPoint())
        told = ", ".join(shown(span.value) for span in self._spans(handle).values())
        self.setAccessibleName(": ".join(filter(None, (handle.name or self._plot.accessibleName(), told))))

    def room(self) -> tuple[Room, ...]:
        """Return what keeps names off the ring, while it is worn."""
        handle = self._handle if self.held is not None else None
        return (Room(handle),) if handle else ()

    def let_go(self) -> bool:
        """Let go of what is held, which stays where it is; False where there is nothing."""
        if self.held is None:
            return False
        self.finish()
        self.held = None
        if self.hasFocus() or self._field.edit.hasFocus():
            self._plot.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.hide()
        self.hide()
        self.let_go_of.emit()
        return True

    def finish(self) -> None:
        """End the move by keys, if the handle still stands where that has brought it."""
        told, self._numbers = self._numbers, {}
        self._pause.stop()
        handle = self._handle
        if told and handle and self._spans(handle) == self._stood:
            self.moved.emit(handle, told, True)

    @property
    def _handle(self) -> Handle | None:
        return next((handle for handle in self._handles() if handle.focus == self.held), None)

    def _spans(self, handle: Handle) -> dict[str, Span]:
        return handle.spans(self._plot.viewport_now(), self._plot.home)

    def _tell(self, found: dict[str, float], final: bool) -> None:
        if handle := self._handle:
            self.moved.emit(handle, found, final)
            self._numbers = {} if final else found
            self._stood = self._spans(now) if (now := self._handle) else {}

    # Keys.

    def event(self, event: QEvent) -> bool:
        """Keep the keys that move it from the window; any other one ends the move."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if _is_own(event):
                event.accept()
                return True
            if event.key() not in _MODIFIERS:
                self.finish()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        handle, key = self._handle, _Key(event.key())
        if handle is None or not _is_own(event):
            event.ignore()
        elif key in _RETURN:
            self.finish()
            self._field.open(handle.name, self._spans(handle), self.geometry().center())
        elif found := _found(self._spans(handle), key, bool(event.modifiers() & _SHIFT)):
            self._tell(found, final=False)
            self._pause.start()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        self.finish()
        self.passed.emit(forwards)
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.finish()
        away = event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        if away and not self._field.isVisible():
            self.let_go()

    def paintEvent(self, event: QPaintEvent) -> None:
        if handle := self._handle:
            _paint_ring(QPainter(self), handle)


def _paint_ring(painter: QPainter, handle: Handle) -> None:
    """Paint a ring around the handle, and arrows the ways it goes."""
    colours, middle, size = theme.current(), QPointF(_SIDE / 2, _SIDE / 2), handle.size + _WIDER
    accent = colours.color("accent_text")
    draw_ring(painter, middle, size + 3.5, colours.color("casing"), None, 1.0)
    draw_ring(painter, middle, size, accent, None, 2.5)
    painter.setPen(QPen(accent, 1.75))
    for way in _ways(handle):
        tip, side = middle + way * (size / 2 + _AWAY), QPointF(way.y(), way.x()) * _HEAD
        painter.drawPolyline([tip - way * _HEAD + side, tip, tip - way * _HEAD - side])


def _is_own(event: QKeyEvent) -> bool:
    """Tell whether a key means something to a handle."""
    is_plain = not event.modifiers() & ~(_SHIFT | _KEYPAD)
    return is_plain and _Key(event.key()) in (*_ASIDE, *_UP, *_ENDS, *_RETURN)


def _found(spans: dict[str, Span], key: Qt.Key, is_far: bool) -> dict[str, float]:
    """Return what a key makes of the numbers: of two the upright arrows move y, and Shift leads to its ends."""
    axes = list(spans)
    axis = axes[-1] if key in _UP or (key in _ENDS and is_far) else axes[0]
    if key in _ENDS:
        return {axis: spans[axis].high if _ENDS[key] > 0 else spans[axis].low}
    return {axis: spans[axis].moved((_ASIDE | _UP)[key] * (_FAST if is_far else 1))}


def _within(place: QPointF, room: QRectF) -> QPointF:
    """Return the place in a room that is nearest to another: the handle may be out of view."""
    x, y = (min(max(at, low), high) for at, low, high in (
        (place.x(), room.left(), room.right()), (place.y(), room.top(), room.bottom())
    ))  # fmt: skip
    return QPointF(x, y)


def _ways(handle: Handle) -> list[QPointF]:
    """Return the ways it goes, seen from its middle."""
    aside, up = [QPointF(1, 0), QPointF(-1, 0)], [QPointF(0, 1), QPointF(0, -1)]
    return {"x": aside, "y": up, "xy": aside + up, "": []}[handle.along]
