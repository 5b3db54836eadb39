"""Arrays in NPZ files: their names, one of them, and what is no such file."""

from __future__ import annotations

import io
import zipfile

import numpy as np
import pytest

from playground.files import archives


def zipped(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return file.getvalue()


def test_names_and_arrays() -> None:
    file = io.BytesIO()
    np.savez(file, a=np.arange(3), b=np.eye(2))
    assert archives.names(file.getvalue()) == ["a", "b"]
    assert archives.array(file.getvalue(), "b").tolist() == [[1, 0], [0, 1]]


def test_an_array_that_promises_too_much_is_not_unpacked() -> None:
    bomb = zipped(a__npy=bytes(2**28 + 1))
    assert len(bomb) < 2**20
    with pytest.raises(ValueError, match="256 MiB"):
        archives.array(bomb, "a")


def test_a_workbook_is_told_how_to_become_a_table() -> None:
    with pytest.raises(ValueError, match="save the sheet as CSV"):
        archives.names(zipped(**{"xl/workbook__xml": b"<xml/>"}))
    with pytest.raises(ValueError, match="no arrays"):
        archives.names(zipped(a__txt=b"a"))
