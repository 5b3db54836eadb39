"""The panels of a tab: where each stands, what draws it, what it says while it is empty. Names and words follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from core.run.parameters import get_value, parameters
from playground.playback.view import View
from playground.recipes.plain_compared import WAYS
from playground.tab.comparison import apart
from playground.tab.footed import Footed
from playground.tab.panel_area import PanelArea, Sharing
from playground.tab.runs_beside import Drawing, RunsBeside
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
    width. `always`: drawn in view or not, as what is typed into it changes what is there now; not while all take
    turns. `runs`: whether it draws all runs that are compared, the one in front alone, which a line over it then says,
    or none of them. `ways`: those of `WAYS` that it knows; `another` makes one more drawing of it, for runs that stand
    beside each other. `hint` says what can be done there; a slide goes without. `control` stands in the header of its
    deck while the panel is in front. `foot` stands below a plot in its deck. `waits`: while those beside take turns
    it is drawn in the frames between.
    """

    id: str
    widget: QWidget
    draw: Callable[[View], None]
    place: Place = "deck"
    empty: Callable[[View], str] | None = None  # without, there is always something to see
    subtitle: Callable[[View], str] | None = None  # where it follows the view
    hint: Callable[[View], str] | None = None  # so does this
    always: bool = False
    runs: Runs | Callable[[View], Runs] = "front"
    ways: Sequence[str] = ()
    another: Callable[[], Drawing] | None = None
    control: QWidget | None = None
    foot: QWidget | None = None
    waits: bool = False

    def show(self, view: View, other: Drawing | None = None) -> None:
        """Show a view, where another drawing of it is given in that."""
        widget, draw = other or (self.widget, self.draw)
        if hasattr(widget, "set_empty"):
            widget.set_empty(self.empty(view) if self.empty else "")
        draw(view.alone() if self.way(view) == "only" else view)

    def way(self, view: View) -> str:
        """Return the way asked for in which it shows the runs compared; nothing for its own."""
        return view.way if view.way in self.ways else ""


