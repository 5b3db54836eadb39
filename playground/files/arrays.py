"""Tables in NumPy's files: an array of one or two axes, of records, or an archive of columns, such as this program
writes.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.run.refusal import Refusal
from core.run.values import read_npy
from playground.files.reading import Remark
from playground.words.quoting import listed, short

NPY, NPZ = b"\x93NUMPY", b"PK\x03\x04"
LARGEST = 256 * 2**20  # bytes that an archive may hold
KINDS = "iufbUSV"  # numbers, truth values, texts, records
Named = dict[str, NDArray[Any]]


def npy_columns(data: bytes, field: str) -> Named:
    """Return the columns of an NPY file, called by their place, those of records by name.

    Raises Refusal for what is no table.
    """
    return _columns(array_of(data, field), field)


def npz_columns(data: bytes, field: str) -> tuple[Named, list[Remark]]:
    """Return the columns of an NPZ file: its arrays of one axis and of the length that most have, behind the columns of
    a matrix that has as many rows; else its one matrix.

    Raises Refusal for a damaged archive, and one without a table.
    """
    arrays = _spread(unpacked(data, field), field)
    series = {name: array for name, array in arrays.items() if array.ndim == 1 and len(array)}
    matrices = {name: array for name, array in arrays.items() if array.ndim == 2 and array.size}
    if not series and len(matrices) != 1:
        given = ", ".join(f"{name} {list(array.shape)}" for name, array in arrays.items())
        raise Refusal(field, "npz_no_table", {"given": short(given)})
    if not series:
        return _columns(next(iter(matrices.values())), field), _left(arrays, list(matrices))
    length = len(arrays["step"]) if "step" in series else Counter(map(len, series.values())).most_common(1)[0][0]
    taken = {name: array for name, array in series.items() if len(array) == length}
    beside = [name for name, array in matrices.items() if len(array) == length and "step" not in series]
    if len(beside) == 1:  # examples, and what else is known of each
        rows = matrices[beside[0]]
        named = {f"{beside[0]} {place}": rows[:, place] for place in range(rows.shape[1])}
        return named | taken, _left(arrays, [*beside, *taken])
    return taken, _left(arrays, list(taken))


def _spread(arrays: Named, field: str) -> Named:
    """Return arrays with the fields of those of records in their place; of a single one by their own names."""
    found: Named = {}
    for name, array in arrays.items():
        fields = {own if len(arrays) == 1 else f"{name}.{own}": column for own, column in _fields(array, field).items()}
        found |= fields or {name: array}
    return found


def _left(arrays: Named, taken: list[str]) -> list[Remark]:
    left = [name for name in arrays if name not in taken]
    return [Remark("npz_left", {"given": listed(left)})] if left else []


def unpacked(data: bytes, field: str) -> Named:
    """Return the arrays in an archive; a single text, such as a recipe, is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if entry.filename.endswith(".npy")]
            if sum(entry.file_size for entry in entries) > LARGEST:
                raise Refusal(field, "npz_too_large", {"allowed": f"{LARGEST // 2**20} MiB"})
            files = {entry.filename.removesuffix(".npy"): archive.read(entry) for entry in entries}
    except Refusal:
        raise
    except Exception as error:  # a damaged archive makes zipfile and zlib raise whatever they meet
        raise Refusal(field, "array_malformed", {"reason": short(str(error))}) from None
    arrays = {name: array_of(file, field) for name, file in files.items()}
    return {name: array for name, array in arrays.items() if array.ndim or array.dtype.kind not in "US"}


def array_of(data: bytes, field: str) -> NDArray[Any]:
    """Return the array in an NPY file, be it of numbers, texts or records. Raises Refusal for any other."""
    try:
        return _plain_texts(read_npy(data, KINDS))
    except ValueError as error:
        raise Refusal(field, "array_malformed", {"reason": short(str(error))}) from None


def _plain_texts(array: NDArray[Any]) -> NDArray[Any]:
    """Return an array with bytes and moments as texts."""
    kind = array.dtype.kind
    return np.char.decode(array, "utf-8") if kind == "S" else array.astype(str) if kind == "M" else array


def is_plain(array: NDArray[Any]) -> bool:
    """Tell whether an array is one of numbers or truth values."""
    return array.dtype.kind not in "USV"


def _columns(array: NDArray[Any], field: str) -> Named:
    if array.ndim not in (1, 2) or not array.size:
        raise Refusal(field, "array_no_table", {"given": list(array.shape)})
    if array.dtype.names:
        return _columns_of_records(array, field)
    table = array.reshape(len(array), -1)
    return {str(place): table[:, place] for place in range(table.shape[1])}


def _fields(records: NDArray[Any], field: str) -> Named:
    """Return the fields of records, (n,); none of any other array. Raises Refusal where one is no number or text."""
    for name in records.dtype.names or ():
        if records[name].dtype.kind not in "iufbUSM":
            reason = f"numbers or texts are wanted in {name}, not {records[name].dtype}"
            raise Refusal(field, "array_malformed", {"reason": short(reason)})
    return {name: _plain_texts(records[name]) for name in records.dtype.names or ()}


def _columns_of_records(records: NDArray[Any], field: str) -> Named:
    """Return the columns of records. Raises Refusal where one of them holds more than a cell."""
    columns = _fields(records.reshape(-1), field)
    wide = next((column for column in columns.values() if column.ndim > 1), None)
    if wide is not None:
        raise Refusal(field, "array_no_table", {"given": list(wide.shape)})
    return columns
