"""What may be asked: what implies what, what is held out, what is refused, by its own name and in one line."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ratings import Params, check, implied
from core.ratings.settings import examples_of, held_of, ratings_of

TEXTS = tomllib.loads(Path("resources/topics/ratings.toml").read_text("utf-8"))["refusals"]
OWN = np.array([[5.0, np.nan, 1.0], [np.nan, 2.0, 3.0]])
NONE = np.full((2, 2), np.nan)
CANDIDATES = Params(model="candidates")


def candidates(**given: Any) -> Params:
    return replace(CANDIDATES, **given)


REFUSED: dict[str, tuple[Params, str, str, Any]] = {
    "unknown ratings": (Params(ratings="movies"), "ratings", "ratings_unknown", "movies"),
    "a long unknown name": (Params(ratings="x" * 99), "ratings", "ratings_unknown", "x" * 40),
    "nothing known": (Params(ratings=NONE), "ratings", "ratings_empty", [2, 2]),
    "a vector": (Params(ratings=np.ones(3)), "ratings", "ratings_shape", [3]),
    "a cube": (Params(ratings=np.ones((2, 2, 2))), "ratings", "ratings_shape", [2, 2, 2]),
    "no rows": (Params(ratings=np.ones((0, 3))), "ratings", "ratings_shape", [0, 3]),
    "no columns": (Params(ratings=np.ones((3, 0))), "ratings", "ratings_shape", [3, 0]),
    "too many people": (Params(ratings=np.ones((501, 1))), "ratings", "ratings_shape", [501, 1]),
    "too many things": (Params(ratings=np.ones((1, 501))), "ratings", "ratings_shape", [1, 501]),
    "too few names of people": (Params(ratings=OWN, user_names=("Ann",)), "user_names", "user_names", 1),
    "too many names of films": (
        Params(ratings=OWN, item_names=("Up", "Jaws", "Alien", "Heat")),
        "item_names",
        "item_names",
        4,
    ),
    "names of a set that has its own": (Params(user_names=("Ann",) * 4), "user_names", "names_of_a_set", "notes"),
    "all held out": (Params(ratings=np.ones((1, 1)), held_out=0.9), "held_out", "held_out_all", 0.9),
    "unknown histories": (candidates(histories="films"), "histories", "histories_unknown", "films"),
    "nobody": (candidates(histories=()), "histories", "histories_people", 0),
    "too many watchers": (candidates(histories=((0, 1),) * 1001), "histories", "histories_people", 1001),
    "one video watched": (candidates(histories=((0, 1), (1,))), "histories", "history_short", 1),
    "nothing watched": (candidates(histories=((),)), "histories", "history_short", 0),
    "too much watched": (candidates(histories=((0, 1) * 2501,)), "histories", "histories_long", 5002),
    "one video in all": (candidates(histories=((0, 0),)), "histories", "histories_videos", 0),
    "too many videos": (candidates(histories=((0, 300),)), "histories", "histories_videos", 300),
    "a video there is not": (candidates(watched=(0, 24)), "watched", "watched_unknown", 24),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_by_name_in_one_line(case: str) -> None:
    params, field, key, given = REFUSED[case]
    refusal = check(params)
    assert refusal is not None
    assert (refusal.field, refusal.key, refusal.values["given"]) == (field, key, given)
    for language in ("en", "zh"):
        said = TEXTS[key][language].format(**refusal.values, meant="")
        assert "\n" not in said
        assert len(said) < 200


@pytest.mark.parametrize("params", [
    Params(ratings=OWN), Params(ratings=np.ones((1, 1))), Params(ratings=np.ones((500, 500)), held_out=0.9),
    candidates(histories=((0, 1),), watched=(1,)), candidates(histories=((2, 0, 2), (1, 1)), top=50),
])  # fmt: skip
def test_taken(params: Params) -> None:
    assert check(params) is None


@pytest.mark.parametrize(("params", "given", "model", "factors", "rate"), [
    (Params(model="candidates"), {"model"}, "candidates", 4, 0.01),
    (Params(model="candidates", n_factors=3), {"model", "n_factors"}, "candidates", 3, 0.01),
    (Params(histories=((0, 1),)), {"histories"}, "candidates", 4, 0.01),
    (candidates(ratings="films", n_factors=4), {"ratings"}, "factors", 2, 0.05),
    (Params(ratings="films", n_factors=6), {"ratings"}, "factors", 6, 0.05),
    (Params(n_factors=6), {"n_factors"}, "factors", 6, 0.05),
])  # fmt: skip
def test_a_model_begins_with_its_own_numbers(
    params: Params, given: set[str], model: str, factors: int, rate: float
) -> None:
    found = implied(params, frozenset(given))
    assert (found.model, found.n_factors, found.learning_rate) == (model, factors, rate)
    assert check(found) is None


def test_videos_that_there_are_not_are_no_longer_watched() -> None:
    shorter = candidates(histories=((0, 1), (1, 0)), watched=(0, 5))
    assert implied(shorter, frozenset({"histories"})).watched == (0,)
    assert implied(replace(shorter, watched=(5, 6)), frozenset({"histories"})).watched == (0,)
    assert implied(shorter, frozenset({"histories", "watched"})).watched == (0, 5)


def test_people_go_by_letters_or_numbers() -> None:
    assert ratings_of(Params(ratings=OWN)).users == ("A", "B")
    assert ratings_of(Params(ratings=np.ones((27, 1)))).users[-1] == "27"
    assert ratings_of(Params(ratings=OWN)).items == ("1", "2", "3")


@given(share=st.floats(0, 0.9), seed=st.integers(0, 50))
@settings(max_examples=40, deadline=None)
def test_the_share_held_out_is_of_the_known_ratings_alone(share: float, seed: int) -> None:
    params = Params(ratings="films", held_out=share, data_seed=seed)
    held, known = held_of(params), ~np.isnan(ratings_of(params).values)
    assert held.sum() == round(share * known.sum())
    assert not (held & ~known).any()
    assert (held == held_of(replace(params))).all()


def test_another_data_seed_holds_others_out() -> None:
    one, other = (held_of(Params(ratings="films", held_out=0.2, data_seed=seed)) for seed in (0, 1))
    assert (one != other).any()


def test_an_example_is_the_mean_of_all_but_its_target() -> None:
    params = candidates(histories=((0, 2, 2), (1, 0)))
    known = examples_of(params)
    assert known.target.tolist() == [0, 2, 2, 1, 0]
    assert known.person.tolist() == [0, 0, 0, 1, 1]
    assert known.x.tolist() == [[0, 0, 1], [0.5, 0, 0.5], [0.5, 0, 0.5], [1, 0, 0], [0, 1, 0]]
    assert known.shares.tolist() == pytest.approx([1 / 6] * 3 + [1 / 4] * 2)


def test_names_are_those_given_else_letters_and_numbers() -> None:
    named = Params(ratings=OWN, user_names=("Ann", "Bob"))
    assert (ratings_of(named).users, ratings_of(named).items) == (("Ann", "Bob"), ("1", "2", "3"))
    assert ratings_of(Params(ratings=OWN)).users == ("A", "B")


def test_names_stay_with_ratings_that_they_fit() -> None:
    named = Params(ratings=OWN, user_names=("Ann", "Bob"), item_names=("Up", "Jaws", "Heat"))
    assert implied(named, frozenset({"n_factors"})) == named
    edited = replace(named, ratings=OWN + 1.0)
    assert implied(edited, frozenset({"ratings"})).user_names == named.user_names
    wider = implied(replace(named, ratings=np.ones((2, 4))), frozenset({"ratings"}))
    assert (wider.user_names, wider.item_names) == (named.user_names, ())
    shipped = implied(replace(named, ratings="films"), frozenset({"ratings"}))
    assert (shipped.user_names, shipped.item_names) == ((), ())
