"""Cells as numbers: blanks, decimal comma, thousands, signs of percent and money. pyarrow does the work on columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from core.run.values import Floats, Ints, locked
from playground.files.reading import AUTO, Remark
from playground.words.quoting import short

_TELLING = 100  # cells
_PADDED, _DIGITS = r"^0\d{2,}$", r"^\d*$"
_CODES = range(16, 31)  # digits, more than a number keeps
BLANKS = (
    "", "na", "n/a", "n.a.", "#n/a", "#n/v", "#nv", "<na>", "nan", "nat", "null", "(null)", "\\n", "none", "nil",
    "missing", "unknown", "not available", "not applicable", "no data",
    "n.d.", "k.a.", "k. a.", "无", "空", "空值", "缺失", "暂无", "未知", "不详", "不明", "欠損",
    "-", "–", "—", "--", "---", "?", ".", "..", "...", "…", ":", "*", "**", "***", "****", "*****",
    "#div/0!", "#value!", "#wert!", "#ref!", "#bezug!", "#num!", "#zahl!", "#name?", "#null!",
)  # fmt: skip
Lines = Ints | Sequence[int]
_SIGN = "-+−–‐‑"  # of numbers, as typesetters write them, too
_GAPS = "'’ \u00a0\u202f"
_GROUPS = {".": f",{_GAPS}", ",": f".{_GAPS}"}  # between thousands, by what the decimal sign is
_MONEY = "$€£¥￥₹元"
_PERCENT = "%％‰℃"
_BRACKETS = rf"^\(([{_MONEY}]?\d[^()]*)\)$"  # a negative number, as bookkeepers write it
_BEFORE, _BEHIND = rf"^([{_SIGN}]?)\s*[{_MONEY}]\s*", rf"\s*[{_PERCENT}{_MONEY}]$"
_DATE = re.compile(r"^\d{4}[-/.年]\d{1,2}([-/.月]|$)|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\b|^\d{1,2}:\d{2}(:\d{2})?$")
# Surely a decimal comma, surely a decimal point: `1,234` may be either.
_POWER = r"([eE][-+]?\d+)?"
_COMMA = rf"^[{_SIGN}]?(\d{{1,3}}([{_GROUPS[',']}]\d{{3}})+,\d+|0,\d+|\d+,(\d{{1,2}}|\d{{4,}})){_POWER}$"
_POINT = rf"^[{_SIGN}]?(\d{{1,3}}([{_GROUPS['.']}]\d{{3}})+\.\d+|0?\.\d+|\d+\.(\d{{1,2}}|\d{{4,}})){_POWER}$"


def _number(decimal: str) -> str:
    """Return the expression of a number as it is written with a decimal sign."""
    lakhs = r"|\d{1,2}(?:,\d\d)+,\d{3}" if decimal == "." else ""
    whole = rf"(?:\d+|\d{{1,3}}(?:[{_GROUPS[decimal]}]\d{{3}})+{lakhs})"
    return rf"^[{_SIGN}]?(?:{whole}(?:[{decimal}]\d*)?|[{decimal}]\d+)(?:[eE][{_SIGN}]?\d+|[dD][-+]\d+)?$"


_GROUP = re.compile(r"[-+−]?[1-9][0-9]{0,2}\.[0-9]{3}")
_LOOKS = tuple(re.compile(_number(decimal), re.ASCII) for decimal in (".", ","))


@lru_cache(2**14)
def looks_numeric(cell: str) -> bool:
    """Tell whether a number is meant by a cell, however it is written."""
    plain = re.sub(_BEHIND, "", re.sub(_BEFORE, r"\1", re.sub(_BRACKETS, r"-\1", cell.strip())))
    return any(look.match(plain) for look in _LOOKS)


def is_blank(cell: str) -> bool:
    """Tell whether a cell is empty or says that there is nothing."""
    return cell.strip().lower() in BLANKS


def doubtful(cells: Sequence[str]) -> str:
    """Return a cell such as `1.234` where all with a point are so: it may be a number of four digits, grouped."""
    pointed = [cell for cell in cells if "." in cell]
    return pointed[0] if pointed and all(map(_GROUP.fullmatch, pointed)) else ""


@dataclass(frozen=True, eq=False)
class Read:
    """Columns as numbers or texts, the decimal sign, and what is said of them."""

    columns: list[Any]  # Floats, or arrays of texts
    decimal: str
    remarks: list[Remark]


def columns_of(cells: list[Any], names: Sequence[str], lines: Lines, decimal: str) -> Read:
    """Return columns of cells (pyarrow arrays of texts) as numbers where all that stands there are such.

    The decimal sign may be `auto`. `lines` are those the rows begin in, for what is said.
    """
    words = _words_of(cells)
    columns = [
        None if decimal == "," or telling else _plain(column) for column, telling in zip(cells, words, strict=True)
    ]
    remarks: list[Remark] = []
    if all(isinstance(column, np.ndarray) for column in columns):
        return Read(columns, ".", remarks)
    trimmed = {place: _trimmed(cells[place]) for place, column in enumerate(columns) if column is None}
    if decimal == AUTO:
        decimal = _decimal([column for place, column in trimmed.items() if not words[place]])
    if decimal == ",":
        remarks.append(Remark("decimal", {"given": ","}))
        trimmed = dict(enumerate(map(_trimmed, cells)))
    for place, column in trimmed.items():
        read, said = _written(column, words[place], decimal, names[place], lines)
        if isinstance(read, np.ndarray) or columns[place] is None:
            columns[place] = read
            remarks += said
    return Read(columns, decimal, remarks)


def _plain(column: Any) -> Floats | None:
    """Return a column of plain decimal numbers; None for any other, or one that holds an infinite number."""
    import pyarrow as pa

    try:
        numbers = column.cast(pa.float64())
    except pa.ArrowInvalid:
        return None
    return _finite(numbers)


def _finite(numbers: Any) -> Floats | None:
    """Return a column as floats, nan where nothing stands; None where something that stands there is not finite."""
    floats: Floats = np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=float)
    return locked(floats) if is_finite(numbers) else None


def is_finite(numbers: Any) -> bool:
    """Tell whether all that stands in a column of numbers is finite."""
    floats = np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=float)
    return bool(len(floats) - np.count_nonzero(np.isfinite(floats)) == numbers.null_count)


def _trimmed(column: Any) -> Any:
    from pyarrow import compute

    return compute.utf8_trim_whitespace(column)


def _bare(column: Any) -> Any:
    """Return cells without signs of money and percent, and brackets as a minus."""
    from pyarrow import compute

    bare = compute.replace_substring_regex(compute.replace_substring_regex(column, _BRACKETS, r"-\1"), _BEFORE, r"\1")
    return compute.replace_substring_regex(bare, _BEHIND, "")


def _decimal(columns: list[Any]) -> str:
    """Return the decimal sign for which more cells speak."""
    from pyarrow import compute

    def votes(pattern: str) -> int:
        counts = (compute.sum(compute.match_substring_regex(column, pattern)).as_py() or 0 for column in bare)
        return sum(counts)

    bare = list(map(_bare, columns))

    return "," if votes(_COMMA) > votes(_POINT) else "."


def _written(column: Any, words: list[str], decimal: str, name: str, lines: Lines) -> tuple[Any, list[Remark]]:
    """Return a column as numbers, or as it is, and what is said of it."""
    import pyarrow as pa
    from pyarrow import compute

    if words:
        return column, _said_of_kept(words, name)
    bare = _bare(column)
    blank = compute.is_in(compute.utf8_lower(column), pa.array(BLANKS))
    fits = compute.match_substring_regex(bare, _number(decimal))
    wrong = compute.invert(compute.or_(blank, compute.fill_null(fits, True)))
    missed = compute.sum(wrong).as_py() or 0
    count = compute.sum(fits).as_py() or 0
    if count and not missed:
        numbers = _finite(_cast(compute.if_else(blank, None, bare), decimal))
        if numbers is not None:
            return numbers, _said(column, bare, blank, decimal, name)
        return column, [Remark("beyond", {"column": short(name)})]
    return column, _said_of_words(column, wrong, count, missed, name, lines)


def _cast(column: Any, decimal: str) -> Any:
    import pyarrow as pa
    from pyarrow import compute

    column = compute.replace_substring_regex(column, f"[{_GROUPS[decimal]}]", "")
    column = compute.replace_substring(compute.replace_substring_regex(column, "[−–‐‑]", "-"), decimal, ".")
    column = compute.replace_substring_regex(column, "[dD]", "e")  # of Fortran
    return column.cast(pa.float64())


def _said(column: Any, bare: Any, blank: Any, decimal: str, name: str) -> list[Remark]:
    """Return what is said of a column of numbers that are not written plainly."""
    from pyarrow import compute

    remarks = []
    signs = compute.unique(
        compute.struct_field(compute.extract_regex(column, f"(?P<sign>[{_MONEY}{_PERCENT}])"), "sign")
    )
    if found := [sign for sign in signs.to_pylist() if sign]:
        remarks.append(Remark("signs", {"column": short(name), "given": " ".join(found)}))
    if example := _first_like(column, _BRACKETS):
        remarks.append(Remark("brackets", {"column": short(name), "given": short(example)}))
    grouped = compute.match_substring_regex(bare, rf"\d[{_GROUPS[decimal]}]\d{{3}}")
    if compute.any(grouped).as_py():
        example = bare.filter(compute.fill_null(grouped, False))[0].as_py()
        remarks.append(Remark("thousands", {"column": short(name), "given": short(example)}))
    marks = [mark for mark in compute.unique(column.filter(compute.fill_null(blank, False))).to_pylist() if mark]
    if marks:
        remarks.append(Remark("blank_marks", {"column": short(name), "given": short(" ".join(marks))}))
    return remarks


def _first_like(column: Any, pattern: str) -> str:
    from pyarrow import compute

    like = column.filter(compute.fill_null(compute.match_substring_regex(column, pattern), False))
    return str(like[0].as_py()) if len(like) else ""


def holds_numbers(column: Any) -> bool:
    """Tell whether numbers stand in a column of texts and nothing else but blanks, with whatever decimal sign."""
    import pyarrow as pa
    from pyarrow import compute

    trimmed = _trimmed(column)
    bare = _bare(trimmed)
    fits = [compute.fill_null(compute.match_substring_regex(bare, _number(decimal)), False) for decimal in ".,"]
    blank = compute.is_in(compute.utf8_lower(trimmed), pa.array([*BLANKS, None], pa.string()))
    known = compute.or_(*fits)
    return bool(compute.any(known).as_py() and compute.all(compute.or_(known, blank)).as_py())


def are_codes(cells: Sequence[str]) -> bool:
    """Tell whether cells of digits are codes: a number such as 01234 has no zero in front, and none so many digits."""
    return are_digits(cells) and any(_is_code(cell) for cell in cells if not is_blank(cell))


def are_digits(cells: Sequence[str]) -> bool:
    """Tell whether nothing but digits stands in cells that are not blank."""
    return all(cell.isdecimal() or is_blank(cell) for cell in cells)


def _is_code(cell: str) -> bool:
    return (len(cell) > 2 and cell[0] == "0") or len(cell) in _CODES


def begin_as_codes(data: bytes, sign: str) -> bool:
    """Tell whether a cell in a text begins as codes do, with a zero before two digits."""
    signs = np.frombuffer(data, np.uint8)
    begin = signs[:-3]
    is_begin = (begin == ord(sign)) | (begin == ord("\n")) | (begin == ord('"'))
    at = np.flatnonzero(is_begin & (signs[1:-2] == ord("0")))
    behind = signs[at[:, np.newaxis] + (2, 3)]
    return bool(np.any(np.all((behind >= ord("0")) & (behind <= ord("9")), axis=1)))


def _words_of(cells: list[Any]) -> list[list[str]]:
    """Return of each column the first cells, where they stay words; where all are padded numbers, none is of codes."""
    words, coded = list(map(_words, cells)), list(map(_codes, cells))
    is_padded = len(cells) > 1 and all(coded)
    return words if is_padded else [own or codes for own, codes in zip(words, coded, strict=True)]


def _codes(column: Any) -> list[str]:
    """Return cells of a column of codes, be only one far below such; nothing for any other column."""
    from pyarrow import compute

    first = _first_cells(column)
    if not first or are_codes(first) or not are_digits(first):
        return first if are_codes(first) else []
    late = _first_like(column, _PADDED)
    is_whole = late and compute.all(compute.match_substring_regex(column, _DIGITS)).as_py()
    return [*first, late] if is_whole else []


def _first_cells(column: Any) -> list[str]:
    found: list[str] = column[: 10 * _TELLING].drop_null()[:_TELLING].to_pylist() if column.type == "string" else []
    return found


def _words(column: Any) -> list[str]:
    """Return the first cells of a column of which none is a number and one a word; nothing for any other column."""
    first = _first_cells(column)
    is_words = any(not is_blank(cell) for cell in first) and not any(map(looks_numeric, first))
    return first if is_words else []


def _said_of_kept(words: list[str], name: str) -> list[Remark]:
    """Return why what looks like numbers stays as it is."""
    if are_codes(words):
        return [Remark("codes", {"column": short(name), "given": short(next(filter(_is_code, words)))})]
    return [Remark("dates", {"column": short(name)})] if are_dates(words) else []


def are_dates(words: Sequence[str]) -> bool:
    """Tell whether most of some cells are dates or times of day."""
    return 2 * sum(_DATE.search(word) is not None for word in words) > len(words)


def _said_of_words(column: Any, wrong: Any, count: int, missed: int, name: str, lines: Lines) -> list[Remark]:
    """Return what is said of a column that is one of numbers but for a few words."""
    from pyarrow import compute

    if not missed or count < missed:
        return []
    place = compute.index(wrong, True).as_py()
    given = short(column[place].as_py())
    values = {"column": short(name), "count": missed, "line": int(lines[place]), "given": given}
    return [Remark("not_numbers", values)]
