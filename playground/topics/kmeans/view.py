"""The header of the big picture: which half-step was made last, and whether a click draws points."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QToolButton

from playground.words.texts import Texts
from widgets.cards.card import Card
from widgets.cards.phase_bar import PhaseBar

_PHASES = ("assign", "move")


class ViewControls(QObject):
    """The controls in the header of the big picture."""

    def __init__(self, texts: Texts, card: Card) -> None:
        super().__init__(card)
        self._texts = texts
        self._phase = PhaseBar()
        self._draw = QToolButton()
        self._draw.setObjectName("view.draw_points")
        self._draw.setCheckable(True)
        self._draw.setProperty("role", "toggle")
        card.add_control(self._draw)
        card.add_control(self._phase)

    @property
    def draws_points(self) -> bool:
        """Whether a click adds a point or takes one away."""
        return self._draw.isChecked()

    def show_phase(self, phase: str) -> None:
        """Fill the phase that was made last; none at the start."""
        self._phase.show_phase(_PHASES.index(phase) if phase in _PHASES else -1)

    def retranslate(self) -> None:
        """Give the controls their words in the language shown."""
        self._phase.set_names(self._texts.get("panels", "phase"), [self._texts.get("panels", key) for key in _PHASES])
        self._draw.setText(self._texts.get("panels", "draw_points"))
        self._draw.setToolTip(self._texts.get("panels", "draw_points_tip"))
