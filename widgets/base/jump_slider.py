"""A slider whose handle jumps to the pointer and follows it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QStyle, QWidget


class JumpSlider(QSlider):
    """A horizontal slider: a click anywhere moves the handle there, and it can be dragged on at once."""

    margin = 10  # px from the edge to the middle of the handle at an end: 2 of focus ring and half a handle

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grip = 0.0  # where in the handle the pointer holds it

    def x_of(self, value: int) -> int:
        """Where the middle of the handle lies at a value, in pixels from the left."""
        return self.margin + QStyle.sliderPositionFromValue(0, self.span(), value, self.room())

    def places(self, values: Sequence[int]) -> list[int]:
        """Where the middle of the handle lies at each value, in pixels from the left."""
        span, room, place = self.span(), self.room(), QStyle.sliderPositionFromValue
        return [self.margin + place(0, span, value, room) for value in values]

    def span(self) -> int:
        """The value at the right end of the groove."""
        return self.maximum()

    def room(self) -> int:
        """How far the handle can go, in pixels."""
        return self.width() - 2 * self.margin

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self.maximum() == self.minimum():
            event.ignore()
            return
        off = event.position().x() - self.x_of(self.value())
        self._grip = off if abs(off) <= self.margin else 0.0
        self.setSliderDown(True)
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)

    def _follow(self, event: QMouseEvent) -> None:
        x = round(event.position().x() - self._grip) - self.margin
        self.setSliderPosition(QStyle.sliderValueFromPosition(0, self.span(), x, self.room()))
