"""Names, types, defaults and rows of Collaborative filtering, as scripts read them; names of one's own among them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.command_line.cli import main

STEPS = 3
FACTORS, CANDIDATES = {"model": ["factors"]}, {"model": ["candidates"]}
PARAMETERS: dict[str, tuple[Any, str, Any, str, Any]] = {
    "model": ("factors", "choice", ["factors", "candidates"], "restart", None),
    "ratings": ("notes", "table", ["notes", "films"], "restart", FACTORS),
    "user_names": ([], "texts", None, "restart", FACTORS), "item_names": ([], "texts", None, "restart", FACTORS),
    "n_factors": (2, "integer", [1, 32], "restart", None),
    "method": ("sgd", "choice", ["sgd", "als", "dense"], "restart", FACTORS),
    "learning_rate": (0.05, "number", [1e-12, 100], "live", None),
    "regularization": (0.02, "number", [0, 10], "restart", FACTORS),
    "order": ("shuffled", "choice", ["shuffled", "reading"], "restart", FACTORS),
    "train": ("both", "choice", ["both", "users", "items"], "restart", FACTORS),
    "held_out": (0.0, "number", [0, 0.9], "restart", FACTORS),
    "data_seed": (0, "integer", [0, 2**31 - 1], "restart", FACTORS),
    "newcomer": ([], "nested", None, "view", FACTORS),
    "histories": ("videos", "nested", ["videos"], "restart", CANDIDATES),
    "hidden": ([8], "numbers", None, "restart", CANDIDATES),
    "output_bias": (True, "yes/no", None, "restart", CANDIDATES),
    "batch_size": (16, "integer", [1, 256], "restart", CANDIDATES),
    "optimizer": (
        "adam", "choice", ["sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"], "restart", CANDIDATES
    ),
    "watched": ([0, 1, 2], "numbers", None, "view", CANDIDATES),
    "top": (5, "integer", [1, 50], "view", CANDIDATES),
}  # fmt: skip
LONG = "reader,film,stars\nAnn,Up,5\nBob,Jaws,2\nAnn,Jaws,1\n"
WIDE = "reader,Up,Jaws\nAnn,5,1\nBob,,2\n"


def test_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["topics", "--json"]) == 0
    told = next(one for one in json.loads(capsys.readouterr().out) if one["id"] == "ratings")
    found = {
        p["name"]: (p["default"], p["type"], p["choices"] or p["limits"], p["mode"], p.get("where"))
        for p in told["parameters"]
    }
    assert found == PARAMETERS
    (newcomer,) = (p for p in told["parameters"] if p["name"] == "newcomer")
    assert newcomer["entries"]["length"] == [2, 2]  # a film, and its rating


@pytest.mark.parametrize("table", [LONG, WIDE])
def test_rows_of_a_table_with_names(table: str, tmp_path: Path) -> None:
    file = tmp_path / "a.npz"
    (tmp_path / "own.csv").write_text(table)
    assert main(["trace", "ratings", f"--set=ratings=@{tmp_path}/own.csv", f"--steps={STEPS}", "-o", str(file)]) == 0
    with np.load(file) as rows:
        assert rows["user_names"].tolist() == ["Ann", "Bob"]
        assert rows["item_names"].tolist() == ["Up", "Jaws"]
        np.testing.assert_array_equal(rows["ratings"][0], [[5, 1], [np.nan, 2]])
        assert rows["users"].shape == rows["items"].shape == (STEPS + 1, 2, 2)
        np.testing.assert_allclose(rows["predicted"], rows["users"] @ rows["items"])


@pytest.mark.parametrize(
    "given",
    [
        'user_names=["Ann"]', "newcomer=[[1]]", "newcomer=[[1,2,3]]", "newcomer=[[9,5]]", 'newcomer=[[1,"x"]]',
        "ratings=[[]]", "ratings=[[null]]", "ratings=stars", "n_factors=0", "watched=[]",
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused_in_one_line(
    given: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["trace", "ratings", "--set", given, "--steps", "1", "-o", str(tmp_path / "a.csv")]) != 0
    said = capsys.readouterr().err.strip()
    assert len(said.splitlines()) == 1
    assert given.partition("=")[0] in said
