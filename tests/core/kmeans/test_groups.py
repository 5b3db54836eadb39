"""Which cluster stands for which group, beside every naming there is."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.kmeans.groups import apart, in_another_group, matched


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 10**6), k=st.integers(1, 5), g=st.integers(1, 4))
def test_no_other_naming_leaves_fewer_points_with_another_group(seed: int, k: int, g: int) -> None:
    rng = np.random.default_rng(seed)
    labels, groups = rng.integers(-1, k, 30), np.append(rng.integers(0, g, 29), g - 1)
    names = permutations([*range(g), *[-2] * k], k)  # −2: a cluster that stands for none
    most = max((np.array([*naming, -3])[labels] == groups).sum() for naming in names)
    assert (labels >= 0).sum() - len(in_another_group(labels, groups)) == most
    pairs = matched(labels, groups)
    assert len(set(pairs.values())) == len(pairs)


def test_a_group_in_two_clusters_is_that_of_the_larger() -> None:
    labels, groups = np.array([0, 0, 0, 1, 2, 2]), np.array([0, 0, 0, 0, 1, 1])
    assert matched(labels, groups) == {0: 0, 2: 1}
    assert in_another_group(labels, groups).tolist() == [3]


@pytest.mark.parametrize("labels", [[-1, -1], [0, -1]])
def test_a_point_without_a_cluster_lies_with_none(labels: list[int]) -> None:
    assert in_another_group(np.array(labels), np.array([0, 1])).tolist() == []


def test_groupings_are_matched_by_what_they_share_most() -> None:
    labels = np.array([0, 0, 0, 1, 1, 2, 2, 2])
    assert apart(labels, (labels + 1) % 3) == 0  # the same groups under other numbers
    assert apart(labels, np.zeros(8, dtype=int)) == 5
    assert apart(labels, np.array([5, 5, 0, 0, 0, 0, 2, 2])) == 2
    assert apart(np.zeros(8, dtype=int), labels) == 5
