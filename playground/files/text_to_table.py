"""From bytes to a table: named columns of numbers or of texts, whatever kind of table the file holds."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from core.run.refusal import Refusal
from core.run.values import Floats, locked
from playground.files import arff, cells
from playground.files.arrays import NPY, NPZ, npy_columns, npz_columns
from playground.files.as_written import AsWritten
from playground.files.body import Body, body_of
from playground.files.bytes_to_text import Text, text_of
from playground.files.headings import Heading, distinct, heading_of, index_of
from playground.files.json_table import json_columns
from playground.files.labelled_lines import as_csv, is_fasttext
from playground.files.missing import far_numbers, marks_of, numbers_without, texts_without, without_marked
from playground.files.reading import GUESSED, Reading, Remark
from playground.files.rows_apart import without_foot, without_names
from playground.files.separated import Sheet, sheet_of
from playground.files.separator import sign_of
from playground.files.strangers import check_known, check_no_vectors
from playground.words.quoting import short

Column = Floats | tuple[str, ...]  # nan, or an empty text, where a cell is blank
MAX_BYTES = 32 * 2**20


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of equal length by name, and how they were read."""

    names: tuple[str, ...]
    columns: dict[str, Column]
    lines: Sequence[int]  # of each row, the line of the file it begins in, or its place in an array, counted from 1
    reading: Reading  # nothing in it is `auto`; `blank` as given
    remarks: tuple[Remark, ...] = ()
    index: str | None = None  # the column that only counts the rows; never proposed for numbers
    written: AsWritten | None = None  # what stands in the file where the columns are of numbers


def table_of(
    data: bytes, name: str = "", reading: Reading = GUESSED, field: str = "data", most: int | None = None
) -> Table:
    """Return the table that a file holds, told by what is in it; with `most` only its first rows.

    `name` is the file's: JSON is read as such only where it is called so or begins so. Raises Refusal naming what is
    wrong, and where.
    """
    if len(data) > MAX_BYTES:
        raise Refusal(field, "file_too_large", {"given": name, "allowed": f"{MAX_BYTES // 2**20} MiB"})
    check_known(data, name, field)
    if data.startswith(NPY):
        return _of_arrays(npy_columns(data, field), [], reading, most)
    if data.startswith(NPZ):
        return _of_arrays(*npz_columns(data, field), reading, most)
    text = _text(data, reading, field)
    if text.text[:100].lstrip()[:14].lower().startswith(("<!doctype html", "<html", "<table")):
        raise Refusal(field, "csv_web_page")
    check_no_vectors(text.text, name, field)
    if _is_json(text, name):
        return _of_json(text, reading, field, most)
    if arff.is_arff(text.text):
        text = replace(text, text=arff.as_csv(text.text, field))
        reading = replace(reading, header="yes", separator=",", decimal=".")
        return _of_rows(text, b"", reading, field, most, [Remark("arff")])
    if is_fasttext(text.text):
        text, reading = replace(text, text=as_csv(text.text)), replace(reading, header="no", separator=",")
        return _of_rows(text, b"", reading, field, most, [Remark("fasttext")])
    return _of_rows(text, data if _is_plain(data, text) else b"", reading, field, most)


def _is_plain(data: bytes, text: Text) -> bool:
    return text.encoding == "utf-8" and not data.startswith(BOM_UTF8)


def _is_json(text: Text, name: str) -> bool:
    """Tell whether a text is called JSON, or begins and ends as such; a heading such as `[cm],[kg]` does not."""
    begins, ends = text.text[:100].lstrip()[:1], text.text[-100:].rstrip()[-1:]
    return name.lower().endswith((".json", ".jsonl", ".ndjson")) or begins + ends in ("{}", "[]")


def _text(data: bytes, reading: Reading, field: str) -> Text:
    try:
        return text_of(data, reading.encoding)
    except Refusal as refusal:
        raise replace(refusal, field=field) from None


def _of_arrays(arrays: dict[str, Any], remarks: list[Remark], reading: Reading, most: int | None) -> Table:
    columns = {name: _array_column(array[:most]) for name, array in arrays.items()}
    found = _read_as(reading, any(not name.isdecimal() for name in arrays), "utf-8")
    return _table(columns, _places(columns), found, remarks, tuple(columns))


