"""Rows of formulas with numbers in them, painted by one item.

Where things stand is a function of the rows and of the width alone, so a frame looks the same however it was reached.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from widgets.base import fonts, theme

_ROW = 24
_LABEL = 64
_GAP = 12
_SIGNS = "=←"
_WORD = re.compile(r"[⺀-鿿＀-￯][，。：；）、]*|[^\s⺀-鿿＀-￯]+[，。：；）、]*\s*|\s+")  # Chinese breaks anywhere
_SECOND_COLUMN = 0.52
_COLUMN_STEP = 8
_CLOSE_STEP = 2


@dataclass(frozen=True)
class Term:
    """A piece of a formula: what it is called when pointed at, its series, and how many characters it is given.

    Shorter texts stand at the right of their `width`, so that the terms after them keep their places.
    """

    text: str
    mark: Hashable = None
    colour: str = ""
    bold: bool = False
    width: int = 0


@dataclass(frozen=True)
class Row:
    """A label and cells of terms, or a sentence; `full` is the formula where the terms leave out some."""

    label: str = ""
    cells: Sequence[Sequence[Term]] = ()
    prose: str = ""
    full: str = ""

    def text(self) -> str:
        """The whole row as one line."""
        cells = self.full or "    ".join("".join(term.text for term in cell).strip() for cell in self.cells)
        return "  ".join(part for part in (self.label, cells, self.prose) if part)


@dataclass(frozen=True)
class Piece:
    """A text at its place in a row; `left` and `width` enclose it, for pointing at it."""

    text: str
    left: float
    width: float
    row: int
    role: str
    colour: str
    mark: Hashable = None


class FormulaView(QWidget):
    """Rows of terms in fixed columns with their equals signs aligned; pointing at a term tells its mark."""

    marked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self.pieces: tuple[Piece, ...] = ()  # all texts where they stand
        self._lines: tuple[int, ...] = ()  # of every line the row that stands in it
        self.lit: Hashable = None  # the mark whose terms stand out; None: no one's
        self._type = _Type()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show rows; texts of the same widths change in place."""
        shown = tuple(rows)
        if shown == self._rows:
            return
        height = self._height_taken()
        self._rows = shown
        self.setAccessibleDescription(self.text())
        self._place(height)

    def _height_taken(self) -> int:
        return max(self.sizeHint().height(), self.minimumHeight())

    def text(self) -> str:
        """All rows as lines of text."""
        return "\n".join(row.text() for row in self._rows)

    def highlight(self, mark: Hashable) -> None:
        """Light all terms of a mark; None lights none."""
        if mark != self.lit:
            self.lit = mark
            self.update()

    def mark_at(self, position: QPointF) -> Hashable:
        """The mark of the term at a point of the widget, None where there is none."""
        row = int(position.y() // self._type.row)
        found = (p.mark for p in self.pieces if p.row == row and p.left <= position.x() < p.left + p.width)
        return next(found, None)

    def tip(self, position: QPoint) -> str:
        """The whole row at a point of the widget where dots stand for a part of it, else ''."""
        row = self._row_at(position)
        return row.text() if row and row.full else ""

    def height_of(self, rows: int) -> int:
        """How high that many rows are."""
        return rows * self._type.row

    def sizeHint(self) -> QSize:
        return QSize(480, self._type.row * max(1, len(self._lines)))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(self._height_taken())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            height, self._type = self._height_taken(), _Type()
            self._place(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.fillRect(event.rect(), colours.color("panel"))
        self._paint_lights(painter)
        role = colour = ""
        for piece in self.pieces:
            if piece.role != role:
                role = piece.role
                painter.setFont(self._type.fonts[role])
            if piece.colour != colour:
                colour = piece.colour
                painter.setPen(colours.text_colour(colour or "text"))
            painter.drawText(QPointF(piece.left, self._type.baseline(piece.row)), piece.text)
        if self.hasFocus():
            painter.setPen(QPen(colours.color("accent_text"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.mark_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip(event.pos()), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            _copy(self.text())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.context_menu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def context_menu(self, position: QPoint) -> QMenu:
        """The menu of a point of the widget: copy the row there, copy all."""
        menu = QMenu(self)
        row = self._row_at(position)
        if row is not None:
            menu.addAction(QCoreApplication.translate("FormulaView", "Copy this row"), lambda: _copy(row.text()))
        menu.addAction(QCoreApplication.translate("FormulaView", "Copy all rows"), lambda: _copy(self.text()))
        return menu

    def _paint_lights(self, painter: QPainter) -> None:
        if self.lit is None:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("selection"))
        for piece in self.pieces:
            if piece.mark == self.lit:
                top = piece.row * self._type.row + 2
                painter.drawRoundedRect(QRectF(piece.left - 2, top, piece.width + 4, self._type.row - 4), 4, 4)

    def _point_at(self, mark: Hashable) -> None:
        if mark != self.lit:
            self.highlight(mark)
            self.marked.emit(mark)

    def _row_at(self, position: QPoint) -> Row | None:
        line = position.y() // self._type.row
        return self._rows[self._lines[line]] if 0 <= line < len(self._lines) else None

    def _place(self, height: int) -> None:
        """Place all texts; `height` is what the widget took before."""
        layout = _Layout(self._rows, self.width(), self._type)
        self.pieces, self._lines = tuple(layout.pieces()), tuple(layout.lines)
        self.update()
        if self._height_taken() != height:
            self.updateGeometry()


class _Type:
    """The fonts of the rows and what their texts measure."""

    def __init__(self) -> None:
        roles = {"label": "subtitle", "term": "formula", "strong": "formula", "prose": "body"}
        self.fonts = {name: fonts.role_font(role) for name, role in roles.items()}
        self.fonts["strong"].setBold(True)
        self.metrics = {name: QFontMetricsF(font) for name, font in self.fonts.items()}
        self.row = fonts.scaled(_ROW)
        # Most terms stay from one step to the next, and are measured several times a step.
        self.advance = lru_cache(maxsize=1024)(self._advance)
        self.character = self.advance("term", "0")
        term = self.metrics["term"]
        self._first_baseline = round((self.row + term.ascent() - term.descent()) / 2)

    def baseline(self, row: int) -> int:
        """Where the texts of a row stand, labels and formulas alike."""
        return row * self.row + self._first_baseline

    def room(self, term: Term) -> float:
        """Width kept for a term."""
        missing = max(0, term.width - len(term.text)) * self.character
        return self.advance(_role(term), term.text) + missing

    def _advance(self, role: str, text: str) -> float:
        return self.metrics[role].horizontalAdvance(text)


class _Layout:
    """Places every text of some rows. Nothing is cut: what does not fit beside the rest goes on in lines below."""

    def __init__(self, rows: Sequence[Row], width: int, type_: _Type) -> None:
        self._rows = rows
        self._type = type_
        labels = max((type_.advance("label", row.label) for row in rows), default=0.0)
        self._left = max(fonts.scaled(_LABEL), ceil(labels)) + fonts.scaled(_GAP)
        self._right = max(width, self._left + 8 * type_.character)
        self._columns = max((len(row.cells) for row in rows), default=0)
        cells = [cell for row in rows for cell in row.cells]  # each is asked several times, and measured once
        self._sums = {id(cell): sum(map(type_.room, cell)) for cell in cells}
        self._own_leads = {id(cell): self._own_lead(cell) for cell in cells}
        self._leads = [max(self._lead(row, column) for row in rows) for column in range(self._columns)]
        self._starts: list[float] = []
        self._floors: list[int] = []  # of each column how many lines below the first of its row it stands
        for column in range(self._columns):
            start = self._column_start(column) if column else float(self._left)
            self._floors.append(self._floors[-1] + (start is None) if column else 0)
            self._starts.append(float(self._left) if start is None else start)
        self.lines: list[int] = []  # of every line the row that stands in it

    def pieces(self) -> Iterator[Piece]:
        """The texts in the order they are painted."""
        for index, row in enumerate(self._rows):
            top, last = len(self.lines), len(self.lines)
            yield Piece(row.label, 0, self._left - _GAP, top, "label", "muted")
            floor = 0
            for column, cell in enumerate(row.cells):
                if self._floors[column] > floor:
                    floor, top = self._floors[column], last + 1
                for piece in self._cell(cell, self._start(row, column), top):
                    last = max(last, piece.row)
                    yield piece
            for piece in self._prose(row.prose, top):
                last = piece.row
                yield piece
            self.lines += [index] * (last + 1 - len(self.lines))

    def _prose(self, text: str, line: int) -> Iterator[Piece]:
        room = self._right - self._left
        for i, part in enumerate(self._broken(text, "prose", room, room)):
            yield Piece(part.strip(), self._left, room, line + i, "prose", "text")

    def _cell(self, cell: Sequence[Term], left: float, line: int) -> Iterator[Piece]:
        if left + self._sums[id(cell)] <= self._right:
            yield from self._whole(cell, left, line)
            return
        begin = float(self._left + round(self._type.character))  # of what goes on below
        for term in cell:
            role, width = _role(term), self._type.room(term)
            missing = width - self._type.advance(role, term.text)
            room = self._right - begin
            for i, part in enumerate(self._broken(term.text, role, self._right - left - missing, room)):
                if i:
                    line, left, missing = line + 1, begin, 0.0
                width = self._type.advance(role, part)
                if part:
                    yield Piece(part, left + missing, width, line, role, term.colour, term.mark)
                left += missing + width

    def _whole(self, cell: Sequence[Term], left: float, line: int) -> Iterator[Piece]:
        """Place a cell that fits into one line; shorter texts stand at the right of their room."""
        for term in cell:
            role, room = _role(term), self._type.room(term)
            width = self._type.advance(role, term.text)
            yield Piece(term.text, left + room - width, width, line, role, term.colour, term.mark)
            left += room

    def _broken(self, text: str, role: str, first: float, room: float) -> list[str]:
        """Return a text in parts, the first at most `first` wide and the others `room`, broken between words."""
        if self._type.advance(role, text) <= first:
            return [text] if text else []
        parts = [""]
        for word in _WORD.findall(text):
            wide = first if len(parts) == 1 else room
            if self._type.advance(role, parts[-1] + word.rstrip()) > wide and (parts[-1].strip() or len(parts) == 1):
                parts.append(word.lstrip())
            else:
                parts[-1] += word
        return parts

    def _start(self, row: Row, column: int) -> float:
        left = self._starts[column]
        own = self._own_leads[id(row.cells[column])]
        return left if own is None else left + self._leads[column] - own

    def _lead(self, row: Row, column: int) -> float:
        """What a row needs left of the sign of a column; a number has room for a minus kept."""
        if column >= len(row.cells):
            return 0.0
        own = self._own_leads[id(row.cells[column])]
        first = row.cells[column][0].text.strip()[:1] if row.cells[column] else ""
        return 0.0 if own is None else own + (self._type.character if first.isdigit() else 0.0)

    def _own_lead(self, cell: Sequence[Term]) -> float | None:
        """Width of a cell's terms before its first sign, None where it has no sign."""
        lead = 0.0
        for term in cell:
            places = [term.text.index(sign) for sign in _SIGNS if sign in term.text]
            if places:
                return lead + self._type.advance(_role(term), term.text[: min(places)])
            lead += self._type.room(term)
        return None

    def _column_start(self, column: int) -> float | None:
        """Left edge of a later column, None where it must stand below.

        Two share the width by a fixed part, more stand close; in whole steps, while there is room for them.
        """
        longest = max(self._end(row, column - 1) for row in self._rows if len(row.cells) > column)
        two = self._columns == 2
        wanted = self._left + _SECOND_COLUMN * (self._right - self._left) if two else self._starts[-1]
        step = (_COLUMN_STEP if two else _CLOSE_STEP) * self._type.character
        steps = max(0.0, -((wanted - longest - (2 if two else 1) * _GAP) // step))
        most = self._right - max(self._width(row, column) for row in self._rows if len(row.cells) > column)
        start = min(wanted + steps * step, most)
        return float(round(start)) if start >= longest + _GAP else None

    def _end(self, row: Row, column: int) -> float:
        return self._starts[column] + self._width(row, column)

    def _width(self, row: Row, column: int) -> float:
        """How far a cell reaches right of the left edge of its column."""
        cell = row.cells[column]
        own = self._own_leads[id(cell)]
        return (0.0 if own is None else self._leads[column] - own) + self._sums[id(cell)]


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def _role(term: Term) -> str:
    return "strong" if term.bold else "term"
