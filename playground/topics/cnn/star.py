"""The star: each held-out digit where its ten probabilities pull it, in the colour of what it is; misread ones crossed.

A digit read surely lies at a tip; one the net wavers on lies between tips. No axes are fitted, so nothing flips.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.cnn.algorithm import outputs_of
from core.cnn.readings import TIPS, reading, star
from core.cnn.settings import shown_label
from core.run.explanation import Focus
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.named_points import NamedPoints, Spot
from widgets.plots.marks.points import Points
from widgets.plots.plot import Plot

COLOURS = ("blue", "orange", "green", "purple", "vermillion", "sky", "black", "yellow", "blue 2", "orange 2")
_REACH = 1.35


def draw_star(plot: Plot, view: View, texts: Texts) -> None:
    """Show the held-out digits as the weights of the step in view read them, and where the digit shown lies."""
    told = reading(view.state.weights, view.params.layers)
    plot.set_names("", "")
    plot.set_range(-_REACH, _REACH, -_REACH, _REACH)
    plot.set_marks(list(_marks(view, texts)))
    plot.setAccessibleDescription(subtitle_of_star(view, texts) + f", {told.right}")


def subtitle_of_star(view: View, texts: Texts) -> str:
    """Say how many digits there are, and how many of them are read wrongly."""
    told = reading(view.state.weights, view.params.layers)
    return texts.get("panels", "misread").format(count=len(told.labels), wrong=len(told.labels) - told.right)


def _marks(view: View, texts: Texts) -> Iterator[Mark]:
    told = reading(view.state.weights, view.params.layers)
    places, is_right = told.star, told.called == told.labels
    for digit, colour in enumerate(COLOURS):
        own = told.labels == digit
        yield Points(f"{digit}", places[own & is_right], colour, "circle", 5.0)
    wrong = np.flatnonzero(~is_right)
    yield Points("misread", places[wrong], "vermillion", "cross", 8.0)
    tips = [Spot(Focus("tip", (i,)), 1.2 * x, 1.2 * y, str(i), COLOURS[i]) for i, (x, y) in enumerate(TIPS.tolist())]
    yield NamedPoints(tuple(tips))
    label = shown_label(view.params)
    x, y = star(outputs_of(view.state.weights, view.params)[-1]).tolist()
    yield Dot(Focus("shown"), (x, y), label=texts.get("panels", "shown") if label is None else str(label))
