"""The names that scripts rely on in the topics on layers: parameters, series, arrays, and what a row of each holds.

All is asked of the files that `trace` writes and the list that `topics` prints, and computed once more in plain NumPy.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.command_line.cli import main

Floats = NDArray[np.float64]
Table = dict[str, Any]  # what a file holds by name
Trace = Callable[..., Table]

IDS = ("shapes", "dense", "activations", "loss-metrics", "cnn")
STEPS, N, BATCH = 5, 20, 8
ROWS = STEPS + 1
OPTIMIZERS = ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
CURVES = ["sigmoid", "tanh", "relu", "leaky-relu", "elu", "gelu", "swish", "softplus"]
METRICS = ["accuracy", "precision", "recall", "f1", "auc"]
SETS = ["clouds", "overlapping", "moons", "rings", "xor", "spirals", "far-false"]

RATE = ("number", [1e-12, 100], "live")
SAMPLES = {
    "n_samples": (200, "integer", [2, 5000], "restart"),
    "spread": (1.0, "number", [0, 3], "restart"),
    "data_seed": (0, "integer", [0, 2**31 - 1], "restart"),
}
CONV = {"type": "Conv2D", "kernel_size": 3, "padding": "same", "activation": "relu"}
LAST = {"type": "Dense", "units": 10, "activation": "softmax"}
# name: default, kind, limits or choices, mode
PARAMETERS: dict[str, dict[str, tuple[Any, ...]]] = {
    "shapes": {
        "layers": (
            [{"type": "Embedding", "input_dim": 41, "output_dim": 8, "input_length": 4}, {"type": "Flatten"},
             {"type": "Dense", "units": 16}], "records", None, "restart",
        ),
        "batch_size": (None, "integer", [1, 4096], "restart"),
        "data": ([[1], [2], [3]], "nested", None, "restart"),
    },
    "dense": {
        "points": ("clouds", "open choice", SETS, "restart"), **SAMPLES,
        "targets": (None, "array", None, "restart"),
        "units": (1, "integer", [1, 16], "restart"),
        "hidden": ([], "numbers", None, "restart"),
        "hidden_activation": ("tanh", "choice", [*CURVES, "linear"], "restart"),
        "activation": ("sigmoid", "choice", ["sigmoid", "softmax", "linear", "tanh", "relu"], "restart"),
        "train_bias": (True, "yes/no", None, "live"),
        "learning_rate": (0.5, *RATE), "optimizer": ("sgd", "choice", OPTIMIZERS, "restart"),
        "batch_size": (0, "integer", [0, 100_000], "restart"),
    },
    "activations": {
        "functions": (["sigmoid", "tanh", "relu"], "choices", CURVES, "restart"),
        "dataset": ("moons", "open choice", SETS, "restart"), **SAMPLES,
        "units": (8, "integer", [1, 64], "restart"), "layers": (2, "integer", [1, 20], "restart"),
        "init": ("glorot", "choice", ["glorot", "he"], "restart"),
        "learning_rate": (0.02, *RATE), "optimizer": ("adam", "choice", OPTIMIZERS, "restart"),
        "batch_size": (0, "integer", [0, 100_000], "restart"),
        "logits": ([2.0, 1.0, 0.0, -1.0], "numbers", None, "view"),
        "temperature": (1.0, "number", [1e-3, 1e3], "view"),
        "curve_x": (np.linspace(-6, 6, 241).tolist(), "array", None, "view"),
    },
    "loss-metrics": {
        "dataset": ("clouds", "open choice", SETS, "restart"), **SAMPLES,
        "imbalance": (0.5, "number", [0.01, 0.99], "restart"),
        "test_share": (0.0, "number", [0, 0.5], "restart"),
        "loss": ("cross-entropy", "choice", ["mse", "mae", "huber", "hinge", "cross-entropy"], "live"),
        "learning_rate": (0.5, *RATE), "optimizer": ("sgd", "choice", OPTIMIZERS, "restart"),
        "batch_size": (0, "integer", [0, 100_000], "restart"),
        "metric": ("accuracy", "choice", METRICS, "view"),
        "threshold": (0.5, "number", [0, 1], "view"),
    },
    "cnn": {
        "dataset": ("digits", "choice", ["digits"], "restart"),
        "layers": (
            [{**CONV, "filters": 8}, {"type": "MaxPooling2D"}, {**CONV, "filters": 16}, {"type": "MaxPooling2D"},
             {"type": "Flatten"}, {"type": "Dense", "units": 64, "activation": "relu"}, LAST],
            "records", None, "restart",
        ),
        "batch_size": (64, "integer", [0, 1437], "restart"), "learning_rate": (0.003, *RATE),
        "optimizer": ("adam", "choice", OPTIMIZERS, "restart"), "epochs": (20, "integer", [1, 1000], "restart"),
        "shown": (2, "integer", [0, 1796], "view"), "picture": (None, "array", None, "view"),
        "push": ([0, 0], "pair", [-7, 7], "view"),
    },
}  # fmt: skip

FEW = {"n_samples": N, "batch_size": BATCH}
NETS = ("sigmoid", "tanh", "relu")
LAYERS: tuple[dict[str, tuple[int, ...]], ...] = (
    {"W": (2, 5), "b": (5,)},
    {"W": (5, 5), "b": (5,)},
    {"W": (5, 1), "b": (1,)},
)
WEIGHTS = {f"{net}.layer_{k}.{name}": shape for net in NETS for k, one in enumerate(LAYERS, 1)
           for name, shape in one.items()}  # fmt: skip
SMALL_CNN = [{"type": "Conv2D", "filters": 2, "kernel_size": 3, "activation": "relu"}, {"type": "MaxPooling2D"},
             {"type": "Flatten"}, {"type": "Dense", "units": 4, "activation": "relu"}, LAST]  # fmt: skip
# settings, series, arrays of a row with their shapes, arrays that are constant
FILES: dict[str, tuple[Table, set[str], dict[str, tuple[int, ...]], dict[str, tuple[int, ...]]]] = {
    "dense": (
        {**FEW, "hidden": [3, 4]},
        {f"{net}.{what}" for net in ("with_bias", "without_bias") for what in ("loss", "accuracy", "parameters")},
        {
            "W": (4, 1), "b": (1,), "without_bias.W": (4, 1), "outputs": (N, 1), "batch": (BATCH,),
            "hidden_1.W": (2, 3), "hidden_1.b": (3,), "without_bias.hidden_1.W": (2, 3),
            "hidden_2.W": (3, 4), "hidden_2.b": (4,), "without_bias.hidden_2.W": (3, 4),
        },
        {"points": (N, 2), "targets": (N,)},
    ),
    "activations": (
        {**FEW, "units": 5},
        {f"{net}.{what}" for net in NETS for what in ("loss", "accuracy", "grad_first", "grad_last")},
        WEIGHTS | {"batch": (BATCH,)},
        {"points": (N, 2), "targets": (N,), "curve_x": (241,), "softmax": (4,),
         **{f"{net}.{what}": (241,) for net in NETS for what in ("curve", "slope")}},
    ),
    "loss-metrics": (
        {**FEW, "test_share": 0.25},
        {"loss", "test_loss", "test_accuracy", "tp", "fp", "fn", "tn", *METRICS},
        {"weights": (3,), "probabilities": (15,), "loss_values": (5, 15), "loss_slopes": (5, 15), "batch": (BATCH,)},
        {"points": (15, 2), "targets": (15,), "test_points": (5, 2), "test_targets": (5,)},
    ),
    "shapes": ({}, {"layer", "parameters"}, {"layer_1.E": (41, 8), "layer_3.W": (32, 16), "layer_3.b": (16,)},
               {"shapes": (4, 3), "data_shape": (2,)}),
    "cnn": (
        {"layers": SMALL_CNN, "batch_size": BATCH, "push": [1, -2]},
        {"loss", "accuracy", "epoch", "test_accuracy"},
        {"layer_1.W": (2, 1, 3, 3), "layer_1.b": (2,), "layer_4.W": (18, 4), "layer_4.b": (4,), "layer_5.W": (4, 10),
         "layer_5.b": (10,), "batch": (BATCH,), "layer_1.output": (2, 6, 6), "layer_2.output": (2, 3, 3),
         "layer_3.output": (18,), "layer_4.output": (4,), "layer_5.output": (10,)},
        {"images": (1797, 8, 8), "labels": (1797,), "test": (1797,)},
    ),
}  # fmt: skip
of_each = pytest.mark.parametrize("id", IDS)


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    """Return what the file of a run holds; arguments are settings, `at` later changes as (step, name, value)."""

    def run(id: str, settings: Table, at: tuple[tuple[int, str, Any], ...] = (), steps: int = STEPS) -> Table:
        file = tmp_path / "a.npz"
        given = [f"--set={name}={json.dumps(value)}" for name, value in settings.items()]
        given += [f"--at={step}:{name}={json.dumps(value)}" for step, name, value in at]
        assert main(["trace", id, *given, "--steps", str(steps), "-o", str(file)]) == 0
        with np.load(file) as held:
            return dict(held)

    return run


@of_each
def test_parameters(id: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["topics", "--json"]) == 0
    listed = next(one for one in json.loads(capsys.readouterr().out) if one["id"] == id)["parameters"]
    found = {p["name"]: (p["default"], p["type"], p["choices"] or p["limits"], p["mode"]) for p in listed}
    wanted = PARAMETERS[id]
    assert {name: found.get(name) for name in wanted} == wanted
    assert set(found) == set(wanted)


@of_each
def test_series_and_arrays(id: str, trace: Trace) -> None:
    settings, series, by_row, constant = FILES[id]
    held = trace(id, settings)
    rows = len(held["step"])
    assert series | set(by_row) | set(constant) <= set(held)
    assert {name: held[name].shape for name in series} == dict.fromkeys(series, (rows,))
    assert {name: held[name].shape for name in by_row} == {name: (rows, *shape) for name, shape in by_row.items()}
    assert {name: held[name].shape for name in constant} == constant
    whole = {"batch", "labels", "test", "targets", "test_targets", "shapes", "data_shape"}
    kinds = {name: held[name].dtype.kind for name in (*series, *by_row, *constant)}
    assert kinds == {name: "i" if name in whole else "f" for name in kinds}


@of_each
def test_every_weight_may_be_set_at_the_start_and_later(id: str, trace: Trace) -> None:
    settings, _, by_row, _ = FILES[id]
    weights = [name for name in by_row if name.rpartition(".")[2] in ("W", "b", "E", "weights")]
    for name in weights:
        value = np.linspace(-0.5, 0.5, int(np.prod(by_row[name]))).reshape(by_row[name])
        assert (trace(id, {**settings, name: value.tolist()})[name][0] == value).all()
        assert (trace(id, settings, ((2, name, value.tolist()),))[name][2] == value).all()


# ---- what a row holds


def sigma(z: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-z)))


def cross_entropy(z: Floats, t: Floats) -> float:
    return float(np.mean(np.logaddexp(0.0, z) - t * z))


def layers_of(held: Table, row: int, prefix: str = "") -> list[tuple[Floats, Floats]]:
    names = [f"{prefix}hidden_1.", f"{prefix}hidden_2.", prefix]
    return [(held[f"{name}W"][row], held[f"{name}b"][row] if f"{name}b" in held else np.zeros(1)) for name in names]


def through(layers: list[tuple[Floats, Floats]], x: Floats, f: Callable[[Floats], Floats]) -> list[Floats]:
    """Return x, what each hidden layer gives, and z of the last."""
    made = [x]
    for k, (w, b) in enumerate(layers, 1):
        z = made[-1] @ w + b
        made.append(f(z) if k < len(layers) else z)
    return made


def slopes(layers: list[tuple[Floats, Floats]], made: list[Floats], t: Floats, slope: Any) -> list[Floats]:
    """Return ∂loss/∂W of each layer; `slope` tells the slope of the function from what a layer gave."""
    found: list[Floats] = []
    by_z = (sigma(made[-1]) - t[:, None]) / len(t)
    for k in range(len(layers) - 1, -1, -1):
        found.insert(0, made[k].T @ by_z)
        by_z = (by_z @ layers[k][0].T) * slope(made[k])
    return found


@pytest.mark.parametrize("prefix", ["", "without_bias."])
def test_rows_of_dense(prefix: str, trace: Trace) -> None:
    held = trace("dense", FILES["dense"][0])
    net = "without_bias" if prefix else "with_bias"
    x, t = held["points"], held["targets"]
    assert np.isnan(held[f"{net}.loss"][0])
    assert np.isnan(held[f"{net}.accuracy"][0])
    assert (held["batch"][0] == -1).all()
    assert np.isnan(held["outputs"][0]).all()
    for row in range(1, ROWS):
        batch = held["batch"][row][held["batch"][row] >= 0]
        layers = layers_of(held, row - 1, prefix)
        made = through(layers, x[batch], np.tanh)
        z = made[-1][:, 0]
        assert held[f"{net}.loss"][row] == pytest.approx(cross_entropy(z, t[batch]), rel=1e-10)
        assert held[f"{net}.accuracy"][row] == np.mean((z >= 0) == t[batch])
        by_w = slopes(layers, made, t[batch], lambda h: 1 - h * h)
        for (now, _), (before, _), g in zip(layers_of(held, row, prefix), layers, by_w, strict=True):
            assert np.allclose(now, before - 0.5 * g, rtol=1e-10, atol=1e-13)
        if not prefix:
            assert np.allclose(held["outputs"][row], sigma(through(layers, x, np.tanh)[-1]), rtol=1e-10)
    numbers = 3 * 2 + 4 * 3 + 4 + (0 if prefix else 3 + 4 + 1)
    assert (held[f"{net}.parameters"] == numbers).all()


def test_both_nets_start_from_the_w_that_is_set_unless_each_has_its_own(trace: Trace) -> None:
    w, own = [[1.0], [2.0]], [[3.0], [4.0]]
    names = ("W", "without_bias.W")
    few = {"n_samples": N}
    assert [trace("dense", {**few, "W": w})[name][0].tolist() for name in names] == [w, w]
    both = [{**few, "W": w, "without_bias.W": own}, {**few, "without_bias.W": own, "W": w}]
    assert [[trace("dense", one)[name][0].tolist() for name in names] for one in both] == [[w, own], [w, own]]
    plain, later = trace("dense", few), trace("dense", few, ((2, "W", w),))
    assert later["W"][2].tolist() == w
    assert (later["without_bias.W"] == plain["without_bias.W"]).all()
    assert (plain["W"][0] == plain["without_bias.W"][0]).all()
    assert (plain["b"][0] == 0).all()


FUNCTIONS: dict[str, tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]] = {
    "sigmoid": (sigma, lambda h: h * (1 - h)),
    "tanh": (np.tanh, lambda h: 1 - h * h),
    "relu": (lambda z: np.maximum(z, 0.0), lambda h: (h > 0).astype(float)),
}


@pytest.mark.parametrize("net", NETS)
def test_rows_of_activations(net: str, trace: Trace) -> None:
    held = trace("activations", {**FILES["activations"][0], "optimizer": "sgd", "learning_rate": 0.1})
    f, slope = FUNCTIONS[net]
    whats = ("loss", "accuracy", "grad_first", "grad_last")
    assert all(np.isnan(held[f"{net}.{what}"][0]) for what in whats)
    assert (held[f"{net}.layer_1.W"][0] == held["sigmoid.layer_1.W"][0]).all()
    for row in range(1, ROWS):
        batch = held["batch"][row][held["batch"][row] >= 0]
        t = held["targets"][batch].astype(float)
        layers = [(held[f"{net}.layer_{k}.W"][row - 1], held[f"{net}.layer_{k}.b"][row - 1]) for k in (1, 2, 3)]
        made = through(layers, held["points"][batch], f)
        z, by_w = made[-1][:, 0], slopes(layers, made, t, slope)
        told = [held[f"{net}.{what}"][row] for what in whats]
        first, last = (float(np.sqrt((g**2).sum())) for g in by_w[:2])
        assert told == pytest.approx([cross_entropy(z, t), np.mean((z >= 0) == t), first, last], rel=1e-9)
        assert np.allclose(held[f"{net}.layer_2.W"][row], layers[1][0] - 0.1 * by_w[1], rtol=1e-9, atol=1e-13)
    x = held["curve_x"]
    assert np.allclose(held[f"{net}.curve"], f(x), rtol=1e-12)
    assert np.allclose(held[f"{net}.slope"], slope(f(x)), rtol=1e-9, atol=1e-15)


def test_a_layer_that_names_no_net_is_set_in_every_one(trace: Trace) -> None:
    w = np.linspace(-1, 1, 10).reshape(2, 5)
    few = FILES["activations"][0]
    held = trace("activations", {**few, "layer_1.W": w.tolist()})
    assert all((held[f"{net}.layer_1.W"][0] == w).all() for net in NETS)
    held = trace("activations", {"logits": [1, 2, 3], "temperature": 2})
    powers = np.exp(np.array([0.5, 1, 1.5]))
    assert np.allclose(held["softmax"], powers / powers.sum(), rtol=1e-14)


@pytest.mark.parametrize("loss", ["mse", "mae", "huber", "hinge", "cross-entropy"])
def test_rows_of_loss_metrics(loss: str, trace: Trace) -> None:
    held = trace("loss-metrics", {**FILES["loss-metrics"][0], "loss": loss, "threshold": 0.6})
    x, t = held["points"], held["targets"].astype(float)
    assert all(np.isnan(held[name][0]) for name in ("loss", "accuracy", "auc", "tp"))
    assert np.isnan(held["probabilities"][0]).all()
    for row in range(ROWS):
        w = held["weights"][row]
        values = losses(held["test_points"] @ w[:2] + w[2], held["test_targets"].astype(float))
        assert held["test_loss"][row] == pytest.approx(values[loss].mean(), rel=1e-10)  # with its own weights
    for row in range(1, ROWS):
        w = held["weights"][row - 1]
        z = x @ w[:2] + w[2]
        is_called, values = sigma(z) >= 0.6, losses(z, t)
        assert held["loss"][row] == pytest.approx(values[loss].mean(), rel=1e-10)
        assert np.allclose(held["loss_values"][row], list(values.values()), rtol=1e-10, atol=1e-14)
        assert np.allclose(held["probabilities"][row], sigma(z), rtol=1e-12)
        wanted = [int((is_called & (t == 1)).sum()), int((is_called & (t == 0)).sum()),
                  int((~is_called & (t == 1)).sum()), int((~is_called & (t == 0)).sum())]  # fmt: skip
        assert [held[name][row] for name in ("tp", "fp", "fn", "tn")] == wanted
        pairs = np.sign(z[t == 1][:, None] - z[t == 0][None, :])
        assert held["auc"][row] == pytest.approx((pairs + 1).mean() / 2, rel=1e-12)


def losses(z: Floats, t: Floats) -> dict[str, Floats]:
    """Return each point's value of every loss, in the order of their ids."""
    e = sigma(z) - t
    size = np.abs(e)
    return {
        "mse": e * e, "mae": size, "huber": np.where(size <= 0.5, e * e / 2, 0.5 * (size - 0.25)),
        "hinge": np.maximum(0.0, 1.0 - (2 * t - 1) * z), "cross-entropy": np.logaddexp(0.0, z) - t * z,
    }  # fmt: skip


