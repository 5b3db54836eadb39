"""A frame of Dense & bias beside the same net as objects, point by point and node by node, as in a browser.

Ours trains two nets, one with biases and one without, and keeps a state; the other trains one. Both end at the same
weights. The same in plain Python stands beside it where there is no node to run JavaScript.
"""

from __future__ import annotations

import json
import math
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest

from core import dense
from core.dense.nets import net_of
from core.dense.plane import field
from core.dense.settings import Params, data_of
from core.run.streams import Streams

ROUNDS, FRAMES = 41, 10
PARAMS = Params(hidden=(8, 8))
SIDE = np.linspace(-2.0, 6.0, 100)
Weights = list[dict[str, Any]]


class Ours:
    """The run of the tab: a step of both nets, and z of the one with bias over the plane."""

    def __init__(self) -> None:
        self.state = dense.start(PARAMS, Streams.start(0))
        self.net = net_of(PARAMS, "with_bias")
        self.z = np.empty(0)

    def frame(self) -> None:
        self.state = dense.step(self.state, PARAMS, Streams.step(0, self.state.t + 1))
        self.z = field(self.net, self.state.with_bias.weights, SIDE, SIDE)

    @property
    def weights(self) -> Weights:
        named = self.net.stack.named(self.state.with_bias.weights)
        return [{name: named[f"layer_{k}.{name}"].tolist() for name in "Wb"} for k in (1, 2, 3)]

    def seconds(self) -> float:
        begin = process_time()
        for _ in range(FRAMES):
            self.frame()
        return (process_time() - begin) / FRAMES


def compare(ours: Ours, weights: Weights, z: Any) -> None:
    for own, other in zip(ours.weights, weights, strict=True):
        for name in "Wb":
            assert np.allclose(own[name], other[name], rtol=1e-9, atol=1e-11)
    assert np.allclose(ours.z.ravel(), z, rtol=1e-9, atol=1e-9)


def judge(bench: Any, ours: Ours, other: Callable[[], float], name: str, limit: float, rounds: int) -> None:
    ours.seconds(), other()  # both warm up
    pairs = [(ours.seconds(), other()) for _ in range(rounds)]
    ratio, (own, theirs) = median(a / b for a, b in pairs), (1e3 * min(times) for times in zip(*pairs, strict=True))
    bench.judge((f"step 2-8-8-1 and field 100² / {name}", ratio, limit, f"{own:.2f} ms, {theirs:.1f} ms"))


# ---- in JavaScript


@pytest.fixture
def browser() -> Iterator[Callable[[Any], Any]]:
    """Return what writes a line to the program in JavaScript and reads its answer, if that is a number of frames."""
    node = shutil.which("node") or pytest.skip("node is not installed")
    script = str(Path(__file__).with_name("point_by_point.js"))
    with subprocess.Popen([node, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
        stdin, stdout = program.stdin, program.stdout
        assert stdin
        assert stdout

        def say(what: Any) -> Any:
            print(json.dumps(what), file=stdin, flush=True)
            return json.loads(stdout.readline()) if isinstance(what, int) else None

        yield say
        stdin.close()


def test_a_frame_beside_objects_in_javascript(bench: Any, browser: Callable[[Any], Any]) -> None:
    ours, data = Ours(), data_of(PARAMS)
    told = {"points": data.x.tolist(), "targets": data.t.tolist(), "rate": PARAMS.learning_rate}
    browser({**told, "weights": ours.weights, "xs": SIDE.tolist(), "ys": SIDE.tolist()})
    ours.seconds()
    answer = browser(FRAMES)
    compare(ours, answer["weights"], answer["field"])
    judge(bench, ours, lambda: float(browser(FRAMES)["seconds"]), "JavaScript, node by node", 0.15, ROUNDS)


# ---- in Python


def forward(weights: Weights, x: list[float]) -> list[list[float]]:
    """Return what each layer gives for one point: h, h, and z of the last."""
    made = [x]
    for k, layer in enumerate(weights, 1):
        z = [
            b + sum(value * row[j] for value, row in zip(made[-1], layer["W"], strict=True))
            for j, b in enumerate(layer["b"])
        ]
        made.append([math.tanh(value) for value in z] if k < len(weights) else z)
    return made


def descend(weights: Weights, points: list[list[float]], targets: list[int], rate: float) -> None:
    """Change the weights by one step of descent from the mean of all points' slopes, one point after the other."""
    slopes: Weights = [{"W": [[0.0] * len(row) for row in layer["W"]], "b": [0.0] * len(layer["b"])}
                       for layer in weights]  # fmt: skip
    for x, t in zip(points, targets, strict=True):
        made = forward(weights, x)
        by_z = [1.0 / (1.0 + math.exp(-made[-1][0])) - t]
        for layer, slope, inputs in reversed(list(zip(weights, slopes, made, strict=False))):
            for j, value in enumerate(by_z):
                slope["b"][j] += value
                for i, given in enumerate(inputs):
                    slope["W"][i][j] += given * value
            by_z = [
                sum(w * value for w, value in zip(row, by_z, strict=True)) * (1.0 - h * h)
                for row, h in zip(layer["W"], inputs, strict=True)
            ]
    for layer, slope in zip(weights, slopes, strict=True):
        for row, own in zip([layer["b"], *layer["W"]], [slope["b"], *slope["W"]], strict=True):
            row[:] = [w - rate / len(points) * s for w, s in zip(row, own, strict=True)]


def test_a_frame_beside_plain_python(bench: Any) -> None:
    ours, data = Ours(), data_of(PARAMS)
    weights, points, targets = ours.weights, data.x.tolist(), data.t.tolist()
    places = [[x, y] for y in SIDE.tolist() for x in SIDE.tolist()]
    z: list[float] = []

    def other() -> float:
        nonlocal z
        begin = process_time()
        descend(weights, points, targets, PARAMS.learning_rate)
        z = [forward(weights, place)[-1][0] for place in places]
        return process_time() - begin

    other()
    ours.frame()
    compare(ours, weights, z)
    judge(bench, ours, other, "plain Python", 0.005, 5)
