"""What the topics on layers cannot use: exit 2, one line that names the field and what is allowed, no file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

Wrong = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]  # arguments, and what the line must hold
TWO = ("--set", "points=[[1, 2], [3, 4]]")


def stack(*layers: dict[str, Any]) -> tuple[str, str]:
    return "--set", f"layers={json.dumps(layers)}"


def dense(**more: Any) -> dict[str, Any]:
    return {"type": "Dense", "units": 3, "input_shape": [4], **more}


def conv(**more: Any) -> dict[str, Any]:
    return {"type": "Conv2D", "filters": 4, "kernel_size": 3, "input_shape": [8, 8, 1], **more}


FLAT = {"type": "Flatten", "input_shape": [8, 8, 1]}
RNN = {"type": "SimpleRNN", "units": 3}

SHAPES: Wrong = {
    "no layer": (("--set", "layers=[]"), ("layers: ", "0", "1 to 50")),
    "an unbuilt first layer": (stack({"type": "Dense", "units": 3}), ("layers: ", "Dense", "input_shape")),
    "a stack that does not fit": (
        stack(FLAT, {"type": "Conv2D", "filters": 4, "kernel_size": 3}),
        ("layers: Conv2D after Flatten needs (batch, rows, columns, channels), is given (None, 64)",),
    ),
    "states where sequences are wanted": (
        stack({**RNN, "input_shape": [5, 2]}, RNN), ("layers: SimpleRNN after SimpleRNN", "(None, 3)"),
    ),
    "Dense where the length is open": (
        stack({"type": "Embedding", "input_dim": 41, "output_dim": 8}, {"type": "Flatten"}, dense(input_shape=None)),
        ("layers: Dense after Flatten", "(None, None)"),
    ),
    "a window beyond the picture": (stack(conv(kernel_size=9)), ("layers: Conv2D", "9", "(None, 8, 8, 1)", "same")),
    "strides and dilation": (stack(conv(strides=2, dilation_rate=2)), ("layers: Conv2D", "dilation_rate")),
    "another shape told than given": (stack(dense(), dense(input_shape=[5])), ("layers: ", "(None, 3)", "(None, 5)")),
    "two inputs told": (stack(dense(input_dim=5)), ("layers: ", "(None, 4)", "(None, 5)")),
    "a state without a batch": (stack({**RNN, "stateful": True, "input_shape": [5, 2]}), ("layers: ", "batch_size")),
    "an unknown layer": (stack(dense(type="Dens")), ("layers.0.type: Dens", "MaxPooling2D")),
    "a layer without a type": (stack({"units": 3}), ("layers.0: ", '{"units": 3}', "type", "Flatten")),
    "a layer without units": (stack({"type": "Dense"}), ("layers.0.units: ", "whole number")),
    "no units": (stack(dense(units=0)), ("layers.0.units: 0", "1 to")),
    "units in words": (stack(dense(units="three")), ("layers.0.units: three", "whole number")),
    "an argument that is none": (stack(dense(colour=1)), ("layers.0.colour: ", "use_bias")),
    "an unknown activation": (stack(dense(activation="rely")), ("layers.0.activation: rely", "relu", "or null")),
    "three for two": (stack(conv(kernel_size=[3, 3, 3])), ("layers.0.kernel_size: [3, 3, 3]", "two in brackets")),
    "a negative size": (stack(dense(input_shape=[-4])), ("layers.0.input_shape.0: -4",)),
    "a name for a stack": (("--set", "layers=Dense"), ("layers: Dense", "list of tables", "SimpleRNN")),
    "a comma too many": (("--set", 'layers=[{"type": "Flatten",}]'), ("layers: ", "Expecting")),
    "a ragged list": (("--set", "data=[[1, 2], [3]]"), ("data: ", "data[1] has length 1", "data[0] has length 2")),
    "a number among lists": (("--set", "data=[[1, 2], 3]"), ("data: ", "data[1] is a number")),
    "a word in the data": (("--set", 'data=[[1, "a"]]'), ("data.0.1: a", "number")),
    "a word for the data": (("--set", "data=hello"), ("data: hello", "brackets", "[[1, 2], [3, 4]]")),
    "no data": (("--set", "data="), ('data: ""', "brackets")),
    "NaN in the data": (("--set", "data=[1, NaN]"), ("data: [1, NaN]", "NaN is no number")),
    "a batch of none": (("--set", "batch_size=none"), ("batch_size: none", "1 to 4096", "or null")),
    "weights of another shape": (("--set", "layer_3.W=[[1]]"), ("layer_3.W: ", "[1, 1]", "[32, 16]")),
    "weights in mid-run": (("--at", "2:layer_3.b=[1, 2]"), ("layer_3.b: ", "[2]", "[16]")),
    "weights of no layer": (("--set", "layer_2.W=[[1]]"), ("layer_2.W: ", "layer_3.W")),
}  # fmt: skip

DENSE: Wrong = {
    "unknown points": (("--set", "points=cluds"), ("points: ", "cluds", "clouds", "1 to 8 columns")),
    "points in a row": (("--set", "points=[1, 2]"), ("points: ", "[2]", "1 to 8 columns")),
    "too many columns": (("--set", f"points={[[1] * 9]}"), ("points: ", "[1, 9]")),
    "ragged points": (("--set", "points=[[1, 2], [3]]"), ("points: ", "lengths")),
    "NaN in points": (("--set", "points=[[1, NaN]]"), ("points: [[1, NaN]]", "NaN is no number")),
    "words for points": (("--set", 'points=[["a", "b"]]'), ("points: ", "number")),
    "targets of a drawn set": (("--set", "targets=[0, 1]"), ("targets: ", "clouds", "points of your own")),
    "too many targets": ((*TWO, "--set", "targets=[0, 1, 1]"), ("targets: ", "[3]", "[2]")),
    "an impossible class": ((*TWO, "--set", "targets=[0, 2]"), ("targets: Target 2 is 2", "0 to 1")),
    "half a class": ((*TWO, "--set", "targets=[0, 0.5]"), ("targets: Target 2 is 0.5", "whole")),
    "columns for softmax": (
        (*TWO, "--set", "activation=softmax", "--set", "units=2", "--set", "targets=[[0, 1], [1, 0]]"),
        ("targets: ", "[2, 2]", "[2]"),
    ),
    "softmax of one": (("--set", "activation=softmax", "--set", "units=1"), ("units: 1 unit", "softmax", "at least 2")),
    "too many units": (("--set", "units=17"), ("units: 17", "1 to 16")),
    "a number of layers for widths": (("--set", "hidden=8"), ("hidden: 8", "list of 0 to 3")),
    "four hidden layers": (("--set", "hidden=[8, 8, 8, 8]"), ("hidden: ", "4", "0 to 3")),
    "a layer of no units": (("--set", "hidden=[0]"), ("hidden.0: 0", "1 to 16")),
    "softmax between": (("--set", "hidden_activation=softmax"), ("hidden_activation: softmax", "gelu")),
    "a rate of 0": (("--set", "learning_rate=0"), ("learning_rate: 0", "1e-12 to 100")),
    "Newton": (("--set", "optimizer=newton"), ("optimizer: newton", "adam")),
    "1 for yes": (("--set", "train_bias=1"), ("train_bias: 1", "true or false")),
    "W lying": (("--set", "W=[[1, 2]]"), ("W: ", "[1, 2]", "[2, 1]")),
    "a number for b": (("--set", "b=1"), ("b: 1", "list of numbers")),
    "infinity in W": (("--at", "2:W=[[1], [Infinity]]"), ("W: ", "Infinity is no number")),
    "W beyond 1e12": (("--at", "2:W=[[1], [1e13]]"), ("W: ", "1e12")),
    "a bias of the net without": (("--set", "without_bias.b=[1]"), ("without_bias.b: ", "without_bias.W")),
    "weights of no layer": (("--set", "hidden_1.W=[[1]]"), ("hidden_1.W: ", "without_bias.W")),
    "other units in mid-run": (("--at", "2:units=3"), ("units: 3", "restart")),
}  # fmt: skip

ACTIVATIONS: Wrong = {
    "no function": (("--set", "functions=[]"), ("functions: ", "At least one", "softplus")),
    "a name for a list": (("--set", "functions=relu"), ("functions: relu", "list from")),
    "linear": (("--set", 'functions=["linear"]'), ("functions: ", "linear", "softplus")),
    "a function twice": (("--set", 'functions=["relu", "relu"]'), ("functions: relu", "twice")),
    "an unknown set": (("--set", "dataset=mons"), ("dataset: ", "mons", "moons", "three columns")),
    "two columns": (("--set", "dataset=[[1, 2]]"), ("dataset: ", "[1, 2]", "[n, 3]")),
    "a third class": (("--set", "dataset=[[1, 2, 2]]"), ("dataset: Row 1", "class 2", "0 or 1")),
    "a class between": (("--set", "dataset=[[1, 2, 0.5]]"), ("dataset: Row 1", "0.5", "0 or 1")),
    "NaN in the set": (("--set", "dataset=[[1, NaN, 0]]"), ("dataset: ", "NaN is no number")),
    "no set": (("--set", "dataset="), ("dataset: ", '""', "moons")),
    "65 units": (("--set", "units=65"), ("units: 65", "1 to 64")),
    "21 layers": (("--set", "layers=21"), ("layers: 21", "1 to 20")),
    "an unknown start": (("--set", "init=lecun"), ("init: lecun", "glorot, he")),
    "more than a step bears": (
        ("--set", "units=64", "--set", "layers=20", "--set", "n_samples=5000"), ("units: ", "5000", "fewer"),
    ),
    "one logit": (("--set", "logits=[1]"), ("logits: ", "1", "2 to 12")),
    "a logit too large": (("--set", "logits=[1, 1e999]"), ("logits: ", "1e999 is too large")),
    "no temperature": (("--set", "temperature=0"), ("temperature: 0", "0.001 to 1000")),
    "no place on the curve": (("--set", "curve_x=[]"), ("curve_x: ", "[0]", "1 to 10000")),
    "W of another shape": (("--set", "layer_1.W=[[1]]"), ("layer_1.W: ", "[1, 1]", "[2, 8]")),
    "W of one net in mid-run": (("--at", "2:relu.layer_3.b=[1, 2]"), ("relu.layer_3.b: ", "[2]", "[1]")),
    "W of a net that is not there": (("--set", "gelu.layer_1.W=[[1]]"), ("gelu.layer_1.W: ", "relu.layer_1.W, ", "…")),
    "other functions in mid-run": (("--at", '2:functions=["relu"]'), ("functions: ", "restart")),
}  # fmt: skip

LOSS_METRICS: Wrong = {
    "an unknown set": (("--set", "dataset=cluds"), ("dataset: ", "cluds", "clouds")),
    "two columns": (("--set", "dataset=[[1, 2]]"), ("dataset: ", "[1, 2]", "[n, 3]")),
    "a third class": (("--set", "dataset=[[1, 2, 2]]"), ("dataset: Row 1", "class 2", "0 or 1")),
    "imbalance of moons": (("--set", "dataset=moons", "--set", "imbalance=0.2"), ("imbalance: ", "moons", "clouds")),
    "imbalance of one's own": (
        ("--set", "dataset=[[1, 2, 0]]", "--set", "imbalance=0.2"), ("imbalance: ", "your own points", "overlapping"),
    ),
    "a class of none": (("--set", "imbalance=0"), ("imbalance: 0", "0.01 to 0.99")),
    "most held out": (("--set", "test_share=0.6"), ("test_share: 0.6", "0 to 0.5")),
    "an unknown loss": (("--set", "loss=l2"), ("loss: l2", "huber")),
    "an unknown loss later": (("--at", "2:loss=l2"), ("loss: l2", "huber")),
    "an unknown metric": (("--set", "metric=kappa"), ("metric: kappa", "auc")),
    "a threshold above 1": (("--set", "threshold=1.1"), ("threshold: 1.1", "0 to 1")),
    "another metric in mid-run": (("--at", "2:metric=auc"), ("metric: auc", "view")),
    "half a batch": (("--set", "batch_size=0.5"), ("batch_size: 0.5", "whole number")),
    "two weights": (("--set", "weights=[1, 2]"), ("weights: ", "[2]", "[3]")),
    "weights lying": (("--at", "2:weights=[[1, 2, 3]]"), ("weights: ", "[1, 3]", "[3]")),
    "NaN in weights": (("--at", "2:weights=[1, 2, NaN]"), ("weights: ", "NaN is no number")),
    "weights beyond 1e12": (("--at", "2:weights=[1, 2, 1e13]"), ("weights: ", "1e12")),
    "W": (("--set", "W=[1, 2, 3]"), ("W: ", "weights")),
}  # fmt: skip

FLATTEN, LAST = {"type": "Flatten"}, {"type": "Dense", "units": 10, "activation": "softmax"}


def kernels(**more: Any) -> dict[str, Any]:
    return {"type": "Conv2D", "filters": 4, "kernel_size": 3, **more}


CNN: Wrong = {
    "an unknown set": (("--set", "dataset=letters"), ("dataset: letters", "digits")),
    "no layer": (("--set", "layers=[]"), ("layers: ", "0", "1 to 20")),
    "21 layers": (stack(*[FLATTEN] * 20, LAST), ("layers: ", "21", "1 to 20")),
    "a layer of sequences": (stack(RNN, LAST), ("layers.0.type: SimpleRNN", "Conv2D")),
    "nine outputs": (stack(FLATTEN, {**LAST, "units": 9}), ("layers: Dense", "(None, 9)", "10 units")),
    "no probabilities": (stack(FLATTEN, {**LAST, "activation": "sigmoid"}), ("layers: Dense", "softmax", "10 units")),
    "a picture of probabilities": (stack(LAST), ("layers: Dense", "(None, 8, 8, 10)", "Flatten")),
    "kernels behind Flatten": (stack(FLATTEN, kernels(), LAST), ("layers: Conv2D after Flatten", "(None, 64)")),
    "a kernel beyond the digit": (stack(kernels(kernel_size=9), FLATTEN, LAST), ("layers: Conv2D", "9", "same")),
    "a pool too many": (stack(*[{"type": "MaxPooling2D"}] * 4, FLATTEN, LAST), ("layers: MaxPooling2D", "2")),
    "windows over many digits": (
        stack(kernels(padding="same", dilation_rate=99), FLATTEN, LAST), ("layers: Conv2D, layer 1", "199", "32"),
    ),
    "another digit told": (
        stack({**FLATTEN, "input_shape": [28, 28, 1]}, LAST),
        ("layers: Flatten", "(None, 28, 28, 1)", "(None, 8, 8, 1)"),
    ),
    "too many weights": (
        stack(FLATTEN, dense(units=20000, input_shape=None), LAST), ("layers: ", "1500010", "1000000"),
    ),
    "more than a step bears": (
        stack(kernels(filters=200), kernels(filters=200), FLATTEN, LAST), ("layers: ", "360 digits", "fewer maps"),
    ),
    "strides and dilation": (
        stack(kernels(strides=2, dilation_rate=2), FLATTEN, LAST), ("layers: Conv2D", "dilation_rate"),
    ),
    "a batch of more than there are": (("--set", "batch_size=1438"), ("batch_size: 1438", "0 to 1437")),
    "no epoch": (("--set", "epochs=0"), ("epochs: 0", "1 to 1000")),
    "an optimizer that is none": (("--set", "optimizer=newton"), ("optimizer: newton", "adam")),
    "a rate of nothing": (("--set", "learning_rate=0"), ("learning_rate: 0", "1e-12 to 100")),
    "NaN as a rate, later": (("--at", "2:learning_rate=NaN"), ("learning_rate: NaN",)),
    "a digit that is not there": (("--set", "shown=1797"), ("shown: 1797", "0 to 1796")),
    "a push over the whole digit": (("--set", "push=[8, 0]"), ("push", "8", "-7 to 7")),
    "a push in one direction": (("--set", "push=[1]"), ("push: [1]", "two")),
    "half a push": (("--set", "push=[0.5, 0]"), ("push: [0.5, 0]", "[1, -2]")),
    "a push in mid-run": (("--at", "2:push=[0, 1]"), ("push: ", "view")),
    "a picture of 28 rows": (("--set", f"picture={[[0] * 28] * 28}"), ("picture: ", "[28, 28]", "[8, 8]")),
    "ink of 16": (("--set", f"picture={[[16] * 8] * 8}"), ("picture: ", "16", "from 0")),
    "a ragged picture": (("--set", "picture=[[0, 1], [1]]"), ("picture: ",)),
    "a kernel of another size": (("--set", "layer_1.W=[[1]]"), ("layer_1.W: ", "[1, 1]", "[8, 1, 3, 3]")),
    "weights of a pool": (("--at", "2:layer_2.W=[[1]]"), ("layer_2.W: ", "layer_1.W")),
    "infinity in b, later": (("--at", "2:layer_7.b=[0, Infinity]"), ("layer_7.b: ", "Infinity")),
    "other layers in mid-run": (("--at", "2:layers=[]"), ("layers: ", "restart")),
}  # fmt: skip

ALL = {
    "shapes": SHAPES, "dense": DENSE, "activations": ACTIVATIONS, "loss-metrics": LOSS_METRICS, "cnn": CNN,
}  # fmt: skip
CASES = [pytest.param(topic, *wrong, id=f"{topic}-{name}") for topic, cases in ALL.items()
         for name, wrong in cases.items()]  # fmt: skip


@pytest.mark.parametrize(("topic", "arguments", "words"), CASES)
def test_a_value_that_cannot_be_used(
    topic: str, arguments: tuple[str, ...], words: tuple[str, ...], refused: Callable[..., str], tmp_path: Path
) -> None:
    line = refused(["trace", topic, *arguments, "-o", str(tmp_path / "a.json")])
    assert [word for word in words if word not in line] == []
    assert not list(tmp_path.iterdir())


# ---- files

Write = Callable[[Path], object]


def text(content: str | bytes) -> Write:
    return lambda path: path.write_bytes(content.encode() if isinstance(content, str) else content)


def array(make: Callable[[], Any]) -> Write:
    return lambda path: np.save(path, make())


FILES: dict[str, tuple[str, Write, tuple[str, ...]]] = {
    "not there": ("a.csv", lambda path: None, ("a.csv", "No such file")),
    "two columns": ("a.csv", text("x,y\n1,2\n3,4\n"), ("“x”, “y”", "at least 3")),
    "words amid": ("a.csv", text("x,y,class\n1,a,0\n3,b,1\n"), ("“x”, “y”, “class”", "at least 3")),
    "NaN in every row": ("a.npy", array(lambda: np.array([[1, np.nan, 0], [np.nan, 1, 1]])), ()),
    "infinity": ("a.npy", array(lambda: np.array([[1, 2, 0], [np.inf, 1, 1]])), ("[2, 3]", "finite")),
    "words": ("a.npy", array(lambda: np.array(["a", "b"])), ("fewer than", "numbers")),
    "half an array": ("a.npy", text(b"\x93NUMPY\x01\x00"), ("a.npy", "cannot be used")),
    "half a list": ("a.json", text("[[1, 2, 0], [1"), ("a.json", "cannot be used")),
}
OF_FILES = ("activations", "loss-metrics", "dense")


@pytest.mark.parametrize("topic", OF_FILES)
@pytest.mark.parametrize("case", FILES)
def test_a_file_that_cannot_be_used(topic: str, case: str, refused: Callable[..., str], tmp_path: Path) -> None:
    name, write, words = FILES[case]
    field, columns = ("points", ":x,y,class") if topic == "dense" and name == "a.csv" else ("dataset", "")
    field = "points" if topic == "dense" else field
    if columns and case in ("two columns", "words amid"):
        # Two columns of numbers are points, so all three are asked for.
        words = ("class",) if case == "two columns" else ("Column y", "words", "such as a")
    write(tmp_path / name)
    out = tmp_path / "out.npz"
    line = refused(["trace", topic, "--set", f"{field}=@{tmp_path / name}{columns}", "-o", str(out)])
    assert line.startswith(f"ml-playground: {field}: ")
    assert [word for word in words if word not in line] == []
    assert not out.exists()
