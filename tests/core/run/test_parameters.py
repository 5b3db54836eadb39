from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Annotated, Any

import pytest
from annotated_types import Ge, Le

from core.run.parameters import RESTART, Parameter, get_value, parameters, with_defaults, with_value
from core.run.values import Array, frozen

Side = Annotated[int, Ge(1), Le(9)]


@frozen
class Sizes:
    size: Annotated[Side | tuple[Side, Side], RESTART] = 3
    step: Side | tuple[Side, Side] | None = None
    bias: Annotated[float, Ge(-2)] | Array = 0.0


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
