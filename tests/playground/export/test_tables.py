from __future__ import annotations

import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core import optimizers
from core.optimizers import Params
from core.run.recipe import Recipe, SetParam
from core.run.refusal import Refusal
from playground.command_line.cli import main
from playground.export.tables import Gathered, Row, Table, check_size, csv_lines, rows, stacked, write_json, write_npz

RECIPE = Recipe("optimizers", 1, 0, Params(function="x² + y²"))
EDITED = Recipe("optimizers", 1, 0, Params()).edited(3, SetParam("sgd.learning_rate", 0.001))
NAN = float("nan")
ROWS = [
    Row(0, {"phase": "start", "x": NAN}, {"fixed": np.eye(2), "w": np.array([1.0, NAN]), "i": np.array([1])}, ()),
    Row(1, {"phase": "a, b", "x": -0.0}, {"fixed": np.eye(2), "w": np.array([1.0, 2.0]), "i": np.array([1, 2])},
        ((1, "one"), (1, "two"))),
]  # fmt: skip


def gathered() -> Gathered:
    return Gathered(ROWS, frozenset({"fixed"}))


def as_json() -> Any:
    file = io.BytesIO()
    write_json(file, RECIPE, gathered())
    return json.loads(file.getvalue())


def test_csv_lines() -> None:
    lines = list(csv_lines(RECIPE, ROWS))
    assert lines[0].startswith("# recipe: {")
    assert lines[1:] == ["step,phase,x,event\n", "0,start,,\n", '1,"a, b",-0.0,one; two\n']
    assert lines[0].isascii()


def test_json_has_null_for_what_is_not_there() -> None:
    held = as_json()
    assert held["step"] == [0, 1]
    assert held["series"] == {"phase": ["start", "a, b"], "x": [None, -0.0]}
    assert held["arrays"] == {"fixed": [[1, 0], [0, 1]], "w": [[1, None], [1, 2]], "i": [[1, None], [1, 2]]}
    assert held["events"] == [[1, "one"], [1, "two"]]


def test_npz_has_nan_or_minus_one() -> None:
    file = io.BytesIO()
    write_npz(file, RECIPE, gathered())
    file.seek(0)
    with np.load(file, allow_pickle=False) as archive:
        held = dict(archive)
    assert held["phase"].tolist() == ["start", "a, b"]
    np.testing.assert_array_equal(held["x"], [NAN, -0.0])
    assert np.signbit(held["x"][1])
    assert held["i"].tolist() == [[1, -1], [1, 2]]
    assert held["fixed"].tolist() == [[1, 0], [0, 1]]
    assert json.loads(str(held["recipe"]))["topic"] == "optimizers"


def test_uneven_texts_are_padded_with_nothing() -> None:
    assert stacked([np.array(["a"]), np.array(["bcd", "e"])]).tolist() == [["a", ""], ["bcd", "e"]]


def test_long_lists_are_written_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.export.tables.CHUNK", 1)
    assert as_json()["step"] == [0, 1]


def test_a_table_beyond_1_gib_is_refused_and_names_the_option() -> None:
    for ending, most in ((".json", 2**30 // (20 * 5)), (".npz", 2**30 // (8 * 5))):
        check_size(ending, ROWS[0], most, frozenset({"fixed"}))  # 2 series and 3 numbers a row
        with pytest.raises(Refusal) as refused:
            check_size(ending, ROWS[0], most + 1, frozenset({"fixed"}))
        assert refused.value.field == "--every"


def test_a_real_run_is_written_without_loss() -> None:
    table = list(rows(optimizers, RECIPE, 3, 1, arrays=True))
    file = io.BytesIO()
    write_json(file, RECIPE, Gathered(table, optimizers.CONSTANT_ARRAYS))
    assert json.loads(file.getvalue())["series"]["adam.x"] == [row.series["adam.x"] for row in table]


# The rows of a run.


def test_arrays_are_made_only_when_wanted() -> None:
    recipe = Recipe("optimizers", 1, 0, Params(function="linear-regression"))
    assert all({"batch", "data", "adam.m"} <= set(row.arrays) for row in rows(optimizers, recipe, 1, 1, arrays=True))
    assert [row.arrays for row in rows(optimizers, recipe, 1, 1, arrays=False)] == [{}, {}]


def test_what_is_infinite_is_not_there() -> None:
    recipe = Recipe("optimizers", 1, 0, Params(function="sqrt(x)", start=(0.0, 0.0)))
    first = next(rows(optimizers, recipe, 1, 1, arrays=False))
    assert math.isnan(float(first.series["sgd.grad_x"]))


# A run on its way into a file.


def written(table: Table) -> bytes:
    file = io.BytesIO()
    assert not list(table.draw())
    table.write(file, lambda: None)
    return file.getvalue()


@pytest.mark.parametrize("ending", [".csv", ".json", ".npz"])
@pytest.mark.parametrize("every", [1, 3])
def test_the_bytes_are_those_of_trace(ending: str, every: int, tmp_path: Path) -> None:
    path = tmp_path / f"t{ending}"
    at = ["--at", "3:sgd.learning_rate=0.001"]
    assert main(["trace", "optimizers", *at, "--steps", "10", "--every", str(every), "-o", str(path)]) == 0
    ours = written(Table(EDITED, 10, every, ending))
    if ending == ".npz":  # an archive holds the time it was written
        with np.load(io.BytesIO(ours)) as mine, np.load(path) as theirs:
            assert set(mine) == set(theirs)
            assert all(np.array_equal(mine[name], theirs[name], equal_nan=name != "recipe") for name in mine)
    else:
        assert ours == path.read_bytes()


def test_edits_after_the_last_row_are_left_out() -> None:
    first = written(Table(EDITED, 2)).decode().splitlines()[0]
    assert json.loads(first.removeprefix("# recipe: "))["changes"] == []
    later = written(Table(EDITED, 3)).decode().splitlines()[0]
    assert len(json.loads(later.removeprefix("# recipe: "))["changes"]) == 1


def test_every_row_ticks() -> None:
    ticks: list[int] = []
    table = Table(EDITED, 10, 4)
    table.write(io.BytesIO(), lambda: ticks.append(1))
    assert len(ticks) == 4 <= table.length
