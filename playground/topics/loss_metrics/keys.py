"""Keys of the pictures: T takes the threshold in hand, arrows move it, or go from a chosen point to the next.

On the bars a digit chooses one, up and down move it.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from core.loss_metrics.unit import Answers
from core.run.explanation import Focus
from playground.tab.topic_tab import TopicTab
from playground.topics.loss_metrics.scores import THRESHOLD
from playground.topics.loss_metrics.shown import answers_of
from widgets.plots.plot import Plot

_Key = Qt.Key
_MOVES = {_Key.Key_Left: -0.01, _Key.Key_Right: 0.01}  # of the threshold; ten times as far with Shift
_ENDS = {_Key.Key_Home: 0.0, _Key.Key_End: 1.0}
_BESIDE = {_Key.Key_Left: -1, _Key.Key_Right: 1}  # among the points of a class, by z
_CLASSES = {_Key.Key_Down: 0, _Key.Key_Up: 1}
_UP = {_Key.Key_Up: 0.01, _Key.Key_Down: -0.01}  # of a bar
_FAR = 10


class _OfPicture(QObject):
    """Takes those keys of a picture that mean something now; all others are the window's."""

    def __init__(self, owner: QObject, plot: Plot) -> None:
        super().__init__(owner)
        self._plot = plot
        plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keys that mean something now."""
        if event.type() == QEvent.Type.FocusOut:
            self.let_go()
        if not isinstance(event, QKeyEvent) or not self._means(event):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or it would be the transport's
        elif event.type() == QEvent.Type.KeyPress:
            self._follow(event)
        return True

    def let_go(self) -> bool:
        """Let go of what is in hand; False where there is nothing."""
        raise NotImplementedError

    def _means(self, event: QKeyEvent) -> bool:
        raise NotImplementedError

    def _follow(self, event: QKeyEvent) -> None:
        raise NotImplementedError


class Keys(_OfPicture):
    """The threshold in hand, and a chosen point; without either all keys are those of the window."""

    def __init__(self, tab: TopicTab, plot: Plot) -> None:
        super().__init__(tab, plot)
        self._tab, self._holds = tab, False
        take = QShortcut(QKeySequence("T"), tab)
        take.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        take.activated.connect(self.take)

    def take(self) -> None:
        """Take the threshold in hand."""
        self._holds = True
        self._plot.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._plot.highlight(THRESHOLD)

    def let_go(self) -> bool:
        """Let go of the threshold; False where it is not in hand."""
        held, self._holds = self._holds, False
        if held:
            self._plot.highlight(None)
        return held

    def _means(self, event: QKeyEvent) -> bool:
        key, point = _Key(event.key()), self._tab.focus
        if self._holds:
            return key in _MOVES or key in _ENDS
        is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        return point is not None and point.kind == "point" and is_plain and (key in _BESIDE or key in _CLASSES)

    def _follow(self, event: QKeyEvent) -> None:
        key = _Key(event.key())
        if self._holds:
            moved = self._tab.run.params.threshold + _far(event) * _MOVES.get(key, 0.0)
            self._tab.set_parameter("threshold", round(min(max(_ENDS.get(key, moved), 0.0), 1.0), 4))
        elif self._tab.focus:
            point = next_point(answers_of(self._tab.view()), self._tab.focus.at[0], key)
            self._tab.choose(Focus("point", (point,)))


class BarKeys(_OfPicture):
    """A digit chooses one of the bars, up and down move it; `moved` is told its number and how far it goes."""

    moved = Signal(int, float)

    def __init__(self, owner: QObject, plot: Plot, count: int) -> None:
        super().__init__(owner, plot)
        self._count, self._bar = count, -1

    def let_go(self) -> bool:
        held, self._bar = self._bar >= 0, -1
        if held:
            self._plot.highlight(None)
        return held

    def _means(self, event: QKeyEvent) -> bool:
        return self._digit(event) in range(self._count) or (self._bar >= 0 and _Key(event.key()) in _UP)

    def _follow(self, event: QKeyEvent) -> None:
        if _Key(event.key()) in _UP:
            self.moved.emit(self._bar, _far(event) * _UP[_Key(event.key())])
        else:
            self._bar = self._digit(event)
            self._plot.highlight(Focus("bar", (self._bar,)))

    def _digit(self, event: QKeyEvent) -> int:
        return event.key() - _Key.Key_1.value


def _far(event: QKeyEvent) -> int:
    return _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1


def next_point(seen: Answers, point: int, key: Qt.Key) -> int:
    """Return the next point of its class by z, or the nearest by z of the class that a key names; else the same."""
    target = _CLASSES.get(key, int(seen.t[point]))
    own = np.flatnonzero(seen.t == target)
    if not len(own):
        return point
    if key in _CLASSES:
        return point if target == seen.t[point] else int(own[np.argmin(np.abs(seen.z[own] - seen.z[point]))])
    order = own[np.argsort(seen.z[own], kind="stable")]
    at = int(np.flatnonzero(order == point)[0]) + _BESIDE[key]
    return int(order[min(max(at, 0), len(order) - 1)])
