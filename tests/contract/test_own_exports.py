"""What `trace -o` wrote is read back: every series of every topic, to the last bit."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from core.run.recipe import Recipe
from playground.export.tables import Table as Export
from playground.export.tables import rows
from playground.files.text_to_table import Table, table_of
from playground.topic_list import TOPICS, TopicEntry

STEPS = 6


def exported(recipe: Recipe[Any], ending: str) -> bytes:
    file = io.BytesIO()
    Export(recipe, STEPS, 2, ending).write(file, lambda: None)
    return file.getvalue()


def numbers(table: Table, name: str) -> list[float]:
    column: list[float] = np.asarray(table.columns[name], dtype=float).tolist()
    return column


@pytest.mark.parametrize("ending", [".csv", ".json", ".npz"])
@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_a_run_is_read_back(entry: TopicEntry, ending: str) -> None:
    recipe = Recipe(entry.id, entry.core.VERSION, 0, entry.core.Params())
    wanted = [row.series | {"step": row.step} for row in rows(entry.core, recipe, STEPS, 2, arrays=False)]
    table = table_of(exported(recipe, ending), f"run{ending}")
    of_numbers = [name for name, value in wanted[0].items() if not isinstance(value, str)]
    assert table.index == "step"
    for name in of_numbers:
        np.testing.assert_array_equal(numbers(table, name), [row[name] for row in wanted])
    if ending != ".npz":
        for name in wanted[0].keys() - set(of_numbers):
            assert list(table.columns[name]) == [row[name] for row in wanted]
