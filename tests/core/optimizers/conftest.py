"""The functions of typed surfaces as sympy knows them, where it calls them otherwise or not at all."""

from __future__ import annotations

from typing import Any

import pytest
import sympy


@pytest.fixture(scope="session")
def judges() -> dict[str, Any]:
    return {
        "abs": sympy.Abs,
        "relu": lambda a: sympy.Max(a, 0),
        "sigmoid": lambda a: 1 / (1 + sympy.exp(-a)),
        "softplus": lambda a: sympy.log(1 + sympy.exp(a)),
        "log2": lambda a: sympy.log(a, 2),
        "log10": lambda a: sympy.log(a, 10),
    }
