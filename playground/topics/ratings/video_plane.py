"""The videos in a plane, those watched joined to the mean of their vectors; and the lists of what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from PySide6.QtCore import QRectF

from core.nn.principal_axes import main_axes
from core.ratings.candidates import Candidates, Served, first_of, named, served
from core.ratings.settings import Params, histories_of
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from playground.topics.ratings.ruler import rounded_up
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import Cells
from widgets.plots.marks.named_points import Link, NamedPoints, Spot
from widgets.plots.plot import Plot

LISTS = ("softmax", "dot_bias", "dot", "euclid")
_LINE, _MARGIN = 19, 8  # px
_FOUR = 470  # px from which on all four stand beside each other


@dataclass(frozen=True)
class Videos(ViewPicture[Params]):
    """Of the model `candidates`: what is on show in a view."""

    @cached_property
    def net(self) -> Candidates:
        """The net shown."""
        return cast("Candidates", self.view.state.learned)

    @cached_property
    def served(self) -> Served:
        """What it makes of the videos watched."""
        return served(self.net.weights, self.params)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the videos are called."""
        return histories_of(self.params).videos

    @cached_property
    def places(self) -> Floats:
        """Where the vectors lie along the two directions in which they spread most, (n, 2)."""
        return self._along(named(self.net.weights, self.params)["videos"])

    def _along(self, vectors: Floats) -> Floats:
        at = vectors @ main_axes(named(self.net.weights, self.params)["videos"])
        return at if at.shape[-1] == 2 else np.concatenate([at, np.zeros_like(at)], axis=-1)

    def draw(self, plot: Plot) -> None:
        """Show it."""
        right, up = (self.texts.get("panels", name) for name in ("axis_video_1", "axis_video_2"))
        ends = f"{right} →", f"{up} ↑"
        plot.set_names(*ends, in_corners=True)
        reach = rounded_up(1.1 * float(np.abs(self.places).max()))
        plot.set_range(-reach, reach, -reach, reach)
        centre = self._along(self.served.centre[None])[0]
        at = float(centre[0]), float(centre[1])
        links = tuple(Link(tuple(self.places[j].tolist()), at, "orange") for j in dict.fromkeys(self.params.watched))
        middle = Spot(Focus("centre"), *at, self.texts.get("panels", "centre"), "orange", "square", spoken_of=True)
        plot.set_marks([NamedPoints((middle, *self._spots()), links, True, ends)])
        plot.setAccessibleDescription(", ".join(self.names[j] for j in self.params.watched))

    def _spots(self) -> Iterator[Spot]:
        watched = dict.fromkeys(self.params.watched)
        following = [] if self.view.covered else first_of(self.served.scores, self.params.top).tolist()
        order = dict.fromkeys([*watched, *following, *range(len(self.names))])
        for j in order:
            colour = "orange" if j in watched else "blue" if j in following else ""
            x, y = self.places[j].tolist()
            yield Spot(Focus("item", (j,)), x, y, self.names[j], colour, hollow=j not in watched)

    # The lists.

    def values(self) -> dict[str, Floats]:
        """What each list is ordered by, largest first."""
        told = self.served
        return {
            "softmax": told.scores,
            "dot_bias": told.dots_with_bias,
            "dot": told.dots,
            "euclid": -told.distances,
        }

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place the lists beside each other, or by twos; what the softmax does not list is told by colour."""
        across = len(LISTS) if width >= scaled(_FOUR) else 2
        column, line, items = (width - 2 * _MARGIN) / across, scaled(_LINE), list[Item]()
        high = (height - 2 * _MARGIN) * across / len(LISTS)
        shown = min(self.params.top, max(1, int(high // line) - 1))
        for k, (name, values) in enumerate(self.values().items()):
            x, y = _MARGIN + k % across * column, _MARGIN + k // across * min(high, (shown + 2.0) * line)
            head = self.texts.get("panels", f"list_{name}")
            items.append(Caption(head, x, y, "section", "text", widest=column - _MARGIN))
            places = self._listed(name, values, shown)
            items += [self._row(name, k, j, (x, y + k * line, column)) for k, j in enumerate(places, 1)]
            if places:
                items.append(Cells(name, QRectF(x, y + line, column - _MARGIN, len(places) * line), 1, len(places)))
        return items

    def _listed(self, name: str, values: Floats, count: int) -> list[int]:
        """Return the first places of a list; while a scene asks, of the softmax alone."""
        found: list[int] = first_of(values, count).tolist()
        return [] if self.view.covered and name != "softmax" else found

    def focus_of(self, name: str, row: int) -> Focus | None:
        """Return the video in a row of a list."""
        places = self._listed(name, self.values()[name], self.params.top) if name in LISTS else []
        return Focus("item", (places[row],)) if row < len(places) else None

    @cached_property
    def _wanted(self) -> list[int]:
        """The list of the softmax."""
        found: list[int] = first_of(self.served.scores, self.params.top).tolist()
        return found

    def _row(self, name: str, place: int, j: int, at: tuple[float, float, float]) -> Caption:
        (x, y, column), wanted = at, self._wanted
        share = f"  {numbers.fixed(100 * float(self.served.probabilities[j]), 0)} %" if name == "softmax" else ""
        same = place <= len(wanted) and wanted[place - 1] == j
        mark = "" if name == "softmax" else "✓ " if same else "× " if j not in wanted else "~ "
        colour = "text" if same else "vermillion" if j not in wanted else "muted"
        return Caption(f"{place} {mark}{self.names[j]}{share}", x, y, "subtitle", colour, widest=column - _MARGIN)