def _array_column(array: Any) -> Column:
    return tuple(map(str, array)) if array.dtype.kind == "U" else locked(np.array(array, float))


def _places(columns: dict[str, Column]) -> range:
    return range(1, len(next(iter(columns.values()))) + 1)


def _table(
    columns: dict[str, Column],
    lines: Sequence[int],
    reading: Reading,
    remarks: list[Remark],
    called: Sequence[str],
    written: AsWritten | None = None,
) -> Table:
    """Return a table; its columns are `called` so in the file, where they have no name there not at all."""
    marks = marks_of(reading.missing)
    columns = {name: numbers_without(column, marks) for name, column in columns.items()}
    names = tuple(columns)
    numbers = [column if isinstance(column, np.ndarray) else None for column in columns.values()]
    index = index_of(names, called, numbers, reading.header == "yes")
    return Table(names, columns, lines, reading, (*remarks, *far_numbers(columns)), index, written)


def _of_json(text: Text, reading: Reading, field: str, most: int | None) -> Table:
    named, given = json_columns(text.text, field)
    names, said = distinct(named or list(map(str, range(len(given)))))
    read = [_json_column(column, name, reading, field) for name, column in zip(names, given, strict=True)]
    columns = {name: _first(column, most) for name, (column, _) in zip(names, read, strict=True)}
    remarks = _encoded(text) + said + [remark for _, remarks in read for remark in remarks]
    found = _read_as(reading, named is not None, text.encoding)
    written = AsWritten(partial(_json_texts, names, given))
    return _table(columns, _places(columns), found, remarks, named or names, written)


def _json_column(given: list[Any], name: str, reading: Reading, field: str) -> tuple[Any, list[Remark]]:
    """Return a column of JSON values: of numbers as they are, else of what its texts say."""
    if _are_numbers(given):
        return _floats(given, field), []
    texts = texts_without(_as_texts(given), marks_of(reading.missing))
    read = cells.columns_of([texts], [name], range(1, len(texts) + 1), reading.decimal)
    return read.columns[0], read.remarks


def _json_texts(names: Sequence[str], given: list[list[Any]]) -> tuple[dict[str, Any], cells.Lines]:
    columns = {name: _as_texts(column) for name, column in zip(names, given, strict=True) if not _are_numbers(column)}
    return columns, range(1, len(given[0]) + 1)


def _are_numbers(given: list[Any]) -> bool:
    return set(map(type, given)) <= {int, float, type(None)}


def _as_texts(given: list[Any]) -> Any:
    import pyarrow as pa

    return pa.array([None if cell is None else str(cell) for cell in given], pa.string())


def _floats(given: list[Any], field: str) -> Floats:
    """Return numbers of JSON as floats. Raises Refusal for one that is too large to be one."""
    try:
        column = np.array([np.nan if cell is None else cell for cell in given], dtype=float)
    except OverflowError:
        column = np.array([np.inf])
    if np.isinf(column).any():
        raise Refusal(field, "json_malformed", {"reason": "numbers must be finite"})
    return locked(column)


def _of_rows(
    text: Text, data: bytes, reading: Reading, field: str, most: int | None, said: Sequence[Remark] = ()
) -> Table:
    sheet = sheet_of(text.text, data, reading, field)
    heading = heading_of(sheet.sample, sheet.noted, reading)
    if heading.rows >= len(sheet.sample):
        raise Refusal(field, "csv_no_rows", {"given": heading.names[0]})
    plain = reading.decimal != "," and not _holds_codes(sheet, heading)
    begin = _first_line(sheet, heading)
    body = without_foot(body_of(sheet, begin, len(heading.names), plain, field))
    body = without_marked(without_names(body, heading.written), marks_of(reading.missing))
    read = cells.columns_of(body.cells, heading.names, body.lines, reading.decimal)
    kept = [place for place, name in enumerate(heading.written) if name or not heading.header or _holds(body, place)]
    columns = {heading.names[place]: _first(read.columns[place], most) for place in kept}
    remarks = [*_encoded(text), *said, *_commented(sheet, heading), *sheet.remarks, *heading.remarks]
    remarks += [*_unnamed(heading, kept), *body.remarks, *read.remarks, *_doubts(sheet, heading, read)]
    found = _read_as(reading, heading.header, text.encoding, sheet.separator, read.decimal)
    called = [heading.written[place] for place in kept]
    written = AsWritten(partial(_texts_of, sheet, begin, heading.names, field))
    return _table(columns, _lines(body.lines[:most]), found, remarks, called, written)


