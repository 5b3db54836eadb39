import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_iris

from core.data.table import Table, numeric, read_table, shipped
from core.run.refusal import Refusal

WANTED = [[1.0, 2.5], [-3.0, 4e-2]]


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2.5\n-3,4e-2\n",
        "a;b\n1;2.5\n-3;4e-2",
        "a\tb\r\n1\t2.5\r\n-3\t4e-2\r\n",
        "1,2.5\r-3,4e-2\r",
        "1,2.5\n-3,4e-2",
        "\ufeffa,b\n1,2.5\n-3,4e-2\n",
        "\n\n a , b \n\n +1. ,  2.5 \n\n−3,.4E-1\n\n",
        '"a","b"\n"1","2.5"\n"-3","4e-2"\n',
        "größe,高\n1,2.5\n-3,4e-2\n",
        "name,a,b\nx,1,2.5\ny,-3,4e-2\n",
        "name,a,b\nx;y,1,2.5\nz,-3,4e-2\n",
        'a,name,b\n1,"x, y",2.5\n-3,"two\nlines",4e-2\n',
        "a;name;b\n1;x,y,z;2.5\n-3;x;4e-2\n",
        ",a,\nx,1,2.5\ny,-3,4e-2\n",
    ],
)
def test_the_first_two_columns_of_numbers_are_read(text: str) -> None:
    assert numeric(read_table(text.encode())).tolist() == WANTED


def test_columns_are_chosen_by_name_or_by_index_from_0() -> None:
    table = read_table(b"a,b,c\n1,2,x\n3,4,y\n")
    assert numeric(table, "b", "a").tolist() == [[2, 1], [4, 3]]
    assert numeric(table, 1, "0").tolist() == [[2, 1], [4, 3]]
    assert numeric(table, "b").tolist() == [[2, 1], [4, 3]]  # the other is the first that is left
    assert numeric(table, b="a").tolist() == [[2, 1], [4, 3]]


def test_a_name_goes_before_an_index() -> None:
    table = read_table(b"x,y\n1,2\n3,4\n")
    assert Table(("1", "0"), {"1": table.columns["x"], "0": table.columns["y"]}, table.lines).name_of("1") == "1"


def test_without_a_header_columns_are_called_by_their_index() -> None:
    table = read_table(b"5.1,setosa\n4.9,setosa\n")
    assert table.names == ("0", "1")
    assert table.columns["1"] == ("setosa", "setosa")
    assert table.lines == (1, 2)


def test_a_comma_inside_numbers_does_not_cut_them() -> None:
    assert read_table(b"1,5;2,5\n3,5;4,5\n").columns == {"0": ("1,5", "3,5"), "1": ("2,5", "4,5")}


def test_texts_stay_texts_and_numbers_are_locked() -> None:
    table = read_table(b"u,kind\n1,b\n2,a\n")
    u, kind = table.numbers("u"), table.columns["kind"]
    assert kind == ("b", "a")
    with pytest.raises(ValueError, match="read-only"):
        u[0] = 7


def test_lines_are_counted_as_an_editor_does() -> None:
    text = 'a,b\n1,"two\nlines"\n\n3,x\nbad,y\n'
    table = read_table(text.encode())
    assert table.lines == (3, 5, 6)
    with pytest.raises(Refusal) as caught:
        table.numbers("a", "here")
    assert caught.value == Refusal("here", "csv_not_a_number", {"line": 6, "column": "a", "given": "bad"})


@given(
    st.lists(st.tuples(*[st.floats(-1e12, 1e12)] * 2), min_size=2, max_size=9),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.booleans(),
)
def test_what_is_written_is_read_back_to_the_last_bit(
    rows: list[tuple[float, float]], delimiter: str, end: str, header: bool
) -> None:
    lines = [f"u{delimiter}t"] * header + [f"{u!r}{delimiter}{t!r}" for u, t in rows]
    assert numeric(read_table(end.join(lines).encode())).tolist() == [list(row) for row in rows]


@pytest.mark.parametrize("row", [1, 2, 30])
def test_a_number_too_big_for_the_program_is_named_with_its_line(row: int) -> None:
    lines = ["1,2"] * 40
    lines[row - 1] = "1,-1.01e12"
    with pytest.raises(Refusal) as caught:
        numeric(read_table("\n".join(lines).encode()))
    assert caught.value == Refusal("data", "csv_too_big", {"line": row, "column": "1", "given": "-1.01e12"})


def test_the_largest_number_is_taken() -> None:
    assert numeric(read_table(b"1e12,-1e12\n0,0")).tolist() == [[1e12, -1e12], [0, 0]]


def test_an_unknown_column_is_refused_with_the_known_ones() -> None:
    table = read_table(b"a,b\n1,2\n3,4\n")
    for unknown in ("c", "2", 2, -1, "", "A", "٠"):
        with pytest.raises(Refusal) as caught:
            numeric(table, "a", unknown)
        assert caught.value == Refusal("data", "csv_column", {"given": str(unknown), "allowed": "a, b"})


def test_iris_is_fishers() -> None:
    table = shipped("iris")
    assert table.names == ("sepal_length", "sepal_width", "petal_length", "petal_width", "species", "virginica")
    judge = load_iris()
    np.testing.assert_array_equal(np.column_stack([table.numbers(i) for i in range(4)]), judge.data)
    assert table.columns["species"] == tuple(judge.target_names[judge.target])
    np.testing.assert_array_equal(table.numbers("virginica"), judge.target == 2)
    # where a widespread copy differs from the paper's table
    assert [table.numbers(i)[34] for i in range(4)] == [4.9, 3.1, 1.5, 0.2]
    assert [table.numbers(i)[37] for i in range(4)] == [4.9, 3.6, 1.4, 0.1]


def test_empty_cells_are_gaps_only_where_gaps_may_be() -> None:
    table = read_table(b"a,b\n1,\n,4\n")
    np.testing.assert_array_equal(table.numbers("a", gaps=True), [1, np.nan])
    with pytest.raises(Refusal) as caught:
        table.numbers("a")
    assert (caught.value.key, caught.value.values["line"]) == ("csv_not_a_number", 3)
    with pytest.raises(Refusal):
        read_table(b"a,b\n1,\nx,4\n").numbers("a", gaps=True)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ann,knows\nbob,knows\n", ("0", "1")),
        ("who,what\nann,knows\nbob,knows\n", ("who", "what")),
        ("ann,1\nbob,2\n", ("0", "1")),
    ],
)
def test_in_a_table_of_words_what_comes_again_is_no_header(text: str, names: tuple[str, ...]) -> None:
    table = read_table(text.encode(), words=True)
    assert table.names == names
    assert all(isinstance(cells, tuple) for cells in table.columns.values())


def test_numbers_in_a_table_of_words_are_numbers_when_asked_for() -> None:
    table = read_table(b"text,label\ngood,1\nbad,0\n", words=True)
    assert table.numbers("label").tolist() == [1, 0]
    assert table.begins_with_number("label")
    assert not table.begins_with_number("text")
