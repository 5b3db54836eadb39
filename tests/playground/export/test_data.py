from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pytest

from core import optimizers
from core.run.recipe import Recipe, SetParam
from playground.command_line.cli import main
from playground.export.data import Table

RECIPE = Recipe("optimizers", 1, 0, optimizers.Params()).edited(3, SetParam("sgd.learning_rate", 0.001))


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
    ours = written(Table(RECIPE, 10, every, ending))
    if ending == ".npz":  # an archive holds the time it was written
        with np.load(io.BytesIO(ours)) as mine, np.load(path) as theirs:
            assert set(mine) == set(theirs)
            assert all(np.array_equal(mine[name], theirs[name], equal_nan=name != "recipe") for name in mine)
    else:
        assert ours == path.read_bytes()


def test_edits_after_the_last_row_are_left_out() -> None:
    first = written(Table(RECIPE, 2)).decode().splitlines()[0]
    assert json.loads(first.removeprefix("# recipe: "))["changes"] == []
    later = written(Table(RECIPE, 3)).decode().splitlines()[0]
    assert len(json.loads(later.removeprefix("# recipe: "))["changes"]) == 1


def test_every_row_ticks() -> None:
    ticks: list[int] = []
    table = Table(RECIPE, 10, 4)
    table.write(io.BytesIO(), lambda: ticks.append(1))
    assert len(ticks) == 4 <= table.length
