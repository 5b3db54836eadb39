"""A card that several plots share, one shown at a time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from widgets.cards.card import Card
from widgets.cards.folding_tabs import FoldingTabs

_NO_WORDS = ("", "", "", "")  # of a page: on its tab, its title, muted beside that


class TabbedCard(Card):
    """A card with pages. One page gives it its title; several are chosen by tabs in the header.

    Many tabs neither push the big picture aside nor are cut: those without room are in a menu.
    """

    page_changed = Signal(QWidget)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._stack = QStackedWidget()
        self._tabs = FoldingTabs()
        self._titles: dict[QWidget, tuple[str, str, str, str]] = {}
        self._lines: dict[QWidget, str] = {}
        self._page_controls: dict[QWidget, QWidget] = {}
        self._has_tabs = True
        self._controls_of_pages = QHBoxLayout()  # apart from those that may be lent
        self._row.insertLayout(self._row.indexOf(self._controls), self._controls_of_pages)
        self.set_body(self._stack)
        self.add_leading(self._tabs)
        self.add_leading(self._tabs.more)
        self._tabs.currentChanged.connect(self._show)

    def pages(self) -> list[QWidget]:
        """The pages in order."""
        return [page for i in range(self._stack.count()) if (page := self._stack.widget(i))]

    def current(self) -> QWidget | None:
        """The page in view."""
        return self._stack.currentWidget()

    def add_page(self, page: QWidget, index: int = -1) -> None:
        """Add a page, at the end or at an index; it is taken out of the card it was in."""
        place = self._stack.insertWidget(index, page)
        self._titles.setdefault(page, _NO_WORDS)
        self._tabs.insertTab(place, self._titles[page][0])
        self._follow_tabs()

    def take_page(self, page: QWidget) -> None:
        """Let go of a page."""
        index = self._stack.indexOf(page)
        if index >= 0:
            self._stack.removeWidget(page)  # first, or the tab that takes its place would bring the wrong page
            self._tabs.removeTab(index)
            self._follow_tabs()

    def adopt(self, page: QWidget, other: TabbedCard, index: int) -> None:
        """Take a page over from another card, with its words."""
        words = other._titles.get(page, _NO_WORDS)
        self._lines[page] = other._lines.pop(page, "")
        other.take_page(page)
        self.add_page(page, index)
        if control := other._page_controls.pop(page, None):
            self.set_page_control(page, control)
        self.set_page_title(page, *words)
        self.show_page(page)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self._tabs.setCurrentIndex(self._stack.indexOf(page))

    def set_page_title(self, page: QWidget, short: str, title: str, subtitle: str = "", hint: str = "") -> None:
        """Set what the tab of a page says, its title where it is alone, and the muted words beside it, a hint last."""
        if self._titles.get(page) == (short, title, subtitle, hint):
            return
        self._titles[page] = (short, title, subtitle, hint)
        index = self._stack.indexOf(page)
        if index >= 0:
            if self._tabs.tabText(index) != short:  # a new text lays out the whole window anew
                self._tabs.setTabText(index, short)
                self._fit()
            self._tabs.setTabToolTip(index, title)
            self._refresh()

    def set_page_line(self, page: QWidget, words: str) -> None:
        """Set what stands under the header while a page is shown."""
        if self._lines.get(page, "") != words:
            self._lines[page] = words
            self._refresh()

    def set_page_control(self, page: QWidget, control: QWidget) -> None:
        """Put a widget at the right of the header that is there while a page is shown."""
        self._page_controls[page] = control
        self._controls_of_pages.addWidget(control)
        self._refresh()

    def set_turned_by_tabs(self, has_tabs: bool) -> None:
        """Have tabs in the header where there are several pages, or only the title of the one in view."""
        self._has_tabs = has_tabs
        self._refresh()
        self._fit()

    def leading_room(self) -> int:
        """Return how many px the tabs may take, so that what stands at the right has its own."""
        return super().leading_room() - self._controls_of_pages.sizeHint().width()

    def _follow_tabs(self) -> None:
        """Show the page of the current tab: pages that come and go move the two by rules of their own."""
        self._stack.setCurrentIndex(self._tabs.currentIndex())
        self._refresh()
        self._fit()

    def _show(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._refresh()
        self._fit()
        page = self.current()
        if page is not None:
            self.page_changed.emit(page)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # something in the header came, went or grew
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._offers_tabs():
            self._tabs.fit(self.leading_room())

    def _offers_tabs(self) -> bool:
        return self._has_tabs and self._stack.count() > 1

    def _refresh(self) -> None:
        several = self._offers_tabs()
        self._tabs.setVisible(several)
        self._tabs.more.setVisible(several and len(self._tabs.names()) < self._stack.count())
        page = self.current()
        for own, control in self._page_controls.items():
            control.setVisible(own is page)
        if page is not None:
            _, title, *muted = self._titles.get(page, _NO_WORDS)
            self.set_title("" if several else title)
            self.set_subtitle(*muted)
            self.set_line(self._lines.get(page, ""))
            self.setAccessibleName(title)
