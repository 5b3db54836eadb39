"""A training step of the Embedding layer beside torch, both on one thread in doubles."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest

from core.embedding import Params, arrays, start, step
from core.embedding.settings import data_of
from core.run.streams import Streams

ROUNDS, STEPS = 21, 40


class Torchs:
    """The same nets with the same weights in torch: its own Embedding, Linear, loss and optimizers."""

    def __init__(self, torch: Any, params: Params) -> None:
        self.torch, data, own = torch, data_of(params), arrays(start(params, Streams.start(0)), params)
        self.table = torch.nn.Embedding(data.rows, params.output_dim).double()
        self.linear = torch.nn.Linear(params.input_length * params.output_dim, 1).double()
        self.twin = torch.nn.Linear(params.input_length * data.rows, 1).double()
        with torch.no_grad():
            self.table.weight.copy_(torch.tensor(own["E"]))
            self.linear.weight.copy_(torch.tensor(own["W"].T))
            for zero in (self.linear.bias, self.twin.weight, self.twin.bias):
                zero.zero_()
        make = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}[params.optimizer]
        nets = (self.table, self.linear), (self.twin,)
        self.rules = [make([w for net in each for w in net.parameters()], lr=params.learning_rate) for each in nets]

    def loss(self, numbers: Any, labels: Any) -> Any:
        """Return the loss of the net."""
        return self._loss(self.linear(self.table(numbers).flatten(1)), labels)

    def twin_loss(self, numbers: Any, labels: Any) -> Any:
        """Return the loss of the twin on one-hots laid end to end."""
        one_hots = self.torch.nn.functional.one_hot(numbers, self.table.num_embeddings).double()
        return self._loss(self.twin(one_hots.flatten(1)), labels)

    def _loss(self, scores: Any, labels: Any) -> Any:
        return self.torch.nn.functional.binary_cross_entropy_with_logits(scores[:, 0], labels)

    def step(self, *losses: Any) -> None:
        """Update the net by its loss, and the twin where its own is given."""
        for rule, loss in zip(self.rules, losses, strict=False):
            rule.zero_grad()
            loss.backward()
            rule.step()

    def weights(self) -> dict[str, Any]:
        """Return all weights under our names."""
        own = {"E": self.table.weight, "W": self.linear.weight.T, "b": self.linear.bias}
        own |= {"one_hot.W": self.twin.weight.T, "one_hot.b": self.twin.bias}
        return {name: array.detach().numpy() for name, array in own.items()}


@pytest.fixture
def torch() -> Any:
    found = pytest.importorskip("torch", reason="torch, of the extra `benchmark`, is not installed")
    found.set_num_threads(1)
    return found


def batch(torch: Any, state: Any, params: Params) -> tuple[Any, Any]:
    data, own = data_of(params), state.batch[state.batch >= 0]
    return torch.tensor(np.array(data.sequences[own])), torch.tensor(data.labels[own].astype(float))


@pytest.mark.parametrize(("optimizer", "rate"), [("sgd", 0.5), ("adam", 0.02)])
@pytest.mark.parametrize(("sentences", "length", "padding"), [("english", 4, "pre"), ("chinese", 8, "post")])
@pytest.mark.parametrize(("encoding", "rows"), [("vocabulary", 0), ("hashing", 30)])
def test_a_hundred_steps_are_torchs(
    torch: Any, sentences: Any, length: int, padding: Any, encoding: Any, rows: int, optimizer: Any, rate: float
) -> None:
    """With batches that repeat rows, padding's row among them, and with rows that no word asks for."""
    params = Params(
        sentences=sentences, input_length=length, padding=padding, encoding=encoding, input_dim=rows,
        optimizer=optimizer, learning_rate=rate, twin=True,
    )  # fmt: skip
    state, other = start(params, Streams.start(0)), Torchs(torch, params)
    for t in range(1, 101):
        state = step(state, params, Streams.step(0, t))
        given = batch(torch, state, params)
        losses = other.loss(*given), other.twin_loss(*given)
        told = [loss.item() for loss in losses]
        assert [state.embedding.loss, state.learner("one_hot").loss] == pytest.approx(told, rel=1e-9)
        other.step(*losses)
    held = arrays(state, params)
    for name, weights in other.weights().items():
        np.testing.assert_allclose(held[name], weights, rtol=1e-9, atol=1e-9)


def test_a_step_beside_torch(torch: Any, bench: Any) -> None:
    """Ours also shuffles the sentences and finds the accuracy; torch takes the same batch over and over."""
    params = Params()
    state, other = start(params, Streams.start(0)), Torchs(torch, params)
    given = batch(torch, step(state, params, Streams.step(0, 1)), params)

    def ours() -> None:
        nonlocal state
        for _ in range(STEPS):
            state = step(state, params, Streams.step(0, state.t + 1))

    def theirs() -> None:
        for _ in range(STEPS):
            other.step(other.loss(*given))

    times = bench.in_turn(ROUNDS, 1, ours, theirs, clock=process_time)
    ratio = median(a / b for (a,), (b,) in zip(*times, strict=True))
    own, its = (1e3 * median(map(median, seconds)) / STEPS for seconds in times)
    bench.judge(("step of the Embedding layer, batch 8 / torch", ratio, 1.0, f"{own:.3f} ms, {its:.3f} ms"))
