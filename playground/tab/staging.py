"""What an open scene changes in the rest of its tab: what is in front, who leads on, what takes the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt

from core.run.explanation import Focus
from playground.playback.view import View
from playground.scenes.mark import Spoken
from playground.scenes.scene import Scene, SetUp
from playground.tab.marked import runs_in
from playground.tab.panels import Panels
from playground.tab.scene_words import Staged
from playground.tab.stage import Stage
from widgets.cards.card import Card
from widgets.plots.plot import Plot
from widgets.shell.transport_bar import TransportBar

if TYPE_CHECKING:
    from playground.tab.asked_panel import AskedPanel


class Staging:
    """Follows the stage of a tab."""

    def __init__(
        self,
        stage: Stage,
        shown: Panels,
        transport: TransportBar,
        choose: Callable[[Focus | None], None],
        show_beat: Callable[[str], None],
        redraw: Callable[[], None],
    ) -> None:
        self._stage, self._shown, self._transport = stage, shown, transport
        self._choose, self._show_beat, self._redraw = choose, show_beat, redraw
        self._told: tuple[bool, Spoken | None] = False, None  # what the pictures leave out, and what they mark
        self._set_up = SetUp()
        self._asked: AskedPanel | None = None  # until a scene is open
        stage.opened.connect(self._set)
        shown.area.folded.connect(self._set_anew)
        stage.spoke_of.connect(choose)
        stage.staged.connect(self._show)

    def _set(self, scene: Scene) -> None:
        """Set the stage: what is in front, how the panels stand, what is explained."""
        self._set_up = set_up = scene.set_up
        self._bring_forward(scene)
        for plot, ends in self._zooms():
            plot.zoom_to(ends)
        self._show_beat(set_up.beat)
        self._choose(scene.focus)
        self._shown.leading().setFocus(
            Qt.FocusReason.OtherFocusReason
        )  # that of the list would go to the nearest field
        self._redraw()  # a panel that came to the front of a tab that is just shown was not drawn

    def _set_anew(self) -> None:
        """Bring the panels of an open scene to the front again, and its key, where cards have come to stand anew."""
        if on := self._stage.on:
            for card in (self._shown.card, self._shown.area.second):
                card.set_key("", "")
            self._bring_forward(on.scene)
            self._redraw()

    def _bring_forward(self, scene: Scene) -> None:
        for panel in reversed(scene.set_up.panels):
            self._shown.bring_forward(panel)
        self._give_room(scene)

    def _give_room(self, scene: Scene) -> None:
        """Let a plot in which a curve is drawn have room for that, or the panel that a scene speaks of."""
        asked = scene.question.panel if scene.question and scene.question.kind == "curve" else scene.set_up.room
        page = self._shown.page_of(asked) if asked and self._shown.by_id[asked].place == "deck" else None
        self._shown.area.give_room(page, scene.set_up.stacked)
        if scene.set_up.alone:
            self._shown.area.shrink()  # a card enlarged by hand
            self._shown.area.enlarge_under(self._shown.by_id[scene.set_up.panels[0]].widget)

    def _zooms(self) -> list[tuple[Plot, Any]]:
        plots = ((self._shown.by_id[panel].widget, ends) for panel, ends in self._set_up.zoom.items())
        return [(plot, ends) for plot, ends in plots if isinstance(plot, Plot)]

    def _strike(self) -> None:
        """Let the panels stand as they did before the scene."""
        self._keyed().set_key("", "")
        self._shown.area.give_room(None)
        if self._set_up.alone:
            self._shown.area.shrink()
        for plot, _ in self._zooms():
            plot.reset_view()
        self._set_up = SetUp()

    def _show(self, staged: Staged | None) -> None:
        if staged is None:
            self._strike()
        if (told := (self._stage.covers, self._stage.spoken)) != self._told:
            self._told = told
            self._redraw()
        if staged and self._asked is None:
            self._asked = _asked_panel(self._shown, self._stage)
        if self._asked:
            self._asked.show(staged)
        self._transport.set_outlined(staged is not None and staged.leads)
        self._transport.scrub_bar.set_pauses(self._stage.pauses())
        self._transport.show_note(self._stage.note())

    def mark(self, view: View) -> None:
        """Key what a scene marks in the header of the big picture, and mark its steps on the scrub bar."""
        bar, card = self._transport.scrub_bar, self._keyed()
        claim = view.spoken.claim if view.spoken else None
        if claim is None:
            bar.set_spoken(())
            card.set_key("", "")
            return
        name = claim.texts.get("name")
        bar.set_spoken(claim.members(view.timeline, view.timeline.recorded).all_steps, name)
        shape = next((run.claim.shape for run in runs_in(view) if run.claim), "")
        words = "{name}" if shape else QCoreApplication.translate("Staging", "{name}: none")
        card.set_key(shape, words.format(name=name))

    def _keyed(self) -> Card:
        """The card whose header has the key: the big one, or the one that has all the room."""
        return self._shown.card_of(self._set_up.panels[0]) if self._set_up.alone else self._shown.area.lead


def _asked_panel(shown: Panels, stage: Stage) -> AskedPanel:
    from playground.tab.asked_panel import AskedPanel

    return AskedPanel(shown, stage)
