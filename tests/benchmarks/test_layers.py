"""A training step of the CNN on small digits beside torch, both on one thread."""

from __future__ import annotations

from statistics import median
from time import process_time
from typing import Any

import numpy as np
import pytest

from core.nn.layers import Conv2D, Dense, Flatten, MaxPooling2D, stack_of
from core.nn.training import Net, train
from core.nn.update_rules import Adam, needed

ROUNDS, STEPS, BATCH, RATE = 21, 10, 64, 0.003
LAYERS = (
    Conv2D(8, 3, padding="same", activation="relu", input_shape=(8, 8, 1)),
    MaxPooling2D(2),
    Conv2D(16, 3, padding="same", activation="relu"),
    MaxPooling2D(2),
    Flatten(),
    Dense(64, activation="relu"),
    Dense(10, activation="softmax"),
)


def torchs(torch: Any, weights: dict[str, Any], kind: Any) -> Any:
    """Return the same net in torch with the same weights, its own layers and its own Adam."""
    nn = torch.nn
    net = nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10),
    ).to(kind)  # fmt: skip
    with torch.no_grad():
        for ours, theirs in ((1, 0), (3, 3), (6, 7), (7, 9)):
            w = weights[f"layer_{ours}.W"]
            net[theirs].weight.copy_(torch.tensor(w if w.ndim == 4 else w.T))
            net[theirs].bias.copy_(torch.tensor(weights[f"layer_{ours}.b"]))
    return net


@pytest.mark.parametrize(("kind", "limit"), [("float64", 2.0), ("float32", 2.0)])
def test_a_step_of_the_cnn_beside_torch(bench: Any, kind: str, limit: float) -> None:
    """Forward, loss, backward and Adam on 64 digits, ours in doubles; both end at the same weights."""
    torch = pytest.importorskip("torch", reason="torch, of the extra `benchmark`, is not installed")
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    x, t = rng.random((BATCH, 1, 8, 8)), rng.integers(0, 10, BATCH)
    net, rule = Net(stack_of(LAYERS), "cross-entropy"), Adam(RATE)
    weights = net.stack.start(rng, "he")
    memory = rule.start(weights)
    model = torchs(torch, net.stack.named(weights), getattr(torch, kind))
    x_of_torch, t_of_torch = torch.tensor(x, dtype=getattr(torch, kind)), torch.tensor(t)
    rate = torch.optim.Adam(model.parameters(), lr=RATE)

    def ours() -> None:
        nonlocal weights, memory
        for _ in range(STEPS):
            made = train(net, rule, weights, memory, x, t)
            weights, memory = made.weights, needed(made.memory)

    def theirs() -> None:
        for _ in range(STEPS):
            rate.zero_grad()
            torch.nn.functional.cross_entropy(model(x_of_torch), t_of_torch).backward()
            rate.step()

    times = bench.in_turn(ROUNDS, 1, ours, theirs, clock=process_time)
    if kind == "float64":
        last = model[9].weight.detach().numpy().T
        assert np.allclose(net.stack.named(weights)["layer_7.W"], last, rtol=1e-6, atol=1e-8)
    ratio = median(a / b for (a,), (b,) in zip(*times, strict=True))
    own, other = (1e3 * median(map(median, seconds)) / STEPS for seconds in times)
    bench.judge((f"step of the CNN, batch {BATCH} / torch, {kind}", ratio, limit, f"{own:.2f} ms, {other:.2f} ms"))
