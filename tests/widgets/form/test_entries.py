"""Values as rows of text and back: what is typed is never lost."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pytest
from annotated_types import Ge, Le, Len
from hypothesis import example, given
from hypothesis import strategies as st

from core.run.parameters import Parameter, parameters
from core.run.values import ArrayWithGaps, frozen
from widgets.form import entries


@frozen
class Dense:
    units: Annotated[int, Ge(1), Le(64)]
    activation: Literal["relu", "tanh"] | None = None
    input_shape: tuple[int | None, ...] | None = None
    type: Literal["Dense"] = "Dense"


@frozen
class Flatten:
    type: Literal["Flatten"] = "Flatten"


@frozen
class Params:
    layers: Annotated[tuple[Dense | Flatten, ...], Len(1, 9)] = (Flatten(),)
    words: tuple[str, ...] = ("a",)
    facts: tuple[tuple[str, str], ...] = ()
    holes: ArrayWithGaps | None = None


KNOWN: dict[str, Parameter] = {parameter.name: parameter for parameter in parameters(Params)}
DENSE: dict[str, Any] = {"type": "Dense", "units": 8, "activation": "relu", "input_shape": [None, 3]}


@pytest.mark.parametrize(
    ("name", "value", "rows"),
    [
        ("layers", [DENSE], [["Dense", "units=8, activation=relu, input_shape=[null, 3]"]]),
        ("layers", [{"type": "Flatten"}], [["Flatten", ""]]),
        ("words", ["so good", "坏"], [["so good"], ["坏"]]),
        ("facts", [["ann", "bob"]], [["ann", "bob"]]),
        ("holes", [[1, None], [2.5, -3]], [["1", ""], ["2.5", "-3"]]),
        ("words", [], []),
    ],
)
def test_a_value_is_rows_and_rows_are_a_value(name: str, value: Any, rows: list[list[str]]) -> None:
    assert entries.rows_of(KNOWN[name], value) == rows
    assert entries.value_of(KNOWN[name], rows) == value


def test_what_is_no_list_has_no_rows() -> None:
    assert entries.rows_of(KNOWN["words"], "english") == []
    assert entries.rows_of(KNOWN["holes"], None) == []


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ("units=8, activation='relu'", {"units": 8, "activation": "relu"}),
        ("8, tanh", {"units": 8, "activation": "tanh"}),
        ("units=8, input_shape=[1, [2, 3]]", {"units": 8, "input_shape": [1, [2, 3]]}),
        ('units=8, activation="a, b=c"', {"units": 8, "activation": "a, b=c"}),
        ("units=8, activation=None, ", {"units": 8, "activation": None}),
        ("units=eight", {"units": "eight"}),
        ("rate=1", {"rate": 1}),
        ("8, tanh, [1], much", {"units": 8, "activation": "tanh", "input_shape": [1], "much": "much"}),
    ],
)
def test_settings_are_read_as_code_writes_them(settings: str, wanted: dict[str, Any]) -> None:
    assert entries.record_of(KNOWN["layers"], "Dense", settings) == {"type": "Dense", **wanted}


TEXT = st.text(st.characters(blacklist_categories=["Cs"]), max_size=6)
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 999) | TEXT, lambda inner: st.lists(inner, max_size=3), max_leaves=5
)


@given(VALUE, VALUE)
@example('"', None)
@example("a\\", '", b')
def test_any_settings_come_back(units: Any, activation: Any) -> None:
    record = {"type": "Dense", "units": units, "activation": activation}
    rows = entries.rows_of(KNOWN["layers"], [record])
    assert entries.value_of(KNOWN["layers"], rows) == [record]


def test_what_is_no_number_stays_a_text_to_be_refused() -> None:
    assert entries.value_of(KNOWN["holes"], [["1", " x "], ["", "−2"]]) == [[1, "x"], [None, -2]]


def test_a_new_record_has_what_must_be_given_and_another_type_keeps_what_it_has() -> None:
    assert entries.fresh(KNOWN["layers"], "Dense") == {"type": "Dense", "units": 1}
    assert entries.retyped(KNOWN["layers"], DENSE, "Flatten") == {"type": "Flatten"}
    assert entries.retyped(KNOWN["layers"], {"type": "Flatten"}, "Dense") == {"type": "Dense", "units": 1}
    assert entries.retyped(KNOWN["layers"], DENSE, "GRU") == {**DENSE, "type": "GRU"}


def test_a_table_is_as_wide_as_its_rows() -> None:
    assert entries.columns_of(KNOWN["holes"], [[1, 2, 3]]) == 3
    assert [entries.columns_of(KNOWN[name], None) for name in KNOWN] == [2, 1, 2, 1]
