"""Losses against scikit-learn, SciPy, torch and central differences; numbers by hand where scores are far out."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import special
from sklearn.metrics import hinge_loss, log_loss, mean_absolute_error, mean_squared_error

from core.nn import activations
from core.nn.losses import DELTA, LOSSES, judge

Floats = NDArray[np.float64]
RNG = np.random.default_rng(3)
Z, T = RNG.normal(0, 3, (40, 1)), RNG.integers(0, 2, (40, 1))
Z5, T5 = RNG.normal(0, 3, (40, 5)), RNG.integers(0, 5, 40)


def test_cross_entropy_is_scikit_learns() -> None:
    ours = judge("cross-entropy", "sigmoid", Z, T)
    assert ours.mean == pytest.approx(log_loss(T.ravel(), special.expit(Z.ravel())), rel=1e-12)
    many = judge("cross-entropy", "softmax", Z5, T5)
    assert many.values.shape == (40,)
    assert many.mean == pytest.approx(log_loss(T5, special.softmax(Z5, axis=1)), rel=1e-12)


def test_targets_of_one_score_may_lack_its_axis() -> None:
    assert judge("cross-entropy", "sigmoid", Z, T.ravel()).mean == judge("cross-entropy", "sigmoid", Z, T).mean
    assert judge("mse", "sigmoid", Z, T.ravel()).mean == judge("mse", "sigmoid", Z, T).mean


def test_the_others_are_scikit_learns() -> None:
    p, t = special.expit(Z.ravel()), T.ravel()
    assert judge("mse", "sigmoid", Z, T).mean == pytest.approx(mean_squared_error(t, p), rel=1e-12)
    assert judge("mae", "sigmoid", Z, T).mean == pytest.approx(mean_absolute_error(t, p), rel=1e-12)
    assert judge("hinge", "sigmoid", Z, T).mean == pytest.approx(hinge_loss(t, Z.ravel()), rel=1e-12)
    assert judge("huber", "sigmoid", Z, T).mean == pytest.approx(float(special.huber(0.5, p - t).mean()), rel=1e-12)
    assert DELTA == 0.5


@pytest.mark.parametrize(
    ("loss", "function"), list(itertools.product(LOSSES, ["sigmoid", "tanh", "linear", "softplus", None]))
)
def test_slopes(loss: Any, function: Any, slope_of: Any, near: Any) -> None:
    z, t = np.linspace(-3.05, 2.83, 21)[:, None], (np.arange(21) % 2)[:, None]
    ours = judge(loss, function, z, t)
    assert ours.values.shape == z.shape
    near(ours.slope_of_mean, slope_of(lambda x: judge(loss, function, x, t).mean, z))
    alone = [judge(loss, function, z[i : i + 1], t[i : i + 1]) for i in range(len(z))]
    np.testing.assert_array_equal(ours.slopes, np.concatenate([one.slope_of_mean for one in alone]))


@pytest.mark.parametrize("shape", [(6,), (3, 4)])
def test_slopes_of_many_classes(shape: tuple[int, ...], slope_of: Any, near: Any) -> None:
    rng = np.random.default_rng(1)
    z, t = rng.normal(0, 2, (*shape, 5)), rng.integers(0, 5, shape)
    ours = judge("cross-entropy", "softmax", z, t)
    assert ours.values.shape == shape
    near(ours.slope_of_mean, slope_of(lambda x: judge("cross-entropy", "softmax", x, t).mean, z))
    numbers = rng.normal(size=z.shape)
    squared = judge("mse", "softmax", z, numbers)
    near(squared.slope_of_mean, slope_of(lambda x: judge("mse", "softmax", x, numbers).mean, z))


def test_targets_between_the_classes_have_their_slope_too(slope_of: Any, near: Any) -> None:
    z, t = RNG.normal(size=(5, 2)), RNG.uniform(size=(5, 2))
    ours = judge("cross-entropy", "sigmoid", z, t)
    np.testing.assert_allclose(ours.values, np.logaddexp(0, z) - t * z, rtol=1e-12)
    near(ours.slope_of_mean, slope_of(lambda x: judge("cross-entropy", "sigmoid", x, t).mean, z))


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("t", [0, 1])
def test_scores_far_out_are_finite(loss: Any, t: int) -> None:
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        z = np.array([[-1000.0], [1000.0]])
        ours = judge(loss, "sigmoid", z, np.full((2, 1), t))
        many = judge("cross-entropy", "softmax", np.array([[1000.0, -1000.0]]), np.array([t]))
    assert np.isfinite(ours.values).all()
    assert np.isfinite(ours.slopes).all()
    assert many.values.tolist() == [2000.0 * t]
    if loss == "cross-entropy":
        assert ours.values.ravel().tolist() == [1000.0 * t, 1000.0 * (1 - t)]


def test_no_digit_is_lost_where_the_answer_is_right() -> None:
    ours = judge("cross-entropy", "sigmoid", np.array([[40.0]]), np.array([[1]]))
    assert ours.values[0, 0] == pytest.approx(4.248354255291589e-18, rel=1e-12, abs=0)


def test_by_hand() -> None:
    """Target 1 and a score of −10: all but cross-entropy and hinge have nearly no slope."""
    z, t = np.array([[-10.0]]), np.array([[1]])
    slopes = {loss: float(judge(loss, "sigmoid", z, t).slopes[0, 0]) for loss in LOSSES}
    assert slopes["cross-entropy"] == pytest.approx(-0.9999546, abs=1e-7)
    assert slopes["mse"] == pytest.approx(-9.079e-5, rel=1e-3)
    assert slopes["mae"] == pytest.approx(-4.5396e-5, rel=1e-4)
    assert slopes["huber"] == pytest.approx(-2.2698e-5, rel=1e-4)
    assert slopes["hinge"] == -1.0


def test_slopes_at_kinks() -> None:
    one = np.array([[1.0]])
    assert judge("mae", "linear", one, one).slopes.tolist() == [[0.0]]
    assert judge("hinge", None, one, one).slopes.tolist() == [[0.0]]
    assert judge("huber", None, one * 0.5, one * 0).values.tolist() == [[0.125]]
    assert judge("huber", None, one * 2, one * 0).values.tolist() == [[0.875]]


def test_the_two_class_form_is_the_many_class_form_of_two_scores() -> None:
    pair = np.concatenate([np.zeros_like(Z), Z], axis=1)
    two, many = judge("cross-entropy", "sigmoid", Z, T), judge("cross-entropy", "softmax", pair, T.ravel())
    np.testing.assert_allclose(two.values.ravel(), many.values, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(two.slopes.ravel(), many.slopes[:, 1], rtol=1e-9, atol=1e-15)


FAR, FAR_T = np.linspace(-1000, 1000, 402)[:, None], np.tile([[0], [1]], (201, 1))  # scores of up to 1,000 in size


@pytest.mark.parametrize(("scores", "targets"), [(Z, T), (FAR, FAR_T), (FAR, 1 - FAR_T)])
def test_torch_agrees(scores: Floats, targets: NDArray[np.int64]) -> None:
    torch = pytest.importorskip("torch")
    functional = torch.nn.functional
    z, t = torch.tensor(scores, requires_grad=True), torch.tensor(targets, dtype=torch.float64)
    p = torch.sigmoid(z)
    theirs: dict[Any, Any] = {
        "cross-entropy": functional.binary_cross_entropy_with_logits(z, t, reduction="none"),
        "mse": functional.mse_loss(p, t, reduction="none"),
        "mae": functional.l1_loss(p, t, reduction="none"),
        "huber": functional.huber_loss(p, t, delta=0.5, reduction="none"),
        "hinge": torch.clamp(1 - (2 * t - 1) * z, min=0),
    }
    assert set(theirs) == set(LOSSES)
    for loss, values in theirs.items():
        ours = judge(loss, "sigmoid", scores, targets)
        (slope,) = torch.autograd.grad(values.sum(), z, retain_graph=True)
        np.testing.assert_allclose(ours.values, values.detach().numpy(), rtol=1e-12, atol=1e-13)  # torch adds z to −z
        np.testing.assert_allclose(ours.slopes, slope.numpy(), rtol=1e-10, atol=1e-15)
        assert ours.mean == pytest.approx(values.mean().item(), rel=1e-12)


@pytest.mark.parametrize("scale", [1.0, 300.0])
def test_torch_agrees_on_many_classes(scale: float) -> None:
    torch = pytest.importorskip("torch")
    scores = np.clip(scale * Z5, -1000, 1000)
    z = torch.tensor(scores, requires_grad=True)
    value = torch.nn.functional.cross_entropy(z, torch.tensor(T5))
    value.backward()
    many = judge("cross-entropy", "softmax", scores, T5)
    assert many.mean == pytest.approx(value.item(), rel=1e-12)
    np.testing.assert_allclose(many.slope_of_mean, z.grad.numpy(), rtol=1e-10, atol=1e-15)


def test_what_a_net_says_does_not_change_the_arguments() -> None:
    z, t = Z.copy(), T.copy()
    for loss in LOSSES:
        judge(loss, "tanh", z, t)
    assert np.array_equal(z, Z)
    assert np.array_equal(t, T)
    assert activations.value(None, z) is z
