"""What of a stack stays from step to step: sheets, axes, shapes and the bars of the layers; it is placed once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from PySide6.QtCore import QRectF

from core.nn.layers import Stack, written
from core.shapes.carried import Axes
from playground.topics.shapes.axes import Sheets, Slices
from playground.topics.shapes.stack_axes import AxisLines
from playground.topics.shapes.stack_plan import BAR, SLICE, Place, Plan
from playground.topics.shapes.stack_words import Words
from playground.words.texts import Language, Texts, language
from widgets.base.labels import plot_font, text_height
from widgets.grids.board import Caption, Item
from widgets.grids.board_lines import Pages

Lit = tuple[tuple[int, Axes], ...]


def planned(made: Stack, at: int, width: float, height: float) -> Plan:
    """Return where a stack stands on a board, with tensor `at` in view; where all has room, always the same plan."""
    font = plot_font("strong").key()
    first = _planned(made, 0, width, height, font)
    return _planned(made, at, width, height, font) if first.is_part else first


@lru_cache(maxsize=16)
def _planned(made: Stack, at: int, width: float, height: float, _font: str) -> Plan:
    return Plan(made, at, width, height)


def standing(
    made: Stack, plan: Plan, height: float, axes: Mapping[int, Axes], chosen: int | None, texts: Texts
) -> tuple[Item, ...]:
    """Return what stays from step to step; `axes` are those lit, by tensor, `chosen` is a layer, from 1."""
    return _standing(made, plan, height, tuple(axes.items()), chosen, texts, language(), plot_font("strong").key())


@lru_cache(maxsize=16)
def _standing(
    made: Stack, plan: Plan, height: float, axes: Lit, chosen: int | None, texts: Texts, _said: Language, _font: str
) -> tuple[Item, ...]:
    words, items = Words(made, texts), list[Item]()
    for place in plan.places:
        lit = dict(axes).get(place.k, frozenset())
        items += [*_behind(made, place), *AxisLines(made, place, lit, texts).items(), *words.of_tensor(place, lit)]
    for k, top in plan.joints.items():
        items += words.of_layer(k, top, plan.end, k == chosen)
    return (*items, *_beyond(made, plan, height, texts))


def _behind(made: Stack, place: Place) -> Iterator[Item]:
    front = place.front
    shift = (place.drawn.slices - 1) * SLICE
    yield Sheets(front.translated(shift, -shift), written(made.shapes[place.k])[0] is not None)
    if shift:
        yield Slices(front, place.drawn.slices - 1, SLICE)


def _beyond(made: Stack, plan: Plan, height: float, texts: Texts) -> Iterator[Item]:
    """Say how many layers have no room above and below, and where those in view lie among them."""
    lowest = height - text_height("tick") - 2
    for where, count, y in (("above", plan.first, 2.0), ("below", len(made.layers) - plan.last, lowest)):
        if count and not plan.is_slim:
            yield Caption(texts.get("board", where).format(count=count), 2.0, y, "tick", "muted")
    if plan.is_part:
        bar = QRectF(plan.end + 2, 0, BAR - 2, height)
        yield Pages(bar, plan.first, plan.last - plan.first + 1, len(made.shapes))
