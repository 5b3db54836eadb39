from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import optimizers
from core.run.parameters import Parameter
from core.run.recipe import Origin, Recipe
from core.run.refusal import Refusal
from playground.command_line.arguments import ending, parse, recipe
from playground.command_line.cli import main
from playground.export.formats import TABLES
from playground.files.session import open_file
from playground.recipes.plain_recipes import find_parameter
from playground.topic_list import topic


def value(name: str, text: str) -> Any:
    return parse(text, find_parameter(optimizers, name)).values[name]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("noise", "1.5", 1.5),
        ("noise", "1e-3", 0.001),
        ("batch_size", "5", 5),
        ("standardise", "true", True),
        ("start", "[1, -2.5]", [1, -2.5]),
        ("methods", '["sgd"]', ["sgd"]),
        ("noise", "much", "much"),
        ("noise", "NaN", "NaN"),
        ("noise", "1e999", "1e999"),
        ("noise", "[" * 100_000, "[" * 100_000),
        ("function", "bowl", "bowl"),
        ("function", "5", "5"),
        ("function", '"bowl"', '"bowl"'),
        ("function", "[1, 2]", "[1, 2]"),
        ("data", "iris", "iris"),
        ("data", "[[1, 2], [3, 4]]", [[1, 2], [3, 4]]),
    ],
)
def test_json_where_it_is_json_else_a_text(name: str, text: str, found: Any) -> None:
    assert value(name, text) == found


def test_a_text_is_taken_as_it_stands() -> None:
    assert parse("[1, 2]", Parameter("corpus", "text", "")).values == {"corpus": "[1, 2]"}


def test_a_file_is_read(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.eye(2))
    np.testing.assert_array_equal(value("data", f"@{tmp_path}/a.npy"), np.eye(2))


@pytest.mark.parametrize(("name", "found"), [("a.csv", ".csv"), ("a.b.JSON", ".json"), (".npz", ".npz")])
def test_the_ending_of_a_file_says_what_it_becomes(name: str, found: str) -> None:
    assert ending(Path(name), TABLES) == found


def test_another_ending_is_refused_naming_those_allowed() -> None:
    with pytest.raises(Refusal) as refused:
        ending(Path("csv"), TABLES)
    assert refused.value.field == "-o"
    assert refused.value.values == {"given": "csv", "allowed": ".csv, .json, .npz"}


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    path = tmp_path / "towns.csv"
    path.write_text('town,"east, km",north\nUlm,0,1\nBern,2,3\nGraz,9,9\n', "utf-8")
    return path


def made(*given: str) -> Recipe[Any]:
    return recipe(topic("kmeans"), given, (), 0, 10)[0]


def test_a_recipe_carries_the_names_of_the_file_and_of_the_columns(towns: Path) -> None:
    found = made(f"points=@{towns}")
    assert found.params.point_names == ("Ulm", "Bern", "Graz")
    assert found.origins == (
        Origin("points", "towns.csv", ("east, km", "north")),
        Origin("point_names", "towns.csv"),
    )
    assert made(f'points=@{towns}:north,"east, km"').origins[0].columns == ("north", "east, km")


def test_of_two_values_the_last_has_its_name(towns: Path) -> None:
    assert made(f"points=@{towns}", "points=blobs", "point_names=[]").origins == ()


def test_the_recipe_in_a_table_has_the_names_and_opens_with_them(towns: Path, tmp_path: Path) -> None:
    table = tmp_path / "run.csv"
    assert main(["trace", "kmeans", "--set", f"points=@{towns}", "--steps", "2", "-o", str(table)]) == 0
    assert open_file(table).recipe.origins == made(f"points=@{towns}").origins
    head = table.read_text("utf-8").splitlines()[:2]
    assert '"columns": ["east, km", "north"]' in head[0]
    assert head[1] == "step,phase,inertia,changed,shift,event"


def test_a_wrong_choice_is_heard_of_before_what_has_no_use_with_it() -> None:
    with pytest.raises(Refusal) as caught:
        recipe(topic("optimizers"), ["function=linear-regresion", "batch_size=4"], [], 0, 1)
    assert caught.value.field == "function"


@pytest.mark.parametrize(("corpus", "said"), [
    ("kings_and_cats", "Did you mean kings-and-cats? Its texts: kings-and-cats, boats-and-bread"),
    ("moby-dick.txt", "a text itself. Its texts: kings-and-cats"),
    ("the cat sat", ""), ("boats-and-bread", ""), ("猫坐着", ""),
])  # fmt: skip
def test_a_text_that_looks_like_the_name_of_one_is_warned_of(corpus: str, said: str) -> None:
    _, lines = recipe(topic("word2vec"), [f"corpus={corpus}"], [], 0, 1)
    assert [said in line for line in lines] == [True] * bool(said)
