"""A topic of no use, `stacks`, made of every kind of parameter: what runs through all doors before a topic needs it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from string import Formatter
from types import SimpleNamespace
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from annotated_types import Ge, Le, Len

from core.run.explanation import Explanation
from core.run.parameters import LOG, RESTART, VIEW, Columns, Suggestions
from core.run.refusal import Refusal
from core.run.streams import Streams
from core.run.topic import RESTS, beats, implied
from core.run.values import Array, ArrayWithGaps, Nested, frozen
from playground import topic_list
from playground.recipes import plain_recipes
from playground.topic_list import TopicEntry
from playground.words.texts import LANGUAGES, Texts, topic_texts

Function = Literal["relu", "tanh"]
Size = Annotated[int, Ge(1), Le(9)]


@frozen
class Dense:
    units: Annotated[int, Ge(1), Le(64)]
    use_bias: bool = True
    activation: Function | None = None
    input_shape: tuple[Annotated[int, Ge(1)] | None, ...] | None = None
    type: Literal["Dense"] = "Dense"


@frozen
class Pool:
    pool_size: Size | tuple[Size, Size] = 2
    type: Literal["Pool"] = "Pool"


@frozen
class Often:
    layer: Dense | Pool = Pool()
    type: Literal["Often"] = "Often"


SHIPPED = {"english": ("the film was good", "the film was bad"), "chinese": ("好", "坏")}
FACTS = (("ann", "knows", "bob"), ("bob", "knows", "cem"))


@frozen
class Params:
    layers: Annotated[tuple[Dense | Pool | Often, ...], Len(1, 5), RESTART] = (Dense(3), Pool())
    sentences: Annotated[
        str | tuple[str, ...], Suggestions(tuple(SHIPPED), SHIPPED.__getitem__), Columns(2, last="labels"), RESTART
    ] = "english"
    labels: Annotated[tuple[Annotated[int, Ge(0), Le(1)], ...] | None, RESTART] = None
    triples: Annotated[
        tuple[tuple[str, str, str], ...], Columns(3, ("head", "relation", "tail")), Len(1, 1000), RESTART
    ] = FACTS
    ratings: Annotated[str | ArrayWithGaps, Suggestions(("notes",)), RESTART] = "notes"
    logits: Annotated[tuple[Annotated[float, Ge(-10), Le(10)], ...], Len(2, 12), VIEW] = (2.0, 1.0)
    data: Annotated[Nested, RESTART] = ((1,), (2,))
    histories: Annotated[tuple[tuple[Annotated[int, Ge(0)], ...], ...], RESTART] = ((0, 1), (1, 2, 0))
    held_out: Annotated[tuple[int, ...] | None, RESTART] = None
    points: Annotated[Array | None, Columns(3), RESTART] = None
    rate: Annotated[float, Ge(1e-6), Le(10), LOG] = 0.1


@frozen
class State:
    t: int
    ratings: ArrayWithGaps
    weights: tuple[Array, ...]

    def with_array(self, name: str, value: Any, params: Params) -> State:
        if name == "ratings":
            return replace(self, ratings=value)
        k = int(name.removeprefix("layer_").removesuffix(".W")) - 1
        return replace(self, weights=(*self.weights[:k], value, *self.weights[k + 1 :]))


def settable(params: Params) -> tuple[str, ...]:
    return ("ratings", *(f"layer_{k}.W" for k, layer in enumerate(params.layers, 1) if isinstance(layer, Dense)))


def check(params: Params) -> Refusal | None:
    if isinstance(params.layers[0], Pool):
        return Refusal("layers", "bad_value", {"given": "Pool", "reason": "a Pool comes first"})
    if isinstance(params.sentences, str) and params.sentences not in SHIPPED:
        return Refusal("sentences", "not_one_of", {"given": params.sentences, "allowed": ", ".join(SHIPPED)})
    if len({len(row) for row in params.data}) > 1:
        return Refusal("data", "bad_value", {"given": "data.1", "reason": "the rows have different lengths"})
    return None


def start(params: Params, rng: Streams) -> State:
    ratings = np.array([[5.0, np.nan], [1.0, 2.0]]) if isinstance(params.ratings, str) else params.ratings
    units = [layer.units if isinstance(layer, Dense) else 0 for layer in params.layers]
    return State(0, ratings, tuple(rng.generator.standard_normal((2, n)) for n in units))


def arrays(state: State, params: Params) -> dict[str, Any]:
    own = {name: state.weights[int(name[6:-2]) - 1] for name in settable(params) if name != "ratings"}
    return {"ratings": state.ratings, **own}


CORE: Any = SimpleNamespace(
    VERSION=1, EDITS=(), RESTS=RESTS, CONSTANT_ARRAYS=frozenset(), Params=Params, State=State, implied=implied,
    beats=beats, settable=settable, check=check, start=start, arrays=arrays, events=lambda before, after, params: (),
    step=lambda state, params, rng: replace(state, t=state.t + 1), series=lambda state, params: {"t": state.t},
)  # fmt: skip


class Entry(TopicEntry):
    core = CORE
    texts = Texts({"title": {"en": "Stacks", "zh": "层"}, "panel_ids": []})


ENTRY = Entry("stacks", "layers", "layers")
LIST = [*topic_list.TOPICS, ENTRY]


@pytest.fixture
def stacks(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The names of this module, with the topic in the list of topics."""
    for module in (topic_list, plain_recipes):
        monkeypatch.setattr(module, "TOPICS", tuple(LIST))
    monkeypatch.setattr("playground.command_line.parser.TOPICS", tuple(LIST))
    return sys.modules[__name__]


Checker = Callable[..., Mapping[str, Any]]  # of a step: states, params, focus -> what the sentence's numbers must be


def compare(texts: Texts, told: Explanation, expected: Mapping[str, Any]) -> None:
    """Assert that every number in the sentence, in both languages, is the expected one."""
    for language in LANGUAGES:
        text = texts.get("sentences", told.sentence, language=language)
        for name in {name for _, name, _, _ in Formatter().parse(text) if name}:
            assert name in expected, f"{told.sentence}: {{{name}}} is not checked"
            value = expected[name]
            value = pytest.approx(value, rel=1e-6, abs=1e-11) if isinstance(value, float) else value
            assert told.values[name] == value, f"{told.sentence}: {{{name}}}"


@pytest.fixture
def check_sentences() -> Any:
    """Assert of explained steps (explanation, *what a checker takes) that each says what its checker finds.

    Every key of the topic's sentences needs a checker; returned are the keys that were said.
    """

    def check(topic: str, steps: Iterable[tuple[Explanation, Any]], checkers: Mapping[str, Checker]) -> set[str]:
        texts = topic_texts(topic.replace("-", "_"))
        assert set(texts.tree["sentences"]) == set(checkers)
        said = set()
        for told, step in steps:
            compare(texts, told, checkers[told.sentence](*step))
            said.add(told.sentence)
        return said

    return check
