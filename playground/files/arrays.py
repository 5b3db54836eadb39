"""Tables in NumPy's files: an array of one or two axes, or an archive of columns, such as this program writes."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from typing import Any

from numpy.typing import NDArray

from core.run.refusal import Refusal
from core.run.values import read_npy
from playground.files.reading import Remark
from playground.words.quoting import listed, short

NPY, NPZ = b"\x93NUMPY", b"PK\x03\x04"
LARGEST = 256 * 2**20  # bytes that an archive may hold
Named = dict[str, NDArray[Any]]


def npy_columns(data: bytes, field: str) -> Named:
    """Return the columns of an NPY file, called by their place. Raises Refusal for what is no table of numbers."""
    return _columns(_array(data, field), field)


def npz_columns(data: bytes, field: str) -> tuple[Named, list[Remark]]:
    """Return the columns of an NPZ file: its arrays of one axis and of the length that most have, behind the columns of
    a matrix that has as many rows; else its one matrix.

    Raises Refusal for a damaged archive, and one without a table.
    """
    arrays = unpacked(data, field)
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


def _left(arrays: Named, taken: list[str]) -> list[Remark]:
    left = [name for name in arrays if name not in taken]
    return [Remark("npz_left", {"given": listed(left)})] if left else []


def unpacked(data: bytes, field: str) -> Named:
    """Return the arrays of numbers in an archive; a text, such as a recipe, is none."""
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
    return {name: _array(file, field) for name, file in files.items() if not _is_text(file)}


def _is_text(file: bytes) -> bool:
    return any(mark in file[:128] for mark in (b"'<U", b"'>U", b"'|S"))


def _array(data: bytes, field: str) -> NDArray[Any]:
    try:
        return read_npy(data)
    except ValueError as error:
        raise Refusal(field, "array_malformed", {"reason": short(str(error))}) from None


def _columns(array: NDArray[Any], field: str) -> Named:
    if array.ndim not in (1, 2) or not array.size:
        raise Refusal(field, "array_no_table", {"given": list(array.shape)})
    table = array.reshape(len(array), -1)
    return {str(place): table[:, place] for place in range(table.shape[1])}
