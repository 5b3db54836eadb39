from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.run.parameters import Columns, Parameter
from core.run.refusal import Refusal
from playground.files import readers
from playground.files.readers import columns_text, read_values, strict_json

PAIR = Parameter("data", "open choice", "", columns=Columns(2))


def read_value(path: str, parameter: Parameter = PAIR) -> Any:
    return read_values(path, parameter)[parameter.name]


def write(path: Path, content: str | bytes) -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


def refused(path: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_value(path)
    assert caught.value.field == "data"
    return caught.value


TABLE = "name,width,kind,height\na,1,no,5\nb,2,yes,6\nc,3,yes,7\n"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("", [[1, 5], [2, 6], [3, 7]]),
        (":", [[1, 5], [2, 6], [3, 7]]),
        (":height,width", [[5, 1], [6, 2], [7, 3]]),
        (":1,3", [[1, 5], [2, 6], [3, 7]]),
        (":width,kind", [[1, 0], [2, 1], [3, 1]]),
    ],
)
def test_two_columns_of_a_table(tmp_path: Path, columns: str, expected: list[list[float]]) -> None:
    path = write(tmp_path / "a.csv", TABLE)
    assert read_value(path + columns).tolist() == expected


@pytest.mark.parametrize("columns", [":width", ":width,height,kind", ":width,nothing", ":kind,width", ":width,name"])
def test_columns_that_cannot_serve(tmp_path: Path, columns: str) -> None:
    assert refused(write(tmp_path / "a.csv", TABLE) + columns).key.startswith("csv_")


def test_the_last_colon_counts(tmp_path: Path) -> None:
    folder = tmp_path / "x.csv:y"
    folder.mkdir()
    assert read_value(write(folder / "A.CSV", TABLE) + ":width,height").shape == (3, 2)


def test_arrays_texts_and_json(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(6).reshape(2, 3))
    assert read_value(str(tmp_path / "a.npy")).tolist() == [[0, 1, 2], [3, 4, 5]]
    assert read_value(write(tmp_path / "a.txt", "\ufeff猫 sat")) == "猫 sat"
    assert read_value(write(tmp_path / "a.json", '{"x": [1, 2.5]}')) == {"x": [1, 2.5]}


def saved(path: Path, picture: Any) -> str:
    picture.save(path)
    return str(path)


def test_pictures(tmp_path: Path) -> None:
    grey = read_value(saved(tmp_path / "g.png", Image.fromarray(np.arange(6, dtype=np.uint8).reshape(2, 3))))
    assert grey.tolist() == [[0, 1, 2], [3, 4, 5]]
    colour = read_value(saved(tmp_path / "c.png", Image.new("RGB", (3, 2), (1, 2, 3))))
    assert colour.shape == (3, 2, 3)
    assert colour[:, 0, 0].tolist() == [1, 2, 3]
    clear = read_value(saved(tmp_path / "t.png", Image.new("RGBA", (1, 1), (0, 0, 0, 0))))
    assert clear.tolist() == [[255]]
    deep = read_value(saved(tmp_path / "d.png", Image.fromarray(np.array([[0, 65535]], dtype=np.uint16))))
    assert deep.tolist() == [[0, 255]]


def test_a_picture_stands_upright_as_its_camera_noted(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[274] = 6  # the camera lay on its side
    Image.fromarray(np.full((40, 60), 9, dtype=np.uint8)).save(tmp_path / "e.jpg", exif=turned)
    assert read_value(str(tmp_path / "e.jpg")).shape == (60, 40)


def test_a_large_picture_is_refused(tmp_path: Path) -> None:
    refusal = refused(saved(tmp_path / "a.png", Image.new("L", (513, 1))))
    assert (refusal.key, refusal.values["given"]) == ("picture_too_large", "513 × 1")
    assert read_value(saved(tmp_path / "b.png", Image.new("L", (512, 1)))).shape == (1, 512)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.npy", b"\x93NUMPY"),
        ("a.npy", b"not an array"),
        ("a.json", b"{"),
        ("a.json", b'{"a": NaN}'),
        ("a.json", b'{"a": 1, "a": 2}'),
        ("a.json", b"\xff\xfe"),
        ("a.json", b"[" * 100_000),
        ("a.txt", b"\xff\xfe\xff"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("a.png", b""),
        ("a", b"anything"),
        ("a.exe", b"MZ"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    assert refused(write(tmp_path / name, content)).key == "file_malformed"


@pytest.mark.parametrize("name", ["nothing.csv", "nothing.npy", ".", "a\0b.txt"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    assert refused(f"{tmp_path}/{name}").key == "file_unreadable"


def test_a_large_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "LARGEST_FILE", 10)
    assert refused(write(tmp_path / "a.txt", b"x" * 11)).key == "file_too_large"
    assert read_value(write(tmp_path / "b.txt", b"x" * 10)) == "x" * 10


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "1e400", '{"a": 1, "a": 1}', "[1,]", "'a'", "", "1" * 5_000])
def test_only_json_to_the_letter(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        strict_json(text)


@pytest.mark.parametrize("kind", ["array", "open choice"])
def test_an_array_takes_all_columns(tmp_path: Path, kind: Any) -> None:
    kernel = write(tmp_path / "k.csv", "1,2,3\n4,5,6\n7,8,9\n")
    parameter = Parameter("kernel", kind, None)
    assert read_value(kernel, parameter).tolist() == [[1, 2, 3], [4, 5, 6], [7, 8, 9]]
    assert read_value(f"{kernel}:2,0,1", parameter).tolist() == [[3, 1, 2], [6, 4, 5], [9, 7, 8]]
    named = Parameter("points", kind, None, columns=Columns(3))
    assert read_value(write(tmp_path / "p.csv", "a,b,c,d\n1,2,3,4\n5,6,7,8\n"), named).shape == (2, 3)


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("x,y,class\n0,1,1\n2,3,0\n", [1, 0]),
        ("0.5,1.5,1\n2,3.5,0\n4,5,2\n", None),  # numbers without a name may be a feature
        ("x,y,kind\n0,1,yes\n2,3,no\n4,5,yes\n", [1, 0, 1]),
        ("x,y,z\n0,1,1\n2,3,0\n", None),
        ("x,y\n0.5,1.5\n2,3.5\n", None),
    ],
)
def test_the_last_of_all_columns_goes_to_its_own_parameter_where_it_is_one_of_classes(
    tmp_path: Path, text: str, classes: list[int] | None
) -> None:
    points = Parameter("points", "open choice", "", columns=Columns(last="targets"))
    values = read_values(write(tmp_path / "a.csv", text), points)
    assert values["points"].shape[1] == text.splitlines()[0].count(",") + (0 if classes else 1)
    assert (values["targets"].tolist() if "targets" in values else None) == classes


def test_names_with_commas_colons_and_quotes_are_quoted_as_csv_does(tmp_path: Path) -> None:
    table = write(tmp_path / "a.csv", '"Height, cm","a:b","say ""x""",plain\n1,2,3,4\n5,6,7,8\n')
    for names, expected in ((["a:b", "Height, cm"], [[2, 1], [6, 5]]), (['say "x"', "plain"], [[3, 4], [7, 8]])):
        assert read_value(table + columns_text(names)).tolist() == expected
    assert columns_text(["width", "length"]) == ":width,length"
