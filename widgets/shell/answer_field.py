"""Where an answer is given by hand: options to choose, a number, rows to sort, or a field for whatever else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from widgets.base import fonts, icons, layouts, numbers
from widgets.base.jump_slider import JumpSlider
from widgets.base.manners import Manners
from widgets.shell.option_button import OptionButton
from widgets.shell.point_fields import PointFields

_PARTS = 1000
_BESIDE, _EDGES = 24, 12  # px of a list of rows beside their words, and above and below them all
_GRIP = 14  # px
_ROW = 28
_MANY_SIZES = 1000  # times as much at the one end as at the other


@dataclass(frozen=True)
class Asked:
    """What is asked: its kind; options by id and text; the ends and the unit of a number, and of what kind it is."""

    kind: str
    options: tuple[tuple[str, str], ...] = ()
    low: float = 0.0
    high: float = 1.0
    unit: str = ""
    is_whole: bool = False  # whether only whole numbers are answers
    is_shape: bool = False  # whether a cell is the shape of a tensor
    numbered: bool = False  # whether options have their numbers, as marks in the picture have

    @property
    def by_factors(self) -> bool:
        """Whether a number is slid by factors, as one of many sizes is."""
        return self.low > 0 and self.high / self.low >= _MANY_SIZES

    def at(self, share: float) -> float:
        """Return the number at a share of the way from the low end to the high one."""
        if self.by_factors:
            return float(self.low * (self.high / self.low) ** share)
        return self.low + (self.high - self.low) * share

    def share_of(self, number: float) -> float:
        """Return at which share of the way a number lies, from 0 to 1."""
        within = min(max(number, self.low), self.high)
        if self.by_factors:
            return log(within / self.low) / log(self.high / self.low)
        return (within - self.low) / (self.high - self.low)


class AnswerField(QWidget):
    """Takes an answer of any kind. `given` tells an option's id, or the text of the field: a number or JSON."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._column = layouts.column(spacing=2, on=self)
        self._field: QLineEdit | None = None
        self._by_hand: _NumberSlider | _Order | PointFields | None = None  # what is quicker than to type all of it

    def ask(self, asked: Asked | None) -> None:
        """Ask anew; None asks nothing."""
        if asked == self._asked:
            return
        self._asked, self._field, self._by_hand = asked, None, None
        for old in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        if asked and asked.kind == "choice":
            self._ask_choice(asked.options, asked.numbered)
        elif asked:
            self._ask_field(asked)
        self.setVisible(asked is not None)

    def show_answer(self, text: str) -> None:
        """Show in the field, or by its button, what was answered in the picture; a curve is seen there."""
        if self._field and self._asked and self._asked.kind == "curve":
            self._field.setVisible(not text)
        elif self._field:
            self._field.setText(text)
            if self._by_hand:
                self._by_hand.follow(text)
        elif button := self.findChild(QPushButton, f"scene.answer.{text}"):
            button.setChecked(True)

    def take_focus(self) -> None:
        """Put the keyboard into the field."""
        if self._field:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.selectAll()

    def _ask_choice(self, options: Sequence[tuple[str, str]], numbered: bool) -> None:
        group = QButtonGroup(self)
        for number, (id, text) in enumerate(options, 1):
            button = OptionButton(f"{number}  {text}" if numbered else text)
            button.setObjectName(f"scene.answer.{id}")
            button.setShortcut(str(number))
            button.clicked.connect(lambda _=False, id=id: self.given.emit(id))
            group.addButton(button)
            self._column.addWidget(button)

    def _ask_field(self, asked: Asked) -> None:
        field = self._field = QLineEdit()
        field.setObjectName("scene.answer")
        field.setAccessibleName(QCoreApplication.translate("AnswerField", "Your answer"))
        field.textEdited.connect(self.given)
        field.returnPressed.connect(lambda: self.given.emit(field.text()))
        by_hand = self._by_hand = _by_hand(asked)
        if by_hand:
            by_hand.made.connect(field.setText)
            by_hand.made.connect(self.given)
            field.textEdited.connect(by_hand.follow)
            self._column.addWidget(by_hand)
        field.setPlaceholderText(_example(asked))
        Manners(field)
        self._column.addWidget(field)
        field.setVisible(asked.kind not in ("order", "point"))  # those are seen, and made, above it
        if isinstance(by_hand, _Order):
            by_hand.tell()  # the order it stands in is an answer, too

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._field and self._asked:
            self._field.setPlaceholderText(_example(self._asked))


