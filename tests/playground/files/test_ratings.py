"""Ratings as one row each (long), or a row a user and a column an item (wide)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core.run.refusal import Refusal
from playground.files.ratings import Ratings, proposed, ratings_of
from playground.files.reading import Reading
from playground.files.text_to_table import Table

NAN = float("nan")


def table(index: str | None, columns: dict[str, Any]) -> Table:
    cells = {n: tuple(c) if isinstance(c[0], str) else np.array(c, float) for n, c in columns.items()}
    rows = len(next(iter(columns.values())))
    return Table(tuple(columns), cells, tuple(range(2, rows + 2)), Reading("yes", "utf-8", ",", "."), index=index)


def ratings(index: str | None, **columns: Any) -> Ratings:
    read = table(index, columns)
    return ratings_of(read, proposed(read, "ratings"))


def check(found: Ratings, users: list[str], items: list[str], values: list[list[float]]) -> None:
    assert (list(found.users), list(found.items)) == (users, items)
    np.testing.assert_array_equal(found.values, values)


def test_one_row_a_rating_is_known_by_the_names_of_the_columns() -> None:
    found = ratings(None, userId=[7, 7, 9], movieId=[30, 10, 10], rating=[4, 2.5, 1], timestamp=[1, 2, 3])
    check(found, ["7", "9"], ["30", "10"], [[4, 2.5], [NAN, 1]])


def test_one_row_a_rating_is_known_by_two_columns_of_texts_before_one_of_numbers() -> None:
    found = ratings("n", n=[1, 2, 3], who=["A", "B", "A"], what=["x", "x", "y"], how=[5, 4, NAN])
    check(found, ["A", "B"], ["x", "y"], [[5, NAN], [4, NAN]])


@pytest.mark.parametrize(
    "columns",
    [
        {"User-ID": [1, 1, 2], "ISBN": ["a", "b", "a"], "Book-Rating": [5, 0, 4]},
        {"user_id": [1, 1, 2], "anime_id": [30, 40, 30], "rating": [5, 0, 4]},
        {"user": [1, 1, 2], "at": [1e9, 1e9, 1e9], "what": [30, 40, 30], "rating": [5, 0, 4]},
    ],
)
def test_beside_a_user_and_a_rating_the_other_column_is_the_item(columns: dict[str, list[Any]]) -> None:
    assert ratings(None, **columns).values.tolist()[0] == [5, 0]


@pytest.mark.parametrize(
    "columns",
    [
        {"0": [1, 1, 2], "1": [30, 40, 30], "2": [5, 0, 4], "3": [881250949, 881250950, 881250951]},
        {"0": [1, 1, 2], "1": [30, 40, 30], "2": [5, 0, 4]},
        {"0": ["a", "a", "b"], "1": ["x", "y", "x"], "2": [5, 0, 4], "3": [1367193600] * 3},
    ],
)
def test_numbers_of_users_and_items_are_known_without_names(columns: dict[str, list[Any]]) -> None:
    bare = replace(table(None, columns), reading=Reading("no", "utf-8", ",", "."))
    assert proposed(bare, "ratings") == ("0", "1", "2")


@pytest.mark.parametrize(
    "columns",
    [
        {"0": [5, 4, 1], "1": [3, 1, 5], "2": [4, 5, 2]},  # nothing beyond a rating
        {"0": [5, 40, 5], "1": [3, 1, 3], "2": [4, 5, 2]},  # a pair twice
        {"0": [5, 40, 50], "1": [3, 1, 3], "2": [4, 5, 2]},  # nobody rates twice
        {"0": [5, NAN, 5], "1": [3, 10, 4], "2": [4, 5, 2]},
        {"0": [5, 5, 6], "1": [3, 10, 4], "2": [4, NAN, 2], "3": [1, 2, 3]},
    ],
)
def test_ratings_side_by_side_are_not_taken_for_numbers_of_users(columns: dict[str, list[Any]]) -> None:
    bare = replace(table(None, columns), reading=Reading("no", "utf-8", ",", "."))
    assert proposed(bare, "ratings") == tuple(columns)


@pytest.mark.parametrize(("index", "who"), [(None, ["A", "B"]), ("user", [3, 1]), ("n", [1, 2])])
def test_one_row_a_user_and_one_column_an_item(index: str | None, who: list[Any]) -> None:
    name = {"n": "n"}.get(str(index), "user")
    found = ratings(index, **{name: who}, film=[5, NAN], book=[1, 2])
    check(found, [str(one) for one in who], ["film", "book"], [[5, 1], [NAN, 2]])


def test_without_a_column_of_users_or_a_header_nothing_has_a_name() -> None:
    columns = {"film": [5, NAN], "book": [1, 2]}
    check(ratings(None, **columns), [], ["film", "book"], [[5, 1], [NAN, 2]])
    bare = replace(table(None, columns), reading=Reading("no", "utf-8", ",", "."))
    check(ratings_of(bare, ("film", "book")), [], [], [[5, 1], [NAN, 2]])


def test_a_pair_rated_twice_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal) as caught:
        ratings(None, user=["A", "B", "A"], item=["x", "x", "x"], rating=[1, 2, 3])
    assert (caught.value.key, caught.value.values) == ("csv_rated_twice", {"line": 4, "given": "A", "item": "x"})


def test_who_and_what_without_how_much_is_refused() -> None:
    given = table(None, {"userId": [2, 3], "movieId": [60, 89], "tag": ["funny", "boxing"], "timestamp": [1e9, 1.1e9]})
    with pytest.raises(Refusal, match="csv_no_rating"):
        proposed(given, "ratings")


def test_too_many_users_and_items_are_refused_before_memory_is_asked_for() -> None:
    many = list(range(4_000))
    with pytest.raises(Refusal) as caught:
        ratings(None, user=many, item=many, rating=many)
    assert (caught.value.key, caught.value.values["given"]) == ("too_many", 16_000_000)


def test_no_column_of_numbers() -> None:
    with pytest.raises(Refusal) as caught:
        ratings(None, user=["A", "B"], film=["good", "bad"])
    assert (caught.value.field, caught.value.key) == ("ratings", "csv_too_few_numeric")
