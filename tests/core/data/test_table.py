import numpy as np
import pytest
from sklearn.datasets import load_iris

from core.data.table import shipped
from core.run.refusal import Refusal


def test_iris_is_fishers() -> None:
    table = shipped("iris")
    assert table.names == ("sepal_length", "sepal_width", "petal_length", "petal_width", "species", "virginica")
    judge = load_iris()
    np.testing.assert_array_equal(np.column_stack([table.numbers(name) for name in table.names[:4]]), judge.data)
    assert table.columns["species"] == tuple(judge.target_names[judge.target])
    np.testing.assert_array_equal(table.numbers("virginica"), judge.target == 2)
    # where a widespread copy differs from the paper's table
    assert [table.numbers(name)[34] for name in table.names[:4]] == [4.9, 3.1, 1.5, 0.2]
    assert [table.numbers(name)[37] for name in table.names[:4]] == [4.9, 3.6, 1.4, 0.1]


def test_columns_are_chosen_by_name_or_by_index_from_0() -> None:
    table = shipped("iris")
    assert table.beside("petal_width", "sepal_length")[0].tolist() == [0.2, 5.1]
    assert table.beside("3", "0")[0].tolist() == [0.2, 5.1]


@pytest.mark.parametrize("unknown", ["colour", "6", "-1", "", "Species", "٠"])
def test_an_unknown_column_is_refused_with_the_known_ones(unknown: str) -> None:
    with pytest.raises(Refusal) as caught:
        shipped("iris").beside("sepal_length", unknown, "points")
    known = ("sepal_length", "sepal_width", "petal_length", "petal_width", "species", "virginica")
    assert caught.value == Refusal("points", "csv_column", {"given": unknown, "allowed": known})


def test_words_are_refused_with_the_columns_of_numbers() -> None:
    with pytest.raises(Refusal) as caught:
        shipped("iris").numbers("species")
    known = "sepal_length, sepal_width, petal_length, petal_width, virginica"
    assert caught.value == Refusal("data", "csv_words", {"column": "species", "given": "setosa", "allowed": known})


def test_columns_are_read_once_and_locked() -> None:
    assert shipped("iris") is shipped("iris")
    assert not shipped("iris").numbers("sepal_length").flags.writeable
