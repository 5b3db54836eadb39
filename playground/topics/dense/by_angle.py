"""The numbers that the handles of the lines stand for, as keys move them: the angle of w, and b."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from core.dense.nets import NetName, named
from core.dense.settings import Params
from core.run.explanation import Focus
from core.run.values import Floats, kept
from playground.playback.view import View
from playground.topics.dense.fields import home_of
from playground.words.texts import Texts
from widgets.plots.marks.arrows_and_dots import Dot
from widgets.plots.marks.handle import Span
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.points import Targets

_HALF = 180.0  # degrees


def set_to(handle: Focus, number: float, state: Any, params: Params) -> tuple[str, Floats]:
    """Return which array becomes what where w of a line gets an angle, in degrees, and keeps its length; or b."""
    if handle.kind == "shift":
        return "b", np.array([number])
    net = _net_of(handle)
    length, angle = math.hypot(*_w_and_b(state, net, params)[0]), math.radians(number)
    w = np.array([[length * math.cos(angle)], [length * math.sin(angle)]])
    return ("without_bias.W" if net == "without_bias" else "W"), w


def known_to_keys(marks: Iterable[Mark], view: View, texts: Texts) -> Iterator[Mark]:
    """Give the handles of lines their numbers and names; the point that is chosen becomes a handle."""
    for mark in marks:
        if isinstance(mark, Targets) and (point := _chosen(view)) is not None:
            yield replace(mark, chosen=point, said=texts.get("panels", "point").format(n=point + 1))
        elif isinstance(mark, Dot) and mark.draggable and isinstance(mark.focus, Focus):
            yield _numbered(mark, mark.focus, view, texts)
        else:
            yield mark


def _numbered(dot: Dot, handle: Focus, view: View, texts: Texts) -> Dot:
    key = "shift" if handle.kind == "shift" else "turn"
    if not handle.kind.startswith(key):  # a cloud
        return dot
    net, params = _net_of(handle), view.params
    w, b = _w_and_b(view.state, net, params)
    own = Span(math.degrees(math.atan2(w[1], w[0])), -_HALF, _HALF, turns=True)
    if key == "shift":
        farthest = math.hypot(*w) * max(map(abs, home_of(params))) or 1.0  # with which the line is still in view
        own = Span(b, -farthest, farthest)
    return replace(dot, goes="", own=own, said=f"{texts.name(net)}, {texts.get('panels', key)}")


def _net_of(handle: Focus) -> NetName:
    return "without_bias" if handle.kind.endswith("without_bias") else "with_bias"


def _w_and_b(state: Any, net: NetName, params: Params) -> tuple[list[float], float]:
    return _numbers_of(getattr(state, net).weights, net, params)


@kept(4)
def _numbers_of(weights: Floats, net: NetName, params: Params) -> tuple[list[float], float]:
    own = named(weights, net, params)
    return own["W"][:, 0].tolist(), float(own["b"][0]) if "b" in own else 0.0


def _chosen(view: View) -> int | None:
    """Return the point that is chosen."""
    return view.focus.at[0] if view.focus and view.focus.kind == "point" else None
