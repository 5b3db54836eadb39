"""Names, types, defaults and rows of the recurrent net, as scripts read them; its numbers are computed anew here."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.command_line.cli import main

Floats = NDArray[Any]
Table = dict[str, Any]
Trace = Callable[..., dict[str, Floats]]

BATCH, LENGTH, UNITS, SYMBOLS, STEPS = 3, 5, 4, 4, 4
FEW = {"batch_size": BATCH, "length": LENGTH, "units": UNITS}
MODES = ("many-to-many", "many-to-one", "one-to-many")
RESTART: dict[str, tuple[Any, str, Any]] = {
    "task": ("echo", "choice", ["echo", "parity", "adding", "next-character", "sine", "own"]),
    "mode": ("many-to-many", "choice", list(MODES)),
    "cell": ("tanh", "choice", ["tanh", "relu", "linear", "sigmoid"]),
    "units": (16, "integer", [1, 64]), "length": (8, "integer", [1, 100]), "batch_size": (16, "integer", [1, 256]),
    "symbols": (4, "integer", [2, 10]), "lag": (2, "integer", [1, 99]), "text": (..., "text", None),
    "radius": (1.0, "number", [0, 3]),
    "consecutive": (False, "yes/no", None), "stateful": (False, "yes/no", None),
    "optimizer": ("adam", "choice", ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]),
    "inputs": (None, "array", None), "targets": (None, "array", None),
}  # fmt: skip
LIVE = {"clip": (0.0, "number", [0, 1e6]), "learning_rate": (0.01, "number", [1e-12, 100])}
WEIGHTS = {"W": (SYMBOLS, UNITS), "U": (UNITS, UNITS), "b": (UNITS,), "V": (UNITS, SYMBOLS), "c": (SYMBOLS,)}


@pytest.fixture
def trace(tmp_path: Path) -> Trace:
    """Return what the file of a run holds; arguments are settings, `at` later changes as (step, name, value)."""

    def run(settings: Table, at: tuple[tuple[int, str, Any], ...] = (), steps: int = STEPS) -> dict[str, Floats]:
        file = tmp_path / "a.npz"
        given = [
            f"--set={name}={value if isinstance(value, str) else json.dumps(value)}" for name, value in settings.items()
        ]
        given += [f"--at={step}:{name}={json.dumps(value)}" for step, name, value in at]
        assert main(["trace", "rnn", *given, "--steps", str(steps), "-o", str(file)]) == 0
        with np.load(file) as held:
            return dict(held)

    return run


def test_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["topics", "--json"]) == 0
    told = next(one for one in json.loads(capsys.readouterr().out) if one["id"] == "rnn")
    found = {p["name"]: (p["default"], p["type"], p["choices"] or p["limits"], p["mode"]) for p in told["parameters"]}
    assert len(set(found.pop("text")[0])) >= 2
    wanted = {
        name: (*values, mode)
        for group, mode in ((RESTART, "restart"), (LIVE, "live"))
        for name, values in group.items()
    }
    assert found == {name: values for name, values in wanted.items() if name != "text"}
    assert told["beats"] == [*(f"time_{t}" for t in range(8)), "back", "update"]
    settable = {array["name"]: array["settable"] for array in told["arrays"]}
    assert {name for name, is_settable in settable.items() if is_settable} == set(WEIGHTS)


@pytest.mark.parametrize("mode", MODES)
def test_series_and_arrays(mode: str, trace: Trace) -> None:
    held = trace({**FEW, "mode": mode})
    times = () if mode == "many-to-one" else (LENGTH,)
    arrays = WEIGHTS | {
        "inputs": (BATCH, 1 if mode == "one-to-many" else LENGTH, SYMBOLS), "targets": (BATCH, *times),
        "h": (BATCH, LENGTH + 1, UNITS), "outputs": (BATCH, *times, SYMBOLS),
        "accuracy_by_time": (LENGTH,), "grad_by_lag": (LENGTH,),
    }  # fmt: skip
    series = ("loss", "accuracy", "grad_norm")
    assert {name: held[name].shape for name in series} == dict.fromkeys(series, (STEPS + 1,))
    assert {name: held[name].shape for name in arrays} == {name: (STEPS + 1, *shape) for name, shape in arrays.items()}
    kinds = {name: held[name].dtype.kind for name in (*series, *arrays)}
    assert kinds == {name: "i" if name == "targets" else "f" for name in kinds}
    assert all(held[name].dtype.itemsize == 8 for name in kinds)
    assert all(np.isnan(held[name][0]).all() for name in (*series, *arrays) if name not in {*WEIGHTS, "targets"})
    assert (held["targets"][0] == -1).all()
    assert not any(np.isnan(held[name][1:]).any() for name in {*series, *arrays} - {"accuracy_by_time"})


@pytest.mark.parametrize(("task", "features", "outputs"), [("adding", 2, 1), ("sine", 1, 1)])
def test_numbers_have_an_axis_of_their_own(task: str, features: int, outputs: int, trace: Trace) -> None:
    held = trace({**FEW, "task": task})
    assert held["inputs"].shape == (STEPS + 1, BATCH, LENGTH, features)
    assert held["targets"].shape == held["outputs"].shape == (STEPS + 1, BATCH, LENGTH, outputs)
    assert held["targets"].dtype.kind == "f"
    held = trace({**FEW, "task": task, "mode": "many-to-one"})
    assert held["targets"].shape == held["outputs"].shape == (STEPS + 1, BATCH, outputs)


@pytest.mark.parametrize("name", WEIGHTS)
def test_every_weight_may_be_set_at_the_start_and_later(name: str, trace: Trace) -> None:
    value = np.linspace(-0.5, 0.5, int(np.prod(WEIGHTS[name]))).reshape(WEIGHTS[name])
    assert (trace({**FEW, name: value.tolist()})[name][0] == value).all()
    plain, later = trace(FEW), trace(FEW, ((2, name, value.tolist()),))
    assert (later[name][2] == value).all()
    assert (later["h"][:3] == plain["h"][:3])[1:].all()  # those of the step that led there
    assert later["loss"][3] != plain["loss"][3]


# ---- what a row holds: h(t) = f(x(t)·W + h(t − 1)·U + b), o = h·V + c, with the weights of the row before


def step_of(held: dict[str, Floats], row: int, mode: str) -> tuple[Floats, Floats, Floats]:
    """Return h (batch, length + 1, units), the shares, and ∂ℓ/∂h at the last time, ℓ the loss of that time alone."""
    W, U, b, V, c = (held[name][row - 1] for name in ("W", "U", "b", "V", "c"))  # noqa: N806
    x = np.zeros((BATCH, LENGTH, SYMBOLS))
    x[:, : held["inputs"].shape[2]] = held["inputs"][row]
    h = [held["h"][row][:, 0]]
    for t in range(LENGTH):
        h.append(np.tanh(x[:, t] @ W + h[-1] @ U + b))
    scores = np.stack(h[1:], axis=1) @ V + c
    shares = np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True)
    last = held["targets"][row] if mode == "many-to-one" else held["targets"][row][:, -1]
    slope = (shares[:, -1] - np.eye(SYMBOLS)[last]) / BATCH @ V.T
    return np.stack(h, axis=1), shares, slope


@pytest.mark.parametrize("mode", MODES)
def test_rows(mode: str, trace: Trace) -> None:
    held = trace({**FEW, "mode": mode, "optimizer": "sgd", "learning_rate": 0.5})
    for row in range(1, STEPS + 1):
        h, shares, slope = step_of(held, row, mode)
        assert (held["h"][row][:, 0] == 0).all()
        assert np.allclose(held["h"][row], h, rtol=1e-12, atol=1e-15)
        told = shares[:, -1] if mode == "many-to-one" else shares
        assert np.allclose(held["outputs"][row], told, rtol=1e-12)
        t = held["targets"][row]
        assert held["loss"][row] == pytest.approx(-np.log(np.take_along_axis(told, t[..., None], -1)).mean(), rel=1e-12)
        right = told.argmax(axis=-1) == t
        assert held["accuracy"][row] == pytest.approx(right.mean(), rel=1e-12)
        by_time = right.mean(axis=0) if mode != "many-to-one" else np.array([*[np.nan] * (LENGTH - 1), right.mean()])
        assert np.allclose(held["accuracy_by_time"][row], by_time, equal_nan=True)
        by_lag = []
        for time in range(LENGTH, 0, -1):
            by_lag.append(np.sqrt((slope**2).sum()))
            slope = (slope * (1 - h[:, time] ** 2)) @ held["U"][row - 1].T
        assert np.allclose(held["grad_by_lag"][row], by_lag, rtol=1e-10)
        moved = [held[name][row - 1] - held[name][row] for name in WEIGHTS]
        assert held["grad_norm"][row] == pytest.approx(np.sqrt(sum((part**2).sum() for part in moved)) / 0.5, rel=1e-9)


def test_the_gradient_is_clipped_after_it_was_measured(trace: Trace) -> None:
    held = trace({**FEW, "optimizer": "sgd", "learning_rate": 1, "clip": 0.01})
    for before, row in pairwise(range(STEPS + 1)):
        moved = np.sqrt(sum(((held[name][before] - held[name][row]) ** 2).sum() for name in WEIGHTS))
        assert moved == pytest.approx(0.01, rel=1e-9)
        assert held["grad_norm"][row] > 0.01


def test_u_starts_as_so_many_times_a_rotation_the_others_glorot_biases_0(trace: Trace) -> None:
    held = trace({"units": 6, "radius": 0.7}, steps=0)
    assert np.allclose(held["U"][0] @ held["U"][0].T, 0.49 * np.eye(6), atol=1e-12)
    assert (held["b"][0] == 0).all()
    assert (held["c"][0] == 0).all()
    for name in ("W", "V"):
        assert np.abs(held[name][0]).max() <= np.sqrt(6 / sum(held[name][0].shape))


@pytest.mark.parametrize(("consecutive", "stateful"), [(False, False), (True, False), (True, True), (False, True)])
def test_a_batch_goes_on_where_the_last_one_ended(consecutive: bool, stateful: bool, trace: Trace) -> None:
    held = trace({**FEW, "lag": 2, "consecutive": consecutive, "stateful": stateful})
    said = held["inputs"].argmax(axis=-1)
    for before, row in pairwise(range(1, STEPS + 1)):
        begin = held["h"][before][:, -1] if stateful else 0
        assert (held["h"][row][:, 0] == begin).all()
        heard = said[before][:, -2:] if consecutive else 0
        assert (held["targets"][row][:, :2] == heard).all()
        assert (held["targets"][row][:, 2:] == said[row][:, :-2]).all()


def test_sequences_of_ones_own_are_the_batch_of_every_step(trace: Trace) -> None:
    inputs, targets = [[[0.5], [1.0]], [[0.0], [-1.0]]], [[2, 0], [1, 1]]
    held = trace({"inputs": inputs, "targets": targets, "units": 3})
    assert (held["inputs"][1:] == np.array(inputs)).all()
    assert (held["targets"][1:] == np.array(targets)).all()
    assert held["outputs"].shape == (STEPS + 1, 2, 2, 3)  # classes: the largest + 1
    held = trace({"inputs": inputs, "targets": [[[0.5], [0.25]], [[1.0], [2.0]]], "units": 3})
    assert held["targets"].dtype.kind == "f"
    assert held["outputs"].shape == (STEPS + 1, 2, 2, 1)
