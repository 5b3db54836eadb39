"""What every topic in the list must hold to, seen without a window.

A topic whose arithmetic changes raises its VERSION and stores new rows: `python tests/contract/test_topics.py ID`.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.run.explanation import Focus
from core.run.parameters import Parameter, get_value, parameters, plain, with_value
from core.run.recipe import Change, Recipe, SetArray, SetParam
from core.run.refusal import Refusal
from core.run.replay import replay
from core.run.streams import Streams
from core.run.timeline import Timeline
from playground.export.tables import Row, rows
from playground.files.session import Session, dump, load, session_of
from playground.recipes.plain_recipes import plain_recipe, read_edit, read_recipe
from playground.recipes.plain_values import read_value
from playground.recipes.trial import misfit
from playground.scenes.scene import scenes
from playground.topic_list import TOPICS, TopicEntry, topic
from playground.words.refusals import sentence
from playground.words.texts import LANGUAGES

ROWS = Path(__file__).with_name("rows")
WILD_FROM = {("rnn", "edited"): 8}  # the row at which last digits, others on another processor, have grown to 2e-7
LAST = 20
WHOLE, ENDS = 1000, 10  # numbers of an array that are stored one by one, and those of each end of a larger one
ids = [entry.id for entry in TOPICS]
every_topic = pytest.mark.parametrize("entry", TOPICS, ids=ids)


def recipe_of(entry: TopicEntry, params: Any = None) -> Recipe[Any]:
    return Recipe(entry.id, entry.core.VERSION, 0, entry.core.Params() if params is None else params)


def variants(entry: TopicEntry) -> Iterator[tuple[str, Any]]:
    """Yield the defaults, and for each choice of a parameter the params with that one changed."""
    default = entry.core.Params()
    yield "defaults", default
    for parameter in parameters(entry.core.Params):
        for choice in parameter.choices if parameter.kind != "choices" else ():
            params = with_value(default, parameter.name, choice)
            if choice != parameter.default and entry.core.check(params) is None:
                yield f"{parameter.name}={choice}", params


VARIANTS = [
    pytest.param(entry, params, id=f"{entry.id}-{name}") for entry in TOPICS for name, params in variants(entry)
]


def noisy(entry: TopicEntry) -> Recipe[Any]:
    """Return a recipe with an edit of every live number, halfway to its upper limit on its own scale."""
    recipe = recipe_of(entry)
    live = [p for p in parameters(entry.core.Params) if p.mode == "live" and p.kind in ("number", "integer")]
    for step, parameter in enumerate(live, 1):
        middle = read_middle(parameter)
        if entry.core.check(with_value(recipe.params, parameter.name, middle)) is None:
            recipe = recipe.edited(step, SetParam(parameter.name, middle))
    return recipe


def read_middle(parameter: Parameter) -> Any:
    value = parameter.default or max(parameter.low or 0, 0) + 1
    return type(parameter.default)(min(value * 1.5 + 1, parameter.high or math.inf))


# ---- a run is a function of its recipe


@every_topic
def test_the_same_recipe_gives_the_same_bytes(entry: TopicEntry) -> None:
    recipe = noisy(entry)
    one, other = ([frame for frame, _ in replay(entry.core, recipe, LAST)] for _ in range(2))
    assert one == other


@every_topic
@settings(max_examples=5, deadline=None)
@given(order=st.lists(st.integers(0, LAST), min_size=1, max_size=12), budget=st.sampled_from([1, 20_000]))
def test_shuffled_seeks_equal_the_straight_run(entry: TopicEntry, order: list[int], budget: int) -> None:
    frames = {frame.t: frame for frame, _ in replay(entry.core, noisy(entry), LAST)}
    timeline = Timeline(entry.core, noisy(entry), budget)
    for t in order:
        if t in frames:
            assert timeline.frame(t) == frames[t]


@pytest.mark.parametrize(("entry", "params"), VARIANTS)
def test_a_step_leaves_its_arguments_alone_and_locks_what_it_makes(entry: TopicEntry, params: Any) -> None:
    core = entry.core
    state = core.start(params, Streams.start(0))
    for t in range(1, 4):
        before = hash(state), hash(params)
        after = core.step(state, params, Streams.step(0, t))
        assert (hash(state), hash(params)) == before
        assert not [name for name, array in arrays_in(after) if array.flags.writeable]
        state = after


def arrays_in(value: Any, name: str = "state") -> Iterator[tuple[str, Any]]:
    if isinstance(value, np.ndarray):
        yield name, value
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            yield from arrays_in(item, f"{name}.{i}")
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from arrays_in(getattr(value, field.name), f"{name}.{field.name}")


@pytest.mark.parametrize(("entry", "params"), VARIANTS)
def test_a_state_is_finite_and_keeps_the_shapes_of_the_start(entry: TopicEntry, params: Any) -> None:
    """What is empty at the start may fill up; nothing else may change its shape, so that a file can be checked."""
    frames = [frame for frame, _ in replay(entry.core, recipe_of(entry, params), LAST)]
    for frame in frames:
        assert misfit(frame.state, frames[0].made) == ""
        assert not [name for name, array in arrays_in(frame.state) if not np.isfinite(array).all()]


# ---- parameters


def ends() -> Iterator[Any]:
    for entry in TOPICS:
        for parameter in parameters(entry.core.Params):
            for value in {parameter.low, parameter.high} - {None}:
                yield pytest.param(entry, parameter, value, id=f"{entry.id}-{parameter.name}={value:g}")


@pytest.mark.parametrize(("entry", "parameter", "value"), list(ends()))
def test_both_ends_of_every_parameter_are_values(entry: TopicEntry, parameter: Parameter, value: float) -> None:
    given = [value, value] if parameter.kind == "pair" else value
    for name, params in variants(entry):
        if parameter.kind == "pair" or name.partition("=")[0] == parameter.name:
            continue  # a pair's ends may lie outside a function; that is refused, not run
        plain_one = {**plain_recipe(recipe_of(entry, params)), "params": one_changed(params, parameter, given)}
        if refusal := misfit_of(entry, params, parameter, given):
            assert sentence(refusal, entry.texts)
            continue  # it does not go with the other settings, and the refusal can say so
        read = read_recipe(plain_one)
        for _ in replay(entry.core, read, LAST):
            pass


def misfit_of(entry: TopicEntry, params: Any, parameter: Parameter, value: Any) -> Refusal | None:
    """Return why a value within its own limits does not go with the other settings, or None."""
    return entry.core.check(with_value(params, parameter.name, read_value(parameter, value)))


def one_changed(params: Any, parameter: Parameter, value: Any) -> dict[str, Any]:
    kind = int if parameter.kind == "integer" else float
    flat = {p.name: plain(get_value(params, p.name)) for p in parameters(type(params))}
    return {**flat, parameter.name: kind(value) if not isinstance(value, list) else value}


@every_topic
def test_defaults_pass_their_own_check(entry: TopicEntry) -> None:
    assert entry.core.check(entry.core.Params()) is None
    for parameter in parameters(entry.core.Params):
        if parameter.low is not None and parameter.kind != "pair" and parameter.default is not None:
            assert parameter.low <= parameter.default <= (parameter.high or math.inf), parameter.name


@every_topic
def test_a_view_changes_no_state(entry: TopicEntry) -> None:
    default = recipe_of(entry)
    frames = [frame.state for frame, _ in replay(entry.core, default, 5)]
    for parameter in parameters(entry.core.Params):
        if parameter.mode == "view" and parameter.choices:
            value = parameter.choices[:1] if parameter.kind == "choices" else parameter.choices[-1]
            seen = default.viewed(parameter.name, value)
            assert [frame.state for frame, _ in replay(entry.core, seen, 5)] == frames


# ---- edits


def edits(entry: TopicEntry) -> Iterator[Any]:
    """Yield every edit of a topic: each live parameter and array set, each gesture as its fields' types allow."""
    for parameter in parameters(entry.core.Params):
        if parameter.mode == "live" and parameter.kind in ("number", "integer"):
            yield SetParam(parameter.name, read_middle(parameter))
    params = entry.core.Params()
    held = entry.core.arrays(entry.core.start(params, Streams.start(0)), params)
    for name in entry.core.settable(params):
        first = name if name in held else next(own for own in held if own.endswith(f".{name}"))  # of several
        yield SetArray(name, held[first] + 3 if name.endswith(".steps") else held[first] * 0.5 + 0.25)
    for gesture in entry.core.EDITS:
        hints = get_type_hints(gesture)
        yield gesture(**{f.name: example(hints[f.name]) for f in fields(gesture) if f.name != "kind"})


