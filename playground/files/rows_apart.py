"""Rows that are no examples: sums and notes at the foot, which would turn numbers into words; names that come again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import takewhile
from typing import Any

import numpy as np

from playground.files.body import Body
from playground.files.cells import holds_numbers, is_blank, looks_numeric
from playground.files.reading import Remark
from playground.words.quoting import short

_MOST = 9  # rows
_LONGEST = 300  # characters of a note
_WORD = re.compile(r"[^\W\d_]{2}|[*†©(]")  # what is no slip in a number
_SUM = re.compile(
    r"((grand|sub) ?-?)?total(e|s)?( général)?|sums?|summe|(ins)?gesamt|mittelwert|somme|moyenne|suma|"
    r"average|mean|media|median|st(andard|d)\.? ?dev(iation|\.)?|итого|всего|合计|总计|总和|小计|平均值?|标准差|中位数"
    "|最大值|最小值|合計|総計|小計|합계|총계|المجموع|الإجمالي",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(notes?|sources?|quelle|anmerkung|fuente|注|备注|说明|来源|数据来源|资料来源|出典|注記|출처)\s*[:：]|\*|©|注[0-9]",
    re.I,
)


def without_foot(body: Body) -> Body:
    """Return a body without the rows at its end that are sums or notes: a word stands where all others have a number,
    or one that says so.
    """
    count = _rows_of_foot(body.cells)
    if not count:
        return body
    cells, lines = [column[:-count] for column in body.cells], body.lines[:-count]
    first = next(filter(None, (column[-count].as_py() for column in body.cells)))
    said = Remark("foot", {"count": count, "line": int(body.lines[-count]), "given": short(first)})
    return replace(body, cells=cells, lines=lines, remarks=[*body.remarks, said])


def without_names(body: Body, written: Sequence[str]) -> Body:
    """Return a body without the rows that repeat the names, as where tables were put one below the other."""
    from pyarrow import compute

    if any(column.type != "string" for column in body.cells) or not any(written):
        return body
    cells = [compute.fill_null(compute.utf8_trim_whitespace(column), "") for column in body.cells]
    again = reduce(compute.and_, map(compute.equal, cells, written))
    count = compute.sum(again).as_py()
    if not count or count == len(again):
        return body
    keep = ~np.asarray(again)
    said = Remark("names_again", {"count": count, "line": int(body.lines[np.argmin(keep)])})
    cells = [column.filter(keep) for column in body.cells]
    return replace(body, cells=cells, lines=body.lines[keep], remarks=[*body.remarks, said])


def _rows_of_foot(cells: list[Any]) -> int:
    if any(column.type != "string" for column in cells):
        return 0
    end = len(cells[0])
    rows = (_place_of_word(cells, row) for row in range(end - 1, max(end - 1 - _MOST, 1), -1))
    places = list(takewhile(lambda place: place is not None, rows))
    is_apart = all(_is_apart(cells[place], len(places)) for place in set(places) if place is not None)
    return len(places) if is_apart else 0


def _place_of_word(cells: list[Any], row: int) -> int | None:
    """Return the column in which a row of the foot begins with a word; None for any other row."""
    given = [(column[row].as_py() or "").strip() for column in cells]
    place = next((place for place, cell in enumerate(given) if not is_blank(cell)), None)
    if place is None or looks_numeric(given[place]):
        return None
    behind = given[place + 1 :]
    is_sum = _SUM.fullmatch(given[place]) and any(map(looks_numeric, behind))
    is_note = _NOTE.match(given[place]) and behind and not any(behind)
    is_alone = all(is_blank(cell) or looks_numeric(cell) for cell in behind)  # else a row of words, as of a graph
    is_word = is_alone and len(given[place]) < _LONGEST and _WORD.match(given[place])
    return place if is_sum or is_note or (is_word and _begins_with_numbers(cells[place][: row - 1])) else None


def _begins_with_numbers(column: Any) -> bool:
    known = [cell for cell in column[: 2 * _MOST].to_pylist() if cell and not is_blank(cell)]
    return bool(known) and looks_numeric(known[0]) and 2 * sum(map(looks_numeric, known)) > len(known)


def _is_apart(column: Any, count: int) -> bool:
    """Tell whether the last cells of a column are unlike all above."""
    return holds_numbers(column[:-count]) or (
        all(map(_is_told, column[-count:])) and not any(map(_is_told, column[:-count]))
    )


def _is_told(cell: Any) -> bool:
    plain = (cell.as_py() or "").strip()
    return bool(_SUM.fullmatch(plain) or _NOTE.match(plain))
