"""The transport: play, step, go back, scrub, choose the speed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QWidget

from widgets.base import fonts, layouts, numbers, theme
from widgets.base.manners import Manners
from widgets.base.style import set_look
from widgets.shell.action_button import ActionButton
from widgets.shell.beat_bar import BeatBar
from widgets.shell.scrub_bar import ScrubBar

Speed = float | str

PER_FRAME: dict[str, int] = {"10/frame": 10, "100/frame": 100}
FASTEST = "fastest"
SPEEDS: tuple[Speed, ...] = (0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, *PER_FRAME, FASTEST)
DEFAULT_SPEED: Speed = 8

_HEIGHT, _BEATS = 56, 28
_PADDING = 12
_INDENT = 10  # the counter begins where the scrub bar's groove does
_SPACE = 6
_GAP = 8
_DEEP = "国"  # reaches further down than Latin letters do
_CLOSE = 4
_ICON_WIDTH, _PLAY_WIDTH = 32, 88
_SPEED_WIDTH = 116
_COUNTER_ROLES = ("subtitle", "cell_bold", "cell")


def rate(speed: Speed) -> tuple[float | None, int | None]:
    """Steps a second and steps a frame of a speed; (None, None) is as fast as it can."""
    if isinstance(speed, str):
        return None, PER_FRAME.get(speed)
    return float(speed), None


class _Face(NamedTuple):
    font: QFont
    metrics: QFontMetrics


class StepCounter(QWidget):
    """Tells the step, as in "Step 17 / 60", with digits that keep their places, and at the right a note."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = ""
        self._t = 0
        self._last = 0
        self._note = ""
        self.setObjectName("transport.counter")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # or all that is behind is painted at each step
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._dress()

    def _dress(self) -> None:
        """Look the fonts up, and what texts in them measure: it is painted at each step."""
        self._faces = {role: _Face(font := fonts.role_font(role), QFontMetrics(font)) for role in _COUNTER_ROLES}

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._dress()

    def text(self) -> str:
        """What is shown."""
        return f"{self._unit} {numbers.count(self._t)} / {numbers.count(self._last)}"

    def show_count(self, unit: str, t: int, last: int) -> None:
        """Show the step and the last one that is known."""
        if (unit, t, last) != (self._unit, self._t, self._last):
            self._unit, self._t, self._last = unit, t, last
            self.setAccessibleName(self.text())
            self.update()

    def show_note(self, note: str) -> None:
        """Write a few words at the right end."""
        if note != self._note:
            self._note = note
            self.setAccessibleDescription(note)
            self.update()

    def sizeHint(self) -> QSize:
        metrics = self._faces["subtitle"].metrics
        below = max(metrics.descent(), metrics.boundingRect(_DEEP).bottom() + 1)
        return QSize(0, metrics.ascent() + below + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), theme.current()
        painter.fillRect(self.rect(), colours.color("panel"))
        muted, strong = colours.color("muted"), colours.color("text")
        t, last = numbers.count(self._t), numbers.count(self._last)
        bold = self._faces["cell_bold"].metrics
        x = self._write(painter, _INDENT, self._unit, "subtitle", muted)
        x += bold.horizontalAdvance(last) - bold.horizontalAdvance(t)
        x = self._write(painter, x, t, "cell_bold", strong)
        x = self._write(painter, x, f"/ {last}", "cell", muted)
        if self._note:
            self._write_note(painter, x)

    def _write_note(self, painter: QPainter, x: int) -> None:
        face, end = self._faces["subtitle"], self.width() - _INDENT
        note = fonts.cut(self._note, face.metrics, end - x - _GAP)
        painter.setFont(face.font)
        painter.drawText(end - face.metrics.horizontalAdvance(note), face.metrics.ascent(), note)

    def _write(self, painter: QPainter, x: int, text: str, role: str, colour: QColor) -> int:
        """Write at x and return where the next word begins."""
        face = self._faces[role]
        painter.setFont(face.font)
        painter.setPen(colour)
        painter.drawText(x, self._faces["subtitle"].metrics.ascent(), text)
        return x + face.metrics.horizontalAdvance(text) + _SPACE


