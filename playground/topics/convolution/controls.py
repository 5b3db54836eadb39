"""The controls in the header of the big picture: which view, drawing with which value, and the padding that fits."""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QSpinBox, QToolButton

from playground.words.texts import Texts
from widgets.cards.card import Card

View = Literal["sweep", "coverage", "matrix", "cells"]
VIEWS: tuple[View, ...] = get_args(View)
_BRUSH = (-999, 999)


class Controls(QObject):
    """`changed` tells another view, `same_asked` that padding shall keep the size, `drawing` the brush on or off."""

    changed = Signal()
    drawing = Signal(bool)
    same_asked = Signal()

    def __init__(self, texts: Texts, card: Card) -> None:
        super().__init__(card)
        self._texts = texts
        self.same, self.draw, self.brush = QToolButton(), QToolButton(), QSpinBox()
        self.same.setObjectName("set.same")
        self.same.setProperty("role", "toggle")
        self.same.clicked.connect(self.same_asked)
        self.brush.setObjectName("view.brush")
        self.brush.setRange(*_BRUSH)
        self.brush.setValue(9)
        self.brush.setVisible(False)
        self._buttons: dict[View, QToolButton] = {view: QToolButton() for view in VIEWS[1:]}
        for widget in (self.same, self.brush):
            card.add_control(widget)
        self._add(card, self.draw, "view.draw")
        for view, button in self._buttons.items():
            self._add(card, button, f"view.{view}")
            button.toggled.connect(lambda on, view=view: self._choose(view, on))
        self.draw.toggled.connect(self._turn_drawing)

    @property
    def view(self) -> View:
        """The view that is shown."""
        return next((view for view, button in self._buttons.items() if button.isChecked()), "sweep")

    def show_view(self, view: View) -> None:
        """Bring a view forward."""
        for own, button in self._buttons.items():
            button.setChecked(own == view)

    def value(self) -> float:
        """The value of the brush."""
        return float(self.brush.value())

    def show_same(self, possible: bool, kept: bool) -> None:
        """Say whether there is a padding that keeps the size, and whether it is set already."""
        self.same.setEnabled(possible and not kept)
        self.same.setToolTip(self._texts.get("panels", "same_tip" if possible else "same_no"))

    def retranslate(self) -> None:
        """Give the controls their words in the language shown."""
        text = self._texts.get
        self.same.setText(text("panels", "same"))
        self.draw.setText(text("panels", "draw"))
        self.draw.setToolTip(text("panels", "draw_tip"))
        self.brush.setAccessibleName(text("panels", "brush"))
        self.brush.setToolTip(text("panels", "brush"))
        for view, button in self._buttons.items():
            button.setText(text("panels", f"{view}_view"))
            button.setToolTip(text("panels", view))

    def _add(self, card: Card, button: QToolButton, name: str) -> None:
        button.setObjectName(name)
        button.setCheckable(True)
        button.setProperty("role", "toggle")
        card.add_control(button)

    def _choose(self, view: View, on: bool) -> None:
        """One view at a time; with none chosen it is the sweep."""
        if on:
            for other, button in self._buttons.items():
                if other != view:
                    blocker = QSignalBlocker(button)
                    button.setChecked(False)
                    blocker.unblock()
        self.changed.emit()

    def _turn_drawing(self, on: bool) -> None:
        self.brush.setVisible(on)
        self.drawing.emit(on)
