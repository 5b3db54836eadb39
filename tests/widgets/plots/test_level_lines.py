"""Lines of a level, as contourpy's own function finds them, and where a field has gaps."""

from itertools import pairwise

import numpy as np
from contourpy import LineType, contour_generator

from widgets.base.arrays import Floats
from widgets.plots.level_lines import lines_at

X, Y = np.meshgrid(np.linspace(-1, 1, 20), np.linspace(-1, 1, 15))


def parts(lines: Floats) -> list[Floats]:
    """The lines between the gaps."""
    gaps = np.flatnonzero(np.isnan(lines[:, 0]))
    return [lines[a + 1 : b] for a, b in pairwise(gaps)]


def test_the_lines_are_those_of_contourpy() -> None:
    z = np.sin(4 * X) * np.cos(3 * Y)
    wanted = contour_generator(X, Y, z, line_type=LineType.Separate).lines(0.2)
    found = parts(lines_at(0.2, X, Y, z))
    assert len(found) == len(wanted) > 1
    assert all(np.array_equal(own, other) for own, other in zip(found, wanted, strict=True))


def test_lines_end_where_a_value_is_not_finite() -> None:
    z = X.copy()
    z[7] = np.inf
    assert len(parts(lines_at(0.0, X, Y, X))) == 1
    lower, upper = sorted(parts(lines_at(0.0, X, Y, z)), key=lambda part: float(part[0, 1]))
    assert lower[:, 1].max() < Y[7, 0] < upper[:, 1].min()


def test_without_a_line_there_is_a_gap_alone() -> None:
    lines = lines_at(5.0, X, Y, X)
    assert lines.shape == (1, 2)
    assert not lines.flags.writeable
