"""Layers as typed: read strictly from JSON, and what the first is told of its input."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from core.nn.layers import Conv2D, Dense, Embedding, Flatten, LayerRecord, SimpleRNN, TimeDistributed, input_of, written
from core.run.refusal import Refusal

TABLE = json.loads(Path(__file__).with_name("stacks.json").read_text("utf-8"))


def read(records: Any) -> Any:
    pydantic = pytest.importorskip("pydantic")
    return pydantic.TypeAdapter(tuple[LayerRecord, ...]).validate_json(json.dumps(records), strict=True)


def test_a_record_is_the_layer() -> None:
    records = [
        {"type": "Conv2D", "filters": 8, "kernel_size": [3, 2], "padding": "same", "input_shape": [28, None, 1]},
        {"type": "TimeDistributed", "layer": {"type": "TimeDistributed", "layer": {"type": "Dense", "units": 3}}},
        {"type": "Embedding", "input_dim": 5, "output_dim": 3, "input_length": 4},
        {"type": "SimpleRNN", "units": 2, "activation": None, "stateful": True, "batch_input_shape": [8, 3, 2]},
    ]
    assert read(records) == (
        Conv2D(8, (3, 2), padding="same", input_shape=(28, None, 1)),
        TimeDistributed(TimeDistributed(Dense(3))),
        Embedding(5, 3, 4),
        SimpleRNN(2, None, stateful=True, batch_input_shape=(8, 3, 2)),
    )


def plain(value: Any) -> Any:
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return [plain(item) for item in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize("records", [case[0] for case in TABLE["legal"]])
def test_what_is_written_out_can_be_read_again(records: Any) -> None:
    layers = read(records)
    assert read(plain(layers)) == layers
    assert hash(read(plain(layers))) == hash(layers)


@pytest.mark.parametrize("records", [case[0] for case in TABLE["legal"] + TABLE["illegal"]])
def test_every_stack_of_the_table_can_be_typed(records: Any) -> None:
    assert [layer.type for layer in read(records)] == [record["type"] for record in records]


@pytest.mark.parametrize(
    "record",
    [
        {"units": 3},
        {"type": "Bense", "units": 3},
        {"type": "Dense"},
        {"type": "Dense", "units": 0},
        {"type": "Dense", "units": 3.0},
        {"type": "Dense", "units": "3"},
        {"type": "Dense", "units": 3, "filters": 2},
        {"type": "Dense", "units": 3, "activation": "softermax"},
        {"type": "Dense", "units": 3, "input_shape": [0]},
        {"type": "Conv2D", "filters": 3, "kernel_size": [3, 3, 3]},
        {"type": "Conv2D", "filters": 3, "kernel_size": 3, "padding": "full"},
        {"type": "Flatten", "input_length": 3},
        {"type": "TimeDistributed"},
        {"type": "TimeDistributed", "layer": {"type": "Dense", "units": -1}},
        {"type": "TimeDistributed", "layer": "Dense"},
    ],
)
def test_what_is_no_layer_is_not_read(record: Any) -> None:
    pydantic = pytest.importorskip("pydantic")
    with pytest.raises(pydantic.ValidationError):
        read([record])


def test_input_dim_is_short_for_input_shape() -> None:
    assert input_of(Dense(3, input_dim=784)) == input_of(Dense(3, input_shape=(784,)))
    assert written(input_of(Dense(3, input_dim=784))) == (None, 784)


def test_what_one_argument_leaves_open_another_may_fix() -> None:
    assert written(input_of(Dense(3, input_shape=(5, 2), batch_input_shape=(8, None, 2)))) == (8, 5, 2)
    assert written(input_of(Embedding(9, 2, input_length=4, input_shape=(None,)))) == (None, 4)


def test_the_size_of_a_batch() -> None:
    assert written(input_of(Dense(3, input_shape=(6, 8)), 32)) == (32, 6, 8)
    assert written(input_of(Dense(3, batch_input_shape=(32, 8)), 32)) == (32, 8)
    with pytest.raises(Refusal) as refused:
        input_of(Dense(3, batch_input_shape=(16, 8)), 32)
    assert refused.value.key == "layer_input_twice"
    assert (refused.value.values["name"], refused.value.values["other"]) == ("batch_input_shape", "batch_size")


def test_a_batch_alone_is_no_input() -> None:
    with pytest.raises(Refusal, match="layer_input_missing"):
        input_of(Flatten(), 32)
    with pytest.raises(Refusal, match="layer_input_missing"):
        input_of(Flatten(batch_input_shape=()), 32)
