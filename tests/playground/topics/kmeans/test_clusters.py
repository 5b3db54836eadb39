"""How clusters look, and what marks of the plane stand for."""

from __future__ import annotations

import pytest
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


@pytest.mark.parametrize(
    ("name", "focus"), [("centroid_2", Focus("centroid", (2,))), ("point 17", Focus("point", (17,))), ("", None)]
)
def test_what_a_mark_of_the_plane_stands_for(name: str, focus: Focus | None) -> None:
    assert clusters.focus_of(name) == focus


@given(st.integers(0, 99))
def test_a_centroid_is_found_in_the_plane(j: int) -> None:
    focus = Focus("centroid", (j,))
    assert clusters.focus_of(clusters.name_in_plane(focus)) == focus


@pytest.mark.parametrize("focus", [None, Focus("setting")])
def test_what_is_not_in_the_plane_has_no_name_there(focus: Focus | None) -> None:
    assert clusters.name_in_plane(focus) == ""


def test_people_count_clusters_from_1() -> None:
    row = clusters.row(2, topic("kmeans").texts)
    assert (row.choice, row.label, row.series, row.marker) == ("cluster 2", "Cluster 3", "green", "triangle_up")
