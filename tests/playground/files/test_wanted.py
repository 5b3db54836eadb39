"""What each kind of parameter takes of a table, and of every other kind of file."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from core.run.parameters import Columns, Parameter
from core.run.refusal import Refusal
from playground.files.reading import GUESSED, Reading
from playground.files.text_to_table import Table
from playground.files.wanted import Taken, proposed, read_file, taken_of, wanted

PAIR = Parameter("points", "open choice", "", columns=Columns(2), hint=np.ndarray)
CLASSED = Parameter("dataset", "open choice", "", columns=Columns(3), hint=np.ndarray)
EVERY = Parameter("points", "open choice", "", columns=Columns(last="targets"), hint=np.ndarray)
ARRAY = Parameter("kernel", "array", None)
LIST = Parameter("held_out", "numbers", ())
TEXTS = Parameter("sentences", "texts", (), columns=Columns(2, last="labels"))
TRIPLES = Parameter("triples", "rows", (), item=Parameter("", "texts", None, shortest=3, longest=3))
GAPS = Parameter("ratings", "table", None)
CORPUS = Parameter("corpus", "text", "")
NAN = float("nan")


def table(index: Any = None, blank: Any = "drop", header: Any = "yes", **columns: Any) -> Table:
    cells = {n: tuple(c) if any(isinstance(x, str) for x in c) else np.array(c, float) for n, c in columns.items()}
    rows = len(next(iter(columns.values())))
    reading = Reading(header, "utf-8", ",", ".", blank)
    return Table(tuple(columns), cells, tuple(range(2, rows + 2)), reading, index=index)


def value(taken: Taken) -> Any:
    found = next(iter(taken.values.values()))
    return found.tolist() if isinstance(found, np.ndarray) else found


def said(taken: Taken) -> dict[str, Any]:
    return {remark.key: dict(remark.values) for remark in taken.remarks}


def refused(table: Table, parameter: Parameter, *chosen: str) -> Refusal:
    with pytest.raises(Refusal) as caught:
        wanted(table, parameter, chosen)
    return caught.value


IRIS = table(index="id", id=[1, 2, 3], length=[5, 4, 6], kind=["a", "b", "a"], width=[3, 1, 2])


# ---- columns of numbers


def test_two_columns_of_numbers_are_taken_that_do_not_count_the_rows() -> None:
    taken = wanted(IRIS, PAIR)
    assert value(taken) == [[5, 3], [4, 1], [6, 2]]
    assert (taken.columns, taken.rows, taken.left_out) == (("length", "width"), 3, 0)
    assert said(taken) == {
        "columns_taken": {"columns": "“length”, “width”", "others": "“kind”"},
        "index_left_out": {"column": "id"},
    }


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (("width", "length"), [[3, 5], [1, 4], [2, 6]]),
        (("1", "3"), [[5, 3], [4, 1], [6, 2]]),
        (("id", "kind"), [[1, 0], [2, 1], [3, 0]]),
    ],
)
def test_columns_are_chosen_by_name_or_index_and_nothing_is_said_of_the_choice(
    chosen: tuple[str, ...], expected: Any
) -> None:
    taken = wanted(IRIS, PAIR, chosen)
    assert value(taken) == expected
    assert set(said(taken)) <= {"column_coded"}


def test_names_with_commas_and_digits_are_names() -> None:
    odd = table(**{"Height, cm": [1, 2], "1": [3, 4], "a:b": [5, 6]})
    assert wanted(odd, PAIR, ["Height, cm", "1"]).columns == ("Height, cm", "1")


def test_a_column_that_counts_the_rows_is_taken_where_there_is_no_other() -> None:
    taken = wanted(table(index="t", t=[1, 2, 3], y=[5, 4, 6]), PAIR)
    assert taken.columns == ("t", "y")
    assert said(taken) == {"index_taken": {"column": "t"}}


def test_a_column_in_which_one_cell_is_no_number_is_refused_and_not_passed_over() -> None:
    broken = table(x=["1", "2", "four"], y=[1, 2, 3], z=[1, 2, 3])
    refusal = refused(broken, PAIR)
    assert (refusal.key, refusal.values["line"], refusal.values["column"]) == ("csv_not_a_number", 4, "x")


@pytest.mark.parametrize(
    ("cell", "key"), [("inf", "csv_not_finite"), ("1e13", "csv_too_big"), ("1000000000001", "csv_too_big")]
)
def test_a_number_that_cannot_be_taken_is_named_with_its_line(cell: str, key: str) -> None:
    as_text, as_number = table(x=["1", cell], y=[1, 2]), table(x=[1, float(cell)], y=[1, 2])
    for one in (as_text, as_number):
        assert (refused(one, PAIR).key, refused(one, PAIR).values["line"]) == (key, 3)


def test_figures_that_stay_texts_are_none_of_numbers() -> None:
    assert wanted(table(code=["007", "008"], x=[1, 2], y=[3, 4]), PAIR).columns == ("x", "y")


def test_a_column_of_words_is_refused_by_name_with_those_that_serve() -> None:
    refusal = refused(IRIS, PAIR, "kind", "width")
    assert (refusal.field, refusal.key) == ("points", "csv_words")
    assert refusal.values == {"column": "kind", "given": "a", "allowed": "“length”, “width”"}


@pytest.mark.parametrize(("chosen", "key"), [(("x",), "csv_two_columns"), (("x", "w"), "csv_column")])
def test_columns_that_cannot_serve(chosen: tuple[str, ...], key: str) -> None:
    assert refused(table(x=[1, 2], y=[3, 4]), PAIR, *chosen).key == key


def test_too_few_columns_of_numbers() -> None:
    refusal = refused(table(x=[1, 2], y=["a", "b"]), PAIR)
    assert (refusal.key, refusal.values["given"], refusal.values["numeric"]) == (
        "csv_too_few_numeric",
        "“x”, “y”",
        "“x”",
    )


# ---- blanks


def test_rows_with_a_blank_among_the_columns_taken_are_left_out() -> None:
    taken = wanted(table(x=[NAN, 2, 3], y=[2, NAN, 1], z=[1, 1, NAN], w=[1, 2, 3]), PAIR)
    assert value(taken) == [[3, 1]]
    assert (taken.rows, taken.left_out) == (1, 2)
    assert said(taken)["rows_left_out"] == {"count": 2, "rows": 3, "line": 2}


@pytest.mark.parametrize("blank", ["refuse", "keep"])
def test_a_blank_that_is_not_to_be_left_out_is_refused_where_there_is_no_place_for_it(blank: str) -> None:
    refusal = refused(table(blank=blank, x=[1, 2, 3], y=[2, NAN, NAN]), PAIR)
    assert (refusal.key, refusal.values) == ("csv_blank", {"line": 3, "column": "y", "given": 2})


def test_a_table_with_a_blank_in_every_row() -> None:
    assert refused(table(x=[1, NAN], y=[NAN, 2]), PAIR).key == "csv_all_blank"


# ---- classes


@pytest.mark.parametrize(
    ("last", "expected", "key"),
    [
        ({"class": [0, 1, 1]}, [0, 1, 1], None),
        ({"class": [1, 2, 1]}, [0, 1, 0], "column_coded"),
        ({"kind": ["no", "yes", "no"]}, [0, 1, 0], "column_coded"),
        ({"kind": ["正", "负", "正"]}, [1, 0, 1], "column_coded"),
        ({"kind": ["差评", "好评", "差评"]}, [0, 1, 0], "column_coded"),
        ({"class": [1, 1, 1]}, [1, 1, 1], None),
    ],
)
def test_the_third_of_three_columns_is_the_class(last: dict[str, list[Any]], expected: list[float], key: Any) -> None:
    taken = wanted(table(**last, x=[1, 2, 3], y=[4, 5, 6]), CLASSED)
    assert [row[2] for row in value(taken)] == expected
    assert (key in said(taken)) == (key is not None)


def test_three_columns_of_which_none_holds_classes() -> None:
    refusal = refused(table(x=[1, 2, 3], y=[4, 5, 6], z=[1.5, 1, 2], kind=["a", "b", "c"]), CLASSED)
    assert (refusal.field, refusal.key) == ("dataset", "csv_no_classes")
    assert refusal.values == {"given": "“x”, “y”, “z”, “kind”"}
    one = table(x=[1, 2, 3], y=[4, 5, 6], z=[1, 1, 1])
    assert value(wanted(one, CLASSED)) == [[1, 4, 1], [2, 5, 1], [3, 6, 1]]


def test_an_order_that_is_not_the_files_is_said() -> None:
    taken = wanted(table(kind=[0, 1, 1], x=[1, 2, 3], y=[4, 5, 6]), CLASSED)
    assert said(taken) == {"columns_taken": {"columns": "“x”, “y”, “kind”", "others": "–"}}


@pytest.mark.parametrize(
    ("last", "classes"),
    [
        ({"class": [1, 0, 2]}, [1, 0, 2]),
        ({"kind": ["b", "a", "c"]}, [1, 0, 2]),
        ({"z": [1, 0, 2]}, None),  # numbers without such a name may be a feature
    ],
)
def test_the_last_of_all_columns_goes_to_its_own_parameter_where_it_is_one_of_classes(
    last: dict[str, list[Any]], classes: list[int] | None
) -> None:
    taken = wanted(table(x=[0, 2, 4], y=[1, 3, 5], **last), EVERY)
    assert taken.values["points"].shape == (3, 2 if classes else 3)
    assert (taken.values["targets"].tolist() if "targets" in taken.values else None) == classes
    assert bool(said(taken)) == (classes is not None)


def test_what_the_words_of_a_class_became_is_said() -> None:
    taken = wanted(table(x=[0, 2], y=[1, 3], kind=["b", "a"]), EVERY)
    assert said(taken)["words_to"] == {"column": "kind", "parameter": "targets", "classes": "a = 0, b = 1"}


# ---- arrays and lists


def test_an_array_takes_all_columns() -> None:
    kernel = table(header="no", index="0", **{"0": [1, 2, 3], "1": [4, 5, 6], "2": [7, 8, 9]})
    assert value(wanted(kernel, ARRAY)) == [[1, 4, 7], [2, 5, 8], [3, 6, 9]]
    assert value(wanted(kernel, ARRAY, ["2", "0"])) == [[7, 1], [8, 2], [9, 3]]


def test_an_array_does_without_an_index_that_has_no_name_and_without_texts() -> None:
    unnamed = table(index="0", **{"0": [0, 1], "a": [4, 5], "b": [7, 8], "who": ["x", "y"]})
    taken = wanted(unnamed, ARRAY)
    assert value(taken) == [[4, 7], [5, 8]]
    assert set(said(taken)) == {"index_left_out", "columns_taken"}


def test_an_array_of_one_axis_is_one_column() -> None:
    one = Parameter("curve_x", "array", None, columns=Columns(1))
    assert value(wanted(table(index="n", n=[1, 2, 3], x=[-1, 0, 1], y=[1, 2, 3]), one)) == [-1, 0, 1]


def test_a_list_takes_one_column_and_keeps_whole_numbers_whole() -> None:
    assert repr(value(wanted(table(a=[1, 2], b=[3, 4]), LIST))) == "[1, 2]"
    assert repr(value(wanted(table(a=[1, 2.5], b=[3, 4]), LIST, ["a"]))) == "[1.0, 2.5]"
    assert refused(table(a=[1, 2], b=[3, 4]), LIST, "a", "b").key == "csv_number_of_columns"


# ---- texts, triples, ratings


def test_texts_are_the_longest_ones_and_labels_have_two_values() -> None:
    spam = table(kind=["ham", "spam", "ham"], text=["see you soon", "win a prize", "at six then"])
    taken = wanted(spam, TEXTS)
    assert taken.values == {"sentences": ["see you soon", "win a prize", "at six then"], "labels": [0, 1, 0]}
    assert taken.columns == ("text", "kind")
    assert set(said(taken)) == {"columns_taken", "classes_to", "column_coded"}


def test_a_column_of_words_that_holds_no_two_classes_is_refused_by_their_names() -> None:
    moods = table(text=["a b", "c d", "e f"], mood=["good", "bad", "so so"], x=[1, 2, 3], y=[1, 2, 3])
    for parameter, chosen in ((TEXTS, ("text", "mood")), (CLASSED, ("x", "y", "mood"))):
        refusal = refused(moods, parameter, *chosen)
        assert (refusal.field, refusal.key) == (parameter.name, "csv_two_classes")
        assert refusal.values["given"] == "“bad”, “good”, “so so”"


def test_texts_without_a_label() -> None:
    assert wanted(table(text=["a b", "c d", "e f"], n=[1, 2, 3]), TEXTS).values == {"sentences": ["a b", "c d", "e f"]}


def test_a_row_without_text_or_label_is_left_out() -> None:
    taken = wanted(table(text=["a b", "", "e f"], label=[1, 0, 0]), TEXTS)
    assert taken.values == {"sentences": ["a b", "e f"], "labels": [1, 0]}
    assert taken.left_out == 1


def test_triples_are_rows_of_three_texts() -> None:
    facts = table(head=["Ann", "Bob"], relation=["knows", "knows"], tail=["Bob", "Cid"])
    assert value(wanted(facts, TRIPLES)) == [["Ann", "knows", "Bob"], ["Bob", "knows", "Cid"]]
    numbered = table(index="id", id=[1, 2], h=[10, 11], r=["is", "is"], t=[12, 13])
    assert value(wanted(numbered, TRIPLES)) == [["10", "is", "12"], ["11", "is", "13"]]
    assert refused(table(a=["x", "y"], b=["z", "w"]), TRIPLES).key == "csv_number_of_columns"


def test_ratings_keep_their_gaps() -> None:
    taken = wanted(table(user=["A", "B"], film=[5, NAN], book=[NAN, 2]), GAPS)
    np.testing.assert_array_equal(taken.values["ratings"], [[5, NAN], [NAN, 2]])
    assert (taken.columns, taken.left_out) == (("film", "book"), 0)
    assert refused(table(blank="refuse", user=["A"], film=[NAN], book=[1]), GAPS).key == "csv_all_blank"


def test_what_is_proposed_is_what_is_taken() -> None:
    assert proposed(IRIS, PAIR) == ("length", "width")
    assert proposed(IRIS, ARRAY) == ("id", "length", "width")


# ---- files of every kind


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_table_is_read_from_a_file_under_any_name(tmp_path: Path) -> None:
    for name in ("a.csv", "a.tsv", "a.tab", "a.dat", "a.data", "a.txt", "a.unknown", "a"):
        path = write(tmp_path / name, "x,y,z\n1,2,a\n3,4,b\n")
        assert value(read_file(path, PAIR)) == [[1, 2], [3, 4]]
        assert value(read_file(path, PAIR, GUESSED, ["y", "x"])) == [[2, 1], [4, 3]]


def test_a_text_is_a_text_or_lines(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "\ufeff猫 sat\n\n on it \n")
    assert value(read_file(path, CORPUS)) == "猫 sat\n\n on it \n"
    assert value(read_file(path, Parameter("sentences", "texts", ()))) == ["猫 sat", "on it"]
    write(path, "a tab\tand none\nbehind it\n")
    assert value(read_file(path, Parameter("sentences", "texts", ()))) == ["a tab\tand none", "behind it"]


def test_a_text_in_another_encoding_is_read_and_it_is_said() -> None:
    taken = taken_of("el niño comió piñas".encode("latin-1"), "a.txt", CORPUS)
    assert value(taken) == "el niño comió piñas"
    assert said(taken) == {"encoding": {"given": "latin-1"}}
    assert value(taken_of("größe".encode("cp850"), "a.txt", CORPUS, Reading(encoding="cp850"))) == "größe"
    with pytest.raises(Refusal) as caught:
        taken_of(b"\x00\x01\x02", "a.txt", CORPUS)
    assert caught.value.field == "corpus"


def test_json_is_the_value_it_says(tmp_path: Path) -> None:
    for text, parameter in (("[[1, 2], [3, 4]]", PAIR), ("[1, 2.5]", LIST), ('[{"type": "Dense"}]', RECORDS)):
        assert value(read_file(write(tmp_path / "a.json", text), parameter)) == json.loads(text)


RECORDS = Parameter("layers", "records", ())


def npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def test_arrays_are_what_they_are() -> None:
    cube = np.arange(24).reshape(2, 3, 4)
    assert value(taken_of(npy(cube), "a.npy", ARRAY)) == cube.tolist()
    assert value(taken_of(npz(one=cube), "a.npz", ARRAY)) == cube.tolist()
    both = npz(one=cube, two=cube + 1)
    assert value(taken_of(both, "a.npz", ARRAY, chosen=["two"])) == (cube + 1).tolist()
    with pytest.raises(Refusal) as caught:
        taken_of(both, "a.npz", ARRAY)
    assert (caught.value.key, caught.value.values["allowed"]) == ("npz_which", "“one”, “two”")


def test_a_file_is_what_it_begins_with_whatever_its_ending_says() -> None:
    assert value(taken_of(npy([[1, 2], [3, 4]]), "a.csv", PAIR)) == [[1, 2], [3, 4]]
    picture = io.BytesIO()
    Image.fromarray(np.arange(6, dtype=np.uint8).reshape(2, 3)).save(picture, "PNG")
    for name in ("a.png", "a.csv", "a"):
        assert value(taken_of(picture.getvalue(), name, ARRAY)) == [[0, 1, 2], [3, 4, 5]]
    picture = io.BytesIO()
    Image.new("RGB", (3, 2), (1, 2, 3)).save(picture, "PPM")  # a kind that has no sign of its own
    assert np.shape(value(taken_of(picture.getvalue(), "a.ppm", ARRAY))) == (3, 2, 3)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.npy", b"\x93NUMPY"),
        ("a.npy", b"not an array"),
        ("a.npy", npy(np.array([True, False]))),
        ("a.npz", b"PK\x03\x04"),
        ("a.json", b"{"),
        ("a.json", b'{"a": NaN}'),
        ("a.json", b'{"a": 1, "a": 2}'),
        ("a.json", b"[" * 100_000),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("a.png", b""),
    ],
)
def test_a_damaged_file_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        taken_of(content, name, ARRAY)
    assert caught.value.field == "kernel"
    assert caught.value.key in ("file_malformed", "array_malformed", "bad_value", "picture_damaged", "picture_unknown")


def test_a_workbook_is_told_how_to_become_a_table() -> None:
    with pytest.raises(Refusal) as caught:
        taken_of(b"PK\x03\x04 xl/workbook.xml", "a.xlsx", PAIR)
    assert caught.value.key == "file_foreign"


def test_a_column_of_different_texts_names_the_rows_that_are_left() -> None:
    named = Parameter("points", "open choice", "", columns=Columns(2, rows="point_names"), hint=np.ndarray)
    towns = table(town=["Ulm", "Bern", "Graz"], x=[1, NAN, 3], y=[1, 2, 3], kind=["a", "b", "b"])
    taken = wanted(towns, named)
    assert taken.values["point_names"] == ["Ulm", "Graz"]
    assert taken.columns == ("x", "y")
    said = {remark.key: remark.values for remark in taken.remarks}
    assert said["rows_named"] == {"column": "town"}
    assert said["columns_taken"]["others"] == "“kind”"
    assert "point_names" not in wanted(towns, PAIR).values
