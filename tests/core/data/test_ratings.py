"""Ratings and histories that come with the program are of the size and kind they say."""

from __future__ import annotations

import numpy as np
import pytest

from core.data.ratings import THEMES, shipped, shipped_histories


def test_notes_are_of_rank_two_with_what_was_taken_out() -> None:
    values = shipped("notes").values.copy()
    gaps = np.argwhere(np.isnan(values)).tolist()
    assert gaps == [[0, 2], [1, 1], [2, 1], [3, 2]]
    for place, given in zip(gaps, (2, 3.5, 2, 3.5), strict=True):
        values[tuple(place)] = given
    assert np.linalg.svd(values)[1][2] < 0.4  # half stars leave no more of a third factor
    assert shipped("notes").users == ("A", "B", "C", "D")


def test_films_are_thirty_people_by_twelve_of_which_three_fifths_are_known() -> None:
    films = shipped("films")
    known = films.values[~np.isnan(films.values)]
    assert (films.values.shape, len(known)) == ((30, 12), 216)
    assert (len(films.users), len(set(films.items))) == (30, 12)
    assert max(map(len, films.items)) <= 11
    assert set((2 * known).tolist()) <= set(range(1, 11))  # half stars up to 5
    assert (~np.isnan(films.values)).sum(axis=0).min() >= 10
    assert (~np.isnan(films.values)).sum(axis=1).min() >= 3


def test_histories_are_mostly_of_one_theme() -> None:
    shown = shipped_histories("videos")
    per_theme = len(shown.videos) // THEMES
    themes = [{video // per_theme for video in watched} for watched in shown.people]
    assert (len(shown.people), len(shown.videos)) == (120, 24)
    assert all(2 <= len(watched) == len(set(watched)) <= 5 for watched in shown.people)
    assert sum(len(own) == 1 for own in themes) > 80


@pytest.mark.parametrize("read", [shipped, shipped_histories])
def test_no_other_names(read: object) -> None:
    with pytest.raises(KeyError):
        read("iris")  # type: ignore[operator]
