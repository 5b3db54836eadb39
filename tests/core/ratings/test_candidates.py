"""The net of candidate generation against numbers made one by one, and what it serves against a plain order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.ratings import Params, State, arrays, implied, series, start, step
from core.ratings.candidates import Candidates, first_of, net_of
from core.ratings.settings import examples_of, histories_of
from core.run.streams import Streams

BASE = implied(Params(model="candidates"), frozenset({"model"}))


def run(params: Params, steps: int, seed: int = 0) -> State:
    state = start(params, Streams.start(seed))
    for t in range(1, steps + 1):
        state = step(state, params, Streams.step(seed, t))
    return state


def scores(told: Any, centre: Any, params: Params) -> tuple[Any, Any]:
    """Return the user's vector and the scores, layer by layer."""
    h = centre
    for k in range(1, len(params.hidden) + 1):
        h = np.maximum(h @ told[f"hidden_{k}.W"] + told[f"hidden_{k}.b"], 0)
    bias = told["output.b"] if params.output_bias else 0.0
    return h, h @ told["output.W"] + bias


def loss(told: Any, examples: list[tuple[Any, int, float]], params: Params) -> float:
    """Return the loss of (videos watched, target, weight) one by one."""
    total = 0.0
    for watched, target, weight in examples:
        _, z = scores(told, np.mean([told["videos"][video] for video in watched], axis=0), params)
        total += weight * (np.log(np.exp(z - z.max()).sum()) + z.max() - z[target])
    return total


@pytest.mark.parametrize("given", [{}, {"output_bias": False}, {"hidden": (5, 3), "n_factors": 2}])
def test_arrays_have_the_shapes_and_serve_the_largest(given: Any) -> None:
    params = replace(BASE, watched=(3, 3, 7), top=6, **given)
    told, last = arrays(run(params, 30), params), params.hidden[-1]
    assert told["videos"].shape == (24, params.n_factors)
    assert told["output.W"].shape == (last, 24)
    centre = (2 * told["videos"][3] + told["videos"][7]) / 3
    u, z = scores(told, centre, params)
    np.testing.assert_allclose(told["user"], u, atol=1e-12)
    np.testing.assert_allclose(told["scores"], z, atol=1e-12)
    np.testing.assert_allclose(told["probabilities"], np.exp(z) / np.exp(z).sum(), atol=1e-12)
    b = told["output.b"] if params.output_bias else np.zeros(24)
    away = [np.linalg.norm(np.append(told["output.W"][:, j] - u, b[j] - 1)) for j in range(24)]
    wanted = {"softmax": -z, "dot_bias": -z, "dot": -(u @ told["output.W"]), "euclid": np.array(away)}
    for name, values in wanted.items():
        order = [place for _, place in sorted((float(value), j) for j, value in enumerate(values))][:6]
        assert told[f"top_{name}"].tolist() == order


def test_of_equal_scores_the_first_video_goes_first() -> None:
    state = run(BASE, 0).with_array("output.W", np.zeros((8, 24)), BASE)
    told = arrays(state, BASE)
    for name in ("softmax", "dot", "dot_bias", "euclid"):
        assert told[f"top_{name}"].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("given", [{}, {"output_bias": False}, {"hidden": (3, 4)}])
def test_a_step_of_sgd_goes_down_the_slope_of_its_batch(given: Any) -> None:
    histories = ((0, 1, 2), (2, 3), (0, 3, 3, 1))
    params = replace(BASE, histories=histories, optimizer="sgd", learning_rate=1.0, batch_size=5, n_factors=2,
                     watched=(0,), **({"hidden": (3,)} | given))  # fmt: skip
    first, after = run(params, 3), run(params, 4)
    before, told = arrays(first, params), arrays(after, params)
    batch = []
    for person, target in zip(told["person"].tolist(), told["target"].tolist(), strict=True):
        others = list(histories[person])
        others.remove(target)
        batch.append((others, target, 1 / 5))
    for name in [name for name in before if name in ("videos", "output.W", "output.b") or name.startswith("hidden")]:
        if name == "output.b" and not params.output_bias:
            continue
        slopes = np.zeros_like(before[name])
        for place in np.ndindex(slopes.shape):
            ends = []
            for shift in (1e-6, -1e-6):
                moved = before[name].copy()
                moved[place] += shift
                ends.append(loss({**before, name: moved}, batch, params))
            slopes[place] = (ends[0] - ends[1]) / 2e-6
        np.testing.assert_allclose(before[name] - told[name], slopes, rtol=1e-5, atol=2e-9)


