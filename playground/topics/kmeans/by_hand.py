"""What the learner does to points and centres by hand: strokes of points, and centres that come and go in mid-run."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from core.kmeans.algorithm import State
from core.kmeans.settings import MOST_CLUSTERS, in_given_units
from core.run.explanation import Focus
from core.run.values import Floats
from playground.tab.topic_tab import TopicTab
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot

_WIDTH = 0.02  # of the picture: how far the points of a stroke scatter, and how far apart they are


class ByHand:
    """Turns gestures in the plane of a tab into changes of its run: centres as edits, points as points of one's own."""

    def __init__(self, tab: TopicTab, plane: Plot, redraw: Callable[[], None]) -> None:
        self._tab, self._plane, self._redraw = tab, plane, redraw
        self._stroke: list[tuple[float, float]] = []
        self._last = (np.inf, np.inf)
        plane.brushed.connect(self._brush)
        plane.shift_clicked.connect(self._click)
        plane.menu_asked.connect(self._offer)
        for widget in (plane, tab.rows):
            self._take_delete(widget)

    def _take_delete(self, widget: QWidget) -> None:
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), widget)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self.remove_chosen)

    @property
    def _state(self) -> State:
        state: State = self._tab.run.frame.state
        return state

    # Points.

    def stroke(self) -> Floats:
        """The points (m, 2) of the stroke that is being drawn."""
        return np.array(self._stroke, dtype=float).reshape(-1, 2)

    def set_points(self, points: Floats) -> None:
        """Begin again on other points (n, 2), in the units of the picture."""
        self._tab.set_parameter("points", in_given_units(self._tab.run.params, points))

    def clear(self) -> None:
        """Begin again with one point at each centre: without points there would be nothing to run."""
        self.set_points(self._state.centroids[self._state.in_use == 1])

    def _brush(self, x: float, y: float, ends: bool) -> None:
        """Scatter a point wherever the stroke has gone on far enough; all of them are one change."""
        seen = self._plane.viewport_now()
        width = _WIDTH * (seen.x1 - seen.x0)
        if np.hypot(x - self._last[0], y - self._last[1]) > width:
            away = np.random.default_rng([len(self._state.points), len(self._stroke)]).normal(0.0, width, 2)
            self._stroke.append((x + float(away[0]), y + float(away[1])))
            self._last = (x, y)
        if ends:
            points, self._stroke, self._last = self.stroke(), [], (np.inf, np.inf)
            self.set_points(np.vstack([self._state.points, points]))
        else:
            self._redraw()

    # Centres.

    def add_centre(self, x: float, y: float) -> None:
        """Put one centre more at a place, in mid-run as at the start."""
        if len(self._state.centroids) < MOST_CLUSTERS:
            self._tab.set_array("centroids", np.vstack([self._state.centroids, [x, y]]))

    def remove_centre(self, cluster: int) -> None:
        """Take a centre away; the last one stays."""
        if len(self._state.centroids) > 1:
            self._tab.set_array("centroids", np.delete(self._state.centroids, cluster, axis=0))

    def remove_chosen(self) -> None:
        """Take the centre of the cluster in focus away."""
        match self._tab.focus:
            case Focus("cluster", (cluster,)):
                self.remove_centre(cluster)

    def _click(self, x: float, y: float, hit: Hit | None) -> None:
        match hit and hit.focus:
            case Focus("centroid", (cluster,)):
                self.remove_centre(cluster)
            case _:
                self.add_centre(x, y)

    def _offer(self, x: float, y: float, hit: Hit | None, at: QPoint) -> None:
        menu = self.menu(x, y, hit)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def menu(self, x: float, y: float, hit: Hit | None) -> QMenu:
        """Return what can be done at a place."""
        texts, menu = self._tab.texts, QMenu(self._plane)
        menu.addAction(texts.get("panels", "add_centre"), lambda: self.add_centre(x, y))
        match hit and hit.focus:
            case Focus("centroid", (cluster,)):
                words = texts.get("panels", "remove_centre").format(n=cluster + 1)
                menu.addAction(words, lambda: self.remove_centre(cluster))
        menu.addSeparator()
        menu.addAction(texts.get("panels", "clear_points"), self.clear)
        return menu
