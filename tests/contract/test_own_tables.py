"""Tables of many kinds: what is guessed of each, what is taken, what is said. `python` this file for a summary."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from playground.files.reading import Reading
from playground.files.text_to_table import Table, table_of


@dataclass(frozen=True)
class Sample:
    """A file, what stands in it, how it is to be read and what is to be said."""

    kind: str
    data: bytes
    columns: Mapping[str, Any]  # None where a cell of numbers is blank
    header: str = "yes"
    encoding: str = "utf-8"
    separator: str = ","
    decimal: str = "."
    said: tuple[str, ...] = ()
    index: str | None = None
    name: str = "a.csv"

    def reading(self) -> Reading:
        return Reading(self.header, self.encoding, self.separator, self.decimal)  # type: ignore[arg-type]


XY = {"x": [1.0, 2.0, 3.0], "y": [2.0, 3.0, 1.0]}
ROWS = {"0": [1.0, 3.0, 5.0], "1": [2.0, 4.0, 6.0]}
PEOPLE = "姓名,身高,体重\n张三,171,60\n李四,165,52\n王五,180,77\n"
IN_CHINESE = {"姓名": ["张三", "李四", "王五"], "身高": [171.0, 165.0, 180.0], "体重": [60.0, 52.0, 77.0]}


def plain(separator: str = ",", end: str = "\n") -> str:
    return "".join(separator.join(row) + end for row in (("x", "y"), ("1", "2"), ("2", "3"), ("3", "1")))


def encodings() -> Iterator[Sample]:
    yield Sample("UTF-8", plain().encode(), XY)
    yield Sample("UTF-8", PEOPLE.encode(), IN_CHINESE)
    yield Sample("UTF-8 with mark", plain().encode("utf-8-sig"), XY)
    yield Sample("UTF-8 with mark", PEOPLE.encode("utf-8-sig"), IN_CHINESE)
    said = ("encoding",)
    yield Sample("UTF-16 with mark", PEOPLE.encode("utf-16"), IN_CHINESE, encoding="utf-16", said=said)
    tabs = ("encoding", "tabs")
    unicode = plain("\t", "\r\n").encode("utf-16")
    yield Sample("UTF-16 with mark", unicode, XY, encoding="utf-16", separator="tab", said=tabs)
    yield Sample("UTF-16 without mark", plain().encode("utf-16-le"), XY, encoding="utf-16-le", said=said)
    yield Sample("UTF-16 without mark", PEOPLE.encode("utf-16-be"), IN_CHINESE, encoding="utf-16-be", said=said)
    yield Sample("GB18030", PEOPLE.encode("gb18030"), IN_CHINESE, encoding="gb18030", said=said)
    short = {"长度": [1.0, 2.0, 3.0], "宽度": [2.0, 3.0, 1.0]}
    text = "长度,宽度\n1,2\n2,3\n3,1\n"
    yield Sample("GB18030", text.encode("gbk"), short, encoding="gb18030", said=said)
    japanese = {"名前": ["田中", "鈴木"], "身長": [171.0, 165.0]}
    text = "名前,身長\n田中,171\n鈴木,165\n"
    yield Sample("Shift-JIS", text.encode("shift_jis"), japanese, encoding="shift_jis", said=said)
    text = "都市;気温\n東京;12.5\n大阪;15\n"
    towns = {"都市": ["東京", "大阪"], "気温": [12.5, 15.0]}
    yield Sample("Shift-JIS", text.encode("shift_jis"), towns, "yes", "shift_jis", ";", said=("encoding", "separator"))
    german = {"größe": [1.5, 2.5], "straße": ["Königsweg", "Jägerweg"]}
    text = "größe;straße\n1,5;Königsweg\n2,5;Jägerweg\n"
    said_of = ("encoding", "separator", "decimal")
    yield Sample("Latin-1", text.encode("cp1252"), german, "yes", "latin-1", ";", ",", said_of)
    text = "ville,température\nParis,12\nOrléans,15\n"
    french = {"ville": ["Paris", "Orléans"], "température": [12.0, 15.0]}
    yield Sample("Latin-1", text.encode("cp1252"), french, encoding="latin-1", said=said)


def separators() -> Iterator[Sample]:
    said: tuple[str, ...] = ("separator",)
    for sign, name, key in (
        (";", ";", "separator"),
        ("\t", "tab", "tabs"),
        ("|", "|", "separator"),
        ("  ", "space", "blanks"),
    ):
        yield Sample(f"separated by {name}", plain(sign).encode(), XY, separator=name, said=(key,))
    yield Sample("separated by ;", b"t;u\na, b;1\nc;2\n", {"t": ["a, b", "c"], "u": [1, 2]}, separator=";", said=said)
    yield Sample("separated by tab", b"1\t2\n3\t4\n5\t6\n", ROWS, "no", separator="tab", said=("tabs", "no_header"))
    yield Sample("separated by |", b"1|2\n3|4\n5|6\n", ROWS, "no", separator="|", said=("separator", "no_header"))
    blanks = b"   1 2\n   3   4\n 5 6\n"
    yield Sample("separated by space", blanks, ROWS, "no", separator="space", said=("blanks", "no_header"))
    cars = b'18.0  8   3504.\t"chevrolet chevelle"\n25.0  4   2046.\t"ford pinto"\n'
    columns = {"0": [18.0, 25.0], "1": [8, 4], "2": [3504.0, 2046.0], "3": ["chevrolet chevelle", "ford pinto"]}
    yield Sample("separated by space", cars, columns, "no", separator="space", said=("blanks", "no_header"))
    yield Sample("sep=", b"sep=;\n" + plain(";").encode(), XY, separator=";")
    yield Sample("sep=", b"sep=\t\r\n" + plain("\t", "\r\n").encode(), XY, separator="tab")
    yield Sample("comma and space", plain(", ").encode(), XY)
    words = {"x": [1.0, 2.0], "who": ["a, b", "c"]}
    yield Sample("comma and space", b'x, who\n1, "a, b"\n2, "c"\n', words)
    yield Sample("one column", b"x\n1\n2\n3\n", {"x": [1.0, 2.0, 3.0]})
    said = ("decimal",)
    yield Sample("one column", b"x\n1,5\n2,5\n", {"x": [1.5, 2.5]}, separator=";", decimal=",", said=said)
    lines = b"I love it\nI hate it very much\nso so\n"
    prose = {"text": ["I love it, really", "No", "Hello there, you"]}
    yield Sample("one column", b"text\nI love it, really\nNo\nHello there, you\n", prose, separator=";", said=())
    column = {"0": ["I love it", "I hate it very much", "so so"]}
    yield Sample("one column", lines, column, "no", said=("no_header",))


def numbers() -> Iterator[Sample]:
    said: tuple[str, ...] = ("separator", "decimal")
    comma = {"x": [1.5, 2.5, 3.5], "y": [2.5, 3.5, 1.0]}
    yield Sample("decimal comma", b"x;y\n1,5;2,5\n2,5;3,5\n3,5;1,0\n", comma, "yes", "utf-8", ";", ",", said)
    yield Sample(
        "decimal comma", b"x\ty\n1,5\t2,5\n2,5\t3,5\n3,5\t1,0\n", comma, "yes", "utf-8", "tab", ",", ("tabs", "decimal")
    )
    quoted = b'x,y\n"1,5","2,5"\n"2,5","3,5"\n"3,5","1,0"\n'
    yield Sample("decimal comma", quoted, comma, decimal=",", said=("decimal",))
    group = ("thousands",)
    big = {"x": [1.0, 2.0], "n": [1234.5, 1234567.0]}
    yield Sample("thousands", b'x,n\n1,"1,234.5"\n2,"1,234,567"\n', big, said=group)
    german = b"x;n\n1;1.234,5\n2;1.234.567\n"
    yield Sample("thousands", german, big, separator=";", decimal=",", said=(*said, *group))
    french = "x;n\n1;1 234,5\n2;1\u202f234\u00a0567\n".encode()
    yield Sample("thousands", french, big, separator=";", decimal=",", said=(*said, *group))
    yield Sample("thousands", b"x,n\n1,1'234.5\n2,1'234'567\n", big, said=group)
    doubt = {"x": [1.234, 12.345], "y": [1.0, 2.0]}
    yield Sample("point or thousands", b"x;y\n1.234;1\n12.345;2\n", doubt, separator=";", said=("separator", "point"))
    known = {"x": [1.234, 0.345], "y": [1.0, 2.0]}
    yield Sample("point or thousands", b"x;y\n1.234;1\n0.345;2\n", known, separator=";", said=("separator",))
    share = {"x": [1.0, 2.0], "share": [12.0, 13.5]}
    yield Sample("percent and money", b"x,share\n1,12%\n2,13.5 %\n", share, said=("signs",))
    yield Sample("percent and money", "x,share\n1,$12\n2,£13.5\n".encode(), share, said=("signs",))
    euro = "x;share\n1;12,00 €\n2;13,50 €\n".encode()
    yield Sample("percent and money", euro, share, separator=";", decimal=",", said=(*said, "signs"))
    signed = {"x": [1.0, -0.5, 1e5], "y": [-2.0, 0.25, 3.0]}
    yield Sample("signs and exponents", "x,y\n+1,−2\n-.5,.25\n1e5,3.\n".encode(), signed)
    yield Sample("signs and exponents", b"x,y\n1E0,-2e0\n-5e-1,2.5E-1\n1e+5,3e0\n", signed)


def rows_of_names() -> Iterator[Sample]:
    yield Sample("header of words", b"a,1,x\nb,2,y\n", {"0": ["a", "b"], "1": [1, 2], "2": ["x", "y"]}, "no", said=N)
    yield Sample("header of words", b"kind,n\na,1\nb,2\n", {"kind": ["a", "b"], "n": [1.0, 2.0]})
    years = b"country,2007,2008\nA,10.5,20.5\nB,11.5,21.5\n"
    columns: Mapping[str, Any] = {"country": ["A", "B"], "2007": [10.5, 11.5], "2008": [20.5, 21.5]}
    yield Sample("header of years", years, columns, said=("header_in_doubt",))
    years = b",1990,2000,2010\nA,1.5,2.5,3\nB,2,3,4\n"
    columns = {"0": ["A", "B"], "1990": [1.5, 2.0], "2000": [2.5, 3.0], "2010": [3.0, 4.0]}
    yield Sample("header of years", years, columns, said=("header_in_doubt",))
    spans = {"0": [2007.0, 2009.0], "1": [2008.0, 2010.0]}
    yield Sample("no header", b"2007,2008\n2009,2010\n", spans, "no", said=N)
    yield Sample("no header", b"1,2\n3,4\n5,6\n", ROWS, "no", said=N)
    kernel = {"0": [1.0, 2.0, 1.0], "1": [0.0, 0.0, 0.0], "2": [-1.0, -2.0, -1.0]}
    yield Sample("no header", b"1,0,-1\n2,0,-2\n1,0,-1\n", kernel, "no", said=N)
    labels = {"0": ["I love it", "so so", "go on"], "1": ["pos", "neg", "pos"]}
    yield Sample("no header", b"I love it,pos\nso so,neg\ngo on,pos\n", labels, "no", said=N)
    triples = {"head": ["paris", "rome"], "relation": ["capital", "capital"], "tail": ["france", "italy"]}
    words = b"head,relation,tail\nparis,capital,france\nrome,capital,italy\n"
    yield Sample("header of words", words, triples, said=("header_in_doubt",))
    triples = {"h": ["h", "arm"], "r": ["r", "of"], "t": ["hand", "t"]}
    yield Sample("header of words", b"h,r,t\nh,r,hand\narm,of,t\n", triples, said=("header_in_doubt",))
    triples = {"0": ["paris", "france"], "1": ["capital", "in"], "2": ["france", "europe"]}
    yield Sample("no header", b"paris,capital,france\nfrance,in,europe\n", triples, "no", said=N)
    units = {"length": [1.0, 3.0, 5.0], "weight": [2.0, 4.0, 6.0]}
    yield Sample("row of units", b"length,weight\ncm,kg\n1,2\n3,4\n5,6\n", units, said=("units",))
    with_words = {**units, "who": ["a", "b", "c"]}
    text = "length,weight,who\n[m/s],(°C),\n1,2,a\n3,4,b\n5,6,c\n"
    yield Sample("row of units", text.encode(), with_words, said=("units",))
    twice = {"x": [1.0, 2.0], "y": [2.0, 3.0], "y (2)": [3.0, 4.0]}
    yield Sample("names twice", b"x,y,y\n1,2,3\n2,3,4\n", twice, said=("names_twice",))
    thrice = {"a": [1.0, 4.0], "a (2)": [2.0, 5.0], "a (3)": [3.0, 6.0]}
    yield Sample("names twice", b"a,a,a\n1,2,3\n4,5,6\n", thrice, said=("names_twice",))
    unnamed = {"x": [1.0, 4.0], "1": [2.0, 5.0], "2": [3.0, 6.0]}
    yield Sample("names empty", b"x,,\n1,2,3\n4,5,6\n", unnamed, said=("names_empty",))
    yield Sample(
        "names empty", b"x,,1\n1,2,3\n4,5,6\n", {"x": [1, 4], "1 (2)": [2, 5], "1": [3, 6]}, said=("names_empty",)
    )
    comma = {"Height, cm": [1.0, 2.0], "Weight, kg": [2.5, 3.5]}
    yield Sample("names with commas", b'"Height, cm","Weight, kg"\n1,2.5\n2,3.5\n', comma)
    yield Sample("names with commas", b'"a ""b"", c",d\n1,2\n3,4\n', {'a "b", c': [1, 3], "d": [2, 4]})


N = ("no_header",)


def running_numbers() -> Iterator[Sample]:
    points = {"0": [0.0, 1.0, 2.0], "x": [1.5, 2.5, 3.0], "y": [2.0, 3.0, 1.0]}
    yield Sample("index", b",x,y\n0,1.5,2\n1,2.5,3\n2,3,1\n", points, index="0")
    counted = {"id": [7.0, 3.0], "x": [1.5, 2.5], "y": [2.0, 3.0]}
    yield Sample("index", b",x,y\n3,1.5,2\n0,2.5,3\n7,3,1\n", {**points, "0": [3, 0, 7]}, index="0")
    yield Sample("index", b"id,x,y\n7,1.5,2\n3,2.5,3\n", counted, index="id")
    points = {"0": [1.0, 2.0, 3.0], "x": [1.5, 2.5, 3.0], "y": [2.0, 3.0, 1.0]}
    yield Sample("index", b'"x","y"\n"1",1.5,2\n"2",2.5,3\n"3",3,1\n', points, index="0")
    days = {"day": [1.0, 2.0, 3.0], "t": [20.0, 21.0, 19.0], "n": [3.0, 4.0, 5.0]}
    yield Sample("index", b"day,t,n\n1,20,3\n2,21,4\n3,19,5\n", days, index="day")


def rows_apart() -> Iterator[Sample]:
    yield Sample("comments", b"# made by hand\n# twice\nx,y\n1,2\n2,3\n3,1\n", XY, said=("comments",))
    yield Sample("comments", b"%x,y\n1,2\n2,3\n3,1\n", XY)
    yield Sample("comments", b"# x y\n1 2\n2 3\n3 1\n", XY, separator="space", said=("blanks",))
    yield Sample("comments", b"x,y\n1,2\n# a note\n2,3\n3,1\n", XY)
    yield Sample("title and foot", b"Table 1\n\n" + plain().encode(), XY, said=("title",))
    yield Sample("title and foot", plain().encode() + b"Source: us\n", XY, said=("ragged",))


def cells_without_numbers() -> Iterator[Sample]:
    gaps = {"x": [1.0, None, 3.0], "y": [None, 3.0, 1.0]}
    yield Sample("blanks", b"x,y\n1,\n,3\n3,1\n", gaps)
    yield Sample("blanks", b"x,y\n1,NA\nn/a,3\n3,1\n", gaps, said=("blank_marks", "blank_marks"))
    yield Sample("blanks", b"x,y\n1,-\n?,3\n3,1\n", gaps, said=("blank_marks", "blank_marks"))
    yield Sample("blanks", b"x,y\n1,NaN\nnull,3\n3,1\n", gaps, said=("blank_marks", "blank_marks"))
    dates = {"day": ["2020-01-01", "2020-01-02"], "y": [1.0, 2.0]}
    yield Sample("dates", b"day,y\n2020-01-01,1\n2020-01-02,2\n", dates, said=("dates",))
    yield Sample(
        "dates",
        b"day,y\n01.02.2020,1\n02.02.2020,2\n",
        {"day": ["01.02.2020", "02.02.2020"], "y": [1, 2]},
        said=("dates",),
    )
    mixed = {"x": [1.0, 2.0, 3.0], "y": ["2", "oops", "1"]}
    yield Sample("a word among numbers", b"x,y\n1,2\n2,oops\n3,1\n", mixed, said=("not_numbers",))
    yield Sample(
        "a word among numbers", b"x,y\n1,2\n2,inf\n3,1\n", {**mixed, "y": ["2", "inf", "1"]}, said=("not_numbers",)
    )


def uneven_rows() -> Iterator[Sample]:
    yield Sample("trailing separators", b"x,y,\n1,2,\n2,3,\n3,1,\n", XY, said=("columns_empty",))
    yield Sample("trailing separators", b"x,y\n1,2,,\n2,3,,\n3,1,,\n", XY, said=("columns_empty",))
    yield Sample("ragged", b"x,y\n1,2\n2\n2,3\n3,1\n", XY, said=("ragged",))
    yield Sample("ragged", b"x,y\n1\n1,2\n2,3\n3,1\n", XY, said=("ragged",))
    yield Sample("ragged", b"x,y\n1,2\n2,3,4\n2,3\n3,1\n", XY, said=("ragged",))


def quotes() -> Iterator[Sample]:
    quoted = {"text": ["a\nb", "c, d", 'e "f"'], "n": [1.0, 2.0, 3.0]}
    yield Sample("quotes", b'text,n\n"a\nb",1\n"c, d",2\n"e ""f""",3\n', quoted)
    yield Sample(
        "quotes",
        b'"text"\t"n"\r\n"a\r\nb"\t1\r\n"c, d"\t2\r\n"e ""f"""\t3\r\n',
        quoted,
        separator="tab",
        said=("tabs",),
    )


