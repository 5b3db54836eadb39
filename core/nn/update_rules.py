"""Update rules: how a point moves against the gradient of a loss. Arrays of any shape.

Each rule is a frozen dataclass of its settings with two methods:

    memory    = rule.start(x)                        nothing remembered yet
    x, memory = rule.step(x, memory, gradient)       one update

`gradient` is a callable, because Nesterov asks for it elsewhere than at x. A memory holds what the next step needs and
what a learner must see of the last one: the gradient really used, the corrected moments, the look-ahead point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from typing import Annotated, Any, Protocol, TypeVar, cast

import numpy as np
from annotated_types import Ge, Le

from core.run.parameters import LOG
from core.run.values import Array, Floats, frozen, locked

M = TypeVar("M")
Gradient = Callable[[Floats], Floats]

Rate = Annotated[float, Ge(1e-12), Le(10), LOG]
Decay = Annotated[float, Ge(0), Le(0.9999)]
Epsilon = Annotated[float, Ge(1e-12), Le(1), LOG]


class UpdateRule(Protocol[M]):
    """What the first-order rules have in common."""

    def start(self, x: Floats) -> M:
        """Return the memory before the first step."""

    def step(self, x: Floats, memory: M, gradient: Gradient) -> tuple[Floats, M]:
        """Return the next point and the next memory."""


@frozen
class Plain:
    """Remembers nothing; shows the gradient used."""

    gradient: Array


@frozen
class SGD:
    """x ← x − η·g(x). Source: Cauchy (1847); with random g, Robbins & Monro (1951)."""

    learning_rate: Rate = 0.01

    def start(self, x: Floats) -> Plain:
        """Return the empty memory."""
        return Plain(np.zeros_like(x))

    def step(self, x: Floats, memory: Plain, gradient: Gradient) -> tuple[Floats, Plain]:
        """Return one step against the gradient."""
        g = gradient(x)
        return x - self.learning_rate * g, Plain(g)


@frozen
class Rolling:
    """The velocity, and the gradient that last pushed it."""

    velocity: Array
    gradient: Array


@frozen
class Momentum:
    """v ← μv − η·g(x);  x ← x + v. Source: Polyak (1964), in the form of Sutskever et al. (2013), eq. 1–2."""

    learning_rate: Rate = 0.01
    momentum: Decay = 0.9

    def start(self, x: Floats) -> Rolling:
        """Return zero velocity."""
        return Rolling(np.zeros_like(x), np.zeros_like(x))

    def step(self, x: Floats, memory: Rolling, gradient: Gradient) -> tuple[Floats, Rolling]:
        """Return the point after adding velocity and gradient as vectors."""
        g = gradient(x)
        v = self.momentum * memory.velocity - self.learning_rate * g
        return x + v, Rolling(v, g)


@frozen
class LookingAhead:
    """The velocity, the point it was about to reach, and the gradient there."""

    velocity: Array
    ahead: Array
    gradient: Array


@frozen
class Nesterov:
    """v ← μv − η·g(x + μv);  x ← x + v. Source: Nesterov (1983), as in Sutskever et al. (2013), eq. 3–4."""

    learning_rate: Rate = 0.01
    momentum: Decay = 0.9

    def start(self, x: Floats) -> LookingAhead:
        """Return zero velocity; the look-ahead point is the point itself."""
        return LookingAhead(np.zeros_like(x), x, np.zeros_like(x))

    def step(self, x: Floats, memory: LookingAhead, gradient: Gradient) -> tuple[Floats, LookingAhead]:
        """Return the point after a push by the gradient of where the velocity leads."""
        coasting = self.momentum * memory.velocity
        ahead = x + coasting
        g = gradient(ahead)
        v = coasting - self.learning_rate * g
        return x + v, LookingAhead(v, ahead, g)


@frozen
class Summed:
    """The sum of all squared gradients so far, and the last gradient."""

    sum: Array
    gradient: Array


@frozen
class AdaGrad:
    """G ← G + g²;  x ← x − η·g/(√G + ε). Source: Duchi, Hazan & Singer (2011), diagonal form."""

    learning_rate: Rate = 0.5
    epsilon: Epsilon = 1e-8

    def start(self, x: Floats) -> Summed:
        """Return a sum of zero."""
        return Summed(np.zeros_like(x), np.zeros_like(x))

    def step(self, x: Floats, memory: Summed, gradient: Gradient) -> tuple[Floats, Summed]:
        """Return a step damped by all that came before, axis by axis."""
        g = gradient(x)
        total = memory.sum + g * g
        return x - self.learning_rate * g / (np.sqrt(total) + self.epsilon), Summed(total, g)


@frozen
class Averaged:
    """The fading average of squared gradients, and the last gradient."""

    average: Array
    gradient: Array


@frozen
class RMSProp:
    """s ← ρs + (1 − ρ)g²;  x ← x − η·g/(√s + ε). Source: Tieleman & Hinton (2012), lecture 6.5."""

    learning_rate: Rate = 0.05
    rho: Decay = 0.9
    epsilon: Epsilon = 1e-8

    def start(self, x: Floats) -> Averaged:
        """Return an average of zero."""
        return Averaged(np.zeros_like(x), np.zeros_like(x))

    def step(self, x: Floats, memory: Averaged, gradient: Gradient) -> tuple[Floats, Averaged]:
        """Return a step damped by what came lately, axis by axis."""
        g = gradient(x)
        s = self.rho * memory.average + (1 - self.rho) * (g * g)
        return x - self.learning_rate * g / (np.sqrt(s) + self.epsilon), Averaged(s, g)


@frozen
class Moments:
    """Both fading moments, their corrected values of the last step, and the number of steps t."""

    t: int
    m: Array
    v: Array
    m_hat: Array
    v_hat: Array
    gradient: Array


@frozen
class Adam:
    """m ← β₁m + (1 − β₁)g;  v ← β₂v + (1 − β₂)g²;  x ← x − η·m̂/(√v̂ + ε).

    m̂ = m/(1 − β₁ᵗ) and v̂ = v/(1 − β₂ᵗ) undo the start at zero. Source: Kingma & Ba (2015), algorithm 1.
    """

    learning_rate: Rate = 0.1
    beta_1: Decay = 0.9
    beta_2: Decay = 0.999
    epsilon: Epsilon = 1e-8

    def start(self, x: Floats) -> Moments:
        """Return moments of zero at t = 0."""
        zero = np.zeros_like(x)
        return Moments(0, zero, zero, zero, zero, zero)

    def step(self, x: Floats, memory: Moments, gradient: Gradient) -> tuple[Floats, Moments]:
        """Return a step of the first moment over the root of the second."""
        t = memory.t + 1
        g = gradient(x)
        m = self.beta_1 * memory.m + (1 - self.beta_1) * g
        v = self.beta_2 * memory.v + (1 - self.beta_2) * (g * g)
        m_hat = m / (1 - self.beta_1**t)
        v_hat = v / (1 - self.beta_2**t)
        x = x - self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon)
        return x, Moments(t, m, v, m_hat, v_hat, g)


@frozen
class Curved:
    """The Hessian and the gradient at the point the step left; whether the matrix could not be inverted."""

    hessian: Array
    gradient: Array
    singular: bool


@frozen
class Newton:
    """x ← x − η·(H + damping·I)⁻¹g. Source: Nocedal & Wright (2006), eq. 2.15; the damping is Levenberg's.

    Unlike the others it also takes a Hessian. Where the matrix is singular the point stays.
    """

    learning_rate: Rate = 1.0
    damping: Annotated[float, Ge(0), Le(1000)] = 0.0

    def start(self, x: Floats) -> Curved:
        """Return a memory without curvature."""
        return Curved(np.zeros((x.size, x.size)), np.zeros_like(x), False)

    def step(
        self, x: Floats, memory: Curved, gradient: Gradient, hessian: Callable[[Floats], Floats]
    ) -> tuple[Floats, Curved]:
        """Return a jump to where a parabola through the point's slope and curvature is level."""
        g, h = gradient(x), hessian(x)
        damped = h + self.damping * np.eye(x.size) if self.damping else h
        try:
            direction = np.linalg.solve(damped, g)
        except np.linalg.LinAlgError:
            return x, Curved(h, g, True)
        return x - self.learning_rate * direction, Curved(h, g, False)


FIRST_ORDER: dict[str, type[UpdateRule[Any]]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
}

Memory = Plain | Rolling | LookingAhead | Summed | Averaged | Moments  # of these rules

_SHOWN = ("gradient", "ahead", "m_hat", "v_hat")
_NOTHING = locked(np.empty(0))


def needed(memory: M) -> M:
    """Return the memory without what only shows the last step: a run of many weights keeps no more than it needs."""
    kind = cast(Any, type(memory))
    held = (_NOTHING if f.name in _SHOWN else getattr(memory, f.name) for f in fields(kind))
    return cast(M, kind(*held))


@lru_cache(maxsize=64)
def first_order(name: str, learning_rate: float) -> UpdateRule[Any]:
    """Return the rule of a name with its other settings at their defaults, which are those of the race of optimizers.

    Raises KeyError for a name that is none.
    """
    make: Any = FIRST_ORDER[name]
    return make(learning_rate=learning_rate)  # type: ignore[no-any-return]
