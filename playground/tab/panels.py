"""The panels of a tab: where each stands, what draws it, what it says while it is empty. Names and words follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from playground.playback.view import View
from playground.tab.panel_area import SHARE, PanelArea
from playground.tab.toggles import Toggles
from playground.words.texts import Texts
from widgets.base import layouts
from widgets.cards.card import Card
from widgets.plots.plot import Plot

_UNDER = 132  # px
Place = Literal["big", "page", "under", "deck", "above"]
Runs = Literal["all", "front", "none"]


@dataclass(frozen=True)
class Panel:
    """A plot or drawing named `panel.<id>`: `draw` shows a view in it, `empty` says why there is nothing to see.

    It is the big picture, another page of it, or stands under the first one; on a deck; or above all, over the whole
    width. `always`: drawn in view or not, as what is typed into it changes what is there now. `runs`: whether it
    draws all runs that are compared, the one in front alone, which a line over it then says, or none of them.
    """

    id: str
    widget: QWidget
    draw: Callable[[View], None]
    place: Place = "deck"
    empty: Callable[[View], str] | None = None  # without, there is always something to see
    subtitle: Callable[[View], str] | None = None  # where it follows the view
    always: bool = False
    runs: Runs | Callable[[View], Runs] = "front"

    def show(self, view: View) -> None:
        """Show a view."""
        if hasattr(self.widget, "set_empty"):
            self.widget.set_empty(self.empty(view) if self.empty else "")
        self.draw(view)


class Panels:
    """The panels of a tab in their cards."""

    def __init__(
        self,
        panels: Sequence[Panel],
        texts: Texts,
        header: Sequence[str | QWidget],
        share: tuple[int, int] = SHARE,
        decks: int = 2,
    ) -> None:
        self._texts = texts
        self.by_id = {panel.id: panel for panel in panels}
        for panel in panels:
            panel.widget.setObjectName(f"panel.{panel.id}")
        self.stack = QStackedWidget()
        self.under: dict[str, QWidget] = {}
        self._instead: dict[str, str] = {}  # subtitles that a scene has put in place of their own
        self._pages = {panel.id: self._page(panel) for panel in panels if panel.place in ("big", "page")}
        self.card = Card(body=self.stack)
        self.toggles = Toggles(self.card, texts, header, [id for id in self._pages if id in header])
        self.above = {panel.id: Card(body=panel.widget) for panel in self._standing("above")}
        self.area = PanelArea(self.card, [panel.widget for panel in self._standing("deck")], share=share, decks=decks)

    def _standing(self, place: Place) -> list[Panel]:
        return [panel for panel in self.by_id.values() if panel.place == place]

    def _page(self, panel: Panel) -> QWidget:
        """Put a page of the big card onto the stack; under the first one may stand more."""
        under = self._standing("under") if panel.place == "big" else []
        for other in under:
            self.under[other.id] = _column(other.widget)  # the plot itself may be of any size, in an export
            self.under[other.id].setFixedHeight(_UNDER)
        page = _column(panel.widget, *self.under.values()) if under else panel.widget
        self.stack.addWidget(page)
        return page

    def plots(self) -> Iterator[Plot]:
        """Yield the panels that are plots."""
        return (panel.widget for panel in self.by_id.values() if isinstance(panel.widget, Plot))

    def in_front(self) -> Panel:
        """The page of the big card that is shown."""
        return self.by_id[self.toggles.page() or next(iter(self._pages))]

    def card_of(self, id: str) -> Card:
        """The card that a panel stands in now."""
        panel = self.by_id[id]
        return self.area.deck_of(panel.widget) if panel.place == "deck" else self.above.get(id, self.card)

    def say_instead(self, id: str, subtitle: str) -> None:
        """Put a subtitle in place of a panel's own; an empty one gives that back."""
        self._instead.pop(id, None)
        if subtitle:
            self._instead[id] = subtitle
        self._say(self.by_id[id], None)

    def bring_forward(self, id: str) -> None:
        """Show a panel that is covered by others, or another page of a deck by its object name.

        Raises KeyError where there is neither.
        """
        if id not in self.by_id and (page := self.area.findChild(QWidget, id)):
            self.area.bring_forward(page)
            return
        panel = self.by_id[id]
        if panel.place == "deck":
            self.area.bring_forward(panel.widget)
        elif panel.place != "above":
            self.toggles.show_page(id)

    def turn_page(self) -> None:
        """Show the page that the switches ask for."""
        self.stack.setCurrentWidget(self._pages[self.in_front().id])
        self._say(self.in_front(), None)

    def draw_big(self, view: View, tab: QWidget) -> None:
        """Draw what is in view of the big card, and what stands above and under it."""
        for panel in self.by_id.values():
            if panel.place != "deck" and (panel.always or panel.widget.isVisibleTo(tab)):
                panel.show(view)
                if panel.subtitle and panel.place == "above":
                    self._say(panel, view)
        if (front := self.in_front()).subtitle:
            self._say(front, view)
        self._card_line(front, whose(front, view))

    def beside(self, view: View, tab: QWidget) -> Iterator[Callable[[], None]]:
        """Yield what draws each panel beside the big card that is in view."""
        for panel in self._standing("deck"):
            if panel.always or panel.widget.isVisibleTo(tab):
                yield lambda panel=panel: self._show(panel, view)  # type: ignore[misc]

    def _show(self, panel: Panel, view: View) -> None:
        panel.show(view)
        if panel.subtitle:
            self._say(panel, view)
        self._card_line(panel, whose(panel, view))

    def _card_line(self, panel: Panel, words: str) -> None:
        if panel.place == "deck":
            self.area.deck_of(panel.widget).set_page_line(panel.widget, words)
        elif panel.place != "under":
            self.above.get(panel.id, self.card).set_line(words)

    def _say(self, panel: Panel, view: View | None) -> None:
        """Write title and subtitle of a panel."""
        texts, id = self._texts, panel.id
        if id in self._instead:
            subtitle = self._instead[id]
        elif panel.subtitle and view:
            subtitle = panel.subtitle(view)
        else:
            subtitle = "" if panel.subtitle else texts.find("panels", f"{id}_subtitle") or ""
        title = texts.get("panels", id)
        if panel.place == "deck":
            self.area.set_page_title(panel.widget, texts.get("panels", f"{id}_short"), title, subtitle)
        else:
            card = self.card_of(id)
            card.set_title(title)
            card.set_subtitle(subtitle)

    def retranslate(self) -> None:
        """Give all panels their words in the language shown."""
        self.toggles.retranslate()
        for panel in self.by_id.values():
            panel.widget.setAccessibleName(self._texts.get("panels", panel.id))
            if panel.place in ("deck", "above") or panel is self.in_front():
                self._say(panel, None)
            if hasattr(panel.widget, "retranslate"):
                panel.widget.retranslate()


def whose(panel: Panel, view: View) -> str:
    """Say of which run a panel tells, where several are compared and it draws but one: `A only`."""
    runs = panel.runs(view) if callable(panel.runs) else panel.runs
    if runs != "front" or not view.beside:
        return ""
    return QCoreApplication.translate("Panels", "{letter} only").format(letter=view.letter)


def _column(*parts: QWidget) -> QWidget:
    page = QWidget()
    layouts.column(*parts, spacing=8, on=page)
    return page
