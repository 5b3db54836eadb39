"""A training step of the recurrent net beside torch, both on one thread in doubles; any step of a long run."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest

from core import rnn
from core.rnn import Params, State, arrays, start, step
from core.rnn.net import NAMES
from core.run.recipe import Recipe
from core.run.streams import Streams
from core.run.timeline import Timeline

ROUNDS, STEPS, LONGEST = 21, 20, 20_000
WEIGHTS = {"W": "weight_ih_l0", "U": "weight_hh_l0", "b": "bias_ih_l0"}


class Torchs:
    """The same net with the same weights in torch: its own RNN, Linear, loss, clipping and optimizer."""

    def __init__(self, torch: Any, params: Params) -> None:
        self.torch, self.params, own = torch, params, arrays(start(params, Streams.start(0)), params)
        nonlinearity = params.cell if params.cell in ("tanh", "relu") else "tanh"
        self.rnn = torch.nn.RNN(len(own["W"]), params.units, nonlinearity=nonlinearity, batch_first=True).double()
        self.linear = torch.nn.Linear(params.units, len(own["c"])).double()
        with torch.no_grad():
            for name, other in WEIGHTS.items():
                getattr(self.rnn, other).copy_(torch.tensor(own[name].T))
            self.rnn.bias_hh_l0.zero_().requires_grad_(False)
            self.linear.weight.copy_(torch.tensor(own["V"].T))
            self.linear.bias.zero_()
        self.weights = [w for w in (*self.rnn.parameters(), *self.linear.parameters()) if w.requires_grad]
        make = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[params.optimizer]
        self.rule = make(self.weights, lr=params.learning_rate)

    def losses(self, x: Any, t: Any, begin: Any) -> tuple[Any, Any]:
        """Return the states, and the loss of each output."""
        h, _ = self.rnn(x, begin[None])
        o = self.linear(h[:, -1] if self.params.mode == "many-to-one" else h)
        if t.is_floating_point():
            return h, (o - t) ** 2
        nll = self.torch.nn.functional.cross_entropy(o.reshape(-1, o.shape[-1]), t.reshape(-1), reduction="none")
        return h, nll.reshape(t.shape)

    def step(self, x: Any, t: Any, begin: Any) -> None:
        self.rule.zero_grad()
        self.losses(x, t, begin)[1].mean().backward()
        if self.params.clip:
            norm = self.torch.sqrt(sum((w.grad**2).sum() for w in self.weights))  # torch's own adds 1e-6 to it
            for w in self.weights:
                w.grad *= (self.params.clip / norm).clamp(max=1.0)
        self.rule.step()

    def grad_by_lag(self, x: Any, t: Any, begin: Any) -> Any:
        """Return the lengths of ∂ℓ/∂h by autograd; the cell is unrolled, so that each h_t keeps its gradient."""
        torch, h, states = self.torch, begin, []
        for time in range(x.shape[1]):
            z = x[:, time] @ self.rnn.weight_ih_l0.T + self.rnn.bias_ih_l0 + h @ self.rnn.weight_hh_l0.T
            h = torch.tanh(z) if self.params.cell == "tanh" else torch.relu(z)
            h.retain_grad()
            states.append(h)
        o = self.linear(h)
        last = t if self.params.mode == "many-to-one" else t[:, -1]
        loss = (((o - last) ** 2) if t.is_floating_point() else torch.nn.functional.cross_entropy(o, last)).mean()
        loss.backward()
        return np.array([float(state.grad.norm()) for state in reversed(states)])


@pytest.fixture
def torch() -> Any:
    found = pytest.importorskip("torch", reason="torch, of the extra `benchmark`, is not installed")
    found.set_num_threads(1)
    return found


def batch(torch: Any, told: Any, params: Params) -> tuple[Any, Any, Any]:
    """Return the sequences of a row as torch's; of one-to-many no x comes in after the first time."""
    x = told["inputs"]
    if params.mode == "one-to-many":
        x = np.concatenate([x, np.zeros((len(x), params.length - 1, x.shape[2]))], axis=1)
    return torch.tensor(x), torch.tensor(told["targets"]), torch.tensor(told["h"][:, 0])


@pytest.mark.parametrize("optimizer", ["adam", "sgd"])
@pytest.mark.parametrize("cell", ["tanh", "relu"])
@pytest.mark.parametrize("mode", ["many-to-many", "many-to-one", "one-to-many"])
@pytest.mark.parametrize("task", ["echo", "parity", "adding", "next-character", "sine"])
def test_fifty_steps_are_torchs(torch: Any, task: Any, mode: Any, cell: Any, optimizer: Any) -> None:
    params = Params(task=task, mode=mode, cell=cell, optimizer=optimizer, clip=0.5, stateful=True, consecutive=True)
    state, other = start(params, Streams.start(0)), Torchs(torch, params)
    for t in range(1, 51):
        state = step(state, params, Streams.step(0, t))
        told = arrays(state, params)
        given = batch(torch, told, params)
        if t % 10 == 1:
            np.testing.assert_allclose(told["grad_by_lag"], other.grad_by_lag(*given), rtol=1e-9, atol=1e-15)
        other.step(*given)
    theirs = [getattr(other.rnn, name).detach().numpy().T for name in WEIGHTS.values()]
    theirs += [other.linear.weight.detach().numpy().T, other.linear.bias.detach().numpy()]
    for name, weights in zip(NAMES, theirs, strict=True):
        np.testing.assert_allclose(told[name], weights, rtol=1e-9, atol=1e-9)


def test_a_step_beside_torch(torch: Any, bench: Any) -> None:
    """Ours also draws the sequences and finds the accuracy at each time; torch takes the same ones over and over."""
    params = Params()
    state, other = start(params, Streams.start(0)), Torchs(torch, params)
    given = batch(torch, arrays(step(state, params, Streams.step(0, 1)), params), params)

    def ours() -> None:
        nonlocal state
        for _ in range(STEPS):
            state = step(state, params, Streams.step(0, state.t + 1))

    def theirs() -> None:
        for _ in range(STEPS):
            other.step(*given)

    times = bench.in_turn(ROUNDS, 1, ours, theirs, clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(*times, strict=True))
    own, its = (1e3 * median(map(median, seconds)) / STEPS for seconds in times)
    bench.judge(("step of the RNN, 16 units, 8 times, batch 16 / torch", ratio, 0.5, f"{own:.3f} ms, {its:.3f} ms"))


@pytest.mark.slow
def test_any_step_of_a_long_run(bench: Any, reference: Callable[[], None]) -> None:
    """The state anywhere in 20,000 steps with all its arrays, at most 80 frames of REF."""
    params = Params()
    timeline: Timeline[Params, State] = Timeline(rnn, Recipe("rnn", rnn.VERSION, 0, params))
    timeline.record(LONGEST)
    places = iter([(7919 * i) % timeline.recorded for i in range(1, 1000)])

    def frame() -> None:
        arrays(timeline.frame(next(places)).state, params)

    frames, ref = bench.in_turn(10, 5, frame, reference, clock=process_time)
    worst, unit = max(map(max, frames)), median(map(median, ref))
    remark = f"{1e3 * worst:.1f} ms, kept every {timeline.stride}"
    bench.judge((f"slowest state of {timeline.recorded:,} steps of the RNN / REF", worst / unit, 80.0, remark))
