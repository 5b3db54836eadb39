"""What a sentence about a step of either model says is what the two states show, on random runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from core import ratings
from core.ratings import Params, arrays, series
from core.ratings.explained import explain_newcomer
from core.ratings.explained_beats import explain
from core.ratings.settings import held_of, histories_of
from core.run.explanation import Focus
from core.run.recipe import Change, Recipe, SetArray
from core.run.replay import replay
from core.run.streams import Streams

SAMPLES = 6  # steps of a run


def params_of(rng: Any) -> Params:
    """Return random ratings or histories and a way to learn, with rates from too small to far too large."""

    def choose(*values: Any) -> Any:
        return values[int(rng.integers(len(values)))]

    own = np.where(rng.random((4, 5)) < 0.3, np.nan, rng.normal(3, 1, (4, 5)))
    own[0, 0] = 3.0
    return Params(
        model=choose("factors", "factors", "candidates"), ratings=choose("notes", "films", own),
        n_factors=choose(1, 2, 5), method=choose("sgd", "als", "dense"), train=choose("both", "both", "users", "items"),
        learning_rate=float(10 ** rng.uniform(-3, 2)), regularization=choose(0.0, 0.02, 2.0),
        held_out=choose(0.0, 0.2), histories=choose("videos", ((0, 1, 2), (2, 3), (1, 1))),
        watched=choose((0,), (1, 3)), hidden=choose((3,), (4, 2)), output_bias=choose(True, False),
        batch_size=choose(1, 5), optimizer=choose("sgd", "adam", "nesterov"),
    )  # fmt: skip


def steps_of(count: int) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    rng, done = np.random.default_rng(7), 0
    while done < count:
        params, before = params_of(rng), None  # type: Any, Any
        name = "users" if params.model == "factors" else "videos"
        held = arrays(ratings.start(params, Streams.start(0)), params)
        edit = SetArray(name, 10 ** rng.uniform(-1, 6) * rng.standard_normal(held[name].shape))
        recipe = Recipe("ratings", 1, int(rng.integers(99)), params, (Change(SAMPLES // 2, edit),))
        for frame, _ in replay(ratings, recipe, SAMPLES):
            focus = Focus("rating", (int(rng.integers(4)), int(rng.integers(4)))) if params.model == "factors" else None
            step = before.state if before else None, frame.made, frame.used, focus
            yield explain(*step), (*step, "")
            yield from ((explain(*step, beat), (*step, beat)) for beat in ratings.beats(params))
            if before is None and params.model == "factors":
                new = replace(params, newcomer=rated_by(rng))
                yield explain_newcomer(frame.state, new), (None, frame.state, new, None, "")
            before, done = frame, done + 1


def rated_by(rng: np.random.Generator) -> tuple[tuple[float, ...], ...]:
    """Return what someone new gave some of four films, or none of them."""
    films = rng.permutation(4)[: rng.integers(4)].tolist()
    return tuple((float(film), float(rng.integers(1, 6))) for film in films)


# ---- the same numbers, computed anew


def names(params: Params, kind: str) -> Any:
    return arrays(ratings.start(params, Streams.start(0)), params)[f"{kind}_names"]


def begins(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    assert before is None
    return {}


def stands(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    assert after.diverged
    assert series(before, params)["loss"] == series(after, params)["loss"]
    return {}


def losses(before: Any, after: Any, params: Any) -> dict[str, Any]:
    return {"was": series(before, params)["loss"], "now": series(after, params)["loss"]}


def solves(side: str) -> Any:
    def check(before: Any, after: Any, params: Any, _focus: Any, beat: str) -> dict[str, Any]:
        assert (params.method, series(after, params)["phase"], beat in ("", "update")) == ("als", side, True)
        other = "items" if side == "users" else "users"
        assert (arrays(before, params)[other] == arrays(after, params)[other]).all()
        return losses(before, after, params)

    return check


def is_held(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    assert params.train not in ("both", series(after, params)["phase"])
    assert all((arrays(before, params)[name] == arrays(after, params)[name]).all() for name in ("users", "items"))
    return losses(before, after, params)


def known(before: Any, params: Any) -> Any:
    return ~np.isnan(arrays(before, params)["ratings"]) & ~held_of(params)


def dense(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    return {**losses(before, after, params), "count": str(known(before, params).sum())}


def of_rating(before: Any, after: Any, params: Any, _focus: Any, beat: str) -> dict[str, Any]:
    row, told = series(after, params), (arrays(before, params), arrays(after, params))
    i, j = int(row["user"]), int(row["item"])
    u, v, e = told[0]["users"][i], told[0]["items"][:, j], float(row["error"])
    penalty = params.regularization
    return {
        "user": names(params, "user")[i], "item": names(params, "item")[j], "r": float(told[0]["ratings"][i, j]),
        "was": float(told[0]["predicted"][i, j]), "now": float(told[1]["predicted"][i, j]), "e": e,
        "of_user": float(np.linalg.norm(e * v - penalty * u)), "of_item": float(np.linalg.norm(e * u - penalty * v)),
    }  # fmt: skip


def of_row(side: str) -> Any:
    def check(before: Any, after: Any, params: Any, focus: Any, beat: str) -> dict[str, Any]:
        assert (series(after, params)["phase"], beat in ("system", "solution")) == (side, True)
        axis = 0 if side == "users" else 1
        solved = ratings.step(before, replace(params, train="both"), Streams.step(0, after.t))  # held or not
        row, told = focus.at[axis], (arrays(before, params), arrays(solved, params))
        vectors = [one["users"][row] if axis == 0 else one["items"][:, row] for one in told]
        return {
            "name": names(params, "user" if axis == 0 else "item")[row],
            "count": str(np.take(known(before, params), row, axis).sum()),
            "was": float(np.linalg.norm(vectors[0])), "now": float(np.linalg.norm(vectors[1])),
        }  # fmt: skip

    return check


def of_all(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    mask, told = known(before, params), arrays(before, params)
    errors = np.where(mask, told["predicted"] - told["ratings"], 0.0)
    penalty, count = params.regularization, mask.sum()
    by_users = 2 / count * (errors @ told["items"].T + penalty * mask.sum(1)[:, None] * told["users"])
    by_items = 2 / count * (told["users"].T @ errors + penalty * mask.sum(0) * told["items"])
    return {"count": str(count), "rmse": float(np.sqrt((errors**2).sum() / count)),
            "of_users": float(np.linalg.norm(by_users)), "of_items": float(np.linalg.norm(by_items))}  # fmt: skip


# ---- candidates


def scores(told: Any, centres: Any, params: Params) -> Any:
    h = centres
    for k in range(1, len(params.hidden) + 1):
        h = np.maximum(h @ told[f"hidden_{k}.W"] + told[f"hidden_{k}.b"], 0)
    return h @ told["output.W"] + (told["output.b"] if params.output_bias else 0)


def batch(before: Any, after: Any, params: Params) -> tuple[Any, Any]:
    """Return the logarithms of the probabilities that the net gave the batch, and its targets."""
    told, took, people = arrays(before, params), arrays(after, params), histories_of(params).people
    centres = []
    for person, target in zip(took["person"].tolist(), took["target"].tolist(), strict=True):
        others = list(people[person])
        others.remove(target)
        centres.append(np.mean(told["videos"][others], axis=0))
    z = scores(told, np.array(centres), params)
    z = z - z.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True)), took["target"]


def next_one(before: Any, after: Any, params: Any, _focus: Any, _beat: str) -> dict[str, Any]:
    told = arrays(after, params)
    first = int(told["probabilities"].argmax())
    return {**losses(before, after, params), "video": names(params, "item")[first],
            "share": 100 * float(told["probabilities"][first]), "watched": str(len(params.watched))}  # fmt: skip


def of_batch(before: Any, after: Any, params: Any, _focus: Any, beat: str) -> dict[str, Any]:
    logs, targets = batch(before, after, params)
    person = int(arrays(after, params)["person"][0])
    return {
        "count": str(len(targets)), "loss": float(-logs[np.arange(len(targets)), targets].mean()),
        "person": str(person + 1), "others": str(len(histories_of(params).people[person]) - 1),
        "video": names(params, "item")[targets[0]], "share": 100 * float(np.exp(logs[0, targets[0]])),
    }  # fmt: skip


def goes_back(before: Any, after: Any, params: Any, _focus: Any, beat: str) -> dict[str, Any]:
    """Check the length by what SGD made of the weights."""
    assert beat == "backward"
    found = {"count": str(params.batch_size)}
    if params.optimizer != "sgd":
        return {**found, "length": pytest.approx(0, abs=1e300)}
    moved = np.linalg.norm(before.learned.weights - after.learned.weights) / params.learning_rate
    return {
        **found,
        "length": pytest.approx(
            moved, rel=1e-4, abs=1e-9 + 1e-14 * np.abs(before.learned.weights).max() / params.learning_rate
        ),
    }


def of_newcomer(_before: Any, after: Any, params: Params, _focus: Any, _beat: str) -> dict[str, Any]:
    """By least squares with the penalty as further equations."""
    if not params.newcomer:
        return {}
    films, given = [int(film) for film, _ in params.newcomer], [rating for _, rating in params.newcomer]
    items = arrays(after, params)["items"][:, films].T
    penalty = np.sqrt(params.regularization * len(films)) * np.eye(items.shape[1])
    left, right = np.vstack([items, penalty]), np.append(given, np.zeros(items.shape[1]))
    solved = np.linalg.lstsq(left, right, rcond=None)[0]
    return {"count": str(len(films)), "length": pytest.approx(float(np.linalg.norm(solved)), rel=1e-6)}


CHECKERS: dict[str, Any] = {
    "newcomer": of_newcomer, "newcomer.none": of_newcomer,
    "rule.factors": begins, "rule.candidates": begins, "diverged": stands, "sgd": of_rating, "error.sgd": of_rating,
    "gradients.sgd": of_rating, "als.held": is_held, "dense": dense, "error.dense": of_all, "gradients.dense": of_all,
    **{f"als.{side}": solves(side) for side in ("users", "items")},
    **{f"{beat}.{side}": of_row(side) for side in ("users", "items") for beat in ("system", "solution")},
    "candidates": next_one, "forward": of_batch, "error.candidates": of_batch, "backward": goes_back,
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid value")
@pytest.mark.parametrize("count", [600])
def test_sentences_say_what_the_states_show(count: int, check_sentences: Any) -> None:
    assert check_sentences("ratings", steps_of(count), CHECKERS) == set(CHECKERS)
