"""The radius of the ring as a number in the corner of its plot, to be read at any time and typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QDoubleSpinBox

from core.rnn.settings import LARGEST_RADIUS
from playground.topics.rnn.ring import KEY, LEAST
from widgets.base import fonts
from widgets.plots.plot import Plot

_WIDE, _ASIDE = 76, 4  # px


class RadiusField(QDoubleSpinBox):
    """It stands in the top right corner of a plot, whatever its size."""

    chosen = Signal(float)
    """The radius that was typed, or stepped to."""

    def __init__(self, plot: Plot) -> None:
        super().__init__(plot)
        self._plot = plot
        self.setObjectName("set.radius")
        self.setRange(0.0, LARGEST_RADIUS)
        self.setSingleStep(KEY)
        self.setKeyboardTracking(False)  # a number is whole before U follows it
        self.setFixedWidth(fonts.scaled(_WIDE))
        self.valueChanged.connect(lambda radius: self.chosen.emit(max(radius, LEAST)))
        plot.installEventFilter(self)

    def show_radius(self, radius: float) -> None:
        """Show the radius there is; of 0, which no factor makes longer, nothing can be chosen."""
        self.setEnabled(radius > 0)
        if not self.hasFocus() or abs(radius - self.value()) > KEY:  # else it is being typed
            with QSignalBlocker(self):
                self.setValue(radius)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self.move(self._plot.width() - self.width() - _ASIDE, _ASIDE)
        return super().eventFilter(watched, event)
