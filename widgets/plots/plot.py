"""Plots: marks in a frame with axes, lit and told of when they are pointed at, clicked and dragged."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QMetaMethod, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QToolTip

from widgets.base.rendering import Rendering
from widgets.plots.knob import Knob
from widgets.plots.marks.handle import Handle
from widgets.plots.marks.mark import Hit, Mark, hits_at, nearest_of, paint_marks, tip_at
from widgets.plots.plot_frame import PlotFrame
from widgets.plots.viewport import Viewport


class Plot(PlotFrame):
    """Shows the marks it is given, whose arrays must not change afterwards."""

    pointed = Signal(float, float, object)
    left = Signal()
    clicked = Signal(float, float, object)
    """Where, in data units, and at what, as a Hit or None."""
    hit_changed = Signal(object)
    """What is under the pointer, as a Hit or None, told when its focus is another than before."""
    dragged = Signal(object, float, float, bool)
    """The focus of what is dragged, or moved by keys, where to, and whether it is let go there."""
    number_set = Signal(object, float, bool)
    """The focus of a handle that stands for a number of its own, that number, and whether its move by keys ends."""
    shift_clicked = Signal(float, float, object)
    """Where, in data units, and at what, as a Hit or None."""
    menu_asked = Signal(float, float, object, object)
    """Where, in data units, at what, as a Hit or None, and where on the screen: by the right button."""
    brushed = Signal(float, float, bool)
    """Where a stroke over the empty ground is, and whether it ends there; where `takes_strokes` is on."""

    def __init__(self, x_name: str = "", y_name: str = "", equal_scale: bool = False) -> None:
        super().__init__(x_name, y_name)
        self._view.setAspectLocked(equal_scale)
        self._view.clicked.connect(self._tell_click)
        self._view.takes_click = self._take_click
        self.takes_strokes = False
        self._view.takes_drag = self._take_drag
        self._marks: tuple[Mark, ...] = ()
        self._lit: Hashable = None
        self._hit: Hit | None = None
        self._dragging: Hit | None = None
        self._answer: Mark | None = None
        self._hand: Callable[[float, float, bool], None] | None = None
        self._taken_at = (0.0, 0.0)
        self._is_let_go = False  # by Escape, while the button is still down
        self._knob: Knob | None = None  # made when a handle is first taken in hand
        self.zoomed.connect(self._follow_handle)

    def take_answers(self, hand: Callable[[float, float, bool], None] | None) -> None:
        """Give clicks and drags to a hand: where, in data units, and whether a stroke begins; None: no more."""
        self._hand = hand
        self._follow_handle()

    def show_answer(self, answer: Mark | None) -> None:
        """Show an answer over all lines, below what is written at them; None shows none."""
        if answer != self._answer:
            self._answer = answer
            self.paint_soon()

    def set_range(self, x0: float, x1: float, y0: float, y1: float) -> None:
        """Show this rectangle, unless a handle is on its way: one that followed it would run away under the pointer.

        Raises ValueError as `PlotFrame` does.
        """
        if self._dragging is None:
            super().set_range(x0, x1, y0, y1)

    def set_marks(self, marks: Iterable[Mark]) -> None:
        """Show these, each over those before it; grounds take the place of the grid."""
        marks = tuple(marks)
        grounds = tuple(mark for mark in marks if mark.is_ground)
        others = tuple(mark for mark in marks if not mark.is_ground)
        if (grounds, others) != (self._backdrop.grounds, self._marks):
            self._backdrop.grounds, self._marks = grounds, others
            self.paint_soon()
        self._follow_handle()

    def highlight(self, focus: Hashable) -> None:
        """Light what has this focus, unless the pointer lights another; None lights nothing."""
        if focus != self._lit:
            self._lit = focus
            self.paint_soon()

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What was set, grounds first."""
        return (*self._backdrop.grounds, *self._marks)

    @property
    def answer(self) -> Mark | None:
        """The answer that is shown."""
        return self._answer

    @property
    def lit(self) -> Hashable:
        """The focus of what stands out: what is under the pointer, else what was lit; None: nothing."""
        return self._hit.focus if self._hit else self._lit

    def hit_at(self, position: QPointF, draggable: bool = False) -> Hit | None:
        """The nearest of what can be pointed at, or dragged, at a position in pixels of the view."""
        return nearest_of(hit for hit in self._hits_at(position) if hit.draggable or not draggable)

    def tip_at(self, position: QPointF) -> str:
        """The tooltip at a position in pixels of the view; "" if there is none."""
        return tip_at(self._marks, position, self.viewport_now())

    # Handles by keys.

    def handles(self) -> list[Handle]:
        """What can be taken in hand now, each once: nothing where nobody follows, or where answers are given."""
        if self._hand or not self.isSignalConnected(QMetaMethod.fromSignal(self.dragged)):
            return []
        found = [handle for mark in self._marks for handle in mark.handles() if handle.is_placed]
        return list({handle.focus: handle for handle in found}.values())

    def take(self, focus: Hashable) -> bool:
        """Take a handle in hand: keys move it until it is let go. False where there is none of this focus."""
        if focus not in [handle.focus for handle in self.handles()]:
            return False
        self._made_knob().hold(focus)
        self.highlight(focus)
        return True

    @property
    def held(self) -> Hashable:
        """The focus of the handle in hand; None: there is none."""
        return self._knob.held if self._knob else None

    def _made_knob(self) -> Knob:
        if self._knob is None:
            self._knob = Knob(self, self.handles)
            self._knob.moved.connect(self._tell_moved)
            self._knob.passed.connect(self._pass_on)
            self._knob.let_go_of.connect(lambda: self.highlight(None))
        return self._knob

    def _follow_handle(self) -> None:
        if self._knob:
            self._knob.follow()

    def _tell_moved(self, handle: Handle, numbers: dict[str, float], final: bool) -> None:
        if handle.own:
            self.number_set.emit(handle.focus, numbers[""], final)
        else:
            self.dragged.emit(handle.focus, *handle.moved_to(numbers), final)

    def _pass_on(self, forwards: bool) -> None:
        """Go on to the next handle; before the first comes the plot itself, after the last what stands behind it."""
        order = [handle.focus for handle in self.handles()]
        place = order.index(self.held) + (1 if forwards else -1)
        if 0 <= place < len(order):
            self.take(order[place])
            return
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if forwards:
            super().focusNextPrevChild(True)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        handles = self.handles() if forwards and self.hasFocus() else []
        return self.take(handles[0].focus) if handles else bool(super().focusNextPrevChild(forwards))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason and (handles := self.handles()):
            self.take(handles[-1].focus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "_knob"):  # the first one comes while it is being made
            self._follow_handle()

    # Pointing and dragging.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        position = self.view_position(event.position())
        if self._view.rect().contains(position):
            self._point_at(position)
        else:
            self._point_away()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_away()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.tip_at(self.view_position(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), text, self) if text else QToolTip.hideText()
            return True
        return bool(super().viewportEvent(event))

    def _point_at(self, position: QPointF) -> None:
        hits = self._hits_at(position)
        hit = nearest_of(hits)
        self.pointed.emit(*self._place(position), hit)
        self._light(hit)
        handle = self._dragging or any(other.draggable for other in hits)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if handle else Qt.CursorShape.ArrowCursor)

    def _point_away(self) -> None:
        self.left.emit()
        self._light(None)

    def _light(self, hit: Hit | None) -> None:
        before, self._hit = self._hit, hit
        if (hit and hit.focus) != (before and before.focus):
            self.paint_soon()
            self.hit_changed.emit(hit)

    def _tell_click(self, position: QPointF) -> None:
        if self._hand:
            self._hand(*self._place(position), True)
            return
        self.clicked.emit(*self._place(position), self.hit_at(position))

    def _take_click(self, event: Any) -> bool:
        """Tell of a click with Shift, or by the right button; False leaves it to the view."""
        is_right = event.button() == Qt.MouseButton.RightButton
        if not is_right and (self._hand or event.modifiers() != Qt.KeyboardModifier.ShiftModifier):
            return False
        place, hit = self._place(event.pos()), self.hit_at(event.pos())
        if is_right:
            self.menu_asked.emit(*place, hit, event.screenPos().toPoint())
        else:
            self.shift_clicked.emit(*place, hit)
        return True

    def _hits_at(self, position: QPointF) -> list[Hit]:
        return hits_at(self._marks, position, self.viewport_now())

    def _take_drag(self, event: Any) -> bool:
        """Move a handle; False leaves the drag to the view, which pans."""
        if self._hand:
            if event.isStart():  # told of some pixels later than the button was pressed
                self._hand(*self._place(event.buttonDownPos()), True)
            self._hand(*self._place(event.pos()), False)
            return True
        if event.isStart():
            self._dragging, self._is_let_go = self.hit_at(event.buttonDownPos(), draggable=True), False
            self._taken_at = self._place(event.buttonDownPos())
        if self._dragging is None:
            if self.takes_strokes:
                self.brushed.emit(*self._place(event.pos()), event.isFinish())
            return self._is_let_go or self.takes_strokes
        focus = self._dragging.focus
        if event.isFinish():
            self._dragging = None
        self.dragged.emit(focus, *self._place(event.pos()), event.isFinish())
        return True

    def let_go(self) -> bool:
        """Put what is being dragged back to where it was taken, or let go of the handle in hand; False if none is."""
        if self._dragging is None:
            return bool(self._knob and self._knob.let_go())
        focus, self._dragging, self._is_let_go = self._dragging.focus, None, True
        self.dragged.emit(focus, *self._taken_at, True)
        return True

    def _place(self, position: QPointF) -> tuple[float, float]:
        x, y = self.viewport_now().data(position.x(), position.y())
        return float(x), float(y)

    def _paint_marks(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        grounds = () if self._settle.isActive() else self._backdrop.grounds  # zoomed, they are not painted anew
        marks = (self._answer, *self._marks) if self._answer else self._marks
        if self._knob and not self._exporting:
            marks = (*marks, *self._knob.room())
        paint_marks(painter, viewport, replace(rendering, lit=self.lit), marks, grounds)
