"""How clusters look wherever they are shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from core import kmeans as core
from core.run.explanation import Focus
from playground.topic_list import topic
from playground.topics.kmeans import clusters


def test_no_two_of_twenty_clusters_look_alike() -> None:
    looks = {(clusters.colour(j), clusters.marker(j)) for j in range(core.MOST_CLUSTERS)}
    assert len(looks) == core.MOST_CLUSTERS


@given(st.integers(0, core.MOST_CLUSTERS - 1))
def test_a_centre_in_a_formula_has_the_colour_of_its_cluster(j: int) -> None:
    assert clusters.MARKS[Focus("centroid", (j,))] == clusters.colour(j)


def test_people_count_clusters_from_1() -> None:
    row = clusters.row(2, topic("kmeans").texts)
    assert (row.choice, row.label, row.series, row.marker) == ("cluster 2", "Cluster 3", "green", "triangle_up")
