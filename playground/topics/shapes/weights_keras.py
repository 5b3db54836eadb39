"""How many weights each layer has, as bars with the formula inside; under them the stack as a program, in two dialects.

The lines of a layer that does not fit, and of those that wait behind it, have no bar; where shapes are told is written
in the colour of what stands for the input.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from math import log10

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from core.nn.layers import Count
from core.nn.layers.layer import name_of
from core.run.explanation import Focus
from core.run.values import kept
from core.shapes.keras_code import CodeLine, Dialect, code
from core.shapes.misfits import Misfit, misfit_of
from core.shapes.settings import Params, stack
from playground.playback.view import View
from playground.tab.marked_cells import cells
from playground.topics.shapes.code_lines import ROLE, Row, in_view, rows_of, widest_of
from playground.words.texts import Texts
from widgets.base import numbers, theme
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Button, Caption, Item, Spot

DIALECTS: tuple[Dialect, ...] = ("today", "notes")
_ROW, _LINE, _PAD, _GAP = 22.0, 18.0, 4.0, 10.0
_FRAME_LINES = 4  # of a program before what stands inside
_FAR = 20  # times the smallest count
_MOST_SHARE = 0.55  # of the height that the bars may take
_FEWEST = 3  # rows that are seen, so that one may stand between those left out


@dataclass(frozen=True)
class Bar:
    """The weights of a layer, framed where it is in focus; one that is not built is a dashed red frame."""

    rect: QRectF
    is_built: bool = True
    is_lit: bool = False

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        shown = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        if self.is_built:
            painter.fillRect(self.rect, shown.region("blue"))
        if self.is_lit or not self.is_built:
            dashed = QPen(shown.color("error"), 1.0, Qt.PenStyle.DashLine)
            painter.setPen(dashed if not self.is_built else QPen(shown.color("accent"), 2.0))
            painter.drawRect(self.rect)


@dataclass(frozen=True)
class Picture:
    """What the board shows of a view; layers that were tried stand before those of the run."""

    view: View
    texts: Texts

    @cached_property
    def params(self) -> Params:
        """The layers shown, and the size of their batch."""
        found: Params = self.view.options.get("tried") or self.view.params
        return found

    @cached_property
    def misfit(self) -> Misfit | None:
        """The misfit of layers that were tried."""
        return misfit_of(self.params)

    @cached_property
    def counts(self) -> Sequence[Count]:
        """How the weights of each layer that is built are counted."""
        if self.misfit:
            return self.misfit.built.counts if self.misfit.built else ()
        return stack(self.params).counts

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything for a board of this size."""
        count = len(self.params.layers)
        most = max(_FEWEST, int(_MOST_SHARE * height / _ROW) - 1)
        rows = in_view(count, most, min(max(1, self._at), count) - 1)
        items = list(self._bars(rows, width))
        top = (len(rows) + 1) * _ROW + 8
        rooms = self._rooms(QRectF(0, top, width, height - top))
        for dialect, room in zip(DIALECTS, rooms, strict=False):
            items += self._code(dialect, room)
        if len(rooms) < len(DIALECTS):
            items.append(self._no_room(rooms[0], width, height))
        return [*items, *cells(self.view, partial(self._row_of, rows, width))]

    def _no_room(self, shown: QRectF, width: float, height: float) -> Caption:
        """Say under the one dialect that is shown where the other is."""
        lowest = shown.top() + _LINE + 4 + _FEWEST * _LINE  # so much is written of it in any case
        y = min(max(shown.bottom() + 1, lowest), height - text_height("tick"))
        words = self.texts.get("weights", "no_room")
        return Caption(words, _PAD, y, "tick", "muted", "left", width - 2 * _PAD, True)

    @property
    def _chosen(self) -> int | None:
        """The layer under the pointer, or else the one chosen, from 1."""
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("layer", (k,)) if not self.view.covered:
                    return k
        return None

    @property
    def _at(self) -> int:
        """The layer that is in view, from 1: the one that does not fit, or is in focus, or else that of the step."""
        focus = self.view.focus  # rows do not turn under the pointer
        if self.misfit:
            return self.misfit.place
        return focus.at[0] if focus and focus.kind == "layer" else self.view.t

    # ---- bars

    def _row_of(self, rows: Sequence[int | None], width: float, thing: Focus) -> QRectF | None:
        """Return where the row of a layer is that a scene speaks of."""
        i = thing.at[0] - 1 if thing.kind == "layer" else -1
        return QRectF(1, rows.index(i) * _ROW + 1, width - 2, _ROW - 2) if i in rows else None

    def _bars(self, rows: Sequence[int | None], width: float) -> Iterator[Item]:
        names = [name_of(layer) for layer in self.params.layers]
        widest = max(text_width(name, "label") for name in (*names, self.texts.get("weights", "together")))
        left = _PAD + min(0.4 * width, widest) + 8
        totals = [numbers.count(count.total) for count in self.counts]
        right = width - _PAD - max([text_width(total, "label") for total in totals], default=20.0) - 8
        for at, i in enumerate(rows):
            if i is None:
                yield Caption("…", _PAD, at * _ROW + 3, "label", "muted", moves=True)
            else:
                yield Spot(f"joint {i + 1}", QRectF(0, at * _ROW, width, _ROW))
                yield from self._bar(i, names[i], QRectF(left, at * _ROW + 2, right - left, _ROW - 4), width)
        y = len(rows) * _ROW + 2
        if self.view.covered:
            return
        yield Caption(self.texts.get("weights", "together"), _PAD, y, "label", "muted", moves=True)
        if self.counts:
            total = numbers.count(sum(count.total for count in self.counts))
            yield Caption(total, width - _PAD, y, "label", "text", "right", moves=True)
        if self._is_log():
            yield Caption(self.texts.get("weights", "log"), left, y, "tick", "muted", moves=True)

    def _bar(self, i: int, name: str, room: QRectF, width: float) -> Iterator[Item]:
        is_built = i < len(self.counts)
        colour = "text" if is_built else "error"
        yield Caption(name, _PAD, room.top() + 1, "label", colour, "left", room.left() - _PAD - 6, True)
        if not is_built:
            yield Bar(room, False)
            words = self.texts.get("needs", "not_built" if self.misfit and i + 1 == self.misfit.place else "waits")
            yield Caption(words, room.left() + 6, room.top() + 1, "subtitle", "error", "left", room.width() - 8, True)
            return
        if self.view.covered:
            yield Caption("?", width - _PAD, room.top() + 1, "label", "muted", "right", moves=True)
            return
        count = self.counts[i]
        long = QRectF(room.left(), room.top(), max(1.0, room.width() * self._share(count)), room.height())
        yield Bar(long, is_lit=i + 1 == self._chosen)
        words = count.formula if count.terms else self.texts.get("weights", "none")
        yield Caption(words, room.left() + 6, room.top() + 1, "subtitle", "text", "left", room.width() - 8, True)
        yield Caption(numbers.count(count.total), width - _PAD, room.top() + 1, "label", "text", "right", moves=True)

    def _is_log(self) -> bool:
        """Tell whether the counts lie too far apart for bars that are as long as they are large."""
        totals = [count.total for count in self.counts if count.total]
        return bool(totals) and max(totals) > _FAR * min(totals)

    def _share(self, count: Count) -> float:
        """Return the length of a bar beside the longest."""
        largest = max(1, *(c.total for c in self.counts))
        return log10(1 + count.total) / log10(1 + largest) if self._is_log() else count.total / largest

    # ---- code

    def _rooms(self, room: QRectF) -> Sequence[QRectF]:
        """Return where the dialects stand: beside or below each other with whole lines, or with broken ones, or one.

        Under a single one a line is left free, which says so.
        """
        half, lines = (room.width() - _GAP) / 2, [self._lines(dialect) for dialect in DIALECTS]
        beside = [QRectF(x, room.top(), half, room.height()) for x in (0.0, half + _GAP)]
        if max(map(widest_of, lines)) <= half - 2 * _PAD:
            return beside
        high, low = (_height(rows_of(each, room.width() - 2 * _PAD)) for each in lines)
        if high + _GAP + low <= room.height():
            return [QRectF(0, room.top(), room.width(), high), room.adjusted(0, high + _GAP, 0, 0)]
        broken = [rows_of(each, half - 2 * _PAD) for each in lines]
        has_room = max(map(_height, broken)) <= room.height() and all(map(partial(_is_whole, half - 2 * _PAD), broken))
        return beside if has_room else [room.adjusted(0, 0, 0, -_LINE)]

    def _lines(self, dialect: Dialect) -> tuple[CodeLine, ...]:
        return _inside(self.params, dialect)

    def _code(self, dialect: Dialect, room: QRectF) -> Iterator[Item]:
        """Yield the lines inside the program, and over them its name and what copies the whole: `copy today`, …"""
        yield from self._head(dialect, room)
        rows = rows_of(self._lines(dialect), room.width() - 2 * _PAD)
        most = max(_FEWEST, int((room.height() - _LINE - 4) / _LINE))
        at = max((i for i, row in enumerate(rows) if row.layer == self._at), default=0)
        for line, i in enumerate(in_view(len(rows), most, at)):
            y = room.top() + _LINE + 4 + line * _LINE
            if i is None:
                yield Caption("…", room.left() + _PAD, y, ROLE, "muted", moves=True)
                continue
            if rows[i].layer:
                yield Spot(f"joint {rows[i].layer}", QRectF(room.left(), y, room.width(), _LINE))
            yield from self._line(rows[i], room, y)

    def _head(self, dialect: Dialect, room: QRectF) -> Iterator[Item]:
        head, copy = self.texts.get("weights", dialect), self.texts.get("weights", "copy")
        wide = round(text_width(copy, "label") + 14)
        left, widest = round(room.right() - wide) - 1, room.width() - wide - 12
        yield Caption(head, room.left() + _PAD, room.top() + 2, "label", "muted", "left", widest, True)
        yield Button(f"copy {dialect}", QRectF(left, room.top(), wide, _LINE), words=copy)

    def _ink(self, layer: int | None) -> str:
        """Return the colour of a line: of the layer that does not fit red, of the step's accent."""
        if self.misfit:
            return "error" if layer == self.misfit.place else "muted" if (layer or 0) > self.misfit.place else "text"
        return "accent_text" if layer and layer == (self._chosen or self.view.t) else "text"

    def _line(self, row: Row, room: QRectF, y: float) -> Iterator[Caption]:
        x, end, ink = room.left() + _PAD, room.right() - _PAD, self._ink(row.layer)
        for part, is_told in row.parts:
            if x < end - 8:
                middle = y + (_LINE - text_height(ROLE)) / 2
                yield Caption(part, x, middle, ROLE, "blue" if is_told else ink, "left", end - x, True)
                x += text_width(part, ROLE)


@kept(8)
def _inside(params: Params, dialect: Dialect) -> tuple[CodeLine, ...]:
    """Return the lines inside a program."""
    return code(params, dialect)[_FRAME_LINES:-1]


def _height(rows: Sequence[Row]) -> float:
    """Return how high rows are under their head."""
    return _LINE + 4 + len(rows) * _LINE


def _is_whole(widest: float, rows: Sequence[Row]) -> bool:
    return all(text_width(row.text, ROLE) <= widest for row in rows)
