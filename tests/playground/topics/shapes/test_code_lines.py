"""Long lines of a program go on in the next row, and nothing of them is lost."""

from __future__ import annotations

import re

import pytest

from core.nn.layers import Conv2D, Dense
from core.shapes.keras_code import CodeLine, code
from core.shapes.settings import Params
from playground.topics.shapes.code_lines import ROLE, rows_of, widest_of
from widgets.base.labels import text_width

pytestmark = pytest.mark.usefixtures("qapp")
LONG = code(Params(layers=(Conv2D(64, 3, activation="relu", input_shape=(128, 128, 3)),), batch_size=32), "notes")[4:-1]


def test_a_line_that_has_room_is_one_row() -> None:
    (row,) = rows_of((CodeLine("    Dense(16),", 2),), 500.0)
    assert (row.text, row.layer, row.parts) == ("Dense(16),", 2, (("Dense(16),", False),))


@pytest.mark.parametrize("widest", [120.0, 200.0, 330.0])
def test_a_long_one_is_broken_behind_its_commas(widest: float) -> None:
    rows = rows_of(LONG, widest)
    assert len(rows) > 1
    assert " ".join(row.text.removeprefix("  ") for row in rows) == LONG[0].text.strip()
    assert all(row.text.startswith("  ") for row in rows[1:])
    assert all(row.layer == 1 for row in rows)
    assert any("input_shape=(128, 128, 3)" in row.text for row in rows)  # a tuple stays whole
    fitting = [row for row in rows if text_width(row.text, ROLE) <= widest]
    pieces = [re.sub(r"\([^()]*\)", "", row.text).rstrip(", ") for row in rows if row not in fitting]
    assert not any(", " in piece for piece in pieces)  # such a row cannot be broken any more


def test_what_is_told_is_marked_wherever_it_is_broken() -> None:
    for widest in (120.0, 250.0, 900.0):
        told = [text for row in rows_of(LONG, widest) for text, is_told in row.parts if is_told]
        assert " ".join(text.strip() for text in told) == LONG[0].told == "input_shape=(128, 128, 3), batch_size=32"


def test_the_widest_of_a_program() -> None:
    lines = code(Params(layers=(Dense(3, input_shape=(2,)),)), "today")[4:-1]
    assert widest_of(lines) == text_width("Input(shape=(2,)),", ROLE)
    assert widest_of(()) == 0.0
