"""Files of one's own on the command line: what is taken by default, what `--read` changes, what is said of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from playground.command_line.cli import main
from playground.command_line.files import file_and_columns

Output = pytest.CaptureFixture[str]
POINTS = ("kmeans", "points", "--set", "n_clusters=2")


@pytest.fixture
def given(capsys: Output, tmp_path: Path) -> Any:
    """Return what a run is made of that takes a file: the parameters, and what stands on stderr."""

    def run(content: str | bytes | Path, options: tuple[str, ...] = POINTS, name: str = "a.csv") -> Any:
        path = content if isinstance(content, Path) else tmp_path / name.partition(":")[0]
        if not isinstance(content, Path):
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        columns = "".join(name.partition(":")[1:])
        topic, parameter, *rest = options
        capsys.readouterr()
        code = main(["trace", topic, "--set", f"{parameter}=@{path}{columns}", "--steps", "0", *rest])
        out, err = capsys.readouterr()
        if code:
            assert (code, out, err.count("\n")) == (2, "", 1)
            return None, err
        params = json.loads(out.split("\n", 1)[0].removeprefix("# recipe: "))["params"]
        return params, err

    return run


XY: list[list[float]] = [[1, 2], [2, 3], [3, 1]]


# what FAULTS' small inputs hold, the points that are taken, words that stderr must hold (nothing: it is empty)
TABLES: dict[str, tuple[str | bytes, str, list[list[float]], tuple[str, ...]]] = {
    "a header of years": (
        "country,2007,2008\nA,10.5,20.5\nB,11.5,21.5\nC,12.5,22.5\n", "a.csv",
        [[10.5, 20.5], [11.5, 21.5], [12.5, 22.5]], ("“2007”, “2008”", "country"),
    ),
    "row numbers without a name": (
        ",x,y\n0,10.5,20.5\n1,11.5,21.5\n2,12.5,22.5\n", "a.csv",
        [[10.5, 20.5], [11.5, 21.5], [12.5, 22.5]], ("“0” only numbers the rows",),
    ),
    "an empty cell": ("x,y\n1,2\n2,\n3,1\n4,4\n", "a.csv", [[1, 2], [3, 1], [4, 4]], ("1 of 4", "line 3")),
    "an empty cell in the first row": ("x,y\n,2\n2,3\n3,1\n", "a.csv", [[2, 3], [3, 1]], ("1 of 3", "line 2")),
    "names with commas": (
        '"Height, cm","Weight, kg",sex\n1,2,m\n2,3,f\n3,1,m\n', "a.csv", XY, ("“Height, cm”, “Weight, kg”", "sex"),
    ),
    "columns chosen whose names hold commas": (
        '"Height, cm",b,"Weight, kg"\n1,0,2\n2,0,3\n3,0,1\n', 'a.csv:"Height, cm","Weight, kg"', XY, (),
    ),
    "tabs": ("x\ty\n1\t2\n2\t3\n3\t1\n", "a.tsv", XY, ("tab",)),
    "tabs under another name": ("x\ty\n1\t2\n2\t3\n3\t1\n", "a.data", XY, ("tab",)),
    "records": ('[{"x": 1, "y": 2}, {"x": 2, "y": 3}, {"x": 3, "y": 1}]', "a.json", XY, ()),
    "decimal commas": ("x;y\n1,5;2,5\n2,5;3,5\n", "a.csv", [[1.5, 2.5], [2.5, 3.5]], ("decimal comma",)),
    "a name twice": ("x,y,y\n1,2,3\n2,3,4\n3,1,2\n", "a.csv", XY, ("y (2)",)),
    "GBK": ("身高,体重\n1,2\n2,3\n3,1\n".encode("gbk"), "a.csv", XY, ("gb18030",)),
    "UTF-16": ("x,y\n1,2\n2,3\n3,1\n".encode("utf-16"), "a.csv", XY, ("utf-16",)),
    "plain": ("x,y\n1,2\n2,3\n3,1\n", "a.csv", XY, ()),
    "blanks between columns": ("x y\n1 2\n2 3\n3 1\n", "a.txt", XY, ("by blanks",)),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_two_columns_of_a_table(given: Any, name: str) -> None:
    content, path, expected, words = TABLES[name]
    params, err = given(content, name=path)
    assert params["points"] == expected
    assert err.count("\n") == bool(words)
    assert all(word in err for word in words), err
    assert not words or err.startswith("ml-playground: points: a.")


def test_arrays_take_all_columns(given: Any) -> None:
    params, _ = given("1,2,3\n4,5,6\n7,8,9\n", ("convolution", "kernel"))
    assert params["kernel"] == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    params, _ = given("\n".join(",".join("12345678") + ",9" for _ in range(9)), ("convolution", "image"))
    assert np.shape(params["image"]) == (9, 9)


def test_our_own_exports_are_read_back(given: Any, tmp_path: Path) -> None:
    for name in ("run.csv", "run.json", "run.npz"):
        options = ["--set", "function=bowl", "--set", 'methods=["sgd"]', "--steps", "5", "-o", str(tmp_path / name)]
        assert main(["trace", "optimizers", *options]) == 0
        for columns in ("", ":sgd.x,sgd.loss"):
            params, err = given(tmp_path / name, name=f"{name}{columns}")
            assert np.shape(params["points"]) == (6, 2)
            assert ("not taken" in err) == (not columns)


def test_an_array_of_an_archive_is_fed_back_by_its_name(given: Any, tmp_path: Path) -> None:
    out = tmp_path / "run.npz"
    assert main(["trace", "kmeans", "--set", "n_samples=30", "--steps", "2", "-o", str(out)]) == 0
    params, err = given(out, name="run.npz:points")
    assert np.shape(params["points"]) == (30, 2)
    assert "of step 2" in err
    params, _ = given(out, ("kmeans", "centroids", "--set", "init=by hand"), "run.npz:centroids")
    assert params["centroids"] == np.load(out)["centroids"][-1].tolist()
    _, err = given(out, ("convolution", "kernel"), "run.npz")
    assert "run.npz:NAME" in err
    assert "centroids" in err


def test_an_array_that_is_the_same_at_every_step_is_fed_back_whole(given: Any, tmp_path: Path) -> None:
    out = tmp_path / "run.npz"
    few = ("--set", "function=linear-regression", "--set", "data=[[1, 2], [2, 3], [3, 1]]", "--steps", "2")
    assert main(["trace", "optimizers", *few, "-o", str(out)]) == 0
    assert given(out, name="run.npz:data")[0]["points"] == XY


def test_classes_of_a_table_go_to_their_own_parameter_and_it_is_said(given: Any) -> None:
    params, err = given("x,y,kind\n0,1,yes\n2,3,no\n4,5,yes\n", ("dense", "points"))
    assert (params["points"], params["targets"]) == ([[0, 1], [2, 3], [4, 5]], [1, 0, 1])
    assert "kind goes to targets: no = 0, yes = 1" in err


def test_the_recipe_remembers_file_and_columns(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text('id,"Height, cm","Weight, kg"\n3,1,2\n1,2,3\n')
    points = ("--set", f"points=@{tmp_path}/own.csv")
    assert main(["trace", "kmeans", *points, "--set", "n_clusters=2", "--steps", "0"]) == 0
    told = json.loads(capsys.readouterr().out.split("\n", 1)[0].removeprefix("# recipe: "))["origins"]
    assert told == [{"parameter": "points", "file": "own.csv", "columns": ["Height, cm", "Weight, kg"]}]
    assert main(["trace", "kmeans", *points, "--set", "points=blobs", "--steps", "0"]) == 0
    assert "origins" not in json.loads(capsys.readouterr().out.split("\n", 1)[0].removeprefix("# recipe: "))


def test_one_line_is_said_of_each_file(capsys: Output, tmp_path: Path) -> None:
    Image.new("RGB", (3, 3), (9, 9, 9)).save(tmp_path / "grey.png")
    (tmp_path / "k.csv").write_text("1;2\n3;4\n")
    files = ("--set", f"image=@{tmp_path}/grey.png", "--set", f"kernel=@{tmp_path}/k.csv")
    assert main(["trace", "convolution", *files, "--steps", "1"]) == 0
    image, kernel = capsys.readouterr().err.splitlines()
    assert "grey" in image
    assert ";" in kernel


# ---- --read


@pytest.mark.parametrize(
    ("content", "reads", "expected"),
    [
        ("1,2\n2,3\n3,1\n", ("header=yes",), [[2, 3], [3, 1]]),
        ("2001,2002\n2,3\n3,1\n", ("header=no",), [[2001, 2002], [2, 3], [3, 1]]),
        ("x;y\n1,5;2,5\n2,5;3,5\n", ("separator=;", "decimal=,"), [[1.5, 2.5], [2.5, 3.5]]),
        ("x|y\n1|2\n2|3\n", ("separator=|",), [[1, 2], [2, 3]]),
        ("x\ty\n1\t2\n2\t3\n", ("separator=tab",), [[1, 2], [2, 3]]),
        ("größe,y\n1,2\n2,3\n".encode("cp850"), ("encoding=cp850",), [[1, 2], [2, 3]]),
        ("x,y\n1,2\n,3\n2,4\n", ("blank=drop",), [[1, 2], [2, 4]]),
        ("x,y\n1,2\n-9,3\n2,4\n", ("missing=-9",), [[1, 2], [2, 4]]),
    ],
)
def test_how_a_file_is_read_can_be_said(given: Any, content: Any, reads: tuple[str, ...], expected: Any) -> None:
    options = [part for read in reads for part in ("--read", f"points:{read}")]
    params, _ = given(content, (*POINTS, *options))
    assert params["points"] == expected


def test_what_is_told_is_not_said_to_be_guessed(given: Any) -> None:
    reads = ("separator=;", "decimal=,", "header=no", "encoding=latin-1")
    options = [part for read in reads for part in ("--read", f"points:{read}")]
    assert given("1,5;2,5\n2,5;3,5\n", (*POINTS, *options))[1] == ""
    assert given("1,5;2,5\n2,5;3,5\n", POINTS)[1] != ""
    assert given("x\ty\n1\t2\n2\t3\n", (*POINTS, "--read", "points:separator=tab"))[1] == ""


def test_a_refusal_stands_alone(capsys: Output, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1;2\n2;3\n")
    points = ("--set", f"points=@{tmp_path}/a.csv", "--set", "n_clusters=2", "--steps", "1")
    assert main(["trace", "kmeans", *points, "-o", str(tmp_path / "nothing" / "a.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("points", ("--read", "points", "NAME:KEY=VALUE")),
        ("points:sep=;", ("--read", "sep", "header, encoding, separator, decimal, blank")),
        ("points:header=maybe", ("--read header", "maybe", "auto yes no")),
        ("points:separator=x", ("--read separator", "x", ", ; tab | space")),
        ("points:encoding=klingon", ("--read encoding", "klingon", "gb18030")),
        ("points:encoding=rot13", ("--read encoding", "rot13")),
        ("points:decimal=;", ("--read decimal", ";", "auto . ,")),
        ("points:blank=zero", ("--read blank", "zero", "drop refuse keep")),
        ("centroids:header=no", ("--read", "centroids", "not read from a file", "points")),
        ("points:blank=refuse", ("points", "Line 3", "column x", "blank=drop")),
        ("points:blank=keep", ("points", "Line 3", "column x", "blank=drop")),
    ],
)
def test_what_cannot_be_read_so_is_refused_with_what_is_allowed(given: Any, read: str, words: tuple[str, ...]) -> None:
    params, err = given("x,y\n1,2\n,3\n2,4\n", (*POINTS, "--read", read))
    assert params is None
    assert all(word in err for word in words), err


def test_how_a_file_is_read_without_a_file(capsys: Output) -> None:
    assert main(["trace", "kmeans", "--read", "points:header=no", "--steps", "0"]) == 2
    assert "--set points=@FILE" in capsys.readouterr().err


# ---- refusals


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        ("name,x\na,1\nb,2\n", "a.csv", ("x", "2", "numbers")),
        ("x,y\n1,2\n2,three\n3,4\n", "a.csv", ("Line 3", "column y", "three")),
        ("x,y\n1,2\n2,1e13\n", "a.csv", ("Line 3", "column y", "1e")),
        ("x,y,kind\n1,2,a\n2,3,b\n", "a.csv:x,sort", ("sort", "“x”, “y”, “kind”")),
        ("x,y,kind\n1,2,a\n2,3,b\n3,1,c\n", "a.csv:kind,y", ("kind", "words", "a", "“x”, “y”")),
        ("x,y\n1,2\n2,3\n", "a.csv:x", ("x", "two columns")),
        ("x,y\n1,\n,2\n", "a.csv", ("Every row", "blank", "line 2")),
        ("", "a.csv", ("nothing in the file",)),
        (b"\x89PNG\r\n\x1a\n\x00", "a.csv", ("a.csv",)),
        (b"PK\x03\x04 xl/workbook.xml", "a.xlsx", ("Excel", "CSV")),
    ],
)
def test_a_file_that_cannot_serve_is_refused_with_the_true_cause(
    given: Any, content: Any, name: str, words: tuple[str, ...]
) -> None:
    params, err = given(content, name=name)
    assert params is None
    assert all(word in err for word in words), err


@pytest.mark.parametrize(
    ("text", "path", "columns"),
    [
        ("a.csv", "a.csv", ()),
        ("a.csv:", "a.csv", ()),
        ("a.csv:x,y", "a.csv", ("x", "y")),
        ("x.csv:y/A.TSV:x", "x.csv:y/A.TSV", ("x",)),
        ('a.npz:"a:b", "say ""x"""', "a.npz", ("a:b", 'say "x"')),
        ("C:\\a.dat:1", "C:\\a.dat", ("1",)),
        ("at 12:30.png", "at 12:30.png", ()),
    ],
)
def test_the_last_colon_divides_a_path_from_names(text: str, path: str, columns: tuple[str, ...]) -> None:
    assert file_and_columns(text) == (path, columns)
