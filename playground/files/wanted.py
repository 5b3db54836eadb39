"""From a table, or from whatever else a file is, to what a parameter wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from core.run.values import read_npy
from playground.files.arrays import KINDS, is_plain, unpacked
from playground.files.bytes_to_text import text_of
from playground.files.column_values import values_of
from playground.files.json_table import holds_lines
from playground.files.labelled_lines import as_csv, begins_with_labels, is_fasttext
from playground.files.own_arrays import last_row
from playground.files.pictures import is_picture, picture_of
from playground.files.proposals import proposed
from playground.files.ratings import is_long
from playground.files.readers import malformed, read_bytes, strict_json
from playground.files.reading import AUTO, GUESSED, Reading, Remark
from playground.files.row_names import naming
from playground.files.strangers import check_known, is_stranger
from playground.files.table_columns import find, without_blanks, without_no_class, words
from playground.files.text_to_table import Table, table_of
from playground.words.quoting import listed

__all__ = ["Taken", "keeps_gaps", "proposed", "read_file", "table_for", "taken_of", "wanted", "with_blank_classes"]

_BY_BEGINNING = {
    b"\x93NUMPY": "npy", b"PK\x03\x04": "npz", b"\x89PNG": "picture", b"\xff\xd8\xff": "picture", b"GIF8": "picture",
    b"II*\0": "picture", b"MM\0*": "picture", b"RIFF": "picture",
}  # fmt: skip
_TABLES = (".csv", ".tsv", ".tab", ".dat", ".data")
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp")
_BY_ENDING = {
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), "json"), ".npy": "npy", ".npz": "npz",
    **dict.fromkeys((*_TABLES, ".txt"), "text"), **dict.fromkeys(_PICTURES, "picture"),
}  # fmt: skip
_SAMPLE, _ROWS = 2**16, 20  # bytes and lines that tell whether a text is a table
_CLASSED = ("array", "open choice", "texts")  # kinds of which a column may be one of classes
_IN_JSON = ("records", "record", "nested")  # kinds of which JSON tables are no rows


@dataclass(frozen=True)
class Taken:
    """What was taken of a file: values by parameter, the columns they stand in, and what is to be said of it."""

    values: dict[str, Any]
    columns: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    rows: int = 0
    left_out: int = 0  # rows


def wanted(table: Table, parameter: Parameter, chosen: Sequence[str] = ()) -> Taken:
    """Return what a parameter takes of a table: the columns chosen by name or index, else those proposed.

    Raises Refusal for columns that are not there or cannot serve, and for blanks that are not to be left out.
    """
    field = parameter.name
    names = tuple(find(table, name, field) for name in chosen) or proposed(table, parameter)
    table, no_class = with_blank_classes(table, names, parameter)
    keeps = keeps_gaps(table, names, parameter) and table.reading.blank != "refuse"
    whole, left_out = (table, ()) if keeps else without_blanks(table, names, field)
    values, said = values_of(whole, names, parameter)
    named = naming(whole, names, parameter)
    if parameter.columns and named:
        values = {parameter.columns.rows: list(words(whole, named)), **values}
        said = (*said, Remark("rows_named", {"column": named}))
    choice = () if chosen else _choice(table, names, named, parameter)
    remarks = (*table.remarks, *no_class, *choice, *left_out, *said)
    return Taken(values, names, remarks, len(whole.lines), len(table.lines) - len(whole.lines))


def with_blank_classes(table: Table, names: Sequence[str], parameter: Parameter) -> tuple[Table, tuple[Remark, ...]]:
    """Return a table with blanks for words that say that there is no class, where the last of several columns is one
    of classes; and what is said of that.
    """
    columns = parameter.columns
    takes = columns is not None and parameter.kind in _CLASSED and (bool(columns.last) or columns.count == 3)
    return without_no_class(table, names[-1]) if takes and len(names) > 1 else (table, ())


def keeps_gaps(table: Table, names: Sequence[str], parameter: Parameter) -> bool:
    """Tell whether blanks in these columns are gaps of the value, and no row is left out for them."""
    return parameter.kind == "table" and not is_long(table, names)


def _choice(table: Table, names: Sequence[str], named: str | None, parameter: Parameter) -> Iterator[Remark]:
    """Yield what is to be said of columns that nobody chose."""
    others = [name for name in table.names if name not in (*names, named) and name != table.index]
    if others or list(names) != [name for name in table.names if name in names]:
        yield Remark("columns_taken", {"columns": listed(names), "others": listed(others) or "–"})
    if table.index is not None and table.index not in (*names, named):
        yield Remark("index_left_out", {"column": table.index})
    elif table.index in names and parameter.columns is not None:
        yield Remark("index_taken", {"column": table.index})


def read_file(path: str | Path, parameter: Parameter, reading: Reading = GUESSED, chosen: Sequence[str] = ()) -> Taken:
    """Return what a parameter takes of a file, whatever it is: a table, a text, a picture, an array, JSON.

    Raises Refusal naming file and fault.
    """
    return taken_of(read_bytes(Path(path), parameter.name), str(path), parameter, reading, chosen)


def taken_of(
    data: bytes, name: str, parameter: Parameter, reading: Reading = GUESSED, chosen: Sequence[str] = ()
) -> Taken:
    """Return what a parameter takes of the bytes of a file of that name. Raises Refusal naming file and fault."""
    return _KINDS[kind_of(data, name)](data, name, parameter, reading, chosen)


def kind_of(data: bytes, name: str) -> str:
    """Return what a file is by how it begins, else by its ending: npy, npz, json, picture, text, or a stranger."""
    if is_stranger(data):
        return "stranger"
    begun = next((kind for beginning, kind in _BY_BEGINNING.items() if data.startswith(beginning)), None)
    return begun or _BY_ENDING.get(Path(name).suffix.lower()) or ("picture" if is_picture(data) else "text")


def _from_text(data: bytes, name: str, parameter: Parameter, reading: Reading, chosen: Sequence[str]) -> Taken:
    is_table = bool(chosen) or Path(name).suffix.lower() in _TABLES or _holds_columns(data, parameter, reading)
    if parameter.takes_files and parameter.kind in _IN_JSON and not is_table:
        return _from_json(data, name, parameter, reading, chosen)
    if parameter.takes_files and (parameter.kind != "texts" or is_table):
        return _from_table(data, name, parameter, reading, chosen)
    if parameter.holds == "text" and is_table:
        return _from_column(data, name, parameter, reading, chosen)
    text, said = _decoded(data, name, parameter, reading)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return Taken({parameter.name: lines if parameter.takes_files else text}, remarks=said, rows=len(lines))


def _holds_columns(data: bytes, parameter: Parameter, reading: Reading) -> bool:
    """Tell whether texts stand in a column of a file, however it is called: beside others, or behind labels."""
    if parameter.kind == "texts":
        return _is_cut(data) or is_fasttext(text := _text(data, reading)) or begins_with_labels(text)
    return parameter.holds == "text" and is_fasttext(_text(data, reading))


def _text(data: bytes, reading: Reading) -> str:
    try:
        return text_of(data, reading.encoding).text
    except Refusal:
        return ""


def _from_column(data: bytes, name: str, parameter: Parameter, reading: Reading, chosen: Sequence[str]) -> Taken:
    """Return the texts in one column of a table as a single text, each in a line of its own."""
    taken = _from_table(data, name, replace(parameter, kind="texts"), reading, chosen)
    return replace(taken, values={parameter.name: "\n".join(taken.values[parameter.name])})


def _is_cut(data: bytes) -> bool:
    """Tell whether the first lines are cut by tabs or bars, all of them alike, as no sentence is."""
    lines = [line for line in data[:_SAMPLE].split(b"\n")[:_ROWS] if line.strip()]
    return any(len({line.count(sign) for line in lines}) == 1 and sign in lines[0] for sign in (b"\t", b"|"))


def _decoded(data: bytes, name: str, parameter: Parameter, reading: Reading) -> tuple[str, tuple[Remark, ...]]:
    """Return a text, and its encoding where that is not UTF-8."""
    with malformed(parameter.name, name):
        text = text_of(data, reading.encoding)
    return text.text, () if text.encoding == "utf-8" else (Remark("encoding", {"given": text.encoding}),)


def _from_table(data: bytes, name: str, parameter: Parameter, reading: Reading, chosen: Sequence[str]) -> Taken:
    return wanted(table_for(parameter, data, name, reading), parameter, chosen)


def table_for(
    parameter: Parameter, data: bytes, name: str, reading: Reading = GUESSED, most: int | None = None
) -> Table:
    """Return the table in the bytes of a file as a parameter needs it: where rows of words are wanted, blanks may stand
    between them.

    Where texts are wanted, labels may stand before them. With `most` only its first rows. Raises Refusal naming what
    is wrong, and where.
    """
    if parameter.kind == "texts" and begins_with_labels(text := _text(data, reading)):
        read = replace(reading, header="no", encoding="utf-8", separator=",")
        table = table_of(as_csv(text).encode(), name, read, parameter.name, most)
        return replace(table, remarks=(Remark("labels_first"), *table.remarks))
    table = table_of(data, name, reading, parameter.name, most)
    if parameter.kind == "rows" and len(table.names) == 1 and reading.separator == AUTO:
        return table_of(data, name, replace(reading, separator="space"), parameter.name, most)
    return table


def _from_json(data: bytes, name: str, parameter: Parameter, reading: Reading, chosen: Sequence[str]) -> Taken:
    """Return what JSON says, or columns of it where it is a table of records or of columns."""
    text, said = _decoded(data, name, parameter, reading)
    takes_columns = parameter.takes_files and parameter.kind not in _IN_JSON
    if takes_columns and holds_lines(text):
        return _from_table(data, name, parameter, reading, chosen)
    with malformed(parameter.name, name):
        value = strict_json(text)
    is_table = isinstance(value, dict) or (isinstance(value, list) and isinstance(next(iter(value), None), dict))
    if takes_columns and (is_table or chosen or _is_wider(value, parameter)):
        return _from_table(data, name, parameter, reading, chosen)
    return Taken({parameter.name: value}, remarks=said, rows=len(value) if isinstance(value, list) else 0)


def _is_wider(value: Any, parameter: Parameter) -> bool:
    """Tell whether lists of numbers have more columns than are wanted."""
    row = value[0] if isinstance(value, list) and value else None
    count = parameter.columns.count if parameter.columns else None
    return isinstance(row, list) and count is not None and len(row) > count


def _from_npy(data: bytes, name: str, parameter: Parameter, reading: Reading, chosen: Sequence[str]) -> Taken:
    with malformed(parameter.name, name):
        array = read_npy(data, KINDS)
        if array.dtype.kind == "b":
            raise ValueError("numbers are wanted, not truth values")
    return _from_array(array, parameter, chosen, partial(_from_table, data, name, parameter, reading, chosen))


def _from_array(
    array: NDArray[Any], parameter: Parameter, chosen: Sequence[str], columns: Callable[[], Taken]
) -> Taken:
    """Return an array as it is, or some of its columns where they are chosen or it has more than are wanted."""
    if not is_plain(array):
        return columns()
    count = parameter.columns.count if parameter.columns else None
    has_blanks = array.dtype.kind == "f" and bool(np.isnan(array).any())
    if chosen or (array.ndim == 2 and count is not None and (array.shape[1] > count or has_blanks)):
        return columns()
    return Taken({parameter.name: array}, rows=len(array) if array.ndim else 0)


def _from_npz(data: bytes, name: str, parameter: Parameter, reading: Reading, chosen: Sequence[str]) -> Taken:
    """Return the one array of an archive, the one chosen, or columns that are arrays of equal length."""
    arrays = unpacked(data, parameter.name)
    one = chosen[0] if len(chosen) == 1 else next(iter(arrays), "") if len(arrays) == 1 else ""
    if one in arrays:
        array, said = last_row(data, arrays, one)
        taken = _from_array(array, parameter, (), partial(_from_table, data, name, parameter, reading, chosen))
        return replace(taken, remarks=(*taken.remarks, *said))
    takes_one = parameter.columns is None or parameter.kind == "table" or _holds_matrices(arrays)
    if not chosen and takes_one and parameter.takes_arrays:
        raise Refusal(parameter.name, "npz_which", {"given": Path(name).name, "allowed": listed(list(arrays))})
    return _from_table(data, name, parameter, reading, chosen)


def _holds_matrices(arrays: Mapping[str, NDArray[Any]]) -> bool:
    """Tell whether an archive, no run of ours, holds a matrix: then its arrays of one axis are not all the data."""
    return "step" not in arrays and any(array.ndim > 1 for array in arrays.values())


def _from_picture(data: bytes, name: str, parameter: Parameter, reading: Reading, chosen: Sequence[str]) -> Taken:
    picture = picture_of(data, parameter.name, name)
    return Taken({parameter.name: picture.pixels}, remarks=picture.remarks)


def _refuse(data: bytes, name: str, parameter: Parameter, reading: Reading, chosen: Sequence[str]) -> Taken:
    check_known(data, name, parameter.name)
    raise AssertionError(name)  # a stranger is refused by what it is


_KINDS: dict[str, Callable[[bytes, str, Parameter, Reading, Sequence[str]], Taken]] = {
    "text": _from_text, "json": _from_json, "npy": _from_npy, "npz": _from_npz, "picture": _from_picture,
    "stranger": _refuse,
}  # fmt: skip
