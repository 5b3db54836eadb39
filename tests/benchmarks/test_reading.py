"""A million rows of two columns, read as a table, beside the reader alone that was chosen for it: pyarrow's."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest
from pyarrow import csv as arrow

from playground.files.text_to_table import table_of

ROWS, ROUNDS, LIMIT = 1_000_000, 9, 1.3
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def data() -> bytes:
    numbers = np.random.default_rng(0).normal(0, 10, (ROWS, 2))
    file = io.BytesIO(b"x,y\n")
    file.seek(0, io.SEEK_END)
    np.savetxt(file, numbers, "%.6f", ",")
    return file.getvalue()


def alone(data: bytes) -> list[Any]:
    """What pyarrow needs for the columns alone, on one thread as the program has it."""
    table = arrow.read_csv(io.BytesIO(data), arrow.ReadOptions(use_threads=False))
    return [column.to_numpy() for column in table.columns]


def test_a_million_rows(bench: Any, data: bytes) -> None:
    own, reference = bench.in_turn(ROUNDS, 1, lambda: table_of(data), lambda: alone(data), clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(own, reference, strict=True))
    seconds = [median(map(median, times)) for times in (own, reference)]
    remark = f"{1e3 * seconds[0]:.0f} ms, {1e3 * seconds[1]:.0f} ms"
    bench.judge(("1,000,000 rows of two columns / pyarrow", ratio, LIMIT, remark))


def test_the_reader_is_loaded_when_a_file_is_read() -> None:
    """What the first file costs on top: under a quarter of what the program takes to start."""
    code = (
        "import json, sys, time, playground.files.text_to_table as files; before = set(sys.modules); "
        "began = time.process_time(); files.table_of(b'x,y\\n1,2\\n'); seconds = time.process_time() - began; "
        "print(json.dumps([seconds, 'pyarrow' in before, 'pyarrow' in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, before, after = json.loads(done.stdout)
    assert (before, after) == (False, True)
    assert seconds < 0.5
