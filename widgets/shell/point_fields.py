"""The coordinates of a point that is the answer to a question, or of one for each of several things."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from widgets.base import layouts, numbers
from widgets.base.manners import Manners

Pair = tuple[QLineEdit, QLineEdit]


class PointFields(QWidget):
    """Fields named `scene.answer.x` and `.y`; `made` tells [x, y] as JSON, nothing while one is no number.

    With `things`, by id and name, each has two fields named `scene.answer.<id>.x` and `.y`, and a list is told, null
    for those that have no place.
    """

    made = Signal(str)

    def __init__(self, things: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._things = things
        self._rows: list[Pair] = []
        column = layouts.column(spacing=2, on=self)
        for id, name in things or (("", ""),):
            fields = self._field(f"{id}.x".strip("."), name), self._field(f"{id}.y".strip("."), name)
            parts: list[QWidget] = [QLabel("x"), fields[0], QLabel("y"), fields[1]]
            column.addLayout(layouts.row(*([QLabel(name)] if name else []), *parts, spacing=6))
            self._rows.append(fields)

    def _field(self, name: str, of: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(f"scene.answer.{name}")
        field.setAccessibleName(f"{of} {name[-1]}".strip())
        Manners(field)
        field.textEdited.connect(self._tell)
        return field

    def follow(self, text: str) -> None:
        """Show points given as JSON; nothing empties the fields."""
        try:
            given = json.loads(text) if text else []
        except ValueError:  # it is being typed
            return
        points = given if self._things and isinstance(given, list) else [given]
        for i, fields in enumerate(self._rows):
            point: Any = points[i] if i < len(points) else None
            for place, field in enumerate(fields):
                is_there = isinstance(point, list) and place < len(point) and isinstance(point[place], int | float)
                text = numbers.shortest(point[place]) if is_there else ""
                if numbers.typed(field.text()) != numbers.typed(text):  # what is being typed stays as it is
                    field.setText(text)
                    field.setCursorPosition(0)

    def _tell(self) -> None:
        typed = [[numbers.typed(field.text()) for field in fields] for fields in self._rows]
        points = [None if None in point else point for point in typed]
        told = points if self._things else points[0]
        self.made.emit(json.dumps(told) if any(points) else "")
