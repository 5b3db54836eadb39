"""The two coordinates of a point that is the answer to a question."""

from __future__ import annotations

import json

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from widgets.base import layouts, numbers
from widgets.base.manners import Manners


class PointFields(QWidget):
    """Fields named `scene.answer.x` and `.y`; `made` tells [x, y] as JSON, nothing while one is no number."""

    made = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._fields = {axis: QLineEdit() for axis in "xy"}
        parts: list[QWidget] = []
        for axis, field in self._fields.items():
            field.setObjectName(f"scene.answer.{axis}")
            field.setAccessibleName(axis)
            Manners(field)
            field.textEdited.connect(self._tell)
            parts += [QLabel(axis), field]
        layouts.row(*parts, spacing=6, on=self)

    def follow(self, text: str) -> None:
        """Show a point given as JSON; nothing empties the fields."""
        try:
            point = json.loads(text) if text else []
        except ValueError:  # it is being typed
            return
        for place, field in enumerate(self._fields.values()):
            is_there = isinstance(point, list) and place < len(point) and isinstance(point[place], int | float)
            field.setText(numbers.shortest(point[place]) if is_there else "")

    def _tell(self) -> None:
        typed = [numbers.typed(field.text()) for field in self._fields.values()]
        self.made.emit("" if None in typed else json.dumps(typed))
