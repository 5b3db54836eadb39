"""Tables in JSON, as they are taken from a file."""

from __future__ import annotations

import numpy as np
import pytest

from core.run.parameters import Columns, Parameter
from core.run.refusal import Refusal
from playground.files.text_to_table import table_of
from playground.files.wanted import taken_of

PAIR = Parameter("points", "open choice", "", columns=Columns(2), hint=np.ndarray)
TEXTS = Parameter("sentences", "texts", (), columns=Columns(2, last="labels"))


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_one_record_a_line_is_a_table_whatever_it_is_called(name: str) -> None:
    lines = b'{"x": 1, "y": 2}\n{"x": 3, "y": 4}\n'
    assert taken_of(lines, name, PAIR).values["points"].tolist() == [[1, 2], [3, 4]]
    said = b'{"text": "so good", "label": 1}\n{"text": "so bad", "label": 0}\n'
    assert taken_of(said, name, TEXTS).values == {"sentences": ["so good", "so bad"], "labels": [1, 0]}


@pytest.mark.parametrize(
    ("records", "columns"),
    [
        ('[{"at": {"x": 1, "y": 2}}, {"at": {"x": 3, "y": 4}}]', {"at.x": [1, 3], "at.y": [2, 4]}),
        (
            '{"type": "FeatureCollection", "features": [{"geometry": {"coordinates": [1, 2]}}, '
            '{"geometry": {"coordinates": [3, 4]}}]}',
            {"geometry.coordinates.0": [1, 3], "geometry.coordinates.1": [2, 4]},
        ),
    ],
)
def test_records_within_records_are_columns_by_their_path(records: str, columns: dict[str, list[float]]) -> None:
    table = table_of(records.encode(), "a.json")
    assert {name: list(column) for name, column in table.columns.items()} == columns


def test_a_name_that_is_a_path_as_well_is_refused() -> None:
    with pytest.raises(Refusal, match="json_no_table"):
        table_of(b'[{"a.b": 1, "a": {"b": 2}}]', "a.json")


def test_what_lies_too_deep_is_no_table() -> None:
    with pytest.raises(Refusal, match="json_no_table"):
        table_of(('[{"a": ' + '{"b": ' * 90 + "1" + "}" * 90 + "}]").encode(), "a.json")
