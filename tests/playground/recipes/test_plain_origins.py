"""Where values were read, in files: written and read, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.run.recipe import LONGEST_NAME, Origin, Recipe
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.files.session import dump, load, session_of
from playground.recipes.plain_recipes import plain_recipe, read_recipe
from playground.topic_list import topic

CORE = topic("kmeans").core
POINTS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 0.0], [7.0, 1.0]])
ORIGIN = Origin("points", "plants.csv", ("height, cm", "width"))
RECIPE: Recipe[Any] = Recipe("kmeans", CORE.VERSION, 0, CORE.Params(points=POINTS), origins=(ORIGIN,))
ENTRY = {"parameter": "points", "file": "plants.csv", "columns": ["height, cm", "width"]}


def test_what_is_written_is_read_back_and_an_older_file_has_none() -> None:
    written = plain_recipe(RECIPE)
    assert written["origins"] == [ENTRY]
    assert read_recipe(written).origins == (ORIGIN,)
    del written["origins"]
    assert read_recipe(written).origins == ()


def test_a_recipe_without_files_is_written_as_before() -> None:
    assert "origins" not in plain_recipe(Recipe("kmeans", CORE.VERSION, 0, CORE.Params()))


def test_a_session_keeps_them() -> None:
    assert load(dump(session_of(Timeline(CORE, RECIPE), 0))).recipe.origins == (ORIGIN,)


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        ("plants.csv", "origins"),
        (["plants.csv"], "origins.0"),
        ([ENTRY, ENTRY], "origins.1.parameter"),
        ([{**ENTRY, "parameter": "n_clusters"}], "origins.0.parameter"),
        ([{**ENTRY, "parameter": "nothing"}], "origins.0.parameter"),
        ([{**ENTRY, "file": ""}], "origins.0.file"),
        ([{**ENTRY, "file": "a" * (LONGEST_NAME + 1)}], "origins.0.file"),
        ([{**ENTRY, "columns": ["a", 2]}], "origins.0.columns.1"),
        ([{**ENTRY, "columns": ["a"] * 1001}], "origins.0.columns"),
        ([{**ENTRY, "rows": 3}], "origins.0.rows"),
    ],
)
def test_what_is_no_origin_is_refused_by_its_place(entry: Any, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_recipe({**plain_recipe(RECIPE), "origins": entry})
    assert refused.value.field == field
