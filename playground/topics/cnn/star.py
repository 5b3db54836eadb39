"""The held-out digits in a plane, each in the colour of what it is; misread ones crossed; the way of a push.

    star     each digit where its ten probabilities pull it: read surely it lies at a tip, wavering between tips
    plane    where the last layer reads off two units: what these give, over the regions it reads as each class

No axes are fitted, so nothing flips.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.cnn.algorithm import outputs_for, picture_of, shown
from core.cnn.readings import TIPS, has_plane, plane, regions, star
from core.cnn.settings import shown_label
from core.nn.metrics import silhouette
from core.run.explanation import Focus
from core.run.values import Floats, kept
from playground.playback.view import View
from playground.topics.cnn.read_at import ReadPicture
from playground.words.texts import Texts
from widgets.base import numbers, theme
from widgets.base.labels import draw_label, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.ground import ColourGround
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.named_points import NamedPoints, Spot
from widgets.plots.marks.note import Note
from widgets.plots.marks.points import Points
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.plot import Plot
from widgets.plots.viewport import Rectangle, Viewport

COLOURS = ("blue", "orange", "green", "purple", "vermillion", "sky", "black", "yellow", "blue 2", "orange 2")
_REACH, _NAME = 1.34, 10.0  # how far the plane of the star reaches; px from a tip to the middle of its name
_FINE = 64  # cells of the regions along a side


@kept(4)
def _parted(places: Floats, labels: NDArray[np.int64]) -> float:
    return silhouette(places, labels)


@dataclass(frozen=True)
class Star(ReadPicture):
    """The digits of a view in their star, or in their plane."""

    @property
    def said(self) -> str:
        """How many digits there are, and how many of them are read wrongly; where the run stands how far they part."""
        get, count = self.texts.get, len(self.reading.labels)
        told = get("panels", "wrong_of").format(count=count, wrong=count - self.reading.right)
        if self.view.beat:
            parted = numbers.fixed(_parted(self.places, self.reading.labels), 2)
            told = f"{told} · {get('panels', 'silhouette_is').format(silhouette=parted)}"
        return self.read.said(told, self.texts)

    @cached_property
    def is_plane(self) -> bool:
        """Whether the last layer reads off two units."""
        return has_plane(self.params.layers)

    @cached_property
    def places(self) -> Floats:
        """Where each digit lies, (360, 2)."""
        return plane(self.read.weights, self.read.layers) if self.is_plane else self.reading.star

    @cached_property
    def way(self) -> Floats:
        """Where the digit shown lies before its push and after, (2, 2)."""
        weights, params = self.read.weights, self.params
        both = (
            outputs_for(weights, params.layers, picture_of(params)),
            outputs_for(weights, params.layers, shown(params)),
        )
        return np.array([made[-2] if self.is_plane else star(made[-1]) for made in both])

    @cached_property
    def home(self) -> Rectangle:
        """The rectangle around all of them."""
        if not self.is_plane:
            return -_REACH, _REACH, -_REACH, _REACH
        low, high = (pick(np.vstack([self.places, self.way]), axis=0) for pick in (np.min, np.max))
        edge = 0.05 * (high - low) + 1e-6
        (x0, y0), (x1, y1) = (low - edge).tolist(), (high + edge).tolist()
        return x0, x1, y0, y1

    def marks(self) -> Iterator[Mark]:
        """Yield regions or tips, the digits, and the one that is shown."""
        yield self._ground() if self.is_plane else Tips()
        places, told = self.places, self.reading
        is_right = told.called == told.labels
        for digit, colour in enumerate(COLOURS):
            yield Points(f"{digit}", places[(told.labels == digit) & is_right], colour, "circle", 5.0)
        yield Points("misread", places[~is_right], "vermillion", "cross", 8.0)
        if self.is_plane:
            yield self._names()
            yield Note(self.said)
        yield from self._shown()

    def _ground(self) -> ColourGround:
        x0, x1, y0, y1 = self.home
        x0, x1 = 2 * x0 - x1, 2 * x1 - x0  # a plot is wider than high
        x, y = np.linspace(x0, x1, 3 * _FINE), np.linspace(y1, y0, _FINE)
        called = regions(self.read.weights, self.read.layers, x, y)
        return ColourGround(np.eye(len(COLOURS))[called], (x0, x1, y0, y1), COLOURS)

    def _names(self) -> NamedPoints:
        """Return the name of each class in the middle of its digits in the plane."""
        means = [self.places[self.reading.labels == i].mean(axis=0).tolist() for i in range(len(COLOURS))]
        return NamedPoints(tuple(Spot(Focus("tip", (i,)), x, y, str(i), COLOURS[i]) for i, (x, y) in enumerate(means)))

    def _shown(self) -> Iterator[Mark]:
        label = shown_label(self.params)
        before, now = self.way.tolist()
        if any(self.params.push):
            yield Trails((Trail(Focus("push"), self.way, "black", "none"),))
            yield Dot(Focus("unpushed"), (before[0], before[1]), "hollow")
        said = self.texts.get("panels", "shown") if label is None else str(label)
        yield Dot(Focus("shown"), (now[0], now[1]), label=said)


@dataclass(frozen=True)
class Tips(Mark):
    """The circle that the tips lie on, and outside of it their names, each in its colour."""

    is_ground: ClassVar[bool] = True

    def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
        colours, middle = theme.current(), viewport.point(0.0, 0.0)
        radius = viewport.point(1.0, 0.0).x() - middle.x()
        painter.fillRect(viewport.rect, colours.color("panel"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, rendering.smooth)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.color("grid"), 1.0))
        painter.drawEllipse(middle, radius, radius)
        for i, (colour, box) in enumerate(zip(COLOURS, self.taken(viewport), strict=True)):
            ink = colours.text_colour(colour)
            draw_label(painter, rendering, box.topLeft(), f"{i}", "label", ink, colours.color("panel"))

    def taken(self, viewport: Viewport) -> list[QRectF]:
        middle, boxes = viewport.point(0.0, 0.0), []
        away = 1.0 + _NAME / (viewport.point(1.0, 0.0).x() - middle.x())
        for i, (x, y) in enumerate((away * TIPS).tolist()):
            box = QRectF(QPointF(), text_size(f"{i}", "label"))
            box.moveCenter(viewport.point(x, y))
            boxes.append(box)
        return boxes


def draw_star(plot: Plot, view: View, texts: Texts) -> None:
    """Show the held-out digits as the net of the view reads them, and where the digit shown lies."""
    made = Star(view, texts)
    if made.is_plane:
        first, second = (texts.get("panels", "unit").format(n=n) for n in (0, 1))
        plot.set_names(first, second)
    else:
        plot.set_names(made.said, "", in_corners=True)
    plot.set_range(*made.home)
    plot.set_marks(list(made.marks()))
    plot.setAccessibleDescription(made.said)
