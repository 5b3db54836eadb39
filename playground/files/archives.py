"""The arrays in an NPZ file, read without trusting what it promises."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZipFile

from numpy.typing import NDArray

from core.run.values import read_npy

_ENDING = ".npy"
_LARGEST = 2**28  # bytes of one array


def names(data: bytes) -> list[str]:
    """Return the names of the arrays in an archive. Raises ValueError for one that is no NPZ file."""
    with ZipFile(io.BytesIO(data)) as archive:
        inside = archive.namelist()
    found = [name.removesuffix(_ENDING) for name in inside if name.endswith(_ENDING)]
    if not found:
        is_workbook = "xl/workbook.xml" in inside
        raise ValueError("it is an Excel workbook; save the sheet as CSV" if is_workbook else "it holds no arrays")
    return found


def array(data: bytes, name: str) -> NDArray[Any]:
    """Return one array of an archive. Raises ValueError for one that is no array of numbers, or too large."""
    with ZipFile(io.BytesIO(data)) as archive:
        if archive.getinfo(name + _ENDING).file_size > _LARGEST:
            raise ValueError(f"an array of more than {_LARGEST // 2**20} MiB is too large")
        return read_npy(archive.read(name + _ENDING))
