"""Where weights start: wide enough to tell units apart, narrow enough that signals neither die nor grow.

    glorot       uniform in ±√(6/(inputs + outputs))
    he           normal with standard deviation √(2/inputs), made for relu
    orthogonal   a rotation, by which the length of a state stays what it is

Sources: Glorot & Bengio (2010), eq. 16; He et al. (2015), eq. 10; Saxe, McClelland & Ganguli (2014) for orthogonal
starts, drawn as in Mezzadri (2007), section 5.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.random import Generator

from core.nn.layers.layer import Start
from core.run.values import Floats


def first_weights(shape: tuple[int, ...], inputs: int, outputs: int, rng: Generator, start: Start) -> Floats:
    """Return weights of a shape, each unit of which has so many inputs, and each input so many outputs."""
    if start == "he":
        return math.sqrt(2.0 / inputs) * rng.standard_normal(shape)
    limit = math.sqrt(6.0 / (inputs + outputs))
    return rng.uniform(-limit, limit, shape)


def orthogonal(n: int, rng: Generator) -> Floats:
    """Return an (n, n) matrix with U·Uᵀ = 1, every rotation and reflection as likely as any other."""
    q, r = np.linalg.qr(rng.standard_normal((n, n)))
    return np.asarray(q * np.where(np.diagonal(r) < 0, -1.0, 1.0))  # the signs make it uniform
