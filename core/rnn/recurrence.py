"""U by its eigenvalues: how much of a state, and of a gradient, is left after each time.

A linear cell carries a gradient one time back by Uᵀ. Where U is `radius` times a rotation it is `radius` times as long
then; of any other U that is the rate in the long run, `radius` the largest |λ|. tanh only takes away from it.
Source: Pascanu, Mikolov & Bengio (2013), section 2.1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from core.run.values import Floats


def eigenvalues(U: Floats) -> NDArray[np.complex128]:
    """Return the eigenvalues of U (units, units), largest first; of a pair the one above the axis first."""
    found = np.linalg.eigvals(U).astype(np.complex128)
    return found[np.lexsort((-found.imag, -found.real, -np.abs(found).round(12)))]


def radius_of(U: Floats) -> float:
    """Return the largest |λ| of U."""
    return float(np.abs(np.linalg.eigvals(U)).max())


def with_radius(U: Floats, radius: float) -> Floats:
    """Return U made longer or shorter so that its largest |λ| is `radius`.

    Raises ValueError where U has no eigenvalue but 0: no factor changes that.
    """
    if not radius:
        return np.zeros_like(U)
    now = radius_of(U)
    if not now:
        raise ValueError("every eigenvalue of U is 0, and stays so however often U is taken")
    return U * (radius / now)
