"""Tables in JSON, as they are taken from a file."""

from __future__ import annotations

import numpy as np
import pytest

from core.run.parameters import Columns, Parameter
from playground.files.wanted import taken_of

PAIR = Parameter("points", "open choice", "", columns=Columns(2), hint=np.ndarray)
TEXTS = Parameter("sentences", "texts", (), columns=Columns(2, last="labels"))


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_one_record_a_line_is_a_table_whatever_it_is_called(name: str) -> None:
    lines = b'{"x": 1, "y": 2}\n{"x": 3, "y": 4}\n'
    assert taken_of(lines, name, PAIR).values["points"].tolist() == [[1, 2], [3, 4]]
    said = b'{"text": "so good", "label": 1}\n{"text": "so bad", "label": 0}\n'
    assert taken_of(said, name, TEXTS).values == {"sentences": ["so good", "so bad"], "labels": [1, 0]}