def _example(asked: Asked) -> str:
    match asked.kind:
        case "number":
            ends = f"{numbers.brief(asked.low, 3)} … {numbers.brief(asked.high, 3)}"
            return f"{ends} {asked.unit}".strip()
        case "curve":
            return QCoreApplication.translate("AnswerField", "[[x, y], …], or draw in the plot")
        case "cell" if asked.is_shape:
            return "(…, …)"
        case "cell":
            return QCoreApplication.translate("AnswerField", "its value")
        case _:
            return ""


class _NumberSlider(JumpSlider):
    """Slides a number between its ends."""

    made = Signal(str)

    def __init__(self, asked: Asked) -> None:
        super().__init__()
        self._asked = asked
        self._parts = round(asked.high - asked.low) if asked.is_whole else _PARTS
        self.setRange(0, self._parts)
        self.valueChanged.connect(self._tell)
        Manners(self)
        self.setAccessibleName(QCoreApplication.translate("AnswerField", "Your answer"))

    def follow(self, text: str) -> None:
        """Stand where a typed number is."""
        number = numbers.typed(text)
        if number is not None:
            with QSignalBlocker(self):
                self.setValue(round(self._parts * self._asked.share_of(number)))

    def _tell(self, value: int) -> None:
        number = self._asked.at(value / self._parts)
        self.made.emit(f"{number:.0f}" if self._asked.is_whole else numbers.shortest(float(f"{number:.3g}")))


class _Order(QListWidget):
    """Rows to drag into an order; Alt with the arrow keys moves the one in hand."""

    made = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        Manners(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.setIconSize(QSize(_GRIP, _GRIP))
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for id, text in options:
            item = QListWidgetItem(icons.icon("grip-vertical", "muted"), text)
            item.setData(Qt.ItemDataRole.UserRole, id)
            self.addItem(item)
        self.model().rowsMoved.connect(self.tell)

    def follow(self, text: str) -> None:
        """A list is only sorted by hand."""

    def heightForWidth(self, width: int) -> int:
        return sum(self._high(self.item(row).text(), width) for row in range(self.count())) + _EDGES

    def sizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for item in map(self.item, range(self.count())):
            item.setSizeHint(QSize(0, self._high(item.text(), event.size().width())))

    def _high(self, text: str, width: int) -> int:
        """Return how high a row is: its words go on in a second line where one is too short."""
        lines = fonts.wrapped(text, self.font(), width - _BESIDE - self.iconSize().width())
        return max(fonts.scaled(_ROW), len(lines) * self.fontMetrics().lineSpacing() + 8)

    def tell(self) -> None:
        """Tell the order the rows stand in."""
        rows = range(self.count())
        self.made.emit(json.dumps([self.item(row).data(Qt.ItemDataRole.UserRole) for row in rows]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(by)
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        row = self.currentRow()
        if 0 <= row + by < self.count():
            self.insertItem(row + by, self.takeItem(row))
            self.setCurrentRow(row + by)
            self.tell()


def _by_hand(asked: Asked) -> _NumberSlider | _Order | PointFields | None:
    match asked.kind:
        case "number":
            return _NumberSlider(asked)
        case "order":
            return _Order(asked.options)
        case "point":
            return PointFields(asked.options)
        case _:
            return None
