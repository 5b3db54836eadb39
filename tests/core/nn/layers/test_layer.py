"""What every layer has: what it was told, how its weights are counted."""

from __future__ import annotations

from core.nn.layers import Count, Dense, Flatten
from core.nn.layers.layer import Record


def test_a_layer_is_told_its_input_in_three_ways() -> None:
    assert Record().told() == {}
    assert Dense(2, input_shape=(3, None)).told() == {"input_shape": (None, 3, None)}
    assert Flatten(input_dim=4).told() == {"input_dim": (None, 4)}
    assert Dense(2, batch_input_shape=(8, 3)).told() == {"batch_input_shape": (8, 3)}


def test_weights_are_counted_as_a_learner_would() -> None:
    count = Count(((("rows", 3), ("columns", 5)), (("bias", 1),)), ("filters", 8))
    assert (count.total, count.formula) == (128, "(3·5 + 1)·8")
    assert (Count(((("inputs", 7),),), ("units", 2)).total, Count(((("inputs", 7),),), ("units", 2)).formula) == (
        14,
        "7·2",
    )
    assert (Count().total, Count().formula) == (0, "0")
