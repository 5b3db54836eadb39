"""How the held-out digits are read, against scikit-learn, scipy and the numbers agreed on for pooling."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from scipy import ndimage
from sklearn.metrics import accuracy_score, confusion_matrix, silhouette_score
from sklearn.metrics.pairwise import cosine_similarity

from core import cnn
from core.cnn import Params, check
from core.cnn.algorithm import outputs_for
from core.cnn.readings import (
    TIPS,
    flatten_of,
    has_plane,
    has_pooling,
    hidden_of,
    ink_lost,
    kept_by_push,
    plane,
    reading,
    reading_pushed,
    regions,
    silhouettes,
    star,
    twin,
)
from core.cnn.settings import net
from core.data.digits import digits
from core.nn.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D
from core.run.streams import Streams

LAST = Dense(10, activation="softmax")
LAYERS = Params().layers
TEST = digits().test


@lru_cache
def trained(params: Params, steps: int) -> Any:
    state = cnn.start(params, Streams.start(0))
    for t in range(1, steps + 1):
        state = cnn.step(state, params, Streams.step(0, t))
    return state


def outputs(weights: Any, layers: Any, k: int) -> Any:
    return np.array([outputs_for(weights, layers, digits().images[i])[k].ravel() for i in TEST])


def test_confusion_and_misread_digits() -> None:
    state = trained(Params(), 60)
    told = reading(state.weights, LAYERS)
    p = outputs(state.weights, LAYERS, 7)
    np.testing.assert_allclose(told.probabilities, p, rtol=1e-9, atol=1e-15)
    np.testing.assert_array_equal(told.called, p.argmax(axis=1))
    np.testing.assert_array_equal(told.confusion, confusion_matrix(digits().labels[TEST], p.argmax(axis=1)))
    wrong = [int(i) for i, one in zip(TEST, p, strict=True) if one.argmax() != digits().labels[i]]
    assert sorted(told.misread) == wrong
    assert len(wrong) == 360 - told.right > 5
    sure = [p[list(TEST).index(i)].max() for i in told.misread]
    assert sure == sorted(sure, reverse=True)


@pytest.mark.parametrize("steps", [1, 46])
def test_accuracies_are_those_of_scikit_learn(steps: int) -> None:
    before, state = trained(Params(), steps - 1), trained(Params(), steps)
    labels, last = digits().labels, len(LAYERS)
    batch = state.batch[state.batch >= 0]
    seen = [outputs_for(before.weights, LAYERS, digits().images[i])[last].argmax() for i in batch]
    assert state.accuracy == pytest.approx(accuracy_score(labels[batch], seen), abs=1e-12)
    read = outputs(trained(Params(), steps - steps % 23).weights, LAYERS, last).argmax(axis=1)
    assert state.test_accuracy == pytest.approx(accuracy_score(labels[TEST], read), abs=1e-12)
    assert (
        accuracy_score(labels[TEST], reading(state.weights, LAYERS).called)
        == reading(state.weights, LAYERS).right / 360
    )


@pytest.mark.parametrize("steps", [0, 40])
def test_silhouettes_are_those_of_scikit_learn(steps: int) -> None:
    state = trained(Params(), steps)
    told = silhouettes(state.weights, LAYERS)
    places = {"pixels": 0, "flatten": 5, "hidden": 6, "softmax": 7}
    assert list(told) == list(places)
    for name, k in places.items():
        theirs = silhouette_score(outputs(state.weights, LAYERS, k), digits().labels[TEST])
        assert told[name] == pytest.approx(theirs, abs=1e-9)


def test_a_place_that_the_net_has_not_is_left_out() -> None:
    layers = (Flatten(), LAST)
    assert hidden_of(layers) is None
    assert list(silhouettes(trained(Params(layers=layers), 0).weights, layers)) == ["pixels", "flatten", "softmax"]
    assert flatten_of((Dense(3), Conv2D(2, 1), Flatten(), LAST)) == 3
    assert hidden_of((Dense(3), Flatten(), Dense(5), LAST)) == 3


def test_the_star() -> None:
    np.testing.assert_allclose(star(np.eye(10)), TIPS)
    np.testing.assert_allclose(TIPS[[0, 5]], [[1, 0], [-1, 0]], atol=1e-15)
    np.testing.assert_allclose(star(np.full(10, 0.1)), 0, atol=1e-15)
    told = reading(trained(Params(), 40).weights, LAYERS)
    angle = 2 * np.pi / 10
    by_hand = [sum(p * np.cos(k * angle) for k, p in enumerate(one)) for one in told.probabilities[:5].tolist()]
    np.testing.assert_allclose(told.star[:5, 0], by_hand)


def test_the_regions_of_two_linear_units_are_what_the_last_layer_reads_there() -> None:
    layers = (*LAYERS[:5], Dense(2), LAST)
    params = Params(layers=layers, learning_rate=0.01)
    state = trained(params, 60)
    assert has_plane(layers)
    assert not has_plane(LAYERS)
    points = plane(state.weights, layers)
    assert points.shape == (360, 2)
    for (x, y), read in zip(points[:20].tolist(), reading(state.weights, layers).called[:20], strict=True):
        assert regions(state.weights, layers, np.array([x]), np.array([y])).tolist() == [[read]]
    grid = regions(state.weights, layers, np.linspace(-3, 3, 4), np.linspace(-1, 1, 5))
    assert grid.shape == (5, 4)


# ---- pooling


def test_the_twin_has_the_other_pooling() -> None:
    """N3: 6,058 weights with pooling, 67,498 without."""
    counts = [sum(count.total for count in net(layers).stack.counts) for layers in (LAYERS, twin(LAYERS))]
    assert counts == [6058, 67498]
    assert not has_pooling(twin(LAYERS))
    assert twin(twin(LAYERS)) == LAYERS
    averaged = tuple(AveragePooling2D(2) if isinstance(layer, MaxPooling2D) else layer for layer in LAYERS)
    assert twin(averaged) == twin(LAYERS)
    assert check(Params(layers=twin(LAYERS))) is None


@pytest.mark.parametrize("push", [(0, -1), (1, 1), (7, 0)])
def test_all_held_out_digits_are_pushed_alike(push: tuple[int, int]) -> None:
    state = trained(Params(), 60)
    told = reading_pushed(state.weights, LAYERS, push)
    for i in range(0, 360, 20):
        moved = ndimage.shift(digits().images[TEST[i]], push, order=0, cval=0.0)
        np.testing.assert_allclose(
            told.probabilities[i], outputs_for(state.weights, LAYERS, moved)[7], rtol=1e-9, atol=1e-15
        )
    assert told.right <= reading(state.weights, LAYERS).right


def test_what_flatten_gives_turns_by_a_push() -> None:
    params = Params(shown=360, push=(0, -1))
    state = trained(Params(), 60)
    assert kept_by_push(state.weights, replace(params, push=(0, 0))) == pytest.approx(1.0)
    pictures = digits().images[360], ndimage.shift(digits().images[360], (0, -1), order=0, cval=0.0)
    was, now = (outputs_for(state.weights, LAYERS, picture)[5] for picture in pictures)
    assert kept_by_push(state.weights, params) == pytest.approx(cosine_similarity(was[None], now[None])[0, 0])
    assert ink_lost(params) == pytest.approx(1 - pictures[1].sum() / pictures[0].sum())
    assert ink_lost(replace(params, push=(7, 7))) > 0.9
    assert ink_lost(replace(params, picture=np.zeros((8, 8)))) == 0


def test_features_part_in_the_hidden_layer() -> None:
    """N4, at 200 of its 460 steps: the classes lie further apart than in the pixels, and more so than at the start."""
    start, end = (silhouettes(trained(Params(), steps).weights, LAYERS) for steps in (0, 200))
    assert end["hidden"] > 1.4 * end["pixels"]
    assert end["hidden"] > 2.5 * start["hidden"]
    assert end["pixels"] == start["pixels"]
