"""Files a user gives as a value: tables, JSON, arrays, texts and pictures."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from core.run.values import read_npy
from playground.files.columns import columns_of
from playground.files.pictures import picture_of
from playground.words.quoting import short, short_path

LARGEST_FILE = 32 * 2**20
_COLUMNS = re.compile(r'(.+\.csv):((?:[^:"]|"[^"]*")*)', re.IGNORECASE | re.DOTALL)


def read_values(path: str, parameter: Parameter) -> dict[str, Any]:
    """Return what a file holds as the value of a parameter, and of the one its last column goes to, by name.

    `a.csv` gives as many columns as the parameter takes, `a.csv:x,y` the columns named. Raises Refusal naming file and
    fault.
    """
    with_columns = _COLUMNS.fullmatch(path)
    name, chosen = (with_columns[1], with_columns[2]) if with_columns else (path, "")
    field = parameter.name
    data = read_bytes(Path(name), field)
    ending = Path(name).suffix.lower()
    if ending == ".csv":
        return columns_of(data, _names(chosen), parameter)
    read = _READERS.get(ending)
    value = _value(data, name, field, read) if read else picture_of(data, field, name).pixels
    if parameter.kind == "texts" and isinstance(value, str):
        value = [line.strip() for line in value.splitlines() if line.strip()]
    return {field: value}


def _names(chosen: str) -> list[str]:
    """Return the names in `a,"b, c"`, quoted as CSV does."""
    return [name.strip() for name in next(csv.reader([chosen], skipinitialspace=True), [])]


def columns_text(names: Iterable[str]) -> str:
    """Return names of columns as they stand behind the name of a file."""
    return f":{','.join(map(_quoted, names))}"


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""')) if set(name) & set(',:"\r\n') else name


def _value(data: bytes, path: str, field: str, read: Callable[[bytes], Any]) -> Any:
    """Return what a reader makes of bytes. Raises Refusal naming file and fault."""
    try:
        return read(data)
    except Refusal as refusal:
        raise replace(refusal, field=field) from None
    except Exception as error:  # a damaged array raises whatever its parser raises
        raise Refusal(field, "file_malformed", {"given": short_path(path), "reason": short(str(error))}) from None


@contextmanager
def malformed(field: str, name: str) -> Iterator[None]:
    """Refuse the file of that name where the reader of a damaged one raises whatever its parser raises."""
    try:
        yield
    except Refusal as refusal:
        raise replace(refusal, field=field) from None
    except Exception as error:
        raise Refusal(field, "file_malformed", {"given": short_path(name), "reason": short(str(error))}) from None


def read_bytes(path: Path, field: str) -> bytes:
    """Return the bytes of a file. Raises Refusal where it cannot be read or is larger than 32 MiB."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refusal(field, "file_unreadable", {"given": short_path(path), "reason": reason}) from None
    if len(data) > LARGEST_FILE:
        raise Refusal(field, "file_too_large", {"given": short_path(path), "allowed": f"{LARGEST_FILE // 2**20} MiB"})
    return data


def strict_json(text: str) -> Any:
    """Return what a JSON text says. Raises ValueError for anything that is not JSON to the letter, or too deep."""
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_distinct)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no number that JSON knows")


def _finite(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise ValueError(f"{short(text)} is too large")
    return value


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"“{short(twice)}” stands there twice")
    return table


def _json(data: bytes) -> Any:
    return strict_json(data.decode("utf-8-sig"))


def _npy(data: bytes) -> Any:
    array = read_npy(data)
    if array.dtype.kind == "b":
        raise ValueError("numbers are wanted, not truth values")
    return array


def _text(data: bytes) -> str:
    try:
        if 0 in data:
            raise UnicodeError
        return data.decode("utf-8-sig")
    except UnicodeError:
        raise ValueError("not UTF-8 text") from None


_READERS: dict[str, Callable[[bytes], Any]] = {".json": _json, ".npy": _npy, ".txt": _text}
