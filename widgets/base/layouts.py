"""Rows and columns: widgets and layouts one after the other, without margins; one may take the room left over."""

from __future__ import annotations

from typing import TypeVar

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
