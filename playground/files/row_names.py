"""Names of a table's rows: a column of different texts beside the numbers that are taken, or who rated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.run.parameters import LONGEST_ROW_NAME, MOST_ROW_NAMES, Parameter
from playground.files.ratings import who
from playground.files.table_columns import is_of_numbers
from playground.files.text_to_table import Table


def naming(table: Table, taken: Sequence[str], parameter: Parameter) -> str | None:
    """Return the column that names the rows of which some columns are taken; None without, or without a use for it."""
    if not (parameter.columns and parameter.columns.rows):
        return None
    if parameter.kind == "table":
        return who(table, taken)
    slips = [name for name in table.names if is_of_numbers(table, name)]  # a word among numbers makes no name of them
    return row_names(table.columns, [*taken, *slips])


def row_names(columns: Mapping[str, Sequence[Any] | Any], taken: Sequence[str]) -> str | None:
    """Return the first column that names its rows: texts, none blank or twice, short and not too many; None without.

    `columns` are those of a table by name, numbers as arrays and texts as tuples; those `taken` are none.
    """
    return next((name for name, cells in columns.items() if name not in taken and _names_rows(cells)), None)


def _names_rows(cells: Any) -> bool:
    if not isinstance(cells, tuple) or not 0 < len(cells) <= MOST_ROW_NAMES:
        return False
    return all(0 < len(cell) <= LONGEST_ROW_NAME for cell in cells) and len(set(cells)) == len(cells)
