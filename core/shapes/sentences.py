"""What each layer does, as the key of a sentence and the values that fill it.

Only shapes and the layer's arguments decide: no number of the example does.
"""

from __future__ import annotations

from collections.abc import Sequence

from core.nn.convolution import pair
from core.nn.layers import (
    Conv2D,
    Dense,
    Embedding,
    Flatten,
    Layer,
    MaxPooling2D,
    Shape,
    SimpleRNN,
    Stack,
    TimeDistributed,
    text_of,
    written,
)
from core.nn.layers.layer import name_of
from core.nn.layers.pooling import Pooling
from core.run.explanation import grouped

Said = tuple[str, dict[str, float | str]]  # a key of the sentences, and what fills it


def sentence_of(made: Stack, k: int) -> Said:
    """Return what layer k, counted from 1, makes of what it is given."""
    layer, given, shape = made.layers[k - 1], made.shapes[k - 1], made.shapes[k]
    if isinstance(layer, Embedding):
        return _embedding(made, k, layer)
    values: dict[str, float | str] = {
        "before": _between(given), "after": _between(shape), "inputs": str(written(given)[-1]),
        "outputs": str(written(shape)[-1]), "weights": grouped(made.counts[k - 1].total),
    }  # fmt: skip
    key, more = _by_kind(layer, given, shape)
    return key, {**values, **more}


def _between(shape: Shape) -> str:
    """Return the axes between the batch and the last: rows × columns, or times."""
    return " × ".join(map(str, written(shape)[1:-1]))


def _by_kind(layer: Layer, given: Shape, shape: Shape) -> Said:
    match layer:
        case Dense():
            return ("dense.all" if len(given) == 2 else "dense.last"), {}
        case Conv2D():
            window = text_of(pair(layer.kernel_size))
            return f"conv2d.{_picture(given, shape)}", {"window": window}
        case Pooling():
            window = text_of(pair(layer.pool_size))
            kind = "max" if isinstance(layer, MaxPooling2D) else "average"
            return f"{kind}.{_picture(given, shape)}", {"window": window}
        case Flatten():
            return _flatten(given, shape)
        case SimpleRNN():
            return ("rnn.every" if layer.return_sequences else "rnn.last"), {}
        case TimeDistributed():
            return "time_distributed", _at_a_time(layer, given)
    raise TypeError(f"there is nothing to say of {name_of(layer)}")


def _at_a_time(layer: TimeDistributed, given: Shape) -> dict[str, float | str]:
    inner = layer.inner(given)
    one, made = (text_of(written(shape)[1:]) for shape in (inner, layer.layer.shape(inner)))
    return {"layer": name_of(layer.layer), "one": one, "made": made, "times": str(written(given)[1])}


def _picture(given: Shape, shape: Shape) -> str:
    """Tell whether rows and columns stay, change, or are not all known."""
    before, after = _between(given), _between(shape)
    return "open" if "None" in before else "kept" if before == after else "changed"


def _flatten(given: Shape, shape: Shape) -> Said:
    sizes, product = written(given)[1:], written(shape)[1]
    values: dict[str, float | str] = {"axes": " × ".join(map(str, sizes)), "product": str(product)}
    if product is None:
        return "flatten.open", values
    return f"flatten.{('one', 'kept', 'laid')[min(len(sizes), 2)]}", values


def _embedding(made: Stack, k: int, layer: Embedding) -> Said:
    values: dict[str, float | str] = {"rows": str(layer.input_dim), "outputs": str(layer.output_dim)}
    if not _computes(made.layers[: k - 1]):
        return "embedding.row", values
    return "embedding.computed", {**values, "after": name_of(made.layers[k - 2])}


def _computes(layers: Sequence[Layer]) -> bool:
    """Tell whether any of some layers gives other numbers than it is given: then they need not be whole."""
    inner = [layer.layer if isinstance(layer, TimeDistributed) else layer for layer in layers]
    return not all(isinstance(layer, Flatten | MaxPooling2D) for layer in inner)
