"""Keys of the pictures: T takes the threshold in hand, a digit one of the bars, arrows lead from point to point."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.loss_metrics.unit import Answers
from core.run.explanation import Focus
from playground.tab.topic_tab import TopicTab
from playground.topics.loss_metrics.shown import answers_of
from widgets.plots.plot import Plot

_Key = Qt.Key
_BESIDE = {_Key.Key_Left: -1, _Key.Key_Right: 1}  # among the points of a class, by z
_CLASSES = {_Key.Key_Down: 0, _Key.Key_Up: 1}


def on_key(key: str, widget: QWidget, act: Callable[[], object]) -> None:
    """Have a key do something wherever a widget, or what is in it, has the keyboard."""
    shortcut = QShortcut(QKeySequence(key), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)


class PointKeys(QObject):
    """Takes the arrows of a picture while a point is chosen; without one all keys are the window's."""

    def __init__(self, tab: TopicTab, plot: Plot) -> None:
        super().__init__(tab)
        self._tab = tab
        plot.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the keys that mean something now."""
        point = self._tab.focus
        if not (isinstance(event, QKeyEvent) and point and point.kind == "point" and _means(event)):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()  # or it would be the transport's
        elif event.type() == QEvent.Type.KeyPress:
            following = next_point(answers_of(self._tab.view()), point.at[0], _Key(event.key()))
            self._tab.choose(Focus("point", (following,)))
        return True


def _means(event: QKeyEvent) -> bool:
    is_plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    return is_plain and _Key(event.key()) in (*_BESIDE, *_CLASSES)


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
