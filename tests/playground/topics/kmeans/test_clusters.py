"""How clusters look wherever they are shown."""

from __future__ import annotations

from itertools import combinations
from math import isnan
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from core import kmeans as core
from core.nn.metrics import silhouette
from core.run.explanation import Focus
from playground.playback.view import View
from playground.topic_list import topic
from playground.topics.kmeans import clusters
from widgets.base import theme


def test_no_two_of_twenty_clusters_look_alike() -> None:
    looks = {(clusters.colour(j), clusters.marker(j)) for j in range(core.MOST_CLUSTERS)}
    assert len(looks) == core.MOST_CLUSTERS
    for shown in (theme.LIGHT, theme.DARK):
        lines = [shown.line(clusters.colour(j)) for j in range(core.MOST_CLUSTERS)]
        for one, other in combinations(range(core.MOST_CLUSTERS), 2):
            apart = contrast_of_hues(lines[one], lines[other])
            assert apart > 20
            assert apart > 60 or clusters.marker(one) != clusters.marker(other)
        assert min(theme.contrast(line, shown.color("panel")) for line in lines) >= 3


def contrast_of_hues(one: QColor, other: QColor) -> int:
    """Return how far two colours are apart in red, green and blue together, of 765."""
    parts = ((colour.red(), colour.green(), colour.blue()) for colour in (one, other))
    return sum(abs(a - b) for a, b in zip(*parts, strict=True))


@given(st.integers(0, core.MOST_CLUSTERS - 1))
def test_a_centre_in_a_formula_has_the_colour_of_its_cluster(j: int) -> None:
    assert clusters.MARKS[Focus("centroid", (j,))] == clusters.colour(j)


def test_people_count_clusters_from_1() -> None:
    row = clusters.row(2, topic("kmeans").texts)
    assert (row.choice, row.label, row.series, row.marker) == ("cluster 2", "Cluster 3", "green", "triangle_up")


def test_the_silhouette_is_told_at_the_step_in_view_where_there_is_time_for_it(record: Any) -> None:
    (told,) = (one for one in clusters.measures(topic("kmeans").texts) if one.label == "silhouette")
    run = record(9)
    state = run.frame(9).state
    assert told.of
    assert told.of(View(run, 9)) == silhouette(state.points, state.labels)
    assert isnan(told.of(View(run, 0)))  # no point belongs to any yet
    assert isnan(told.of(View(record(3, n_samples=clusters.MOST_SILHOUETTE + 1), 3)))
