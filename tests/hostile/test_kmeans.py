"""What somebody may give k-means: each malformed input is refused with one line that names it, and exit code 2."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from playground.command_line.cli import main

GOOD = "x,y\n" + "".join(f"{i},{i * i % 7}\n" for i in range(30))
FILES: dict[str, bytes] = {
    "empty.csv": b"",
    "header.csv": b"x,y\n",
    "one.csv": b"x\n1\n2\n3\n",
    "words.csv": b"a,b\nx,y\nz,w\n",
    "huge.csv": GOOD.encode() + b"1,1e13\n",
    "binary.csv": b"\x89PNG\r\n\x1a\n\x00\x00",
    "long.csv": b"1,2\n" * 1_000_002,
    "good.csv": GOOD.encode(),
    "cut.npy": b"\x93NUMPY\x01\x00v\x00{'descr': '<f8'",
    "words.json": b'[["a", "b"]]',
    "deep.json": b"[" * 5000,
    "picture.png": b"\x89PNG\r\n\x1a\n",
}

POINTS = "points"
WRONG: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "an unknown set": (("points=blob",), (POINTS, "blob", "rings")),
    "ragged points": (("points=[[1,2],[3]]",), (POINTS, "lengths")),
    "no points": (("points=[]",), (POINTS, "(n, 2)")),
    "one column": (("points=[[1],[2]]",), (POINTS, "[2, 1]", "(n, 2)")),
    "three columns": (("points=[[1,2,3],[4,5,6]]",), (POINTS, "(n, 2)")),
    "a flat list": (("points=[1,2,3,4]",), (POINTS, "(n, 2)")),
    "nothing in the points": (("points=[[1,null],[2,3]]",), (POINTS, "number")),
    "words among the points": (('points=[["1","2"]]',), (POINTS, "number")),
    "truth values": (("points=[[true,false]]",), (POINTS, "number")),
    "points too large": (("points=[[1e13,0],[1,1]]",), (POINTS, "1e12")),
    "points beyond numbers": (("points=[[1e999,0]]",), (POINTS,)),
    "a NaN among the points": (("points=[[NaN,0]]",), (POINTS,)),
    "more clusters than points": (("points=[[0,0],[1,1]]", "n_clusters=3"), ("n_clusters", "3", "2")),
    "more centroids than points": (("points=[[0,0]]", "centroids=[[0,0],[1,1]]"), ("n_clusters", "2", "1")),
    "an unknown column of iris": (("points=iris:petal_length,colour",), (POINTS, "colour")),
    "one column of iris": (("points=iris:petal_length",), (POINTS, "petal_length")),
    "centroids against n_clusters": (("centroids=[[0,0],[1,1]]", "n_clusters=3"), ("centroids", "2", "3")),
    "centroids against init": (("centroids=[[0,0],[1,1]]", "init=random"), ("centroids", "random", "by hand")),
    "centroids in three columns": (("centroids=[[0,0,0]]",), ("centroids", "[1, 3]")),
    "no centroids": (("centroids=[]",), ("centroids", "(k, 2)")),
    "too many centroids": ((f"centroids={json.dumps([[i, i] for i in range(21)])}",), ("centroids", "21", "20")),
    "a centroid that is no number": (('centroids=[["a",0]]',), ("centroids", "number")),
    "no clusters": (("n_clusters=0",), ("n_clusters", "0", "1 to 20")),
    "half a cluster": (("n_clusters=2.5",), ("n_clusters", "2.5")),
    "clusters in words": (("n_clusters=four",), ("n_clusters", "four")),
    "an unknown start": (("init=kmeans++",), ("init", "kmeans++", "k-means++")),
    "an unknown remedy": (("empty=remove",), ("empty", "remove", "farthest")),
    "too few samples": (("n_samples=0",), ("n_samples", "0", "20")),
    "too many samples": (("n_samples=1000001",), ("n_samples", "1000000")),
    "a negative data seed": (("data_seed=-1",), ("data_seed", "-1")),
    "an empty file": (("points=@empty.csv",), (POINTS, "nothing in the file")),
    "a header alone": (("points=@header.csv",), (POINTS, "no rows")),
    "a file of one column": (("points=@one.csv",), (POINTS, "column")),
    "a file of words": (("points=@words.csv",), (POINTS, "numbers")),
    "a huge number in a file": (("points=@huge.csv",), (POINTS, "32", "1e12")),
    "a binary file": (("points=@binary.csv",), (POINTS, "picture")),
    "more than a million rows": (("points=@long.csv",), (POINTS, "1000000")),
    "an unknown column": (("points=@good.csv:x,z",), (POINTS, "“z”", "“x”, “y”")),
    "three columns chosen": (("points=@good.csv:x,y,x",), (POINTS, "“x”, “y”, “x”")),
    "a cut array": (("points=@cut.npy",), (POINTS, "cut.npy")),
    "words in JSON": (("points=@words.json",), (POINTS, "number")),
    "deep JSON": (("points=@deep.json",), (POINTS, "deep")),
    "a damaged picture": (("points=@picture.png",), (POINTS, "picture.png")),
    "no such file": (("points=@nowhere.csv",), (POINTS, "nowhere.csv")),
}

LATER: dict[str, tuple[str, tuple[str, ...]]] = {
    "centroids of three columns": ("5:centroids=[[0,0,0],[1,1,1]]", ("centroids", "[2, 3]", "each has 2 numbers")),
    "no centroid": ("5:centroids=[]", ("centroids",)),
    "more than twenty centroids": (f"5:centroids={[[i, 0] for i in range(21)]}", ("centroids", "20")),
    "fewer points": ("5:points=[[0,0],[1,1]]", ("points", "[2, 2]", "[280, 2]")),
    "centroids too large": ("5:centroids=[[1e13,0],[0,0],[0,0],[0,0]]", ("centroids", "1e12")),
    "a set by its name": ("5:points=rings", ("points",)),
    "a restart parameter": ("5:n_clusters=3", ("n_clusters", "restart")),
    "a view parameter": ("5:shading=false", ("shading", "view")),
    "an unknown remedy": ("5:empty=remove", ("empty", "remove")),
    "a centroid that is not there": ('5:move centroid={"cluster": 4, "x": 0, "y": 0}', ("move centroid", "0 to 3")),
    "a point that is not there": ('5:move point={"point": -1, "x": 0, "y": 0}', ("move point", "0 to 279")),
    "half a gesture": ('5:move centroid={"cluster": 0, "x": 0}', ("move centroid.y",)),
    "a place beyond": ('5:move centroid={"cluster": 0, "x": 1e13, "y": 0}', ("move centroid.x",)),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def refused(refused: Callable[..., str], folder: Path) -> Callable[[list[str]], str]:
    """The line with which k-means is refused; nothing is written."""

    def run(arguments: list[str]) -> str:
        line = refused(["trace", "kmeans", *arguments, "-o", "out.csv"], within=4)
        assert not (folder / "out.csv").exists()
        return line

    return run


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_refused(case: str, refused: Callable[[list[str]], str]) -> None:
    given, words = WRONG[case]
    line = refused([part for text in given for part in ("--set", text)])
    for word in words:
        assert word in line


@pytest.mark.parametrize("case", LATER)
def test_a_wrong_change_is_refused(case: str, refused: Callable[[list[str]], str]) -> None:
    change, words = LATER[case]
    line = refused(["--at", change])
    for word in words:
        assert word in line


# ---- what looks odd, and is good


def traced(arguments: list[str], folder: Path) -> dict[str, Any]:
    assert main(["trace", "kmeans", *arguments, "-o", "out.json"]) == 0
    return dict(json.loads((folder / "out.json").read_text()))


def test_one_point_is_a_cluster(folder: Path) -> None:
    run = traced(["--set", "points=[[3, 4]]", "--steps", "6"], folder)
    assert run["params"]["n_clusters"] == 1
    assert run["series"]["inertia"] == [None, 0, 0, 0, 0, 0, 0]


def test_all_points_in_one_place_leave_clusters_empty(folder: Path) -> None:
    for empty in ("stay", "farthest", "drop"):
        given = ["--set", "points=[[1,1],[1,1],[1,1]]", "--set", "n_clusters=3", "--set", f"empty={empty}"]
        run = traced([*given, "--steps", "8"], folder)
        assert run["series"]["inertia"][1:] == [0] * 8
        assert [1, "empty cluster 1"] in run["events"]


@pytest.mark.parametrize("scale", [1e-12, 1.0, 1e6, 1e11])
def test_very_small_and_very_large_places(folder: Path, scale: float) -> None:
    points = (np.array([[0, 0], [0, 1], [9, 9], [9, 10]]) * scale).tolist()
    given = ["--set", f"points={json.dumps(points)}", "--set", f"centroids={json.dumps(points[::2])}", "--steps", "6"]
    run = traced(given, folder)
    assert run["arrays"]["labels"][-1] == [0, 0, 1, 1]
    assert run["series"]["inertia"][-1] == pytest.approx(scale**2)


def test_places_whose_squares_are_no_numbers_any_more(folder: Path) -> None:
    run = traced(["--set", "points=[[1e-300,0],[0,2e-300],[3e-300,0]]", "--set", "n_clusters=2"], folder)
    assert run["series"]["inertia"][-1] == 0


def test_a_file_of_two_columns_and_its_centroids(folder: Path) -> None:
    np.save(folder / "c.npy", np.array([[0.0, 0.0], [20.0, 3.0]]))
    run = traced(["--set", "points=@good.csv", "--set", "centroids=@c.npy", "--steps", "30"], folder)
    assert (run["params"]["init"], run["params"]["n_clusters"]) == ("by hand", 2)
    assert len(run["params"]["points"]) == 30
    assert "converged" in [key for _, key in run["events"]]


def test_columns_can_be_swapped(folder: Path) -> None:
    one, other = (
        traced(["--set", f"points=@good.csv:{names}"], folder)["params"]["points"] for names in ("x,y", "y,x")
    )
    assert [row[::-1] for row in one] == other


def test_centroids_set_later_are_used_by_the_next_step(folder: Path) -> None:
    np.save(folder / "w.npy", np.array([[0.0, 0.0], [3.0, 0.0], [-3.0, 0.0], [50.0, 50.0]]))
    run = traced(["--at", "2:centroids=@w.npy", "--steps", "4"], folder)
    assert run["arrays"]["centroids"][2][3] == [50, 50]
    assert run["series"]["phase"] == ["start", "assign", "move", "assign", "move"]
    assert [3, "empty cluster 3"] in run["events"]


def test_centroids_gain_and_lose_rows_at_any_step(folder: Path) -> None:
    more, fewer = "2:centroids=[[0,0],[1,1],[2,2],[3,3],[4,4]]", "5:centroids=[[0,0],[1,1]]"
    held = traced(["--steps", "7", "--at", more, "--at", fewer], folder)
    rows = held["arrays"]["centroids"]
    assert [sum(x is not None for x, _ in row) for row in rows] == [4, 4, 5, 5, 5, 2, 2, 2]
