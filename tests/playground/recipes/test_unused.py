"""What is asked for though nothing comes of it is refused by name; what is used, or nobody asked for, is not."""

from __future__ import annotations

from typing import Any

import pytest

from core import optimizers, word2vec
from core.convolution import Params
from core.run.refusal import Refusal
from playground.recipes.unused import refuse_unused


@pytest.mark.parametrize(
    ("flat", "names", "unused"),
    [
        ({"operation": "max pooling", "dilation": 2, "size": 3}, ["dilation", "size", "operation"], ""),
        ({"operation": "max pooling", "kernel": "blur"}, ["operation", "kernel"], "kernel"),
        ({"operation": "max pooling"}, ["bias"], "bias"),  # of a later step
        ({"size": 3}, ["size"], "size"),  # the operation stands at its default
        ({"kernel": "blur"}, ["kernel", "image", "no such name"], ""),
        ({"operation": "learn"}, ["kernel", "target", "learning_rate"], ""),
    ],
)
def test_what_has_no_use_is_refused_by_name(flat: dict[str, Any], names: list[str], unused: str) -> None:
    if not unused:
        refuse_unused(Params, flat, names)
        return
    with pytest.raises(Refusal) as caught:
        refuse_unused(Params, flat, names)
    assert (caught.value.field, caught.value.key) == (unused, "not_used")


@pytest.mark.parametrize(
    ("topic", "flat", "unused"),
    [
        (optimizers, {"batch_size": 4}, "batch_size"),
        (optimizers, {"function": "x**2 + y", "standardise": True}, "standardise"),
        (optimizers, {"function": "linear-regression", "batch_size": 4}, ""),
        (word2vec, {"negative": 3}, "negative"),
        (word2vec, {"negative": 3, "output": "negative sampling"}, ""),
    ],
)
def test_each_topic_tells_what_has_no_use(topic: Any, flat: dict[str, Any], unused: str) -> None:
    if not unused:
        refuse_unused(topic.Params, flat, flat)
        return
    with pytest.raises(Refusal) as caught:
        refuse_unused(topic.Params, flat, flat)
    assert caught.value.field == unused
