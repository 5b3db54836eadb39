"""The losses of two regressions on one column u and one target t, as functions of weight w and bias b.

    linear-regression      mean of (w·u + b − t)²
    logistic-regression    mean cross-entropy of σ(w·u + b),   t = 1 for the last of the target's two values

Sources: Legendre (1805) for least squares; Cox (1958) for the logistic model; Newton's method for its minimum as in
Hastie, Tibshirani & Friedman (2009), section 4.4.1.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.data.table import code_target, shipped
from core.nn.activations import sigmoid
from core.optimizers.surfaces import Curvature, Number, Point
from core.run.refusal import Refusal
from core.run.values import LARGEST, Floats, locked

CHUNK = 1 << 18  # numbers of one array while a grid is computed: 2 MiB
STEPS = 60  # of Newton's method; it needs about ten
ROUNDING = 1e-13  # gains below this cannot be told from rounding, though the steps are still good
HALVINGS = 40


@dataclass(frozen=True, eq=False)
class Regression(ABC):
    """A loss of (w, b) on data u, t, both (n,). Raises Refusal if they are no two columns of equal length."""

    u: Floats
    t: Floats

    def __post_init__(self) -> None:
        for name in ("u", "t"):
            object.__setattr__(self, name, locked(np.array(getattr(self, name), dtype=float)))
        if self.u.ndim != 1 or self.u.shape != self.t.shape or not self.u.size:
            raise Refusal("data", "data_shape", {"given": [*self.u.shape, *self.t.shape], "allowed": "(n, 2)"})

    @property
    def rows(self) -> int:
        """How many rows the data have."""
        return len(self.u)

    @property
    def lowest(self) -> float:
        """Zero: a mean of squares and a mean of −log p never fall below it."""
        return 0.0

    @property
    @abstractmethod
    def constant(self) -> float:
        """The b that is best where w is 0."""

    @cached_property
    def best_constant_loss(self) -> float:
        """The loss of that constant: how much there is to be explained."""
        return float(self.value(0.0, self.constant))

    @cached_property
    def bound(self) -> float:
        """How large a loss or a coordinate may be; targets of any size have room."""
        return LARGEST * max(1.0, self.best_constant_loss)

    @cached_property
    def unit(self) -> float:
        """The power of ten nearest to the spread of the target, with which slopes grow."""
        spread = math.sqrt(self.best_constant_loss)
        return float(10.0 ** round(math.log10(spread))) if spread > 0 else 1.0

    @abstractmethod
    def minimum(self) -> Point | None:
        """Return (w, b) of the one lowest loss, or None if there is none."""

    @abstractmethod
    def _of_rows(self, z: Floats, t: Floats) -> Floats:
        """Return each row's loss for predictions z = w·u + b."""

    @abstractmethod
    def _slopes(self, z: Floats, t: Floats) -> Floats:
        """Return the derivative of each row's loss by z."""

    @abstractmethod
    def _curvatures(self, z: Floats) -> Floats:
        """Return the second derivative of each row's loss by z."""

    def value(self, w: Number, b: Number, /) -> Number:
        """Return the mean loss at (w, b), or at every point of two arrays that broadcast."""
        if not (isinstance(w, np.ndarray) or isinstance(b, np.ndarray)):
            with np.errstate(over="ignore", invalid="ignore"):
                return float(self._of_rows(w * self.u + b, self.t).mean())
        ws, bs = np.broadcast_arrays(w, b)
        size = max(1, CHUNK // self.rows)
        ends = range(size, ws.size, size)
        chunks = zip(np.split(ws.ravel(), ends), np.split(bs.ravel(), ends), strict=True)
        return np.concatenate([self._on_line(*chunk) for chunk in chunks]).reshape(ws.shape)

    def _on_line(self, w: Floats, b: Floats) -> Floats:
        """Return the losses (m,) of points w, b (m,), with an (m, n) array in between."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(self._of_rows(w[:, None] * self.u + b[:, None], self.t).mean(axis=1))

    def gradient(self, w: float, b: float, batch: NDArray[np.int64] | None = None) -> Point:
        """Return the derivatives by w and b, on all rows or on those a batch (m,) of row numbers names."""
        u, t = (self.u, self.t) if batch is None else (self.u[batch], self.t[batch])
        with np.errstate(over="ignore", invalid="ignore"):
            slopes = self._slopes(w * u + b, t)
            return float((slopes * u).mean()), float(slopes.mean())

    def hessian(self, w: float, b: float, /) -> Curvature:
        """Return the second derivatives by ww, wb, bb, on all rows."""
        with np.errstate(over="ignore", invalid="ignore"):
            bends = self._curvatures(w * self.u + b)
            return float((bends * self.u**2).mean()), float((bends * self.u).mean()), float(bends.mean())


class LinearRegression(Regression):
    """Mean squared error of w·u + b."""

    @property
    def constant(self) -> float:
        """The mean of the target."""
        return float(self.t.mean())

    def _of_rows(self, z: Floats, t: Floats) -> Floats:
        return (z - t) ** 2

    def _slopes(self, z: Floats, t: Floats) -> Floats:
        return 2 * (z - t)

    def _curvatures(self, z: Floats) -> Floats:
        return np.full_like(z, 2.0)

    def minimum(self) -> Point | None:
        """Return the least-squares line, w = cov(u, t)/var(u) and b = mean(t) − w·mean(u); None if u is constant."""
        if _constant(self.u):
            return None
        away = self.u - self.u.mean()
        w = float(away @ (self.t - self.t.mean()) / (away @ away))
        return w, float(self.t.mean() - w * self.u.mean())


class LogisticRegression(Regression):
    """Mean cross-entropy of σ(w·u + b); any two values of t are taken and coded 0 and 1."""

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "t", locked(code_target(self.t)))

    @property
    def constant(self) -> float:
        """The logarithm of the odds of class 1."""
        ones = float(self.t.sum())
        return math.log(ones / (self.rows - ones))

    def _of_rows(self, z: Floats, t: Floats) -> Floats:
        # −log σ(z) = log(1 + e^−z) where t = 1, −log σ(−z) where t = 0: no digit is lost, nothing overflows
        return np.logaddexp(0.0, (1 - 2 * t) * z)

    def _slopes(self, z: Floats, t: Floats) -> Floats:
        return sigmoid(z) - t

    def _curvatures(self, z: Floats) -> Floats:
        return sigmoid(z) * sigmoid(-z)

    def minimum(self) -> Point | None:
        """Return the maximum-likelihood (w, b) by Newton's method; None where a threshold on u separates the classes.

        Then the loss falls for ever as w grows. Works on standardised u, so that 2×2 systems stay well conditioned.
        """
        if _constant(self.u) or self._separable():
            return None
        mean, scale = self.u.mean(), self.u.std()
        found = _newton(LogisticRegression((self.u - mean) / scale, self.t))
        return None if found is None else (float(found[0] / scale), float(found[1] - found[0] * mean / scale))

    def _separable(self) -> bool:
        zeros, ones = self.u[self.t == 0], self.u[self.t == 1]
        return bool(zeros.max() <= ones.min() or ones.max() <= zeros.min())


def _newton(loss: LogisticRegression) -> Point | None:
    """Return where the gradient vanishes, halving steps that do not lower the loss; None if curvature runs out."""
    w, b = 0.0, 0.0
    for _ in range(STEPS):
        (gw, gb), (ww, wb, bb) = loss.gradient(w, b), loss.hessian(w, b)
        determinant = ww * bb - wb * wb
        if not determinant > 0:
            return None
        dw, db = (bb * gw - wb * gb) / determinant, (ww * gb - wb * gw) / determinant
        gain = gw * dw + gb * db  # twice what this step lowers the loss by
        size = _downhill(loss, (w, b), (dw, db)) if gain > ROUNDING else 1.0
        w, b = w - size * dw, b - size * db
        if gain < ROUNDING**2:
            break
    return w, b


def _downhill(loss: LogisticRegression, at: Point, step: Point) -> float:
    """Return the largest of 1, 1/2, 1/4, … whose share of the step does not raise the loss."""
    here, size = loss.value(*at), 1.0
    for _ in range(HALVINGS):
        if loss.value(at[0] - size * step[0], at[1] - size * step[1]) <= here:
            break
        size /= 2
    return size


def _constant(u: Floats) -> bool:
    return bool(u.min() == u.max())


def standardise(u: Floats) -> Floats:
    """Return (u − mean)/std with ddof 0, (n,). Raises Refusal for a column that never changes."""
    if _constant(u):
        raise Refusal("data", "data_constant", {"given": float(u[0])})
    return np.asarray((u - u.mean()) / u.std())


KINDS = {"linear-regression": LinearRegression, "logistic-regression": LogisticRegression}
# of iris, where none are chosen
COLUMNS = {"linear-regression": ("petal_length", "petal_width"), "logistic-regression": ("petal_length", "virginica")}


def _iris(kind: str, data: str) -> Floats:
    name, _, chosen = data.partition(":")
    if name != "iris":
        raise Refusal("data", "data_unknown", {"given": data, "allowed": ("iris",)})
    columns = tuple(column.strip() for column in chosen.split(",")) if chosen else COLUMNS[kind]
    if len(columns) != 2:
        raise Refusal("data", "csv_two_columns", {"given": chosen})
    return shipped(name).beside(*columns)


def fitted_to(kind: str, data: str | Floats, standardised: bool = False) -> Regression:
    """Return the regression of a kind on an array (n, 2) or on shipped data, u standardised if wished.

    `iris` stands for the columns that suit the kind, `iris:u,t` for two chosen ones. Raises Refusal for an unknown
    name, a wrong shape, a target or a column that cannot serve.
    """
    if isinstance(data, str):
        data = _iris(kind, data)
    if data.ndim != 2 or data.shape[1] != 2 or len(data) < 2:
        raise Refusal("data", "data_shape", {"given": list(data.shape), "allowed": "(n, 2)"})
    u, t = data.T
    return KINDS[kind](standardise(u) if standardised else u, t)
