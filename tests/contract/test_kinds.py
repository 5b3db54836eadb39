"""Every kind of parameter on the command line, in recipes, sessions and files, with the topic `stacks`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.command_line import arguments
from playground.command_line.cli import main
from playground.command_line.listing import described
from playground.files.session import dump, load, session_of
from playground.recipes.plain_recipes import plain_recipe, read_recipe
from playground.words.refusals import sentence, under
from playground.words.texts import LANGUAGES


@pytest.fixture
def made(stacks: Any) -> Callable[..., Recipe[Any]]:
    """What `--set` and `--at` ask for."""

    def make(*given: str, at: tuple[str, ...] = ()) -> Recipe[Any]:
        return arguments.recipe(stacks.ENTRY, given, at, 0, 20)[0]

    return make


GOOD: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "records": (
        'layers=[{"type": "Dense", "units": 4, "activation": "relu", "input_shape": [null, 3]}, {"type": "Often"}]',
        lambda s: (s.Dense(4, activation="relu", input_shape=(None, 3)), s.Often()),
    ),
    "a record in a record": (
        'layers=[{"type":"Often","layer":{"type":"Dense","units":2}}]', lambda s: (s.Often(s.Dense(2)),),
    ),
    "a pair in a record": (
        'layers=[{"type":"Dense","units":1},{"type":"Pool","pool_size":[2,3]}]',
        lambda s: (s.Dense(1), s.Pool((2, 3))),
    ),
    "texts": ('sentences=["a b", "猫"]', lambda s: ("a b", "猫")),
    "an id for texts": ("sentences=chinese", lambda s: "chinese"),
    "an id in quotes": ('sentences="chinese"', lambda s: "chinese"),
    "rows": ('triples=[["a", "likes", "b"]]', lambda s: (("a", "likes", "b"),)),
    "numbers": ("logits=[1, -2.5, 3]", lambda s: (1.0, -2.5, 3.0)),
    "whole numbers": ("held_out=[3, 1]", lambda s: (3, 1)),
    "no whole numbers": ("held_out=[]", lambda s: ()),
    "null": ("held_out=null", lambda s: None),
    "nested": ("data=[[[1.5], [2]], [[3], [4]]]", lambda s: (((1.5,), (2,)), ((3,), (4,)))),
    "a nested list of nothing": ("data=[[[]]]", lambda s: (((),),)),
    "ragged lists of whole numbers": ("histories=[[1], [2, 3, 4], []]", lambda s: ((1,), (2, 3, 4), ())),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_value_is_read_written_and_read_again(made: Any, stacks: Any, name: str) -> None:
    text, value = GOOD[name]
    recipe = made(text)
    assert getattr(recipe.params, text.partition("=")[0]) == value(stacks)
    back = json.loads(json.dumps(plain_recipe(recipe)))
    assert read_recipe(back) == recipe
    assert load(dump(session_of(Timeline(stacks.CORE, recipe), 0))).recipe == recipe
    parameter = text.partition("=")[0]
    again = plain_recipe(made(f"{parameter}={json.dumps(back['params'][parameter])}"))
    assert json.dumps(again) == json.dumps(plain_recipe(recipe))  # byte-equal, and a whole number stays one


def test_a_record_is_written_as_it_was_given_and_keeps_what_must_be_given(made: Any, stacks: Any) -> None:
    written = plain_recipe(made('layers=[{"units": 3, "type": "Dense", "use_bias": true}, {"type": "Pool"}]'))
    assert written["params"]["layers"] == [{"type": "Dense", "units": 3}, {"type": "Pool"}]


def test_gaps_are_null_outside_and_nan_inside(made: Any, stacks: Any) -> None:
    recipe = made("ratings=[[1, null, 3], [null, 2.5, null]]")
    np.testing.assert_array_equal(recipe.params.ratings, [[1, np.nan, 3], [np.nan, 2.5, np.nan]])
    assert plain_recipe(recipe)["params"]["ratings"] == [[1, None, 3], [None, 2.5, None]]
    timeline = Timeline(stacks.CORE, recipe)
    assert load(dump(session_of(timeline, 0))).recipe == recipe


def test_a_snapshot_with_gaps_survives_the_file(made: Any, stacks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("playground.files.session.SNAPSHOT_FROM", 2)
    timeline = Timeline(stacks.CORE, made())
    timeline.frame(3)
    assert load(dump(session_of(timeline, 3))).snapshot == timeline.made(3)


# name: (assignment, field, key)
BAD: dict[str, tuple[str, str, str]] = {
    "no list": ("layers=5", "layers", "not_allowed"),
    "a text for records": ("layers=Dense", "layers", "not_allowed"),
    "no record": ("layers=[5]", "layers.0", "not_record"),
    "a record without a type": ('layers=[{"units": 3}]', "layers.0", "not_record"),
    "a type that is a list": ('layers=[{"type": ["Dense"]}]', "layers.0.type", "not_one_of"),
    "an unknown type": ('layers=[{"type": "Dense", "units": 1}, {"type": "GRU"}]', "layers.1.type", "not_one_of"),
    "a field missing": ('layers=[{"type": "Dense"}]', "layers.0.units", "not_given"),
    "a field too many": ('layers=[{"type": "Pool", "units": 3}]', "layers.0.units", "unknown_field"),
    "a field out of range": (
        'layers=[{"type": "Dense", "units": 1}, {"type": "Pool"}, {"type": "Dense", "units": 0}]',
        "layers.2.units", "not_allowed",
    ),
    "a field in words": ('layers=[{"type": "Dense", "units": "3"}]', "layers.0.units", "not_allowed"),
    "half a unit": ('layers=[{"type": "Dense", "units": 3.0}]', "layers.0.units", "not_allowed"),
    "a truth for a number": ('layers=[{"type": "Dense", "units": true}]', "layers.0.units", "not_allowed"),
    "null where it is no value": ('layers=[{"type": "Dense", "units": null}]', "layers.0.units", "not_allowed"),
    "an entry of a field": (
        'layers=[{"type": "Dense", "units": 1, "input_shape": [2, 0]}]', "layers.0.input_shape.1", "not_allowed",
    ),
    "a field of a record in a record": (
        'layers=[{"type": "Often", "layer": {"type": "Dense", "units": 65}}]', "layers.0.layer.units", "not_allowed",
    ),
    "too many records": ("layers=" + json.dumps([{"type": "Pool"}] * 6), "layers", "wrong_length"),
    "no records": ("layers=[]", "layers", "wrong_length"),
    "what does not go together": ('layers=[{"type": "Pool"}]', "layers", "bad_value"),
    "a number among texts": ('sentences=["a", 5]', "sentences.1", "not_allowed"),
    "a lone surrogate": ('sentences=["\\ud800"]', "sentences.0", "bad_value"),
    "an unknown id": ("sentences=klingon", "sentences", "not_one_of"),
    "a list that is no JSON": ('sentences=["a",]', "sentences", "bad_value"),
    "a table for texts": ('sentences={"a": 1}', "sentences", "not_allowed"),
    "a row too short": ('triples=[["a", "b", "c"], ["a", "b"]]', "triples.1", "row_length"),
    "a number in a row": ('triples=[["a", "b", 3]]', "triples.0.2", "not_allowed"),
    "ragged gaps": ("ratings=[[1, null], [2]]", "ratings", "bad_value"),
    "a text among gaps": ('ratings=[[1, null], [2, "x"]]', "ratings", "bad_value"),
    "a truth among gaps": ("ratings=[[1, null], [2, true]]", "ratings", "bad_value"),
    "a truth among numbers": ("ratings=[[1, 4], [2, true]]", "ratings", "bad_value"),
    "a gap where there may be none": ("points=[[1, null, 0], [2, 3, 1]]", "points", "bad_value"),
    "beyond 1e12 among gaps": ("ratings=[[1e13, null]]", "ratings", "bad_value"),
    "too few numbers": ("logits=[1]", "logits", "wrong_length"),
    "a number out of range": ("logits=[1, 11]", "logits.1", "not_allowed"),
    "half among whole numbers": ("held_out=[1, 2.5]", "held_out.1", "not_allowed"),
    "a huge number": ("held_out=[1e300]", "held_out.0", "not_allowed"),
    "ragged data reach the topic": ("data=[[1, 2], [3]]", "data", "bad_value"),
    "a text deep inside": ('data=[[1], [[2], ["x"]]]', "data.1.1.0", "not_allowed"),
    "null deep inside": ("data=[[1], [null]]", "data.1.0", "not_allowed"),
    "nested too deeply": ("data=" + "[" * 40 + "]" * 40, "data", "too_deep"),
    "nested 900 times": ("data=" + "[" * 900 + "]" * 900, "data", "too_deep"),
    "records in records": (
        "layers=[" + '{"type": "Often", "layer": ' * 300 + '{"type": "Pool"}' + "}" * 300 + "]",
        "layers", "too_deep",
    ),
    "too much": ("data=" + json.dumps([[1]] * 50_001), "data", "too_many"),
    "a negative one deep inside": ("histories=[[0], [1, -1]]", "histories.1.1", "not_allowed"),
    "an array of no layer": ("layer_2.W=[[1]]", "layer_2.W", "unknown_name"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_is_refused_by_its_place(made: Any, name: str) -> None:
    text, field, key = BAD[name]
    with pytest.raises(Refusal) as caught:
        made(text)
    assert (caught.value.field, caught.value.key) == (field, key)
    for language in LANGUAGES:
        line = sentence(caught.value, language=language)
        assert line.strip()
        assert "  " not in line  # no hole where a value is missing
        assert len(line) < 300


def test_under_a_field_entries_are_counted_as_the_table_does(made: Any) -> None:
    with pytest.raises(Refusal) as caught:
        made(BAD["a field out of range"][0])
    assert under("layers", caught.value).startswith("Entry 3, units: 0 is not allowed")
    assert not under("layers", Refusal("layers", "bad_value")).startswith("Entry")


# ---- arrays by the layers there are


def test_arrays_are_set_by_the_layers_given_on_the_same_line(made: Any, stacks: Any) -> None:
    layers = 'layers=[{"type": "Dense", "units": 2}, {"type": "Dense", "units": 1}]'
    recipe = made("layer_2.W=[[7], [8]]", layers, at=("5:layer_1.W=[[1, 2], [3, 4]]",))
    timeline = Timeline(stacks.CORE, recipe)
    assert stacks.arrays(timeline.frame(0).state, recipe.params)["layer_2.W"].tolist() == [[7], [8]]
    assert stacks.arrays(timeline.frame(6).state, recipe.params)["layer_1.W"].tolist() == [[1, 2], [3, 4]]
    assert read_recipe(json.loads(json.dumps(plain_recipe(recipe)))) == recipe


def test_cells_with_gaps_are_edited_in_a_run(made: Any) -> None:
    recipe = made(at=("3:ratings=[[null, 1], [2, 3]]",))
    assert plain_recipe(recipe)["changes"] == [{"step": 3, "name": "ratings", "value": [[None, 1], [2, 3]]}]
    with pytest.raises(Refusal) as caught:
        made(at=("3:layer_1.W=[[1, null, 2], [3, 4, 5]]",))
    assert caught.value.field == "layer_1.W"


def test_what_there_is_is_listed(stacks: Any) -> None:
    told = described(stacks.ENTRY)
    by_name = {parameter["name"]: parameter for parameter in told["parameters"]}
    assert {name: one["type"] for name, one in by_name.items()} == {
        "layers": "records", "sentences": "texts", "labels": "numbers", "triples": "rows", "ratings": "table",
        "logits": "numbers", "data": "nested", "histories": "nested", "held_out": "numbers", "points": "array",
        "rate": "number",
    }  # fmt: skip
    assert by_name["layers"]["length"] == [1, 5]
    assert by_name["layers"]["default"] == [{"type": "Dense", "units": 3}, {"type": "Pool"}]
    dense = {field["name"]: field for field in by_name["layers"]["records"]["Dense"]}
    assert (dense["units"]["limits"], dense["units"]["required"]) == ([1, 64], True)
    assert (dense["activation"]["choices"], dense["activation"]["null"]) == (["relu", "tanh"], True)
    assert by_name["logits"]["entries"]["limits"] == [-10, 10]
    assert by_name["sentences"]["choices"] == ["english", "chinese"]
    assert [(a["name"], a["settable"]) for a in told["arrays"]] == [("ratings", True), ("layer_1.W", True)]


# ---- files


def at(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return f"@{path}"


def test_columns_go_where_the_parameter_says(made: Any, tmp_path: Path) -> None:
    table = at(tmp_path / "a.csv", "x,text,y,mood\n1,so good,2,glad\n3,so bad,4,sad\n5,fine,6,glad\n")
    params = made(f"sentences={table}:text,mood").params
    assert (params.sentences, params.labels) == (("so good", "so bad", "fine"), (0, 1, 0))
    assert made(f"sentences={table}").params == params  # words, and what has two values
    assert made(f"sentences={table}:text").params.labels is None
    assert made(f"points={table}:y,x,mood").params.points.tolist() == [[2, 1, 0], [4, 3, 1], [6, 5, 0]]
    assert made(f"held_out={table}:y").params.held_out == (2, 4, 6)


@pytest.mark.parametrize("chosen", ["", ":0,1,2"])
def test_words_that_come_again_are_no_header(made: Any, tmp_path: Path, chosen: str) -> None:
    facts = "ann,knows,bob\nbob,knows,2\n"
    wanted = (("ann", "knows", "bob"), ("bob", "knows", "2"))
    assert made(f"triples={at(tmp_path / 'a.csv', facts)}{chosen}").params.triples == wanted
    named = at(tmp_path / "b.csv", f"head,relation,tail\n{facts}")
    assert made(f"triples={named}").params.triples == wanted


def test_empty_cells_are_gaps_and_all_columns_are_taken(made: Any, tmp_path: Path) -> None:
    table = at(tmp_path / "a.csv", "a,b,c\n1,,3\n,5,6\n")
    found = made(f"ratings={table}").params.ratings
    np.testing.assert_array_equal(found, [[1, np.nan, 3], [np.nan, 5, 6]])
    weights = at(tmp_path / "w.csv", "1,2,3\n4,5,6\n")
    edited = made(at=(f"2:layer_1.W={weights}",)).edits[0].edit.value
    assert edited.tolist() == [[1, 2, 3], [4, 5, 6]]


def test_lines_of_a_text_and_json(made: Any, stacks: Any, tmp_path: Path) -> None:
    lines, layers = at(tmp_path / "a.txt", "one\n\n two \n"), at(tmp_path / "a.json", '[{"type": "Often"}]')
    assert made(f"sentences={lines}").params.sentences == ("one", "two")
    assert made(f"layers={layers}").params.layers == (stacks.Often(),)


@pytest.mark.parametrize(
    ("assignment", "key"),
    [("triples={}:a,b", "csv_number_of_columns"), ("sentences={}:a,b,c", "csv_two_columns"),
     ("points={}:a,b", "csv_number_of_columns"), ("held_out={}:a,b", "csv_number_of_columns"),
     ("triples={}:a,b,z", "csv_column"), ("points={}", "csv_two_classes")],
)  # fmt: skip
def test_columns_that_do_not_suit(made: Any, tmp_path: Path, assignment: str, key: str) -> None:
    table = at(tmp_path / "a.csv", "a,b,c\n1,2,x\n3,4,y\n5,6,z\n")
    with pytest.raises(Refusal) as caught:
        made(assignment.format(table))
    assert caught.value.key == key


def test_the_program_traces_and_refuses_in_one_line(
    stacks: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.json"
    layers = '[{"type": "Dense", "units": 2, "activation": "tanh"}]'
    options = ["trace", "stacks", "--set", f"layers={layers}", "--at", "1:layer_1.W=[[1, 2], [3, 4]]", "--steps", "2"]
    assert main([*options, "-o", str(out)]) == 0
    written = json.loads(out.read_text("utf-8"))
    assert written["params"]["layers"] == json.loads(layers)
    assert written["params"]["data"] == [[1], [2]]
    assert written["arrays"]["layer_1.W"][1] == [[1, 2], [3, 4]]
    assert written["arrays"]["ratings"][0] == [[5, None], [1, 2]]
    capsys.readouterr()
    assert main(["trace", "stacks", "--set", 'layers=[{"type": "Dense", "units": 99}]']) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "layers.0.units: 99 is not allowed. Use a whole number from 1 to 64." in said


def test_a_session_names_the_place(made: Any, stacks: Any) -> None:
    document = json.loads(dump(session_of(Timeline(stacks.CORE, made()), 0)))
    document["recipe"]["params"]["layers"][0]["units"] = 0
    with pytest.raises(Refusal) as caught:
        load(json.dumps(document).encode())
    assert caught.value.field == "recipe.params.layers.0.units"


def test_a_change_with_records_is_replayed_in_a_run(made: Any, stacks: Any) -> None:
    with pytest.raises(Refusal) as caught:
        made(at=('4:layers=[{"type": "Often"}]',))
    assert (caught.value.field, caught.value.key) == ("layers", "not_live")
