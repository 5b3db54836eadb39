"""Tabs of which those without room are in a menu behind the others; the current one is always there."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import QMenu, QTabBar, QToolButton

_GAP = 4  # px between the tabs and the button of the menu


class FoldingTabs(QTabBar):
    """A bar of tabs that are whole or not there; `more` opens the menu of those that are not."""

    def __init__(self) -> None:
        super().__init__()
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setUsesScrollButtons(False)
        self.more = QToolButton()
        self.more.setObjectName("tabs.more")
        self.more.setProperty("role", "icon")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self.fill_menu)
        self.more.setMenu(self._menu)
        self.more.hide()
        self._told = 0  # px of width, to the layout
        self.retranslate()

    def sizeHint(self) -> QSize:
        """As wide as the tabs that are there; Qt's own would still be that of those there before."""
        return QSize(self._needed(), super().sizeHint().height())

    def _needed(self) -> int:
        return sum(self.tabSizeHint(i).width() for i in range(self.count()) if self.isTabVisible(i))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())  # else tabs would push the big picture aside

    def names(self) -> list[str]:
        """The words of the tabs that are there."""
        return [self.tabText(i) for i in range(self.count()) if self.isTabVisible(i)]

    def fit(self, room: int) -> None:
        """Show the tabs that `room` px are enough for, the current one and then the first ones."""
        wide = [self.tabSizeHint(i).width() for i in range(self.count())]
        shown = set(range(self.count()))
        if sum(wide) > room:
            current = self.currentIndex()
            left = room - self.more.sizeHint().width() - _GAP - wide[current]
            others = [i for i in shown if i != current]
            shown = {i for place, i in enumerate(others) if sum(wide[j] for j in others[: place + 1]) <= left}
            shown.add(current)
        changed = [i for i in range(self.count()) if self.isTabVisible(i) is not (i in shown)]
        for i in changed:  # no others: told what it knows, the bar forgets that its tabs have to be laid out anew
            self.setTabVisible(i, i in shown)
        needed = self._needed()
        if changed or needed != self._told:  # new words are not told by Qt while the bar is hidden
            self._told = needed
            self.updateGeometry()
        self.more.setVisible(len(shown) < self.count())

    def fill_menu(self) -> None:
        """Offer the tabs that are not there."""
        self._menu.clear()
        for i in range(self.count()):
            if not self.isTabVisible(i):
                self._menu.addAction(self.tabText(i), lambda i=i: self.setCurrentIndex(i))

    def retranslate(self) -> None:
        """Give the button of the menu its words in the language shown."""
        words = QCoreApplication.translate("FoldingTabs", "More panels")
        self.more.setToolTip(words)
        self.more.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
