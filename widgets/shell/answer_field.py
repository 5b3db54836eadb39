"""Where an answer is given by hand: options to choose, a number, rows to sort, or a field for whatever else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from widgets.base import fonts, layouts, numbers
from widgets.base.jump_slider import JumpSlider

_PARTS = 1000
_ROW = 28


@dataclass(frozen=True)
class Asked:
    """What is asked: its kind; options by id and text; the ends and the unit of a number."""

    kind: str
    options: tuple[tuple[str, str], ...] = ()
    low: float = 0.0
    high: float = 1.0
    unit: str = ""


class AnswerField(QWidget):
    """Takes an answer of any kind. `given` tells an option's id, or the text of the field: a number or JSON."""

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked: Asked | None = None
        self._column = layouts.column(spacing=2, on=self)
        self._field: QLineEdit | None = None

    def ask(self, asked: Asked | None) -> None:
        """Ask anew; None asks nothing."""
        if asked == self._asked:
            return
        self._asked, self._field = asked, None
        for old in self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        if asked and asked.kind == "choice":
            self._ask_choice(asked.options)
        elif asked:
            self._ask_field(asked)
        self.setVisible(asked is not None)

    def show_answer(self, text: str) -> None:
        """Show in the field, or by its button, what was answered in the picture."""
        if self._field:
            self._field.setText(text)
            self._field.setCursorPosition(0)
        elif button := self.findChild(QPushButton, f"scene.answer.{text}"):
            button.setChecked(True)

    def take_focus(self) -> None:
        """Put the keyboard into the field."""
        if self._field:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.selectAll()

    def _ask_choice(self, options: Sequence[tuple[str, str]]) -> None:
        group = QButtonGroup(self)
        for number, (id, text) in enumerate(options, 1):
            button = QPushButton(text)
            button.setObjectName(f"scene.answer.{id}")
            button.setCheckable(True)
            button.setProperty("role", "option")
            button.setShortcut(str(number))
            button.setMinimumHeight(fonts.scaled(_ROW))
            button.clicked.connect(lambda _=False, id=id: self.given.emit(id))
            group.addButton(button)
            self._column.addWidget(button)

    def _ask_field(self, asked: Asked) -> None:
        field = self._field = QLineEdit()
        field.setObjectName("scene.answer")
        field.setAccessibleName(QCoreApplication.translate("AnswerField", "Your answer"))
        field.textEdited.connect(self.given)
        field.returnPressed.connect(lambda: self.given.emit(field.text()))
        by_hand = _by_hand(asked)
        if by_hand:
            by_hand.made.connect(field.setText)
            by_hand.made.connect(self.given)
            field.textEdited.connect(by_hand.follow)
            self._column.addWidget(by_hand)
        field.setPlaceholderText(_example(asked))
        self._column.addWidget(field)
        field.setVisible(asked.kind != "order")
        if isinstance(by_hand, _Order):
            by_hand.tell()  # the order it stands in is an answer, too

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._field and self._asked:
            self._field.setPlaceholderText(_example(self._asked))


def _example(asked: Asked) -> str:
    match asked.kind:
        case "number":
            ends = f"{numbers.rounded(asked.low, 3)} … {numbers.rounded(asked.high, 3)}"
            return f"{ends} {asked.unit}".strip()
        case "point":
            return QCoreApplication.translate("AnswerField", "[x, y], or click in the picture")
        case "curve":
            return QCoreApplication.translate("AnswerField", "[[x, y], …], or draw in the plot")
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
        self.setRange(0, _PARTS)
        self.valueChanged.connect(self._tell)
        self.setAccessibleName(QCoreApplication.translate("AnswerField", "Your answer"))

    def follow(self, text: str) -> None:
        """Stand where a typed number is."""
        number = numbers.typed(text)
        if number is not None:
            with QSignalBlocker(self):
                self.setValue(round(_PARTS * (number - self._asked.low) / (self._asked.high - self._asked.low)))

    def _tell(self, value: int) -> None:
        number = self._asked.low + (self._asked.high - self._asked.low) * value / _PARTS
        self.made.emit(numbers.plain(numbers.significant(number, 3)))


class _Order(QListWidget):
    """Rows to drag into an order; Alt with the arrow keys moves the one in hand."""

    made = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for id, text in options:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, id)
            item.setSizeHint(QSize(0, fonts.scaled(_ROW)))
            self.addItem(item)
        self.setFixedHeight(fonts.scaled(_ROW) * len(options) + 12)
        self.model().rowsMoved.connect(self.tell)

    def follow(self, text: str) -> None:
        """A list is only sorted by hand."""

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


def _by_hand(asked: Asked) -> _NumberSlider | _Order | None:
    if asked.kind == "number":
        return _NumberSlider(asked)
    return _Order(asked.options) if asked.kind == "order" else None
