"""Which keys a focused widget has a use for; all others are the window's, wherever no text is being edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # the shell is painted before there are any keys to tell apart
    from PySide6.QtGui import QKeyEvent

_Key = Qt.Key
_ENDS = {_Key.Key_Home, _Key.Key_End}
_SIDEWAYS = {_Key.Key_Left, _Key.Key_Right}
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def is_its_own(widget: QWidget | None, event: QKeyEvent) -> bool:
    """Tell whether a key belongs to the widget in focus. Fields with text tell so themselves."""
    if widget is None or event.modifiers() & ~_PLAIN:
        return False
    keys, takes_letters = _uses_of(widget)
    letter = event.text().strip()
    return event.key() in keys or (takes_letters and bool(letter) and letter.isprintable())


def is_typed_into(widget: QWidget | None) -> bool:
    """Tell whether what is typed or pasted is for the widget in focus: it holds text, or cells that do."""
    from widgets.base.typed_table import TypedTable

    is_text = widget is not None and widget.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    return is_text or isinstance(widget, TypedTable)


def is_table(widget: QWidget | None) -> bool:
    """Tell whether a widget is one whose cells or rows the arrows go through."""
    from PySide6.QtWidgets import QAbstractItemView

    return isinstance(widget, QAbstractItemView)


def _uses_of(widget: QWidget) -> tuple[set[Qt.Key], bool]:
    """Return which keys a widget has a use for, and whether what is typed on it means something."""
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QSlider, QTabBar

    from widgets.shell.painted_slider import PaintedSlider

    if isinstance(widget, QAbstractButton):
        return {_Key.Key_Space}, False
    if isinstance(widget, QComboBox):
        return {_Key.Key_Space, *_ENDS}, True
    if isinstance(widget, QAbstractItemView):
        return _SIDEWAYS | _ENDS, True
    if isinstance(widget, QTabBar) or (isinstance(widget, QSlider) and not isinstance(widget, PaintedSlider)):
        return _SIDEWAYS | _ENDS, False
    return set(), False
