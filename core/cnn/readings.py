"""How a net reads the held-out digits: which wrongly, how they lie beside each other, and what a push does to that.

    star         each digit at Σ p_k·(cos 2πk/10, sin 2πk/10): near the tip of what it is read as, in between if unsure
    plane        what two units without a function say of a digit, where the last layer but one is such
    silhouette   how much closer a digit lies to its own class than to the next, at several places of the net
    push         every digit moved by the same rows and columns, ink beyond the edge lost

Source: Rousseeuw (1987) for the silhouette.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.cnn.algorithm import examples, outputs_for, picture_of, pushed, scores_of, scores_on_test, shown
from core.cnn.inside import outputs_on_test
from core.cnn.settings import LayerOfCnn, Layers, Params, net
from core.data.digits import CLASSES, digits
from core.nn.activations import value
from core.nn.layers import Conv2D, Dense, Flatten, MaxPooling2D
from core.nn.layers.pooling import Pooling
from core.nn.metrics import called, confusion_matrix, silhouette
from core.nn.similarity import cosines
from core.run.values import Floats, kept

Indices = NDArray[np.int64]
_TURN = 2 * np.pi * np.arange(CLASSES) / CLASSES
TIPS: Floats = np.column_stack([np.cos(_TURN), np.sin(_TURN)])  # of the star, (10, 2)


@dataclass(frozen=True, eq=False)
class Reading:
    """What a net makes of the held-out digits, or of these pushed."""

    scores: Floats  # (360, 10)

    @cached_property
    def labels(self) -> Indices:
        """What they are, (360,)."""
        return digits().labels[digits().test]

    @cached_property
    def called(self) -> Indices:
        """What they are read as, (360,)."""
        return called(self.scores)

    @cached_property
    def probabilities(self) -> Floats:
        """P of each class, (360, 10)."""
        return value("softmax", self.scores)

    @property
    def right(self) -> int:
        """How many are read rightly."""
        return int((self.called == self.labels).sum())

    @property
    def misread(self) -> Indices:
        """Which of all digits are read wrongly; the surest mistake first."""
        wrong = np.flatnonzero(self.called != self.labels)
        sure = self.probabilities[wrong, self.called[wrong]]
        return np.asarray(digits().test[wrong[np.argsort(-sure, kind="stable")]])

    @property
    def confusion(self) -> Indices:
        """How many digits of class i are read as j, (10, 10)."""
        return confusion_matrix(self.labels, self.called, CLASSES)

    @property
    def star(self) -> Floats:
        """Where each digit lies in the star, (360, 2)."""
        return star(self.probabilities)


def star(probabilities: Floats) -> Floats:
    """Return the places (…, 2) that ten probabilities (…, 10) pull to."""
    return probabilities @ TIPS


@kept(4)
def reading(weights: Floats, layers: Layers) -> Reading:
    """Return how a net with weights, a vector of a state's, reads the held-out digits."""
    return Reading(scores_on_test(weights, layers))


@kept(8)
def reading_pushed(weights: Floats, layers: Layers, push: tuple[int, int]) -> Reading:
    """Return the same with each of them pushed by so many rows and columns."""
    x, t = examples(digits().test)
    return Reading(scores_of(weights, layers, pushed(x, push), t))


# ---- where classes part


@kept(8)
def silhouettes(weights: Floats, layers: Layers) -> dict[str, float]:
    """Return the silhouette of the held-out digits by place: `pixels`, `flatten`, `hidden`, `softmax`.

    Flatten is the first, hidden the last Dense before the probabilities; a place that the net has not is left out.
    """
    outputs, labels = outputs_on_test(weights, layers), digits().labels[digits().test]
    places = {"pixels": 0, "flatten": flatten_of(layers), "hidden": hidden_of(layers), "softmax": len(layers)}
    return {name: silhouette(_as_rows(outputs[k]), labels) for name, k in places.items() if k is not None}


def _as_rows(y: Floats) -> Floats:
    return y.reshape(len(y), -1)


def flatten_of(layers: Layers) -> int | None:
    """Return the place, from 1, of the first Flatten."""
    return next((k for k, layer in enumerate(layers, 1) if isinstance(layer, Flatten)), None)


def hidden_of(layers: Layers) -> int | None:
    """Return the place of the layer before the last if it is a Dense over a row: what the last one reads off."""
    k = len(layers) - 1
    is_hidden = k > 0 and isinstance(layers[k - 1], Dense) and len(net(layers).stack.shapes[k]) == 2
    return k if is_hidden else None


def has_plane(layers: Layers) -> bool:
    """Tell whether the last layer reads off two units: then they span a plane, and its classes are regions of it."""
    k = hidden_of(layers)
    layer = layers[k - 1] if k else None
    return isinstance(layer, Dense) and layer.units == 2


def plane(weights: Floats, layers: Layers) -> Floats:
    """Return what the two units give for each held-out digit, (360, 2)."""
    return outputs_on_test(weights, layers)[len(layers) - 1]


def regions(weights: Floats, layers: Layers, x: Floats, y: Floats) -> Indices:
    """Return what the last layer reads at every place of a grid of that plane, (len(y), len(x)): a row for each y."""
    own = net(layers).stack.by_layer(weights)[-1]
    grid = np.stack(np.broadcast_arrays(x[None, :], y[:, None]), axis=-1)
    return called(grid @ own["W"] + own.get("b", 0.0))


# ---- with pooling and without


def has_pooling(layers: Layers) -> bool:
    """Tell whether any layer pools."""
    return any(isinstance(layer, Pooling) for layer in layers)


def twin(layers: Layers) -> Layers:
    """Return the same layers with the other pooling: without it where they have any, else 2 × 2 after each convolution.

    They may make more weights than a net may have, or not fit any more: that is for `check` to say.
    """
    found: list[LayerOfCnn] = []
    for layer in layers:
        if not isinstance(layer, Pooling):
            found.append(layer)
        if isinstance(layer, Conv2D) and not has_pooling(layers):
            found.append(MaxPooling2D(2))
    return tuple(found)


def kept_by_push(weights: Floats, params: Params) -> float:
    """Return the cosine of what Flatten gives for the picture chosen, and for the same pushed: 1 if it stays.

    Without a Flatten it is that of what the last layer is given. 0 where one of them is nothing but 0.
    """
    k = flatten_of(params.layers) or len(params.layers) - 1
    was, now = (outputs_for(weights, params.layers, x)[k].ravel() for x in (picture_of(params), shown(params)))
    return float(cosines(was[None], now)[0])


def ink_lost(params: Params) -> float:
    """Return the share of the picture's ink that its push took over the edge; 0 where it has none."""
    whole = float(picture_of(params).sum())
    return 1.0 - float(shown(params).sum()) / whole if whole else 0.0
