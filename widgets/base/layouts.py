"""Rows and columns: widgets and layouts one after the other, without margins; one may take the room left over."""

from __future__ import annotations

from itertools import pairwise
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

Part = QWidget | QLayout
B = TypeVar("B", bound=QBoxLayout)


def row(*parts: Part, spacing: int = 0, grows: Part | None = None, on: QWidget | None = None) -> QHBoxLayout:
    """Return parts beside each other, `spacing` px apart, laid out on a widget where one is given."""
    return _filled(QHBoxLayout(on) if on else QHBoxLayout(), parts, spacing, grows)


def column(*parts: Part, spacing: int = 0, grows: Part | None = None, on: QWidget | None = None) -> QVBoxLayout:
    """Return parts below each other, `spacing` px apart, laid out on a widget where one is given."""
    return _filled(QVBoxLayout(on) if on else QVBoxLayout(), parts, spacing, grows)


def _filled(layout: B, parts: tuple[Part, ...], spacing: int, grows: Part | None) -> B:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part, int(part is grows))
        else:
            layout.addLayout(part, int(part is grows))
    return layout


def tab_through(*parts: QWidget) -> None:
    """Let Tab go through these parts in this order, each with all that is in it in the order in which that was made."""
    inside = (widget for part in parts for widget in (part, *part.findChildren(QWidget)))
    stops = [widget for widget in inside if _is_stop(widget) and widget.window() is parts[0].window()]
    for before, after in pairwise(stops):  # lists that drop down are windows of their own
        QWidget.setTabOrder(before, after)


def _is_stop(widget: QWidget) -> bool:
    """Tell whether Tab comes to a widget; the text parts of fields are no stops of their own."""
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox  # the shell is painted without them

    is_part = isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox)
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not is_part
