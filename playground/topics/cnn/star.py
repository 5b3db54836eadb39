"""The held-out digits in a plane, each in the colour of what it is; misread ones crossed; the way of a push.

    star     each digit where its ten probabilities pull it: read surely it lies at a tip, wavering between tips
    plane    where the last layer reads off two units: what these give, over the regions it reads as each class

No axes are fitted, so nothing flips.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.cnn.algorithm import outputs_for, outputs_of, picture_of
from core.cnn.readings import TIPS, Reading, has_plane, plane, reading, regions, star
from core.cnn.settings import Params, shown_label
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.ground import ColourGround
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.named_points import NamedPoints, Spot
from widgets.plots.marks.points import Points
from widgets.plots.marks.trails import Trail, Trails
from widgets.plots.plot import Plot
from widgets.plots.viewport import Rectangle

COLOURS = ("blue", "orange", "green", "purple", "vermillion", "sky", "black", "yellow", "blue 2", "orange 2")
_REACH = 1.35
_FINE = 64  # cells of the regions along a side


@dataclass(frozen=True)
class Star(ViewPicture[Params]):
    """The digits of a view in their star, or in their plane."""

    @cached_property
    def reading(self) -> Reading:
        """How the held-out digits are read with the weights of the step in view."""
        return reading(self.view.state.weights, self.params.layers)

    @cached_property
    def is_plane(self) -> bool:
        """Whether the last layer reads off two units."""
        return has_plane(self.params.layers)

    @cached_property
    def places(self) -> Floats:
        """Where each digit lies, (360, 2)."""
        return plane(self.view.state.weights, self.params.layers) if self.is_plane else self.reading.star

    @cached_property
    def way(self) -> Floats:
        """Where the digit shown lies before its push and after, (2, 2)."""
        weights, params = self.view.state.weights, self.params
        both = outputs_for(weights, params.layers, picture_of(params)), outputs_of(weights, params)
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
        if self.is_plane:
            yield self._ground()
        places, told = self.places, self.reading
        is_right = told.called == told.labels
        for digit, colour in enumerate(COLOURS):
            yield Points(f"{digit}", places[(told.labels == digit) & is_right], colour, "circle", 5.0)
        yield Points("misread", places[~is_right], "vermillion", "cross", 8.0)
        yield NamedPoints(tuple(self._names()))
        yield from self._shown()

    def _ground(self) -> ColourGround:
        x0, x1, y0, y1 = self.home
        x, y = np.linspace(x0, x1, _FINE), np.linspace(y1, y0, _FINE)
        called = regions(self.view.state.weights, self.params.layers, x, y)
        return ColourGround(np.eye(len(COLOURS))[called], self.home, COLOURS)

    def _names(self) -> Iterator[Spot]:
        """Yield the names of the tips; in the plane that of each class in the middle of its digits."""
        for i, colour in enumerate(COLOURS):
            own = self.places[self.reading.labels == i]
            x, y = (own.mean(axis=0) if self.is_plane else 1.2 * TIPS[i]).tolist()
            yield Spot(Focus("tip", (i,)), x, y, str(i), colour)

    def _shown(self) -> Iterator[Mark]:
        label = shown_label(self.params)
        before, now = self.way.tolist()
        if any(self.params.push):
            yield Trails((Trail(Focus("push"), self.way, "black", "none"),))
            yield Dot(Focus("unpushed"), (before[0], before[1]), "hollow")
        said = self.texts.get("panels", "shown") if label is None else str(label)
        yield Dot(Focus("shown"), (now[0], now[1]), label=said)


def draw_star(plot: Plot, view: View, texts: Texts) -> None:
    """Show the held-out digits as the weights of the step in view read them, and where the digit shown lies."""
    made = Star(view, texts)
    first, second = (texts.get("panels", "unit").format(n=n) if made.is_plane else "" for n in (0, 1))
    plot.set_names(first, second)
    plot.set_range(*made.home)
    plot.set_marks(list(made.marks()))
    plot.setAccessibleDescription(subtitle_of_star(view, texts) + f", {made.reading.right}")


def subtitle_of_star(view: View, texts: Texts) -> str:
    """Say how many digits there are, and how many of them are read wrongly."""
    told = reading(view.state.weights, view.params.layers)
    return texts.get("panels", "wrong_of").format(count=len(told.labels), wrong=len(told.labels) - told.right)