def test_slopes_of_a_batch_are_those_of_torch() -> None:
    torch = pytest.importorskip("torch")
    histories = ((0, 1, 2), (2, 3), (0, 3, 3, 1))
    params = replace(BASE, histories=histories, optimizer="sgd", learning_rate=1.0, batch_size=5, watched=(0,))
    before, told = (arrays(run(params, t), params) for t in (3, 4))
    names = ("videos", "hidden_1.W", "hidden_1.b", "output.W", "output.b")
    given = {name: torch.tensor(np.array(before[name]), requires_grad=True) for name in names}
    centres = []
    for person, target in zip(told["person"].tolist(), told["target"].tolist(), strict=True):
        others = list(histories[person])
        others.remove(target)
        centres.append(given["videos"][others].mean(dim=0))
    u = torch.relu(torch.stack(centres) @ given["hidden_1.W"] + given["hidden_1.b"])
    scores = u @ given["output.W"] + given["output.b"]
    torch.nn.functional.cross_entropy(scores, torch.tensor(told["target"])).backward()
    for name, tensor in given.items():
        np.testing.assert_allclose(before[name] - told[name], tensor.grad.numpy(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_the_first_ones_are_those_of_a_stable_argsort(seed: int) -> None:
    values = np.random.default_rng(seed).integers(0, 6, 24).astype(float)  # many are equal
    for count in (1, 5, 24, 30):
        assert first_of(values, count).tolist() == np.argsort(-values, kind="stable")[:count].tolist()


def test_the_loss_told_is_that_expected_of_a_draw() -> None:
    params = replace(BASE, histories=((0, 1, 2), (2, 3)), watched=(0,))
    state = run(params, 3)
    every = [((1, 2), 0, 1 / 6), ((0, 2), 1, 1 / 6), ((0, 1), 2, 1 / 6), ((3,), 2, 1 / 4), ((2,), 3, 1 / 4)]
    assert series(state, params)["loss"] == pytest.approx(loss(arrays(state, params), every, params), rel=1e-12)


def test_people_and_targets_are_drawn_evenly_and_the_first_row_has_none() -> None:
    assert set(arrays(run(BASE, 0), BASE)["person"].tolist()) == {-1}
    params, people = replace(BASE, batch_size=256), histories_of(BASE).people
    drawn = [arrays(run(params, 1, seed), params) for seed in range(40)]
    persons = np.concatenate([told["person"] for told in drawn])
    targets = np.concatenate([told["target"] for told in drawn])
    assert all(target in people[person] for person, target in zip(persons, targets, strict=True))
    counts = np.bincount(persons, minlength=120)
    assert counts.min() > 40
    assert counts.max() < 140
    known = examples_of(params)
    share = np.bincount(targets, minlength=24) / len(targets)
    np.testing.assert_allclose(share, np.bincount(known.target, known.shares, 24), atol=0.012)


def test_weights_keep_their_shape() -> None:
    with pytest.raises(ValueError, match="shape"):
        run(BASE, 0).with_array("videos", np.ones((24, 3)), BASE)
    state = run(BASE, 2).with_array("hidden_1.b", np.arange(8.0), BASE)
    assert arrays(state, BASE)["hidden_1.b"].tolist() == list(range(8))
    assert isinstance(state.learned, Candidates)
    assert len(state.learned.weights) == sum(count.total for count in net_of(BASE).stack.counts)