class Panels:
    """The panels of a tab in their cards."""

    def __init__(
        self,
        panels: Sequence[Panel],
        texts: Texts,
        header: Sequence[str | QWidget],
        sharing: Sharing,
    ) -> None:
        self._texts = texts
        self.by_id = {panel.id: panel for panel in panels}
        for panel in panels:
            panel.widget.setObjectName(f"panel.{panel.id}")
        self._beside = {panel.id: RunsBeside(panel, panel.another) for panel in panels if panel.another}
        self._footed = {panel.id: Footed(panel.widget, panel.foot) for panel in panels if panel.foot}
        self.stack = QStackedWidget()
        self.under: dict[str, QWidget] = {}
        self._instead: dict[str, str] = {}  # hints that a scene has put in place of their own words
        self._pages = {panel.id: self._page(panel) for panel in panels if panel.place in ("big", "page")}
        self.card = Card(body=self.stack)
        self.toggles = Toggles(self.card, texts, header, [id for id in self._pages if id in header])
        self.above = {panel.id: Card(body=panel.widget) for panel in self._standing("above")}
        deck = self._standing("deck")
        self.area = PanelArea(self.card, [self.page_of(panel.id) for panel in deck], sharing)
        for panel in deck:
            if panel.control:
                self.area.deck_of(self.page_of(panel.id)).set_page_control(self.page_of(panel.id), panel.control)

    def _standing(self, place: Place) -> list[Panel]:
        return [panel for panel in self.by_id.values() if panel.place == place]

    def _page(self, panel: Panel) -> QWidget:
        """Put a page of the big card onto the stack; under the first one may stand more."""
        under = self._standing("under") if panel.place == "big" else []
        for other in under:
            self.under[other.id] = _column(other.widget)  # the plot itself may be of any size, in an export
            self.under[other.id].setFixedHeight(_UNDER)
        own = self.page_of(panel.id)
        page = _column(own, *self.under.values()) if under else own
        self.stack.addWidget(page)
        return page

    def page_of(self, id: str) -> QWidget:
        """The widget that a panel is seen in: its own, or what holds it with other runs beside it, or over its foot."""
        return self._beside.get(id) or self._footed.get(id) or self.by_id[id].widget

    def plot_of(self, id: str) -> Plot:
        """Return the panel that is a plot, or the first that it holds; raise LookupError where there is none."""
        widget = self.by_id[id].widget
        plot = widget if isinstance(widget, Plot) else widget.findChild(Plot)
        if plot is None:
            raise LookupError(f"no plot in panel {id}")
        return plot

    def plots(self) -> Iterator[Plot]:
        """Yield the panels that are plots, the plots that others hold, and those that stand beside them."""
        for panel in self.by_id.values():
            yield from [panel.widget] if isinstance(panel.widget, Plot) else panel.widget.findChildren(Plot)
        for beside in self._beside.values():
            yield from beside.others()

    def let_zooms_go(self, before: Any, now: Any) -> None:
        """Let a zoom go where another run has another range; all of them where it is on other data by their name."""
        is_other = is_named_otherwise(before, now)
        for plot in self.plots():
            if is_other:
                plot.reset_view()
            else:
                plot.expect_new_data()

    def ways(self) -> list[str]:
        """The ways to look at compared runs that any of the panels knows."""
        return [way for way in WAYS if any(way in panel.ways for panel in self.by_id.values())]

    def in_front(self) -> Panel:
        """The page of the big card that is shown."""
        return self.by_id[self.toggles.page() or next(iter(self._pages))]

    def leading(self) -> QWidget:
        """The picture that keys go to: the page of the big card, or where others cover that the one that does."""
        front, decks = self.in_front().widget, self._standing("deck")
        return next((w for w in (front, *(p.widget for p in decks)) if w.isVisibleTo(self.area)), front)

    def cards(self) -> list[Card]:
        """All cards that panels stand in."""
        return [*self.above.values(), *self.area.cards()]

    def card_of(self, id: str) -> Card:
        """The card that a panel stands in now."""
        panel = self.by_id[id]
        return self.area.deck_of(self.page_of(id)) if panel.place == "deck" else self.above.get(id, self.card)

    def say_instead(self, id: str, hint: str) -> None:
        """Put a hint in place of a panel's own words; an empty one gives these back."""
        self._instead.pop(id, None)
        if hint:
            self._instead[id] = hint
        if self.by_id[id].place != "under":  # that has no header of its own
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
            self.area.bring_forward(self.page_of(id))
        elif panel.place != "above":
            self.toggles.show_page(id)
            self.area.bring_forward(self.card)

    def turn_page(self) -> None:
        """Show the page that the switches ask for."""
        self.stack.setCurrentWidget(self._pages[self.in_front().id])
        self._say(self.in_front(), None)

    def draw_big(self, view: View, tab: QWidget, busy: bool = False) -> None:
        """Draw what is in view of the big card, and what stands above and under it; in a frame that is kept `busy` for
        what stands beside, what waits is left out.
        """
        for panel in self.by_id.values():
            if panel.place == "deck" or (busy and panel.waits) or not (panel.always or panel.widget.isVisibleTo(tab)):
                continue
            if panel.place == "above":  # it has a card, and words, of its own
                self._show(panel, view)
            else:
                self.show(panel.id, view)
        front = self.in_front()
        if front.subtitle or front.hint:
            self._say(front, view)
        self._card_line(front, whose(front, view))

    def beside(self, view: View, tab: QWidget, in_turn: bool = False) -> Iterator[Callable[[], None]]:
        """Yield what draws each panel beside the big card that is in view, and unless they take turns each that is
        drawn always.
        """
        for panel in self._standing("deck"):
            if (panel.always and not in_turn) or panel.widget.isVisibleTo(tab):
                yield lambda panel=panel: self._show(panel, view)  # type: ignore[misc]

    def show(self, id: str, view: View) -> None:
        """Show a view in one panel."""
        if id in self._beside:
            self._beside[id].show_view(view)
        else:
            self.by_id[id].show(view)

    def _show(self, panel: Panel, view: View) -> None:
        self.show(panel.id, view)
        if panel.subtitle or panel.hint:
            self._say(panel, view)
        self._card_line(panel, whose(panel, view))

    def _card_line(self, panel: Panel, words: str) -> None:
        if panel.place == "deck":
            page = self.page_of(panel.id)
            self.area.deck_of(page).set_page_line(page, words)
        elif panel.place != "under":
            self.above.get(panel.id, self.card).set_line(words)

    def _say(self, panel: Panel, view: View | None) -> None:
        """Write title, subtitle and hint of a panel."""
        texts, id = self._texts, panel.id
        title, muted = texts.get("panels", id), self._muted(panel, view)
        if panel.place == "deck":
            self.area.set_page_title(self.page_of(id), texts.get("panels", f"{id}_short"), title, *muted)
        else:
            card = self.card_of(id)
            card.set_title(title)
            card.set_subtitle(*muted)
            if card is self.card:  # which may become a page of a deck
                self.area.set_page_title(card, texts.find("panels", f"{id}_short") or title, title, *muted)

    def _muted(self, panel: Panel, view: View | None) -> tuple[str, str]:
        """Return subtitle and hint of a panel; those that follow the view, without one, are yet to come."""
        if panel.id in self._instead:
            return "", self._instead[panel.id]
        asked = {"subtitle": panel.subtitle, "hint": panel.hint}
        of_text = {kind: self._texts.find("panels", f"{panel.id}_{kind}") or "" for kind in asked}
        said = [(ask(view) if view else "") if ask else of_text[kind] for kind, ask in asked.items()]
        return said[0], said[1]

    def retranslate(self) -> None:
        """Give all panels their words in the language shown."""
        self.toggles.retranslate()
        for panel in self.by_id.values():
            panel.widget.setAccessibleName(self._texts.get("panels", panel.id))
            if panel.place in ("deck", "above") or panel is self.in_front():
                self._say(panel, None)
            for part in filter(None, (panel.widget, panel.foot)):
                if hasattr(part, "retranslate"):
                    part.retranslate()


def whose(panel: Panel, view: View) -> str:
    """Say of which run a panel tells, where several are compared and it draws but one: `A only`; or `B − A`."""
    runs, way = panel.runs(view) if callable(panel.runs) else panel.runs, panel.way(view)
    if way == "difference":
        return apart(view)
    if way == "beside" or (runs != "front" and way != "only") or not view.beside:
        return ""
    return QCoreApplication.translate("Panels", "{letter} only").format(letter=view.letter)


def is_named_otherwise(before: Any, now: Any) -> bool:
    """Tell whether a surface, a set, a picture or a text was chosen by another name."""
    open_ones = [p.name for p in parameters(type(now)) if p.kind == "open choice"]
    named = [(get_value(before, name), get_value(now, name)) for name in open_ones]
    return any(isinstance(one, str) and isinstance(other, str) and one != other for one, other in named)


def _column(*parts: QWidget) -> QWidget:
    page = QWidget()
    layouts.column(*parts, spacing=8, on=page)
    return page
