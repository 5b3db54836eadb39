from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from core.run.parameters import Parameter, get_value, parameters, with_defaults, with_value


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
