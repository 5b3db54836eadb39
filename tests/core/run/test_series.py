from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.run.series import SeriesTable

NUMBERS = st.floats(allow_nan=True, allow_infinity=True, width=64)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=30), st.integers(1, 40))
def test_every_row_comes_back(values: list[tuple[float, float]], times: int) -> None:
    rows = values * times
    table = SeriesTable({"a": rows[0][0], "b": rows[0][1]})
    for a, b in rows[1:]:
        table.append({"a": a, "b": b})
    assert table.length == len(rows)
    assert table.column("b").tobytes() == np.array([b for _, b in rows]).tobytes()
    assert table.row(table.length - 1)["a"] == pytest.approx(rows[-1][0], nan_ok=True)


def test_texts_have_a_list_of_their_own() -> None:
    table = SeriesTable({"phase": "start", "x": 1.0})
    table.append({"phase": "move", "x": 2.0})
    assert [table.row(t) for t in (0, 1)] == [{"phase": "start", "x": 1.0}, {"phase": "move", "x": 2.0}]
    assert table.column("x").tolist() == [1.0, 2.0]
    assert table.row(1) == {"phase": "move", "x": 2.0}


@pytest.mark.parametrize("length", [1, 255, 256, 257, 600])
def test_a_cut_table_goes_its_own_way(length: int) -> None:
    table = SeriesTable({"x": 0.0, "word": "a"})
    for t in range(1, 700):
        table.append({"x": float(t), "word": "a"})
    cut = table.cut(length)
    for _ in range(300):
        cut.append({"x": -1.0, "word": "b"})
    assert table.column("x").tolist() == list(range(700))
    assert cut.column("x").tolist() == [*range(length), *[-1.0] * 300]
    assert {table.row(t)["word"] for t in range(table.length)} == {"a"}


def test_a_table_cut_to_nothing_begins_anew() -> None:
    cut = SeriesTable({"x": 0.0, "word": "a"}).cut(0)
    assert cut.length == 0
    cut.append({"x": 2.0, "word": "b"})
    assert (cut.length, cut.row(0)) == (1, {"x": 2.0, "word": "b"})


def test_a_column_cannot_be_written_to() -> None:
    table = SeriesTable({"x": 0.0})
    with pytest.raises(ValueError, match="read-only"):
        table.column("x")[0] = 1
    table.append({"x": 1.0})
    assert table.column("x").tolist() == [0, 1]


@pytest.mark.parametrize("length", [1, 300, 2048, 5000])
def test_the_lowest_above_a_floor(length: int) -> None:
    values = np.random.default_rng(length).normal(size=length)
    values[length // 2] = np.nan
    table = SeriesTable({"x": float(values[0])})
    for t, value in enumerate(values[1:], start=1):
        table.append({"x": float(value)})
        if t % 997 == 0:
            assert table.lowest_above("x", 0.0) == min(v for v in values[: t + 1] if v > 0)
    for floor in (-np.inf, 0.0, 0.5, 99.0):
        assert table.lowest_above("x", floor) == min((v for v in values if v > floor), default=np.inf)
    assert table.cut(1).lowest_above("x", -np.inf) == (values[0] if length > 1 else np.inf)


@pytest.mark.parametrize("length", [1, 255, 2048, 2049, 4096, 10_240])
def test_whatever_is_asked_first_has_all_rows(length: int) -> None:
    values = np.arange(float(length))
    table = SeriesTable({"a": 0.0, "b": 0.0})
    for value in values[1:].tolist():
        table.append({"a": value, "b": -value})
    block = table.block("a", 2, 0, length)
    np.testing.assert_array_equal(block, np.column_stack([values, -values]))


@pytest.mark.parametrize("length", [2048, 8193, 10_240])
def test_an_outline_that_is_asked_first_ends_at_the_last_row(length: int) -> None:
    table = SeriesTable({"a": 0.0})
    for value in range(1, length):
        table.append({"a": float(value)})
    steps, values = table.outline("a", 0, length)
    assert steps[-1] == values[-1] == length - 1


@pytest.mark.parametrize("length", [100, 10_240])
def test_an_outline_of_the_same_rows_is_the_same_object(length: int) -> None:
    """Pictures of curves are kept by it."""
    table = SeriesTable({"a": 0.0})
    for value in range(1, length):
        table.append({"a": float(value)})
    kept = table.outline("a", 0, length)
    assert table.outline("a", 0, length) is kept
    table.append({"a": 1.0})
    assert table.outline("a", 0, length + 1)[0][-1] == length


def test_a_growing_outline_is_that_of_all_rows_and_leaves_the_older_ones() -> None:
    values = np.random.default_rng(3).normal(size=12_400)
    table = SeriesTable({"a": float(values[0])})
    shown = []
    for value in values[1:].tolist():
        table.append({"a": value})
        if table.length > 8192 and (table.length % 700 == 0 or table.length % 2048 < 2):
            shown.append((table.length, table.outline("a", 0, table.length)))
    for length, (steps, drawn) in shown:
        np.testing.assert_array_equal(drawn, values[steps.astype(int)])
        assert steps[-1] == length - 1
        assert drawn.max() == values[:length].max()
    cut = table.cut(9000)
    for _ in range(100):
        cut.append({"a": 9.0})
    assert cut.outline("a", 0, 9100)[1][-100:].tolist() == [9.0] * 100
    assert table.outline("a", 0, 12_400)[1].max() < 9
