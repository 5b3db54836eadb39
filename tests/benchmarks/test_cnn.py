"""A step of the CNN as the program makes it beside torch's, both on one thread and in doubles."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest

from core import cnn
from core.cnn.algorithm import examples, stack_of
from core.run.recipe import Recipe
from core.run.streams import Streams
from core.run.timeline import Timeline

ROUNDS, STEPS, EQUAL = 21, 23, 50  # an epoch a round: its reading of the held-out digits is part of the price


def torchs(torch: Any, weights: dict[str, Any]) -> Any:
    """Return the default net in torch with the same weights, its own layers."""
    nn = torch.nn
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10),
    ).double()  # fmt: skip
    with torch.no_grad():
        for ours, theirs in ((1, 0), (3, 3), (6, 7), (7, 9)):
            w = weights[f"layer_{ours}.W"]
            net[theirs].weight.copy_(torch.tensor(w if w.ndim == 4 else w.T))
            net[theirs].bias.copy_(torch.tensor(weights[f"layer_{ours}.b"]))
    return net


@pytest.fixture
def torch() -> Any:
    found = pytest.importorskip("torch", reason="torch, of the extra `benchmark`, is not installed")
    found.set_num_threads(1)
    return found


def one_step(torch: Any, model: Any, rule: Any, batch: Any) -> float:
    x, t = examples(batch)
    rule.zero_grad()
    loss = torch.nn.functional.cross_entropy(model(torch.from_numpy(np.array(x))), torch.from_numpy(np.array(t)))
    loss.backward()
    rule.step()
    return float(loss.detach())


def test_fifty_steps_are_torchs(torch: Any) -> None:
    params = cnn.Params()
    state = cnn.start(params, Streams.start(0))
    model = torchs(torch, stack_of(params).named(state.weights))
    rule = torch.optim.Adam(model.parameters(), lr=params.learning_rate)
    for t in range(1, EQUAL + 1):
        state = cnn.step(state, params, Streams.step(0, t))
        assert one_step(torch, model, rule, state.batch) == pytest.approx(state.loss, abs=1e-9)
    ours = stack_of(params).named(state.weights)
    for k, place in ((1, 0), (3, 3), (6, 7), (7, 9)):
        theirs = model[place].weight.detach().numpy()
        np.testing.assert_allclose(ours[f"layer_{k}.W"], theirs if theirs.ndim == 4 else theirs.T, atol=1e-9)
        np.testing.assert_allclose(ours[f"layer_{k}.b"], model[place].bias.detach().numpy(), atol=1e-9)


def test_a_step_beside_torch(torch: Any, bench: Any) -> None:
    """Ours draws its batch, reads 360 digits once an epoch and keeps a state; theirs has its batches given."""
    params = cnn.Params()
    state, t = cnn.start(params, Streams.start(0)), 0
    model = torchs(torch, stack_of(params).named(state.weights))
    rate = torch.optim.Adam(model.parameters(), lr=params.learning_rate)
    batches: list[Any] = []

    def ours() -> None:
        nonlocal state, t
        batches.clear()
        for _ in range(STEPS):
            t += 1
            state = cnn.step(state, params, Streams.step(0, t))
            batches.append(state.batch)

    def theirs() -> None:
        for batch in batches:
            one_step(torch, model, rate, batch)

    times = bench.in_turn(ROUNDS, 1, ours, theirs, clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(*times, strict=True))
    own, other = (1e3 * median(map(median, seconds)) / STEPS for seconds in times)
    bench.judge(("step of topic cnn, batch 64 / torch, float64", ratio, 1.15, f"{own:.2f} ms, {other:.2f} ms"))


def test_any_frame_of_a_long_run_is_there_at_once(bench: Any, reference: Any, percentile: Any) -> None:
    """2,000 recorded steps in 256 MiB; then frames all over the run, each with the one before, as a tab asks for."""
    timeline = Timeline(cnn, Recipe("cnn", cnn.VERSION, 0, cnn.Params(epochs=100)))
    timeline.record(2000)
    (refs,) = bench.in_turn(21, 3, reference, clock=process_time)
    taken = []
    for t in np.random.default_rng(0).integers(1, 2001, 200).tolist():
        begin = process_time()
        timeline.frame(t)
        timeline.frame(t - 1)
        taken.append(process_time() - begin)
    ref = median(map(median, refs))
    worst = percentile(taken, 0.99) / ref
    bench.judge(("a frame of 2,000 steps of cnn, p99 / REF", worst, 80.0, f"{worst * ref * 1e3:.1f} ms"))
