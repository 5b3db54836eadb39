"""The runs compared with one, in files: written and read, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.files.session import dump, load, session_of
from playground.recipes.plain_compared import ALONE, KEY, Comparison, read_compared
from playground.topic_list import topic

CORE = topic("kmeans").core
RECIPE: Recipe[Any] = Recipe("kmeans", CORE.VERSION, 0, CORE.Params())
OTHERS = {"A": replace(RECIPE, seed=3), "C": replace(RECIPE, params=CORE.Params(n_clusters=2))}


def entry(**changed: Any) -> Any:
    return {**Comparison("B", OTHERS).plain()[KEY], **changed}


def test_what_is_written_is_read_back() -> None:
    assert read_compared(entry(), "kmeans") == Comparison("B", OTHERS)
    assert read_compared(entry(way="beside"), "kmeans") == Comparison("B", OTHERS, "beside")
    assert "way" not in entry()  # an older program reads it
    assert (ALONE.plain(), read_compared(None, "kmeans")) == ({}, ALONE)


def test_a_session_keeps_the_compared_runs_and_an_old_one_has_none() -> None:
    timeline: Timeline[Any, Any] = Timeline(CORE, RECIPE)
    timeline.record(4)
    assert load(dump(session_of(timeline, 4, Comparison("B", OTHERS)))).comparison == Comparison("B", OTHERS)
    assert load(dump(session_of(timeline, 4))).comparison == ALONE


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ([], "compared.others"),
        (entry(letter="A"), "compared.letter"),
        (entry(letter="E"), "compared.letter"),
        (entry(way="upside"), "compared.way"),
        (entry(way=["beside"]), "compared.way"),
        (entry(letter=None), "compared.letter"),
        (entry(others={"A": 3}), "compared.A.recipe"),
        (entry(others={"A": {"topic": "optimizers"}}), "compared.A.version"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(data: Any, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_compared(data, "kmeans")
    assert refused.value.field == field


def test_runs_of_another_topic_cannot_be_compared() -> None:
    with pytest.raises(Refusal) as refused:
        read_compared(entry(), "optimizers")
    assert refused.value.field == "compared.A.topic"
