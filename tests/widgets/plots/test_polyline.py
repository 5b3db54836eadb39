from itertools import pairwise

import numpy as np
from PySide6.QtCore import QRectF

from widgets.plots.polyline import clipped, is_rough, kept_indices, pieces, polygon, runs, thinned

BOX = QRectF(0, 0, 100, 50)


def test_thinning_keeps_the_extremes_and_two_points_a_pixel() -> None:
    x = np.arange(200_000.0)
    y = np.random.default_rng(0).normal(size=x.size)
    y[123_456], y[77_777] = 50.0, -50.0
    kept = kept_indices(x, y, 0.0, 199_999.0, 400)
    assert {123_456, 77_777, 0, 199_999} <= set(kept.tolist())
    assert len(kept) <= 2 * 400 + 4
    assert (np.diff(kept) > 0).all()


def test_thinning_ignores_lone_nan_and_keeps_gaps_of_a_column() -> None:
    x = np.arange(100_000.0)
    y = np.sin(x / 5000)
    y[::7] = np.nan
    y[50_000:60_000] = np.nan
    kept = kept_indices(x, y, 0.0, 99_999.0, 300)
    gap = np.isnan(y[kept])
    assert gap.any()
    inner = kept[gap]
    assert ((inner >= 49_000) & (inner < 61_000) | (inner == 0)).all()


def test_few_points_are_all_kept_and_one_beyond_each_end() -> None:
    x = np.arange(10.0)
    assert kept_indices(x, x, 2.5, 6.5, 100).tolist() == [2, 3, 4, 5, 6, 7]


def test_runs_break_at_nan() -> None:
    points = np.array([[0, 0], [1, 1], [2, np.nan], [3, 3], [4, 4], [5, 5]])
    assert [run[:, 0].tolist() for run in runs(points)] == [[0, 1], [3, 4, 5]]
    assert list(runs(np.full((3, 2), np.nan))) == []


def test_clipping_cuts_at_the_edge_and_keeps_the_direction() -> None:
    (part,) = clipped(np.array([[50.0, 25.0], [50.0 + 1e12, 25.0 + 2.5e11]]), BOX)
    assert np.allclose(part, np.array([[50, 25], [100, 37.5]]))
    (across,) = clipped(np.array([[-100.0, 25.0], [200.0, 25.0]]), BOX)
    assert np.allclose(across, np.array([[0, 25], [100, 25]]))


def test_a_lone_line_is_cut_as_one_of_several_is() -> None:
    for ends in np.random.default_rng(3).uniform(-80.0, 160.0, size=(300, 2, 2)):
        several, alone = list(clipped(ends[[0, 1, 1]], BOX)), list(clipped(ends, BOX))
        assert len(several) == len(alone)
        assert all(np.allclose(part[[0, -1]], line) for part, line in zip(several, alone, strict=True))
    for ends in ([[10, 20], [10, 300]], [[-5, 20], [300, 20]]):
        assert len(list(clipped(np.array(ends, dtype=float), BOX))) == 1
    for ends in ([[-1, 20], [-1, 300]], [[10, np.nan], [20, 30]]):
        assert not list(clipped(np.array(ends, dtype=float), BOX))


def test_clipping_joins_what_is_inside_and_drops_what_is_not() -> None:
    zigzag = np.array([[10.0, 10], [20, 20], [20, 200], [40, 200], [40, 20], [50, 20]])
    parts = list(clipped(zigzag, BOX))
    assert [part.tolist() for part in parts] == [[[10, 10], [20, 20], [20, 50]], [[40, 50], [40, 20], [50, 20]]]
    assert list(clipped(np.array([[0.0, 60], [100, 70]]), BOX)) == []


def test_thinned_prefix_does_not_depend_on_what_follows() -> None:
    walk = np.cumsum(np.random.default_rng(1).normal(scale=0.6, size=(500, 2)), axis=0)
    whole = set(thinned(walk, 1.5).tolist())
    assert set(thinned(walk[:300], 1.5)[:-1].tolist()) == {index for index in whole if index < 299}
    assert len(whole) < 450


def test_rough_lines_are_told_from_smooth_ones() -> None:
    x = np.linspace(0, 300, 300)
    noise = np.random.default_rng(2).normal(scale=20, size=300)
    assert is_rough(np.stack((x, noise), axis=1))
    assert not is_rough(np.stack((x, 50 * np.sin(x / 20)), axis=1))


def test_no_points_make_an_empty_polygon() -> None:
    assert polygon(np.empty((0, 2))).isEmpty()


def test_antialiased_pieces_share_their_ends() -> None:
    points = np.stack((np.arange(500.0), np.arange(500.0)), axis=1)
    parts = pieces(points, smooth=True)
    assert len(parts) > 1
    assert all(one.last() == other.first() for one, other in pairwise(parts))
    assert len(pieces(points, smooth=False)) == 1
