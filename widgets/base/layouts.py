"""Rows and columns: widgets and layouts one after the other, without margins."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

B = TypeVar("B", bound=QBoxLayout)


def row(*parts: QWidget | QLayout, spacing: int = 0, on: QWidget | None = None) -> QHBoxLayout:
    """Return parts beside each other, `spacing` px apart, laid out on a widget where one is given."""
    return _filled(QHBoxLayout(on) if on else QHBoxLayout(), parts, spacing)


def column(*parts: QWidget | QLayout, spacing: int = 0, on: QWidget | None = None) -> QVBoxLayout:
    """Return parts below each other, `spacing` px apart, laid out on a widget where one is given."""
    return _filled(QVBoxLayout(on) if on else QVBoxLayout(), parts, spacing)


def _filled(layout: B, parts: tuple[QWidget | QLayout, ...], spacing: int) -> B:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout
