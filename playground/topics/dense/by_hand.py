"""What the learner does to the points of the plane by hand: drags one or a cloud, adds some, takes one away.

The points become points of one's own with their targets, part of the recipe, and the run begins again.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from core.dense.explained import Chosen
from core.dense.settings import Data, data_of
from core.nn.losses import Numbers
from core.run.explanation import Focus
from core.run.values import Floats
from playground.tab.topic_tab import TopicTab
from playground.topics.dense.fields import takes_points
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot

_WAYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Down: (0, -1), Qt.Key.Key_Up: (0, 1)
}  # fmt: skip
_STEP, _LEAP = 0.01, 0.1  # of the picture, by which a key moves a cloud, and with Shift
_WIDTH = 0.02  # of the picture: how far the points of a stroke scatter, and how far apart they are


class ByHand(QObject):
    """Turns gestures in the plane of a tab into other points of its run: new ones of class 1, with Shift of class 0.

    Points without classes can be dragged, but none is added or taken away. Alt and an arrow move the whole class of the
    point told of; until the arrow is let go of that is one change.
    """

    def __init__(self, tab: TopicTab, plane: Plot, redraw: Callable[[], None]) -> None:
        super().__init__(plane)
        self._tab, self._plane, self._redraw = tab, plane, redraw
        plane.installEventFilter(self)
        self._stroke: list[tuple[float, float]] = []
        self._pushed: int | None = None  # the class that keys move
        plane.brushed.connect(self._brush)
        plane.clicked.connect(lambda x, y, hit: self._click(x, y, hit, 1))
        plane.shift_clicked.connect(lambda x, y, hit: self._click(x, y, hit, 0))

    @property
    def _data(self) -> Data:
        return data_of(self._tab.run.params)

    def stroke(self) -> Floats:
        """The points (m, 2) of the stroke that is being drawn."""
        return np.array(self._stroke, dtype=float).reshape(-1, 2)

    def set_points(self, x: Floats, t: Numbers | None = None, final: bool = True) -> None:
        """Begin again on other points (n, 2), with other targets where they are given."""
        targets = self._data.t if t is None else t
        values = {"points": x, "targets": targets if self._data.has_targets else None}
        self._tab.run.restart_with(values, final)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the arrows that are pressed with Alt."""
        if not isinstance(event, QKeyEvent) or event.key() not in _WAYS:
            return False
        match event.type():
            case QEvent.Type.ShortcutOverride if self._is_meant(event):
                event.accept()
            case QEvent.Type.KeyPress if self._is_meant(event):
                self._push(event.key(), _LEAP if _has_shift(event) else _STEP)
            case QEvent.Type.KeyRelease if self._pushed is not None and not event.isAutoRepeat():
                self._push(event.key(), 0.0, final=True)
            case _:
                return False
        return True

    def _is_meant(self, event: QKeyEvent) -> bool:
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return has_alt and takes_points(self._tab.run.params) and not self._tab.stage.on

    def _push(self, key: int, share: float, final: bool = False) -> None:
        """Move the class of the point told of by a share of what is seen; until it is let go of the same one."""
        tab, data, seen = self._tab, self._data, self._plane.viewport_now()
        if self._pushed is None:
            told = Chosen.of(tab.pointed or tab.focus, tab.run.frame.state, tab.run.params)
            self._pushed = int(data.t.reshape(-1)[told.point])
        middle = data.x[data.t.reshape(-1) == self._pushed].mean(axis=0)
        x, y = (middle + np.array(_WAYS[Qt.Key(key)]) * share * (seen.x1 - seen.x0)).tolist()
        self.drag(Focus("cloud", (self._pushed,)), x, y, final)
        self._pushed = None if final else self._pushed

    def drag(self, handle: Focus, x: float, y: float, final: bool) -> bool:
        """Move the point or the cloud that is held; False where it is neither."""
        moved = self._data.x.copy()
        match handle:
            case Focus("point", (i,)):
                moved[i] = x, y
            case Focus("cloud", (c,)):
                members = self._data.t.reshape(-1) == c
                moved[members] += np.array([x, y]) - moved[members].mean(axis=0)
            case _:
                return False
        self.set_points(moved, final=final)
        return True

    def _click(self, x: float, y: float, hit: Hit | None, target: int) -> None:
        """Add a point of a class, or take away the one that was clicked; the last one stays."""
        if not (self._plane.takes_strokes and takes_points(self._tab.run.params)):
            return
        data = self._data
        match hit and hit.focus:
            case Focus("point", (i,)) if len(data.x) > 1:
                self.set_points(np.delete(data.x, i, axis=0), np.delete(data.t, i, axis=0))
            case None:
                self._add(np.array([[x, y]]), target)

    def _add(self, points: Floats, target: int) -> None:
        new = np.full((len(points), *self._data.t.shape[1:]), target, dtype=float)
        self.set_points(np.vstack([self._data.x, points]), np.concatenate([self._data.t, new]))

    def _brush(self, x: float, y: float, ends: bool) -> None:
        """Scatter a point wherever the stroke has gone on far enough; all of them are one change."""
        if not takes_points(self._tab.run.params):
            return
        seen = self._plane.viewport_now()
        width = _WIDTH * (seen.x1 - seen.x0)
        if not self._stroke or np.hypot(x - self._stroke[-1][0], y - self._stroke[-1][1]) > 2 * width:
            away = np.random.default_rng([len(self._data.x), len(self._stroke)]).normal(0.0, width, 2)
            self._stroke.append((x + float(away[0]), y + float(away[1])))
        if ends:
            points, self._stroke = self.stroke(), []
            is_shifted = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._add(points, 0 if is_shifted else 1)
        else:
            self._redraw()


def _has_shift(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
