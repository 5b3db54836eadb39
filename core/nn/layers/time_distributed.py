"""TimeDistributed: the same layer, with the same weights, at every time.

    y[:, t] = layer(x[:, t])

All times of a batch are laid behind each other and go through the layer as one long batch; the slopes of its weights
are then the sums over all times. The second written axis is the time, whatever it is called. A stateful layer inside
begins at 0 each time. Source: Keras's wrapper.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, get_args

from numpy.random import Generator
from numpy.typing import NDArray

from core.nn.layers import shapes
from core.nn.layers.convolution import Conv2D
from core.nn.layers.dense import Dense
from core.nn.layers.embedding import Embedding
from core.nn.layers.flatten import Flatten
from core.nn.layers.layer import Count, Floats, Kept, Record, Start, Weights, agree
from core.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from core.nn.layers.recurrent import SimpleRNN
from core.nn.layers.shapes import Cells, Shape
from core.run.refusal import Refusal
from core.run.values import frozen


class ByType:
    """Lets pydantic read a union by its field `type`, without core importing pydantic."""

    def __get_pydantic_core_schema__(self, union: Any, handler: Callable[[Any], Any]) -> dict[str, Any]:
        choices = {kind.__name__: handler.generate_schema(kind) for kind in get_args(union)}  # type: ignore[attr-defined]
        return {"type": "tagged-union", "discriminator": "type", "choices": choices}


@frozen
class TimeDistributed(Record):
    """`layer` at every time."""

    layer: LayerRecord
    type: Literal["TimeDistributed"] = "TimeDistributed"

    @property
    def name(self) -> str:
        """What it wraps, too: TimeDistributed(Dense)."""
        return f"{self.type}({self.layer.type})"

    def inner(self, given: Shape) -> Shape:
        """Return the shape at one time. Raises Refusal where there is no time."""
        sizes = shapes.written(given)
        if len(sizes) < 3:
            values = {"layer": self.name, "needs": "(batch, time, …)", "given": shapes.text_of(sizes)}
            raise Refusal("layers", "layer_axes", values)
        return shapes.named(sizes[0], *sizes[2:])

    def shape(self, given: Shape) -> Shape:
        """Return the layer's shape with the time behind the batch."""
        inner = self.inner(given)
        try:
            agree(self.layer, inner)
            batch, *others = shapes.written(self.layer.shape(inner))
        except Refusal as refused:
            raise Refusal(refused.field, refused.key, {**refused.values, "layer": self.name}) from None
        return shapes.named(batch, shapes.written(given)[1], *others)

    def sizes(self, given: Shape) -> dict[str, tuple[int, ...]]:
        """Return the shapes of the layer's weights; there is one set for all times."""
        return self.layer.sizes(self.inner(given))

    def count(self, given: Shape) -> Count:
        """Return the layer's own count, however many times there are."""
        return self.layer.count(self.inner(given))

    def start(self, given: Shape, rng: Generator, start: Start = "glorot") -> Weights:
        """Return the layer's first weights."""
        return self.layer.start(self.inner(given), rng, start)

    def forward(self, weights: Weights, x: Floats) -> tuple[Floats, Kept]:
        """Return what the layer makes of every time."""
        batch_and_time = shapes.as_written(x).shape[:2]
        y, kept = self.layer.forward(weights, _as_one_batch(x))
        return _with_time(y, batch_and_time), (batch_and_time, kept)

    def backward(self, weights: Weights, kept: Kept, slope: Floats) -> tuple[Floats, Weights]:
        """Return ∂L/∂x and the slopes of the layer's weights."""
        batch_and_time, inside = kept
        by_x, slopes = self.layer.backward(weights, inside, _as_one_batch(slope))
        return _with_time(by_x, batch_and_time), slopes

    def sees(self, given: Shape, cells: Cells) -> Cells:
        """Return what the layer sees, at the same time."""
        batch, time, *others = shapes.channels_last(cells)
        inside = self.layer.sees(self.inner(given), shapes.channels_first((batch, *others)))
        return shapes.channels_first((batch, time, *shapes.channels_last(inside)[1:]))

    def reaches(self, given: Shape, cells: Cells) -> Cells:
        """Return what the layer makes of them, at the same time."""
        batch, time, *others = shapes.channels_last(cells)
        inside = self.layer.reaches(self.inner(given), shapes.channels_first((batch, *others)))
        return shapes.channels_first((batch, time, *shapes.channels_last(inside)[1:]))


LayerRecord = Annotated[
    Dense | Conv2D | MaxPooling2D | AveragePooling2D | Flatten | Embedding | SimpleRNN | TimeDistributed, ByType()
]


def _as_one_batch(x: Floats) -> Floats:
    x = shapes.as_written(x)
    return shapes.as_computed(x.reshape(-1, *x.shape[2:]))


def _with_time(y: NDArray[Any], batch_and_time: tuple[int, ...]) -> NDArray[Any]:
    y = shapes.as_written(y)
    return shapes.as_computed(y.reshape(*batch_and_time, *y.shape[1:]))