def line_ends() -> Iterator[Sample]:
    yield Sample("line ends", plain(end="\r\n").encode(), XY)
    yield Sample("line ends", plain(end="\r").encode(), XY)
    yield Sample("line ends", b"\n\n" + plain(end="\n\n").encode().rstrip(), XY)


def others() -> Iterator[Sample]:
    for value in (
        [{"x": 1, "y": 2}, {"x": 2, "y": 3}, {"x": 3, "y": 1}],
        {"data": [{"x": 1, "y": 2}, {"x": 2, "y": 3}, {"y": 1, "x": 3}], "n": 3},
    ):
        yield Sample("JSON records", json.dumps(value).encode(), XY, name="a.json")
    records = b'{"x": 1, "y": 2}\n{"x": 2, "y": 3}\n{"x": 3, "y": 1}\n'
    yield Sample("JSON records", records, XY, name="a.jsonl")
    yield Sample("JSON records", b'[{"x": 1}, {"x": 2, "w": "a"}]', {"x": [1.0, 2.0], "w": ["", "a"]}, name="a.json")
    yield Sample("JSON columns", json.dumps(XY).encode(), XY, name="a.json")
    yield Sample(
        "JSON columns",
        b'{"x": {"0": 1, "1": 2, "2": 3}, "y": {"0": 2, "1": 3, "2": null}}',
        {"x": [1, 2, 3], "y": [2, 3, None]},
        name="a.json",
    )
    yield Sample("JSON lists", b"[[1, 2], [3, 4], [5, 6]]", ROWS, "no", name="a.json")
    yield Sample("JSON lists", b'[["x", "y"], [1, 2], [2, 3], [3, 1]]', XY, name="a.json")
    array = np.array([[1, 2], [3, 4], [5, 6]])
    yield Sample("NPY", npy(array), ROWS, "no", name="a.npy")
    yield Sample("NPY", npy(array[:, 0].astype(np.float32)), {"0": [1, 3, 5]}, "no", name="a.npy")
    yield Sample("NPZ", npz(x=XY["x"], y=XY["y"]), XY, name="a.npz")
    yield Sample("NPZ", npz(a=array, name="text"), ROWS, "no", name="a.npz")
    run = {"step": [0.0, 1.0, 2.0], "loss": [None, 0.5, 0.25], "event": ["", "", "converged"]}
    text = b'# recipe: {"topic": "kmeans"}\nstep,loss,event\n0,,\n1,0.5,\n2,0.25,converged\n'
    yield Sample("our own", text, run, index="step")
    numbers = {"step": run["step"], "loss": run["loss"]}
    value = {"topic": "kmeans", "step": [0, 1, 2], "series": {"loss": [None, 0.5, 0.25]}, "arrays": {"W": [[1]]}}
    yield Sample("our own", json.dumps(value).encode(), numbers, index="step", name="a.json")
    archive = npz(step=[0, 1, 2], loss=[np.nan, 0.5, 0.25], W=np.ones((3, 2)), recipe="{}")
    yield Sample("our own", archive, numbers, said=("npz_left",), index="step", name="a.npz")


def npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


SAMPLES = [
    *encodings(), *separators(), *numbers(), *rows_of_names(), *running_numbers(), *rows_apart(),
    *cells_without_numbers(), *uneven_rows(), *quotes(), *line_ends(), *others(),
]  # fmt: skip


def plainly(table: Table) -> Mapping[str, Any]:
    """Return the columns of a table as lists, None for a blank among numbers."""
    columns = {name: table.columns[name] for name in table.names}
    return {
        name: list(column)
        if isinstance(column, tuple)
        else [None if cell != cell else cell for cell in column.tolist()]
        for name, column in columns.items()
    }


def faults(sample: Sample) -> list[str]:
    """Return what is not as it should be: guesses, cells, what is said."""
    table = table_of(sample.data, sample.name)
    pairs = {
        "reading": (table.reading, sample.reading()),
        "columns": (plainly(table), sample.columns),
        "said": (tuple(remark.key for remark in table.remarks), sample.said),
        "index": (table.index, sample.index),
    }
    return [f"{part}: {found} instead of {wanted}" for part, (found, wanted) in pairs.items() if found != wanted]


def summary() -> dict[str, tuple[int, int]]:
    """Return of each kind how many files are read as they should be, and how many there are."""
    kinds = dict.fromkeys(sample.kind for sample in SAMPLES)
    right = {kind: [not faults(sample) for sample in SAMPLES if sample.kind == kind] for kind in kinds}
    return {kind: (sum(results), len(results)) for kind, results in right.items()}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.kind)
def test_a_file_is_read_as_it_is_meant(sample: Sample) -> None:
    assert faults(sample) == []


def test_there_are_two_files_of_each_kind() -> None:
    counts = summary()
    assert sum(count for _, count in counts.values()) >= 80
    assert [kind for kind, (_, count) in counts.items() if count < 2] == []


if __name__ == "__main__":
    for kind, (right, count) in summary().items():
        sys.stdout.write(f"{kind:24} {right} of {count}\n")
