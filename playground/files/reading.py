"""How a file of data is read, and what is said of it: the plain values that the stages of reading hand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

AUTO = "auto"
ENCODINGS = (AUTO, "utf-8", "utf-16", "gb18030", "shift_jis", "latin-1")  # offered; any codec of Python's is taken
SEPARATORS = (AUTO, ",", ";", "tab", "|", "space")
MAX_ROWS = 1_000_000
DECIMALS = (AUTO, ".", ",")
BETWEEN = "|"  # cells that are taken for blank: a comma may stand in one


@dataclass(frozen=True)
class Reading:
    """How a file is read; `auto` is to be guessed. The keys of `--read` are its fields."""

    header: Literal["auto", "yes", "no"] = "auto"
    encoding: str = AUTO
    separator: str = AUTO  # as SEPARATORS writes them
    decimal: str = AUTO
    blank: Literal["drop", "refuse", "keep"] = "drop"  # rows with a blank among the chosen columns
    missing: str = ""  # cells that are taken for blank, with BETWEEN between them


GUESSED = Reading()


@dataclass(frozen=True)
class Remark:
    """What was guessed, left out or changed, as a key of the texts (`remark.<key>`) and the values of its sentence."""

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
