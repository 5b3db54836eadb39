"""The window: menus, navigation, status bar, and the tab in front. It is painted before NumPy and plots are loaded."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QSettings, QSize, Qt, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from playground.actions import MENUS, SUBMENUS, Actions, text_of
from playground.topic_list import TOPICS, TopicEntry
from playground.window import keyboard
from playground.words import languages, texts
from playground.words.texts import Language, group_names
from widgets.base import appearance, theme
from widgets.shell.navigation_bar import NavigationTabs

if TYPE_CHECKING:  # PySide6 makes each class when it is first asked for, and the shell shall be painted soon
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QMenu

    from playground.tab.topic_tab import TopicTab
    from playground.welcome.start_page import StartPage

_ICONS_ONLY = 1290  # px of width below which the navigation shrinks to icons
_SMALLEST = (1100, 700)
_FIRST = (1440, 900)
_FRAME = QSize(16, 40)  # px that the edges of a desktop's frame and its title bar may take
_STATUS_MS = 8000
START = "start"  # the id of the page that is no topic's


class Page(QWidget):
    """The page of a topic; its tab is there from the first visit on, and may be built ahead of that."""

    def __init__(self, entry: TopicEntry) -> None:
        super().__init__()
        self.setObjectName(f"tab.{entry.id}")
        self.entry = entry
        self.tab: TopicTab | None = None
        self._ahead: TopicTab | None = None  # as far as it is built

    def build_on(self, actions: Actions, seed: int) -> bool:
        """Build one bit more of the tab that a visit will show; tell whether there is more."""
        if self.tab:
            return False
        if self._ahead is None:
            self._ahead = self.entry.tab(self.entry, actions, seed, self, at_once=False)
            self._ahead.hide()
            return True
        return self._ahead.build_on()

    def fill(self, actions: Actions, seed: int) -> TopicTab:
        """Show the tab, with what is not built yet of it, but for what the first picture does without."""
        from widgets.base import layouts

        tab = self.tab = self._ahead or self.entry.tab(self.entry, actions, seed, self, at_once=False)
        tab.build()
        layouts.column(tab, on=self)
        if self._ahead:
            self._ahead = None
            QCoreApplication.sendPostedEvents(None, QEvent.Type.PolishRequest)  # unstyled parts ask for other room
            tab.show()
        return tab

    def may_be_filled(self) -> bool:
        """Tell whether all is built that the first picture of the tab needs."""
        return bool(self._ahead and self._ahead.is_built)

    def let_go(self) -> None:
        """Free what was built ahead."""
        if self._ahead:
            self._ahead.deleteLater()
            QCoreApplication.sendPostedEvents(self._ahead, QEvent.Type.DeferredDelete)
            self._ahead = None


class Front(QWidget):
    """The page that the start page stands on; it is there from the first visit on."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName(f"tab.{START}")
        self.start: StartPage | None = None

    def fill(self, actions: Actions) -> StartPage:
        """Build the start page."""
        from playground.welcome.start_page import StartPage
        from widgets.base import layouts

        self.start = StartPage(actions, self)
        layouts.column(self.start, on=self)
        return self.start


