"""What is running: a row each with its mark, its name and its values now."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRect, QRectF, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QToolButton, QWidget

from widgets.base import fonts, markers, theme

_TITLE = 28
_ROW = 28
_PADDING = 8
_BOX = 24
_MARKER = 11
_GAP = 8
_COLUMN = 88  # px, room for "not finite"
_NARROW_COLUMN, _NARROWEST_COLUMN = 66, 52  # where there are two, or more
_WIDE, _BOXED_COLUMN = 280, 58  # a list with boxes that is no wider has narrower ones
_LONG = 8  # characters that have room in a narrow one; for longer texts it is measured


@dataclass(frozen=True)
class RunRow:
    """One row: what it stands for, its name in the language shown, and its series colour; without one no mark."""

    choice: str
    label: str
    series: str = ""
    marker: str = ""  # that of the series colour, if empty
    tip: str = ""


@dataclass(frozen=True)
class _Room:
    """How wide the columns of values are in a list so wide; crowded ones are set smaller and close."""

    width: int
    columns: list[int]
    is_crowded: bool


class RunList(QWidget):
    """A titled list in which a click or the arrow keys choose what is explained, and boxes what is shown."""

    toggled = Signal(str, bool)
    all_toggled = Signal(bool)  # all of them, or none
    focused = Signal(str)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        """With the name of a parameter, rows have boxes named `param.<name>.<choice>`; without, they have none."""
        super().__init__(parent)
        self._name = name
        self._title = self._letter = ""
        self._captions: tuple[str, ...] = ()
        self._rows: tuple[RunRow, ...] = ()
        self._boxes: dict[str, QCheckBox] = {}
        self._values: dict[str, tuple[str, ...]] = {}
        self._chosen = ""
        self._hovered = ""
        self._measured: _Room | None = None  # nothing until what is shown now has been measured
        self._ends = {on: self._end_button(on) for on in (True, False)} if name else {}
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str, *captions: str) -> None:
        """Set the title and the words above the columns of values."""
        self._title, self._captions, self._measured = title, captions, None
        self.setAccessibleName(title)
        self._place_ends()
        self.update()

    def show_run(self, letter: str) -> None:
        """Say behind the title of which run the rows tell; nothing where there is but one."""
        self._letter = letter
        self._place_ends()
        self.update()

    def title(self) -> str:
        """The title as it is shown."""
        said = QCoreApplication.translate("RunList", "{title} in {letter}")
        return said.format(title=self._title, letter=self._letter) if self._letter else self._title

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Set the rows; ticks, values and focus of those that stay are kept."""
        if tuple(rows) == self._rows:
            return
        taller = len(rows) != len(self._rows)
        self._rows, self._measured = tuple(rows), None
        kept = {row.choice for row in rows}
        for choice in [choice for choice in self._boxes if choice not in kept]:
            self._boxes.pop(choice).deleteLater()
        for row in self._rows if self._name else ():
            box = self._boxes.get(row.choice) or self._new_box(row.choice)
            box.setAccessibleName(row.label)
        self._place_boxes()
        self._order_boxes()
        self._describe()
        if taller:
            self.updateGeometry()
        self.update()

    def rows(self) -> tuple[RunRow, ...]:
        """What is shown."""
        return self._rows

    def values(self) -> Mapping[str, tuple[str, ...]]:
        """The values at the right of the rows."""
        return self._values

    def set_checked(self, choices: Collection[str]) -> None:
        """Tick these rows and no others, without a signal."""
        for choice, box in self._boxes.items():
            with QSignalBlocker(box):
                box.setChecked(choice in choices)
        self.update()

    def set_values(self, values: Mapping[str, str | Sequence[str]]) -> None:
        """Set the values at the right of the rows, one text or one a column; cheap enough for every frame."""
        new = {choice: (value,) if isinstance(value, str) else tuple(value) for choice, value in values.items()}
        if new != self._values:
            was, self._values, self._measured = self._values_left(), new, None
            if self._values_left() != was:  # names get another room, and captions another place
                self.update()
            else:
                left = 0 if self._has_long_names() else was
                self.update(QRect(left, fonts.scaled(_TITLE), self.width(), self.height()))

    def set_focus_row(self, choice: str) -> None:
        """Mark the row that is explained, without a signal."""
        if choice != self._chosen:
            self._chosen = choice
            self.update()
        self._describe()

    def focus_row(self) -> str:
        """The row that is explained, empty if none."""
        return self._chosen

    def row_rect(self, choice: str) -> QRect:
        """Where a row lies; raises StopIteration for a choice that is not there."""
        index = next(index for index, row in enumerate(self._rows) if row.choice == choice)
        return QRect(0, fonts.scaled(_TITLE) + index * fonts.scaled(_ROW), self.width(), fonts.scaled(_ROW))

    def sizeHint(self) -> QSize:
        return QSize(200, fonts.scaled(_TITLE) + len(self._rows) * fonts.scaled(_ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_boxes()
        self._place_ends()

    def changeEvent(self, event: QEvent) -> None:
        self._measured = None  # as fonts were
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        choice = self._choice_at(event.position())
        if choice and event.button() == Qt.MouseButton.LeftButton:
            self._choose(choice)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._choice_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        choices = [row.choice for row in self._rows]
        if choices and event.key() in steps:
            at = choices.index(self._chosen) + steps[Qt.Key(event.key())] if self._chosen in choices else 0
            self._choose(choices[min(max(0, at), len(choices) - 1)])
        elif event.key() == Qt.Key.Key_Space and self._chosen in self._boxes:
            self._boxes[self._chosen].toggle()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if event.rect().top() < fonts.scaled(_TITLE):
            self._paint_title(painter)
        for row in self._rows:
            rect = self.row_rect(row.choice)
            if event.rect().intersects(rect):
                self._paint_ground(painter, rect, row)
                self._paint_values(painter, rect, row)
                if event.rect().left() < self._values_left():
                    self._paint_name(painter, rect, row)

    def _paint_title(self, painter: QPainter) -> None:
        line = QRect(0, 0, self.width(), fonts.scaled(_TITLE))
        painter.setFont(fonts.role_font("subtitle"))
        painter.setPen(theme.current().color("muted"))
        for rect, caption in zip(self._columns(line, len(self._captions)), self._captions, strict=True):
            painter.drawText(rect, _RIGHT, caption)
        painter.setFont(fonts.role_font("section"))
        painter.setPen(theme.current().color("text"))
        painter.drawText(line, _LEFT, fonts.cut(self.title(), painter.fontMetrics(), self._captions_left() - _GAP))

    def _paint_name(self, painter: QPainter, rect: QRect, row: RunRow) -> None:
        """Paint the marker of a row and its name, which stay the same while a run is played."""
        colours = theme.current()
        left = rect.left() + _PADDING + (_BOX + 4 if self._boxes else 0)
        name = QRect(self._name_left(row), rect.top(), self._name_room(rect, row), rect.height())
        if row.series:
            centre = QPointF(left + _MARKER / 2 + 1, rect.center().y() + 1)
            shape = row.marker or markers.SERIES_MARKERS[row.series]
            ground = colours.color("selection" if row.choice == self._chosen else "panel")
            markers.draw_marker(painter, shape, centre, _MARKER, colours.line(row.series), ground)
        box = self._boxes.get(row.choice)
        painter.setFont(self._name_font(row, name.width()))
        painter.setPen(colours.color("text" if box is None or box.isChecked() else "muted"))
        painter.drawText(name, _LEFT, fonts.cut(row.label, painter.fontMetrics(), name.width()))

    def _name_font(self, row: RunRow, room: int) -> QFont:
        """The largest font in which a name has room beside long values, or the smallest."""
        own = fonts.role_font("strong" if row.choice == self._chosen else "body")
        smaller = [fonts.role_font(role) for role in ("subtitle", "tick")] if self._room().is_crowded else []
        fitting = (font for font in (own, *smaller) if QFontMetrics(font).horizontalAdvance(row.label) <= room)
        return next(fitting, smaller[-1] if smaller else own)

    def _name_left(self, row: RunRow) -> int:
        return _PADDING + (_BOX + 4 if self._boxes else 0) + (_MARKER + 2 + _GAP if row.series else 0)

    def _name_room(self, rect: QRect, row: RunRow) -> int:
        """Return how wide the name of a row may be: up to its first value, which mostly leaves some of its column."""
        first = (self._values.get(row.choice) or ("",))[0]
        column = self._columns(rect, max(1, len(self._values.get(row.choice, ()))))[0]
        begins = column.right() + 1 - QFontMetrics(self._value_font()).horizontalAdvance(first)
        return max(self._values_left(), begins if first else 0) - _GAP - self._name_left(row)

    def _has_long_names(self) -> bool:
        """Tell whether a name may reach into the first column."""
        metrics, right = QFontMetrics(fonts.role_font("strong")), self._values_left() - _GAP
        return any(self._name_left(row) + metrics.horizontalAdvance(row.label) > right for row in self._rows)

    def _value_font(self) -> QFont:
        return fonts.role_font("formula" if len(self._captions) < 2 else "tick" if self._room().is_crowded else "cell")

    def _paint_values(self, painter: QPainter, rect: QRect, row: RunRow) -> None:
        colours, texts = theme.current(), self._values.get(row.choice, ())
        painter.setFont(self._value_font())
        painter.setPen(colours.color("text" if row.choice == self._chosen else "muted"))
        for column, text in zip(self._columns(rect, len(texts)), texts, strict=True):
            painter.drawText(column, _RIGHT, text)

    def _paint_ground(self, painter: QPainter, rect: QRect, row: RunRow) -> None:
        colours = theme.current()
        is_chosen = row.choice == self._chosen
        painter.setPen(Qt.PenStyle.NoPen)
        if is_chosen or row.choice == self._hovered:
            painter.setBrush(colours.color("selection" if is_chosen else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if self.hasFocus() and (is_chosen or (not self._chosen and row is self._rows[0])):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.color("accent_text"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 5, 5)

    def _columns(self, line: QRect, count: int) -> list[QRect]:
        """Where values stand in a line, left to right."""
        right = line.right() + 1 - _PADDING
        columns: list[QRect] = []
        for width in reversed(self._room().columns[-count:] if count else ()):
            right -= width
            columns.insert(0, QRect(right, line.top(), width, line.height()))
        return columns

    def _room(self) -> _Room:
        """The columns, measured once until something else is shown."""
        if self._measured is None or self._measured.width != self.width():
            columns = self._roomy_widths()
            if is_crowded := self._is_crowded(columns):
                columns = [self._width_of(i) for i in range(len(self._captions))]
            self._measured = _Room(self.width(), columns, is_crowded)
        return self._measured

    def _roomy_widths(self) -> list[int]:
        """How wide each column is: as a rule all alike, one with a long text as wide as that."""
        is_tight = bool(self._name) and self.width() < fonts.scaled(_WIDE)
        wide = {0: _COLUMN, 1: _COLUMN, 2: _BOXED_COLUMN if is_tight else _NARROW_COLUMN}
        widths = [fonts.scaled(wide.get(len(self._captions), _NARROWEST_COLUMN))] * max(1, len(self._captions))
        for i, text in self._long_values():
            long = QFontMetrics(fonts.role_font("cell")).horizontalAdvance(text)
            widths[i] = max(widths[i], long + _GAP)
        return widths

    def _long_values(self) -> Iterator[tuple[int, str]]:
        """The values that need more than a narrow column, and the columns they stand in."""
        count = len(self._captions)
        for texts in self._values.values() if count > 1 else ():
            yield from ((i, text) for i, text in enumerate(texts[:count]) if len(text) > _LONG)

    def _is_crowded(self, columns: Sequence[int]) -> bool:
        """Tell whether a long value leaves too little room for a name: then all values are set smaller and close."""
        if next(self._long_values(), None) is None:
            return False
        strong, cell = QFontMetrics(fonts.role_font("strong")), QFontMetrics(fonts.role_font("cell"))
        right = self.width() - _PADDING - sum(columns[1:]) - _GAP
        firsts = [(self._values.get(row.choice) or ("",))[0] for row in self._rows]
        ends = (self._name_left(row) + strong.horizontalAdvance(row.label) for row in self._rows)
        return any(end > right - cell.horizontalAdvance(first) for end, first in zip(ends, firsts, strict=True))

    def _width_of(self, i: int) -> int:
        """How wide a column is whose values are set smaller: as its caption or its longest text."""
        small = QFontMetrics(fonts.role_font("tick"))
        texts = [small.horizontalAdvance(texts[i]) for texts in self._values.values() if i < len(texts)]
        caption = QFontMetrics(fonts.role_font("subtitle")).horizontalAdvance(self._captions[i])
        return max(caption, *texts) + _GAP

    def _values_left(self) -> int:
        return self.width() - _PADDING - sum(self._room().columns)

    def _new_box(self, choice: str) -> QCheckBox:
        box = QCheckBox(self)
        box.setObjectName(f"param.{self._name}.{choice}")
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # clicked it leaves Space to the run
        box.toggled.connect(partial(self._tell_toggled, choice))
        box.show()
        self._boxes[choice] = box
        return box

    def _tell_toggled(self, choice: str, checked: bool) -> None:
        self.update()
        self.toggled.emit(choice, checked)

    def _place_boxes(self) -> None:
        for row in self._rows if self._boxes else ():
            rect = self.row_rect(row.choice)
            self._boxes[row.choice].setGeometry(rect.left() + _PADDING - 2, rect.top(), _BOX, rect.height())

    def _end_button(self, on: bool) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"param.{self._name}.{'all' if on else 'none'}")
        button.setProperty("role", "link")
        button.clicked.connect(lambda: self.all_toggled.emit(on))
        return button

    def _place_ends(self) -> None:
        """Put the buttons for all and none behind the title, where there is room before the captions."""
        left = QFontMetrics(fonts.role_font("section")).horizontalAdvance(self.title()) + _GAP
        words = {True: QCoreApplication.translate("RunList", "All"),
                 False: QCoreApplication.translate("RunList", "None")}  # fmt: skip
        for on, button in self._ends.items():
            button.setText(words[on])
            size = button.sizeHint()
            button.setGeometry(left, (fonts.scaled(_TITLE) - size.height()) // 2, size.width(), size.height())
            left += size.width()
        for button in self._ends.values():
            button.setVisible(left <= self._captions_left())

    def _captions_left(self) -> int:
        """Where the first caption begins."""
        columns = self._columns(self.rect(), len(self._captions))
        words = QFontMetrics(fonts.role_font("subtitle")).horizontalAdvance(self._captions[0] if self._captions else "")
        return (columns[0].right() + 1 if columns else self.width()) - words

    def _order_boxes(self) -> None:
        """Let Tab go from the list through its boxes, row by row."""
        stops = [self, *self._ends.values(), *(self._boxes[row.choice] for row in self._rows if self._boxes)]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def event(self, event: QEvent) -> bool:
        # Space ticks the row that is explained, before the window's shortcut sees it.
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if event.key() == Qt.Key.Key_Space and self._chosen in self._boxes:
            event.accept()
            return True
        return super().event(event)

    def _choose(self, choice: str) -> None:
        self.set_focus_row(choice)
        self.focused.emit(choice)

    def _describe(self) -> None:
        """Tell a screen reader which row has the focus."""
        self.setAccessibleDescription(next((row.label for row in self._rows if row.choice == self._chosen), ""))

    def _choice_at(self, position: QPointF) -> str:
        point = position.toPoint()
        return next((row.choice for row in self._rows if self.row_rect(row.choice).contains(point)), "")

    def _hover(self, choice: str) -> None:
        if choice != self._hovered:
            self._hovered = choice
            self.setToolTip(next((row.tip for row in self._rows if row.choice == choice), ""))
            self.update()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
