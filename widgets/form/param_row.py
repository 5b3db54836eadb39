"""One parameter in a form: label, slider, field, browse button, and under them why a value was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from core.run.parameters import Kind, Parameter
from widgets.base import fonts, icons, layouts, theme
from widgets.base.elided_label import ElidedLabel
from widgets.base.error_label import ErrorLabel
from widgets.base.manners import Manners
from widgets.form.param_fields import (
    ChoiceField,
    ChoiceText,
    Field,
    NumberField,
    NumberSlider,
    OpenChoiceField,
    TextField,
    TickField,
    TicksField,
)
from widgets.form.param_scale import scale_of

_LABEL_WIDTH = 108
_GAP = 8
_LINE = 28
_RESET = 18
_FRAME = 8  # px within the frame around a value that is another elsewhere
_LISTS = ("texts", "rows", "table", "records", "record", "nested")  # they take the whole width, under their label
_FIELDS: dict[Kind, Callable[[Parameter], Field]] = {
    "number": NumberField,
    "integer": NumberField,
    "choice": ChoiceField,
    "open choice": OpenChoiceField,
    "choices": TicksField,
    "yes/no": lambda parameter: TickField(parameter.name),
}  # all others: TextField


class ParamRow(QWidget):
    """A parameter with its field; keeps the program's value apart from what is typed."""

    changed = Signal(object, bool)
    browse_requested = Signal()
    reset_requested = Signal()

    def __init__(self, parameter: Parameter, has_browse: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self.field = _field(parameter)
        self.widget = cast(QWidget, self.field)
        is_number = parameter.kind in ("number", "integer")
        self._slider = NumberSlider(parameter.name, scale_of(parameter)) if is_number else None
        self._label = ElidedLabel()
        self._browse = _browse_button(parameter.name) if has_browse or parameter.kind == "array" else None
        self._reset = _reset_button(parameter.name)
        self._error = ErrorLabel(f"param.{parameter.name}")
        self._other = ElidedLabel("subtitle")
        self._other.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._other.hide()
        self._value: object = parameter.default  # the program's
        self._is_sent = False  # the field shows what was told to the program, not what the program told
        self._arrange()
        self._connect()
        self._show(self._value)

    def set_texts(self, label: str, tip: str, choice_text: ChoiceText) -> None:
        """Name the parameter and its choices."""
        label = f"{label} ({self.parameter.unit})" if self.parameter.unit else label
        self._label.set_text(label, tip)
        for part in filter(None, (self.widget, self._slider)):
            part.setAccessibleName(label)
            part.setToolTip(tip)
        if isinstance(self.field, TickField):
            self.field.set_label(label, tip)
        if self._browse is not None:
            words = QCoreApplication.translate("ParamForm", "Choose a file…")
            self._browse.setToolTip(words)
            self._browse.setAccessibleName(words)
        back = QCoreApplication.translate("ParamForm", "Back to the default")
        self._reset.setToolTip(back)
        self._reset.setAccessibleName(f"{label}: {back}")
        self.field.set_choice_texts(choice_text)
        if isinstance(self._value, list | np.ndarray) and not self.is_refused() and not self.field.has_draft():
            self.field.show_value(self._value)

    def show_value(self, value: object) -> None:
        """Show the program's value, unless the field holds a text in work or a refused one and it did not change."""
        if same(value, self._value):
            if not self._is_sent or self.is_refused():
                return
        elif self.is_refused():
            self.show_error("")
        self._value, self._is_sent = value, False
        self._show(value)

    def name_file(self, file: str) -> None:
        """Say from which file the value was read that is shown next; nothing where it was from none."""
        if file != self.field.file:
            self.field.file = file
            if not (self.is_refused() or self.field.has_draft()):
                self.field.show_value(self._value)

    def mark_changed(self, is_changed: bool) -> None:
        """Offer the way back to the default, where the value is another."""
        if self._reset.isHidden() is is_changed:
            self._reset.setVisible(is_changed)
            self._fit_label()

    def _fit_label(self) -> None:
        """Take the room of the way back, and of a frame, from the label: what the field shows is not cut."""
        if self.parameter.kind not in _LISTS:
            taken = _RESET * (not self._reset.isHidden()) + 2 * _FRAME * bool(self._other.text())
            self._label.setFixedWidth(fonts.scaled(_LABEL_WIDTH) - fonts.scaled(taken))

    def show_error(self, message: str) -> None:
        """Mark what the field holds as refused; an empty message takes the mark away."""
        self._error.set_message(message)
        self.field.set_error(bool(message))
        self.widget.setAccessibleDescription(message)
        if message:
            self.field.forget()
            if self._slider is not None:
                self._slider.show_value(self._value)

    def show_other(self, words: str) -> None:
        """Frame the row and say under it what the value is elsewhere; without words there is no frame."""
        if words != self._other.text():
            self._other.set_text(words)
            self._other.setVisible(bool(words))
            side, down = (_FRAME, 4) if words else (0, 0)
            self._column.setContentsMargins(side, down, side, down)
            self._fit_label()
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._other.text():
            painter, colours = QPainter(self), theme.current()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colours.color("accent_text"), 1))
            painter.setBrush(colours.color("selection"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)

    def drop_refused(self) -> None:
        """Show the value in force in place of a refused text, if there is one."""
        if self.is_refused():
            self.restore()

    def is_refused(self) -> bool:
        """Whether the field holds a refused value."""
        return bool(self._error.text())

    def restore(self) -> None:
        """Bring the program's value back into the field."""
        self.show_error("")
        self._is_sent = False
        self._show(self._value)

    def _show(self, value: object) -> None:
        self.field.show_value(value)
        if self._slider is not None:
            self._slider.show_value(value)

    def _take(self, value: object, final: bool = True) -> None:
        if self.is_refused():
            self.show_error("")
        self._is_sent = True
        self.changed.emit(value, final)

    def _take_typed(self, value: object) -> None:
        if self._slider is not None:
            self._slider.show_value(value if isinstance(value, int | float) else self._value)
        self._take(value)

    def _take_slid(self, value: object, final: bool) -> None:
        self.field.show_value(value)
        self._take(value, final)

    def _connect(self) -> None:
        self.field.submitted.connect(self._take_typed)
        self.field.escaped.connect(self.restore)
        if self.parameter.kind not in _LISTS:  # their parts scroll, and tell of Escape themselves
            Manners(self.widget).escaped.connect(self.restore)
        if self._slider is not None:
            self._slider.slid.connect(self._take_slid)
            Manners(self._slider)
        self._reset.clicked.connect(self.reset_requested)
        if self._browse is not None:
            self._browse.clicked.connect(self.browse_requested)

    def _arrange(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(_GAP)
        is_wide = self.parameter.kind in _LISTS
        if not isinstance(self.field, TickField):
            if not is_wide:
                self._label.setFixedWidth(fonts.scaled(_LABEL_WIDTH))
            self._label.setFixedHeight(fonts.scaled(_LINE))
            line.addLayout(layouts.row(self._label, self._reset), int(is_wide))
        else:
            self._label.hide()
        if self._slider is not None:
            line.addWidget(self._slider, 1)
        if not is_wide:
            line.addWidget(self.widget, 0 if self._slider is not None else 1)
        if self._browse is not None:
            line.addWidget(self._browse)
        if isinstance(self.field, TickField):
            line.addWidget(self._reset)
        parts = (line, self.widget) if is_wide else (line,)
        self._column = layouts.column(*parts, self._other, self._error, spacing=4, on=self)


def _field(parameter: Parameter) -> Field:
    if parameter.kind not in _LISTS:
        return _FIELDS.get(parameter.kind, TextField)(parameter)
    if parameter.kind == "record":
        from widgets.form.record_field import RecordField

        return RecordField(parameter, ParamRow)
    from widgets.form.list_field import ListField  # a topic without lists shows its first picture without it

    return ListField(parameter, ParamRow)


def _reset_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(f"param.{name}.default")
    button.setProperty("role", "mark")
    button.setIcon(icons.icon("rotate-ccw", "muted"))
    button.setIconSize(QSize(12, 12))
    button.setFixedWidth(fonts.scaled(_RESET))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.hide()
    return button


def _browse_button(name: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(f"param.{name}.browse")
    button.setText("…")
    button.setProperty("role", "icon")
    return button


def same(value: object, other: object) -> bool:
    """Whether two values are the same; arrays of one run are so by identity, at no cost."""
    if value is other:
        return True
    if isinstance(value, np.ndarray) and isinstance(other, np.ndarray):
        return np.array_equal(value, other, equal_nan=True)
    return not isinstance(value, np.ndarray) and not isinstance(other, np.ndarray) and value == other