class Window(QMainWindow):
    """The main window. It knows nobody who serves it: whoever does is told by signals."""

    painted = Signal()  # the shell was painted: what follows may take its time
    filled = Signal(object)  # a tab was built
    welcomed = Signal(object)  # the start page was built
    visited = Signal(object)  # a tab came to the front, or None: the start page did
    ready = Signal()  # the tab in front is there, and all that serves it
    retranslated = Signal()
    unseen_gone = Signal()  # what was built ahead is to be built anew
    dropped = Signal(object)  # QMimeData: whoever takes it reads it at once
    closing = Signal()

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        self.setObjectName("window")
        self._seed = seed
        self.may_close: Callable[[], bool] = lambda: True  # asks what becomes of unsaved work
        self.tabs = NavigationTabs()
        self.tabs.setObjectName("tabs")
        self.front, self._pages = Front(), [Page(entry) for entry in TOPICS]
        for page in (self.front, *self._pages):
            self.tabs.addTab(page, "")
        self.begin_with(TOPICS[0].id)
        self.setCentralWidget(self.tabs)
        self.statusBar().setSizeGripEnabled(False)
        self._menus = [self.menuBar().addMenu("") for _ in MENUS]
        self.submenus: dict[str, QMenu] = {}
        self.retranslate()
        self._restore()

    # How it is built.

    def load_menus(self) -> None:
        """Fill the menus, which the first picture of the tab did without."""
        from PySide6.QtWidgets import QMenu

        self.submenus = {id: QMenu(text_of(title), self) for id, title in SUBMENUS.items()}
        for menu, (_, ids) in zip(self._menus, MENUS, strict=True):
            for id in ids:
                if not id:
                    menu.addSeparator()
                elif id in self.submenus:
                    menu.addMenu(self.submenus[id])
                else:
                    menu.addAction(self.actions_[id])
        for prefix, group in self.actions_.choices.items():
            self.submenus[prefix].addActions(group.actions())
        self.addActions(self.actions_.everywhere())
        self._connect()

    def _connect(self) -> None:
        from PySide6.QtGui import QKeySequence, QShortcut

        act = self.actions_
        for prefix, choose in (("view.theme", self.set_theme), ("view.language", self.set_language)):
            act.choices[prefix].triggered.connect(
                lambda it, choose=choose: self._change(partial(choose, it.objectName().rpartition(".")[2]))
            )
        act["view.full_screen"].setChecked(self.isFullScreen())
        act["view.full_screen"].toggled.connect(self._full_screen)
        act["file.quit"].triggered.connect(self.close)
        act[f"view.theme.{theme.choice()}"].setChecked(True)
        act[f"view.language.{texts.language()}"].setChecked(True)
        act["view.numbers"].setChecked(True)
        for keys, id in (("Ctrl+Space", "transport.play"), ("Esc", "")):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(act[id].trigger if id else self._escape)
        for i in range(min(10, self.tabs.count())):  # Ctrl+1 is the first topic, Ctrl+0 brings zooms back
            shortcut = QShortcut(QKeySequence(f"Ctrl+{i}" if i else "Alt+Home"), self)
            shortcut.activated.connect(lambda i=i: self.tabs.setCurrentIndex(i))

    def load_actions(self) -> None:
        """Make what the shell did without: actions, and the place of the seed. Called once it is painted."""
        from PySide6.QtWidgets import QLabel

        self.actions_ = Actions(self)
        self._seed_label = QLabel()
        self._seed_label.setContentsMargins(0, 0, 12, 0)
        self.statusBar().addPermanentWidget(self._seed_label)

    def fill_first(self, page: Page | Front) -> None:
        """Show the first tab, or the start page, and the icons of all: not in the shell, which has no reader of SVG."""
        from widgets.base import icons

        self.tabs.set_icons(map(icons.icon, ("house", *(entry.icon for entry in TOPICS))))
        self.fill(page)

    def empty_page(self) -> Page | Front | None:
        """Return the page in front, if its tab is not there."""
        page: Any = self.tabs.currentWidget()
        return None if self._is_filled(page) else page

    def complete(self) -> None:
        """Complete the tab in front. Called once all are there who serve the tabs."""
        for tab in self.built_tabs():  # one, as a rule
            tab.complete()
        self.setAcceptDrops(True)
        self.tabs.currentChanged.connect(self._visit)
        _app().focusChanged.connect(self._give_focus_back)
        self._visit(self.tabs.currentIndex())
        self.ready.emit()

    # The tab in front.

    def begin_with(self, id: str) -> None:
        """Have the page of a topic in front, or the start page: what is loaded first."""
        self.tabs.setCurrentWidget(self.front if id == START else self.page(id))

    def page(self, id: str) -> Page:
        """Return the page of a topic."""
        return next(page for page in self._pages if page.entry.id == id)

    @property
    def tab(self) -> TopicTab | None:
        """The tab in front, once it is built; None where the start page is."""
        page = self.tabs.currentWidget()
        return page.tab if isinstance(page, Page) else None

    def in_front(self) -> Any:
        """Return the tab in front, or the start page; it is built."""
        return self.tab or self.front.start

    def built_tabs(self) -> list[TopicTab]:
        """All tabs that were visited."""
        return [page.tab for page in self._pages if page.tab]

    def visit(self, id: str) -> TopicTab:
        """Bring a topic to the front and return its tab, built if this is the first visit."""
        page = self.page(id)
        self.tabs.setCurrentWidget(page)
        assert page.tab is not None
        return page.tab

    def show_start(self) -> None:
        """Bring the start page to the front."""
        self.tabs.setCurrentWidget(self.front)

    def _visit(self, index: int) -> None:
        page: Any = self.tabs.widget(index)
        if not self._is_filled(page):
            self.fill(page)
        if self.tab:
            self.tab.complete()
        self.in_front().take_focus()
        for tab in self.built_tabs():
            tab.run.set_front(tab is self.tab)
        self.visited.emit(self.tab)

    def _is_filled(self, page: Any) -> bool:
        return bool(page.start if page is self.front else page.tab)

    def fill(self, page: Any) -> None:
        """Build the tab of a page, or the start page."""
        if page is self.front:
            start = page.fill(self.actions_)
            start.topic_asked.connect(self.begin_with)  # from now on: what serves the page comes later
            self.welcomed.emit(start)
        else:
            self.filled.emit(page.fill(self.actions_, self._seed))

    def build_ahead(self, id: str) -> bool:
        """Build one bit more of a tab that was not visited; tell whether there is more to build."""
        return self.page(id).build_on(self.actions_, self._seed)

    def _change(self, change: Callable[[], None]) -> None:
        """Have all changed once the tabs are freed that nobody has seen, one in each turn of the event loop."""
        from playground.tab.turns import InFrames

        unseen = [page for page in self._pages if page.may_be_filled()]
        if unseen:
            freeing = InFrames(self)
            freeing.begin(*(page.let_go for page in unseen), change, freeing.deleteLater)
        else:
            change()

    def let_go_unseen(self) -> None:
        """Free tabs that nobody has seen, where all change: a new look takes them as long as to be built anew."""
        for page in self._pages:
            page.let_go()
        self.unseen_gone.emit()

    # Words, look, size.

    def say(self, text: str) -> None:
        """Show words in the status bar for a while."""
        self.statusBar().showMessage(text, _STATUS_MS if text else 0)

    def show_seed(self, seed: int) -> None:
        """Show the seed of the run in front."""
        self._seed_label.setText(QCoreApplication.translate("Window", "Seed {seed}").format(seed=seed))

    def set_theme(self, choice: theme.Choice) -> None:
        """Change the look of the whole program, and remember it."""
        self.let_go_unseen()
        appearance.apply(_app(), choice)
        self.actions_[f"view.theme.{choice}"].setChecked(True)
        QSettings().setValue("theme", choice)

    def set_language(self, language: Language) -> None:
        """Change the language of the whole program, and remember it."""
        self.let_go_unseen()
        languages.use(_app(), language)
        self.actions_[f"view.language.{language}"].setChecked(True)
        QSettings().setValue("language", language)

    def retranslate(self) -> None:
        """Give menus, actions and navigation their words in the language shown."""
        for menu, (title, _) in zip(self._menus, MENUS, strict=True):
            menu.setTitle(text_of(title))
        bar = self.tabs.navigation_bar
        heading = ""
        with bar.laid_out_once():
            self.tabs.setTabText(0, QCoreApplication.translate("Window", "Start"))
            for i, entry in enumerate(TOPICS, 1):
                self.tabs.setTabText(i, entry.title.replace("&", "&&"))  # else Qt takes it for a shortcut
                own = group_names().get(entry.group)
                bar.set_group(i, "" if own == heading else own)
                heading = own
        self.statusBar().clearMessage()
        if self.submenus:
            self.actions_.retranslate()
            for id, menu in self.submenus.items():
                menu.setTitle(text_of(SUBMENUS[id]))
        self.retranslated.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def event(self, event: QEvent) -> bool:
        """Leave keys to the focused widget that has a use for them: `p` in a choice looks for an entry, pins no run."""
        is_key = event.type() == QEvent.Type.ShortcutOverride
        if is_key and keyboard.is_its_own(self.focusWidget(), cast("QKeyEvent", event)):
            event.accept()
            return True
        return super().event(event)

    def _give_focus_back(self, before: QWidget | None, now: QWidget | None) -> None:
        """Give the focus to the picture where a field has let go of it, or went out of sight: Qt takes the nearest."""
        if before is None or not self.tab or not self.isActiveWindow() or _app().activePopupWidget():
            return
        is_gone = not (before.isVisible() and before.isEnabled())
        if now is None or (is_gone and now not in self.tab.plots().values()):
            self.tab.take_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tabs.navigation_bar.set_compact(self.width() < _ICONS_ONLY)

    def _escape(self) -> None:
        """Leave what was entered last: a field lets go by itself, then the tab what it holds, then the full screen."""
        if self.tab and keyboard.is_table(self.focusWidget()):
            self.tab.take_focus()
        elif not (self.tab and self.tab.escape()):
            self.actions_["view.full_screen"].setChecked(False)

    def _full_screen(self, on: bool) -> None:
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)

    def fit(self, available: QSize) -> None:
        """Be no larger than a screen leaves room for, the frame included, also where that is less than designed for."""
        room = available - _FRAME
        self.setMinimumSize(QSize(*_SMALLEST).boundedTo(room))
        if not self.isMaximized() and not self.isFullScreen():
            self.resize(self.size().boundedTo(room))

    def _restore(self) -> None:
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST)
        for name, restore in (("geometry", self.restoreGeometry), ("state", self.restoreState)):
            kept = QSettings().value(name)
            if isinstance(kept, QByteArray):  # whoever edits the file may leave anything there
                restore(kept)

    # Files dropped, and the end.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if data.hasUrls() or data.hasImage() or data.hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        QSettings().setValue("geometry", self.saveGeometry())
        QSettings().setValue("state", self.saveState())
        super().closeEvent(event)


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
