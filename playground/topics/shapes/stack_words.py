"""What stands beside the tensors and on the bars of the layers: shapes, names of axes, what a layer does, weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRectF, Qt

from core.nn.layers import Flatten, Stack, written
from core.shapes.carried import Axes
from core.shapes.keras_code import call
from core.shapes.sentences import sentence_of
from playground.topics.shapes.axes import JointBox, Underline, colour_of, names_in
from playground.topics.shapes.stack_plan import JOINT, Place, Plan
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item, Spot

_PAD = 10.0  # px inside a layer's bar
_LEFT = 2.0  # px before a shape
Piece = tuple[str, str]  # a text and its colour


@dataclass(frozen=True)
class Words:
    """The words of a stack that is drawn."""

    made: Stack
    texts: Texts

    def of_tensor(self, place: Place, lit: Axes) -> Iterator[Item]:
        """Yield the shape, each size in the colour of its axis and a line under those lit, and the names below it."""
        names, sizes = names_in(self.made, place.k), written(self.made.shapes[place.k])
        x, y = _LEFT, place.words
        for i, (name, size) in enumerate(zip(names, sizes, strict=True)):
            yield Caption(before := ", " if i else "(", x, y, "strong", "text")
            x += text_width(before, "strong")
            yield Caption(str(size), x, y, "strong", colour_of(name))
            box = QRectF(x, y, text_width(str(size), "strong"), text_height("strong"))
            yield from self._pointable(place.k, i, name, box, i in lit)
            x = box.right()
        yield Caption(",)" if len(sizes) == 1 else ")", x, y, "strong", "text")
        below = list(self._below(place.k, names))
        if place.names and sum(text_width(text, "tick") for text, _ in below) <= place.left - 30:
            yield from _in_a_row(below, y + text_height("strong") + 2, "tick")

    def _pointable(self, k: int, axis: int, name: str, box: QRectF, lit: bool) -> Iterator[Item]:
        yield Spot(f"axis {k} {axis}", box.adjusted(-3, -2, 3, 2))
        if lit:
            yield Underline(QLineF(box.left(), box.bottom() - 1, box.right(), box.bottom() - 1), colour_of(name))

    def _below(self, k: int, names: Sequence[str]) -> Iterator[Piece]:
        """Yield the names of the axes; of a row that was laid out, the axes it was laid out from."""
        if k and isinstance(self.made.layers[k - 1], Flatten) and len(self.made.shapes[k - 1]) > 2:
            given = self.made.shapes[k - 1][1:]
            pieces = [(str(axis.size), colour_of(axis.name)) for axis in given]
            yield from _between(pieces, " × ")
        else:
            yield from _between([(self._axis(name), colour_of(name)) for name in names], " · ")

    def _axis(self, name: str) -> str:
        return self.texts.find("axes", name) or name

    def of_layer(self, k: int, top: float, width: float, chosen: bool) -> Iterator[Item]:
        """Yield the bar of a layer: how it is called, what it does to the axes, how many weights it has."""
        bar = joint_box(top, width)
        yield Spot(f"joint {k}", bar, Qt.CursorShape.OpenHandCursor)
        yield JointBox(bar, "chosen" if chosen else "ahead")
        y = top + (JOINT - text_height("strong")) / 2
        name, count = call(self.made.layers[k - 1]), numbers.count(self.made.counts[k - 1].total)
        weights = self.texts.get("board", "weights").format(count=count)
        if text_width(name, "strong") + text_width(weights, "label") + 2 * _PAD + 12 > width:
            weights = count
        room = width - 2 * _PAD - text_width(weights, "label") - 12
        yield Caption(name, _PAD, y, "strong", "text", widest=max(40.0, room))
        if room > 40:
            yield Caption(weights, width - _PAD, y, "label", "text", "right")
        left = _PAD + text_width(name, "strong") + 12
        if (rest := _PAD + room - left) > 60:
            y = top + (JOINT - text_height("subtitle")) / 2
            yield Caption(self.does(k), left, y, "subtitle", "muted", widest=rest)

    def does(self, k: int) -> str:
        """Return in a few words what layer k does to the axes."""
        key, values = sentence_of(self.made, k)
        short = key.partition(".")[0] if key.startswith("embedding") else key
        return self.texts.get("joints", short).format(**values)


def joint_box(top: float, width: float) -> QRectF:
    """Return where the bar of a layer stands."""
    return QRectF(0.5, top, width - 1, JOINT)


def joint_at(plan: Plan, k: int) -> QRectF:
    """Return where the bar of layer k stands, which must be in view."""
    return joint_box(plan.joints[k], plan.end)


def _between(pieces: Sequence[Piece], sign: str) -> Iterator[Piece]:
    for i, piece in enumerate(pieces):
        yield from [(sign, "muted")] * (i > 0)
        yield piece


def _in_a_row(pieces: Sequence[Piece], y: float, role: str) -> Iterator[Caption]:
    x = _LEFT
    for text, colour in pieces:
        yield Caption(text, x, y, role, colour)
        x += text_width(text, role)
