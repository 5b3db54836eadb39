from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from annotated_types import Ge, Le, Len

from core.run.parameters import (
    RESTART,
    TEXT,
    VIEW,
    Columns,
    Parameter,
    Suggestions,
    Where,
    get_value,
    parameters,
    plain,
    record_type,
    records_of,
    with_defaults,
    with_value,
)
from core.run.values import Array, ArrayWithGaps, Nested, frozen

Side = Annotated[int, Ge(1), Le(9)]


@frozen
class Sizes:
    size: Annotated[Side | tuple[Side, Side], RESTART] = 3
    step: Side | tuple[Side, Side] | None = None
    bias: Annotated[float, Ge(-2)] | Array = 0.0


@frozen
class Pooled:
    way: Literal["max", "mean", "sum"] = "max"
    size: Annotated[int, Where("way", ("max", "mean"))] = 2


def named(toy: Any) -> dict[str, Parameter]:
    return {parameter.name: parameter for parameter in parameters(toy.Params)}


def test_names_are_dotted_and_in_the_order_of_the_fields(toy: Any) -> None:
    assert list(named(toy))[:3] == ["rule.rate", "noise", "size"]
    assert named(toy)["rule.rate"].group == "rule"
    assert named(toy)["noise"].group == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("noise", "number"),
        ("size", "integer"),
        ("name", "open choice"),
        ("flag", "yes/no"),
        ("sort", "choice"),
        ("place", "pair"),
        ("weights", "array"),
        ("shown", "choices"),
    ],
)
def test_kinds(toy: Any, name: str, kind: str) -> None:
    assert named(toy)[name].kind == kind


def test_marks_are_read(toy: Any) -> None:
    known = named(toy)
    assert (known["noise"].low, known["noise"].high, known["noise"].unit) == (0, 10, "m")
    assert (known["place"].low, known["place"].high) == (-5, 5)
    assert known["rule.rate"].log
    assert not known["noise"].log
    assert [known[name].mode for name in ("noise", "size", "shown")] == ["live", "restart", "view"]
    assert known["name"].choices == ("a", "b")
    assert known["sort"].choices == ("up", "down")
    assert known["shown"].choices == ("x", "y")
    assert known["size"].default == 3


def test_what_is_used_only_with_some_choices_of_another_says_so() -> None:
    known = {parameter.name: parameter for parameter in parameters(Pooled)}
    assert known["size"].where == Where("way", ("max", "mean"))
    assert [known["size"].is_used(Pooled(way)) for way in ("max", "mean", "sum")] == [True, True, False]
    assert known["way"].is_used(Pooled("sum"))


def test_one_whole_number_or_two_is_known_by_the_marks_of_the_one() -> None:
    known = {parameter.name: parameter for parameter in parameters(Sizes)}
    for name in ("size", "step"):
        assert (known[name].kind, known[name].low, known[name].high, known[name].or_pair) == ("integer", 1, 9, True)
    assert known["size"].mode == "restart"
    assert known["step"].default is None
    assert (known["bias"].kind, known["bias"].low, known["bias"].or_pair) == ("number", -2, False)


def test_one_value_is_changed_and_the_original_left_alone(toy: Any) -> None:
    params = toy.Params()
    changed = with_value(params, "rule.rate", 0.25)
    assert get_value(changed, "rule.rate") == 0.25
    assert get_value(params, "rule.rate") == 0.9
    assert with_value(changed, "rule.rate", 0.9) == params
    with pytest.raises(FrozenInstanceError):
        params.noise = 1.0


def test_only_one_mode_goes_back_to_its_defaults(toy: Any) -> None:
    params = with_value(with_value(toy.Params(), "shown", ("y",)), "noise", 2.0)
    assert with_defaults(params, "view") == with_value(toy.Params(), "noise", 2.0)


def test_an_unknown_name_is_an_error(toy: Any) -> None:
    with pytest.raises(AttributeError):
        get_value(toy.Params(), "rule.nothing")


@frozen
class Dense:
    units: Annotated[int, Ge(1), Le(64)]
    activation: Literal["relu", "tanh"] | None = None
    input_shape: tuple[int | None, ...] | None = None
    type: Literal["Dense"] = "Dense"


@frozen
class Often:
    layer: Dense = Dense(1)
    type: Literal["Often"] = "Often"


@frozen
class Lists:
    layers: Annotated[tuple[Dense | Often, ...], Len(1, 9), RESTART] = (Dense(2),)
    one: Dense | Often | None = None
    words: Annotated[str | tuple[str, ...], Suggestions(("a",), str.split)] = "a"
    facts: Annotated[tuple[tuple[str, str, str], ...], Columns(3)] = ()
    novel: Annotated[str, TEXT] = ""
    holes: Annotated[str | ArrayWithGaps, Suggestions(("b",))] = "b"
    widths: Annotated[tuple[Side, ...], Len(0, 3)] = ()
    data: Annotated[Nested, VIEW] = 0
    pieces: tuple[tuple[float, ...], ...] | None = None


def test_lists_are_known_by_their_entries() -> None:
    known = {parameter.name: parameter for parameter in parameters(Lists)}
    assert {name: parameter.kind for name, parameter in known.items()} == {
        "layers": "records", "one": "record", "words": "texts", "facts": "rows", "holes": "table",
        "novel": "text", "widths": "numbers", "data": "nested", "pieces": "nested",
    }  # fmt: skip
    assert (known["layers"].shortest, known["layers"].longest, known["layers"].mode) == (1, 9, "restart")
    assert list(records_of(known["layers"])) == list(records_of(known["one"])) == ["Dense", "Often"]
    assert known["words"].choices == ("a",)
    assert known["words"].content is str.split
    assert (known["novel"].holds, known["words"].holds) == ("text", "")
    assert known["facts"].item is not None
    assert (known["facts"].item.kind, known["facts"].item.longest) == ("texts", 3)
    width = known["widths"].item
    assert width is not None
    assert (width.kind, width.low, width.high, known["widths"].low) == ("integer", 1, 9, None)
    assert (known["data"].item, known["data"].mode, known["pieces"].optional) == (None, "view", True)
    assert [name for name, parameter in known.items() if parameter.takes_arrays] == ["holes"]


def test_the_fields_of_a_record_are_parameters_but_its_type() -> None:
    units, activation, shape = parameters(Dense)
    assert (units.name, units.required, units.default, units.beginning) == ("units", True, None, 1)
    assert (activation.kind, activation.choices, activation.optional) == ("choice", ("relu", "tanh"), True)
    assert shape.item is not None
    assert (shape.kind, shape.optional, shape.item.optional) == ("numbers", True, True)
    assert [field.kind for field in parameters(Often)] == ["record"]  # no group of parameters
    assert record_type(Often) == "Often"


def test_plain_data_leave_out_what_a_record_has_by_default() -> None:
    assert plain((Dense(3), Often(Dense(1, "relu")))) == [
        {"type": "Dense", "units": 3}, {"type": "Often", "layer": {"type": "Dense", "units": 1, "activation": "relu"}},
    ]  # fmt: skip
    assert plain(np.array([[1, np.nan], [-0.0, 2]])) == [[1, None], [-0.0, 2]]
    assert plain(np.array([1, 2])) == [1, 2]
