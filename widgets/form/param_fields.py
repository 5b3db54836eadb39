"""The fields of a parameter form, one for each kind of parameter.

Each field tells by `submitted` what was typed or chosen, as plain data, and shows a value without telling.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from PySide6.QtCore import QLocale, QSignalBlocker, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from core.run.parameters import Parameter
from widgets.base import fonts, layouts, style
from widgets.base.ended_line import EndedLine
from widgets.base.jump_slider import JumpSlider
from widgets.form import param_text
from widgets.form.param_scale import Scale, limits, stepped

SPIN_WIDTH = 76
_PAIR_WIDTH = 96
_NONE = chr(0x2013)  # shown for null
ChoiceText = Callable[[str], str]


class Field:
    """What a row of the form needs of a field; every field is a QWidget, too.

    As it stands here it offers no choices, and holds no text that is typed.
    """

    submitted = cast(SignalInstance, Signal(object))
    """Tells a value typed or chosen."""
    escaped = cast(SignalInstance, Signal())
    """Tells of Escape, where a part has the focus that the row does not watch."""
    file = ""  # from which the value was read, if it was

    def show_value(self, value: object) -> None:
        """Show a value without telling."""
        raise NotImplementedError

    def has_draft(self) -> bool:
        """Whether something is typed that was not submitted."""
        return False

    def forget(self) -> None:
        """Submit again what the field shows, when asked next: it was refused."""

    def set_choice_texts(self, text_of: ChoiceText) -> None:
        """Name the choices."""

    def set_error(self, wrong: bool) -> None:
        """Mark what the field holds as refused."""
        style.set_look(cast(QWidget, self), "error", wrong)


class Typed(Field):
    """A field in which a text is typed, and told once, at Return or when the focus goes."""

    _parameter: Parameter
    _edit: QLineEdit
    _known: str | None

    def _watch(self, parameter: Parameter, edit: QLineEdit, finished: SignalInstance) -> None:
        """Tell what is typed into a line edit as values of a parameter."""
        self._parameter, self._edit, self._known = parameter, edit, edit.text()
        finished.connect(self._finish)

    def show_value(self, value: object) -> None:
        is_long = isinstance(value, str) and param_text.in_one_line(value) != value
        is_named = bool(self.file) and (is_long or isinstance(value, np.ndarray))
        self._show_text(param_text.of_file(self.file, value) if is_named else param_text.written(value))
        self._edit.setReadOnly(is_named and is_long)  # a name cannot be typed on

    def set_choice_texts(self, text_of: ChoiceText) -> None:
        super().set_choice_texts(text_of)
        words = text_of("null")
        if self._parameter.optional and words != "null":
            self._edit.setPlaceholderText(words)

    def has_draft(self) -> bool:
        return self._edit.text() != self._known

    def forget(self) -> None:
        self._known = None

    def _show_text(self, text: str) -> None:
        """Show a text without telling; a long one from its beginning."""
        self._known = text
        is_new = self._edit.text() != text
        if is_new:
            self._edit.setText(text)
        if not (self._edit.focusProxy() or self._edit).hasFocus():
            self._edit.setCursorPosition(0)
        elif is_new:
            self._edit.selectAll()

    def _finish(self) -> None:
        text = self._edit.text()
        if text != self._known:
            self._known = text
            self.submitted.emit(self._meant(text))

    def _meant(self, text: str) -> object:
        return param_text.read(self._parameter, text)


class NumberField(Typed, QAbstractSpinBox):
    """A number typed as text, kept exactly as typed, with step buttons."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self.setObjectName(f"param.{parameter.name}")
        self.setLocale(QLocale.c())
        self.setKeyboardTracking(False)
        self.setFont(fonts.role_font("cell"))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(fonts.scaled(SPIN_WIDTH))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._watch(parameter, self.lineEdit(), self.editingFinished)

    def _show_text(self, text: str) -> None:
        """Show a number with its step buttons, or two, which have no steps, in their place and some more."""
        super()._show_text(text)
        symbols, is_pair = QAbstractSpinBox.ButtonSymbols, text.startswith("[")
        self.setButtonSymbols(symbols.NoButtons if is_pair else symbols.UpDownArrows)
        self.setFixedWidth(fonts.scaled(_PAIR_WIDTH if is_pair else SPIN_WIDTH))

    def stepBy(self, steps: int) -> None:
        value = param_text.read(self._parameter, self.text())
        if not isinstance(value, int | float):
            return
        new = stepped(self._parameter, value, steps)
        self._show_text(param_text.written(new))
        if new != value:
            self.submitted.emit(new)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        value = param_text.read(self._parameter, self.text())
        low, high = limits(self._parameter)
        flags = QAbstractSpinBox.StepEnabledFlag.StepNone
        if isinstance(value, int | float) and value < high:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        if isinstance(value, int | float) and value > low:
            flags |= QAbstractSpinBox.StepEnabledFlag.StepDownEnabled
        return flags

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class NumberSlider(JumpSlider):
    """The slider beside a number: tells of values while it is dragged, and at the end that it is final."""

    slid = Signal(object, bool)

    def __init__(self, name: str, scale: Scale) -> None:
        super().__init__()
        self._scale = scale
        self._moved = False
        self.setObjectName(f"param.{name}.slider")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # dragged by hand it leaves the arrow keys to the run
        self.setRange(0, scale.steps)
        self.setSingleStep(max(1, scale.steps // 100))
        self.setPageStep(max(1, scale.steps // 10))
        self.valueChanged.connect(self._tell)
        self.sliderReleased.connect(self._tell_end)

    def show_value(self, value: object) -> None:
        """Show a number; one in the hand of the learner stays where it is held."""
        self.setEnabled(isinstance(value, int | float))
        if self.isSliderDown() or not isinstance(value, int | float):
            return
        with QSignalBlocker(self):
            self.setValue(self._scale.position(value))

    def _tell(self, position: int) -> None:
        self._moved = self.isSliderDown()
        self.slid.emit(self._scale.value(position), not self.isSliderDown())

    def _tell_end(self) -> None:
        # A click that moved nothing must not round an exact value.
        if self._moved:
            self._moved = False
            self.slid.emit(self._scale.value(self.value()), True)


class TextField(Typed, EndedLine):
    """A text, a pair written as JSON, or an array, of which the shape is shown."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self.setObjectName(f"param.{parameter.name}")
        if parameter.kind == "pair":
            self.setFont(fonts.role_font("cell"))
        self._watch(parameter, self, self.editingFinished)


class _IdBox(Field, QComboBox):
    """Ids to choose from, shown by their names."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self.setObjectName(f"param.{parameter.name}")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for choice in parameter.choices:
            self.addItem(choice, choice)

    def set_choice_texts(self, text_of: ChoiceText) -> None:
        for index in range(self.count()):
            if self.itemData(index) is not None:
                self.setItemText(index, text_of(self.itemData(index)))


class ChoiceField(_IdBox):
    """One of several ids."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self._optional = parameter.optional
        if parameter.optional:
            self.addItem(_NONE, None)
        # Not `activated`: scripts choose by setCurrentIndex.
        self.currentIndexChanged.connect(self._tell)

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(self.count() - 1 if value is None and self._optional else self.findData(value))

    def _tell(self, index: int) -> None:
        if index >= 0:
            self.submitted.emit(self.itemData(index))


class OpenChoiceField(Typed, _IdBox):
    """One of several ids, or a text of one's own, which is taken as it stands; or an array in brackets."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__(parameter)
        self.setEditable(True)
        self.setLineEdit(EndedLine())
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        # Completion would turn a typed beginning into one of the choices.
        self.setCompleter(None)  # type: ignore[arg-type]
        self.setCurrentIndex(-1)
        edit = self.lineEdit()
        assert edit is not None
        self._watch(parameter, edit, edit.editingFinished)
        self.currentIndexChanged.connect(self._tell)
        self.activated.connect(self._tell_again)

    def show_value(self, value: object) -> None:
        index = self.findData(value) if isinstance(value, str) else -1
        with QSignalBlocker(self):
            if index != self.currentIndex():
                self.setCurrentIndex(index)
        text = self.itemText(index) if index >= 0 else param_text.in_one_line(value)
        is_cut_short = index < 0 and isinstance(value, str) and text != value
        is_named = bool(self.file) and (is_cut_short or isinstance(value, np.ndarray))
        self._show_text(param_text.of_file(self.file, value) if is_named else text)
        self._edit.setReadOnly(is_cut_short)  # it cannot be typed on

    def set_choice_texts(self, text_of: ChoiceText) -> None:
        shown = self.currentIndex()
        was_choice = shown >= 0 and not self.has_draft()
        with QSignalBlocker(self):
            super().set_choice_texts(text_of)
        if was_choice:
            self._show_text(self.itemText(shown))

    def _tell(self, index: int) -> None:
        if index >= 0:
            self._show_text(self.itemText(index))
            self.submitted.emit(self.itemData(index))

    def _tell_again(self, index: int) -> None:
        """The choice that was the last before a text of one's own is chosen again: its index does not change."""
        if self.has_draft():
            self._tell(index)

    def _meant(self, text: str) -> object:
        index = self.findText(text, Qt.MatchFlag.MatchFixedString | Qt.MatchFlag.MatchCaseSensitive)
        return self.itemData(index) if index >= 0 else super()._meant(text)


class TickField(Field, QCheckBox):
    """Yes or no, with a label that is cut short where there is no room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._label = self._tip = ""
        self.setObjectName(f"param.{name}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # clicked it leaves Space to the run
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.submitted.emit)

    def set_label(self, label: str, tip: str = "") -> None:
        """Set the words beside the box and what the tool tip says."""
        self._label, self._tip = label, tip
        self.setAccessibleName(label)
        self._cut()

    def show_value(self, value: object) -> None:
        with QSignalBlocker(self):
            self.setChecked(bool(value))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        room = self.width() - 30  # box, gap and focus ring
        label = self._label.replace("&", "&&")
        text = fonts.cut(label, self.fontMetrics(), room)
        self.setText(text)
        self.setToolTip("\n".join(filter(None, [self._label if text != label else "", self._tip])))


class TicksField(Field, QWidget):
    """Any number of several ids; the value is the list of those ticked, in the order they are offered."""

    def __init__(self, parameter: Parameter) -> None:
        super().__init__()
        self._boxes = {choice: TickField(f"{parameter.name}.{choice}") for choice in parameter.choices}
        layouts.column(*self._boxes.values(), on=self)
        for box in self._boxes.values():
            box.submitted.connect(self._tell)

    def show_value(self, value: object) -> None:
        ticked = value if isinstance(value, list | tuple) else ()
        for choice, box in self._boxes.items():
            box.show_value(choice in ticked)

    def set_choice_texts(self, text_of: ChoiceText) -> None:
        for choice, box in self._boxes.items():
            box.set_label(text_of(choice))

    def _tell(self) -> None:
        self.submitted.emit([choice for choice, box in self._boxes.items() if box.isChecked()])
