"""Where values were read: which columns belong to which of the parameters that one file gives."""

from __future__ import annotations

import pytest

from core.run.parameters import Parameter, parameters
from core.run.recipe import LONGEST_NAME, Origin
from playground.files.origins import origins_of
from playground.topic_list import topic


def parameter(id: str, name: str) -> Parameter:
    return next(p for p in parameters(topic(id).core.Params) if p.name == name)


def test_a_value_has_the_name_of_its_file_and_of_its_columns() -> None:
    found = origins_of(parameter("kmeans", "points"), "/home/me/plants.csv", ["points"], ["height", "width"])
    assert found == (Origin("points", "plants.csv", ("height", "width")),)  # no folder: it is nobody else's business


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["points", "targets"], (Origin("points", "a.csv", ("x", "y")), Origin("targets", "a.csv", ("class",)))),
        (["points"], (Origin("points", "a.csv", ("x", "y", "class")),)),
    ],
)
def test_the_last_column_belongs_to_another_parameter_if_that_was_given(
    given: list[str], expected: tuple[Origin, ...]
) -> None:
    assert origins_of(parameter("dense", "points"), "a.csv", given, ["x", "y", "class"]) == expected


def test_a_name_is_one_line_and_not_without_end() -> None:
    (origin,) = origins_of(parameter("kmeans", "points"), "a\nb.csv", ["points"], ["Height\n (cm)", "w" * 9999])
    assert origin == Origin("points", "a b.csv", ("Height (cm)", "w" * LONGEST_NAME))


def test_what_is_no_table_has_no_columns() -> None:
    assert origins_of(parameter("word2vec", "corpus"), "tale.txt", ["corpus"]) == (Origin("corpus", "tale.txt"),)
