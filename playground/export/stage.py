"""A tab laid out where nobody sees it, to be drawn into files. It knows no saved settings and leaves none behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from math import ceil, inf
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.actions import Actions
from playground.export.captions import caption_of
from playground.export.formats import TAB
from playground.export.on_paper import without_controls
from playground.export.pictures import PANEL_PAPER, TAB_PAPER, Subject, of_panel, of_screen
from playground.files.own_folder import elsewhere
from playground.recipes.plain_compared import ALONE, Comparison
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TopicEntry
from playground.words import languages
from playground.words.quoting import short
from playground.words.texts import Language
from widgets.base import appearance, theme
from widgets.base.settling import settle

_BETWEEN_TICKS = 0.05  # s
_SMALLEST, _SMALLEST_BARE = QSize(1048, 640), QSize(800, 500)  # px of a tab in the smallest window, with all and bare
_SCOPES = (QSettings.Scope.UserScope, QSettings.Scope.SystemScope)


@contextmanager
def without_settings() -> Iterator[None]:
    """Let settings, and all that the program keeps, be read from and written to an empty folder that is thrown away."""
    ini, format_before = QSettings.Format.IniFormat, QSettings.defaultFormat()
    folders = {scope: Path(QSettings(ini, scope, "settings").fileName()).parent for scope in _SCOPES}
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        QSettings.setDefaultFormat(ini)
        for scope in _SCOPES:
            QSettings.setPath(ini, scope, folder)
        try:
            with elsewhere(Path(folder) / "kept"):
                yield
        finally:
            QSettings.setDefaultFormat(format_before)
            for scope, before in folders.items():
                QSettings.setPath(ini, scope, str(before))


def application(look: theme.Choice, language: Language) -> QApplication:
    """Return the application in this look and language."""
    app = QApplication.instance() or QApplication(["ml-playground"])
    assert isinstance(app, QApplication)
    appearance.apply(app, look)
    languages.use(app, language)
    return app


class Stage:
    """A tab of its own for one run."""

    def __init__(self, entry: TopicEntry) -> None:
        self._ground = QWidget()  # as a window of its own the tab could not be made smaller than it likes
        self._ground.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.tab: TopicTab = entry.tab(entry, Actions(self._ground), 0, self._ground)
        self.tab.complete()
        self._bare = ExitStack()

    def close(self) -> None:
        """Let go of the widgets, while the application still lives."""
        self._bare.close()
        self._ground.close()
        self._ground.deleteLater()
        QCoreApplication.sendPostedEvents(self._ground, QEvent.Type.DeferredDelete)

    def show_tab(self, size: QSize) -> Subject:
        """Lay the tab out at a size; where it needs more room it gets that, and is drawn smaller."""
        self._fit_tab(size, _SMALLEST)
        return of_screen(self.tab, size)

    def _fit_tab(self, size: QSize, least: QSize) -> None:
        laid = _grown(size, least)
        self._lay_out(self.tab, laid)
        self._lay_out(self.tab, _grown(laid, self.tab.minimumSizeHint()))

    def show_panel(self, id: str, size: QSize) -> Subject:
        """Take a panel out of the tab and lay it out for a picture of this size. Raises Refusal for an unknown one."""
        panels = self.tab.plots()
        if id not in panels:
            raise Refusal("--panel", "not_one_of", {"given": short(id), "allowed": tuple(panels)})
        self.tab.hide()
        self.tab.bring_forward(id)
        page = self.tab.shown.page_of(id)
        page.setParent(self._ground)
        self._lay_out(page, PANEL_PAPER.room_in(size))
        return of_panel(page)

    def captioned(self, subject: Subject, id: str, last: int) -> Subject:
        """Return a panel with what is to say of its run, up to a step; it is laid out in less room."""
        caption = caption_of(self.tab, id, last).within(subject.size)
        self._lay_out(subject.widget, PANEL_PAPER.room_in(subject.size, caption))
        self.tab.catch_up()
        _settle()
        return replace(subject, caption=caption)

    def bare(self, subject: Subject, last: int, captioned: bool) -> Subject:
        """Return the tab that shows a run without its controls, with what is to say of the run in place of them."""
        self._bare.enter_context(without_controls(self.tab))
        caption = caption_of(self.tab, TAB, last).within(subject.size) if captioned else None
        self._fit_tab(TAB_PAPER.room_in(subject.size, caption), _SMALLEST_BARE)
        self.tab.catch_up()
        _settle()
        return replace(subject, paper=TAB_PAPER, caption=caption)

    def show_run(self, timeline: Timeline[Any, Any], step: int, comparison: Comparison = ALONE, beat: str = "") -> None:
        """Show a run at a step, and at a beat of it, compared with others; in a way that the tab knows, or Refusal."""
        way = comparison.way
        if way and way not in self.tab.ways():
            raise Refusal("--runs", "not_one_of", {"given": short(way), "allowed": tuple(self.tab.ways())})
        self.tab.run.load(timeline, step)
        self.tab.comparing.take(comparison)
        self.tab.run.keep_up(step, inf)
        self.tab.run.show_again()
        if beat:
            self.tab.show_beat(beat)
        _settle()
        self.tab.finish_studies()
        _settle()

    def _lay_out(self, widget: QWidget, size: QSize) -> None:
        self._ground.resize(size)
        widget.setGeometry(QRect(QPoint(), size))
        widget.show()
        self._ground.show()
        _settle()


def _grown(size: QSize, least: QSize) -> QSize:
    """Return a size of the same shape that is nowhere less than `least`."""
    factor = max(1.0, least.width() / size.width(), least.height() / size.height())
    return QSize(ceil(size.width() * factor), ceil(size.height() * factor))


def _settle() -> None:
    settle(QEvent.Type.None_)


def recorded(
    timeline: Timeline[Any, Any], step: int, option: str, tick: Callable[[], None] = lambda: None
) -> Timeline[Any, Any]:
    """Return the timeline recorded up to a step; `tick`, called every now and then, may raise to end that.

    Raises Refusal, naming the option, for a step it does not reach.
    """
    while not timeline.record(step, perf_counter() + _BETWEEN_TICKS):
        tick()
    if timeline.recorded >= step:
        return timeline
    if timeline.error:
        reason = f"step {timeline.recorded + 1} cannot be made ({timeline.error})"
        raise Refusal(option, "bad_value", {"given": step, "reason": reason})
    raise Refusal(option, "after_the_end", {"given": step, "allowed": timeline.recorded})
