"""Write torch_trajectories.json: what torch.optim does on two functions that stand nowhere else in this project.

    python -m venv venv && venv/bin/pip install torch==2.13.0 numpy
    venv/bin/python tests/core/nn/make_torch_trajectories.py

torch's forms are not ours letter for letter. On paper, with a constant learning rate η:

SGD with momentum   torch: b ← μb + g, p ← p − ηb. With v = −ηb this is v ← μv − ηg, p ← p + v: ours.
                    (After a change of η they differ: our v keeps its length, theirs is scaled.)
Nesterov            torch: b ← μb + g(p), p ← p − η(g(p) + μb). Its p is the point looked ahead to. With v = −ηb and
                    x = p − μv:  v' = μv − ηg(x + μv) and x' = p' − μv' = p − ηg = x + μv − ηg = x + v': ours.
                    So x = p + μηb is written down, and p is our `ahead` of the next step.
RMSProp             torch: s ← αs + (1 − α)g², p ← p − ηg/(√s + ε): ours with ρ = α.
Adagrad             torch: η/(1 + (t − 1)·lr_decay), and the sum may start above 0; with the defaults (0 and 0) ours.
Adam                torch: η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε): ours with the corrections written into m̂ and v̂.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

STEPS = 60
STARTS = {"waves": [[1.3, -0.8]], "tilted": [[0.4, -1.1], [2.0, 0.3], [-1.5, 0.7]]}


def waves(p: torch.Tensor) -> torch.Tensor:
    x, y = p[0]
    return 0.6 * x**2 + 0.5 * x * y + 1.7 * y**2 + 0.2 * torch.sin(3 * x) * torch.cos(y)


def tilted(p: torch.Tensor) -> torch.Tensor:
    weights = torch.tensor([[1.0, 3.0], [0.2, 5.0], [2.0, 0.5]], dtype=torch.float64)
    return (weights * torch.log(torch.cosh(p - 0.3))).sum() + 0.1 * p.sum() ** 2


RULES: dict[str, tuple[type[torch.optim.Optimizer], dict[str, Any], dict[str, float]]] = {
    # our rule: torch's class and settings, our settings
    "SGD": (torch.optim.SGD, {"lr": 0.05}, {"learning_rate": 0.05}),
    "Momentum": (torch.optim.SGD, {"lr": 0.03, "momentum": 0.85}, {"learning_rate": 0.03, "momentum": 0.85}),
    "Nesterov": (
        torch.optim.SGD,
        {"lr": 0.03, "momentum": 0.85, "nesterov": True},
        {"learning_rate": 0.03, "momentum": 0.85},
    ),
    "AdaGrad": (torch.optim.Adagrad, {"lr": 0.4, "eps": 1e-3}, {"learning_rate": 0.4, "epsilon": 1e-3}),
    "RMSProp": (
        torch.optim.RMSprop,
        {"lr": 0.02, "alpha": 0.8, "eps": 1e-2},
        {"learning_rate": 0.02, "rho": 0.8, "epsilon": 1e-2},
    ),
    "Adam": (
        torch.optim.Adam,
        {"lr": 0.07, "betas": (0.7, 0.95), "eps": 1e-3},
        {"learning_rate": 0.07, "beta_1": 0.7, "beta_2": 0.95, "epsilon": 1e-3},
    ),
}


def trajectory(function: Any, start: list[list[float]], name: str) -> dict[str, Any]:
    make, torchs, ours = RULES[name]
    p = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = make([p], **torchs)
    points = []
    for _ in range(STEPS):
        optimizer.zero_grad()
        function(p).backward()
        optimizer.step()
        points.append(our_point(name, p, optimizer.state[p], ours).tolist())
    return {"settings": ours, "points": points, "memory": memory(name, optimizer.state[p], ours)}


def our_point(name: str, p: torch.Tensor, state: dict[str, Any], ours: dict[str, float]) -> torch.Tensor:
    if name != "Nesterov":
        return p.detach().clone()
    return p.detach() + ours["momentum"] * ours["learning_rate"] * state["momentum_buffer"]


def memory(name: str, state: dict[str, Any], ours: dict[str, float]) -> dict[str, Any]:
    """Return what the rule remembers after the last step, under our names."""
    match name:
        case "Momentum" | "Nesterov":
            return {"velocity": (-ours["learning_rate"] * state["momentum_buffer"]).tolist()}
        case "AdaGrad":
            return {"sum": state["sum"].tolist()}
        case "RMSProp":
            return {"average": state["square_avg"].tolist()}
        case "Adam":
            return {"m": state["exp_avg"].tolist(), "v": state["exp_avg_sq"].tolist()}
    return {}


if __name__ == "__main__":
    functions = {"waves": waves, "tilted": tilted}
    table = {f: {rule: trajectory(functions[f], STARTS[f], rule) for rule in RULES} for f in functions}
    content = {"torch": torch.__version__.partition("+")[0], "starts": STARTS, "trajectories": table}
    Path(__file__).with_name("torch_trajectories.json").write_text(json.dumps(content) + "\n")
