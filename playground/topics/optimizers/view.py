"""How the big picture is looked at: on the map or as a relief, with which arrows, with the Hessian's axes or not."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QToolButton

from playground.words.texts import Texts
from widgets.cards.card import Card

_SCALES = (0, 1, 3, 10)


@dataclass(frozen=True)
class ViewState:
    """What is part of the view, not of the run."""

    arrows: float = 1.0  # their scale; 0: none
    hessian: bool = False


class ViewControls(QObject):
    """The controls in the header of the big picture."""

    changed = Signal()

    def __init__(self, texts: Texts, card: Card) -> None:
        super().__init__(card)
        self._texts = texts
        self._arrows = QComboBox()
        for scale in _SCALES:
            self._arrows.addItem("", scale)
        self._arrows.setCurrentIndex(_SCALES.index(3))
        self._hessian, self._relief = QToolButton(), QToolButton()
        for button, name in ((self._hessian, "view.hessian"), (self._relief, "view.relief")):
            button.setObjectName(name)
            button.setCheckable(True)
            button.setProperty("role", "toggle")
            button.toggled.connect(self.changed)
            card.add_control(button)
        self._arrows.setObjectName("view.arrows")
        self._arrows.setProperty("role", "small")
        self._arrows.currentIndexChanged.connect(self.changed)
        card.add_control(self._arrows)

    @property
    def is_relief(self) -> bool:
        """Whether the surface is shown in three dimensions."""
        return self._relief.isChecked()

    def state(self) -> ViewState:
        """What is chosen now."""
        return ViewState(float(self._arrows.currentData()), self._hessian.isChecked())

    def retranslate(self) -> None:
        """Give the controls their words in the language shown."""
        for i, scale in enumerate(_SCALES):
            key = "arrows" if scale else "arrows_off"
            self._arrows.setItemText(i, self._texts.get("panels", key).format(scale=scale))
        self._arrows.setAccessibleName(self._texts.get("panels", "arrows_scale"))
        self._hessian.setText(self._texts.get("panels", "hessian"))
        self._relief.setText(self._texts.get("panels", "surface_view"))
