"""Names, types, defaults and rows of TransE, as scripts read them; what is malformed is refused in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.command_line.cli import main

STEPS = 5
PARAMETERS: dict[str, tuple[Any, str, Any, str]] = {
    "triples": ("world", "rows", ["world", "marriages", "contains", "week", "ring"], "restart"),
    "held_out": ([], "rows", None, "restart"),
    "dim": (2, "integer", [1, 64], "restart"), "margin": (1.0, "number", [0, 100], "restart"),
    "norm": (2, "integer", [1, 2], "restart"), "normalise": (False, "yes/no", None, "restart"),
    "learning_rate": (0.05, "number", [1e-12, 100], "live"),
}  # fmt: skip
OF_THE_STEP = ("loss", "distance", "corrupted_distance")
OWN = tuple(f"{raw}{name}" for raw in ("", "raw_") for name in ("mean_rank", "mrr", "hits_at_1", "hits_at_3"))
UNSEEN = ("test_mean_rank", "test_mrr")
FACTS = "head,relation,tail\nann,knows,bob\nbob,knows,cem\ncem,likes,ann\n"


def traced(folder: Path, *given: str) -> dict[str, Any]:
    file = folder / "a.npz"
    assert main(["trace", "transe", *given, "--steps", str(STEPS), "-o", str(file)]) == 0
    with np.load(file) as held:
        return dict(held)


def test_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["topics", "--json"]) == 0
    told = next(one for one in json.loads(capsys.readouterr().out) if one["id"] == "transe")
    found = {p["name"]: (p["default"], p["type"], p["choices"] or p["limits"], p["mode"]) for p in told["parameters"]}
    assert found == PARAMETERS


def test_rows_of_a_table_of_facts(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text(FACTS)
    held_out = 'held_out=[["ann", "knows", "cem"], ["dan", "likes", "ann"]]'
    rows = traced(tmp_path, f"--set=triples=@{tmp_path}/facts.csv", "--set", held_out, "--set=dim=3")
    for name in (*OF_THE_STEP, *OWN, *UNSEEN, "epoch"):
        assert rows[name].shape == (STEPS + 1,)
        assert np.isnan(rows[name][0]) == (name in OF_THE_STEP)
        assert not np.isnan(rows[name][1:]).any()
    assert rows["entity_names"].tolist() == ["ann", "bob", "cem", "dan"]
    assert rows["relation_names"].tolist() == ["knows", "likes"]
    assert rows["numbered"].tolist() == [[0, 0, 1], [1, 0, 2], [2, 1, 0]]
    assert rows["entities"].shape == (STEPS + 1, 4, 3)
    assert rows["relations"].shape == (STEPS + 1, 2, 3)
    assert rows["ranks"].shape == (STEPS + 1, 3)
    assert rows["triple"].shape == rows["corrupted"].shape == (STEPS + 1, 3)
    assert rows["triple"][0].tolist() == rows["corrupted"][0].tolist() == [-1, -1, -1]
    np.testing.assert_allclose(rows["mean_rank"], rows["ranks"].mean(axis=1))
    np.testing.assert_allclose(rows["loss"][1:], np.maximum(0, 1 + rows["distance"] - rows["corrupted_distance"])[1:])


def test_without_held_out_triples_their_ranks_are_empty(tmp_path: Path) -> None:
    rows = traced(tmp_path, "--set=triples=week")
    assert all(np.isnan(rows[name]).all() for name in UNSEEN)


def test_tables_can_be_given_at_any_step(tmp_path: Path) -> None:
    entities = [[float(i), 0.0] for i in range(7)]
    rows = traced(tmp_path, "--set=triples=week", f"--set=entities={entities}", "--at=2:relations=[[1, 0]]")
    assert rows["entities"][0].tolist() == entities
    assert rows["relations"][2].tolist() == [[1.0, 0.0]]


@pytest.mark.parametrize(
    "given",
    [
        "triples=[]", "triples=5", "triples=moon", "triples=null", 'triples=[["a","r"]]', 'triples=[["a","r","b","c"]]',
        'triples=[["a","r",1]]', 'triples=[["","r","b"]]', 'triples=[["a","r","a"]]',
        'triples=[["a","r","b"],["a","r","b"]]', 'held_out=[["Paris","likes","Rome"]]', "held_out=world",
        'held_out=[["Paris","lies on","Europe"]]', "dim=0", "dim=65", "dim=2.5", "norm=3", "margin=-1", "margin=nan",
        "normalise=maybe", "learning_rate=0", "entities=[[1,2]]", "relations=[1,2]",
        'triples=[["a","r","a"],["a","r","b"],["b","r","a"],["b","r","b"]]',
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused_in_one_line(
    given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", "transe", "--set", given, "--steps", "1", "-o", str(tmp_path / "a.csv")]) != 0
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert given.partition("=")[0] in said
    assert not (tmp_path / "a.csv").exists()