def example(hint: Any) -> Any:
    """Return a value of a field's type. A gesture with other fields adds its example here."""
    choices = getattr(hint, "__args__", ())
    return choices[0] if choices else {float: 1.0, int: 0, bool: True}[hint]


EDITS = [pytest.param(entry, edit, id=f"{entry.id}-{edit.target}") for entry in TOPICS for edit in edits(entry)]


@pytest.mark.parametrize(("entry", "edit"), EDITS)
def test_every_edit_applies_undoes_and_survives_the_file(entry: TopicEntry, edit: Any) -> None:
    plain_run = Timeline(entry.core, recipe_of(entry))
    plain_run.frame(8)
    recipe = plain_run.recipe.edited(4, edit)
    edited = plain_run.fork(recipe)
    assert edited.frame(4).made == plain_run.frame(4).made
    assert edited.frame(8) != plain_run.frame(8)
    assert edited.fork(plain_run.recipe).frame(8) == plain_run.frame(8)
    back = load(dump(session_of(edited, 8)))
    assert back.recipe == recipe
    assert back.timeline().frame(8) == edited.frame(8)


@pytest.mark.parametrize(("entry", "edit"), EDITS)
def test_every_edit_is_read_from_its_plain_form(entry: TopicEntry, edit: Any) -> None:
    written = plain_recipe(replace(recipe_of(entry), edits=(Change(1, edit),)))["changes"][0]
    assert read_edit(entry.core, entry.core.Params(), written["name"], written["value"]) == edit


