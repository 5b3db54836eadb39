"""Values of parameters as text in a field, and typed text as a value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from core.run.parameters import Parameter
from widgets.base import numbers

_LONGEST = 500  # characters in a field; formulas are shorter
_BEGINNING = 14


def written(value: object) -> str:
    """The shortest text that gives the value back; an array only tells its shape; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, np.ndarray):
        return _written_shape(value.shape) if value.ndim > 1 and len(value) else _written_list(value.tolist())
    if isinstance(value, list | tuple):
        return _written_list(value)
    return numbers.shortest(value) if isinstance(value, int | float) else str(value)


def of_file(file: str, value: object) -> str:
    """A file's name and how much of it there is: of an array its shape, of a text its characters."""
    if isinstance(value, str):
        count = QCoreApplication.translate("ParamForm", "{count} characters").format(count=numbers.count(len(value)))
        return f"{file} · {count}"
    return f"{file} · {_lengths(np.shape(value))}" if isinstance(value, np.ndarray) else written(value)


def in_one_line(value: object) -> str:
    """As `written`, but of a text of several lines, or a very long one, only the beginning: a field has one line."""
    text = written(value)
    line = " ".join(text[: 2 * _LONGEST].split())
    return text if len(text) <= _LONGEST and "\n" not in text else f"{line[:_BEGINNING].rstrip()}…"


def read(parameter: Parameter, text: str) -> object:
    """What a typed text means for a parameter; the text itself where it means nothing."""
    if not text.strip() and parameter.optional:
        return None
    if parameter.kind in ("number", "integer"):
        return _read_number(text, parameter.kind == "integer")
    if parameter.kind == "numbers":
        return _read_numbers(text)
    if parameter.kind in ("pair", "array") or (parameter.takes_arrays and text.strip().startswith("[")):
        return _read_list(text)
    return text


def _read_number(text: str, whole: bool) -> object:
    number = numbers.typed(text)
    if number is None:
        return _read_list(text)
    if whole and number.is_integer():
        plain = numbers.plain(text)
        return int(plain) if plain.lstrip("+-").isdecimal() else int(number)
    return number


def _read_list(text: str) -> object:
    plain = numbers.plain(text)
    for form in (plain, f"[{plain}]"):
        value = from_json(form, None)
        if isinstance(value, list) and (form == plain or len(value) > 1):
            return value
    return text


def _read_numbers(text: str) -> object:
    """A list in brackets or without, be it of one number."""
    value = _read_list(text)
    return value if isinstance(value, list) else _read_list(f"[{numbers.plain(text)}]")


def from_json(text: str, otherwise: object) -> Any:
    """What JSON says, `otherwise` where it says nothing; NaN and Infinity it does not know."""
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return otherwise


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _written_list(value: list[Any] | tuple[Any, ...]) -> str:
    if value and isinstance(value[0], list | tuple):
        return _written_shape(_shape(value))
    return json.dumps([_plain(item) for item in value], ensure_ascii=False)


def _written_shape(lengths: Sequence[int]) -> str:
    return QCoreApplication.translate("ParamForm", "{shape} array").format(shape=_lengths(lengths))


def _lengths(shape: Sequence[int]) -> str:
    return f" {chr(0xD7)} ".join(map(str, shape))


def _plain(item: object) -> object:
    """A whole float as an int, so that it is written without ".0"."""
    return int(item) if isinstance(item, float) and item.is_integer() and abs(item) < 1e15 else item


def _shape(value: object) -> list[int]:
    lengths = []
    while isinstance(value, list | tuple):
        lengths.append(len(value))
        value = value[0] if value else None
    return lengths