class TransportBar(QFrame):
    """The bar under the pictures; its buttons drive the actions it is given.

    Actions by key: play, step, back, start, end. Raises KeyError if one is missing. The scrub bar takes all the width
    that is left: on `scrub_bar` (`transport.position`) marks can be set; setting the index of `speed_box` tells of the
    new speed.
    """

    moved = Signal(int)
    beat_moved = Signal(int)  # to the beat of this index, by the learner or a script
    speed_changed = Signal(object)  # an item of SPEEDS; see `rate`

    def __init__(
        self, actions: Mapping[str, QAction], speed: Speed = DEFAULT_SPEED, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._playing = False
        self._unit = ""
        self._start = ActionButton(actions["start"], "skip-back")
        self._back = ActionButton(actions["back"], "step-back")
        self._play = ActionButton(actions["play"], "play", "on_accent")
        self._step = ActionButton(actions["step"], "step-forward")
        self._end = ActionButton(actions["end"], "skip-forward")
        self._counter = StepCounter()
        self.scrub_bar = ScrubBar()
        self._beats = BeatBar()
        self.speed_box = _speed_box(speed)
        self._arrange()
        self._connect()
        self._relabel()

    def show_position(self, t: int, recorded: int, known: int = 0) -> None:
        """Show the step in view, the last recorded one, and the last there will be where it is known; no signal."""
        self.scrub_bar.show_position(t, recorded, known)
        self._counter.show_count(self._unit, t, max(recorded, known))

    def show_note(self, note: str) -> None:
        """Write a few words over the right end of the scrub bar."""
        self._counter.show_note(note)

    def set_beats(self, names: Sequence[str]) -> None:
        """Name the beats of a step, in the language shown; without any nothing is shown of them."""
        self._beats.set_names(names)
        self._set_height(bool(names))

    def set_beat(self, index: int) -> None:
        """Show the beat in view, without a signal."""
        self._beats.show_beat(index)

    def set_unit(self, text: str) -> None:
        """Say what a step is called here, in the language shown."""
        self._unit = text
        self.scrub_bar.set_unit(text)
        self._counter.show_count(text, self.scrub_bar.value(), self.scrub_bar.span())

    def set_playing(self, playing: bool) -> None:
        """Show Pause instead of Play."""
        if playing != self._playing:
            self._playing = playing
            self._relabel()

    def set_outlined(self, outlined: bool) -> None:
        """Outline Play where another button is the one to press next."""
        set_look(self._play, "role", "outlined" if outlined else "primary")
        self._play.set_token("accent_text" if outlined else "on_accent")

    def speed(self) -> Speed:
        """The chosen speed."""
        return SPEEDS[self.speed_box.currentIndex()]

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._relabel()

    def _arrange(self) -> None:
        self.setProperty("role", "card")
        self._set_height(has_beats=False)
        self._play.setProperty("role", "primary")
        middle = layouts.column(self._counter, self.scrub_bar, self._beats)
        middle.insertStretch(0)
        middle.addStretch()
        for button in (self._start, self._back, self._step, self._end):
            button.setFixedWidth(fonts.scaled(_ICON_WIDTH))
        steps = layouts.row(self._start, self._back, self._play, self._step, self._end, spacing=_CLOSE)
        row = layouts.row(steps, middle, self.speed_box, spacing=_GAP, grows=middle, on=self)
        row.setContentsMargins(_PADDING, 0, _PADDING, 0)

    def _set_height(self, has_beats: bool) -> None:
        self.setFixedHeight(fonts.scaled(_HEIGHT + _BEATS * has_beats))

    def _connect(self) -> None:
        self.scrub_bar.moved.connect(self.moved)
        self._beats.moved.connect(self.beat_moved)
        self.speed_box.currentIndexChanged.connect(lambda index: self.speed_changed.emit(SPEEDS[index]))

    def _relabel(self) -> None:
        self._play.set_icon("pause" if self._playing else "play")
        if self._playing:
            self._play.show_text(QCoreApplication.translate("TransportBar", "Pause"))
        else:
            self._play.show_text(QCoreApplication.translate("TransportBar", "Play"))
        self._play.setFixedWidth(fonts.scaled(_PLAY_WIDTH))
        self.speed_box.setToolTip(QCoreApplication.translate("TransportBar", "Speed"))
        self.speed_box.setAccessibleName(QCoreApplication.translate("TransportBar", "Speed"))
        for index, speed in enumerate(SPEEDS):
            self.speed_box.setItemText(index, _speed_text(speed))


def _speed_text(speed: Speed) -> str:
    if speed == FASTEST:
        return QCoreApplication.translate("TransportBar", "Fastest")
    if isinstance(speed, str):
        return QCoreApplication.translate("TransportBar", "{n}/frame").format(n=PER_FRAME[speed])
    if speed < 1:
        return QCoreApplication.translate("TransportBar", "{n} s/step").format(n=f"{1 / speed:g}")
    if speed == 1:
        return QCoreApplication.translate("TransportBar", "1 step/s")
    return QCoreApplication.translate("TransportBar", "{n} steps/s").format(n=speed)


def _speed_box(chosen: Speed) -> QComboBox:
    box = QComboBox()
    box.setObjectName("transport.speed")
    Manners(box)
    box.setFixedWidth(fonts.scaled(_SPEED_WIDTH))
    box.setMaxVisibleItems(len(SPEEDS))
    for speed in SPEEDS:
        box.addItem("", speed)
    box.setCurrentIndex(SPEEDS.index(chosen))
    return box
