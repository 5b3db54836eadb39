"""What an open scene changes in the rest of its tab: what is in front, who leads on, what takes the answer."""

from __future__ import annotations

from collections.abc import Callable

from core.run.explanation import Focus
from playground.tab.asked_panel import AskedPanel
from playground.tab.panels import Panels
from playground.tab.scene_words import Staged
from playground.tab.stage import Stage
from widgets.shell.transport_bar import TransportBar


class Staging:
    """Follows the stage of a tab."""

    def __init__(
        self,
        stage: Stage,
        shown: Panels,
        transport: TransportBar,
        choose: Callable[[Focus | None], None],
        redraw: Callable[[], None],
    ) -> None:
        self._stage, self._shown, self._transport = stage, shown, transport
        self._choose, self._redraw = choose, redraw
        self._covers = False
        self._asked = AskedPanel(shown, stage)
        stage.opened.connect(self._set)
        stage.spoke_of.connect(choose)
        stage.staged.connect(self._show)

    def _set(self, focus: Focus | None, panel: str) -> None:
        """Explain what a scene asks for, and bring the panel in front where it is to be seen."""
        if panel:
            self._shown.bring_forward(panel)
        self._choose(focus)

    def _show(self, staged: Staged | None) -> None:
        if self._stage.covers != self._covers:
            self._covers = self._stage.covers
            self._redraw()
        self._asked.show(staged)
        self._transport.set_outlined(staged is not None and staged.leads)
        self._transport.scrub_bar.set_pauses(self._stage.pauses())
        self._transport.show_note(self._stage.note())
