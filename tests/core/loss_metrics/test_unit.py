"""Losses of the unit against torch and differences, its metrics against scikit-learn."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn import metrics as judge

from core.loss_metrics import METRICS, Params
from core.loss_metrics.settings import data_of
from core.loss_metrics.unit import Answers, every_loss, judged, metrics_by_weights, scores
from core.nn.losses import LOSSES

Floats = NDArray[np.float64]
JUDGES = {
    "accuracy": judge.accuracy_score, "precision": judge.precision_score, "recall": judge.recall_score,
    "f1": judge.f1_score,
}  # fmt: skip


def log_odds(p: Floats) -> Floats:
    return np.asarray(np.log(p) - np.log1p(-p))


def test_losses_have_the_order_of_their_ids() -> None:
    assert LOSSES == ("mse", "mae", "huber", "hinge", "cross-entropy")


def by_hand(loss: str, z: float, t: int) -> float:
    p = 1 / (1 + math.exp(-z))
    size = abs(p - t)
    return {
        "mse": size**2, "mae": size, "huber": size**2 / 2 if size <= 0.5 else 0.5 * (size - 0.25),
        "hinge": max(0.0, 1 - (2 * t - 1) * z), "cross-entropy": math.log(1 + math.exp(z)) - t * z,
    }[loss]  # fmt: skip


def test_every_loss_is_what_its_formula_says_and_slopes_as_it_does() -> None:
    rng, h = np.random.default_rng(8), 1e-5
    z, t = rng.normal(0, 3, 60), rng.integers(0, 2, 60)
    away = (np.abs(np.abs(z) - 1) > 1e-3) & (np.abs(z) > 1e-3)  # from the kinks of hinge and Huber
    values, slopes = every_loss(z, t)
    for i, loss in enumerate(LOSSES):
        assert values[i] == pytest.approx([by_hand(loss, *pair) for pair in zip(z, t, strict=True)], rel=1e-12)
        rises = [
            (by_hand(loss, a + h, b) - by_hand(loss, a - h, b)) / (2 * h) for a, b in zip(z[away], t[away], strict=True)
        ]
        assert slopes[i][away] == pytest.approx(rises, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("z", [-1000.0, 1000.0])
def test_every_loss_is_finite_far_out(z: float) -> None:
    for t in (0, 1):
        values, slopes = every_loss(np.array([z]), np.array([t]))
        assert np.isfinite(values).all()
        assert np.isfinite(slopes).all()


@settings(deadline=None, max_examples=60)
@given(
    places=st.lists(st.integers(0, 8), min_size=1, max_size=30),
    classes=st.integers(0, 2**30),
    threshold=st.sampled_from([0.0, 0.2, 0.5, 0.7, 1.0]),
)
def test_metrics_are_those_of_scikit_learn_with_ties_one_class_and_all_equal(
    places: list[int], classes: int, threshold: float
) -> None:
    t = np.array([classes >> i & 1 for i in range(len(places))])
    seen = Answers(np.array(places, dtype=float) - 4, t, threshold)
    called = (seen.p >= threshold).astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what does not exist
        for name, score in JUDGES.items():
            judged_as = score(t, called, **({} if name == "accuracy" else {"zero_division": np.nan}))
            assert seen.metric(name) == pytest.approx(judged_as, nan_ok=True), name  # type: ignore[arg-type]
    if len(set(t.tolist())) == 2:
        assert seen.auc == pytest.approx(judge.roc_auc_score(t, seen.p))
    else:
        assert math.isnan(seen.auc)
    assert seen.counts.tp + seen.counts.fp + seen.counts.fn + seen.counts.tn == len(t)


def test_cross_entropy_is_that_of_torch() -> None:
    torch: Any = pytest.importorskip("torch")
    rng = np.random.default_rng(1)
    z, t = rng.normal(0, 20, 50), rng.integers(0, 2, 50)
    given_z = torch.tensor(z, requires_grad=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(given_z, torch.tensor(t, dtype=torch.float64))
    loss.backward()
    ours = judged("cross-entropy", z, t)
    assert ours.mean == pytest.approx(loss.item(), rel=1e-12)
    assert ours.slope_of_mean == pytest.approx(given_z.grad.numpy(), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("imbalance", [0.01, 0.4])
def test_metrics_of_many_weights_are_those_of_each(threshold: float, imbalance: float) -> None:
    data = data_of(Params(n_samples=80, imbalance=imbalance))
    weights = np.random.default_rng(2).normal(0, 2, (25, 3))
    weights[3] = 0
    many = metrics_by_weights(weights, data.points, data.targets, threshold)
    assert set(many) == set(METRICS) - {"auc"}
    for i, own in enumerate(weights):
        seen = Answers(scores(own, data.points), data.targets, threshold)
        for name, values in many.items():
            assert values[i] == pytest.approx(seen.metric(name), nan_ok=True)  # type: ignore[arg-type]


def test_metrics_of_more_weights_than_fit_at_once_and_of_none(monkeypatch: pytest.MonkeyPatch) -> None:
    data = data_of(Params(n_samples=40))
    weights = np.random.default_rng(2).normal(0, 2, (23, 3))
    whole = metrics_by_weights(weights, data.points, data.targets, 0.5)
    monkeypatch.setattr("core.loss_metrics.unit._AT_ONCE", 100)
    parted = metrics_by_weights(weights, data.points, data.targets, 0.5)
    assert all(np.array_equal(whole[name], parted[name], equal_nan=True) for name in whole)
    assert metrics_by_weights(weights[:0], data.points, data.targets, 0.5)["accuracy"].shape == (0,)
