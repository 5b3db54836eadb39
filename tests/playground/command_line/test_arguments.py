from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import optimizers
from core.run.parameters import Parameter
from core.run.refusal import Refusal
from playground.command_line.arguments import ending, parse
from playground.export.formats import TABLES
from playground.recipes.plain_recipes import find_parameter


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
