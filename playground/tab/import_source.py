"""What is brought to a tab, as a file, dropped or pasted: what it can be, and which parameters can take it as that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath
from typing import Literal

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from playground.files.bytes_to_text import text_of
from playground.files.reading import GUESSED, Reading
from playground.files.table_columns import numeric_names, words
from playground.files.text_to_table import Table, table_of
from playground.files.wanted import kind_of, wanted

Form = Literal["table", "picture", "text"]

_PROSE = (".txt", ".md")
_TABLES = (".csv", ".tsv", ".tab", ".dat", ".data")
_SAMPLE = 2**16  # bytes that tell what it is
_ROWS = 50
_WORDS = 3  # of a triple
_AT_ONCE = 2**20  # bytes that are read to learn that
_ARRAYS = ("array", "open choice")  # kinds that take columns of numbers
_LISTS = ("table", "texts", "rows")  # kinds that take columns, where they have ids that stand for data


@dataclass(frozen=True)
class Source:
    """What was brought: the name it is called by, and its bytes."""

    name: str
    data: bytes

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """What it can be, what it most likely is first; nothing where no part of the program reads it."""
        return _forms_of(self)

    @cached_property
    def sample(self) -> Table | None:
        """Its first rows, where it can be told from few that it is a table."""
        return _sample(self, GUESSED)

    @cached_property
    def rows(self) -> Table | None:
        """Its first rows as those of words: of three words with blanks between, a point behind them or none."""
        if self.sample is None or len(self.sample.names) > 1 or self.kind != "text":
            return self.sample
        cut = _sample(self, replace(GUESSED, separator="space"))
        return cut if cut and _are_triples(cut) else self.sample

    @cached_property
    def kind(self) -> str:
        """What kind of file it is, as `kind_of` says."""
        return kind_of(self.data, self.name)

    @property
    def ending(self) -> str:
        """What its name ends in, in small letters; nothing for what was pasted."""
        return PurePath(self.name).suffix.lower()


@dataclass(frozen=True)
class Use:
    """A parameter that can take what was brought, and as what."""

    parameter: Parameter
    form: Form


def _sample(source: Source, reading: Reading) -> Table | None:
    data = first_lines(source.data, _SAMPLE) if source.kind == "text" else source.data
    try:
        return table_of(data, source.name, reading, most=_ROWS) if len(data) <= _AT_ONCE else None
    except Refusal:
        return None


def _are_triples(cut: Table) -> bool:
    """Tell whether three words stand in every row, and no sentence: none ends in a point."""
    last = set(words(cut, cut.names[-1]))
    is_three = len(cut.names) == _WORDS or (len(cut.names) == _WORDS + 1 and last == {"."})
    is_prose = any(len(word) > 1 and word.endswith((".", "!", "?")) for word in last)
    return is_three and not is_prose and all(remark.key != "ragged" for remark in cut.remarks)


def _forms_of(source: Source) -> tuple[Form, ...]:
    if source.kind != "text":
        return ("picture",) if source.kind == "picture" else ("table",)
    if not _is_text(source.data):
        return ()
    if source.ending in _TABLES:
        return ("table",)
    if source.sample and any(remark.key == "fasttext" for remark in source.sample.remarks):
        return ("table", "text")
    if source.sample is None or not numeric_names(source.sample):
        return ("text", "table") if source.rows and len(source.rows.names) >= _WORDS else ("text",)
    return ("text", "table") if source.ending in _PROSE else ("table", "text")


def _is_text(data: bytes) -> bool:
    try:
        return bool(text_of(data[: _SAMPLE - _SAMPLE % 4]).text.strip())
    except Refusal:
        return b"\0" not in data[:_SAMPLE] and bool(data)  # cut within a letter, or to be read by a choice of encoding


def first_lines(data: bytes, most: int) -> bytes:
    """Return the whole lines among the first bytes; of a text without a break its beginning.

    In UTF-16, whose letters begin at even places, a break may be followed by its other half, which is 0.
    """
    sample = data[:most]
    if len(sample) == len(data):
        return data
    end = sample.rfind(b"\n") + 1
    has_half = end % 2 == 1 and data[end : end + 1] == b"\0"
    return data[: end + has_half] if end else sample


def uses_of(source: Source, parameters: Iterable[Parameter]) -> tuple[Use, ...]:
    """Return the parameters that can take something, the one it most likely is for first."""
    forms = source.forms
    found = [Use(parameter, form) for parameter in parameters for form in forms if takes(parameter, form)]
    return tuple(sorted(found, key=lambda use: (forms.index(use.form), _rank(use.parameter))))


def takes(parameter: Parameter, form: Form) -> bool:
    """Tell whether a parameter takes something of this form that nobody brought for it alone."""
    is_list = parameter.kind in _LISTS and bool(parameter.choices)
    if form == "table":
        is_array = parameter.kind in _ARRAYS and parameter.takes_arrays
        return parameter.mode != "view" and (is_array or is_list)
    return parameter.holds == form or (form == "text" and is_list and parameter.kind == "texts")


def fits(source: Source, use: Use) -> bool:
    """Tell whether a table has columns that can be taken, as far as its first rows show; all else may fit."""
    sample = source.rows if use.parameter.kind == "rows" else source.sample
    if use.form != "table" or sample is None:
        return True
    try:
        wanted(sample, use.parameter)
    except Refusal:
        return False
    return True


def _rank(parameter: Parameter) -> int:
    """Return a smaller number for what is data of one's own, a larger one for arrays beside them."""
    return 2 * (parameter.kind == "array") + (parameter.columns is None)


def use_for(source: Source, parameter: Parameter) -> Use:
    """Return as what a parameter takes something that was brought for it."""
    fitting = [form for form in source.forms if takes(parameter, form)]
    if not fitting and parameter.holds == "text":
        return Use(parameter, "text")
    is_picture = source.forms == ("picture",) and parameter.takes_arrays
    return Use(parameter, fitting[0] if fitting else "picture" if is_picture else "table")


def most_columns(parameter: Parameter) -> int | None:
    """Return how many columns of a table a parameter takes; None for any number."""
    if parameter.kind == "rows" and parameter.item is not None:
        return parameter.item.longest
    if parameter.kind in ("texts", "numbers"):
        return 2 if parameter.columns and parameter.columns.last else 1
    return parameter.columns.count if parameter.columns else None


def toggled(chosen: tuple[str, ...], name: str, names: tuple[str, ...], most: int | None) -> tuple[str, ...]:
    """Return the columns chosen after a click on one: it goes if it was, but for the last; else it comes.

    Where only so many are taken the one chosen first makes room; where any number is, they keep the table's order.
    """
    if name in chosen:
        return tuple(other for other in chosen if other != name) or chosen
    if most is None:
        return tuple(other for other in names if other == name or other in chosen)
    return (*chosen, name)[-most:]
