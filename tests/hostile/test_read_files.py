"""Files damaged at random: each is one clear line or a table that holds together, soon, and nothing else is said.

`FUZZ=10000` in the environment tries so many of each kind.
"""

from __future__ import annotations

import io
import json
import os
import resource
import time
import zipfile
from typing import Any

import numpy as np
import pytest

from core.run.refusal import Refusal
from playground.files.bytes_to_text import text_of
from playground.files.reading import Reading
from playground.files.text_to_table import Table, table_of
from playground.words.refusals import sentence
from playground.words.texts import LANGUAGES, shared_texts

COUNT = int(os.environ.get("FUZZ", "200"))
LONGEST = 2.0  # seconds of the processor: others on the machine do not count
MOST = 2**30  # bytes of memory
TOKENS = [
    b'"', b"'", b",", b";", b"\t", b"|", b" ", b"\n", b"\r", b"\r\n", b"\0", b"#", b"%", b"sep=,\n", b"1e999", b"-",
    b"nan", b"1,5", b"1.234,5", b"inf", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x81", b"\xc4\xe3", b"1%",
    b"{", b"}", b"[", b"]", b":", b"null", b"9" * 400, b"[" * 2000, b"\n" * 50, b",," * 300, b"\\u0000", b"<html>",
    b"12:30", b"\xe2\x80\xaf", b"sep=\xc3\xa9\n",
]  # fmt: skip


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def npy(array: Any) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


RECORDS = [{"x": i, "y": i / 3, "who": "abc"[i % 3]} for i in range(20)]
SEEDS: dict[str, list[bytes]] = {
    "csv": [
        b"x,y,who\n" + b"1,2.5,a\n-3,,b\n4e5,NA,c\n" * 8,
        "größe;n\n1,5;1.234\n2,5;20\n".encode("cp1252") * 3,
        "姓名\t身高\n张三\t171\n李四\t165\n".encode("gb18030") * 3,
        'text,label\n"a\nb, ""c""",1\nplain,0\n'.encode("utf-16") * 2,
        b"# recipe: {}\nstep,loss,event\n0,,\n1,0.5,\n2,0.25,converged\n",
        b"  1   2  3\n 4 5   6\n" * 6,
        b"length,weight\ncm,kg\n" + b"1,$2\n3,4%\n" * 5,
    ],
    "json": [
        json.dumps(RECORDS).encode(),
        json.dumps({"x": [1, None, 3], "y": ["1,5", "b", None]}).encode(),
        json.dumps([[1, 2], [3, 4.5]]).encode(),
        b'{"x": 1, "y": 2}\n{"x": 2}\n' * 3,
        json.dumps({"columns": ["a", "b"], "index": [0, 1], "data": [[1, 2], [3, 4]]}).encode(),
        json.dumps({"x": {"0": 1, "1": 2}, "y": {"0": 3, "1": 4}}).encode(),
        json.dumps({"step": [0, 1], "series": {"loss": [None, 0.5]}}).encode(),
    ],
    "npy": [npy(np.arange(12.0).reshape(6, 2)), npy(np.arange(9, dtype=np.int8)), npy(np.ones((2, 2, 2)))],
    "npz": [
        npz(x=np.arange(5.0), y=np.ones(5)),
        npz(a=np.ones((3, 3)), recipe="{}"),
        npz(step=[0, 1], W=np.ones((2, 2))),
    ],
}
SEEDS["text"] = SEEDS["csv"] + ["今天天气很好。\n".encode("big5") * 5, "今日は良い天気です。\n".encode("cp932") * 5]


def mutated(data: bytes, rng: np.random.Generator) -> bytes:
    """Return bytes in which a few places are changed, left out, said twice, or hold something of note."""
    for _ in range(int(rng.integers(1, 6))):
        a, b = sorted(rng.integers(0, len(data) + 1, 2).tolist())
        token = TOKENS[int(rng.integers(len(TOKENS)))]
        match int(rng.integers(6)):
            case 0:
                data = data[:a] + token + data[a:]
            case 1:
                data = data[:a] + token + data[b:]
            case 2:
                data = data[:a] + data[min(a + 3, b) :]
            case 3:
                data = data[:a] + data[a:b] * int(rng.integers(2, 5)) + data[b:]
            case 4:
                data = data[:a] + bytes(rng.integers(0, 256, 2).tolist()) + data[a + 2 :]
            case _:
                data = data[:b] if rng.integers(3) == 0 else data[a:]
    return data[:20_000]


def check_whole(table: Table) -> None:
    assert len(set(table.names)) == len(table.names) == len(table.columns) > 0
    assert {len(column) for column in table.columns.values()} == {len(table.lines)}
    assert len(table.lines) > 0
    assert "auto" not in (table.reading.header, table.reading.encoding, table.reading.separator, table.reading.decimal)
    for column in table.columns.values():
        assert isinstance(column, tuple) or not np.isinf(column).any()
    for remark in table.remarks:
        for language in LANGUAGES:
            assert shared_texts().get("remark", remark.key, language=language).format_map(remark.values)


