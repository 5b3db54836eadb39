"""Files of other kinds are refused by what they are, whatever they are called; tables that begin alike are read."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import sqlite3
import zipfile

import pytest

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from playground.files.text_to_table import table_of
from playground.files.wanted import kind_of, taken_of
from playground.words.refusals import sentence
from playground.words.texts import LANGUAGES, shared_texts

ARRAY = Parameter("kernel", "array", None)
CORPUS = Parameter("corpus", "text", "")


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x,y\n1,2\n")
    return file.getvalue()


def opened(mimetype: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("content.xml", "")
    return file.getvalue()


def database() -> bytes:
    with sqlite3.connect(":memory:") as base:
        base.execute("create table t (x)")
        return base.serialize()


STRANGERS = {
    "PDF": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "RTF": b"{\\rtf1\\ansi x,y\\par}",
    "Excel": zipped("[Content_Types].xml", "xl/workbook.xml"), "Word": zipped("word/document.xml"),
    "spreadsheet": opened("application/vnd.oasis.opendocument.spreadsheet"),
    "XLS": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "SQLite": database(),
    "Parquet": b"PAR1\x15\0\x15\0" + b"PAR1", "HDF5": b"\x89HDF\r\n\x1a\n\0\0",
    "MATLAB": b"MATLAB 5.0 MAT-file, x" + bytes(9),
    "SVG": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "pickle": pickle.dumps({"x": [1, 2]}, 4), "XML": b"\xef\xbb\xbf<?xml version='1.0'?><a/>",
    "Stata": b"<stata_dta><header>", "SPSS": b"$FL2@(#) x" + bytes(9),
    "SQL": b"-- MySQL dump 10.13\n/*!40101 SET x */;\nDROP TABLE IF EXISTS `t`;\nINSERT INTO `t` VALUES (1,2);\n",
    "R ": b'structure(list(x = c(1, 2)), class = "data.frame")', "DOT": b"digraph {\n a -> b;\n}\n",
    "Turtle": b"@prefix ex: <http://ex.org/> .\nex:a ex:knows ex:b .\n",
    "Matrix Market": b"%%MatrixMarket matrix coordinate real general\n3 3 1\n1 1 1.0\n",
    "GML": b'graph [\n  node [ id 0 label "a" ]\n]\n', "SQL ": b"INSERT INTO t (x, y) VALUES (1, 2);\n",
    "LIBSVM": b"1 1:0.5 2:0.3\n-1 1:0.2 7:0.9\n", "LIBSVM ": b"3 qid:1 1:1 2:0\n2 qid:1 1:0 2:1\n",
}  # fmt: skip
PACKED = {"gzip": gzip.compress(b"x,y\n1,2\n"), "ZIP": zipped("a.csv"), "7z": b"7z\xbc\xaf\x27\x1c\0\4"}


def refused(data: bytes, parameter: Parameter = ARRAY) -> Refusal:
    with pytest.raises(Refusal) as caught:
        taken_of(data, "given.csv", parameter)
    assert caught.value.field == parameter.name
    return caught.value


@pytest.mark.parametrize("kind", [*STRANGERS, *PACKED])
def test_a_stranger_is_named_with_a_way_out(kind: str) -> None:
    refusal = refused({**STRANGERS, **PACKED}[kind])
    assert refusal.key == ("file_packed" if kind in PACKED else "file_foreign")
    for language in LANGUAGES:
        said = sentence(refusal, language=language)
        assert "given.csv" in said
        assert kind in said or (kind, language) in (("spreadsheet", "zh"), ("RTF", "zh"))
        assert ("CSV" in said) == (kind not in PACKED)


def test_one_brought_for_a_text_is_none_either() -> None:
    assert refused(STRANGERS["PDF"], CORPUS).key == "file_foreign"
    assert refused(PACKED["gzip"], CORPUS).key == "file_packed"


def test_what_a_stranger_is_has_its_words_in_both_languages() -> None:
    kinds = {refused(data).values["kind"] for data in STRANGERS.values()}
    assert all(shared_texts().find("reasons", str(kind), language=language) for kind in kinds for language in LANGUAGES)


@pytest.mark.parametrize("name", ["ID3", "ORC", "PAR1", "CDF", "BZh", "PK"])
def test_a_table_may_have_such_a_name(name: str) -> None:
    assert table_of(f"{name},y\n1,2\n2,3\n".encode()).names == (name, "y")
    assert kind_of(json.dumps({name: [1]}).encode(), "a.json") == "json"


@pytest.mark.parametrize(
    "text",
    [
        "Insert into this hole\nthe key.\n",
        "Create table settings.\nSit.\n",
        "graph [km],y\n1,2\n",
        "structure,y\n1,2\n",
    ],
)
def test_words_that_begin_so_are_none(text: str) -> None:
    assert kind_of(text.encode(), "a.txt") == "text"


def test_a_row_of_vectors_is_one_only_where_every_row_is() -> None:
    assert table_of(b"1 1:0.5\n2 12:30\nx y\n").names == ("0",)
