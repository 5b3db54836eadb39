"""The scrub bar: where a run stands, how far it is recorded, and what happened where."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QLineF, QPointF, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractSlider, QToolTip, QWidget

from widgets.base import markers, theme
from widgets.base.letters import dashes
from widgets.shell.painted_slider import PaintedSlider

Mark = tuple[int, str]

_TICKS_DOWN = 3  # px from the middle to the ticks
_HANDLE = 16
_DIAMOND = 9
_TICK = 5
_PAUSE = (10, 14)
_SPOKEN = 10  # px that the bar is high where a scene speaks of it
_OTHERS_DOWN, _OTHERS_APART = 6, 3  # px from the middle to the records of other runs, and from one to the next
_NEAR = 6  # px from the pointer within which a mark tells of itself
_MOST_TOLD = 6


class ScrubBar(PaintedSlider):
    """A slider from 0 to the last recorded step; where the end is known, its bar leaves room for what is to come."""

    groove = 6
    # Asked for as soon as a slider is made.
    _known = 0
    _changes: Sequence[Mark] = ()
    _events: Sequence[int] = ()
    _others: Sequence[tuple[str, int]] = ()
    _pauses: Sequence[int] = ()
    _spoken: Sequence[int] = ()
    _words_of_spoken = ""
    _ends: Sequence[tuple[str, int]] = ()  # where those stand
    _painted: object = None  # what is to be seen of the run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = ""
        self._words_of: Callable[[int], str] = str
        self._ticks: list[QLineF] = []
        self._ticks_for = QSize(), 0
        self.setObjectName("transport.position")
        self._retranslate()

    def show_position(self, t: int, recorded: int, known: int = 0) -> None:
        """Show the step, how many are recorded, and how many there will be where that is known, without a signal."""
        self._known = known
        self.show_value(t, recorded)
        self._paint_if_changed()

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        if not self.signalsBlocked():  # between a new range and a new value nothing is to be seen
            self._paint_if_changed()

    def _paint_if_changed(self) -> None:
        """Be painted anew where it looks otherwise: while a run grows its handle stands at the end at every step."""
        span = self.span() if self._changes or self._events or self._pauses or self._spoken else 0
        looks = self.x_of(self.value()), self.x_of(self.maximum()), span, self.isSliderDown(), self.size()
        if looks != self._painted:
            self._painted = looks
            self.update()

    def set_marks(self, changes: Sequence[Mark], events: Sequence[int], words_of: Callable[[int], str] = str) -> None:
        """Mark steps: changes by diamonds, with the texts of their tool tips, and events by ticks.

        A long run has thousands of events: only those near the pointer are put into words.
        """
        if events != self._events:
            self._ticks_for = QSize(), 0
        self._changes, self._events, self._words_of = changes, events, words_of
        self.update()

    def set_pauses(self, steps: Sequence[int]) -> None:
        """Mark the steps at which play pauses by itself."""
        if steps != self._pauses:
            self._pauses = steps
            self.update()

    def set_spoken(self, steps: Sequence[int], words: str = "") -> None:
        """Mark the steps that a scene speaks of, and in which words: the bar is thick where they are made."""
        if (steps, words) != (self._spoken, self._words_of_spoken):
            self._spoken, self._words_of_spoken = steps, words
            self.update()

    def show_others(self, records: Sequence[tuple[str, int]]) -> None:
        """Show how long the records of other runs are, by their letters; told after each position."""
        self._others = records
        ends = [(letter, self._end_of(recorded)) for letter, recorded in records]
        if ends != self._ends:
            self._ends = ends
            self.update()

    def _end_of(self, recorded: int) -> int:
        """Where the record of another run ends, in pixels from the left."""
        return self.x_of(min(recorded, self.span()))

    def set_unit(self, unit: str) -> None:
        """Say what a step is called here."""
        self._unit = unit

    def span(self) -> int:
        """The step at the right end of the bar: the last recorded one, or the last there will be."""
        return max(self._known, self.maximum())

    def mark_at(self, x: float) -> str:
        """What the marks near a place say, the changes first; empty where there are none."""
        changes = [(t, text) for t, text in self._changes if abs(self.x_of(t) - x) <= _NEAR]
        events = [(t, self._words_of(t)) for t in self._events if abs(self.x_of(t) - x) <= _NEAR]
        rest = QCoreApplication.translate("ScrubBar", "play pauses here")
        pauses = [(t, rest) for t in self._pauses if abs(self.x_of(t) - x) <= _NEAR]
        spoken = [(t, self._words_of_spoken) for t in self._spoken if self.x_of(t - 1) <= x <= self.x_of(t)]
        said = [self._told(mark) for mark in (*changes, *pauses, *spoken, *events)]
        return "\n".join(said[:_MOST_TOLD] + ["…"] * (len(said) > _MOST_TOLD))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = self.mark_at(event.pos().x())
            QToolTip.showText(event.globalPos(), said or self.toolTip(), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.isSliderDown() and event.position().y() > self.height() / 2 + _TICKS_DOWN:
            self._go_to_tick(event.position().x())

    def _go_to_tick(self, x: float) -> None:
        """Go to the event whose tick was meant, if one is near: a step may be less than a pixel wide."""
        near = [t for t in self._events if abs(self.x_of(t) - x) <= _NEAR]
        if near:
            self.setSliderPosition(min(near, key=lambda t: abs(self.x_of(t) - x)))

    def _paint(self, painter: QPainter) -> None:
        colours = theme.current()
        recorded = colours.mix(colours.color("panel"), colours.color("accent_text"), 0.45)
        self.paint_groove(painter, self.span(), colours.color("border"))
        self.paint_groove(painter, self.maximum(), recorded)
        self.paint_groove(painter, self.value(), self.accent())
        self._paint_spoken(painter)
        self._paint_events(painter)
        self._paint_pauses(painter)
        self._paint_others(painter)
        self.paint_handle(painter, _HANDLE)
        self._paint_changes(painter)

    def _paint_events(self, painter: QPainter) -> None:
        painter.setPen(QPen(theme.current().color("muted"), 1))
        painter.drawLines(self._event_ticks())

    def _paint_spoken(self, painter: QPainter) -> None:
        ink, top = theme.current().color("text"), (self.height() - _SPOKEN) / 2
        for step in self._spoken:
            left, right = self.x_of(step - 1), self.x_of(step)
            painter.fillRect(QRectF(left, top, max(1.0, right - left), _SPOKEN), ink)

    def _paint_pauses(self, painter: QPainter) -> None:
        accent, (wide, high) = self.accent(), _PAUSE
        for x in self.places(self._pauses):
            painter.setPen(QPen(accent, 1.5))
            painter.setBrush(theme.current().color("panel"))
            box = QRectF(x - wide / 2, (self.height() - high) / 2, wide, high)
            painter.drawRoundedRect(box, 3, 3)
            for bar in (x - 1.5, x + 1.5):
                painter.drawLine(QPointF(bar, box.top() + 4), QPointF(bar, box.bottom() - 4))

    def _paint_others(self, painter: QPainter) -> None:
        y = self.height() / 2 + _OTHERS_DOWN
        for letter, recorded in self._others:
            pen = QPen(theme.current().color("text"), 1)
            pen.setDashPattern(dashes(letter, 1.0))
            painter.setPen(pen)
            end = self._end_of(recorded)
            painter.drawLine(QPointF(self.x_of(0), y), QPointF(end, y))
            painter.drawLine(QPointF(end, y - 2), QPointF(end, y + 2))
            y += _OTHERS_APART

    def _paint_changes(self, painter: QPainter) -> None:
        colours = theme.current()
        for x in set(self.places([t for t, _ in self._changes])):
            centre = QPointF(x, self.height() / 2)
            markers.draw_marker(painter, "diamond", centre, _DIAMOND, colours.color("panel"), colours.color("text"))

    def _event_ticks(self) -> list[QLineF]:
        # A long run has many more events than the bar has pixels, so they are placed once and not at every frame.
        if self._ticks_for != (self.size(), self.span()):
            self._ticks_for = (self.size(), self.span())
            top = self.height() / 2 + _TICKS_DOWN
            self._ticks = [QLineF(x + 0.5, top, x + 0.5, top + _TICK) for x in set(self.places(self._events))]
        return self._ticks

    def _told(self, mark: Mark) -> str:
        said = QCoreApplication.translate("ScrubBar", "{unit} {step}: {text}")
        return said.format(unit=self._unit, step=mark[0], text=mark[1])

    def _retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("ScrubBar", "Position in the run"))