def test_rows_of_shapes(trace: Trace) -> None:
    layers = [{"type": "Conv2D", "filters": 4, "kernel_size": 3, "input_shape": [None, 28, 1]}, {"type": "Conv2D",
              "filters": 2, "kernel_size": 5, "padding": "same", "use_bias": False}]  # fmt: skip
    held = trace("shapes", {"layers": layers, "batch_size": 32, "data": [[[1, 2]], [[3, 4]]]})
    assert held["shapes"].tolist() == [[32, 0, 28, 1], [32, 0, 26, 4], [32, 0, 26, 2]]
    assert held["data_shape"].tolist() == [2, 1, 2]
    assert np.isnan(held["layer"][0])
    assert held["layer"][1:].tolist() == [0, 1]
    assert held["parameters"][1:].tolist() == [4 * 9 + 4, 2 * 4 * 25]
    assert held["step"].tolist() == [0, 1, 2]  # the run ends with the last layer
    held = trace("shapes", {"data": [[[]]]})
    assert held["shapes"].tolist() == [[0, 4, -1], [0, 4, 8], [0, 32, -1], [0, 16, -1]]
    assert held["data_shape"].tolist() == [1, 1, 0]
    assert trace("shapes", {"data": 5})["data_shape"].tolist() == []


def test_rows_of_the_cnn(trace: Trace) -> None:
    settings = {**FILES["cnn"][0], "optimizer": "sgd", "learning_rate": 0.1, "batch_size": 500, "epochs": 2}
    held = trace("cnn", settings, steps=9)
    assert held["step"].tolist() == list(range(7))  # 1,437 digits are three batches an epoch; after two it ends
    assert held["epoch"].tolist() == [0, 0, 0, 1, 1, 1, 2]
    x, t, is_test = held["images"], held["labels"], held["test"] == 1
    assert (x.min(), x.max(), int(is_test.sum())) == (0, 1, 360)
    for name in ("loss", "accuracy"):
        assert np.isnan(held[name][0])
    assert (held["batch"][0] == -1).all()
    assert not any(held[f"layer_{k}.b"][0].any() for k in (1, 4, 5))
    for row in range(1, 7):
        batch = held["batch"][row][held["batch"][row] >= 0]
        assert not is_test[batch].any()
        z = of_small_cnn(held, row - 1, x[batch])[-1]
        values = np.logaddexp.reduce(z, axis=1) - z[np.arange(len(z)), t[batch]]
        assert held["loss"][row] == pytest.approx(values.mean(), rel=1e-9)
        assert held["accuracy"][row] == np.mean(z.argmax(axis=1) == t[batch])
    read = [np.mean(of_small_cnn(held, row, x[is_test])[-1].argmax(axis=1) == t[is_test]) for row in range(7)]
    assert held["test_accuracy"].tolist() == [read[0], read[0], read[0], read[3], read[3], read[3], read[6]]
    shown = np.zeros((8, 8))
    shown[1:, :-2] = x[2][:-1, 2:]  # one row down, two columns to the left
    for row in (0, 6):
        made = of_small_cnn(held, row, shown[None])
        for k, y in enumerate(made[:4], 1):
            assert np.allclose(held[f"layer_{k}.output"][row], y[0], rtol=1e-10, atol=1e-13)
        powers = np.exp(made[-1][0] - made[-1][0].max())
        assert np.allclose(held["layer_5.output"][row], powers / powers.sum(), rtol=1e-9)


def of_small_cnn(held: Table, row: int, x: Floats) -> list[Floats]:
    """Return what its layers make of pictures (n, 8, 8) by the weights of a row; of the last one z."""
    w, b = held["layer_1.W"][row], held["layer_1.b"][row]
    seen = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    maps = np.maximum(np.einsum("nrcij,mij->nmrc", seen, w[:, 0]) + b[:, None, None], 0)
    pooled = maps.reshape(len(x), 2, 3, 2, 3, 2).max(axis=(3, 5))
    flat = pooled.reshape(len(x), -1)
    hidden = np.maximum(flat @ held["layer_4.W"][row] + held["layer_4.b"][row], 0)
    return [maps, pooled, flat, hidden, hidden @ held["layer_5.W"][row] + held["layer_5.b"][row]]
