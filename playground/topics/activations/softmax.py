"""The bars of softmax with their handles: a share raised by hand, the temperature, the same added to all logits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.activations.settings import Params
from core.nn.activations import softmax
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Dot, Segment
from widgets.plots.marks.bars import Bar, Bars
from widgets.plots.marks.handle import Span
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.zones import PlacedText
from widgets.plots.plot import Plot

LOGIT, TEMPERATURE, SHIFT = "logit", "temperature", "shift"  # the handles
_TOP, _DEEP = 1.12, -0.66  # of the axis; scenes that ask for a share in it have them, too
_LOGITS, _RAILS = -0.09, {TEMPERATURE: -0.31, SHIFT: -0.54}  # the heights at which they stand below the bars
_ENDS = {TEMPERATURE: (-1.0, 2.0), SHIFT: (-10.0, 10.0)}  # of the rails: powers of ten of T, the mean of all logits
_RAIL = 0.5, 0.95  # of the width, from where to where a rail runs, right of its words
_LEAST = 1e-3  # of a share drawn by hand; its logit may go anywhere
_DECIMALS = 3
_HANDLE = 12.0  # px


@dataclass(frozen=True)
class SoftmaxBars(ViewPicture[Params]):
    """What the picture of one view is made of."""

    @cached_property
    def shares(self) -> list[float]:
        """The share of each class."""
        made: list[float] = softmax(np.array(self.params.logits) / self.params.temperature).tolist()
        return made

    def draw(self, plot: Plot) -> None:
        """Show the view."""
        plot.set_names(self.texts.get("panels", "class_axis"), self.texts.get("panels", "share_axis"))
        plot.number_left_from(0.0)
        plot.set_range(*_across(len(self.shares)), _DEEP, _TOP)
        plot.set_marks(self.marks())
        told = [] if self.view.covered else self.shares
        plot.setAccessibleDescription(", ".join(numbers.significant(share, 3) for share in told))

    def marks(self) -> list[Mark]:
        """All that is shown, the lowest first; while a scene asks, only the logits."""
        below = [
            PlacedText((i, _LOGITS), numbers.setting(round(z, _DECIMALS)), centred=True)
            for i, z in enumerate(self.params.logits, 1)
        ]
        return [*below] if self.view.covered else [*self._bars(), *below, *self._rails()]

    def _bars(self) -> list[Mark]:
        named = list(enumerate(zip(self.params.logits, self.shares, strict=True), 1))
        bars = tuple(Bar(i, share, tip=f"{numbers.shortest(logit)} → {share:.3g}") for i, (logit, share) in named)
        tops = [
            Dot(Focus(LOGIT, (i - 1,)), (float(i), share), "ring", numbers.significant(share, 3), "", True, _HANDLE,
                goes="y", own=Span(share, _LEAST, 1 - _LEAST), said=f"{self.texts.get('panels', 'share_axis')} {i}")
            for i, (_, share) in named
        ]  # fmt: skip
        return [Bars(bars), *tops]

    def _rails(self) -> Iterator[Mark]:
        """The temperature, and what is added to all logits, as handles on lines."""
        ends = _across(len(self.shares))
        mean = float(np.mean(self.params.logits))
        values = {TEMPERATURE: math.log10(self.params.temperature), SHIFT: mean}
        told = {TEMPERATURE: numbers.setting(self.params.temperature), SHIFT: numbers.coordinate(mean)}
        for handle, y in _RAILS.items():
            first, last = (_place(end, *_ENDS[handle], *ends) for end in _ENDS[handle])
            yield Segment(Focus(f"rail of {handle}"), (first, y), (last, y), "black")
            yield PlacedText((ends[0], y), self.texts.get("panels", f"handle_{handle}").format(value=told[handle]))
            at = _place(values[handle], *_ENDS[handle], *ends), y
            own = Span(mean, *_ENDS[SHIFT]) if handle == SHIFT else _span_of(self.params.temperature)
            said = self.texts.get("panels", f"handle_{handle}").partition("{")[0].strip(" =")
            yield Dot(Focus(handle), at, "ring", "", "accent_text", True, _HANDLE, goes="x", own=own, said=said)


def moved(params: Params, handle: Focus, x: float, y: float) -> tuple[str, Any] | None:
    """Return the parameter that a handle sets when it is drawn to a place, and its value; None for another mark."""
    ends = _across(len(params.logits))
    match handle.kind:
        case "logit":
            return set_to(params, handle, y)
        case "temperature":
            return set_to(params, handle, float(f"{10 ** _value(x, *_ENDS[TEMPERATURE], *ends):.3g}"))
        case "shift":
            return set_to(params, handle, _value(x, *_ENDS[SHIFT], *ends))
    return None


def set_to(params: Params, handle: Focus, number: float) -> tuple[str, Any]:
    """Return the parameter that a handle sets, and its value, for a share, a temperature or the mean of all logits."""
    logits = np.array(params.logits)
    if handle.kind == TEMPERATURE:
        return "temperature", number
    if handle.kind == LOGIT:
        return "logits", _with_share(logits, params.temperature, handle.at[0], number)
    return "logits", _listed(logits + (number - logits.mean()))


def _span_of(temperature: float) -> Span:
    low, high = (10.0**end for end in _ENDS[TEMPERATURE])
    return Span(temperature, low, high, log=True)


def _with_share(logits: Floats, temperature: float, at: int, share: float) -> list[float]:
    """Return logits of which one was changed so that it has a share: z = T·(log(p/(1 − p)) + log Σ e^(z_j/T))."""
    p = min(max(share, _LEAST), 1 - _LEAST)
    others = np.delete(logits, at) / temperature
    rest = others.max() + math.log(np.exp(others - others.max()).sum())
    changed = logits.copy()
    changed[at] = temperature * (math.log(p / (1 - p)) + rest)
    return _listed(changed)


def _listed(logits: Floats) -> list[float]:
    rounded: list[float] = (np.round(logits, _DECIMALS) + 0.0).tolist()
    return rounded


def _across(count: int) -> tuple[float, float]:
    return 0.4, count + 0.6


def _place(value: float, least: float, most: float, low: float, high: float) -> float:
    """Return where on its rail a value stands: at an end where it lies beyond."""
    share = (min(max(value, least), most) - least) / (most - least)
    return low + (_RAIL[0] + share * (_RAIL[1] - _RAIL[0])) * (high - low)


def _value(x: float, least: float, most: float, low: float, high: float) -> float:
    share = ((x - low) / (high - low) - _RAIL[0]) / (_RAIL[1] - _RAIL[0])
    return least + min(max(share, 0.0), 1.0) * (most - least)