def check_said(refusal: Refusal) -> None:
    assert refusal.field == "data"
    for language in LANGUAGES:
        said = sentence(refusal, language=language)
        assert said
        assert "\n" not in said
        assert said.isprintable()


def settings(rng: np.random.Generator) -> Reading:
    """Return mostly what is guessed, at times what somebody chose."""
    if rng.integers(4):
        return Reading()
    header = rng.choice(["auto", "yes", "no"])
    encoding = rng.choice(["auto", "utf-8", "gb18030", "latin-1", "utf-16", "shift_jis"])
    separator = rng.choice(["auto", ",", ";", "tab", "|", "space"])
    return Reading(header, str(encoding), str(separator), str(rng.choice(["auto", ".", ","])))


def most_memory() -> int:
    """Return the most that this process has held so far, in bytes; tests before this one count."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.filterwarnings("error")  # outside of tests they would stand on stderr
@pytest.mark.parametrize("kind", ["csv", "json", "npy", "npz"])
def test_a_damaged_table_is_refused_or_holds_together(kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(0)
    slowest, before = 0.0, most_memory()
    for _ in range(COUNT):
        seeds = SEEDS[kind]
        data = mutated(seeds[int(rng.integers(len(seeds)))], rng)
        reading, began = settings(rng), time.process_time()
        try:
            check_whole(table_of(data, f"a.{kind}", reading))
        except Refusal as refusal:
            check_said(refusal)
        except Exception as error:
            raise AssertionError(f"{error!r} for {data!r}, {reading}") from error
        slowest = max(slowest, time.process_time() - began)
    assert slowest < LONGEST
    assert most_memory() - before < MOST
    assert capfd.readouterr() == ("", "")


def test_damaged_text_is_refused_or_is_text(capfd: pytest.CaptureFixture[str]) -> None:
    rng = np.random.default_rng(1)
    for _ in range(COUNT):
        data = mutated(SEEDS["text"][int(rng.integers(len(SEEDS["text"])))], rng)
        began = time.process_time()
        try:
            found = text_of(data, settings(rng).encoding)
            assert "\0" not in found.text
            found.text.encode()  # no halves of characters
        except Refusal as refusal:
            check_said(refusal)
        assert time.process_time() - began < LONGEST
    assert capfd.readouterr() == ("", "")


# ---- by hand

NESTED = b"[" * 100_000 + b"]" * 100_000
HUGE = b'{"x": [' + b"9" * 5000 + b"]}"


def bomb() -> bytes:
    """An archive of a few kilobytes that says it holds a gigabyte."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("x.npy", "w", force_zip64=True) as entry,
    ):
        for _ in range(300):
            entry.write(bytes(2**20))
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "csv_empty"), (b"\n \n\t\n", "csv_empty"), (b"\xef\xbb\xbf", "csv_empty"), (b",,\n,,\n", "csv_empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "text_binary"), (b"x,y\n1,\0\n2,3\n", "text_binary"),
        (b"x,y\n1,2\n" * 9 + "3,花".encode()[:-1], "text_damaged"),
        ("身高,体重\n".encode() + b"1,\xff\n", "text_damaged"),
        (b"x,y\n", "csv_no_rows"), (b'x,y\n1,2\n3,"4\n5,6\n', "csv_unreadable"),
        (b"1,2\n3\n4\n5,6\n", "csv_ragged"), (b"<!DOCTYPE html>\n<html>\n", "csv_web_page"),
        (b",".join([b"1"] * 2000) + b"\n", "csv_too_many_columns"), (b"1\n" * 1_000_002, "csv_too_many_rows"),
        (NESTED, "json_malformed"), (HUGE, "json_malformed"), (b'{"a": 1, "a": 2}', "json_malformed"),
        (b'{"x": Infinity}', "json_malformed"), (b'{"x": [1, 2], "y": [3]}', "json_lengths"), (b"[]", "json_no_table"),
        (b'{"columns": ["a"], "data": [[1, 2]]}', "json_no_table"), (b'{"rows": [{"x": 1}, 2]}', "json_no_table"),
        (b'{"x": {"0": 1, "1": 2}, "y": {"1": 1, "0": 2}}', "json_no_table"),
        (b'[{"x": [1, 2, 3, 4]}]', "json_no_table"), (npy(np.ones((2, 2, 2))), "array_no_table"),
        (npy(np.ones(3))[:-1], "array_malformed"), (npy(np.array([1j])), "array_malformed"),
        (npz(a=np.ones((2, 2)), b=np.ones((2, 2))), "npz_no_table"), (b"PK\x03\x04abc", "array_malformed"),
        (bomb(), "npz_too_large"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_its_name(data: bytes, key: str) -> None:
    with pytest.raises(Refusal) as caught:
        table_of(data)
    assert caught.value.key == key
    check_said(caught.value)


def test_a_refusal_names_the_line() -> None:
    for data, line in ((b'x,y\n1,2\n3,"4\n5,6\n', 3), (b"1,2\n3\n4\n5,6\n", 2)):
        with pytest.raises(Refusal) as caught:
            table_of(data)
        assert caught.value.values["line"] == line