@every_topic
def test_a_snapshot_of_every_variant_survives_the_file(entry: TopicEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.files.session.SNAPSHOT_FROM", 2)
    for _, params in variants(entry):
        timeline = Timeline(entry.core, recipe_of(entry, params))
        t = timeline.frame(3).t
        assert load(dump(session_of(timeline, t))).snapshot == timeline.made(t)


@every_topic
def test_every_scenes_recipe_survives_the_file(entry: TopicEntry) -> None:
    for scene in scenes(entry):
        for name in scene.names:
            assert load(dump(Session(scene.recipe(name)))).recipe == scene.recipe(name)


# ---- texts


@every_topic
@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_complete(entry: TopicEntry, language: Any) -> None:
    texts = entry.texts
    for part in ("title", "subtitle", "help"):
        assert texts.get(part, language=language).strip()
    for parameter in parameters(entry.core.Params):
        assert texts.parameter(parameter.name, "label", language)
        assert texts.parameter(parameter.name, "tip", language)
        for choice in parameter.choices:
            assert texts.choice(parameter.name, choice, language)


@pytest.mark.parametrize(("entry", "params"), VARIANTS)
def test_every_event_and_sentence_has_a_text(entry: TopicEntry, params: Any) -> None:
    core, before = entry.core, None
    for frame, began in replay(core, recipe_of(entry, params), LAST):
        for key in began:
            kinds = (key, key.partition(":")[0], key.rpartition(" ")[0])  # `diverged: sgd`, `empty cluster 2`
            assert any(entry.texts.find("events", kind) for kind in kinds), key
        if before is not None:
            for focus in focuses(entry):
                told = core.explain(before.state, frame.made, before.params, focus)
                told_in = [entry.texts.get("sentences", told.sentence, language=x) for x in LANGUAGES]
                assert all(told_in)
                assert all(entry.texts.get("rows", label) for label, _ in told.rows)
        before = frame


def focuses(entry: TopicEntry) -> list[Focus | None]:
    """Return what can be explained: the choices of a list of choices, else the whole."""
    lists = [p.choices for p in parameters(entry.core.Params) if p.kind == "choices"]
    return [Focus.of(choice) for choice in lists[0]] if lists else [None]


# ---- the numbers of a version stay


def stored(entry: TopicEntry) -> Path:
    return ROWS / f"{entry.id}.json"


def first_rows(entry: TopicEntry) -> dict[str, Any]:
    """Return version and first rows: of the defaults, of a run full of edits, of each choice that shows other names."""
    runs = {"edited": told(rows(entry.core, noisy(entry), LAST, 1, True))}
    seen: set[str] = set()
    for name, params in variants(entry):
        columns = told(rows(entry.core, recipe_of(entry, params), LAST, 1, True))
        if not set(columns) <= seen:
            runs[name] = columns
            seen |= set(columns)
    return {"version": entry.core.VERSION, "runs": runs}


def told(table: Iterator[Row]) -> dict[str, list[Any]]:
    """Return rows as columns, numbers with twelve digits; a constant array only once, of a large one its ends."""
    columns: dict[str, list[Any]] = {"events": []}
    for row in table:
        columns["events"].append([key for _, key in row.events])
        for name, value in [*row.series.items(), *row.arrays.items()]:
            column, value = columns.setdefault(name, []), rounded(shortened(value))
            if not (column and column[0] == value and isinstance(value, list | dict)):
                column.append(value)
    return columns


def shortened(value: Any) -> Any:
    """Return of an array with very many numbers their sum and the first and last of them; all else as it is."""
    if not isinstance(value, np.ndarray) or value.size <= WHOLE or value.dtype.kind not in "fiub":
        return value
    numbers = value.ravel().tolist()
    total = math.fsum(number for number in numbers if not math.isnan(number))
    return {"shape": list(value.shape), "sum": total, "first": numbers[:ENDS], "last": numbers[-ENDS:]}


def rounded(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return rounded(value.tolist())
    if isinstance(value, dict):
        return {key: rounded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [rounded(item) for item in value]
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.12g}")
    return value


@pytest.mark.parametrize("at", [0, 9, 10, 1234, 2499])
def test_a_wrong_number_anywhere_in_a_large_array_is_found(at: int) -> None:
    right = np.random.default_rng(4).normal(size=(50, 50))
    kept = json.loads(json.dumps(rounded(shortened(right))))
    assert_alike(rounded(shortened(right.copy())), kept, "")
    wrong = right.copy()
    wrong.flat[at] += 1e-6
    with pytest.raises(AssertionError):
        assert_alike(rounded(shortened(wrong)), kept, "")


@pytest.mark.parametrize("other", [(25, 100), (49, 51), (51, 50)])
def test_a_large_array_of_another_shape_is_found(other: tuple[int, int]) -> None:
    kept, now = (rounded(shortened(np.zeros(shape))) for shape in ((50, 50), other))
    with pytest.raises(AssertionError):
        assert_alike(now, kept, "")


@every_topic
def test_the_first_rows_are_the_stored_ones_unless_the_version_rose(entry: TopicEntry) -> None:
    kept = json.loads(stored(entry).read_text("utf-8"))
    assert kept["version"] <= entry.core.VERSION
    if kept["version"] == entry.core.VERSION:
        now = first_rows(entry)["runs"]
        assert set(kept["runs"]) <= set(now)
        for name, columns in kept["runs"].items():
            assert_alike(steady(entry, name, now[name]), steady(entry, name, columns), f"{entry.id}/{name}")


def steady(entry: TopicEntry, run: str, columns: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the rows before a wild run makes whole numbers of what processors do to last digits."""
    return {name: column[: WILD_FROM.get((entry.id, run))] for name, column in columns.items()}


def assert_alike(now: Any, kept: Any, place: str) -> None:
    """Compare numbers with rtol 1e-7, all else exactly; what was added since is left alone.

    NumPy takes other kernels on other processors: their last digits, carried on by twenty steps, came to 2e-9 once.
    """
    if isinstance(kept, dict):
        assert set(kept) <= set(now), place
        for key in kept:
            assert_alike(now[key], kept[key], f"{place}/{key}")
    elif isinstance(kept, list):
        assert len(now) == len(kept), place
        for i, (one, other) in enumerate(zip(now, kept, strict=True)):
            assert_alike(one, other, f"{place}/{i}")
    elif isinstance(kept, float) and isinstance(now, float):
        assert math.isclose(now, kept, rel_tol=1e-7, abs_tol=1e-12), place
    else:
        assert now == kept, place


if __name__ == "__main__":
    for one in TOPICS if len(sys.argv) < 2 else map(topic, sys.argv[1:]):
        stored(one).write_text(json.dumps(first_rows(one)) + "\n", "utf-8")