def _texts_of(sheet: Sheet, begin: int, names: Sequence[str], field: str) -> tuple[dict[str, Any], cells.Lines]:
    body = body_of(sheet, begin, len(names), False, field)
    return dict(zip(names, body.cells, strict=True)), body.lines


def _holds_codes(sheet: Sheet, heading: Heading) -> bool:
    """Tell whether codes stand in a table, of which the zeros in front are to be kept."""
    rows = (row for row in sheet.sample[heading.rows :] if len(row) == len(heading.names))
    columns = list(zip(*rows, strict=True))
    are_whole = any(map(cells.are_digits, columns))  # else none below is of codes, and nothing is looked for
    is_coded = are_whole and cells.begin_as_codes(sheet.data, sign_of(sheet.separator))
    return is_coded or any(map(cells.are_codes, columns))


def _holds(body: Body, place: int) -> bool:
    """Tell whether anything stands in a column: what ends every row with a separator makes one that is empty."""
    return bool(body.cells[place].null_count < len(body.cells[place]))


def _first_line(sheet: Sheet, heading: Heading) -> int:
    """Return the line in which the data begin."""
    return sheet.follows[heading.rows - 1] if heading.rows else sheet.first


def _doubts(sheet: Sheet, heading: Heading, read: cells.Read) -> Iterator[Remark]:
    """Yield what may be misread: a point in a file of semicolons, as countries with a decimal comma write them."""
    if sheet.separator != ";" or read.decimal != ".":
        return
    rows = [row for row in sheet.sample[heading.rows :] if len(row) == len(heading.names)]
    for name, column, written in zip(heading.names, read.columns, zip(*rows, strict=True), strict=True):
        if isinstance(column, np.ndarray) and (given := cells.doubtful(written)):
            yield Remark("point", {"column": short(name), "given": given})


def _unnamed(heading: Heading, kept: list[int]) -> Iterator[Remark]:
    """Yield what is said of columns without a name: those that hold nothing are gone, the first is an index."""
    if gone := len(heading.names) - len(kept):
        yield Remark("columns_empty", {"count": gone})
    empty = sum(not heading.written[place] for place in kept if place)
    if heading.header and empty:
        yield Remark("names_empty", {"count": empty})


def _commented(sheet: Sheet, heading: Heading) -> list[Remark]:
    """Return what is said of comments; one that names the columns is none."""
    count = sheet.comments - (heading.header and not heading.rows)
    return [Remark("comments", {"count": count})] if count else []


def _read_as(reading: Reading, header: bool, encoding: str, separator: str = ",", decimal: str = ".") -> Reading:
    return Reading("yes" if header else "no", encoding, separator, decimal, reading.blank, reading.missing)


def _encoded(text: Text) -> list[Remark]:
    return [] if text.encoding == "utf-8" else [Remark("encoding", {"given": text.encoding})]


def _lines(lines: Any) -> Sequence[int]:
    """Return numbers of lines; those that follow each other as a range, which takes no memory."""
    first, count = int(lines[0]), len(lines)
    return range(first, first + count) if lines[-1] - first == count - 1 else tuple(map(int, lines))


def _first(column: Any, most: int | None) -> Column:
    """Return the first cells of a column, texts as plain texts."""
    if isinstance(column, np.ndarray):
        return column if most is None else locked(column[:most].copy())
    cells = column if most is None else column[:most]
    coded = cells.dictionary_encode()  # a word that stands often is made once
    words = ["" if word is None else word for word in coded.dictionary.to_pylist()] + [""]
    return tuple(map(words.__getitem__, coded.indices.fill_null(len(words) - 1).to_pylist()))
