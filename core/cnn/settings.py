"""What is asked of a CNN: its layers, the batches and the rule it learns by, and the digit that is looked at."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Literal

from annotated_types import Ge, Le, Len

from core.cnn.photograph import Photograph, is_photograph
from core.data.digits import CLASSES, COUNT, FIRST_TEST, HELD_OUT, SIDE, digits
from core.nn.convolution import pair
from core.nn.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D, Shape, named, text_of, written
from core.nn.layers.pooling import Pooling
from core.nn.layers.stack import stacked
from core.nn.training import Net
from core.run.parameters import LOG, PICTURE, RESTART, VIEW
from core.run.refusal import Refusal
from core.run.values import Array, frozen, kept

Optimizer = Literal["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
LayerOfCnn = Conv2D | MaxPooling2D | AveragePooling2D | Flatten | Dense
Layers = tuple[LayerOfCnn, ...]
Step = Annotated[int, Ge(1 - SIDE), Le(SIDE - 1)]

GIVEN = named(None, SIDE, SIDE, 1)  # the shape of what the first layer is given
MOST_LAYERS = 20
TRAINING = COUNT - HELD_OUT
MOST_WEIGHTS = 1_000_000  # of all layers: each kept state has three numbers for each
MOST_PRODUCTS = 500_000_000  # of a step, forwards: some tenths of a second
MOST_CELLS = 30_000_000  # laid out at once: some hundred MB
MOST_REACH = 32  # cells from the first to the last that a window sees: same padding would lay out any number


@frozen
class Params:
    """The layers, how they learn, and what is shown to them beside that: a digit or a picture, pushed or not."""

    dataset: Annotated[Literal["digits"], RESTART] = "digits"
    layers: Annotated[tuple[LayerOfCnn, ...], Len(1, MOST_LAYERS), RESTART] = (
        Conv2D(8, 3, padding="same", activation="relu"),
        MaxPooling2D(2),
        Conv2D(16, 3, padding="same", activation="relu"),
        MaxPooling2D(2),
        Flatten(),
        Dense(64, activation="relu"),
        Dense(CLASSES, activation="softmax"),
    )
    batch_size: Annotated[int, Ge(0), Le(TRAINING), RESTART] = 64  # 0 = all digits that are learned from
    learning_rate: Annotated[float, Ge(1e-12), Le(100), LOG] = 0.003
    optimizer: Annotated[Optimizer, RESTART] = "adam"
    epochs: Annotated[int, Ge(1), Le(1000), LOG, RESTART] = 20
    shown: Annotated[int, Ge(0), Le(COUNT - 1), VIEW] = FIRST_TEST
    picture: Annotated[Array | None, PICTURE, VIEW] = None  # (8, 8), 0 paper, 1 ink; shown instead of a digit
    push: Annotated[tuple[Step, Step], VIEW] = (0, 0)  # rows down, columns to the right


@kept(16)
def net(layers: Layers) -> Net:
    """Return the net of these layers: a stack over one digit, and cross-entropy. Raises Refusal if they do not fit."""
    for layer in layers:
        for name, sizes in layer.told().items():
            if sizes != written(GIVEN):
                told = {"layer": layer.type, "name": name, "given": text_of(sizes), "allowed": text_of(written(GIVEN))}
                raise Refusal("layers", "layers_told", told)
    return Net(stacked(layers, GIVEN), "cross-entropy")


def implied(params: Params, given: frozenset[str]) -> Params:
    """Return the params with a photograph made into a digit of 8 × 8 cells."""
    if "picture" in given and params.picture is not None and is_photograph(params.picture):
        return replace(params, picture=Photograph(params.picture).digit)
    return params


# ---- what does not go together


def check(params: Params) -> Refusal | None:
    """Refuse layers that make no net of ten classes or more work than a step bears, and a picture that is none."""
    try:
        made = net(params.layers)
    except Refusal as refusal:
        return refusal
    return (
        next(_reaching_far(params.layers), None)
        or _check_last(params.layers, made.stack.shapes)
        or _check_work(params, made)
        or _check_picture(params.picture)
    )


def _reaching_far(layers: Sequence[LayerOfCnn]) -> Iterator[Refusal]:
    """Yield a refusal for each layer whose windows reach over many times the digit."""
    for k, layer in enumerate(layers, 1):
        if (reach := _reach(layer)) > MOST_REACH:
            values = {"layer": layer.type, "place": k, "given": reach, "allowed": MOST_REACH}
            yield Refusal("layers", "layers_reach", values)


def _reach(layer: LayerOfCnn) -> int:
    """Return from how far apart a window takes its cells, along the longer side; 1 of a layer without windows."""
    match layer:
        case Conv2D():
            along = zip(pair(layer.kernel_size), pair(layer.dilation_rate), strict=True)
            return max(d * (k - 1) + 1 for k, d in along)
        case Pooling():
            return max(pair(layer.pool_size))
    return 1


def _check_last(layers: Sequence[LayerOfCnn], shapes: Sequence[Shape]) -> Refusal | None:
    last = layers[-1]
    is_softmax = isinstance(last, Dense) and last.activation == "softmax"
    if is_softmax and written(shapes[-1]) == (None, CLASSES):
        return None
    values = {"layer": last.type, "given": text_of(written(shapes[-1])), "classes": CLASSES}
    return Refusal("layers", "layers_last" if is_softmax or not isinstance(last, Dense) else "layers_function", values)


def _check_work(params: Params, made: Net) -> Refusal | None:
    weights = sum(count.total for count in made.stack.counts)
    if weights > MOST_WEIGHTS:
        return Refusal("layers", "layers_weights", {"given": weights, "allowed": MOST_WEIGHTS})
    examples = max(params.batch_size or TRAINING, HELD_OUT)  # those held out go through as well
    pairs = list(zip(params.layers, made.stack.shapes, made.stack.shapes[1:], strict=False))
    for key, each, most in (("layers_work", _products, MOST_PRODUCTS), ("layers_cells", _cells, MOST_CELLS)):
        number = examples * sum(each(layer, given, shape) for layer, given, shape in pairs)
        if number > most:
            values = {"given": f"{number:.2g}", "allowed": f"{most:.0g}", "examples": examples}
            return Refusal("layers", key, values)
    return None


def _products(layer: LayerOfCnn, given: Shape, shape: Shape) -> int:
    """Return how many products one digit takes."""
    return layer.count(given).total * math.prod(_sizes(shape)[1:]) if len(shape) > 2 else layer.count(given).total


def _cells(layer: LayerOfCnn, given: Shape, shape: Shape) -> int:
    """Return how many numbers are laid out for one digit: what is given, what all windows see of it."""
    channels, *_ = _sizes(given)
    windows = math.prod(_sizes(shape)[1:])
    seen = channels * math.prod(pair(layer.kernel_size)) * windows if isinstance(layer, Conv2D) else 0
    around = channels * (SIDE + MOST_REACH) ** 2 if _reach(layer) > SIDE else 0
    return seen + around + 2 * math.prod(_sizes(shape))


def _sizes(shape: Shape) -> list[int]:
    """Return the sizes of one example, channels first."""
    return [axis.size or 0 for axis in shape[1:]]


def _check_picture(picture: Array | None) -> Refusal | None:
    if picture is None:
        return None
    if picture.shape != (SIDE, SIDE):
        return Refusal("picture", "picture_shape", {"given": list(picture.shape), "allowed": [SIDE, SIDE]})
    wrong = [float(cell) for cell in picture.flat if not 0 <= cell <= 1]
    return Refusal("picture", "picture_ink", {"given": f"{wrong[0]:g}"}) if wrong else None


def shown_label(params: Params) -> int | None:
    """Return which digit the one shown is; None of a picture that was drawn."""
    return int(digits().labels[params.shown]) if params.picture is None else None


def shown_as(params: Params, other: Params) -> Params:
    """Return the params with what is shown to the net by others: runs beside each other are shown the same."""
    return replace(params, shown=other.shown, picture=other.picture, push=other.push)
