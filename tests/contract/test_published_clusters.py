"""Worked examples of k-means that others have printed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core import kmeans
from core.kmeans import Params, State
from core.run.recipe import Recipe
from core.run.replay import replay

# Han, Kamber & Pei, Data Mining: Concepts and Techniques, 3rd ed. (2012), exercise 10.2; its solution stands, for one,
# at homeworksource.com/p/1082154: centres after the first round (2, 10), (6, 6), (1.5, 3.5); final clusters
# {A1, C2, B1}, {A3, B2, B3}, {C1, A2}.
HAN = {
    "A1": (2, 10), "A2": (2, 5), "A3": (8, 4), "B1": (5, 8), "B2": (7, 5), "B3": (6, 4), "C1": (1, 2), "C2": (4, 9),
}  # fmt: skip
# scikit-learn, docs of sklearn.cluster.KMeans, “Examples”: labels_ [1, 1, 1, 0, 0, 0],
# cluster_centers_ [[10, 2], [1, 2]].
SCIKIT = np.array([[1, 2], [1, 4], [1, 0], [10, 2], [10, 4], [10, 0]], dtype=float)


def states(points: Any, centroids: Any, steps: int) -> list[State]:
    places, begin = (np.array(given, dtype=float) for given in (points, centroids))
    params = Params(points=places, centroids=begin, init="by hand", n_clusters=len(begin))
    return [frame.state for frame, _ in replay(kmeans, Recipe("kmeans", 1, 0, params), steps)]


def test_han_kamber_pei_exercise_10_2() -> None:
    run = states(list(HAN.values()), [HAN["A1"], HAN["B1"], HAN["C1"]], 12)
    assert run[2].centroids.tolist() == [[2, 10], [6, 6], [1.5, 3.5]]
    names = np.array(list(HAN))
    groups = [set(names[run[-1].labels == j].tolist()) for j in range(3)]
    assert groups == [{"A1", "C2", "B1"}, {"A3", "B2", "B3"}, {"C1", "A2"}]
    assert any(state.converged for state in run)


@pytest.mark.parametrize("begin", [([10, 4], [1, 4]), ([10, 0], [1, 0])])
def test_the_toy_of_scikit_learn(begin: Any) -> None:
    last = states(SCIKIT, begin, 6)[-1]
    assert last.labels.tolist() == [1, 1, 1, 0, 0, 0]
    assert last.centroids.tolist() == [[10, 2], [1, 2]]
    new = np.array([[0.0, 0.0], [12.0, 3.0]])  # kmeans.predict([[0, 0], [12, 3]]): [1, 0]
    assert ((new[:, None] - last.centroids) ** 2).sum(axis=2).argmin(axis=1).tolist() == [1, 0]
